"""What an office file says of itself in, a title, names and a year out; what programs fill in is left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from index.readers.office.parts import Element, Parts, local
from index.readers.reading import clean

_NOBODY = frozenset(
    (
        *(
            "user",
            "administrator",
            "admin",
            "windows user",
            "microsoft office user",
            "owner",
            "unknown",
            "author",
            "guest",
        ),
        *(
            "python-docx",
            "un-named",
            "hp",
            "samsung",
            "lenovo",
            "asus",
            "lg",
            "pc",
            "home",
            "hancom",
            "사용자",
            "관리자",
        ),
        *("apache poi", "openai", "root", "저자", "작성자"),
    )
)
_MAX_LINE_CHARS = 2_000
_BETWEEN = re.compile(r"[;,、·ㆍ•/|\n\t]|\band\b|&|(?<=[가-힣])\s및\s", re.IGNORECASE)
_MARKS = re.compile(r"[\d*†‡§¶#^¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\^[^\]]*\]|\([^)]*\)|<[^>]*>|\$[^$]*\$")
_NAME = re.compile(r"[가-힣]{1,2}\s?[가-힣]{1,3}|[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}")
_NO_NAME = re.compile(
    r"\b(?:dept|university|institute|department|school|college|laborator|inc|corp|center|centre|abstract|research)|(?:대학|연구|학과)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Properties:
    """A file's own account of itself; nothing where it has none."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: Literal["ko", "en"] | None = None


def core_properties(parts: Parts) -> Properties:
    """Return the core properties of an Open XML file; a damaged part counts as none."""
    part = next((at.part for at in parts.relations() if at.kind == "core-properties"), "docProps/core.xml")
    root = parts.tree(part)
    if root is None:
        return Properties()
    found: dict[str, str] = {}
    for at in root:
        found.setdefault(local(at), clean(at.text or ""))
    language = found.get("language", "")[:2].lower()
    return Properties(
        title=found.get("title") or None,
        authors=creators(found.get("creator", "")),
        year=year_of(found.get("created", "")) or year_of(found.get("modified", "")),
        language="ko" if language == "ko" else "en" if language == "en" else None,
    )


def creators(text: str) -> tuple[str, ...]:
    """Return the names in the field that says who made a file; several are set apart by semicolons."""
    names = (clean(name) for name in text.split(";"))
    return tuple(name for name in names if name and name.casefold() not in _NOBODY and "@" not in name)


def people(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in lines of authors: "Jiyoon Kim¹, Ada Lee*" is two; affiliations and addresses are none."""
    names = [clean(piece) for line in lines for piece in _BETWEEN.split(_MARKS.sub(" ", line[:_MAX_LINE_CHARS]))]
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name) and not _NO_NAME.search(name)))


def year_of(text: str) -> int | None:
    """Return the year that a date begins with or holds, if a paper may be of that year."""
    found = re.search(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)", text)
    return int(found[1]) if found else None


def first(root: Element, name: str) -> str:
    """Return the text of the first element of that name, "" for none."""
    return next((clean(at.text or "") for at in root.iter("{*}" + name)), "")

"""A thesis's first pages in, its front out, and which pages only repeat it. Knows covers as in Korea.

A cover says what it is ("석사학위논문", "Master's Thesis"), then the title, then the school and a name in letters as
large. Before it stands the licence of the repository that the file is from, behind it the title again, with who
approved it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.pdf.cuts import rows_of
from index.readers.pdf.front import Front, plain
from index.readers.pdf.lines import Piece, letters_in
from index.readers.reading import squeezed

_PAGES = 4  # the cover is among the first of these, what repeats it on as many behind
_MOST_LETTERS = 500  # of such a page; a page of text has more
_KIND = re.compile(
    r"[가-힣]{0,6}(?:석사|박사|학사)?학위(?:청구)?논문|(?:master|doctor|bachelor)['’]?s?(?:thesis|dissertation)"
    r"|(?:thesis|dissertation)for(?:the)?(?:master|doctor|bachelor|degree)of\w+",
    re.I,
)
_AGAIN = re.compile(
    r"논문(?:으로|을)\w*(?:제출|인준|인정|통과)|심사위원|submittedtothe(?:graduateschool|faculty)|hasbeenapproved|approvedby",
    re.I,
)
_LICENCE = re.compile(r"이용허락규약|creativecommons|LegalCode", re.I)
_PLACE = re.compile(r"대학|학과|학부|전공|교수|과학기술원|university|department|school|supervis|advisor", re.I)
_NAME = re.compile(r"((?:[가-힣]\s*){2,4})(?:[(（].*|\d+)?")
_NO_TITLE = re.compile(r"\d{4}\s*(?:학?년도?)?|[\W\d]*[^\W\d]?[\W\d]*")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover says, and the pages, from 0, that are it or repeat it."""

    front: Front
    year: int | None
    pages: frozenset[int]


def cover_of(pages: Sequence[list[Piece]]) -> Cover | None:
    """Return the cover among the first pages, None where there is none."""
    for at, pieces in enumerate(pages[:_PAGES]):
        rows = rows_of(pieces) if _is_short(pieces) else []
        texts = [" ".join(plain(piece.text).strip() for piece in row) for row in rows]
        kind = next((n for n, text in enumerate(texts[:4]) if _KIND.fullmatch(squeezed(text))), None)
        lines = [] if kind is None else _title(rows, texts, kind + 1)
        if lines:
            title = " ".join(" ".join(texts[n] for n in lines).split())
            rest = tuple(text for n, text in enumerate(texts) if n not in lines and re.search(r"[^\W\d]", text))
            year = next((int(found[1]) for text in texts if (found := _YEAR.search(text))), None)
            front = Front(title, _author(texts[lines[-1] + 1 :]), rest, 0.0, frozenset(), page=at)
            behind = [n for n in range(at + 1, min(at + 1 + _PAGES, len(pages))) if _repeats(pages[n], title)]
            before = [n for n in range(at) if _LICENCE.search(_text(pages[n])) or not letters_in(pages[n])]
            return Cover(front, year, frozenset((*before, at, *behind)))
    return None


def _author(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the last of a cover's lines that is a Korean name, beside other spellings or a number."""
    found = [_NAME.fullmatch(text) for text in texts if not _PLACE.search(squeezed(text))]
    names = ["".join(name[1].split()) for name in found if name]
    return tuple(names[-1:])


def _title(rows: Sequence[list[Piece]], texts: Sequence[str], start: int) -> list[int]:
    """Return which rows are the title: the first that says more than a kind or a year, and others in its letters."""
    while start < len(rows) and (_KIND.fullmatch(squeezed(texts[start])) or _NO_TITLE.fullmatch(texts[start])):
        start += 1
    if start >= len(rows) or _PLACE.search(squeezed(texts[start])):
        return []
    end = start + 1
    while end < len(rows) and end < start + 5:
        above, row = max(rows[end - 1], key=lambda p: p.tall), max(rows[end], key=lambda p: p.tall)
        if abs(above.tall - row.tall) > 0.04 * row.tall or row.y - above.y > 2.2 * row.tall:
            break
        end += 1
    return list(range(start, end))


def _repeats(pieces: Sequence[Piece], title: str) -> bool:
    """Say whether a page behind a cover says the same, or who approved it."""
    text = _text(pieces)
    return _is_short(pieces) and bool(_AGAIN.search(text) or _KIND.search(text) and squeezed(title) in text)


def _is_short(pieces: Sequence[Piece]) -> bool:
    return 0 < letters_in(pieces) < _MOST_LETTERS


def _text(pieces: Sequence[Piece]) -> str:
    return squeezed("".join(plain(piece.text) for row in rows_of(pieces) for piece in row))

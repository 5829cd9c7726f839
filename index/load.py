r"""A file in, a Document out: decoded, normalised and divided into sections. Reads files; stores nothing.

The stored text is the file's text in Unicode NFC with "\n" line ends and no byte-order mark. All offsets count
characters of that text. Formats: Markdown (.md, .markdown) and plain text (.txt).
"""

import hashlib
import re
import stat
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from index.errors import InputError
from index.outline import Section, outline_markdown, outline_text

Language = Literal["ko", "en"]

SUFFIXES = (".md", ".markdown", ".txt")
MAX_FILE_BYTES = 20_000_000
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_SIMILAR = re.compile(r"^\s*[-*+]\s+\[(?P<title>[^\]]+)\]\((?P<id>\d{4}\.\d{4,5})(?:v\d+)?\.md\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SimilarPaper:
    """A paper that a document lists as similar to itself."""

    title: str
    arxiv: str


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of one text.

    `work` is shared by the editions of the same text in other languages. `sections` are in document order and do
    not overlap; a section holds its own text only, without its subsections. `pages[i]` is the offset at which page
    i + 1 begins; empty without pages. `identity` names a paper whatever file it came in ("arxiv:2408.03281"): of two
    documents with one identity, the later replaces the earlier.
    """

    doc_id: str
    work: str
    title: str
    language: Language
    source: str
    text: str
    sha256: str
    sections: tuple[Section, ...]
    arxiv: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    similar: tuple[SimilarPaper, ...] = ()
    doi: str | None = None
    url: str | None = None
    identity: str | None = None
    pages: tuple[int, ...] = ()

    def page(self, offset: int) -> int | None:
        """Return the page, from 1, that an offset of the text stands on; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


def load(path: Path, source: str | None = None) -> Document:
    """Read one Markdown or text file as a Document.

    `source` is the name recorded as the document's origin (the path itself when None). Raises InputError, with the
    file's name, for a file that is missing, empty, too large, binary or in an unknown encoding or format.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: the file type is {path.suffix or 'unknown'!r}; use one of {', '.join(SUFFIXES)}")
    text = normalise(decode(_read(path), name=str(path)))
    if not text.strip():
        raise InputError(f"{path}: the file has no text; add a file with content")
    return parse(text, doc_id=doc_id_of(path), source=source or str(path), markdown=path.suffix.lower() != ".txt")


def parse(text: str, *, doc_id: str, source: str, markdown: bool = True) -> Document:
    """Divide normalised text into a Document; front matter, when there is some, names it.

    Raises InputError for front matter that is not a YAML mapping.
    """
    meta, body_start = _front_matter(text, source) if markdown else ({}, 0)
    title, sections = outline_markdown(text, body_start) if markdown else outline_text(text)
    stem, _, suffix = doc_id.rpartition(".")
    named: Any = suffix if suffix in ("ko", "en") else None
    language: Language = meta.get("language") or named or detect_language(text[body_start:])
    if language not in ("ko", "en"):
        raise InputError(f"{source}: the front matter's language is {language!r}; expected 'ko' or 'en'")
    work = str(meta.get("work") or (stem if named else doc_id))
    return Document(
        doc_id=doc_id,
        work=work,
        title=str(meta.get("title") or title or (stem if named else doc_id)),
        language=language,
        source=source,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        sections=sections,
        arxiv=str(meta["arxiv"]) if meta.get("arxiv") else _arxiv_of(work),
        authors=_names(meta.get("authors")),
        year=int(meta["year"]) if str(meta.get("year", "")).isdecimal() else None,
        similar=tuple(SimilarPaper(m["title"], m["id"]) for m in _SIMILAR.finditer(text)),
    )


def decode(data: bytes, *, name: str) -> str:
    """Return the text of `data`: UTF-8, UTF-16 with a mark, CP949 (EUC-KR) or, for Latin text, CP1252.

    Raises InputError for binary data.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data or data.startswith((b"%PDF-", b"PK\x03\x04")):
        raise InputError(f"{name}: the file is binary, not text; give a Markdown or text file")
    else:
        encodings = ["utf-8-sig", "cp949", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text) and (encoding != "cp949" or _reads_as_korean(text)):
            return text
    raise InputError(f"{name}: the text is neither UTF-8, UTF-16 nor CP949; save it as UTF-8 and add it again")


def normalise(text: str) -> str:
    r"""Return `text` as it is stored: NFC, "\n" line ends, no byte-order mark."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))


def detect_language(text: str) -> Language:
    """Return "ko" when there is at least one Hangul syllable for every six Latin letters, else "en".

    A syllable says as much as two or three letters, and Korean pages on software hold much Latin code.
    """
    hangul = sum("가" <= char <= "힣" for char in text)
    latin = sum("a" <= char <= "z" or "A" <= char <= "Z" for char in text)
    return "ko" if hangul and hangul * 6 >= latin else "en"


def doc_id_of(path: Path) -> str:
    """Return the document id that a file name stands for: its stem, without characters that shells trip over."""
    stem = unicodedata.normalize("NFC", path.stem).strip()
    return re.sub(r"[^\w.\-]+", "-", stem).strip("-.") or "document"


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{path}: is no regular file; give a Markdown or text file")
        if found.st_size > MAX_FILE_BYTES:
            raise InputError(
                f"{path}: the file has {found.st_size:,} bytes; at most {MAX_FILE_BYTES:,} are read, so split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); check the path and its rights"
        ) from error
    if not data:
        raise InputError(f"{path}: the file is empty; add a file with content")
    return data


def _plausible(text: str) -> bool:
    controls = sum(
        unicodedata.category(char) in ("Cc", "Co", "Cn") and char not in "\n\r\t\f" for char in text[:20_000]
    )
    return "\x00" not in text and controls * 100 <= min(len(text), 20_000)


def _reads_as_korean(text: str) -> bool:
    """Whether text decoded as CP949 is mostly KS X 1001: CP1252's curly quotes decode to CP949's rare syllables."""
    pairs = [char.encode("cp949") for char in text[:20_000] if not char.isascii()]
    return 2 * sum(min(pair) >= 0xA1 for pair in pairs) >= len(pairs)


def _names(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return tuple(str(name) for name in value) if isinstance(value, list) else (str(value),)


def _front_matter(text: str, source: str) -> tuple[dict[str, Any], int]:
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, 0
    try:
        meta = yaml.load(found[1], Loader=yaml.BaseLoader)  # all strings: 2407.10670 is no number, 2024-13-01 no date
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise InputError(f"{source}:{line}: the front matter is not YAML; mend it or remove the '---' block") from error
    if meta and not isinstance(meta, dict):
        raise InputError(f"{source}:2: the front matter is not a list of 'key: value' lines; mend or remove it")
    return meta or {}, found.end()


def _arxiv_of(work: str) -> str | None:
    return work if re.fullmatch(r"\d{4}\.\d{4,5}", work) else None

r"""A file in, a Document out: recognised by its content, read, and divided into sections. Stores nothing.

The stored text is Markdown, or plain text, in Unicode NFC with "\n" line ends and no byte-order mark. All offsets count
characters of that text. Markdown is stored as it is but for raw HTML (`index/readers/as_shown.py`), text but for ends
of lines that divide words, other formats as their reader writes them (`index/readers/reading.py`).
"""

import hashlib
import re
import stat
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.decode import decode, normalise, without_controls
from index.errors import InputError
from index.front_matter import AS_IS, KEPT, front_matter
from index.outline import Section, outline_markdown, outline_text
from index.readers.reading import Reading
from index.readers.recognise import Kind, kind_of

Language = Literal["ko", "en"]

PLAIN: tuple[Kind, ...] = ("markdown", "text")  # what is read without a reader of its own
SHIPPED = "seeds/"  # what the source of a shipped document begins with
MAX_FILE_BYTES = 200_000_000
MAX_TEXT_BYTES = 20_000_000
# tags, comments, links, entities, roles, directives: only then is a parser of HTML imported
_MAY_HIDE = re.compile(r"<[A-Za-z/!?]|\{/\*|\]:|&[#A-Za-z]|\{[a-z:]+\}|^:::", re.MULTILINE)
_FENCE = re.compile(r"^[^\S\n]*(?:`{3,}|~{3,})[^`\n]*$", re.MULTILINE)
_ITEM = re.compile(r"^[^\S\n]*[-*+]\s+\[", re.MULTILINE)
_LEADS_TO = re.compile(r"\]\((\d{4}\.\d{4,5})(?:v\d+)?\.md\)")


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
    i + 1 begins; empty without pages. `identity` names a paper whatever file it came in ("arxiv-2408.03281"): of two
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

    def section(self, section_id: object) -> Section | None:
        """Return the section of that id, or None."""
        return next((section for section in self.sections if section.section_id == section_id), None)


def load(path: Path, source: str | None = None, *, max_bytes: int = MAX_FILE_BYTES) -> Document:
    """Read one file as a Document.

    `source` is the name recorded as the document's origin (the path itself when None). Raises InputError, with that
    name, for a file that is missing, empty, too large, damaged, without text or of a kind that is not read.
    """
    name = source or str(path)
    return load_bytes(read_bytes(path, name, max_bytes), path, name)


def text_digest(path: Path) -> str:
    """Return what `load(path).sha256` is for a Markdown file, without dividing it.

    Raises InputError for a file that is missing, too large or no text.
    """
    name = str(path)
    return hashlib.sha256(_markdown(read_bytes(path, name, MAX_TEXT_BYTES), name).encode()).hexdigest()


def load_bytes(data: bytes, path: Path, name: str) -> Document:
    """Read the bytes of the file `path` as a Document, `name` being the source. Raises InputError as `load`."""
    try:
        kind = kind_of(data, path.suffix)
    except InputError as error:
        raise InputError(f"{name}: {error}" if name not in str(error) else str(error)) from error
    if kind in PLAIN:
        if len(data) > MAX_TEXT_BYTES:
            raise InputError(
                f"{name}: the file has {len(data):,} bytes; of text at most {MAX_TEXT_BYTES:,} are read, so split it"
            )
        text = _markdown(data, name) if kind == "markdown" else _plain(data, name)
        if not text.strip():
            raise InputError(f"{name}: the file has no text; add a file with content")
        return parse(text, doc_id=doc_id_of(path), source=name, markdown=kind == "markdown")
    return document_of(_read(kind, data, path, name), doc_id=doc_id_of(path), source=name)


def document_of(reading: Reading, *, doc_id: str, source: str) -> Document:
    """Divide what a reader gave back into a Document. Raises InputError when it has no text."""
    if not reading.text.strip():
        raise InputError(f"{source}: the file has no text; a scanned paper needs OCR first, for example by `ocrmypdf`")
    title, sections = outline_markdown(reading.text)
    identity = identity_of(reading.arxiv) if reading.arxiv else None
    name = identity or doc_id
    return Document(
        doc_id=name,
        work=name,
        title=reading.title or title or doc_id,
        language=reading.language or detect_language(reading.text),
        source=source,
        text=reading.text,
        sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        sections=sections,
        arxiv=reading.arxiv,
        authors=reading.authors,
        year=reading.year,
        identity=identity,
        pages=reading.pages,
    )


def parse(text: str, *, doc_id: str, source: str, markdown: bool = True) -> Document:
    """Divide normalised text into a Document; front matter, when there is some, names it.

    Raises InputError for front matter that is no mapping of YAML or TOML.
    """
    meta, body_start = front_matter(text, source) if markdown else ({}, 0)
    title, sections = outline_markdown(text, body_start) if markdown else outline_text(text)
    stem, _, suffix = doc_id.rpartition(".")
    named: Any = suffix if suffix in ("ko", "en") else None
    said: Any = str(meta.get("language") or "").lower().replace("_", "-").partition("-")[0]  # "ko-KR" is "ko"
    language: Language = said or named or detect_language(text[body_start:])
    if language not in ("ko", "en"):
        raise InputError(f"{source}: the front matter's language is {language!r}; expected 'ko' or 'en'")
    work = str(meta.get("work") or (stem if named else doc_id))
    return Document(
        doc_id=as_id(str(meta["doc_id"])) if meta.get("doc_id") else doc_id,
        work=work,
        title=without_controls(str(meta.get("title") or title or (stem if named else doc_id))),
        language=language,
        source=source,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        sections=sections,
        arxiv=str(meta["arxiv"]) if meta.get("arxiv") else _arxiv_of(work),
        authors=_names(meta.get("authors")),
        year=int(meta["year"]) if re.fullmatch("[0-9]{4}", str(meta.get("year"))) else None,
        similar=tuple(_similar(text)),
        doi=_text(meta.get("doi")),
        url=_text(meta.get("url")),
        identity=_text(meta.get("identity")),
        pages=_pages(meta.get("pages"), body_start, len(text)),
    )


def detect_language(text: str) -> Language:
    """Return "ko" when there is at least one Hangul syllable for every six Latin letters, else "en".

    A syllable says as much as two or three letters, and Korean pages name much in Latin letters. What stands in
    blocks of code counts only where there is nothing else.
    """
    prose = "\n".join(part for i, part in enumerate(_FENCE.split(text)) if i % 2 == 0)
    for counted in (prose, text):
        hangul = sum("가" <= char <= "힣" for char in counted)
        latin = sum("a" <= char <= "z" or "A" <= char <= "Z" for char in counted)
        if hangul or latin:
            return "ko" if hangul * 6 >= latin else "en"
    return "en"


def doc_id_of(path: Path) -> str:
    """Return the document id that a file name stands for: its stem, without characters that shells trip over."""
    return as_id(path.stem)


def identity_of(arxiv: str) -> str:
    """Return what names a paper of arXiv whatever file it came in; its document id, too."""
    return f"arxiv-{arxiv.replace('/', '-')}"


def as_id(text: str, empty: str = "document") -> str:
    """Return text as a document id, without characters that shells trip over; `empty` where nothing is left."""
    return re.sub(r"[^\w.\-]+", "-", unicodedata.normalize("NFC", text).strip()).strip("-.") or empty


def _similar(text: str) -> Iterator[SimilarPaper]:
    """Yield the papers that list items name with a link: "- [Title](2408.03281v2.md)"."""
    for link in _LEADS_TO.finditer(text):
        item = _ITEM.search(text, text.rfind("]", 0, link.start()) + 1, link.start())
        if item and item.end() < link.start():
            yield SimilarPaper(text[item.end() : link.start()], link[1])


def _text(value: object) -> str | None:
    return str(value) if value else None


def _pages(value: object, body_start: int, end: int) -> tuple[int, ...]:
    """Return where pages begin, as an export told them from the end of the front matter; none where they do not fit."""
    told = value if isinstance(value, list) else []
    if not all(isinstance(one, str) and re.fullmatch("[0-9]{1,9}", one) for one in told):
        return ()
    pages = tuple(body_start + int(one) for one in told)
    return pages if list(pages) == sorted(pages) and (not pages or pages[-1] <= end) else ()


def _markdown(data: bytes, name: str) -> str:
    """Return a Markdown file's text as it is shown, unless its front matter says that it is text throughout."""
    text = normalise(decode(data, name=name))
    if not _MAY_HIDE.search(text):
        return text
    from index.readers.as_shown import as_shown

    meta, body_start = front_matter(text, name)
    return text if meta.get(KEPT) == AS_IS else text[:body_start] + as_shown(text[body_start:])


def _plain(data: bytes, name: str) -> str:
    """Return a text file's text, its lines joined where they divide words."""
    from index.readers.wrapped import unwrapped

    return unwrapped(normalise(decode(data, name=name)))


def read_bytes(path: Path, name: str, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return a file's bytes. Raises InputError when it is none, empty, too large or cannot be read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{name}: is no regular file; give a file")
        if found.st_size > max_bytes:
            raise InputError(
                f"{name}: the file has {found.st_size:,} bytes; at most {max_bytes:,} are read, so split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{name}: cannot be read ({error.strerror or error}); check the path and its rights"
        ) from error
    if not data:
        raise InputError(f"{name}: the file is empty; add a file with content")
    return data


def _read(kind: Kind, data: bytes, path: Path, name: str) -> Reading:
    """Read a file with its kind's reader, which is imported only now."""
    if kind == "pdf":
        from index.readers import pdf

        return pdf.read(data, name)
    if kind == "html":
        from index.readers import html

        return html.read(data, name)
    if kind == "word":
        from index.readers import word

        return word.read(data, name)
    if kind == "hwpx":
        from index.readers import hwpx

        return hwpx.read(data, name)
    from index.readers import latex
    from index.readers.archive import members
    from index.readers.beside import files_beside

    if kind == "archive":
        return latex.read(members(data, name), name)
    return latex.read({path.name: data, **files_beside(path)}, name)


def _names(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return tuple(str(name) for name in value) if isinstance(value, list) else (str(value),)


def _arxiv_of(work: str) -> str | None:
    return work if re.fullmatch(r"\d{4}\.\d{4,5}", work) else None

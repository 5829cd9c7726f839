"""Documents, passages and cards to and from the rows that hold them, if these are what was stored. Runs no query."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import NoneType
from typing import Any

from index.load import SHIPPED, Document, Language, SimilarPaper
from index.outline import Section

_Kinds = tuple[type | tuple[type, ...], ...]
_CARD: _Kinds = (*[str] * 6, (int, NoneType), int, int, int, (str, NoneType))
_PASSAGE: _Kinds = (int, *[str] * 7, int, int, (int, NoneType), str, str)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what retrieval and citing need to know of its document. `row` never names another passage."""

    row: int
    passage_id: str
    doc_id: str
    work: str
    title: str
    language: Language
    source: str
    section_id: str
    path: tuple[str, ...]
    start: int
    end: int
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What a list of documents shows; `last_row` is higher for what was added later."""

    doc_id: str
    work: str
    title: str
    language: str
    source: str
    sha256: str
    year: int | None
    sections: int
    passages: int
    last_row: int = 0
    arxiv: str | None = None

    @property
    def shipped(self) -> bool:
        """Whether it came with the package, and not from the user."""
        return self.source.startswith(SHIPPED)

    @property
    def stem(self) -> str:
        """What its file is called, without the folders above it and its ending."""
        return PurePosixPath(self.source.replace("\\", "/")).stem


def by_work(cards: Iterable[DocumentCard]) -> dict[str, list[DocumentCard]]:
    """Return the documents of each work, in the order in which they come."""
    works: dict[str, list[DocumentCard]] = {}
    for card in cards:
        works.setdefault(card.work, []).append(card)
    return works


def columns_of(document: Document) -> list[Any]:
    """Return a document's own columns, in the order of DOCUMENT_COLUMNS, without the checksum."""
    return [
        *(document.doc_id, document.work, document.title, document.language, document.source, document.sha256),
        *(document.arxiv, to_json(document.authors), document.year),
        to_json([(paper.title, paper.arxiv) for paper in document.similar]),
        *(document.text, document.doi, document.url, document.identity, to_json(document.pages)),
    ]


def document_of(row: Sequence[Any], sections: Iterable[Sequence[Any]]) -> Document:
    """Return the document of a row of DOCUMENT_COLUMNS and its sections' rows."""
    doc_id, work, title, language, source, sha256, arxiv, authors, year, similar, text, *rest = row
    doi, url, identity, pages, _ = rest
    return Document(
        doc_id=doc_id,
        work=work,
        title=title,
        language=language,
        source=source,
        text=text,
        sha256=sha256,
        sections=tuple(Section(i, tuple(json.loads(path)), *where) for i, path, *where in sections),
        arxiv=arxiv,
        authors=tuple(json.loads(authors)),
        year=year,
        similar=tuple(SimilarPaper(*paper) for paper in json.loads(similar)),
        doi=doi,
        url=url,
        identity=identity,
        pages=tuple(json.loads(pages)),
    )


def checksum(document: Sequence[Any], sections: Iterable[Sequence[Any]], passages: Iterable[Sequence[Any]]) -> str:
    """Return the SHA-256 of all that is stored of a document, but its passages' row numbers."""
    whole = [list(document), [list(row) for row in sections], [list(row) for row in passages]]
    return hashlib.sha256(to_json(whole).encode()).hexdigest()


def is_whole(
    doc_id: str, row: Sequence[Any], sections: Iterable[Sequence[Any]], passages: Iterable[Sequence[Any]]
) -> bool:
    """Whether the rows of a document are those that were stored under that id."""
    *document, stored = row
    text, sha256 = document[10], document[5]
    if document[0] != doc_id or not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != sha256:
        return False
    try:
        return bool(stored == checksum(document, sections, passages))
    except TypeError:  # bytes, where a text was
        return False


def card_of(row: tuple[Any, ...]) -> DocumentCard:
    """Return the card of a row of CARDS. Raises TypeError where it is not what was stored."""
    return DocumentCard(*typed(row, _CARD))


def passage_of(row: tuple[Any, ...]) -> StoredPassage:
    """Return the passage of a row of PASSAGES. Raises TypeError or ValueError where it is not what was stored."""
    *fields, path = typed(row, _PASSAGE)
    if fields[5] not in ("ko", "en"):
        raise ValueError("a stored document is in no language")
    fields[8:8] = [tuple(json.loads(path))]  # the path goes before start
    return StoredPassage(*fields)


def typed(row: tuple[Any, ...], kinds: Iterable[type | tuple[type, ...]]) -> tuple[Any, ...]:
    """Return a row. Raises TypeError where a value is not of its type: in a damaged file it may be of any."""
    if not all(map(isinstance, row, kinds)):
        raise TypeError("a value is of another type than was stored")
    return row


def to_json(value: Any) -> str:
    """Return a value as it is stored in one column."""
    return json.dumps(value, ensure_ascii=False)

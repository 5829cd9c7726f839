"""Cards, documents and additions in, what the rail shows of them out, as plain data. Pure; no words of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Literal
from urllib.parse import urlsplit

from index.copies.bibliography import bibtex, reference
from index.load import SHIPPED, Document, Language
from index.outline import Section
from index.storage.record import DocumentCard, by_work
from qa.adding.items import Item, State

Origin = Literal["shipped", "arxiv", "web", "file"]

MAX_ROWS = 200  # items of an addition that are shown; the rest is counted
MAX_TITLES = 3  # of a removal


@dataclass(frozen=True, slots=True)
class Edition:
    """A document in a list: a work in one language. `kind` is what it came as: "PDF", a host, an arXiv id."""

    doc_id: str
    title: str
    language: str
    year: int | None
    sections: int
    passages: int
    origin: Origin
    kind: str


@dataclass(frozen=True, slots=True)
class Work:
    """A row of the list."""

    work: str
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section in a paper's outline, its `level` from 0. `text` is None for what stands before the first heading."""

    section_id: str
    text: str | None
    level: int


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper, opened. `others` are the work's further editions; `similar` is how many papers it lists as such."""

    doc_id: str
    work: str
    title: str
    language: Language
    others: tuple[Edition, ...]
    authors: tuple[str, ...]
    year: int | None
    arxiv: str | None
    doi: str | None
    origin: Origin
    kind: str
    file: str
    passages: int
    headings: tuple[Heading, ...]
    similar: int
    reference: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class DamagedView:
    """A paper that cannot be opened, as it is not what was added; it can be removed."""

    doc_id: str
    work: str
    title: str
    damaged: bool = True


def works(cards: Iterable[DocumentCard]) -> list[Work]:
    """Return the works that documents belong to, each with its editions, Korean first, by work."""
    return [
        Work(work, tuple(edition(card) for card in sorted(of, key=lambda card: (card.language != "ko", card.doc_id))))
        for work, of in sorted(by_work(cards).items())
    ]


def edition(card: DocumentCard) -> Edition:
    """Return a document as a list shows it."""
    origin, kind, _ = origin_of(card.source)
    counts = (card.sections, card.passages)
    return Edition(card.doc_id, card.title, card.language, card.year, *counts, origin, kind)


def origin_of(source: str) -> tuple[Origin, str, str]:
    """Return where a document came from, what it came as, and the name of its file, without the folders above it."""
    name = PurePosixPath(source.replace("\\", "/")).name
    if source.startswith(SHIPPED):
        return "shipped", "", name
    if source.startswith("arXiv:"):
        return "arxiv", source.removeprefix("arXiv:"), source
    if source.startswith(("http://", "https://")):
        return "web", urlsplit(source).netloc, source
    suffixes = PurePosixPath(name).suffixes
    is_packed = [suffix.lower() for suffix in suffixes[-2:]] == [".tar", ".gz"]
    suffix = "".join(suffixes[-2:]) if is_packed else suffixes[-1] if suffixes else ""
    return "file", suffix.removeprefix(".").upper(), name


def paper_view(document: Document, cards: Sequence[DocumentCard]) -> PaperView:
    """Return a paper with its outline; `cards` are those of its work."""
    origin, kind, file = origin_of(document.source)
    return PaperView(
        doc_id=document.doc_id,
        work=document.work,
        title=document.title,
        language=document.language,
        others=tuple(edition(card) for card in cards if card.doc_id != document.doc_id),
        authors=document.authors,
        year=document.year,
        arxiv=document.arxiv,
        doi=document.doi,
        origin=origin,
        kind=kind,
        file=file,
        passages=next((card.passages for card in cards if card.doc_id == document.doc_id), 0),
        headings=tuple(_heading(section) for section in document.sections),
        similar=sum(bool(paper.arxiv) for paper in document.similar),
        reference=reference(document, document.language),
        bibtex=bibtex(document),
    )


def state_view(state: State, stamp: str | None) -> dict[str, Any]:
    """Return what the page is told of additions and removals. `stamp` is another whenever the list of papers is.

    Of very many items those are shown that are in work or went wrong, then the last.
    """
    counts: dict[str, int] = {}
    for item in state.items:
        counts[item.status] = counts.get(item.status, 0) + 1
    return {
        "items": [asdict(item) for item in _chosen(state.items)],
        "counts": counts,
        "progress": asdict(state.progress) if state.progress else None,
        "removals": [
            {**asdict(removal), "titles": removal.titles[:MAX_TITLES], "count": len(removal.titles)}
            for removal in state.removals
        ],
        "others": state.others,
        "busy": state.is_busy,
        "added": [item.doc_id for item in state.items if item.status in ("added", "replaced")],
        "stamp": stamp,
    }


def _chosen(items: Sequence[Item]) -> list[Item]:
    """Return the items to show, in their order."""
    if len(items) <= MAX_ROWS:
        return list(items)
    weight = {"fetching": 0, "reading": 0, "refused": 1, "left": 1, "waiting": 2}
    first = sorted(items, key=lambda item: (weight.get(item.status, 3), -item.number))[:MAX_ROWS]
    return sorted(first, key=lambda item: item.number)


def _heading(section: Section) -> Heading:
    return Heading(section.section_id, section.path[-1] if section.path else None, max(0, len(section.path) - 1))

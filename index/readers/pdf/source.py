"""The bytes of a PDF in, its pages with spans of characters and boxes of what is drawn out, and what the file says.

Refuses files that cannot be read. PDFium is not safe across threads: one thread at a time may read.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from index.errors import InputError
from index.readers.pdf.characters import Font, Span, spans_of

_MAX_BOXES = 20_000  # of a page; a chart of more points says no more


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something drawn fills; `picture` for an image or an embedded drawing."""

    x0: float
    top: float
    x1: float
    bottom: float
    picture: bool = False

    @property
    def thin(self) -> bool:
        """Say whether it is a rule."""
        return min(self.x1 - self.x0, self.bottom - self.top) < 2


@dataclass(slots=True)
class Page:
    """One page: spans in the order in which the file draws them, `sideways` those that are turned against the rest."""

    width: float
    height: float
    spans: list[Span] = field(default_factory=list)
    sideways: list[Span] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of the file's outline; `level` from 1, `page` from 0."""

    title: str
    level: int
    page: int | None


@dataclass(slots=True)
class Source:
    """What the file holds: pages, outline and what its metadata say."""

    pages: list[Page]
    outline: list[Bookmark]
    title: str
    created: str


def read_source(data: bytes, name: str, max_pages: int) -> Source:
    """Return the pages of a PDF. Raises InputError for one that is broken, encrypted, too long or without text."""
    if not data:
        raise InputError(f"{name}: the file is empty; expected a PDF, so add it again from its source")
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: the file does not begin with '%PDF-'; expected a PDF, so check what it is")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, error) from error
    with closing(document):
        count = len(document)
        if not count or count > max_pages:
            raise InputError(f"{name}: the PDF has {count:,} pages; expected 1 to {max_pages:,}, so split it")
        fonts: dict[int, Font] = {}
        try:
            pages = [_read_page(document, at, fonts) for at in range(count)]
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name, error) from error
        if sum(len(span.text.strip()) for page in pages for span in page.spans) < 10:
            raise InputError(
                f"{name}: the PDF's {count:,} pages hold no text, only images; expected text, so run OCR on it first, "
                f"as with `ocrmypdf {name} out.pdf`, and add the result"
            )
        said = document.get_metadata_dict()
        return Source(pages, _outline(document), said.get("Title", "").strip(), said.get("CreationDate", ""))


def _unreadable(name: str, error: pypdfium2.PdfiumError) -> InputError:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return InputError(f"{name}: the PDF is encrypted and asks for a password; save it without one and add it again")
    return InputError(f"{name}: the PDF is broken or cut off ({error}); expected a whole file, so get it again")


def _outline(document: pypdfium2.PdfDocument) -> list[Bookmark]:
    found = []
    for mark in document.get_toc():
        target = mark.get_dest()
        found.append(
            Bookmark(" ".join(mark.get_title().split()), mark.level + 1, target.get_index() if target else None)
        )
        if len(found) >= 5_000:
            break
    return found


def _read_page(document: pypdfium2.PdfDocument, at: int, fonts: dict[int, Font]) -> Page:
    page = document[at]
    with closing(page):
        width, height = page.get_size()
        text = page.get_textpage()
        with closing(text):
            spans = spans_of(text, width, height, fonts)
        turns = Counter[int]()
        for span in spans:
            turns[span.turn] += len(span.text)
        turn = turns.most_common(1)[0][0] if turns else 0
        boxes = [_turned(box, turn, width, height) for box in _boxes(page, height)]
    sides = (height, width) if turn in (90, 270) else (width, height)
    right, wrong = [s for s in spans if s.turn == turn], [s for s in spans if s.turn != turn]
    return Page(*sides, right, wrong, boxes)


def _boxes(page: pypdfium2.PdfPage, height: float) -> Iterator[Box]:
    edges = [ctypes.c_float() for _ in range(4)]
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_BOXES)):
        drawn = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind != pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            x0, bottom, x1, top = (edge.value for edge in edges)
            yield Box(x0, height - top, x1, height - bottom, kind != pdfium.FPDF_PAGEOBJ_PATH)


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    if turn == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1, box.picture)
    if turn == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0, box.picture)
    return box

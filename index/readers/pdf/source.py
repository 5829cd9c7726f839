"""The bytes of a PDF in, its pages with spans of characters and boxes of what is drawn out, and what the file says.

Refuses files that cannot be read. PDFium is not safe across threads: one thread at a time may read.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from index.errors import InputError
from index.readers.pdf.characters import Span, spans_of
from index.readers.pdf.fonts import Font, lighten

_MAX_BOXES = 20_000  # of a page; a chart of more points says no more
_PLATE_SEGMENTS = 24  # a rectangle with round corners and a hole has no more
_WHITE = 250  # of 255, each colour
_LEGIBLE = 0.25  # of all signs: of 193 old papers, eight with text have up to .02 in words and numbers, all others .72
_HYPHEN = re.compile("[\x02\xad\ufffe]")  # PDFium gives the first and the last for one at a line's end
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u0655\u0900-\u0eff])"  # with marks on it
_WORD = re.compile(
    rf"""[(\["'“‘«〈《]*(?:(?:{_LETTER}{{2,}}|[가-힣\u3040-\u9fff])(?:[-–'’/]{_LETTER}+)*|[-+−]?\d[\d.,:%/–-]*)[)\].,;:!?"'”’»〉》]*"""
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something drawn fills.

    `picture` for an image or an embedded drawing, `plate` for a filled rectangle without an outline, as text stands on.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    picture: bool = False
    plate: bool = False

    def is_over(self, other: "Box") -> bool:
        """Say whether it reaches from and to where another does, as the rules of a table do, within 4 points."""
        return abs(self.x0 - other.x0) < 4 and abs(self.x1 - other.x1) < 4

    @property
    def thin(self) -> bool:
        """Say whether it is a rule."""
        short, long = sorted((self.x1 - self.x0, self.bottom - self.top))
        return short < 2 or short < 3 and long > 30 * short  # a table's heavy frame


@dataclass(slots=True)
class Page:
    """One page: spans in the order in which the file draws them, `sideways` those that are turned against the rest.

    `signs` counts what is drawn as text, `legible` what of it is in words and numbers.
    """

    width: float
    height: float
    spans: list[Span] = field(default_factory=list)
    sideways: list[Span] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    signs: int = 0
    legible: int = 0


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
        _check_text(pages, name)
        letters = Counter[Font]()
        for span in (span for page in pages for span in page.spans):
            letters[span.font] += len(span.text)
        lighten(letters)
        said = document.get_metadata_dict()
        return Source(pages, _outline(document), said.get("Title", "").strip(), said.get("CreationDate", ""))


def _check_text(pages: list[Page], name: str) -> None:
    """Raise InputError where OCR is needed: pages are images, or the fonts do not say which letters their signs are."""
    signs = sum(page.signs for page in pages)
    if signs < 10:
        raise InputError(
            f"{name}: the PDF's {len(pages):,} pages hold no text, only images; expected text, so run OCR on it first, "
            f"as with `ocrmypdf {name} out.pdf`, and add the result"
        )
    if sum(page.legible for page in pages) <= _LEGIBLE * signs:
        raise InputError(
            f"{name}: the PDF's fonts do not say which letters their signs are, as in many of before 2000; expected "
            f"text, so run OCR on it first, as with `ocrmypdf --force-ocr {name} out.pdf`, and add the result"
        )


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
            scanned = _is_scanned(text)
            words = _HYPHEN.sub("", text.get_text_range()).split()
        turns = Counter[int]()
        for span in spans:
            turns[span.turn] += len(span.text)
        turn = turns.most_common(1)[0][0] if turns else 0
        boxes = [_turned(box, turn, width, height) for box in _boxes(page, height) if not (scanned and box.picture)]
    sides = (height, width) if turn in (90, 270) else (width, height)
    right, wrong = [s for s in spans if s.turn == turn], [s for s in spans if s.turn != turn]
    legible = sum(map(len, filter(_WORD.fullmatch, words)))
    return Page(*sides, right, wrong, boxes, sum(map(len, words)), legible)


def _is_scanned(text: pypdfium2.PdfTextPage) -> bool:
    """Say whether most text is invisible, as OCR lays it over the pictures that the page is."""
    count = pdfium.FPDFText_CountChars(text.raw)
    drawn = [found for at in range(0, count, 29) if (found := pdfium.FPDFText_GetTextObject(text.raw, at))]
    unseen = sum(pdfium.FPDFTextObj_GetTextRenderMode(each) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for each in drawn)
    return bool(unseen > 0.5 * len(drawn))


def _boxes(page: pypdfium2.PdfPage, height: float) -> Iterator[Box]:
    """Yield what can be seen of the drawn objects; programs lay white below every line, and that shows nothing."""
    edges = [ctypes.c_float() for _ in range(4)]
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_BOXES)):
        drawn = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT or not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        path = kind == pdfium.FPDF_PAGEOBJ_PATH
        filled, outlined = _paint(drawn) if path else (True, False)
        if filled or outlined:
            x0, bottom, x1, top = (edge.value for edge in edges)
            plate = path and not outlined and _is_rectangle(drawn)
            yield Box(x0, height - top, x1, height - bottom, not path, plate)


def _paint(path: Any) -> tuple[bool, bool]:
    """Say whether a path is filled and whether it is outlined, in a colour that shows on white."""
    filled, outlined = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, filled, outlined)
    return (
        filled.value > 0 and _shows(path, pdfium.FPDFPageObj_GetFillColor),
        outlined.value > 0 and _shows(path, pdfium.FPDFPageObj_GetStrokeColor),
    )


def _shows(path: Any, colour_of: Callable[..., int]) -> bool:
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    if not colour_of(path, red, green, blue, opaque):
        return True
    return opaque.value > 0 and min(red.value, green.value, blue.value) < _WHITE


def _is_rectangle(path: Any) -> bool:
    """Say whether a path has three or more sides along the page's, and little else but round corners."""
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _PLATE_SEGMENTS:
        return False
    x, y, last, sides = ctypes.c_float(), ctypes.c_float(), (0.0, 0.0), 0
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        along = abs(x.value - last[0]) < 0.01 or abs(y.value - last[1]) < 0.01
        sides += along and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO
        last = x.value, y.value
    return sides >= 3


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    if turn == 90:
        return replace(box, x0=height - box.bottom, top=box.x0, x1=height - box.top, bottom=box.x1)
    if turn == 270:
        return replace(box, x0=box.top, top=width - box.x1, x1=box.bottom, bottom=width - box.x0)
    return box

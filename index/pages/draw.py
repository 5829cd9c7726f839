"""A kept PDF and quotations in; a page's picture and where on it they stand out: what a child process runs.

PDFium is not safe across threads: a process asks it for one page at a time.
"""

import hashlib
import io
import unicodedata
from collections.abc import Sequence
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import ImageChops

from index.errors import InputError
from index.pages.boxes import Boxes
from index.pages.letters import Letters, letters_of
from index.pages.match import Quotation, find
from index.pages.task import Box, Drawn, Picture, Task
from index.readers.pdf.glyphs import ADOBES, ligatures_in

WIDTH_PX, MOST_PX = 1_400, 4_000_000  # of a picture: its width, and all of it
MOST_SCALE = 4.0  # pixels a point: a page the size of a stamp is not blown up
MOST_CHARACTERS = 100_000  # of a page, among which quotations are looked for
_JPEG_QUALITY = 85
_SEEN = [0] * 11 + [255] * 245  # of a difference between two channels: below, a page is taken for grey


def draw(task: Task) -> Drawn:
    """Draw a page; a number past the end is the last. Raises InputError for a file that is gone, damaged or no PDF."""
    document = _opened(task)
    number = min(max(1, task.number), len(document))
    try:
        with closing(document[number - 1]) as page:
            marks = marks_on(page, task.quotations) if task.quotations else ()
            picture = _picture(page) if task.draw else None
    except pypdfium2.PdfiumError as error:
        what = f"page {number} cannot be drawn ({error}); a whole PDF was expected; add the paper again"
        raise InputError(f"{task.name}: {what}") from error
    return Drawn(number, len(document), picture, marks)


def marks_on(page: pypdfium2.PdfPage, quotations: Sequence[Quotation]) -> tuple[tuple[Box, ...], ...]:
    """Return each quotation's rectangles on a page of an open PDF."""
    with closing(page.get_textpage()) as text:
        codes = codes_of(text)
        letters = letters_of(characters_of(codes))
        boxes = Boxes(page, text)
        found = ([_range(codes, letters, *part) for part in find(letters.text, one)] for one in quotations)
        return tuple(boxes.cover(ranges, codes) for ranges in found)


_kept_open: dict[str, pypdfium2.PdfDocument] = {}  # the last one, by its SHA-256: its next page is asked for next


def _opened(task: Task) -> pypdfium2.PdfDocument:
    if task.sha256 in _kept_open:
        return _kept_open[task.sha256]
    for sha256 in list(_kept_open):
        _kept_open.pop(sha256).close()
    try:
        data = task.path.read_bytes()
    except OSError as error:
        what = f"the kept PDF cannot be read ({error.strerror or error}); a file was expected; add the paper again"
        raise InputError(f"{task.name}: {what}") from error
    if hashlib.sha256(data).hexdigest() != task.sha256:
        what = "the kept PDF is damaged (its SHA-256 differs); the file that was added was expected"
        raise InputError(f"{task.name}: {what}; add the paper again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        what = f"the kept PDF cannot be opened ({error}); a whole one was expected; add the paper again"
        raise InputError(f"{task.name}: {what}") from error
    if not len(document):
        raise InputError(f"{task.name}: the kept PDF has no pages; a whole one was expected; add the paper again")
    _kept_open[task.sha256] = document
    return document


def _picture(page: pypdfium2.PdfPage) -> Picture:
    """Draw a page, at most WIDTH_PX wide and of MOST_PX pixels. Grey pages, which most are, lose nothing."""
    width, height = page.get_size()
    scale = min(WIDTH_PX / width, (MOST_PX / (width * height)) ** 0.5, MOST_SCALE)
    scale = max(scale, 1 / min(width, height))  # of a page like a thread, at least one pixel
    image = page.render(scale=scale).to_pil().convert("RGB")
    red, green, blue = image.split()
    file = io.BytesIO()
    if not any(ImageChops.difference(one, green).point(_SEEN).getbbox() for one in (red, blue)):
        green.save(file, "PNG", compress_level=3)
        return Picture(file.getvalue(), "image/png", *image.size)
    image.save(file, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return Picture(file.getvalue(), "image/jpeg", *image.size)


def codes_of(text: pypdfium2.PdfTextPage) -> list[int]:
    """Return the first MOST_CHARACTERS of a page as PDFium numbers them, in UTF-16 units, with TeX's ligatures read."""
    count = min(pdfium.FPDFText_CountChars(text.raw), MOST_CHARACTERS)
    codes = [pdfium.FPDFText_GetUnicode(text.raw, at) for at in range(max(0, count))]
    for at, ligature in ligatures_in(codes, lambda at: pdfium.FPDFText_IsGenerated(text.raw, at) == 1):
        codes[at] = ligature
    return codes


def characters_of(codes: Sequence[int]) -> list[str]:
    """Return characters, one for each code; a pair of surrogates is the character and an empty one."""
    found = [ADOBES.get(code, chr(code)) if code < 0x110000 else "" for code in codes]
    for at, code in enumerate(codes[:-1]):
        if 0xD800 <= code < 0xDC00 <= codes[at + 1] < 0xE000:
            found[at], found[at + 1] = chr(0x10000 + ((code - 0xD800) << 10) + codes[at + 1] - 0xDC00), ""
    return ["" if 0xD800 <= ord(one or "\0") < 0xE000 else one for one in found]


def _range(codes: Sequence[int], letters: Letters, start: int, end: int) -> tuple[int, int]:
    """Return a range of letters as one of characters, with the marks that follow it: a full stop, a quotation mark."""
    first, last = letters.at[start], letters.at[end - 1] + 1
    while last < len(codes) and _closes(codes[last]):
        last += 1
    return first, last


def _closes(code: int) -> bool:
    return unicodedata.category(chr(code)) in ("Po", "Pe", "Pf") if code < 0x10000 else False

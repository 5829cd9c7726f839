"""A page's characters, as PDFium gives them, in; spans of one font on one baseline out. Orders and joins nothing else.

Places are in points from the page's upper left corner, as the text is read: those of text that is set sideways are
turned with it.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from index.readers.pdf.fonts import Font, font_at
from index.readers.pdf.glyphs import ACCENTS, OLD_TEX, bullets_in, composed, ligatures_in, shown, signs_beside
from index.readers.pdf.ligatures import ligature_at

_BREAKS = frozenset((10, 13))
_HYPHEN = 0xFFFE
_SPACES = frozenset((0x20, 0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000))
_APART = _BREAKS | _SPACES
_DELETED = 0
_GAP = 0.9  # ems of white space that end a span: more than a justified line has between words
_SPACE = 0.2  # ems between two words at least, where no sign says it
_WIDE = 0.42  # ems that a space between a tight table's cells has at least
_ACCENTED = frozenset(ACCENTS)
_MEASURED, _FEW = 60, 3  # letters of a font: with three or fewer it may be one of formulas
_TALL = (("BDEFHIKLMNPRTXZ", 0.68), ("acemnorsuvwxz", 0.44), ("bdfhkl", 0.69), ("0123456789", 0.66))
_HEIGHTS = {ord(sign): height for signs, height in _TALL for sign in signs}  # of the size of their font


@dataclass(slots=True)
class Span:
    """Characters of one font and size on one baseline without a wide gap; `text` ends in a space where one follows."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: Font
    turn: int = 0
    gaps: tuple[tuple[int, float, float], ...] = ()  # spaces wider than usual: where in the text, from and to where


_Looks = tuple[float, float, Font | None, int]  # size, baseline, font, turn
_NOTHING: _Looks = (0.0, 0.0, None, 0)


def spans_of(text: pypdfium2.PdfTextPage, width: float, height: float, fonts: dict[int, Font]) -> list[Span]:
    """Return the spans of one page in the order in which the file draws them; `fonts` are those seen before."""
    return list(_Spans(text, width, height, fonts).read())


class _Spans:
    """Reads one page. Calls to PDFium are the cost: an object is asked for its look once, a word for its two ends."""

    def __init__(self, text: pypdfium2.PdfTextPage, width: float, height: float, fonts: dict[int, Font]) -> None:
        self._raw, self._width, self._height, self._fonts = text.raw, width, height, fonts
        self._address = ctypes.cast(text.raw, ctypes.c_void_p).value
        self._object_of = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
        self._box_of = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
        self._font_of = _plain(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
        self._box = pdfium.FS_RECTF()
        self._edges = ctypes.addressof(self._box)
        self._codes = self._all_codes()
        self._span: Span | None = None
        self._spaced = False
        self._tried: set[Font] = set()  # to measure, on this page

    def read(self) -> Iterator[Span]:
        """Yield the spans."""
        self._read_spaces()
        self._read_tex()
        self._compose_accents()
        address, object_of = self._address, self._object_of
        seen, looks, start = 0, _NOTHING, -1
        for at, code in enumerate(self._codes):
            if code in _APART:
                if start >= 0:
                    yield from self._add(start, at, looks)
                    start = -1
                if code in _SPACES:
                    self._space(pdfium.FPDFText_IsGenerated(self._raw, at) == 1)
                else:
                    yield from self._end()
                continue
            drawn = object_of(address, at)
            if drawn != seen:
                if start >= 0:
                    yield from self._add(start, at, looks)
                seen, looks, start = drawn, self._looks(at, drawn), -1
            if start < 0 and code != _DELETED:
                start = at
        if start >= 0:
            yield from self._add(start, len(self._codes), looks)
        yield from self._end()

    def _all_codes(self) -> list[int]:
        count = pdfium.FPDFText_CountChars(self._raw)
        units = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(self._raw, 0, count, units) == count + 1:
            return list(units[:count])
        return [pdfium.FPDFText_GetUnicode(self._raw, at) for at in range(count)]  # characters without a code

    def _compose_accents(self) -> None:
        """Put accents on their letters: TeX's older fonts draw them as signs of their own, over or under a letter."""
        for at in [at for at, code in enumerate(self._codes) if code in _ACCENTED][:500]:
            x0, x1 = self._ends(at)
            base = self._below(at, (x0 + x1) / 2)
            letter = None if base is None else composed(self._codes[base], self._codes[at])
            if base is not None and letter is not None:
                self._codes[base], self._codes[at] = letter, _DELETED
                for side in (at - 1, at + 1):
                    self._drop_false_space(side)

    def _read_spaces(self) -> None:
        """Read what PDFium gives for a hyphen at a line's end as a space where a word on the same line follows it.

        It may be a ligature, too: PDFium gives the same for a sign whose font does not say what it means.
        """
        x, y, following = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        for at in [at for at, code in enumerate(self._codes[:-1]) if code == _HYPHEN and at]:
            pdfium.FPDFText_GetCharOrigin(self._raw, at - 1, x, y)
            pdfium.FPDFText_GetCharOrigin(self._raw, at + 1, x, following)
            if abs(y.value - following.value) < 0.2 * self._size(at - 1) and self._codes[at + 1] not in _BREAKS:
                self._codes[at] = ligature_at(self._codes, at) or 0x20

    def _read_tex(self) -> None:
        """Read TeX's own codes: ligatures wherever they stand in a word, other signs in fonts that have these."""
        for at in bullets_in(self._codes):
            self._codes[at] = 0x2022
        for at, ligature in ligatures_in(self._codes, lambda at: pdfium.FPDFText_IsGenerated(self._raw, at) == 1):
            if drawn := self._object_of(self._address, at):
                self._font(drawn).tex = signs_beside(self._codes[at])
                self._codes[at] = ligature
        if not any(font.tex for font in self._fonts.values()):
            return
        braces = 0x7D in self._codes
        for at in [at for at, code in enumerate(self._codes) if code in OLD_TEX]:
            drawn = self._object_of(self._address, at)
            font = self._font(drawn) if drawn else None
            if font and (font.tex or self._codes[at] == 0x7B and not font.name and not braces):
                self._codes[at] = (font.tex or OLD_TEX).get(self._codes[at], self._codes[at])

    def _below(self, at: int, middle: float) -> int | None:
        """Return the index of the letter that an accent's middle stands over."""
        x, y, other = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._raw, at, x, y)
        size = self._size(at)
        near = sorted(range(max(0, at - 120), min(len(self._codes), at + 120)), key=lambda index: abs(index - at - 0.1))
        for index in near:
            if index == at or not chr(self._codes[index]).isalpha():
                continue
            x0, x1 = self._ends(index)
            if x0 - 0.1 <= middle <= x1 + 0.1:
                pdfium.FPDFText_GetCharOrigin(self._raw, index, x, other)
                if abs(other.value - y.value) < 0.45 * size:
                    return index
        return None

    def _drop_false_space(self, at: int) -> None:
        """Delete a space that PDFium put beside an accent because it jumps back."""
        if not 0 < at < len(self._codes) - 1 or self._codes[at] != 0x20:
            return
        before, after = at - 1, at + 1
        while before > 0 and self._codes[before] == _DELETED:
            before -= 1
        while after < len(self._codes) - 1 and self._codes[after] == _DELETED:
            after += 1
        if self._ends(after)[0] - self._ends(before)[1] < 0.12 * self._size(before):
            self._codes[at] = _DELETED

    def _ends(self, at: int) -> tuple[float, float]:
        self._box_of(self._address, at, self._edges)
        return self._box.left, self._box.right

    def _looks(self, at: int, drawn: int | None) -> _Looks:
        """Return the size, baseline, font and turn of the object that a character belongs to."""
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        if not drawn or not pdfium.FPDFText_GetMatrix(self._raw, at, matrix):
            return _NOTHING
        pdfium.FPDFText_GetCharOrigin(self._raw, at, x, y)
        font, scale = self._font(drawn), math.hypot(matrix.c, matrix.d)
        size = pdfium.FPDFText_GetFontSize(self._raw, at) * scale
        if size < 1:
            size = scale * self._unit(font, scale)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        turn = round(angle / 90) % 4 * 90
        if size < 1 or abs((angle - turn + 180) % 360 - 180) > 3:  # aslant: a watermark
            return _NOTHING
        baseline = {0: self._height - y.value, 90: x.value, 180: y.value, 270: self._width - x.value}[turn]
        return round(size, 2), baseline, font, turn

    def _size(self, at: int) -> float:
        return self._looks(at, self._object_of(self._address, at))[0]

    def _unit(self, font: Font, scale: float) -> float:
        """Return how many times its scale a font is large whose letters are pictures: they alone say it.

        0 where there are none, or where most codes mean nothing, as in formulas that Ghostscript has coded anew.
        """
        if font.unit is None and font not in self._tried:
            self._tried.add(font)
            sizes, meaningless = self._measure(font)
            if meaningless and len(sizes) <= meaningless:
                font.unit = 0.0  # on later pages, too: there its further codes may look like letters
            elif len(sizes) > _FEW:
                font.unit = median(sizes) / scale
        return font.unit or 0.0

    def _measure(self, font: Font) -> tuple[list[float], int]:
        """Return the sizes that a font's letters on the page would make it have, and how many codes are no letters."""
        left, bottom, right, top = (ctypes.c_double() for _ in range(4))
        sizes: list[float] = []
        meaningless = 0
        for at, code in enumerate(self._codes):
            if code not in _HEIGHTS and not _DELETED < code < 0x20:
                continue
            drawn = self._object_of(self._address, at)
            if not drawn or self._font(drawn) is not font:
                continue
            if code < 0x20:
                meaningless += 1
                continue
            pdfium.FPDFText_GetCharBox(self._raw, at, left, right, bottom, top)
            sizes.append((top.value - bottom.value) / _HEIGHTS[code])
            if len(sizes) == _MEASURED:
                break
        return sizes, meaningless

    def _font(self, drawn: int) -> Font:
        address = self._font_of(drawn)
        if address not in self._fonts:
            self._fonts[address] = font_at(address)
        return self._fonts[address]

    def _along(self, at: int, turn: int) -> tuple[float, float]:
        """Return where a character begins and ends in reading direction."""
        self._box_of(self._address, at, self._edges)
        box = self._box
        if turn == 0:
            return box.left, box.right
        if turn == 90:
            return box.bottom, box.top
        if turn == 180:
            return self._width - box.right, self._width - box.left
        return self._height - box.top, self._height - box.bottom

    def _space(self, generated: bool) -> None:
        self._spaced = True
        if not generated and self._span and not self._span.text.endswith(" "):
            self._span.text += " "

    def _add(self, start: int, end: int, looks: _Looks) -> Iterator[Span]:
        """Add a word, or what of it one object draws, to the span; yield the span when the word begins another."""
        step = 1 if looks[2] and looks[2].unit else end - start  # where letters are pictures, gaps alone part words
        for at in range(start, end, step):
            yield from self._add_part(at, at + step, looks)

    def _add_part(self, start: int, end: int, looks: _Looks) -> Iterator[Span]:
        size, y, font, turn = looks
        if font is None or not any(self._codes[start:end]):
            return
        x0, x1 = self._along(start, turn)
        if end > start + 1:
            x1 = max(x1, self._along(end - 1, turn)[1])
        codes, span = self._codes[start:end], self._span
        text, gap = shown(codes, signs=font.signs), x0 - span.x1 if span else 0.0
        if span and span.turn == turn and abs(span.y - y) < 0.05 and span.font is font and span.size == size:
            if -1.3 * size < gap < _GAP * size:  # both letters of a ligature have its whole box
                spaced = gap > _SPACE * size if font.unit else self._spaced  # PDFium guesses where letters are pictures
                if spaced and not span.text.endswith(" "):
                    span.text += " "
                if gap > _WIDE * size:
                    span.gaps += ((len(span.text), span.x1, x0),)
                span.text += text
                span.x1, self._spaced = max(span.x1, x1), False
                return
        near = span is not None and abs(span.y - y) < size and -size < gap < 1.5 * size
        if span and self._spaced and near and not span.text.endswith(" "):
            span.text += " "
        yield from self._end()
        self._span = Span(text, x0, x1, y, size, font, turn)

    def _end(self) -> Iterator[Span]:
        if self._span and self._span.text.strip():
            yield self._span
        self._span, self._spaced = None, False


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of PDFium that takes and gives plain addresses: twice as fast as with ctypes pointers."""
    address: Any = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(address)

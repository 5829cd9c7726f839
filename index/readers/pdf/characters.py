"""A page's characters, as PDFium gives them, in; spans of one font on one baseline out. Orders and joins nothing else.

Places are in points from the page's upper left corner, as the text is read: those of text that is set sideways are
turned with it.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_BOLD = re.compile(
    r"bold|black|heavy|demi|-medi|medi$|cmbx|cmssbx|sfbx|sfsx|ecbx|cmb\d|lmb|ptmb|phvb|nanum(?:mj|gt)b[0-9a-f]{2}$",
    re.I,
)
_ITALIC = re.compile(r"ital|obli|cmti|cmsl|sfti|sfsl|slant|-it$", re.I)
_MATH = re.compile(
    r"math|^(?:cmmi|cmsy|cmex|cmbsy|msam|msbm|rsfs|eufm|eusm|lasy|stmary|wasy|mtmi|mtsy|mtex|r?[tp]xmi|[tp]xsy|[tp]xex"
    r"|ntxmi|ntxsy|bbm|dsrom|esint|fourier-|symbol|standardsym)",
    re.I,
)
_MONO = re.compile(r"mono|courier|typewriter|cmtt|sftt|lmtt|nimbusmon|consol", re.I)
_CAPITALS = re.compile(r"cmcsc|sfcc|lmromancaps|smallcap|-sc\b|[a-z]sc$|sc\d+$", re.I)
_BREAKS = frozenset((10, 13))
_SPACES = frozenset((0x20, 0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000))
_APART = _BREAKS | _SPACES
_DELETED = 0
_GAP = 0.9  # ems of white space that end a span: more than a justified line has between words
_WIDE = 0.42  # ems that a space between a tight table's cells has at least
_ACCENTS = {0x60: 768, 0xB4: 769, 0x2C6: 770, 0x2DC: 771, 0xA8: 776, 0xAF: 772, 0x2D8: 774, 0x2D9: 775}
_ACCENTS |= {0x2DA: 778, 0x2C7: 780, 0x2DD: 779, 0xB8: 807}
_ACCENTED = frozenset(_ACCENTS)


def _readings() -> dict[int, str | None]:
    """Return what characters are read as: ligatures and mathematical letters as plain ones, private codes as none."""
    table: dict[int, str | None] = dict.fromkeys((*range(32), *range(0x7F, 0xA0), *range(0xE000, 0xF900)), None)
    table |= {
        code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6))
    }
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x1D400, 0x1D800)}
    # PDFium gives the first two for a hyphen at a line's end
    return table | dict.fromkeys((0x02, 0xFFFE, 0xAD, 0x2010), "-")


_READINGS = _readings()


@dataclass(frozen=True, slots=True)
class Font:
    """What a font's name and flags say of its look."""

    name: str
    bold: bool
    italic: bool
    math: bool
    mono: bool
    capitals: bool


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

    def read(self) -> Iterator[Span]:
        """Yield the spans."""
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
            accent, base = chr(_ACCENTS[self._codes[at]]), self._below(at, (x0 + x1) / 2)
            if base is None:
                continue
            composed = unicodedata.normalize("NFC", _PLAIN.get(self._codes[base], chr(self._codes[base])) + accent)
            if len(composed) == 1:
                self._codes[base], self._codes[at] = ord(composed), _DELETED
                for side in (at - 1, at + 1):
                    self._drop_false_space(side)

    def _below(self, at: int, middle: float) -> int | None:
        """Return the index of the letter that an accent's middle stands over."""
        x, y, other = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._raw, at, x, y)
        size = pdfium.FPDFText_GetFontSize(self._raw, at)
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
        if self._ends(after)[0] - self._ends(before)[1] < 0.12 * pdfium.FPDFText_GetFontSize(self._raw, before):
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
        size = pdfium.FPDFText_GetFontSize(self._raw, at) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        turn = round(angle / 90) % 4 * 90
        if size < 1 or abs((angle - turn + 180) % 360 - 180) > 3:  # aslant: a watermark
            return _NOTHING
        baseline = {0: self._height - y.value, 90: x.value, 180: y.value, 270: self._width - x.value}[turn]
        return round(size, 2), baseline, self._font(drawn), turn

    def _font(self, drawn: int) -> Font:
        address = self._font_of(drawn)
        if address not in self._fonts:
            self._fonts[address] = _font_at(address)
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
        size, y, font, turn = looks
        if font is None:
            return
        x0, x1 = self._along(start, turn)
        if end > start + 1:
            x1 = max(x1, self._along(end - 1, turn)[1])
        text, span = _decoded(self._codes[start:end]), self._span
        gap = x0 - span.x1 if span else 0.0
        if span and span.turn == turn and abs(span.y - y) < 0.05 and span.font is font and span.size == size:
            if -1.3 * size < gap < _GAP * size:  # both letters of a ligature have its whole box
                if self._spaced and not span.text.endswith(" "):
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


_PLAIN = {0x131: "i", 0x237: "j"}  # dotless letters under accents


def _decoded(codes: Sequence[int]) -> str:
    text = "".join(map(chr, codes))
    if text.isascii() and text.isprintable():
        return text
    if any(0xD800 <= code < 0xE000 for code in codes):  # a character beyond U+FFFF comes as two
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_READINGS)


def _font_at(address: int) -> Font:
    pointer = ctypes.cast(address, pdfium.FPDF_FONT)
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(pointer, buffer, 128)
    name = re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("utf-8", "replace"))
    flags, weight = max(0, pdfium.FPDFFont_GetFlags(pointer)), pdfium.FPDFFont_GetWeight(pointer)
    bold = bool(_BOLD.search(name)) or bool(flags & 1 << 18) or 600 <= weight <= 1000 and not _MATH.search(name)
    italic = bool(flags & 1 << 6) or bool(_ITALIC.search(name))
    mono, capitals = bool(flags & 1 or _MONO.search(name)), bool(flags & 1 << 17 or _CAPITALS.search(name))
    return Font(name, bold, italic, bool(_MATH.search(name)), mono, capitals)


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of PDFium that takes and gives plain addresses: twice as fast as with ctypes pointers."""
    address: Any = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(address)

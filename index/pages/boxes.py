"""A page of a PDF and ranges of its characters in, rectangles that cover them out, one for each piece of a line.

Rectangles are fractions of the page as it is shown: turned and cut as the file says, from the upper left corner.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from index.pages.task import Box

_DEVICE = 1_000_000  # units of a side of the page, when places are asked for: they come as whole numbers
_GAP = 1.8  # heights of a line between two of its pieces that are one rectangle
_PICTURED = 4.0  # heights of a letter that is a picture that its box may be high
_TALL = 2.2  # sizes of a font that a character's box may be high; some fonts say far more
_SPACES = frozenset((0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xAD, 0x02, 0xFFFE))


@dataclass(slots=True)
class _Edges:
    """A rectangle in points of the page as it is shown; of text that runs up or down, with x and y exchanged."""

    x0: float
    y0: float
    x1: float
    y1: float
    upright: bool

    def joins(self, other: "_Edges") -> bool:
        """Whether another one goes on in the same line."""
        height = min(self.y1 - self.y0, other.y1 - other.y0)
        overlap = min(self.y1, other.y1) - max(self.y0, other.y0)
        apart = max(other.x0 - self.x1, self.x0 - other.x1)  # on a page that is turned over, text runs to the left
        return self.upright == other.upright and overlap > 0.4 * height and apart < _GAP * height

    def add(self, other: "_Edges") -> None:
        """Cover another one, too."""
        self.x0, self.y0 = min(self.x0, other.x0), min(self.y0, other.y0)
        self.x1, self.y1 = max(self.x1, other.x1), max(self.y1, other.y1)


class Boxes:
    """The characters of one page as rectangles."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._text = text.raw
        self.width, self.height = page.get_size()
        self._origin = self._on_device(page, 0, 0)
        self._right = self._on_device(page, 1000, 0)
        self._up = self._on_device(page, 0, 1000)

    def cover(self, ranges: Sequence[tuple[int, int]], codes: Sequence[int]) -> tuple[Box, ...]:
        """Return rectangles over ranges of characters, from and to where, line by line. White space has none."""
        lines: list[_Edges] = []
        for start, end in ranges:
            lines += self._lines(start, end, codes)
        _part(lines)
        boxes = (self._box(line) for line in lines)
        return tuple(box for box in boxes if box.width > 0 and box.height > 0)

    def middle(self, at: int) -> tuple[float, float]:
        """Return the middle of a character, as fractions of the page."""
        box = self._box(self._edges(at))
        return box.x + box.width / 2, box.y + box.height / 2

    def _lines(self, start: int, end: int, codes: Sequence[int]) -> Iterator[_Edges]:
        line: _Edges | None = None
        for at in range(start, end):
            if codes[at] in _SPACES or pdfium.FPDFText_IsGenerated(self._text, at) == 1:
                continue
            edges = self._edges(at)
            if edges.x1 <= edges.x0 or edges.y1 <= edges.y0:
                continue
            if line and line.joins(edges):
                line.add(edges)
                continue
            if line:
                yield line
            line = edges
        if line:
            yield line

    def _edges(self, at: int) -> _Edges:
        """Return the rectangle of a character, as high as its font is, not as the letter."""
        loose, angle = pdfium.FS_RECTF(), pdfium.FPDFText_GetCharAngle(self._text, at)
        pdfium.FPDFText_GetLooseCharBox(self._text, at, loose)
        corners = [self._shown(loose.left, loose.bottom), self._shown(loose.right, loose.top)]
        direction = self._direction(angle if angle >= 0 else 0.0)
        upright = abs(direction[0]) >= abs(direction[1])
        if not upright:
            corners = [(y, x) for x, y in corners]
        (x0, x1), (y0, y1) = (sorted(side) for side in zip(*corners, strict=True))
        most = _TALL * pdfium.FPDFText_GetFontSize(self._text, at)
        if most < y1 - y0:
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            pdfium.FPDFText_GetCharBox(self._text, at, left, right, bottom, top)
            tight = [self._shown(left.value, bottom.value), self._shown(right.value, top.value)]
            low, high = sorted(place[1 if upright else 0] for place in tight)
            if most >= 4 or y1 - y0 > _PICTURED * (high - low):  # a size of 1 is scaled, or of pictures
                y0, y1 = low, high
        return _Edges(x0, y0, x1, y1, upright)

    def _direction(self, angle: float) -> tuple[float, float]:
        """Return in which direction text at an angle (radians, against the clock) runs on the page as it is shown."""
        x, y = self._shown(math.cos(angle), math.sin(angle))
        x0, y0 = self._shown(0, 0)
        return x - x0, y - y0

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the file's own coordinates is on the page as it is shown, in points."""
        right = [(b - a) / 1000 for a, b in zip(self._origin, self._right, strict=True)]
        up = [(b - a) / 1000 for a, b in zip(self._origin, self._up, strict=True)]
        return self._origin[0] + x * right[0] + y * up[0], self._origin[1] + x * right[1] + y * up[1]

    def _on_device(self, page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
        return across.value / _DEVICE * self.width, down.value / _DEVICE * self.height

    def _box(self, edges: _Edges) -> Box:
        x0, y0, x1, y1 = edges.x0, edges.y0, edges.x1, edges.y1
        if not edges.upright:
            x0, y0, x1, y1 = y0, x0, y1, x1
        x0, x1 = (min(1.0, max(0.0, x / self.width)) for x in (x0, x1))
        y0, y1 = (min(1.0, max(0.0, y / self.height)) for y in (y0, y1))
        return Box(x0, y0, x1 - x0, y1 - y0)


def _part(lines: Sequence[_Edges]) -> None:
    """Cut rectangles of neighbouring lines where they overlap a little, so that no strip is marked twice."""
    for above in lines:
        for below in lines:
            beside = min(above.x1, below.x1) > max(above.x0, below.x0) and above.upright == below.upright
            overlap = above.y1 - below.y0
            height = min(above.y1 - above.y0, below.y1 - below.y0)
            if beside and above.y0 < below.y0 and 0 < overlap < 0.5 * height:
                above.y1 = below.y0 = (above.y1 + below.y0) / 2

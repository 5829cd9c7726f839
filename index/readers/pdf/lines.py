"""Spans in, pieces out: what stands on one baseline without a wide gap, raised and lowered signs with it.

A piece is a line of a column, a cell of a table, a label in a drawing. Numbers of lines in the margin are dropped.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Literal

from index.readers.pdf.characters import Span
from index.readers.pdf.raised import is_small, text_of
from index.readers.pdf.source import Page

Kind = Literal["text", "heading", "formula", "table", "caption", "note", "code"]
_MATH = 0.12  # of a line's letters
_NUMBER = re.compile(r"\d{1,4}")


@dataclass(slots=True, eq=False)
class Piece:
    """What stands on one baseline. `size` is that of most of its characters, `tall` the largest."""

    spans: list[Span]
    page: int
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    size: float = 0.0
    tall: float = 0.0
    text: str = ""
    capitals: bool = False  # in small capitals
    _shares: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0))

    def __post_init__(self) -> None:
        self.x0, self.x1 = min(s.x0 for s in self.spans), max(s.x1 for s in self.spans)
        sizes, heights = Counter[float](), Counter[float]()
        for span in self.spans:
            sizes[span.size] += len(span.text)
        self.size = sizes.most_common(1)[0][0]
        self.tall = max(sizes)
        for span in self.spans:
            heights[span.y] += len(span.text) if span.size >= 0.8 * self.size else 0
        self.y = heights.most_common(1)[0][0]
        self.text = text_of(self.spans, self.y, self.tall)
        total = sum(len(span.text.strip()) for span in self.spans) or 1
        bold = italic = math = mono = capitals = 0
        for span in self.spans:
            letters, font = len(span.text.strip()), span.font
            bold, italic = bold + letters * font.bold, italic + letters * font.italic
            math, mono = math + letters * font.math, mono + letters * font.mono
            capitals += letters * font.capitals
        self.capitals = capitals > 0.75 * total
        self._shares = (bold / total, italic / total, math / total, mono / total)

    @property
    def bold(self) -> bool:
        """Say whether nearly all of it is bold."""
        return self._shares[0] > 0.85

    @property
    def italic(self) -> bool:
        """Say whether nearly all of it is italic."""
        return self._shares[1] > 0.85

    @property
    def math(self) -> float:
        """The share of its characters that a font of mathematical signs sets."""
        return self._shares[2]

    @property
    def mono(self) -> bool:
        """Say whether nearly all of it is set like code."""
        return self._shares[3] > 0.85

    @property
    def top(self) -> float:
        """Where its tall letters end."""
        return self.y - 0.72 * self.tall

    @property
    def bottom(self) -> float:
        """Where its letters that hang down end."""
        return self.y + 0.22 * self.tall

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.x1 - self.x0


def _cells_of(piece: Piece) -> list[Piece]:
    """Return what spaces that are wider than usual part in a piece: the cells of a tight table."""
    groups: list[list[Span]] = [[]]
    for span in piece.spans:
        if groups[-1] and span.x0 - groups[-1][-1].x1 > 0.42 * span.size:
            groups.append([])
        start, left = 0, span.x0
        for at, end, following in span.gaps:
            groups[-1].append(replace(span, text=span.text[start:at], x0=left, x1=end, gaps=()))
            groups.append([])
            start, left = at, following
        groups[-1].append(replace(span, text=span.text[start:], x0=left, gaps=()))
    return [Piece(group, piece.page) for group in groups if any(span.text.strip() for span in group)]


def pieces_of(page: Page, number: int) -> list[Piece]:
    """Return the pieces of a page, in the order in which the file draws them."""
    found: list[Piece] = []
    current: list[Span] = []
    for span in page.spans:
        if current and not _belongs(current, span):
            found.append(Piece(current, number))
            current = []
        current.append(span)
    if current:
        found.append(Piece(current, number))
    return found


def _belongs(current: list[Span], span: Span) -> bool:
    last = current[-1]
    base = max(current, key=lambda other: other.size)
    tall = max(base.size, span.size)
    gap, sizes = span.x0 - last.x1, sorted((last.size, span.size))
    widest = 0.9 * (sizes[0] if sizes[0] < 0.6 * sizes[1] else sizes[1])  # a line's number is far smaller
    if not -0.8 * tall < gap < widest:
        return False
    rise = base.y - span.y
    if abs(rise) < 0.15 * tall or abs(rise) < 0.33 * tall and gap < 0.12 * tall:  # the E in TeX
        return True
    mark = span if span.size < base.size else base
    small = is_small(mark, tall)
    if span.size < base.size:
        return small and -0.45 * tall < rise < 0.75 * tall
    return small and -0.75 * tall < rise < 0.45 * tall


def without_line_numbers(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Drop columns of ascending numbers in the margin: beside text, and nothing else above or below them."""
    bands: set[tuple[int, int]] = set()
    for pieces in pages:
        numbers = [piece for piece in pieces if _NUMBER.fullmatch(piece.text.strip())]
        if len(numbers) >= 5:
            bands.update(_number_bands(pieces, numbers))

    def is_line_number(piece: Piece) -> bool:
        inside = any(left - 3 <= piece.x0 and piece.x1 <= right + 3 for left, right in bands)
        return inside and bool(_NUMBER.fullmatch(piece.text.strip()))

    return [[piece for piece in pieces if not is_line_number(piece)] for pieces in pages] if bands else pages


def _number_bands(pieces: list[Piece], numbers: list[Piece]) -> Iterator[tuple[int, int]]:
    """Yield from where to where numbers of lines stand on a page, in points."""
    for side in (0, 1):
        columns: dict[int, list[Piece]] = defaultdict(list)
        for piece in numbers:
            columns[round((piece.x0, piece.x1)[side] / 3)].append(piece)
        for at in sorted(columns):
            group = sorted([*columns[at], *columns.get(at + 1, ())], key=lambda piece: piece.y)
            values = [int(piece.text) for piece in group]
            steps = Counter(b - a for a, b in zip(values, values[1:], strict=False))
            step, often = steps.most_common(1)[0] if steps else (0, 0)
            if len(group) < 5 or step not in (1, 2, 5, 10) or often < 0.7 * (len(group) - 1):
                continue
            left, right = min(p.x0 for p in group), max(p.x1 for p in group)
            if sum(p.x0 < right and p.x1 > left for p in pieces if p not in group) <= 0.2 * len(group):
                yield round(left), round(right)


def letters_in(pieces: Iterable[Piece]) -> int:
    """Return how many letters pieces have."""
    return sum(char.isalpha() for piece in pieces for char in piece.text)


def body_size(pieces: Iterable[Piece]) -> float:
    """Return the size that most characters have, in points."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[round(piece.size * 4) / 4] += len(piece.text)
    common = sizes.most_common(1)[0][0]
    return median([p.size for p in pieces if abs(p.size - common) <= 0.25] or [common])


@dataclass(slots=True, eq=False)
class Line:
    """Pieces beside each other in one column that reaches from `left` to `right`; `full` where it spans all columns."""

    pieces: list[Piece]
    left: float
    right: float
    full: bool = False
    kind: Kind = "text"
    level: int = 0  # of a heading
    mark: str = ""  # a note's or list item's mark, a formula's number
    main: Piece = field(init=False)

    def __post_init__(self) -> None:
        self.pieces.sort(key=lambda piece: piece.x0)
        self.main = max(self.pieces, key=lambda piece: (len(piece.text), piece.size))

    @property
    def page(self) -> int:
        """The page, from 0."""
        return self.main.page

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.main.y

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return self.main.size

    @property
    def top(self) -> float:
        """Where its highest piece begins."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Where its lowest piece ends."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def cells(self) -> list[str]:
        """The text of its pieces."""
        return [piece.text.strip() for piece in self.pieces]

    @property
    def text(self) -> str:
        """Its text; it keeps a space at its end only where the file has one there."""
        return " ".join([*(piece.text.strip() for piece in self.pieces[:-1]), self.pieces[-1].text.lstrip()])

    @property
    def width(self) -> float:
        """How wide its column is."""
        return self.right - self.left

    @property
    def is_math(self) -> bool:
        """Say whether fonts of mathematical signs set so much of it that it is a formula's."""
        letters = sum(len(piece.text) for piece in self.pieces) or 1
        return sum(piece.math * len(piece.text) for piece in self.pieces) / letters > _MATH

    @property
    def indent(self) -> float:
        """How far from its column's edge it begins, in ems."""
        return (self.x0 - self.left) / self.size


def cells_in(line: Line) -> list[Piece]:
    """Return the cells of a line: its pieces, parted at spaces that are wider than those between words."""
    return [cell for piece in line.pieces for cell in _cells_of(piece)]

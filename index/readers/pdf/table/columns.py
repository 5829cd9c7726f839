"""The cells of a table's lines in, where its columns are out, and which of them a cell stands in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.readers.pdf.lines import Piece

_MOST_CELLS = 4_000  # that are compared with each other: of a list over hundreds of pages every some rows
_REACH = 2.0  # points that a cell stands in a column at least
_SELDOM = 0.12  # of the rows, in which one cell covers columns that all others keep apart
_OFTEN = 0.3  # of the rows whose cells one reaches over: it covers several columns


@dataclass(frozen=True, slots=True)
class Columns:
    """From where to where each column reaches, in points from the left."""

    edges: tuple[tuple[float, float], ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.edges)

    def with_headings(self, rows: Sequence[Sequence[Piece]]) -> "Columns":
        """Return the columns as wide as the headings right above them, and those at the sides that have one alone."""
        found = list(self.edges)
        near = [row for at, row in enumerate(rows) if at + 1 == len(rows) or len(row) > 0.6 * len(self)]
        for cell in (cell for row in near for cell in row):
            under = [at for at, (left, right) in enumerate(self.edges) if cell.x0 < right - 1 and cell.x1 > left + 1]
            if len(under) == 1:
                at = under[0]
                left = found[at - 1][1] if at else 0.0
                right = found[at + 1][0] if at + 1 < len(found) else cell.x1
                found[at] = min(found[at][0], max(left, cell.x0)), max(found[at][1], min(right, cell.x1))
        before = [cell for cell in rows[-1] if cell.x1 < found[0][0]] if rows else []
        behind = [cell for cell in rows[-1] if cell.x0 > found[-1][1]] if rows else []
        return Columns((*_apart(before), *found, *_apart(behind)))

    def with_labels(self, edges: Sequence[tuple[float, float]]) -> "Columns":
        """Return the columns, the first of which reaches over `edges`: one more, or one that had a heading alone."""
        left, right = min(left for left, _ in edges), max(right for _, right in edges)
        return self if self.edges[0][0] < right else Columns(((left, right), *self.edges))

    def from_left(self) -> tuple[tuple[float, float], ...]:
        """Return the columns as they are where cells are set at the left: each up to the next one."""
        lefts = [left for left, _ in self.edges]
        widths = [b - a for a, b in pairwise(lefts)]
        return tuple((left, left + width) for left, width in zip(lefts, [*widths, widths[-1]], strict=True))

    def from_right(self) -> tuple[tuple[float, float], ...]:
        """Return the columns as they are where cells are set at the right."""
        rights = [right for _, right in self.edges]
        widths = [b - a for a, b in pairwise(rights)]
        return tuple((right - width, right) for right, width in zip(rights, [widths[0], *widths], strict=True))

    def middle(self, at: int) -> float:
        """Return where the middle of a column is."""
        return sum(self.edges[at]) / 2

    def fit(self, rows: Sequence[Sequence[Piece]]) -> float:
        """Return the share of the cells of rows that stand in one column alone each."""
        full = [[self.under(cell) for cell in row] for row in rows if len(row) > 1]
        alone = sum(len(own) == 1 and sum(own.start in other for other in row) == 1 for row in full for own in row)
        return alone / (sum(map(len, full)) or 1)

    def are_under(self, cells: Sequence[Piece]) -> bool:
        """Say whether all columns are under a cell: it stands alone in the middle of the table, behind the first."""
        middle = (self.edges[0][0] + self.edges[-1][1]) / 2
        return len(cells) == 1 and cells[0].x0 > self.edges[0][1] and abs((cells[0].x0 + cells[0].x1) / 2 - middle) < 4

    def under(self, cell: Piece) -> range:
        """Return the columns that a cell stands in; the nearest one where it stands between two."""
        shares = [min(right, cell.x1) - max(left, cell.x0) for left, right in self.edges]
        reach = min(_REACH, 0.5 * cell.width)
        found = [at for at, share in enumerate(shares) if share > reach]
        if not found:
            nearest = max(range(len(shares)), key=lambda at: shares[at])
            return range(nearest, nearest + 1)
        return range(found[0], found[-1] + 1)


def columns_of(rows: Sequence[Sequence[Piece]]) -> Columns | None:
    """Return the columns that stand apart all the way down, cells over several left aside; None for a single column."""
    full = [row for row in rows if len(row) > 1]
    full = full[:: 1 + sum(map(len, full)) // _MOST_CELLS]
    if len(full) < 2:
        return None
    edges = _apart(_without_bridges(_cells_of(full).without_wide()).pieces)
    alone = [row[0] for row in rows if len(row) == 1]
    labels = [cell for cell in alone if not any(cell.x0 < right + 1 and cell.x1 > left - 1 for left, right in edges)]
    edges = _apart(labels, edges)
    number, often = Counter(map(len, full)).most_common(1)[0]
    if len(edges) < 2 or often > 0.5 * len(full) and len(edges) < 0.7 * number:
        return None
    return Columns(tuple(edges))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of rows, with where they begin and end and the number of their row as arrays."""

    pieces: list[Piece]
    x0: NDArray[np.float64]
    x1: NDArray[np.float64]
    row: NDArray[np.int64]
    rows: int

    def only(self, kept: NDArray[np.bool_]) -> "_Cells":
        """Return those that are kept."""
        pieces = [cell for cell, keep in zip(self.pieces, kept, strict=True) if keep]
        return _Cells(pieces, self.x0[kept], self.x1[kept], self.row[kept], self.rows)

    def without_wide(self) -> "_Cells":
        """Return those that do not reach over two or more cells of many rows each."""
        kept = np.ones(len(self.pieces), bool)
        for at in range(len(self.pieces)):
            under = np.minimum(self.x1, self.x1[at]) - np.maximum(self.x0, self.x0[at]) > _REACH
            over = np.count_nonzero(np.bincount(self.row[under], minlength=self.rows) > 1)
            kept[at] = over <= max(1, _OFTEN * self.rows)
        return self.only(kept)


def _cells_of(rows: Sequence[Sequence[Piece]]) -> _Cells:
    pieces = [cell for row in rows for cell in row]
    x0, x1 = (np.array(places) for places in ([cell.x0 for cell in pieces], [cell.x1 for cell in pieces]))
    return _Cells(pieces, x0, x1, np.repeat(np.arange(len(rows)), [len(row) for row in rows]), len(rows))


def _without_bridges(cells: _Cells) -> _Cells:
    """Return cells without the few that alone bridge a gap with cells on both sides of it in other rows."""
    allowed = int(_SELDOM * cells.rows) or (1 if cells.rows > 4 else 0)
    kept = np.ones(len(cells.pieces), bool)
    for left, right in pairwise(np.unique(np.concatenate((cells.x0, cells.x1)))):
        if right - left <= 1:
            continue
        over = (cells.x0 <= left) & (cells.x1 >= right)
        count = np.count_nonzero(over)
        if 0 < count <= allowed and np.all((cells.x0[over] < left) & (cells.x1[over] > right)):
            before = np.bincount(cells.row[cells.x1 <= left], minlength=cells.rows) > 0
            behind = np.bincount(cells.row[cells.x0 >= right], minlength=cells.rows) > 0
            if np.count_nonzero(before & behind) > 1 + count:
                kept &= ~over
    return cells.only(kept)


def _apart(cells: Sequence[Piece], edges: Sequence[tuple[float, float]] = ()) -> list[tuple[float, float]]:
    """Return from where to where there are cells, or `edges`, without a gap."""
    found: list[tuple[float, float]] = []
    for left, right in sorted([*edges, *((cell.x0, cell.x1) for cell in cells)]):
        if found and left < found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found

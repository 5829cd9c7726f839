"""The lines of a table's body in, its rows out: cells of several lines, and labels that stand beside several rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.readers.pdf.lines import Line, Piece
from index.readers.pdf.raised import with_superscripts
from index.readers.pdf.source import Box
from index.readers.pdf.table.columns import Columns
from index.readers.pdf.table.sideways import Turned
from index.readers.pdf.table.spans import covered

_AMOUNT = re.compile(r"\W*\d\S*(?:\s\S{1,5}){0,2}")
_BETWEEN = 0.35  # of the distance of rows, that a label is off the middle of its rows
_LINE = 1.35  # ems from one line of a cell to the next
_WIDE_EMS = 8  # of a column of prose


@dataclass(slots=True)
class Row:
    """A line of the body: what stands in each column, and how far to the right that reaches."""

    y: float
    size: float
    cells: list[str]
    ends: list[float]
    across: bool = False  # one cell that reaches over several columns
    lines: int = 1
    last: float = 0.0  # the baseline of its last line

    @property
    def filled(self) -> list[int]:
        """The columns in which something stands."""
        return [at for at, text in enumerate(self.cells) if text]


class Body:
    """The lines below the headings of a table on one page, made rows.

    `labels` are set sideways beside them; `further` pages go on with a table, with the label that the last began.
    """

    def __init__(
        self, lines: Sequence[Row], columns: Columns, rules: Sequence[Box], labels: Sequence[Turned], *, further: bool
    ) -> None:
        self._further = further  # than the table's first page
        self._sideways = labels
        self._columns, self._rules = columns, rules
        self._lines = lines
        full = [row for row in self._lines if len(row.filled) > 1]
        steps = [b.y - a.y for a, b in pairwise(full)]
        self._pitch = median(steps) if steps else 0.0
        self._step = _line_step([row.y for row in self._lines])
        self._prose = {at for at in range(len(columns)) if self._is_prose(at)}

    def rows(self) -> list[list[str]]:
        """Return the cells of each row."""
        rows, labels = self._parted()
        for label in self._sideways:
            cells = [label.text, *[""] * (len(self._columns) - 1)]
            labels.append((0, Row(label.middle + 0.3 * self._lines[0].size, self._lines[0].size, cells, [])))
        for column in sorted({at for at, _ in labels} | self._leading(rows)):
            mine = [(row.y, row.cells[column]) for at, row in labels if at == column]
            left = self._spread(rows, column, mine)
            labels = [(at, row) for at, row in labels if at != column or row.y in left]
        rows = sorted([*rows, *(row for _, row in labels)], key=lambda row: row.y)
        return [row.cells for row in rows]

    def _parted(self) -> tuple[list[Row], list[tuple[int, Row]]]:
        """Return the rows, and the labels that stand between two rows, each with its column."""
        rows: list[Row] = []
        labels: list[tuple[int, Row]] = []
        for at, line in enumerate(self._lines):
            above = rows[-1] if rows else None
            if above and self._is_between(line, above) and self._is_between(line, self._below(at, above)):
                labels += self._labels(line, labels)
            elif above and self._goes_on(above, line):
                for column in line.filled:
                    above.cells[column] = _glued(above.cells[column], line.cells[column])
                    above.ends[column] = line.ends[column]
                above.lines, above.last = above.lines + 1, line.y
            else:
                rows.append(line)
        return rows, labels

    def _below(self, at: int, above: Row) -> Row | None:
        """Return the next line that holds more than labels beside the row above."""
        return next((row for row in self._lines[at + 1 :] if not self._is_between(row, above)), None)

    def _is_between(self, line: Row, row: Row | None) -> bool:
        """Say whether a line holds only labels that stand beside a row, half a line higher or lower."""
        if row is None or line.across or not self._pitch:
            return False
        apart = abs(line.y - row.y)
        return 0 < apart < 0.8 * self._pitch and not any(row.cells[at] for at in line.filled)

    def _labels(self, line: Row, before: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        """Return the labels of a line; one that goes on with the line before is joined to it."""
        found = []
        for column in line.filled:
            above = next((row for at, row in reversed(before) if at == column), None)
            if above and line.y - above.y < _LINE * line.size:
                above.cells[column] = _glued(above.cells[column], line.cells[column])
                above.y = (above.y + line.y) / 2
                continue
            cells = [line.cells[column] if at == column else "" for at in range(len(self._columns))]
            found.append((column, Row(line.y, line.size, cells, line.ends)))
        return found

    def _goes_on(self, above: Row, line: Row) -> bool:
        """Say whether a line holds further lines of the cells of the row above."""
        step = line.y - above.last
        close = step < _LINE * line.size or step < 0.8 * self._pitch
        if not close or line.across or not all(above.cells[at] for at in line.filled):
            return False
        if any(above.last < rule.top < line.y for at in line.filled for rule in self._crossing(at)):
            return False
        if not line.cells[0] and len(line.filled) < 0.5 * len(self._columns):
            return True
        if any(above.cells[at].endswith("-") and line.cells[at][0].islower() for at in line.filled):
            return True
        runs = [self._runs_on(above, line, at) for at in line.filled]
        words = not any(_AMOUNT.fullmatch(line.cells[at]) for at in line.filled)
        return all(runs) or step < 1.1 * self._step and words and (any(runs) or above.lines > 1)

    def _is_prose(self, column: int) -> bool:
        """Say whether a column is wide, and has lines that reach its right edge: of words that go on in the next."""
        left, right = self._columns.edges[column]
        ends = [row.ends[column] for row in self._lines if row.cells[column] and not row.across]
        wide = bool(self._lines) and right - left > _WIDE_EMS * self._lines[0].size
        return wide and sum(right - end < 0.15 * (right - left) for end in ends) > max(1, 0.25 * len(ends))

    def _runs_on(self, above: Row, line: Row, column: int) -> bool:
        """Say whether the first word of a cell had no room in the line above: a paragraph goes on."""
        if column not in self._prose or not any(char.isalpha() for char in line.cells[column]):
            return False
        first = line.cells[column].split()[0]
        return above.ends[column] + 0.5 * line.size * (len(first) + 0.5) > self._columns.edges[column][1]

    def _leading(self, rows: Sequence[Row]) -> set[int]:
        """Return the columns before the first in which every row has something."""
        full = [row for row in rows if len(row.filled) > 1]
        found = set[int]()
        for at in range(len(self._columns)):
            if all(row.cells[at] for row in full):
                break
            found.add(at)
        return found

    def _spread(self, rows: Sequence[Row], column: int, labels: Sequence[tuple[float, str]]) -> set[float]:
        """Repeat labels of a column in all rows in whose middle they stand; return where those stand that do not."""
        parts = self._parts(rows, column)
        own = parts[1:] if self._further else parts
        if not labels and all(part[0].cells[column] for part in own):  # labels at the first of their rows
            return set()
        left = {y for y, _ in labels}
        for part in parts:
            top, bottom = part[0].y - self._pitch, part[-1].y + self._pitch
            mine = [(y, text) for y, text in labels if top < y < bottom]
            mine = sorted([*mine, *((row.y, row.cells[column]) for row in part if row.cells[column])])
            if len(mine) == 1 and len(part) > 1 and part[0].y < mine[0][0] < part[-1].y:
                found: list[range] | None = [range(len(part))]
            else:
                slots = [(row.y, row.y) for row in part]
                found = covered([y for y, _ in mine], slots, _BETWEEN * self._pitch)
            for covers, (y, text) in zip(found or (), mine, strict=False):
                left.discard(y)
                for at in covers:
                    part[at].cells[column] = text
        return left

    def _crossing(self, column: int) -> list[Box]:
        """Return the rules that cross a column."""
        middle = self._columns.middle(column)
        return [rule for rule in self._rules if rule.x0 - 2 < middle < rule.x1 + 2]

    def _parts(self, rows: Sequence[Row], column: int) -> list[list[Row]]:
        """Return the rows between rules that cross a column, and between lines that cross the table."""
        crossing = [rule.top for rule in self._crossing(column)]
        parts: list[list[Row]] = [[]]
        for row in rows:
            if row.across or len(row.filled) < 2:
                parts.append([])
                continue
            if parts[-1] and any(parts[-1][-1].y < top < row.y for top in crossing):
                parts.append([])
            parts[-1].append(row)
        return [part for part in parts if part]


def row_of(line: Line, cells: Sequence[Piece], columns: Columns) -> Row:
    """Return a line of the body as a row."""
    texts, ends = [""] * len(columns), [0.0] * len(columns)
    across = len(line.pieces) == 1 and (len(columns.under(line.pieces[0])) > len(cells) or columns.are_under(cells))
    for cell in cells:
        at = 0 if across else _first(columns, cell)
        texts[at] = f"{texts[at]} {with_superscripts(cell.text)}".strip()
        ends[at] = max(ends[at], cell.x1)
    return Row(line.y, line.size, texts, ends, across, last=line.y)


def _line_step(baselines: Sequence[float]) -> float:
    """Return the distance of lines within rows, where a third of all are further apart; 0 where they are not."""
    steps = sorted(b - a for a, b in pairwise(baselines))
    least = steps[len(steps) // 10] if steps else 0.0
    return least if sum(step > 1.2 * least for step in steps) >= len(steps) / 3 else 0.0


def _first(columns: Columns, cell: Piece) -> int:
    """Return the column that a cell begins in: the one where most of it stands, if it does not cover several."""
    under = columns.under(cell)
    left, right = columns.edges[under.start]
    if _overlap((left, right), cell) > 0.5 * (right - left):
        return under.start
    return max(under, key=lambda at: _overlap(columns.edges[at], cell))


def _overlap(column: tuple[float, float], piece: Piece) -> float:
    return min(column[1], piece.x1) - max(column[0], piece.x0)


def _glued(above: str, below: str) -> str:
    if above.endswith("-") and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}".strip()

"""Rows of cells with their spans in, a Markdown table out. Knows no HTML: a cell is text and two numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_COLUMNS = 100
MAX_CELLS = 200_000
_REPEATED_CHARS = 80  # a longer cell that spans rows stands in the first of them only
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text on one line, how many columns and rows it covers, and whether it heads a column."""

    text: str
    columns: int = 1
    rows: int = 1
    heads: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in one column of one row; `first` is false in the further columns of a wide cell."""

    text: str
    first: bool = True


def table(rows: Sequence[Sequence[Cell]], header_rows: int | None = None) -> str:
    """Return a Markdown table, or "" for one without text.

    A cell that covers several rows is repeated in each, so that a row can be read alone; several rows of headings
    become one. `header_rows` is None where the source does not mark them.
    """
    heads = _header_rows(rows) if header_rows is None else header_rows
    grid = _grid(rows)
    width = max(map(len, grid), default=0)
    grid = [line + [_Place("")] * (width - len(line)) for line in grid]
    used = [at for at in range(width) if any(line[at].first and line[at].text for line in grid)]
    head = [" ".join(dict.fromkeys(line[at].text for line in grid[:heads] if line[at].text)) for at in used]
    body = [[line[at].text if line[at].first else "" for at in used] for line in grid[heads:]]
    body = [line for line in body if any(line)]
    if not any(head) and not body:
        return ""
    return "\n".join([_row(head), "|" + "---|" * len(used), *map(_row, body)])


def _header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows head the table: those of heading cells, or all that the first row's tall cells cover."""
    heading = 0
    while heading < min(len(rows), 4) and rows[heading] and all(cell.heads or not cell.text for cell in rows[heading]):
        heading += 1
    if heading:
        return heading if heading < len(rows) else 1
    first = rows[0] if rows else ()
    tall = max((cell.rows for cell in first), default=1)
    return tall if any(cell.columns > 1 for cell in first) and tall in (2, 3) and tall < len(rows) else 1


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[_Place]]:
    grid: list[list[_Place]] = []
    hanging: dict[int, tuple[int, _Place]] = {}  # column: how many more rows a tall cell covers, and what it says
    cells = 0
    for row in rows:
        line: list[_Place] = []
        waiting = list(reversed(row))
        while (waiting or any(column >= len(line) for column in hanging)) and len(line) < MAX_COLUMNS:
            if len(line) in hanging:
                left, place = hanging.pop(len(line))
                if left > 1:
                    hanging[len(line)] = (left - 1, place)
                line.append(place)
            elif waiting:
                _put(waiting.pop(), line, hanging)
            else:
                line.append(_Place(""))
        cells += len(line)
        if cells > MAX_CELLS:
            break
        grid.append(line)
    return grid


def _put(cell: Cell, line: list[_Place], hanging: dict[int, tuple[int, _Place]]) -> None:
    for step in range(max(1, min(cell.columns, MAX_COLUMNS - len(line)))):
        place = _Place(cell.text, first=step == 0)
        if cell.rows > 1:
            below = place if len(cell.text) <= _REPEATED_CHARS else _Place("")
            hanging[len(line)] = (cell.rows - 1, below)
        line.append(place)


def _row(texts: Sequence[str]) -> str:
    return "| " + " | ".join(_BAR.sub(r"\\|", text) for text in texts) + " |"

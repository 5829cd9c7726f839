"""The lines above a table's body in, one heading for each of its columns out."""

from collections.abc import Sequence

from index.readers.pdf.lines import Piece
from index.readers.pdf.source import Box
from index.readers.pdf.table.columns import Columns
from index.readers.pdf.table.spans import covered

_MOST = 8  # lines, those included that only a heading of several lines has
_NEAR = 3.0  # points that a heading is off the middle of what it heads


def head_lines(rows: Sequence[Sequence[Piece]], rules: Sequence[Box]) -> int:
    """Return how many lines head a table: those above its first rule from edge to edge, else those without a number."""
    left, right = min(cell.x0 for row in rows for cell in row), max(cell.x1 for row in rows for cell in row)
    for rule in rules:
        above = sum(min(cell.y for cell in row) < rule.top for row in rows)
        if 0 < above < len(rows) and rule.x0 < left + 0.06 * (right - left) and rule.x1 > right - 0.06 * (right - left):
            return above if above <= max(1, min(_MOST, 0.6 * len(rows))) else _unruled(rows)
    return _unruled(rows)


def _unruled(rows: Sequence[Sequence[Piece]]) -> int:
    return next((at for at, row in enumerate(rows[:_MOST]) if at and _has_numbers(row[1:])), 1)


def _has_numbers(cells: Sequence[Piece]) -> bool:
    """Say whether half of some cells have a digit."""
    return 0 < 0.5 * len(cells) <= sum(any(char.isdigit() for char in cell.text) for cell in cells)


def headings(rows: Sequence[Sequence[Piece]], columns: Columns, rules: Sequence[Box]) -> list[list[str]]:
    """Return the headings of each column from top to bottom; `rules` are those that stand among the lines."""
    found: list[list[str]] = [[] for _ in range(len(columns))]
    under: list[list[Box]] = [[] for _ in rows]
    for rule in rules:
        above = [at for at, row in enumerate(rows) if any(cell.y < rule.top and _over(cell, rule) for cell in row)]
        if above and any(cell.y > rule.top for cell in rows[-1]):
            under[above[-1]].append(rule)
    for at, (row, own) in enumerate(zip(rows, under, strict=True)):
        for cell, covers in zip(row, _covers(row, columns, own), strict=True):
            last = at + 1 == len(rows) and not any(_over(cell, rule) for rule in own)
            texts = _words_over(cell, columns, covers) if last else [cell.text] * len(covers)
            for column, text in zip(covers, texts, strict=True):
                found[column].append(text)
    return found


def _words_over(cell: Piece, columns: Columns, covers: range) -> list[str]:
    """Return which words of a cell head each column: narrow headings right above a body run together.

    Where a word stands is guessed from how many letters come before; a column without a word has all.
    """
    words = cell.text.split()
    if len(words) < len(covers) or len(covers) < 2:
        return [cell.text] * len(covers)
    found: list[list[str]] = [[] for _ in covers]
    wide, seen = cell.width / len(" ".join(words)), 0
    for word in words:
        middle = cell.x0 + (seen + len(word) / 2) * wide
        found[min(range(len(covers)), key=lambda at: abs(columns.middle(covers[at]) - middle))].append(word)
        seen += len(word) + 1
    return [" ".join(own) for own in found] if all(found) else [cell.text] * len(covers)


def _over(cell: Piece, rule: Box) -> bool:
    """Say whether the middle of a cell stands over or under a rule."""
    return rule.x0 - 2 <= (cell.x0 + cell.x1) / 2 <= rule.x1 + 2


def _covers(row: Sequence[Piece], columns: Columns, rules: Sequence[Box]) -> list[range]:
    """Return what each cell of a line of headings heads: what a rule below it says, or in whose middle it stands."""
    found = [columns.under(cell) for cell in row]
    middles = [(cell.x0 + cell.x1) / 2 for cell in row]
    for rule in rules:
        inside = [at for at in range(len(columns)) if rule.x0 - 2 <= columns.middle(at) <= rule.x1 + 2]
        heads = [at for at, cell in enumerate(row) if _over(cell, rule)]
        if inside and heads:
            slots = columns.edges[inside[0] : inside[-1] + 1]
            parts = (
                covered([middles[at] for at in heads], slots, _near(slots)) if len(heads) > 1 else [range(len(slots))]
            )
            for at, part in zip(heads, parts or (), strict=False):
                found[at] = range(part.start + inside[0], part.stop + inside[0])
    if rules or all(_in_the_middle(middle, columns, covers) for middle, covers in zip(middles, found, strict=True)):
        return found
    for edges in (columns.edges, columns.from_left(), columns.from_right()):
        for first in range(found[0].start + 1):
            if parts := covered(middles, edges[first:], _near(columns.edges)):
                return [range(part.start + first, part.stop + first) for part in parts]
    return found


def _near(slots: Sequence[tuple[float, float]]) -> float:
    return _NEAR + 0.3 * min(right - left for left, right in slots)


def _in_the_middle(middle: float, columns: Columns, covers: range) -> bool:
    """Say whether a cell stands in one column, and not between it and the next."""
    left, right = columns.edges[covers.start]
    return len(covers) == 1 and left <= middle <= right

"""A question and a table in, the numbers of a column or a row that it compares out.

Of "which model is best on MMLU?" the numbers are those of a column, or of a row. A line accounts for what a question
says by what is measured, by the labels of what is compared, and by what stands around the table.
"""

from collections.abc import Iterator, Sequence

from qa.bridge import HOLDS, held_by, left_by, weighed
from qa.cells import LEAST
from qa.named_table import NamedTable, Reading, Strengths, Value, most

SURE = 0.7  # of what is asked, that has to be accounted for
_MEASURED, _MEASURED_BESIDE = 0.2, 0.1  # of that, by what is measured alone; where labels are named, too
_ALL = 0.95  # of what labels hold: a name may be spelt in parts
_ALIKE = 1_000  # times as large, at most, as another number of what is compared along a row


def lines_of(table: NamedTable, claimed: Sequence[bool]) -> Iterator[Reading]:
    """Yield the columns and rows whose numbers a question may compare.

    `claimed` are the units that other tables of its text are of.
    """
    grid = table.grid
    for at in table.columns:
        down = [Value(table.label(row, at), row.cells[at], table.place, grid, row) for row in grid.rows]
        named = [table.held(*table.of_row(row, at)) for row in grid.rows]
        if _is_measured(table, grid.headings[at], at):
            yield from _line(table, claimed, grid.headings[at], down, named, is_column=True)
    for row in grid.rows:
        along = [Value(grid.headings[at], row.cells[at], table.place, grid, row) for at in table.columns]
        named = [table.held(grid.headings[at]) for at in table.columns]
        if _is_measured(table, row.label, None) and _are_alike(along):
            yield from _line(table, claimed, row.name, along, named, is_column=False)


def _is_measured(table: NamedTable, what: str, column: int | None) -> bool:
    """Whether it may be asked for what a column or row measures, by more than the title says: 57B is not 72B."""
    measured = table.held(what)
    by_itself = [one if one >= HOLDS else 0.0 for one in left_by(measured, table.held(table.place.document.title))]
    least = _MEASURED_BESIDE if table.question.of_two else _MEASURED
    if weighed(table.weights, by_itself) >= least or table.is_implied(what):
        return True
    if held_by(table.telling, by_itself) and not table.unsaid(what):
        return True
    return column is not None and table.is_the_value(column)


def _line(
    table: NamedTable,
    claimed: Sequence[bool],
    what: str,
    values: Sequence[Value],
    named: Sequence[Strengths],
    *,
    is_column: bool,
) -> Iterator[Reading]:
    line = [(value, held) for value, held in zip(values, named, strict=True) if value.cell.number is not None]
    line = [(value, held) for value, held in line if value.label]
    if len(line) < 2:
        return
    measured = table.held(what)
    kept = _chosen(table, line, left_by(table.weights, measured))
    if not kept:
        return
    by_all = max if table.question.of_two else min  # of the kept: they hold what singles them out
    of_labels = tuple(by_all(one) for one in zip(*(held for _, held in kept), strict=True))
    itself = most((measured, of_labels))
    told = table.told(itself, (what, *(value.label for value, _ in kept[:1])))
    explained = table.explained(told, claimed)
    if explained < (SURE if table.question.gap else LEAST) or table.leaves_open(told):
        return
    fit = table.fit(measured, explained, table.unsaid(what))
    yield Reading(what, tuple(value for value, _ in kept), is_column, fit, explained, table.rank)


_Line = Sequence[tuple[Value, Strengths]]


def _chosen(table: NamedTable, line: _Line, left: Sequence[float]) -> _Line:
    """Return the values that are compared; nothing where the labels do not fit.

    Of all values those are compared whose labels hold what is left of a question: "of the 7B models". What stands around
    the table, too, singles out no label, unless the question asks among those of its caption.
    """
    if table.question.of_two:
        return _two_of(table, line, left)
    title = table.held(table.place.document.title)
    for held in (title, table.around) if table.question.among else (table.around,):
        kept = _holding(line, left_by(left, held))
        if len(kept) > 1:
            return kept
    return []


def _holding(line: _Line, weights: Sequence[float]) -> _Line:
    """Return the values whose labels hold what labels hold of a question; all where no label holds all of that."""
    told = [max(strengths) * weight for *strengths, weight in zip(*(held for _, held in line), weights, strict=True)]
    shares = [sum(weight * one for weight, one in zip(weights, held, strict=True)) for _, held in line]
    if max(shares) < _ALL * sum(told):
        return line
    return [one for one, share in zip(line, shares, strict=True) if share >= _ALL * max(shares)]


def _two_of(table: NamedTable, line: _Line, left: Sequence[float]) -> _Line:
    """Return the two values whose labels a question names, each by something else: not MMLU and MMLU-Pro by MMLU."""
    chosen: list[int] = []
    weights = list(left)
    for _ in range(2):
        rated = [
            (held_by(weights, held), held_by(left, held), -table.unsaid(value.label), -at)
            for at, (value, held) in enumerate(line)
            if at not in chosen
        ]
        best = max(rated, default=(0.0, 0.0, 0, 0))
        if best[0] <= 0 and best[1] <= 0:
            return []
        chosen.append(-best[3])
        weights = left_by(weights, line[chosen[-1]][1])
    one, other = (left_by(left, line[at][1]) for at in chosen)
    return [line[at] for at in sorted(chosen)] if one != other else []


def _are_alike(values: Sequence[Value]) -> bool:
    """Whether the numbers of a row may be of one kind: accuracies, not an accuracy and millions of parameters."""
    sizes = [abs(value.cell.number) for value in values if value.cell.number]
    return not sizes or max(sizes) <= _ALIKE * min(sizes)

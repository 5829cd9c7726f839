"""A question and a table in, the numbers of a column or a row that it compares out.

Of "which model is best on MMLU?" the numbers are those of a column, or of a row. A line accounts for what a question
says by what is measured, by the labels of what is compared, and by what stands around the table.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.reading.numbers.grid import Row, unit_alone
from qa.reading.numbers.held import Strengths
from qa.reading.numbers.table import LEAST, SURE, NamedTable, Reading, Value, most
from qa.words.bridge import HOLDS, held_by, left_by, weighed

_MEASURED, _MEASURED_BESIDE = 0.2, 0.1  # of what is asked, by what is measured alone; where labels are named, too
_ALL = 0.95  # of what labels hold: a name may be spelt in parts
_ALIKE = 1_000  # times as large, at most, as another number of what is compared along a row


@dataclass(frozen=True, slots=True)
class _Compared:
    """A number that may be compared, what names it, and how well that holds each unit."""

    value: Value
    names: Sequence[str]
    held: Strengths


def lines_of(table: NamedTable) -> Iterator[Reading]:
    """Yield the columns and rows whose numbers a question may compare."""
    grid = table.grid
    for at in table.columns:
        if _is_measured(table, grid.headings[at], at):
            down = [_compared(table, row, at, table.label(row, at), table.of_row(row, at)) for row in grid.rows]
            yield from _line(table, grid.headings[at], down, is_column=True)
    for row in grid.rows:
        if _is_measured(table, row.label, None):
            named = [(at, grid.headings[at]) for at in table.columns if grid.headings[at]]
            along = [_compared(table, row, at, heading, [heading]) for at, heading in named]
            yield from _line(table, row.name, _alike(along), is_column=False)


def _compared(table: NamedTable, row: Row, at: int, label: str, names: Sequence[str]) -> _Compared:
    value = Value(label, row.cells[at], table.place, table.grid, row)
    return _Compared(value, names, table.held(*names))


def _is_measured(table: NamedTable, what: str, column: int | None) -> bool:
    """Whether it may be asked for what a column or row measures, by more than the title says: 57B is not 72B."""
    measured = table.held(what)
    by_itself = [one if one >= HOLDS else 0.0 for one in left_by(measured, table.held(table.place.document.title))]
    least = _MEASURED_BESIDE if table.question.of_two else _MEASURED
    if weighed(table.weights, by_itself) >= least or table.is_implied(what):
        return True
    if held_by(table.telling, by_itself) and not table.held.unsaid(what):
        return True
    return column is not None and table.is_the_value(column)


def _line(table: NamedTable, what: str, line: Sequence[_Compared], *, is_column: bool) -> Iterator[Reading]:
    line = [one for one in line if one.value.cell.number is not None and one.value.label]
    line = [one for one in line if not table.is_contrary(one.value.label)]
    measured = table.held(what)
    kept = _chosen(table, line, left_by(table.weights, measured)) if len(line) > 1 else ()
    if not kept:
        return
    each = zip(*(one.held for one in kept), strict=True)
    if table.question.of_two:
        of_labels = tuple(map(max, each))
    elif len(kept) < len(line):
        of_labels = tuple(map(min, each))  # all hold what singles them out
    else:
        of_labels = tuple(sorted(one)[-2] for one in each)  # several are named, as those that are compared
    told = table.told(most((measured, of_labels)), (what, *kept[0].names))
    explained = table.explained(told, is_implied=table.is_implied(what))
    if explained < (SURE if table.question.gap else LEAST) or table.leaves_open(told):
        return
    if not all(_is_told(table, (what, *kept[0].names), at) for at in table.question.limited):
        return
    names = (what, *(one.value.label for one in kept if table.question.of_two))
    fit = table.fit(measured, told, explained, sum(map(table.held.unsaid, names)))
    yield Reading(what, tuple(one.value for one in kept), is_column, fit, explained, table.rank)


def _is_told(table: NamedTable, names: Sequence[str], unit: int) -> bool:
    """Whether one name tells a unit, and of several words more than one: reinforcement learning is no learning rate."""
    best = max(table.held(name)[unit] for name in (*names, *table.names_around))
    return best > HOLDS or (best == HOLDS and " " not in table.run.units[unit].written)


def _chosen(table: NamedTable, line: Sequence[_Compared], left: Sequence[float]) -> Sequence[_Compared]:
    """Return the values that are compared; nothing where the labels do not fit.

    Of all values those are compared whose labels hold what is left of a question: "of the 7B models". What the headings
    say, too, singles out no label, nor what the caption does where a question names a table.
    """
    if table.question.of_two:
        return _two_of(table, line, left)
    headings = table.held(table.place.document.title, *table.place.section.path)
    for held in (table.around,) if table.question.of_table else (headings, table.around):
        kept = _holding(line, left_by(left, held))
        if len(kept) > 1:
            return kept
    return ()


def _holding(line: Sequence[_Compared], weights: Sequence[float]) -> Sequence[_Compared]:
    """Return the values whose labels hold what labels hold of a question; all where no label holds all of that."""
    named = [one.held for one in line]
    told = [max(strengths) * weight for *strengths, weight in zip(*named, weights, strict=True)]
    shares = [sum(weight * one for weight, one in zip(weights, held, strict=True)) for held in named]
    if max(shares) < _ALL * sum(told):
        return line
    return [one for one, share in zip(line, shares, strict=True) if share >= _ALL * max(shares)]


def _two_of(table: NamedTable, line: Sequence[_Compared], left: Sequence[float]) -> Sequence[_Compared]:
    """Return the two values whose labels a question names, each by something else: not MMLU and MMLU-Pro by MMLU."""
    named = [one.held for one in line]
    numbers = [one.value.cell.number for one in line]
    chosen: list[int] = []
    weights = list(left)
    for side in range(2):
        sides, others = table.question.sides, [0.0] * len(left)
        if sides is not None:
            weights = [weight if at in sides[side] else 0.0 for at, weight in enumerate(left)]
            others = [weight if at in sides[1 - side] - sides[side] else 0.0 for at, weight in enumerate(left)]
        rated = [
            (
                held_by(weights, one.held),
                held_by(left, one.held) - 2 * held_by(others, one.held),
                -table.held.unsaid(one.value.label),
                -at,
            )
            for at, one in enumerate(line)
            if at not in chosen
        ]
        best, second = (*sorted(rated, reverse=True), (0.0, 0.0, 0, 0))[:2]
        if best[0] <= 0:
            return ()
        if best[:3] == second[:3] and named[-best[3]] == named[-second[3]] and numbers[-best[3]] != numbers[-second[3]]:
            return ()  # one as well as the other
        chosen.append(-best[3])
        weights = left_by(weights, named[chosen[-1]])
    one, other = (left_by(left, named[at]) for at in chosen)
    return [line[at] for at in sorted(chosen)] if one != other else ()


def _alike(along: Sequence[_Compared]) -> Sequence[_Compared]:
    """Return the numbers of a row that may be of one kind: accuracies, not an accuracy and millions of parameters."""
    numbers = [one for one in along if one.value.cell.number is not None]
    units = [unit_alone(one.value.cell) for one in numbers]
    unit = Counter(units).most_common(1)[0][0] if units else ""
    kept = [one for one, of in zip(numbers, units, strict=True) if of == unit]
    sizes = [abs(one.value.cell.number) for one in kept if one.value.cell.number]
    return kept if not sizes or max(sizes) <= _ALIKE * min(sizes) else ()

"""A question and a table in, the cells that hold the number it asks for out.

A cell is asked for by its row and its column; several cells are where a question leaves open which is meant ("MMLU":
0-shot and 5-shot).
"""

import re
from collections.abc import Iterator, Sequence

from qa.reading.numbers.grid import Row
from qa.reading.numbers.names_wording import BRACKETS
from qa.reading.numbers.table import LEAST, NamedTable, Reading, Value
from qa.words.bridge import HOLDS, held_by, left_by, weighed

MOST = 3  # cells that are told of one question
_ITSELF = 0.35  # of what is asked, that row and column alone have to account for
_AS_MUCH = 0.02  # by which another cell of the table may hold more of what is asked
_OF_FAMILY = 0.65  # the most that is accounted for where another of a family is named: DeepSeek-V2-Lite
_IS_VALUE = re.compile(r"\W{0,3}[\d.]|.*\s[\d.,]+%?$")  # a number, or what ends with one


def cells_of(table: NamedTable) -> Iterator[Reading]:
    """Yield the cells that may be asked for: of those that hold as much as any, the ones with a number.

    Where these are many, only such whose row's label says nothing that is not asked for.
    """
    weights, headings = table.weights, table.grid.headings
    rows = [row for row in table.grid.rows if row.label and held_by(weights, table.held(*table.of_row(row, -1)))]
    cells = [
        (row, at, table.of_row(row, at))
        for row in rows
        for at in table.columns
        if not table.is_of_other_kind(row.cells[at], at) and not table.is_contrary(row.label, headings[at])
    ]
    shares = [weighed(weights, table.held(*names, headings[at])) for _, at, names in cells]
    least = max(shares, default=0.0) - _AS_MUCH
    if least < _ITSELF - _AS_MUCH:
        return
    as_much = [cell for cell, share in zip(cells, shares, strict=True) if share >= least]
    exact = [(row, at, names) for row, at, names in as_much if not table.held.unsaid(row.label)]
    if exact or len({id(row) for row, _, _ in as_much}) > MOST:
        as_much = exact
    as_much = [cell for cell in as_much if not table.held.unsaid(headings[cell[1]])] or as_much
    unsaid = min((_unsaid(table, row, at) for row, at, _ in as_much), default=0)  # the same for all: any may be meant
    for row, at, names in as_much:
        if _IS_VALUE.match(row.cells[at].text) and _are_both_named(table, names, row, at):
            yield from _read(table, row, at, names, unsaid)


def _unsaid(table: NamedTable, row: Row, at: int) -> int:
    return table.held.unsaid(row.label) + table.held.unsaid(table.grid.headings[at])


def _read(table: NamedTable, row: Row, at: int, of_row: Sequence[str], unsaid: int) -> Iterator[Reading]:
    heading = table.grid.headings[at]
    names = (*of_row, heading)
    itself = table.held(*names)
    told = table.told(itself, names)
    counted = table.question.counted
    if any(told[unit] < HOLDS for unit in counted) and not table.tells_beside(counted):
        return
    explained = table.explained(told, is_implied=table.is_implied(heading))
    if any(map(table.held.is_of_family, (row.label, heading))):
        explained = min(explained, _OF_FAMILY)
    if explained < LEAST or table.leaves_open(told):
        return
    fit = table.fit(itself, told, explained, unsaid)
    value = Value(table.label(row, at), row.cells[at], table.place, table.grid, row)
    yield Reading(heading, (value,), True, fit, explained, table.rank)


def _are_both_named(table: NamedTable, names: Sequence[str], row: Row, at: int) -> bool:
    """Whether row and column are each asked for: by more than all rows have, and than how a number was measured."""
    heading = table.grid.headings[at]
    of_row = table.held(*(BRACKETS.sub(" ", name) for name in names))
    column = table.held(BRACKETS.sub(" ", heading), row.cells[at].text)
    if not held_by(left_by(left_by(table.weights, column), table.of_all_rows), of_row):
        return False
    by_column = held_by(left_by(table.telling, of_row), column)
    return bool(by_column) or table.is_implied(heading) or table.is_the_value(at)

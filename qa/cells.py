"""A question and tables in, the cells that hold the number it asks for out.

What names a cell is its row, its column's heading, and what stands around the table. A cell is asked for by row and
column; several cells are where a question leaves open which is meant ("MMLU": 0-shot and 5-shot).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from index.analyse import Analyser
from qa.bridge import HOLDS, held_by, left_by, weighed
from qa.candidate import Place
from qa.cell_names import CellNames
from qa.cell_wording import ANY_VALUE, BRACKETS, METRIC, SAYS_LITTLE, SETTING, WITHOUT
from qa.comparing import Asked, Reading, Value
from qa.grid import Grid, Row, grids
from qa.retrieve import Run

_LEAST = 0.55  # of what is asked, that has to be accounted for
_ITSELF = 0.35  # of that, by the row and the column alone
_BESIDE = 0.5  # how much more it says that these hold something
_BY_ALL = 0.1  # … of all words, those that only ask for a number too
_PER_WORD = 0.03  # for each word of their names that is not asked for
_AROUND = 0.6  # how well what stands around a table says what other rows or columns are named by
_LEARNED = 0.45  # how well a learned translation is held, which is enough between names
_HEARD = 0.9  # … and what Hangul spells by its sound
_CLAIMED = 0.2  # … for what another table is of
_NEARBY = 0.6  # … how well the paragraphs beside it say anything
_AS_MUCH = 0.02  # by which another cell of the table may hold more of what is asked
_NEAR = 0.01  # by which another cell has to be worse
_MOST = 3  # cells that are told of one question
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")
_DIGIT = re.compile(r"\d")
_Strengths = tuple[float, ...]


class CellReader:
    """Finds the cells of tables that a question asks for; remembers the tables and names that it read last."""

    def __init__(self, analyser: Analyser) -> None:
        """Take what reads the words of cells."""
        self._names = CellNames(analyser)
        self._grids = lru_cache(maxsize=200)(lambda text: tuple(grids(text)))

    def readings(self, run: Run, question: Asked, places: Iterable[Place]) -> list[Reading]:
        """Return the cells that fit best, of the text that was found first; nothing where too many do."""
        tables = [
            _Named(run, question, place, grid, self._names, rank)
            for rank, place in enumerate(places)
            for grid in self._grids(place.text)
        ]
        found = [reading for table in tables for reading in table.readings(tables)]
        best = max(found, key=lambda one: (one.fit, -one.rank), default=None)
        if best is None:
            return []
        document = best.values[0].place.document.doc_id
        near = [one for one in found if one.fit > best.fit - _NEAR and one.values[0].place.document.doc_id == document]
        told = list({(one.what, one.values[0].label, one.values[0].cell.text): one for one in near}.values())
        return told if len(told) <= _MOST else []


class _Named:
    """One table, and how well what names its cells holds each unit of a question."""

    def __init__(self, run: Run, question: Asked, place: Place, grid: Grid, names: CellNames, rank: int) -> None:
        self._run, self._question, self._place, self._grid, self._names = run, question, place, grid, names
        self._weights, self._rank = question.weights[:-1], rank
        self._telling = [0.0 if SAYS_LITTLE.fullmatch(u.written) else idf for u, idf in zip(run.units, run.idfs, strict=True)]
        self._more = names.shortened(place.document.text, run)
        first = 1 if grid.labels == len(grid.headings) else grid.labels
        self._columns = {at: self._held(grid.headings[at]) for at in range(first, len(grid.headings))}
        self._rows = [self._held(row.label, *(cell.text for cell in row.cells)) for row in grid.rows]
        self._inside = _most((*self._columns.values(), *self._rows))
        self._itself = _most((self._inside, self._held(grid.caption)))

    def readings(self, tables: Iterable["_Named"]) -> Iterator[Reading]:
        """Yield the cells that may be asked for: of those that hold as much as any, the ones with a number.

        Where these are many, only such whose row's label says nothing that is not asked for.
        """
        rows = [row for row, held in zip(self._grid.rows, self._rows, strict=True) if held_by(self._weights, held)]
        cells = [(row, at, self._of_row(row, at)) for row in rows if row.label for at in self._columns]
        shares = [weighed(self._weights, self._held(*names, self._grid.headings[at])) for _, at, names in cells]
        least = max(shares, default=0.0) - _AS_MUCH
        if least < _ITSELF - _AS_MUCH:
            return
        as_much = [cell for cell, share in zip(cells, shares, strict=True) if share >= least]
        if len({id(row) for row, _, _ in as_much}) > _MOST:
            as_much = [(row, at, names) for row, at, names in as_much if not self._unsaid(row.label)]
        claimed = self._claimed(tables)
        for row, at, names in as_much:
            if _DIGIT.search(row.cells[at].text):
                yield from self._read(row, at, names, claimed)

    def _claimed(self, tables: Iterable["_Named"]) -> tuple[bool, ...]:
        """Return which units another table of its text is of, and this one is not."""
        others = [one._itself for one in tables if one is not self and one._place.document is self._place.document]
        return tuple(own < HOLDS <= other for own, other in zip(self._itself, _most((*others, self._itself)), strict=True))

    def _of_row(self, row: Row, at: int) -> list[str]:
        """Return what names a cell's row: its label, its other cells, and the headings of those that are asked for."""
        names = [row.label]
        for one, cell in enumerate(row.cells):
            if one != at and cell.text:
                names.append(cell.text)
                if one < self._grid.labels or any(self._held(cell.text)):
                    names.append(self._grid.headings[one])
        return names

    def _read(self, row: Row, at: int, names: Sequence[str], claimed: Sequence[bool]) -> Iterator[Reading]:
        heading, weights = self._grid.headings[at], self._weights
        itself = self._held(*names, heading)
        told = self._with_around(itself, self._held(*names, heading, *self._names_around))
        if not self._are_both_named(names, at, row.cells[at].text) or self._leaves_open(told):
            return
        if WITHOUT.search(f"{row.label} {heading}") and not WITHOUT.search(self._run.query.text):
            return
        by_itself, explained = weighed(weights, itself), weighed(weights, self._explained(told, claimed))
        if explained < _LEAST:
            return
        unsaid = self._unsaid(row.label) + self._unsaid(heading)
        fit = explained + _BESIDE * by_itself + _BY_ALL * weighed(self._run.idfs, itself) - _PER_WORD * unsaid
        value = Value(self._label(row, at), row.cells[at], self._place, self._grid, row)
        yield Reading(heading, (value,), True, round(fit, 6), explained, self._rank)

    def _explained(self, told: _Strengths, claimed: Sequence[bool]) -> _Strengths:
        """Return how well each unit is told; less by what stands around where another table is of it."""
        told = _most((told, tuple(0.0 if other else near for near, other in zip(self._nearby, claimed, strict=True))))
        return tuple(_CLAIMED * one if other else one for one, other in zip(told, claimed, strict=True))

    def _are_both_named(self, row: Sequence[str], at: int, cell: str) -> bool:
        """Whether row and column are each asked for, by more than what is in brackets behind their names."""
        heading = self._grid.headings[at]
        of_row = self._held(*(BRACKETS.sub(" ", name) for name in row))
        column = self._held(BRACKETS.sub(" ", heading), cell)
        if not held_by(left_by(self._weights, column), of_row):
            return False
        implied = any(pattern.search(heading) for pattern in self._question.implied)
        return implied or bool(held_by(left_by(self._telling, of_row), column)) or self._is_the_value(at)

    def _is_the_value(self, column: int) -> bool:
        """Whether a table has what it tells in one column alone."""
        if len(self._columns) == 1:
            return True
        told = [at for at in self._columns if ANY_VALUE.fullmatch(self._grid.headings[at])]
        return told == [column]

    def _with_around(self, itself: _Strengths, together: _Strengths) -> _Strengths:
        """Return how well a cell's names and what stands around the table hold each unit, together: 72B of Qwen's.

        What stands around says less of what other rows or columns are named by.
        """
        around = (x if own < HOLDS else x * _AROUND for x, own in zip(self._around, self._inside, strict=True))
        joint = (both if both > alone else 0.0 for both, alone in zip(together, self._around, strict=True))
        return _most((itself, tuple(around), tuple(joint)))

    @cached_property
    def _around(self) -> _Strengths:
        return self._held(*self._names_around)

    @property
    def _names_around(self) -> tuple[str, ...]:
        return (self._place.document.title, *self._place.section.path, self._grid.caption)

    @cached_property
    def _nearby(self) -> _Strengths:
        text = self._place.text
        before = text[: self._grid.start].rstrip().rsplit("\n\n", 2)[-2:]
        after = text[self._grid.rows[-1].end :].lstrip().split("\n\n", 2)[:2]
        return tuple(_NEARBY * one for one in self._held(*before, *after))

    def _leaves_open(self, held: Sequence[float]) -> bool:
        """Whether a name is not accounted for: 57B is not 72B."""
        query = self._run.query
        return any(
            weight and strength < HOLDS and not METRIC.fullmatch(unit.written)
            and (
                _DIGIT.search(unit.written)
                or query.names.intersection(unit.own)
                or (query.language == "ko" and unit.language == "en" and len(unit.written) > 1)
            )
            for unit, weight, strength in zip(self._run.units, self._weights, held, strict=True)
        )

    def _label(self, row: Row, at: int) -> str:
        """Return what names a row, with what other cells of it say of what is asked: its size, its language."""
        label = row.label
        for one, cell in enumerate(row.cells):
            own, more = self._held(label), self._held(label, cell.text)
            if one != at and cell.text not in label and any(x < HOLDS <= y for x, y in zip(own, more, strict=True)):
                label = f"{label} {cell.text}"
        return label

    def _unsaid(self, name: str) -> int:
        """Return how many words of a name say what is not asked for."""
        vocabulary = self._run.matcher.vocabulary(self._place.document.language)
        words = (self._names.words(word, self._more) for word in _WORD.findall(SETTING.sub(" ", name)))
        return sum(bool(one) and one.isdisjoint(vocabulary) for one in words)

    def _held(self, *names: str) -> _Strengths:
        words = frozenset[str]().union(*(self._names.words(name, self._more) for name in names))
        strengths = self._run.matcher.strengths(words, self._place.document.language)
        heard = [
            _HEARD if one < HOLDS and unit.language == "ko" and self._names.spells(unit.written, names) else one
            for unit, one in zip(self._run.units, strengths, strict=True)
        ]
        return tuple(HOLDS if _LEARNED <= one < HOLDS else one for one in heard)


def _most(strengths: Iterable[Sequence[float]]) -> _Strengths:
    return tuple(map(max, zip(*strengths, strict=True)))

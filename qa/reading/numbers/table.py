"""A question and a table in, how well what names its cells holds each thing that the question names out.

What names a cell is its row, its column's heading, and what stands around the table: its caption, its section, the
title. What another table of the same text is of says less here. Chooses no cell.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.reading.candidate import Place
from qa.reading.numbers.asked import Asked
from qa.reading.numbers.grid import Cell, Grid, Row
from qa.reading.numbers.held import HeldNames, Strengths
from qa.reading.numbers.names_wording import ANY_VALUE, METRIC, SAYS_LITTLE, WITHOUT
from qa.retrieval.retrieve import Run
from qa.words.bridge import HOLDS, weighed

LEAST = 0.55  # of what is asked, that has to be accounted for
SURE = 0.7  # … for it to be told for sure
_AROUND = 0.6  # how well what stands around a table says what other rows or columns are named by
_CLAIMED = 0.2  # … what another table is of
_NEARBY = 0.6  # … and how well the paragraphs beside it say anything
_BESIDE = 0.5  # how much more it says that a cell's own names hold something
_BY_ALL = 0.1  # … of all words, those that only ask for a number too
_IMPLIED = 0.5  # how much it says that a question asks for something without its name
_PER_WORD = 0.03  # for each word of its names that is not asked for
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a table, what has it, and the row that it is in."""

    label: str
    cell: Cell
    place: Place
    grid: Grid
    row: Row


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question from a table: `what` is measured, `values` are told or compared, of a column or a row.

    `fit` is how well it fits, `explained` how much of what is asked it accounts for, 0 to 1; `rank` is the place of the
    section among those found.
    """

    what: str
    values: tuple[Value, ...]
    is_column: bool
    fit: float
    explained: float
    rank: int


class NamedTable:
    """One table of a place, read for one question.

    `columns` are those that hold numbers; `weights` are how much each unit of the question says, `claimed` the units
    that another table of its text is of, and neither this one nor the whole text.
    """

    def __init__(self, run: Run, question: Asked, place: Place, grid: Grid, held: HeldNames, rank: int) -> None:
        """Take what says how well names of its text hold units, and the rank of its place among those found."""
        self.run, self.question, self.place, self.grid, self.rank = run, question, place, grid, rank
        self.columns = range(1 if grid.labels == len(grid.headings) else grid.labels, len(grid.headings))
        self.telling = [
            0.0 if SAYS_LITTLE.fullmatch(unit.written) else idf for unit, idf in zip(run.units, run.idfs, strict=True)
        ]
        self.held = held
        self.weights = self._weights()
        self._inside = most(
            (
                *(self.held(grid.headings[at]) for at in self.columns),
                *(self.held(row.label, *(cell.text for cell in row.cells)) for row in grid.rows),
            )
        )
        self.itself = most((self._inside, self.held(grid.caption)))
        self.claimed = (False,) * len(self.weights)

    def leave_to_others(self, of_text: Strengths) -> None:
        """Take how well all tables of its text together hold each unit."""
        own = most((self.itself, self.held(self.place.document.title)))
        self.claimed = tuple(one < HOLDS <= other for one, other in zip(own, of_text, strict=True))

    def _weights(self) -> tuple[float, ...]:
        """Return how much each unit says: nothing what is to be left out, unless a name says that it is."""
        if not self.question.left_out:
            return self.question.weights
        names = (*self.grid.headings, *(row.label for row in self.grid.rows))
        told = most(
            (*(self.held(name) for name in names if self.held.leaves_out(name)), (0.0,) * len(self.question.weights))
        )
        return tuple(
            0.0 if at in self.question.left_out and told[at] < HOLDS else weight
            for at, weight in enumerate(self.question.weights)
        )

    def of_row(self, row: Row, but: int) -> list[str]:
        """Return what names the row of a cell: label, other cells, and the headings of those that may be asked for."""
        cells = [(at, cell.text) for at, cell in enumerate(row.cells) if at != but and cell.text]
        says = [at for at, text in cells if self.held.says_any(text)]
        headings = (at for at, _ in cells if at < self.grid.labels or at in says)
        return [row.label, *(row.cells[at].text for at in says), *(self.grid.headings[at] for at in headings)]

    def label(self, row: Row, but: int) -> str:
        """Return what names a row, with what other cells of it say of what is asked: its size, its language."""
        label = row.label
        for at, cell in enumerate(row.cells):
            if at == but or cell.text in label or not self.held.says_any(cell.text):
                continue
            own, more = self.held(label), self.held(label, cell.text)
            if any(x < HOLDS <= y for x, y in zip(own, more, strict=True)):
                label = f"{label} {cell.text}"
        return label

    def is_implied(self, heading: str) -> bool:
        """Whether a heading, or the caption, is asked for without its name: "how many" for a count."""
        return any(pattern.search(name) for pattern in self.question.implied for name in (heading, self.grid.caption))

    def is_the_value(self, column: int) -> bool:
        """Whether a table has what it tells in one column alone."""
        if len(self.columns) == 1:
            return True
        if [at for at in self.columns if ANY_VALUE.fullmatch(self.grid.headings[at])] == [column]:
            return True
        return self.question.percent is True and self._shares == [column]

    def is_of_other_kind(self, cell: Cell, column: int) -> bool:
        """Whether a cell is a share where a count is asked for, or none where a share is and the table has some."""
        if self.question.percent is None:
            return False
        is_percent = "%" in cell.text or column in self._shares
        return not is_percent and bool(self._shares) if self.question.percent else is_percent

    @cached_property
    def _shares(self) -> list[int]:
        """The columns of percentages."""
        return [at for at in self.columns if self._is_percent(at)]

    def _is_percent(self, column: int) -> bool:
        told = [row.cells[column].text for row in self.grid.rows if row.cells[column].text]
        return bool(told) and ("%" in self.grid.headings[column] or all("%" in text for text in told))

    def is_contrary(self, *names: str) -> bool:
        """Whether names say that something is left out which is not asked for so, or have what is to be left out."""
        leaves_out = any(map(self.held.leaves_out, names))
        if not self.question.left_out:
            return leaves_out and not WITHOUT.search(self.run.query.text)
        held = self.held(*names)
        return not leaves_out and any(held[at] >= HOLDS for at in self.question.left_out)

    def told(self, itself: Strengths, names: Iterable[str]) -> Strengths:
        """Return how well some names and what stands around the table tell each unit: 72B of Qwen's.

        `itself` is how well these names hold it alone. What stands around says less of what others are named by.
        """
        around = (x if own < HOLDS else x * _AROUND for x, own in zip(self.around, self._inside, strict=True))
        together = self.held(*names, *self.names_around)
        joint = (both if both > alone else 0.0 for both, alone in zip(together, self.around, strict=True))
        return most((itself, tuple(around), tuple(joint)))

    def explained(self, told: Strengths, *, is_implied: bool) -> float:
        """Return how much of what is asked is told, 0 to 1; `is_implied` says that what has no name in it is there."""
        both = zip(most((told, self._nearby)), told, self.claimed, strict=True)
        strengths = (_CLAIMED * own if other else one for one, own, other in both)
        implied = _IMPLIED if is_implied or (self.question.order and self.question.implied) else 0.0
        share = sum(weight * one for weight, one in zip(self.weights, strengths, strict=True)) + implied * is_implied
        return share / ((sum(self.weights) + implied) or 1.0)

    def tells_beside(self, units: Iterable[int]) -> bool:
        """Whether the paragraphs beside the table tell of some units, and no other table is of them."""
        return all(self._nearby[at] >= HOLDS and not self.claimed[at] for at in units)

    def fit(self, itself: Strengths, told: Strengths, explained: float, unsaid: int) -> float:
        """Return how well a cell or line fits whose names hold and tell the units so well, and say so much besides."""
        by_itself = _BESIDE * weighed(self.weights, itself) + _BY_ALL * weighed(self.run.idfs, told)
        return round(explained + by_itself - _PER_WORD * unsaid, 6)

    def leaves_open(self, told: Sequence[float]) -> bool:
        """Whether a name is not accounted for: 57B is not 72B. Names without figures may be told beside the table."""
        query = self.run.query
        each = zip(self.run.units, self.weights, told, self._nearby, self.claimed, strict=True)
        for unit, weight, strength, near, of_other in each:
            if not weight or strength >= HOLDS or METRIC.fullmatch(unit.written):
                continue
            if _DIGIT.search(unit.written):
                return True
            is_named = bool(query.names.intersection(unit.own)) or (query.language == "ko" and unit.language == "en")
            if is_named and len(unit.written) > 1 and (of_other or near < HOLDS):
                return True
        return False

    @cached_property
    def of_all_rows(self) -> Strengths:
        """How well each unit is held by all rows alike, which singles out none of them."""
        rows = [self.held(*self.of_row(row, -1)) for row in self.grid.rows]
        return tuple(map(min, zip(*rows, strict=True))) if len(rows) > 1 else (0.0,) * len(self.weights)

    @cached_property
    def around(self) -> Strengths:
        """How well what stands around the table holds each unit."""
        return self.held(*self.names_around)

    @property
    def names_around(self) -> tuple[str, ...]:
        """What names the table as a whole."""
        return (self.place.document.title, *self.place.section.path, self.grid.caption)

    @cached_property
    def _nearby(self) -> Strengths:
        text = self.place.text
        before = text[: self.grid.start].rstrip().rsplit("\n\n", 2)[-2:]
        after = text[self.grid.rows[-1].end :].lstrip().split("\n\n", 2)[:2]
        return tuple(_NEARBY * one for one in self.held(*before, *after))


def most(strengths: Iterable[Sequence[float]]) -> Strengths:
    """Return how well each unit is held by what holds it best."""
    return tuple(map(max, zip(*strengths, strict=True)))

"""A question and tables in, the ways to read it from them out: what is measured, and the numbers that are compared.

Of "which model is best on MMLU?" the numbers are those of a column, or of a row. A reading accounts for what a question
says by what is measured, by the labels of what is compared, and by the headings around the table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.analyse import Analyser
from index.load import Language
from qa import comparing_wording as said
from qa.bridge import HOLDS, held_by, left_by, weighed
from qa.candidate import Place
from qa.grid import Cell, Grid, Row, grids
from qa.retrieve import Run

SURE = 0.7  # of what is asked, that has to be accounted for
_LEAST = 0.55  # … where it is asked what is the highest or lowest, so that something may be told
_MEASURED, _MEASURED_BESIDE = 0.2, 0.1  # of that, by what is measured alone; where labels are named, too
_IMPLIED = 0.5  # how much it says that a question asks for something without its name
_NAMED = 0.35  # the least that a label says that is one of two
_ALL = 0.95  # of what labels hold: a name may be spelt in parts
_ALIKE = 1_000  # times as large, at most, as another number of what is compared along a row
_BESIDE, _PER_WORD = 0.5, 0.03
_IN_WORDS = ("list", "definition", "summary", "why", "how", "yes-no")  # kinds that ask for no number
_OR_NUMBER = ("list", "how")  # … unless they ask for one outright
_BY = re.compile(r"(?<=\d)[x×](?=\d)")  # 224x224


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks: its order (1: the highest, -1: the lowest, 0: one value), and the place in it.

    `weights` are how much each unit of it says, 0 where only that something is compared; the last one is that of what
    it asks for without its name, and `implied` are headings that say that. With `gap` it asks how far two are apart.
    """

    order: int
    place: int
    of_two: bool
    among: bool
    gap: bool
    weights: tuple[float, ...]
    implied: tuple[re.Pattern[str], ...]

    @property
    def names_labels(self) -> bool:
        """Whether it has to name what has the number: one thing, or two."""
        return self.order == 0 or self.of_two


@dataclass(frozen=True, slots=True)
class Value:
    """One number that is compared, what has it, and the row that it is in."""

    label: str
    cell: Cell
    place: Place
    grid: Grid
    row: Row


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question from a table: `what` is measured, `values` are compared, of a column or a row.

    `fit` is how well it fits, `explained` how much of what is asked it accounts for, 0 to 1; `rank` is the place of the
    section among those found.
    """

    what: str
    values: tuple[Value, ...]
    is_column: bool
    fit: float
    explained: float
    rank: int


@dataclass(frozen=True, slots=True)
class _Around:
    """How well what stands around a table holds each unit of a question: its title, its heading, all."""

    title: Sequence[float]
    near: Sequence[float]
    whole: Sequence[float]


def asked(run: Run) -> Asked | None:
    """Return what a question asks of tables; None where it asks for no number, or for one that has to be computed."""
    text = run.query.text
    place = next((number for pattern, number in said.PLACES if pattern.search(text)), 1)
    gap = bool(said.GAP.search(text))
    order = 0 if said.BY_HOW_MUCH.search(text) else -1 if said.LOWEST.search(text) else 1 if said.HIGHEST.search(text) or place > 1 or gap else 0
    weights = tuple(
        0.0 if said.COMPARES.fullmatch(unit.written) else idf for unit, idf in zip(run.units, run.idfs, strict=True)
    )
    implied = tuple(heading for question, heading in said.IMPLIED if question.search(text))
    asks_value = (run.query.kind == "other" or said.ASKS_VALUE.search(text)) and not said.ASKS_THINGS.search(text)
    in_words = run.query.kind in _IN_WORDS and not (run.query.kind in _OR_NUMBER and said.ASKS_NUMBER.search(text))
    asks = order or (asks_value and not in_words)
    if not asks or (order and said.COMPUTES.search(text)) or not any((*weights, *implied)):
        return None
    of_two = gap or bool(said.OF_TWO.search(text)) and not said.MOST_OF_ALL.search(text)
    among = bool(said.AMONG.search(text))
    return Asked(order, place, of_two and order != 0, among, gap, (*weights, _IMPLIED if implied else 0.0), implied)


class TableReader:
    """Reads questions from tables; remembers the tables and cells that it read last."""

    def __init__(self, analyser: Analyser) -> None:
        """Take what reads the words of cells."""
        self._words = lru_cache(maxsize=8_000)(lambda text: frozenset(analyser.words(_BY.sub(" ", text))))
        self._grids = lru_cache(maxsize=200)(lambda text: tuple(grids(text)))

    def readings(self, run: Run, question: Asked, places: Iterable[Place]) -> Iterator[Reading]:
        """Yield the ways to read a question from the tables of some sections."""
        for rank, place in enumerate(places):
            for grid in self._grids(place.text):
                for reading in self._of_grid(run, question, place, grid):
                    yield replace(reading, rank=rank)

    def _of_grid(self, run: Run, question: Asked, place: Place, grid: Grid) -> Iterator[Reading]:
        language = place.document.language
        title = self._strengths(run, place.document.title, language)
        near = self._strengths(run, " ".join((*place.section.path[-1:], grid.caption)), language)
        far = self._strengths(run, " / ".join(place.section.path), language)
        around = _Around(title, near, [max(one) for one in zip(title, near, far, strict=True)])
        numbered = range(grid.labels, len(grid.headings))
        for at in numbered:
            down = [Value(row.label, row.cells[at], place, grid, row) for row in grid.rows]
            yield from self._of_line(run, question, grid.headings[at], down, around, is_column=True)
        for row in grid.rows if question.order else ():  # one value is the same either way
            along = [Value(grid.headings[at], row.cells[at], place, grid, row) for at in numbered]
            for reading in self._of_line(run, question, row.label, along, around, is_column=False):
                yield replace(reading, what=row.name)

    def _of_line(
        self, run: Run, question: Asked, what: str, line: Sequence[Value], around: _Around, *, is_column: bool
    ) -> Iterator[Reading]:
        values = [value for value in line if value.cell.number is not None and value.label]
        if len(values) < 2 or not (is_column or _are_alike(values)):
            return
        language = values[0].place.document.language
        measured = self._strengths(run, what, language)
        measured[-1] = float(any(pattern.search(what) for pattern in question.implied))
        by_itself = [held if held >= HOLDS else 0.0 for held in left_by(measured, around.title)]  # 57B is not 72B
        if weighed(question.weights, by_itself) < (_MEASURED_BESIDE if question.names_labels else _MEASURED):
            return
        left = left_by(question.weights, measured)
        named = [self._strengths(run, value.label, language) for value in values]
        kept = _chosen(question, values, named, left, around)
        if not kept:
            return
        by_all = max if question.of_two else min  # of the kept: they hold what singles them out
        of_labels = [by_all(held) for held in zip(*(named[values.index(value)] for value in kept), strict=True)]
        told = [min(1.0, max(one)) for one in zip(measured, around.whole, of_labels, strict=True)]
        explained = weighed(question.weights, told)
        if explained < (_LEAST if question.order and not question.gap else SURE):
            return
        unsaid = max(0, len(self._words(what)) - sum(held >= HOLDS for held in measured))
        fit = explained + _BESIDE * weighed(question.weights, measured) - _PER_WORD * unsaid
        yield Reading(what, tuple(kept), is_column, round(fit, 6), explained, 0)

    def _strengths(self, run: Run, text: str, language: Language) -> list[float]:
        return [*run.matcher.strengths(self._words(text), language), 0.0]  # nothing implied


def _chosen(
    question: Asked, values: Sequence[Value], named: Sequence[Sequence[float]], left: Sequence[float], around: _Around
) -> list[Value]:
    """Return the values that are compared, or the one that is asked for; nothing where the labels do not fit.

    Of all values those are compared whose labels hold what is left of a question: "of the 7B models". What the table's
    heading says, too, singles out no label, nor does the title, unless the question asks among those.
    """
    if question.of_two:
        return _two_of(values, named, left)
    if question.order == 0:
        weights = left_by(left, around.near)
        labels = [held_by(weights, found) for found in named]
        if max(labels) <= 0:
            return []
        holding = _holding(values, named, weights)
        kept = _plainest(_holding(holding, [named[values.index(value)] for value in holding], left))
        is_one = len(kept) < len(values) and len({value.cell.number for value in kept}) == 1
        return kept if is_one else []
    for held in (around.near, around.whole) if question.among else (around.whole,):
        kept = _holding(values, named, left_by(left, held))
        if len(kept) > 1:
            return kept
    return []


def _plainest(values: Sequence[Value]) -> list[Value]:
    """Return the values with the shortest labels: MMLU, not MMLU-Pro; several where a label stands in several rows."""
    shortest = min(len(value.label) for value in values)
    return [value for value in values if len(value.label) == shortest]


def _holding(values: Sequence[Value], named: Sequence[Sequence[float]], weights: Sequence[float]) -> list[Value]:
    """Return the values whose labels hold what labels hold of a question; all where no label holds all of that."""
    told = [max(strengths) * weight for *strengths, weight in zip(*named, weights, strict=True)]
    held = [sum(weight * strength for weight, strength in zip(weights, found, strict=True)) for found in named]
    if max(held) < _ALL * sum(told):
        return list(values)
    return [value for value, share in zip(values, held, strict=True) if share >= _ALL * max(held)]


def _two_of(values: Sequence[Value], named: Sequence[Sequence[float]], left: Sequence[float]) -> list[Value]:
    """Return the two values whose labels a question names, each by something else: not MMLU and MMLU-Pro by MMLU."""
    chosen: list[int] = []
    weights = list(left)
    for _ in range(2):
        rated = [
            (held_by(weights, found), held_by(left, found), -len(values[at].label), -at)
            for at, found in enumerate(named)
            if at not in chosen
        ]
        best = max(rated, default=(0.0, 0.0, 0, 0))
        if best[1] < _NAMED:
            return []
        chosen.append(-best[3])
        weights = left_by(weights, named[chosen[-1]])
    one, other = (left_by(left, named[at]) for at in chosen)
    return [values[at] for at in sorted(chosen)] if one != other else []


def _are_alike(values: Sequence[Value]) -> bool:
    """Whether the numbers of a row may be of one kind: accuracies, not an accuracy and millions of parameters."""
    sizes = [abs(value.cell.number) for value in values if value.cell.number]
    return not sizes or max(sizes) <= _ALIKE * min(sizes)

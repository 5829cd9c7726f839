"""A Run and sections in, the rows of a table that hold the highest or lowest of what is asked for out.

Of "which model is best on MMLU?" the table is the one whose headings, labels and section account for what the question
says; what is compared are the numbers of one column, or of one row. Nothing is told where a part of the question is
accounted for by none of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.analyse import Analyser
from index.load import Language
from qa import ranking_wording as said
from qa.bridge import weighed
from qa.candidate import Place
from qa.cite import DraftSentence, Evidence
from qa.grid import Cell, Grid, Row, grids
from qa.retrieve import Run

MOST_SECTIONS = 8  # that are looked through for tables
_HOLDS = 0.5  # the strength from which a cell names what is asked for
_EXPLAINED, _EXPLAINED_TWO = 0.7, 0.7  # of what is asked, by headings, labels and section; where two are named
_MEASURED, _MEASURED_BESIDE = 0.2, 0.1  # of that, by what is measured alone; where labels are named, too
_ALIKE = 1_000  # times as large, at most, as another number of what is compared along a row
_NAMED = 0.35  # the least that a label says that is one of two
_NEAR = 0.01  # by which another reading has to be worse
_ALL = 0.95  # of what labels hold: a name may be spelt in parts
_SHOWN = 3  # rows, the first of them the one that is asked for
_BESIDE, _PER_WORD = 0.5, 0.03
_IMPLIED = 0.5  # how much it says that a question asks for something without its name
_Around = tuple[
    Sequence[float], Sequence[float]
]  # what a table's heading says of what is asked, and the text's title too


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a table says is the highest or lowest: the line that says so, and the rows below their headings."""

    line: str
    sentences: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """One number that is compared, what has it, and the row that it is in."""

    label: str
    cell: Cell
    place: Place
    grid: Grid
    row: Row


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a question from a table: `what` is measured, `values` are compared, down a column or along a row.

    `fit` is how well it fits, `rank` the place of the section among those found.
    """

    what: str
    values: tuple[_Value, ...]
    is_column: bool
    fit: float
    rank: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks: its order (0: one value), the place in it, and how much each of its units says, or 0.

    The last weight is that of what it asks for without its name; `implied` are headings that say that.
    """

    order: int
    place: int
    of_two: bool
    weights: tuple[float, ...]
    implied: tuple[re.Pattern[str], ...] = ()


class RankingFinder:
    """Compares the numbers of tables."""

    def __init__(self, analyser: Analyser) -> None:
        """Take what reads the words of cells."""
        self._words = lru_cache(maxsize=8_000)(lambda text: frozenset(analyser.words(text)))
        self._grids = lru_cache(maxsize=200)(lambda text: tuple(grids(text)))

    def find(self, run: Run, places: Iterable[Place]) -> Ranking | None:
        """Return what the tables of some sections say is the highest or lowest; None where that is not asked."""
        asked = _asked(run)
        if asked is None:
            return None
        readings = [
            reading
            for rank, place in enumerate(places)
            for grid in self._grids(place.text)
            for reading in self._readings(run, asked, place, grid, rank)
        ]
        best = max(readings, key=lambda one: (one.fit, -one.rank), default=None)
        if best is None or any(_rivals(one, best) for one in readings):
            return None
        return _told(run, asked, _joined(best, readings))

    def _readings(self, run: Run, asked: _Asked, place: Place, grid: Grid, rank: int) -> Iterator[_Reading]:
        language = place.document.language
        near = self._strengths(run, " ".join((*place.section.path[-1:], grid.above)), language)
        far = self._strengths(run, " / ".join((*place.section.path, place.document.title)), language)
        around = near, [max(pair) for pair in zip(near, far, strict=True)]
        for column in range(grid.labels, len(grid.headings)):
            down = [_Value(row.label, row.cells[column], place, grid, row) for row in grid.rows]
            yield from self._reading(run, asked, grid.headings[column], down, around, rank, is_column=True)
        for row in grid.rows if asked.order else ():  # one value is the same either way
            along = [
                _Value(grid.headings[c], row.cells[c], place, grid, row) for c in range(grid.labels, len(row.cells))
            ]
            for reading in self._reading(run, asked, row.label, along, around, rank, is_column=False):
                yield replace(reading, what=row.name)

    def _reading(
        self, run: Run, asked: _Asked, what: str, values: Sequence[_Value], around: _Around, rank: int,
        *, is_column: bool,
    ) -> Iterator[_Reading]:  # fmt: skip
        values = [value for value in values if value.cell.number is not None and value.label]
        if len(values) < 2 or not (is_column or _are_alike(values)):
            return
        language = values[0].place.document.language
        measured = self._strengths(run, what, language)
        measured[-1] = float(any(pattern.search(what) for pattern in asked.implied))
        measure = weighed(asked.weights, measured)
        if measure < (_MEASURED if asked.order and not asked.of_two else _MEASURED_BESIDE):
            return
        left = tuple(0.0 if held >= _HOLDS else weight for held, weight in zip(measured, asked.weights, strict=True))
        named = [self._strengths(run, value.label, language) for value in values]
        kept = _two_of(values, named, left) if asked.of_two else _kept(values, named, left, around, run, asked)
        if asked.order == 0:
            if len(kept) == len(values) or len({value.cell.number for value in kept}) != 1:
                return
        elif len(kept) < 2:
            return
        by_all = max if asked.of_two else min  # of the kept: they hold what singles them out
        of_labels = [by_all(found) for found in zip(*(named[values.index(value)] for value in kept), strict=True)]
        explained = weighed(
            asked.weights, [min(1.0, max(one)) for one in zip(measured, around[1], of_labels, strict=True)]
        )
        if explained < (_EXPLAINED_TWO if asked.of_two else _EXPLAINED):
            return
        unsaid = len(self._words(what)) - sum(held >= _HOLDS for held in measured)
        fit = explained + _BESIDE * measure - _PER_WORD * max(0, unsaid)
        yield _Reading(what, tuple(kept), is_column, round(fit, 6), rank)

    def _strengths(self, run: Run, text: str, language: Language) -> list[float]:
        return [*run.matcher.strengths(self._words(text), language), 0.0]  # nothing implied


def _asked(run: Run) -> _Asked | None:
    text = run.query.text
    place = next((number for pattern, number in said.PLACES if pattern.search(text)), 1)
    order = -1 if said.LOWEST.search(text) else 1 if said.HIGHEST.search(text) or place > 1 else 0
    weights = tuple(
        0.0 if said.COMPARES.fullmatch(unit.written) else idf for unit, idf in zip(run.units, run.idfs, strict=True)
    )
    implied = tuple(heading for question, heading in said.IMPLIED if question.search(text))
    if not (order or said.ASKS_VALUE.search(text)) or not any((*weights, *implied)):
        return None
    of_two = bool(said.OF_TWO.search(text)) and not said.MOST_OF_ALL.search(text)
    return _Asked(order, place, of_two, (*weights, _IMPLIED if implied else 0.0), implied)


def _kept(
    values: Sequence[_Value],
    named: Sequence[Sequence[float]],
    left: Sequence[float],
    around: _Around,
    run: Run,
    asked: _Asked,
) -> list[_Value]:
    """Return the values whose labels hold most of what is left of a question: "of the 7B models"; all where none does.

    What the table's heading says, too, singles out no label, nor does the title, unless the question asks among those.
    """
    kept: list[_Value] = []
    for said_before in around if said.AMONG.search(run.query.text) or not asked.order else around[1:]:
        weights = [weight if held < _HOLDS else 0.0 for weight, held in zip(left, said_before, strict=True)]
        kept = _holding(values, named, weights)
        if len(kept) > 1 or not asked.order:
            break
    return kept


def _holding(values: Sequence[_Value], named: Sequence[Sequence[float]], weights: Sequence[float]) -> list[_Value]:
    """Return the values whose labels hold what labels hold of a question; all where no label holds all of that."""
    told = [max(strengths) * weight for *strengths, weight in zip(*named, weights, strict=True)]
    held = [sum(weight * strength for weight, strength in zip(weights, found, strict=True)) for found in named]
    if max(held) < _ALL * sum(told):
        return list(values)
    return [value for value, share in zip(values, held, strict=True) if share >= _ALL * max(held)]


def _rivals(one: _Reading, best: _Reading) -> bool:
    """Whether something else of the same table fits a question as well."""
    return one.values[0].grid is best.values[0].grid and one.what != best.what and one.fit > best.fit - _NEAR


def _joined(best: _Reading, readings: Iterable[_Reading]) -> _Reading:
    """Return a reading with the values of other tables of its document that fit as well and measure the same."""
    doc_id = best.values[0].place.document.doc_id
    same = [
        one
        for one in readings
        if one.is_column and best.is_column and one.what == best.what and one.fit == best.fit
        and one.values[0].place.document.doc_id == doc_id
    ]  # fmt: skip
    values = dict.fromkeys(value for one in same for value in one.values)
    return replace(best, values=tuple(values)) if same else best


def _two_of(values: Sequence[_Value], named: Sequence[Sequence[float]], left: Sequence[float]) -> list[_Value]:
    """Return the two values whose labels a question names."""
    chosen: list[int] = []
    weights = list(left)
    for _ in range(2):
        rated = [
            (_held(weights, found), _held(left, found), -len(values[at].label), -at)
            for at, found in enumerate(named)
            if at not in chosen
        ]
        best = max(rated, default=(0.0, 0.0, 0, 0))
        if best[1] < _NAMED:
            return []
        chosen.append(-best[3])
        weights = [0.0 if s >= _HOLDS else w for w, s in zip(weights, named[chosen[-1]], strict=True)]
    return [values[at] for at in sorted(chosen)]


def _are_alike(values: Sequence[_Value]) -> bool:
    """Whether the numbers of a row may be of one kind: accuracies, not an accuracy and millions of parameters."""
    sizes = [abs(value.cell.number) for value in values if value.cell.number]
    return not sizes or max(sizes) <= _ALIKE * min(sizes)


def _held(weights: Sequence[float], strengths: Sequence[float]) -> float:
    return sum(weight for weight, strength in zip(weights, strengths, strict=True) if strength >= _HOLDS)


def _told(run: Run, asked: _Asked, reading: _Reading) -> Ranking | None:
    if asked.order == 0:
        one = reading.values[0]
        line = said.VALUE[run.query.language].format(label=one.label, what=reading.what, value=one.cell.text)
        return Ranking(line, tuple(_rows(reading.values[:_SHOWN])))
    order = _order(run.query.text, asked.order, reading.what)
    ordered = sorted(reading.values, key=lambda value: -order * (value.cell.number or 0.0))
    numbers = list(dict.fromkeys(value.cell.number for value in ordered))
    if asked.place > len(numbers):
        return None
    best = [value for value in ordered if value.cell.number == numbers[asked.place - 1]]
    language = run.query.language
    line = said.SAID[language][order].format(
        what=f"‘{reading.what}’" if language == "ko" else f"“{reading.what}”",
        place=said.PLACE[language][asked.place - 1],
        names=", ".join(value.label for value in best),
        value=best[0].cell.text,
        count=len(reading.values),
    )
    rows = list({value.row.start + value.place.section.start: value for value in (*best, *ordered)}.values())
    return Ranking(line, tuple(_rows(rows[: max(_SHOWN, len(best))])))


def _order(question: str, order: int, what: str) -> int:
    """Return the order of the numbers that is asked for: the best error is the lowest, the fastest takes least time."""
    if said.BY_QUALITY.search(question) and said.LESS_IS_BETTER.search(what):
        return -order
    return -order if said.BY_SPEED.search(question) and said.TAKES_TIME.search(what) else order


def _rows(values: Sequence[_Value]) -> Iterator[DraftSentence]:
    """Yield the rows of values, each table's below its headings."""
    last: Grid | None = None
    for value in values:
        document, section = value.place.document, value.place.section
        spans = [(value.row.start, value.row.end, "row")]
        if value.grid is not last:
            spans.insert(0, (value.grid.start, value.grid.end, "header"))
        last = value.grid
        for start, end, form in spans:
            span = section.start + start, section.start + end
            evidence = Evidence(document.doc_id, section.section_id, *span)
            yield DraftSentence(document.text[slice(*span)], evidence, "row" if form == "row" else "header")

"""A Run and sections in, the rows of a table that hold the highest or lowest of what is asked for out.

Of "which model is best on MMLU?" the table is the one whose headings, labels and section account for what the question
says; what is compared are the numbers of one column, or of one row. Nothing is told where a part of the question is
accounted for by none of them.
"""

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
_EXPLAINED = 0.7  # of what is asked, by headings, labels and section
_MEASURED = 0.2  # of that, by what is measured alone
_SHOWN = 3  # rows, the first of them the one that is asked for
_BESIDE, _PER_WORD = 0.5, 0.03


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
    """What a question asks: the strength of its order, its place, and how much each of its units says, 0 for none."""

    order: int
    place: int
    of_two: bool
    weights: tuple[float, ...]


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
        return _told(run, asked, _joined(best, readings)) if best else None

    def _readings(self, run: Run, asked: _Asked, place: Place, grid: Grid, rank: int) -> Iterator[_Reading]:
        language = place.document.language
        around = self._strengths(
            run, f"{' / '.join(place.section.path)} / {place.document.title} {grid.above}", language
        )
        for column in range(grid.labels, len(grid.headings)):
            down = [_Value(row.label, row.cells[column], place, grid, row) for row in grid.rows]
            yield from self._reading(run, asked, grid.headings[column], down, around, rank, is_column=True)
        for row in grid.rows:
            along = [
                _Value(grid.headings[c], row.cells[c], place, grid, row) for c in range(grid.labels, len(row.cells))
            ]
            yield from self._reading(run, asked, row.label, along, around, rank, is_column=False)

    def _reading(
        self, run: Run, asked: _Asked, what: str, values: Sequence[_Value], around: Sequence[float], rank: int,
        *, is_column: bool,
    ) -> Iterator[_Reading]:  # fmt: skip
        values = [value for value in values if value.cell.number is not None and value.label]
        if len(values) < 2:
            return
        language = values[0].place.document.language
        measured = self._strengths(run, what, language)
        measure = weighed(asked.weights, measured)
        if measure < _MEASURED:
            return
        left = tuple(0.0 if held >= _HOLDS else weight for held, weight in zip(measured, asked.weights, strict=True))
        named = [self._strengths(run, value.label, language) for value in values]
        kept = _two_of(values, named, left) if asked.of_two else _kept(values, named, left, around, run)
        if len(kept) < 2:
            return
        of_labels = [max(found) for found in zip(*(named[values.index(value)] for value in kept), strict=True)]
        explained = weighed(
            asked.weights, [min(1.0, max(one)) for one in zip(measured, around, of_labels, strict=True)]
        )
        if explained < _EXPLAINED:
            return
        unsaid = len(self._words(what)) - sum(held >= _HOLDS for held in measured)
        fit = measure + _BESIDE * explained - _PER_WORD * max(0, unsaid)
        yield _Reading(what, tuple(kept), is_column, round(fit, 6), rank)

    def _strengths(self, run: Run, text: str, language: Language) -> list[float]:
        return list(run.matcher.strengths(self._words(text), language))


def _asked(run: Run) -> _Asked | None:
    text = run.query.text
    place = next((number for pattern, number in said.PLACES if pattern.search(text)), 1)
    order = -1 if said.LOWEST.search(text) else 1 if said.HIGHEST.search(text) or place > 1 else 0
    weights = tuple(
        0.0 if said.COMPARES.fullmatch(unit.written) else idf for unit, idf in zip(run.units, run.idfs, strict=True)
    )
    if not order or not any(weights):
        return None
    of_two = bool(said.OF_TWO.search(text)) and not said.MOST_OF_ALL.search(text)
    return _Asked(order, place, of_two, weights)


def _kept(
    values: Sequence[_Value], named: Sequence[Sequence[float]], left: Sequence[float], around: Sequence[float], run: Run
) -> list[_Value]:
    """Return the values whose labels hold most of what is left of a question: "of the 7B models"; all where none does.

    What the section or title says, too, singles out no label, unless the question asks among those.
    """
    if said.AMONG.search(run.query.text):
        kept = _holding(values, named, left)
        if len(kept) > 1:
            return kept
    weights = [weight if held < _HOLDS else 0.0 for weight, held in zip(left, around, strict=True)]
    return _holding(values, named, weights)


def _holding(values: Sequence[_Value], named: Sequence[Sequence[float]], weights: Sequence[float]) -> list[_Value]:
    held = [sum(w for w, strength in zip(weights, found, strict=True) if strength >= _HOLDS) for found in named]
    most = max(held, default=0.0)
    return [value for value, share in zip(values, held, strict=True) if share >= most - 1e-6]


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
        scores = [
            (sum(w for w, s in zip(weights, found, strict=True) if s >= _HOLDS), -len(values[at].label), -at)
            for at, found in enumerate(named)
            if at not in chosen
        ]
        best = max(scores, default=(0.0, 0, 0))
        if best[0] <= 0:
            return []
        at = -best[2]
        chosen.append(at)
        weights = [0.0 if s >= _HOLDS else w for w, s in zip(weights, named[at], strict=True)]
    return [values[at] for at in sorted(chosen)]


def _told(run: Run, asked: _Asked, reading: _Reading) -> Ranking | None:
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

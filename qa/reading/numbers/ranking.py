"""A Run and sections in, the rows of a table that hold the highest, the lowest or the number that is asked for out.

The reading that fits best is told, with a line that says what its rows show; nothing where another fits as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.analyse import Analyser
from index.load import Language
from qa.reading.candidate import Place
from qa.reading.cite import DraftSentence, Evidence
from qa.reading.numbers import said
from qa.reading.numbers.asked import Asked, asked
from qa.reading.numbers.cells import MOST, cells_of
from qa.reading.numbers.comparing import lines_of
from qa.reading.numbers.grid import CAPTION, Grid, apart, grids, unit_of
from qa.reading.numbers.held import HeldNames
from qa.reading.numbers.names import CellNames, spelt_out
from qa.reading.numbers.table import SURE, NamedTable, Reading, Value, most
from qa.retrieval.retrieve import Run

MOST_SECTIONS = 12  # that are looked through for tables
TEXTS = 3  # of which all sections with tables are
_NEAR = 0.01  # by which another reading has to be worse
_SHOWN = 3  # rows, the first of them the one that is asked for


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a table says is the highest or lowest: the line that says so, and the rows below their headings.

    It is sure where headings, labels and section account for nearly all that is asked.
    """

    line: str
    sentences: tuple[DraftSentence, ...]
    is_sure: bool


class RankingFinder:
    """Finds what tables say is the highest, the lowest, or the number of one thing; remembers the tables read last."""

    def __init__(self, analyser: Analyser) -> None:
        """Take what reads the words of cells."""
        self._names = CellNames(analyser)
        self._grids = lru_cache(maxsize=200)(lambda text: tuple(grids(text)))

    def find(self, run: Run, places: Iterable[Place]) -> Ranking | None:
        """Return what the tables of some sections say; None where nothing of the kind is asked, or it is not clear."""
        question = asked(run) if run.hits else None
        if question is None:
            return None
        read = lines_of if question.order else cells_of
        readings = [reading for table in self._tables(run, question, places) for reading in read(table)]
        best = max(readings, key=lambda one: (one.fit, -one.rank), default=None)
        if best is None:
            return None
        if question.order == 0:
            found = _as_good(best, readings)
            return _looked_up(found) if len(found) <= MOST else None
        if any(_rivals(one, best) for one in readings) or (question.of_two and _is_told_twice(best, readings)):
            return None
        return _told(run, question, best if question.of_two else _joined(best, readings))

    def _tables(self, run: Run, question: Asked, places: Iterable[Place]) -> Iterator[NamedTable]:
        """Yield the tables of some sections, each knowing what the others of its text are of."""
        spelt = spelt_out(run)
        held: dict[str, HeldNames] = {}
        of_texts: dict[str, list[NamedTable]] = defaultdict(list)
        tables = []
        for rank, place in enumerate(places):
            doc_id = place.document.doc_id
            for grid in self._grids(place.text):
                if doc_id not in held:
                    held[doc_id] = HeldNames(run, place.document, self._names, spelt)
                tables.append(NamedTable(run, question, place, grid, held[doc_id], rank))
                of_texts[doc_id].append(tables[-1])
        for of_text in of_texts.values():
            told = most(table.itself for table in of_text)
            for table in of_text:
                table.leave_to_others(told)
        yield from tables


def _as_good(best: Reading, readings: Iterable[Reading]) -> list[Reading]:
    """Return the cells of a text that fit as well as the best, each of its number once."""
    near = _near(best, readings)
    return list({(one.what, one.values[0].label, one.values[0].cell.text): one for one in near}.values())


def _near(best: Reading, readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings of the best one's text that fit as well."""
    doc_id = best.values[0].place.document.doc_id
    return [one for one in readings if one.fit > best.fit - _NEAR and one.values[0].place.document.doc_id == doc_id]


def _looked_up(found: Sequence[Reading]) -> Ranking:
    """Return the numbers of the cells that are asked for; those of the same name by the table that each is of."""
    names = Counter(_name_of(one) for one in found)
    lines = []
    for one in found:
        name, value = _name_of(one), one.values[0]
        table = CAPTION.match(value.grid.caption) if names[name] > 1 else None
        lines.append(f"{name}: {value.cell.text}" + (f" ({table['name']})" if table else ""))
    rows = {value.place.section.start + value.row.start: value for one in found for value in one.values}
    return Ranking("; ".join(lines), tuple(_rows(list(rows.values()))), is_sure=found[0].explained >= SURE)


def _name_of(reading: Reading) -> str:
    return f"{reading.values[0].label} · {reading.what}"


def _rivals(one: Reading, best: Reading) -> bool:
    """Whether something else of the same table fits a question as well."""
    return one.values[0].grid is best.values[0].grid and one.what != best.what and one.fit > best.fit - _NEAR


def _is_told_twice(best: Reading, readings: Iterable[Reading]) -> bool:
    """Whether other numbers of two things fit as well, those of another table of the text."""
    return len({tuple(value.cell.number for value in one.values) for one in _near(best, readings)}) > 1


def _joined(best: Reading, readings: Iterable[Reading]) -> Reading:
    """Return a reading with the values of other tables of its document that fit as well and measure the same."""
    doc_id = best.values[0].place.document.doc_id
    same = [one for one in readings if one.is_column and (one.what, one.fit) == (best.what, best.fit)]
    of_text = [one for one in same if best.is_column and one.values[0].place.document.doc_id == doc_id]
    values = dict.fromkeys(value for one in of_text for value in one.values)
    return replace(best, values=tuple(values)) if values else best


def _told(run: Run, question: Asked, reading: Reading) -> Ranking | None:
    language, is_sure = run.query.language, reading.explained >= SURE
    measured = f"{reading.what} {reading.values[0].grid.caption}"
    order = _order(run.query.text, question.order, measured)
    ordered = sorted(reading.values, key=lambda value: -order * (value.cell.number or 0.0))
    numbers = list(dict.fromkeys(value.cell.number for value in ordered))
    if question.place > len(numbers):
        return None
    best = [value for value in ordered if value.cell.number == numbers[question.place - 1]]
    told_apart = question.of_two and len(numbers) > 1
    line = (said.SAID_OF_TWO if told_apart else said.SAID)[language][order].format(
        what=f"‘{reading.what}’" if language == "ko" else f"“{reading.what}”",
        place=said.PLACE[language][question.place - 1],
        names=", ".join(value.label for value in best),
        value=best[0].cell.text,
        count=len(reading.values),
    )
    line += _beside(ordered[0], ordered[-1], order, language) if told_apart else ""
    rows = list({value.place.section.start + value.row.start: value for value in (*best, *ordered)}.values())
    return Ranking(line, tuple(_rows(rows[: max(_SHOWN, len(best))])), is_sure)


def _beside(best: Value, other: Value, order: int, language: Language) -> str:
    """Return what is said of the other one of two values: how far it is from the best, or what it is."""
    gap, unit = apart(best.cell, other.cell), unit_of(best.cell)
    if gap is None:
        return said.OTHER[language].format(name=other.label, value=other.cell.text)
    written = gap + (said.POINTS[language] if unit.startswith("%") else unit)
    return said.APART[language][order].format(name=other.label, value=other.cell.text, gap=written)


def _order(question: str, order: int, what: str) -> int:
    """Return the order of the numbers that is asked for: the best error is the lowest, the fastest takes least time."""
    if said.BY_QUALITY.search(question) and said.LESS_IS_BETTER.search(what):
        return -order
    return -order if said.BY_SPEED.search(question) and said.TAKES_TIME.search(what) else order


def _rows(values: Sequence[Value]) -> Iterator[DraftSentence]:
    """Yield the rows of values, each table's below its headings."""
    last: Grid | None = None
    for value in values:
        if value.grid is not last:
            yield DraftSentence(*_quoted(value.place, value.grid.start, value.grid.end), "header")
        last = value.grid
        yield DraftSentence(*_quoted(value.place, value.row.start, value.row.end), "row")


def _quoted(place: Place, start: int, end: int) -> tuple[str, Evidence]:
    first = place.section.start
    span = first + start, first + end
    return place.document.text[slice(*span)], Evidence(place.document.doc_id, place.section.section_id, *span)

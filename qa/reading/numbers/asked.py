"""A question in, what number of a table it asks for out: of one thing, the highest, the lowest, the higher of two."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analyse import is_stopword
from qa.question.query import calls_a_text
from qa.question.wording import THIS_TEXT
from qa.reading.numbers import wording
from qa.reading.numbers.names_wording import ORDINALS
from qa.retrieval.retrieve import Run
from qa.words.patterns import compiled

_IN_WORDS = ("list", "definition", "summary", "why", "how", "yes-no")  # kinds that ask for no number
_THIS_TEXT = compiled(THIS_TEXT)
_LONG = 80  # characters of a question
_OR_NUMBER = ("list", "how")  # … unless they ask for one outright


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks: its order (1: the highest, -1: the lowest, 0: one value), and the place in it.

    `weights` are how much each unit of it says, 0 where only that something is compared; `implied` are headings that
    say what it asks for without its name. `sides` are the units that name each of two things, where it puts one beside
    the other; `counted` are those that say what it asks the number of, `limited` those that say what it asks the
    maximum or minimum of, `left_out` what is to be left out. With `gap` it
    asks how far two are apart, with `percent` for a share, or else for a count; None where it does not say. `of_table`
    says that it names a table, paper or comparison.
    """

    order: int
    place: int
    of_two: bool
    of_table: bool
    gap: bool
    weights: tuple[float, ...]
    implied: tuple[re.Pattern[str], ...]
    sides: tuple[frozenset[int], frozenset[int]] | None
    counted: frozenset[int]
    limited: frozenset[int]
    left_out: frozenset[int]
    percent: bool | None


def asked(run: Run) -> Asked | None:
    """Return what a question asks of tables; None where it asks for no number, or for one that has to be computed."""
    text, kind = run.query.text, run.query.kind
    place = next((number for pattern, number in wording.PLACES if pattern.search(text)), 1)
    gap = bool(wording.GAP.search(text))
    order = _order(text, place, gap)
    of_text = bool(_THIS_TEXT.search(text))
    says = (0.0 if of_text and calls_a_text(unit.written) else _says(unit.written, order) for unit in run.units)
    weights = tuple(share * idf for share, idf in zip(says, run.idfs, strict=True))
    implied = tuple(heading for question, heading in wording.IMPLIED if question.search(text))
    in_words = kind in _IN_WORDS and not (kind in _OR_NUMBER and wording.ASKS_NUMBER.search(text))
    asks = order or (not in_words and _asks_value(text))
    tells_first = len(text) > _LONG and wording.SENTENCE_END.search(text)  # it sets out something, then asks
    if not asks or tells_first or wording.COMPUTES.search(text) or not any((*weights, *implied)):
        return None
    of_two = gap or bool(wording.OF_TWO.search(text)) and not wording.MOST_OF_ALL.search(text)
    is_of_two, of_table = of_two and order != 0, bool(wording.OF_TABLE.search(text))
    sides = _sides(run, weights) if is_of_two else None
    counted = frozenset() if order else _within(run, weights, wording.COUNTED)
    limited = _limited(run, weights)
    left_out = _within(run, weights, wording.LEFT_OUT)
    percent = True if wording.PERCENT.search(text) else False if wording.COUNT.search(text) else None
    return Asked(order, place, is_of_two, of_table, gap, weights, implied, sides, counted, limited, left_out, percent)


def _asks_value(text: str) -> bool:
    """Whether a question asks for a number, or only names it: "qwen 7b gsm8k?"."""
    if wording.ASKS_THINGS.search(text):
        return False
    return bool(wording.ASKS_NUMBER.search(text) or wording.ASKS_VALUE.search(text) or not wording.ASKS.search(text))


def _says(written: str, order: int) -> float:
    """Return how much it says that a question names something: nothing where this only asks, compares or counts."""
    before, _, number = written.partition(" ")
    by_chance = number.isdigit() and is_stopword(before.lower())  # "at 8192" is no name, as "Llama 3" is
    is_place = bool(order) and written.isdigit() and len(written) == 1
    is_filler = wording.COMPARES.fullmatch(written) and (order or written.lower() not in ORDINALS)
    return 0.0 if by_chance or is_place or is_filler else 1.0


def _order(text: str, place: int, gap: bool) -> int:
    if wording.BY_HOW_MUCH.search(text):
        return 0
    if wording.LOWEST.search(text):
        return -1
    if wording.MORE.search(text) and wording.OF_TWO.search(text):
        return 1
    return 1 if wording.HIGHEST.search(text) or wording.VERSUS.search(text) or place > 1 or gap else 0


def _sides(run: Run, weights: Sequence[float]) -> tuple[frozenset[int], frozenset[int]] | None:
    """Return the units that stand right before and right behind a word that puts two things beside each other."""
    text, spans = run.query.text, _spans(run, weights)
    for found in wording.BESIDE.finditer(text):
        before = _adjoining(text, [span for span in spans if span[1] <= found.start()][::-1], found.start())
        behind = _adjoining(text, [span for span in spans if span[0] >= found.end()], found.end())
        if before and behind:
            return before, behind
    return None


def _limited(run: Run, weights: Sequence[float]) -> frozenset[int]:
    """Return the units right behind a word for a maximum or minimum."""
    text, spans = run.query.text, _spans(run, weights)
    each = (
        _adjoining(text, [span for span in spans if span[0] >= found.end()], found.end())
        for found in wording.LIMIT.finditer(text)
    )
    return frozenset().union(*each)


def _adjoining(text: str, spans: Iterable[tuple[int, int, int]], at: int) -> frozenset[int]:
    """Return the units next to a place, one after the other as long as nothing but a joint stands between them."""
    found = []
    for start, end, unit in spans:
        if not wording.JOINT.fullmatch(text[end:at] if end <= at else text[at:start]):
            break
        found.append(unit)
        at = start if end <= at else end
    return frozenset(found)


def _within(run: Run, weights: Sequence[float], pattern: re.Pattern[str]) -> frozenset[int]:
    """Return the units that the groups of a pattern find in a question: "how many classes", "without attention"."""
    each = pattern.finditer(run.query.text)
    found = [one.span(at) for one in each for at in range(1, pattern.groups + 1) if one[at]]
    return frozenset(unit for start, _, unit in _spans(run, weights) for first, last in found if first <= start < last)


def _spans(run: Run, weights: Sequence[float]) -> list[tuple[int, int, int]]:
    """Return where the units that say something stand in a question, in order: start, end, and which it is."""
    text = run.query.text
    each = ((text.find(unit.written), len(unit.written), at) for at, unit in enumerate(run.units) if weights[at])
    return sorted((start, start + length, at) for start, length, at in each if start >= 0)

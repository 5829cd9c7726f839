"""A claim beside its sources in, where it says the contrary out: yes for no, and one of two opposites for the other.

Compared is what is said of the same thing: what fits the claim as well and agrees with it takes back what does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.check.claim import Claim, Vector
from qa.check.denial import AKIN, EVERYWHERE, Contrary, denials, stronger
from qa.check.lexicon import KINDRED_AXES, PAIRED_AXES
from qa.check.line import Line, Place, likest, preference
from qa.check.polarity import Pole, opposites_by_prefix
from qa.check.spans import Span, is_hangul, meets_any
from qa.check.statement import Statement

BESIDE = 0.35  # how much must tell within one statement, by what stands next to the word
NEARLY_THE_SAME = 0.7
BESIDE_EACH_OTHER = 15  # characters
AS_WELL = 0.15  # by how much a place may fit one word less than another and still be meant by it
BOTH_ENDS = 0.5  # what must tell where the claim has both opposites


@dataclass(frozen=True, slots=True)
class Found:
    """A pole of a source and the place that it stands in; nothing where there is none."""

    place: Place = Place()
    line: Line | None = None
    pole: Pole | None = None


def contraries(claim: Claim, lines: Sequence[Line], decided: Sequence[Span] = ()) -> Iterator[Contrary]:
    """Yield where a claim says the contrary of the place of its sources that fits it best.

    `decided` are places of words on which it was already compared.
    """
    if lines:
        yield from denials(claim, lines)
        yield from _opposed(claim, lines, decided)
        yield from _mixed(claim, lines, decided)
        yield from _prefixed(claim, lines)


def _mixed(claim: Claim, lines: Sequence[Line], decided: Sequence[Span]) -> Iterator[Contrary]:
    """Yield an axis on which nearly the same statement has as many words, but at other ends: the larger, the more."""
    best = likest(lines, claim.weights)
    if best.fit(claim.weights) < NEARLY_THE_SAME:
        return
    for axis in dict.fromkeys(pole.axis for pole in claim.statement.poles):
        mine, yours = (
            [pole for pole in poles if _kindred_axes(axis, pole.axis) and not pole.unsure]
            for poles in (claim.statement.poles, best.statement.poles)
        )
        places = [(pole.start, pole.end) for pole in mine]
        if len(mine) == len(yours) > 1 and not any(place in decided for place in places):
            if sum(pole.sign for pole in mine) != sum(pole.sign for pole in yours):
                yield Contrary("opposite", ", ".join(claim.statement.text[slice(*p)] for p in places), 1.0, best)
                return


def _opposed(claim: Claim, lines: Sequence[Line], decided: Sequence[Span]) -> Iterator[Contrary]:
    """Yield words of a claim for which the place that fits best has their opposite."""
    theirs = [pole for line in lines for pole in line.statement.poles]
    for pole in claim.statement.poles:
        near = _beside(claim, pole)
        if pole.unsure or (pole.start, pole.end) in decided or near.sum() <= 0:
            continue
        if not any(_kindred(pole, other, closely=True) and other.sign != pole.sign for other in theirs):
            continue
        agreeing, opposed = _ends(claim, pole, near, lines)
        if opposed.line is None:
            continue
        strength = stronger(near, opposed.place, agreeing.place)
        if agreeing.line is opposed.line:
            strength = _next_to(claim, pole, opposed, agreeing)
        twins = [other for other in claim.statement.poles if other.axis == pole.axis and other.sign != pole.sign]
        if any(_meant_by(claim, twin, opposed) for twin in twins) and agreeing.line is not opposed.line:
            continue
        if pole.axis == "same" and pole.sign < 0 and (twins or opposed.place.fit < NEARLY_THE_SAME):
            continue  # "A and B differ in …": what is the same of them may be told, too
        if strength > (BOTH_ENDS if twins else 0.0):
            yield Contrary("opposite", claim.statement.text[pole.start : pole.end], strength, opposed.line)


def _ends(claim: Claim, pole: Pole, near: Vector, lines: Sequence[Line]) -> tuple[Found, Found]:
    """Return the places that fit best of those that agree with a pole and of those that say its opposite."""
    agreeing, opposed = Found(), Found()
    for line in lines:
        for other in _comparable(pole, line.statement.poles):
            if pole.governing and not _govern_alike(claim, pole, line, other):
                continue
            found = Found(line.place(near, line.statement.parts_of(other.start, other.end)), line, other)
            if other.sign == pole.sign or other.unsure:
                agreeing = max(agreeing, found, key=lambda f: f.place.fit)
            elif _kindred(pole, other, closely=True):
                opposed = max(opposed, found, key=lambda f: f.place.fit)
    return agreeing, opposed


def _comparable(pole: Pole, others: Sequence[Pole]) -> list[Pole]:
    """Return the poles of a statement on a kindred axis; those on the same one only, where one says the opposite."""
    against = any(o.axis == pole.axis and o.sign != pole.sign and not o.unsure for o in others)
    return [other for other in others if (other.axis == pole.axis if against else _kindred(pole, other))]


def _kindred_axes(one: str, other: str) -> bool:
    return one == other or {one, other} <= KINDRED_AXES[0]


def _kindred(one: Pole, other: Pole, closely: bool = False) -> bool:
    """Whether two axes are the same or nearly so."""
    close, wide = KINDRED_AXES
    return one.axis == other.axis or {one.axis, other.axis} <= (close if closely else wide)


def _next_to(claim: Claim, pole: Pole, opposed: Found, agreeing: Found) -> float:
    """Return how much more what stands next to a pole goes with the other pole of the same statement; 0 for little.

    Only of some axes can that be told.
    """
    line = opposed.line
    if line is None or opposed.pole is None or agreeing.pole is None or pole.axis not in PAIRED_AXES:
        return 0.0
    if sum(other.axis == pole.axis and other.sign == pole.sign for other in claim.statement.poles) > 1:
        return 0.0
    twins = [o for o in claim.statement.poles if o.axis == pole.axis and o.sign != pole.sign]
    if any(abs(pole.start - other.start) < BESIDE_EACH_OTHER for other in twins):  # "offline and online"
        return 0.0
    near = claim.closest(pole.start, pole.end, line.inside)
    there, here = (line.alone_at(near, one.start, one.end) for one in (opposed.pole, agreeing.pole))
    strength = preference(near, there, here)
    return strength if strength > BESIDE else 0.0


def _meant_by(claim: Claim, twin: Pole, opposed: Found) -> bool:
    """Whether a source's pole that says the opposite of one word of the claim is what another of its words says."""
    line, pole = opposed.line, opposed.pole
    if line is None or pole is None:
        return False
    place = line.place(_beside(claim, twin), line.statement.parts_of(pole.start, pole.end))
    return place.fit >= opposed.place.fit - AS_WELL


def _beside(claim: Claim, pole: Pole) -> Vector:
    """Return the weights of what a pole is said of: the units near it without the pole's own."""
    near = claim.near(pole.start, pole.end, claim.weights) + EVERYWHERE * claim.weights
    for at, spans in enumerate(claim.spans):
        if claim.turning[at] or meets_any((pole.start, pole.end), spans):
            near[at] = 0.0
    return near


def _govern_alike(claim: Claim, pole: Pole, line: Line, other: Pole) -> bool:
    """Whether "before" and "after" stand before the same thing (in Korean, after it)."""
    korean = is_hangul(claim.statement.text[pole.start])
    beside = _neighbour([span for spans in claim.spans for span in spans], pole, korean)
    if beside is None:
        return False
    units = [at for at, spans in enumerate(claim.spans) if beside in spans]
    places = [(term.start, term.end) for term in line.statement.terms if term.start >= 0]
    there = _neighbour(places, other, line.language == "ko")
    terms = [at for at, term in enumerate(line.statement.terms) if (term.start, term.end) == there]
    return any(line.aligned.matrix[unit, term] >= AKIN for unit in units for term in terms)


def _neighbour(places: Sequence[tuple[int, int]], pole: Pole, before: bool) -> tuple[int, int] | None:
    if before:
        return max((place for place in places if place[1] <= pole.start), default=None)
    return min((place for place in places if place[0] >= pole.end), default=None)


def _prefixed(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    """Yield words that the best place has with or without a prefix that makes them opposites: reliable, unreliable."""
    best = likest(lines, claim.weights)
    words = [(best.statement.text[t.start : t.end], t) for t in best.statement.terms if t.start >= 0]
    for at, unit in enumerate(claim.units):
        if best.inside[at] == 1.0 or not claim.spans[at] or " " in unit.written:
            continue
        for word, term in words:
            if word[-2:] == unit.written[-2:] and opposites_by_prefix(word, unit.written):
                start, end = claim.spans[at][0]
                if _else_negated(claim.statement, start, end) == _else_negated(best.statement, term.start, term.end):
                    yield Contrary("opposite", unit.written, float(best.fit(claim.weights)), best)


def _else_negated(statement: Statement, start: int, end: int) -> bool:
    """Whether a word is said no to by another word than itself."""
    return any(n.says_no_to(start, end) and n.focus != (n.start, n.end) for n in statement.negations)

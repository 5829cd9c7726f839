"""A claim beside its sources in, where it says the contrary out: yes for no, and one of two opposites for the other.

Compared is what is said of the same thing: what fits the claim as well and agrees with it takes back what does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.analyse import Term
from qa.check.align import Claim, Line, Place, Vector, preference
from qa.check.lexicon import KINDRED_AXES, PAIRED_AXES, SHARED_AXES
from qa.check.polarity import Pole, opposites_by_prefix

SAME_THING, AKIN = 0.47, 0.3  # how well a unit must be borne out to be denied, and to be affirmed
FIT, MARGIN = 0.45, 0.2  # how well the place must fit, and how much weight must tell it from one that agrees
BESIDE = 0.35  # the same within one statement, by what stands next to the pole
EVERYWHERE = 0.15  # how much more than beside a figure counts what stands elsewhere in the claim
DENIED, SAYS_SOMETHING = 0.6, 0.5
BOTH_ENDS = 0.5  # what must tell where the claim has both opposites
TELLING = 0.2  # what weighs less frames a claim

Way = Literal["negation", "opposite"]


@dataclass(frozen=True, slots=True)
class Contrary:
    """What of a claim says the contrary, as it is written there; `strength` is how much better that place fits."""

    way: Way
    written: str
    strength: float
    line: Line


@dataclass(frozen=True, slots=True)
class Found:
    """A pole of a source and the place that it stands in; nothing where there is none."""

    place: Place = Place()
    line: Line | None = None
    pole: Pole | None = None


def contraries(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    """Yield where a claim says the contrary of the place of its sources that fits it best."""
    if not lines:
        return
    denied = list(_negated(claim, lines))
    yield from denied or _denied_at_all(claim, lines)
    yield from _opposed(claim, lines)


def _negated(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    for at, spans in enumerate(claim.spans):
        if not spans or claim.weights[at] < TELLING:
            continue
        start, end = spans[0]
        no = claim.statement.negated(start, end)
        if not no and claim.statement.near_negation(start, end):
            continue
        near = claim.near(start, end, claim.weights) + EVERYWHERE * claim.weights
        agreeing, opposed, where = Place(), Place(), None
        for line, terms in _same_things(at, lines):
            places = [line.place(near, line.statement.parts_of(term.start, term.end)) for term in terms]
            place = max(places, key=lambda p: p.fit)
            if not all(_turned(line, no, term.start, term.end) for term in terms):
                agreeing = max(agreeing, place, key=lambda p: p.fit)
            elif place.fit > opposed.fit and line.inside[at] >= SAME_THING:
                opposed, where = place, line
        if where is not None and (strength := _stronger(near, opposed, agreeing)):
            yield Contrary("negation", claim.statement.text[start:end], strength, where)


def _denied_at_all(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    """Yield a negation of the claim whose clause is borne out well by statements that say no to nothing."""
    for negation in claim.statement.negations:
        if negation.focus is None or claim.statement.text[slice(*negation.focus)] == claim.statement.text[negation.start : negation.end]:
            continue
        inside = [any(negation.scope[0] < e and s < negation.scope[1] for s, e in spans) for spans in claim.spans]
        weights = np.where(inside, claim.weights, 0.0)
        if weights.sum() < SAYS_SOMETHING:
            continue
        best = max(lines, key=lambda line: line.fit(weights) + line.fit(claim.weights) / 2)
        fits = best.fit(weights)
        own = {(pole.axis, pole.upper) for pole in claim.statement.poles}
        turned = any(pole.sign < 0 and (pole.axis, pole.upper) not in own for pole in best.statement.poles)
        if fits >= DENIED and len(best.statement.negations) < len(claim.statement.negations) and not turned:
            yield Contrary("negation", claim.statement.text[negation.focus[0] : negation.end], fits, best)


def _same_things(unit: int, lines: Sequence[Line]) -> Iterator[tuple[Line, list[Term]]]:
    """Yield the statements that bear out a unit, with those of their terms that do so best."""
    for line in lines:
        if line.inside[unit] >= AKIN:
            held = line.aligned.matrix[unit]
            terms = [term for at, term in enumerate(line.statement.terms) if held[at] >= AKIN and term.start >= 0]
            if terms:
                yield line, terms


def _stronger(near: Vector, opposed: Place, agreeing: Place) -> float:
    """Return by how much weight the place that says the contrary is the one meant; 0 where it may be the other."""
    if opposed.fit <= FIT:
        return 0.0
    if not agreeing.found:
        return opposed.fit
    strength = preference(near, opposed, agreeing)
    return strength if strength > MARGIN else 0.0


def _turned(line: Line, no: bool, start: int, end: int) -> bool:
    """Whether a source says yes to what a claim says no to, or the reverse."""
    if no:
        return not line.statement.near_negation(start, end)
    return line.statement.negated(start, end)


def _opposed(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    for pole in claim.statement.poles:
        if pole.unsure:
            continue
        near = _beside(claim, pole)
        if near.sum() <= 0:
            continue
        agreeing, opposed = Found(), Found()
        for line in lines:
            for other in line.statement.poles:
                if not _kindred(pole, other) or (pole.governing and not _govern_alike(claim, pole, line, other)):
                    continue
                found = Found(line.place(near, line.statement.parts_of(other.start, other.end)), line, other)
                if other.sign == pole.sign or other.unsure:
                    agreeing = max(agreeing, found, key=lambda f: f.place.fit)
                elif _kindred(pole, other, closely=True):
                    opposed = max(opposed, found, key=lambda f: f.place.fit)
        if opposed.line is None:
            continue
        strength = _stronger(near, opposed.place, agreeing.place)
        if agreeing.line is opposed.line:
            strength = _next_to(claim, pole, opposed, agreeing)
        both = any(other.axis == pole.axis and other.sign != pole.sign for other in claim.statement.poles)
        if strength > (BOTH_ENDS if both else 0.0):
            yield Contrary("opposite", claim.statement.text[pole.start : pole.end], strength, opposed.line)
    yield from _prefixed(claim, lines)


def _kindred(one: Pole, other: Pole, closely: bool = False) -> bool:
    """Whether two axes are the same or nearly so."""
    close, wide = KINDRED_AXES
    return one.axis == other.axis or {one.axis, other.axis} <= (close if closely else wide)


def _next_to(claim: Claim, pole: Pole, opposed: Found, agreeing: Found) -> float:
    """Return how much more what stands next to a pole goes with the other pole of the same statement; 0 for little.

    On axes of more and less that cannot be told.
    """
    line = opposed.line
    if line is None or opposed.pole is None or agreeing.pole is None or pole.axis in SHARED_AXES:
        return 0.0
    if pole.axis not in PAIRED_AXES and any(p.axis == pole.axis and p.sign != pole.sign for p in claim.statement.poles):
        return 0.0
    near = claim.closest(pole.start, pole.end, line.inside)
    places = [line.alone_at(near, one.start, one.end) for one in (opposed.pole, agreeing.pole)]
    strength = preference(near, *places)
    return strength if strength > BESIDE else 0.0


def _beside(claim: Claim, pole: Pole) -> Vector:
    """Return the weights of what a pole is said of: the units near it without the pole's own."""
    near = claim.near(pole.start, pole.end, claim.weights) + EVERYWHERE * claim.weights
    for at, spans in enumerate(claim.spans):
        if any(start < pole.end and pole.start < end for start, end in spans):
            near[at] = 0.0
    return near


def _govern_alike(claim: Claim, pole: Pole, line: Line, other: Pole) -> bool:
    """Whether "before" and "after" stand before the same thing (in Korean, after it)."""
    beside = _neighbour([span for spans in claim.spans for span in spans], pole, "가" <= claim.statement.text[pole.start] <= "힣")
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
    best = max(lines, key=lambda line: line.fit(claim.weights) + line.cosine / 2, default=None)
    if best is None:
        return
    own = {term.text for term in best.statement.terms}
    for at, unit in enumerate(claim.units):
        if unit.written.lower() in own or not claim.spans[at]:
            continue
        for term in best.statement.terms:
            word = best.statement.text[term.start : term.end] if term.start >= 0 else ""
            if word and word.lower() != unit.written.lower() and opposites_by_prefix(word, unit.written):
                start, end = claim.spans[at][0]
                if claim.statement.negated(start, end) == best.statement.negated(term.start, term.end):
                    yield Contrary("opposite", unit.written, float(best.fit(claim.weights)), best)

"""A claim beside its sources in, where one says yes and the other no to the same thing out.

What fits the claim as well and agrees with it takes back what does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.analyse import Term
from qa.check.claim import Claim, Vector
from qa.check.lexicon import UNPAIRED_AXES
from qa.check.line import Line, Place, preference
from qa.check.spans import Span, meets_any

SAME_THING, AKIN = 0.47, 0.3  # how well a unit must be borne out to be denied, and to be affirmed
FIT, MARGIN = 0.45, 0.2  # how well the place must fit, and how much weight must tell it from one that agrees
EVERYWHERE = 0.15  # how much more than beside a figure counts what stands elsewhere in the claim
DENIED, SAYS_SOMETHING = 0.6, 0.5  # how well what is denied must be borne out, and its weight
DENIED_THERE, DENIED_MARGIN, SAYS_MUCH = 0.6, 0.2, 0.9  # the same for what a source denies
OUTWEIGHS = 1.8
TELLING = 0.2  # what weighs less frames a claim

Way = Literal["negation", "opposite"]


@dataclass(frozen=True, slots=True)
class Contrary:
    """What of a claim says the contrary, as it is written there; `strength` is how much better that place fits."""

    way: Way
    written: str
    strength: float
    line: Line


def denials(claim: Claim, lines: Sequence[Line]) -> list[Contrary]:
    """Return where a claim says yes to what the place of its sources that fits best says no to, or the reverse."""
    return list(_negated(claim, lines)) or [*_denied_at_all(claim, lines), *_denied_by_source(claim, lines)]


def _negated(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    """Yield units that are said no to on one side only; of what one "no" covers, all must be."""
    found: dict[Span | int, list[Contrary | None]] = {}
    for at, spans in enumerate(claim.spans):
        if not spans or claim.weights[at] < TELLING:
            continue
        focus = next((n.focus for n in claim.statement.negations if n.says_no_to(*spans[0])), None)
        if focus is None and claim.statement.near_negation(*spans[0]):
            continue
        beside = [(line, terms, _all_turned(line, focus is not None, terms)) for line, terms in _same_things(at, lines)]
        if any(turned for *_, turned in beside):
            found.setdefault(focus or at, []).extend(_turned_round(claim, at, beside))
        elif beside:
            found.setdefault(focus or at, []).append(None)
    for group in found.values():
        if all(contrary is not None for contrary in group):
            yield from (contrary for contrary in group if contrary is not None)


def _turned_round(
    claim: Claim, unit: int, beside: Sequence[tuple[Line, list[Term], bool]]
) -> Iterator[Contrary | None]:
    """Yield a unit as contrary where the place that is meant has it turned round, None where one that agrees may be."""
    start, end = claim.spans[unit][0]
    near = claim.near(start, end, claim.weights) + EVERYWHERE * claim.weights
    agreeing, opposed, where = Place(), Place(), None
    for line, terms, turned in beside:
        place = max((line.place(near, line.statement.parts_of(t.start, t.end)) for t in terms), key=lambda p: p.fit)
        if not turned:
            agreeing = max(agreeing, place, key=lambda p: p.fit)
        elif place.fit > opposed.fit and line.inside[unit] >= SAME_THING:
            opposed, where = place, line
    strength = stronger(near, opposed, agreeing) if where is not None else 0.0
    if where is not None and strength:
        yield Contrary("negation", claim.statement.text[start:end], strength, where)
    elif agreeing.found:
        yield None


def _denied_at_all(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    """Yield a negation of the claim whose clause is borne out well by statements that say no to nothing."""
    for negation in claim.statement.negations:
        if negation.focus is None or not negation.whole:
            continue
        inside = [meets_any(negation.scope, spans) for spans in claim.spans]
        weights = np.where(inside, claim.weights, 0.0)
        if weights.sum() < SAYS_SOMETHING:
            continue
        best = max(lines, key=lambda line: line.fit(weights) + line.fit(claim.weights) / 2)
        fits = best.fit(weights)
        mine = {(pole.axis, pole.upper) for pole in claim.statement.poles}
        turned = any(pole.sign < 0 and (pole.axis, pole.upper) not in mine for pole in best.statement.poles)
        here = sum(n.whole and n.reaches(*negation.scope) for n in claim.statement.negations)
        own = sum(n.focus != (n.start, n.end) for n in best.statement.negations)  # "untuned" denies no clause
        if fits >= DENIED and own < here and not turned:
            start, end = min(negation.start, negation.focus[0]), max(negation.end, negation.focus[1])
            yield Contrary("negation", claim.statement.text[start:end], fits, best)


def _denied_by_source(claim: Claim, lines: Sequence[Line]) -> Iterator[Contrary]:
    """Yield a part of the claim that says yes to what fits best a clause of the sources that says no."""
    for part, inside in enumerate(claim.member):
        weights = np.where(inside, claim.weights, 0.0)
        spans = claim.statement.parts[part]
        if weights.sum() < SAYS_MUCH or any(claim.statement.near_negation(*span) for span in spans):
            continue
        if any(pole.sign < 0 for pole in claim.statement.poles if any(s <= pole.start < e for s, e in spans)):
            continue
        denied, affirmed, where = 0.0, 0.0, None
        for line in lines:
            no, yes = _clauses(line, weights)
            affirmed = max(affirmed, yes)
            if no > denied:
                denied, where = no, line
        if where is not None and denied >= DENIED_THERE and denied > affirmed + DENIED_MARGIN:
            text = " ".join(claim.statement.text[slice(*span)].strip() for span in spans)
            yield Contrary("negation", text, denied, where)


def _clauses(line: Line, weights: Vector) -> tuple[float, float]:
    """Return how well the clauses of a statement that say no, and those that do not, bear out some units.

    Where a negation turns a word that has an opposite, it may be said without a negation as well.
    """
    statement, total = line.statement, float(weights.sum())
    whole = [n for n in statement.negations if n.whole and n.focus]
    opposites = [pole for pole in statement.poles if pole.axis not in UNPAIRED_AXES]
    turned = any(n.says_no_to(pole.start, pole.end) for n in whole for pole in opposites)
    if not whole or turned:
        return 0.0, line.fit(weights)
    inside = np.array([any(n.clause[0] <= t.start < n.clause[1] for n in whole) for t in statement.terms], np.bool_)
    no, yes = (float(weights @ line.aligned.most(terms)) / total for terms in (inside, ~inside))
    return no, yes


def _same_things(unit: int, lines: Sequence[Line]) -> Iterator[tuple[Line, list[Term]]]:
    """Yield the statements that bear out a unit, with those of their terms that do so best."""
    for line in lines:
        if line.inside[unit] >= AKIN:
            held = line.aligned.matrix[unit]
            terms = [term for at, term in enumerate(line.statement.terms) if held[at] >= AKIN and term.start >= 0]
            if terms:
                yield line, terms


def stronger(near: Vector, opposed: Place, agreeing: Place) -> float:
    """Return by how much weight the place that says the contrary is the one meant; 0 where it may be the other."""
    if opposed.fit <= FIT:
        return 0.0
    if not agreeing.found:
        return opposed.fit
    strength = preference(near, opposed, agreeing, OUTWEIGHS)
    return strength if strength > MARGIN else 0.0


def _all_turned(line: Line, no: bool, terms: Sequence[Term]) -> bool:
    """Whether a source says yes to all that a claim says no to, or the reverse."""
    if no:
        return not any(line.statement.near_negation(term.start, term.end) for term in terms)
    return all(line.statement.negated(term.start, term.end) for term in terms)

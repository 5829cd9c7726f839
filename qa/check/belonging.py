"""A quantity of a claim and a statement that has it in, whether both give it to the same thing out.

A figure belongs to what stands next to it: what is counted, the name before or behind it, the words of its part.
"""

from collections.abc import Sequence

import numpy as np

from qa.check.claim import FRAMED, Claim
from qa.check.line import Line, preference
from qa.check.quantities import Agreement, Quantity, agreement, comparable, counted, named

ORDER = 30  # times that a figure may be larger than one that it was taken for
AKIN, KNOWN = (
    0.3,
    0.45,
)  # how well a unit must be borne out to be the thing that is meant, and the thing that is counted


def verdict_on(claimed: Quantity, stated: Quantity, line: Line) -> Agreement:
    """Return how a statement's quantity agrees with a claimed one; its unit may stand anywhere in the statement."""
    verdict = agreement(claimed, stated)
    if verdict == "unit" and stated.unit == "" and named(claimed.unit, line.statement.text):
        return "same"
    return verdict


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are of one unit and of one order of magnitude."""
    low, high = sorted((abs(one.value), abs(other.value)))
    near = one.date is not None or high <= ORDER * low
    return not other.label and comparable(one, other) and near


def counts_another(claim: Claim, quantity: Quantity, line: Line, stated: Sequence[Quantity]) -> bool:
    """Whether a statement counts with another number what a quantity counts: 8 languages for 6."""
    if not _counts(quantity):
        return False
    text, other = claim.statement.text, line.statement.text
    others = [one for one in claim.statement.quantities if one is not quantity]
    stated = [s for s in stated if not any(verdict_on(one, s, line) == "same" for one in others)]
    for at, spans in enumerate(claim.spans):
        if claim.of_names[at] or claim.weights[at] < FRAMED or not any(counted(text, quantity, span) for span in spans):
            continue
        terms = [t for t, held in zip(line.statement.terms, line.aligned.matrix[at], strict=True) if held >= KNOWN]
        beside = [one for one in stated if any(counted(other, one, (t.start, t.end)) for t in terms if t.start >= 0)]
        verdicts = [verdict_on(quantity, one, line) for one in beside]
        if "same" in verdicts:
            return False
        if any(comparable(quantity, one) and _counts(one) for one in beside):
            return True
    return False


def _counts(quantity: Quantity) -> bool:
    return (
        quantity.unit == "" and quantity.date is None and not quantity.label and quantity.value == int(quantity.value)
    )


def in_order(claim: Claim, line: Line) -> bool:
    """Whether a statement has all of several figures of the claim, and its names, in the claim's order."""
    figures = [quantity for quantity in claim.statement.quantities if not (quantity.label or quantity.size)]
    figures = [figure for figure in figures if figure.date is None] or figures  # dates stand before and behind names
    stated = line.statement.quantities
    at, first = -1, 0
    for one in figures:
        found = next((k for k in range(at + 1, len(stated)) if verdict_on(one, stated[k], line) == "same"), None)
        if found is None:
            return False
        first, at = (found if at < 0 else first), found
    skipped = [one for one in stated[first:at] if not any(verdict_on(f, one, line) == "same" for f in figures)]
    if len(figures) < 2 or any(alike(one, figure) for one in skipped for figure in figures):
        return False
    places = [places[0] for name in claim.statement.names if (places := name.places(line.statement.text))]
    return len(places) == len(claim.statement.names) and places == sorted(places)


def goes_elsewhere(claim: Claim, quantity: Quantity, stated: Sequence[Quantity], line: Line) -> float:
    """Return how much more what stands next to a quantity goes with another one of a statement that has both.

    Another one that the claim gives as well must go the better with what stands next to this one.
    """
    right = [one for one in stated if verdict_on(quantity, one, line) == "same"]
    if any(one.bound == quantity.bound != 0 for one in right):
        return 0.0
    near = claim.closest(quantity.start, quantity.end, line.inside, quantity.unit != "%")
    here = max((line.beside(near, one.start, one.end) for one in right), key=lambda place: place.fit)
    strength = 0.0
    for one in stated:
        if one not in right and not one.label and comparable(quantity, one) and any(one.unit == r.unit for r in right):
            if quantity.bound and one.bound == quantity.bound and not any(r.bound for r in right):
                return 1.0
            if _named_by(claim, quantity, one, right, line):
                return 1.0
            preferred = preference(near, line.beside(near, one.start, one.end), here)
            strength = max(strength, preferred - _returned(claim, quantity, one, right, line))
    return strength


def _named_by(claim: Claim, quantity: Quantity, other: Quantity, right: Sequence[Quantity], line: Line) -> bool:
    """Whether the name next to a quantity goes with another one, while this one goes with another name."""
    parts = claim.statement.parts_of(quantity.start, quantity.end)
    near = np.where(
        claim.of_names & claim.member[parts].any(axis=0), claim.closest(quantity.start, quantity.end, line.inside), 0.0
    )
    if near.max(initial=0.0) <= 0:
        return False
    sides = [int(near.argmax())]
    if claim.language == "en":  # "scores 87.3 on MMLU", "87.3 for GLM-4": it may stand before or behind
        behind = [
            at for at in map(int, np.flatnonzero(near)) if any(span[0] >= quantity.end for span in claim.spans[at])
        ]
        ahead = [at for at in map(int, np.flatnonzero(near)) if at not in behind]
        sides = [max(some, key=lambda at: near[at]) for some in (behind, ahead) if some]
    own = [part for one in right for part in line.statement.parts_of(one.start, one.end)]
    there = [part for part in line.statement.parts_of(other.start, other.end) if part not in own]
    with_own = max((float(line.alone[part][at]) for part in own for at in sides), default=0.0)
    with_other = max((float(line.alone[part][at]) for part in there for at in sides), default=0.0)
    named = any(set(line.statement.parts_of(n.start, n.end)) & set(own) for n in line.statement.names)
    return named and with_other >= KNOWN and with_own < AKIN


def _returned(claim: Claim, quantity: Quantity, other: Quantity, right: Sequence[Quantity], line: Line) -> float:
    """Return how much worse another figure of the claim would go where this one goes; 0 where it is not claimed."""
    worst = 0.0
    for one in claim.statement.quantities:
        if one is not quantity and verdict_on(one, other, line) == "same":
            near = claim.closest(one.start, one.end, line.inside)
            own = line.beside(near, other.start, other.end)
            there = max((line.beside(near, r.start, r.end) for r in right), key=lambda place: place.fit)
            worst = max(worst, own.fit - there.fit)
    return worst

"""A claim beside its sources in, what of its figures the sources do not bear out: wrong, of something else, or missing.

A figure that the sources have elsewhere, while they have another one at the place that fits best, is a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qa.check.belonging import alike, counts_another, goes_elsewhere, in_order, verdict_on
from qa.check.claim import Claim, Vector
from qa.check.line import Line, Place, likest, preference
from qa.check.quantities import Quantity, agreement, comparable
from qa.check.statement import clauses

Fault = Literal["number", "unit", "name"]

AS_WELL = 0.1  # by how much a place may fit less than the best and still be the one that was meant
MARGIN = 0.25  # how much weight must speak for another place before it is the one that was meant
BESIDE = 0.37  # the same within one statement, by what stands next to the figure
WELL = 0.5  # how well a statement must fit the claim for its counts to be those that the claim counts
NEARLY_THE_SAME = 0.8
APART = 0.85  # how much what stands in the rest of a statement counts where another statement is compared
SPEAKS_FOR = 0.1
NAMES_TELL, NAMES_ELSEWHERE = 1.2, 0.4  # how much more a name tells of what a figure belongs to
_IN_TURN = re.compile(r"\b(?:former|latter|respectively|in turn)\b|전자는|후자는|각각|차례로")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something of a claim that the sources do not bear out, as it is written there, from character `at` on.

    `missing` says that the sources have nothing like it; `strength` how surely they say something else, 0 to 1. `weak`
    is what may be the claim's own counting.
    """

    fault: Fault
    written: str
    strength: float
    at: int
    missing: bool = False
    weak: bool = False


def wrong_numbers(claim: Claim, lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield the quantities that the sources do not bear out."""
    stated = [(line, quantity) for line in lines for quantity in line.statement.quantities]
    odd = _odd_one_out(claim, lines)
    for quantity in claim.statement.quantities:
        if quantity in odd:
            yield Finding("number", quantity.written(claim.statement.text), 1.0, quantity.start)
            continue
        if quantity.label:
            continue
        if quantity.word and quantity.value == 1:  # "one" is seldom a figure, "a single" is
            if "single" not in quantity.written(claim.statement.text):
                continue
            meant = likest(lines, claim.weights)
            if counts_another(claim, quantity, meant, meant.statement.quantities):
                yield Finding("number", quantity.written(claim.statement.text), 1.0, quantity.start)
            continue
        if quantity.size:
            size = quantity.written(claim.statement.text)
            if not any(agreement(quantity, one) == "same" or size in line.statement.text for line, one in stated):
                yield Finding("number", size, 1.0, quantity.start, missing=True)
            continue
        near = _around(claim, quantity)
        finding = _wrong_number(claim, quantity, stated, near, lines)
        if finding is not None:
            yield finding


def _odd_one_out(claim: Claim, lines: Sequence[Line]) -> list[Quantity]:
    """Return the quantities that the statement meant has another one for, while it has the claim's other ones.

    None where what stands around it speaks for another statement that has it.
    """
    figures = [one for one in claim.statement.quantities if not (one.label or one.size or one.count)]
    if len(figures) < 2 or _IN_TURN.search(claim.statement.text):
        return []
    meant = max(lines, key=lambda line: line.likeness(claim.weights) + _share_agreed(figures, line))
    left = [one for one in meant.statement.quantities if not one.label]
    odd: list[Quantity] = []
    for figure in figures:
        found = next((one for one in left if verdict_on(figure, one, meant) == "same"), None)
        if found is None:
            odd.append(figure)
        else:
            left.remove(found)
    agreed = [one for one in figures if one not in odd]
    instead = [
        one
        for one in odd
        if any(alike(one, other) for other in left) and any(_one_clause(claim, one, other) for other in agreed)
    ]
    if len(odd) == len(figures) or meant.fit(claim.weights) < WELL:
        return []
    return [one for one in instead if not _of_another(claim, one, meant, lines)]


def _around(claim: Claim, quantity: Quantity) -> Vector:
    """Return the units' weights as they tell of what a quantity belongs to: names wherever they stand in its part."""
    near = claim.near(quantity.start, quantity.end, claim.weights)
    inside = claim.member[claim.statement.parts_of(quantity.start, quantity.end)].any(axis=0)
    names = claim.weights * np.where(inside, NAMES_TELL, NAMES_ELSEWHERE)
    return np.where(claim.of_names, np.maximum(near, names), near)


def _rivals(claim: Claim, quantity: Quantity, stated: Quantity, line: Line) -> bool:
    """Whether a stated quantity may be what a claimed one should be: of one order, or in nearly the same statement."""
    same = line.fit(claim.weights) >= NEARLY_THE_SAME and not stated.label and comparable(quantity, stated)
    return alike(quantity, stated) or same


def _settled(claim: Claim, quantity: Quantity, stated: Quantity, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a stated quantity is another one of the claim's, and stands where that one belongs."""
    for one in claim.statement.quantities:
        if one is not quantity and verdict_on(one, stated, line) == "same":
            near = claim.near(one.start, one.end, claim.weights)
            if line.fit(near) >= max(other.fit(near) for other in lines) - AS_WELL:
                return True
    return False


def _one_clause(claim: Claim, one: Quantity, other: Quantity) -> bool:
    return any(s <= one.start < e and s <= other.start < e for s, e in clauses(claim.statement.text))


def _of_another(claim: Claim, quantity: Quantity, meant: Line, lines: Sequence[Line]) -> bool:
    """Whether what stands around a quantity speaks for a statement that has it, rather than for the one meant."""
    near = _around(claim, quantity)
    there = Place(meant.fit(near), meant.held)
    for line in lines:
        if line is not meant and any(verdict_on(quantity, one, line) == "same" for one in line.statement.quantities):
            if preference(near, Place(line.fit(near), line.held), there) > SPEAKS_FOR:
                return True
    return False


def _share_agreed(figures: Sequence[Quantity], line: Line) -> float:
    stated = line.statement.quantities
    return 0.5 * sum(any(verdict_on(one, other, line) == "same" for other in stated) for one in figures) / len(figures)


def _wrong_number(
    claim: Claim, quantity: Quantity, stated: Sequence[tuple[Line, Quantity]], near: Vector, lines: Sequence[Line]
) -> Finding | None:
    """Return what is wrong with a quantity; None where it is right."""
    same: list[tuple[Line, Place]] = []
    other: list[tuple[Line, Place, Fault]] = []
    for line, one in stated:
        verdict = verdict_on(quantity, one, line)
        rivals = verdict != "no" or (
            _rivals(claim, quantity, one, line) and not _settled(claim, quantity, one, line, lines)
        )
        if verdict == "same" or rivals:
            place = line.place(near, line.statement.parts_of(one.start, one.end), APART)
            if verdict == "same":
                same.append((line, place))
            else:
                other.append((line, place, "number" if verdict == "no" else "unit"))
    if not same:
        return _missing(claim, quantity, stated, other)
    if (quantity.count and quantity.word) or _IN_TURN.search(claim.statement.text):
        return None
    best = max(place.fit for _, place in same)
    rivals_at = [(line, place) for line, place, fault in other if fault == "number"]
    strength = min(
        _elsewhere(claim, quantity, near, (line, place), [one for of, one in stated if of is line], rivals_at)
        for line, place in same
        if place.fit >= best - AS_WELL
    )
    return Finding("number", quantity.written(claim.statement.text), strength, quantity.start) if strength > 0 else None


def _missing(
    claim: Claim,
    quantity: Quantity,
    stated: Sequence[tuple[Line, Quantity]],
    other: Sequence[tuple[Line, Place, Fault]],
) -> Finding:
    """Return that no source has a quantity; weakly where it may be the claim's own counting of what is listed."""
    nowhere: tuple[Line | None, Place, Fault] = (None, Place(), "number")
    _, there, fault = max(other, key=lambda one: one[1].fit + AS_WELL * (one[2] == "unit"), default=nowhere)
    beside = any(
        line.fit(claim.weights) >= WELL
        and counts_another(claim, quantity, line, [one for of, one in stated if of is line])
        for line, _, _ in other
    )
    weak = quantity.count and not beside
    written = quantity.written(claim.statement.text)
    return Finding(fault, written, there.fit, quantity.start, missing=True, weak=weak)


def _elsewhere(
    claim: Claim,
    quantity: Quantity,
    near: Vector,
    here: tuple[Line, Place],
    own: Sequence[Quantity],
    others: Sequence[tuple[Line, Place]],
) -> float:
    """Return how surely a place that has a quantity is not the one meant, 0 to 1; 0 where it may be.

    `own` are all quantities of that line, `others` the places of other ones that could be meant.
    """
    line, place = here
    if in_order(claim, line):
        return 0.0
    if counts_another(claim, quantity, line, own):
        return 1.0
    apart = max((preference(near, there, place) for of, there in others if of is not line), default=0.0)
    beside = goes_elsewhere(claim, quantity, own, line)
    return max(beside if beside > BESIDE else 0.0, apart if apart > MARGIN else 0.0)

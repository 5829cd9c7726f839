"""A claim beside its sources in, what of its figures and names the sources do not bear out: wrong, of something else, or missing.

A figure or a name belongs to what stands near it. One that the source has elsewhere, while it has another one at the place
that fits best, is a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qa.check.align import FRAMED, Claim, Line, Place, SourceView, Vector, preference
from qa.check.naming import Name, names
from qa.check.quantities import Agreement, Quantity, agreement, comparable, counted, named

Fault = Literal["number", "unit", "name"]

AS_WELL = 0.1  # by how much a place may fit less than the best and still be the one that was meant
MARGIN = 0.25  # how much weight must speak for another place before it is the one that was meant
BESIDE = 0.6  # the same within one statement, by what stands next to the figure
NAME_MARGIN, NAME_PLACE = 0.2, 0.6
SAME_BUT_FOR_NAME = (0.75, 0.25)  # likewise, where all but the name is there
SAYS_SOMETHING = 0.5  # weight from which words around a name tell what it goes with
WELL = 0.5  # how well a statement must fit the claim for its counts to be those that the claim counts
SPEAKS_FOR = 0.1
NAMES_TELL = 1.5  # how much more a name tells of what a figure belongs to
_IN_TURN = re.compile(r"\b(?:former|latter|respectively|in turn)\b|전자는|후자는|각각|차례로")
PLACE = 0.3  # how well a place must fit to be the one that was meant
KNOWN = 0.45  # how well a name's unit must be borne out to be the same name in other letters


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
    telling = np.where(claim.of_names, NAMES_TELL, 1.0) * claim.weights
    odd = _odd_one_out(claim, lines, telling)
    for quantity in claim.statement.quantities:
        if quantity in odd:
            yield Finding("number", quantity.written(claim.statement.text), 1.0, quantity.start)
            continue
        if quantity.label or (quantity.word and quantity.value == 1):
            continue
        if quantity.size:
            size = quantity.written(claim.statement.text)
            if not any(agreement(quantity, one) == "same" or size in line.statement.text for line, one in stated):
                yield Finding("number", size, 1.0, quantity.start, missing=True)
            continue
        finding = _wrong_number(claim, quantity, stated, claim.near(quantity.start, quantity.end, telling))
        if finding is not None:
            yield finding


def _odd_one_out(claim: Claim, lines: Sequence[Line], telling: Vector) -> list[Quantity]:
    """Return the quantities that the statement meant has another one for, while it has the claim's other ones.

    None where what stands around it speaks for another statement that has it.
    """
    figures = [one for one in claim.statement.quantities if not (one.label or one.size or one.word)]
    if len(figures) < 2 or _IN_TURN.search(claim.statement.text):
        return []
    meant = max(lines, key=lambda line: line.fit(claim.weights) + line.cosine / 2 + _share_agreed(figures, line))
    left = [one for one in meant.statement.quantities if not one.label]
    odd: list[Quantity] = []
    for figure in figures:
        found = next((one for one in left if _verdict(figure, one, meant) == "same"), None)
        if found is None:
            odd.append(figure)
        else:
            left.remove(found)
    instead = [one for one in odd if any(one.unit == other.unit and comparable(one, other) for other in left)]
    if len(odd) == len(figures) or meant.fit(claim.weights) < WELL:
        return []
    return [one for one in instead if not _of_another(claim, one, meant, lines, telling)]


def _of_another(claim: Claim, quantity: Quantity, meant: Line, lines: Sequence[Line], telling: Vector) -> bool:
    """Whether what stands around a quantity speaks for a statement that has it, rather than for the one meant."""
    near = claim.near(quantity.start, quantity.end, telling)
    there = Place(meant.fit(near), meant.held)
    for line in lines:
        if line is not meant and any(_verdict(quantity, one, line) == "same" for one in line.statement.quantities):
            if preference(near, Place(line.fit(near), line.held), there) > SPEAKS_FOR:
                return True
    return False


def _share_agreed(figures: Sequence[Quantity], line: Line) -> float:
    stated = line.statement.quantities
    return 0.5 * sum(any(_verdict(one, other, line) == "same" for other in stated) for one in figures) / len(figures)


def _wrong_number(
    claim: Claim, quantity: Quantity, stated: Sequence[tuple[Line, Quantity]], near: Vector
) -> Finding | None:
    """Return what is wrong with a quantity; None where it is right."""
    written, at = quantity.written(claim.statement.text), quantity.start
    same: list[tuple[Line, Place]] = []
    other: list[tuple[Line, Place, Fault]] = []
    for line, one in stated:
        verdict = _verdict(quantity, one, line)
        if verdict == "same":
            same.append((line, line.place(near, line.statement.parts_of(one.start, one.end))))
        elif not one.label and (verdict != "no" or comparable(quantity, one)):
            place = line.place(near, line.statement.parts_of(one.start, one.end))
            other.append((line, place, "number" if verdict == "no" else "unit"))
    fault: Fault = "number"
    if not same:
        _, there, fault = max(other, key=lambda one: one[1].fit, default=(None, Place(), fault))
        by_line = [(line, [one for of, one in stated if of is line]) for line, _, _ in other]
        beside = any(_counts_another(claim, quantity, line, others) for line, others in by_line if line.fit(claim.weights) >= WELL)
        weak = quantity.count and not beside
        return Finding(fault, written, there.fit, at, missing=True, weak=weak)
    if (quantity.count and quantity.word) or _IN_TURN.search(claim.statement.text):
        return None
    best = max(place.fit for _, place in same)
    strengths = []
    for line, place in same:
        if place.fit >= best - AS_WELL:
            if _in_order(claim, line):
                return None
            elsewhere = [(p, f) for l, p, f in other if l is not line]
            there, fault = max(elsewhere, key=lambda one: one[0].fit, default=(Place(), fault))
            own = [one for of, one in stated if of is line]
            if _counts_another(claim, quantity, line, own):
                strengths.append(1.0)
                continue
            beside = _in_one_statement(claim, quantity, own, line)
            apart = preference(near, there, place)
            strengths.append(max(beside if beside > BESIDE else 0.0, apart if apart > MARGIN else 0.0))
    return Finding(fault, written, min(strengths), at) if min(strengths) > 0 else None


def _counts_another(claim: Claim, quantity: Quantity, line: Line, stated: Sequence[Quantity]) -> bool:
    """Whether what a quantity counts is counted by another one in a statement, and not by its own: 8 languages for 6."""
    if not _counts(quantity):
        return False
    text, other = claim.statement.text, line.statement.text
    for at, spans in enumerate(claim.spans):
        if claim.of_names[at] or claim.weights[at] < FRAMED or not any(counted(text, quantity, span) for span in spans):
            continue
        terms = [t for t, held in zip(line.statement.terms, line.aligned.matrix[at], strict=True) if held >= KNOWN]
        beside = [one for one in stated if any(counted(other, one, (t.start, t.end)) for t in terms if t.start >= 0)]
        verdicts = [_verdict(quantity, one, line) for one in beside]
        if "same" in verdicts:
            return False
        if any(comparable(quantity, one) and _counts(one) for one in beside):
            return True
    return False


def _counts(quantity: Quantity) -> bool:
    return quantity.unit == "" and quantity.date is None and not quantity.label and quantity.value == int(quantity.value)


def _in_order(claim: Claim, line: Line) -> bool:
    """Whether a statement has all of several figures of the claim, and its names, in the claim's order."""
    figures = [quantity for quantity in claim.statement.quantities if not (quantity.label or quantity.size)]
    stated = iter(line.statement.quantities)
    if len(figures) < 2 or not all(any(_verdict(one, other, line) == "same" for other in stated) for one in figures):
        return False
    places = [places[0] for name in claim.names if (places := name.places(line.statement.text))]
    return len(places) == len(claim.names) and places == sorted(places)


def _in_one_statement(claim: Claim, quantity: Quantity, stated: Sequence[Quantity], line: Line) -> float:
    """Return how much more what stands next to a quantity goes with another one of a statement that has both.

    Another one that the claim gives as well must go the better with what stands next to this one.
    """
    right = [one for one in stated if _verdict(quantity, one, line) == "same"]
    if any(one.bound == quantity.bound != 0 for one in right):
        return 0.0
    near = claim.closest(quantity.start, quantity.end, line.inside)
    here = max((line.alone_at(near, one.start, one.end) for one in right), key=lambda place: place.fit)
    strength = 0.0
    for one in stated:
        if one not in right and comparable(quantity, one) and any(one.unit == r.unit for r in right):
            preferred = preference(near, line.alone_at(near, one.start, one.end), here)
            strength = max(strength, preferred - _returned(claim, quantity, one, right, line))
    return strength


def _returned(claim: Claim, quantity: Quantity, other: Quantity, right: Sequence[Quantity], line: Line) -> float:
    """Return how much worse another figure of the claim would go where this one goes; nothing where it is not claimed."""
    worst = 0.0
    for one in claim.statement.quantities:
        if one is not quantity and _verdict(one, other, line) == "same":
            near = claim.closest(one.start, one.end, line.inside)
            own = line.alone_at(near, other.start, other.end)
            there = max((line.alone_at(near, r.start, r.end) for r in right), key=lambda place: place.fit)
            worst = max(worst, own.fit - there.fit)
    return worst


def _verdict(claimed: Quantity, stated: Quantity, line: Line) -> Agreement:
    verdict = agreement(claimed, stated)
    if verdict == "unit" and stated.unit == "" and named(claimed.unit, line.statement.text):
        return "same"
    return verdict


def wrong_names(claim: Claim, lines: Sequence[Line], sources: Sequence[SourceView]) -> Iterator[Finding]:
    """Yield the names that the sources do not have, or have elsewhere than the claim says."""
    plain = _without_names(claim)
    found = [(name, _having(claim, name, lines, sources)) for name in claim.names]
    for name, having in found:
        if having is None:
            if _in_other_letters(claim, name, lines) < KNOWN:
                yield Finding("name", name.written, _best(claim, name, lines, plain), name.start, missing=True)
        elif (strength := _misplaced(claim, name, having, lines, plain)) > 0:
            yield Finding("name", name.written, strength, name.start)


def _having(
    claim: Claim, name: Name, lines: Sequence[Line], sources: Sequence[SourceView]
) -> list[tuple[Line, list[int]]] | None:
    """Return the statements that have a name, with the parts that it stands in; None where nothing has it.

    A name of the heading is had by every statement below it but those with another name of the heading.
    """
    above = {at for at, source in enumerate(sources) if name.places(source.heading_text)}
    having: list[tuple[Line, list[int]]] = []
    for line in lines:
        places = name.places(line.statement.text)
        heading = sources[line.source].heading_text
        if places or (line.source in above and not _names_another(claim, line, heading)):
            parts = sorted({part for place in places for part in line.statement.parts_of(*place)})
            having.append((line, parts))
    return having if having or above else None


def _misplaced(
    claim: Claim, name: Name, having: Sequence[tuple[Line, list[int]]], lines: Sequence[Line], plain: Vector
) -> float:
    """Return how much better what stands around a name fits where the name is not; 0 where it stands well.

    Only a place that names something else instead tells that the name is wrong.
    """
    meant = max(lines, key=lambda line: line.fit(plain) + line.cosine / 2)
    if any(line is meant for line, _ in having):
        return 0.0
    with_name = {id(line) for line, _ in having}
    others = [line for line in lines if id(line) not in with_name and _names_another(claim, line)]
    part = claim.member[claim.statement.parts_of(name.start, name.end)].any(axis=0)
    for near, place, margin in ((np.where(part, plain, 0.0), NAME_PLACE, NAME_MARGIN), (plain, *SAME_BUT_FOR_NAME)):
        if near.sum() >= SAYS_SOMETHING:
            here = max((line.fit(near) for line, _ in having), default=0.0)
            there = max((line.fit(near) for line in others), default=0.0)
            if there >= place and there - here > margin:
                return there - here
    return 0.0


def _names_another(claim: Claim, line: Line, heading: str | None = None) -> bool:
    """Whether a statement has a name that the claim has not; one of a heading, where there is one."""
    return any(
        not name.places(claim.statement.text) and (heading is None or bool(name.places(heading)))
        for name in names(line.statement.text)
    )


def _in_other_letters(claim: Claim, name: Name, lines: Sequence[Line]) -> float:
    """Return how well the sources bear out the unit that a name stands in: LLM as 대형 언어 모델."""
    inside = [
        at for at, spans in enumerate(claim.spans) if any(start < name.end and name.start < end for start, end in spans)
    ]
    return max((float(line.held[at]) for line in lines for at in inside), default=0.0)


def _best(claim: Claim, name: Name, lines: Sequence[Line], plain: Vector) -> float:
    near = claim.near(name.start, name.end, plain)
    return max((line.fit(near) for line in lines), default=0.0)


def _without_names(claim: Claim) -> Vector:
    """Return the units' weights without those of names and of what says more or less."""
    return np.asarray(np.where(claim.of_names | claim.turning, 0.0, claim.weights), float)

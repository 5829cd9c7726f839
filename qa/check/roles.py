"""A claim beside its sources in, where it takes two things for each other out: which has more, who does what to whom.

Compared are comparisons and verbs that both sides have; a comparison also with the figures that a source gives for the two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa.check.align import Claim, Line, Vector
from qa.check.comparisons import Comparison, Deed, comparisons, deeds
from qa.check.polarity import Span
from qa.check.quantities import Quantity

SAME_VERB = 0.45
TOLD_APART = 0.3  # how much weight must tell two things from each other, the right way round or the wrong way
LEAST = 0.2  # what weighs less is nothing in particular
BOTH = 0.5  # how well a place must bear out one of two things that a figure is given for
NEITHER, THERE = 0.35, 0.55


@dataclass(frozen=True, slots=True)
class Swap:
    """What of a claim is the wrong way round, as it is written there; `strength` is the weight that says so."""

    written: str
    strength: float
    line: Line


def swaps(claim: Claim, lines: Sequence[Line]) -> Iterator[Swap]:
    """Yield what is the wrong way round in the place of the sources that fits best."""
    text = claim.statement.text
    for compared in comparisons(text, claim.statement.poles):
        sides = _units(claim, [compared.more]), _units(claim, [compared.less])
        votes = [*_by_words(claim, compared, sides, lines), *_by_figures(claim, sides, lines)]
        if votes and (strength := _wrong(votes)) is not None:
            yield Swap(f"{text[slice(*compared.more)].strip()} > {text[slice(*compared.less)].strip()}", *strength)
    for deed in deeds(text):
        sides = _units(claim, deed.subject, True), _units(claim, deed.objects, True)
        if (votes := list(_by_verb(claim, deed, sides, lines))) and (strength := _wrong(votes)) is not None:
            yield Swap(" ".join(text[slice(*span)].strip() for span in (*deed.subject, deed.verb, *deed.objects)), *strength)


Vote = tuple[float, float, Line]  # how well the place fits, the weight for the claim's way round (below 0: against), where


def _wrong(votes: Sequence[Vote]) -> tuple[float, Line] | None:
    """Return the weight against the claim where the place that fits best says so, and no other takes it back."""
    best = max(votes, key=lambda vote: vote[0])
    against = best[1] < 0 and all(weight < 0 for fit, weight, _ in votes if fit >= best[0] - 0.05)
    return (-best[1], best[2]) if against else None


def _by_words(
    claim: Claim, compared: Comparison, sides: tuple[Vector, Vector], lines: Sequence[Line]
) -> Iterator[Vote]:
    around = claim.near(*compared.more, claim.weights)
    for line in lines:
        for stated in comparisons(line.statement.text, line.statement.poles):
            held = _held(line, [stated.more]), _held(line, [stated.less])
            weight = _way(sides, held)
            if abs(weight) >= TOLD_APART:
                yield line.fit(around, _parts(line, stated.less)), weight, line


def _by_verb(claim: Claim, deed: Deed, sides: tuple[Vector, Vector], lines: Sequence[Line]) -> Iterator[Vote]:
    verbs = np.array([any(s < deed.verb[1] and deed.verb[0] < e for s, e in spans) for spans in claim.spans], bool)
    around = claim.near(*deed.verb, claim.weights)
    for line in lines:
        for stated in deeds(line.statement.text):
            terms = _terms(line, [stated.verb])
            if not (line.aligned.matrix[np.ix_(verbs, terms)] >= SAME_VERB).any():
                continue
            held = _held(line, stated.subject), _held(line, stated.objects)
            doer = _doer(claim, sides, held, line)
            weight = doer if doer <= -TOLD_APART else _way(sides, held)
            if abs(weight) >= TOLD_APART:
                yield line.fit(around, _parts(line, stated.verb)), weight, line


def _way(sides: tuple[Vector, Vector], held: tuple[Vector, Vector]) -> float:
    """Return the share of the weight that has two things the claim's way round, less that of the other way.

    What neither or both places have tells nothing.
    """
    telling = (np.maximum(*held) >= BOTH) & (np.abs(held[0] - held[1]) >= NEITHER)
    telling &= (sides[0] > 0) ^ (sides[1] > 0)
    first, second = (np.where(telling, side, 0.0) for side in sides)
    straight = min(_share(first, held[0]), _share(second, held[1]))
    crossed = min(_share(first, held[1]), _share(second, held[0]))
    return straight - crossed


def _doer(claim: Claim, sides: tuple[Vector, Vector], held: tuple[Vector, Vector], line: Line) -> float:
    """Return below 0 where the same is done to the same, but by another thing of the claim's."""
    if _share(sides[1], held[1]) < BOTH or _share(sides[0], held[0]) > THERE:
        return 0.0
    elsewhere = _share(sides[0], np.maximum(line.inside - held[0], 0.0))
    others = np.where((sides[0] > 0) | (sides[1] > 0), 0.0, claim.weights)
    another = float((np.where(held[0] >= BOTH, others, 0.0)).max(initial=0.0))
    return -elsewhere if another >= LEAST else 0.0


def _share(weights: Vector, held: Vector) -> float:
    total = float(weights.sum())
    return float(weights @ held) / total if total >= LEAST else 0.0


def _by_figures(claim: Claim, sides: tuple[Vector, Vector], lines: Sequence[Line]) -> Iterator[Vote]:
    """Yield whether the figures that a statement or a table gives for two things are the same way round."""
    named = [np.where(claim.of_names, side, 0.0) for side in sides]
    sides = named[0] if named[0].any() else sides[0], named[1] if named[1].any() else sides[1]
    rest = np.where((sides[0] > 0) | (sides[1] > 0), 0.0, claim.weights)
    groups: dict[tuple[int, int], list[tuple[Line, Quantity, int]]] = {}
    for at, line in enumerate(lines):
        table = line.statement.text.startswith("|")
        for quantity in line.statement.quantities:
            for part in line.statement.parts_of(quantity.start, quantity.end):
                groups.setdefault((line.source, -1 if table else at), []).append((line, quantity, part))
    for figures in groups.values():
        one, other = (_figure(figures, *pair, rest) for pair in (sides, sides[::-1]))
        if one and other and one[1].unit == other[1].unit and one[1].value != other[1].value:
            weight = 1.0 if one[1].value > other[1].value else -1.0
            fit = min(float(claim.weights @ figure[0].held) for figure in (one, other)) / float(claim.weights.sum())
            yield fit, weight, one[0]


def _figure(
    figures: Sequence[tuple[Line, Quantity, int]], own: Vector, others: Vector, rest: Vector
) -> tuple[Line, Quantity, int] | None:
    """Return the figure given for one thing and not for the other, about what the claim is about; None for none."""
    best, found = 0.0, None
    for line, quantity, part in figures:
        held = line.alone[part]
        mine = float(own @ held) / max(float(own.sum()), 1e-9)
        yours = float(others @ held) / max(float(others.sum()), 1e-9)
        if mine >= BOTH and yours <= NEITHER:
            score = mine - yours + float(rest @ line.parts[part]) / max(float(rest.sum()), 1e-9)
            if score > best + 1e-9:
                best, found = score, (line, quantity, part)
    return found


def _units(claim: Claim, places: Sequence[Span], turning: bool = False) -> Vector:
    """Return the weights of the units at some places of the claim, 0 for the rest; `turning` also of "more" and "less"."""
    inside = [any(s < end and start < e for start, end in places for s, e in spans) for spans in claim.spans]
    return np.asarray(np.where(np.array(inside, bool) & (turning | ~claim.turning), claim.weights, 0.0), float)


def _held(line: Line, places: Sequence[Span]) -> Vector:
    return line.aligned.most(_terms(line, places))


def _terms(line: Line, places: Sequence[Span]) -> list[int]:
    return [
        at
        for at, term in enumerate(line.statement.terms)
        if term.start >= 0 and any(start < term.end and term.start < end for start, end in places)
    ]


def _parts(line: Line, place: Span) -> list[int]:
    return line.statement.parts_of(*place)

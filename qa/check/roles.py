"""A claim beside its sources in, where it takes two things for each other out: which has more, who does what to whom.

Compared are comparisons and verbs that both sides have; a comparison also with the figures that a source gives.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from qa.check.claim import Claim, Vector
from qa.check.comparisons import Comparison, Deed
from qa.check.line import Line, likest
from qa.check.quantities import Quantity
from qa.check.spans import Span
from qa.check.statement import clauses

SAME_VERB = 0.45
ANY_VERB = 0.6  # how surely two things must be taken for each other where the verb is another one
TOLD_APART = 0.25  # how much weight must tell two things from each other, the right way round or the wrong way
CROSSING, CROSSED = 0.6, 0.45  # how well a statement must fit, and how much weight must stand on the wrong sides
HEAD_CHARS = 15
LEAST = 0.1  # what weighs less is nothing in particular
BOTH = 0.5  # how well a place must bear out one of two things that a figure is given for
NEITHER, THERE = 0.35, 0.55


@dataclass(frozen=True, slots=True)
class Swap:
    """What of a claim is the wrong way round, as it is written there; `strength` is the weight that says so."""

    written: str
    strength: float
    line: Line


def swaps(claim: Claim, lines: Sequence[Line]) -> tuple[list[Swap], list[Span]]:
    """Return what is the wrong way round in the place of the sources that fits best, and the places of compared words.

    The latter are those on which sources could be compared with the claim, whatever they say.
    """
    text = claim.statement.text
    found: list[Swap] = []
    decided: list[Span] = []
    for compared in claim.statement.comparisons:
        sides = _units(claim, [compared.more]), _units(claim, [compared.less])
        votes = [*_by_words(claim, compared, sides, lines), *_by_figures(claim, sides, lines)]
        if votes:
            decided.append(compared.pole)
        if votes and (strength := _wrong(votes)) is not None:
            found.append(
                Swap(f"{text[slice(*compared.more)].strip()} > {text[slice(*compared.less)].strip()}", *strength)
            )
    for deed in claim.statement.deeds:
        heads = np.exp(-claim.gaps(*deed.verb) / HEAD_CHARS)  # "the attacker" of "make the attacker say a word"
        sides = heads * _units(claim, deed.subject, True), heads * _units(claim, deed.objects, True)
        if (votes := list(_by_verb(claim, deed, sides, lines))) and (strength := _wrong(votes)) is not None:
            written = " ".join(text[slice(*span)].strip() for span in (*deed.subject, deed.verb, *deed.objects))
            found.append(Swap(written, *strength))
    return (found or list(_crossed(claim, lines))), decided


def _crossed(claim: Claim, lines: Sequence[Line]) -> Iterator[Swap]:
    """Yield two clauses of a claim of which each says of one thing what a statement says of the other."""
    best = likest(lines, claim.weights)
    mine = clauses(claim.statement.text)
    yours = clauses(best.statement.text)
    if len(mine) < 2 or len(yours) < 2 or best.fit(claim.weights) < CROSSING:
        return
    alone = [best.aligned.most(_terms(best, [clause])) for clause in yours]
    for first, second in combinations(mine, 2):
        p, q = _units(claim, [first], True), _units(claim, [second], True)
        for s, t in combinations(alone, 2):
            of_s, of_t = (s >= BOTH) & (t < NEITHER), (t >= BOTH) & (s < NEITHER)
            mixed = min(float(weights[of].sum()) for weights in (p, q) for of in (of_s, of_t))
            if mixed >= CROSSED:
                text = claim.statement.text
                yield Swap(f"{text[slice(*first)].strip()} / {text[slice(*second)].strip()}", mixed, best)
                return


Vote = tuple[
    float, float, Line
]  # how well the place fits, the weight for the claim's way round (below 0: against), where


def _wrong(votes: Sequence[Vote]) -> tuple[float, Line] | None:
    """Return the weight against the claim where the place that fits best says so, and no other takes it back."""
    best = max(votes, key=lambda vote: vote[0])
    against = best[1] < 0 and all(weight < 0 for fit, weight, _ in votes if fit >= best[0] - 0.05)
    return (-best[1], best[2]) if against else None


def _by_words(
    claim: Claim, compared: Comparison, sides: tuple[Vector, Vector], lines: Sequence[Line]
) -> Iterator[Vote]:
    around = claim.near(*compared.pole, claim.weights)
    sides = _by_names(claim, sides)
    for line in lines:
        for stated in line.statement.comparisons:
            held = _held(line, [stated.more]), _held(line, [stated.less])
            weight = _way(sides, held)
            if abs(weight) >= TOLD_APART:
                yield line.fit(around, _parts(line, stated.pole)), weight, line


def _by_verb(claim: Claim, deed: Deed, sides: tuple[Vector, Vector], lines: Sequence[Line]) -> Iterator[Vote]:
    verbs = np.array([any(s < deed.verb[1] and deed.verb[0] < e for s, e in spans) for spans in claim.spans], bool)
    several = verbs & np.array([" " in unit.written for unit in claim.units], bool)  # "make data" is one unit
    around = claim.near(*deed.verb, claim.weights)
    for line in lines:
        for stated in line.statement.deeds:
            terms = _terms(line, [stated.verb])
            held = _held(line, stated.subject), _held(line, stated.objects)
            weight = _way(sides, held)
            same = (line.aligned.matrix[verbs][:, terms] >= SAME_VERB).any()
            if same or line.inside[several].max(initial=0.0) >= SAME_VERB:
                against = _doer(claim, sides, held, line), _exchanged(sides, held)
                weight = min(weight, *(each for each in against if each <= -TOLD_APART), 1.0)
            elif weight > -ANY_VERB:
                continue
            if abs(weight) >= TOLD_APART:
                yield line.fit(around, _parts(line, stated.verb)), weight, line


def _by_names(claim: Claim, sides: tuple[Vector, Vector]) -> tuple[Vector, Vector]:
    """Return the sides by their names, where both have names of their own."""
    shared = (sides[0] > 0) & (sides[1] > 0)
    first, second = (np.where(claim.of_names & ~shared, side, 0.0) for side in sides)
    return (first, second) if first.any() and second.any() else sides


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


def _exchanged(sides: tuple[Vector, Vector], held: tuple[Vector, Vector]) -> float:
    """Return below 0 where a thing of either side is on the other one, and all of one side is so."""
    ahead = held[0] - held[1]
    first, second = (side >= LEAST for side in sides)
    first, second = first & ~second, second & ~first
    straight = min(ahead[first].max(initial=0.0), -ahead[second].min(initial=0.0))
    crossed = min(-ahead[first].min(initial=0.0), ahead[second].max(initial=0.0))
    return -float(crossed) if crossed >= NEITHER and straight < TOLD_APART else 0.0


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
    sides = _by_names(claim, sides)
    rest = np.where((sides[0] > 0) | (sides[1] > 0), 0.0, claim.weights)
    groups: dict[tuple[int, int], list[tuple[Line, Quantity, int]]] = {}
    for at, line in enumerate(lines):
        table = line.statement.text.startswith("|")
        for quantity in line.statement.quantities:
            if quantity.label or quantity.size or quantity.date:
                continue
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
    """Return the weights of the units at some places of the claim, 0 for the rest; `turning`: of "more" as well."""
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

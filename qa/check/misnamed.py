"""A claim beside its sources in, the names that the sources do not have out, or have elsewhere than the claim says."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from qa.check.claim import Claim, Vector
from qa.check.figures import Finding
from qa.check.line import Line, Place, SourceView, likest, preference
from qa.check.naming import Name

NAME_MARGIN, NAME_PLACE = 0.2, 0.45  # how much better, and how well, what is said must fit where the name is not
SAME_BUT_FOR_NAME = (0.75, 0.18)  # how well and how much better, where all but the name is there
SPEAKS_FOR = 0.1
SAYS_SOMETHING = 0.9  # weight from which words around a name tell what it goes with
RARE = 0.8  # weight from which a word is hardly an everyday one
KNOWN = 0.45  # how well a name's unit must be borne out to be the same name in other letters


def wrong_names(claim: Claim, lines: Sequence[Line], sources: Sequence[SourceView]) -> Iterator[Finding]:
    """Yield the names that the sources do not have, or have elsewhere than the claim says."""
    plain = _without_names(claim)
    found = [(name, _having(claim, name, lines, sources)) for name in claim.statement.names]
    for name, having in found:
        if having is None:
            if _in_other_letters(claim, name, lines) < KNOWN and not (name.first and _everyday(claim, name)):
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
    meant = likest(lines, plain)
    if any(line is meant or line.fit(claim.weights) >= meant.fit(claim.weights) for line, _ in having):
        return 0.0
    with_name = {id(line) for line, _ in having}
    topics = _topics(lines)
    part = claim.member[claim.statement.parts_of(name.start, name.end)].any(axis=0)
    beside = claim.near(name.start, name.end, np.where(claim.of_names, 0.0, claim.weights))
    for near, place, margin in ((np.where(part, plain, 0.0), NAME_PLACE, NAME_MARGIN), (plain, *SAME_BUT_FOR_NAME)):
        own = max((Place(line.fit(beside), line.held) for line, _ in having), key=lambda p: p.fit, default=Place())
        if near is plain and preference(beside, own, Place(meant.fit(beside), meant.held)) > SPEAKS_FOR:
            continue
        if near.sum() >= SAYS_SOMETHING:
            here = max((line.fit(near) for line, _ in having), default=0.0)
            others = [line for line in lines if id(line) not in with_name and _names_another(claim, line)]
            if near is not plain:  # all of a source may be about what the claim does not name
                others = [line for line in others if _names_another(claim, line, but=topics)]
            there = max((line.fit(near) for line in others), default=0.0)
            if there >= place and there - here > margin:
                return there - here
    return 0.0


def _topics(lines: Sequence[Line]) -> frozenset[str]:
    """Return the names that most statements have."""
    found = Counter(name.written for line in lines for name in {n.written: n for n in line.statement.names}.values())
    return frozenset(name for name, count in found.items() if 2 * count > len(lines))


def _names_another(claim: Claim, line: Line, heading: str | None = None, but: frozenset[str] = frozenset()) -> bool:
    """Whether a statement has a name that the claim has not; one of a heading, where there is one; none of `but`."""
    return any(
        name.written not in but
        and not name.places(claim.statement.text)
        and (heading is None or bool(name.places(heading)))
        for name in line.statement.names
    )


def _in_other_letters(claim: Claim, name: Name, lines: Sequence[Line]) -> float:
    """Return how well the sources bear out the unit that a name stands in: LLM as 대형 언어 모델, but not C++ as C."""
    if any(name.is_marked_otherwise(line.statement.text) for line in lines):
        return 0.0
    inside = [
        at for at, spans in enumerate(claim.spans) if any(start < name.end and name.start < end for start, end in spans)
    ]
    return max((float(line.held[at]) for line in lines for at in inside), default=0.0)


def _everyday(claim: Claim, name: Name) -> bool:
    """Whether a sentence's first word is no name but an everyday word with a capital."""
    return any(claim.weights[at] < RARE for at, spans in enumerate(claim.spans) if (name.start, name.end) in spans)


def _best(claim: Claim, name: Name, lines: Sequence[Line], plain: Vector) -> float:
    near = claim.near(name.start, name.end, plain)
    return max((line.fit(near) for line in lines), default=0.0)


def _without_names(claim: Claim) -> Vector:
    """Return the units' weights without those of names and of what says more or less."""
    return np.asarray(np.where(claim.of_names | claim.turning, 0.0, claim.weights), float)

"""A claim and its sources in, a Line for each of their statements out: how well it bears out the claim, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.load import Language
from qa.check.align import Alignment, Matrix, Words, alignment
from qa.check.claim import Claim, Vector
from qa.check.spans import gap
from qa.check.statement import Statement

HEADING_SHARE = 0.8  # how much a word of the headings counts beside one of the sentence
ELSEWHERE, HEADING_PART = 0.6, 0.5  # how much a word of the same sentence, of the heading, counts for one of its parts
CLOSE_CHARS = 10.0  # the distance at which a word loses two thirds of what it tells about a figure
OUTWEIGHS = 2.5


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source taken apart: its statements with their vectors and words, and the words of its heading."""

    language: Language
    heading_text: str
    statements: tuple[Statement, ...]
    vectors: NDArray[np.float32]
    words: tuple[Words, ...]
    heading: Words


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: how well it bears out each unit, and the share that it fits; not found without units."""

    fit: float = 0.0
    held: Vector | None = None

    @property
    def found(self) -> bool:
        """Whether there is such a place."""
        return self.held is not None


def preference(weights: Vector, one: Place, other: Place, outweighs: float = OUTWEIGHS) -> float:
    """Return how much weight speaks for one place against another; 0 where much speaks for the other, too."""
    if one.held is None or other.held is None:
        return 0.0
    differing = weights * (one.held - other.held)
    gained, lost = float(differing[differing > 0].sum()), -float(differing[differing < 0].sum())
    return gained - lost if gained > outweighs * lost else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of a source beside a claim.

    `inside` says how well it bears out the claim's units, `held` how well under its heading, `alone[part, unit]` how
    well each of its parts does by itself, `parts[part, unit]` in the statement's context: each 0 to 1.
    """

    source: int
    statement: Statement
    language: Language
    aligned: Alignment
    inside: Vector
    held: Vector
    alone: Matrix
    parts: Matrix
    cosine: float

    def place(self, weights: Vector, parts: Sequence[int], elsewhere: float = 0.0) -> Place:
        """Return the one of some of its parts that bears out most of the weights.

        `elsewhere` is how much what stands in the rest of the statement counts at least.
        """
        if not parts:
            return Place(self.fit(weights), self.held)
        best = max(parts, key=lambda part: float(weights @ self.parts[part]))
        held = np.maximum(self.parts[best], elsewhere * self.held)
        return Place(float(weights @ held) / max(float(weights.sum()), 1e-9), held)

    def beside(self, weights: Vector, start: int, end: int) -> Place:
        """Return what stands in the parts around a place, the closer the more, by itself."""
        parts = self.statement.parts_of(start, end)
        inside = self.statement.member[parts].any(axis=0) if parts else np.zeros(len(self.statement.terms), np.bool_)
        terms = np.flatnonzero(inside)
        if not len(terms):
            return Place()
        spans = [(term.start, term.end) for term in (self.statement.terms[at] for at in terms)]
        gaps = np.array([gap(span, (start, end)) if span[0] >= 0 else 0 for span in spans], float)
        held = (self.aligned.matrix[:, terms] * np.exp(-gaps / CLOSE_CHARS)).max(axis=1)
        return Place(float(weights @ held), held)

    def alone_at(self, weights: Vector, start: int, end: int) -> Place:
        """Return the part around a place that bears out most of the weights, by itself."""
        parts = self.statement.parts_of(start, end)
        places = [Place(float(weights @ self.alone[part]), self.alone[part]) for part in parts]
        return max(places, key=lambda place: place.fit, default=Place())

    def likeness(self, weights: Vector) -> float:
        """Return how much speaks for the statement being meant: what it bears out of the weights, and its meaning."""
        return self.fit(weights) + self.cosine / 2

    def fit(self, weights: Vector, parts: Sequence[int] | None = None) -> float:
        """Return the share of the weights that the statement, or the best of some of its parts, bears out."""
        total = float(weights.sum())
        if total <= 0:
            return 0.0
        if parts is None:
            return float(weights @ self.held) / total
        return max((float(weights @ self.parts[part]) / total for part in parts), default=0.0)


def lines(claim: Claim, sources: Sequence[SourceView], vector: NDArray[np.float32]) -> list[Line]:
    """Lay a claim beside all statements of its sources; `vector` is the claim's."""
    found: list[Line] = []
    for number, source in enumerate(sources):
        above = alignment(claim, source.heading, source.language).most()
        cosines = source.vectors @ vector
        for statement, words, cosine in zip(source.statements, source.words, cosines.tolist(), strict=True):
            aligned = alignment(claim, words, source.language, statement)
            inside = aligned.most()
            alone = np.zeros((len(statement.parts), len(claim.units)))
            if inside.any():
                for part, terms in enumerate(statement.member):
                    alone[part] = aligned.most(terms)
            parts = np.maximum(alone, np.maximum(ELSEWHERE * inside, HEADING_PART * above))
            held = np.maximum(inside, HEADING_SHARE * above)
            found.append(Line(number, statement, source.language, aligned, inside, held, alone, parts, cosine))
    return found


def likest(lines: Sequence[Line], weights: Vector) -> Line:
    """Return the line that speaks most for being meant, the first of equals; there must be one."""
    return max(lines, key=lambda line: line.likeness(weights))

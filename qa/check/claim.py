"""A claim taken apart: its units, and how much each of them counts for what stands at a place. Knows no source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.load import Language
from qa.check.spans import Span, meets_any
from qa.check.statement import Statement
from qa.words.bridge import Unit

Vector = NDArray[np.float64]

FRAME_WEIGHT = 0.15  # of a word that carries no claim, beside one that does
FRAMED = 0.16  # what weighs less is framing
BORNE_OUT = 0.4
FAR_SHARE = 0.25  # how much less counts what is far from a place, or in another part
NEAR_CHARS = 10.0  # the distance at which a unit has lost two thirds of what it counts for being near
EVERYWHERE = 0.1  # how much a unit counts for what stands elsewhere in its claim
NOWHERE = 99  # characters


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim taken apart: its units with their places, their weights, float64, and their vectors, float32.

    `places[unit, n]` are the start and the end of its `spans`, infinitely far away where it has fewer than others.
    `member[part, unit]` says in which parts of the statement a unit stands, `of_names` which units are of names,
    `turning` which say more or less of something; `vocabulary` is all that a unit may be called. Where no vector is to
    be trusted it is all zeros.
    """

    statement: Statement
    language: Language
    units: tuple[Unit, ...]
    spans: tuple[tuple[Span, ...], ...]
    places: Vector
    weights: Vector
    vectors: NDArray[np.float32]
    member: NDArray[np.bool_]
    of_names: NDArray[np.bool_]
    turning: NDArray[np.bool_]
    vocabulary: Mapping[Language, Sequence[frozenset[str]]]

    def near(self, start: int, end: int, weights: Vector) -> Vector:
        """Return the units' weights as they count for what stands at a place: most in its part, more the closer."""
        parts = self.statement.parts_of(start, end)
        inside = self.member[parts].any(axis=0) if parts else np.zeros(len(self.units), np.bool_)
        close = FAR_SHARE + (1 - FAR_SHARE) * np.exp(-self.gaps(start, end) / NEAR_CHARS)
        return weights * (np.where(inside, 1.0, FAR_SHARE) * close + EVERYWHERE)

    def gaps(self, start: int, end: int) -> Vector:
        """Return how many characters lie between each unit and a place, NOWHERE at most."""
        apart = np.maximum(self.places[..., 0], start) - np.minimum(self.places[..., 1], end)
        return np.asarray(np.clip(apart.min(axis=1), 0.0, NOWHERE), float)

    def closest(self, start: int, end: int, held: Vector, counting: bool = False) -> Vector:
        """Return weights of the units next to a place that are held somewhere: 1 for the closest, then half.

        Those in its part, where there are any. `counting` says that what follows is what is counted, as in "1.6 points
        of accuracy".
        """
        near = self.near(start, end, np.ones(len(self.units)))
        itself = np.array([meets_any((start, end), spans) for spans in self.spans], np.bool_)
        telling = (held >= BORNE_OUT) & ~self.turning & ~itself
        inside = self.member[self.statement.parts_of(start, end)].any(axis=0) & telling
        near = np.where(inside if inside.any() else telling, near, 0.0)
        if self.language == "en" and counting:
            after = [any(span[0] >= end for span in spans) for spans in self.spans]
            near = np.where(after, near**0.3, near)
        weights = np.zeros(len(self.units))
        order = [at for at in np.argsort(-near, kind="stable") if near[at] > 0]
        weights[order] = 0.5 ** np.arange(len(order))
        return weights * np.where(self.weights < FRAMED, FRAME_WEIGHT, 1.0)

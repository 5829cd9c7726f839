"""A claim beside its sources in, how likely they bear it out as a whole: a logistic regression over few features.

For what no rule can tell: whether enough of the claim is there. Fitted by `python -m bench.claims --fit`, on claims in
which no rule finds fault.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from qa.check.claim import Claim, Vector
from qa.check.line import Line, likest
from qa.check.quantities import agreement

FEATURES = (
    "fit",  # of the statement that fits best
    "cosine",
    "union",  # of all statements together
    "weakest_part",  # how well the claim's weakest part is borne out by the statement that fits that best
    "run_missing",  # the weight of what is missing in a row
    "share_missing",
    "counts_missing",
    "cross",
)
PART = 0.5  # weight from which a part of a claim says something by itself
_MISSING = 0.35


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the standardised features; the probabilities from which a claim is supported, or partly."""

    mean: Vector
    scale: Vector
    weight: Vector
    bias: float
    supported: float
    partly: float

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "Weights":
        """Return what a fit stored."""
        mean, scale, weight = (np.array(stored[name], float) for name in ("mean", "scale", "weight"))
        return cls(mean, scale, weight, stored["bias"], stored["supported"], stored["partly"])

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability, 0 to 1, that a claim with such features is borne out."""
        scaled = np.clip((np.array(features) - self.mean) / self.scale, -4.0, 4.0)
        return 1 / (1 + math.exp(-float(self.weight @ scaled) - self.bias))


def features(claim: Claim, lines: Sequence[Line], counts_missing: int) -> tuple[float, ...]:
    """Return what speaks for a claim, in the order of FEATURES; there must be lines."""
    best = likest(lines, claim.weights)
    cross = float(best.language != claim.language)
    union = np.max([line.held for line in lines], axis=0, initial=0.0)
    figures, agreed = _figures(claim, best)
    total = max(float(claim.weights.sum()) + figures, 1e-9)
    missing = claim.weights * (1 - union)
    fit, share = _fit(best, claim.weights, figures, agreed), (float(missing.sum()) + figures - agreed) / total
    return (
        fit,
        best.cosine,
        1 - share,
        weakest_part(claim, lines),
        _longest_run(claim, union),
        share * share,
        float(counts_missing),
        cross,
    )


def _figures(claim: Claim, line: Line, part: int | None = None) -> tuple[float, float]:
    """Return how many figures and dates a claim, or a part of it, gives, and how many of them a statement gives too."""
    given = [
        one
        for one in claim.statement.quantities
        if not (one.label or one.size or one.count)
        and (part is None or part in claim.statement.parts_of(one.start, one.end))
    ]
    same = [one for one in given if any(agreement(one, stated) == "same" for stated in line.statement.quantities)]
    return float(len(given)), float(len(same))


def _fit(line: Line, weights: Vector, figures: float, agreed: float) -> float:
    """Return how well a statement bears out units and figures, each of which weighs as much as the rarest word."""
    own = float(weights.sum())
    return (line.fit(weights) * own + agreed) / max(own + figures, 1e-9)


def weakest_part(claim: Claim, lines: Sequence[Line]) -> float:
    """Return how well the part of a claim that is borne out least fits the statement that it fits best."""
    fits = (
        max(_fit(line, weights, *_figures(claim, line, part)) for line in lines) for part, weights in _telling(claim)
    )
    return min(fits, default=1.0)


def parts(claim: Claim, lines: Sequence[Line]) -> list[tuple[int, float]]:
    """Return the parts of a claim that say something by themselves, and how well each is borne out."""
    return [(part, max(line.fit(weights) for line in lines)) for part, weights in _telling(claim)]


def _telling(claim: Claim) -> list[tuple[int, Vector]]:
    """Return the parts of a claim that say something by themselves, with the weights of their units."""
    weighed = ((part, np.where(inside, claim.weights, 0.0)) for part, inside in enumerate(claim.member))
    return [(part, weights) for part, weights in weighed if weights.sum() >= PART]


def missing_units(claim: Claim, lines: Sequence[Line]) -> tuple[str, ...]:
    """Return what of a claim the sources do not have, the heaviest first, as it is written."""
    union = np.max([line.held for line in lines], axis=0, initial=0.0)
    order = np.argsort(-claim.weights * (1 - union), kind="stable")
    return tuple(claim.units[at].written for at in order if union[at] < _MISSING and claim.weights[at] > 0.2)


def _longest_run(claim: Claim, union: Vector) -> float:
    longest = run = 0.0
    for at in np.argsort([spans[0][0] if spans else 0 for spans in claim.spans], kind="stable"):
        if claim.weights[at] < 0.2:
            continue
        run = run + float(claim.weights[at]) if union[at] < _MISSING else 0.0
        longest = max(longest, run)
    return longest


@cache
def fitted_weights() -> Weights:
    """Return what `python -m bench.claims --fit` wrote."""
    stored: dict[str, Any] = json.loads(resources.files("qa.check").joinpath("fitted.json").read_text(encoding="utf-8"))
    return Weights.from_stored(stored)

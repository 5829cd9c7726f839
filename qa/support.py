"""A Run in, the probability that the Library answers its question out. Chooses no words.

A logistic regression over features that do not depend on a Library's size or topic, fitted on development questions.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qa.rerank import FEATURES as SIGNALS
from qa.retrieve import Hit, Run

FEATURES = (
    "union",
    "union_squared",
    "mass_matched",
    "score",
    "margin",
    "names_missing",
    "mass_missing",
    "heaviest_missing",
    "units",
    "cross",
    *(f"hit_{name}" for name in SIGNALS),
)


@dataclass(frozen=True, slots=True)
class SupportModel:
    """Weights of the standardised features, in the order of FEATURES, and the probability below which we say no."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, features: tuple[float, ...]) -> float:
        """Return the probability, 0 to 1, that these features belong to a question that is answered."""
        total = self.bias + sum(
            weight * (value - mean) / scale
            for value, mean, scale, weight in zip(features, self.mean, self.scale, self.weight, strict=True)
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(run: Run, hit: Hit) -> tuple[float, ...]:
    """Return what speaks for a hit answering the question, in the order of FEATURES."""
    section = [
        h for h in run.hits if (h.passage.work, h.passage.section_id) == (hit.passage.work, hit.passage.section_id)
    ]
    best: dict[str, tuple[float, float]] = {}
    for other in section:
        for match in other.matches:
            best[match.unit.written] = (match.idf, max(match.strength, best.get(match.unit.written, (0.0, 0.0))[1]))
    total = sum(idf for idf, _ in best.values())
    missing = [idf * (1 - strength) for idf, strength in best.values()]
    names = [match for match in hit.matches if any(term in run.query.names for term in match.unit.own)]
    rest = [h.score for h in run.hits if h.passage.work != hit.passage.work]
    union = 1 - sum(missing) / total if total else 0.0
    return (
        union,
        union * union,
        total - sum(missing),
        hit.score,
        hit.score - max(rest, default=hit.score),
        float(sum(best[match.unit.written][1] < 0.5 for match in names)),
        sum(missing),
        max(missing, default=1.0),
        math.log1p(len(run.units)),
        float(hit.passage.language != run.query.language),
        *hit.signals,
    )


@cache
def fitted_support() -> SupportModel:
    """Return the model that `python -m bench.fit` wrote."""
    stored = json.loads(resources.files("qa").joinpath("fitted.json").read_text(encoding="utf-8"))["support"]
    return SupportModel(
        tuple(stored["mean"]), tuple(stored["scale"]), tuple(stored["weight"]), stored["bias"], stored["threshold"]
    )

"""A Run in, the probability that the Library answers its question out. Chooses no words.

A logistic regression over features that do not depend on a Library's size or topic, fitted on development questions.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from index.load import Language
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


ANSWER_FEATURES = (
    "passage",
    "covered",
    "best_sentence",
    "heaviest_missing",
    "names_missing",
    "number_missing",
    "empty",
)
_HEADING_SHARE = 0.8
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class SupportModel:
    """Weights of the standardised features, in the order of FEATURES, and the probability below which we say no."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float
    threshold: float

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "SupportModel":
        """Return the model that a fit stored."""
        mean, scale, weight = (tuple(stored[name]) for name in ("mean", "scale", "weight"))
        return cls(mean, scale, weight, stored["bias"], stored["threshold"])

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


def answer_features(
    run: Run, passage: float, shown: Sequence[tuple[frozenset[str], frozenset[str], str]], language: Language
) -> tuple[float, ...]:
    """Return what speaks for an answer, in the order of ANSWER_FEATURES.

    `passage` is the probability by the passages; `shown` are the sentences' words, their headings' words, their texts.
    """
    idfs = [match.idf for match in run.hits[0].matches]
    strengths = [
        [
            max(unit.match(terms, language)[0], _HEADING_SHARE * unit.match(words, language)[0])
            for terms, words, _ in shown
        ]
        for unit in run.units
    ]
    best = [max(row, default=0.0) for row in strengths]
    total = sum(idfs) or 1.0
    single = [sum(idf * row[at] for idf, row in zip(idfs, strengths, strict=True)) for at in range(len(shown))]
    names = [any(term in run.query.names for term in unit.own) for unit in run.units]
    asked = set(_NUMBER.findall(run.query.text))
    answered = any(set(_NUMBER.findall(text)) - asked for _, _, text in shown)
    clipped = min(max(passage, 1e-4), 1 - 1e-4)
    return (
        math.log(clipped / (1 - clipped)),
        sum(idf * strength for idf, strength in zip(idfs, best, strict=True)) / total,
        max(single, default=0.0) / total,
        max((idf * (1 - strength) for idf, strength in zip(idfs, best, strict=True)), default=1.0),
        float(sum(strength < 0.5 for strength, name in zip(best, names, strict=True) if name)),
        float(run.query.kind == "number" and not answered),
        float(not shown),
    )


@cache
def fitted_support(part: str = "support") -> SupportModel:
    """Return a model that `python -m bench.fit` wrote: "support" weighs passages, "answers" weighs answers."""
    stored = json.loads(resources.files("qa").joinpath("fitted.json").read_text(encoding="utf-8"))[part]
    return SupportModel.from_stored(stored)

"""A Run in, the probability that the Library answers its question out. Chooses no words.

What would be shown is weighed by a small network, the passages that it comes from by a logistic regression: both over
features that do not depend on a Library's size or topic, fitted on development questions and on those of other corpora.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.load import Language
from qa.fitted import fitted
from qa.question.wording import Kind
from qa.retrieval.asked import AskedQuestions
from qa.retrieval.attribute import ATTRIBUTE_FEATURES, HEADING_SHARE, NUMBER, AttributeReader
from qa.retrieval.evidence import Inspector
from qa.retrieval.retrieve import Hit, Run
from qa.retrieval.signals import OF_UNASKED, SIGNALS
from qa.words.bridge import weighed
from qa.words.word_vectors import alike

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
    "best_sentence",
    "soft_union",
    "soft_heaviest_missing",
    "unit_to_sentence",
    "unit_to_word",
    *(f"asks_{kind}" for kind in get_args(Kind)),
    *(f"hit_{name}" for name in SIGNALS if name not in OF_UNASKED),
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
REPLY_FEATURES = (*ANSWER_FEATURES, *ATTRIBUTE_FEATURES)
_FARTHEST = 4.0  # standard deviations from the mean: what lies farther out says no more


@dataclass(frozen=True, slots=True)
class SupportModel:
    """Weights of the standardised features, in the order of FEATURES."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "SupportModel":
        """Return the model that a fit stored."""
        mean, scale, weight = (tuple(stored[name]) for name in ("mean", "scale", "weight"))
        return cls(mean, scale, weight, stored["bias"])

    def probability(self, features: tuple[float, ...]) -> float:
        """Return the probability, 0 to 1, that these features belong to a question that is answered."""
        total = self.bias + sum(
            weight * (value - mean) / scale
            for value, mean, scale, weight in zip(features, self.mean, self.scale, self.weight, strict=True)
        )
        return _logistic(total)


@dataclass(frozen=True, slots=True)
class ReplyModel:
    """A network of one hidden layer beside a linear model, over standardised features in the order of REPLY_FEATURES.

    `hidden` has a row for each hidden unit. Below `threshold` we say no; below `unasked_threshold` where the section
    has no known questions, as in a paper that a user added.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weight: NDArray[np.float64]
    bias: float
    hidden: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]
    out: NDArray[np.float64]
    threshold: float
    unasked_threshold: float

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "ReplyModel":
        """Return the model that a fit stored."""
        mean, scale, weight, hidden, hidden_bias, out = (
            np.array(stored[name], np.float64) for name in ("mean", "scale", "weight", "hidden", "hidden_bias", "out")
        )
        thresholds = stored["threshold"], stored["unasked_threshold"]
        return cls(mean, scale, weight, stored["bias"], hidden, hidden_bias, out, *thresholds)

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability, 0 to 1, that these features belong to a question that is answered."""
        scaled = np.clip((np.array(features) - self.mean) / self.scale, -_FARTHEST, _FARTHEST)
        inner = np.tanh(self.hidden @ scaled + self.hidden_bias)
        return _logistic(float(self.weight @ scaled + self.out @ inner) + self.bias)

    def answers(self, probability: float, hit: Hit) -> bool:
        """Whether that is enough to answer from a hit."""
        return probability >= (self.unasked_threshold if hit.likeness is None else self.threshold)


class SupportReader:
    """Reads what speaks for a hit answering its question; `attributes` reads what it leaves open."""

    def __init__(self, inspector: Inspector, embedder: Embedder, asked: AskedQuestions) -> None:
        self.inspector = inspector
        self.attributes = AttributeReader(inspector, embedder, asked)

    def read(self, run: Run, hit: Hit) -> tuple[float, ...]:
        """Return what speaks for a hit, in the order of FEATURES."""
        section = [
            h.matches
            for h in run.hits
            if (h.passage.work, h.passage.section_id) == (hit.passage.work, hit.passage.section_id)
        ]
        idfs = np.array(run.idfs)
        held = np.max([[match.strength for match in matches] for matches in section], axis=0)
        names = np.array([any(term in run.query.names for term in unit.own) for unit in run.units], bool)
        union = weighed(run.idfs, held.tolist())
        missing = idfs * (1 - held)
        return (
            union,
            union * union,
            float((idfs * held).sum()),
            hit.score,
            run.margin(hit),
            float((held[names] < 0.5).sum()),
            float(missing.sum()),
            float(missing.max(initial=0.0)) if len(missing) else 1.0,
            math.log1p(len(run.units)),
            float(hit.passage.language != run.query.language),
            *self._soft(run, hit, idfs, held),
            *(float(run.query.kind == kind) for kind in get_args(Kind)),
            *(value for name, value in zip(SIGNALS, hit.signals, strict=True) if name not in OF_UNASKED),
        )

    def _soft(
        self, run: Run, hit: Hit, idfs: NDArray[np.float64], held: NDArray[np.float64]
    ) -> tuple[float, float, float, float, float]:
        """Return how well the passage holds the units when words that mean nearly the same count too.

        That is late interaction (Khattab & Zaharia, 2020) over static vectors: each unit against every word, and
        against every sentence.
        """
        view = self.inspector.view(hit.passage)
        if not len(idfs) or not view.words or not view.sentences:
            return (0.0, 0.0, 1.0, 0.0, 0.0)
        units = self.inspector.word_vectors.of([unit.written for unit in run.units])
        by_word = (self.inspector.word_vectors.of(view.words) @ units.T).max(axis=0)
        by_sentence = (view.vectors @ units.T).max(axis=0)
        language = hit.passage.language
        best = max(run.matcher.coverage(sentence.in_context, language, run.idfs) for sentence in view.sentences)
        soft = np.maximum(held, alike(by_word))
        heaviest = float((idfs * (1 - soft)).max())
        union, to_sentence, to_word = (weighed(run.idfs, row.tolist()) for row in (soft, by_sentence, by_word))
        return (best, union, heaviest, to_sentence, to_word)


def answer_features(
    run: Run, passage: float, shown: Sequence[tuple[frozenset[str], frozenset[str], str]], language: Language
) -> tuple[float, ...]:
    """Return what speaks for an answer, in the order of ANSWER_FEATURES.

    `passage` is the probability by the passages; `shown` are the sentences' words, their headings' words, their texts.
    """
    idfs = run.idfs
    by_sentence = [
        [
            max(inside, HEADING_SHARE * above)
            for inside, above in zip(
                run.matcher.strengths(terms, language), run.matcher.strengths(words, language), strict=True
            )
        ]
        for terms, words, _ in shown
    ]
    strengths = [[row[at] for row in by_sentence] for at in range(len(run.units))]
    best = [max(row, default=0.0) for row in strengths]
    total = sum(idfs) or 1.0
    single = [sum(idf * row[at] for idf, row in zip(idfs, strengths, strict=True)) for at in range(len(shown))]
    names = [any(term in run.query.names for term in unit.own) for unit in run.units]
    asked = set(NUMBER.findall(run.query.text))
    answered = any(set(NUMBER.findall(text)) - asked for _, _, text in shown)
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


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def fitted_support() -> SupportModel:
    """Return the model of passages that `python -m bench.fit` wrote."""
    return SupportModel.from_stored(fitted("support"))


@cache
def fitted_replies() -> ReplyModel:
    """Return the model of what would be shown that `python -m bench.fit` wrote."""
    return ReplyModel.from_stored(fitted("answers"))

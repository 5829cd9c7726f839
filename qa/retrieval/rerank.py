"""Hits in, the same hits in a better order out. Searches nothing new.

A linear model over the signals of each hit, fitted on questions whose right section is known, with a softmax over the
hits of each question (ListNet's top-one loss, Cao et al., 2007).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.fitted import fitted
from qa.retrieval.retrieve import Hit, Run
from qa.retrieval.signals import OF_UNASKED, SIGNALS, UNASKED, SignalReader
from qa.words.patterns import compiled
from qa.words.siblings import Siblings

MAX_SUMMARY_UNITS = 3  # more name a topic of their own
SECTION_BONUS = 8.0  # above what signals add, mostly: the survey is meant, or a section of that number
NUMBER_BONUS = 30.0  # far above what any signal adds: an article, or nothing else is asked about
EDITION_SHARE = 0.5
SIBLING_LOSS = 4.0  # far below what else is found on a name
_SUMMARY_HEADING = compiled(r"전체 요약|overall summary|^(?:abstract|초록)")

_COUNT_IF_ASKED = np.array([name not in OF_UNASKED for name in SIGNALS], float)


class Reranker(Protocol):
    """Puts a Run's hits in a better order."""

    def rerank(self, run: Run) -> Run:
        """Return the run with its hits reordered; a higher score is better."""


class LinearReranker:
    """Scores each hit by fitted weights over SIGNALS, other ones where the section has known questions."""

    def __init__(self, signals: SignalReader, weights: Sequence[float] | None = None) -> None:
        """Use fitted weights unless others are given, as many as `by_kind` has columns."""
        self._signals = signals
        self._weights = np.array(weights if weights is not None else fitted_rerank())

    def rerank(self, run: Run) -> Run:
        """Return the run with its hits reordered; a score is the linear model's value, on no fixed scale."""
        if not run.hits:
            return run
        signals = self._signals.read(run)
        scores = by_kind(signals) @ self._weights
        scores = with_other_editions(run.hits, scores)
        if run.query.kind == "summary" and run.query.survey and len(run.units) <= MAX_SUMMARY_UNITS:
            overall = [bool(h.passage.path and _SUMMARY_HEADING.search(h.passage.path[-1])) for h in run.hits]
            scores = scores + SECTION_BONUS * signals[:, SIGNALS.index("survey")] * np.array(overall, float)
        if run.query.unsaid:
            scores = scores + SECTION_BONUS * signals[:, SIGNALS.index("survey")]
        if run.query.section:
            asked = [hit.section_matches(run.query.section) for hit in run.hits]
            names_it = run.query.section.startswith("제") or len(run.units) <= MAX_SUMMARY_UNITS
            scores = scores + (NUMBER_BONUS if names_it else SECTION_BONUS) * np.array(asked, float)
        siblings = Siblings(run.query.text)
        of_another = [siblings.tell(hit.passage.path, hit.passage.text) for hit in run.hits]
        return ordered(run, signals, scores - SIBLING_LOSS * np.array(of_another, float))


def by_kind(signals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return signals twice, shape (hits, 2 · SIGNALS): first those of hits without known questions, then of the others.

    What is of the other kind is 0 there, so that one row of weights holds those of both.
    """
    unasked = signals[:, [UNASKED]]
    return np.hstack([signals * unasked, signals * (1 - unasked) * _COUNT_IF_ASKED])


def ordered(run: Run, signals: NDArray[np.float64], scores: NDArray[np.float64]) -> Run:
    """Return the run with its hits by score, ties as they stood; each takes its score and its signals."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    hits = (replace(run.hits[at], score=float(scores[at]), signals=tuple(signals[at].tolist())) for at in order)
    return replace(run, hits=tuple(hits))


def with_other_editions(hits: Sequence[Hit], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores drawn towards what the same section scores in the work's other language, where it has one."""
    best: dict[tuple[str, str, str], float] = {}
    for hit, score in zip(hits, scores, strict=True):
        key = hit.passage.work, hit.passage.section_id, hit.passage.language
        best[key] = max(best.get(key, -np.inf), float(score))
    found = scores.copy()
    for at, hit in enumerate(hits):
        other = best.get((hit.passage.work, hit.passage.section_id, "en" if hit.passage.language == "ko" else "ko"))
        if other is not None:
            found[at] += EDITION_SHARE * (other - scores[at])
    return found


@cache
def fitted_rerank() -> tuple[float, ...]:
    """Return the weights that `python -m bench.fit` wrote, in the order of `by_kind`."""
    unasked, asked = fitted("rerank"), fitted("rerank_asked")
    return (*(unasked[name] for name in SIGNALS), *(asked[name] for name in SIGNALS))

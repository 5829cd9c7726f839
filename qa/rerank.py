"""Hits in, the same hits in a better order out. Looks at sentences and headings; searches nothing new.

A linear model over features that do not depend on a Library's size, fitted on pairs of a right and a wrong section
(RankSVM's pairwise idea, Joachims, 2002, with a logistic loss).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.load import Language
from qa.bridge import Unit
from qa.evidence import Inspector, PassageView
from qa.query import Query
from qa.retrieve import Hit, Run

FEATURES = (
    "fused",
    "coverage",
    "sentence_coverage",
    "sentence_cosine",
    "cosine",
    "heading_coverage",
    "heading_precision",
    "path_coverage",
    "title_coverage",
    "opens_with_unit",
    "defines",
    "cue",
    "other_work",
    "survey",
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+")
_DEFINING = re.compile(r"s?(?:\s*\([^)]*\))?(?:은|는|이란|란|이라|\s+(?:is|are|means|refers to|stands for)\b)")
MAX_SUMMARY_UNITS = 3  # more name a topic of their own
_SUMMARY_HEADING = re.compile(r"전체 요약|overall summary|^(?:abstract|초록)", re.IGNORECASE)
_SURVEY_TITLE = re.compile(r"survey|서베이", re.IGNORECASE)
SECTION_BONUS = 8.0  # far above what any feature adds: the place was asked for outright
_ABOUT_OTHERS = re.compile(r"relation|related work|compar|관계|관련|비교|confus|names|혼동", re.IGNORECASE)
_CUES = {
    "number": re.compile(r"\d"),
    "why": re.compile(r"because|reason|since|due to|때문|이유|까닭|므로"),
    "who-when": re.compile(r"\b(?:19|20)\d\d\b|author|저자|소속"),
    "list": re.compile(r":\s.*,|(?:,[^,]{2,40}){2,}"),
}


EDITION_SHARE = 0.5


class Reranker(Protocol):
    """Puts a Run's hits in a better order."""

    def rerank(self, run: Run) -> Run:
        """Return the run with its hits reordered, scores above 0 meaning likelier right than not."""


class LinearReranker:
    """Scores each hit by fitted weights over FEATURES."""

    def __init__(self, inspector: Inspector, embedder: Embedder, weights: Sequence[float] | None = None) -> None:
        self._inspector = inspector
        self._embedder = embedder
        self._weights = np.array(weights if weights is not None else fitted_rerank())

    def rerank(self, run: Run) -> Run:
        """Return the run with its hits reordered; a score is the linear model's value, on no fixed scale."""
        if not run.hits:
            return run
        features = self.features(run)
        scores = features @ self._weights
        if run.query.kind == "summary" and run.query.survey and len(run.units) <= MAX_SUMMARY_UNITS:
            overall = [bool(h.passage.path and _SUMMARY_HEADING.search(h.passage.path[-1])) for h in run.hits]
            scores = scores + SECTION_BONUS * features[:, FEATURES.index("survey")] * np.array(overall, float)
        if run.query.section:
            asked = [hit.section_matches(run.query.section) for hit in run.hits]
            scores = scores + SECTION_BONUS * np.array(asked, float)
        scores = scores + EDITION_SHARE * other_editions(run.hits, scores)
        order = np.lexsort((np.arange(len(scores)), -scores))
        hits = [replace(run.hits[at], score=float(scores[at]), signals=tuple(features[at].tolist())) for at in order]
        return replace(run, hits=tuple(hits))

    def features(self, run: Run) -> NDArray[np.float64]:
        """Return the features of the run's hits, float64, shape (hits, FEATURES)."""
        question = self._embedder.embed_question(run.query.text)
        best = {
            language: max((h.score for h in run.hits if h.passage.language == language), default=1.0)
            for language in ("ko", "en")
        }
        return np.array([self._of(run, hit, question, max(best[hit.passage.language], 1e-6)) for hit in run.hits])

    def _of(self, run: Run, hit: Hit, question: NDArray[np.float32], best: float) -> tuple[float, ...]:
        view = self._inspector.view(hit.passage)
        idfs = [match.idf for match in hit.matches]
        language = hit.passage.language
        heading = _coverage(run.units, idfs, view.heading, language)
        path = _coverage(run.units, idfs, view.path, language)
        title = _coverage(run.units, idfs, view.title, language)
        sentences = [_coverage(run.units, idfs, s.terms | view.heading, language) for s in view.sentences]
        cosines = view.vectors @ question if len(view.sentences) else np.zeros(1)
        return (
            hit.score / best,
            hit.coverage,
            max(sentences, default=0.0),
            float(cosines.max()),
            hit.cosine,
            heading,
            _precision(run.units, view.heading, language),
            path,
            title,
            float(_opens(run.units, view, language)),
            float(run.query.kind in ("definition", "other") and _defines(run.units, view, language)),
            _cue(run.query, view),
            float(
                bool(hit.passage.path)
                and bool(_ABOUT_OTHERS.search(hit.passage.path[-1]))
                and not _ABOUT_OTHERS.search(run.query.text)
            ),
            float(run.query.survey and bool(_SURVEY_TITLE.search(hit.passage.title))),
        )


def other_editions(hits: Sequence[Hit], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each hit how its section does in the work's other language, float64, at most 0.

    That is the section's best score there below the best of that language; with no edition there, as far below as the
    language's median.
    """
    best: dict[tuple[str, str, str], float] = {}
    reference: dict[str, tuple[float, float]] = {}
    for language in ("ko", "en"):
        own = [score for hit, score in zip(hits, scores, strict=True) if hit.passage.language == language]
        reference[language] = (max(own, default=0.0), float(np.median(own)) if own else 0.0)
    for hit, score in zip(hits, scores, strict=True):
        key = (hit.passage.work, hit.passage.section_id, hit.passage.language)
        best[key] = max(best.get(key, -np.inf), float(score))
    found = []
    for hit in hits:
        other = "en" if hit.passage.language == "ko" else "ko"
        top, median = reference[other]
        score = best.get((hit.passage.work, hit.passage.section_id, other), median)
        found.append(max(score, median) - top)
    return np.array(found)


@cache
def fitted_rerank() -> tuple[float, ...]:
    """Return the weights that `python -m bench.fit` wrote, in the order of FEATURES."""
    stored = json.loads(resources.files("qa").joinpath("fitted.json").read_text(encoding="utf-8"))["rerank"]
    return tuple(stored[name] for name in FEATURES)


def _coverage(units: Sequence[Unit], idfs: Sequence[float], present: frozenset[str], language: Language) -> float:
    total = sum(idfs)
    held: float = sum(idf * unit.match(present, language)[0] for unit, idf in zip(units, idfs, strict=True))
    return held / total if total else 0.0


def _precision(units: Sequence[Unit], heading: frozenset[str], language: Language) -> float:
    """Return the share of a heading's words that the question names; section numbers do not count."""
    words = {term for term in heading if not term[0].isdigit()}
    if not words:
        return 0.0
    named = {term for unit in units for form in unit.forms[language] for term in form.terms}
    return len(words & named) / len(words)


def _opens(units: Sequence[Unit], view: PassageView, language: Language) -> bool:
    return any(
        unit.match(frozenset(sentence.opening[: len(unit.own) + 2]), language)[0] >= 0.5
        for sentence in view.sentences[:8]
        for unit in units
    )


def defines(text: str, unit: Unit, language: Language) -> bool:
    """Whether a sentence begins with a unit, by one of its likeliest forms, and goes on to say what it is."""
    lowered = _ARTICLE.sub("", text.lower())
    return any(
        lowered.startswith(form.written.lower()) and bool(_DEFINING.match(lowered, len(form.written)))
        for form in unit.forms[language][:4]
    )


def _defines(units: Sequence[Unit], view: PassageView, language: Language) -> bool:
    return len(units) == 1 and any(defines(sentence.text, units[0], language) for sentence in view.sentences[:3])


def _cue(query: Query, view: PassageView) -> float:
    pattern = _CUES.get(query.kind)
    return float(pattern is not None and any(pattern.search(sentence.text) for sentence in view.sentences))

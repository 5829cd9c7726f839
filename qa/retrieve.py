"""A Query in, Hits out, best first. Writes nothing and answers nothing.

Each language of the Library is scored apart: BM25 over words (through the bridge), BM25 over character bigrams, and the
cosine of the vectors, each standardised over that language's passages and added with weights fitted per language pair.
A passage gains from the same section in the work's other edition.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index.derive import PassageIndex
from index.library import Library
from index.load import Language
from index.store import StoredPassage
from qa.bridge import Bridge, Form, Unit
from qa.evidence import Inspector
from qa.query import Query

CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Weights:
    """How the standardised parts are added for one language pair, question → passage."""

    words: float
    bigrams: float
    cosine: float
    edition: float
    offset: float


@dataclass(frozen=True, slots=True)
class Match:
    """A unit of the question in a passage: by which form, how well (0 to 1), and how much the unit says (0 to 1)."""

    unit: Unit
    form: Form | None
    strength: float
    idf: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found.

    `score` is a weighted sum of standardised parts, about 0 for a chance hit; after reranking it is the reranker's
    value. Higher is better in both. `signals` are the reranker's features.
    """

    passage: StoredPassage
    score: float
    words: float
    bigrams: float
    cosine: float
    matches: tuple[Match, ...]
    signals: tuple[float, ...] = ()

    def section_matches(self, number: str) -> bool:
        """Whether the passage stands in the section of that number."""
        return any(re.match(rf"{re.escape(number)}(?![\d.]*\d)", heading) for heading in self.passage.path[-1:])

    @property
    def coverage(self) -> float:
        """The share of the question's idf mass that the passage holds, 0 to 1."""
        total = sum(match.idf for match in self.matches)
        return sum(match.idf * match.strength for match in self.matches) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one question found: its units and all hits, best first."""

    query: Query
    units: tuple[Unit, ...]
    hits: tuple[Hit, ...]


class Retriever:
    """Finds passages of a Library for questions."""

    def __init__(
        self, library: Library, inspector: Inspector, bridge: Bridge, weights: Mapping[str, Weights] | None = None
    ) -> None:
        """Use fitted weights unless others are given; keys are "ko-en" for a Korean question and English passages."""
        self._library = library
        self._inspector = inspector
        self._bridge = bridge
        self._weights = weights or fitted_weights()

    def search(self, query: Query, top_k: int) -> Run:
        """Return the `top_k` best passages of all languages, each document's editions counted apart."""
        index = self._library.index
        units = tuple(self._bridge.units(query.terms, query.text))
        if not len(index.rows):
            return Run(query, units, ())
        question = self._library.embedder.embed_question(query.text)
        cosine = index.vectors.similarities(question)
        bigrams = index.bigrams.scores([{gram: 1.0} for gram in self._library.analyser.bigrams(_topic(query))])
        hits: list[Hit] = []
        idfs = [_relative_idf(unit, index) for unit in units]
        for language, mask in _partitions(index):
            words = index.words.scores([group for unit in units for group in unit.groups(language)])
            weights = self._weights[f"{query.language}-{language}"]
            hits.extend(self._best(index, mask, (words, bigrams, cosine), weights, units, idfs, language))
        hits = self._with_editions(hits, query)
        return Run(query, units, tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage.row))[:top_k]))

    def _best(
        self,
        index: PassageIndex,
        mask: NDArray[np.bool_],
        parts: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
        weights: Weights,
        units: Sequence[Unit],
        idfs: Sequence[float],
        language: Language,
    ) -> list[Hit]:
        rows = np.flatnonzero(mask)
        words, bigrams, cosine = (part[rows] for part in parts)
        fused = (
            weights.words * standardise(words)
            + weights.bigrams * standardise(bigrams)
            + weights.cosine * standardise(cosine)
        )
        best = np.lexsort((rows, -fused))[:CANDIDATES]
        passages = self._library.store.passages(int(row) for row in index.rows[rows[best]])
        position = {int(index.rows[rows[at]]): at for at in best}
        return [
            Hit(
                passage,
                float(fused[at]) + weights.offset,
                float(words[at]),
                float(bigrams[at]),
                float(cosine[at]),
                self._matches(passage, units, idfs, language),
            )
            for passage in passages
            for at in (position[passage.row],)
        ]

    def _matches(
        self, passage: StoredPassage, units: Sequence[Unit], idfs: Sequence[float], language: Language
    ) -> tuple[Match, ...]:
        present = self._inspector.view(passage).terms
        found = []
        for unit, idf in zip(units, idfs, strict=True):
            strength, form = unit.match(present, language)
            found.append(Match(unit, form, strength, idf))
        return tuple(found)

    def _with_editions(self, hits: list[Hit], query: Query) -> list[Hit]:
        """Add to each hit a share of the best score that the same section has in the work's other language."""
        best: dict[tuple[str, str, str], float] = {}
        for hit in hits:
            key = (hit.passage.work, hit.passage.section_id, hit.passage.language)
            best[key] = max(best.get(key, 0.0), hit.score)
        lifted = []
        for hit in hits:
            other = "en" if hit.passage.language == "ko" else "ko"
            share = self._weights[f"{query.language}-{hit.passage.language}"].edition
            bonus = share * best.get((hit.passage.work, hit.passage.section_id, other), 0.0)
            lifted.append(replace(hit, score=hit.score + bonus))
        return lifted


def standardise(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores with mean 0 and standard deviation 1; all zeros where they do not differ."""
    spread = float(scores.std())
    if spread < 1e-9:
        return np.zeros_like(scores)
    scaled: NDArray[np.float32] = (scores - scores.mean()) / np.float32(spread)
    return scaled


def fitted_weights() -> dict[str, Weights]:
    """Return the weights that `python -m bench.fit` wrote, per language pair."""
    stored = json.loads(resources.files("qa").joinpath("fitted.json").read_text(encoding="utf-8"))
    return {pair: Weights(**values) for pair, values in stored["weights"].items()}


def _partitions(index: PassageIndex) -> list[tuple[Language, NDArray[np.bool_]]]:
    both: list[tuple[Language, NDArray[np.bool_]]] = [("ko", index.korean), ("en", ~index.korean)]
    return [(language, mask) for language, mask in both if mask.any()]


def _relative_idf(unit: Unit, index: PassageIndex) -> float:
    """Return how much a unit says, 0 to 1: its idf in the Library over the highest, at most its rarity in general text.

    The idf is that of the unit's rarest word, by its commonest form in either language.
    """
    frequency = 0
    for language in ("ko", "en"):
        for form in unit.forms[language]:
            frequency = max(frequency, min(len(index.words.postings(term)[0]) for term in form.terms))
    return min(index.words.idf(frequency) / index.words.idf(0), unit.rarity)


def _topic(query: Query) -> str:
    """Return the question's topic words as written, without what only asks."""
    return " ".join(query.text[term.start : term.end] for term in query.terms)

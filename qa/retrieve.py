"""A Query in, Hits out, best first. Writes nothing and answers nothing.

Each language of the Library is scored apart: BM25 over words (through the bridge) and the cosine of the
vectors, each standardised over that language's passages and added with weights fitted per language pair.
A passage gains from the same section in the work's other edition. Sections whose known questions come near the question
are looked at too, whatever their words.
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
from qa.asked import AskedQuestions, Likeness, Place
from qa.bridge import Bridge, Form, Matcher, Unit
from qa.evidence import Inspector
from qa.query import Query

CANDIDATES = 40
FEW = 200
PREDICATE_SHARE = 0.4  # a verb says less of what is asked about than a noun
ASKED_SECTIONS = 8  # so many sections with the likest known questions are looked at whatever their words


@dataclass(frozen=True, slots=True)
class Weights:
    """How the standardised parts are added for one language pair, question → passage."""

    words: float
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
    value. Higher is better in both. `likeness` is that of its section's known questions, None where it has none;
    `signals` are what the reranker saw.
    """

    passage: StoredPassage
    score: float
    words: float
    cosine: float
    matches: tuple[Match, ...]
    likeness: Likeness | None = None
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
    """What one question found: its units, how much each says (0 to 1), and all hits, best first."""

    query: Query
    matcher: Matcher
    idfs: tuple[float, ...]
    hits: tuple[Hit, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The things that the question names."""
        return self.matcher.units


class Retriever:
    """Finds passages of a Library for questions."""

    def __init__(
        self,
        library: Library,
        inspector: Inspector,
        bridge: Bridge,
        asked: AskedQuestions,
        weights: Mapping[str, Weights] | None = None,
    ) -> None:
        """Use fitted weights unless others are given; keys are "ko-en" for a Korean question and English passages."""
        self._library = library
        self._asked = asked
        self._inspector = inspector
        self._bridge = bridge
        self._weights = weights or fitted_weights()
        self._looked_up: tuple[PassageIndex | None, Mapping[Place, Sequence[int]]] = (None, {})

    def search(self, query: Query, top_k: int) -> Run:
        """Return the `top_k` best passages of all languages, each document's editions counted apart.

        The sections with the likest known questions come with them, so that there may be a few more.
        """
        index = self._library.index
        matcher = Matcher(self._bridge.units(query.terms, query.text))
        if not len(index.rows):
            return Run(query, matcher, (), ())
        cosine = index.vectors.similarities(self._library.embedder.embed_question(query.text))
        likeness = self._asked.likeness(query, matcher.units)
        likest = sorted(likeness, key=lambda place: -likeness[place].total)[:ASKED_SECTIONS]
        named = frozenset(row for place in likest for row in self._asked_rows(index).get(place, ()))
        idfs = tuple(_relative_idf(unit, index) for unit in matcher.units)
        hits: list[Hit] = []
        partitions = _partitions(index)
        words = np.zeros(len(index.rows), np.float32)
        for language, mask in partitions:
            groups = [group for unit in matcher.units for group in unit.groups(language)]
            words[mask] = index.words.scores(groups)[mask]
        for language, mask in partitions:
            weights = self._weights[f"{query.language}-{language}"]
            found = self._best(index, np.flatnonzero(mask), np.stack([words, cosine]), weights, named)
            hits.extend(
                replace(
                    hit,
                    matches=self._matches(hit.passage, matcher, idfs),
                    likeness=likeness.get((hit.passage.work, hit.passage.section_id)),
                )
                for hit in found
            )
        hits = sorted(self._with_editions(hits, query), key=lambda hit: (-hit.score, hit.passage.row))
        kept = tuple(hits[:top_k]) + tuple(hit for hit in hits[top_k:] if hit.passage.row in named)
        return Run(query, matcher, idfs, kept)

    def _asked_rows(self, index: PassageIndex) -> Mapping[Place, Sequence[int]]:
        """Return the row numbers of the passages of sections with known questions; looked up once for an index."""
        known, rows = self._looked_up
        if known is not index:
            rows = self._library.store.rows_by_section({work for work, _ in self._asked.places})
            self._looked_up = index, rows
        return rows

    def _best(
        self,
        index: PassageIndex,
        rows: NDArray[np.int64],
        parts: NDArray[np.float32],
        weights: Weights,
        named: frozenset[int],
    ) -> list[Hit]:
        """Return the best passages among the index rows `rows`, and those with the row numbers `named`.

        `parts` are the BM25 scores and the cosines of all rows, float32, shape (2, all rows).
        """
        mix = np.array([weights.words, weights.cosine], np.float32)
        fused = mix @ np.stack([standardise(part[rows], part) for part in parts])
        parts, numbers = parts[:, rows], index.rows[rows]
        best = dict.fromkeys(np.lexsort((rows, -fused))[:CANDIDATES].tolist())
        best |= dict.fromkeys(np.flatnonzero(np.isin(numbers, list(named))).tolist())
        position = {int(numbers[at]): at for at in best}
        return [
            Hit(
                passage=passage,
                score=float(fused[at]) + weights.offset,
                words=float(parts[0, at]),
                cosine=float(parts[1, at]),
                matches=(),
            )
            for passage in self._library.store.passages(position)
            for at in (position[passage.row],)
        ]

    def _matches(self, passage: StoredPassage, matcher: Matcher, idfs: Sequence[float]) -> tuple[Match, ...]:
        found = matcher.matches(self._inspector.view(passage).terms, passage.language)
        return tuple(
            Match(unit, form, strength, idf)
            for unit, idf, (strength, form) in zip(matcher.units, idfs, found, strict=True)
        )

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


def standardise(scores: NDArray[np.float32], of_all: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """Return the scores less their mean, over their standard deviation; all zeros where they do not differ.

    With `of_all`, the scores of the whole Library, both are drawn towards its mean and deviation as if FEW of its
    passages stood beside: among three English pages in a Korean Library, being the best says little.
    """
    mean, square, count = float(scores.mean()), float(np.square(scores).mean()), len(scores)
    if of_all is not None and len(of_all) > count:
        mean = (count * mean + FEW * float(of_all.mean())) / (count + FEW)
        square = (count * square + FEW * float(np.square(of_all).mean())) / (count + FEW)
    spread = max(0.0, square - mean * mean) ** 0.5
    if spread < 1e-6:
        return np.zeros_like(scores)
    scaled: NDArray[np.float32] = (scores - np.float32(mean)) / np.float32(spread)
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

    The idf is that of the unit's rarest word, by its commonest form in either language; predicates count less.
    """
    frequency = 0
    for language in ("ko", "en"):
        for form in unit.forms[language]:
            frequency = max(frequency, min(len(index.words.postings(term)[0]) for term in form.terms))
    said = min(index.words.idf(frequency) / index.words.idf(0), unit.rarity)
    return PREDICATE_SHARE * said if unit.predicate else said

"""A Query in, Hits out, best first. Writes nothing and answers nothing.

Each language of the Library is scored apart: BM25 over words (through the bridge) and the cosine of the
vectors, each standardised over that language's passages and added with weights fitted per language pair.
A passage gains from the same section in the work's other edition. Sections whose known questions come near the question
are looked at too, whatever their words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.load import Language
from index.segments.partition import Partition, PassageIndex
from index.segments.vectors import Spread
from index.storage.record import StoredPassage
from qa.question.query import Query
from qa.retrieval.asked import AskedQuestions, Likeness, Place
from qa.retrieval.fuse import Weights, fitted_weights, standardise
from qa.retrieval.numbered import is_numbered
from qa.words.bridge import Bridge, Form, Matcher, Unit

LANGUAGES: tuple[Language, ...] = ("ko", "en")
CANDIDATES = 40
PROMISING = 400  # passages of a large Library whose words match best, and are looked at
CHOSEN_AT_ONCE = 20_000  # passages of the documents asked, up to which all their cosines are computed
PREDICATE_SHARE = 0.4  # a verb says less of what is asked about than a noun
_BESIDE = ThreadPoolExecutor(thread_name_prefix="qa.retrieval.retrieve")  # looks for vectors while words are looked up
LOOKED_THROUGH = 300  # documents, for sections of the number that is asked for
ASKED_SECTIONS = 8  # so many sections with the likest known questions are looked at whatever their words


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
        """Whether the passage stands in the section of a number."""
        return is_numbered(self.passage.path, number)

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

    def margin(self, hit: Hit) -> float:
        """Return how far a hit's score is above the best of other works; 0 where there is no other."""
        return hit.score - max((h.score for h in self.hits if h.passage.work != hit.passage.work), default=hit.score)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The passages of one language that are looked at: BM25 scores and cosines, shape (2, passages), by row number.

    `spreads` are those of all the language's passages; `named` are those whose sections' known questions are likest.
    """

    partition: Partition
    positions: NDArray[np.int64]
    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    spreads: tuple[Spread, Spread]
    named: NDArray[np.bool_]

    @property
    def language(self) -> Language:
        """The language of the passages."""
        return self.partition.language


class Retriever:
    """Finds passages of a Library for questions."""

    def __init__(
        self,
        library: Library,
        bridge: Bridge,
        asked: AskedQuestions,
        weights: Mapping[str, Weights] | None = None,
    ) -> None:
        """Use fitted weights unless others are given; keys are "ko-en" for a Korean question and English passages."""
        self._library = library
        self._asked = asked
        self._bridge = bridge
        self._weights = weights or fitted_weights()
        self._looked_up: tuple[PassageIndex | None, Mapping[Place, Sequence[int]]] = (None, {})

    def search(self, query: Query, top_k: int, within: Collection[str] | None = None) -> Run:
        """Return the `top_k` best passages of all languages, each document's editions counted apart.

        The sections with the likest known questions come with them, so that there may be a few more. `within` are the
        ids of the documents that are asked, None all; what a score means does not depend on them.
        """
        index = self._library.index
        matcher = Matcher(self._bridge.units(query.terms, query.text))
        if not len(index):
            return Run(query, matcher, (), ())
        asked_rows = self._asked_rows(index)
        likeness = self._asked.likeness(query, matcher.units) if asked_rows else {}
        likest = sorted(likeness, key=lambda place: -likeness[place].total)[:ASKED_SECTIONS]
        likely = {row for place in likest for row in asked_rows.get(place, ())}
        likely |= self._rows_numbered(query.section, within) if query.section else set()
        idfs = _relative_idfs(matcher, index)
        asked = None if within is None else self._library.store.rows_of(within)
        parts = self._parts(query, index, matcher, likely, asked)
        hits: list[Hit] = []
        for part in parts:
            weights = self._weights[f"{query.language}-{part.language}"]
            of_all = [sum((other.spreads[at] for other in parts), Spread()) for at in range(2)]
            hits.extend(self._best(part, weights, of_all, matcher, idfs, likeness))
        hits = sorted(self._with_editions(hits, query), key=lambda hit: (-hit.score, hit.passage.row))
        kept = (*hits[:top_k], *(hit for hit in hits[top_k:] if hit.passage.row in likely))
        return Run(query, matcher, idfs, kept)

    def _rows_numbered(self, number: str, within: Collection[str] | None) -> set[int]:
        """Return the row numbers of the passages of sections of that number; none of a Library of many documents."""
        store = self._library.store
        ids = [card.doc_id for card in store.cards() if within is None or card.doc_id in within]
        documents = filter(None, map(store.document, ids if len(ids) <= LOOKED_THROUGH else ()))
        each = ((document.work, section) for document in documents for section in document.sections)
        places = {(work, section.section_id) for work, section in each if is_numbered(section.path, number)}
        rows = store.rows_by_section({work for work, _ in places})
        return {row for place in places for row in rows.get(place, ())}

    def _asked_rows(self, index: PassageIndex) -> Mapping[Place, Sequence[int]]:
        """Return the row numbers of the passages of sections with known questions; looked up once for an index."""
        known, rows = self._looked_up
        if known is not index:
            rows = self._library.store.rows_by_section({work for work, _ in self._asked.places})
            self._looked_up = index, rows
        return rows

    def _parts(
        self,
        query: Query,
        index: PassageIndex,
        matcher: Matcher,
        likely: Collection[int],
        asked: Collection[int] | None,
    ) -> list[_Parts]:
        """Score the passages of each language: all of few, of many those that words or vectors bring forward.

        `asked` are the row numbers that may be found, None all.
        """
        question = self._library.embedder.embed_question(query.text)
        large = [partition for partition in index.partitions if not partition.is_exact]
        nearest = {partition.language: _BESIDE.submit(partition.nearest, question) for partition in large}
        found = []
        for partition in index.partitions:
            groups = [group for unit in matcher.units for group in unit.groups(partition.language)]
            words = partition.words(groups)
            own = partition.positions(likely)
            chosen = None if asked is None else partition.positions(asked)
            also = [own]
            if partition.language in nearest:
                also += [_highest(words, PROMISING), nearest[partition.language].result()]
                if chosen is not None and len(chosen) <= CHOSEN_AT_ONCE:
                    also.append(chosen)
            positions, cosines, spread = partition.cosines(question, np.concatenate(also))
            kept = ~partition.references[positions] if not query.references else np.ones(len(positions), bool)
            if chosen is not None:
                kept &= np.isin(positions, chosen)
            positions, cosines = positions[kept], cosines[kept]
            found.append(
                _Parts(
                    partition,
                    positions,
                    partition.rows[positions],
                    np.stack([words[positions], cosines]),
                    (Spread.of(words), spread),
                    np.isin(positions, own),
                )
            )
        return found

    def _best(
        self,
        part: _Parts,
        weights: Weights,
        of_all: Sequence[Spread],
        matcher: Matcher,
        idfs: Sequence[float],
        likeness: Mapping[Place, Likeness],
    ) -> Iterator[Hit]:
        """Yield the best passages of one language, and those whose sections' known questions are likest."""
        pairs = zip(part.scores, part.spreads, of_all, strict=True)
        mix = np.array([weights.words, weights.cosine], np.float32)
        fused = mix @ np.stack([standardise(scores, own, every) for scores, own, every in pairs])
        best = dict.fromkeys(np.lexsort((part.rows, -fused))[:CANDIDATES].tolist())
        best |= dict.fromkeys(np.flatnonzero(part.named).tolist())
        held = part.partition.held(matcher.vocabulary(part.language), part.positions[list(best)])
        position = {int(part.rows[at]): (at, terms) for at, terms in zip(best, held, strict=True)}
        for passage in self._library.store.passages(position):
            at, terms = position[passage.row]
            found = zip(matcher.units, idfs, matcher.matches(terms, part.language), strict=True)
            yield Hit(
                passage=passage,
                score=float(fused[at]) + weights.offset,
                words=float(part.scores[0, at]),
                cosine=float(part.scores[1, at]),
                matches=tuple(Match(unit, form, strength, idf) for unit, idf, (strength, form) in found),
                likeness=likeness.get((passage.work, passage.section_id)),
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
            lifted.append(replace(hit, score=hit.score + bonus) if bonus else hit)
        return lifted


def _highest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the positions of the `count` highest scores above 0, in no order."""
    above: NDArray[np.int64] = np.flatnonzero(scores > 0)  # of truth values it is ten times as fast as of numbers
    if len(above) <= count:
        return above
    return above[np.argpartition(scores[above], -count)[-count:]]


def _relative_idfs(matcher: Matcher, index: PassageIndex) -> tuple[float, ...]:
    """Return how much each unit says, 0 to 1: its idf in the Library over the highest, at most its rarity in general.

    The idf is that of the unit's rarest word, by its commonest form in either language; predicates count less.
    """
    held = index.words.document_frequencies(term for language in LANGUAGES for term in matcher.vocabulary(language))
    idf = index.words.statistics.idf
    found = []
    for unit in matcher.units:
        forms = (form for language in LANGUAGES for form in unit.forms[language])
        frequency = max((min(held[term] for term in form.terms) for form in forms), default=0)
        said = min(idf(frequency) / idf(0), unit.rarity)
        found.append(PREDICATE_SHARE * said if unit.predicate else said)
    return tuple(found)

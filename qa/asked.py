"""A Query in, the sections whose known questions come near it out. Ranks no passages.

The shipped corpus carries, for every section, questions that it answers, in both languages (`seeds/questions.tsv`):
document expansion by queries (Nogueira & Lin, 2019), written by hand and kept apart from the text, so that they are
searched and never quoted. Papers that a user adds have none and lose nothing by it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Language
from index.segments.terms import TermIndex
from qa.bridge import Unit
from qa.query import Query, topic_terms

Place = tuple[str, str]  # work, section id
REMEMBERED = 1_000  # sections whose known questions were taken apart last


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a section's nearest known question is: cosines of rare words and of meanings, 0 to 1."""

    words: float
    meaning: float

    @property
    def total(self) -> float:
        """Both together, 0 to 2."""
        return self.words + self.meaning


NOTHING_ALIKE = Likeness(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """A section's known questions in one language, and of each its terms and its vector, in the same order.

    `words` are the words of all of them as they are written, each once.
    """

    texts: tuple[str, ...]
    terms: tuple[frozenset[str], ...]
    words: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Side:
    """The known questions in one language, those of a section beside each other."""

    words: TermIndex
    lengths: NDArray[np.float32]
    vectors: NDArray[np.float32]


class AskedQuestions:
    """The known questions of all sections. Those of a language are analysed when a question in it is first asked."""

    def __init__(self, rows: Sequence[tuple[Place, str, str]], analyser: Analyser, embedder: Embedder) -> None:
        """Take rows of a section, a Korean question and the same in English."""
        rows = sorted(rows, key=lambda row: row[0])
        self.places = sorted({place for place, _, _ in rows})
        self._starts = [at for at, row in enumerate(rows) if not at or row[0] != rows[at - 1][0]]
        self._texts: dict[Language, list[str]] = {"ko": [ko for _, ko, _ in rows], "en": [en for _, _, en in rows]}
        self._analyser = analyser
        self._embedder = embedder
        self._side = cache(self._make_side)
        ends = [*self._starts[1:], len(rows)]
        self._rows = {place: slice(*span) for place, *span in zip(self.places, self._starts, ends, strict=False)}
        self.of = lru_cache(maxsize=REMEMBERED)(self._of)

    @classmethod
    def load(cls, path: Path, analyser: Analyser, embedder: Embedder) -> "AskedQuestions":
        """Read `work<TAB>section_id<TAB>ko<TAB>en` lines under a header."""
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        cells = [line.split("\t") for line in lines if line.strip()]
        return cls([((work, section), ko, en) for work, section, ko, en in cells], analyser, embedder)

    def likeness(self, query: Query, units: Sequence[Unit]) -> dict[Place, Likeness]:
        """Return how near each section's known questions come; a section that is not in it has none."""
        if not self.places:
            return {}
        side = self._side(query.language)
        words = _cosines(side, [group for unit in units for group in unit.groups(query.language)])
        meaning = side.vectors @ self._embedder.embed_question(query.text)
        best = np.maximum.reduceat(np.stack([words, np.maximum(meaning, 0.0)]), self._starts, axis=1)
        pairs = zip(self.places, best.T.tolist(), strict=True)
        return {place: Likeness(words, meaning) for place, (words, meaning) in pairs}

    def _of(self, place: Place, language: Language) -> KnownQuestions | None:
        """Return the known questions of a section, None where it has none; those asked for last are remembered."""
        rows = self._rows.get(place)
        if rows is None:
            return None
        texts = tuple(self._texts[language][rows])
        topics = [[(term, text) for term in topic_terms(text, self._analyser)] for text in texts]
        return KnownQuestions(
            texts=texts,
            terms=tuple(frozenset(term.text for term, _ in topic) for topic in topics),
            words=tuple(dict.fromkeys(text[term.start : term.end] for topic in topics for term, text in topic)),
            vectors=self._side(language).vectors[rows],
        )

    def _make_side(self, language: Language) -> _Side:
        texts = self._texts[language]
        topics = [Counter(term.text for term in topic_terms(text, self._analyser)) for text in texts]
        words = TermIndex.build(topics)
        squares = [sum(words.statistics.idf(words.document_frequency(term)) ** 2 for term in topic) for topic in topics]
        lengths = np.sqrt(np.maximum(np.array(squares, np.float32), 1e-6))
        return _Side(words, lengths, self._embedder.embed_passages(texts))


def _cosines(side: _Side, groups: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    """Return the cosine of every known question with the asked one, both as idf vectors, float32, in [0, 1]."""
    dots = np.zeros(len(side.lengths), np.float32)
    square = 0.0
    for group in groups:
        postings = [(side.words.postings(term)[0], weight) for term, weight in group.items()]
        idf = side.words.statistics.idf(max((len(rows) for rows, _ in postings), default=0))
        square += idf * idf
        held = np.zeros(len(side.lengths), np.float32)
        for rows, weight in postings:
            held[rows] = np.maximum(held[rows], np.float32(weight))
        dots += np.float32(idf * idf) * held
    cosines: NDArray[np.float32] = dots / (side.lengths * np.float32(max(square, 1e-6) ** 0.5))
    return np.minimum(cosines, 1.0)

"""A Query in, the sections whose known questions come near it out, and how open it looks. Ranks no passages.

The shipped corpus carries, for every section, questions that it answers, in both languages (`seeds/questions.tsv`):
document expansion by queries (Nogueira & Lin, 2019), written by hand and kept apart from the text, so that they are
searched and never quoted. Beside them stand open questions, as near to a section, which nothing in the corpus answers
(`seeds/open.tsv`). Papers that a user adds have neither and lose nothing by it.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Language
from qa.question.amounts import amounts, differ
from qa.question.query import Query, topic_terms
from qa.retrieval.question_index import QuestionIndex
from qa.words.bridge import Unit

Place = tuple[str, str]  # work, section id
Digests = Mapping[tuple[Place, Language], str]  # what the texts of sections digest to
REMEMBERED = 1_000  # sections whose known questions were taken apart last
_NOTHING = np.zeros((2, 0), np.int64)
_VOTERS, _SHARPNESS = 20, 0.15  # the likest questions of each kind, and by how much likeness a vote falls to 1 / e
_OTHER_AMOUNT = 0.8  # what the likeness of a question on "10 to 20 years" is worth to one on "more than 20 years"
_BY_MEANING, _MOST_ODDS = 0.05, 10.0  # likewise by how much cosine of meanings; the highest odds that there are


class Row(NamedTuple):
    """A question: its section, the same in Korean and in English, and the sentences there that answer it, from 1 on."""

    place: Place
    ko: str
    en: str
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a section's nearest known question is: cosines of rare words and of meanings, 0 to 1.

    `open` is how open the question looks, 0 to 1: which share of the likest questions' votes is of open ones, each
    voting the more the likelier it is (Dudani, 1976). `open_here`: among the section's own. `odds`: log-odds of the
    known ones there, by such votes on the meaning alone, -10 to 10. `nearer`: how much nearer in meaning the nearest of
    all known questions is than the nearest open one, -1 to 1. `sentences`: how near the nearest known question comes
    that each sentence of the section answers, 0 to 2, up to the last that answers one.
    """

    words: float
    meaning: float
    open: float = 0.0
    open_here: float = 0.0
    odds: float = 0.0
    nearer: float = 0.0
    sentences: tuple[float, ...] = ()

    @property
    def total(self) -> float:
        """Both together, 0 to 2."""
        return self.words + self.meaning


NOTHING_ALIKE = Likeness(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """A section's known questions in one language, and of each its terms, its vector and the sentences that answer it.

    `words` are the words of all of them as they are written, each once.
    """

    texts: tuple[str, ...]
    terms: tuple[frozenset[str], ...]
    words: tuple[str, ...]
    vectors: NDArray[np.float32]
    sentences: tuple[tuple[int, ...], ...]


class _Questions:
    """Questions of sections. Those of a language are analysed when a question in it is first asked, kept where said."""

    def __init__(self, rows: Sequence[Row], analyser: Analyser, embedder: Embedder, kept_in: Path | None) -> None:
        rows = sorted(rows, key=lambda row: row.place)
        self.places = sorted({row.place for row in rows})
        self.starts = [at for at, row in enumerate(rows) if not at or row.place != rows[at - 1].place]
        spans = pairwise([*self.starts, len(rows)])
        self.rows = {place: slice(*span) for place, span in zip(self.places, spans, strict=True)}
        self.texts: dict[Language, list[str]] = {"ko": [row.ko for row in rows], "en": [row.en for row in rows]}
        self.sentences = [row.sentences for row in rows]
        self._analyser = analyser
        self._embedder = embedder
        self._kept_in = kept_in
        self.index = cache(self._index_of)
        self._amounts = cache(lambda language: [amounts(text) for text in self.texts[language]])

    def similarities(self, query: Query, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Return how near each question comes, shape (2, questions), 0 to 1: cosines of rare words and of meanings."""
        index = self.index(query.language)
        words = _cosines(index, [group for unit in units for group in unit.groups(query.language)])
        meaning = index.vectors @ self._embedder.embed_question(query.text)
        return np.stack([words, np.maximum(meaning, np.float32(0.0))])

    def counting_alike(self, query: Query) -> NDArray[np.float32]:
        """Return what each question's likeness is worth by what both count: less where it counts something else."""
        asked = amounts(query.text)
        told = self._amounts(query.language) if asked else []
        return np.array([_OTHER_AMOUNT if differ(one, asked) else 1.0 for one in told] or [1.0], np.float32)

    def sums(self, values: NDArray[np.float64]) -> dict[Place, float]:
        """Return for each section the sum of a value of each of its questions."""
        return dict(zip(self.places, np.add.reduceat(values, self.starts).tolist(), strict=True))

    def _index_of(self, language: Language) -> QuestionIndex:
        texts = self.texts[language]
        if self._kept_in is None:
            return QuestionIndex.build(texts, self._analyser, self._embedder)
        return QuestionIndex.kept(texts, self._analyser, self._embedder, self._kept_in)


class _Answering:
    """Which sentence of its section answers which question. A slot is a sentence; those of a section are adjacent."""

    def __init__(self, answers: Sequence[Sequence[int]], starts: Sequence[int]) -> None:
        """Take the sentences that answer each question, and where the sections' questions start."""
        sections = [range(*span) for span in pairwise([*starts, len(answers)])]
        sizes = [max((at for row in rows for at in answers[row]), default=0) for rows in sections]
        self._ends = np.cumsum([0, *sizes]).tolist()
        firsts = zip(sections, self._ends, strict=False)
        pairs = sorted({(first + at - 1, row) for rows, first in firsts for row in rows for at in answers[row]})
        slots, self._rows = (np.array(column, np.int64) for column in zip(*pairs, strict=True)) if pairs else _NOTHING
        self._slots, self._starts = np.unique(slots, return_index=True)

    def nearest(self, values: NDArray[np.float32]) -> list[tuple[float, ...]]:
        """Return for each section the highest value of the questions that each of its sentences answers, 0 for none."""
        highest = np.zeros(self._ends[-1], np.float32)
        if len(self._rows):
            highest[self._slots] = np.maximum.reduceat(values[self._rows], self._starts)
        found = highest.tolist()
        return [tuple(found[start:end]) for start, end in pairwise(self._ends)]


class AskedQuestions:
    """The known questions of all sections, and the open ones."""

    def __init__(
        self,
        rows: Sequence[Row],
        analyser: Analyser,
        embedder: Embedder,
        open_rows: Sequence[Row] = (),
        kept_in: Path | None = None,
        digests: Digests = MappingProxyType({}),
    ) -> None:
        """Take the known questions, and the open ones; what they amount to is kept in `kept_in`, if that is given.

        `digests` are those of the texts that the sentences of known questions were counted in.
        """
        self._known = _Questions(rows, analyser, embedder, kept_in)
        self._open = _Questions(open_rows, analyser, embedder, kept_in)
        self._answering = _Answering(self._known.sentences, self._known.starts)
        self._analyser = analyser
        self._digests = digests
        self.of = lru_cache(maxsize=REMEMBERED)(self._of)

    @classmethod
    def load(
        cls, known: Path, open_questions: Path, texts: Path, analyser: Analyser, embedder: Embedder, kept_in: Path
    ) -> "AskedQuestions":
        """Read `work<TAB>section_id<TAB>ko<TAB>en` lines under a header, of all three; what they amount to is kept.

        Known questions have a fifth cell: the numbers of the sentences that answer, with commas, or a dash. `texts` has
        digests in the place of questions.
        """
        digests: dict[tuple[Place, Language], str] = {}
        for row in read_rows(texts):
            digests |= {(row.place, "ko"): row.ko, (row.place, "en"): row.en}
        return cls(read_rows(known), analyser, embedder, read_rows(open_questions), kept_in, digests)

    @property
    def places(self) -> Sequence[Place]:
        """The sections with known questions."""
        return self._known.places

    def are_counted(self, place: Place, language: Language, text: str) -> bool:
        """Whether a section's known questions count their sentences in this text: a user may have changed it."""
        return self._digests.get((place, language)) in (None, section_digest(text))

    def likeness(self, query: Query, units: Sequence[Unit]) -> dict[Place, Likeness]:
        """Return how near each section's known questions come; a section that is not in it has none."""
        if not self.places:
            return {}
        near = self._known.similarities(query, units)
        best = np.maximum.reduceat(near, self._known.starts, axis=1)
        totals = near.sum(axis=0)
        share, here, odds, nearer = 0.0, dict[Place, float](), dict[Place, float](), 0.0
        if self._open.places:
            opened = self._open.similarities(query, units)
            share, here = self._shares(totals, opened.sum(axis=0))
            odds = self._odds(near[1], opened[1])
            nearer = float(near[1].max() - opened[1].max())
        sentences = self._answering.nearest(totals * self._known.counting_alike(query))
        return {
            place: Likeness(words, meaning, share, here.get(place, 0.0), odds.get(place, 0.0), nearer, nearest)
            for place, (words, meaning), nearest in zip(self.places, best.T.tolist(), sentences, strict=True)
        }

    def _shares(self, known: NDArray[np.float32], opened: NDArray[np.float32]) -> tuple[float, dict[Place, float]]:
        """Return the open questions' share of the votes, of all and by section, by the likenesses of both kinds."""
        yes, no = _votes(known, opened, _SHARPNESS)
        here = {place: against / (against + held) for place, (held, against) in self._by_section(yes, no).items()}
        of_likest = [float(np.sort(votes)[-_VOTERS:].sum()) for votes in (yes, no)]
        return of_likest[1] / sum(of_likest), here

    def _odds(self, known: NDArray[np.float32], opened: NDArray[np.float32]) -> dict[Place, float]:
        """Return for each section with open questions the log-odds of its known ones, by the cosines of both kinds."""
        votes = self._by_section(*_votes(known, opened, _BY_MEANING))
        tiny = np.finfo(np.float64).tiny
        odds = {place: math.log(max(held, tiny)) - math.log(max(no, tiny)) for place, (held, no) in votes.items()}
        return {place: min(max(value, -_MOST_ODDS), _MOST_ODDS) for place, value in odds.items()}

    def _by_section(self, yes: NDArray[np.float64], no: NDArray[np.float64]) -> dict[Place, tuple[float, float]]:
        """Return for each section with open questions the votes of its known ones and of these."""
        by_known = self._known.sums(yes)
        return {place: (by_known.get(place, 0.0), votes) for place, votes in self._open.sums(no).items()}

    def _of(self, place: Place, language: Language) -> KnownQuestions | None:
        """Return the known questions of a section, None where it has none; those asked for last are remembered."""
        rows = self._known.rows.get(place)
        if rows is None:
            return None
        texts = tuple(self._known.texts[language][rows])
        topics = [[(term, text) for term in topic_terms(text, self._analyser)] for text in texts]
        return KnownQuestions(
            texts=texts,
            terms=tuple(frozenset(term.text for term, _ in topic) for topic in topics),
            words=tuple(dict.fromkeys(text[term.start : term.end] for topic in topics for term, text in topic)),
            vectors=self._known.index(language).vectors[rows],
            sentences=tuple(self._known.sentences[rows]),
        )


def _votes(
    known: NDArray[np.float32], opened: NDArray[np.float32], sharpness: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the votes of questions of both kinds: the likest has 1, one that is `sharpness` less like has 1 / e."""
    best = max(float(known.max()), float(opened.max()))
    yes, no = (np.exp((values - best) / sharpness, dtype=np.float64) for values in (known, opened))
    return yes, no


def section_digest(text: str) -> str:
    """Return what a section's text digests to, whatever the spaces in its lines: a line's end may end a sentence."""
    lines = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def read_rows(path: Path) -> list[Row]:
    """Read `work<TAB>section_id<TAB>ko<TAB>en` lines under a header, with sentences in a fifth cell or without."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines if line.strip()]
    return [Row((work, section), ko, en, _numbers(*answers)) for work, section, ko, en, *answers in cells]


def _numbers(cell: str = "-") -> tuple[int, ...]:
    return () if cell == "-" else tuple(map(int, cell.split(",")))


def _cosines(index: QuestionIndex, groups: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    """Return the cosine of every known question with the asked one, both as idf vectors, float32, in [0, 1]."""
    dots = np.zeros(len(index.lengths), np.float32)
    statistics, square = index.words.statistics, 0.0
    for group in groups:
        postings = [(index.words.postings(term)[0], weight) for term, weight in group.items()]
        idf = statistics.idf(max((len(rows) for rows, _ in postings), default=0))
        square += idf * idf
        held = np.zeros(len(index.lengths), np.float32)
        for rows, weight in postings:
            held[rows] = np.maximum(held[rows], np.float32(weight))
        dots += np.float32(idf * idf) * held
    cosines: NDArray[np.float32] = dots / (index.lengths * np.float32(max(square, 1e-6) ** 0.5))
    return np.minimum(cosines, 1.0)

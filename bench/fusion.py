"""A corpus in, its passages' scores by every part of retrieval and by every fusion of them out, and the rank of gold.

`best_weights` is the grid that the Retriever's weights are chosen by. Writes nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

import seeds
from bench.corpora import DEVELOPMENT, Corpus, Place
from bench.fit import softmax_weights
from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from index.load import Language
from index.segments import terms
from index.segments.segment import PATH_WEIGHT, TITLE_WEIGHT
from index.segments.terms import TermIndex
from index.segments.vectors import Spread
from index.storage.record import StoredPassage
from qa.question.query import Query, understand
from qa.retrieval.fuse import fitted_weights, standardise
from qa.retrieval.retrieve import CANDIDATES
from qa.retrieval.signals import hangul_bigrams
from qa.words.bridge import Bridge

Scores = NDArray[np.float32]  # shape (questions, passages), or (parts, questions, passages); higher is better
Ranks = NDArray[np.int64]  # of the first right place, one a question, from 1
Mix = tuple[float, float, float]  # the weights of words, bigrams and cosine
Scorer = Callable[[Query, Language], NDArray[np.float32]]  # of all passages, by what passages of a language may hold

TABLE = MODEL_FOLDER / "bridge.tsv"
CUTOFF = 10
FOLDS = 5
RANK_CONSTANT = 60  # of Cormack, Clarke & Büttcher (2009)
BIGRAM_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)
COSINE_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0, 1.3)
FIELDS = ((0.0, TITLE_WEIGHT), (2.0, TITLE_WEIGHT), (PATH_WEIGHT, 0.0), (PATH_WEIGHT, 1.0))  # of headings, of the title
CONSTANTS = ((0.9, 0.4), (1.6, 0.75))  # k1 and b of BM25
PIVOTS, PIVOT_SHARE, LEAST_PIVOT = 3, 0.5, 0.02
_HANGUL = re.compile("[가-힣]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """Questions in one language, by their numbers in a corpus, and its passages in one language.

    `scores` are standardised, by part, the passages in the order of their places; `starts` is where each place begins;
    `gold` says which places answer, shape (questions, places).
    """

    corpus: str
    pair: str
    numbers: NDArray[np.int64]
    scores: Mapping[str, Scores]
    starts: NDArray[np.int64]
    gold: NDArray[np.bool_]

    def parts(self, words: str = "words", bigrams: str = "bigrams") -> Scores:
        """Return the scores of the three parts, shape (3, questions, passages)."""
        return np.stack([self.scores[words], self.scores[bigrams], self.scores["cosine"]])

    def ranks(self, scores: Scores) -> Ranks:
        """Return the rank of each question's first right place."""
        return gold_ranks(scores, self.starts, self.gold)

    def examples(self, which: NDArray[np.bool_]) -> list[tuple[NDArray[np.float64], NDArray[np.bool_]]]:
        """Return for some questions the parts, shape (passages, 3), and which passages are right."""
        parts = self.parts().astype(float)
        right = np.repeat(self.gold, np.diff([*self.starts, parts.shape[-1]]), axis=1)
        return [(parts[:, at].T, right[at]) for at in np.flatnonzero(which)]


@dataclass(frozen=True, slots=True)
class Column:
    """The questions of one corpus that a column is about, by their numbers there."""

    corpus: str
    label: str
    numbers: NDArray[np.int64]


def partial_bridges(analyser: Analyser) -> dict[str, Bridge]:
    """Return the bridge with nothing in it, with the glossary alone, and with the learned table alone."""
    glossary = [line.split("\t") for line in seeds.GLOSSARY.read_text(encoding="utf-8").splitlines()[1:]]
    table = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return {
        "no bridge": Bridge((), (), {}, analyser),
        "glossary": Bridge([(row[0], row[1]) for row in glossary if len(row) > 1], (), {}, analyser),
        "table": Bridge((), [(ko, en, float(weight)) for ko, en, weight in table], {}, analyser),
    }


def cells_of(corpus: Corpus, bridges: Mapping[str, Bridge]) -> Iterator[Cell]:
    """Yield a corpus's answerable questions and its passages by language, scored by every part and by `bridges`."""
    library = corpus.assistant.library
    passages = library.store.passages(library.index.rows)
    places = [place_of(passage, by_section=corpus.by_section) for passage in passages]
    scorers = scorers_of(corpus, bridges, passages)
    queries = [understand(question.text, library.analyser) for question in corpus.questions]
    for pair in fitted_weights():
        rows = [at for at, passage in enumerate(passages) if passage.language == pair.split("-")[1]]
        rows.sort(key=lambda at: places[at])
        known = sorted({places[at] for at in rows})
        golds = [question.gold.intersection(known) for question in corpus.questions]
        numbers = [at for at, gold in enumerate(golds) if gold and corpus.questions[at].language == pair.split("-")[0]]
        if not numbers:
            continue
        scores = {}
        for name, scorer in scorers.items():
            full = [scorer(queries[number], passages[rows[0]].language) for number in numbers]
            scores[name] = np.stack(
                [standardise(every[rows], Spread.of(every[rows]), Spread.of(every)) for every in full]
            )
        starts = [at for at, row in enumerate(rows) if at == 0 or places[row] != places[rows[at - 1]]]
        gold = np.array([[place in golds[number] for place in known] for number in numbers])
        yield Cell(corpus.name, pair, np.array(numbers), scores, np.array(starts), gold)


def place_of(passage: StoredPassage, *, by_section: bool) -> Place:
    """Return the name under which a passage is gold: its section or its document."""
    return (passage.work, passage.section_id) if by_section else (Path(passage.source).stem,)


def scorers_of(corpus: Corpus, bridges: Mapping[str, Bridge], passages: Sequence[StoredPassage]) -> dict[str, Scorer]:
    """Return what scores all passages: the parts, words by other bridges, and variants of words and bigrams."""
    library, bridge = corpus.assistant.library, corpus.assistant.bridge
    analyser = library.analyser

    grams = [[Counter(bigrams_of(text, analyser)) for text in fields_of(passage)] for passage in passages]
    by_grams = TermIndex.build([weigh(fields, (1.0, PATH_WEIGHT, TITLE_WEIGHT)) for fields in grams])

    def bigrams(query: Query, _: Language) -> NDArray[np.float32]:
        topic = " ".join(query.text[term.start : term.end] for term in query.terms)
        return by_grams.scores([{gram: 1.0} for gram in bigrams_of(topic, analyser)])

    vectors = np.concatenate([segment.vectors.vectors() for segment in library.index.segments])

    def cosine(query: Query, _: Language) -> NDArray[np.float32]:
        return vectors @ library.embedder.embed_question(query.text)

    counts = [[Counter(analyser.words(text)) for text in fields_of(passage)] for passage in passages]
    words = TermIndex.build([weigh(fields, (1.0, PATH_WEIGHT, TITLE_WEIGHT)) for fields in counts])
    found: dict[str, Scorer] = {"words": by_words(words, bridge), "bigrams": bigrams, "cosine": cosine}
    found |= {name: by_words(words, other) for name, other in bridges.items()}
    table = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    found["pivot"] = by_words(words, bridge, pivots((ko, en, float(weight)) for ko, en, weight in table))
    for k1, b in CONSTANTS:
        found |= {f"{name} {k1} {b}": _with_constants(found[name], k1, b) for name in ("words", "bigrams")}
    for headings, title in FIELDS:
        weighted = TermIndex.build([weigh(fields, (1.0, headings, title)) for fields in counts])
        found[f"words {headings} {title}"] = by_words(weighted, bridge)
    return found


def fields_of(passage: StoredPassage) -> tuple[str, str, str]:
    """Return a passage's text, headings and title."""
    return passage.text, " / ".join(passage.path), passage.title


def bigrams_of(text: str, analyser: Analyser) -> list[str]:
    """Return character bigrams of the Hangul words (a one-character word stands for itself) and the other terms."""
    grams = [term for term in analyser.words(text) if not _HANGUL.search(term)]
    return [*grams, *hangul_bigrams(text)]


def by_words(index: TermIndex, bridge: Bridge, further: Mapping[str, Mapping[str, float]] | None = None) -> Scorer:
    """Return what scores passages by words through a bridge; `further` are more forms of single words."""

    def score(query: Query, language: Language) -> NDArray[np.float32]:
        groups = []
        for unit in bridge.units(query.terms, query.text):
            found = unit.groups(language)
            if further and found and len(unit.own) == 1 and unit.language == language:
                found[0] = {**further.get(unit.own[0], {}), **found[0]}
            groups += found
        return index.scores(groups)

    return score


def pivots(table: Iterable[tuple[str, str, float]]) -> dict[str, dict[str, float]]:
    """Return the words of its own language that each word's translations lead back to, with weights in (0, 1].

    A weight is PIVOT_SHARE × the sum over translations of there × back; the PIVOTS highest from LEAST_PIVOT on stay.
    """
    forms: dict[str, dict[str, float]] = {}
    for ko, en, weight in table:
        forms.setdefault(ko, {})[en] = forms.setdefault(en, {})[ko] = weight
    found = {}
    for word, translations in forms.items():
        back: dict[str, float] = {}
        for other, there in translations.items():
            for again, weight in forms[other].items():
                back[again] = back.get(again, 0.0) + PIVOT_SHARE * there * weight
        back.pop(word, None)
        best = sorted(back.items(), key=lambda item: (-item[1], item[0]))[:PIVOTS]
        found[word] = {again: weight for again, weight in best if weight >= LEAST_PIVOT}
    return found


def weigh(fields: Sequence[Mapping[str, int]], weights: Sequence[float]) -> dict[str, float]:
    """Return the weighted sum of the word counts of fields; one that weighs 0 is as if it were not there."""
    found: dict[str, float] = {}
    for counts, weight in zip(fields, weights, strict=True):
        for term, count in counts.items() if weight else ():
            found[term] = found.get(term, 0.0) + weight * count
    return found


def _with_constants(scorer: Scorer, k1: float, b: float) -> Scorer:
    def score(query: Query, language: Language) -> NDArray[np.float32]:
        with patch.multiple(terms, K1=k1, B=b):
            return scorer(query, language)

    return score


def gold_ranks(scores: Scores, starts: NDArray[np.int64], gold: NDArray[np.bool_]) -> Ranks:
    """Return the rank of the best right place, from 1; a place scores as its best passage, ties count against gold."""
    best = np.maximum.reduceat(scores, starts, axis=1)
    highest = np.where(gold, best, -np.inf).max(axis=1, keepdims=True)
    found: Ranks = 1 + ((best >= highest) & ~gold).sum(axis=1)
    return found


def reciprocal(found: Ranks) -> NDArray[np.float64]:
    """Return 1 / rank, 0 beyond CUTOFF: the mean is MRR@10."""
    values: NDArray[np.float64] = np.where(found <= CUTOFF, 1 / found, 0.0)
    return values


def first(found: Ranks) -> NDArray[np.float64]:
    """Return 1 for rank 1, else 0: the mean is success@1."""
    values: NDArray[np.float64] = (found == 1).astype(float)
    return values


def ranks(scores: Scores) -> NDArray[np.float64]:
    """Return each passage's rank for its question, from 1; equal scores share the last of their ranks."""
    found: NDArray[np.float64] = rankdata(-scores, method="max", axis=-1)
    return found


def min_max(scores: Scores) -> Scores:
    """Return the scores of each question drawn to 0 to 1; all zeros where they do not differ."""
    low, high = scores.min(axis=-1, keepdims=True), scores.max(axis=-1, keepdims=True)
    found: Scores = (scores - low) / np.where(high > low, high - low, np.float32(1))
    return found


def weighted_sum(parts: Scores, weights: ArrayLike) -> Scores:
    """Return the weighted sum of parts."""
    found: Scores = np.tensordot(np.asarray(weights, np.float32), parts, axes=1)
    return found


def reciprocal_rank_fusion(parts: Scores, weights: ArrayLike, k: int = RANK_CONSTANT) -> Scores:
    """Return the sum of weight / (k + rank) over parts (Cormack, Clarke & Büttcher, 2009)."""
    return weighted_sum((1 / (k + ranks(parts))).astype(np.float32), weights)


def comb_mnz(parts: Scores, depth: int = CANDIDATES) -> Scores:
    """Return the sum of min-max-scaled parts × how many have the passage among their `depth` best (Fox & Shaw, 1994).

    A part that does not have it there adds nothing.
    """
    there = ranks(parts) <= depth
    found: Scores = (min_max(parts) * there).sum(axis=0) * there.sum(axis=0).astype(np.float32)
    return found


def shipped(cell: Cell) -> Mix:
    """Return the shipped weights of the parts for the cell's language pair."""
    weights = fitted_weights()[cell.pair]
    return weights.words, 0.0, weights.cosine


def mean_reciprocal_rank(cells: Sequence[Cell], weights: Mix) -> float:
    """Return MRR@10 of the weighted sum, the mean over cells."""
    return float(np.mean([reciprocal(cell.ranks(weighted_sum(cell.parts(), weights))).mean() for cell in cells]))


def best_weights(cells: Sequence[Cell]) -> Mix:
    """Return the weights of the grid with the highest MRR@10, the mean over corpora; the first of equals.

    `cells` are one language pair in several corpora. Words weigh 1.
    """
    mixes = [(1.0, bigrams, cosine) for bigrams, cosine in product(BIGRAM_WEIGHTS, COSINE_WEIGHTS)]
    return max(mixes, key=lambda mix: mean_reciprocal_rank(cells, mix))


def learned(cell: Cell, others: Sequence[Cell]) -> Scores:
    """Return the parts fused by weights that a softmax learned on `others`, the same language pair in other corpora.

    For development questions it learned on those of the other folds, too.
    """
    groups = [(other.examples(np.ones(len(other.gold), bool)), 1.0) for other in others]
    parts = cell.parts()
    if cell.corpus != DEVELOPMENT:
        return weighted_sum(parts, softmax_weights(groups))
    fused = np.zeros(parts.shape[1:], np.float32)
    for fold in range(FOLDS):
        held = cell.numbers % FOLDS == fold
        fused[held] = weighted_sum(parts[:, held], softmax_weights([*groups, (cell.examples(~held), 1.0)]))
    return fused

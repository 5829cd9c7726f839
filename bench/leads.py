"""Ideas for retrieval that are not shipped, measured: `python -m bench.leads [NAME=FOLDER …] [--table NAME=FILE …]`.

Pseudo-relevance feedback, two vectors a passage, the likest sentence's vector, other weights of the vectors, and other
translation tables (`train/alignment.py`), each put in the Retriever's weighted sum. The tables are those of
`bench.ablation`. Fits nothing, and knows neither reranking nor answers.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import seeds
from bench.ablation import Rows, table
from bench.corpora import NEAR, Corpus, named_folders, open_corpora
from bench.fusion import Cell, Column, Scores, by_words, fields_of, place_of, weigh
from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from index.segments.segment import PATH_WEIGHT, TITLE_WEIGHT, Fields, embedded_text
from index.segments.terms import TermIndex
from index.segments.vectors import Spread
from index.sentences import sentence_spans
from index.storage.record import StoredPassage
from qa.question.query import Query, understand
from qa.retrieval.fuse import fitted_weights, standardise
from qa.words.bridge import Bridge

FEEDBACK_PASSAGES, FEEDBACK_TERMS = 5, 10
TERM_SHARES = (0.1, 0.3)  # of the best new term beside one of the question's
VECTOR_SHARES, VECTOR_PASSAGES = (0.2, 0.5), 3
COSINE_FACTORS = (0.5, 1.5, 2.0)
SHIPPED = "shipped"
LEGEND = f"""Every row is words + vectors, standardised, with the shipped weights. RM3: the {FEEDBACK_TERMS} words that
say most in the {FEEDBACK_PASSAGES} best passages, the first with the weight given. Rocchio: the question's vector and a
given share of the {VECTOR_PASSAGES} best passages'. Halves: the likelier of a passage's two halves; sentences: the
likest sentence; both also beside the whole passage."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.leads", description=__doc__)
    parser.add_argument("corpora", nargs="*", metavar="NAME=FOLDER")
    parser.add_argument("--table", action="append", default=[], metavar="NAME=FILE", help="another bridge.tsv")
    options = parser.parse_args(arguments)
    tables = {name: Path(file) for name, _, file in (pair.partition("=") for pair in options.table)}
    with open_corpora(named_folders(options.corpora)) as corpora:
        asked = [corpus for corpus in corpora if any(question.gold for question in corpus.questions)]
        bridges = {name: other_bridge(file, corpora[0]) for name, file in tables.items()}
        cells = [cell for corpus in asked if corpus.name != NEAR for cell in cells_of(corpus, bridges)]
    columns = [Column(cell.corpus, cell.pair.replace("-", "→"), cell.numbers) for cell in cells]
    rows: Rows = {name: [cell.ranks(cell.scores[name]) for cell in cells] for name in cells[0].scores}
    sys.stdout.write(table("Leads", LEGEND, columns, rows, SHIPPED))
    return 0


def other_bridge(file: Path, corpus: Corpus) -> Bridge:
    """Return the shipped bridge with another learned table."""
    analyser: Analyser = corpus.assistant.library.analyser
    glossary = [line.split("\t")[:2] for line in seeds.GLOSSARY.read_text(encoding="utf-8").splitlines()[1:]]
    learned = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    counts = [line.split("\t") for line in (MODEL_FOLDER / "frequencies.tsv").read_text(encoding="utf-8").splitlines()]
    return Bridge(
        [(ko, en) for ko, en in glossary],
        [(ko, en, float(weight)) for ko, en, weight in learned],
        {term: int(count) for term, count in counts},
        analyser,
    )


def cells_of(corpus: Corpus, bridges: Mapping[str, Bridge]) -> Iterator[Cell]:
    """Yield a corpus's answerable questions and its passages by language; `scores` are the fused ones, by idea."""
    library = corpus.assistant.library
    every = library.store.passages(library.index.rows)
    for pair in fitted_weights():
        passages = sorted(
            (passage for passage in every if passage.language == pair.split("-")[1]),
            key=lambda passage: place_of(passage, by_section=corpus.by_section),
        )
        places = [place_of(passage, by_section=corpus.by_section) for passage in passages]
        known = sorted(set(places))
        golds = [question.gold.intersection(known) for question in corpus.questions]
        numbers = [at for at, gold in enumerate(golds) if gold and corpus.questions[at].language == pair.split("-")[0]]
        if not numbers:
            continue
        side = Side(corpus, passages)
        queries = [understand(corpus.questions[at].text, library.analyser) for at in numbers]
        found = [side.ideas(query, pair, bridges) for query in queries]
        starts = [at for at, place in enumerate(places) if at == 0 or place != places[at - 1]]
        gold = np.array([[place in golds[number] for place in known] for number in numbers])
        scores: dict[str, Scores] = {name: np.stack([one[name] for one in found]) for name in found[0]}
        yield Cell(corpus.name, pair, np.array(numbers), scores, np.array(starts), gold)


class Side:
    """The passages of one language, as words and as vectors of wholes, halves and sentences."""

    def __init__(self, corpus: Corpus, passages: Sequence[StoredPassage]) -> None:
        library = corpus.assistant.library
        self._language = passages[0].language
        self._bridge, self._embedder = corpus.assistant.bridge, library.embedder
        self._counts = [Counter(library.analyser.words(passage.text)) for passage in passages]
        fields = [[Counter(library.analyser.words(text)) for text in fields_of(passage)] for passage in passages]
        self._words = TermIndex.build([weigh(one, (1.0, PATH_WEIGHT, TITLE_WEIGHT)) for one in fields])
        texts = [embedded_text(Fields(p.row, p.path, p.title, p.text)) for p in passages]
        self._wholes = self._embedder.embed_passages(texts)
        halves = [half for text in texts for half in halves_of(text)]
        self._halves = self._embedder.embed_passages(halves).reshape(len(texts), 2, -1)
        sentences = [[p.text[start:end] for start, end in sentence_spans(p.text)] or [p.text] for p in passages]
        self._owners = np.repeat(np.arange(len(passages)), [len(own) for own in sentences])
        self._sentences = self._embedder.embed_passages([text for own in sentences for text in own])

    def ideas(self, query: Query, pair: str, bridges: Mapping[str, Bridge]) -> dict[str, Scores]:
        """Return the passages' fused scores for one question, by idea."""
        weight = np.float32(fitted_weights()[pair].cosine)
        question = self._embedder.embed_question(query.text)
        whole = _standard(self._wholes @ question)
        words = self._by(self._bridge, query)
        fused = words + weight * whole
        found = {SHIPPED: fused}
        found |= {f"vectors × {factor:g}": words + np.float32(factor) * weight * whole for factor in COSINE_FACTORS}
        finer = {
            "halves": (self._halves @ question).max(axis=1),
            "sentences": highest_of(self._sentences @ question, self._owners, len(whole)),
        }
        for name, cosines in finer.items():
            found[name] = words + weight * _standard(cosines)
            found[f"{name} beside the whole"] = words + weight * _standard(whole + _standard(cosines))
        best = np.argsort(-fused, kind="stable")
        for share in VECTOR_SHARES:
            moved = question + np.float32(share) * self._wholes[best[:VECTOR_PASSAGES]].mean(axis=0)
            found[f"Rocchio {share:g}"] = words + weight * _standard(self._wholes @ moved)
        groups = [
            group for unit in self._bridge.units(query.terms, query.text) for group in unit.groups(self._language)
        ]
        new = self._expansion(fused, best[:FEEDBACK_PASSAGES], {term for group in groups for term in group})
        for share in TERM_SHARES:
            more = [{term: share * value} for term, value in new.items()]
            found[f"RM3 {share:g}"] = _standard(self._words.scores([*groups, *more])) + weight * whole
        return found | {name: self._by(bridge, query) + weight * whole for name, bridge in bridges.items()}

    def _by(self, bridge: Bridge, query: Query) -> Scores:
        return _standard(by_words(self._words, bridge)(query, self._language))

    def _expansion(self, fused: Scores, best: NDArray[np.int64], known: set[str]) -> dict[str, float]:
        idf = self._words.statistics.idf
        worth = {t: idf(self._words.document_frequency(t)) for at in best.tolist() for t in self._counts[at]}
        return expansion([self._counts[at] for at in best.tolist()], fused[best], worth, known)


def expansion(
    counts: Sequence[Mapping[str, int]], scores: Scores, worth: Mapping[str, float], known: set[str]
) -> dict[str, float]:
    """Return the words that say most in the passages fed back, the first with weight 1 (RM3, Jaleel et al., 2004).

    A passage counts as the softmax of its score, a word by its share of the passage times its worth; `known` are left.
    """
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    mass: Counter[str] = Counter()
    for share, words in zip(shares.tolist(), counts, strict=True):
        length = max(sum(words.values()), 1)
        for word, count in words.items():
            if word not in known:
                mass[word] += share * count / length * worth[word]
    best = sorted(mass.items(), key=lambda item: (-item[1], item[0]))[:FEEDBACK_TERMS]
    return {word: value / best[0][1] for word, value in best if best[0][1] > 0}


def halves_of(text: str) -> tuple[str, str]:
    """Return a text cut at the first space after its middle; one without such a space is the first half."""
    at = text.find(" ", len(text) // 2)
    return (text, "") if at < 0 else (text[:at], text[at + 1 :])


def highest_of(values: Scores, owners: NDArray[np.int64], size: int) -> Scores:
    """Return the highest of each owner's values, -1 where it has none."""
    found = np.full(size, -1.0, np.float32)
    np.maximum.at(found, owners, values)
    return found


def _standard(scores: Scores) -> Scores:
    return standardise(scores, Spread.of(scores))


if __name__ == "__main__":
    sys.exit(main())

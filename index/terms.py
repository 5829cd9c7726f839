"""Analysed passages in, BM25 scores of every passage out. Knows nothing of languages, questions or files' meaning.

BM25 as in Robertson & Zaragoza (2009) with the idf of Lucene; a question term may be a weighted set of index terms,
whose frequencies are added before scoring (probabilistic structured queries, Darwish & Oard, 2003).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Postings in term order: the rows that hold term i and their frequencies are at offsets[i]:offsets[i + 1]."""

    vocabulary: dict[str, int]
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @classmethod
    def build(cls, passages: Sequence[Mapping[str, float]]) -> "TermIndex":
        """Index passages given as term → (weighted) frequency; row i is passage i."""
        vocabulary: dict[str, int] = {}
        terms: list[int] = []
        rows: list[int] = []
        frequencies: list[float] = []
        for row, passage in enumerate(passages):
            for term, frequency in passage.items():
                terms.append(vocabulary.setdefault(term, len(vocabulary)))
                rows.append(row)
                frequencies.append(frequency)
        return _pack(
            list(vocabulary),
            np.array(terms, np.int64),
            np.array(rows, np.int32),
            np.array(frequencies, np.float32),
            len(passages),
        )

    def replace(self, keep: NDArray[np.int64], added: "TermIndex") -> "TermIndex":
        """Return an index of this one's rows `keep`, in that order, followed by all rows of `added`."""
        position = np.full(len(self.lengths), -1, np.int32)
        position[keep] = np.arange(len(keep), dtype=np.int32)
        old_terms = np.repeat(np.arange(len(self.vocabulary)), np.diff(self.offsets))
        kept = position[self.rows] >= 0
        vocabulary = dict(self.vocabulary)
        renumber = np.array([vocabulary.setdefault(term, len(vocabulary)) for term in added.vocabulary], np.int64)
        new_terms = renumber[np.repeat(np.arange(len(added.vocabulary)), np.diff(added.offsets))]
        return _pack(
            list(vocabulary),
            np.concatenate([old_terms[kept], new_terms]),
            np.concatenate([position[self.rows[kept]], added.rows + np.int32(len(keep))]),
            np.concatenate([self.frequencies[kept], added.frequencies]),
            len(keep) + len(added.lengths),
        )

    def save(self, path: Path) -> None:
        """Write the index to one .npz file."""
        words = np.frombuffer("\n".join(self.vocabulary).encode(), np.uint8)
        with path.open("wb") as file:
            np.savez(
                file,
                words=words,
                offsets=self.offsets,
                rows=self.rows,
                frequencies=self.frequencies,
                lengths=self.lengths,
            )

    @classmethod
    def load(cls, path: Path) -> "TermIndex":
        """Read an index that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            words = bytes(stored["words"]).decode()
            vocabulary = {word: at for at, word in enumerate(words.split("\n"))} if words else {}
            return cls(vocabulary, stored["offsets"], stored["rows"], stored["frequencies"], stored["lengths"])

    def postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the rows that hold `term` and its frequencies there."""
        at = self.vocabulary.get(term)
        if at is None:
            return self.rows[:0], self.frequencies[:0]
        span = slice(int(self.offsets[at]), int(self.offsets[at + 1]))
        return self.rows[span], self.frequencies[span]

    def idf(self, document_frequency: float) -> float:
        """Return the inverse document frequency of a term found in that many passages; above 0."""
        return float(np.log1p((len(self.lengths) - document_frequency + 0.5) / (document_frequency + 0.5)))

    def scores(self, groups: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        """Return the BM25 score of every row, float32, shape (rows,), 0 where nothing matches.

        Each group is one question term as a set of index terms with weights in (0, 1]; a plain term is {term: 1.0}.
        """
        total = np.zeros(len(self.lengths), np.float32)
        if not len(total):
            return total
        norm = K1 * (1 - B + B * self.lengths / max(float(self.lengths.mean()), 1e-9))
        for group, count in Counter(tuple(sorted(group.items())) for group in groups).items():
            frequency, df = self._merged(group)
            if frequency is None:
                continue
            rows, values = frequency
            total[rows] += np.float32(count * self.idf(df)) * values * (K1 + 1) / (values + norm[rows])
        return total

    def _merged(
        self, group: tuple[tuple[str, float], ...]
    ) -> tuple[tuple[NDArray[np.int32], NDArray[np.float32]] | None, float]:
        found = [(self.postings(term), weight) for term, weight in group]
        found = [((rows, values), weight) for (rows, values), weight in found if len(rows)]
        if not found:
            return None, 0.0
        if len(found) == 1:
            (rows, values), weight = found[0]
            return (rows, values * np.float32(weight)), len(rows) * weight
        rows = np.concatenate([rows for (rows, _), _ in found])
        values = np.concatenate([values * np.float32(weight) for (_, values), weight in found])
        distinct, inverse = np.unique(rows, return_inverse=True)
        summed = np.bincount(inverse, values).astype(np.float32)
        return (distinct, summed), sum(len(rows) * weight for (rows, _), weight in found)


def _pack(
    words: list[str], terms: NDArray[np.int64], rows: NDArray[np.int32], frequencies: NDArray[np.float32], size: int
) -> TermIndex:
    """Sort postings by term and row, and drop the terms that no row holds any more."""
    order = np.lexsort((rows, terms))
    used, renumbered = np.unique(terms, return_inverse=True)
    offsets = np.zeros(len(used) + 1, np.int64)
    np.cumsum(np.bincount(renumbered, minlength=len(used)), out=offsets[1:])
    lengths = np.bincount(rows, frequencies, minlength=size).astype(np.float32)
    vocabulary = {words[at]: number for number, at in enumerate(used)}
    return TermIndex(vocabulary, offsets, rows[order], frequencies[order], lengths)

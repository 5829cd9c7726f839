"""Analysed passages in, BM25 scores of every passage out. Knows nothing of languages, questions or files' meaning.

BM25 as in Robertson & Zaragoza (2009) with the idf of Lucene; a question term may be a weighted set of index terms,
whose frequencies are added before scoring (probabilistic structured queries, Darwish & Oard, 2003). A collection may
be held in several indexes, one after another; it scores as if it were one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.segments.arrays import load_array, save_array

K1 = 1.2
B = 0.75

_FILES: dict[str, type[np.generic]] = {
    "keys": np.uint64,
    "offsets": np.int64,
    "rows": np.int32,
    "frequencies": np.float16,
    "lengths": np.float32,
}

Group = tuple[tuple[str, float], ...]
Spans = tuple[NDArray[np.int64], NDArray[np.int64]]  # where the postings of some terms begin and end


@dataclass(frozen=True, slots=True)
class Statistics:
    """What scoring needs to know of a whole collection: how many passages, and how long all of them together."""

    passages: int
    length: float

    def idf(self, document_frequency: float) -> float:
        """Return the inverse document frequency of a term found in that many passages; above 0."""
        return float(np.log1p((self.passages - document_frequency + 0.5) / (document_frequency + 0.5)))

    def norm(self, lengths: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what BM25 adds to a frequency for a passage of each length, float32."""
        mean = max(self.length / max(self.passages, 1), 1e-9)
        found: NDArray[np.float32] = K1 * (1 - B + B * lengths / np.float32(mean))
        return found


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Postings in the order of terms' keys, which are hashes, so that no list of words need be in memory.

    The passages that hold term i, ascending, and its frequencies there are at offsets[i]:offsets[i + 1] of `rows` and
    `frequencies`. Frequencies have half precision: exact to multiples of 1/2 up to 1,024.
    """

    keys: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: NDArray[np.float16]
    lengths: NDArray[np.float32]

    @classmethod
    def build(cls, passages: Iterable[Mapping[str, float]]) -> "TermIndex":
        """Index passages given as term → (weighted) frequency; row i is passage i."""
        numbers: dict[str, int] = {}
        which: list[int] = []
        weights: list[float] = []
        counts: list[int] = []
        for passage in passages:
            which += [numbers.setdefault(term, len(numbers)) for term in passage]
            weights += passage.values()
            counts.append(len(passage))
        rows = np.repeat(np.arange(len(counts)), counts)
        return cls.of(list(numbers), np.array(which, np.int64), rows, np.array(weights, np.float32), len(counts))

    @classmethod
    def of(
        cls,
        terms: Sequence[str],
        which: NDArray[np.int64],
        rows: NDArray[np.int64],
        weights: NDArray[np.float32],
        count: int,
    ) -> "TermIndex":
        """Index `count` passages given as occurrences, in any order: term terms[which[i]] stands in passage rows[i].

        Frequencies are the sums of the occurrences' weights.
        """
        keys = np.fromiter(map(key_of, terms), np.uint64, len(terms))
        by_key = np.argsort(keys)
        renumber = np.empty(len(keys), np.int64)
        renumber[by_key] = np.arange(len(keys))
        postings, occurrence = np.unique(renumber[which] * count + rows, return_inverse=True)  # by term, then by row
        term, row = np.divmod(postings, max(count, 1))
        frequencies = np.bincount(occurrence, weights, minlength=len(postings))
        lengths = np.bincount(rows, weights, minlength=count).astype(np.float32)
        offsets = _offsets(np.bincount(term, minlength=len(keys)))
        return cls(keys[by_key], offsets, row.astype(np.int32), frequencies.astype(np.float16), lengths)

    def select(self, keep: NDArray[np.int64]) -> "TermIndex":
        """Return an index of the rows `keep`, ascending, without the terms that none of them holds."""
        position = np.full(len(self.lengths), -1, np.int32)
        position[keep] = np.arange(len(keep), dtype=np.int32)
        rows = position[self.rows]
        kept = rows >= 0
        term = np.repeat(np.arange(len(self.keys)), np.diff(self.offsets))
        counts = np.bincount(term[kept], minlength=len(self.keys))
        used = counts > 0
        return TermIndex(
            self.keys[used], _offsets(counts[used]), rows[kept], self.frequencies[kept], self.lengths[keep]
        )

    @classmethod
    def join(cls, parts: Sequence["TermIndex"]) -> "TermIndex":
        """Return one index of the rows of all parts, one part after another."""
        keys = np.unique(np.concatenate([part.keys for part in parts]))
        places = [np.searchsorted(keys, part.keys) for part in parts]
        counts = np.zeros((len(parts), len(keys)), np.int64)
        for part, place, count in zip(parts, places, counts, strict=True):
            count[place] = np.diff(part.offsets)
        offsets = _offsets(counts.sum(axis=0))
        begin = offsets[:-1] + np.cumsum(counts, axis=0) - counts  # of each part's postings, by term
        rows = np.empty(offsets[-1], np.int32)
        frequencies = np.empty(offsets[-1], np.float16)
        before = 0
        for part, place, starts in zip(parts, places, begin, strict=True):
            shift = starts[place] - part.offsets[:-1]
            goal = np.repeat(shift, np.diff(part.offsets)) + np.arange(len(part.rows))
            rows[goal] = part.rows + np.int32(before)
            frequencies[goal] = part.frequencies
            before += len(part.lengths)
        return cls(keys, offsets, rows, frequencies, np.concatenate([part.lengths for part in parts]))

    def save(self, folder: Path) -> None:
        """Write the index to files of its own in a folder."""
        for name in _FILES:
            save_array(getattr(self, name), folder / f"words-{name}.npy")

    @classmethod
    def load(cls, folder: Path) -> "TermIndex":
        """Read an index that `save` wrote. Raises ValueError or OSError for files that are not whole."""
        index = cls(*(load_array(folder / f"words-{name}.npy", kind) for name, kind in _FILES.items()))
        if not len(index.keys) + 1 == len(index.offsets) or not int(index.offsets[-1]) == len(index.rows):
            raise ValueError(f"{folder}: the postings do not fit their terms")
        return index

    def __contains__(self, term: object) -> bool:
        """Whether any passage holds the term."""
        return isinstance(term, str) and self.document_frequency(term) > 0

    @property
    def statistics(self) -> Statistics:
        """The statistics of these passages alone."""
        return Statistics(len(self.lengths), float(self.lengths.sum(dtype=np.float64)))

    def spans(self, keys: NDArray[np.uint64]) -> Spans:
        """Return where the postings of terms begin and end; both the same for a term that is not there."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        starts = self.offsets[at]
        return starts, np.where(self.keys[at] == keys, self.offsets[at + 1], starts)

    def postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
        """Return the rows that hold `term` and its frequencies there."""
        (start,), (end,) = self.spans(np.array([key_of(term)], np.uint64))
        return self.rows[start:end], self.frequencies[start:end]

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold the term."""
        return len(self.postings(term)[0])

    def holds(self, terms: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which of the rows hold which of the terms, shape (terms, rows)."""
        found = np.zeros((len(terms), len(rows)), bool)
        starts, ends = self.spans(np.array([key_of(term) for term in terms], np.uint64))
        for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            if start < end:
                place = np.minimum(np.searchsorted(self.rows[start:end], rows), end - start - 1)
                found[at] = self.rows[start + place] == rows
        return found

    def scores(self, groups: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        """Return the BM25 score of every row among these passages alone; see `TermCollection.scores`."""
        return TermCollection([self]).scores(groups)[0]


class TermCollection:
    """Several indexes that are scored as if they were one: a collection's statistics are of all of them."""

    def __init__(self, indexes: Sequence[TermIndex]) -> None:
        self.indexes = tuple(indexes)
        found = [index.statistics for index in self.indexes]
        self.statistics = Statistics(sum(one.passages for one in found), sum(one.length for one in found))
        self._norms = [self.statistics.norm(index.lengths) for index in self.indexes]

    def __contains__(self, term: object) -> bool:
        """Whether any passage holds the term."""
        return isinstance(term, str) and self.document_frequency(term) > 0

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold the term."""
        return self.document_frequencies([term])[term]

    def document_frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return how many passages hold each term."""
        distinct = list(dict.fromkeys(terms))
        keys = np.array([key_of(term) for term in distinct], np.uint64)
        found = np.zeros(len(keys), np.int64)
        for index in self.indexes:
            starts, ends = index.spans(keys)
            found += ends - starts
        return dict(zip(distinct, found.tolist(), strict=True))

    def scores(
        self, groups: Sequence[Mapping[str, float]], which: Sequence[int] | None = None
    ) -> list[NDArray[np.float32]]:
        """Return the BM25 score of every row of the indexes numbered `which` (all when None), 0 where nothing matches.

        float32, shape (rows,) each. A group is one question term as a set of index terms with weights in (0, 1]; a
        plain term is {term: 1.0}. A term asked twice counts twice.
        """
        counted: Counter[Group] = Counter(tuple(sorted(group.items())) for group in groups)
        keys = np.array([key_of(term) for group in counted for term, _ in group], np.uint64)
        weights = np.array([weight for group in counted for _, weight in group], np.float32)
        bounds = np.cumsum([0, *(len(group) for group in counted)]).tolist()
        spans = [index.spans(keys) for index in self.indexes]
        frequency = sum((ends - starts for starts, ends in spans), np.zeros(len(keys), np.int64)) * weights
        idfs = [
            count * self.statistics.idf(float(frequency[low:high].sum()))
            for count, low, high in zip(counted.values(), bounds, bounds[1:], strict=False)
        ]
        chosen = range(len(self.indexes)) if which is None else which
        return [_score(self.indexes[at], spans[at], weights, bounds, idfs, self._norms[at]) for at in chosen]


@lru_cache(maxsize=200_000)
def key_of(term: str) -> int:
    """Return the 64-bit key that a term is found by; two of a million terms share one with odds of 1 in 10⁷."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


def _score(
    index: TermIndex,
    spans: Spans,
    weights: NDArray[np.float32],
    bounds: Sequence[int],
    idfs: Sequence[float],
    norm: NDArray[np.float32],
) -> NDArray[np.float32]:
    total, held = np.zeros((2, len(index.lengths)), np.float32)
    starts, ends = (side.tolist() for side in spans)
    for idf, low, high in zip(idfs, bounds, bounds[1:], strict=False):
        found = [
            (index.rows[starts[at] : ends[at]], index.frequencies[starts[at] : ends[at]] * weights[at])
            for at in range(low, high)
            if ends[at] > starts[at]
        ]
        if not found:
            continue
        rows, values = found[0]
        if len(found) > 1:
            for some, value in found:
                held[some] += value
            rows = np.concatenate([some for some, _ in found])
            values = held[rows]
            held[rows] = 0.0
        # a row that stands twice in `rows` has the same value twice and is added once
        total[rows] += np.float32(idf * (K1 + 1)) * values / (values + norm[rows])
    return total


def _offsets(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets

"""Unit vectors in, cosine similarities out, by FAISS. Embeds nothing.

Few vectors are compared exactly. For many, 4-bit product quantisation (Jégou et al., 2011; André et al., 2015) finds
the nearest, and their cosines are then computed from the vectors themselves, which are kept to half precision.
"""

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.segments.arrays import load_array, save_array

faiss.omp_set_num_threads(1)  # one question at a time: OpenMP's hand-over costs more than it saves

LARGE = 8_192  # rows from which on the nearest are found by codes (bench/results/engines.md)
_CODE_DIMENSIONS = 2  # dimensions that one 4-bit code stands for
_TRAINING_ROWS = 4_096
_DECODED = 16_384  # rows turned to single precision at once


@dataclass(frozen=True, slots=True)
class Spread:
    """How many scores there are, their sum and the sum of their squares; what their mean and deviation come from."""

    count: int = 0
    total: float = 0.0
    square: float = 0.0

    @classmethod
    def of(cls, scores: NDArray[np.float32]) -> "Spread":
        """Return the spread of scores."""
        return cls(len(scores), float(scores.sum(dtype=np.float64)), float(scores @ scores))

    def __add__(self, other: "Spread") -> "Spread":
        """Return the spread of both together."""
        return Spread(self.count + other.count, self.total + other.total, self.square + other.square)


class VectorIndex:
    """The vectors of some passages; row i belongs to passage row i."""

    def __init__(self, matrix: NDArray[np.float32] | NDArray[np.float16], codes: faiss.Index | None) -> None:
        """Take unit vectors, shape (rows, dimension): single precision, or half precision with an index of codes."""
        self._matrix = matrix
        self._codes = codes
        self._flat: faiss.Index | None = None
        if codes is None:
            self._flat = faiss.IndexFlatIP(matrix.shape[1])
            self._flat.add(np.ascontiguousarray(matrix, np.float32))

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> "VectorIndex":
        """Index unit vectors, float32, shape (rows, dimension)."""
        vectors = np.ascontiguousarray(vectors, np.float32)
        rows, dimension = vectors.shape
        if rows < LARGE or dimension % _CODE_DIMENSIONS:
            return cls(vectors, None)
        codes = faiss.IndexPQFastScan(dimension, dimension // _CODE_DIMENSIONS, 4, faiss.METRIC_INNER_PRODUCT)
        codes.train(np.ascontiguousarray(vectors[:: max(1, rows // _TRAINING_ROWS)]))
        codes.add(vectors)
        return cls(vectors.astype(np.float16), codes)

    @classmethod
    def load(cls, folder: Path) -> "VectorIndex":
        """Read an index that `save` wrote. Raises ValueError, OSError or RuntimeError for files that are not whole."""
        path = folder / "codes.faiss"
        if not path.exists():
            return cls(load_array(folder / "vectors.npy", np.float32), None)
        codes = faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8))
        index = cls(load_array(folder / "vectors.npy", np.float16), codes)
        if codes.ntotal != len(index):
            raise ValueError(f"{folder}: {codes.ntotal} codes do not fit {len(index)} vectors")
        return index

    def save(self, folder: Path) -> None:
        """Write the index to files of its own in a folder; its path may hold any characters."""
        save_array(self._matrix, folder / "vectors.npy")
        if self._codes is not None:
            (folder / "codes.faiss").write_bytes(faiss.serialize_index(self._codes).tobytes())

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._matrix)

    @property
    def is_exact(self) -> bool:
        """Whether all are compared exactly."""
        return self._codes is None

    def vectors(self) -> NDArray[np.float32]:
        """Return all vectors, float32, shape (rows, dimension)."""
        return np.asarray(self._matrix, np.float32)

    def similarities(self, question: NDArray[np.float32], rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Return the cosine with a unit vector of some rows, of every row when None, float32, in [-1, 1]."""
        question = np.ascontiguousarray(question, np.float32)
        if rows is not None:
            some: NDArray[np.float32] = self._matrix[rows].astype(np.float32) @ question
            return some
        found = np.zeros(len(self), np.float32)
        if self._flat is not None and len(self):
            _, scores, order = self._flat.range_search(question.reshape(1, -1), -np.inf)  # all, and not sorted
            found[order] = scores
            return found
        for at in range(0, len(self), _DECODED):
            found[at : at + _DECODED] = self._matrix[at : at + _DECODED].astype(np.float32) @ question
        return found

    def nearest(self, question: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """Return the rows of about the `count` nearest vectors, in no order; with codes a few are missed."""
        index = self._codes or self._flat
        assert index is not None
        _, rows = index.search(np.ascontiguousarray(question, np.float32).reshape(1, -1), min(count, len(self)))
        found: NDArray[np.int64] = rows[0][rows[0] >= 0]
        return found

    def moments(self) -> NDArray[np.float64]:
        """Return the sum of all vectors above the sum of their outer products, shape (1 + dimension, dimension).

        `spread_of` makes the mean and deviation of all cosines from it without computing any.
        """
        dimension = self._matrix.shape[1]
        found = np.zeros((1 + dimension, dimension))
        for at in range(0, len(self), _DECODED):
            some = self._matrix[at : at + _DECODED].astype(np.float32)
            found[0] += some.sum(axis=0, dtype=np.float64)
            found[1:] += some.T @ some
        return found


def spread_of(moments: NDArray[np.float64], count: int, question: NDArray[np.float32]) -> Spread:
    """Return the spread of the cosines of `count` vectors with a unit vector, from the vectors' moments."""
    wanted = question.astype(np.float64)
    return Spread(count, float(moments[0] @ wanted), float(wanted @ moments[1:] @ wanted))

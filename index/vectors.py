"""Unit vectors in, cosine similarities out, by FAISS's exact inner product. Embeds nothing."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryError

faiss.omp_set_num_threads(1)  # one question at a time: OpenMP's hand-over costs more than it saves


class VectorIndex:
    """The vectors of all passages; row i belongs to passage row i."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> "VectorIndex":
        """Index unit vectors, float32, shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Read an index that `save` wrote. Raises LibraryError when the file is damaged."""
        try:
            return cls(faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8)))
        except (RuntimeError, MemoryError) as error:
            raise LibraryError(f"{path}: the vector index is damaged; run `surveyqa library rebuild`") from error

    def save(self, path: Path) -> None:
        """Write the index to one file; the path may hold any characters."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._index.ntotal)

    def vectors(self) -> NDArray[np.float32]:
        """Return all vectors, float32, shape (rows, dimension)."""
        stored: NDArray[np.float32] = self._index.reconstruct_n(0, len(self))
        return stored

    def similarities(self, question: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of every row with a unit vector, float32, shape (rows,), in [-1, 1]."""
        found = np.zeros(len(self), np.float32)
        if len(self):
            scores, rows = self._index.search(question.reshape(1, -1).astype(np.float32), len(self))
            found[rows[0]] = scores[0]
        return found

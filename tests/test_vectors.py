"""Cosines against brute-force NumPy."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import LibraryError
from index.vectors import VectorIndex


def unit(seed: int, rows: int, dimension: int = 8) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_similarities_by_hand() -> None:
    index = VectorIndex.build(np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32))
    assert index.similarities(np.array([1, 0], np.float32)).tolist() == pytest.approx([1, 0, 0.6, -1])


@pytest.mark.parametrize("length", [0.1, 1.0, 25.0])
def test_similarities_are_the_inner_products_in_row_order(length: float) -> None:
    vectors = unit(1, 300)
    question = unit(2, 1)[0] * np.float32(length)  # not normalised: a distance in place of a product would show
    np.testing.assert_allclose(
        VectorIndex.build(vectors).similarities(question), vectors @ question, rtol=1e-4, atol=1e-5 * length
    )


def test_equal_and_empty_vectors_keep_their_rows() -> None:
    vectors = np.array([[0, 1], [0, 0], [0, 1], [1, 0]], np.float32)
    assert VectorIndex.build(vectors).similarities(np.array([0, 2], np.float32)).tolist() == [2, 0, 2, 0]


def test_an_empty_index_gives_nothing() -> None:
    index = VectorIndex.build(np.zeros((0, 4), np.float32))
    assert (len(index), index.similarities(np.ones(4, np.float32)).shape) == (0, (0,))


def test_a_saved_index_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "벡터 index.faiss"
    vectors = unit(3, 20)
    VectorIndex.build(vectors).save(path)
    read = VectorIndex.load(path)
    assert len(read) == 20
    np.testing.assert_array_equal(read.vectors(), vectors)


@pytest.mark.parametrize("data", [b"", b"not an index", b"IxFI" + bytes(20)])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "v.faiss").write_bytes(data)
    with pytest.raises(LibraryError, match="library rebuild"):
        VectorIndex.load(tmp_path / "v.faiss")

"""Cosines against brute-force NumPy."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.segments.arrays import save_array
from index.segments.vectors import Spread, VectorIndex, spread_of


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
    folder = tmp_path / "벡터 index"
    folder.mkdir()
    vectors = unit(3, 20)
    VectorIndex.build(vectors).save(folder)
    read = VectorIndex.load(folder)
    assert len(read) == 20
    np.testing.assert_array_equal(read.vectors(), vectors)


@pytest.mark.parametrize("data", [b"", b"not an array", b"\x93NUMPY" + bytes(20)])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "vectors.npy").write_bytes(data)
    with pytest.raises((ValueError, OSError, EOFError)):
        VectorIndex.load(tmp_path)


# many


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> tuple[VectorIndex, NDArray[np.float32]]:
    monkeypatch.setattr("index.segments.vectors.LARGE", 2_000)
    vectors = unit(4, 3_000, 32)
    return VectorIndex.build(vectors), vectors


def test_the_nearest_of_many_are_found(many: tuple[VectorIndex, NDArray[np.float32]]) -> None:
    index, vectors = many
    assert not index.is_exact
    found = 0
    for question in unit(5, 20, 32):
        exact = np.argsort(-(vectors @ question))[:10]
        found += len(set(exact.tolist()) & set(index.nearest(question, 400).tolist()))
    assert found >= 195  # of 200


def test_cosines_of_many_are_those_of_half_precision(many: tuple[VectorIndex, NDArray[np.float32]]) -> None:
    index, vectors = many
    question, rows = unit(6, 1, 32)[0], np.array([7, 2, 2_999])
    half = vectors.astype(np.float16).astype(np.float32) @ question
    np.testing.assert_allclose(index.similarities(question), half, atol=1e-6)
    np.testing.assert_allclose(index.similarities(question, rows), half[rows], atol=1e-6)


def test_many_are_saved_and_read(many: tuple[VectorIndex, NDArray[np.float32]], tmp_path: Path) -> None:
    index, vectors = many
    index.save(tmp_path)
    read = VectorIndex.load(tmp_path)
    assert (len(read), read.is_exact) == (3_000, False)
    assert sorted(read.nearest(vectors[0], 50)) == sorted(index.nearest(vectors[0], 50))
    (tmp_path / "vectors.npy").write_bytes(b"")
    save_array(vectors[:5].astype(np.float16), tmp_path / "vectors.npy")
    with pytest.raises(ValueError, match="3000 codes do not fit 5 vectors"):
        VectorIndex.load(tmp_path)


def test_the_spread_of_all_cosines_comes_from_the_moments(many: tuple[VectorIndex, NDArray[np.float32]]) -> None:
    index, _ = many
    question = unit(8, 1, 32)[0]
    every = Spread.of(index.similarities(question))
    found = spread_of(index.moments(), len(index), question)
    assert found.count == 3_000
    assert found.total == pytest.approx(every.total, rel=1e-3)
    assert found.square == pytest.approx(every.square, rel=1e-4)


def test_vectors_that_four_bit_codes_do_not_fit_are_compared_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.segments.vectors.LARGE", 10)
    assert VectorIndex.build(unit(9, 20, 7)).is_exact


def test_spreads_are_added() -> None:
    one, two = Spread.of(np.array([1, 2], np.float32)), Spread.of(np.array([3], np.float32))
    assert one + two == Spread(3, 6.0, 14.0)

"""Segments as one index: what they score together, how they are joined, and what is looked at of many passages."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.load import Language
from index.segments.derive import FAN, FULL, forget, joined, to_join
from index.segments.partition import PassageIndex
from index.segments.segment import Segment
from index.segments.terms import TermIndex
from index.segments.vectors import Spread, VectorIndex

DIMENSION = 32
NONE = np.zeros(0, np.int64)


def vectors_of(seed: int, rows: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def segment(first: int, size: int, language: Language = "en") -> Segment:
    """Return a made segment of the passages first, first + 1, …; each holds its own term and some of ten others."""
    chance = random.Random(first)
    vectors = VectorIndex.build(vectors_of(first, size))
    return Segment(
        language,
        np.arange(first, first + size, dtype=np.int64),
        np.array([row % 5 == 4 for row in range(first, first + size)], bool),
        TermIndex.build(
            {f"own{row}": 1.0} | {f"t{chance.randrange(10)}": float(chance.randint(1, 3)) for _ in range(3)}
            for row in range(first, first + size)
        ),
        vectors,
        np.zeros((0, 0)) if vectors.is_exact else vectors.moments(),
    )


def sizes(segments: Sequence[Segment]) -> list[int]:
    return [len(one) for one in segments]


def test_segments_of_a_language_are_one_partition() -> None:
    index = PassageIndex([segment(1, 3), segment(4, 2, "ko"), segment(6, 4)])
    korean, english = index.partitions
    assert (korean.language, english.language) == ("ko", "en")
    assert (len(index), len(korean), len(english)) == (9, 2, 7)
    assert english.rows.tolist() == [1, 2, 3, 6, 7, 8, 9]
    assert english.references.tolist() == [row % 5 == 4 for row in (1, 2, 3, 6, 7, 8, 9)]
    assert english.positions([9, 4, 1, 100]).tolist() == [0, 6]
    assert PassageIndex([]).partitions == ()


def test_a_partition_scores_as_one_segment_would() -> None:
    parts = [segment(1, 30), segment(31, 5), segment(36, 12)]
    (several,), (one,) = PassageIndex(parts).partitions, PassageIndex([Segment.join(parts)]).partitions
    groups = [{"t1": 1.0, "t2": 0.5}, {"own33": 1.0}]
    assert several.words(groups).tolist() == pytest.approx(one.words(groups).tolist(), rel=1e-6)
    question = vectors_of(99, 1)[0]
    here, there = several.cosines(question, NONE), one.cosines(question, NONE)
    assert here[0].tolist() == there[0].tolist() == list(range(47))
    assert here[1].tolist() == pytest.approx(there[1].tolist(), abs=1e-6)


def test_of_many_passages_the_nearest_and_those_asked_for_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.segments.vectors.LARGE", 500)
    monkeypatch.setattr("index.segments.partition.NEAREST", 60)
    large, small = segment(1, 800), segment(801, 20)
    (partition,) = PassageIndex([large, small]).partitions
    assert not partition.is_exact
    question = vectors_of(7, 1)[0]
    near = partition.nearest(question)
    assert len(near) == 60 and near.tolist() == sorted(near.tolist())
    positions, cosines, spread = partition.cosines(question, np.concatenate([[3, 810], near]))
    every = np.concatenate([large.vectors.similarities(question), small.vectors.similarities(question)])
    assert {3, *range(800, 820)} <= set(positions.tolist()) and len(positions) <= 60 + 1 + 20
    assert cosines.tolist() == pytest.approx(every[positions].tolist(), abs=1e-5)
    assert set(np.argsort(-every[:800])[:5].tolist()) <= set(positions.tolist())
    assert spread.count == 820
    assert spread.total == pytest.approx(Spread.of(every).total, abs=0.05)
    assert spread.square == pytest.approx(Spread.of(every).square, rel=1e-3)


def test_what_is_gone_is_forgotten_and_the_rest_left_as_it_is() -> None:
    kept, changed, lost = segment(1, 4), segment(5, 4), segment(9, 2)
    index = forget(PassageIndex([kept, changed, lost]), [6, 9, 10])
    assert index.segments[0] is kept
    assert index.rows.tolist() == [1, 2, 3, 4, 5, 7, 8]
    assert "own6" not in index.words and "own7" in index.words
    np.testing.assert_array_equal(index.segments[1].vectors.vectors(), vectors_of(5, 4)[[0, 2, 3]])
    assert forget(index, []) is index


@pytest.mark.parametrize(
    ("found", "which"),
    [
        ([], None),
        ([60, 60, 60], None),
        ([60] * 4, slice(0, 4)),
        ([5_000, 60, 60, 60, 60], slice(1, 5)),
        ([60, 60, 5_000, 60, 60], None),
        ([5_000, 3_000, 250, 60, 60], None),  # small ones wait until they are worth joining the large
        ([5_000, 10_000, 1_300, 60, 60], slice(0, 5)),
        ([1] * 4, None),
        ([1] * 5, slice(0, 5)),
        ([200, 60, 200, 60], slice(0, 4)),
        ([FULL] * 6, None),
        ([40_000] * 5, None),  # three of them are full
        ([30_000] * 5, slice(0, 4)),
        ([90_000, 20_000, 20_000, 20_000, 20_000], slice(1, 5)),
    ],
)
def test_neighbours_of_one_size_are_joined(found: list[int], which: slice | None) -> None:
    assert to_join(found) == which


def test_there_are_never_many_segments_and_each_passage_is_joined_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    joins = 0

    def join(parts: Sequence[Segment]) -> Segment:
        nonlocal joins
        joins += sum(map(len, parts))
        return made(int(parts[0].rows[0]), sum(map(len, parts)))

    def made(first: int, size: int) -> Segment:
        empty = TermIndex.build([])
        rows = np.arange(first, first + size)
        return Segment("en", rows, rows > 0, empty, VectorIndex.build(np.zeros((0, 4), np.float32)), np.zeros((0, 0)))

    monkeypatch.setattr(Segment, "join", join)
    chance, segments, row = random.Random(3), list[Segment](), 0
    for _ in range(400):
        size = chance.choice([1, 40, 60, 300])
        segments = joined([*segments, made(row, size)])
        row += size
        assert len(segments) < 6 * FAN
    assert sum(sizes(segments)) == row
    assert joins < 5 * row

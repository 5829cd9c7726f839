"""BM25 against hand arithmetic and a brute-force implementation."""

import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.terms import K1, B, TermIndex

Passages = Sequence[Mapping[str, float]]


def brute_force(passages: Passages, groups: Sequence[Mapping[str, float]]) -> list[float]:
    """Score by the definition, one passage and one question term at a time."""
    lengths = [sum(passage.values()) for passage in passages]
    mean = sum(lengths) / len(lengths)
    scores = []
    for passage, length in zip(passages, lengths, strict=True):
        score = 0.0
        for group in groups:
            df = sum(weight * sum(term in other for other in passages) for term, weight in group.items())
            frequency = sum(weight * passage.get(term, 0.0) for term, weight in group.items())
            idf = math.log(1 + (len(passages) - df + 0.5) / (df + 0.5))
            score += idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean)) if frequency else 0.0
        scores.append(score)
    return scores


def random_passages(seed: int, count: int) -> list[dict[str, float]]:
    chance = random.Random(seed)
    vocabulary = [f"t{n}" for n in range(30)]
    return [
        {term: chance.choice([0.5, 1.0, 2.0, 3.5]) for term in chance.sample(vocabulary, chance.randint(0, 12))}
        for _ in range(count)
    ]


def same(one: TermIndex, other: TermIndex) -> bool:
    """Whether two indexes hold the same, whatever numbers they gave their terms."""
    return (
        set(one.vocabulary) == set(other.vocabulary)
        and bool(np.array_equal(one.lengths, other.lengths))
        and all(
            np.array_equal(mine, theirs)
            for term in one.vocabulary
            for mine, theirs in zip(one.postings(term), other.postings(term), strict=True)
        )
    )


def test_the_constants() -> None:
    assert (K1, B) == (1.2, 0.75)


def test_one_term_by_hand() -> None:
    index = TermIndex.build([{"a": 2.0, "b": 2.0}, {"b": 1.0}, {"c": 4.0}])
    mean = (4 + 1 + 4) / 3
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 * (1.2 + 1) / (2 + 1.2 * (1 - 0.75 + 0.75 * 4 / mean))
    assert index.scores([{"a": 1.0}]).tolist() == pytest.approx([expected, 0, 0])
    assert index.idf(1) == pytest.approx(idf)


def test_a_group_by_hand() -> None:
    index = TermIndex.build([{"a": 2.0, "b": 2.0}, {"b": 1.0}, {"c": 4.0}])
    frequency = 1.0 * 2 + 0.5 * 2, 0.5 * 1
    df = 1.0 * 1 + 0.5 * 2
    idf = math.log(1 + (3 - df + 0.5) / (df + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 4 / 3), 1.2 * (1 - 0.75 + 0.75 * 1 / 3)
    expected = [idf * f * 2.2 / (f + n) for f, n in zip(frequency, norm, strict=True)]
    assert index.scores([{"a": 1.0, "b": 0.5}]).tolist() == pytest.approx([*expected, 0])


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_brute_force(seed: int) -> None:
    passages = random_passages(seed, 40)
    chance = random.Random(seed + 100)
    groups = [
        {f"t{n}": chance.choice([1.0, 0.6, 0.25]) for n in chance.sample(range(35), chance.randint(1, 4))}
        for _ in range(6)
    ]
    groups.append(groups[0])  # a term asked twice counts twice
    assert TermIndex.build(passages).scores(groups).tolist() == pytest.approx(brute_force(passages, groups), rel=1e-5)


def test_nothing_matches_nothing() -> None:
    index = TermIndex.build([{"a": 1.0}, {}])
    assert index.scores([]).tolist() == [0.0, 0.0]
    assert index.scores([{"unknown": 1.0}, {}]).tolist() == [0.0, 0.0]
    assert TermIndex.build([]).scores([{"a": 1.0}]).shape == (0,)
    assert TermIndex.build([{}, {}]).scores([{"a": 1.0}]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("seed", range(5))
def test_replace_equals_building_anew(seed: int) -> None:
    chance = random.Random(seed)
    old, new = random_passages(seed, 25), random_passages(seed + 50, 10)
    keep = sorted(chance.sample(range(25), chance.choice([0, 7, 25])))
    replaced = TermIndex.build(old).replace(np.array(keep, np.int64), TermIndex.build(new))
    anew = TermIndex.build([*(old[row] for row in keep), *new])
    assert same(replaced, anew)
    groups = [{"t1": 1.0, "t2": 0.5}, {"t3": 1.0}]
    assert replaced.scores(groups).tolist() == pytest.approx(anew.scores(groups).tolist())


def test_replacing_all_by_nothing_leaves_nothing() -> None:
    empty = TermIndex.build([{"a": 1.0}]).replace(np.array([], np.int64), TermIndex.build([]))
    assert (empty.vocabulary, len(empty.lengths), len(empty.rows)) == ({}, 0, 0)


@pytest.mark.parametrize("passages", [[], [{}], [{"자기": 1.0, "llama2": 0.5}, {"c++": 2.0}]])
def test_a_saved_index_is_read_as_it_was(tmp_path: Path, passages: Passages) -> None:
    index = TermIndex.build(passages)
    index.save(tmp_path / "w.npz")
    assert same(TermIndex.load(tmp_path / "w.npz"), index)

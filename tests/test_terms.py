"""BM25 against hand arithmetic and a brute-force implementation."""

import hashlib
import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.segments import arrays
from index.segments.terms import K1, B, TermCollection, TermIndex, key_of

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
    """Whether two indexes hold the same."""
    names = ("keys", "offsets", "rows", "frequencies", "lengths")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def test_the_constants() -> None:
    assert (K1, B) == (1.2, 0.75)


def test_one_term_by_hand() -> None:
    index = TermIndex.build([{"a": 2.0, "b": 2.0}, {"b": 1.0}, {"c": 4.0}])
    mean = (4 + 1 + 4) / 3
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 * (1.2 + 1) / (2 + 1.2 * (1 - 0.75 + 0.75 * 4 / mean))
    assert index.scores([{"a": 1.0}]).tolist() == pytest.approx([expected, 0, 0])
    assert index.statistics.idf(1) == pytest.approx(idf)


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


def test_a_term_has_one_key() -> None:
    # blake2b-64 of the UTF-8 bytes, little end first; stored indexes depend on it
    assert key_of("보상") == int.from_bytes(hashlib.blake2b("보상".encode(), digest_size=8).digest(), "little")


def test_postings_are_found_by_term() -> None:
    index = TermIndex.build([{"a": 2.0, "b": 2.5}, {"b": 1.0}, {"c": 4.0}])
    rows, frequencies = index.postings("b")
    assert (rows.tolist(), frequencies.tolist()) == ([0, 1], [2.5, 1.0])
    assert index.postings("unknown")[0].tolist() == []
    assert [index.document_frequency(term) for term in ("a", "b", "d")] == [1, 2, 0]
    assert ("c" in index, "d" in index) == (True, False)


@pytest.mark.parametrize("seed", range(5))
def test_joining_equals_building_at_once(seed: int) -> None:
    parts = [random_passages(seed + 10 * part, size) for part, size in enumerate((25, 0, 1, 10))]
    joined = TermIndex.join([TermIndex.build(part) for part in parts])
    assert same(joined, TermIndex.build([passage for part in parts for passage in part]))


@pytest.mark.parametrize("seed", range(5))
def test_selecting_equals_building_from_what_is_left(seed: int) -> None:
    chance = random.Random(seed)
    passages = random_passages(seed, 25)
    keep = sorted(chance.sample(range(25), chance.choice([0, 7, 25])))
    left = TermIndex.build(passages).select(np.array(keep, np.int64))
    assert same(left, TermIndex.build([passages[row] for row in keep]))


@pytest.mark.parametrize("seed", range(3))
def test_a_collection_scores_as_one_index(seed: int) -> None:
    parts = [random_passages(seed + 10 * part, size) for part, size in enumerate((12, 1, 20))]
    whole = [passage for part in parts for passage in part]
    groups = [{"t1": 1.0, "t2": 0.5}, {"t3": 1.0}, {"t4": 0.3, "t40": 1.0}, {"t3": 1.0}]
    collection = TermCollection([TermIndex.build(part) for part in parts])
    expected = brute_force(whole, groups)
    assert np.concatenate(collection.scores(groups)).tolist() == pytest.approx(expected, rel=1e-5)
    (last,) = collection.scores(groups, [2])
    assert last.tolist() == pytest.approx(expected[13:], rel=1e-5)
    assert collection.document_frequency("t1") == sum("t1" in passage for passage in whole)
    assert ("t1" in collection, "t40" in collection) == (True, False)


@pytest.mark.parametrize("passages", [[], [{}], [{"자기": 1.0, "llama2": 0.5}, {"c++": 2.0}]])
@pytest.mark.parametrize("mapped", [False, True])
def test_a_saved_index_is_read_as_it_was(
    tmp_path: Path, passages: Passages, mapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = TermIndex.build(passages)
    index.save(tmp_path)
    if mapped and passages and passages[0]:
        monkeypatch.setattr(arrays, "MAPPED_BYTES", 0)
    read = TermIndex.load(tmp_path)
    assert same(read, index)
    assert not read.keys.flags.writeable


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    TermIndex.build([{"a": 1.0}]).save(tmp_path)
    arrays.save_array(np.array([0, 1, 2], np.int64), tmp_path / "words-offsets.npy")
    with pytest.raises(ValueError, match="do not fit"):
        TermIndex.load(tmp_path)
    arrays.save_array(np.array([0, 1], np.int32), tmp_path / "words-offsets.npy")
    with pytest.raises(ValueError, match="holds int32, expected int64"):
        TermIndex.load(tmp_path)

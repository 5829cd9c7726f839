"""The workshop's ablation: fusions and ranks on scores that can be worked out by eye."""

import numpy as np
import pytest

from bench.ablation import GROUPS, NOT_FOUND, Row, compare, table
from bench.fusion import (
    Cell,
    Column,
    Scores,
    best_weights,
    bigrams_of,
    comb_mnz,
    first,
    gold_ranks,
    learned,
    min_max,
    pivots,
    ranks,
    reciprocal,
    reciprocal_rank_fusion,
    weigh,
    weighted_sum,
)
from qa.retrieval.signals import SIGNALS
from tests.made import tiny_analyser

# Three parts, one question, four passages.
WORDS = [[8.0, 4.0, 0.0, 0.0]]
BIGRAMS = [[1.0, 3.0, 2.0, 0.0]]
COSINE = [[0.1, 0.5, 0.3, 0.1]]
PARTS = np.array([WORDS, BIGRAMS, COSINE], np.float32)


def cell(corpus: str, words: list[list[float]], cosine: list[list[float]], gold: list[list[bool]]) -> Cell:
    scores: dict[str, Scores] = {
        "words": np.array(words, np.float32),
        "bigrams": np.zeros_like(words, np.float32),
        "cosine": np.array(cosine, np.float32),
    }
    places = np.arange(len(words[0]))
    return Cell(corpus, "ko-en", np.arange(len(words)), scores, places, np.array(gold))


def test_equal_scores_share_the_last_of_their_ranks() -> None:
    assert ranks(PARTS).tolist() == [[[1, 2, 4, 4]], [[3, 1, 2, 4]], [[4, 1, 2, 4]]]


def test_reciprocal_ranks_are_added() -> None:
    fused = reciprocal_rank_fusion(PARTS, (1.0, 1.0, 1.0), k=60)
    assert fused[0] == pytest.approx(
        [
            1 / (60 + 1) + 1 / (60 + 3) + 1 / (60 + 4),
            1 / (60 + 2) + 1 / (60 + 1) + 1 / (60 + 1),
            1 / (60 + 4) + 1 / (60 + 2) + 1 / (60 + 2),
            1 / (60 + 4) + 1 / (60 + 4) + 1 / (60 + 4),
        ]
    )


def test_reciprocal_ranks_are_weighted() -> None:
    fused = reciprocal_rank_fusion(PARTS, (1.0, 0.3, 0.8), k=10)
    assert fused[0, 1] == pytest.approx(1 / (10 + 2) + 0.3 / (10 + 1) + 0.8 / (10 + 1))


def test_min_max_draws_scores_to_0_and_1() -> None:
    assert min_max(PARTS)[:, 0] == pytest.approx(
        np.array([[8 / 8, 4 / 8, 0, 0], [1 / 3, 3 / 3, 2 / 3, 0], [0, 0.4 / 0.4, 0.2 / 0.4, 0]])
    )


def test_min_max_of_equal_scores_is_0() -> None:
    assert min_max(np.full((1, 3), 7, np.float32)).tolist() == [[0, 0, 0]]


def test_comb_mnz_multiplies_by_how_many_parts_found_it() -> None:
    fused = comb_mnz(PARTS, depth=2)
    assert fused[0] == pytest.approx([1 * 8 / 8, 3 * (4 / 8 + 3 / 3 + 1), 2 * (2 / 3 + 0.2 / 0.4), 0])


def test_a_weighted_sum_is_weighted() -> None:
    assert weighted_sum(PARTS, (1.0, 0.5, 10.0))[0] == pytest.approx(
        [8 + 0.5 * 1 + 10 * 0.1, 4 + 0.5 * 3 + 10 * 0.5, 0 + 0.5 * 2 + 10 * 0.3, 0 + 10 * 0.1]
    )


def test_a_place_ranks_by_its_best_passage() -> None:
    scores = np.array([[5, 1, 4, 9, 0], [5, 1, 4, 9, 0]], np.float32)
    starts = np.array([0, 2, 4])  # places of two, two and one passages: their best are 5, 9 and 0
    gold = np.array([[True, False, False], [True, False, True]])
    assert gold_ranks(scores, starts, gold).tolist() == [2, 2]


def test_the_first_of_several_right_places_counts() -> None:
    scores = np.array([[5, 9, 7]], np.float32)
    assert gold_ranks(scores, np.arange(3), np.array([[True, False, True]])).tolist() == [2]


def test_ties_count_against_the_right_place() -> None:
    scores = np.zeros((1, 4), np.float32)
    assert gold_ranks(scores, np.arange(4), np.array([[True, False, False, True]])).tolist() == [1 + 2]


def test_reciprocal_and_first_are_of_ranks() -> None:
    found = np.array([1, 3, 10, 11, NOT_FOUND])
    assert reciprocal(found).tolist() == [1, 1 / 3, 1 / 10, 0, 0]
    assert first(found).tolist() == [1, 0, 0, 0, 0]


def test_a_question_counts_once_over_columns() -> None:
    columns = [
        Column("a", "ko→ko", np.array([0, 1])),
        Column("a", "ko→en", np.array([0])),
        Column("b", "", np.array([0])),
    ]
    one: Row = [np.array([2, 1]), np.array([4]), None]
    two: Row = [np.array([1, 1]), np.array([2]), np.array([1])]
    found = compare(list(zip(columns, one, two, strict=True)), reciprocal)
    assert found.n == 2
    assert found.value == pytest.approx(((1 + 1 / 2) / 2 - (1 / 2 + 1 / 4) / 2 + 0) / 2)


def test_rows_are_compared_with_the_one_in_bold() -> None:
    columns = [Column(name, "ko→ko", np.arange(10)) for name in ("development", "further")]
    rows: dict[str, Row] = {
        "shipped": [np.array([1] * 10), np.array([2] * 10)],
        "same": [np.array([1] * 10), np.array([2] * 10)],
        "worse": [np.array([4] * 10), np.array([2] * 10)],
        "elsewhere": [np.array([1] * 10), None],
    }
    lines = table("Title", "Legend.", columns, rows, "shipped").splitlines()
    assert lines[:4] == ["## Title", "", "Legend.", ""]
    assert lines[4].startswith("| | development ko→ko (10) | further ko→ko (10) | ")
    assert lines[5] == "|-|-|-|-|-|"
    assert lines[6].startswith("| **shipped** | 1.000") and lines[6].endswith("/ 0.000 | | |")
    assert lines[7] == "| same | 1.000 / 1.000 | 0.500 / 0.000 | no difference | no difference |"
    assert lines[8].startswith(f"| worse | {1 / 4:.3f} / 0.000 ↓ | 0.500 / 0.000 | {1 / 4 - 1:+.3f} (")
    assert lines[8].endswith(" | no difference |")
    assert lines[9] == "| elsewhere | 1.000 / 1.000 | – | no difference | – |"


def test_the_grid_finds_the_weights_that_rank_gold_first() -> None:
    words, cosine = [[1.0, 0.5, 0.0]], [[0.0, 1.0, 0.0]]  # the second place leads once 0.5 + w > 1
    assert best_weights([cell("development", words, cosine, [[False, True, False]])]) == (1.0, 0.0, 0.6)
    assert best_weights([cell("development", words, cosine, [[True, False, False]])]) == (1.0, 0.0, 0.0)


def test_what_is_learned_on_one_corpus_ranks_another() -> None:
    right_is_near = cell("development", [[1.0, 0.0]] * 5, [[0.0, 1.0]] * 5, [[False, True]] * 5)
    other = cell("other", [[1.0, 0.0]], [[0.0, 1.0]], [[False, True]])
    assert other.ranks(learned(other, [right_is_near])).tolist() == [1]
    assert right_is_near.ranks(learned(right_is_near, [])).tolist() == [1] * 5


def test_pivots_lead_back_through_translations() -> None:
    table = [("모델", "model", 0.8), ("모형", "model", 0.5), ("모형", "mockup", 0.4), ("표본", "sample", 0.9)]
    found = pivots(table)
    assert found["모델"] == {"모형": pytest.approx(0.5 * 0.8 * 0.5)}
    assert found["mockup"] == {"model": pytest.approx(0.5 * 0.4 * 0.5)}
    assert found["표본"] == {}


def test_a_field_that_weighs_nothing_is_not_there() -> None:
    fields = [{"model": 2}, {"model": 1, "reward": 1}, {"survey": 1}]
    assert weigh(fields, (1.0, 0.5, 0.0)) == {"model": 2 * 1.0 + 1 * 0.5, "reward": 1 * 0.5}


def test_every_signal_is_left_out_once_at_least() -> None:
    assert {name for names in GROUPS.values() for name in names} == set(SIGNALS)


def test_bigrams_are_of_hangul_words_and_whole_terms_of_the_rest() -> None:
    grams = bigrams_of("자기개선 LLaMA-2 상", tiny_analyser())
    assert sorted(grams) == sorted(["자기", "기개", "개선", "llama2", "llama", "2", "상"])

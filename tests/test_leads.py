"""Leads that are measured and not shipped, on counts that can be worked out by eye."""

import math

import numpy as np
import pytest

from bench.leads import FEEDBACK_TERMS, expansion, halves_of, highest_of
from train.alignment import links, symmetrised_table


def test_feedback_weighs_words_by_passage_share_and_worth() -> None:
    counts = [{"rope": 1, "asked": 3}, {"knot": 2}]
    found = expansion(counts, np.array([1.0, 0.0], np.float32), {"rope": 4.0, "asked": 9.0, "knot": 1.0}, {"asked"})
    first, second = math.e / (math.e + 1), 1 / (math.e + 1)
    assert list(found) == ["rope", "knot"]
    assert found["rope"] == 1.0
    assert found["knot"] == pytest.approx((second * 1.0) / (first * 1 / 4 * 4.0))


def test_feedback_keeps_few_words_and_none_of_the_question() -> None:
    words = {f"w{number:02}": 1 for number in range(20)}
    assert len(expansion([words], np.zeros(1, np.float32), dict.fromkeys(words, 1.0), set())) == FEEDBACK_TERMS
    assert expansion([words], np.zeros(1, np.float32), dict.fromkeys(words, 1.0), set(words)) == {}


def test_halves_meet_at_a_space() -> None:
    assert halves_of("ab cd ef") == ("ab cd", "ef")
    assert halves_of("abcdef") == ("abcdef", "")


def test_a_passage_is_as_near_as_its_nearest_sentence() -> None:
    values = np.array([0.2, 0.7, 0.1], np.float32)
    assert highest_of(values, np.array([0, 0, 2]), 3) == pytest.approx([0.7, -1.0, 0.1])


def test_links_are_what_both_directions_choose() -> None:
    to_en = np.array([[0.9, 0.6], [0.1, 0.4]])
    to_ko = np.array([[0.8, 0.1], [0.7, 0.2]])
    assert links(to_en, to_ko, grow=False).tolist() == [[True, False], [False, False]]


def test_growing_adds_neighbours_of_words_without_a_link() -> None:
    to_en = np.array([[0.9, 0.6], [0.1, 0.4]])
    to_ko = np.array([[0.8, 0.1], [0.7, 0.2]])
    assert links(to_en, to_ko, grow=True).tolist() == [[True, True], [True, False]]


def test_a_table_of_symmetrised_links_pairs_words_that_keep_together() -> None:
    ko = [["모델", "학습"], ["모델", "평가"], ["학습", "평가"]]
    en = [["model", "train"], ["model", "test"], ["train", "test"]]
    table = symmetrised_table(ko, en, grow=False)
    assert [(entry.ko, entry.en) for entry in table] == [("모델", "model"), ("평가", "test"), ("학습", "train")]
    assert [entry.weight for entry in table] == [pytest.approx(2 / 2.5)] * 3

"""Vectors of words, remembered, and how much of a question texts hold when words that mean nearly the same count."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.words import word_vectors
from qa.words.word_vectors import WordVectors, alike, soft_coverages
from tests.made import WordEmbedder

TEACHER = {"teacher": (1.0, 0.0), "mentor": (0.6, 0.8), "tutor": (0.9, 0.43589), "plum": (0.0, 1.0)}


class Counted(WordEmbedder):
    """Writes down what it is asked."""

    def __init__(self) -> None:
        super().__init__(TEACHER)
        self.asked: list[list[str]] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return super().embed_passages(texts)


def test_every_word_is_embedded_once() -> None:
    embedder = Counted()
    vectors = WordVectors(embedder)
    assert vectors.of(["plum", "teacher", "plum"]).tolist() == [[0, 1], [1, 0], [0, 1]]
    assert vectors.of(["teacher", "mentor"]).tolist() == [[1, 0], [pytest.approx(0.6), pytest.approx(0.8)]]
    assert embedder.asked == [["plum", "teacher"], ["mentor"]]
    assert vectors.of([]).shape == (0, 2)


def test_more_words_than_are_remembered_are_forgotten_and_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_vectors, "REMEMBERED", 2)
    embedder = Counted()
    vectors = WordVectors(embedder)
    vectors.of(["plum", "teacher"])
    assert vectors.of(["mentor", "plum"]).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 1]]
    assert embedder.asked == [["plum", "teacher"], ["mentor", "plum"]]


def test_room_is_made_for_many_words() -> None:
    words = [f"teacher{at}" for at in range(3_000)]
    vectors = WordVectors(WordEmbedder(TEACHER))
    vectors.of(["plum"])
    assert vectors.of(words).tolist() == [[1, 0]] * len(words)
    assert vectors.of(["plum"]).tolist() == [[0, 1]]


def test_words_are_alike_from_a_cosine_on() -> None:
    assert alike(np.array([-1.0, 0.3, 0.55, 0.8, 1.0])).tolist() == pytest.approx([0, 0, 0.4, 0.8, 0.8])


def test_a_text_holds_a_unit_by_its_terms_or_by_the_likest_word() -> None:
    vectors = WordVectors(WordEmbedder(TEACHER))
    texts = [["mentor", "plum"], ["plum"], [], ["tutor", "mentor"]]
    held = [(0.0, 1.0), (0.2, 0.0), (0.5, 0.0), (0.1, 0.0)]
    found = soft_coverages(vectors, ["teacher", "margin"], [0.6, 0.2], texts, held)
    # mentor is at .6 from teacher: (.6 - .3) / .5 · .8 = .48; tutor at .9, more than enough: .8
    assert found == pytest.approx([0.48 * 0.75 + 0.25, 0.2 * 0.75, 0.5 * 0.75, 0.8 * 0.75])


def test_where_nothing_is_asked_nothing_is_held() -> None:
    vectors = WordVectors(WordEmbedder(TEACHER))
    assert soft_coverages(vectors, [], [], [["plum"], []], [(), ()]) == [0.0, 0.0]
    assert soft_coverages(vectors, ["plum"], [1.0], [], []) == []

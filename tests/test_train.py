"""How the bundled model is learned."""

import json
import math
from pathlib import Path

import pytest

from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from train.pairs import Pair, read_dictionary, read_pairs
from train.questions import (
    PASSAGE_CHARS,
    ToldApart,
    paraphrases,
    question_answers,
    question_pairs,
    question_passages,
    sections_told_apart,
)
from train.translation import translation_table

MODEL_LIMIT_BYTES = 16_000_000


def test_pairs_are_read_once_and_odd_ones_left_out(tmp_path: Path) -> None:
    rows = [
        "정렬은 중요하다.\tAlignment matters.",
        "정렬은 중요하다.\tAlignment matters.",
        "no hangul\there",
        "한국어만\t한국어",
    ]
    (tmp_path / "a.tsv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "dev.tsv").write_text("개발 문장이다.\tA development sentence.", encoding="utf-8")
    assert read_pairs([tmp_path], leave_out=frozenset({"dev"})) == [Pair("정렬은 중요하다.", "Alignment matters.")]


def test_dictionary_meanings_are_split_and_explanations_dropped(tmp_path: Path) -> None:
    rows = ["가\tbound, edge", "가\tIndicates the subject", "배우다\tto learn (a skill)"]
    (tmp_path / "dictionary.tsv").write_text("\n".join(rows), encoding="utf-8")
    assert read_dictionary([tmp_path]) == [Pair("가", "bound"), Pair("가", "edge"), Pair("배우다", "learn")]


KNOWN = """work\tsection_id\tko\ten\tsentences
w\ta\t보상이 뭐야?\tWhat is a reward?\t1
w\ta\t보상의 뜻은?\tMeaning of reward?\t1,2
w\tb\t한계는?\tWhat are the limits?\t1
w\tgone\t어디야?\tWhere is it?\t-
"""


@pytest.fixture
def asked_corpus(tmp_path: Path) -> Path:
    (tmp_path / "w.ko.md").write_text("# 글\n\n## 보상 {#a}\n수이다.\n\n## 한계 {#b}\n없다.\n", encoding="utf-8")
    (tmp_path / "w.en.md").write_text(f"# Text\n\n## Reward {{#a}}\n{'A number. ' * 100}\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("# About\n\n## Reward {#a}\nNot of the corpus.\n", encoding="utf-8")
    (tmp_path / "questions.tsv").write_text(KNOWN, encoding="utf-8")
    return tmp_path


def test_known_questions_are_pairs(asked_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert question_pairs(asked_corpus) == [
        Pair("보상이 뭐야?", "What is a reward?"),
        Pair("보상의 뜻은?", "Meaning of reward?"),
        Pair("한계는?", "What are the limits?"),
        Pair("어디야?", "Where is it?"),
    ]
    bare = tmp_path_factory.mktemp("bare")
    assert question_pairs(bare) == []
    assert question_passages(bare) == []


def test_known_questions_go_with_both_editions_of_their_section(asked_corpus: Path) -> None:
    korean, english = "보상 수이다.\n\n", ("Reward " + "A number. " * 100)[:PASSAGE_CHARS]
    a, b = ("w", "a"), ("w", "b")
    assert question_passages(asked_corpus)[:4] == [
        *(("보상이 뭐야?", korean, a), ("보상이 뭐야?", english, a)),
        *(("What is a reward?", korean, a), ("What is a reward?", english, a)),
    ]
    assert question_passages(asked_corpus)[8:] == [  # there is no English edition of it
        *(("한계는?", "한계 없다.\n", b), ("What are the limits?", "한계 없다.\n", b)),
    ]


def test_a_section_is_told_apart_by_what_is_said_and_asked(tmp_path: Path) -> None:
    rows = ["가1\ta1\t1", "가2\ta2\t1", "가3\ta3\t1,2", "가4\ta4\t-"]
    (tmp_path / "w.ko.md").write_text("# 글\n\n## 보상 {#a}\n수이다. 양이다. 끝이다.\n", encoding="utf-8")
    (tmp_path / "w.en.md").write_text("# Text\n\n## Reward {#a}\nA number. It is high.\n", encoding="utf-8")
    known = "\n".join(["work\tsection_id\tko\ten\tsentences", *(f"w\ta\t{row}" for row in rows)])
    (tmp_path / "questions.tsv").write_text(known, encoding="utf-8")
    assert len(sections_told_apart(tmp_path)[0].texts) == 2 * (4 + 2)  # without open questions
    (tmp_path / "open.tsv").write_text("work\tsection_id\tko\ten\nw\ta\t가?\ta?\n", encoding="utf-8")
    (told,) = sections_told_apart(tmp_path)
    texts = ["a1", "a2", "a3", "a4", "a?", "A number.", "It is high."]
    assert told.texts == ["가1", "가2", "가3", "가4", "가?", "수이다.", "양이다.", *texts]
    beside = {
        text: {other for other, same in zip(told.texts, row, strict=True) if same}
        for text, row in zip(told.texts, told.same, strict=True)
    }
    assert beside["a1"] == {"가1", "가2", "a2", "수이다.", "A number."}
    assert beside["a3"] == {"가3", "수이다.", "A number.", "양이다.", "It is high."}
    assert beside["a4"] == {"가4"} and beside["가?"] == {"a?"}
    assert beside["양이다."] == {"It is high.", "가3", "a3"}
    pairs = {(told.texts[row], told.texts[column]) for row, column in zip(*told.alike.nonzero(), strict=True)}
    halves = [("1", "3"), ("2", "3")]
    assert pairs == {pair for x, y in halves for a in "가a" for b in "가a" for pair in ((a + x, b + y), (b + y, a + x))}


def test_known_questions_go_with_the_sentences_that_answer_them(asked_corpus: Path) -> None:
    assert question_answers(asked_corpus)[:8] == [
        *(("보상이 뭐야?", "수이다.", ("w", "a", "1")), ("What is a reward?", "수이다.", ("w", "a", "1"))),
        *(("보상이 뭐야?", "A number.", ("w", "a", "1")), ("What is a reward?", "A number.", ("w", "a", "1"))),
        # the Korean edition has no second sentence
        *(("보상의 뜻은?", "수이다.", ("w", "a", "1,2")), ("Meaning of reward?", "수이다.", ("w", "a", "1,2"))),
        ("보상의 뜻은?", "A number. A number.", ("w", "a", "1,2")),
        ("Meaning of reward?", "A number. A number.", ("w", "a", "1,2")),
    ]


def test_known_questions_go_with_others_that_the_same_sentence_answers(asked_corpus: Path) -> None:
    found = paraphrases(asked_corpus, seed=1)
    assert found == paraphrases(asked_corpus, seed=1)
    one, other = {"보상이 뭐야?", "What is a reward?"}, {"보상의 뜻은?", "Meaning of reward?"}
    assert [pair.group for pair in found] == [
        ("w", "a", "1")
    ] * 2  # no other answers the limits, or the second sentence
    assert found[0].anchor in one and found[0].positive in other
    assert found[1].anchor in other and found[1].positive in one


def test_model_1_finds_the_words_that_translate_each_other() -> None:
    ko = [["보상", "모델"], ["보상"], ["언어", "모델"], ["언어"]]
    en = [["reward", "model"], ["reward"], ["languag", "model"], ["languag"]]
    table = {(entry.ko, entry.en): entry.weight for entry in translation_table(ko, en)}
    assert table["보상", "reward"] > 0.9
    assert table["언어", "languag"] > 0.9
    assert table["모델", "model"] > 0.9
    assert table.get(("보상", "model"), 0.0) < 0.1


def test_a_translation_needs_hangul_on_one_side_only() -> None:
    table = translation_table([["spin", "보상"]], [["spin", "reward"]])
    assert {(entry.ko, entry.en) for entry in table} <= {("보상", "reward"), ("보상", "spin")}


def test_the_bundled_model_is_small_and_named_by_its_fingerprint() -> None:
    size = sum(path.stat().st_size for path in MODEL_FOLDER.rglob("*") if path.is_file())
    assert size <= MODEL_LIMIT_BYTES
    assert len(json.loads((MODEL_FOLDER / "model.json").read_text(encoding="utf-8"))["fingerprint"]) == 12


@pytest.mark.slow
def test_the_lexicon_is_learned_from_kiwi(tmp_path: Path) -> None:
    from train.korean import learn_lexicon

    learn_lexicon(["모델을 학습합니다.", "모델이 학습된다."] * 3, ["보상 모델"], tmp_path / "korean.tsv")
    analyser = Analyser.load(tmp_path / "korean.tsv")
    assert analyser.words("보상 모델을 학습합니다") == ["보상", "모델", "학습"]


@pytest.mark.slow
def test_verbs_adjectives_and_adverbs_are_told_from_nouns(tmp_path: Path) -> None:
    from train.korean import learn_lexicon

    texts = ["모델이 답을 숨긴다.", "모델을 숨기는 일은 아주 어렵다."] * 3
    learn_lexicon(texts, ["보상 모델"], tmp_path / "korean.tsv")
    predicates = Analyser.load(tmp_path / "korean.tsv").predicates
    assert {"숨기", "어렵", "아주"} <= predicates
    assert not {"모델", "보상", "답", "일"} & predicates


@pytest.mark.slow
def test_training_is_repeatable_and_brings_translations_together(tmp_path: Path) -> None:
    import numpy as np

    from index.embed import StaticEmbedder
    from train import embedder

    words = [("보상", "reward"), ("모델", "model"), ("언어", "language"), ("정렬", "alignment"), ("토론", "debate")]
    pairs = [Pair(f"{a} {b}", f"{x} {y}") for a, x in words for b, y in words if a != b]
    tokenizer = embedder.train_tokenizer([text for pair in pairs for text in (pair.ko, pair.en)] * 5, vocabulary=60)
    examples = [(pair.ko, pair.en) for pair in pairs] * 30
    same = np.array([[False, True, False], [True, False, False], [False, False, False]])
    apart = ToldApart(["보상 모델", "reward model", "보상 언어"], same, np.zeros_like(same))
    first = embedder.train_vectors(tokenizer, examples, seed=1, batch=20, sections=[apart])
    again = embedder.train_vectors(tokenizer, examples, seed=1, batch=20, sections=[apart])
    assert np.array_equal(first, again)
    embedder.save_embedder(tokenizer, first, tmp_path)
    model = StaticEmbedder(tmp_path, "small")
    vectors = model.embed_passages(["보상 모델", "reward model", "토론 언어"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


@pytest.mark.slow
def test_examples_of_one_group_are_not_held_against_each_other() -> None:
    import torch

    from train.embedder import contrast

    a, b = torch.eye(3), torch.ones(3, 3) / 3**0.5
    of_no_group, of_one, of_two = (torch.tensor(groups) for groups in ((-1, -1, -1), (4, 4, 4), (4, 4, 5)))
    assert float(contrast(a, b, of_no_group)) == pytest.approx(2 * math.log(3))  # one right text of three, both ways
    assert float(contrast(a, b, of_two)) == pytest.approx(2 * (2 * math.log(2) + math.log(3)) / 3)
    assert float(contrast(a, b, of_one)) == pytest.approx(0.0)


@pytest.mark.slow
def test_texts_of_a_section_are_told_apart_but_for_those_alike() -> None:
    import torch

    from train.embedder import TEMPERATURE, told_apart

    vectors = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.6, 0.8]])
    same = torch.tensor([[False, True, False], [True, False, False], [False, False, False]])
    near = math.exp(0.6 / TEMPERATURE) / (math.exp(1 / TEMPERATURE) + math.exp(0.6 / TEMPERATURE))
    assert float(told_apart(vectors, same, torch.zeros(3, 3, dtype=torch.bool))) == pytest.approx(
        -math.log(1 - near), rel=1e-3
    )
    alike = torch.zeros(3, 3, dtype=torch.bool)
    alike[:2, 2] = alike[2, :2] = True
    assert float(told_apart(vectors, same, alike)) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.slow
def test_the_teacher_draws_texts_together_that_no_pair_joins() -> None:
    import numpy as np

    from train import embedder

    examples = [("가 나", "a b"), ("다 라", "c d"), ("마 바", "e f"), ("사 아", "g h")] * 40
    directions = np.eye(4, dtype=np.float32)[[0, 0, 1, 2] * 40]  # the teacher thinks that the first two mean the same
    tokenizer = embedder.train_tokenizer([text for pair in examples for text in pair], vocabulary=40)
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in ("a b", "c d", "e f")]
    taught = embedder.train_vectors(tokenizer, examples, seed=1, teacher=directions, batch=16)
    alone = embedder.train_vectors(tokenizer, examples, seed=1, batch=16)

    def cosine(vectors: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", one: int, other: int) -> float:
        a, b = (vectors[ids[at]].mean(axis=0) for at in (one, other))
        return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))

    assert cosine(taught, 0, 1) > cosine(alone, 0, 1) + 0.2
    assert cosine(taught, 0, 1) > cosine(taught, 0, 2)

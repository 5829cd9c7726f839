"""Conversations with the shipped Library as users hold them: the last turn, as it was understood and answered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from qa import Assistant, open_library
from qa.answer import Answer
from qa.converse.focus import Exchange
from tests.made import library_of


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_library(tmp_path_factory.mktemp("held") / "library") as assistant:
        yield assistant


def last_of(assistant: Assistant, turns: Sequence[str]) -> tuple[str, Answer]:
    """Return the last turn as it was asked, and its answer."""
    history: list[Exchange] = []
    for turn in turns:
        *_, reply = assistant.stream(turn, history=history)
        history.append(Exchange(reply.question, reply.answer))
    return history[-1].question, history[-1].answer


@pytest.mark.parametrize(
    ("turns", "understood", "told"),
    [
        (
            ["compare outcome verifiers and process verifiers", "which one needs more labels?"],
            "which one of outcome verifiers and process verifiers needs more labels?",
            "A weakness of process verifiers is that they need much annotated data.",
        ),
        (
            ["결과 검증기랑 과정 검증기 비교", "뭐가 라벨이 더 많이 필요해?"],
            "결과 검증기와 과정 검증기 중 뭐가 라벨이 더 많이 필요해?",
            "과정 검증기의 약점은 주석 데이터가 많이 필요하다는 점이다.",
        ),
        (
            ["GLM-4 컨텍스트 길이 얼마야?", "아니 ChatGLM2 말이야", "GSM8K 점수는?"],
            "ChatGLM2의 GSM8K 점수는?",
            "| ChatGLM2-6B | 25.9 | 45.2",
        ),
        (
            ["RLHF 단계 알려줘", "사람 말고 AI가 매기면?", "성능은 비슷해?"],
            "RLAIF의 성능은 비슷해?",
            "Lee 등은 RLAIF가 RLHF와 대등하거나 더 낫다는 것을 밝혔다.",
        ),
        (
            ["MIBench 시나리오 세 개 알려줘", "마지막 거 과제는 뭐가 있음?"],
            "MIBench의 멀티모달 문맥 내 학습 과제는 뭐가 있음?",
            "멀티모달 문맥 내 학습(multimodal in-context learning, MIC)",
        ),
        (["StructEval limits", "now the same for MIBench"], "MIBench limits", "A limit of MIBench is"),
        (["StructEval 한계", "MIBench도 똑같이"], "MIBench 한계", "MIBench의 한계는"),
        (
            ["explain each level of AGI", "explain the second one"],
            "explain Level 2 superhuman AGI",
            "Level 2 superhuman AGI is the level",
        ),
        (["SPIN이 뭐야?", "debate는 뭐야?"], "debate는 뭐야?", "토론(debate)은 둘 이상의 생성자가"),
    ],
)
def test_a_turn_leans_on_what_was_said(shipped: Assistant, turns: list[str], understood: str, told: str) -> None:
    question, answer = last_of(shipped, turns)
    assert question == understood
    assert told in answer.text
    assert answer.sure


@pytest.mark.parametrize(
    "question",
    [
        "AGI까지 20년 넘게 걸린다고 한 사람 몇 퍼센트?",
        "over 20 years until AGI: what percent?",
        "how many percent said AGI takes more than 20 years?",
    ],
)
def test_more_than_an_amount_is_not_up_to_it(shipped: Assistant, question: str) -> None:
    text = shipped.ask(question).text
    assert "37.0%" in text
    assert "23.9%" not in text


@pytest.mark.parametrize("turns", [["which papers use RLHF?", "which one is the oldest?"]])
def test_which_one_of_several_texts_is_none_of_two_things_in_them(shipped: Assistant, turns: list[str]) -> None:
    assert "offline" not in last_of(shipped, turns)[0]


def test_a_heading_that_any_text_has_is_no_subject(shipped: Assistant) -> None:
    question, _ = last_of(shipped, ["how do noisy teacher outputs hurt imitation?", "how do people avoid that?"])
    assert "Discussion" not in question


BLOG = """---
title: "연날리기가 기분에 미친 영향"
---

## 바람이 부는 날에는 웃음이 늘었다는 걸 밝혀냄

**Kites and Smiles: Wind as an Instrument**

by Ada Moss and Ben Fern (Journal of Kites, 2021)

연을 날린 날에는 웃음이 늘었다. 바람은 도구변수로 쓰였다. 바람이 없는 날에는 아무도 연을 날리지 않았고, 웃음도 그대로였다.
비가 온 날은 세지 않았다. 웃음은 하루에 세 번 세었고, 센 사람은 연을 보지 못하는 방에 있었다.
"""
REPORT = """# 이끼의 한 해

## 이끼는 언제 자라는가

이끼는 봄에 자란다.

김이끼 (한빛대학교)

이끼는 그늘을 좋아한다.
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with library_of(tmp_path_factory.mktemp("own"), {"kites": BLOG, "moss": REPORT}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["연을 날린 날에는 뭐가 늘었어?", "누가 쓴 글이야?"], "by Ada Moss and Ben Fern (Journal of Kites, 2021)"),
        (["What grew on days of kites?", "who are its authors?", "which journal?"], "(Journal of Kites, 2021)"),
        (["이끼는 언제 자라?", "저자는?"], "김이끼 (한빛대학교)"),
        (["이끼는 언제 자라?", "누가 썼어?"], "김이끼 (한빛대학교)"),
    ],
)
def test_who_wrote_the_text_that_was_spoken_about_is_told_by_its_line(
    own: Assistant, turns: list[str], told: str
) -> None:
    _, answer = last_of(own, turns)
    assert answer.sure
    assert told in answer.text
    assert len(answer.sentences) == 1


def test_a_sentence_whose_items_follow_is_shown_up_to_its_colon(shipped: Assistant) -> None:
    answer = shipped.ask("what are the three steps of RLHF?")
    assert answer.text.split("\n")[:2] == ["RLHF has 3 steps: [1]", "- supervised fine-tuning (SFT) [1]"]
    assert answer.sentences[0].text.endswith("by reinforcement learning such as PPO.")  # what is quoted is whole
    assert [one.text for one in answer.shown()][1:] == [one.text for one in answer.sentences][1:]
    alone = answer.of(answer.sentences[:1])
    assert alone.shown() == list(alone.sentences)
    other = replace(answer.sentences[1], text="something else")
    assert answer.of([answer.sentences[0], other]).shown()[0] == answer.sentences[0]

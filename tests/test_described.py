"""A text of one's own is asked by words of its title: "the tide paper", 갯벌 논문, in either language."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.load import Language
from qa.ask import Assistant
from qa.parts.divide import Quoted
from qa.question.scope import Within
from tests.made import library_of

TIDES = """# Forecasting of Tides by Neural Networks

Ana Silva, Bo Lund

## Abstract

We present a network that forecasts the tide of nine harbours from wind and moon. It is right within four centimetres.

## Method

The network reads the wind of two days.

## Limitations

Storms were left out, since no sensor survived them.
"""
SNAILS = """# 달팽이 이동 속도 측정 연구

## 서론

달팽이는 젖은 돌 위에서 빨리 움직인다.

## 방법

바람이 없는 날 사진을 2분마다 찍었다.

## 한계

밤에는 사진을 찍지 못했고, 비가 오는 날의 기록은 하나도 남지 않았다.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library_of(tmp_path_factory.mktemp("described"), {"x1": TIDES, "snail_GPS": SNAILS})


@pytest.mark.parametrize(
    ("question", "called", "work"),
    [
        ("Who wrote the tide paper?", "the tide paper", "x1"),
        ("in the tides forecasting article, what is read?", "the tides forecasting article", "x1"),
        ("달팽이 논문의 한계는?", "달팽이 논문", "snail_GPS"),
        ("결론에서 달팽이 속도 논문은 뭐래?", "달팽이 속도 논문", "snail_GPS"),
        ("the snail GPS report", "the snail GPS report", "snail_GPS"),
        ("neural networks paper", "neural networks paper", "x1"),
    ],
)
def test_a_text_is_described_by_its_title(assistant: Assistant, question: str, called: str, work: str) -> None:
    found = assistant.quoter.texts.describer.found(question)
    assert found is not None
    assert (question[found.start : found.end], found.work) == (called, work)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote this paper?",
        "이 논문 요약",
        "the original paper",
        "다른 논문은?",
        "the survey paper",  # shipped ones go by their own names
        "Compare the tide paper and the snail paper",
        "the tide",
        "논문은?",
    ],
)
def test_what_describes_no_text_of_the_users(assistant: Assistant, question: str) -> None:
    assert assistant.quoter.texts.describer.found(question) is None


def test_what_is_added_is_known_and_what_two_titles_hold_describes_neither(
    assistant: Assistant, tmp_path: Path
) -> None:
    describer = assistant.quoter.texts.describer
    (tmp_path / "owls.md").write_text(
        "# Owls and Tides\n\nOwls hunt at night, in winter by day, too.\n", encoding="utf-8"
    )
    assert describer.found("the owl paper") is None
    assistant.add([tmp_path / "owls.md"])
    found = describer.found("the owl paper")
    assert found is not None and found.work == "owls"
    assert describer.found("the tide paper") is None
    assistant.library.remove(["owls"])
    found = describer.found("the tide paper")
    assert found is not None and found.work == "x1"
    assert describer.found("the owl paper") is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What are the limits of the tide paper?", "Storms were left out, since no sensor survived them."),
        ("달팽이 논문의 한계는?", "밤에는 사진을 찍지 못했고, 비가 오는 날의 기록은 하나도 남지 않았다."),
        ("tide 논문 한계 알려줘", "Storms were left out, since no sensor survived them."),
        ("What does the tide paper read of the wind?", "The network reads the wind of two days."),
    ],
)
def test_the_described_text_is_asked(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert told in [sentence.text for sentence in answer.sentences]
    assert {citation.doc_id for citation in answer.citations} <= {"x1", "snail_GPS"} and len(
        {citation.doc_id for citation in answer.citations}
    ) == 1


def test_what_the_described_text_does_not_say_is_not_taken_from_others(assistant: Assistant) -> None:
    answer = assistant.ask("What does the tide paper say about SPIN?")
    assert {citation.doc_id for citation in answer.citations} <= {"x1"}


@pytest.mark.parametrize(("as_this", "as_worded", "told"), [(0.9, 0.2, 0.9), (0.6, 0.8, 0.8), (0.2, 0.1, 0.1)])
def test_a_described_text_is_asked_with_and_without_the_words_that_describe_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, as_this: float, as_worded: float, told: float
) -> None:
    ask = assistant.quoter._asked

    def asked(question: str, language: Language | None, within: Within) -> Quoted:
        found = ask(question, language, within)
        probability = as_this if "this paper" in question else as_worded
        return replace(found, answer=replace(found.answer, probability=probability))

    monkeypatch.setattr(assistant.quoter, "_asked", asked)
    question = "What does the network read of the wind according to the tide paper?"
    answer = assistant.ask(question)
    assert (answer.question, answer.probability) == (question, told)

"""The particulars of a study are told by what says so, whatever words ask for them."""

import pytest

from qa.ask import Assistant
from qa.reading.particulars import ParticularFinder
from tests.made import library_of

PAPER = """# Sleep and Song in Caged Finches

## Abstract

Finches sing less after a bad night, previous work by Hara et al. says. We recorded 48 finches for two winters.

## Introduction

Birds need sleep. Song is learned, and data on sleep are rare in other studies. Tools for recording sleep are costly.

## Materials and Methods

### Data collection

We recorded songs and brain activity of 48 finches in Lund, and we collected 12,400 songs in a dataset of our own.
Recordings took place between 3 October 2019 and 28 March 2021.

### Analysis

We measured how well songs were told apart by precision, recall and the F1 score.
Our detector was compared with two baselines, SongNet and a hidden Markov model.
The detector was trained for 40 epochs with the Adam optimizer and a learning rate of 0.002.
All models ran on one NVIDIA RTX 3090 GPU. Statistics were computed in R 4.1 with the lme4 package.

## Results

The detector reached an F1 score of 0.91.

## Data availability

Code and recordings are available at https://github.com/example/finches.

## Acknowledgements

This work was supported by the Nordic Bird Foundation (grant 2019-77). We thank the caretakers.
"""
PLAIN = """# 달팽이 기르기

## 초록

이 글에서는 달팽이를 기르는 즐거움을 이야기한다. 달팽이는 느리다.

## 먹이

달팽이는 상추를 좋아한다. 데이터라고 할 만한 것은 없다.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library_of(tmp_path_factory.mktemp("particulars"), {"finches": PAPER, "snails": PLAIN})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("어떤 데이터 썼어?", "We recorded songs and brain activity"),
        ("what data did they use?", "We recorded songs and brain activity"),
        ("데이터는 언제 모은 거야?", "Recordings took place between"),
        ("study period?", "Recordings took place between"),
        ("평가 지표는 뭐야?", "precision, recall and the F1 score"),
        ("which metrics were used", "precision, recall and the F1 score"),
        ("뭐랑 비교했어?", "compared with two baselines"),
        ("baselines?", "compared with two baselines"),
        ("GPU 뭐 썼대?", "NVIDIA RTX 3090"),
        ("what did they run this on?", "NVIDIA RTX 3090"),
        ("하이퍼파라미터는?", "40 epochs"),
        ("통계 프로그램은 뭘 썼나요?", "R 4.1 with the lme4"),
        ("what software did they use?", "R 4.1 with the lme4"),
        ("코드 공개했어?", "https://github.com/example/finches"),
        ("could I get hold of their data?", "https://github.com/example/finches"),
        ("누구 돈으로 한 연구야?", "Nordic Bird Foundation"),
        ("who funded the study?", "Nordic Bird Foundation"),
        ("how many finches were recorded?", "48 finches"),
        ("finch 연구의 연구비는 누가 지원했어?", "Nordic Bird Foundation"),
    ],
)
def test_a_particular_is_told(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question, within=["finches"])
    assert answer.sure and told in answer.sentences[0].text
    assert all(citation.doc_id == "finches" for citation in answer.citations)


@pytest.mark.parametrize("question", ["코드 공개했어?", "who funded it?", "언제 게재됐어?", "GPU는 뭐 썼어?"])
def test_what_is_told_nowhere_is_refused(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question, within=["snails"]).sure


@pytest.mark.parametrize(
    "question",
    [
        "평가 지표란 무엇인가?",
        "what is a control group?",
        "왜 데이터가 부족해?",
        "how is missing data handled?",
        "What do finches eat?",
    ],
)
def test_other_questions_ask_for_no_particular(assistant: Assistant, question: str) -> None:
    run = assistant.search(question, within=["finches"])
    finder = ParticularFinder(assistant.library.analyser, assistant.document)
    assert run.query.alone and finder.find(run) == (None, [])


def test_of_several_texts_each_says_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("각 논문의 연구비는 누가 지원했어?", within=["finches", "snails"])
    assert [one.text for one in answer.sentences if one.form == "title"] == ["Sleep and Song in Caged Finches"]
    assert answer.notice.endswith("달팽이 기르기")


def test_texts_with_known_questions_are_asked_as_ever(assistant: Assistant) -> None:
    finder = ParticularFinder(assistant.library.analyser, assistant.document)
    run = assistant.search("코드 공개했어?", within=["2406.13542.ko", "2406.13542.en"])
    assert run.query.alone and finder.find(run) == (None, [])

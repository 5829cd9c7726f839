"""Questions to ask next: made of names and headings, kept only where the Library answers them with something new."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qa.ask import Assistant, open_library
from qa.cite import Answer
from qa.suggest import SUGGESTED, TRIED


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_library(tmp_path_factory.mktemp("survey") / "library") as assistant:
        yield assistant


@pytest.mark.parametrize(
    "question", ["Llama 3 405B는 토큰 몇 개로 학습했어?", "What is uncertainty filtering?", "SPIN은 어느 범주에 속해?"]
)
def test_what_is_suggested_is_answered_with_something_new(survey: Assistant, question: str) -> None:
    answer = survey.ask(question)
    places = {(c.doc_id, c.section_id, c.start) for c in answer.citations}
    suggested = survey.suggest(answer, [question])
    assert 1 <= len(suggested) <= SUGGESTED
    for one in suggested:
        found = survey.ask(one, answer.language)
        assert not found.abstained, one
        assert {(c.doc_id, c.section_id, c.start) for c in found.citations} - places, one


def test_a_question_that_was_asked_is_not_suggested(survey: Assistant) -> None:
    answer = survey.ask("What is uncertainty filtering?")
    first = survey.suggest(answer, [])[0]
    assert first not in survey.suggest(answer, [first.upper() + " "])


def test_where_nothing_is_answered_nothing_is_suggested_and_few_are_tried(survey: Assistant) -> None:
    answer = survey.ask("What is uncertainty filtering?")
    tried: list[str] = []

    def ask(question: str) -> Answer:
        tried.append(question)
        return replace(answer, sentences=(), citations=(), probability=0.0)

    assert survey._suggester.suggest(answer, [], ask) == []
    assert 1 <= len(tried) <= TRIED


def test_an_answer_without_a_place_suggests_nothing(survey: Assistant) -> None:
    assert survey.suggest(survey.ask("김치찌개는 어떻게 끓여?"), []) == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What is Consitutional AI?", ["What is Constitutional AI?"]),
        ("CycleAling이 뭐야?", ["CycleAlign이 뭐야?"]),
        ("행동 모벙의 한계는?", ["행동 모방을 통한 정렬 한계는?"]),
    ],
)
def test_where_a_misspelt_name_is_not_found_the_question_is_suggested_with_the_right_one(
    survey: Assistant, question: str, meant: list[str]
) -> None:
    answer = survey.ask(question)
    assert answer.abstained
    assert survey.suggest(answer, [question]) == meant
    assert not survey.ask(meant[0]).abstained

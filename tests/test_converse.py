"""Follow-up questions completed from the conversation, and questions that stand by themselves left as they are."""

from collections.abc import Iterator

import pytest

from qa.ask import Assistant, open_library
from qa.converse.complete import Exchange


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_library(tmp_path_factory.mktemp("survey") / "library") as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("before", "asked", "completed"),
    [
        ("SPIN은 어떤 방법이야?", "한계는?", "SPIN의 한계는?"),
        ("What is uncertainty filtering?", "and its limitations?", "uncertainty filtering's limitations?"),
    ],
)
def test_a_follow_up_is_completed(survey: Assistant, before: str, asked: str, completed: str) -> None:
    found = survey.completer.complete(asked, [Exchange(before, survey.ask(before))])
    assert (found.asked, found.question, found.kind) == (asked, completed, "completed")


@pytest.mark.parametrize(
    "asked", ["Llama 3 405B는 토큰 몇 개로 학습했어?", "What does StructEval evaluate?", "?", "김치찌개는 어떻게 끓여?"]
)
def test_a_question_that_stands_by_itself_is_left_as_it_is(survey: Assistant, asked: str) -> None:
    before = "SPIN은 어떤 방법이야?"
    assert survey.completer.complete(asked, [Exchange(before, survey.ask(before))]).question == asked
    assert survey.completer.complete(asked, []).question == asked

"""The limits of a text without a section on them are told by the sentences that say so of that text."""

import pytest

from qa.ask import Assistant
from tests.made import library_of

FERRY = """# Ferries and Fog

## Introduction

Fog delays ferries. Previous work had the limitation that it could not count ferries at night.

## Related Work

A drawback of radar is its price.

## Method

We counted ferries with three cameras. To overcome the shortcomings of one camera, we used three.

## Discussion

Delays grew with fog. However, our study has the limitation that the cameras stood in one harbour only.
We could not measure how dense the fog was. Fares rose in the same year.
"""
KITES = """# 연날리기와 바람

## 서론

기존 연구는 바람의 세기를 재지 못한 한계가 있다.

## 방법

연 40개를 날렸다.

## 결론

바람이 셀수록 연이 높이 난다. 본 연구에는 몇 가지 한계점이 있다. 첫째, 한 계절만 관찰하였다. 둘째, 연의 모양이 하나였다.
연은 즐겁다.
"""
UNSAID = """# Moths at the Window

## Method

We counted moths at a window, every night of June, in a village by the sea.

## Conclusion

Moths like light. Our cat was not able to catch one.
"""
SILENT = """# Bread in the Morning

## Method

We baked bread at six in the morning, for forty days and with three kinds of flour.

## Conclusion

Warm bread sells best.
"""
HEADED = """# Clocks in Towers

## Discussion

Our clocks have the limitation that they are loud.

## Limitations

Only towers of stone were visited.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"ferry": FERRY, "kites": KITES, "moths": UNSAID, "bread": SILENT, "clocks": HEADED}
    return library_of(tmp_path_factory.mktemp("limits"), pages)


def told(assistant: Assistant, question: str, doc_id: str) -> list[str]:
    answer = assistant.ask(question, within=[doc_id])
    return [" ".join(sentence.text.split()) for sentence in answer.sentences]


@pytest.mark.parametrize(
    "question", ["What are the limitations of this paper?", "이 논문의 한계는?", "weaknesses of this study?"]
)
def test_own_limits_are_told_and_no_others(assistant: Assistant, question: str) -> None:
    assert told(assistant, question, "ferry") == [
        "However, our study has the limitation that the cameras stood in one harbour only.",
        "We could not measure how dense the fog was.",
    ]
    assert assistant.ask(question, within=["ferry"]).sure


def test_what_a_sentence_on_limits_announces_is_told_with_it(assistant: Assistant) -> None:
    assert told(assistant, "이 논문의 한계는?", "kites") == [
        "본 연구에는 몇 가지 한계점이 있다.",
        "첫째, 한 계절만 관찰하였다.",
        "둘째, 연의 모양이 하나였다.",
        "연은 즐겁다.",
    ]


def test_what_only_falls_short_is_told_with_a_doubt(assistant: Assistant) -> None:
    answer = assistant.ask("What are the limitations of this paper?", within=["moths"])
    assert [sentence.text for sentence in answer.sentences] == ["Our cat was not able to catch one."]
    assert answer.unsure


def test_a_text_that_tells_no_limits_is_said_to_tell_none(assistant: Assistant) -> None:
    assert assistant.ask("What are the limitations of this paper?", within=["bread"]).abstained


def test_a_section_on_limits_is_read_alone(assistant: Assistant) -> None:
    assert told(assistant, "What are the limitations of this paper?", "clocks") == [
        "Only towers of stone were visited."
    ]


def test_limits_of_a_thing_are_not_those_of_the_text(assistant: Assistant) -> None:
    answer = assistant.ask("What are the drawbacks of radar?", within=["ferry"])
    assert "A drawback of radar is its price." in [sentence.text for sentence in answer.sentences]

"""Who wrote a paper: the lines of its front that name the authors, of the paper that the question names and no other."""

from collections.abc import Iterator

import pytest

from index.library import Library
from qa import open_library
from qa.ask import Assistant
from qa.settings import Settings

GRAFTING = """---
authors: [정하천, Ada Kim]
---
# 접붙인 나무의 생장 관측

강가대학교 원예학과

정 하 천, Ada Kim

Ada Kim is with the River College.

## 1. 서론

나무를 접붙이고 네 나라의 정원에서 해마다 무엇이 붙는지 센다. 접붙인 나무의 생장은 느리다.
"""
BRIDGES = """---
authors: [Ann Lee]
---
# Stone Bridges over Rivers

## 1 Introduction

Bridges of stone stand longer than grafted trees. SPLICE is a way to graft trees and nobody here wrote on it.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("authors")
    for name, text in (("grafting.md", GRAFTING), ("bridges.md", BRIDGES)):
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "library", create=True) as library:
        library.decline_shipped()
        library.add([folder / "grafting.md", folder / "bridges.md"])
    with open_library(settings=Settings(library=folder / "library", shipped_seeds=False)) as opened:
        yield opened


def said(assistant: Assistant, question: str) -> list[str]:
    return [sentence.text for sentence in assistant.ask(question).sentences]


@pytest.mark.parametrize(
    "question",
    [
        "접붙인 나무의 생장 관측 논문은 누가 썼어?",
        "접붙인 나무 논문의 저자는?",
        "Who wrote the paper on 접붙인 나무?",
        "Who are the authors of 접붙인 나무의 생장 관측?",
    ],
)
def test_the_line_of_the_front_is_told(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert [sentence.text for sentence in answer.sentences] == ["정 하 천, Ada Kim"]
    (citation,) = answer.citations
    document = assistant.document("grafting")
    assert document is not None
    assert document.text[citation.start : citation.end] == "정 하 천, Ada Kim"


@pytest.mark.parametrize(
    "question",
    [
        "SPLICE 논문은 누가 썼어?",  # spoken of, and no title
        "Stone Bridges 논문의 저자는?",  # known, but no line of the text tells
        "이 논문은 누가 썼어?",  # which?
        "접붙인 나무의 생장은 어때?",
    ],
)
def test_of_no_other_paper_and_for_no_other_question(assistant: Assistant, question: str) -> None:
    assert "정 하 천, Ada Kim" not in said(assistant, question)

"""What tells of a text as a whole."""

import pytest

from index.load import Document, Language, parse
from qa.question.query import Query, understand
from qa.reading.overview import OverviewFinder
from tests.made import hit, passage, run, tiny_analyser

LONG = "It grafts one plant onto another and counts what takes, year after year, in gardens of four countries. "
TEXT = f"""---
work: splice
language: LANGUAGE
---
# Plants that take

## 1. Introduction

SPLICE is a way to graft. {LONG}

## 2. Abstract

Short.

## 3. Method

{LONG}
"""
PAPER = parse(TEXT.replace("LANGUAGE", "en"), doc_id="splice.en", source="splice.en.md")
KOREAN = TEXT.replace("LANGUAGE", "ko").replace("1. Introduction", "1. 서론")
EDITION = parse(KOREAN, doc_id="splice.ko", source="splice.ko.md")
DOCUMENTS = {one.doc_id: one for one in (PAPER, EDITION)}


def edition(work: str, language: Language) -> Document | None:
    return next((one for one in DOCUMENTS.values() if one.work == work and one.language == language), None)


@pytest.fixture
def finder() -> OverviewFinder:
    return OverviewFinder(DOCUMENTS.get, edition)


def asked(text: str) -> Query:
    return understand(text, tiny_analyser())


def found(finder: OverviewFinder, question: Query) -> str | None:
    best = hit(passage(1, LONG, work="splice", title="Plants that take"))
    made = run(question, [best])
    one = finder.find(made, best)
    return None if one is None else f"{one[0].doc_id} {' + '.join(section.path[-1] for section in one[1])}"


def test_the_introduction_of_what_is_named_in_it(finder: OverviewFinder) -> None:
    # the abstract says nothing
    assert found(finder, asked("What is the SPLICE paper about?")) == "splice.en 1. Introduction"
    assert found(finder, asked("SPLICE 논문 요약")) == "splice.ko 1. 서론"


def test_nothing_of_another_text_or_for_another_question(finder: OverviewFinder) -> None:
    assert found(finder, asked("What is the QUIVER paper about?")) is None
    assert found(finder, asked("How does SPLICE work?")) is None

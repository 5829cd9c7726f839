"""Questions to ask next: made of names and headings, kept only where the Library answers them with something new."""

from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest

import seeds
from index.sentences import sentence_spans
from qa.answer import Answer
from qa.ask import Assistant, open_library
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


@pytest.mark.parametrize("question", ["SPIN이 뭐야?", "What is MIBench?"])
def test_known_questions_that_other_sentences_answer_come_first(survey: Assistant, question: str) -> None:
    answer = survey.ask(question)
    rows = [line.split("\t") for line in seeds.QUESTIONS.read_text(encoding="utf-8").splitlines()[1:]]
    known = {row[2 if answer.language == "ko" else 3]: row for row in rows}
    shown = {(c.doc_id, c.start) for c in answer.citations}
    first, second, *_ = survey.suggest(answer, [question])
    for one in (first, second):
        work, section_id, *_, cell = known[one]
        document = survey.document(f"{work}.{answer.language}")
        assert document is not None
        (section,) = (section for section in document.sections if section.section_id == section_id)
        spans = sentence_spans(document.text, section.start, section.end)
        answering = {(document.doc_id, spans[int(number) - 1][0]) for number in cell.split(",")}
        assert not answering & shown
        assert answering & {(c.doc_id, c.start) for c in survey.ask(one).citations}


def test_only_whole_questions_are_shown_and_no_sentence_twice(survey: Assistant) -> None:
    for question in ("What is MIBench?", "AutoIF가 뭐야?"):
        answer = survey.ask(question)
        found = list(survey._suggester._known_questions(answer))
        assert len(found) >= 5
        for text in found:
            assert text.endswith("?") and len(text) <= 80
            assert answer.language == "ko" or text[0].isupper()
        (work, section_id), *_ = survey._suggester._shown(answer)
        known = survey.asked.of((work, section_id), answer.language)
        assert known is not None
        numbers = [
            number for text in found if text in known.texts for number in known.sentences[known.texts.index(text)]
        ]
        assert len(numbers) == len(set(numbers)) > 1
        assert set(numbers).isdisjoint(survey._suggester._shown(answer)[work, section_id])


def test_a_paper_without_known_questions_is_suggested_by_its_headings(assistant: Assistant) -> None:
    answer = assistant.ask("What is behavior imitation?")
    assert list(assistant._suggester._known_questions(answer)) == []
    assert "Explain Results" in list(assistant._suggester._questions(answer))


def test_where_nothing_is_answered_nothing_is_suggested_and_few_are_tried(survey: Assistant) -> None:
    answer = survey.ask("What is uncertainty filtering?")
    tried: list[str] = []

    def ask(question: str, _: Collection[str] | None) -> Answer:
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

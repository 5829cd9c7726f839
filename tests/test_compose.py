"""Written sentences become an answer: each checked, each with its exact place, and given up where they cannot stand."""

import threading
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from index.errors import EndpointError
from index.load import Document, Language
from qa.answer import Answer
from qa.ask import Assistant
from qa.check.judgement import Judgement, Source
from qa.compose import MAX_SOURCES, Composer, sources_of
from qa.llm.sentences import WrittenSentence

QUESTION = "How many tokens was Orchid-2 trained on?"


class Words:
    """A checker that can be worked out by eye: a claim is supported by a source that holds its last word."""

    prepared: list[str]

    def prepare(self, sources: Sequence[Source]) -> None:
        self.prepared = [source.text for source in sources]

    def check(self, claim: str, language: Language, sources: Sequence[Source]) -> Judgement:
        for at, source in enumerate(sources):
            start = source.text.find(claim.split()[-1].rstrip("."))
            if start >= 0:
                return Judgement("supported", None, (), at, start, start + 5)
        return Judgement("unsupported", "uncited" if not sources else "unrelated", (), None, 0, 0)


def composer(assistant: Assistant) -> Composer:
    checker: Any = Words()
    return Composer(checker, assistant.document)


def said(
    *sentences: WrittenSentence, error: Exception | None = None, closed: list[bool] | None = None
) -> Generator[WrittenSentence, None, None]:
    try:
        yield from sentences
        if error:
            raise error
    finally:
        if closed is not None:
            closed.append(True)


@pytest.fixture(scope="module")
def quoted(assistant: Assistant) -> Answer:
    answer = assistant.ask(QUESTION)
    assert not answer.abstained
    return answer


def steps(assistant: Assistant, quoted: Answer, *sentences: WrittenSentence, **more: Any) -> list[tuple[Answer, bool]]:
    sources = sources_of([assistant.search(QUESTION, 20)])
    cancel = more.pop("cancel", None)
    return list(composer(assistant).compose(quoted, sources, said(*sentences, **more), "tiny", cancel))


def test_an_answer_grows_by_checked_sentences_with_exact_places(assistant: Assistant, quoted: Answer) -> None:
    sources = sources_of([assistant.search(QUESTION, 20)])
    number = next(at for at, source in enumerate(sources, start=1) if "15.6T" in source.text)
    found = steps(
        assistant,
        quoted,
        WrittenSentence("It was trained on 15.6T", (number,)),
        WrittenSentence("It is blue", (number,), "item"),
        WrittenSentence("It saw 15.6T", (number,)),
    )
    assert [(len(answer.sentences), done) for answer, done in found] == [(1, False), (2, False), (3, False), (3, True)]
    whole = found[-1][0]
    assert [(s.text, s.verdict, s.form) for s in whole.sentences] == [
        ("It was trained on 15.6T", "supported", "sentence"),
        ("It is blue", "unsupported", "item"),
        ("It saw 15.6T", "supported", "sentence"),
    ]
    assert whole.sentences[1].reason and not whole.sentences[0].reason
    assert (whole.reader, whole.notice) == ("tiny", "")
    citation = whole.citations[whole.sentences[0].citations[0]]
    document = assistant.document(citation.doc_id)
    assert document is not None and document.text[citation.start : citation.end] == citation.quote == "15.6T"
    assert whole.sentences[0].citations == whole.sentences[2].citations  # one place, one number


def test_a_number_of_no_source_is_a_sentence_without_one(assistant: Assistant, quoted: Answer) -> None:
    first = steps(assistant, quoted, WrittenSentence("It saw 15.6T", (99,)))[0][0].sentences[0]
    assert (first.citations, first.verdict) == ((), "unsupported")


@pytest.mark.parametrize("left", [None, "Another text stands there now. " * 99])
def test_a_document_that_was_removed_or_replaced_meanwhile_supports_nothing(
    assistant: Assistant, quoted: Answer, left: str | None
) -> None:
    def document(doc_id: str) -> Document | None:
        stored = assistant.document(doc_id)
        return replace(stored, text=left) if stored and left else None

    checker: Any = Words()
    sources = sources_of([assistant.search(QUESTION, 20)])
    writing = said(WrittenSentence("It saw 15.6T", (1, 2, 3)))
    answer, _ = next(Composer(checker, document).compose(quoted, sources, writing, "tiny"))
    assert [(s.verdict, s.citations) for s in answer.sentences] == [("unsupported", ())]
    assert answer.citations == ()


def test_what_was_thought_aloud_is_taken_back(assistant: Assistant, quoted: Answer) -> None:
    answers = steps(
        assistant,
        quoted,
        WrittenSentence("Let me think of reward", (1,)),
        WrittenSentence("Orchid-2 saw 15.6T", (1, 2, 3), anew=True),
    )
    assert [s.text for s in answers[-1][0].sentences] == ["Orchid-2 saw 15.6T"]


@pytest.mark.parametrize(
    ("sentences", "error", "said_of_it"),
    [
        ((), None, "says that it found no answer"),
        ((WrittenSentence("It is blue", (1,)), WrittenSentence("It is red", (1,))), None, "2 of the 2 sentences"),
        ((WrittenSentence("Es ist 15.6T", (1, 2, 3), in_language=False),), None, "did not answer in English"),
        (
            (WrittenSentence("It saw 15.6T", (1, 2, 3)),),
            EndpointError("the stream broke; ask again"),
            "the stream broke",
        ),
    ],
)
def test_where_the_model_fails_the_quoted_answer_stands_with_one_line(
    assistant: Assistant,
    quoted: Answer,
    sentences: tuple[WrittenSentence, ...],
    error: Exception | None,
    said_of_it: str,
) -> None:
    answer, done = steps(assistant, quoted, *sentences, error=error)[-1]
    assert done
    assert (answer.sentences, answer.citations, answer.reader) == (quoted.sentences, quoted.citations, "extractive")
    assert said_of_it in answer.notice and "\n" not in answer.notice
    assert answer.text.endswith(answer.notice)


def test_in_a_korean_answer_the_line_says_why_in_korean(assistant: Assistant, quoted: Answer) -> None:
    error = EndpointError("the stream broke; ask again", "답이 중간에 끊겼습니다. 다시 물어보세요.")
    answer = steps(assistant, replace(quoted, language="ko"), error=error)[-1][0]
    assert answer.notice == (
        "언어 모델의 답을 받지 못해 원문에서 고른 문장으로 답합니다: 답이 중간에 끊겼습니다. 다시 물어보세요."
    )
    answer = steps(assistant, replace(quoted, language="en"), error=error)[-1][0]
    assert answer.notice.endswith("so this one quotes the sources: the stream broke; ask again")


def test_what_is_written_when_it_is_stopped_stands(assistant: Assistant, quoted: Answer) -> None:
    cancel = threading.Event()
    cancel.set()
    part = steps(assistant, quoted, WrittenSentence("It saw 15.6T", (1, 2, 3)), cancel=cancel)[-1][0]
    assert [s.text for s in part.sentences] == ["It saw 15.6T"]
    assert steps(assistant, quoted, cancel=cancel)[-1] == (quoted, True)


def test_leaving_early_stops_the_server(assistant: Assistant, quoted: Answer) -> None:
    closed: list[bool] = []
    writing = said(*[WrittenSentence("It saw 15.6T", (1,))] * 9, closed=closed)
    answers = composer(assistant).compose(quoted, sources_of([assistant.search(QUESTION, 20)]), writing, "tiny")
    next(answers)
    answers.close()
    assert closed == [True]


@pytest.mark.parametrize(("question", "language"), [(QUESTION, "en"), ("Orchid-2는 토큰 몇 개로 학습했어?", "ko")])
def test_sources_are_the_best_passages_in_the_language_of_the_question(
    assistant: Assistant, question: str, language: str
) -> None:
    run = assistant.search(question, 20)
    every = sources_of([run], 100)
    languages: dict[tuple[str, str], set[str]] = {}
    for source in every:
        languages.setdefault((source.work, source.section_id), set()).add(source.language)
    assert languages[("align", "method")] == {language}
    assert all(len(found) == 1 for found in languages.values())
    assert sources_of([run], 3) == every[:3] and len(sources_of([run])) <= MAX_SOURCES
    order = [hit.passage.passage_id for hit in run.hits]
    assert [order.index(source.passage_id) for source in every] == sorted(
        order.index(source.passage_id) for source in every
    )


def test_the_sources_are_taken_apart_before_the_model_begins(assistant: Assistant, quoted: Answer) -> None:
    checker: Any = Words()
    sources = sources_of([assistant.search(QUESTION, 20)])
    seen: list[list[str]] = []

    def writes() -> Generator[WrittenSentence, None, None]:
        seen.append(checker.prepared)
        yield WrittenSentence("It saw 15.6T", (1,))

    list(Composer(checker, assistant.document).compose(quoted, sources, writes(), "tiny"))
    assert seen == [[source.text for source in sources]]

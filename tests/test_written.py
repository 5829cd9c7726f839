"""Answers that a language model writes, end to end: over HTTP, checked, streamed, stopped; and every way that it fails."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.ask import Assistant, Reply, open_library
from qa.command import main as command
from qa.converse.complete import Exchange
from qa.settings import Settings
from tests import llm_server
from tests.llm_server import Play, Seen, Server, running

QUESTION = "How many tokens was Orchid-2 trained on?"
TRUE = "Orchid-2 was trained on 15.6T tokens of web pages and code"
FALSE = "Orchid-2 was trained on 900B tokens"


def citing(*claims: str) -> Play:
    """A model that writes claims and cites all sources for each."""

    def answer(seen: Seen) -> str:
        return " ".join(f"{claim} [1][2][3][4][5][6]." for claim in claims)

    return llm_server.echoes(answer)


@pytest.fixture(scope="module")
def asked(small_library: Path) -> Iterator[Assistant]:
    with open_library(settings=Settings(library=small_library, shipped_seeds=False)) as opened:
        yield opened


@pytest.fixture
def server(asked: Assistant) -> Iterator[Server]:
    with running(citing(TRUE)) as started:
        asked.writers.choose(started.url, "tiny")
        yield started
        asked.writers.choose("", "")


def last(replies: Iterator[Reply]) -> Reply:
    *_, reply = replies
    return reply


def test_a_true_sentence_is_shown_as_supported_with_its_original_beside(asked: Assistant, server: Server) -> None:
    answer = last(asked.stream(QUESTION)).answer
    assert [(s.text, s.verdict) for s in answer.sentences] == [(f"{TRUE}.", "supported")]
    assert (answer.reader, answer.notice) == ("tiny", "")
    quotes = [answer.citations[number].quote for number in answer.sentences[0].citations]
    assert any("15.6T tokens" in quote for quote in quotes)
    for citation in answer.citations:
        document = asked.document(citation.doc_id)
        assert document is not None and document.text[citation.start : citation.end] == citation.quote


def test_a_false_sentence_among_true_ones_is_struck_with_the_reason(asked: Assistant, server: Server) -> None:
    server.play(citing(TRUE, FALSE, "The baseline reaches 71.2 points"))
    answer = last(asked.stream(QUESTION)).answer
    assert [s.verdict for s in answer.sentences] == ["supported", "unsupported", "supported"]
    assert "900B" in answer.sentences[1].reason
    assert f"~~{FALSE}.~~" in answer.text


def test_where_most_is_false_the_quoted_answer_stands(asked: Assistant, server: Server) -> None:
    server.play(citing(FALSE, "Orchid-2 cooks kimchi stew", TRUE))
    answer = last(asked.stream(QUESTION)).answer
    assert (answer.reader, answer.sentences) == ("extractive", asked.ask(QUESTION).sentences)
    assert "2 of the 3 sentences" in answer.notice


@pytest.mark.parametrize(
    ("play", "said"),
    [
        (llm_server.refuses(401), "SURVEYQA_LLM_KEY"),
        (llm_server.refuses(404, "model not found"), "404"),
        (llm_server.refuses(500), "500"),
        (llm_server.breaks("Orchid-2 was trained on 15.6T tokens [1]. It"), ""),
        (llm_server.garbles("Orchid-2 was trained [1]. "), ""),
        (llm_server.page(), ""),
        (llm_server.says(""), ""),
        (llm_server.says("奥希德二号使用了十五万亿个词元进行训练 [1]。"), ""),
        (llm_server.says("NOT_IN_SOURCES"), "found no answer"),
        (llm_server.reports("out of memory"), "out of memory"),
    ],
)
def test_whatever_fails_the_user_gets_the_quoted_answer_and_one_line(
    asked: Assistant, server: Server, play: Play, said: str
) -> None:
    server.play(play)
    answer = last(asked.stream(QUESTION)).answer
    assert (answer.reader, answer.sentences) == ("extractive", asked.ask(QUESTION).sentences)
    assert answer.notice and said in answer.notice and "\n" not in answer.notice


def test_a_server_that_is_down_is_one_line(asked: Assistant) -> None:
    asked.writers.choose("http://127.0.0.1:9", "tiny")
    try:
        answer = last(asked.stream(QUESTION)).answer
    finally:
        asked.writers.choose("", "")
    assert answer.reader == "extractive" and answer.sentences and "127.0.0.1:9" in answer.notice


def test_what_the_library_does_not_support_is_refused_without_asking(asked: Assistant, server: Server) -> None:
    assert last(asked.stream("How is kimchi stew cooked?")).answer.abstained
    assert server.asked == []


def test_a_korean_question_of_an_english_paper_is_answered_in_korean(asked: Assistant, server: Server) -> None:
    server.play(citing("필터링은 행의 42퍼센트를 유지합니다"))
    reply = last(asked.stream("중복된 표를 걸러 내면 행이 몇 퍼센트 남아?", within=["synthetic"]))
    if reply.answer.abstained:
        pytest.skip("the small Library's one English paper is not found from Korean")
    assert [(s.verdict, reply.answer.citations[s.citations[0]].language) for s in reply.answer.sentences] == [
        ("supported", "en")
    ]
    assert "Answer in Korean" in server.asked[0].text


def test_an_answer_comes_sentence_by_sentence(asked: Assistant, server: Server) -> None:
    server.play(citing(TRUE, "The baseline reaches 71.2 points"))
    replies = list(asked.stream(QUESTION))
    assert [(len(reply.answer.sentences), reply.done) for reply in replies] == [(1, False), (2, False), (2, True)]


def test_stopping_keeps_what_is_written_and_closes_the_connection(asked: Assistant, server: Server) -> None:
    server.play(llm_server.endless(f"{TRUE} [1][2][3][4]. ", pause_s=0.01))
    cancel = threading.Event()
    replies = asked.stream(QUESTION, cancel=cancel)
    next(replies)
    cancel.set()
    reply = last(replies)
    assert reply.done and reply.answer.sentences
    assert server.hung_up.wait(5)


def test_a_page_that_is_closed_stops_the_server(asked: Assistant, server: Server) -> None:
    server.play(llm_server.endless(f"{TRUE} [1][2][3][4]. ", pause_s=0.01))
    replies = asked.stream(QUESTION)
    next(replies)
    replies.close()  # type: ignore[attr-defined]
    assert server.hung_up.wait(5)


def test_a_follow_up_is_completed_and_earlier_turns_are_told(asked: Assistant, server: Server) -> None:
    first = asked.ask("What is Orchid-2?")
    replies = asked.stream("how many tokens was it trained on?", history=[Exchange("What is Orchid-2?", first)])
    reply = last(replies)
    assert "Orchid-2" in reply.question
    assert "What is Orchid-2?" in server.asked[0].text


def test_without_a_model_or_unwritten_the_answer_is_quoted(asked: Assistant, server: Server) -> None:
    assert list(asked.stream(QUESTION, written=False)) == [Reply(QUESTION, asked.ask(QUESTION), True)]
    assert server.asked == []


def test_the_command_gives_reader_verdicts_and_reasons(
    small_library: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.play(citing(TRUE, FALSE, TRUE.replace("Orchid-2", "The trainer Orchid-2")))
    given = ["ask", QUESTION, "--json", "--library", str(small_library), "--llm", server.url, "--llm-model", "tiny"]
    assert command.main(given) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reader"] == "tiny"
    assert [s["verdict"] for s in told["sentences"]][:2] == ["supported", "unsupported"]
    assert told["sentences"][1]["reason"]
    assert all(0 <= number < len(told["citations"]) for s in told["sentences"] for number in s["citations"])

"""The conversation's own rules: what the page may ask, how an answer grows, what is said of it, what is copied."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import InputError, LibraryError
from index.load import Document, parse
from qa.answer import Answer, Citation, Sentence
from qa.ask import Assistant, Reply
from qa.question.query import MAX_QUESTION_CHARS
from qa.talks.record import TurnRecord, of_fields, to_fields
from qa.talks.rows import KeptTurn
from qa.web.conversation.asking import Asking
from qa.web.conversation.place import (
    KEPT_TURNS,
    Running,
    _ask_handler,
    _clear_handler,
    _open_handler,
    answer_steps,
    opened,
    remembered,
    turn_of,
)
from qa.web.conversation.view import QuoteView, Segment, Turn, turn_view
from qa.web.conversation.why import SHOWN_HITS, why_view

ID = "0123456789abcdef" * 2
CITED = Citation("p.en", "A paper", "en", "m", ("Method",), "Alpha halves the loss.", 10, 32, None, "p.md")
ANSWER = Answer(
    question="What does Alpha do?",
    language="en",
    kind="other",
    sentences=(Sentence("Alpha halves the loss.", (0,)),),
    citations=(CITED,),
    nearest=None,
    bridged=(),
    probability=0.9,
)
KOREAN = replace(
    ANSWER,
    question="알파는 무엇을 해?",
    language="ko",
    sentences=(
        Sentence("알파는 손실을 반으로 줄입니다.", (0,)),
        Sentence("알파는 2024년에 나왔습니다.", (0,), verdict="partly", reason="연도가 출처에 없습니다"),
        Sentence("알파는 손실을 두 배로 늘립니다.", (0,), verdict="unsupported", reason="출처와 반대입니다"),
    ),
    reader="tiny",
)


def site(replies: Iterable[Reply] | Exception) -> Any:
    def stream(question: str, **options: object) -> Iterator[Reply]:
        if isinstance(replies, Exception):
            raise replies
        yield from replies

    return SimpleNamespace(
        assistant=SimpleNamespace(stream=stream, cited=lambda answer: []), writer=lambda: None, talks=None
    )


def steps(found: Any, question: str, turns: tuple[Turn, ...] = ()) -> list[tuple[Turn, ...]]:
    return list(answer_steps(found, turns, Asking(question), threading.Event()))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"question": "q"}, Asking("q")),
        ({"question": 7, "scope": "all", "language": "fr", "quoted": 1, "talk": "../x", "asking": None}, Asking("")),
        (
            {"question": "q", "scope": ["a", 1], "language": "ko", "quoted": True, "talk": ID, "asking": ID},
            Asking("q", frozenset({"a"}), "ko", True, ID, ID),
        ),
        ({"question": "q", "interface": "ko"}, Asking("q", interface="ko")),
        ({"question": "q", "interface": ["ko"]}, Asking("q", interface="en")),
        ({"question": "q", "scope": []}, Asking("q", frozenset())),
    ],
)
def test_the_page_is_not_trusted(sent: dict[str, Any], expected: Asking) -> None:
    assert Asking.read(SimpleNamespace(**sent)) == expected


def test_an_answer_grows_step_by_step_beside_earlier_turns() -> None:
    before = (Turn("earlier", refusal="no"),)
    part = replace(KOREAN, sentences=KOREAN.sentences[:1])
    found = steps(site([Reply("q", part, False), Reply("q", KOREAN, True)]), "q", before)
    assert found == [
        (*before, Turn("q")),
        (*before, Turn("q", part)),
        (*before, Turn("q", KOREAN, done=True)),
    ]


def test_a_conversation_that_is_left_is_answered_to_its_end_and_touches_no_other() -> None:
    def replies() -> Iterator[Reply]:
        yield Reply("q", part, False)
        _open_handler(found, running)(SimpleNamespace(asking="f" * 32, talk=ID), request)  # another question's
        assert not running[ID].left.is_set()
        assert _clear_handler(running)(SimpleNamespace(asking=ID)) == ((), {"at": 0, "turns": []})
        assert running[ID].cancel.is_set()
        yield Reply("q", KOREAN, True)

    part, running, noted = replace(KOREAN, sentences=KOREAN.sentences[:1]), dict[str, Running](), list[TurnRecord]()
    found, request = site(replies()), SimpleNamespace(headers={})
    found.talks = SimpleNamespace(append=lambda user, talk, record: noted.append(record), turns=lambda user, talk: None)
    asked = _ask_handler(found, running)((), SimpleNamespace(question="q", talk=ID, asking=ID), request)
    shown = list(asked)
    assert [(turns, view["asking"]) for turns, view in shown] == [((Turn("q"),), ID), ((Turn("q", part),), ID)]
    assert [record.answer for record in noted] == [KOREAN]
    assert running == {}


@pytest.mark.parametrize("name", ["", ID])
def test_questions_of_one_name_or_none_are_not_taken_for_each_other(name: str) -> None:
    running, sent = dict[str, Running](), SimpleNamespace(question="q", asking=name)
    found, request = site([Reply("q", KOREAN, True)]), SimpleNamespace(headers={})
    first, second = (_ask_handler(found, running)((), sent, request) for _ in range(2))
    next(first), next(second)
    own = running.get(name)
    _clear_handler(running)(SimpleNamespace(asking=""))
    assert len(list(first)) == 1, "nobody has left it"
    assert running == ({name: own} if name else {}), "the second goes on, and can be stopped"
    assert len(list(second)) == 1 and running == {}


def test_a_conversation_whose_file_cannot_be_read_is_as_none() -> None:
    def turns(user: str, talk: str) -> None:
        raise LibraryError("the file is damaged; take it from a backup")

    found = site(())
    found.talks = SimpleNamespace(turns=turns)
    assert opened(found, "", ID) is None


def test_a_conversation_that_cites_a_damaged_document_opens_without_its_reference() -> None:
    def document(doc_id: str) -> Document:
        if doc_id == "p.en":
            raise LibraryError("the document is damaged; add it again")
        return parse("# Sound", doc_id=doc_id, source="sound.md")

    answer = replace(ANSWER, citations=(CITED, replace(CITED, doc_id="sound")))
    found = site([Reply("q", answer, True)])
    reads: Any = SimpleNamespace(document=document)
    found.assistant.cited = partial(Assistant.cited, reads)  # as an Assistant does
    found.talks = SimpleNamespace(turns=lambda user, talk: (KeptTurn(1, TurnRecord("q", "q", answer)),))
    (turn,) = opened(found, "", ID) or ()
    assert (turn.answer, len(turn.references)) == (answer, 1) and "Sound" in turn.references[0]
    assert steps(found, "q")[-1][-1].references == turn.references, "and it is answered"


@pytest.mark.parametrize(
    ("scope", "abstains", "works"),
    [
        (None, True, None),
        ({"align.en", "align.ko", "meeting"}, True, 2),
        ({"align.en", "removed since"}, True, 1),
        ({"removed since"}, True, None),
        ({"meeting"}, False, None),
    ],
)
def test_how_many_papers_were_asked_is_told_where_they_had_no_answer(
    assistant: Assistant, scope: set[str] | None, abstains: bool, works: int | None
) -> None:
    answer = replace(ANSWER, sentences=(), citations=(), probability=0.0) if abstains else ANSWER
    found = site([Reply("q", answer, True)])
    found.assistant.documents = assistant.documents
    asking = Asking("q", None if scope is None else frozenset(scope))
    view = turn_view(list(answer_steps(found, (), asking, threading.Event()))[-1][-1])
    assert (view.phase, view.works) == ("abstained" if abstains else "answered", works)
    record = TurnRecord("q", "q", answer, scope=None if scope is None else tuple(scope))
    found.talks = SimpleNamespace(turns=lambda user, talk: (KeptTurn(1, record),))
    (again,) = opened(found, "", ID) or ()
    assert again.works == works, "and so where the conversation is opened again"


def test_a_completed_question_is_told_and_one_that_stands_by_itself_is_not() -> None:
    last = steps(site([Reply("SPIN의 한계는?", ANSWER, True)]), "한계는?")[-1][-1]
    assert (last.question, last.searched) == ("한계는?", "SPIN의 한계는?")
    assert steps(site([Reply("q", ANSWER, True)]), "q")[-1][-1].searched is None


def test_a_refused_question_becomes_a_turn() -> None:
    found = steps(site(InputError("the question is empty")), "")
    assert found == [(Turn(""),), (Turn("", refusal="the question is empty"),)]


def test_a_refusal_is_said_and_kept_in_the_language_of_the_page() -> None:
    refused, noted = InputError("the question is empty", "질문이 비어 있습니다."), list[TurnRecord]()
    found = site(refused)
    found.talks = SimpleNamespace(append=lambda user, talk, record: noted.append(record))
    asking = Asking("", talk=ID, interface="ko")
    turn = list(answer_steps(found, (), asking, threading.Event()))[-1][-1]
    assert (turn.refusal, turn.refused_in) == ("질문이 비어 있습니다.", "ko")
    assert [(record.refusal, record.refused_in) for record in noted] == [("질문이 비어 있습니다.", "ko")]
    assert of_fields(to_fields(noted[0])) == noted[0]
    view = turn_view(turn)
    assert (view.phase, view.refusal, view.refused_in, view.language) == (
        "refused", "질문이 비어 있습니다.", "ko", None,
    )  # fmt: skip
    mute = list(answer_steps(site(InputError("no")), (), asking, threading.Event()))[-1][-1]
    assert (mute.refusal, mute.refused_in) == ("no", "en"), "what has no Korean is marked as English"


def test_a_refusal_of_an_earlier_version_is_english() -> None:
    found = site(())
    found.talks = SimpleNamespace(turns=lambda user, talk: (KeptTurn(1, of_fields({"asked": "?", "refusal": "no"})),))
    assert opened(found, "", ID) == (Turn("?", refusal="no", kept=1),)


def test_a_very_long_question_is_shown_clipped() -> None:
    found = steps(site(InputError("too long")), "x" * (MAX_QUESTION_CHARS + 1))
    assert found[0][0].question == "x" * 500 + " …"


def test_verdicts_reach_the_page_with_their_reasons() -> None:
    view = turn_view(Turn("알파는?", KOREAN, done=True))
    assert [(one.verdict, one.reason) for one in view.sentences] == [
        ("supported", ""),
        ("partly", "연도가 출처에 없습니다"),
        ("unsupported", "출처와 반대입니다"),
    ]
    assert {one.language for one in view.sentences} == {"ko"}
    quote = QuoteView("en", "Alpha halves the loss.", (Segment("Alpha halves the loss."),))
    assert (view.model, view.foreign, view.quotes) == ("tiny", False, (quote,))


def test_an_unsupported_sentence_is_never_copied_as_plain_text() -> None:
    view = turn_view(Turn("알파는?", KOREAN, done=True, references=("Kim (2024). A paper.",)))
    assert "~~알파는 손실을 두 배로 늘립니다.~~ (출처와 반대입니다)" in view.text
    assert view.markdown.splitlines() == [
        "**알파는?**",
        "",
        "알파는 손실을 반으로 줄입니다. [1]",
        "알파는 2024년에 나왔습니다. [1] (연도가 출처에 없습니다)",
        "~~알파는 손실을 두 배로 늘립니다.~~ (출처와 반대입니다)",
        "",
        "[1] A paper › Method: “Alpha halves the loss.”",
        "",
        "- Kim (2024). A paper.",
    ]


def test_a_quotation_names_no_model() -> None:
    assert turn_view(Turn("q", ANSWER, done=True)).model == ""


@pytest.mark.parametrize("number", [None, -1, 2, True, "0", 1])
def test_a_turn_that_is_not_there_or_has_no_answer_is_none(number: object) -> None:
    turns = (Turn("a", ANSWER, done=True), Turn("b"))
    assert turn_of(turns, SimpleNamespace(turn=number)) is None
    assert turn_of(turns, SimpleNamespace(turn=0)) == (0, turns[0])


def test_why_shows_each_section_once_with_its_parts(assistant: Assistant) -> None:
    run = assistant.search("Orchid-2 accuracy", 20)
    view = why_view(run, 0.75)
    sections = {(hit.passage.doc_id, hit.passage.section_id) for hit in run.hits}
    assert view.probability == 0.75
    assert len(view.hits) == min(SHOWN_HITS, len(sections))
    best = run.hits[0]
    assert (view.hits[0].heading, view.hits[0].score) == (best.passage.path[-1], best.score)
    assert [hit.score for hit in view.hits] == sorted((hit.score for hit in view.hits), reverse=True)


def test_no_more_turns_are_kept_than_said() -> None:
    assert KEPT_TURNS == 200


def test_a_page_that_outlives_the_server_goes_on_in_the_conversation_that_is_kept() -> None:
    def turns(user: str, talk: str) -> list[KeptTurn] | None:
        return [KeptTurn(7, TurnRecord("earlier", "earlier", ANSWER, scope=("p.en",)), thumb=1)] if talk == ID else None

    found = site([Reply("q", KOREAN, True)])
    found.talks = SimpleNamespace(turns=turns, append=lambda user, talk, record: 8)
    request = SimpleNamespace(headers={})
    earlier = Turn("earlier", ANSWER, True, thumb=1, kept=7, scope=frozenset({"p.en"}))
    event = SimpleNamespace(question="q", talk=ID, asking=ID)
    shown = list(_ask_handler(found, {})((), event, request))
    assert [step for step, _ in shown] == [(earlier, Turn("q")), (earlier, Turn("q", KOREAN, done=True, kept=8))]
    assert {view["at"] for _, view in shown} == {1}  # the page shows the earlier one already
    assert remembered(found, (), SimpleNamespace(talk="f" * 32), request) == ()
    assert remembered(found, (Turn("own"),), event, request) == (Turn("own"),)

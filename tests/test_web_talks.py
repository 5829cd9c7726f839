"""The list of conversations: what the page may ask, and what it is given for it."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import LibraryError
from qa.said import Said
from qa.talks.record import TurnRecord
from qa.talks.rows import TalkCard
from qa.talks.talks import Talks
from qa.web import server
from qa.web.talks.view import PAGE, FileView, ListView, file_view, list_view, payload

A, B = "a" * 32, "b" * 32
place = pytest.importorskip("qa.web.talks.place")


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    with Talks(tmp_path) as opened:
        opened.append("", A, TurnRecord("자기 개선이란?", "자기 개선이란?", at="2024-06-01T00:00:00.000Z"))
        opened.append("", B, TurnRecord("What is SPIN?", "What is SPIN?", at="2024-06-02T00:00:00.000Z"))
        yield opened


def event(**sent: Any) -> SimpleNamespace:
    return SimpleNamespace(**sent)


def titles(view: ListView) -> list[str]:
    return [card.title for card in view.cards]


def card(title: str) -> TalkCard:
    return TalkCard(A, title, 1, "2024", "2024")


def test_a_list_ends_where_the_page_ends_it() -> None:
    cards = [card(str(number)) for number in range(4)]
    assert list_view(cards, "q", 3) == ListView("q", tuple(cards[:3]), more=True)
    assert list_view(cards[:3], "", 3) == ListView("", tuple(cards[:3]))
    view = json.loads(json.dumps(payload(list_view([card("t")], "", 3))))
    assert view["cards"] == [
        {"talk_id": A, "title": "t", "count": 1, "created_at": "2024", "changed_at": "2024", "found": None}
    ]
    assert (view["file"], view["trouble"], view["more"]) == (None, None, False)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SPIN은 어떤 방법이야?", "SPIN은 어떤 방법이야.md"),
        ('../a\\b:c*"d"<e>|f\x00', "a b c d e f.md"),
        ("...", f"{A}.md"),
        ("", f"{A}.md"),
        ("가" * 200, "가" * 60 + ".md"),
    ],
)
def test_a_file_is_named_by_the_title(title: str, name: str) -> None:
    assert file_view(card(title), (), "markdown", lambda doc_id: None).name == name


def test_a_conversation_becomes_a_file(talks: Talks) -> None:
    view = place.file_of(talks, "", event(talk_id=B, form="markdown"), lambda doc_id: None)
    text = "# What is SPIN?\n\n2024-06-02 00:00 UTC\n\n## What is SPIN?\n\n"
    assert view == FileView("What is SPIN.md", "text/markdown;charset=utf-8", text, "What is SPIN?")
    view = place.file_of(talks, "", event(talk_id=A, form="json"), lambda doc_id: None)
    assert (view.name, view.kind) == ("자기 개선이란.json", "application/json;charset=utf-8")
    assert json.loads(view.text)["talks"][0]["turns"][0]["asked"] == "자기 개선이란?"
    for sent in (
        event(talk_id=A),
        event(talk_id=A, form="exe"),
        event(talk_id="c" * 32, form="json"),
        event(form="json"),
    ):
        assert place.file_of(talks, "", sent, lambda doc_id: None) is None
    assert place.file_of(talks, "ada", event(talk_id=A, form="json"), lambda doc_id: None) is None


def test_the_list_is_searched_and_goes_on(talks: Talks) -> None:
    assert titles(place.listed(talks, "", event())) == ["What is SPIN?", "자기 개선이란?"]
    assert titles(place.listed(talks, "", event(search="개선"))) == ["자기 개선이란?"]
    first = place.listed(talks, "", event(shown=1))
    assert (titles(first), first.more) == (["What is SPIN?"], True)
    assert titles(place.listed(talks, "ada", event())) == []


@pytest.mark.parametrize("shown", [0, -1, True, "9", None, 10**9, 1.5, [3]])
def test_an_odd_length_is_a_page(talks: Talks, shown: object, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def cards(self: Talks, user: str, search: str, limit: int) -> list[TalkCard]:
        asked.append(limit)
        return []

    monkeypatch.setattr(Talks, "cards", cards)
    place.listed(talks, "", event(shown=shown))
    assert asked == [PAGE + 1]


def test_the_page_renames_removes_and_brings_back(talks: Talks) -> None:
    def act(name: str, **sent: Any) -> list[str]:
        return titles(place.changed(talks, "", place.ACTS[name], event(**sent)))

    assert act("rename", talk_id=A, title="새 이름") == ["What is SPIN?", "새 이름"]
    assert act("remove", talk_id=B) == ["새 이름"]
    assert act("remove", talk_id=A, search="spin") == []
    assert act("undo", talk_ids=[A, B, "c" * 32, 7]) == ["What is SPIN?", "새 이름"]
    assert act("list") == ["What is SPIN?", "새 이름"]


@pytest.mark.parametrize("name", ["rename", "remove", "undo", "list"])
@pytest.mark.parametrize("sent", [{}, {"talk_id": 7, "talk_ids": "x", "title": []}, {"talk_id": A * 2, "search": 1}])
def test_what_the_page_sends_may_be_anything(talks: Talks, name: str, sent: dict[str, Any]) -> None:
    assert len(place.changed(talks, "", place.ACTS[name], event(**sent)).cards) == 2


def test_another_user_changes_nothing(talks: Talks) -> None:
    for name in place.ACTS:
        view = place.changed(talks, "ada", place.ACTS[name], event(talk_id=A, talk_ids=[A], title="mine"))
        assert (view.cards, view.trouble) == ((), None)
    assert titles(place.listed(talks, "", event())) == ["What is SPIN?", "자기 개선이란?"]


def test_the_user_is_the_one_that_the_guard_names(talks: Talks) -> None:
    handle = place._handler(talks, place.ACTS["list"])
    answers = [handle(event(), event(headers=headers)) for headers in ({}, {"x-surveyqa-user": "ada"}, {})]
    assert [len(answer["cards"]) for answer in answers] == [2, 0, 2]
    assert len({answer["at"] for answer in answers}) == 3, "no answer equals another, or the page would not hear of it"
    export = place._export_handler(talks, lambda doc_id: None)
    asked = event(talk_id=A, form="json")
    assert export(asked, event(headers={}))["file"]["name"] == "자기 개선이란.json"
    assert export(asked, event(headers={"x-surveyqa-user": "ada"}))["file"] is None


def test_what_fails_is_told_beside_the_list(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    view = place.changed(talks, "", place.ACTS["rename"], event(talk_id=A, title=" "))
    empty = Said(
        "the title is empty; give one of at least one character", "대화의 이름이 비어 있습니다. 한 글자 이상 적으세요."
    )
    assert view.trouble == empty
    assert json.loads(json.dumps(payload(view)))["trouble"] == {"en": empty.en, "ko": empty.ko}
    assert len(view.cards) == 2

    def full(*_: object, **__: object) -> None:
        raise LibraryError("the disk is full", "디스크가 찼습니다.")

    said = Said("the disk is full", "디스크가 찼습니다.")
    monkeypatch.setattr(Talks, "remove", full)
    assert place.changed(talks, "", place.ACTS["remove"], event(talk_id=A)).trouble == said
    monkeypatch.setattr(Talks, "cards", full)
    assert place.listed(talks, "", event()) == ListView("", trouble=said)


def test_a_server_that_cannot_keep_conversations_says_so_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server._kept(tmp_path, public=True) as kept:
        assert kept is None
    assert list(tmp_path.iterdir()) == [], "where all visitors are one user, nobody's questions are shown to others"
    (tmp_path / "talks.sqlite").write_bytes(b"no database " * 400)
    with server._kept(tmp_path, public=False) as kept:
        assert kept is None
    assert "surveyqa: conversations are not kept: " in capsys.readouterr().err
    (tmp_path / "talks.sqlite").unlink()
    with server._kept(tmp_path, public=False) as kept:
        assert kept is not None and kept.cards("") == []

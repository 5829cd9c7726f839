"""What the map's page is told: the tree once, cards as plain data, and nothing for what it should not ask."""

import json
from typing import Any

import pytest

from qa import Assistant
from qa.category.map import CategoryMap
from qa.web.map.replies import ASKED, MOST_TYPED_CHARS, Replies, read
from qa.web.map.view import citation_view, method_text, method_view, prediction_view


@pytest.fixture(scope="module")
def replies(assistant: Assistant) -> Replies:
    """Those of a Library without the survey: the taxonomy is there, sentences about it are not."""
    return Replies(assistant)


def test_the_tree_is_small_and_whole(replies: Replies) -> None:
    tree = replies.tree("ko", "")
    assert len(json.dumps(tree, ensure_ascii=False).encode()) <= 150_000
    assert (len(tree["nodes"]), len(tree["methods"]), tree["total"], tree["filings"]) == (33, 205, 205, 235)
    assert tree["nodes"][0] == {
        "id": "inductive-bias",
        "parent": None,
        "name": {"ko": "귀납적 편향을 통한 정렬", "en": "Aligning through inductive bias"},
        "short": {"ko": "귀납적 편향", "en": "Inductive bias"},
        "count": 38,
        "own": 0,
    }
    years = [method["year"] for method in tree["methods"] if method["year"]]
    assert years == sorted(years)
    assert replies.tree("en", "") is tree  # made once


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"language": "ko", "text": "spin"}, ("ko", "spin")),
        ({"language": "xx", "text": 7}, ("en", "")),
        ({"text": "a" * 10_000}, ("en", "a" * MOST_TYPED_CHARS)),
        ([], ("en", "")),
        (None, ("en", "")),
        ("spin", ("en", "")),
    ],
)
def test_anything_may_be_sent(sent: Any, expected: tuple[str, str]) -> None:
    assert read(sent) == expected


@pytest.mark.parametrize("text", ["", "no-such", "spin.__class__", "inductive-bias", "가" * 600])
def test_an_unknown_method_gets_nothing(replies: Replies, text: str) -> None:
    assert replies.method("ko", text) is None


@pytest.mark.parametrize("text", ["", "no-such", "spin"])
def test_an_unknown_category_gets_nothing(replies: Replies, text: str) -> None:
    assert replies.category("ko", text) is None
    assert replies.predict("ko", "") is None and replies.predict("ko", "???") is None
    assert replies.questions("ko", "no-such") == ()


def test_every_reply_is_json(replies: Replies) -> None:
    asked = {"category": "self-play", "method": "spin", "find": "스핀", "predict": "SPIN", "questions": "spin"}
    for name in ASKED:
        json.dumps(getattr(replies, name)("ko", asked.get(name, "")))


def test_without_the_survey_the_page_is_told_so(replies: Replies) -> None:
    assert replies.category("ko", "self-play")["told"] is None
    overview = replies.overview("en", "")
    assert [part["id"] for part in overview["parts"]] == [
        "inductive-bias",
        "behavior-imitation",
        "model-feedback",
        "environment-feedback",
        "mechanisms",
    ]
    assert all(part["told"] is None for part in overview["parts"])


def test_a_card_as_the_page_gets_it(replies: Replies) -> None:
    card = replies.method("ko", "spin")
    assert card["address"] == "arXiv:2401.01335"
    assert [filing["path"] for filing in card["filings"]] == [
        ("inductive-bias", "self-play", "generator-discriminator")
    ]
    (conflict,) = card["conflicts"]
    assert conflict["path"] == ("behavior-imitation",) and "서베이의 분류를 따른다" in conflict["note"]
    assert "스핀" in card["spellings"]["ko"] and "self-play tuning" in card["spellings"]["en"]
    assert "Chen et al." not in card["spellings"]["en"]
    assert card["notes"] == []  # that eight first authors are called Chen is no note on the name
    assert card["ask"] == "SPIN은 어느 범주야?"  # nothing here tells what it is
    compared = {one["id"]: one["question"] for one in card["compare"]}
    assert compared["apo"] == "SPIN과 APO의 차이는?"
    assert replies.method("en", "consensus-game")["address"] == "https://openreview.net/forum?id=n9xeGcI4Yg"


def test_notes_on_a_name_are_given_once(replies: Replies) -> None:
    notes = replies.method("en", "ilf-chen")["notes"]
    assert len(notes) == len(set(notes)) == 1 and "ILF" in notes[0]


def test_a_card_is_copied_as_markdown(assistant: Assistant) -> None:
    drawn = CategoryMap(assistant.categories, assistant.library.embedder)
    text = method_text(drawn.method("spin", "en"), drawn.taxonomy, "en")
    assert text.splitlines()[:2] == [
        "**SPIN** (2024)",
        "Chen et al. · Self-play fine-tuning converts weak language models to strong language models · arXiv:2401.01335",
    ]
    assert "- Aligning through inductive bias › Self-play › Generator-discriminator" in text
    assert "- 2406.01252.ko: Aligning through behavior imitation. The Korean summary gives SPIN" in text
    korean = method_view(drawn.method("spin", "ko"), drawn.taxonomy, "ko")["text"]
    assert "속한 범주:" in korean and "귀납적 편향을 통한 정렬 › 셀프 플레이(자기 대국) › 생성자-판별자" in korean


def test_what_is_found_is_told_with_its_spelling(replies: Replies) -> None:
    assert replies.find("ko", "스핀")[0] == {"kind": "method", "id": "spin", "written": "스핀", "how": "whole"}
    assert replies.find("en", "zzzz") == []


def test_a_description_gets_a_prediction_and_a_name_its_card(replies: Replies, assistant: Assistant) -> None:
    predicted = replies.predict("en", "a method in which two models argue and a weaker judge picks the winner")
    assert predicted["kind"] in ("predicted", "closest")
    best, *others = predicted["guesses"]
    assert best["path"][0] == predicted["family"] == "inductive-bias"
    assert 0 < best["probability"] <= 1 and sum(guess["probability"] for guess in predicted["guesses"]) <= 1.0001
    assert all(guess["probability"] <= best["probability"] for guess in others)
    assert all(text == " ".join(text.split()) for text in best["evidence"])
    assert replies.predict("ko", "SPIN은 어느 범주야?")["method"] == "spin"
    assert replies.predict("ko", "셀프 플레이에는 어떤 방법이 있어?")["category"] == "self-play"
    assert replies.predict("ko", "ILF")["candidates"] == ["ilf-scheurer", "ilf-chen"]
    compared = prediction_view(assistant.category("SPIN과 APO의 차이는?"))
    assert compared["candidates"] == ["spin", "apo"]
    assert replies.predict("ko", "김치찌개를 맛있게 끓이는 방법과 재료를 설명하는 글")["guesses"] == []


def test_questions_are_asked_once(replies: Replies, monkeypatch: pytest.MonkeyPatch) -> None:
    first = replies.questions("ko", "debate")
    monkeypatch.setattr(replies, "_map", None)  # nothing could be asked any more
    assert replies.questions("ko", "debate") == first


def test_no_citation_is_no_view() -> None:
    assert citation_view(None) is None

"""The items that a sentence lists."""

import pytest

from qa.reading.cite import Evidence
from qa.reading.items import enumerates, item_spans, with_items


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("There are four families: a b, c, d and e f.", ["a b", "c", "d", "e f"]),
        (
            "네 가지로 나눈다: 유도 바이어스, 행동 모방, 모델 피드백, 환경 피드백.",
            ["유도 바이어스", "행동 모방", "모델 피드백", "환경 피드백"],
        ),
        ("세 가지이다: 규모, 통제 및 프라이버시", ["규모", "통제", "프라이버시"]),
        ("Two things: this and that.", []),
        ("모든 스레드가 같은 일을 합니다: 값을 옮기고, 락을 얻은 다음, 값을 1만큼 올립니다.", []),
        ("Three: a (H1), b, c and d (H2) and e (H3).", ["a (H1)", "b, c and d (H2)", "e (H3)"]),
        (
            "Directions are: more modes, more robust and reliable systems, and plain models.",
            ["more modes", "more robust and reliable systems", "plain models"],
        ),
        ("It comes in: 1B, 2B and a mix (of experts, MoE) 3B.", ["1B", "2B", "a mix (of experts, MoE) 3B"]),
        ("No list here.", []),
        (f"Long: {'x' * 200}, b, c.", []),
    ],
)
def test_items_after_a_colon(sentence: str, items: list[str]) -> None:
    assert [sentence[start:end] for start, end in item_spans(sentence)] == items


def test_an_enumeration_needs_no_colon() -> None:
    assert enumerates("It uses plans, tools, memory and search.")
    assert not enumerates("It uses a plan.")


def test_items_have_their_own_places() -> None:
    text = "Parts: one, two, three."
    parts = with_items(text, Evidence("d", "s", 100, 100 + len(text)))
    assert [(part.text, part.form) for part in parts] == [
        (text, "sentence"),
        ("one", "item"),
        ("two", "item"),
        ("three", "item"),
    ]
    second = parts[2].evidence
    assert (second.start, second.end) == (100 + text.index("two"), 100 + text.index("two") + 3)

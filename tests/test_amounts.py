"""How much a question speaks of: a row or a known question of another amount answers another question."""

import pytest

from qa.question.amounts import amounts, differ


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AGI까지 20년 넘게 걸린다고 한 사람은?", {("20", "year")}),
        ("10-20년이라고 답한 인원은?", {("10", "year"), ("20", "year")}),
        ("10년에서 20년 걸린다고 한 사람", {("10", "year"), ("20", "year")}),
        ("between 5 and 10 years", {("5", "year"), ("10", "year")}),
        ("1, 2년 안에 온다고 한 사람", {("1", "year"), ("2", "year")}),
        ("20+ years, 30 percent", {("20", "year"), ("30", "share")}),
        ("37.0%", set()),  # only whole numbers part amounts from each other
        ("Llama 3의 GSM8K 점수", set()),
        ("GPT-4 in 2023", set()),
    ],
)
def test_what_is_counted(text: str, told: set[tuple[str, str]]) -> None:
    assert amounts(text) == told


@pytest.mark.parametrize(
    ("told", "asked", "are_others"),
    [
        ("10-20 years", "more than 20 years?", True),
        ("20+ years", "more than 20 years?", False),
        ("2-5년", "2년에서 5년이라고 본 응답이 10퍼센트를 넘었나요?", False),
        ("5-10년", "2년에서 5년이라고 본 응답이 10퍼센트를 넘었나요?", True),
        ("Time to AGI", "more than 20 years?", False),
        ("10-20 years", "how long?", False),
        ("20 people", "more than 30 years?", False),
    ],
)
def test_other_amounts_are_of_the_same_kind(told: str, asked: str, are_others: bool) -> None:
    assert differ(amounts(told), amounts(asked)) == are_others

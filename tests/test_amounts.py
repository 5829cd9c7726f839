"""How much a question speaks of: a row or a known question of another amount answers another question."""

import pytest

from qa.question.amounts import amounts, counts_otherwise


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AGI까지 20년 넘게 걸린다고 한 사람은?", {"20"}),
        ("10-20년이라고 답한 인원은?", {"10", "20"}),
        ("10년에서 20년 걸린다고 한 사람", {"10", "20"}),
        ("between 5 and 10 years", {"5", "10"}),
        ("20+ years", {"20"}),
        ("37.0%", set()),  # only whole numbers part amounts from each other
        ("Llama 3의 GSM8K 점수", set()),
        ("GPT-4 in 2023", set()),
    ],
)
def test_what_is_counted(text: str, told: set[str]) -> None:
    assert amounts(text) == told


def test_what_counts_nothing_counts_nothing_else() -> None:
    assert counts_otherwise("10-20 years", amounts("more than 20 years?"))
    assert not counts_otherwise("20+ years", amounts("more than 20 years?"))
    assert not counts_otherwise("Time to AGI", amounts("more than 20 years?"))
    assert not counts_otherwise("10-20 years", amounts("how long?"))

"""Which figures a question asks for, and which sentences have them."""

import pytest

from qa.retrieval.figures import OTHER, Figures, figures_asked


def asked(question: str) -> Figures:
    found = figures_asked(question)
    assert found is not None
    return found


@pytest.mark.parametrize("question", ["보상이란 무엇인가요?", "왜 2장이 필요해?", "What is GPT-4?"])
def test_most_questions_ask_for_no_figure(question: str) -> None:
    assert figures_asked(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "held"),
    [
        ("직원은 몇 명인가요?", "직원은 1,204명이다.", 1),
        ("직원은 몇 명인가요?", "2015년에 세웠다.", OTHER),
        ("직원은 몇 명인가요?", "직원이 많다.", 0),
        ("직원 15명 중 몇 명이 남았나요?", "직원 15명이 있다.", 0),  # the question has that figure itself
        ("직원 15명 중 몇 명이 남았나요?", "15명 가운데 9명이 남았다.", 1),
        ("몇 퍼센트나 늘었어?", "12.5% 늘었다.", 1),
        ("규칙은 언제 고쳤나요?", "2015. 6. 12.에 고쳤다.", 1),
        ("규칙은 언제 고쳤나요?", "12조를 고쳤다.", OTHER),
        ("며칠 안에 내야 하나요?", "7일 이내에 낸다.", 1),
        ("한도는 얼마인가요?", "3억 원까지 빌린다.", 1),
        ("한도는 얼마인가요?", "제3조에 있다.", OTHER),
        ("점유율은 얼마야?", "점유율이 34%였다.", 1),
        ("How long does it train?", "It trains for 90 epochs.", 1),
        ("How many layers are there?", "It has 12 of them.", 1),
        ("When was it written?", "It is of 1998.", 1),
        ("When was it written?", "It has 12 layers.", OTHER),
    ],
)
def test_a_sentence_holds_a_figure_that_is_asked_for(question: str, sentence: str, held: float) -> None:
    assert asked(question).held(sentence) == held

"""What a question asks of a thing, and which sentences name it."""

from collections.abc import Sequence

import pytest

from index.analyse import Analyser
from qa.question.aspect import Aspect
from qa.question.query import understand

DEFINES = "Grafting joins plants."
LIMIT = "A limit of grafting is that few plants take."
TROUBLE = "Grafting is hard to do in winter."
GOOD = "An advantage of grafting is the strong root."
BETTER = "Grafted plants bear better fruit."
REASON = "It takes because the sap flows."
SEVEN = "Seven plants were grafted."


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What is the weakness of grafting?", [LIMIT]),
        ("접목의 한계는?", [LIMIT]),
        ("접목은 뭐가 문제야?", [LIMIT]),
        ("What is wrong with grafting?", [LIMIT]),
        ("What is grafting good for?", [GOOD]),
        ("접목은 왜 좋아?", [GOOD]),
        ("접목의 장단점은?", [LIMIT, GOOD]),
        ("Why does a weaker root do?", [REASON]),
        ("접목과 접붙임의 차이점은?", [DEFINES, LIMIT, TROUBLE, GOOD, BETTER, SEVEN, REASON]),
        ("What is grafting?", [DEFINES, LIMIT, TROUBLE, GOOD, BETTER, SEVEN, REASON]),
        ("Which is the weaker root?", [DEFINES, LIMIT, TROUBLE, GOOD, BETTER, SEVEN, REASON]),
        ("How many plants were grafted?", [SEVEN]),
    ],
)
def test_sentences_that_name_it_come_first(analyser: Analyser, question: str, named: Sequence[str]) -> None:
    texts = [DEFINES, LIMIT, TROUBLE, GOOD, BETTER, SEVEN, REASON]
    said = Aspect(understand(question, analyser)).naming(texts)
    assert [text for text, one in zip(texts, said, strict=True) if one] == named


@pytest.mark.parametrize(
    "question",
    [
        "접목의 한계를 해결하는 방법은?",
        "접목이 마르는 것을 막는 법은?",
        "How can the limits of grafting be overcome?",
        "접목의 대책은?",
    ],
)
def test_what_helps_is_no_limit(analyser: Analyser, question: str) -> None:
    remedy, helps = "A remedy is to graft in spring.", "A cover reduces the loss."
    aspect = Aspect(understand(question, analyser))
    assert aspect.naming([DEFINES, LIMIT, remedy, helps]) == [False, False, True, False]
    assert aspect.naming([DEFINES, LIMIT, helps]) == [False, False, True]
    assert not aspect.is_told([LIMIT]) and aspect.is_told([helps])


@pytest.mark.parametrize(
    "text",
    [
        "3장에서는 뿌리를 다룬다.",
        "제2절은 뿌리에 관한 것이다.",
        "그림 4는 뿌리다.",
        "Section 3 is on roots.",
        "See [12].",
    ],
)
def test_the_number_of_a_chapter_or_figure_counts_nothing(analyser: Analyser, text: str) -> None:
    aspect = Aspect(understand("접목한 뿌리는 얼마나 커?", analyser))
    assert aspect.naming([text, "뿌리는 3.5m이다."]) == [False, True]


def test_other_words_count_where_none_names_it(analyser: Analyser) -> None:
    assert Aspect(understand("접목의 약점은?", analyser)).naming([DEFINES, TROUBLE, GOOD]) == [False, True, False]
    assert Aspect(understand("접목의 강점은?", analyser)).naming([DEFINES, BETTER]) == [False, True]
    assert Aspect(understand("접목의 강점은?", analyser)).naming([DEFINES]) == [True]  # there is nothing better


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("What are the limits of grafting?", [LIMIT, TROUBLE], [DEFINES, GOOD]),
        ("접목의 장점은?", [GOOD, BETTER], [DEFINES, LIMIT]),
        ("What is grafting?", [DEFINES, LIMIT], []),
    ],
)
def test_an_answer_tells_what_is_asked(
    analyser: Analyser, question: str, told: Sequence[str], untold: Sequence[str]
) -> None:
    aspect = Aspect(understand(question, analyser))
    assert [aspect.is_told([text]) for text in told] == [True] * len(told)
    assert [aspect.is_told([text]) for text in untold] == [False] * len(untold)
    assert aspect.is_told([*untold, told[0]])


@pytest.mark.parametrize(
    ("question", "texts", "told"),
    [
        ("What learning rate does grafting use?", ["Learning to graft takes years."], False),
        ("접목의 학습률은?", ["The learning rate is 0.1.", DEFINES], True),
        ("How much does it cost, and under which licence is it?", ["It costs 3 dollars."], False),
        ("How much does it cost, and under which licence is it?", ["It costs nothing.", "Its license is MIT."], True),
        ("접목하면 얼마나 자라?", [DEFINES], True),
        ("Why is grafting cheap?", [REASON], True),  # there the price is what is spoken of
        ("GPU 몇 장이 필요해?", ["16개의 GPU가 필요하다."], True),
    ],
)
def test_a_matter_has_to_be_named(analyser: Analyser, question: str, texts: Sequence[str], told: bool) -> None:
    assert Aspect(understand(question, analyser)).matters_are_told(texts) is told


def test_who_asks_for_good_and_bad_wants_no_summary(analyser: Analyser) -> None:
    assert Aspect(understand("접목의 장단점을 정리해줘", analyser)).is_asked
    assert not Aspect(understand("접목을 정리해줘", analyser)).is_asked


def test_what_stands_under_its_heading_names_it(analyser: Analyser) -> None:
    aspect = Aspect(understand("접목의 한계는?", analyser))
    assert aspect.naming([DEFINES, LIMIT], ["7. Limitations"]) == [True, True]
    assert aspect.naming([DEFINES, LIMIT], ["2. Method"]) == [False, True]
    assert aspect.is_told([DEFINES], ["4. Discussion", "4.2 Limitations"])
    assert not aspect.is_told([DEFINES], ["4. Discussion", "4.2 Problems"])  # which may be those that it solves
    assert Aspect(understand("접목의 라이선스는?", analyser)).matters_are_told(["MIT."], ["License"])


@pytest.mark.parametrize(
    ("question", "counted", "uncounted"),
    [
        ("How many plants were grafted?", [SEVEN, "접목한 나무는 세 가지이다.", "40 were."], [DEFINES]),
        ("접목은 몇 번 해?", ["두 번 한다.", SEVEN], [DEFINES, "접목은 두려운 일이다."]),
        ("What is grafting?", [DEFINES, SEVEN], []),
    ],
)
def test_how_many_is_answered_by_what_counts(
    analyser: Analyser, question: str, counted: Sequence[str], uncounted: Sequence[str]
) -> None:
    aspect = Aspect(understand(question, analyser))
    assert [aspect.is_counted([text]) for text in counted] == [True] * len(counted)
    assert [aspect.is_counted([text]) for text in uncounted] == [False] * len(uncounted)


def test_a_limit_of_tokens_is_no_weakness(analyser: Analyser) -> None:
    aspect = Aspect(understand("What is it not good at?", analyser))
    assert aspect.naming(["The token limit is 512.", LIMIT]) == [False, True]


INSTANCE = "SPLICE-2 grafts roses."
MADE = "Kim et al. proposed grafting."


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Give me an example of grafting", [INSTANCE, MADE]),
        ("접목의 예를 들어줘", [INSTANCE, MADE]),
        ("접목 예시", [INSTANCE, MADE]),
        ("What is SPLICE-2 an example of?", [MADE, INSTANCE, DEFINES]),
        ("Who proposed grafting?", [MADE]),
        ("접목은 누가 만들었어?", [MADE]),
        ("How many plants were grafted?", ["40 plants were grafted."]),
        ("접목의 정확도는?", ["40 plants were grafted."]),
    ],
)
def test_examples_authors_and_figures_come_first(analyser: Analyser, question: str, named: Sequence[str]) -> None:
    texts = [*dict.fromkeys([*named, DEFINES])]
    said = Aspect(understand(question, analyser)).naming(texts)
    assert [text for text, one in zip(texts, said, strict=True) if one] == named


def test_an_example_begins_with_another_name_than_the_one_asked_about(analyser: Analyser) -> None:
    assert not Aspect(understand("Give an example of SPLICE-2", analyser)).is_told([INSTANCE])
    assert Aspect(understand("Give an example of grafting", analyser)).is_told([INSTANCE])


@pytest.mark.parametrize(
    ("question", "texts", "of_another"),
    [
        ("Who created grafting?", [DEFINES], True),
        ("Who created grafting?", [MADE], False),
        ("Who created grafting?", ["Kim and colleagues (1921) grafted first."], False),
        ("Who created grafting?", ["Team Orchard grafts roses."], False),
        ("Who created grafting?", ["Grafting was invented by monks."], False),
        ("접목은 누가 만들었어?", ["1993년에 이안 머독이 만든 방법이다."], False),
        ("접목은 누가 만들었어?", ["본 논문에서 제안한 방법이다."], True),
        ("접목의 저자는?", [DEFINES], True),
        ("접목 논문 저자들이 누구야?", [DEFINES], True),
        ("접목 저자들은 낙관적이야?", [DEFINES], False),  # what they think, not who they are
        ("접목은 누가 만들었어?", ["우리가 개발한 방법이다."], True),
        ("How does the 7B model do?", ["The 72B model scores 9."], True),
        ("How does the 7B model do?", ["The 7B model scores 5, the 72B model 9."], False),
        ("How does the 7B model do?", ["It does well."], False),
        ("누가 나무를 심어?", [DEFINES], False),  # who does it, not who made it up
    ],
)
def test_what_names_nobody_or_another_size_is_of_another(
    analyser: Analyser, question: str, texts: Sequence[str], of_another: bool
) -> None:
    assert Aspect(understand(question, analyser)).is_of_another(texts) is of_another


def test_the_size_that_is_asked_about_comes_first(analyser: Analyser) -> None:
    texts = ["The 72B model scores 9.", "The 7B model scores 5."]
    assert Aspect(understand("What does 7B score?", analyser)).naming(texts) == [False, True]

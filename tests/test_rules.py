"""Rules and laws: what points to the items below it is shown with them, and an article is found by its number."""

import pytest

from qa.ask import Assistant
from qa.retrieval.numbered import is_numbered
from tests.made import library_of

RULES = """# 동아리방 사용 규칙

##### 제1조 (목적)

이 규칙은 동아리방을 함께 쓰는 데 필요한 일을 정함을 목적으로 한다.

##### 제2조 (사용 시간)

**①** 동아리방은 오전 아홉 시부터 밤 열 시까지 쓸 수 있다.

**②** 시험 기간에는 자정까지 쓸 수 있다.

##### 제2조의2 (열쇠)

열쇠는 경비실에서 받는다.

##### 제20조 (벌칙)

**①** 운영위원회는 규칙을 어긴 회원에게 다음 각 호의 어느 하나에 해당하는 벌칙을 줄 수 있다. 다만, 신입 회원은 한 번 봐준다.

  1\\. 바닥 청소
  2\\. 한 달 동안 출입 금지
  3\\. 회비 두 배 납부

<개정 2020.1.1>

**②** 벌칙을 받은 회원은 일주일 안에 이의를 낼 수 있다.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library_of(tmp_path_factory.mktemp("rules"), {"rules": RULES})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("제2조 내용이 뭐야?", "동아리방은 오전 아홉 시부터"),
        ("제 2 조의 2는?", "열쇠는 경비실에서"),
        ("제20조 알려줘", "운영위원회는 규칙을"),
        ("동아리방 사용 규칙 제1조는?", "이 규칙은"),
    ],
)
def test_an_article_is_found_by_its_number(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert told in answer.sentences[0].text
    assert len({citation.section for citation in answer.citations}) == 1


def test_an_article_that_is_not_there_is_not_told(assistant: Assistant) -> None:
    assert not assistant.ask("제7조는?", within=["rules"]).sure


@pytest.mark.parametrize(
    ("heading", "number", "has_it"),
    [
        ("제6조의3 (갱신)", "제6조의3", True),
        ("제6조의3 (갱신)", "제6조", False),
        ("제 6 조(갱신)", "제6조", True),
        ("제16조", "제6조", False),
        ("3.1 Data", "3.1", True),
        ("3.10 Data", "3.1", False),
        ("3D Vision", "3", False),
        ("3장 방법", "3", True),
    ],
)
def test_the_number_of_a_heading(heading: str, number: str, has_it: bool) -> None:
    assert is_numbered(("above", heading), number) is has_it


@pytest.mark.parametrize(
    "question",
    ["규칙을 어긴 회원에게 줄 수 있는 벌칙은?", "규칙 어긴 회원 벌칙 다 알려줘", "회원이 벌칙을 받는 경우는?"],
)
def test_what_points_to_a_list_is_shown_with_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    told = [sentence.text for sentence in answer.sentences]
    assert "다음 각 호" in told[0]
    assert [one.text for one in answer.sentences if one.form == "item"] == [
        "바닥 청소",
        "한 달 동안 출입 금지",
        "회비 두 배 납부",
    ]

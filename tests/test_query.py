"""What a question is read as."""

import pytest

from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from index.errors import InputError
from qa.question.query import MAX_QUESTION_CHARS, answer_language, question_kind, question_language, understand


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser.load(MODEL_FOLDER / "korean.tsv")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("SPIN이 뭐야?", "ko"),
        ("RLHF와 RLAIF의 차이", "ko"),
        ("Llama 3 405B pretraining data 양은?", "ko"),
        ("reward model overoptimization이 왜 생겨?", "ko"),
        ("What is SPIN?", "en"),
        ("What is 유도 바이어스?", "en"),
        ("SPIN?", "en"),
        ("how does 자기 개선 differ from 자기 대국", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_is_that_of_the_grammar(question: str, language: str) -> None:
    assert question_language(question) == language


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("행동 모방이란?", "definition"),
        ("What is uncertainty filtering?", "definition"),
        ("자동 정렬을 몇 가지로 나누나?", "list"),
        ("which four categories does the survey name", "list"),
        ("MIBench의 과제는 모두 몇이나 돼?", "number"),
        ("how many tokens was it trained on", "number"),
        ("RLHF와 RLAIF의 차이", "comparison"),
        ("RLHF랑 RLAIF는 뭐가 달라?", "comparison"),
        ("RLHF는 RLAIF와 어떤 점이 다른지 알려줘", "comparison"),
        ("왜 보정이 나빠지나", "why"),
        ("AutoIF 저자는?", "who-when"),
        ("이 논문 요약해줘", "summary"),
        ("AutoIF는 어떻게 작동해", "how"),
        ("환경 피드백", "other"),
        ("RLAIF의 약점이 뭐야?", "other"),
        ("RLAIF의 정의가 뭐야?", "definition"),
        ("판별자 노릇을 하는 게 뭐야?", "other"),
        ("What is the weakness of RLAIF?", "other"),
        ("What is the meaning of RLAIF?", "definition"),
    ],
)
def test_the_kind_of_question(question: str, kind: str) -> None:
    assert question_kind(question) == kind


def test_words_that_only_ask_are_left_out(analyser: Analyser) -> None:
    query = understand("환경 피드백의 한계에 대해 자세히 설명해줘", analyser)
    assert [term.text for term in query.terms] == ["환경", "피드백", "한계"]


def test_names_are_known_by_their_writing(analyser: Analyser) -> None:
    query = understand("Does LLaMA-2 beat spin?", analyser)
    assert "llama2" in query.names
    assert "spin" not in query.names


def test_the_language_can_be_overridden(analyser: Analyser) -> None:
    assert understand("What is SPIN?", analyser, "ko").language == "ko"


@pytest.mark.parametrize(
    ("question", "message"),
    [("", "empty"), (" \n\t ", "empty"), ("🙂🙂", "no word"), ("?!", "no word"), ("a" * 50_000, "50,000 characters")],
)
def test_what_is_no_question_is_refused(analyser: Analyser, question: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        understand(question, analyser)


def test_the_longest_question_is_read(analyser: Analyser) -> None:
    assert len(understand("정렬 " * (MAX_QUESTION_CHARS // 3), analyser).text) <= MAX_QUESTION_CHARS


@pytest.mark.parametrize("question", ["'; DROP TABLE documents; --", "<script>alert(1)</script> SPIN?", "%s %d {0}"])
def test_code_in_a_question_is_only_text(analyser: Analyser, question: str) -> None:
    assert understand(question, analyser).text == " ".join(question.split())


@pytest.mark.parametrize(
    ("question", "survey", "section"),
    [
        ("이 서베이의 한계는?", True, None),
        ("what does the paper conclude", True, None),
        ("이 논문에서 MIBench는?", False, None),
        ("서베이 3.1절은?", True, "3.1"),
        ("What is in section 4 of the survey?", True, "4"),
        ("이미지 2장의 비교", False, None),
    ],
)
def test_the_survey_and_its_sections_are_understood(
    analyser: Analyser, question: str, survey: bool, section: str | None
) -> None:
    query = understand(question, analyser)
    assert (query.survey, query.section) == (survey, section)


def test_a_section_number_is_no_topic(analyser: Analyser) -> None:
    assert "2" not in [term.text for term in understand("What does section 2 of the survey cover?", analyser).terms]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is behavior imitation? Please answer in Korean.", ("What is behavior imitation?", "ko")),
        ("What is SPIN, in Korean please", ("What is SPIN", "ko")),
        ("What is SPIN? 한국어로 답해줘", ("What is SPIN?", "ko")),
        ("SPIN이 뭐야? 영어로 설명해 주세요.", ("SPIN이 뭐야?", "en")),
        ("SPIN이 뭐야? Answer in English", ("SPIN이 뭐야?", "en")),
        ("How good is GLM-4 in Korean?", ("How good is GLM-4 in Korean?", None)),
        ("한국어로 답하는 모델은?", ("한국어로 답하는 모델은?", None)),
        ("영어로 답해줘: SPIN이 뭐야?", ("SPIN이 뭐야?", "en")),
        ("영어로 답해 주세요. SPIN이 뭐야?", ("SPIN이 뭐야?", "en")),
        ("영어로 SPIN 설명해줘", ("SPIN 설명해줘", "en")),
        ("SPIN의 한계는? 영어로", ("SPIN의 한계는?", "en")),
        ("answer in Korean: what is SPIN?", ("what is SPIN?", "ko")),
        ("In Korean, what is SPIN?", ("what is SPIN?", "ko")),
        ("What is SPIN? (in Korean)", ("What is SPIN?", "ko")),
        ("영어로 평가한 점수 알려줘", ("영어로 평가한 점수 알려줘", None)),
        ("한국어로 된 데이터셋 알려줘", ("한국어로 된 데이터셋 알려줘", None)),
        ("영어로 쓰인 논문은?", ("영어로 쓰인 논문은?", None)),
        ("How does it do in English?", ("How does it do in English?", None)),
        ("영어로 된 논문을 한국어로 설명하는 방법은?", ("영어로 된 논문을 한국어로 설명하는 방법은?", None)),
        ("한국어로 답해줘", ("한국어로 답해줘", None)),
        ("Please answer in Korean.", ("Please answer in Korean.", None)),
    ],
)
def test_the_language_to_answer_in_may_be_asked_for(question: str, found: tuple[str, str | None]) -> None:
    assert answer_language(question) == found


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("이 서베이가 말하는 게 뭐야", ["서베이"]),
        ("이 논문의 핵심 내용이 뭐야?", ["논문"]),
        ("What is the StructEval paper about?", ["structev", "paper"]),
        ("main takeaways of the Llama 3 report", ["llama", "llama3", "3", "report"]),
        ("TL;DR of ChatGLM", ["chatglm"]),
        ("AutoIF 한 줄 요약", ["autoif"]),
    ],
)
def test_a_text_may_be_asked_about_as_a_whole(analyser: Analyser, question: str, terms: list[str]) -> None:
    found = understand(question, analyser)
    assert found.whole and found.kind == "summary"
    assert [term.text for term in found.terms] == terms


@pytest.mark.parametrize(
    "question",
    [
        "What does the survey say about reward hacking?",
        "보상 해킹의 핵심이 뭐야?",
        "강-약 증류를 요약해줘",
        "What is the paper?",
    ],
)
def test_what_names_a_topic_asks_about_no_text_as_a_whole(analyser: Analyser, question: str) -> None:
    assert not understand(question, analyser).whole


def test_a_question_that_names_no_paper_means_the_survey(analyser: Analyser) -> None:
    assert understand("저자 누구야?", analyser).unsaid and understand("future work directions", analyser).survey
    assert not understand("보상 모델의 저자는?", analyser).unsaid

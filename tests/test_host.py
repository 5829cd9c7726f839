"""What is said to the app itself, and what it says of itself."""

from collections.abc import Iterator

import pytest

from index.storage.record import DocumentCard
from qa import Assistant, open_library
from qa.answer import Answer
from qa.ask import Reply
from qa.converse.complete import Exchange
from qa.host.courtesy import without_courtesy
from qa.host.phrases import small_talk
from qa.host.reply import matter_of, reply
from qa.host.wording import SAYS


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_library(tmp_path_factory.mktemp("host") / "library") as assistant:
        yield assistant


def card(doc_id: str, work: str, title: str, language: str, year: int | None = None) -> DocumentCard:
    return DocumentCard(doc_id, work, title, language, "a file", "0", year, 1, 1)


CARDS = [card("b.ko", "b", "배", "ko", 2021), card("b.en", "b", "Boats", "en", 2021), card("a.en", "a", "Apples", "en")]


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("안녕하세요", "greeting"),
        ("Hi there!", "greeting"),
        ("정말 고맙습니다!", "thanks"),
        ("thx", "thanks"),
        ("thanks, that's all", "thanks"),
        ("아하 그렇구나", "assent"),
        ("thank you so much, you're great", "thanks"),
        ("고마워 잘자", "thanks"),
        ("친절한 설명 고맙습니다 ㅎㅎ", "thanks"),
        ("ok bye!", "farewell"),
        ("네 알겠습니다", "assent"),
        ("lol ok", "assent"),
        ("심심하다", "chat"),
        ("tell me a joke", "chat"),
        ("ㅋㅋㅋ", "assent"),
        ("ㅋㅋ 엄청나네", "assent"),
        ("요즘 LLM 공부 너무 힘들다..", "chat"),
        ("어떤 논문이 있어?", "holdings"),
        ("안녕하세요, 어떤 문서들이 들어 있나요?", "holdings"),
        ("논문 목록 보여줘", "holdings"),
        ("how many papers do you know?", "holdings"),
        ("What's in the library?", "holdings"),
        ("PDF도 넣을 수 있어?", "adding"),
        ("어떻게 추가해?", "adding"),
        ("hwp는?", "adding"),
        ("Can I upload my own papers?", "adding"),
        ("what file formats do you support?", "adding"),
        ("논문 지우려면?", "removing"),
        ("how do I remove a document?", "removing"),
        ("can I get rid of a paper again?", "removing"),
        ("do you ever make things up?", "trust"),
        ("답이 맞는지 어떻게 믿어?", "trust"),
        ("where do the citations come from?", "trust"),
        ("내가 물어본 거 저장돼?", "privacy"),
        ("Does the app save what I ask?", "privacy"),
        ("so what is this thing?", "abilities"),
        ("이 프로그램 뭐야?", "abilities"),
        ("what does the library contain?", "holdings"),
        ("너 누구야?", "identity"),
        ("who made you?", "identity"),
        ("내 문서가 외부로 전송돼?", "privacy"),
        ("does it work without internet?", "privacy"),
        ("무슨 질문을 할 수 있어?", "abilities"),
        ("What can you do?", "abilities"),
        ("사용법", "abilities"),
    ],
)
def test_what_is_said_to_the_app_is_known(question: str, matter: str) -> None:
    assert matter_of(question) == matter


@pytest.mark.parametrize(
    "question",
    [
        "SPIN이 뭐야?",
        "이 논문은 뭐야?",
        "이 글에는 뭐가 있어?",
        "비슷한 논문 뭐가 있어?",
        "자기 개선에는 어떤 논문이 있어?",
        "그 방법은 어떻게 써?",
        "이 모델은 누가 만들었어?",
        "누구야?",
        "AI가 할 수 있는 게 뭐야?",
        "어떤 방법이 있어?",
        "이 논문에서 파일을 올리나?",
        "what is the paper about?",
        "What models are there?",
        "how does it work?",
        "Is the data private?",
        "which papers are cited?",
        "what are the sources of feedback?",
        "how many files are in SWE-bench?",
        "What is this paper?",
        "Thanks, why?",
        "",
        "네 " * 100,
    ],
)
def test_questions_about_what_documents_tell_are_none_of_the_apps(question: str) -> None:
    assert matter_of(question) is None


def test_small_talk_says_nothing_of_any_topic() -> None:
    assert small_talk("Thanks!") and not small_talk("Thanks, why?") and not small_talk("사용법")


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Please explain SPIN. Thanks!", "Please explain SPIN."),
        ("hey, quick question: what is debate?", "what is debate?"),
        ("안녕하세요, 토론에 대해 알려주세요", "토론에 대해 알려주세요"),
        ("그럼 이 서베이는 무슨 내용이야?", "이 서베이는 무슨 내용이야?"),
        ("질문 있어요. SPIN이 뭐예요? 감사합니다", "SPIN이 뭐예요?"),
        ("SPIN에 대해 알려주시면 감사하겠습니다.", "SPIN에 대해 알려주세요"),
        ("I have a question. How does AutoIF work? thank you", "How does AutoIF work?"),
        ("So, what is it?", "what is it?"),
        ("Perfect. What are its limits?", "What are its limits?"),
        ("네, 그럼 한계는요?", "한계는요?"),
        ("no, RLHF", "no, RLHF"),
        # nothing of these is courtesy, or nothing else is there
        ("감사 인사의 뜻은?", "감사 인사의 뜻은?"),
        ("What do people thank you for?", "What do people thank you for?"),
        ("hi-fi audio?", "hi-fi audio?"),
        ("안녕하세요", "안녕하세요"),
        ("Thanks!", "Thanks!"),
    ],
)
def test_courtesy_is_no_part_of_a_question(question: str, rest: str) -> None:
    assert without_courtesy(question) == rest


def test_the_documents_are_listed_each_work_once_in_the_language_of_the_question() -> None:
    korean, english = (
        reply("어떤 논문이 있어?", None, lambda: CARDS),
        reply("what papers are there?", None, lambda: CARDS),
    )
    assert korean and english
    assert korean.text == "지금 물을 수 있는 글은 2편입니다.\n- Apples\n- 배 (2021)"
    assert english.text == "There are 2 texts to ask about.\n- Apples\n- Boats (2021)"
    one = reply("what papers are there?", None, lambda: CARDS[2:])
    assert one and one.text.startswith("There is 1 text to ask about.")
    many = reply("논문 목록", None, lambda: [card(f"d{n}", f"d{n}", f"T{n:02}", "en") for n in range(45)])
    assert many and len(many.sentences) == 42 and many.sentences[-1].text == "그 밖에 5편"


def test_files_that_are_not_read_are_named() -> None:
    told = reply("Can I add pptx files?", None, lambda: [])
    assert told and told.sentences[0].text.startswith("HWP, DOC, PPT")
    assert told.sentences[1].text == SAYS["adding"]["en"][0]
    asked = reply("PDF도 되나요?", "en", lambda: [])
    assert asked and asked.language == "en" and asked.sentences[0].text == SAYS["adding"]["en"][0]


def answered(assistant: Assistant, question: str, *history: tuple[str, Answer]) -> Reply:
    *_, last = assistant.stream(question, history=[Exchange(*turn) for turn in history])
    return last


def test_the_app_answers_for_itself_and_is_no_topic_of_what_follows(survey: Assistant) -> None:
    first = answered(survey, "SPIN이 뭐야?").answer
    thanks = answered(survey, "고마워!", ("SPIN이 뭐야?", first)).answer
    assert (thanks.kind, thanks.text, thanks.citations) == ("host", SAYS["thanks"]["ko"][0], ())
    again = answered(survey, "thx", ("SPIN이 뭐야?", first)).answer
    assert again.text == SAYS["thanks"]["ko"][0]  # of the language that was spoken
    limits = answered(survey, "그럼 한계는?", ("SPIN이 뭐야?", first), ("고마워!", thanks))
    assert limits.question.startswith("SPIN의 한계") and limits.answer.citations
    listed = survey.ask("어떤 논문이 있어?", within=["2407.10671.ko", "2407.10671.en"])
    assert [sentence.text for sentence in listed.sentences[1:]] == ["Qwen2 기술 보고서(Qwen2 Technical Report) (2024)"]


@pytest.mark.parametrize("question", ["hey, quick question: what is debate?", "안녕하세요, 토론에 대해 알려주세요"])
def test_courtesy_does_not_cost_the_answer(survey: Assistant, question: str) -> None:
    assert survey.ask(question).sure


@pytest.mark.parametrize(
    "question", ["이 논문 저자 누구야?", "이 논문의 저자는?", "이 논문 누가 썼어?", "who wrote this paper?"]
)
def test_this_paper_is_the_survey_where_none_was_spoken_about(survey: Assistant, question: str) -> None:
    answer = survey.ask(question)
    assert answer.sure and answer.citations[0].doc_id.startswith("2406.01252")

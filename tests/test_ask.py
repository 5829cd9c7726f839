"""Questions to the shipped Library, end to end."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

import seeds
from qa import Assistant, Settings, open_library
from qa.category.told import UNTOLD
from qa.converse.complete import Completion, Exchange
from qa.converse.texts import TurnReader
from qa.reading.sections import MAX_OTHERS
from qa.retrieval.fuse import Weights, fitted_weights
from tests.made import said


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_library(tmp_path_factory.mktemp("survey") / "library") as assistant:
        yield assistant


def places(assistant: Assistant, question: str) -> list[tuple[str, str]]:
    return [(citation.doc_id, citation.section_id) for citation in assistant.ask(question).citations]


@pytest.mark.parametrize(
    ("question", "doc_id", "section_id", "fact"),
    [
        ("SPIN이 뭐야?", "2406.01252-notes.ko", "generator-discriminator", "미세 조정 방법"),
        ("What is uncertainty filtering?", "2406.01252-notes.en", "uncertainty-filtering", "output probability"),
        ("Llama 3 405B는 몇 토큰으로 학습했어?", "2407.21783.ko", "introduction", "15.6T"),
        ("how many seed instructions were written by hand in AutoIF?", "2406.13542.en", "instruction", "36"),
    ],
)
def test_an_answer_comes_from_the_right_section_in_the_language_of_the_question(
    survey: Assistant, question: str, doc_id: str, section_id: str, fact: str
) -> None:
    answer = survey.ask(question)
    assert (answer.citations[0].doc_id, answer.citations[0].section_id) == (doc_id, section_id)
    assert fact in answer.text


def test_every_citation_of_many_answers_is_exact(survey: Assistant) -> None:
    for question in ("환경 피드백의 한계는?", "RLHF와 RLAIF의 차이", "biases of LLM judges", "Qwen2 모델 크기"):
        answer = survey.ask(question)
        assert answer.citations
        for citation in answer.citations:
            document = survey.document(citation.doc_id)
            assert document is not None
            assert document.text[citation.start : citation.end] == citation.quote
            section = next(s for s in document.sections if s.section_id == citation.section_id)
            assert section.start <= citation.start < citation.end <= section.end
            assert section.path == citation.section


def test_the_two_editions_answer_from_the_same_section(survey: Assistant) -> None:
    korean = places(survey, "불확실성 필터링이란?")[0]
    english = places(survey, "What is uncertainty filtering?")[0]
    assert korean == ("2406.01252-notes.ko", "uncertainty-filtering")
    assert english == ("2406.01252-notes.en", "uncertainty-filtering")


def test_a_count_question_is_answered_as_a_list(survey: Assistant) -> None:
    answer = survey.ask("Which four families does the survey divide alignment methods into?")
    items = [sentence.text for sentence in answer.sentences if sentence.form == "item"]
    families = ["inductive bias", "behavior imitation", "model feedback", "environment feedback"]
    assert [family in item for family, item in zip(families, items, strict=False)] == [True] * 4


@pytest.mark.parametrize(
    "question", ["김치찌개 끓이는 법", "오늘 서울 날씨 어때?", "how do I fix a flat bicycle tire", "광합성이란?"]
)
def test_what_the_library_does_not_hold_is_refused(survey: Assistant, question: str) -> None:
    answer = survey.ask(question)
    assert answer.abstained
    assert answer.nearest is not None
    assert not answer.nearest_quote  # nothing is near enough to be told
    assert answer.text.startswith("이 라이브러리" if answer.language == "ko" else "I found nothing")


def test_slips_of_the_keyboard_are_mended_and_said(survey: Assistant) -> None:
    answer = survey.ask("explain uncertanty filtering")
    assert answer.sure and answer.citations[0].section_id == "uncertainty-filtering"
    assert ("uncertanty", "uncertainty") in [(term.written, term.found) for term in answer.bridged]


def test_what_helps_is_told_where_it_is_asked_for(survey: Assistant) -> None:
    answer = survey.ask("How can the biases of LLM judges be fixed?")
    assert answer.sentences[0].text.startswith("Four repairs for self-feedback have been proposed")


def test_a_refusal_quotes_what_the_library_tells_beside(survey: Assistant) -> None:
    answer = survey.ask("챗GPT 둘을 마주 앉혀 만든 그 대화 데이터는 언어가 영어뿐인가요?")
    assert answer.abstained
    assert answer.nearest_quote.startswith("UltraChat은 ChatGPT 모델 두 개가")
    assert f"\n“{answer.nearest_quote}”\n" in answer.text


def test_sections_that_come_near_are_named_where_it_is_not_sure_what_answers(survey: Assistant) -> None:
    refused = survey.ask("챗GPT 둘을 마주 앉혀 만든 그 대화 데이터는 언어가 영어뿐인가요?")
    assert refused.nearest is not None
    places = [(other.doc_id.removesuffix(".ko"), other.section_id) for other in (refused.nearest, *refused.others)]
    assert 1 < len(places) == len(set(places)) <= 1 + MAX_OTHERS
    lines = refused.text.splitlines()
    assert lines[-len(refused.others) - 1 :] == [
        "그 밖에 가까운 부분:",
        *(f"- {' › '.join((other.title, *other.section))}" for other in refused.others),
    ]
    assert survey.ask("SPIN이 뭐야?").others == ()
    assert survey.ask("김치찌개는 어떻게 끓여?").others == ()


def test_a_question_about_a_category_is_answered_by_the_taxonomy(survey: Assistant) -> None:
    answer = survey.ask("SPIN은 어느 범주에 속해?")
    assert answer.kind == "category"
    assert [citation.section_id for citation in answer.citations] == ["generator-discriminator", "2.1.4"]
    assert all(sentence.citations for sentence in answer.sentences)
    assert survey.ask("SPIN이 뭐야?").kind == "definition"


@pytest.mark.parametrize(
    ("question", "path", "quoted"),
    [
        (
            "Baize가 하는 일이 정확히 뭐야?",
            ("behavior-imitation", "response-guided-distillation", "instruction-following"),
            "Baize와",
        ),
        ("AlphaZero가 뭐야?", ("inductive-bias", "self-play"), "AlphaZero"),
    ],
)
def test_a_method_that_no_sentence_tells_of_is_shown_where_it_is_filed(
    survey: Assistant, question: str, path: tuple[str, ...], quoted: str
) -> None:
    answer = survey.ask(question)
    assert (answer.kind, answer.notice) == ("category", UNTOLD[answer.language])
    assert answer.probability <= 0.5  # that the question is answered
    assert answer.text.endswith(answer.notice)
    assert answer.citations[0].section_id == path[-1] and quoted in answer.citations[0].quote
    *_, last = survey.stream(question)
    assert last.answer == answer
    told = survey.ask(question, within={"2407.21783.ko", "2407.21783.en"})  # the taxonomy rests on none of them
    assert told.kind != "category" and told.notice == ""


def test_what_is_said_of_another_method_is_no_answer(survey: Assistant) -> None:
    assert survey.ask("What are the limitations of Self-Instruct?").abstained  # those of AutoIF come nearest
    known = survey.ask("AutoIF의 한계는?")
    assert {citation.section_id for citation in known.citations} == {"limits"}


def test_a_text_that_the_user_changed_is_not_read_by_the_numbers_of_its_sentences(tmp_path: Path) -> None:
    """One sentence more at the beginning moves all others."""
    (original,) = (path for path in seeds.documents() if path.name == "2407.15272.en.md")
    text = original.read_text(encoding="utf-8").replace(
        "\nMIBench is a benchmark", "\nThese notes are mine. MIBench is a benchmark", 1
    )
    (tmp_path / original.name).write_text(text, encoding="utf-8")
    with open_library(tmp_path / "library") as assistant:
        question = "What is MIBench?"
        before = assistant.ask(question)
        run = assistant.search(question, 20)
        assert [bool(place.asked) for place in assistant.reader.sections.places(run, run.hits[0])][0]
        assert list(assistant._suggester._known_questions(before))
        assistant.library.remove([original.stem])
        assert [outcome.status for outcome in assistant.add([tmp_path / original.name])] == ["added"]
        after = assistant.ask(question)
        assert after.citations[0].quote == before.citations[0].quote
        assert after.citations[0].start > before.citations[0].start
        run = assistant.search(question, 20)
        (place,) = [
            one
            for one in assistant.reader.sections.places(run, run.hits[0])
            if one.section.section_id == "introduction"
        ]
        assert place.asked == ()
        assert not any(section_id == "introduction" for _, section_id in assistant._suggester._shown(after))


def test_a_name_found_nowhere_is_not_forced_into_a_category(survey: Assistant) -> None:
    assert survey.category("Foobar-9는 어떤 범주야?").kind == "unknown"
    assert survey.ask("Foobar-9는 어떤 범주야?").abstained


@pytest.mark.parametrize(
    ("question", "doc_id"),
    [
        ("이 서베이와 비슷한 논문 목록 알려줘", "2406.01252.ko"),
        ("Which papers are listed as similar to the survey?", "2406.01252.en"),
    ],
)
def test_similar_papers_are_listed_as_the_document_gives_them(survey: Assistant, question: str, doc_id: str) -> None:
    answer = survey.ask(question)
    document = survey.document(doc_id)
    assert document is not None and len(document.similar) == 9
    assert [sentence.text for sentence in answer.sentences] == [paper.title for paper in document.similar]
    assert {(citation.doc_id, citation.section_id) for citation in answer.citations} == {(doc_id, "3")}


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("서베이 2장은 무슨 내용이야?", ("2406.01252-notes.ko", "overview")),
        ("What does section 2 of the survey cover?", ("2406.01252-notes.en", "overview")),
        ("서베이 요약해줘", ("2406.01252.ko", "2.2")),
        ("Summarize the survey", ("2406.01252.en", "2.2")),
    ],
)
def test_a_section_by_number_and_the_survey_as_a_whole(
    survey: Assistant, question: str, place: tuple[str, str]
) -> None:
    assert places(survey, question)[0] == place


def test_code_and_lists_come_with_what_announces_them(tmp_path: Path) -> None:
    text = (
        "# Queue manual\n\n- [Caches](caches.md)\n- [Start the queue consumer](start.md)\n- [Logs](logs.md)\n\n"
        "## Consumers\n\nStart the queue consumer as follows:\n\n```shell\nbin/queue start --all\n```\n\n"
        "## Caches\n\nThere are three kinds of cache.\n\n- Page cache\n- Block cache\n- Session cache\n\nEach has a limit.\n"
    )
    (tmp_path / "manual.md").write_text(text, encoding="utf-8")
    from index.library import Library

    Library.open(tmp_path / "library", create=True).close()
    with open_library(settings=Settings(library=tmp_path / "library", shipped_seeds=False)) as assistant:
        assistant.add([tmp_path / "manual.md"])
        answer = assistant.ask("What command starts the queue consumer?")
        assert [(one.text, one.form) for one in answer.sentences] == [
            ("Start the queue consumer as follows:", "sentence"),
            ("bin/queue start --all", "code"),
        ]
        assert [text[one.start : one.end] for one in answer.citations] == [one.text for one in answer.sentences]
        kinds = assistant.ask("Which kinds of cache are there?")
        assert [(one.text, one.form) for one in kinds.sentences] == [
            ("There are three kinds of cache.", "sentence"),
            *((f"{kind} cache", "item") for kind in ("Page", "Block", "Session")),
        ]


def test_a_section_of_code_alone_is_shown_as_code(tmp_path: Path) -> None:
    page = "# vLLM\n\n## Block size\n\n```python\n  # the default block size\n  BLOCK_SIZE = 16\n```\n"
    (tmp_path / "vllm.md").write_text(page, encoding="utf-8")
    from index.library import Library

    Library.open(tmp_path / "library", create=True).close()
    with open_library(settings=Settings(library=tmp_path / "library", shipped_seeds=False)) as assistant:
        assistant.add([tmp_path / "vllm.md"])
        answer = assistant.ask("What is the default block size of vLLM?")
    assert [(one.text, one.form) for one in answer.sentences] == [
        ("# the default block size\nBLOCK_SIZE = 16", "code"),
    ]
    assert answer.citations[0].quote == "  # the default block size\n  BLOCK_SIZE = 16"


def test_a_korean_question_finds_an_english_text(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(
        "# Gardening notes\n\n## Compost\n\nCompost is a mix of decayed leaves that feeds the soil.\n\n"
        "## Reward models\n\nA reward model scores each answer of the language model with one number.\n\n"
        "## Watering\n\nWater the tomatoes in the morning.\n",
        encoding="utf-8",
    )
    settings = Settings(library=tmp_path / "library", shipped_seeds=False)
    from index.library import Library

    Library.open(settings.library, create=True).close()
    with open_library(settings=settings) as assistant:
        assistant.add([tmp_path / "notes.md"])
        run = assistant.search("보상 모델은 무엇을 하나?")
        assert run.hits[0].passage.path == ("Reward models",)
        answer = assistant.ask("보상 모델은 무엇을 하나?")
        assert answer.language == "ko"
        if not answer.abstained:
            assert answer.foreign
            assert answer.citations[0].quote.startswith("A reward model scores")
            assert "영어 원문을 그대로 인용" in answer.text


@pytest.mark.parametrize(
    ("korean", "english", "language"),
    [
        (0.9, 0.9, "ko"),  # the question's own language is preferred
        (0.5, 0.59, "ko"),  # odds of 1 and 1.4
        (0.5, 0.61, "en"),
        (0.1, 0.9, "en"),
        (0.0, 0.0, "ko"),
        (1.0, 1.0, "ko"),
    ],
)
def test_what_is_likelier_to_answer_is_read_in_whatever_language(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, korean: float, english: float, language: str
) -> None:
    likely = {"ko": korean, "en": english}
    monkeypatch.setattr(
        assistant.reader.sections, "_support", SimpleNamespace(read=lambda _, hit: hit.passage.language)
    )
    monkeypatch.setattr(assistant.reader.sections, "_passages", SimpleNamespace(probability=likely.get))
    run = assistant.search("행동 모방은 무엇인가?")
    assert {hit.passage.language for hit in run.hits} == {"ko", "en"}
    hit, probability = assistant.reader.sections.best(run)
    assert hit is not None and (hit.passage.language, probability) == (language, likely[language])


def test_an_empty_library_abstains(tmp_path: Path) -> None:
    from index.library import Library

    Library.open(tmp_path / "library", create=True).close()
    with open_library(settings=Settings(library=tmp_path / "library", shipped_seeds=False)) as assistant:
        answer = assistant.ask("SPIN이 뭐야?")
        assert answer.abstained and answer.nearest is None
        assert assistant.search("SPIN").hits == ()


def test_weights_are_fitted_for_every_language_pair() -> None:
    weights = fitted_weights()
    assert set(weights) == {"ko-ko", "ko-en", "en-ko", "en-en"}
    assert all(isinstance(pair, Weights) and pair.words == 1.0 for pair in weights.values())


def test_hits_are_ordered_by_score_and_numbered_by_top_k(survey: Assistant) -> None:
    hits = survey.search("scalable oversight", top_k=7).hits
    assert len(hits) == 7
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_only_the_documents_asked_answer(survey: Assistant) -> None:
    question = "Llama 3 405B는 몇 토큰으로 학습했어?"
    assert survey.ask(question, within={"2407.21783.ko", "2407.21783.en"}).citations[0].doc_id == "2407.21783.ko"
    assert survey.ask(question, within={"2406.13542.ko", "2406.13542.en"}).abstained


def test_the_taxonomy_is_not_cited_from_a_document_that_is_not_asked(survey: Assistant) -> None:
    question = "SPIN은 어느 범주에 속해?"
    assert survey.ask(question).kind == "category"
    answer = survey.ask(question, within={"2407.21783.ko", "2407.21783.en"})
    assert {citation.doc_id for citation in answer.citations} <= {"2407.21783.ko", "2407.21783.en"}


@pytest.mark.parametrize(
    ("turns", "question", "doc_id", "told"),
    [
        (
            ("라마3 학습에 gpu 몇장 썼어", "중간에 몇번 멈췄어?"),
            *("라마3은 중간에 몇번 멈췄어?", "2407.21783.ko", "466번"),
        ),
        (
            ("SGI가 뭐임?", "시스템1 시스템2는 뭐야", "실험은 했어?"),
            *("이 논문의 실험은 했어?", "2407.08642.ko", "자체 실험을 보고하지 않는다"),
        ),
        (
            ("what do the authors imagine for the future", "저자 몇명이야"),
            *("서베이는 저자 몇명이야", "2406.01252-notes.ko", "13명"),
        ),
        (
            ("컨텍스트 디스틸레이션이 뭐에요", "누가 처음 했어요?", "예를 들면요?"),
            *("컨텍스트 디스틸레이션은 예를 들면요?", "2406.01252-notes.ko", "문맥 증류"),
        ),
        (
            ("how's chatglm alignment done", "does rlhf help?", "tokenizer size"),
            *("tokenizer size of ChatGLM?", "2406.12793.en", "150,000"),
        ),
    ],
)
def test_what_was_spoken_about_is_found_by_what_answers(
    survey: Assistant, turns: Sequence[str], question: str, doc_id: str, told: str
) -> None:
    last = said(survey, *turns)[-1]
    assert last.question == question
    assert last.answer.citations[0].doc_id == doc_id
    assert told in last.answer.citations[0].quote


def test_a_turn_that_only_puts_another_name_in_is_asked_in_no_other_way(survey: Assistant) -> None:
    turns = TurnReader(survey.completer, survey.library.analyser, survey.documents)
    history = said(survey, "MIBench에서 GPT-4o 점수는?")

    def others(turn: str) -> list[str]:
        found = turns.others(turn, Completion(turn, turn, "whole"), history, None)
        return [completion.question for completion, _ in found]

    assert others("Qwen2는?") == others("what about Qwen2?") == []
    assert others("데이터는 어디서 받아?")[0] == "MIBench의 데이터는 어디서 받아?"


def test_what_nothing_answers_is_refused_in_a_conversation_too(survey: Assistant) -> None:
    last = said(survey, "MIBench는 어떻게 나뉘어?", "오늘 점심은 뭐 먹지?")[-1]
    assert last.answer.abstained and last.question == "오늘 점심은 뭐 먹지?"


def test_half_a_character_in_a_question_is_no_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_library(tmp_path_factory.mktemp("half") / "library") as library:
        question = "What is SPIN\ud83d?"
        answer = library.ask(question)
        assert answer.question == "What is SPIN\ufffd?" and "SPIN" in answer.text
        *_, last = library.stream(question, history=[Exchange("What is AutoIF?", answer)])
        assert "SPIN" in last.answer.text
        assert library.search(question).hits

"""Follow-up questions in both languages, completed from the turns before them, and questions that stay as they are."""

import json
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import seeds
from bench.dialogues import FOLDER, read_dialogues
from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from index.errors import InputError
from index.load import Document, Language, load
from qa.answer import Answer, Citation, Sentence
from qa.category.names import NameFinder
from qa.category.taxonomy import Taxonomy
from qa.converse.complete import MAX_CHARS, Antecedent, Completer, Completion, Exchange
from qa.converse.correct import meant
from qa.converse.phrase import attached, listed, possessive
from qa.converse.things import ThingReader
from qa.converse.turn import about, body, move
from qa.form import put as put_so
from qa.words.bridge import Bridge
from qa.words.particles import closed, put, with_particle

ORCHID = """---
title: "Orchid-9: A Model that Grows"
language: en
---
# Orchid-9: A Model that Grows

Orchid-9 was aligned with RLHF and with DPO.

## Stages {#stages}

Training has three stages: watering, pruning and harvest.

## Pruning {#pruning}

Pruning drops the weakest tenth of the stems. It needs a gardener model.
"""


@pytest.fixture(scope="module")
def orchid(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("orchid") / "orchid.md"
    path.write_text(ORCHID, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def completer(analyser: Analyser, orchid: Document) -> Completer:
    taxonomy = Taxonomy.load(seeds.TAXONOMY)
    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, taxonomy.korean_names())
    things = ThingReader(analyser, bridge, NameFinder(taxonomy), taxonomy)
    return Completer(things, {orchid.doc_id: orchid}.get, lambda: (orchid.title, "패치 적용 방법", "Watering plants"))


def answered(
    question: str,
    *sentences: str,
    items: Sequence[str] = (),
    title: str = "Notes on Alignment",
    path: Sequence[str] = ("Part", "Topic"),
    language: Language = "ko",
    place: tuple[str, str] = ("notes", "topic"),
) -> Exchange:
    """Return a turn with an answer of these sentences and list items, which cites one section."""
    told = [Sentence(text, (0,)) for text in sentences or ("it is told here.",)] + [
        Sentence(item, (0,), "item") for item in items
    ]
    citation = Citation(place[0], title, language, place[1], tuple(path), "it is told here.", 0, 16, None, "notes.md")
    return Exchange(question, Answer(question, language, "other", tuple(told), (citation,), None, (), 0.9))


def abstained(question: str, language: Language = "ko") -> Exchange:
    return Exchange(question, Answer(question, language, "other", (), (), None, (), 0.1))


def of_orchid(question: str, orchid: Document, section: str = "stages") -> Exchange:
    place = next(one for one in orchid.sections if one.section_id == section)
    return answered(
        question, title=orchid.title, path=place.path, language="en", place=(orchid.doc_id, place.section_id)
    )


SPIN_KO = answered("SPIN이 뭐야?")
SPIN_EN = answered("What is SPIN?", language="en")
FOUR = answered("정렬 신호의 출처 네 가지가 뭐야?", items=("귀납 편향", "행동 모방", "모델 피드백", "환경 피드백"))
FOUR_EN = answered(
    "What are the four signals?",
    items=("Inductive bias", "Behavior imitation", "Model feedback", "Environment feedback"),
    language="en",
)
PAIR = answered("SPIN과 CAI의 차이는?")


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("그 방법의 한계는?", "SPIN의 한계는?"),
        ("그거 한계는?", "SPIN 한계는?"),
        ("그건 누가 제안했어?", "SPIN은 누가 제안했어?"),
        ("그게 왜 좋아?", "SPIN이 왜 좋아?"),
        ("걔 성능은?", "SPIN 성능은?"),
        ("해당 기법의 장점은?", "SPIN의 장점은?"),
        ("위의 방법은 어디에 쓰여?", "SPIN은 어디에 쓰여?"),
        ("앞의 방법 단점", "SPIN 단점"),
        ("아까 말한 방법의 한계는?", "SPIN의 한계는?"),
        ("이 방법을 요약하면?", "SPIN을 요약하면?"),
        ("그 논문 제목이 뭐야?", "SPIN 논문 제목이 뭐야?"),
        ("이 논문에서 그 방법을 어떻게 평가해?", "이 논문에서 SPIN을 어떻게 평가해?"),
        ("한계는?", "SPIN의 한계는?"),
        ("그럼 단점은 없어?", "SPIN의 단점은 없어?"),
        ("누구 논문이야?", "SPIN은 누구 논문이야?"),
        ("점수는 얼마나 올랐는데?", "SPIN의 점수는 얼마나 올랐는데?"),
        ("핵심 아이디어가 뭐임", "SPIN은 핵심 아이디어가 뭐임"),
        ("RLHF랑 차이는?", "SPIN과 RLHF의 차이는?"),
        ("DPO보다 나아?", "SPIN은 DPO보다 나아?"),
        ("RLHF보다 안전해?", "SPIN은 RLHF보다 안전해?"),
        ("RLHF랑은?", "SPIN은 RLHF랑 비교하면?"),
        ("왜?", "SPIN이 뭐야? 왜?"),
        ("더 자세히", "SPIN이 뭐야?"),
        ("무슨 말인지 모르겠어", "SPIN이 뭐야?"),
        ("그게 무슨 말이야?", "SPIN이 뭐야?"),
        ("정리해줘", "SPIN이 뭐야? 정리해줘"),
        ("예를 들면?", "SPIN은 예를 들면?"),
        ("RLAIF는?", "RLAIF가 뭐야?"),
        ("다른 방법은?", "Topic의 다른 방법은?"),
    ],
)
def test_korean_turns_after_one_on_a_method(completer: Completer, turn: str, question: str) -> None:
    done = completer.complete(turn, [SPIN_KO])
    assert (done.kind, done.question, done.asked) == ("completed", question, turn)


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("what are its limitations?", "what are SPIN's limitations?"),
        ("and its limitations?", "SPIN's limitations?"),
        ("limitations?", "limitations of SPIN?"),
        ("who proposed it?", "who proposed SPIN?"),
        ("does it need human labels?", "does SPIN need human labels?"),
        ("how does that method differ from RLHF?", "how does SPIN differ from RLHF?"),
        ("How does that one work?", "How does SPIN work?"),
        ("do those methods need labels?", "does SPIN need labels?"),
        ("is this the same as RLHF?", "is SPIN the same as RLHF?"),
        ("what does this paper say about it?", "what does this paper say about SPIN?"),
        ("what hardware did they use", "what hardware did SPIN use"),
        ("compare it with DPO", "compare SPIN with DPO"),
        ("intuition behind?", "intuition behind SPIN?"),
        ("how many layers?", "how many layers in SPIN?"),
        ("and for images?", "for images of SPIN?"),
        ("why?", "What is SPIN? why?"),
        ("explain more", "What is SPIN?"),
        ("is that all?", "What is SPIN?"),
        ("who says that", "What is SPIN? who says that"),
        ("any examples?", "any examples of SPIN?"),
        ("give me an example of that", "give me an example of SPIN"),
        ("what about Llama 3?", "What is Llama 3?"),
        ("is RLAIF better?", "is RLAIF better than SPIN?"),
    ],
)
def test_english_turns_after_one_on_a_method(completer: Completer, turn: str, question: str) -> None:
    done = completer.complete(turn, [SPIN_EN])
    assert (done.kind, done.question, done.asked) == ("completed", question, turn)


def test_what_it_was_completed_with_and_from_which_turn(completer: Completer) -> None:
    history = [SPIN_KO, abstained("고마워")]
    assert completer.complete("한계는?", [SPIN_KO]).antecedents == (Antecedent("SPIN", 0),)
    assert completer.complete("왜?", [SPIN_KO]).antecedents == (Antecedent("SPIN이 뭐야?", 0),)
    assert completer.complete("둘의 차이는?", [*history, answered("Qwen2가 뭐야?")]).antecedents == (
        Antecedent("SPIN", 0),
        Antecedent("Qwen2", 2),
    )


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("두 번째 거 더 자세히", "행동 모방 더 자세히"),
        ("두번째는?", "행동 모방에 대해 알려줘"),
        ("세번째꺼 설명좀", "모델 피드백 설명좀"),
        ("마지막 것은?", "환경 피드백에 대해 알려줘"),
        ("2번 자세히", "행동 모방 자세히"),
        ("첫 번째랑 세 번째 차이", "귀납 편향이랑 모델 피드백 차이"),
        ("처음 거랑 마지막 거 비교해줘", "귀납 편향이랑 환경 피드백 비교해줘"),
        ("두 번째는 편향이 있어?", "행동 모방은 편향이 있어?"),
        ("the second one?", "What is behavior imitation?"),
    ],
)
def test_items_of_a_list(completer: Completer, turn: str, question: str) -> None:
    assert completer.complete(turn, [FOUR]).question == question


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("and the third?", "What is Model feedback?"),
        ("compare the first and the last", "compare Inductive bias and Environment feedback"),
        ("tell me more about the last one", "tell me more about Environment feedback"),
        ("number 2 please", "Behavior imitation please"),
        ("두 번째 거 설명해줘", "행동 모방 설명해줘"),
    ],
)
def test_items_of_an_english_list(completer: Completer, turn: str, question: str) -> None:
    assert completer.complete(turn, [FOUR_EN]).question == question


def test_an_item_goes_by_its_name_without_what_is_told_of_it(completer: Completer) -> None:
    items = ("**가지치기**: 약한 줄기를 자르는 방법", "접붙이기: 두 나무를 하나로 잇는 방법")
    history = [answered("난초를 기르는 방법 두 가지는?", items=items)]
    assert completer.complete("두 번째 거 자세히 설명해줘", history).question == "Topic의 접붙이기 자세히 설명해줘"
    assert completer.complete("첫 번째 거 설명해줘", history).question == "Topic의 가지치기 설명해줘"


def test_what_stands_in_brackets_is_no_list(completer: Completer) -> None:
    told = "Two goals are motivating for gardeners (Locke, 1991; Bandura, 1986), as games show (Gee, 2008)."
    done = completer.complete("마지막 거 설명해줘", [answered("정원 일의 목표는?", told)])
    assert "2008" not in done.question


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("가지치기는 줄기를 어떻게 골라?", "가지치기의 단점은?"),  # its topic, without what it is asked of
        ("가지치기를 단계별로 알려줘", "가지치기의 단점은?"),
        ("SPIN이 RLHF에 뭘 더한 거야?", "SPIN의 단점은?"),
    ],
)
def test_a_topic_is_what_the_question_marks_as_one(completer: Completer, before: str, subject: str) -> None:
    assert completer.complete("단점은?", [answered(before)]).question == subject


def test_an_english_topic_is_without_what_is_said_of_it(completer: Completer) -> None:
    history = [answered("what's wrong with simply overwatering orchidpots?", language="en")]
    assert completer.complete("and its benefits?", history).question == "orchidpots' benefits?"


def test_a_rank_is_no_place_in_a_list(completer: Completer) -> None:
    assert "행동 모방" not in completer.complete("두 번째로 많은 건?", [FOUR]).question
    assert "행동 모방" in completer.complete("두 번째로 나온 거 설명해줘", [FOUR]).question


@pytest.mark.parametrize(
    ("before", "turn", "question"),
    [
        ("방법이 가장 많은 범주는?", "그럼 가장 적은 건?", "방법이 가장 적은 범주는?"),
        ("방법이 가장 많이 나온 해는?", "가장 적은 해는?", "방법이 가장 적게 나온 해는?"),
        ("방법이 제일 많은 범주는?", "반대로 제일 적은 범주는 뭐야?", "방법이 제일 적은 범주는?"),
        ("방법이 가장 많은 범주는?", "두 번째로 많은 건?", "방법이 두 번째로 많은 범주는?"),
        ("점수가 가장 높은 모델은?", "가장 낮은 모델은?", "점수가 가장 낮은 모델은?"),
        ("가장 큰 모델은 몇 B야?", "제일 작은 건?", "제일 작은 모델은 몇 B야?"),
        ("Which category has the most methods?", "and the fewest?", "Which category has the fewest methods?"),
        ("Which category has the most methods?", "and which has the least?", "Which category has the least methods?"),
        ("Which model has the highest score?", "what about the lowest?", "Which model has the lowest score?"),
        ("Which category has the most methods?", "and the second most?", "Which category has the second most methods?"),
        ("What is the largest model?", "and the smallest one?", "What is the smallest model?"),
    ],
)
def test_the_other_end_is_asked_for(completer: Completer, before: str, turn: str, question: str) -> None:
    language: Language = "ko" if turn[-2] > "가" else "en"
    completed = completer.complete(turn, [answered(before, language=language)])
    assert completed.question == question and completed.kind == "completed"


@pytest.mark.parametrize(
    ("before", "turn", "question"),
    [
        ("방법이 가장 많은 범주는?", "가장 많은 건?", "Topic는 가장 많은 건?"),  # asks for the same
        ("방법이 가장 많은 범주는?", "Orchid에서 가장 적은 오차는?", "Orchid에서 가장 적은 오차는?"),
        ("What is the largest model?", "Which paper has the smallest corpus?", "Which paper has the smallest corpus?"),
        ("SPIN이 뭐야?", "가장 적은 건?", "SPIN은 가장 적은 건?"),
    ],
)
def test_where_no_other_end_is_asked_for(completer: Completer, before: str, turn: str, question: str) -> None:
    language: Language = "ko" if turn[-2] > "가" else "en"
    assert completer.complete(turn, [answered(before, language=language)]).question == question


def test_the_next_item_is_asked_the_same(completer: Completer) -> None:
    history = [FOUR, answered("귀납 편향의 한계는?")]
    assert completer.complete("그럼 두 번째는?", history).question == "행동 모방의 한계는?"


def test_an_item_of_the_cited_section(completer: Completer, orchid: Document) -> None:
    history = [of_orchid("How is Orchid-9 trained?", orchid)]
    assert completer.complete("explain the second stage", history).question == "explain pruning of Orchid-9"


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("전자의 한계는?", "SPIN의 한계는?"),
        ("후자는 누가 만들었어?", "Constitutional AI는 누가 만들었어?"),
        ("후자는 원칙이 몇 개", "Constitutional AI는 원칙이 몇 개"),
        ("둘 중 뭐가 더 나아?", "SPIN과 Constitutional AI 중 뭐가 더 나아?"),
        ("이 둘의 차이는?", "SPIN과 Constitutional AI의 차이는?"),
        ("둘 다 사람이 필요해?", "SPIN과 Constitutional AI 둘 다 사람이 필요해?"),
        ("the latter?", "What is CAI?"),
        ("what does the former use?", "what does SPIN use?"),
        ("do both need labels?", "do SPIN and CAI need labels?"),
        ("which one is better?", "which one of SPIN and CAI is better?"),
        ("which is cheaper", "which of SPIN and CAI is cheaper"),
    ],
)
def test_two_side_by_side(completer: Completer, turn: str, question: str) -> None:
    assert completer.complete(turn, [PAIR]).question == question


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("그 둘의 차이는?", "SPIN과 Qwen2의 차이는?"),
        ("처음 거 한계는?", "SPIN 한계는?"),
        ("앞의 거랑 비교하면?", "Qwen2를 SPIN이랑 비교하면?"),
        ("compare it with the first", "compare Qwen2 with SPIN"),
        ("compared to the previous one?", "Qwen2 compared to SPIN?"),
        ("how do they differ?", "how do SPIN and Qwen2 differ?"),
        ("그건 SPIN이랑 뭐가 달라?", "Qwen2는 SPIN이랑 뭐가 달라?"),
    ],
)
def test_two_after_each_other(completer: Completer, turn: str, question: str) -> None:
    assert completer.complete(turn, [SPIN_KO, answered("Qwen2가 뭐야?")]).question == question


def test_another_takes_the_place_of_the_last(completer: Completer) -> None:
    assert completer.complete("Qwen2는?", [answered("라마 3의 토큰 수는?")]).question == "Qwen2의 토큰 수는?"
    english = [answered("How many tokens was Llama 3 trained on?", language="en")]
    assert completer.complete("and Qwen2?", english).question == "How many tokens was Qwen2 trained on?"
    assert completer.complete("Qwen2는?", english).question == "Qwen2 토큰 학습은?"
    history = [answered("Llama 3 405B의 점수는?")]
    assert completer.complete("70B는?", history).question == "Llama 3 70B의 점수는?"
    assert completer.complete("2는?", [answered("시스템 1이 뭐야?")]).question == "시스템 2가 뭐야?"
    assert completer.complete("2세대는?", [answered("챗glm 1세대는 언제 나옴?")]).question == "챗glm 2세대는 언제 나옴?"


@pytest.mark.parametrize(
    ("turn", "language"),
    [
        ("영어로", "en"),
        ("그럼 영어로는?", "en"),
        ("in English please", "en"),
        ("can you answer in english?", "en"),
        ("한국어로", "ko"),
        ("say it in korean", "ko"),
        ("다시 말해줘", "ko"),
        ("again", "en"),
        ("진짜?", None),
        ("영어로 번역해줘", "en"),
        ("번역해줘", "en"),
        ("한국어로 요약해줘", "ko"),
    ],
)
def test_restating_asks_the_last_question_again(completer: Completer, turn: str, language: Language | None) -> None:
    done = completer.complete(turn, [SPIN_EN, answered("라마 3의 한계는?")])
    assert (done.kind, done.question, done.language) == ("completed", "라마 3의 한계는?", language)
    assert done.antecedents == (Antecedent("라마 3의 한계는?", 1),)


def test_a_language_that_is_only_spoken_of_is_not_asked_for(completer: Completer) -> None:
    done = completer.complete("영어로 학습했어?", [answered("라마 3의 한계는?")])
    assert (done.question, done.language) == ("라마 3은 영어로 학습했어?", None)


def test_whether_a_language_is_possible_is_asked_of_the_subject(completer: Completer) -> None:
    done = completer.complete("한국어로도 돼?", [answered("라마 3의 한계는?")])
    assert (done.question, done.language) == ("라마 3의 한국어로도 돼?", None)
    assert (
        completer.complete("영어로도 가능해?", [answered("라마 3의 한계는?")]).language == "en"
    )  # the answer was Korean


def test_a_possessive_is_not_carried_along(completer: Completer) -> None:
    asked = answered("What are SPIN's limitations?", language="en")
    assert "'s" not in completer.complete("for example?", [asked]).question


def test_a_turn_is_completed_in_its_own_language(completer: Completer) -> None:
    assert completer.complete("한계는?", [SPIN_EN]).question == "SPIN의 한계는?"
    assert completer.complete("limitations?", [SPIN_KO]).question == "limitations of SPIN?"
    behavior = answered("What is behavior imitation?", language="en")
    assert completer.complete("한계는?", [behavior]).question == "행동 모방의 한계는?"
    assert (
        completer.complete("and its limits?", [answered("행동 모방이 뭐야?")]).question
        == "behavior imitation's limits?"
    )
    assert completer.complete("더 자세히", [SPIN_EN]).question == "SPIN에 대해 더 자세히"


@pytest.mark.parametrize(
    "turn",
    [
        "이 논문의 한계는?",
        "이 서베이 저자는 몇 명이야?",
        "this survey covers what?",
        "does this paper say why?",
        "How many references do these notes have?",
        "그래서 RLHF가 뭐야?",
        "Qwen2는 몇 개 언어를 지원하고 그 성능은 어때?",
        "When a model judges itself, how does it avoid bias?",
        "RLHF와 RLAIF 이 둘의 차이는?",
        "What are the two branches of self-play and how do they differ?",
        "SPIN의 첫 번째 단계는 뭐야?",
        "What is RLHF?",
        "SPIN",
        "아까 그 SPIN은 누가 만들었어?",
    ],
)
def test_a_question_that_stands_by_itself_stays_to_the_letter(completer: Completer, turn: str) -> None:
    for written in (turn, f"  {turn}\n"):
        for history in ([SPIN_KO], [answered("How many layers does Llama 3 have?", language="en")]):
            done = completer.complete(written, history)
            assert (done.question, done.asked, done.antecedents) == (written, written, ())
            assert done.kind in ("whole", "new topic")


@pytest.mark.parametrize("question", ["보상 모델의 정의는?", "합성 데이터의 뜻은?"])
def test_what_something_is_needs_no_topic(completer: Completer, question: str) -> None:
    assert completer.complete(question, [SPIN_KO]).question == question


def test_a_new_topic_is_noticed(completer: Completer) -> None:
    assert completer.complete("What is RLHF?", [SPIN_KO]).kind == "new topic"
    assert completer.complete("What is SPIN?", [SPIN_KO]).kind == "whole"
    history = [SPIN_KO, answered("Qwen2의 토큰 수는?")]
    assert completer.complete("한계는?", history).question == "Qwen2의 한계는?"


@pytest.mark.parametrize(
    "turn", ["?", "...", "", " ", "고마워", "ok thanks", "ㅋㅋㅋ", "안녕하세요", "how are you doing today?"]
)
def test_what_asks_nothing_stays(completer: Completer, turn: str) -> None:
    assert completer.complete(turn, [SPIN_KO]) == Completion(turn, turn, "whole")


def test_without_history_everything_stays(completer: Completer) -> None:
    for turn in ("한계는?", "and its limits?", "왜?", "둘의 차이는?"):
        assert completer.complete(turn, []) == Completion(turn, turn, "whole")


def test_after_an_abstention_the_topic_before_it_goes_on(completer: Completer) -> None:
    wrong = abstained("how do I bake sourdough bread?", "en")
    for turn, question in (("한계는?", "SPIN의 한계는?"), ("and its limits?", "SPIN's limits?")):
        assert completer.complete(turn, [SPIN_KO, wrong]).question == question
    known = abstained("RLHF의 특허는?")  # not answered, but about something known
    assert completer.complete("한계는?", [SPIN_KO, known]).question == "RLHF의 한계는?"


def test_what_only_the_answer_named_is_the_topic(completer: Completer) -> None:
    asked = answered("자기 자신과 겨루는 방법은 이름이 뭐야?", "SPIN은 모델을 자기 자신과 겨루게 한다.")
    assert completer.complete("한계는?", [asked]).question == "SPIN의 한계는?"


def test_a_question_without_a_name_is_about_the_cited_section(completer: Completer) -> None:
    asked = answered("이건 뭐 하는 거야?", title="Orchid-9: A Model that Grows", path=("2 Stages", "2.1 Pruning"))
    assert completer.complete("왜 필요해?", [asked]).question == "Orchid-9 Pruning은 왜 필요해?"


def test_a_part_of_what_is_cited(completer: Completer, orchid: Document) -> None:
    history = [of_orchid("How was Llama 3 aligned?", orchid)]
    assert completer.complete("RLHF는 썼어?", history).question == "Llama 3의 RLHF는 썼어?"
    assert completer.complete("SPIN은 썼어?", history).kind == "new topic"  # not in the document
    assert completer.complete("did they use RLHF?", history).question == "did Llama 3 use RLHF?"


def test_a_thing_within_a_work_gives_way_to_the_work(completer: Completer, orchid: Document) -> None:
    history = [of_orchid("What is Orchid-9?", orchid), of_orchid("What does the gardener do?", orchid, "pruning")]
    assert completer.complete("who wrote the code?", history).question == "who wrote the code in Orchid-9?"


def test_a_benchmark_narrows_only_scores(completer: Completer) -> None:
    history = [answered("라마 3의 MMLU 점수는?")]
    assert completer.complete("GSM8K는?", history).question == "라마 3의 GSM8K 점수는?"
    assert completer.complete("학습 토큰은?", history).question == "라마 3의 학습 토큰은?"


def test_fifty_turns(completer: Completer) -> None:
    history = [answered(f"Llama {number}의 한계는?") for number in range(50)]
    done = completer.complete("왜 그런 한계가 있어?", history)
    assert (done.question, done.antecedents) == ("왜 Llama 49의 한계가 있어?", (Antecedent("Llama 49", 49),))
    older = [SPIN_KO, *(abstained("음식이 맛있네요") for _ in range(49))]
    assert "SPIN" not in completer.complete("한계는?", older).question


@pytest.mark.parametrize(
    "turn",
    [
        "{0} {question}",
        "한계는? {topic}",
        "그 {0}의 한계는?",
        "%s %d 그거",
        "\\1 its \\g<0>",
        "it's $1 `it`",
        "<b>그거</b>",
    ],
)
def test_braces_and_marks_are_only_text(completer: Completer, turn: str) -> None:
    history = [answered("{x} \\1 SPIN %s이 뭐야?")]
    done = completer.complete(turn, history)
    assert done.asked == turn
    assert done.kind != "completed" or "SPIN" in done.question


@pytest.mark.parametrize(
    "piece", ["그거 ", "왜", "it ", "다시 ", "the second ", "랑 ", "( ", "더", "- ", "그 방법의 ", "a1", "는?"]
)
def test_long_and_repeated_texts_take_no_time(completer: Completer, piece: str) -> None:
    for times in (MAX_CHARS // len(piece), 2_000):
        text = piece * times
        started = time.process_time()
        done = completer.complete(text, [answered(text), SPIN_KO])
        completer.complete("한계는?", [SPIN_KO, answered(text, text, items=(text, text))])
        assert time.process_time() - started < 2
        assert len(text) <= MAX_CHARS or done == Completion(text, text, "whole")


def test_it_is_deterministic(completer: Completer) -> None:
    history = [SPIN_KO, FOUR, PAIR]
    for turn in ("한계는?", "두 번째는?", "둘의 차이는?", "what about the third?"):
        assert completer.complete(turn, history) == completer.complete(turn, history)


def test_spelling_out_of_form_is_read_the_same(completer: Completer) -> None:
    decomposed = unicodedata.normalize("NFD", "한계는?")
    assert completer.complete(decomposed, [SPIN_KO]).question == "SPIN의 한계는?"
    assert completer.complete(" 그거 \n  한계는? ", [SPIN_KO]).question == "SPIN 한계는?"
    assert completer.complete("그  거기서 \n 한계는?", [SPIN_KO]).asked == "그  거기서 \n 한계는?"


@pytest.mark.parametrize(
    ("word", "particle", "whole"),
    [
        ("SPIN", "는", "SPIN은"),
        ("라마", "은", "라마는"),
        ("라마 3", "는", "라마 3은"),
        ("Qwen2", "은", "Qwen2는"),
        ("Self-Instruct", "과", "Self-Instruct와"),
        ("StructEval", "와", "StructEval과"),
        ("한글", "으로", "한글로"),
        ("정렬", "으로", "정렬로"),
        ("편향", "로", "편향으로"),
        ("GPT-4", "이", "GPT-4가"),
        ("CAI (2022)", "을", "CAI (2022)를"),
        ("RLHF", "에서", "RLHF에서"),
    ],
)
def test_particles_fit(word: str, particle: str, whole: str) -> None:
    assert with_particle(word, particle) == whole


def test_phrases() -> None:
    assert put("그거는 왜 좋아?", 0, 2, "SPIN") == "SPIN은 왜 좋아?"
    assert put("그거랑 비교", 0, 2, "라마") == "라마랑 비교"
    assert attached("누가 만들었어?", "SPIN", "ko") == "SPIN은 누가 만들었어?"
    assert attached("요약해줘", "라마", "ko") == "라마를 요약해줘"
    assert attached("what do reviewers say?", "AutoIF", "en") == "what do reviewers say about AutoIF?"
    assert attached("who wrote", "AGI paper", "en") == "who wrote in the AGI paper?"
    assert (possessive("SPIN"), possessive("AGI paper"), possessive("models")) == (
        "SPIN's",
        "the AGI paper's",
        "models'",
    )
    assert (listed(["a", "b"], "en"), listed(["라마", "SPIN"], "ko")) == ("a and b", "라마와 SPIN")
    assert not closed("") and not closed("()") and closed("값")


def test_turns_by_themselves() -> None:
    assert (body("그럼 왜?"), body("and why?"), body("그럼?")) == ("왜?", "why?", "그럼?")
    assert move("더 자세히 설명해줘") == ("more", None) and move("in korean") == ("again", "ko")
    assert move("왜 RLHF를 써?") is None and move("examples of RLHF?") is None
    found = about("what about the Llama 3 then?", "en")
    assert found and (found.topic, found.marked, found.same) == ("Llama 3", True, False)


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("아니, SPIN 말고 RLHF", "RLHF?"),
        ("SPIN 말고 RLHF는?", "RLHF?"),
        ("SPIN이 아니라 RLHF", "RLHF?"),
        ("아 미안 RLHF로", "RLHF?"),
        ("RLHF 말이야", "RLHF?"),
        ("not SPIN, RLHF", "RLHF?"),
        ("I said RLHF not SPIN", "RLHF?"),
        ("I meant the RLHF", "RLHF?"),
        ("SPIN 말고 RLHF의 저자는?", "RLHF의 저자는?"),
        ("Qwen2 말고 Llama 3 70B", "Llama 3 70B?"),
        # nothing is put right
        ("JSON 말고 폼 데이터를 보내려면 어떤 인자를 쓰나요?", "JSON 말고 폼 데이터를 보내려면 어떤 인자를 쓰나요?"),
        ("SPIN 말고 다른 방법은?", "SPIN 말고 다른 방법은?"),
        ("RLHF로", "RLHF로"),
        ("아니 왜?", "아니 왜?"),
        ("why not?", "why not?"),
    ],
)
def test_what_is_put_right(turn: str, said: str) -> None:
    assert meant(turn) == said


@pytest.mark.parametrize(
    ("before", "turn", "question"),
    [
        ("SPIN의 한계는?", "아니, SPIN 말고 RLHF", "RLHF의 한계는?"),
        ("What are the limits of SPIN?", "I meant RLHF", "What are the limits of RLHF?"),
        ("RLHF의 한계는?", "MIBench 말이야", "MIBench의 한계는?"),
        ("저자 누구야?", "아 미안 RLHF로", "RLHF는 저자 누구야?"),
    ],
)
def test_a_correction_asks_the_last_question_of_what_was_meant(
    completer: Completer, before: str, turn: str, question: str
) -> None:
    assert completer.complete(turn, [answered(before)]).question == question


@pytest.mark.parametrize(
    ("first", "second", "turn", "question"),
    [
        ("What is the MMLU of Qwen2-72B?", "What is the MMLU of Llama 3 70B?", "so which is better?",
         "What is the MMLU of Qwen2-72B and Llama 3 70B?"),
        ("What is the MMLU of Qwen2-72B?", "What is the MMLU of Llama 3 70B?", "put them side by side",
         "What is the MMLU of Qwen2-72B and Llama 3 70B?"),
        ("What is RLCD?", "What is ALMoST?", "which one came first?", "which one of RLCD and ALMoST came first?"),
        ("RLCD가 뭐야?", "ALMoST가 뭐야?", "뭐가 먼저 나왔어?", "RLCD와 ALMoST 중 뭐가 먼저 나왔어?"),
        ("What is RLCD?", "What is ALMoST?", "so which is better?", "which of RLCD and ALMoST is better?"),
        ("What is RLCD?", "What is ALMoST?", "side by side please", "Compare RLCD and ALMoST"),
        ("라마 3 70B MMLU 점수는?", "Qwen2-72B MMLU 점수는?", "어느 쪽이 높아?", "라마 3 70B와 Qwen2-72B MMLU 점수는?"),
        ("라마 3 70B MMLU 점수는?", "Qwen2-72B MMLU 점수는?", "나란히 보여줘", "라마 3 70B와 Qwen2-72B MMLU 점수는?"),
        ("GLM-4 문맥 길이는 얼마야?", "Qwen2 문맥 길이는 얼마야?", "더 긴 건 뭐야?", "GLM-4와 Qwen2 문맥 길이는 얼마야?"),
    ],
)  # fmt: skip
def test_of_two_that_were_asked_alike_one_may_be_better(
    completer: Completer, first: str, second: str, turn: str, question: str
) -> None:
    told = "Llama 3 70B scores 95.1 on GSM8K and 68.0 on MATH."
    assert completer.complete(turn, [answered(first), answered(second, told)]).question == question


@pytest.mark.parametrize(
    ("before", "turn", "question"),
    [
        ("그래도 논문은 읽어야지. SPIN이 뭐야?", "한계는?", "SPIN의 한계는?"),  # what does not ask names nothing
        ("SPIN은 언제 나온 거야?", "링크 줘", "SPIN의 링크 줘"),
        (
            "Llama 3, Qwen2, GLM-4 학습 토큰 수 알려줘",
            "셋 중에 제일 많은 건?",
            "Llama 3, Qwen2, GLM-4 학습 토큰 수 알려줘",
        ),
        ("Llama 3는 DPO에서 뭘 바꿨어?", "Qwen2는 어떻게 했는데?", "Qwen2는 DPO에서 뭘 바꿨어?"),
        ("What is Llama 3?", "post-training in particular", "post-training of Llama 3?"),
        ("summarize this paper", "how fast is it?", "how fast is this paper?"),
        ("행동 모방의 약점은?", "어떻게 해결해?", "행동 모방의 약점은 어떻게 해결해?"),
        ("What are the limits of SPIN?", "how can they be fixed?", "how can limits of SPIN be fixed?"),
        ("Tell me about 2407.08642", "who wrote it?", "who wrote 2407.08642?"),
    ],
)
def test_what_a_turn_leans_on(completer: Completer, before: str, turn: str, question: str) -> None:
    assert completer.complete(turn, [answered(before)]).question == question


def test_where_an_answer_stands_is_said() -> None:
    whole = answered("SPIN이 뭐야?", "SPIN is one.", "SPIN is two.").answer
    told = put_so(whole, "source")
    assert told.sentences == whole.sentences and all(one.title in told.notice for one in whole.citations)
    assert "[1]" in told.notice


def test_each_is_asked_of_all_items_that_are_names(completer: Completer) -> None:
    steps = answered(
        "행동 모방은 어떻게 나뉘어?", "행동 모방은 2단계이다: 지시문을 모으고, 대상 모델이 그 신호를 모방한다."
    )
    assert completer.complete("각각 설명해줘", [steps]).question == "행동 모방의 각각 설명해줘"  # clauses are no names
    kinds = answered("What are the kinds?", items=["generator-discriminator", "debate"])
    asked = completer.complete("explain each", [kinds])
    assert asked.question == "explain generator-discriminator and debate each"
    assert [one.text for one in asked.antecedents] == ["generator-discriminator", "debate"]


def test_what_a_numbered_one_does_is_asked_of_the_item(completer: Completer) -> None:
    four = answered("What are the families?", items=["inductive bias", "behavior imitation", "model feedback"])
    asked = completer.complete("What does the second one rely on?", [four])
    assert asked.question == "What does behavior imitation rely on?"
    since = answered("Since RLHF is known, who made it?")
    assert completer.complete("what is it then?", [since]).question == "what is RLHF then?"


@pytest.mark.parametrize(
    ("turn", "asked"),
    [
        ("What are the limits of MIBench?", "What are the limits of MIBench?"),
        ("any gotchas with MIBench?", "any gotchas with MIBench?"),
        ("MIBench의 단점은?", "MIBench의 단점은?"),
        ("score on MIBench?", "score on MIBench of Qwen2?"),
    ],
)
def test_weak_points_are_those_of_the_benchmark_not_of_the_model_before(
    completer: Completer, turn: str, asked: str
) -> None:
    assert completer.complete(turn, [answered("What is Qwen2?")]).question == asked


@pytest.mark.parametrize(
    ("turn", "form"),
    [
        ("짧게", "short"),
        ("더 짧게 요약해줘", "short"),
        ("한 문장으로", "short"),
        ("too long, summarize", "short"),
        ("make that one sentence", "short"),
        ("one line please", "short"),
        ("thanks! and shorter please", "short"),
        ("한 문장으로 줄여 주시겠습니까?", "short"),
        ("표로 정리해줘", "other"),
        ("put that in a table", "other"),
        ("put them side by side in a table", "other"),
        ("make that a table", "other"),
        ("make it a list please", "other"),
        ("bullet points please", "other"),
        ("표로", "other"),
        ("표로 줘", "other"),
        ("더 쉽게 설명해 주시겠습니까?", "other"),
        ("쉽게 설명해줘", "other"),
        ("explain like I'm five", "other"),
        ("I don't understand", "other"),
        ("더 자세히", "more"),
        ("그리고?", "more"),
        ("또 있어?", "more"),
        ("그게 다야?", "more"),
        ("정리해줘", None),
        ("출처 보여줘", "source"),
        ("근거 문장이 어디 있어?", "source"),
        ("where does it say that?", "source"),
        ("source?", "source"),
    ],
)
def test_another_form_is_no_part_of_the_question(completer: Completer, turn: str, form: str | None) -> None:
    done = completer.complete(turn, [answered("SPIN이 뭐야?")])
    assert (done.kind, done.form) == ("completed", form)
    assert form is None or done.question == "SPIN이 뭐야?"


def test_short_is_the_first_sentence_and_lists_stay_whole() -> None:
    whole = answered("SPIN이 뭐야?", "SPIN is one.", "SPIN is two.").answer
    short = put_so(whole, "short")
    assert ([one.text for one in short.sentences], len(short.citations)) == (["SPIN is one."], 1)
    assert put_so(whole, None) is whole and put_so(whole, "more") is whole
    told = put_so(whole, "other")
    assert (told.sentences, told.notice[:2]) == (whole.sentences, "답은")
    assert put_so(replace(whole, notice="따로 답합니다."), "other").notice.startswith("따로 답합니다. 답은")
    listed = replace(whole, sentences=tuple(replace(one, form="item") for one in whole.sentences))
    assert put_so(listed, "short").sentences == listed.sentences


def test_the_dialogues_can_be_read() -> None:
    for name, least in (("dev", 120), ("test", 40)):
        dialogues = read_dialogues(FOLDER / f"{name}.jsonl")
        assert len(dialogues) >= least and len({one.dialogue_id for one in dialogues}) == len(dialogues)
        for dialogue in dialogues:
            assert 3 <= len(dialogue.turns) <= 5, dialogue.dialogue_id
            assert dialogue.turns[0].alone is not False
            for turn in dialogue.turns:
                assert not turn.alone or turn.intended == turn.question, turn.question


def test_the_test_dialogues_are_others() -> None:
    def opening(name: str) -> set[str]:
        return {one.turns[0].question for one in read_dialogues(FOLDER / f"{name}.jsonl")}

    assert not opening("dev") & opening("test")


def test_a_dialogue_out_of_form(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"id": "d1", "turns": [{"question": "why?"}]}), encoding="utf-8")
    with pytest.raises(InputError, match=r"d\.jsonl:1: a dialogue lacks or misspells 'language'; write it as"):
        read_dialogues(path)


def test_a_cited_document_that_is_gone(completer: Completer) -> None:
    assert completer.complete("두 번째 거는?", [SPIN_KO]).question == "SPIN의 두 번째 거는?"


def test_what_the_title_of_another_document_names_is_asked_about_by_itself(
    completer: Completer, orchid: Document
) -> None:
    history = [of_orchid("What is Orchid-9?", orchid)]
    for turn in ("패치에는 어떤 종류가 있나요?", "패치는 어떻게 해?"):
        assert completer.complete(turn, history).kind == "new topic"
    assert (
        completer.complete("데이터에는 어떤 종류가 있나요?", history).question
        == "Orchid-9의 데이터에는 어떤 종류가 있나요?"
    )
    assert completer.complete("what about watering?", history).kind == "completed"  # which this one tells of, too

"""One text alone is asked what it is about, who wrote it, what it concludes: by scope, arXiv id or as added last."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.storage.record import DocumentCard
from qa import open_library
from qa.ask import Assistant
from qa.question.itself import part_asked, telling
from qa.question.scope import Within, text_named, ways_to_ask, without_scores
from tests.made import said

PAPER = """---
title: Moss grows on walls, a survey
authors: [Ada Fern, Bo Lichen]
arxiv: 2501.01234
language: en
---

# Moss grows on walls, a survey

Ada Fern, Bo Lichen, Institute of Stones. Published at the conference on walls.

## Abstract

We measured how moss grows on north walls in eleven towns. Moss covers a wall twice as fast where the wall is rough.
Sun slows it down.

## 1. Introduction

Walls are everywhere, and moss lives on many of them. However, nobody had counted it before.

## 2. Limits of lichen

Lichen is limited by dry air, which we do not study here, though lichen and moss often share a wall in wet towns.

## 3. Limitations

We looked at north walls only. Towns by the sea are not among the eleven, and so nothing is known about salt and moss.

## 4. Conclusion

We found that rough walls gather moss quickly. Whoever wants a clean wall should plaster it and give it some light every single day.

## References

[1] A. Fern. On ferns and where they were found growing in the woods. Journal of Ferns, 2019.
"""
NOTE = """# 정원 일지

## 봄

봄에는 튤립과 수선화를 심었고, 비가 자주 와서 물을 따로 주지 않아도 되었으며 새싹이 일찍 올라왔다.

## 여름

여름에는 토마토가 잘 자랐지만 진딧물이 많아서 무당벌레를 풀어 두었더니 한 달 만에 거의 사라졌다.
"""


REVIEW = """# GRPOX: 그룹 상대 정책

## 1. 정의

GRPOX는 그룹의 평균으로 보상을 상대화하는 방법이다.

## 8. 한계점 및 후속 연구

### 8.1 지금 남은 것

1. **표본 비용**: 여러 번 뽑아야 한다
   - 네 배의 생성이 필요하다
2. **보상 설계**: 보상이 드물면 어렵다
   - 모델이 채점할 수도 있다
3. **크기 고르기**: 과제마다 다르다
   - 여덟이 흔하다
4. **긴 글**: 분산이 커진다

### 8.2 뒤이은 것

- **GRPOX + Process**: 단계마다 보상을 준다
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("itself")
    (folder / "moss.md").write_text(PAPER, encoding="utf-8")
    (folder / "garden.md").write_text(NOTE, encoding="utf-8")
    (folder / "grpox.md").write_text(REVIEW, encoding="utf-8")
    with open_library(folder / "library") as opened:
        opened.add([str(folder / "moss.md")])
        opened.add([str(folder / "grpox.md")])
        opened.add([str(folder / "garden.md")])
        yield opened


def moss(assistant: Assistant) -> list[str]:
    return [card.doc_id for card in assistant.documents() if "Moss" in card.title]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("이 논문 요약해줘", "Abstract"),
        ("요약", "Abstract"),
        ("what is this paper about?", "Abstract"),
        ("Summarize", "Abstract"),
        ("이 문서는 뭐에 대한 거야?", "Abstract"),
        ("tell me about this paper", "Abstract"),
        ("key findings?", "4. Conclusion"),
        ("이 글은 뭘 제안했어?", "Abstract"),
        ("what problem does this paper solve?", "1. Introduction"),
        ("어떤 방법을 썼어?", "Abstract"),
        ("결론은?", "4. Conclusion"),
        ("What does this paper conclude?", "4. Conclusion"),
        ("What are the limitations of this paper?", "3. Limitations"),
        ("이 논문의 한계는?", "3. Limitations"),
    ],
)
def test_headings_say_where_a_text_tells_of_itself(assistant: Assistant, question: str, heading: str) -> None:
    answer = assistant.ask(question, within=moss(assistant))
    assert answer.sure and {citation.section[-1] for citation in answer.citations} == {heading}
    assert answer.question == question


@pytest.mark.parametrize("question", ["GRPOX의 한계는?", "What are the limitations of GRPOX?", "grpox 단점 알려줘"])
def test_a_text_that_is_named_among_others_is_asked_of_itself(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.sure and {citation.section[-1] for citation in answer.citations} == {"8.1 지금 남은 것"}
    told = " ".join(sentence.text for sentence in answer.sentences)
    assert all(limit in told for limit in ("표본 비용", "보상 설계", "크기 고르기", "긴 글"))  # the list as a whole


def test_a_method_is_told_from_where_it_is_proposed() -> None:
    texts = ["Fine-tuning is a method.", "That model fails.", "We propose Moss, a new approach.", "It uses walls."]
    assert telling("method", texts) == [2, 3]
    assert telling("method", texts[:2]) == [0, 1]


def test_one_text_is_named_by_what_its_title_begins_with() -> None:
    titles = {"a": "MIBench: Many Images", "b": "PPO", "c": "PPO", "d": "Plain words: more"}
    cards = [card(name, name, title, 1) for name, title in titles.items()]
    assert text_named("MIBench의 데이터는?", cards) == ["a"]
    assert text_named("how large is mibench?", cards) == ["a"]
    assert text_named("PPO의 한계는?", cards) is None  # two works are called so
    assert text_named("MIBench and PPO?", cards) is None
    assert text_named("MIBench2의 데이터는?", cards) is None
    assert text_named("Plain words?", cards) is None


def test_a_score_goes_by_no_word_in_a_table() -> None:
    assert without_scores("R1-Zero의 AIME 점수는 얼마야?") == "R1-Zero의 AIME 얼마야?"
    assert without_scores("What score does Qwen get on MMLU?") == "What does Qwen get on MMLU?"
    assert without_scores("점수화는 어떻게 해?") == "점수화는 어떻게 해?"


def test_a_score_of_a_model_on_a_benchmark_is_found_in_a_table(tmp_path: Path) -> None:
    text = (
        "# BENCHX: 결과\n\n## 모델\n\nBERT-Zero와 BERT-One은 순수하게 학습한 모델이다.\n\n"
        "## 결과\n\n| 모델 | AIME | MATH |\n| - | - | - |\n| BERT-Zero | 71.0% | 85.5% |\n| BERT-One | 79.8% | 97.3% |\n"
    )
    (tmp_path / "bench.md").write_text(text, encoding="utf-8")
    with open_library(tmp_path / "library") as opened:
        opened.add([str(tmp_path / "bench.md")])
        answer = opened.ask("BERT-Zero의 MATH 점수는?")
    assert [sentence.text for sentence in answer.sentences] == [
        *("BERT-Zero · MATH: 85.5%", "| 모델 | AIME | MATH |", "| BERT-Zero | 71.0% | 85.5% |"),
    ]


def test_its_authors_are_told_and_no_others(assistant: Assistant) -> None:
    answer = assistant.ask("저자는?", within=moss(assistant))
    assert answer.sure and "Ada Fern" in answer.sentences[0].text
    garden = [card.doc_id for card in assistant.documents() if "정원" in card.title]
    assert assistant.ask("저자는?", within=garden).abstained
    assert assistant.ask("결론은?", within=garden).abstained  # no heading says so
    about = assistant.ask("뭐에 대한 글이야?", within=garden)
    assert about.sure and about.citations[0].section[-1] == "봄"  # where it begins


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("2501.01234 요약해줘", "Abstract"),
        ("summarize arXiv:2501.01234v2", "Abstract"),
        ("2501.01234의 결론은?", "4. Conclusion"),
        ("What does 2501.01234 say about lichen?", "2. Limits of lichen"),
    ],
)
def test_an_arxiv_id_names_the_text_that_is_asked(assistant: Assistant, question: str, heading: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations[0].section[-1] == heading and answer.question == question
    assert {citation.doc_id for citation in answer.citations} == set(moss(assistant))


@pytest.mark.parametrize("question", ["방금 추가한 글 요약해줘", "summarize the document I just added", "내 문서 요약"])
def test_what_was_added_last_is_asked_alone(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).citations[0].title == "정원 일지"


def test_without_one_text_the_survey_is_this_paper(assistant: Assistant) -> None:
    assert assistant.ask("이 논문 요약해줘").citations[0].doc_id.startswith("2406.01252")
    assert assistant.ask("2501.99999 요약해줘").abstained  # it is not in the Library


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("요약해줘", "summary"),
        ("이 논문의 핵심 내용은 뭐야?", "summary"),
        ("who wrote this?", "authors"),
        ("결론이 뭐야?", "conclusion"),
        ("SPIN의 한계는?", None),
        ("How does moss grow?", None),
        ("이 논문에서 이끼는 어떻게 자라?", None),
        ("What does the paper conclude about moss?", None),
    ],
)
def test_what_is_asked_of_a_text_as_such(assistant: Assistant, question: str, part: str | None) -> None:
    assert part_asked(question, assistant.library.analyser) == part


def card(doc_id: str, work: str, title: str, row: int) -> DocumentCard:
    return DocumentCard(doc_id, work, title, "en", doc_id, "0", None, 1, 1, row, work)


def test_what_is_shipped_was_not_added() -> None:
    added, later = "방금 추가한 논문 요약해줘", replace(card("s", "s", "On moss", 99), source="seeds/s.en.md")
    assert ways_to_ask(added, None, lambda _: [later]) == [(added, None)]
    both = [later, card("b", "b", "On walls", 9)]
    assert ways_to_ask(added, None, lambda _: both) == [("이 논문 요약해줘", ["b"]), (added, None)]


def test_a_text_goes_by_the_name_in_its_title() -> None:
    cards = [
        card("a.en", "2407.00001", "MossNet: a network", 3),
        card("a.ko", "2407.00001", "모스넷", 4),
        card("b", "b", "On walls", 9),
    ]

    def asked(question: str, within: list[str] | None = None) -> list[tuple[str, Within]]:
        return ways_to_ask(question, within, lambda ids: [c for c in cards if ids is None or c.doc_id in ids])

    both = ["a.en", "a.ko"]
    licence = "2407.00001의 라이선스는?"
    assert asked(licence) == [("이 논문의 라이선스는?", both), ("MossNet의 라이선스는?", both), (licence, None)]
    assert asked("the paper's licence?", both) == [("the paper's licence?", both), ("MossNet licence?", both)]
    assert asked("이 논문 라이선스는?", ["b"]) == [("이 논문 라이선스는?", ["b"])]  # its title begins with no name
    assert asked("이 논문 라이선스는?") == [("이 논문 라이선스는?", None)]
    assert asked("2407.00001 and 2407.00002") == [("2407.00001 and 2407.00002", None)]
    assert asked("version 2407.000011 of 12407.00001") == [("version 2407.000011 of 12407.00001", None)]
    added = "방금 추가한 논문 요약해줘"
    assert asked(added) == [("이 논문 요약해줘", ["b"]), (added, None)]


@pytest.mark.parametrize(
    ("turns", "headings"),
    [
        (["2501.01234 요약해줘", "저자는?", "결론은?"], ["Abstract", None, "4. Conclusion"]),
        (["How does moss grow on walls?", "what are the limitations of this paper?"], [None, "3. Limitations"]),
        (["2501.01234 요약해줘", "더 자세히"], ["Abstract", "1. Introduction"]),
        (["방금 추가한 글 요약해줘", "저자는?", "이 글 요약해줘"], ["봄", "", "봄"]),  # the second is refused
        (["SPIN이 뭐야?", "방금 추가한 글 요약해줘"], [None, "봄"]),
        (
            ["2501.01234 요약해줘", "결론은?", "더 자세히"],
            ["Abstract", "4. Conclusion", "4. Conclusion"],
        ),  # no references
    ],
)
def test_the_text_that_was_spoken_about_is_asked_further(
    assistant: Assistant, turns: list[str], headings: list[str | None]
) -> None:
    for reply, turn, heading in zip(said(assistant, *turns), turns, headings, strict=True):
        first = next(iter(reply.answer.citations), None)
        assert heading is None or (first.section[-1] if first else "") == heading, turn
        assert reply.question == turn or turn == "더 자세히"  # nothing is put in the place of the text


def test_in_the_scope_of_one_text_a_turn_is_not_completed(assistant: Assistant) -> None:
    history = said(assistant, "How fast does moss cover a rough wall?", "결론은?", within=moss(assistant))
    assert (history[1].question, history[1].answer.citations[0].section[-1]) == ("결론은?", "4. Conclusion")


def test_this_paper_is_the_one_spoken_about_but_for_the_survey(assistant: Assistant) -> None:
    def cited(*turns: str) -> str:
        return said(assistant, *turns)[-1].answer.citations[0].doc_id

    assert cited("MIBench가 뭐야?", "이 논문 저자는?").startswith("2407.15272")
    assert cited("MIBench가 뭐야?", "이 서베이 저자는?").startswith("2406.01252")
    assert cited("SPIN이 뭐야?", "이 논문 저자는?").startswith("2406.01252")


def test_of_a_text_of_ones_own_its_parts_are_suggested(assistant: Assistant) -> None:
    answer = assistant.ask("How does moss grow on walls?")
    suggested = assistant.suggest(answer, [answer.question])
    assert suggested[0] in ("What does this document propose?", "What does this document conclude?")
    assert "What are the limitations of this document?" in suggested
    shipped = assistant.ask("What is SPIN?")
    assert not any("this document" in one for one in assistant.suggest(shipped, [shipped.question]))

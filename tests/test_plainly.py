"""Weak and strong points that are asked for in everyday words are asked for in plain ones."""

from collections import Counter
from pathlib import Path

import pytest

from bench.everyday import QUESTIONS, verdict
from qa import Answer, open_library
from qa.ask import Assistant
from qa.evaluation.questions import rows


@pytest.mark.parametrize(
    ("question", "plainly"),
    [
        ("Where does AutoIF fall apart?", "What are the limits of AutoIF?"),
        ("what's the catch with MIBench", "What are the limits of MIBench?"),
        ("any pitfalls of StructEval?", "What are the limits of StructEval?"),
        ("how do people deal with noisy teachers", "What is the remedy for noisy teachers?"),
        ("What can be done about reward hacking?", "What is the remedy for reward hacking?"),
        ("how is length bias dealt with?", "What is the remedy for length bias?"),
        ("AutoIF는 뭐가 별로야?", "AutoIF의 한계는?"),
        ("합성 데이터에 허점은 없나?", "합성 데이터의 한계는?"),
        ("MIBench의 아쉬운 점 좀", "MIBench의 한계는?"),
        ("Where does GLM-4 really shine?", "What are the strengths of GLM-4?"),
        ("why would I use AutoIF, what makes it great?", "What are the strengths of AutoIF?"),
        ("StructEval은 뭐가 그렇게 좋은 거야?", "StructEval의 강점은?"),
        ("AutoIF의 매력은?", "AutoIF의 강점은?"),
        (
            "I am skeptical of AutoIF. How would you defend it?",
            "What are the strengths of AutoIF?",
        ),  # what is said last
    ],
)
def test_everyday_words_are_put_plainly(assistant: Assistant, question: str, plainly: str) -> None:
    assert assistant.quoter.speaker.plainly(question) == plainly


@pytest.mark.parametrize(
    "question",
    [
        "What are the limitations of AutoIF?",  # plain as it is
        "AutoIF의 단점은?",
        "What is AutoIF?",
        "Which problem does AutoIF solve?",
        "Which model is good at MIBench?",
        "MIBench에서 제일 잘하는 모델은?",
        "How much better did AutoIF get?",
        "What are its pitfalls?",  # of nothing
        "Where do AutoIF and SPIN fall apart?",  # of two things
        "How does MIBench handle bad answers?",
    ],
)
def test_what_asks_for_something_else_is_left_alone(assistant: Assistant, question: str) -> None:
    assert assistant.quoter.speaker.plainly(question) is None


def told(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_both_are_answered_alike(tmp_path: Path) -> None:
    with open_library(tmp_path / "library") as library:
        everyday, plain = library.ask("any gotchas with StructEval?"), library.ask("What are the limits of StructEval?")
        assert told(everyday) == told(plain) != []
        assert everyday.question == "any gotchas with StructEval?"
        known = library.ask("What problem with human values is named in the environment feedback discussion?")
        assert {citation.section_id for citation in known.citations} == {"environment-feedback-discussion"}


def test_the_bench_judges_what_is_told_first(tmp_path: Path) -> None:
    with open_library(tmp_path / "library") as library:
        limits = library.ask("What are the limits of StructEval?")
    assert verdict(limits, "limits", "2408.03281") == "right"
    assert verdict(limits, "strengths", "2408.03281") == "wrong"
    assert verdict(limits, "limits", "2407.15272") == "wrong"


def test_questions_of_the_bench_are_of_three_kinds_in_both_languages() -> None:
    for name in ("dev", "test"):
        asked = [row for _, row in rows(QUESTIONS / f"{name}.jsonl")]
        assert Counter((row["asks"], row["language"]) for row in asked) == {
            **{(side, language): 25 for side in ("limits", "strengths") for language in ("ko", "en")},
            **{("else", language): 30 for language in ("ko", "en")},
        }
        assert all(row["question"].count("{X}") == 1 for row in asked)

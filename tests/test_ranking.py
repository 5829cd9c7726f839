"""What is the highest or the lowest in a table: the app says it of the rows that it shows, and only where it is asked."""

from collections import Counter
from pathlib import Path

import pytest

from bench.tables import QUESTIONS, is_said, is_shown, is_told
from qa import Answer, open_library
from qa.ask import Assistant
from qa.evaluation.questions import rows
from qa.reading.cite import Draft, cite
from tests.made import library_of, said

ORCHID = """# Orchid: models that grow

## Base models {#base}

Accuracy of base models, five shots.

| Model | Params | MMLU | GSM8K | Pile (loss) | Speed (tokens/s) |
|:--|--:|:-:|:-:|:-:|:-:|
| Fern-7B | 7B | 61.2 | 40.5 | 1.92 | 54.1 |
| Fern-13B | 13B | 66.8 | **52.1** | 1.80 | 40.0 |
| Moss-7B | 7B | 63.0 | 44.4 | 1.75 | 71.3 |
| **Orchid-9B** | 9B | **70.4** | 50.9 | **1.61** | - |

## Chat models {#chat}

| | Benchmark | Fern-13B-Chat | Moss-7B-Chat | Orchid-9B-Chat |
|-|-|-|-|-|
| English | IFEval (strict) | 55.1 | 60.2 | **71.9** |
| | TruthfulQA | **58.3** | 51.0 | 57.7 |
| Math | MATH-500 | 30.0 | 35.5 | 48.2 |

## Running {#running}

The best way to run Orchid is the vendor's container. Most users need one card.
"""
KOREAN = """# 난초 모형 보고서

## 한국어 평가 {#korean}

| 모형 | NSMC (acc) | KorNLI (acc) |
|-|-|-|
| 이끼-소형 | 88.1 | 76.4 |
| 고사리-대형 | 90.2 | 80.9 |
| 난초-중형 | 89.6 | **82.3** |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library_of(tmp_path_factory.mktemp("ranking"), {"orchid": ORCHID, "korean": KOREAN})


OWN = {"orchid", "korean"}


def lead(answer: Answer) -> str:
    return answer.sentences[0].text if answer.sentences and answer.sentences[0].form == "lead" else ""


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Which model scores highest on MMLU?", "The highest under “MMLU” is Orchid-9B with 70.4 (of 4 values)."),
        ("MMLU 점수가 제일 높은 모델은?", "‘MMLU’에서 가장 높은 값은 Orchid-9B의 70.4입니다(견준 값 4개)."),
        ("lowest GSM8K score?", "The lowest under “GSM8K” is Fern-7B with 40.5 (of 4 values)."),
        ("second best on GSM8K?", "The second highest under “GSM8K” is Orchid-9B with 50.9 (of 4 values)."),
        ("Fern 모델 중 MMLU가 가장 높은 건?", "‘MMLU’에서 가장 높은 값은 Fern-13B의 66.8입니다(견준 값 2개)."),
        ("best Pile loss?", "The lowest under “Pile (loss)” is Orchid-9B with 1.61 (of 4 values)."),
        ("highest Pile loss?", "The highest under “Pile (loss)” is Fern-7B with 1.92 (of 4 values)."),
        (
            "Which base model is the fastest?",
            "The highest under “Speed (tokens/s)” is Moss-7B with 71.3 (of 3 values).",
        ),
        ("Which model has the fewest params?", "The lowest under “Params” is Fern-7B, Moss-7B with 7B (of 4 values)."),
        (
            "IFEval에서 1등은 누구야?",
            "‘English IFEval (strict)’에서 가장 높은 값은 Orchid-9B-Chat의 71.9입니다(견준 값 3개).",
        ),
        ("who is best on TruthfulQA?", "The highest under “TruthfulQA” is Fern-13B-Chat with 58.3 (of 3 values)."),
        ("NSMC 정확도가 제일 낮은 모형은?", "‘NSMC (acc)’에서 가장 낮은 값은 이끼-소형의 88.1입니다(견준 값 3개)."),
        (
            "Is Fern-13B or Moss-7B better on MMLU?",
            "The higher under “MMLU” is Fern-13B with 66.8. That is 3.8 more than the 63.0 of Moss-7B.",
        ),
        (
            "MMLU는 Fern-7B가 높아 Moss-7B가 높아?",
            "‘MMLU’에서 더 높은 값은 Moss-7B의 63.0입니다. Fern-7B의 61.2보다 1.8 높습니다.",
        ),
        (
            "Pile loss: is Fern-7B or Orchid-9B lower?",
            "The lower under “Pile (loss)” is Orchid-9B with 1.61. That is 0.31 less than the 1.92 of Fern-7B.",
        ),
        (
            "Which of Fern-7B and Moss-7B has fewer params?",
            "The lowest under “Params” is Fern-7B, Moss-7B with 7B (of 2 values).",
        ),
        (
            "MMLU에서 Orchid-9B랑 Fern-13B 차이는?",
            "‘MMLU’에서 더 높은 값은 Orchid-9B의 70.4입니다. Fern-13B의 66.8보다 3.6 높습니다.",
        ),
        (
            "난초-중형이 고사리-대형보다 KorNLI에서 몇 점 더 높아?",
            "‘KorNLI (acc)’에서 더 높은 값은 난초-중형의 82.3입니다. 고사리-대형의 80.9보다 1.4 높습니다.",
        ),
        (
            "How many tokens per second faster is Moss-7B than Fern-7B?",
            "The higher under “Speed (tokens/s)” is Moss-7B with 71.3. That is 17.2 more than the 54.1 of Fern-7B.",
        ),
        (
            "What is the gap between Fern-7B and Orchid-9B in params?",
            "The higher under “Params” is Orchid-9B with 9B. That is 2B more than the 7B of Fern-7B.",
        ),
        ("What does Moss-7B score on GSM8K?", "Moss-7B · GSM8K: 44.4"),
        ("난초-중형 KorNLI 점수는?", "난초-중형 · KorNLI (acc): 82.3"),
    ],
)
def test_what_a_table_says(assistant: Assistant, question: str, line: str) -> None:
    answer = assistant.ask(question, within=OWN)
    assert lead(answer) == line and answer.sure
    header, first = answer.sentences[1:3]
    assert (header.form, first.form) == ("header", "row")
    assert answer.citations[first.citations[0]].quote == first.text
    assert answer.sentences[0].citations == first.citations


def test_the_best_rows_are_shown_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("Which model scores highest on MMLU?", within=OWN)
    rows = [sentence.text for sentence in answer.sentences if sentence.form == "row"]
    assert [row.split("|")[1].strip(" *") for row in rows] == ["Orchid-9B", "Fern-13B", "Moss-7B"]


@pytest.mark.parametrize(
    "question",
    [
        "What is the best way to run Orchid?",
        "How many cards do most users need?",
        "Which model is best on HellaSwag?",
        "가장 인기 있는 모형은?",
        "What is Orchid?",
        "What is the difference between Fern-7B and Moss-7B?",
        "Fern-7B와 Moss-7B의 차이가 뭐야?",
        "How much more accurate is Orchid-9B?",
    ],
)
def test_what_no_table_says(assistant: Assistant, question: str) -> None:
    assert lead(assistant.ask(question, within=OWN)) == ""


def test_the_other_end_and_fewer_words_in_a_conversation(assistant: Assistant) -> None:
    turns = said(assistant, "Which model scores highest on MMLU?", "and the lowest?", within=OWN)
    assert lead(turns[1].answer) == "The lowest under “MMLU” is Fern-7B with 61.2 (of 4 values)."


def test_a_table_that_changed_since_is_not_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "orchid.md").write_text(ORCHID, encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path / "orchid.md"])
        run = library.search("Which model scores highest on MMLU?", within={"orchid"})
        draft = library.quoter.draft(run, {"orchid"})
        assert draft.lead.startswith("The highest under “MMLU”")
        assert [sentence.form for sentence in draft.sentences] == ["header", "row", "row", "row"]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Qwen2-72B MMLU 점수는?", "MMLU · Qwen2-72B: 84.2"),  # not that of Qwen2-57B-A14B below the same heading
        ("What about Qwen2-72B's MMLU?", "MMLU · Qwen2-72B: 84.2"),  # nor of MMLU-Pro
        ("Qwen2-57B-A14B의 MATH 점수가 궁금합니다", ""),  # its cell is empty
        ("Qwen2-1.5B MMLU 점수는?", ""),
        ("What tasks are in MII?", ""),
        ("Qwen2-72B랑 Qwen2 MoE의 MMLU 차이가 궁금한데", ""),  # no table has both; MMLU and MMLU-Pro are not meant
        (
            "Qwen2-72B는 MMLU랑 MMLU-Pro 중 어디가 더 높아?",
            "‘Qwen2-72B’에서 더 높은 값은 MMLU의 84.2입니다. MMLU-Pro의 55.6보다 28.6 높습니다.",
        ),
        ("AutoIF 쓰고 나서 Qwen2-72B의 FollowBench는 얼마나 올랐어?", ""),
    ],
)
def test_another_of_a_family_is_not_meant(assistant: Assistant, question: str, line: str) -> None:
    assert lead(assistant.ask(question)) == line


def test_a_line_on_rows_that_are_not_shown_is_not_shown() -> None:
    draft = Draft("q", "en", "other", (), None, (), 0.6, lead="The highest under “MMLU” is Fern with 1 (of 2 values).")
    assert cite(draft, lambda doc_id: None).sentences == ()


def test_the_bench_judges_what_is_said_and_shown(assistant: Assistant) -> None:
    answer = assistant.ask("Which model scores highest on MMLU?", within=OWN)
    right, lower = {"name": "Orchid-9B", "value": "70.4", "also": []}, {"name": "Fern-13B", "value": "66.8"}
    assert is_told(answer) and is_said(answer, right) and is_shown(answer, right)
    assert is_shown(answer, lower) and not is_said(answer, lower)
    of_two = assistant.ask("Is Fern-13B or Moss-7B better on MMLU?", within=OWN)
    assert is_said(of_two, {"name": "Fern-13B", "value": "66.8"})
    assert not is_said(of_two, {"name": "Moss-7B", "value": "63.0"})  # it is named as the lower one
    assert not is_shown(answer, {"name": "Orchid-9B", "value": "99.9"})


def test_questions_of_the_bench_hold_their_gold() -> None:
    for name in ("dev", "test"):
        asked = [row for _, row in rows(QUESTIONS / f"{name}.jsonl")]
        assert Counter(row["kind"] for row in asked) == {
            "best": 24,
            "second": 6,
            "lookup": 18,
            "compare": 12,
            "other": 12,
        }
        assert all((row["gold"] is None) == (row["kind"] == "other") for row in asked)


@pytest.mark.parametrize(
    ("question", "line", "language"),
    [
        ("What does Qwen2-72B score on MBPP?", "MBPP · Qwen2-72B: 76.9", "en"),
        ("Qwen2-72B의 MBPP 점수는?", "MBPP · Qwen2-72B: 76.9", "ko"),
    ],
)
def test_a_table_is_read_in_the_language_of_the_question(
    assistant: Assistant, question: str, line: str, language: str
) -> None:
    answer = assistant.ask(question)
    assert {citation.language for citation in answer.citations} == {language}
    assert lead(answer) == line


def test_a_label_that_the_line_above_the_table_names_too_singles_out_its_row(tmp_path: Path) -> None:
    (tmp_path / "rivers.md").write_text(
        "# Captions of rivers\n\n## By river {#river}\n\nOverlap of captions on the Aller and on the Bodensee.\n\n"
        "| River | Model | BLEU |\n|-|-|-|\n| Aller | Fern-7B | 10.1 |\n| Aller | Moss-7B | 12.2 |\n"
        "| Bodensee | Fern-7B | 20.3 |\n| Bodensee | Moss-7B | 22.4 |\n",
        encoding="utf-8",
    )
    with open_library(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "rivers.md"])
        answer = assistant.ask("What is the BLEU of Moss-7B on the Bodensee?", within={"rivers"})
    assert lead(answer) == "Bodensee Moss-7B · BLEU: 22.4"

"""Numbers of tables asked for as people ask: names cut short, spelt by sound or left out, groups of rows, shares and counts."""

import pytest

from bench.tables import KINDS, QUESTIONS
from index.analyse import LEXICON, Analyser
from qa import Answer
from qa.ask import Assistant
from qa.evaluation.questions import rows
from qa.reading.numbers.grid import grids
from qa.reading.numbers.names import CellNames, stands_for
from qa.reading.numbers.wording import MOST_OF_ALL
from tests.made import library_of

PAPER = """# Heron: routing of questions

Heron routes questions. We write Tool Use (TU) and Graph Augmentation (GA). The classes are Hateful (H) and Neutral (N).

## Results {#results}

| Model | Size | TU | GA | w/o GA | Acc. |
|-|-|-|-|-|-|
| Heron | 7B | 41.5 | 50.2 | 33.1 | 61.0 |
| Heron | 14B | 47.9 | 58.8 | 39.4 | 66.5 |
| Heron-Chat | 7B | 44.0 | 52.7 | 35.3 | 63.2 |
| Egret-2 | 7B | 39.8 | 48.6 | 30.0 | 60.1 |

Table 1: Exact match of routing.

## Errors {#errors}

Table 2: Causes of failed routes.

| Cause | Count | Share |
|-|-|-|
| Wrong node | 1 204 | 62.1% |
| No answer | 735 | 37.9% |

## Data {#data}

Table 3: Training questions by language.

| Class | swe | swa |
|-|-|-|
| H | 120 | 31 |
| N | 480 | 77 |

## Ablation {#ablation}

Table 4: Router variants, on two sets.

| Variant | Precision | Recall |
|-|-|-|
| Lake |  |  |
| Full router | 81.2 | 70.3 |
| w/o memory | 77.7 | 66.1 |
| River |  |  |
| Full router | 74.9 | 60.6 |
| w/o memory | 71.0 | 58.8 |

## Setting {#setting}

Table 5: Hyper-parameters.

| Parameter | Value |
|-|-|
| Batch size | 96 |
| Dropout | 0.15 |
| Peak lr | 3e-4 |
"""


@pytest.fixture(scope="module")
def heron(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library_of(tmp_path_factory.mktemp("numbers"), {"heron": PAPER})


def lead(answer: Answer) -> str:
    return answer.sentences[0].text if answer.sentences and answer.sentences[0].form == "lead" else ""


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("heron 14b tool use?", "Heron 14B · TU: 47.9"),  # the question spells out TU, and names no verb
        ("Heron 7B의 그래프 증강 점수는?", "Heron 7B · GA: 50.2"),  # the text does; Heron-Chat is another
        ("헤론 14B 정확도 몇이야?", "Heron 14B · Acc.: 66.5"),  # by its sound
        ("how did egret-2 do on GA?", "Egret-2 · GA: 48.6"),
        ("Egret-2 without GA?", "Egret-2 · w/o GA: 30.0"),
        ("how many routes failed because of a wrong node?", "Wrong node · Count: 1 204"),
        ("wrong node는 몇 퍼센트야?", "Wrong node · Share: 62.1%"),
        ("스웨덴어 hateful 질문은 몇 개야?", "H · swe: 120"),
        ("neutral swahili questions, how many?", "N · swa: 77"),
        ("recall of the full router on river", "River Full router · Recall: 60.6"),
        ("lake에서 memory 없이 precision은?", "Lake w/o memory · Precision: 77.7"),
        ("what batch size was used?", "Batch size · Value: 96"),
        ("peak learning rate 얼마야?", "Peak lr · Value: 3e-4"),
    ],
)
def test_a_number_is_told_by_what_names_its_row_and_column(heron: Assistant, question: str, line: str) -> None:
    answer = heron.ask(question, within={"heron"})
    assert lead(answer) == line
    assert any(line.rpartition(": ")[2] in sentence.text for sentence in answer.sentences if sentence.form == "row")


@pytest.mark.parametrize(
    "question",
    [
        "Egret-3 7B tool use?",  # another of the family
        "Heron 70B GA 점수는?",
        "Mistral GA score?",
        "How many parameters does Egret-2 have on TU?",  # what is counted is not there
        "why does Heron 7B do better with TU?",
        "where is Heron 14B compared on GA?",
        "Heron 7B GA는 얼마나 올랐어?",  # has to be computed
    ],
)
def test_what_no_table_has_is_not_told(heron: Assistant, question: str) -> None:
    assert lead(heron.ask(question, within={"heron"})) == ""


def test_what_a_question_leaves_open_is_told_of_each(heron: Assistant) -> None:
    answer = heron.ask("full router precision은?", within={"heron"})
    assert lead(answer) == "Lake Full router · Precision: 81.2; River Full router · Precision: 74.9"
    assert [s.form for s in answer.sentences] == ["lead", "header", "row", "row"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Heron-Chat vs Egret-2 on TU", ("Heron-Chat", "44.0")),
        ("TU는 Egret-2랑 Heron-Chat 중에 누가 더 잘해?", ("Heron-Chat", "44.0")),
        ("recall on river: full router or w/o memory, which is higher?", ("River Full router", "60.6")),
    ],
)
def test_two_things_put_beside_each_other_are_compared(heron: Assistant, question: str, told: tuple[str, str]) -> None:
    line = lead(heron.ask(question, within={"heron"}))
    assert all(word in line.split(". ")[0].split("입니다")[0] for word in told)


@pytest.mark.parametrize(
    ("text", "is_one"), [("better on MathVista-Test?", False), ("the latest", False), ("Which is the fastest?", True)]
)
def test_a_test_set_is_no_superlative(text: str, is_one: bool) -> None:
    assert bool(MOST_OF_ALL.search(text)) == is_one


def test_rows_that_say_what_the_rows_below_are_of_are_groups() -> None:
    text = PAPER[PAPER.index("Table 4") : PAPER.index("## Setting")]
    (grid,) = grids(text)
    assert [row.label for row in grid.rows] == [
        "Lake Full router",
        "Lake w/o memory",
        "River Full router",
        "River w/o memory",
    ]


def test_a_second_line_of_headings_goes_on_with_the_first() -> None:
    (grid,) = grids("|  | F1 | F1 |\n|-|-|-|\n| Run | Pop | Int |\n| 1 | 12.3 | 19.4 |\n| 2 | 21.3 | 20.0 |\n")
    assert grid.headings == ("Run", "F1 Pop", "F1 Int")
    assert [row.label for row in grid.rows] == ["1", "2"]


def test_numbers_of_a_table_are_not_its_headings() -> None:
    (grid,) = grids("| a | b | b |\n|-|-|-|\n| x | 1 | 2 |\n| y | 3 | 4 |\n| z | 5 | 6 |\n")
    assert grid.headings == ("a", "b", "b") and len(grid.rows) == 3


@pytest.mark.parametrize(("cell", "number"), [("1 204", 1204.0), ("462\u2009642", 462642.0), ("12 34", None)])
def test_thousands_may_be_parted_by_spaces(cell: str, number: float | None) -> None:
    (grid,) = grids(f"| a | b |\n|-|-|\n| x | {cell} |\n")
    assert grid.rows[0].cells[1].number == number


def test_a_caption_stands_below_where_other_tables_have_theirs() -> None:
    table = "| a | b |\n|-|-|\n| x | 1 |\n"
    below = f"Text.\n\n{table}\nTable 1: First.\n\n{table}\nTable 2: Second.\n"
    assert [grid.caption for grid in grids(below)] == ["Table 1: First.", "Table 2: Second."]
    above = f"Table 1: First.\n\n{table}\nTable 2: Second.\n\n{table}\nText.\n"
    assert [grid.caption for grid in grids(above)] == ["Table 1: First.", "Table 2: Second."]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("#Qs", {"question", "number"}),
        ("κ vs. human", {"kappa", "human"}),
        ("PutnamBench", {"putnam"}),
        ("AlpacaEval 2.0", {"2"}),
        ("M²", {"m2"}),
        ("Geog- raphy", {"geographi"}),
        ("layer 3", {"third"}),
        ("bs=64", {"batch", "size", "64"}),
    ],
)
def test_names_are_read_in_full(name: str, words: set[str]) -> None:
    assert words <= CellNames(Analyser.load(LEXICON)).words(name, {})


def test_a_short_name_stands_for_what_its_text_defines() -> None:
    short = {"TU": "tool use", "Gem.": "Gemini", "N": "neutral"}
    assert stands_for("TU score", short) == ["tool use"]
    assert stands_for("Gem. Micro", short) == ["Gemini"]
    assert stands_for("N", short) == ["neutral"] and stands_for("Nearby", short) == []


def test_papers_of_the_bench_are_asked_for_what_they_have_and_have_not() -> None:
    for name in ("papers_dev", "papers_test"):
        asked = [row for _, row in rows(QUESTIONS / f"{name}.jsonl")]
        assert {row["kind"] for row in asked} == set(KINDS)
        assert all((row["gold"] is None) == (row["kind"] in ("other", "absent")) for row in asked)
        assert len({row["question"] for row in asked}) == len(asked)

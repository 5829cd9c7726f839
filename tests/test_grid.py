"""Tables of Markdown as grids: headings, labels of rows, numbers with their units."""

import pytest

from qa.reading.numbers.grid import Cell, apart, cells, grids, unit_of

TEXT = """Accuracy of three models:

| Model | Size | MMLU (Acc.) | **Speed** |
|:--|--:|:-:|---|
| `Orchid-7B` | 7B | **71.5** | 1,250 ms |
| [Fern](https://fern.example)-13B | 13B | 68.20 ± 0.3 | - |
| Moss \\| small | 900M | 55% | 3.1s |

Later.

| | Metric | A | B |
|-|-|-|-|
| English | MMLU (EM) | 70.1 | **72** |
| | DROP (F1) | 61 | n/a |
| Math | GSM8K | 80 | 79.5 |

| only | headings |
|-|-|
"""


def test_headings_labels_and_numbers() -> None:
    first, _ = grids(TEXT)
    assert first.headings == ("Model", "Size", "MMLU (Acc.)", "Speed") and first.labels == 1
    assert first.caption == "Accuracy of three models:"
    assert [row.label for row in first.rows] == ["Orchid-7B", "Fern-13B", "Moss | small"]
    numbers = [[cell.number for cell in row.cells] for row in first.rows]
    assert numbers == [[None, 7e9, 71.5, 1250.0], [None, 13e9, 68.2, None], [None, 9e8, 55.0, 3.1]]
    assert TEXT[first.start : first.end] == "| Model | Size | MMLU (Acc.) | **Speed** |"
    assert TEXT[first.rows[1].start :].startswith("| [Fern]")


def test_an_empty_first_cell_goes_on_with_the_one_above() -> None:
    _, second = grids(TEXT)
    assert second.labels == 2
    assert [row.label for row in second.rows] == ["English MMLU (EM)", "English DROP (F1)", "Math GSM8K"]
    assert [row.name for row in second.rows] == ["English MMLU (EM)", "DROP (F1)", "Math GSM8K"]
    assert [cell.number for cell in second.rows[1].cells] == [None, None, 61.0, None]


def test_numbers_below_zero() -> None:
    (grid,) = grids("| a | b |\n|-|-|\n| x | -3.5 |\n| y | −2 |\n| z | 1 |")
    assert [row.cells[1].number for row in grid.rows] == [-3.5, -2.0, 1.0]


@pytest.mark.parametrize(
    ("first", "second", "gap", "unit"),
    [
        ("70.4", "66.8", "3.6", ""),
        ("66.8", "70.45", "3.65", ""),
        ("1,250 ms", "310 ms", "940", " ms"),
        ("12,250", "250", "12,000", ""),
        ("$30", "$21.5", "$8.5", ""),
        ("-3", "2", "5", ""),
        ("55%", "48.5%", "6.5", "%"),
        ("13B", "900M", None, "B"),
        ("<5", "3", None, ""),
        ("68.2 ± 0.3", "61.0 ± 0.3", None, " ± 0.3"),
        ("n/a", "3", None, ""),
    ],
)
def test_how_far_numbers_are_apart(first: str, second: str, gap: str | None, unit: str) -> None:
    assert apart(Cell(first), Cell(second)) == gap == apart(Cell(second), Cell(first))
    assert unit_of(Cell(first)) == unit


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| a \\| b | c |", ["a | b", "c"]),
        ("|  | b |", ["", "b"]),
        ("| a | |", ["a", ""]),
    ],
)
def test_cells_of_a_row(line: str, found: list[str]) -> None:
    assert [cell.strip() for cell in cells(line)] == found


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("84.2", 84.2),
        ("**84.2**", 84.2),
        ("84.2 / 91.0", 84.2),
        ("<1.5", 1.5),
        ("671B", 671e9),
        ("128K", 128e3),
        ("16.3GB", 16.3e9),
        ("3만", 3e4),
        ("12,345", 12345.0),
        (".5", 0.5),
        ("14d", 14.0),
        ("$-$1.49", -1.49),
        ("$-1.49\\%$", -1.49),
        ("${\\sim}5.3$T", 5.3e12),
        ("$\\sim\\!160$", 160.0),
        ("71.27 $\\pm$0.007", 71.27),
        ("∼93%", 93.0),
        ("3.3¹", 3.3),
        ("0.15∗∗∗", 0.15),
        ("$10^3$", None),
        ("0.3%p", 0.3),
        ("224x224", None),
        ("v3", None),
        ("5-shot", None),
        ("2023.11.30", None),
        ("-", None),
        ("✅", None),
        ("OOM", None),
    ],
)
def test_what_a_cell_says(written: str, number: float | None) -> None:
    (grid,) = grids(f"| a | b |\n|-|-|\n| x | {written} |\n")
    found = grid.rows[0].cells[1].number
    assert found == (None if number is None else pytest.approx(number))


def test_rows_that_are_too_short_or_too_long() -> None:
    (grid,) = grids("| a | b | c |\n|-|-|-|\n| x | 1 |\n| y | 2 | 3 | 4 |\n")
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [["x", "1", ""], ["y", "2", "3"]]


def test_what_is_no_table() -> None:
    assert not list(grids("a | b\nc | d\n"))
    assert not list(grids("| a |\n|-|\n| 1 |\n"))
    assert not list(grids(""))

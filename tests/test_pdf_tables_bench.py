"""How many numbers of a PDF's tables are in their place and asked for, on tables worked out by eye."""

import random

import pytest

from bench.pdf_questions import Question, questions
from bench.pdf_tables import Found, compare, places

SOURCE = """| Model | Size | Cost $\\sim$ | Lead |
|---|---|---|---|
| Falcon | 7B | 1.5 | 20% |
| Falcon | 40B | $-$2.5 | 30% |
"""


def test_a_number_has_its_place_by_the_letters_of_its_row_and_column() -> None:
    (table,) = places(SOURCE)
    assert [place.number for place in table] == ["7B", "1.5", "20%", "40B", "-2.5", "30%"]
    assert {place.row for place in table} == {"acflno"}
    assert [place.column for place in table[:3]] == ["eisz", "cost", "adel"]


@pytest.mark.parametrize(
    ("read", "found", "precise"),
    [
        (SOURCE, Found(6, 1.0, 1.0, 1.0), [1.0]),
        (SOURCE.replace("Lead", "Days"), Found(6, 4 / 6, 1.0, 4 / 6), [4 / 6]),
        (SOURCE.replace("Falcon | 40B", "Heron | 40B"), Found(6, 0.5, 0.5, 1.0), [0.5]),
    ],
)
def test_numbers_in_another_row_or_column_are_not_in_their_place(read: str, found: Found, precise: list[float]) -> None:
    tables, shares = compare(places(SOURCE), places(read))
    assert tables == [pytest.approx(found)] and shares == pytest.approx(precise)


def test_tables_that_were_not_read_are_left_out() -> None:
    assert compare(places(SOURCE), places("| a | b |\n|---|---|\n| c | 9 |\n| d | 8 |")) == ([], [])


def test_only_what_label_and_heading_single_out_is_asked() -> None:
    text = """| Model | Cost | Lead |
|---|---|---|
| Falcon | 1.5 | 20 |
| Heron | 2.5 | 30 |

| Model | Cost (new) |
|---|---|
| Falcon | 1.5 |
| Heron | 9.5 |

| River | Cost |
|---|---|
| Falcon | 7.5 |
| Aller | 8.5 |
"""
    assert set(questions("p", text, random.Random(1))) == {
        Question("p", "Falcon", "Lead", "20"),
        Question("p", "Heron", "Cost", "2.5"),
        Question("p", "Heron", "Lead", "30"),
        Question("p", "Falcon", "Cost (new)", "1.5"),
        Question("p", "Heron", "Cost (new)", "9.5"),
        Question("p", "Aller", "Cost", "8.5"),
    }

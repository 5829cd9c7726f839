"""Rows of tables in answers: the headings above them, and how both are shown."""

from pathlib import Path

import pytest

from index.library import Library
from index.load import parse
from qa import open_library
from qa.answer import Form
from qa.reading.cite import Draft, DraftSentence, Evidence, cite
from qa.reading.tables import headings_above, is_row
from qa.settings import Settings

TABLE = """# Trees

## Heights {#heights}

The heights of four trees were taken.

| Tree | Height | Where |
|------|:------:|-------|
| Oak | 21 m | the yard |
| Ash \\| elm | 18 m |  |

| no | headings |
"""


@pytest.mark.parametrize(
    ("row", "headings"),
    [
        ("| Oak |", "| Tree | Height | Where |"),
        ("| Ash", "| Tree | Height | Where |"),
        ("| no |", None),
        ("The heights", None),
    ],
)
def test_the_headings_of_a_row_stand_above_the_rule(row: str, headings: str | None) -> None:
    found = headings_above(TABLE, TABLE.index(row))
    assert (TABLE[slice(*found)] if found else None) == headings


@pytest.mark.parametrize("text", ["| a |\n", "|  |  |\n|--|--|\n| a | b |\n", "words\n| a | b |\n", "|--|\n| a |\n"])
def test_without_headings_there_are_none(text: str) -> None:
    assert headings_above(text, text.index("| a")) is None


def test_rows_stand_below_their_headings_which_are_checked_and_have_no_mark_of_their_own() -> None:
    document = parse(TABLE, doc_id="trees.en", source="trees.en.md")

    def at(text: str, form: Form) -> DraftSentence:
        start = document.text.index(text)
        return DraftSentence(text, Evidence(document.doc_id, "heights", start, start + len(text)), form)

    header, oak = at("| Tree | Height | Where |", "header"), at("| Oak | 21 m | the yard |", "row")
    ash, words = at("| Ash \\| elm | 18 m |  |", "row"), at("The heights of four trees were taken.", "sentence")
    answer = cite(Draft("?", "en", "number", (words, header, oak, ash), None, (), 0.9), lambda _: document)
    assert [(one.form, one.citations) for one in answer.sentences] == [
        ("sentence", (0,)),
        ("header", (1,)),
        ("row", (1,)),
        ("row", (2,)),
    ]
    assert answer.text.splitlines() == [
        "The heights of four trees were taken. [1]",
        "| Tree | Height | Where |",
        "| - | - | - |",
        "| Oak | 21 m | the yard [2] |",
        "| Ash \\| elm | 18 m | [3] |",
    ]
    alone = cite(Draft("?", "en", "number", (header, words), None, (), 0.9), lambda _: document)
    assert [one.form for one in alone.sentences] == ["sentence"]  # headings without a row say nothing


def test_a_row_that_answers_is_shown_with_its_headings(tmp_path: Path) -> None:
    (tmp_path / "trees.md").write_text(TABLE, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True) as library:
        library.decline_shipped()
        library.add([tmp_path / "trees.md"])
    with open_library(settings=Settings(library=tmp_path / "library", shipped_seeds=False)) as assistant:
        answer = assistant.ask("How many m is the oak tree in the yard?")
    rows = [one.text for one in answer.sentences if one.form in ("header", "row")]
    assert rows[:2] == ["| Tree | Height | Where |", "| Oak | 21 m | the yard |"]
    assert is_row(rows[1])

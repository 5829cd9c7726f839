"""Passages: exact offsets that together hold each section."""

import random

import pytest

from index.load import Document, parse
from index.split import PASSAGE_CHARS, _pieces, _splitter, split
from tests.conftest import CORPUS

LONG = "# T\n\n## A\n\n" + "\n\n".join(
    f"문단 {n}은 이렇게 시작한다. It goes on in English, with e.g. an example. 그리고 끝난다." for n in range(60)
)
UNBROKEN = "# T\n\n## A\n" + "가" * 2500 + "\n"


def document(text: str) -> Document:
    return parse(text, doc_id="d", source="d.md")


@pytest.mark.parametrize("text", [*CORPUS.values(), LONG, UNBROKEN, "# T\n\n\n## A\n\n\n## B\n x \n"])
@pytest.mark.parametrize("passage_chars", [40, 200, PASSAGE_CHARS])
def test_passages_of_a_section_join_to_its_text(text: str, passage_chars: int) -> None:
    whole = document(text)
    passages = split(whole, passage_chars=passage_chars)
    for section in whole.sections:
        inside = [p for p in passages if p.section == section]
        assert all(section.start <= p.start < p.end <= section.end for p in inside)
        assert all(a.end <= b.start for a, b in zip(inside, inside[1:], strict=False))
        kept = "".join(whole.text[p.start : p.end] for p in inside)
        assert "".join(kept.split()) == "".join(whole.text[section.start : section.end].split())
    for passage in passages:
        quoted = whole.text[passage.start : passage.end]
        assert quoted == quoted.strip()
        assert 0 < len(quoted) <= passage_chars


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    whole = document("# T\n\n## A\n\n" + "a" * 60 + "\n\n" + "b" * 60 + "\n")
    assert [whole.text[p.start : p.end] for p in split(whole, passage_chars=100)] == ["a" * 60, "b" * 60]


def test_a_short_section_is_one_passage_with_a_running_id() -> None:
    whole = document("# T\nintro\n## A\none\n## B\n\n## C\ntwo\n")
    assert [(p.passage_id, p.section.path, whole.text[p.start : p.end]) for p in split(whole)] == [
        ("d#1", (), "intro"),
        ("d#2", ("A",), "one"),
        ("d#3", ("C",), "two"),
    ]


def test_a_text_that_fits_is_the_splitters_only_piece() -> None:
    chance = random.Random(3)
    parts = ["a", "가", " ", "\n", "\n\n", ". ", "! ", "。", "\t", "word", "\u3000"]
    texts = ["".join(chance.choice(parts) for _ in range(chance.randint(0, 20))) for _ in range(1_000)]
    fitting = [text for text in texts if len(text) <= 20]
    assert len(fitting) > 300 and "" in fitting
    for text in fitting:
        assert _pieces(text, 20) == _splitter(20).split_text(text)

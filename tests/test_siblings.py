"""What is told of X-Lite is not told of X."""

from pathlib import Path

import pytest

from qa import open_library
from qa.words.siblings import Siblings


@pytest.mark.parametrize(
    ("question", "headings", "text", "of_sibling"),
    [
        ("How many layers does Lichen-V2 have?", ("B. Lichen-V2-Lite",), "It has 27 layers.", True),
        ("How many layers does Lichen-V2 have?", (), "Lichen-V2-Lite has 27 layers.", True),
        ("Lichen V2는 층이 몇 개야?", (), "Lichen-V2-Lite has 27 layers.", True),
        ("How many layers does Lichen-V2 have?", (), "Unlike Lichen-V2-Lite, Lichen-V2 has 60 layers.", False),
        ("How many layers does Lichen-V2 have?", ("Lichen-V2-Lite", "Beside Lichen-V2"), "It has 60.", False),
        ("How many layers does Lichen-V2-Lite have?", ("B. Lichen-V2-Lite",), "It has 27 layers.", False),
        ("How many layers does Lichen-V2 have?", (), "Lichen-V2-based robots and Lichen-V2-7B are many.", False),
        ("How many layers does Lichen-V2 have?", (), "Lichen-V2-Instruct answers.", False),
        ("Does DPO need labels?", (), "IDPO-Lite needs none.", False),
        ("how many layers are there?", ("Lichen-V2-Lite",), "It has 27 layers.", False),
    ],
)
def test_of_which_of_a_family_a_text_speaks(
    question: str, headings: tuple[str, ...], text: str, of_sibling: bool
) -> None:
    assert Siblings(question).tell(headings, text) is of_sibling


PAPER = """# Lichen-V2: A Model of Moss

## Training

We train Lichen-V2 on rain. Its maximum learning rate is 0.024, and its clipping norm is 1.0.

## Lichen-V2-Lite: A Small Model of Moss

The maximum learning rate of Lichen-V2-Lite is 0.042. Lichen-V2-Lite has a clipping norm of 2.0.
"""


def test_the_number_of_the_one_that_is_asked_about_is_told(tmp_path: Path) -> None:
    (tmp_path / "lichen.md").write_text(PAPER, encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path / "lichen.md"])
        for question in ("What is the maximum learning rate of Lichen-V2?", "Lichen-V2 최대 learning rate는?"):
            answer = library.ask(question)
            assert "0.024" in answer.text and "0.042" not in answer.text
            assert [citation.heading for citation in answer.citations][:1] == ["Training"]
        answer = library.ask("What is the maximum learning rate of Lichen-V2-Lite?")
        assert "0.042" in answer.text

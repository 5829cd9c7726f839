"""What the chosen sentences leave out of a question is told by one more of their section."""

from pathlib import Path

import pytest

from qa import open_library
from qa.ask import Assistant

KILN = """# Kiln notes

## Firing

The kiln fires pots for nine hours and the kiln cools pots overnight, as every kiln of this firing does.

The kiln of this firing holds forty pots on three shelves.

To counter draughts, the damper was set to 0.49.

The kiln door stays shut until the pots of the firing are cold.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("left_out")
    (folder / "kiln.md").write_text(KILN, encoding="utf-8")
    assistant = open_library(folder / "library")
    assistant.add([folder / "kiln.md"])
    return assistant


def test_a_word_that_no_chosen_sentence_holds_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("What damper did the firing of kiln pots use?", within={"kiln"})
    assert "To counter draughts, the damper was set to 0.49." in [sentence.text for sentence in answer.sentences]


def test_nothing_is_put_beside_what_tells_all(assistant: Assistant) -> None:
    answer = assistant.ask("What was the damper set to?", within={"kiln"})
    assert [sentence.text for sentence in answer.sentences] == ["To counter draughts, the damper was set to 0.49."]

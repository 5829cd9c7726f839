"""Development questions in, checked records out. Reads `bench/questions/*.jsonl`; the format is in its README."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "questions"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the sections that answer it, as (work, section_id), best first; none means unanswerable."""

    question_id: str
    text: str
    language: str
    kind: str
    gold: tuple[tuple[str, str], ...]
    answer: str


def read_questions(paths: Sequence[Path] | None = None) -> list[Question]:
    """Return the questions of the files, by default of all development files. Raises ValueError with path and line."""
    questions = []
    for path in paths or sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                gold = tuple((work, section) for work, section in row["gold"])
                questions.append(
                    Question(row["id"], row["question"], row["language"], row["kind"], gold, row["answer"])
                )
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}:{number}: not a question ({error}); see {FOLDER / 'README.md'}") from error
    return questions

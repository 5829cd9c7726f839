"""Development questions in, checked records out. Reads `bench/questions/*.jsonl`; the format is in its README.

The gold sentences of `sentences.jsonl` are joined to their questions by id.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qa.evaluation import questions
from qa.evaluation.questions import Question

FOLDER = Path(__file__).parent / "questions"
SENTENCES = FOLDER / "sentences.jsonl"

__all__ = ["Question", "read_questions"]


def read_questions(paths: Sequence[Path] | None = None) -> list[Question]:
    """Return the questions of the files, by default of all development files. Raises InputError with path and line."""
    files = paths or [path for path in sorted(FOLDER.glob("*.jsonl")) if path != SENTENCES]
    gold = {}
    for where, row in questions.rows(SENTENCES) if SENTENCES.exists() else ():
        gold[row["id"]] = questions.parse_sentences(row, where)
    found = []
    for question in questions.read_questions(files):
        needed, fine = gold.get(question.question_id, ((), ()))
        found.append(replace(question, needed=question.needed or needed, fine=question.fine or fine))
    return found

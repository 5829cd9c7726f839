"""What --compare names in, a second evaluation of the same questions out: other settings, or results saved earlier.

Another embedder needs another index, so that a copy of the Library is made for it and thrown away.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.library import Library
from index.segments.derive import Progress
from index.segments.generation import INDEX_FOLDER
from qa.evaluation.judge import Judged
from qa.evaluation.questions import Question
from qa.evaluation.results import read_results
from qa.settings import Settings

COMPARED = ("embedder", "reranker", "top_k")  # the others change no answer that is asked here, or the questions, too
_ASSIGNMENT = re.compile(r"[a-z_]+=")


def parse_target(text: str, settings: Settings) -> Settings | Path:
    """Return the changed settings, or the folder of saved results. Raises InputError for what is neither."""
    path = Path(text)
    if path.is_dir() or not _ASSIGNMENT.match(text):
        return path
    known = {name: getattr(settings, name) for name in COMPARED}
    changes: dict[str, Any] = {}
    for part in text.split(","):
        key, _, value = part.partition("=")
        if key not in known or not value:
            raise InputError(
                f"--compare has {part!r}; write KEY=VALUE with one of the keys {', '.join(known)}, or the folder of an "
                "earlier --out"
            )
        changes[key] = _value(key, value, known[key])
    return replace(settings, **changes)


def label(settings: Settings) -> str:
    """Return the settings that can be compared, as they are written."""
    return ", ".join(f"{name}={getattr(settings, name)}" for name in COMPARED)


@contextmanager
def library_for(changed: Settings, first: Settings, progress: Progress | None) -> Iterator[Settings]:
    """Give settings whose Library can be opened: the same, or a copy where the embedder is another one."""
    if changed.embedder == first.embedder:
        yield changed
        return
    with tempfile.TemporaryDirectory(prefix="surveyqa-eval-") as folder:
        copy = Path(folder) / "library"
        sys.stderr.write(f"surveyqa: the index is made anew for the embedder {changed.embedder!r}, in {copy}\n")
        shutil.copytree(first.library, copy, ignore=shutil.ignore_patterns(f"{INDEX_FOLDER}*", "writer.lock"))
        Library.rebuild(copy, embedder=changed.embedder, progress=progress)
        yield replace(changed, library=copy)


def saved(folder: Path, questions: Sequence[Question]) -> list[Judged]:
    """Return saved results in the order of the questions. Raises InputError when they are of other questions."""
    then = {one.question.question_id: one for one in read_results(folder)}
    asked = {question.question_id: replace(question, where="") for question in questions}
    known = {question_id: replace(one.question, where="") for question_id, one in then.items()}
    other = [question_id for question_id in asked | known if asked.get(question_id) != known.get(question_id)]
    if other:
        raise InputError(
            f"{folder}: its results are not of the same questions and gold: {len(other)} differ, the first are "
            f"{', '.join(other[:3])}; give the same files, or save results anew with --out"
        )
    return [then[question_id] for question_id in asked]


def _value(key: str, text: str, current: object) -> object:
    """Return a setting's value in the type that it has now."""
    if isinstance(current, int):
        if not (text.isdecimal() and 1 <= int(text) <= 1000):
            raise InputError(f"--compare has {key}={text}; write a number from 1 to 1000")
        return int(text)
    return text

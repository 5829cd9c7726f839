"""Question files in, checked Questions out. Knows no Library; whether it holds the gold is for `gold` to say.

One JSON object a line, UTF-8. `id`, `question` and `gold` must be there:

id        unique over all files that are read together
question  as a user types it
gold      [[work, section_id], …]: every section that answers, valid for all editions of the work, or
          ["name", …]: every document that answers, by work, doc_id or file name; [] when nothing answers
language  "ko" or "en"; found from the question when left out
kind      a word to group by; found from the question when left out
answer    what a right answer says; for reading only
needed    [["sentence", …], …]: of each group one sentence must be shown, exactly as it stands in the document
fine      ["sentence", …]: further sentences that may be shown
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.decode import decode, normalise, repaired
from index.errors import InputError
from index.load import Language
from qa.question.query import question_kind, question_language

REQUIRED = ("id", "question", "gold")
OPTIONAL = ("language", "kind", "answer", "needed", "fine")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what answers it: sections as (work, section_id), best first, or documents by name.

    With neither it is unanswerable. `where` is the file and line that it was read from.
    """

    question_id: str
    text: str
    language: Language
    kind: str
    gold: tuple[tuple[str, str], ...]
    answer: str = ""
    documents: tuple[str, ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    fine: tuple[str, ...] = ()
    where: str = ""

    @property
    def answerable(self) -> bool:
        """Whether something is known to answer it."""
        return bool(self.gold or self.documents)


def read_questions(paths: Sequence[Path]) -> list[Question]:
    """Return the questions of the files, in order.

    Raises InputError, with file and line, for a line that is no question and for an id that is used twice.
    """
    first: dict[str, str] = {}
    questions = []
    for path in paths:
        for where, row in rows(path):
            question = parse_question(row, where)
            if question.question_id in first:
                raise InputError(
                    f"{where}: the id {question.question_id!r} stands at {first[question.question_id]} already; "
                    "ids must be unique, so rename one"
                )
            first[question.question_id] = where
            questions.append(question)
    if not questions:
        raise InputError(f"{', '.join(map(str, paths))}: no question is there; write one JSON object a line")
    return questions


def rows(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield "path:line" and the JSON value of each line that is not blank. Raises InputError with path and line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    for number, line in enumerate(normalise(decode(data, name=str(path))).split("\n"), start=1):
        if line.strip():
            try:
                yield f"{path}:{number}", json.loads(line)
            except (ValueError, RecursionError) as error:
                what = getattr(error, "msg", "nested too deeply")
                raise InputError(
                    f"{path}:{number}: {line[:40]!r} is not JSON ({what}); write one JSON object a line"
                ) from error


def parse_question(row: object, where: str) -> Question:
    """Return the question that a JSON value holds. Raises InputError that begins with `where`."""
    if not isinstance(row, dict):
        raise _fault(where, f"the line is {_seen(row)}", "a JSON object")
    if missing := [key for key in REQUIRED if key not in row]:
        raise _fault(where, f"the key {missing[0]!r} is not there", f"{', '.join(REQUIRED)} in every line")
    if strange := [key for key in row if key not in REQUIRED + OPTIONAL]:
        raise _fault(where, f"the key {strange[0]!r} is unknown", f"only {', '.join(REQUIRED + OPTIONAL)}")
    text = _text(row, "question", where)
    sections, documents = _gold(row["gold"], where)
    language = row.get("language") or question_language(text)
    if language not in ("ko", "en"):
        raise _fault(where, f"'language' is {_seen(language)}", "'ko' or 'en', or leave it out")
    needed, fine = parse_sentences(row, where)
    if (needed or fine) and not (sections or documents):
        raise _fault(where, "'gold' is [] but sentences are given", "no sentences for an unanswerable question")
    return Question(
        question_id=_text(row, "id", where),
        text=text,
        language=language,
        kind=_text(row, "kind", where) if row.get("kind") is not None else question_kind(text),
        gold=sections,
        answer=_text(row, "answer", where) if row.get("answer") else "",
        documents=documents,
        needed=needed,
        fine=fine,
        where=where,
    )


def parse_sentences(row: Mapping[str, Any], where: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return the groups of needed sentences and the fine sentences of a row. Raises InputError as `parse_question`."""
    groups = row.get("needed") or []
    if not isinstance(groups, list):
        raise _fault(where, f"'needed' is {_seen(groups)}", "a list of lists of sentences")
    needed = tuple(_sentences(group, "a group in 'needed'", where) for group in groups)
    if not all(needed):
        raise _fault(where, "a group in 'needed' is empty", "one sentence or more in each group")
    return needed, _sentences(row.get("fine") or [], "'fine'", where)


def _gold(value: object, where: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    expected = "[[work, section_id], …], or [document, …], or [] when nothing answers"
    if not isinstance(value, list):
        raise _fault(where, f"'gold' is {_seen(value)}", expected)
    if value and all(isinstance(name, str) and name.strip() for name in value):
        return (), tuple(dict.fromkeys(value))
    for pair in value:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) and part for part in pair)):
            raise _fault(where, f"'gold' holds {_seen(pair)}", expected)
    return tuple(dict.fromkeys((work, section) for work, section in value)), ()


def _text(row: dict[str, Any], key: str, where: str) -> str:
    if not isinstance(row[key], str) or not row[key].strip() or repaired(row[key]) != row[key]:
        raise _fault(where, f"{key!r} is {_seen(row[key])}", "text")
    return str(row[key])


def _sentences(value: object, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _fault(where, f"{name} is {_seen(value)}", "a list of sentences")
    return tuple(value)


def _seen(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"


def _fault(where: str, seen: str, expected: str) -> InputError:
    return InputError(f"{where}: {seen}; expected {expected}; mend the line (the format is in docs/eval.md)")

"""Judged questions in, `results.jsonl` out, and back.

One line a question: its fields as in the question file, and under "result" what became of it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import InputError
from qa.evaluation.gold import Gold
from qa.evaluation.judge import Judged
from qa.evaluation.questions import Question, parse_question, rows

NAME = "results.jsonl"


def results_text(judged: Sequence[Judged]) -> str:
    """Return one line of JSON for each question."""
    return "".join(
        json.dumps(_question_row(one.question) | {"result": _result_row(one)}, ensure_ascii=False) + "\n"
        for one in judged
    )


def read_results(folder: Path) -> list[Judged]:
    """Return the results that an earlier evaluation saved in a folder. Raises InputError when there are none."""
    path = folder / NAME
    if not path.is_file():
        raise InputError(f"{folder}: no {NAME} is there; give the folder of an earlier `surveyqa eval --out`")
    judged = []
    for where, row in rows(path):
        try:
            result = row.pop("result")
            judged.append(_judged(parse_question(row, where), result))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"{where}: not a saved result ({type(error).__name__}: {error}); run `surveyqa eval --out` anew"
            ) from error
    return judged


def _question_row(question: Question) -> dict[str, Any]:
    return {
        "id": question.question_id,
        "question": question.text,
        "language": question.language,
        "kind": question.kind,
        "gold": [*map(list, question.gold), *question.documents],
        "answer": question.answer,
        "needed": [list(group) for group in question.needed],
        "fine": list(question.fine),
    }


def _result_row(one: Judged) -> dict[str, Any]:
    return {
        "verdict": one.verdict,
        "rank": one.rank,
        "answer": one.answer,
        "refused": one.refused,
        "probability": round(one.probability, 4),
        "milliseconds": round(one.milliseconds, 2),
        "gold": one.gold.places,
        "gold_in": dict(one.gold.by_language),
        "cited": one.cited,
        "sentences": one.sentences,
        "found": one.found,
        "found_in": dict(one.found_in),
    }


def _judged(question: Question, row: dict[str, Any]) -> Judged:
    return Judged(
        question=question,
        gold=Gold(tuple(row["gold"]), {"ko": tuple(row["gold_in"]["ko"]), "en": tuple(row["gold_in"]["en"])}),
        found=tuple(row["found"]),
        found_in={"ko": tuple(row["found_in"]["ko"]), "en": tuple(row["found_in"]["en"])},
        cited=tuple(row["cited"]),
        sentences=tuple(row["sentences"]),
        answer=str(row["answer"]),
        refused=bool(row["refused"]),
        probability=float(row["probability"]),
        milliseconds=float(row["milliseconds"]),
    )

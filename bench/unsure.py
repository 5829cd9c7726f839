"""How many answers say that they may not be what is asked: `python -m bench.unsure [FILE.jsonl]`.

Of answers whose first citation is right, of those where it is wrong, and of those to questions that nothing answers.
The default are the development questions, on which the probability was fitted and the bound chosen. Where `scope.tsv`
stands beside the file (id, "far" from the topic or "near" it), how many of each are refused is told, too.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.questions import read_questions
from qa import open_library
from qa.answer import SURE


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, count, and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.unsure", description=__doc__)
    parser.add_argument("questions", type=Path, nargs="?")
    options = parser.parse_args(arguments)
    said: dict[str, list[bool]] = defaultdict(list)
    scope = _scope(options.questions)
    refused: dict[str, list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder) / "library") as assistant:
        for question in read_questions([options.questions] if options.questions else None):
            answer = assistant.ask(question.text)
            if question.question_id in scope:
                refused[scope[question.question_id]].append(answer.abstained)
            if answer.abstained:
                continue
            document = assistant.document(answer.citations[0].doc_id)
            place = document.work if document else "", answer.citations[0].section_id
            right = "right" if place in question.gold else "wrong"
            said["nothing answers it" if not question.gold else right].append(answer.unsure)
    lines = [f"| answers | n | say that they may not be one (probability below {SURE}) |", "|-|-|-|"]
    lines += _rows(said)
    if refused:
        lines += ["", "| nothing answers it | n | refused |", "|-|-|-|", *_rows(refused)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _rows(counted: dict[str, list[bool]]) -> list[str]:
    return [f"| {kind} | {len(found)} | {sum(found) / len(found):.2f} |" for kind, found in sorted(counted.items())]


def _scope(questions: Path | None) -> dict[str, str]:
    path = questions.with_name("scope.tsv") if questions else None
    lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
    return dict(line.split("\t") for line in lines)


if __name__ == "__main__":
    sys.exit(main())

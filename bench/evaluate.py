"""Ask the development questions and report how right the answers are: `python -m bench.evaluate [--errors] [FILE …]`.

The figures are those of `surveyqa eval` (docs/eval.md), on a Library of the shipped corpus that is made for it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.questions import read_questions
from qa.evaluation.evaluate import ask
from qa.evaluation.judge import Judged
from qa.evaluation.report import report_text
from qa.evaluation.summary import summarise
from qa.settings import Settings


def main() -> int:
    """Evaluate and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every question that went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scored = ask(read_questions(options.files), Settings(library=Path(folder) / "library"))
    if options.errors:
        for one in scored:
            sys.stdout.write(describe(one.judged))
    sys.stdout.write(report_text(summarise("The shipped corpus", scored)))
    return 0


def describe(one: Judged) -> str:
    """Return one line on a question that went wrong, nothing for one that went right."""
    if one.verdict in ("right", "rightly refused"):
        return ""
    question = one.question
    cited = " ".join(dict.fromkeys(one.cited)) or "nothing"
    gold = " ".join(one.gold.places) or "none"
    head = " ".join(one.answer.split())[:150]
    figures = f"rank {one.rank or '–'} p {one.probability:.2f}"
    return f"{one.verdict.upper()} {question.question_id} {figures} {question.text} [{gold}] cited {cited} :: {head}\n"


if __name__ == "__main__":
    sys.exit(main())

"""Ask questions that compare, report which sides are answered: `python -m bench.comparisons [--test] [--errors]`.

Each is answered twice on a Library of the shipped corpus that is made for it: as shipped, and without asking of each
side. Writes `bench/results/comparisons.md` when `--test` is given; `--errors` prints the development questions that
are not answered right.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from bench.two_sets import report
from qa.answer import Answer
from qa.ask import Assistant
from qa.evaluation.questions import rows

FOLDER = Path(__file__).parent / "questions" / "comparisons"
Outcome = Literal["all sides", "a part", "none", "refused", "rightly refused", "wrongly, unsure", "wrongly"]
ANSWERED: tuple[Outcome, ...] = ("all sides", "a part", "none", "refused")
UNANSWERED: tuple[Outcome, ...] = ("rightly refused", "wrongly, unsure", "wrongly")
KINDS = {"whole": True, "aspect": True, "within": True, "direct": True, "absent": False, "untold": False}

HEAD = """# Questions that compare

Made by `python -m bench.comparisons --test`. Each side has sections that tell what is asked of it. "All sides": of
each side one of them is cited; "a part": not of each; "none": of no side. Kinds: *whole* asks how two things differ,
*aspect* for something of both, *within* of two parts of one text; no single section compares them, which in *direct*
one does. Of *absent* one side is not in the Library, of *untold* what is asked of a side is told nowhere. "Unsure":
with the line that this may not be what was asked.
"""

Place = tuple[str, str]  # work, section id


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question and, for each side, the sections that tell what is asked of it; none where nothing does."""

    question_id: str
    question: str
    kind: str
    sides: tuple[frozenset[Place], ...]


def read(path: Path) -> list[Comparison]:
    """Return the comparisons of a file, in its order."""
    return [
        Comparison(
            row["id"],
            row["question"],
            row["kind"],
            tuple(frozenset((work, section) for work, section in side["gold"]) for side in row["sides"]),
        )
        for _, row in rows(path)
    ]


def outcome(asked: Comparison, answer: Answer, works: dict[str, str]) -> Outcome:
    """Return what became of a question; `works` says which work a document is an edition of."""
    if not KINDS[asked.kind]:
        if answer.abstained:
            return "rightly refused"
        return "wrongly, unsure" if answer.unsure else "wrongly"
    if answer.abstained:
        return "refused"
    cited = {(works[citation.doc_id], citation.section_id) for citation in answer.citations}
    held = [bool(side & cited) for side in asked.sides]
    return "all sides" if all(held) else "a part" if any(held) else "none"


def measure(assistant: Assistant, questions: Sequence[Comparison]) -> list[tuple[Comparison, Answer, Outcome]]:
    """Ask all questions."""
    works = {card.doc_id: card.work for card in assistant.documents()}
    answers = [(asked, assistant.ask(asked.question)) for asked in questions]
    return [(asked, answer, outcome(asked, answer, works)) for asked, answer in answers]


def table(found: Sequence[tuple[Comparison, Answer, Outcome]]) -> str:
    """Return a Markdown table of outcomes by kind of question."""
    lines = ["| asked | n | " + " | ".join((*ANSWERED, *UNANSWERED)) + " |", "|-" * (2 + 7) + "|"]
    for kind, answerable in KINDS.items():
        counts = Counter(what for asked, _, what in found if asked.kind == kind)
        cells = [str(counts[what]) if (what in ANSWERED) == answerable else "" for what in (*ANSWERED, *UNANSWERED)]
        lines.append(f"| {kind} | {counts.total()} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _measured(assistant: Assistant, path: Path) -> tuple[list[str], list[str]]:
    """Return the tables with and without asking of each side, and what is not answered right."""
    questions = read(path)
    with_sides = measure(assistant, questions)
    with patch.object(assistant.quoter.divider, "divide", return_value=None):
        without = measure(assistant, questions)
    wrong = [one for one in with_sides if one[2] not in ("all sides", "rightly refused")]
    errors = [f"{one.question_id} {one.kind} {what}: {one.question}\n{answer.text}\n" for one, answer, what in wrong]
    return [table(with_sides), "\nWithout asking of each side:\n", table(without)], errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the report."""
    return report(arguments, prog="bench.comparisons", doc=__doc__, head=HEAD, measured=_measured)


if __name__ == "__main__":
    sys.exit(main())

"""Ask the development questions and report how right the answers are: `python -m bench.evaluate [--errors] [FILE …]`.

A rank counts distinct sections, both editions as one. "First" is the section of the answer's first citation.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.questions import Question, read_questions
from qa import open_library
from qa.ask import Assistant

COLUMNS = (
    "questions",
    "n",
    "recall@1",
    "recall@5",
    "recall@10",
    "MRR@10",
    "first citation right",
    "any right",
    "answer contains",
    "language right",
    "refused",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question; `rank` is that of the first gold section, 0 when it was not found."""

    question: Question
    rank: int
    abstained: bool
    first_right: bool
    any_right: bool
    language_right: bool
    contains: bool
    probability: float
    milliseconds: float
    answer: str


def main() -> int:
    """Evaluate and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every question that went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_library(folder + "/library") as assistant:
        results = [evaluate(assistant, question) for question in read_questions(options.files)]
    write = sys.stdout.write
    if options.errors:
        for result in results:
            write(describe(result))
    write(table(results))
    return 0


def evaluate(assistant: Assistant, question: Question) -> Result:
    """Ask one question."""
    sections = list(
        dict.fromkeys((h.passage.work, h.passage.section_id) for h in assistant.search(question.text, 60).hits)
    )
    rank = next((at for at, section in enumerate(sections, start=1) if section in question.gold), 0)
    started = time.perf_counter()
    answer = assistant.ask(question.text)
    milliseconds = 1000 * (time.perf_counter() - started)
    works = {card.doc_id: card.work for card in assistant.documents()}
    cited = [(works[citation.doc_id], citation.section_id) for citation in answer.citations]
    return Result(
        question=question,
        rank=rank,
        abstained=answer.abstained,
        first_right=bool(cited) and cited[0] in question.gold,
        any_right=any(place in question.gold for place in cited),
        language_right=answer.language == question.language
        and all(c.language == question.language for c in answer.citations),
        contains=_squeeze(question.answer) in _squeeze(answer.text),
        probability=answer.probability,
        milliseconds=milliseconds,
        answer=answer.text,
    )


def table(results: Sequence[Result]) -> str:
    """Return the figures by language and kind as Markdown."""
    lines = [
        "| " + " | ".join(COLUMNS) + " |",
        "|-" * len(COLUMNS) + "|",
    ]
    answerable = [r for r in results if r.question.gold]
    groups: list[tuple[str, list[Result]]] = [("all answerable", answerable)]
    groups += [
        (f"asked in {language}", [r for r in answerable if r.question.language == language])
        for language in ("ko", "en")
    ]
    kinds = sorted({r.question.kind for r in answerable})
    groups += [(kind, [r for r in answerable if r.question.kind == kind]) for kind in kinds]
    groups.append(("unanswerable", [r for r in results if not r.question.gold]))
    for name, group in groups:
        if group:
            lines.append(f"| {name} | {len(group)} | " + " | ".join(f"{value:.3f}" for value in _figures(group)) + " |")
    times = sorted(r.milliseconds for r in results)
    lines.append(f"\nask: median {statistics.median(times):.1f} ms, p95 {times[int(0.95 * len(times))]:.1f} ms")
    return "\n".join(lines) + "\n"


def describe(result: Result) -> str:
    """Return one line on a question that went wrong, nothing for one that went right."""
    question = result.question
    if question.gold and result.first_right:
        return ""
    if not question.gold and result.abstained:
        return ""
    what = "REFUSED" if result.abstained else "WRONG" if question.gold else "ANSWERED"
    head = " ".join(result.answer.split())[:150]
    figures = f"rank {result.rank} p {result.probability:.2f}"
    return f"{what} {question.question_id} {figures} {question.text} {question.gold[:1]} :: {head}\n"


def _figures(group: Sequence[Result]) -> Iterable[float]:
    yield from (sum(0 < r.rank <= k for r in group) / len(group) for k in (1, 5, 10))
    yield sum(1 / r.rank for r in group if 0 < r.rank <= 10) / len(group)
    for name in ("first_right", "any_right", "contains", "language_right", "abstained"):
        yield sum(getattr(r, name) for r in group) / len(group)


def _squeeze(text: str) -> str:
    return "".join(text.lower().split())


if __name__ == "__main__":
    sys.exit(main())

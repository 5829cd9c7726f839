"""Ask for weak and strong points in everyday words, report what is told: `python -m bench.everyday [--test]`.

Each way of asking (`bench/questions/everyday/`) is asked of two shipped works whose notes tell both sides. Right: the
first sentence is of that work's notes and names a limit or a strength, as asked; later: another one is and does.
Of ways of asking with such words that want something else, it is counted how many would be put in plain words.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from qa.answer import Answer
from qa.ask import open_library
from qa.evaluation.questions import rows

QUESTIONS = Path(__file__).parent / "questions" / "everyday"
NAMES = {"limits": re.compile(r"limit|weakness|doubts|drawback|한계|약점|단점|의문", re.IGNORECASE)}
NAMES["strengths"] = re.compile(r"strength|강점|장점", re.IGNORECASE)
VERDICTS = ("right", "later", "refused", "wrong", "wrong but unsure")


BOTH_SIDES = (  # works whose notes tell both, and what they are called in either language
    ("2406.13542", "AutoIF"),
    ("2407.15272", "MIBench"),
    ("2408.03281", "StructEval"),
    ("2407.10671", "Qwen2"),
    ("2406.12793", "GLM-4"),
)


def verdict(answer: Answer, asks: str, work: str) -> str:
    """Return which of VERDICTS an answer gets."""
    if answer.abstained:
        return "refused"
    names = NAMES[asks]
    told = [names.search(one.quote) is not None and one.doc_id.startswith(f"{work}.") for one in answer.citations]
    first = answer.sentences[0].citations
    if first and told[first[0]]:
        return "right"
    return "later" if any(told) else "wrong but unsure" if answer.unsure else "wrong"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.everyday", description=__doc__)
    parser.add_argument("--test", action="store_true", help="the held-out ways of asking")
    name = "test" if parser.parse_args(arguments).test else "dev"
    counts: dict[tuple[str, str], Counter[str]] = {}
    taken = others = 0
    with open_library() as assistant:
        for at, (_, row) in enumerate(rows(QUESTIONS / f"{name}.jsonl")):
            for step in (0, 3):
                work, called = BOTH_SIDES[(at + step) % len(BOTH_SIDES)]
                question = row["question"].replace("{X}", called)
                if row["asks"] == "else":
                    others += 1
                    taken += assistant.quoter.speaker.plainly(question) is not None
                    continue
                found = counts.setdefault((row["asks"], row["language"]), Counter())
                found[verdict(assistant.ask(question), row["asks"], work)] += 1
    lines = [f"| asked for | n | {' | '.join(VERDICTS)} |", "|-" * (len(VERDICTS) + 2) + "|"]
    for (asks, language), found in sorted(counts.items()):
        cells = " | ".join(str(found[one]) for one in VERDICTS)
        lines.append(f"| {asks}, {language} | {found.total()} | {cells} |")
    lines.append(
        f"\nOf {others} that ask for something else {taken} would be put as questions for limits or strengths."
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

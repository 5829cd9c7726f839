"""Ask what tables say, report how often the right number is said or shown: `python -m bench.tables SET FOLDER`.

SET is "dev", "test", "papers_dev" or "papers_test", FOLDER holds its documents (`bench/questions/tables/README.md`).
Every second question is asked of its document alone, the others of all. "Said": the first line names what has the
number, and the number; "shown": a row does, or a sentence. "Other" questions use such words and ask for no number of a
table, "absent" ones for a number that no table of their document has: right is what is silent.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa.answer import Answer
from qa.ask import open_library
from qa.evaluation.questions import rows

QUESTIONS = Path(__file__).parent / "questions" / "tables"
_BESIDE = re.compile(r"(?<=[\d%B])\. |(?<=입니다)\. ")  # where what the other one of two has begins
SETS = ("dev", "test", "papers_dev", "papers_test")
KINDS = ("best", "second", "lookup", "compare", "other", "absent")


def is_said(answer: Answer, gold: dict[str, Any]) -> bool:
    """Whether the line that an answer begins with names the right thing and its number; not what it is better than."""
    return is_told(answer) and _holds(_BESIDE.split(answer.sentences[0].text)[0], gold)


def is_told(answer: Answer) -> bool:
    """Whether an answer says itself what its rows show."""
    return bool(answer.sentences) and answer.sentences[0].form == "lead"


def is_shown(answer: Answer, gold: dict[str, Any]) -> bool:
    """Whether a row, below its headings, or a sentence holds the right number and names what has it."""
    headings = " ".join(sentence.text for sentence in answer.sentences if sentence.form == "header")
    told = (sentence.text for sentence in answer.sentences if sentence.form != "header")
    return any(_holds(f"{text} {headings}", gold) and _key(gold["value"]) in _key(text) for text in told)


def _holds(text: str, gold: dict[str, Any]) -> bool:
    names = [gold["name"], *gold.get("also", [])]
    return _key(gold["value"]) in _key(text) and any(_key(name) in _key(text) for name in names)


def _key(text: str) -> str:
    return re.sub(r"[^0-9a-z가-힣.+]", "", re.sub(r"[*`_]", "", text).casefold())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.tables", description=__doc__)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder) / "library") as assistant:
        shipped = {card.doc_id for card in assistant.documents()}
        assistant.add([options.folder])
        own = {card.stem: card.doc_id for card in assistant.documents() if card.doc_id not in shipped}
        for at, (_, row) in enumerate(rows(QUESTIONS / f"{options.set}.jsonl")):
            answer = assistant.ask(row["question"], within={own[Path(row["doc"]).stem]} if at % 2 else {*own.values()})
            gold, found = row["gold"], counts[row["kind"]]
            found["n"] += 1
            found["told"] += is_told(answer)
            found["unsure"] += is_told(answer) and answer.unsure
            found["said"] += is_said(answer, gold) if gold else not is_told(answer)
            found["shown"] += bool(gold) and is_shown(answer, gold)
            found["refused"] += answer.abstained
    lines = ["| asked | n | told | of these unsure | said right | shown | refused |", "|-|-|-|-|-|-|-|"]
    lines += [
        f"| {kind} | {n['n']} | {n['told']} | {n['unsure']} | {n['said']} | {n['shown']} | {n['refused']} |"
        for kind, n in counts.items()
        if n
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Ask what the tables of PDFs hold, and report how often it is told: `python -m bench.pdf_questions FOLDER …`.

FOLDERs as of `bench.pdf_tables`. From the source of each paper up to three numbers of each table are drawn whose label
and heading the paper has once; every second question is Korean, each is asked of its PDF alone. Told: the first line
says the number; shown: a row or sentence that names what was asked for has it.
"""

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.pdf_tables import source_of
from bench.tables import is_told
from qa.answer import Answer
from qa.ask import open_library
from qa.reading.numbers.grid import grids

_EACH = 3
_FORMS = ("{label}의 {heading}은 얼마야?", "What is the {heading} of {label}?")


class Question(NamedTuple):
    """A number of a table, and what names it."""

    paper: str
    label: str
    heading: str
    number: str


def questions(paper: str, text: str, drawn: random.Random) -> Iterator[Question]:
    """Yield questions for numbers of the tables of a text that label and heading single out."""
    tables = list(grids(text))
    pairs = Counter(
        (_key(row.label), _key(heading)) for grid in tables for row in grid.rows for heading in grid.headings
    )
    for grid in tables:
        found = [
            Question(paper, row.label, grid.headings[at], cell.text)
            for row in grid.rows
            for at, cell in enumerate(row.cells)
            if at >= grid.labels
            and cell.number is not None
            and _is_plain(row.label, 3)
            and _is_plain(grid.headings[at], 2)
        ]
        numbers = Counter(one.number for one in found)
        single = [one for one in found if numbers[one.number] == 1 and len(one.number) > 1 and _is_single(one, pairs)]
        yield from drawn.sample(single, min(_EACH, len(single)))


def _is_plain(name: str, least: int) -> bool:
    return "$" not in name and least < len(_key(name)) and len(name) < 40


def _is_single(one: Question, pairs: Counter[tuple[str, str]]) -> bool:
    label, heading = _key(one.label), _key(one.heading)
    ends = (b for a, b in pairs.elements() if a == label and b and (b.endswith(heading) or heading.endswith(b)))
    return sum(1 for _ in ends) == 1


def is_right(answer: Answer, one: Question) -> bool:
    """Whether the first line of an answer is the app's own, and says the number."""
    return is_told(answer) and _key(one.number) in _key(answer.sentences[0].text)


def is_shown(answer: Answer, one: Question) -> bool:
    """Whether a row or a sentence has the number and the words that name it."""
    words = [word for word in re.findall(r"[\w.+]+", one.label.casefold()) if len(word) > 1]
    told = (_key(sentence.text) for sentence in answer.sentences if sentence.form != "header")
    return not answer.abstained and any(
        _key(one.number) in text and all(_key(w) in text for w in words) for text in told
    )


def _key(text: str) -> str:
    return re.sub(r"[^0-9a-z가-힣.%]", "", text.casefold())


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and print the counts."""
    parser = argparse.ArgumentParser(prog="bench.pdf_questions", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    drawn, counts = random.Random(5), Counter[str]()
    files = sorted(path for folder in options.folders for path in folder.glob("*.pdf"))
    asked = [one for path in files for one in questions(path.stem, source_of(path), drawn)]
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder) / "library") as assistant:
        assistant.add(files)
        for at, one in enumerate(asked):
            answer = assistant.ask(_FORMS[at % 2].format(label=one.label, heading=one.heading), within={one.paper})
            counts.update(asked=1, told=is_told(answer), right=is_right(answer, one))
            counts.update(shown=is_shown(answer, one), refused=answer.abstained)
    sys.stdout.write("| " + " | ".join(counts) + " |\n|" + "-|" * len(counts) + "\n")
    sys.stdout.write("| " + " | ".join(map(str, counts.values())) + " |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Two sets of questions in, a report of what is measured on them out: a command line. Measures nothing.

The errors of the first set may be read; the second is measured, and the report written, only when asked for.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from qa.ask import Assistant, open_library

SETS = ("dev", "test")

# The name of a set's file, and a Library of the shipped corpus, to the rows of its table and the questions that failed.
Measured = Callable[[Assistant, Path], tuple[Iterable[str], Sequence[str]]]


def report(arguments: Sequence[str] | None, *, prog: str, doc: str | None, head: str, measured: Measured) -> int:
    """Measure, print, and write the report; `prog` is "bench.NAME", by which questions and report are called."""
    here, name = Path(__file__).parent, prog.rpartition(".")[2]
    parser = argparse.ArgumentParser(prog=prog, description=doc)
    parser.add_argument("--test", action="store_true", help="also the test set; writes the report")
    parser.add_argument("--errors", action="store_true", help="print the development questions that are not right")
    options = parser.parse_args(arguments)
    parts = [head]
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder) / "library") as assistant:
        for part in SETS if options.test else SETS[:1]:
            rows, errors = measured(assistant, here / "questions" / name / f"{part}.jsonl")
            parts.append("\n".join((f"## {part}\n", *rows)) + "\n")
            if options.errors and part == SETS[0]:
                sys.stdout.write("\n".join(errors) + "\n\n")
    text = "\n".join(parts)
    sys.stdout.write(text)
    if options.test:
        (here / "results" / f"{name}.md").write_text(text, encoding="utf-8")
    return 0

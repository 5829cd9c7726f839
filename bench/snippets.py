"""Whether answers show the code that is asked for: `python -m bench.snippets FOLDER QUESTIONS`.

FOLDER is written by `bench.documents` (commerce or commerce_later); QUESTIONS is a file of `bench/questions/code/`
(`seen.jsonl` or `later.jsonl`). A question's `code` is the digest of a line of the code that answers it; one that
nothing answers has none.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.corpora import digest
from index.library import Library
from qa import open_library
from qa.ask import Assistant
from qa.settings import Settings

FIRST = 5  # passages


def main() -> int:
    """Add the documents to a Library of their own, ask the questions and print one row."""
    parser = argparse.ArgumentParser(prog="python -m bench.snippets", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("questions", type=Path)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as root:
        settings = Settings(library=Path(root) / "library", shipped_seeds=False)
        Library.open(settings.library, create=True).close()
        with open_library(settings=settings) as assistant:
            assistant.add([options.folder])
            found = counted(assistant, [json.loads(line) for line in lines])
    names = list(found)
    sys.stdout.write("| questions | " + " | ".join(names) + " |\n" + "|-" * (len(names) + 1) + "|\n")
    sys.stdout.write(f"| {options.questions.stem} | " + " | ".join(str(found[name]) for name in names) + " |\n")
    return 0


def counted(assistant: Assistant, questions: list[dict[str, str]]) -> Counter[str]:
    """Return how many questions there are, what was found and shown for those with code, and what was refused."""
    found: Counter[str] = Counter()
    for row in questions:
        answer, code = assistant.ask(row["question"]), row["code"]
        if not code:
            found["nothing answers"] += 1
            found["of these refused"] += answer.abstained
            continue
        hits = assistant.search(row["question"], FIRST).hits
        held = [code in digests(hit.passage.text) for hit in hits]
        found["with code"] += 1
        found["its passage first"] += any(held[:1])
        found[f"among {FIRST}"] += any(held)
        found["code shown"] += any(code in digests(sentence.text) for sentence in answer.sentences)
        found["pieces of code"] += sum(sentence.form == "code" for sentence in answer.sentences)
        found["refused"] += answer.abstained
    return found


def digests(text: str) -> frozenset[str]:
    """Return the digests of the lines of a text."""
    return frozenset(digest(line) for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())

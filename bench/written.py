"""What checking adds to an answer that a language model writes: `python -m bench.written`.

Answers of six sentences, labelled claims of `bench.claims` as they came, each citing a passage of its own. A generator
stands for the model: it waits for FIRST_TOKEN_S, as the quickest local ones do, and measures how long each sentence
keeps it until the next is asked for: checking, finding the cited places, making the answer. Prints a table.
"""

import json
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from pathlib import Path

from bench.claims import ANSWER, CLAIMS
from index.load import Language
from index.storage.record import StoredPassage
from qa import open_library
from qa.answer import Answer
from qa.ask import Assistant
from qa.evaluation.measure import milliseconds
from qa.llm.sentences import WrittenSentence

FIRST_TOKEN_S = 0.3

Claim = tuple[str, Language, StoredPassage]


def main() -> int:
    """Measure with sources that are new and with sources that were cited before."""
    lines = ["| sources | added to an answer: median | 95th percentile | before its first token |", "|-|-|-|-|"]
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder) / "library") as assistant:
        claims = cited(assistant)
        for sources in ("new", "cited before"):
            kept = [compose(assistant, claims[at : at + ANSWER]) for at in range(0, len(claims) - ANSWER + 1, ANSWER)]
            added, before = (milliseconds([times[part] for times in kept]) for part in (0, 1))
            lines.append(f"| {sources} | {added[0]:.0f} ms | {added[1]:.0f} ms | {before[0]:.1f} ms |")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def cited(assistant: Assistant) -> list[Claim]:
    """Return the development claims that cite a section, each with the first passage of it; no passage twice."""
    store = assistant.library.store
    found: dict[str, Claim] = {}
    for line in (CLAIMS / "development.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for source in row["sources"]:
            document = store.document(source["doc_id"])
            assert document is not None, source
            rows = store.rows_by_section([document.work])[document.work, source["section_id"]]
            passage = next(one for one in store.passages(rows) if one.doc_id == document.doc_id)
            found.setdefault(passage.passage_id, (row["claim"], row["language"], passage))
    return sorted(found.values(), key=lambda claim: claim[1])  # so that an answer is in one language


def compose(assistant: Assistant, claims: Sequence[Claim]) -> tuple[float, float]:
    """Return in milliseconds how long an answer's sentences kept their writer, and how long it waited to begin."""
    kept: list[float] = []
    sources = [passage for _, _, passage in claims]
    asked = time.perf_counter()

    def writes() -> Generator[WrittenSentence, None, None]:
        kept.append(1000 * (time.perf_counter() - asked))
        time.sleep(FIRST_TOKEN_S)
        for number, (text, _, _) in enumerate(claims, start=1):
            started = time.perf_counter()
            yield WrittenSentence(text, (number,))
            kept.append(1000 * (time.perf_counter() - started))

    quoted = Answer("", claims[0][1], "", (), (), None, (), 1.0)
    for _ in assistant.composer.compose(quoted, sources, writes(), "none"):
        pass
    return sum(kept[1:]), kept[0]


if __name__ == "__main__":
    sys.exit(main())

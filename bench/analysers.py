"""What Korean analysis earns: `python -m bench.analysers`. Kiwi's morphemes, our lexicon, character bigrams, and sums.

Korean development questions against the Korean passages of the shipped corpus, BM25 alone, no bridge, no vectors; and
the time and memory that each analyser takes. Kiwi is a tool of the workshop: nothing shipped needs it.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
from kiwipiepy import Kiwi
from numpy.typing import NDArray

from bench.fusion import bigrams_of
from bench.questions import read_questions
from bench.speed import resident_mb
from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from index.segments.terms import TermIndex
from index.segments.vectors import Spread
from qa import open_library
from qa.question.query import understand
from qa.retrieval.fuse import standardise

CONTENT = ("NNG", "NNP", "NR", "VV", "VA", "MAG", "XR", "SL", "SN", "SH")
Terms = Callable[[str], list[str]]


def main() -> int:
    """Print a Markdown table."""
    started = time.perf_counter()
    ours = Analyser.load(MODEL_FOLDER / "korean.tsv")
    rows: list[tuple[str, float, str, Terms]] = [
        ("our lexicon", time.perf_counter() - started, resident_mb(os.getpid()), ours.words)
    ]
    rows.append(("character bigrams", 0.0, resident_mb(os.getpid()), lambda text: bigrams_of(text, ours)))
    started = time.perf_counter()
    kiwi = Kiwi(num_workers=1)
    kiwi.tokenize("준비")
    rows.append(("Kiwi morphemes", time.perf_counter() - started, resident_mb(os.getpid()), kiwi_terms(kiwi)))
    with tempfile.TemporaryDirectory() as folder, open_library(folder + "/library") as assistant:
        passages = [p for p in assistant.library.store.passages(assistant.library.store.rows()) if p.language == "ko"]
        asked = [question for question in read_questions() if question.language == "ko" and question.gold]
        topics = [
            " ".join(question.text[t.start : t.end] for t in understand(question.text, ours).terms)
            for question in asked
        ]
    texts = ["\n".join((p.title, *p.path, p.text)) for p in passages]
    right = [np.array([(p.work, p.section_id) in question.gold for p in passages]) for question in asked]
    sys.stdout.write(f"{len(asked)} Korean questions, {len(passages)} Korean passages\n\n")
    sys.stdout.write(
        "| analyser | right section first | MRR | load, s | memory after loading | passages a second |\n|-|-|-|-|-|-|\n"
    )
    scores = {}
    for name, seconds, memory, terms in rows:
        started = time.perf_counter()
        index = TermIndex.build([Counter(terms(text)) for text in texts])
        rate = len(texts) / (time.perf_counter() - started)
        scores[name] = [_standardised(index.scores([{term: 1.0} for term in terms(topic)])) for topic in topics]
        sys.stdout.write(f"| {name} | {figures(scores[name], right)} | {seconds:.2f} | {memory} | {rate:,.0f} |\n")
    for name in ("our lexicon", "Kiwi morphemes"):
        both = [a + np.float32(0.6) * b for a, b in zip(scores[name], scores["character bigrams"], strict=True)]
        sys.stdout.write(f"| {name} + 0.6 × bigrams | {figures(both, right)} | | | |\n")
    return 0


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return standardise(scores, Spread.of(scores))


def kiwi_terms(kiwi: Kiwi) -> Terms:
    """Return what gives the content morphemes of a text, lower-cased."""
    return lambda text: [t.form.lower() for t in kiwi.tokenize(text) if t.tag.split("-")[0] in CONTENT]


def figures(scores: list[NDArray[np.float32]], right: list[NDArray[np.bool_]]) -> str:
    """Return the share of questions with a right passage first, and the mean reciprocal rank."""
    ranks = [1 + np.sum(score > score[gold].max()) for score, gold in zip(scores, right, strict=True)]
    return f"{np.mean(np.array(ranks) == 1):.3f} | {np.mean(1 / np.array(ranks)):.3f}"


if __name__ == "__main__":
    sys.exit(main())

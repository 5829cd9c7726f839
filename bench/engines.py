"""Time engines of vector and of word search on many passages: `python -m bench.engines --passages 200000`.

Prints Markdown. Passages are made by `bench.generate`, or read with `--texts FOLDER`. Engines that are not installed
(`pip install bm25s numba tantivy`) are left out, and it says so. The machine's load changes times: compare within one
table.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is first imported; FAISS is told apart

import faiss  # noqa: E402
import numpy as np  # noqa: E402

from bench import vector_engines, word_engines  # noqa: E402
from bench.passages import Source, asked, prepare  # noqa: E402

QUESTIONS = 300


def main() -> int:
    """Prepare passages, measure, and print tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description=__doc__)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="a folder of Markdown files, in place of made papers")
    parser.add_argument("--kept", type=Path, help="where prepared passages are kept for further runs")
    parser.add_argument("--only", choices=["vectors", "sizes", "words", "prepare"])
    parser.add_argument("--match", default="", help="a regular expression: the engines to measure; all by default")
    options = parser.parse_args()
    source = Source(options.seed, options.texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        passages = prepare(source, options.passages, options.kept or folder / "kept")
        if options.only == "prepare":
            return 0
        papers = len(passages) // 70  # questions are about papers whose passages are all there
        questions = asked(source, QUESTIONS, papers)
        sys.stdout.write(f"{len(passages):,} passages, {len(questions)} questions, {machine()}\n\n")
        vectors = np.stack([question.vector for question in questions])
        if options.only in (None, "vectors"):
            table(vector_engines.COLUMNS, vector_engines.rows(passages.vectors, vectors, folder, options.match))
        if options.only in (None, "sizes"):
            table(vector_engines.SIZE_COLUMNS, vector_engines.sizes(passages.vectors, vectors))
            sys.stdout.write(f"{vector_engines.moments_suffice(passages.vectors, vectors)}\n\n")
        if options.only in (None, "words"):
            missing = word_engines.engines()[1]
            sys.stdout.write(f"Not installed, left out: {', '.join(missing)}.\n\n" if missing else "")
            table(word_engines.COLUMNS, word_engines.rows(passages, questions, folder, options.match))
    return 0


def table(columns: str, rows: Iterable[str]) -> None:
    """Print a Markdown table, each row as soon as it is there."""
    sys.stdout.write(f"| {columns.replace('|', ' | ')} |\n{'|-' * (1 + columns.count('|'))}|\n")
    for row in rows:
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    sys.stdout.write("\n")


def machine() -> str:
    """Say what was measured on."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}, faiss {faiss.__version__}"


if __name__ == "__main__":
    sys.exit(main())

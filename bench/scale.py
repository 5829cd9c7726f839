"""How a large Library behaves on one machine: `python -m bench.scale FOLDER [--passages 1000000] [--out FILE]`.

Made papers (`bench/generate.py`) are put into a Library as if they had just been read; a folder that already holds some
of them is gone on with. Then: adding single papers of 60 passages, opening in a new process, searching warm, and how
much of what an exact search finds the approximate one finds.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import numpy as np

from bench.generate import PASSAGES_PER_PAPER, papers, questions
from index import derive, generation
from index.gather import Found
from index.ingest import Read, ingest
from index.library import Library
from index.load import parse
from index.store import NOWHERE
from index.writing import writing
from qa.ask import open_library
from qa.query import understand
from qa.retrieve import Run
from qa.settings import Settings

SEED = 1
PAPERS_AT_ONCE = 500
ADDED = 25
ASKED = 300
OPENING = """
import sys, time, resource
started = time.perf_counter()
from pathlib import Path
from qa.ask import open_library
from qa.settings import Settings
imported = time.perf_counter()
with open_library(settings=Settings(library=Path(sys.argv[1]), shipped_seeds=False)) as assistant:
    opened = time.perf_counter()
    assistant.search(sys.argv[2])
    print(imported - started, opened - imported, time.perf_counter() - opened)
"""


def main() -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = [*fill(options.folder, options.passages), *adding(options.folder), *sizes(options.folder)]
    rows += [*opening(options.folder), *searching(options.folder)]
    text = "\n".join(["| what | figure |", "|-|-|", *(f"| {what} | {figure} |" for what, figure in rows)]) + "\n"
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(f"Made by `python -m bench.scale FOLDER --passages {options.passages}`.\n\n{text}")
    return 0


def fill(folder: Path, passages: int) -> Iterator[tuple[str, str]]:
    """Put made papers in until the Library has so many passages."""
    with Library.open(folder, create=True) as library:
        library.decline_shipped()
        held = library.store.count()
        first = int(library.store.get_meta("papers") or 0)
        started = time.perf_counter()
        number = first
        while held < passages:
            with writing(folder) as store:
                some = list(_read(number, min(PAPERS_AT_ONCE, -(-(passages - held) // PASSAGES_PER_PAPER))))
                number += len(some)
                clock = time.perf_counter()
                for _ in ingest(store, some, {"papers": str(number)}):
                    pass
                stored = time.perf_counter() - clock
                manifest = generation.load_manifest(folder)
                since = manifest.stamp if manifest else NOWHERE
                index = derive.bring_up(folder, store, library.index, since, library.analyser, library.embedder)
                took = time.perf_counter() - clock
                rate = (store.count() - held) / took
                held = store.count()
            sys.stderr.write(
                f"{held:,} passages, {rate:,.0f}/s ({stored:.1f} of {took:.1f} s storing), "
                f"{len(index.segments)} segments\n"
            )
        seconds = time.perf_counter() - started
    if number > first:
        yield "putting papers in, all of it", f"{(number - first) * PASSAGES_PER_PAPER / seconds:,.0f} passages/s"
    yield "passages", f"{held:,} of {number:,} papers"


def _read(first: int, count: int) -> Iterator[Read]:
    for paper in islice(papers(first + count, SEED), first, None):
        name = f"made-{paper.number}"
        yield Found(Path(name), name), parse(paper.text, doc_id=name, source=name)


def adding(folder: Path) -> Iterator[tuple[str, str]]:
    """Add single papers, as a user does."""
    with tempfile.TemporaryDirectory() as temporary, Library.open(folder) as library:
        first = int(library.store.get_meta("papers") or 0) + int(library.store.get_meta("added") or 0)
        seconds = []
        for paper in islice(papers(first + ADDED, SEED), first, None):
            path = Path(temporary) / f"own-{paper.number}.md"
            path.write_text(paper.text, encoding="utf-8")
            started = time.perf_counter()
            (outcome,) = library.add([path])
            seconds.append(time.perf_counter() - started)
            assert outcome.status == "added", outcome
        with writing(folder) as store, store.transaction():
            store.set_meta("added", str(first + ADDED))
        started = time.perf_counter()
        library.remove([outcome.doc_id or ""])
        removed = time.perf_counter() - started
    yield f"adding a paper of {PASSAGES_PER_PAPER} passages until it is searched", _times(seconds)
    yield "removing a paper", f"{removed:.2f} s"


def sizes(folder: Path) -> Iterator[tuple[str, str]]:
    """Say what is on the disk."""
    with Library.open(folder) as library:
        count = len(library.index)
        segments = len(library.index.segments)
    database = sum(path.stat().st_size for path in folder.glob("library.sqlite*"))
    index = sum(path.stat().st_size for path in (folder / generation.INDEX_FOLDER).rglob("*") if path.is_file())
    yield "disk", f"{database / count:,.0f} + {index / count:,.0f} bytes a passage (documents + index)"
    yield "segments", str(segments)


def opening(folder: Path) -> Iterator[tuple[str, str]]:
    """Open the Library in new processes."""
    found = []
    for question in questions(3, SEED + 1):
        command = [sys.executable, "-c", OPENING, str(folder), question.text]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append([float(value) for value in done.stdout.split()])
    imports, opened, first = np.median(np.array(found), axis=0)
    yield "opening (imports apart)", f"{opened:.2f} s ({imports:.1f} s)"
    yield "first search after it", f"{first:.2f} s"


def searching(folder: Path) -> Iterator[tuple[str, str]]:
    """Search warm, and compare with an exact search."""
    with open_library(settings=Settings(library=folder, shipped_seeds=False)) as assistant:
        asked = [understand(question.text, assistant.library.analyser) for question in questions(ASKED, SEED + 2)]
        retriever = assistant.retriever
        for query in asked:
            retriever.search(query, 40)
        found, seconds = [], []
        for query in asked:
            started = time.perf_counter()
            found.append(retriever.search(query, 40))
            seconds.append(time.perf_counter() - started)
        answers = []
        for query in asked[:100]:
            started = time.perf_counter()
            assistant.ask(query.text)
            answers.append(time.perf_counter() - started)
        memory = _resident_mb()
        with _exactly():
            exact = [retriever.search(query, 40) for query in asked]
    shared = [len(_best(a) & _best(b)) / max(len(_best(b)), 1) for a, b in zip(found, exact, strict=True)]
    yield "searching, warm", _times(seconds)
    yield "answering, warm", _times(answers)
    yield "recall@10 of exact search", f"{np.mean(shared):.3f}"
    yield "the same first hit", f"{np.mean([_first(a) == _first(b) for a, b in zip(found, exact, strict=True)]):.3f}"
    yield "resident memory after that", memory


@contextmanager
def _exactly() -> Iterator[None]:
    """Look at every passage."""
    with patch("index.partition.NEAREST", 10**9), patch("qa.retrieve.PROMISING", 10**9):
        yield


def _best(run: Run) -> set[int]:
    return {hit.passage.row for hit in run.hits[:10]}


def _first(run: Run) -> int | None:
    return run.hits[0].passage.row if run.hits else None


def _times(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"median {statistics.median(ordered):,.0f} ms, 95% {p95:,.0f} ms, longest {ordered[-1]:,.0f} ms"


def _resident_mb() -> str:
    import psutil

    memory = psutil.Process().memory_full_info()
    return f"{memory.rss / 1e6:,.0f} MB, {memory.uss / 1e6:,.0f} MB of it its own (the rest: mapped files)"


if __name__ == "__main__":
    sys.exit(main())

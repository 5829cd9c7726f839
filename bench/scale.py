"""How a large Library behaves on one machine: `python -m bench.scale FOLDER [--passages 1000000] [--out FILE]`.

Made papers (`bench/generate.py`) are put into a Library as if they had just been read; a folder that already holds
some of them is gone on with, also after this was killed. Then: adding single papers of 60 passages, opening in a new
process, searching warm, and how much of what an exact search finds the approximate one finds.

Others may use the machine: beside each figure stands how much longer than on an idle machine (IDLE_S) a fixed loop
took, just before and after. Where that is near 1 a figure is what the machine gives; CPU seconds depend on it less.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from unittest.mock import patch

import numpy as np
import psutil

from bench.generate import PASSAGES_PER_PAPER, World, papers, questions
from index.gather import Found
from index.ingest import Read, ingest
from index.library import Library
from index.load import parse
from index.segments import derive, generation
from index.segments.represent import Representer
from index.segments.vectors import VectorIndex
from index.storage.store import NOWHERE
from index.writing import writing
from qa.ask import open_library
from qa.question.query import understand
from qa.retrieval.retrieve import Run
from qa.settings import Settings

SEED = 1
PAPERS_AT_ONCE = 500
ADDED = 25
ASKED = 300
EXACT = 100  # of them are searched exactly as well: a second each
LOOP, IDLE_S = 1_000_000, 0.048  # steps of the fixed loop, and what they take on the machine of the results when idle
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


@dataclass(frozen=True, slots=True)
class Batch:
    """What putting in some papers took: seconds of the clock, of this process's and its children's CPU time."""

    passages: int
    seconds: float
    own_s: float
    children_s: float
    load: float

    @property
    def rate(self) -> float:
        """Passages a second."""
        return self.passages / self.seconds


def main() -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = []
    for row in chain(fill(options.folder, options.passages), *(step(options.folder) for step in STEPS)):
        sys.stderr.write(f"{': '.join(row)}\n")
        rows.append(row)
    text = "\n".join(["| what | figure |", "|-|-|", *(f"| {what} | {figure} |" for what, figure in rows)]) + "\n"
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(f"Made by `python -m bench.scale FOLDER --passages {options.passages}`.\n\n{text}")
    return 0


def load() -> float:
    """Return how much longer than on an idle machine a fixed loop takes just now."""
    started, total = time.perf_counter(), 0
    for step in range(LOOP):
        total += step & 7
    return (time.perf_counter() - started) / IDLE_S


def fill(folder: Path, passages: int) -> Iterator[tuple[str, str]]:
    """Put made papers in until the Library has so many passages."""
    batches: list[Batch] = []
    with Library.open(folder, create=True) as library:
        library.decline_shipped()
        number, held, world = int(library.store.get_meta("papers") or 0), library.store.count(), World(SEED)
        with Representer(library.analyser, library.embedder) as representer:
            while held < passages:
                count = min(PAPERS_AT_ONCE, -(-(passages - held) // PASSAGES_PER_PAPER))
                some = [_read(world, at) for at in range(number, number + count)]
                number += count
                batches.append(_put(library, representer, some))
                held = library.store.count()
                sys.stderr.write(f"{held:,} passages, {batches[-1].rate:,.0f}/s, {batches[-1]}\n")
    yield "passages", f"{held:,} of {number:,} papers"
    if batches:
        yield "putting papers in", _rates(batches)


def _read(world: World, number: int) -> Read:
    paper, name = world.paper(number), f"made-{number}"
    return Found(Path(name), name, mark=("papers", str(number + 1))), parse(paper.text, doc_id=name, source=name)


def _put(library: Library, representer: Representer, read: Sequence[Read]) -> Batch:
    before = load()
    with writing(library.folder) as store:
        held, children, own_s, clock = store.count(), _children_s(), time.process_time(), time.perf_counter()
        for _ in ingest(store, read):
            pass
        manifest = generation.load_manifest(library.folder)
        since = manifest.stamp if manifest else NOWHERE
        derive.bring_up(library.folder, store, library.index, since, representer)
        seconds, own_s = time.perf_counter() - clock, time.process_time() - own_s
        put, children_s = store.count() - held, _children_s() - children
    return Batch(put, seconds, own_s, children_s, (before + load()) / 2)


def _children_s() -> float:
    """Return the CPU seconds of the child processes that are running."""
    total = 0.0
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            used = child.cpu_times()
            total += used.user + used.system
    return total


def _rates(batches: Sequence[Batch]) -> str:
    """Return how fast it went: the middle batch, the fastest, CPU time, and what that comes to on two idle cores."""
    total = sum(batch.passages for batch in batches)
    own_us, children_us = (1e6 * sum(getattr(b, name) for b in batches) / total for name in ("own_s", "children_s"))
    rates = sorted(batch.rate for batch in batches)
    free = sorted(batch.rate * batch.load for batch in batches)
    return (
        f"median {statistics.median(rates):,.0f}, fastest {rates[-1]:,.0f} passages/s (loop × "
        f"{statistics.median(batch.load for batch in batches):.1f}: idle about {statistics.median(free):,.0f}); "
        f"{own_us:,.0f} + {children_us:,.0f} µs CPU a passage (this process + its child)"
    )


def adding(folder: Path) -> Iterator[tuple[str, str]]:
    """Add single papers, as a user does."""
    with tempfile.TemporaryDirectory() as temporary, Library.open(folder) as library:
        first = int(library.store.get_meta("papers") or 0) + int(library.store.get_meta("added") or 0)
        seconds, before = [], load()
        for paper in papers(ADDED, SEED, first=first):
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
    yield (
        f"adding a paper of {PASSAGES_PER_PAPER} passages until it is searched",
        f"{_times(seconds)} ({_loop(before)})",
    )
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
    found, before = [], load()
    for question in questions(3, SEED + 1):
        command = [sys.executable, "-c", OPENING, str(folder), question.text]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append([float(value) for value in done.stdout.split()])
    imports, opened, first = np.median(np.array(found), axis=0)
    yield "opening (imports apart)", f"{opened:.2f} s ({imports:.1f} s) ({_loop(before)})"
    yield "first search after it", f"{first:.2f} s"


def searching(folder: Path) -> Iterator[tuple[str, str]]:
    """Search warm, and compare with an exact search."""
    with open_library(settings=Settings(library=folder, shipped_seeds=False)) as assistant:
        asked = [understand(question.text, assistant.library.analyser) for question in questions(ASKED, SEED + 2)]
        retriever = assistant.retriever
        for query in asked:
            retriever.search(query, 40)
        before, found, times = load(), [], []
        for query in asked:
            started, cpu = time.perf_counter(), time.process_time()
            found.append(retriever.search(query, 40))
            times.append((time.perf_counter() - started, time.process_time() - cpu))
        yield "searching, warm", f"{_both(times)} ({_loop(before)})"
        before, times = load(), []
        for query in asked[:100]:
            started, cpu = time.perf_counter(), time.process_time()
            assistant.ask(query.text)
            times.append((time.perf_counter() - started, time.process_time() - cpu))
        yield "answering, warm", f"{_both(times)} ({_loop(before)})"
        memory = _resident_mb()
        with _exactly():
            exact = [retriever.search(query, 40) for query in asked[:EXACT]]
    found = found[:EXACT]
    shared = [len(_best(a) & _best(b)) / max(len(_best(b)), 1) for a, b in zip(found, exact, strict=True)]
    yield "recall@10 of exact search", f"{np.mean(shared):.3f}"
    yield "the same first hit", f"{np.mean([_first(a) == _first(b) for a, b in zip(found, exact, strict=True)]):.3f}"
    yield "resident memory after that", memory


STEPS = (adding, sizes, opening, searching)


@contextmanager
def _exactly() -> Iterator[None]:
    """Compare the question with every passage's vector, and look at every passage."""
    with patch.object(VectorIndex, "is_exact", True):
        yield


def _best(run: Run) -> set[int]:
    return {hit.passage.row for hit in run.hits[:10]}


def _first(run: Run) -> int | None:
    return run.hits[0].passage.row if run.hits else None


def _times(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"median {statistics.median(ordered):,.0f} ms, 95% {p95:,.0f} ms, longest {ordered[-1]:,.0f} ms"


def _both(times: Sequence[tuple[float, float]]) -> str:
    """Return times of the clock, and of the CPU in brackets."""
    return f"{_times([one for one, _ in times])} (CPU: {_times([cpu for _, cpu in times])})"


def _loop(before: float) -> str:
    return f"loop × {(before + load()) / 2:.1f}"


def _resident_mb() -> str:
    memory = psutil.Process().memory_full_info()
    return f"{memory.rss / 1e6:,.0f} MB, {memory.uss / 1e6:,.0f} MB of it its own (the rest: mapped files)"


if __name__ == "__main__":
    sys.exit(main())

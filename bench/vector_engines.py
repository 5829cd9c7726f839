"""Passages' vectors and questions in, what each way of searching them costs and finds out, as table rows.

What is found is compared with exact search; refined means that the best k are scored again from stored float16 vectors.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.segments.partition import NEAREST
from index.segments.vectors import VectorIndex

COLUMNS = "engine|build s|add 60: ms|and saved ms|bytes a passage|resident MB|p50 ms|p95 ms|of flat|recall@10|in 100"
CODES = ((64, 200), (128, 200))  # how many 4-bit codes a vector, and how many passages are refined
SIZE_COLUMNS = "passages|numpy ms|Flat ms" + "".join(
    f"|{what}" for unit in ("ms", "recall@10") for what in (f"{m} codes, best {k} {unit}" for m, k in CODES)
)
ADDED = 60
BESIDE = 5  # of 20 questions, so many are asked of the flat index too
KEPT = 100  # so many are asked for where nothing is refined
MAX_GRAPH = 250_000  # a graph of more passages takes longer to build than anybody waits here

Search = Callable[[NDArray[np.float32]], NDArray[np.int64]]  # a vector in, rows out, best first


@dataclass(frozen=True, slots=True)
class Kind:
    """A FAISS index by its factory name; `settings` are values of nprobe or efSearch; `refined` how many are."""

    factory: str
    settings: tuple[int, ...] = (0,)
    refined: tuple[int, ...] = ()


def kinds(size: int) -> list[Kind]:
    """Return what is compared for so many passages."""
    lists = 1 << round(np.log2(np.sqrt(size)))
    return [
        Kind("Flat"),
        Kind("SQfp16"),
        Kind("SQ8", refined=(100,)),
        Kind("PQ32x4fs", refined=(200, 1000)),
        Kind("PQ64x4fs", refined=(200, 500, 1000)),
        Kind("PQ128x4fs", refined=(100, 200, 500)),
        Kind("RaBitQ", refined=(200, 500)),
        Kind("RaBitQfs", refined=(200, 500, 1000)),
        Kind(f"IVF{lists},SQ8", settings=(8, 16, 32, 64, 128), refined=(100,)),
        Kind(f"IVF{lists},PQ128x4fs", settings=(32, 128), refined=(200,)),
        *([Kind("HNSW32_SQ8", settings=(64, 128, 256), refined=(100,))] if size <= MAX_GRAPH else []),
    ]


def rows(
    vectors: NDArray[np.float32], questions: NDArray[np.float32], folder: Path, pattern: str = ""
) -> Iterator[str]:
    """Measure the kinds whose names match, one after another; yield a row of Markdown for each."""
    faiss.omp_set_num_threads(1)
    bench = Bench.of(vectors, questions)
    np.save(folder / "halves.npy", vectors.astype(np.float16))
    halves = np.load(folder / "halves.npy")
    if re.search(pattern, "numpy"):
        size = 4 * vectors.shape[1]
        yield bench.row("numpy, X @ q, argpartition", partial(_by_matmul, vectors), ("", "", "", size, ""))
    if re.search(pattern, "index.segments.vectors"):
        yield _of_index_vectors(vectors, bench, folder)
    for kind in kinds(len(vectors)):
        if re.search(pattern, kind.factory):
            yield from _of_kind(kind, vectors, halves, bench, folder)


@dataclass(frozen=True, slots=True)
class Bench:
    """Vectors and questions, float32, each question's tenth highest cosine, and exact search to time beside."""

    vectors: NDArray[np.float32]
    questions: NDArray[np.float32]
    tenths: list[float]
    flat: Search

    @classmethod
    def of(cls, vectors: NDArray[np.float32], questions: NDArray[np.float32]) -> "Bench":
        """Search exactly for what is to be found."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        return cls(vectors, questions, flat.search(questions, 10)[0][:, -1].tolist(), partial(_rows, flat))

    def row(self, name: str, search: Search, made: Sequence[object]) -> str:
        """Ask every question; the flat index is asked between, so that the machine's load weighs on both."""
        beside: list[float] = []
        times, found = self.ask(search, beside)
        p50, p95 = np.percentile(times, [50, 95])
        recall = f"{self.recall(found, 10):.3f} | {self.recall(found, KEPT):.3f}"
        costs = f"{p50:.2f} | {p95:.2f} | {p50 / np.percentile(beside, 50):.2f}"
        return f"| {name} | {' | '.join(map(str, made))} | {costs} | {recall} |"

    def ask(self, search: Search, beside: list[float] | None = None) -> tuple[list[float], list[NDArray[np.int64]]]:
        """Return each question's milliseconds and rows; those of exact search are added to `beside`."""
        times, found = list[float](), list[NDArray[np.int64]]()
        for question in self.questions[:20]:
            search(question)
        for number, question in enumerate(self.questions):
            started = time.perf_counter()
            found.append(search(question))
            times.append(1000 * (time.perf_counter() - started))
            if beside is not None and number % 20 >= 20 - BESIDE:
                started = time.perf_counter()
                self.flat(question)
                beside.append(1000 * (time.perf_counter() - started))
        return times, found

    def recall(self, found: Sequence[NDArray[np.int64]], top: int) -> float:
        """Return the mean share of the ten nearest among the first `top`; of equally near ones any will do."""
        shares = []
        for question, hits, tenth in zip(self.questions, found, self.tenths, strict=True):
            cosines = self.vectors[hits[:top][hits[:top] >= 0]] @ question
            shares.append(min(10, int(np.sum(cosines > tenth - 1e-6))) / 10)
        return float(np.mean(shares))


def sizes(vectors: NDArray[np.float32], questions: NDArray[np.float32]) -> Iterator[str]:
    """Compare exact search with codes and refinement for growing numbers of passages; yield a row for each."""
    size, dimension = 1_000, vectors.shape[1]
    while size <= len(vectors):
        bench = Bench.of(vectors[:size], questions)
        halves = bench.vectors.astype(np.float16)
        searches: list[Search] = [partial(_by_matmul, bench.vectors), bench.flat]
        for codes, refined in CODES:
            index = faiss.IndexPQFastScan(dimension, codes, 4, faiss.METRIC_INNER_PRODUCT)
            index.train(bench.vectors)
            index.add(bench.vectors)
            searches.append(partial(_refined, index, halves, refined))
        measured = [bench.ask(search) for search in searches]
        cells = [f"{np.median(times):.2f}" for times, _ in measured]
        cells += [f"{bench.recall(found, 10):.3f}" for _, found in measured[2:]]
        yield f"| {size:,} | {' | '.join(cells)} |"
        size *= 2


def moments_suffice(vectors: NDArray[np.float32], questions: NDArray[np.float32]) -> str:
    """Say how well the mean and the deviation of all cosines follow from the vectors' mean and second moments."""
    mean = vectors.mean(axis=0, dtype=np.float64)
    second = np.zeros((vectors.shape[1], vectors.shape[1]))
    for start in range(0, len(vectors), 50_000):
        part = vectors[start : start + 50_000].astype(np.float64)
        second += part.T @ part / len(vectors)
    worst, seconds = 0.0, []
    for question in questions[:50].astype(np.float64):
        started = time.perf_counter()
        expected = question @ mean
        deviation = np.sqrt(question @ second @ question - expected**2)
        seconds.append(time.perf_counter() - started)
        cosines = vectors @ question.astype(np.float32)
        worst = max(worst, abs(expected - cosines.mean(dtype=float)), abs(deviation - cosines.std(dtype=float)))
    return (
        "The mean and the deviation of a question's cosines follow from the passages' mean and second "
        f"moments in {1e6 * np.median(seconds):.0f} µs, at most {worst:.0e} from those of the cosines themselves: "
        "standardising needs no search of all passages."
    )


def added_memory_mb(work: Callable[..., object], *arguments: object) -> float:
    """Return how much more memory a new process holds with the result of `work` than before; Linux only, else NaN."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(theirs, work, arguments))
    process.start()
    theirs.close()  # so that a process that fails ends the wait
    grown: float = ours.recv()
    process.join()
    return grown


def _measure(results: Any, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    before = _resident_mb()
    held = work(*arguments)  # noqa: F841  # what is not held would be freed again
    results.send(_resident_mb() - before)


def _open_and_ask(path: Path, questions: NDArray[np.float32]) -> faiss.Index:
    faiss.omp_set_num_threads(1)
    index = faiss.read_index(str(path))
    for question in questions:
        index.search(question[None], KEPT)
    return index


def _of_index_vectors(vectors: NDArray[np.float32], bench: Bench, folder: Path) -> str:
    """Measure what the Library uses; what is added becomes a segment of its own."""
    place, added = folder / "stored", folder / "added"
    place.mkdir()
    added.mkdir()
    started = time.perf_counter()
    VectorIndex.build(vectors).save(place)
    built, started = time.perf_counter() - started, time.perf_counter()
    VectorIndex.build(vectors[-ADDED:]).save(added)
    saved = time.perf_counter() - started
    disk = sum(path.stat().st_size for path in place.iterdir()) / len(vectors)
    resident = added_memory_mb(_open_ours_and_ask, place, bench.questions)
    search = partial(_by_ours, VectorIndex.load(place))
    made = (f"{built:.1f}", "", f"{1000 * saved:.0f}", f"{disk:.0f}", f"{resident:.0f}")
    return bench.row(f"index.segments.vectors, best {NEAREST} refined", search, made)


def _of_kind(
    kind: Kind, vectors: NDArray[np.float32], halves: NDArray[np.float16], bench: Bench, folder: Path
) -> Iterator[str]:
    """Build one index, add to it, and ask it in every setting."""
    started = time.perf_counter()
    index = faiss.index_factory(vectors.shape[1], kind.factory, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors[:-ADDED])
    built, started = time.perf_counter() - started, time.perf_counter()
    index.add(vectors[-ADDED:])
    added = time.perf_counter() - started
    faiss.write_index(index, str(folder / "index"))
    saved, disk = time.perf_counter() - started, (folder / "index").stat().st_size / len(vectors)
    resident = added_memory_mb(_open_and_ask, folder / "index", bench.questions)
    made = (f"{built:.1f}", f"{1000 * added:.1f}", f"{1000 * saved:.0f}", f"{disk:.0f}", f"{resident:.0f}")
    for setting in kind.settings:
        name = kind.factory
        if "IVF" in name:
            faiss.extract_index_ivf(index).nprobe = setting
            name += f", nprobe {setting}"
        elif "HNSW" in name:
            index.hnsw.efSearch = setting  # type: ignore[attr-defined]
            name += f", ef {setting}"
        yield bench.row(name, partial(_rows, index), made)
        for refined in kind.refined if setting == kind.settings[-1] else ():
            again = (*made[:3], f"{disk:.0f} + {2 * vectors.shape[1]}", made[4])
            yield bench.row(f"{name}, best {refined} refined", partial(_refined, index, halves, refined), again)


def _rows(index: faiss.Index, question: NDArray[np.float32]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = index.search(question[None], KEPT)[1][0]
    return found


def _refined(
    index: faiss.Index, halves: NDArray[np.float16], count: int, question: NDArray[np.float32]
) -> NDArray[np.int64]:
    found: NDArray[np.int64] = index.search(question[None], count)[1][0]
    found = found[found >= 0]
    cosines = halves[found].astype(np.float32) @ question
    best: NDArray[np.int64] = found[np.argsort(-cosines)]
    return best


def _by_ours(index: VectorIndex, question: NDArray[np.float32]) -> NDArray[np.int64]:
    found = index.nearest(question, NEAREST)
    best: NDArray[np.int64] = found[np.argsort(-index.similarities(question, found))]
    return best


def _open_ours_and_ask(folder: Path, questions: NDArray[np.float32]) -> VectorIndex:
    index = VectorIndex.load(folder)
    for question in questions:
        _by_ours(index, question)
    return index


def _by_matmul(vectors: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.int64]:
    cosines = vectors @ question
    best = np.argpartition(-cosines, min(KEPT, len(cosines) - 1))[:KEPT]
    return best[np.argsort(-cosines[best])]


def _resident_mb() -> float:
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 2**20 if status.exists() else float("nan")

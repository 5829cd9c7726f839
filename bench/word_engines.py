"""Passages' terms and questions in, what each engine of word search costs, as table rows.

All engines index the terms that our analyser gives, so that only engines differ. A question is asked twice: as its own
terms, and as the bridge expands it for passages of both languages; engines that know no groups of alternatives get all
terms of the groups at once. Engines that are not installed are left out.
"""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bench.passages import Asked, Passages
from bench.vector_engines import added_memory_mb
from index.segments.terms import K1, B, TermCollection, TermIndex

COLUMNS = (
    "engine|groups of alternatives|build s|add a paper s|bytes a passage|resident MB|own terms p50 ms|p95"
    "|bridged p50 ms|p95|every score p50 ms|same ten"
)
ADDED = 60
KEPT = 100
FEW = 40  # so many questions are enough where an answer takes long

Rows = NDArray[np.int64]


class Engine(Protocol):
    """One engine; `groups` says how alternatives are asked for."""

    name: str
    groups: str

    def build(self, passages: Passages, rows: range, folder: Path) -> None:
        """Index passages and store the index in a folder of its own."""

    def open(self, folder: Path) -> None:
        """Make the stored index ready for search."""

    def add(self, passages: Passages, rows: range, folder: Path) -> None:
        """Add passages to the open index and store it."""

    def search(self, question: Asked, *, bridged: bool, count: int) -> Rows:
        """Return the rows of the best passages, at most `count`, best first."""


class Ours:
    """`index.segments.terms`: what is added stands in an index of its own, and all are scored as one."""

    name, groups = "index.segments.terms", "added before BM25"

    def build(self, passages: Passages, rows: range, folder: Path) -> None:
        """Index passages and write them to a folder inside."""
        place = folder / f"{rows.start}"
        place.mkdir()
        TermIndex.build(Counter(passages.terms_of(row)) for row in rows).save(place)

    def open(self, folder: Path) -> None:
        """Read all folders."""
        places = sorted(folder.iterdir(), key=lambda place: int(place.name))
        self._collection = TermCollection([TermIndex.load(place) for place in places])

    def add(self, passages: Passages, rows: range, folder: Path) -> None:
        """Write one more folder and read it."""
        self.build(passages, rows, folder)
        added = TermIndex.load(folder / f"{rows.start}")
        self._collection = TermCollection([*self._collection.indexes, added])

    def search(self, question: Asked, *, bridged: bool, count: int) -> Rows:
        """Score all passages, for both languages one after the other when bridged, and take the best."""
        asked = question.groups if bridged else ([{term: 1.0} for term in question.terms],)
        scores = [np.concatenate(self._collection.scores(groups)) for groups in asked]
        return best_rows(np.sum(scores, axis=0), count)


class Fts5:
    """SQLite's full-text search over our terms, without their texts."""

    name, groups = "SQLite FTS5", "no, nor weights"

    def build(self, passages: Passages, rows: range, folder: Path) -> None:
        """Insert all passages in one transaction."""
        self.open(folder)
        # the marks stand inside our terms ("3.5", "c++"), which FTS5 would take for phrases
        self._database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(terms, content='', "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '.,+#'\")"
        )
        self.add(passages, rows, folder)
        self._database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        self._database.commit()

    def open(self, folder: Path) -> None:
        """Open the database with SQLite's own cache size."""
        self._database = sqlite3.connect(folder / "words.sqlite")

    def add(self, passages: Passages, rows: range, folder: Path) -> None:
        """Insert and commit."""
        texts = ((row, " ".join(passages.terms_of(row))) for row in rows)
        self._database.executemany("INSERT INTO passages(rowid, terms) VALUES (?, ?)", texts)
        self._database.commit()

    def search(self, question: Asked, *, bridged: bool, count: int) -> Rows:
        """Ask for any of the terms."""
        terms = question.flat if bridged else question.terms
        asked = " OR ".join(f'"{term}"' for term in terms)
        found = self._database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?", (asked, count)
        )
        return np.array([row for (row,) in found], np.int64)


class Tantivy:
    """Tantivy over our terms; one thread writes."""

    name, groups = "tantivy", "no; weights by boosts"

    def build(self, passages: Passages, rows: range, folder: Path) -> None:
        """Index all passages and wait for its merges."""
        tantivy = import_module("tantivy")
        fields = tantivy.SchemaBuilder()
        fields.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        fields.add_unsigned_field("row", fast=True)
        self._index = tantivy.Index(fields.build(), path=str(folder))
        self.add(passages, rows, folder)

    def open(self, folder: Path) -> None:
        """Open the folder."""
        self._index = import_module("tantivy").Index.open(str(folder))
        self._searcher = self._index.searcher()

    def add(self, passages: Passages, rows: range, folder: Path) -> None:
        """Add documents, commit and wait."""
        tantivy = import_module("tantivy")
        writer = self._index.writer(200_000_000, 1)
        for row in rows:
            document = tantivy.Document(terms=" ".join(passages.terms_of(row)))
            document.add_unsigned("row", row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, question: Asked, *, bridged: bool, count: int) -> Rows:
        """Ask for any of the terms."""
        tantivy = import_module("tantivy")
        terms: Mapping[str, float] = question.flat if bridged else dict.fromkeys(question.terms, 1.0)
        one = [tantivy.Query.term_query(self._index.schema, "terms", term, "freq") for term in terms]
        asked = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(query, weight))
            for query, weight in zip(one, terms.values(), strict=True)
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(asked), count, count=False).hits
        found = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(found, np.int64)


class Bm25s:
    """bm25s with one of its backends; it adds nothing to an index, so that it is built anew."""

    groups = "no, nor weights"

    def __init__(self, backend: str) -> None:
        self.name, self._backend = f"bm25s, {backend}", backend

    def build(self, passages: Passages, rows: range, folder: Path) -> None:
        """Score every posting beforehand and write the matrix."""
        index = import_module("bm25s").BM25(k1=K1, b=B, method="lucene", backend=self._backend)
        terms, starts = passages.terms.tolist(), passages.starts.tolist()
        ids = [terms[starts[row] : starts[row + 1]] for row in rows]
        index.index((ids, {word: at for at, word in enumerate(passages.words)}), show_progress=False)
        index.save(folder, show_progress=False)

    def open(self, folder: Path) -> None:
        """Read the matrix."""
        self._index = import_module("bm25s").BM25.load(folder)

    def add(self, passages: Passages, rows: range, folder: Path) -> None:
        """Build anew."""
        self.build(passages, range(rows.stop), folder)

    def search(self, question: Asked, *, bridged: bool, count: int) -> Rows:
        """Ask for any of the terms that the index knows; unknown ones would bring any passage."""
        terms = [term for term in (question.flat if bridged else question.terms) if term in self._index.vocab_dict]
        if not terms:
            return np.zeros(0, np.int64)
        found = self._index.retrieve([terms], k=count, show_progress=False, n_threads=0)
        rows: Rows = found.documents[0][found.scores[0] > 0]
        return rows


def engines() -> tuple[list[Engine], list[str]]:
    """Return the engines that are installed, and the names of those that are not."""
    found: list[Engine] = [Ours(), Fts5()]
    wanted: dict[str, Any] = {"tantivy": [Tantivy()], "bm25s": [Bm25s("numpy")], "numba": [Bm25s("numba")]}
    missing = [package for package in wanted if not find_spec(package)]
    for package, made in wanted.items():
        if package not in missing and not (package == "numba" and "bm25s" in missing):
            found.extend(made)
    return found, missing


def rows(passages: Passages, questions: Sequence[Asked], folder: Path, pattern: str = "") -> Iterator[str]:
    """Measure the engines whose names match, one after another; yield a row of Markdown for each."""
    reference: list[Rows] = []
    for number, engine in enumerate(engines()[0]):
        if not re.search(pattern, engine.name):
            continue
        place = folder / f"words{number}"
        place.mkdir()
        unopened, started = copy(engine), time.perf_counter()
        engine.build(passages, range(len(passages) - ADDED), place)
        built = time.perf_counter() - started
        resident = added_memory_mb(_open_and_ask, unopened, place, questions)
        engine.open(place)
        started = time.perf_counter()
        engine.add(passages, range(len(passages) - ADDED, len(passages)), place)
        added = time.perf_counter() - started
        engine.open(place)
        disk = sum(path.stat().st_size for path in place.rglob("*")) / len(passages)
        own, found = _times(engine, questions, bridged=False, count=KEPT)
        bridged, _ = _times(engine, questions, bridged=True, count=KEPT)
        every, _ = _times(engine, questions[:FEW], bridged=True, count=len(passages))
        reference = reference or found
        same = np.mean([len(np.intersect1d(a[:10], b[:10])) / 10 for a, b in zip(found, reference, strict=True)])
        times = " | ".join(f"{value:.2f}" for value in (*_middle(own), *_middle(bridged), _middle(every)[0]))
        costs = f"{built:.1f} | {added:.2f} | {disk:.0f} | {resident:.0f}"
        yield f"| {engine.name} | {engine.groups} | {costs} | {times} | {same:.2f} |"


def best_rows(scores: NDArray[np.float32], count: int) -> Rows:
    """Return the rows of the best scores above 0, best first."""
    count = min(count, len(scores))
    best = np.argpartition(-scores, count - 1)[:count]
    best = best[np.argsort(-scores[best], kind="stable")]
    found: Rows = best[scores[best] > 0]
    return found


def _open_and_ask(engine: Engine, folder: Path, questions: Sequence[Asked]) -> Engine:
    engine.open(folder)
    for question in questions:
        engine.search(question, bridged=True, count=KEPT)
    return engine


def _times(engine: Engine, questions: Sequence[Asked], *, bridged: bool, count: int) -> tuple[list[float], list[Rows]]:
    """Return the milliseconds of each question, and what it found."""
    times, found = [], []
    for question in questions[:20]:
        engine.search(question, bridged=bridged, count=count)
    for question in questions:
        started = time.perf_counter()
        found.append(engine.search(question, bridged=bridged, count=count))
        times.append(1000 * (time.perf_counter() - started))
    return times, found


def _middle(times: Sequence[float]) -> tuple[float, float]:
    middle, high = np.percentile(times, [50, 95])
    return float(middle), float(high)

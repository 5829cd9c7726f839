"""Readers and writers of one Library in several processes: nobody waits for a writer, nobody sees half of anything."""

import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from filelock import FileLock

from bench.crash import contents
from bench.victim import paper, small, word_of
from index import ingest, writing
from index.errors import LibraryBusyError, LibraryError
from index.library import Library
from index.load import Document, parse
from index.segments import generation
from index.split import split
from index.storage.database import connect
from index.storage.store import Store

ADDED, AT_ONCE = 200, 10
BEHIND = "the index is behind the stored documents; the next start brings it up"


@pytest.fixture(autouse=True)
def small_parts() -> Iterator[None]:
    with small():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Library of two papers, of which p1 says the same as long as the Library lives."""
    with Library.open(tmp_path / "library", create=True) as opened:
        opened.add([write(tmp_path, "p0", 0), write(tmp_path, "p1", 0)])
    return tmp_path / "library"


def write(folder: Path, name: str, edition: int) -> Path:
    """Write a paper; each edition has another number of sections than the one before."""
    path = folder / f"{name}.md"
    path.write_text(paper(name, edition, 2 + edition % 3), encoding="utf-8", newline="")
    return path


class Others:
    """Other processes, each of which runs a function and sends back what that returns."""

    def __init__(self) -> None:
        self._context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
        if sys.platform != "win32":
            self._context.set_forkserver_preload(["bench.crash", "pytest"])
        self._started: list[tuple[Any, Connection]] = []

    def start(self, run: Callable[..., Any], *given: Any) -> None:
        pipe, its = self._context.Pipe()
        process = self._context.Process(target=answer, args=(its, run, *given))
        process.start()
        assert pipe.poll(60) and pipe.recv() == "ready"
        self._started.append((process, pipe))

    def go(self) -> None:
        for _, pipe in self._started:
            pipe.send("go")

    def results(self) -> list[Any]:
        found = []
        for process, pipe in self._started:
            assert pipe.poll(60), "a process hangs"
            found.append(pipe.recv())
            process.join()
        return found


def answer(pipe: Connection, run: Callable[..., Any], *given: Any) -> None:
    no_power_is_cut, batch = (
        mock.patch.object(os, "fsync", lambda _: None),
        mock.patch.object(ingest, "BATCH_DOCUMENTS", 20),
    )
    with small(), no_power_is_cut, batch:
        pipe.send("ready")
        pipe.recv()
        try:
            pipe.send(run(*given))
        except BaseException:
            pipe.send(traceback.format_exc())


# What the processes do


def add_many(folder: Path, papers: Path, first: int) -> str:
    """Add papers a few at a time, with a new edition of p0 each time, and remove some of them again."""
    with Library.open(folder) as opened:
        for edition, at in enumerate(range(first, first + ADDED, AT_ONCE), start=1):
            opened.add(
                [write(papers, f"p{number}", 0) for number in range(at, at + AT_ONCE)] + [write(papers, "p0", edition)]
            )
            opened.remove([f"p{at + 1}"])
    (papers / "over").touch()
    return "written"


def add_a_few(folder: Path, papers: Path, first: int) -> list[str]:
    """Add ten papers, one at a time."""
    with Library.open(folder) as opened:
        return [opened.add([write(papers, f"p{number}", 0)])[0].status for number in range(first, first + 10)]


def open_often(folder: Path, papers: Path) -> tuple[int, float, float]:
    """Open and read all until the writer is through; return how often, and the longest times in seconds."""
    opening = reading = 0.0
    times = 0
    while not (papers / "over").exists():
        started = time.perf_counter()
        with Library.open(folder) as opened:
            opening = max(opening, time.perf_counter() - started)
            look(opened)
        times, reading = times + 1, max(reading, time.perf_counter() - started)
    return times, opening, reading


def keep_open(folder: Path, papers: Path) -> tuple[int, int]:
    """Look at one open Library until the writer is through; return how often, and how many generations were seen."""
    times, seen = 0, set()
    with Library.open(folder) as opened:
        while not (papers / "over").exists():
            look(opened)
            times += 1
            seen.add(opened._generation)
        assert len(contents(opened)) == 2 + ADDED - ADDED // AT_ONCE
    return times, len(seen)


def verify_often(folder: Path, papers: Path) -> set[str]:
    """Verify until the writer is through; return what was found."""
    found: set[str] = set()
    while not (papers / "over").exists():
        found.update(line.removeprefix(f"{folder}: ") for line in Library.verify(folder))
    return found


def look(opened: Library) -> None:
    """Read and search a Library that another process writes to. Whatever its state is, it must be one."""
    for card in opened.store.cards()[::7]:
        document = opened.store.document(card.doc_id)
        assert document is None or document == parse(document.text, doc_id=card.doc_id, source=card.source)
    index = opened.index
    passages = opened.store.passages(index.rows)
    assert len({passage.text.split()[1] for passage in passages if passage.doc_id == "p0"}) <= 1, "two editions of p0"
    (term,) = opened.analyser.words(word_of("p1", 0))
    found = [int(row) for part in index.partitions for row in part.rows[part.words([{term: 1.0}]) > 0]]
    assert [passage.doc_id for passage in opened.store.passages(found)] == ["p1", "p1"]


# Tests


def test_readers_go_on_while_another_process_writes(folder: Path, tmp_path: Path) -> None:
    others = Others()
    others.start(add_many, folder, tmp_path, 100)
    for reader in (open_often, keep_open, verify_often):
        others.start(reader, folder, tmp_path)
    others.go()
    written, (opened, opening_s, reading_s), (looks, generations), faults = others.results()
    assert written == "written"
    assert opened > 5 and looks > 5
    assert generations > 10, "the reader that stayed open saw the Library grow"
    assert faults <= {BEHIND}
    assert opening_s < 5 and reading_s < 10  # it is a busy machine that this allows for, not a wait for the writer
    with Library.open(folder) as last:
        assert len(contents(last)) == 2 + ADDED - ADDED // AT_ONCE
    assert Library.verify(folder) == []


def test_two_writers_take_turns(folder: Path, tmp_path: Path) -> None:
    others = Others()
    others.start(add_a_few, folder, tmp_path, 100)
    others.start(add_a_few, folder, tmp_path, 200)
    others.go()
    assert others.results() == [["added"] * 10, ["added"] * 10]
    with Library.open(folder) as opened:
        assert set(contents(opened)) == {
            "p0",
            "p1",
            *(f"p{number}" for at in (100, 200) for number in range(at, at + 10)),
        }
    assert Library.verify(folder) == []


def test_a_writer_that_does_not_wait_is_told_and_succeeds_later(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOCK_TIMEOUT_S", 0.1)
    with Library.open(folder) as opened:
        with FileLock(folder / writing.LOCK):
            with pytest.raises(LibraryBusyError, match="another process has been writing for 0 s; try again later"):
                opened.add([write(tmp_path, "p5", 0)])
        assert [outcome.status for outcome in opened.add([tmp_path / "p5.md"])] == ["added"]
        assert set(contents(opened)) == {"p0", "p1", "p5"}


def test_opening_does_not_wait_for_a_writer_whose_index_is_behind(folder: Path) -> None:
    with writing.writing(folder) as store:  # with the lock held, and LOCK_TIMEOUT_S as it is
        with store.transaction():
            store.delete("p0")
        started = time.monotonic()
        with Library.open(folder) as reader:
            assert time.monotonic() - started < writing.LOCK_TIMEOUT_S / 3
            assert [card.doc_id for card in reader.store.cards()] == ["p1"]
            look(reader)
    with Library.open(folder) as reader:
        assert contents(reader).keys() == {"p1"}


def test_a_document_is_read_in_one_state(folder: Path, tmp_path: Path) -> None:
    """A writer replaces it after its own row is read, and before its sections are."""
    writer = Store(folder, writable=True)
    newer: list[Document] = []

    def replace_meanwhile(statement: str) -> None:
        if statement.startswith("SELECT section_id") and not newer:
            newer.append(parse(paper("p0", 1, 9), doc_id="p0", source=str(tmp_path / "p0.md")))
            with writer.transaction():
                writer.put(newer[0], split(newer[0]))

    with Library.open(folder) as other:  # a reader remembers what it has read
        older = other.store.document("p0")
    with Library.open(folder) as reader:
        reader.store._db.set_trace_callback(replace_meanwhile)
        assert reader.store.document("p0") == older
        assert newer and reader.store.document("p0") == newer[0]
    writer.close()


def test_damage_is_not_reported_of_a_library_that_is_written_to(folder: Path, tmp_path: Path) -> None:
    """Another generation becomes current, and the one that is looked through is removed, while it is looked through."""
    real, more = generation._digest, iter([write(tmp_path, "p7", 0), write(tmp_path, "p0", 3)])

    def digest(path: Path) -> str:
        if path.suffix == ".npy" and (paper := next(more, None)):
            with Library.open(folder) as writer:
                writer.add([paper])
        return real(path)

    with mock.patch.object(generation, "_digest", digest):
        assert Library.verify(folder) == []
    assert next(more, None) is None


def test_what_another_process_holds_open_for_a_moment_is_waited_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that is open elsewhere cannot be replaced."""
    refused: list[Path] = []

    def refuse_twice(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            if refused.count(given[0]) < 2:
                refused.append(given[0])
                raise PermissionError(13, "The process cannot access the file")
            return real(*given)

        return run

    monkeypatch.setattr(os, "replace", refuse_twice(os.replace))
    with Library.open(folder) as opened:
        with monkeypatch.context() as windows:
            windows.setattr(sys, "platform", "win32")
            opened.add([write(tmp_path, "p8", 0)])
        assert set(contents(opened)) == {"p0", "p1", "p8"}
        assert len(refused) >= 4
        with pytest.raises(LibraryError, match="could not be written"):
            opened.add([write(tmp_path, "p9", 0)])


def test_where_a_writer_may_be_nothing_is_read_without_its_log(folder: Path) -> None:
    """The file is read alone where nothing can be written, and only there."""
    log = folder / "library.sqlite-wal"
    log.unlink(missing_ok=True)
    log.mkdir()  # no log can be opened there
    with pytest.raises(LibraryError, match="could not be read or written .unable to open database file"):
        connect(folder, writable=False)

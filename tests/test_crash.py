"""A process that is killed, or finds the disk full, at any moment leaves every document as it was or as it should be."""

import errno
import multiprocessing
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from bench.crash import Killer, contents, strays
from bench.victim import NAMES, paper, small
from index import database, generation
from index.errors import LibraryError
from index.library import Library

KILLS = 25
THERE = ["p0", "p1", "p2"]


def write(folder: Path, name: str, edition: int, sections: int = 3) -> Path:
    path = folder / f"{name}.md"
    path.write_text(paper(name, edition, sections), encoding="utf-8", newline="")
    return path


@pytest.fixture(autouse=True)
def small_parts() -> Iterator[None]:
    with small():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Library of three papers."""
    papers = tmp_path / "given"
    papers.mkdir()
    for name in THERE:
        write(papers, name, 1)
    with Library.open(tmp_path / "library", create=True) as opened:
        opened.add([papers])
    return tmp_path / "library"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """The papers that `change` adds."""
    papers = tmp_path / "given"
    write(papers, "p0", 2, 5)
    write(papers, "p4", 1, 40)
    return papers


def texts(folder: Path) -> dict[str, str]:
    """Return all documents' texts, after a look at everything that belongs to them."""
    with Library.open(folder) as opened:
        found = contents(opened)
        documents = {name: opened.store.document(name) for name in found}
    assert Library.verify(folder) == []
    return {name: document.text for name, document in documents.items() if document}


BEFORE = {name: paper(name, 1, 3) for name in THERE}
AFTER = {"p0": paper("p0", 2, 5), "p2": paper("p2", 1, 3), "p4": paper("p4", 1, 40)}
# Each of the two transactions that make AFTER of BEFORE is made whole or not at all.
POSSIBLE = (BEFORE, {**AFTER, "p1": BEFORE["p1"]}, AFTER)


def change(folder: Path, given: Path) -> None:
    """Make AFTER of BEFORE: replace a paper, add one, remove one."""
    with Library.open(folder) as opened:
        opened.add([given / "p0.md", given / "p4.md"])
        opened.remove(["p1"])


# Killed


def test_writers_killed_at_random_moments_lose_nothing_that_had_returned(tmp_path: Path) -> None:
    report = Killer(tmp_path, seed=7).run(KILLS)
    assert report.faults == []
    assert report.kills.total() >= KILLS
    assert report.returned > 0 and report.looked_at > 0
    assert sum(report.kills[name] > 0 for name in NAMES) >= 5, "the kills came in too few phases"


def test_what_a_kill_must_not_leave_is_seen(folder: Path, tmp_path: Path) -> None:
    """The look after a kill can fail: each damage below is one that a kill could leave in a worse program."""
    with Library.open(folder) as opened:
        state = contents(opened)
    killer = Killer(tmp_path, seed=0)
    assert (killer.look(folder, state, []), killer.report.faults) == (state, [])
    killer.look(folder, {**state, "p9": "said to be there"}, [])
    killer.look(folder, {"p0": state["p0"], "p2": state["p2"]}, [])
    assert len(killer.report.faults) == 2, "an acknowledged document is missing; a removed one is there"
    assert killer.look(folder, {}, [{"p0": state["p0"], "p1": state["p1"]}, {"p2": state["p2"]}]) == state
    assert len(killer.report.faults) == 2
    for statement in (
        "DELETE FROM passages WHERE row = 2",
        "DELETE FROM sections WHERE doc_id = 'p1' AND position = 1",
        "UPDATE documents SET text = replace(text, 'Part 2', 'Part 3') WHERE doc_id = 'p1'",
    ):
        copy = Path(shutil.copytree(folder, tmp_path / "copy", dirs_exist_ok=True))
        db = sqlite3.connect(copy / "library.sqlite", isolation_level=None)
        db.execute(statement)
        db.close()
        killer.report.faults.clear()
        killer.look(copy, state, [])
        assert len(killer.report.faults) == 1, statement


# What changes files; SQLite's own steps are not seen from here.
STEPS: tuple[tuple[Any, str], ...] = (
    *((os, "fsync"), (os, "replace"), (os, "rename"), (os, "mkdir"), (os, "unlink"), (os, "rmdir")),
    *((np, "save"), (Path, "write_text")),
)
REMOVING = ("unlink", "rmdir")


@contextmanager
def stopped(
    number: int, stop: Callable[[], object], *, late: bool = False, for_good: bool = False
) -> Iterator[list[str]]:
    """Call `stop` at the step of that number, when it is done if `late`; `for_good` at all later ones that write, too.

    Gives the steps that were begun.
    """
    steps: list[str] = []

    def stopping(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **options: Any) -> Any:
            steps.append(name)
            stops = len(steps) == number or (for_good and len(steps) > number and name not in REMOVING)
            if stops and not late:
                stop()
            result = real(*given, **options)
            if stops:
                stop()
            return result

        return step

    with ExitStack() as changes:
        for owner, name in STEPS:
            changes.enter_context(mock.patch.object(owner, name, stopping(name, getattr(owner, name))))
        yield steps


def die(folder: Path, given: Path, number: int) -> None:
    """Change a Library, and be dead from the step of that number on."""
    with small(), stopped(number, lambda: os._exit(9)):
        change(folder, given)


def test_a_process_killed_at_any_step_leaves_whole_documents(folder: Path, given: Path) -> None:
    context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    found = []
    for number in count(1):
        copy = Path(shutil.copytree(folder, folder.with_name(f"copy-{number}")))
        process = context.Process(target=die, args=(copy, given, number))
        process.start()
        process.join()
        found.append(POSSIBLE.index(texts(copy)))
        change(copy, given)
        assert texts(copy) == AFTER
        if process.exitcode == 0:
            break
        assert process.exitcode == 9
    assert found == sorted(found) and set(found) == {0, 1, 2}
    assert len(found) > 40


# A full disk


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(("late", "for_good"), [(False, True), (True, False)])
def test_a_disk_that_is_full_at_any_step_loses_nothing(folder: Path, given: Path, late: bool, for_good: bool) -> None:
    failures = 0
    for number in count(1):
        copy = Path(shutil.copytree(folder, folder.with_name(f"copy-{number}")))
        possible: Sequence[dict[str, str]] = [AFTER]
        with stopped(number, full, late=late, for_good=for_good) as steps:
            try:
                change(copy, given)
            except LibraryError as error:
                assert "check its rights and the free space, then try again" in str(error)
                possible, failures = POSSIBLE, failures + 1
        assert texts(copy) in possible
        change(copy, given)
        assert texts(copy) == AFTER
        if len(steps) < number:
            break
    assert failures > 30


def test_a_database_that_cannot_grow_keeps_what_it_has(folder: Path, given: Path) -> None:
    real = database._writer
    failures = 0
    for spare in count(0):

        def cramped(path: Path, spare: int = spare) -> sqlite3.Connection:
            db = real(path)
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {pages + spare}")
            return db

        try:
            with mock.patch.object(database, "_writer", cramped):
                change(folder, given)
            break
        except LibraryError as error:
            assert "database or disk is full" in str(error)
            assert "check its rights and the free space, then try again" in str(error)
            failures += 1
        assert texts(folder) == BEFORE
    assert failures > 3
    assert texts(folder) == AFTER

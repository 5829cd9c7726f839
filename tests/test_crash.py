"""A process that is killed, or finds the disk full, at any moment leaves every document as it was or as it should be."""

import errno
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from bench.crash import Killer, contents, strays
from bench.victim import NAMES, WRITING, die, paper, small, stopped
from index.errors import LibraryError
from index.library import Library
from index.segments import derive
from index.storage import database

KILLS = 25
FREE = "check its rights and the free space, then try again"
THERE = ["p1", "p2", "p5"]


def write(folder: Path, name: str, edition: int, sections: int = 3) -> Path:
    path = folder / f"{name}.md"
    path.write_text(paper(name, edition, sections), encoding="utf-8", newline="")
    return path


@pytest.fixture(autouse=True)
def small_parts() -> Iterator[None]:
    # one generation for a change; and no power is cut here
    with small(), mock.patch.object(derive, "STEP", 1000), mock.patch.object(os, "fsync", lambda _: None):
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Library of three papers, and a folder of papers beside it; do not write to the Library."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "papers").mkdir()
    with small(), Library.open(folder / "library", create=True) as opened:
        opened.add([write(folder / "papers", name, 1) for name in THERE])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of that Library."""
    return Path(shutil.copytree(made / "library", tmp_path / "library"))


@pytest.fixture
def given(made: Path) -> list[Path]:
    """A new edition and a new paper, which make AFTER of BEFORE."""
    return [write(made / "papers", "p1", 2, 5), write(made / "papers", "p4", 1, 12)]


def texts(folder: Path) -> dict[str, str]:
    """Return all documents' texts, after a look at everything that belongs to them."""
    with Library.open(folder) as opened:
        found = contents(opened)
        documents = {name: opened.store.document(name) for name in found}
    assert Library.verify(folder) == []
    return {name: document.text for name, document in documents.items() if document}


BEFORE = {name: paper(name, 1, 3) for name in THERE}
AFTER = {**BEFORE, "p1": paper("p1", 2, 5), "p4": paper("p4", 1, 12)}
POSSIBLE = (BEFORE, AFTER)  # one transaction is made whole or not at all


def add(folder: Path, papers: Sequence[Path]) -> None:
    with Library.open(folder) as opened:
        opened.add(papers)


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
    killer.look(folder, {"p1": state["p1"], "p2": state["p2"]}, [])
    assert len(killer.report.faults) == 2, "an acknowledged document is missing; a removed one is there"
    assert killer.look(folder, {}, [{"p1": state["p1"], "p2": state["p2"]}, {"p5": state["p5"]}]) == state
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


def has_died(folder: Path, given: list[Path], number: int, passages: int = 1000) -> bool:
    """Whether a process that adds papers came to the step of that number, where it died."""
    context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    process = context.Process(target=die, args=(folder, given, number, passages))
    process.start()
    process.join()
    assert process.exitcode in (0, 9)
    return bool(process.exitcode)


@pytest.mark.parametrize(("passages", "every"), [(1000, 3), (5, 19)])
def test_a_process_killed_at_some_step_leaves_whole_documents(
    folder: Path, given: list[Path], passages: int, every: int
) -> None:
    """Also between the generations that many new passages make, when the index stands half way."""
    found = []
    for number in count(1, every):
        copy = Path(shutil.copytree(folder, folder.with_name(f"copy-{number}")))
        died = has_died(copy, given, number, passages)
        found.append(POSSIBLE.index(texts(copy)))
        if not died:
            break
    assert found == sorted(found) and set(found) == {0, 1}
    assert len(found) > 6


def test_one_kill_after_another_leaves_no_more_than_one(folder: Path, given: list[Path]) -> None:
    left = []
    for _ in range(3):
        assert has_died(folder, given, 25)
        left.append(len(strays(folder)))
    assert left[0] > 0 and left == left[:1] * 3
    assert texts(folder) == AFTER
    add(folder, [write(folder.parent, "p7", 1)])
    assert strays(folder) == []


# A full disk


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_is_full_from_any_step_on_loses_nothing(folder: Path, given: list[Path]) -> None:
    failures = 0
    for number in count(1):
        copy = Path(shutil.copytree(folder, folder.with_name(f"copy-{number}")))
        possible: Sequence[dict[str, str]] = [AFTER]
        with stopped(number, full, WRITING) as steps:
            try:
                add(copy, given)
            except LibraryError as error:
                assert FREE in str(error)
                possible, failures = POSSIBLE, failures + 1
        assert texts(copy) in possible
        add(copy, given)
        assert texts(copy) == AFTER
        if len(steps) < number:
            break
    assert failures == number - 1 > 25


def test_what_could_not_be_indexed_is_indexed_by_the_next_call(folder: Path, given: list[Path]) -> None:
    with Library.open(folder) as opened:
        with stopped(1, full, [(os, "replace")]), pytest.raises(LibraryError, match=FREE):
            opened.add(given)
        assert "p4" in opened.store, "the documents were stored before the index could not be"
        assert {outcome.status for outcome in opened.add(given)} == {"unchanged"}
        assert contents(opened).keys() == AFTER.keys()


def test_a_database_that_cannot_grow_keeps_what_it_has(folder: Path, tmp_path: Path) -> None:
    long, real = write(tmp_path, "p4", 1, 300), database._writer
    for spare in count():

        def cramped(path: Path, spare: int = spare) -> sqlite3.Connection:
            db = real(path)
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {pages + spare}")
            return db

        try:
            with mock.patch.object(database, "_writer", cramped):
                add(folder, [long])
            break
        except LibraryError as error:
            assert "database or disk is full" in str(error) and FREE in str(error)
        assert texts(folder) == BEFORE
    assert spare > 5
    assert texts(folder) == {**BEFORE, "p4": paper("p4", 1, 300)}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if sys.platform != "linux" or not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no small file system can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.parametrize("spare_kb", [0, 8, 32, 36, 40, 44, 48, 64, 100, 140, 180, 220])
def test_a_full_file_system_loses_nothing(disk: Path, folder: Path, tmp_path: Path, spare_kb: int) -> None:
    long = write(tmp_path, "p4", 1, 300)
    copy = Path(shutil.copytree(folder, disk / "library"))
    (disk / "filler").write_bytes(bytes(max(0, shutil.disk_usage(disk).free - 1024 * spare_kb)))
    try:
        add(copy, [long])
        possible = [{**BEFORE, "p4": paper("p4", 1, 300)}]
    except LibraryError as error:
        assert FREE in str(error)
        possible = [BEFORE, {**BEFORE, "p4": paper("p4", 1, 300)}]
    (disk / "filler").unlink()
    assert texts(copy) in possible
    add(copy, [long])
    assert texts(copy) == possible[-1]

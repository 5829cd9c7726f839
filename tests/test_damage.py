"""Damage of any byte is found, said and, in the index, mended; copies that do not belong together are noticed."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from unittest import mock

import pytest

from bench.crash import contents, strays
from bench.damage import Spoiler, everything
from bench.victim import paper, small, word_of
from index import library
from index.analyse import Analyser
from index.embed import Embedder
from index.errors import LibraryError
from index.library import Library
from index.segments import arrays, derive, generation
from index.segments.generation import INDEX_FOLDER
from index.segments.partition import PassageIndex
from index.segments.represent import Made
from index.storage.schema import DATABASE
from index.storage.store import Store

FLIPS = 60
THERE = ("p1", "p2", "p3")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Library of three papers; do not write to it, `folder` is for that."""
    folder = tmp_path_factory.mktemp("made")
    with small(), Library.open(folder / "library", create=True) as opened:
        opened.add([write(folder, name, 0) for name in THERE])
    return folder / "library"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that Library, and small parts."""
    with small():
        yield Path(shutil.copytree(made, tmp_path / "library"))


def write(folder: Path, name: str, edition: int, sections: int = 3) -> Path:
    path = folder / f"{name}.md"
    path.write_text(paper(name, edition, sections), encoding="utf-8", newline="")
    return path


def copy_of(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(name)))


def add(folder: Path, *papers: Path) -> None:
    with Library.open(folder) as opened:
        opened.add(papers)


def finds(opened: Library, name: str, edition: int = 0) -> int:
    """Return how many passages the word of a paper finds."""
    (term,) = opened.analyser.words(word_of(name, edition))
    return opened.index.words.document_frequency(term)


# Flipped bytes


def test_a_flipped_byte_is_found_or_changes_nothing(
    small_library: Path, tmp_path: Path, embedder: Embedder, analyser: Analyser
) -> None:
    """Of the database, of every file of the index, of the pointer to it; `bench.damage` flips more."""
    loaded = mock.patch.object(library, "open_embedder", lambda _: embedder)
    with loaded, mock.patch.object(Analyser, "load", lambda _: analyser):
        spoiler = Spoiler(small_library, tmp_path / "spoilt", random.Random(3), ["보상 모델이 뭐야?"])
        spoiler.flip_database(FLIPS)
        spoiler.flip_index(1)
    assert spoiler.report.faults == []
    assert spoiler.report.found[DATABASE] + spoiler.report.harmless[DATABASE] == FLIPS
    assert min(spoiler.report.found[DATABASE], spoiler.report.harmless[DATABASE]) > 5
    assert spoiler.report.found.keys() == {DATABASE, *FILES}


FILES = {
    *("CURRENT", "manifest", "digests.json", "moments.npy", "references.npy", "rows.npy", "vectors.npy"),
    *(f"words-{part}.npy" for part in ("frequencies", "keys", "lengths", "offsets", "rows")),
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE gone SET row = 100 WHERE number = 1", "numbers of passages contradict"),
        ("UPDATE gone SET row = 9 WHERE number = 1", "numbers of passages contradict"),
        ("UPDATE gone SET row = 2 WHERE number = 1", "numbers of passages contradict"),
        ("UPDATE gone SET number = 9 WHERE number = 1", "numbers of passages contradict"),
        ("DELETE FROM gone WHERE number = 2", "numbers of passages contradict"),
        ("UPDATE sqlite_sequence SET seq = 2 WHERE name = 'passages'", "numbers of passages contradict"),
        ("UPDATE sqlite_sequence SET name = 'passagfs' WHERE name = 'passages'", "numbers of passages contradict"),
        ("UPDATE sqlite_sequence SET seq = 9 WHERE name = 'gone'", "numbers of passages contradict"),
        ("UPDATE documents SET checksum = NULL WHERE doc_id = 'p2'", "p2: what is stored is not what was added"),
        ("UPDATE documents SET title = CAST(title AS BLOB)", "p2: what is stored is not what was added"),
        ("UPDATE documents SET text = CAST(text AS BLOB)", "p2: what is stored is not what was added"),
        ("UPDATE documents SET authors = '{'", "p2: what is stored is not what was added"),
        ("UPDATE passages SET start = 'x' WHERE row = 5", "p2: what is stored is not what was added"),
        (
            "UPDATE meta SET value = CAST(value AS BLOB) WHERE key = 'state'",
            "the stored settings are not what was stored",
        ),
        ("DELETE FROM meta WHERE key = 'states'", "the stored settings are not what was stored"),
        ("DROP TRIGGER passages_gone", "the tables are not those that were made"),
        ("CREATE INDEX more ON passages(page)", "the tables are not those that were made"),
    ],
)
def test_changes_that_sqlite_does_not_mind_are_found(folder: Path, change: str, found: str) -> None:
    with Library.open(folder) as opened:
        opened.remove(["p1"])
    assert Library.verify(folder) == []
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    db.execute(change)
    db.close()
    assert any(found in line for line in verified(folder))
    try:
        with Library.open(folder) as opened:
            everything(opened)
    except LibraryError as error:
        assert "restore the Library from a backup" in str(error)


def verified(folder: Path) -> list[str]:
    try:
        return Library.verify(folder)
    except LibraryError as error:
        return [f"{error} {error.__cause__}"]


def test_a_changed_text_is_never_cited(folder: Path) -> None:
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    db.execute("UPDATE documents SET text = replace(text, 'says', 'said') WHERE doc_id = 'p2'")
    db.close()
    with Library.open(folder) as opened:
        with pytest.raises(
            LibraryError, match="p2: what is stored is not what was added .* remove it and add the paper"
        ):
            opened.store.document("p2")
        assert opened.store.document("p1") is not None
        opened.remove(["p2"])
        opened.add([write(folder.parent, "p2", 0)])
        assert contents(opened).keys() == set(THERE)
    assert Library.verify(folder) == []


@pytest.mark.parametrize("name", sorted(FILES - {"CURRENT", "manifest", "digests.json"}))
def test_an_index_with_a_changed_file_is_not_used(folder: Path, name: str) -> None:
    (path,) = (folder / INDEX_FOLDER).glob(f"*-en-*/{name}")
    data = bytearray(path.read_bytes())
    data[-1] ^= 0x10  # nothing that would be noticed in reading it
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="the index is missing or damaged; run `surveyqa library rebuild"):
        Library.open(folder)
    assert Library.rebuild(folder) == 9


def test_an_index_with_a_changed_manifest_is_made_again(folder: Path) -> None:
    """One that says that it stands farther back would be given the same passages twice."""
    (path,) = (folder / INDEX_FOLDER).glob("*.json")
    path.write_text(path.read_text().replace('"row": 9', '"row": 3'))
    with Library.open(folder) as opened:
        assert contents(opened).keys() == set(THERE)
        assert len(opened.index) == 9
    assert Library.verify(folder) == []


def test_damage_in_files_that_are_mapped_is_said_when_it_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening does not read all of a large file; verifying does."""
    for module in (arrays, generation):
        monkeypatch.setattr(module, "MAPPED_BYTES", 0)
    (path,) = (folder / INDEX_FOLDER).glob("*-en-*/words-rows.npy")
    data = bytearray(path.read_bytes())
    data[-1] ^= 0x40  # the row of a last posting becomes 2**30 higher
    path.write_bytes(data)
    with Library.open(folder) as opened:
        with pytest.raises(LibraryError, match="the index is damaged.*library rebuild"):
            for part in opened.index.partitions:
                part.words([{term: 1.0} for name in THERE for term in opened.analyser.words(paper(name, 0, 3))])
    assert [line for line in Library.verify(folder) if "words-rows.npy" in line]
    assert Library.rebuild(folder) == 9
    assert Library.verify(folder) == []


def test_damage_is_not_taken_over_into_a_new_generation(folder: Path) -> None:
    """A writer that has a segment in memory does not vouch for what has become of its files."""
    with Library.open(folder) as opened:
        for path in (folder / INDEX_FOLDER).glob("*/digests.json"):
            path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
        opened.add([write(folder.parent, "p60", 0)])
    assert any("digests.json: the file is missing or not what was written" in line for line in Library.verify(folder))
    assert Library.rebuild(folder) == 12
    assert Library.verify(folder) == []


# Copies


def test_an_older_copy_of_the_documents_beside_a_newer_index(folder: Path) -> None:
    older = copy_of(folder, "older")
    add(folder, write(folder.parent, "p4", 0))
    shutil.copy(older / DATABASE, folder / DATABASE)
    assert_agrees(folder, {"p1": 3, "p2": 3, "p3": 3, "p4": 0})


def test_newer_documents_beside_an_older_copy_of_the_index(folder: Path) -> None:
    older = copy_of(folder, "older")
    add(folder, write(folder.parent, "p4", 0))
    with Library.open(folder) as opened:
        opened.remove(["p2"])
    shutil.rmtree(folder / INDEX_FOLDER)
    shutil.copytree(older / INDEX_FOLDER, folder / INDEX_FOLDER)
    assert_agrees(folder, {"p1": 3, "p2": 0, "p3": 3, "p4": 3})


@pytest.mark.parametrize("own", [["p5"], ["p5", "p6"], []])
def test_documents_of_a_copy_that_went_its_own_way(folder: Path, own: list[str]) -> None:
    """With as many passages as the index has, with more, with fewer: their numbers are the same, they are others."""
    copy = copy_of(folder, "copy")
    add(folder, write(folder.parent, "p4", 0))
    add(copy, *[write(folder.parent, name, 0) for name in own])
    shutil.copy(copy / DATABASE, folder / DATABASE)
    assert_agrees(folder, {"p4": 0, **dict.fromkeys([*THERE, *own], 3)})


def test_a_copy_that_removed_others(folder: Path) -> None:
    copy = copy_of(folder, "copy")
    for one, gone in ((folder, "p1"), (copy, "p2")):
        with Library.open(one) as opened:
            opened.remove([gone])
    shutil.copy(copy / DATABASE, folder / DATABASE)
    assert_agrees(folder, {"p1": 3, "p2": 0, "p3": 3})


def test_documents_of_another_library(folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "another", create=True) as opened:
        opened.add([write(tmp_path, name, 7) for name in THERE])
    shutil.copy(tmp_path / "another" / DATABASE, folder / DATABASE)
    with Library.open(folder) as opened:
        assert [finds(opened, name, 0) for name in THERE] == [0, 0, 0]
        assert [finds(opened, name, 7) for name in THERE] == [3, 3, 3]


def assert_agrees(folder: Path, found: dict[str, int]) -> None:
    """Open a Library that was put together from copies: what its words find must be what it holds."""
    before = Library.verify(folder)
    assert len(before) == 1 and "the index is behind the stored documents" in before[0]
    with Library.open(folder) as opened:
        assert {name: finds(opened, name) for name in found} == found
        assert contents(opened).keys() == {name for name, passages in found.items() if passages}
    assert Library.verify(folder) == []


def test_an_index_of_other_passages_is_found(folder: Path) -> None:
    with closing(Store(folder, writable=True)) as store:
        with store.transaction():
            store.delete("p3")
        stamp = store.stamp()
    (path,) = (folder / INDEX_FOLDER).glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "stamp": asdict(stamp)}))
    pointer = f"{path.stem} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    (folder / INDEX_FOLDER / "CURRENT").write_text(pointer)
    wrong = f"{folder}: the index holds other passages than are stored; `library rebuild` mends it"
    assert Library.verify(folder) == [wrong]
    assert Library.rebuild(folder) == 6
    assert Library.verify(folder) == []


def test_an_index_goes_on_from_where_it_stood(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is new is indexed after changes that the index missed, and nothing when a change changes nothing."""
    indexed: list[int] = []
    real = derive.extend

    def extend(index: PassageIndex, made: Iterable[Made]) -> PassageIndex:
        new = list(made)
        indexed.extend(row for _, part in new for row in part.rows.tolist())
        return real(index, new)

    monkeypatch.setattr(derive, "extend", extend)
    before = generation.current(folder)
    with Library.open(folder) as opened:
        assert opened.remove(["none"]) == ["none"]
    Library.open(folder).close()
    assert (indexed, generation.current(folder), Library.verify(folder)) == ([], before, [])
    with monkeypatch.context() as missing:
        missing.setattr(Library, "_derive", lambda *_: None)
        add(folder, write(folder.parent, "p4", 0))
        add(folder, write(folder.parent, "p5", 0))
        with Library.open(folder) as opened:
            opened.remove(["p1"])
    Library.open(folder).close()
    assert indexed == [10, 11, 12, 13, 14, 15]
    title = folder.parent / "title.md"
    title.write_text("# Nothing but a title\n")
    add(folder, title)  # a document without passages is a change, too
    assert (indexed, Library.verify(folder)) == ([10, 11, 12, 13, 14, 15], [])


# What a kill leaves


def test_a_database_whose_making_was_cut_off_is_made(tmp_path: Path) -> None:
    """The first page is there, and the journal that takes it back: no reader can do that."""
    db = sqlite3.connect(tmp_path / DATABASE)
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    header = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 0, 1, 0, 512, 4096)  # before, it had 0 pages
    (tmp_path / f"{DATABASE}-journal").write_bytes(header.ljust(512, b"\0"))
    with small(), Library.open(tmp_path, create=True) as opened:
        assert opened.store.cards() == []
        opened.add([write(tmp_path, "p1", 0)])
        assert finds(opened, "p1") == 3
    assert Library.verify(tmp_path) == []


def test_what_a_killed_writer_left_is_removed_by_the_next(folder: Path) -> None:
    left = folder / INDEX_FOLDER / "000009-0.tmp"
    left.mkdir()
    (left / "rows.npy").write_bytes(b"half")
    (folder / INDEX_FOLDER / "000009-1-en-0123456789ab").mkdir()
    (folder / INDEX_FOLDER / "CURRENT.tmp").write_text("000009")
    assert (len(strays(folder)), Library.verify(folder)) == (3, [])
    add(folder, write(folder.parent, "p4", 0))
    assert (strays(folder), Library.verify(folder)) == ([], [])


# What is written in which order


def test_nothing_is_named_before_it_is_on_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file and folder is synchronised before the rename that lets others see it: a power cut leaves no names of
    files that are not whole."""
    safe: set[int] = set()
    real_sync, real_replace, real_rename = os.fsync, os.replace, os.rename

    def sync(handle: int) -> None:
        safe.add(os.fstat(handle).st_ino)
        real_sync(handle)

    def check(path: Path) -> None:
        for one in [path, *(path.iterdir() if path.is_dir() else [])]:
            assert one.stat().st_ino in safe, f"{one} is renamed before it is synchronised"

    def replace(source: Path, goal: Path) -> None:
        manifest = (
            json.loads((goal.parent / f"{source.read_text()[:6]}.json").read_text()) if goal.stem == "CURRENT" else {}
        )
        for name, _, _ in manifest.get("segments", ()):
            check(goal.parent / name)
        check(source)
        real_replace(source, goal)

    def rename(source: Path, goal: Path) -> None:
        check(source)
        real_rename(source, goal)

    with Library.open(folder) as opened:
        for path in (folder / INDEX_FOLDER).rglob("*"):
            safe.add(path.stat().st_ino)  # of earlier
        for name, function in (("fsync", sync), ("replace", replace), ("rename", rename)):
            monkeypatch.setattr(os, name, function)
        opened.add([write(folder.parent, "p4", 0)])
        assert finds(opened, "p4") == 3
    assert strays(folder) == []


def test_generations_are_numbered_on_past_a_million(folder: Path) -> None:
    pointer = folder / INDEX_FOLDER / "CURRENT"
    name, _, digest = pointer.read_text().partition(" ")
    (folder / INDEX_FOLDER / f"{name}.json").rename(folder / INDEX_FOLDER / "999999.json")
    pointer.write_text(f"999999 {digest}")
    with Library.open(folder) as reader:
        for at, paper_name in enumerate(("p4", "p5", "p6")):
            add(folder, write(folder.parent, paper_name, 0))
            assert finds(reader, paper_name) == 3
            assert generation.current(folder) == str(1_000_000 + at)
    assert Library.verify(folder) == []

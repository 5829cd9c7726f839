"""A Library in one file, and back: consistent while others write, and nothing made of a file that is not as packed."""

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from index import library
from index.copies.backup import BackupReport, backup, restore
from index.copies.packed import ARCHIVE_FORMAT, MANIFEST
from index.embed import Embedder
from index.errors import InputError, LibraryBusyError, LibraryError
from index.library import Library
from index.load import Document, parse
from index.segments import derive, generation
from index.segments.generation import INDEX_FOLDER
from index.segments.partition import PassageIndex
from index.segments.represent import Representer
from index.split import split
from index.storage.schema import DATABASE, FORMAT
from index.storage.store import Store
from tests.conftest import DOC_IDS

WHOLE = "; take another backup, or get this file again"


@pytest.fixture(autouse=True)
def one_embedder(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "open_embedder", lambda name: {embedder.name: embedder}[name])


@pytest.fixture(scope="module")
def archive(small_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the five documents, without index; do not write to it."""
    target = tmp_path_factory.mktemp("backup") / "small.zip"
    backup(small_library, target)
    return target


@pytest.fixture(scope="module")
def indexed(small_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the five documents with their index; do not write to it."""
    target = tmp_path_factory.mktemp("backup") / "indexed.zip"
    backup(small_library, target, with_index=True)
    return target


def documents_of(folder: Path) -> dict[str, Document]:
    with closing(Store(folder, writable=False)) as store:
        found = {card.doc_id: store.document(card.doc_id) for card in store.cards()}
    return {doc_id: document for doc_id, document in found.items() if document is not None}


def in_step(opened: Library) -> bool:
    """Whether the index holds exactly the stored passages, as if it were built anew."""
    rows = opened.store.rows()
    blocks = derive.blocks(opened.store, 0, max(rows, default=0))
    anew = derive.extend(PassageIndex([]), Representer(opened.analyser, opened.embedder).parts(blocks, len(rows)))
    group: list[dict[str, float]] = [{"모델": 1.0}, {"model": 1.0}, {"kiwi": 1.0}, {"melon": 1.0}]
    index = opened.index
    return index.rows.tolist() == anew.rows.tolist() and all(
        one.words(group).round(4).tolist() == other.words(group).round(4).tolist()
        for one, other in zip(index.partitions, anew.partitions, strict=True)
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def crafted(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_STORED, **told: Any) -> Path:
    """Write an archive of files whose manifest fits them, but for what is `told`."""
    listed = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size_bytes": len(data)}
        for name, data in files.items()
    ]
    manifest = {"kind": "surveyqa-backup", "format": ARCHIVE_FORMAT, "version": "0", "created": "2024-01-01T00:00:00Z"}
    manifest |= {"library_format": FORMAT, "documents": 5, "passages": 13, "embedder": None, "members": listed} | told
    with zipfile.ZipFile(path, "w", method) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
        packed.writestr(MANIFEST, json.dumps({name: value for name, value in manifest.items() if value != "LEFT OUT"}))
    return path


# There and back


def test_a_restored_library_is_the_one_that_was_packed(small_library: Path, tmp_path: Path) -> None:
    report = backup(small_library, tmp_path / "small.zip")
    assert report == BackupReport(
        path=tmp_path / "small.zip",
        created=report.created,
        version=report.version,
        documents=5,
        passages=13,
        with_index=False,
        embedder="bundled",
        size_bytes=(tmp_path / "small.zip").stat().st_size,
    )
    assert report.created[10] == "T" and report.created.endswith("Z") and len(report.created) == 20
    assert restore(tmp_path / "small.zip", tmp_path / "deep" / "er" / "new") == report
    assert documents_of(tmp_path / "deep" / "er" / "new") == documents_of(small_library)
    with Library.open(tmp_path / "deep" / "er" / "new") as opened:
        assert in_step(opened)
        assert opened.store.get_meta("shipped") == "declined"
    assert Library.verify(tmp_path / "deep" / "er" / "new") == []
    assert names(tmp_path) == ["deep", "small.zip"] and names(tmp_path / "deep" / "er") == ["new"]


def test_passages_keep_their_numbers_and_numbers_are_not_given_again(library_copy: Path, tmp_path: Path) -> None:
    with Library.open(library_copy) as opened:
        opened.remove(["자기개선", "align.en"])
        rows, stamp = opened.store.rows(), opened.store.stamp()
    backup(library_copy, tmp_path / "a.zip")
    restore(tmp_path / "a.zip", tmp_path / "new")
    with closing(Store(tmp_path / "new", writable=False)) as store:
        assert store.rows() == rows
        assert (store.stamp().row, store.stamp().gone) == (stamp.row, stamp.gone) == (13, 6)


def test_an_archive_holds_the_database_and_what_it_is(archive: Path) -> None:
    members = members_of(archive)
    assert list(members) == [DATABASE, MANIFEST]
    manifest = json.loads(members[MANIFEST])
    assert manifest["members"] == [
        {
            "name": DATABASE,
            "sha256": hashlib.sha256(members[DATABASE]).hexdigest(),
            "size_bytes": len(members[DATABASE]),
        }
    ]
    assert (manifest["kind"], manifest["format"], manifest["library_format"]) == ("surveyqa-backup", 1, FORMAT)
    assert (manifest["documents"], manifest["passages"], manifest["embedder"]) == (5, 13, "bundled")
    assert members[DATABASE].startswith(b"SQLite format 3\0")


def test_downloads_and_texts_of_removed_documents_are_left_out(library_copy: Path, tmp_path: Path) -> None:
    (library_copy / "downloads").mkdir()
    (library_copy / "downloads" / "paper.pdf").write_bytes(b"fetched")
    with Library.open(library_copy) as opened:
        opened.remove(["meeting"])
    assert backup(library_copy, tmp_path / "a.zip", with_index=True).documents == 4
    members = members_of(tmp_path / "a.zip")
    assert not any("paper.pdf" in name or "lock" in name for name in members)
    assert b"Ties were broken by a third judge" not in members[DATABASE]


def test_an_index_that_is_packed_is_used_as_it_is(small_library: Path, indexed: Path, tmp_path: Path) -> None:
    assert restore(indexed, tmp_path / "new").with_index
    assert Library.verify(tmp_path / "new") == []
    segments = generation.load_manifest(small_library), generation.load_manifest(tmp_path / "new")
    assert segments[0] and segments[1] and segments[0].segments == segments[1].segments
    before = generation.current(tmp_path / "new")
    with Library.open(tmp_path / "new") as opened:
        assert in_step(opened)
        assert generation.current(tmp_path / "new") == before
    assert Library.verify(tmp_path / "new") == []


def test_an_empty_folder_is_used_also_through_a_link(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    restore(archive, tmp_path / "link")
    assert sorted(documents_of(tmp_path / "real")) == sorted(DOC_IDS)
    assert (tmp_path / "link").is_symlink() and names(tmp_path) == ["link", "real"]


def test_an_older_backup_is_replaced_when_asked_to(small_library: Path, library_copy: Path, tmp_path: Path) -> None:
    with Library.open(library_copy) as opened:
        opened.remove(["meeting"])
    backup(small_library, tmp_path / "a.zip")
    assert backup(library_copy, tmp_path / "a.zip", overwrite=True).documents == 4
    assert restore(tmp_path / "a.zip", tmp_path / "new").documents == 4
    assert names(tmp_path) == ["a.zip", "copy", "new"]


# A copy that goes its own way


def test_a_restored_library_does_not_take_the_index_of_the_old_one(library_copy: Path, tmp_path: Path) -> None:
    backup(library_copy, tmp_path / "a.zip")
    restore(tmp_path / "a.zip", tmp_path / "new")
    for folder, words in ((library_copy, ["melon"]), (tmp_path / "new", ["kiwi", "kiwi kiwi"])):
        with Library.open(folder) as opened:
            for at, word in enumerate(words):
                paper = tmp_path / f"{folder.name}-{at}.md"
                paper.write_text(f"# Fruit\n\nThe {word} is a fruit.\n", encoding="utf-8")
                assert opened.add([paper])[0].status == "added"
    with closing(Store(library_copy, writable=False)) as old, closing(Store(tmp_path / "new", writable=False)) as new:
        assert (old.stamp().row, new.stamp().row) == (14, 15), "by its numbers, the old one could come before the new"
        assert not new.follows(old.stamp())
    shutil.rmtree(tmp_path / "new" / INDEX_FOLDER)
    shutil.copytree(library_copy / INDEX_FOLDER, tmp_path / "new" / INDEX_FOLDER)
    with Library.open(tmp_path / "new") as opened:
        assert in_step(opened)
    assert Library.verify(tmp_path / "new") == []


# While others write


def pair(number: int) -> list[Document]:
    texts = [f"# Pair {number}{half}\n\nThe same number {number} stands in both.\n" for half in "ab"]
    ids = [f"pair-{number}-{half}" for half in "ab"]
    return [parse(text, doc_id=doc_id, source=doc_id) for text, doc_id in zip(texts, ids, strict=True)]


@contextmanager
def writing_pairs(folder: Path) -> Iterator[list[int]]:
    """Add documents two by two, and remove some, in a thread; the list grows with each transaction."""
    done: list[int] = []
    stop = threading.Event()

    def write() -> None:
        with closing(Store(folder, writable=True)) as store:
            while not stop.is_set() and len(done) < 5_000:
                with store.transaction():
                    for document in pair(len(done)):
                        store.put(document, split(document))
                    if len(done) % 3 == 2:
                        for document in pair(len(done) - 1):
                            store.delete(document.doc_id)
                done.append(len(done))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join()


def test_a_backup_beside_a_writer_is_one_state(library_copy: Path, tmp_path: Path) -> None:
    committed = []
    with writing_pairs(library_copy) as done, closing(Store(library_copy, writable=False)) as reader:
        for at in range(4):
            while len(done) < 3 * (at + 1):
                time.sleep(0.001)
            before = len(done)
            committed.append(before)
            report = backup(library_copy, tmp_path / f"{at}.zip")
            assert len(done) > before, "the writer waited for the backup"
            assert len(reader.cards()) >= report.documents - 2
    for at in range(4):
        report = restore(tmp_path / f"{at}.zip", tmp_path / f"new-{at}")
        documents = documents_of(tmp_path / f"new-{at}")
        pairs = {doc_id.rpartition("-")[0] for doc_id in documents if doc_id.startswith("pair-")}
        assert len(documents) == report.documents == len(DOC_IDS) + 2 * len(pairs)
        last = max(int(name.removeprefix("pair-")) for name in pairs)
        assert last >= committed[at] - 1, "what was stored before the backup began is in it"
        assert pairs == {f"pair-{n}" for n in range(last + 1) if n % 3 != 1 or n == last}
        with closing(Store(tmp_path / f"new-{at}", writable=False)) as store:
            assert store.damage() == []
            assert store.count() == report.passages


def test_an_index_packed_beside_a_writer_is_brought_up(library_copy: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    papers = tmp_path / "papers"
    papers.mkdir()

    def write() -> None:
        with Library.open(library_copy) as opened:
            for at in range(60):
                if stop.is_set():
                    return
                (papers / f"{at}.md").write_text(f"# Paper {at}\n\nThe kiwi number {at} is a fruit.\n")
                opened.add([papers / f"{at}.md"])

    thread = threading.Thread(target=write)
    thread.start()
    try:
        reports: list[BackupReport] = []
        while len(reports) < 2:
            try:
                reports.append(backup(library_copy, tmp_path / f"{len(reports)}.zip", with_index=True))
            except LibraryBusyError:  # the index changed each time it was copied
                continue
    finally:
        stop.set()
        thread.join()
    for at, report in enumerate(reports):
        restore(tmp_path / f"{at}.zip", tmp_path / f"new-{at}")
        with Library.open(tmp_path / f"new-{at}") as opened:
            assert in_step(opened) and len(opened.store.cards()) == report.documents
        assert Library.verify(tmp_path / f"new-{at}") == []


# Damaged and foreign archives


def refused(path: Path, folder: Path) -> str:
    """Return why an archive is refused; nothing is made."""
    before = names(folder.parent)
    with pytest.raises(InputError) as caught:
        restore(path, folder)
    assert names(folder.parent) == before
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


def test_a_flipped_byte_in_any_member_is_refused(indexed: Path, tmp_path: Path) -> None:
    whole = indexed.read_bytes()
    with zipfile.ZipFile(indexed) as packed:
        infos = packed.infolist()
    assert {DATABASE, MANIFEST, f"{INDEX_FOLDER}/CURRENT"} < {info.filename for info in infos} and len(infos) > 8
    for info in infos:
        start = info.header_offset + 30 + len(info.filename)
        last = info.compress_size - 1 if info.compress_type == zipfile.ZIP_STORED else 0  # else it may be padding
        for at in {start, start + info.compress_size // 2, start + last}:
            path = tmp_path / "flipped.zip"
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
            assert "the backup is damaged (" in refused(path, tmp_path / "new"), f"{info.filename}, byte {at}"


def test_a_byte_flipped_anywhere_is_refused_or_changes_nothing(
    archive: Path, small_library: Path, tmp_path: Path
) -> None:
    whole = archive.read_bytes()
    directory = whole.index(b"PK\x01\x02")
    chance = random.Random(11)
    places = [*range(0, 45, 2), *chance.sample(range(directory, len(whole)), 80)]
    places += chance.sample(range(45, directory), 30)
    documents = documents_of(small_library)
    path = tmp_path / "flipped.zip"
    kept = 0
    for at in places:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        try:
            restore(path, tmp_path / "new")
        except InputError:
            assert names(tmp_path) == ["flipped.zip"]
        else:
            assert documents_of(tmp_path / "new") == documents
            shutil.rmtree(tmp_path / "new")
            kept += 1
    assert 0 < kept < len(places) / 2, "dates and the like are not looked at"


def test_a_cut_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    for length in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        path = tmp_path / "cut.zip"
        path.write_bytes(whole[:length])
        assert refused(path, tmp_path / "new").startswith("the backup is damaged (it cannot be unpacked: ")


def test_files_that_are_no_backup_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "missing.zip", tmp_path / "new") == (
        "cannot be read (No such file or directory), a whole backup was expected; check the path and its rights, or "
        "take another backup"
    )
    no_backup = "is a zip file but no backup of a Library; give one that `surveyqa` wrote"
    for data in ({"a.txt": b"x"}, {MANIFEST: b"[]"}, {MANIFEST: b'{"kind": "another"}'}, {}):
        with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as packed:
            for name, content in data.items():
                packed.writestr(name, content)
        assert refused(tmp_path / "foreign.zip", tmp_path / "new") == no_backup
    (tmp_path / "text.zip").write_text("no zip file at all " * 100)
    assert "it cannot be unpacked: File is not a zip file" in refused(tmp_path / "text.zip", tmp_path / "new")
    (tmp_path / "folder.zip").mkdir()
    assert "cannot be read (Is a directory)" in refused(tmp_path / "folder.zip", tmp_path / "new")


def test_newer_archives_are_refused(archive: Path, tmp_path: Path) -> None:
    database = {DATABASE: members_of(archive)[DATABASE]}
    newer = {"format": ARCHIVE_FORMAT + 1, "library_format": FORMAT, "added_later": 1}
    assert refused(crafted(tmp_path / "a.zip", database, **newer), tmp_path / "new") == (
        f"is a backup of format 2 of a Library of format {FORMAT}, this surveyqa reads up to 1 and {FORMAT}; update it "
        "and restore again"
    )
    why = refused(crafted(tmp_path / "b.zip", database, library_format=FORMAT + 1), tmp_path / "new")
    assert why.startswith(f"is a backup of format 1 of a Library of format {FORMAT + 1}, this surveyqa reads up to")


@pytest.mark.parametrize(
    "name",
    [
        "../out",
        "/out",
        "index/../../out",
        "..\\out",
        "C:\\out",
        "C:out",
        "index/a/b/c",
        ".hidden",
        "index//a",
        "a\n",
    ],
)
def test_members_that_lead_out_of_the_folder_are_refused(archive: Path, tmp_path: Path, name: str) -> None:
    database = members_of(archive)[DATABASE]
    path = crafted(tmp_path / "a.zip", {DATABASE: database, name: b"x"})
    assert "the backup is damaged (" in refused(path, tmp_path / "new")


@pytest.mark.parametrize(
    "name", ["users.sqlite", "anything/else", "writer.lock", "downloads/a.pdf", "index", "Originals/a"]
)
def test_members_that_no_library_has_are_refused(archive: Path, tmp_path: Path, name: str) -> None:
    path = crafted(tmp_path / "a.zip", {DATABASE: members_of(archive)[DATABASE], name: b"x"})
    assert refused(path, tmp_path / "new").startswith(f"the backup is damaged ({name!r} belongs to no Library)")
    assert not (tmp_path / "new").exists()


def test_members_other_than_the_manifest_says_are_refused(archive: Path, tmp_path: Path) -> None:
    database = members_of(archive)[DATABASE]
    listed = [{"name": DATABASE, "sha256": hashlib.sha256(database).hexdigest(), "size_bytes": len(database)}]
    more = {"name": "index/CURRENT", "sha256": hashlib.sha256(b"x").hexdigest(), "size_bytes": 1}
    others = "its members are not those that its manifest names"
    path, new = tmp_path / "a.zip", tmp_path / "new"
    assert others in refused(crafted(path, {DATABASE: database, "index/CURRENT": b"x"}, members=listed), new)
    assert others in refused(crafted(path, {DATABASE: database}, members=[*listed, more]), new)
    assert others in refused(crafted(path, {DATABASE: database}, members=[*listed, *listed]), new)
    upper = {"Index/current": b"x", "index/CURRENT": b"x"}
    assert others in refused(crafted(path, {DATABASE: database} | upper), new)
    for size_bytes in (len(database) + 1, len(database) - 1, 0, 10**15):
        told = [listed[0] | {"size_bytes": size_bytes}]
        assert "has a name, a size or a form that no backup has" in refused(
            crafted(path, {DATABASE: database}, members=told), new
        )
    told = [listed[0] | {"sha256": "0" * 64}]
    assert "its SHA-256 differs" in refused(crafted(path, {DATABASE: database}, members=told), new)
    packed = crafted(path, {DATABASE: database}, zipfile.ZIP_BZIP2)
    assert "is a zip file but no backup" in refused(packed, new), "the manifest, too, is packed in an unusual way"


@pytest.mark.parametrize(
    "told",
    [
        {"documents": "5"},
        {"passages": -1},
        {"documents": True},
        {"members": "LEFT OUT"},
        {"members": 7},
        {"members": [7]},
        {"members": [{"name": DATABASE}]},
        {"members": [{"name": 1, "sha256": "", "size_bytes": 0}]},
        {"format": "1"},
        {"created": None},
        {"more": 1},
    ],
)
def test_manifests_of_another_shape_are_refused(archive: Path, tmp_path: Path, told: dict[str, Any]) -> None:
    path = crafted(tmp_path / "a.zip", {DATABASE: members_of(archive)[DATABASE]}, **told)
    assert refused(path, tmp_path / "new").startswith("the backup is damaged (it cannot be unpacked: the manifest has ")


def test_a_member_that_unpacks_to_more_than_the_disk_holds_is_refused(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(tmp_path)._replace(free=10_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    with pytest.raises(
        LibraryError, match=r"new: the Library needs [\d,]+ bytes, 10,000 are free there; make room, or"
    ):
        restore(archive, tmp_path / "new")
    assert names(tmp_path) == []


def test_what_is_whole_but_no_library_is_refused(archive: Path, tmp_path: Path) -> None:
    whole = members_of(archive)[DATABASE]
    path, new = tmp_path / "a.zip", tmp_path / "new"
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE photos(name TEXT)")
        photos = db.serialize()
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(whole)
        db.execute("UPDATE documents SET text = replace(text, '83.5', '93.5')")
        db.commit()
        changed = db.serialize()
    for data in (b"no database " * 1000, photos, changed):
        why = refused(crafted(path, {DATABASE: data}), new)
        assert why == f"the backup is damaged (what it holds is no whole Library){WHOLE}"
    counts = f"the backup is damaged (its documents are not those that its manifest counts){WHOLE}"
    assert refused(crafted(path, {DATABASE: whole}, documents=6), new) == counts
    assert refused(crafted(path, {"index/CURRENT": b"x"}), new).startswith("the backup is damaged (")


def test_what_killed_processes_left_long_ago_is_taken_away(archive: Path, small_library: Path, tmp_path: Path) -> None:
    old, now = time.time() - 25 * 3600, time.time()
    kept = {".surveyqa-new_0001": now, ".surveyqa-mine": old, "surveyqa-old_0001": old, ".surveyqa-afile001": old}
    for make, one, other in ((backup, small_library, tmp_path / "a.zip"), (restore, archive, tmp_path / "new")):
        for name, at in ({".surveyqa-old_0001": old} | kept).items():
            if name == ".surveyqa-afile001":
                (tmp_path / name).touch()
            else:
                (tmp_path / name / "library").mkdir(parents=True, exist_ok=True)
            os.utime(tmp_path / name, (at, at))
        make(one, other)
        assert {path.name for path in tmp_path.glob("*surveyqa-*")} == set(kept)


# Places that are not to be touched


def test_a_folder_that_holds_anything_is_left_alone(archive: Path, library_copy: Path, tmp_path: Path) -> None:
    before = documents_of(library_copy)
    with pytest.raises(
        LibraryError, match="copy: a Library is there already, a new or empty folder was expected; move"
    ):
        restore(archive, library_copy)
    assert documents_of(library_copy) == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(LibraryError, match=r"mine: the folder holds files \(letter.txt …\), a new or empty folder was"):
        restore(archive, tmp_path / "mine")
    with pytest.raises(LibraryError, match=r"letter.txt: is a file, a new or empty folder was expected"):
        restore(archive, tmp_path / "mine" / "letter.txt")
    with pytest.raises(LibraryError, match=r"letter.txt/new: could not be written \(File exists\); check the path"):
        restore(archive, tmp_path / "mine" / "letter.txt" / "new")
    assert names(tmp_path / "mine") == ["letter.txt"] and names(tmp_path) == ["copy", "mine"]


def test_a_target_that_cannot_be_is_refused(library_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "old.zip").write_text("mine")
    with pytest.raises(InputError, match="old.zip: the file is there already; give another name, or --overwrite"):
        backup(library_copy, tmp_path / "old.zip")
    with pytest.raises(InputError, match=": is a folder, a file was expected; give a file name in it"):
        backup(library_copy, tmp_path)
    with pytest.raises(InputError, match="a.zip: lies in the Library and would be lost with it; give a place outside"):
        backup(library_copy, library_copy / "a.zip")
    with pytest.raises(
        LibraryError, match=r"a.zip: could not be written \(No such file or directory\); check the path"
    ):
        backup(library_copy, tmp_path / "missing" / "a.zip")
    with pytest.raises(LibraryError, match="nowhere: no Library is there"):
        backup(tmp_path / "nowhere", tmp_path / "a.zip")
    assert (tmp_path / "old.zip").read_text() == "mine" and names(tmp_path) == ["copy", "old.zip"]


def test_a_damaged_library_is_not_packed(library_copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(library_copy / DATABASE)) as db:
        db.execute("UPDATE documents SET text = replace(text, '83.5', '93.5') WHERE doc_id = 'align.en'")
        db.commit()
    with pytest.raises(
        LibraryError, match=r"copy: the Library is damaged \(align.en: what is stored is not what was ad"
    ):
        backup(library_copy, tmp_path / "a.zip")
    data = bytearray((library_copy / DATABASE).read_bytes())
    data[4096 * 3 : 4096 * 8] = b"\x7f" * (4096 * 5)
    (library_copy / DATABASE).write_bytes(data)
    with pytest.raises(LibraryError, match="restore the Library from a backup, or move"):
        backup(library_copy, tmp_path / "a.zip")
    assert names(tmp_path) == ["copy"]


def test_a_missing_or_damaged_index_is_not_packed(library_copy: Path, tmp_path: Path) -> None:
    segment = next((library_copy / INDEX_FOLDER).glob("*-ko-*"))
    (segment / "vectors.npy").write_bytes(b"other bytes")
    with pytest.raises(LibraryBusyError, match="copy: its index is damaged, or another process kept changing it; try"):
        backup(library_copy, tmp_path / "a.zip", with_index=True)
    shutil.rmtree(library_copy / INDEX_FOLDER)
    with pytest.raises(
        LibraryError, match="copy: there is no readable index to pack; run `surveyqa library rebuild` or"
    ):
        backup(library_copy, tmp_path / "a.zip", with_index=True)
    assert backup(library_copy, tmp_path / "a.zip").embedder is None
    assert names(tmp_path) == ["a.zip", "copy"]


# Full disks


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_old_backup(library_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_text("the old one")
    for where, name in ((os, "fsync"), (zipfile.ZipFile, "write"), (os, "replace"), (shutil, "copyfile")):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, full)
            with pytest.raises(LibraryError, match=r"a.zip: could not be written \(No space left on device\); check"):
                backup(library_copy, tmp_path / "a.zip", with_index=True, overwrite=True)
        assert (tmp_path / "a.zip").read_text() == "the old one" and names(tmp_path) == ["a.zip", "copy"]


def test_a_full_disk_leaves_no_half_of_a_library(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    for where, name in ((os, "fsync"), (Path, "rename"), (Path, "open")):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, full)
            with pytest.raises(LibraryError, match=r"new: could not be written \(No space left on device\); check the"):
                restore(indexed, tmp_path / "new")
        assert names(tmp_path) == ["new"] and names(tmp_path / "new") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
def test_a_disk_that_fills_while_sqlite_writes_leaves_nothing(library_copy: Path, tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    try:
        with pytest.raises(
            LibraryError, match=r"a.zip: could not be written \(.*\); check the path, its rights and the f"
        ):
            backup(library_copy, tmp_path / "a.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert names(tmp_path) == ["copy"]


def test_ctrl_c_leaves_nothing(
    archive: Path, library_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        backup(library_copy, tmp_path / "a.zip")
    with pytest.raises(KeyboardInterrupt):
        restore(archive, tmp_path / "new")
    assert names(tmp_path) == ["copy"]

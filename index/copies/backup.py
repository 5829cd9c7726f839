"""A Library's folder in, one archive file out, and back. Reads while others write; restores only where nothing is.

An archive holds `library.sqlite`, a copy of one state of the database, and so the databases beside it that others
write, and the PDFs that its documents were read from. The index is made again from it and is packed only when asked
for; what was downloaded is left out. No path of this machine is needed to restore it on another.
"""

import os
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from index.copies.packed import Manifest, damaged, is_name, opened, pack, unpack
from index.durable import sync_folder
from index.errors import InputError, LibraryBusyError, LibraryError
from index.originals import ORIGINALS, Originals
from index.segments import generation
from index.segments.generation import INDEX_FOLDER
from index.storage.database import connect, trouble
from index.storage.schema import BESIDE, DAMAGED, DATABASE, FORMAT
from index.storage.store import Store

_TRIES = 5
_ROOM = ".surveyqa-"
_LEFT_S = 24 * 3600.0  # so old, a folder is of no process that still runs


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What an archive holds. `size_bytes` is the archive's own, `created` a moment in UTC ("2024-06-14T09:30:00Z").

    `embedder` is the name of the one that the Library's index was made with, None where it had no index.
    """

    path: Path
    created: str
    version: str
    documents: int
    passages: int
    with_index: bool
    embedder: str | None
    size_bytes: int


def backup(folder: Path, target: Path, *, with_index: bool = False, overwrite: bool = False) -> BackupReport:
    """Write a Library to the file `target`; readers and a writer go on meanwhile.

    The copy is looked through before it is packed. It and the archive need space beside `target`, where nothing is
    left when something fails. Raises InputError for a target that is there already or lies in the Library, and
    LibraryError for a Library that is damaged or a target that cannot be written.
    """
    folder, target = Path(os.path.abspath(folder)), Path(os.path.abspath(target))
    _check_target(folder, target, overwrite)
    with _explained(target), _room_in(target.parent) as beside:
        copy, archive = beside / "library", beside / "archive"
        copy.mkdir()
        used = generation.load_manifest(folder)
        if with_index:  # before the database: an index that is behind it is brought up, one that is ahead is made anew
            _copy_index(folder, copy)
        _copy_database(folder, copy)
        beside_it = [name for name in BESIDE if _copy_other(folder / name, copy / name)]
        with closing(Store(copy, writable=False)) as store:
            documents, passages = _counted(store, folder)
            originals = _copy_originals(folder, copy, store)
        index = sorted(path.relative_to(copy).as_posix() for path in (copy / INDEX_FOLDER).rglob("*") if path.is_file())
        manifest = Manifest(
            version=_version(),
            created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            library_format=FORMAT,
            documents=documents,
            passages=passages,
            embedder=used.embedder if used else None,
        )
        manifest = pack(copy, [DATABASE, *beside_it, *originals, *index], archive, manifest)
        os.replace(archive, target)
        sync_folder(target.parent)
    return _report(target, manifest)


def restore(archive: Path, folder: Path) -> BackupReport:
    """Make the Library of an archive in `folder`, which is new or empty; return what the archive holds.

    All of the archive is checked before anything is written. Where it has no index, `Library.open` makes one, best with
    the report's `embedder`. Raises InputError for a file that is no archive, damaged or newer, and LibraryError for a
    folder that holds anything or cannot be written.
    """
    archive, folder = Path(os.path.abspath(archive)), Path(os.path.realpath(folder))
    with opened(archive, FORMAT) as (packed, manifest), _explained(folder):
        _check_members(manifest, archive)
        _check_folder(folder, manifest.size_bytes)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _room_in(folder.parent) as beside:
            library = beside / "library"
            library.mkdir()
            unpack(packed, manifest, library)
            _look_through(library, manifest, archive)
            for made in (library, *(path for path in library.rglob("*") if path.is_dir())):
                sync_folder(made)
            if sys.platform == "win32" and folder.exists():
                folder.rmdir()  # elsewhere an empty folder is replaced by the next step itself
            library.rename(folder)
            sync_folder(folder.parent)
    return _report(archive, manifest)


def _check_members(manifest: Manifest, archive: Path) -> None:
    """Raise InputError for a member that no Library has."""
    for name in (member.name for member in manifest.members):
        if name not in (DATABASE, *BESIDE) and not name.startswith((f"{INDEX_FOLDER}/", f"{ORIGINALS}/")):
            raise damaged(archive, f"{name!r} belongs to no Library")


def _check_target(folder: Path, target: Path, overwrite: bool) -> None:
    if target.is_dir():
        raise InputError(f"{target}: is a folder, a file was expected; give a file name in it")
    if os.path.lexists(target) and not overwrite:
        raise InputError(f"{target}: the file is there already; give another name, or --overwrite")
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(folder)):
        raise InputError(f"{target}: lies in the Library and would be lost with it; give a place outside {folder}")


def _check_folder(folder: Path, needed_bytes: int) -> None:
    """Raise LibraryError for a folder that is not to be touched, or a disk that is too small."""
    what = ""
    if folder.exists() and not folder.is_dir():
        what = "is a file"
    elif folder.exists():
        names = sorted(path.name for path in folder.iterdir())
        what = f"the folder holds files ({', '.join(names[:3])} …)" if names else ""
        what = "a Library is there already" if DATABASE in names else what
    if what:
        do = "move it away, or choose another folder with --library"
        raise LibraryError(f"{folder}: {what}, a new or empty folder was expected; {do}")
    free_bytes = shutil.disk_usage(next(path for path in (folder, *folder.parents) if path.exists())).free
    if needed_bytes > free_bytes:
        what = f"the Library needs {needed_bytes:,} bytes, {free_bytes:,} are free there"
        raise LibraryError(f"{folder}: {what}; make room, or choose another disk with --library")


def _copy_database(folder: Path, copy: Path) -> None:
    """Copy one state of the database, without the room that removed documents left, in one read transaction."""
    try:
        with closing(connect(folder, writable=False)) as db:
            db.execute("VACUUM INTO ?", (str(copy / DATABASE),))
    except sqlite3.OperationalError:
        raise  # of the copy, most likely: a full disk
    except sqlite3.DatabaseError as error:
        raise trouble(folder / DATABASE, error) from error


def _copy_other(database: Path, copy: Path) -> bool:
    """Copy one state of another database; return whether there is one. Raises LibraryError for a damaged one."""
    if not database.is_file():
        return False
    log = database.with_name(f"{database.name}-wal")
    how = "mode=ro" if log.exists() or os.access(database.parent, os.W_OK) else "immutable=1"  # else it makes a log
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?{how}", uri=True)) as db:
            db.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as db:
            faults = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except sqlite3.OperationalError:
        raise  # as above
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    if faults:
        what = f"the database is damaged ({faults[0][:80]}); take it from a backup, or move it away, and try again"
        raise LibraryError(f"{database}: {what}")
    return True


def _copy_originals(folder: Path, copy: Path, store: Store) -> list[str]:
    """Copy the originals of the documents; return their names. Raises LibraryError for a damaged one."""
    texts, names = store.texts(), []
    (copy / ORIGINALS).mkdir()
    for one in Originals(folder):
        if one.text_sha256 not in texts:
            continue
        name = f"{ORIGINALS}/{one.path.name}"
        try:
            shutil.copyfile(one.path, copy / name)
        except FileNotFoundError:  # its document was removed meanwhile
            continue
        if not replace(one, path=copy / name).is_whole():
            what = "the file is not what was kept (its SHA-256 differs); add the paper again, or remove the file"
            raise LibraryError(f"{one.path}: {what}, and try again")
        names.append(name)
    return names


def _copy_index(folder: Path, copy: Path) -> None:
    """Copy the current generation. A writer that makes another one current meanwhile removes files: then once more."""
    if generation.load_manifest(folder) is None:
        raise LibraryError(
            f"{folder}: there is no readable index to pack; run `surveyqa library rebuild` or leave it out"
        )
    for _ in range(_TRIES):
        shutil.rmtree(copy / INDEX_FOLDER, ignore_errors=True)
        try:
            for path in sorted((folder / INDEX_FOLDER).rglob("*")):
                name = path.relative_to(folder)
                if path.is_file() and is_name(name.as_posix()):
                    (copy / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, copy / name)
        except FileNotFoundError:
            continue
        if not generation.damage(copy):
            return
    what = "its index is damaged, or another process kept changing it"
    raise LibraryBusyError(f"{folder}: {what}; try again, run `surveyqa library rebuild`, or leave the index out")


def _counted(store: Store, named: Path) -> tuple[int, int]:
    """Return the numbers of documents and passages. Raises LibraryError for damage."""
    if faults := store.damage():
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        first = faults[0].replace(str(store.path), DATABASE)
        raise LibraryError(f"{named}: the Library is damaged ({first}{more}); {DAMAGED}")
    return len(store.cards()), store.count()


def _look_through(library: Path, manifest: Manifest, archive: Path) -> None:
    """Raise InputError for an unpacked Library that is damaged or another one; bring one of an older format up."""
    try:
        with closing(Store(library, writable=True)) as store:
            counts = _counted(store, archive)
    except LibraryError as error:
        raise damaged(archive, "what it holds is no whole Library") from error
    if counts != (manifest.documents, manifest.passages):
        raise damaged(archive, "its documents are not those that its manifest counts")


def _report(archive: Path, manifest: Manifest) -> BackupReport:
    return BackupReport(
        path=archive,
        created=manifest.created,
        version=manifest.version,
        documents=manifest.documents,
        passages=manifest.passages,
        with_index=any(member.name.startswith(f"{INDEX_FOLDER}/") for member in manifest.members),
        embedder=manifest.embedder,
        size_bytes=archive.stat().st_size,
    )


@contextmanager
def _room_in(folder: Path) -> Iterator[Path]:
    """Give a new folder in a folder, and take it away afterwards, and such as killed processes left there long ago."""
    for left in folder.glob(f"{_ROOM}????????"):  # what `tempfile` adds
        with suppress(OSError):
            found = left.lstat()
            if stat.S_ISDIR(found.st_mode) and time.time() - found.st_mtime > _LEFT_S:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_ROOM) as made:
        yield Path(made)


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """Make of what the system and SQLite raise a LibraryError that says what to do."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        what = f"could not be written ({reason}); check the path, its rights and the free space, then try again"
        raise LibraryError(f"{place}: {what}") from error


def _version() -> str:
    try:
        return metadata.version("surveyqa")
    except metadata.PackageNotFoundError:
        return "unknown"

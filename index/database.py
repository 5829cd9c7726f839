"""A folder in, a connection to its SQLite file out, made or brought up to today's format. Knows no documents."""

import hashlib
import json
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from index.errors import LibraryError
from index.schema import DATABASE, FORMAT, NEW_COLUMNS, SCHEMA, SINCE_FORMAT_1, TRIGGER

_CHECKSUM = "checksum"


def is_unfinished(folder: Path) -> bool:
    """Whether there is no database, or one without tables, as a process leaves that is killed while making it."""
    path = folder / DATABASE
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return db.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    except sqlite3.DatabaseError:
        return False


def is_outdated(folder: Path) -> bool:
    """Whether the database has an older format that a writer would bring up."""
    path = folder / DATABASE
    try:
        with closing(_reader(path)) as db:
            version = _version(db, path)
    except (sqlite3.DatabaseError, ValueError):
        return False
    return version is not None and version < FORMAT


def connect(folder: Path, *, writable: bool) -> sqlite3.Connection:
    """Open the database, making it or bringing it up when `writable`.

    Raises LibraryError for a file that cannot be used.
    """
    path = folder / DATABASE
    if not writable and not path.is_file():
        raise LibraryError(f"{folder}: no Library is there; `surveyqa library add --library {folder} FILE` makes one")
    try:
        db = _writer(path) if writable else _reader(path)
        try:
            _check(db, path, writable)
        except BaseException:
            db.close()
            raise
    except (sqlite3.DatabaseError, ValueError) as error:
        raise LibraryError(
            f"{path}: the Library's database cannot be read ({error}); restore the file from a "
            "backup, or move it away and add the papers again"
        ) from error
    return db


def get_meta(db: sqlite3.Connection, key: str) -> str | None:
    """Return a value that `set_meta` stored, or None."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Store a value under a key, and the checksum of all of them. Call inside a transaction."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_CHECKSUM, _checksum(db)))


def meta_is_whole(db: sqlite3.Connection) -> bool:
    """Whether the stored values are what was stored."""
    return get_meta(db, _CHECKSUM) == _checksum(db)


def _checksum(db: sqlite3.Connection) -> str:
    rows = db.execute("SELECT key, value FROM meta WHERE key != ? ORDER BY key", (_CHECKSUM,)).fetchall()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _writer(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _reader(path: Path) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    db = sqlite3.connect(f"{uri}?mode=ro", uri=True, check_same_thread=False, isolation_level=None)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # a read-only folder: no write-ahead log can be made beside the file
        db = sqlite3.connect(f"{uri}?immutable=1", uri=True, check_same_thread=False, isolation_level=None)
    return db


def _check(db: sqlite3.Connection, path: Path, writable: bool) -> None:
    version = _version(db, path)
    if version is None and not writable:
        raise LibraryError(f"{path}: the database is empty; remove the file and add the papers again")
    if version is not None and version > FORMAT:
        raise LibraryError(
            f"{path.parent}: the Library has format {version}, this surveyqa reads up to {FORMAT}; update it"
        )
    if version is not None and version < FORMAT and not writable:
        raise LibraryError(
            f"{path.parent}: the Library has format {version} and must be brought up to {FORMAT}; give the folder "
            "write rights and open it again"
        )
    if version != FORMAT:
        _make(db, version)


def _version(db: sqlite3.Connection, path: Path) -> int | None:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "meta" not in tables:
        raise LibraryError(f"{path}: the file is not a Library; choose another folder with --library")
    value = get_meta(db, "format")
    return int(value) if value else None


def _make(db: sqlite3.Connection, version: int | None) -> None:
    """Make the tables, or bring those of format 1 up, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        old = [f"ALTER TABLE documents ADD COLUMN {column}" for column in NEW_COLUMNS]
        for statement in [*(SCHEMA.split(";") if version is None else old), *SINCE_FORMAT_1.split(";"), TRIGGER]:
            db.execute(statement)
        set_meta(db, "library", uuid.uuid4().hex)
        set_meta(db, "format", str(FORMAT))
    except BaseException:
        db.rollback()
        raise
    db.commit()

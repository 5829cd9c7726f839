"""A folder in, a connection to its SQLite file out, made or brought up to today's format; what its errors mean."""

import hashlib
import json
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from index.errors import LibraryError
from index.storage.record import checksum, is_whole
from index.storage.schema import (
    DAMAGED,
    DAMAGED_KOREAN,
    DATABASE,
    DOCUMENT,
    FORMAT,
    NEW_COLUMNS,
    NUMBERS,
    PASSAGES_OF,
    SCHEMA,
    SECTIONS,
    SINCE_FORMAT_1,
    TABLES,
    TRIGGER,
)

Rows = list[tuple[Any, ...]]

CHANGED = "what is stored is not what was added (its SHA-256 differs)"

_CHECKSUM, _TABLES = "checksum", "schema"  # settings that vouch for the others, and for the tables
# What SQLite raises where a file cannot be reached, locked or written: it says nothing of what is in it.
_PASSING = {
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL),
}


def is_unfinished(folder: Path) -> bool:
    """Whether there is no database, or one without tables, as a process leaves that is killed while making it."""
    path = folder / DATABASE
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return db.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    except (sqlite3.DatabaseError, ValueError):  # what a damaged schema raises: there is something to damage
        return False


def needs_writer(folder: Path) -> bool:
    """Whether a writer must open the database first: it has an older format, or a killed process left it half made."""
    path = folder / DATABASE
    try:
        with closing(_reader(path)) as db:
            version = _version(db, path)
    except (sqlite3.DatabaseError, ValueError) as error:
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_ROLLBACK
    return version is None or version < FORMAT


def connect(folder: Path, *, writable: bool) -> sqlite3.Connection:
    """Open the database, making it or bringing it up when `writable`.

    Raises LibraryError for a file that cannot be used.
    """
    path = folder / DATABASE
    if not writable and not path.is_file():
        raise LibraryError(
            f"{folder}: no Library is there; `surveyqa library add --library {folder} FILE` makes one",
            f"{folder}: 이 폴더에 라이브러리가 없습니다. `surveyqa library add --library {folder} 파일`로 만드세요.",
        )
    try:
        db = _writer(path) if writable else _reader(path)
        try:
            _check(db, path, writable)
        except BaseException:
            db.close()
            raise
    except (sqlite3.DatabaseError, ValueError) as error:
        raise trouble(path, error) from error
    return db


def trouble(path: Path, error: Exception) -> LibraryError:
    """Return what to say of an error of the database: that it cannot be used just now, or that it is damaged."""
    if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _PASSING:
        return LibraryError(
            f"{path}: the database could not be read or written ({error}); check its rights and the free space, then "
            "try again",
            f"{path}: 라이브러리의 데이터베이스를 읽거나 쓰지 못했습니다({error}). 파일의 권한과 디스크의 남은 공간을 "
            "확인하고 다시 시도하세요.",
        )
    return LibraryError(
        f"{path}: the database is damaged and cannot be read; {DAMAGED}",
        f"{path}: 라이브러리의 데이터베이스가 손상되어 읽을 수 없습니다. {DAMAGED_KOREAN}",
    )


def read_rows(db: sqlite3.Connection, doc_id: str) -> tuple[tuple[Any, ...], Rows, Rows] | None:
    """Return all rows of a document: its own, by DOCUMENT_COLUMNS, its sections' and its passages'; None without."""
    row = db.execute(f"{DOCUMENT} WHERE doc_id = ?", (doc_id,)).fetchone()
    if row is None:
        return None
    return row, db.execute(SECTIONS, (doc_id,)).fetchall(), db.execute(PASSAGES_OF, (doc_id,)).fetchall()


def get_meta(db: sqlite3.Connection, key: str) -> str | None:
    """Return a value that `set_meta` stored, or None."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    if row and not isinstance(row[0], str):
        raise sqlite3.DatabaseError(f"the setting {key!r} is no text")
    return row[0] if row else None


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Store a value under a key, and the checksum of all of them. Call inside a transaction."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_CHECKSUM, _checksum(db)))


def damage(db: sqlite3.Connection, path: Path) -> list[str]:
    """Return what is wrong with the database, one line each: pages that SQLite rejects, contents that changed."""
    try:
        found = [f"{path}: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        if get_meta(db, _CHECKSUM) != _checksum(db):
            found.append(f"{path}: the stored settings are not what was stored (their SHA-256 differs); {DAMAGED}")
        if get_meta(db, _TABLES) not in (None, _digest(db.execute(TABLES).fetchall())):
            found.append(f"{path}: the tables are not those that were made; {DAMAGED}")
        if not db.execute(NUMBERS).fetchone()[0]:
            found.append(f"{path}: the numbers of passages contradict each other; {DAMAGED}")
        for (doc_id,) in db.execute("SELECT doc_id FROM documents ORDER BY doc_id").fetchall():
            rows = read_rows(db, doc_id)
            if rows is None or not is_whole(doc_id, *rows):
                found.append(f"{doc_id}: {CHANGED}")
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        what = str(error).splitlines()[0][:60]  # it may go on with the damaged text
        return [f"{path}: {what}; {DAMAGED}"]
    return found


def _checksum(db: sqlite3.Connection) -> str:
    return _digest(db.execute("SELECT key, value FROM meta WHERE key != ? ORDER BY key", (_CHECKSUM,)).fetchall())


def _digest(rows: Rows) -> str:
    return hashlib.sha256(json.dumps(rows, default=repr).encode()).hexdigest()


def _writer(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            db.execute(f"PRAGMA {setting}")
    except BaseException:
        db.close()
        raise
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
        logs = (path.with_name(f"{path.name}-{kind}") for kind in ("wal", "journal"))
        if not _is_read_only(path.parent) or any(log.is_file() and log.stat().st_size for log in logs):
            raise  # what is read past the log would not be all, and a writer would change it unseen
        # a read-only folder: no write-ahead log can be made beside the file
        db = sqlite3.connect(f"{uri}?immutable=1", uri=True, check_same_thread=False, isolation_level=None)
    except BaseException:
        db.close()
        raise
    return db


def _is_read_only(folder: Path) -> bool:
    try:
        with TemporaryFile(dir=folder):
            return False
    except OSError:
        return True


def _check(db: sqlite3.Connection, path: Path, writable: bool) -> None:
    version = _version(db, path)
    if version is None and not writable:
        raise LibraryError(
            f"{path}: the database is empty; remove the file and add the papers again",
            f"{path}: 라이브러리의 데이터베이스가 비어 있습니다. 이 파일을 지우고 문서를 다시 추가하세요.",
        )
    if version is not None and version > FORMAT:
        raise LibraryError(
            f"{path.parent}: the Library has format {version}, this surveyqa reads up to {FORMAT}; update it",
            f"{path.parent}: 라이브러리의 형식 번호가 {version}인데, 이 surveyqa는 {FORMAT}까지만 읽습니다. "
            "surveyqa를 새 버전으로 올리세요.",
        )
    if version is not None and version < FORMAT and not writable:
        raise LibraryError(
            f"{path.parent}: the Library has format {version} and must be brought up to {FORMAT}; give the folder "
            "write rights and open it again",
            f"{path.parent}: 라이브러리의 형식 번호가 {version}이어서 {FORMAT}(으)로 올려야 합니다. 폴더에 쓰기 권한을 "
            "주고 다시 여세요.",
        )
    if version != FORMAT:
        _make(db, version)


def _version(db: sqlite3.Connection, path: Path) -> int | None:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "meta" not in tables:
        raise LibraryError(
            f"{path}: the file is not a Library; choose another folder with --library",
            f"{path}: 라이브러리 파일이 아닙니다. --library로 다른 폴더를 고르세요.",
        )
    value = get_meta(db, "format")
    if value is None:
        raise sqlite3.DatabaseError("no format is stored")
    return int(value)


def _make(db: sqlite3.Connection, version: int | None) -> None:
    """Make the tables, or bring those of format 1 up, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        old = [f"ALTER TABLE documents ADD COLUMN {column}" for column in NEW_COLUMNS]
        for statement in [*(SCHEMA.split(";") if version is None else old), *SINCE_FORMAT_1.split(";"), TRIGGER]:
            db.execute(statement)
        _seal(db)
        values = {"library": uuid.uuid4().hex, "state": uuid.uuid4().hex, "format": str(FORMAT)}
        for key, value in {**values, _TABLES: _digest(db.execute(TABLES).fetchall())}.items():
            set_meta(db, key, value)
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _seal(db: sqlite3.Connection) -> None:
    """Give the documents of format 1 their checksums."""
    for (doc_id,) in db.execute("SELECT doc_id FROM documents").fetchall():
        rows = read_rows(db, doc_id)
        if rows is not None:
            (*document, _), sections, passages = rows
            found = checksum(document, sections, passages)
            db.execute("UPDATE documents SET checksum = ? WHERE doc_id = ?", (found, doc_id))

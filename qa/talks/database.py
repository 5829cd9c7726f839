"""A folder in, connections to its talks.sqlite out, made where there is none; what its errors mean. Knows no turns.

Any number of threads and processes read and write at once (write-ahead log). What was committed outlasts a power cut.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryError
from qa.talks.lookup import NUMBER_BITS
from qa.talks.search import pieces

FILE = "talks.sqlite"
FORMAT = 1
WAIT_S = 10.0  # for another process that writes

_APPLICATION = 0x53514154  # tells the file from another program's
_SAYS = (  # the file's marks and whether it has tables: in one statement, as another process may make them meanwhile
    "SELECT application_id, user_version, EXISTS (SELECT 1 FROM sqlite_master)"
    " FROM pragma_application_id, pragma_user_version"
)
_SCHEMA = """
CREATE TABLE talks(
    talk INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, talk_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    words TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, removed_at TEXT,
    count INTEGER NOT NULL DEFAULT 0, given INTEGER NOT NULL DEFAULT 0);
CREATE INDEX talks_by_change ON talks(user, changed_at, talk) WHERE removed_at IS NULL;
CREATE TABLE turns(
    turn INTEGER PRIMARY KEY, record TEXT NOT NULL, words TEXT NOT NULL,
    thumb INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', judged_at TEXT);
CREATE TABLE state(is_indexed INTEGER NOT NULL);
INSERT INTO state VALUES (0)
"""
_INDEX = "CREATE VIRTUAL TABLE found USING fts5(words, content='', columnsize=0, tokenize='ascii')"
_ALL_WORDS = f"SELECT talk << {NUMBER_BITS}, words FROM talks UNION ALL SELECT turn, words FROM turns"


class Database:
    """The file's connections: each serves one caller at a time and is then kept for the next."""

    def __init__(self, folder: Path) -> None:
        """Open the file, making it where there is none. Raises LibraryError for one that cannot be used."""
        self.path = folder / FILE
        self._idle: list[sqlite3.Connection] = []
        self._is_open = True
        self._guard = threading.Lock()
        with self._explained():
            db = self._connect()
            try:
                _make_ready(db, self.path)
                self.has_index = _bring_index_up(db)
            except BaseException:
                db.close()
                raise
        self._idle.append(db)

    def close(self) -> None:
        """Close what is idle, and what is in use when that is done. The last one that closes leaves all in one file."""
        with self._guard:
            idle, self._idle, self._is_open = self._idle, [], False
        for db in idle:
            db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one state of the file throughout. Raises LibraryError for what SQLite raises."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are committed whole, or rolled back by any exception; errors as `reading`."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._explained():
            with self._guard:
                db = self._idle.pop() if self._idle else None
            db = db or self._connect()
            try:
                db.execute(begin)
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.close()  # rolls back; what failed is not used again
                raise
            with self._guard:
                if self._is_open:
                    self._idle.append(db)
                    return
            db.close()

    def vacuum(self) -> None:
        """Write the file anew, so that nothing that was deleted can be read from it any more."""
        with self._explained():
            db = self._connect()
            try:
                if self.has_index:
                    db.execute("INSERT INTO found(found) VALUES ('optimize')")
                db.execute("VACUUM")
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                db.close()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA synchronous = FULL")
        return db

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise _trouble(self.path, error) from error


def _trouble(path: Path, error: Exception) -> LibraryError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if isinstance(error, sqlite3.OperationalError) and code not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT):
        return LibraryError(
            f"{path}: conversations could not be read or written ({error}); check its rights and the free space, then "
            "try again",
            f"{path}: 대화를 읽거나 쓰지 못했습니다({error}). 권한과 디스크의 남은 공간을 확인하고 다시 시도하세요.",
        )
    why = str(error).splitlines()[0][:80]
    return LibraryError(
        f"{path}: the file is damaged ({why}), kept conversations were expected; take it from a backup, or move it "
        "away, and start again",
        f"{path}: 대화를 저장한 파일이 손상되었습니다({why}). 백업에서 복원하거나 파일을 옮기고 다시 시작하세요.",
    )


def _make_ready(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables where there are none. Raises LibraryError for a file that is newer or another program's."""
    if _format(db, path) == FORMAT:
        return
    _use_log(db)
    db.execute("BEGIN IMMEDIATE")
    if _format(db, path) is None:  # else another process has made them meanwhile
        for statement in _SCHEMA.split(";"):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {FORMAT}")
    db.execute("COMMIT")


def _format(db: sqlite3.Connection, path: Path) -> int | None:
    """Return the file's format, None for an empty file. Raises LibraryError for one that cannot be read."""
    application, version, has_tables = db.execute(_SAYS).fetchone()
    if application == 0 and not has_tables:
        return None
    if application != _APPLICATION:
        raise LibraryError(
            f"{path}: is another program's file, kept conversations were expected; move it away",
            f"{path}: 대화를 저장한 파일이 아니라 다른 프로그램의 파일입니다. 다른 곳으로 옮기세요.",
        )
    if version > FORMAT:
        raise LibraryError(
            f"{path}: the conversations have format {version}, this surveyqa reads up to {FORMAT}; update it, or move "
            "the file away",
            f"{path}: 대화의 형식 번호가 {version}인데, 이 surveyqa는 {FORMAT}까지만 읽습니다. surveyqa를 새 버전으로 "
            "올리거나 파일을 옮기세요.",
        )
    return int(version)


def _use_log(db: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite does not wait by itself for another process that is doing the same."""
    until = time.monotonic() + WAIT_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def has_fts5(db: sqlite3.Connection) -> bool:
    """Whether SQLite was built with the module that makes the index."""
    return db.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


def _bring_index_up(db: sqlite3.Connection) -> bool:
    """Make the index that is searched, where it lacks what was written without it; return whether there is one."""
    is_built_in = has_fts5(db)
    if bool(db.execute("SELECT is_indexed FROM state").fetchone()[0]) == is_built_in:
        return is_built_in
    db.execute("BEGIN IMMEDIATE")
    try:
        if is_built_in:
            db.execute("DROP TABLE IF EXISTS found")
            db.execute(_INDEX)
            rows = ((row, pieces(words)) for row, words in db.execute(_ALL_WORDS) if words)
            db.executemany("INSERT INTO found(rowid, words) VALUES (?, ?)", rows)
        db.execute("UPDATE state SET is_indexed = ?", (is_built_in,))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return is_built_in

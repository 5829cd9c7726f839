"""Documents in and out of SQLite: the only place where anything lives that must not be lost.

One writer, any number of readers (write-ahead log). A change of documents is one transaction: all of it or nothing.
"""

import hashlib
import json
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.database import connect, get_meta, meta_is_whole, set_meta
from index.errors import LibraryError
from index.load import Document, Language
from index.record import checksum, columns_of, document_of, to_json
from index.schema import (
    CARDS,
    COUNTERS,
    DAMAGED,
    DATABASE,
    DOCUMENT,
    DOCUMENT_COLUMNS,
    PASSAGES,
    PASSAGES_OF,
    ROWS_AT_ONCE,
    ROWS_OF_WORK,
    SECTIONS,
)
from index.split import Passage


@dataclass(frozen=True, slots=True)
class Stamp:
    """A state of a Library's passages: all up to row number `row`, less the first `gone` that were removed.

    `state` is a name that no other state has, be it one of a copy of the Library that went its own way.
    """

    library: str
    row: int
    gone: int
    state: str

    def precedes(self, later: "Stamp") -> bool:
        """Whether the later state can have come from this one by adding and removing."""
        return self.library == later.library and (
            self.state == later.state
            or (self.row <= later.row and self.gone <= later.gone and (self.row, self.gone) != (later.row, later.gone))
        )


NOWHERE = Stamp("", 0, 0, "")


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what retrieval and citing need to know of its document. `row` never names another passage."""

    row: int
    passage_id: str
    doc_id: str
    work: str
    title: str
    language: Language
    source: str
    section_id: str
    path: tuple[str, ...]
    start: int
    end: int
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What a list of documents shows."""

    doc_id: str
    work: str
    title: str
    language: str
    source: str
    sha256: str
    year: int | None
    sections: int
    passages: int


class Store:
    """The Library's SQLite file."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        """Open the store, creating it when `writable`. Raises LibraryError for a file that cannot be used."""
        self.path = folder / DATABASE
        self._writable = writable
        self._lock = threading.RLock()
        self._changed = False
        self._db = connect(folder, writable=writable)

    def close(self) -> None:
        """Close the database; further calls fail. A writer leaves all in one file, for copies and read-only media."""
        with self._lock:
            with suppress(sqlite3.OperationalError):  # what is committed is safe in the log, too
                if self._writable:
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the body as one transaction: committed whole, or rolled back by any exception."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._changed = False
            try:
                yield
                if self._changed:
                    set_meta(self._db, "state", uuid.uuid4().hex)
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    def put(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document with its passages, replacing the one of the same id whole. Call inside `transaction`."""
        self.delete(document.doc_id)
        numbers = {section: at for at, section in enumerate(document.sections)}
        row = columns_of(document)
        sections = [(s.section_id, to_json(s.path), s.level, s.start, s.end) for s in numbers]
        cut = [(p.passage_id, numbers[p.section], p.start, p.end, p.page) for p in passages]
        self._db.execute(
            f"INSERT INTO documents({', '.join(DOCUMENT_COLUMNS)}) VALUES ({', '.join('?' * len(DOCUMENT_COLUMNS))})",
            (*row, checksum(row, sections, cut)),
        )
        self._db.executemany(
            "INSERT INTO sections(doc_id, position, section_id, path, level, start, end) VALUES (?,?,?,?,?,?,?)",
            [(document.doc_id, at, *section) for at, section in enumerate(sections)],
        )
        self._db.executemany(
            "INSERT INTO passages(doc_id, passage_id, section, start, end, page) VALUES (?,?,?,?,?,?)",
            [(document.doc_id, *passage) for passage in cut],
        )

    def delete(self, doc_id: str) -> bool:
        """Remove a document with all that belongs to it; return whether it was there. Call inside `transaction`."""
        self._changed = True
        return self._db.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,)).rowcount > 0

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold the connection; a damaged file becomes a LibraryError that says what to do."""
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise LibraryError(f"{self.path}: the database is damaged; {DAMAGED}") from error

    def document(self, doc_id: str) -> Document | None:
        """Return a stored document, or None."""
        with self._reading():
            row = self._db.execute(f"{DOCUMENT} WHERE doc_id = ?", (doc_id,)).fetchone()
            if row is None:
                return None
            found = self._db.execute(SECTIONS, (doc_id,)).fetchall()
        return document_of(row, found)

    def find(self, **of: str) -> list[str]:
        """Return the ids of the documents with this `source`, `sha256` or `identity`, the first added first."""
        (column, value), *others = of.items()
        if others or column not in ("source", "sha256", "identity"):
            raise ValueError(f"cannot look for {sorted(of)}; give one of source, sha256 and identity")
        with self._reading():
            found = self._db.execute(f"SELECT doc_id FROM documents WHERE {column} = ? ORDER BY rowid", (value,))
            return [doc_id for (doc_id,) in found]

    def __contains__(self, doc_id: str) -> bool:
        """Whether a document of that id is there."""
        with self._reading():
            return self._db.execute("SELECT 1 FROM documents WHERE doc_id = ?", (doc_id,)).fetchone() is not None

    def edition(self, work: str, language: str) -> Document | None:
        """Return a work's edition in a language, or None."""
        with self._reading():
            row = self._db.execute(
                "SELECT doc_id FROM documents WHERE work = ? AND language = ?", (work, language)
            ).fetchone()
        return self.document(row[0]) if row else None

    def cards(self) -> list[DocumentCard]:
        """Return all documents, by id."""
        with self._reading():
            return [DocumentCard(*row) for row in self._db.execute(CARDS)]

    def rows(self, after: int = 0, limit: int = -1) -> list[int]:
        """Return row numbers of passages, ascending: those above `after`, at most `limit` when it is not negative."""
        with self._reading():
            found = self._db.execute("SELECT row FROM passages WHERE row > ? ORDER BY row LIMIT ?", (after, limit))
            return [row for (row,) in found]

    def count(self, after: int = 0) -> int:
        """Return the number of passages with a row number above `after`."""
        with self._reading():
            return int(self._db.execute("SELECT count(*) FROM passages WHERE row > ?", (after,)).fetchone()[0])

    def gone(self, after: int = 0) -> list[int]:
        """Return the row numbers of passages that were removed, those since the stamp's number `after`."""
        with self._reading():
            return [row for (row,) in self._db.execute("SELECT row FROM gone WHERE number > ?", (after,))]

    def stamp(self) -> Stamp:
        """Return what tells this state of the passages from any other."""
        with self._reading():
            row, gone = self._db.execute(COUNTERS).fetchone()
        return Stamp(self.get_meta("library") or "", row, gone, self.get_meta("state") or "")

    def rows_by_section(self, works: Iterable[str]) -> dict[tuple[str, str], list[int]]:
        """Return the row numbers of the passages of works, all editions, by work and section id."""
        found: dict[tuple[str, str], list[int]] = {}
        with self._reading():
            for held, section_id, row in (r for work in works for r in self._db.execute(ROWS_OF_WORK, (work,))):
                found.setdefault((held, section_id), []).append(row)
        return found

    def passages(self, rows: Iterable[int]) -> list[StoredPassage]:
        """Return the passages with these row numbers, in their order; numbers that are gone are left out."""
        wanted = [int(row) for row in rows]
        found: dict[int, StoredPassage] = {}
        with self._reading():
            for some in (wanted[at : at + ROWS_AT_ONCE] for at in range(0, len(wanted), ROWS_AT_ONCE)):
                stored = self._db.execute(PASSAGES % ",".join("?" * len(some)), some)
                found |= {row[0]: _passage(row) for row in stored}
        return [found[row] for row in wanted if row in found]

    def get_meta(self, key: str) -> str | None:
        """Return a value that `set_meta` stored, or None."""
        with self._reading():
            return get_meta(self._db, key)

    def set_meta(self, key: str, value: str) -> None:
        """Store a value under `key`. Call inside `transaction`."""
        set_meta(self._db, key, value)

    def damage(self) -> list[str]:
        """Return what is wrong with the database, one line each: pages that SQLite rejects, contents that changed."""
        with self._reading():
            try:
                wrong = self._db.execute("PRAGMA integrity_check")
                found = [f"{self.path}: {row[0]}" for row in wrong if row[0] != "ok"]
                if not meta_is_whole(self._db):
                    found.append(f"{self.path}: the stored settings are not what was stored (their SHA-256 differs)")
                for (doc_id,) in self._db.execute("SELECT doc_id FROM documents ORDER BY doc_id").fetchall():
                    if not self._is_whole(doc_id):
                        found.append(f"{doc_id}: what is stored is not what was added (its SHA-256 differs)")
            except (sqlite3.DatabaseError, UnicodeDecodeError, ValueError) as error:
                what = str(error).splitlines()[0][:60]  # it may go on with the damaged text
                return [f"{self.path}: {what}; {DAMAGED}"]
        return found

    def _is_whole(self, doc_id: str) -> bool:
        *row, stored = self._db.execute(f"{DOCUMENT} WHERE doc_id = ?", (doc_id,)).fetchone()
        if hashlib.sha256(str(row[10]).encode()).hexdigest() != row[5]:
            return False
        sections = self._db.execute(SECTIONS, (doc_id,)).fetchall()
        return stored is None or stored == checksum(row, sections, self._db.execute(PASSAGES_OF, (doc_id,)))


def _passage(row: tuple[Any, ...]) -> StoredPassage:
    fields = (*row[:8], tuple(json.loads(row[-1])), *row[8:-1])  # the path goes before start
    return StoredPassage(*fields)

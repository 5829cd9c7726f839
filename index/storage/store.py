"""Documents in and out of SQLite: the only place where anything lives that must not be lost.

One writer, any number of readers (write-ahead log). A change of documents is one transaction: all of it or nothing.
"""

import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import InputError, LibraryError
from index.load import Document
from index.split import Passage
from index.storage.database import CHANGED, connect, damage, get_meta, read_rows, set_meta, trouble
from index.storage.record import (
    DocumentCard,
    StoredPassage,
    card_of,
    checksum,
    columns_of,
    document_of,
    is_whole,
    passage_of,
    to_json,
    typed,
)
from index.storage.schema import (
    CARDS,
    COUNTERS,
    DATABASE,
    DOCUMENT_COLUMNS,
    PASSAGES,
    ROWS_AT_ONCE,
    ROWS_OF_WORK,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A state of a Library's passages: all up to row number `row`, less the first `gone` that were removed.

    `state` is a name that no other state has, be it one of a copy of the Library that went its own way.
    """

    library: str
    row: int
    gone: int
    state: str


NOWHERE = Stamp("", 0, 0, "")
REMEMBERED = 32  # documents that were read last
_STATES = 100  # so many earlier states are remembered; an index that is farther behind is made again


class Store:
    """The Library's SQLite file."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        """Open the store, creating it when `writable`. Raises LibraryError for a file that cannot be used."""
        self.path = folder / DATABASE
        self._writable = writable
        self._lock = threading.RLock()
        self._changed = False
        self._db = connect(folder, writable=writable)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._read)  # by id and state: reading one checks all of it
        self._all_cards = lru_cache(maxsize=1)(self._read_cards)  # by state: they count all passages

    def close(self) -> None:
        """Close the database; further calls fail. A writer leaves all in one file, for copies and read-only media."""
        with self._lock:
            try:
                if self._writable:
                    with suppress(sqlite3.OperationalError):  # what is committed is safe in the log, too
                        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
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
                    earlier = [*self._states(), get_meta(self._db, "state") or ""]
                    set_meta(self._db, "states", " ".join(earlier[-_STATES:]))
                    set_meta(self._db, "state", uuid.uuid4().hex)
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

    def put(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document with its passages, replacing the one of the same id whole. Call inside `transaction`."""
        self.delete(document.doc_id)
        self._changed = True
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
        was_there = self._db.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,)).rowcount > 0
        self._changed = self._changed or was_there
        return was_there

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold the connection and one state of the database, whatever a writer does meanwhile.

        A file that is damaged or cannot be read becomes a LibraryError that says what to do, half a character in what
        is looked for an InputError.
        """
        with self._lock:
            outermost = not self._db.in_transaction
            try:
                if outermost:
                    self._db.execute("BEGIN")
                yield
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter of the names in a damaged schema
                raise trouble(self.path, error) from error
            except UnicodeEncodeError as error:
                what = ascii(error.object[:80])
                raise InputError(
                    f"{what} holds half a character, so that nothing is stored under it; check what was given",
                    f"{what}: 온전하지 않은 글자가 들어 있어 찾을 수 없습니다. 입력한 값을 확인하세요.",
                ) from error
            finally:
                if outermost:
                    self._db.rollback()

    @contextmanager
    def _converting(self) -> Iterator[None]:
        """Make of rows that do not convert, as in a damaged file, a LibraryError that says what to do."""
        try:
            yield
        except (ValueError, TypeError) as error:
            raise trouble(self.path, error) from error

    def document(self, doc_id: str) -> Document | None:
        """Return a stored document, or None. Raises LibraryError for one that is not what was added."""
        with self._reading():
            if self._writable:  # a transaction that is not committed yet has no state of its own
                return self._read(doc_id)
            return self._remembered(doc_id, get_meta(self._db, "state"))

    def _read(self, doc_id: str, _state: str | None = None) -> Document | None:
        rows = read_rows(self._db, doc_id)
        if rows is None:
            return None
        with self._converting():
            if is_whole(doc_id, *rows):
                return document_of(*rows[:2])
        what = "remove it and add the paper again, or restore the Library from a backup"
        raise LibraryError(
            f"{self.path}: {doc_id}: {CHANGED}; {what}",
            f"{self.path}: {doc_id} 문서의 저장된 내용이 추가할 때와 다릅니다(SHA-256이 맞지 않습니다). 이 문서를 "
            "삭제한 뒤 다시 추가하거나, 라이브러리를 백업에서 복원하세요.",
        )

    def find(self, **of: str) -> list[str]:
        """Return the ids of the documents with this `source`, `sha256`, `identity`, `title`, the first added first."""
        if not of or not of.keys() <= {"source", "sha256", "identity", "title"}:
            raise ValueError(f"cannot look for {sorted(of)}; give some of source, sha256, identity and title")
        where = " AND ".join(f"{column} = ?" for column in of)
        with self._reading():
            found = self._db.execute(f"SELECT doc_id FROM documents WHERE {where} ORDER BY rowid", (*of.values(),))
            return [doc_id for (doc_id,) in found]

    def texts(self) -> set[str]:
        """Return the SHA-256 of every document's text."""
        with self._reading():
            return {sha256 for (sha256,) in self._db.execute("SELECT sha256 FROM documents")}

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
            return list(self._read_cards() if self._writable else self._all_cards(get_meta(self._db, "state")))

    def _read_cards(self, _state: str | None = None) -> tuple[DocumentCard, ...]:
        with self._converting():
            return tuple(card_of(row) for row in self._db.execute(CARDS))

    def titles_of_one_work(self, within: Collection[str] | None) -> list[str]:
        """Return the titles of the documents of these ids, None for all, where they are of one work; else none."""
        asked = [card for card in self.cards() if within is None or card.doc_id in within]
        return [card.title for card in asked] if len({card.work for card in asked}) == 1 else []

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
        with self._reading(), self._converting():
            found = self._db.execute("SELECT row FROM gone WHERE number > ?", (after,))
            return [typed(row, (int,))[0] for row in found]

    def stamp(self) -> Stamp:
        """Return what tells this state of the passages from any other."""
        with self._reading(), self._converting():
            row, gone = typed(self._db.execute(COUNTERS).fetchone(), (int, int))
            return Stamp(get_meta(self._db, "library") or "", row, gone, get_meta(self._db, "state") or "")

    def follows(self, earlier: Stamp) -> bool:
        """Whether this state came from an earlier one by adding and removing; that of another copy is none."""
        with self._reading():
            now, names = self.stamp(), self._states()
        known = earlier.library == now.library and earlier.state in (now.state, *names)
        return known and earlier.row <= now.row and earlier.gone <= now.gone

    def _states(self) -> list[str]:
        return (get_meta(self._db, "states") or "").split()

    def works(self, name: str) -> list[tuple[str, str, str]]:
        """Return the works of that name, or of it with a number ("a~2"): the work, id and source of each document."""
        with self._reading():
            numbered = (f"{name}~", f"{name}\x7f")  # "~" and the character after it
            return self._db.execute(
                "SELECT work, doc_id, source FROM documents WHERE work = ? OR work > ? AND work < ? ORDER BY rowid",
                (name, *numbered),
            ).fetchall()

    def rows_by_section(self, works: Iterable[str]) -> dict[tuple[str, str], list[int]]:
        """Return the row numbers of the passages of works, all editions, by work and section id."""
        found: dict[tuple[str, str], list[int]] = {}
        with self._reading():
            for held, section_id, row in (r for work in works for r in self._db.execute(ROWS_OF_WORK, (work,))):
                found.setdefault((held, section_id), []).append(row)
        return found

    def rows_of(self, doc_ids: Iterable[str]) -> list[int]:
        """Return the row numbers of the passages of documents; an id that is not there has none."""
        query = "SELECT row FROM passages WHERE doc_id = ?"
        with self._reading():
            return [row for doc_id in doc_ids for (row,) in self._db.execute(query, (doc_id,))]

    def passages(self, rows: Iterable[int]) -> list[StoredPassage]:
        """Return the passages with these row numbers, in their order; numbers that are gone are left out."""
        wanted = [int(row) for row in rows]
        found: dict[int, StoredPassage] = {}
        with self._reading(), self._converting():
            for some in (wanted[at : at + ROWS_AT_ONCE] for at in range(0, len(wanted), ROWS_AT_ONCE)):
                stored = self._db.execute(PASSAGES % ",".join("?" * len(some)), some)
                found |= {row[0]: passage_of(row) for row in stored}
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
            return damage(self._db, self.path)

"""Documents in and out of SQLite: the only place where anything lives that must not be lost.

One writer, any number of readers (write-ahead log). A change of documents is one transaction: all of it or nothing.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import LibraryError
from index.load import Document, Language, SimilarPaper
from index.outline import Section
from index.schema import DAMAGED, DATABASE, FORMAT, PASSAGES, ROWS_AT_ONCE, ROWS_OF_WORK, SCHEMA
from index.split import Passage


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


class Store:
    """The Library's SQLite file."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        """Open the store, creating it when `writable`. Raises LibraryError for a file that cannot be used."""
        self.path = folder / DATABASE
        self._writable = writable
        self._lock = threading.RLock()
        if not writable and not self.path.is_file():
            raise LibraryError(
                f"{folder}: no Library is there; `surveyqa library add --library {folder} FILE` makes one"
            )
        try:
            self._db = self._connect(writable)
            try:
                self._check(writable)
            except BaseException:
                self._db.close()
                raise
        except (sqlite3.DatabaseError, ValueError) as error:
            raise LibraryError(
                f"{self.path}: the Library's database cannot be read ({error}); restore the file from a "
                "backup, or move it away and add the papers again"
            ) from error

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
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    def put(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document with its passages, replacing the one of the same id whole. Call inside `transaction`."""
        self.delete(document.doc_id)
        self._db.execute(
            "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                *(document.doc_id, document.work, document.title, document.language, document.source, document.sha256),
                *(document.arxiv, json.dumps(document.authors, ensure_ascii=False), document.year),
                json.dumps([(paper.title, paper.arxiv) for paper in document.similar], ensure_ascii=False),
                document.text,
            ),
        )
        numbers = {section: at for at, section in enumerate(document.sections)}
        self._db.executemany(
            "INSERT INTO sections VALUES (?,?,?,?,?,?,?)",
            [
                (document.doc_id, at, s.section_id, json.dumps(s.path, ensure_ascii=False), s.level, s.start, s.end)
                for s, at in numbers.items()
            ],
        )
        self._db.executemany(
            "INSERT INTO passages(passage_id, doc_id, section, start, end, page) VALUES (?,?,?,?,?,?)",
            [(p.passage_id, document.doc_id, numbers[p.section], p.start, p.end, p.page) for p in passages],
        )

    def delete(self, doc_id: str) -> bool:
        """Remove a document with all that belongs to it; return whether it was there. Call inside `transaction`."""
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
            row = self._db.execute(
                "SELECT doc_id, work, title, language, source, text, sha256, arxiv, authors, year, similar"
                " FROM documents WHERE doc_id = ?",
                (doc_id,),
            ).fetchone()
            if row is None:
                return None
            found = self._db.execute(
                "SELECT section_id, path, level, start, end FROM sections WHERE doc_id = ? ORDER BY position", (doc_id,)
            ).fetchall()
        return Document(
            doc_id=row[0],
            work=row[1],
            title=row[2],
            language=row[3],
            source=row[4],
            text=row[5],
            sha256=row[6],
            sections=tuple(Section(i, tuple(json.loads(path)), *rest) for i, path, *rest in found),
            arxiv=row[7],
            authors=tuple(json.loads(row[8])),
            year=row[9],
            similar=tuple(SimilarPaper(*paper) for paper in json.loads(row[10])),
        )

    def edition(self, work: str, language: str) -> Document | None:
        """Return a work's edition in a language, or None."""
        with self._reading():
            row = self._db.execute(
                "SELECT doc_id FROM documents WHERE work = ? AND language = ?", (work, language)
            ).fetchone()
        return self.document(row[0]) if row else None

    def cards(self) -> list[DocumentCard]:
        """Return all documents, by id."""
        query = """SELECT doc_id, work, title, language, source, sha256, year,
            (SELECT count(*) FROM sections s WHERE s.doc_id = d.doc_id),
            (SELECT count(*) FROM passages p WHERE p.doc_id = d.doc_id) FROM documents d ORDER BY doc_id"""
        with self._reading():
            return [DocumentCard(*row) for row in self._db.execute(query)]

    def rows(self) -> list[int]:
        """Return the row numbers of all passages, ascending."""
        with self._reading():
            return [row for (row,) in self._db.execute("SELECT row FROM passages ORDER BY row")]

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

    def corpus_hash(self) -> str:
        """Return a digest of all documents' ids and contents."""
        with self._reading():
            found = self._db.execute("SELECT doc_id, sha256 FROM documents ORDER BY doc_id").fetchall()
        return hashlib.sha256(json.dumps(found).encode()).hexdigest()

    def get_meta(self, key: str) -> str | None:
        """Return a value that `set_meta` stored, or None."""
        with self._reading():
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Store a value under `key`. Call inside `transaction`."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def damage(self) -> list[str]:
        """Return what is wrong with the database, one line each: pages that SQLite rejects, texts that changed."""
        with self._reading():
            try:
                found = [
                    f"{self.path}: {row[0]}" for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"
                ]
                stored = self._db.execute("SELECT doc_id, sha256, text FROM documents").fetchall()
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                what = str(error).splitlines()[0][:60]  # it may go on with the damaged text
                return [f"{self.path}: {what}; {DAMAGED}"]
        return found + [
            f"{doc_id}: the stored text is not what was added (its SHA-256 differs)"
            for doc_id, sha256, text in stored
            if hashlib.sha256(text.encode()).hexdigest() != sha256
        ]

    def _connect(self, writable: bool) -> sqlite3.Connection:
        if writable:
            db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            return db
        uri = self.path.absolute().as_uri()
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

    def _check(self, writable: bool) -> None:
        version = self._version()
        if version is None and writable:
            self._create()
        elif version is None:
            raise LibraryError(f"{self.path}: the database is empty; remove the file and add the papers again")
        elif version > FORMAT:
            raise LibraryError(
                f"{self.path.parent}: the Library has format {version}, this surveyqa reads up to {FORMAT}; update it"
            )

    def _version(self) -> int | None:
        tables = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "meta" not in tables:
            raise LibraryError(f"{self.path}: the file is not a Library; choose another folder with --library")
        value = self.get_meta("format")
        return int(value) if value else None

    def _create(self) -> None:
        with self.transaction():
            for statement in SCHEMA.split(";"):
                self._db.execute(statement)
            self.set_meta("format", str(FORMAT))


def _passage(row: tuple[Any, ...]) -> StoredPassage:
    fields = (*row[:8], tuple(json.loads(row[-1])), *row[8:-1])  # the path goes before start
    return StoredPassage(*fields)

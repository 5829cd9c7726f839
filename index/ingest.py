"""Files in, documents in the store and an Outcome each out. Indexes nothing.

Files are read by child processes with bounds, on all cores. A batch is one transaction: whatever happens, all of it or
nothing is stored. Between batches the caller may index.
"""

import logging
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path, PurePath
from typing import Literal

from index.errors import InputError
from index.front_matter import front_matter
from index.gather import Found
from index.load import PLAIN, Document, read_bytes
from index.obtain import ARXIV, Sites, obtaining
from index.prepare import prepare
from index.processes.interrupt import uninterrupted
from index.processes.watch import UNWATCHED, Watch
from index.processes.worker import Limits
from index.readers.recognise import kind_of
from index.split import split
from index.storage.store import Store

Status = Literal["added", "replaced", "unchanged", "refused", "left"]
Read = tuple[Found, Document | InputError]

BATCH_S = 2.0  # after so long what was read is stored, so that little is lost when the process is stopped
BATCH_DOCUMENTS = 500
_PLAIN = (".md", ".markdown", ".txt")  # what else such a file may hold shows when it is opened
# Plain text that is read sooner here than child processes start: so many files, of so many bytes in all.
FEW, FEW_BYTES = 1_000, 1_500_000
_SUMMARY_CHARS = 300
_EDITION = re.compile(r"\.(?:ko|en)(?:~\d+)?$")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was to be added; one that is "left" was not looked at."""

    source: str
    status: Status
    doc_id: str | None = None
    reason: str | None = None


def read_all(
    files: Sequence[Found],
    cache: Path,
    *,
    limits: Limits | None = None,
    sites: Sites = ARXIV,
    watch: Watch = UNWATCHED,
    keep_in: Path | None = None,
) -> Iterator[Read]:
    """Yield each file with its document, or why there is none, in order.

    A few small files of plain text are read here; all else by child processes, within `limits`, which keep PDFs among
    the originals of the Library `keep_in`. Raises KeyboardInterrupt once `watch` says that it is to stop.
    """
    limits = limits or Limits()
    if _are_few(files):
        for at, file in enumerate(files):
            watch.check()
            watch.step(at, "reading")
            read_here = _read_here(file, limits.file_bytes)
            watch.step(at, "read")
            yield read_here
        return
    from index.processes.bounded import run_all

    with obtaining(files, cache, sites, watch) as there:
        work = partial(prepare, max_bytes=limits.file_bytes, keep_in=keep_in)
        read = run_all(work, there, limits=limits, watch=watch)
        with closing(read) as results:
            for at, result in enumerate(results):
                watch.step(at, "read")
                yield result


def _read_here(file: Found, max_bytes: int) -> Read:
    try:
        return file, prepare(file, max_bytes)
    except InputError as error:
        return file, error
    except Exception as error:  # as in a child process: one file must not end a batch
        _log.debug("%s: the reader failed", file, exc_info=True)
        seen = f"cannot be read ({type(error).__name__}: {str(error)[:_SUMMARY_CHARS]})"
        return file, InputError(f"{file}: {seen}; the file may be damaged: save it anew or in another format")


def ingest(store: Store, read: Iterable[Read]) -> Iterator[list[Outcome]]:
    """Store documents batch by batch, each with its file's mark; yield what became of each batch's files.

    A document known by its source or its identity is replaced whole, one known by content is left as it is. Ctrl-C
    while files are read ends it after what was read is stored: KeyboardInterrupt is raised when all is yielded.
    """
    reading = iter(read)
    while True:
        batch: list[Read] = []
        stopped = _fill(batch, reading)
        if batch:
            with uninterrupted() as interrupts, store.transaction():
                outcomes = [_put(store, file, document) for file, document in batch]
            yield outcomes
            stopped = stopped or bool(interrupts)
        if stopped:
            raise KeyboardInterrupt
        if not batch:
            return


def _fill(batch: list[Read], reading: Iterator[Read]) -> bool:
    """Read a batch; return whether Ctrl-C ended it."""
    started = time.monotonic()
    try:
        for one in reading:
            batch.append(one)
            if time.monotonic() - started > BATCH_S or len(batch) == BATCH_DOCUMENTS:
                break
    except KeyboardInterrupt:
        return True
    return False


def _put(store: Store, file: Found, document: Document | InputError) -> Outcome:
    """Store a document unless it is there, and the mark of its file."""
    if isinstance(document, InputError):
        return Outcome(file.source, "refused", reason=str(document))
    if file.mark:
        store.set_meta(*file.mark)
    known = _known(store, document, by_name=file.by_name)
    same = [doc_id for doc_id in store.find(sha256=document.sha256) if known in (None, doc_id)]
    if same:
        return Outcome(file.source, "unchanged", same[0], "the same text is in the Library")
    doc_id = known or _free_id(store, document.doc_id)
    document = replace(document, doc_id=doc_id, work=_work(store, document, doc_id))
    store.put(document, split(document))
    return Outcome(file.source, "replaced" if known else "added", doc_id, file.note)


def _known(store: Store, document: Document, *, by_name: bool) -> str | None:
    """Return the id of the document that this one is another version of."""
    same = {"source": document.source} | ({"title": document.title} if by_name else {})
    found = store.find(**same)
    if not found and document.identity:
        found = store.find(identity=document.identity)
    return found[0] if found else None


def _free_id(store: Store, wanted: str) -> str:
    return next(doc_id for doc_id in _numbered(wanted) if doc_id not in store)


def _numbered(name: str) -> Iterator[str]:
    """Yield a name, and then the name with each number after it."""
    yield name
    yield from (f"{name}~{number}" for number in count(2))


def _work(store: Store, document: Document, doc_id: str) -> str:
    """Return the work of a document that is stored as `doc_id`.

    One that only the names of files tell (`a.md`, `a.ko.md`) is that of files in one folder.
    """
    if document.identity or _tells_work(document):
        return doc_id if document.work == document.doc_id else document.work
    folder, is_edition = PurePath(document.source).parent, document.work != document.doc_id
    there = store.works(document.work)
    for work, other, source in sorted(there, key=lambda one: one[1] != doc_id):  # it stays with the work that it has
        if PurePath(source).parent == folder and (other == doc_id or is_edition or _EDITION.search(other)):
            return work
    taken = {work for work, _, _ in there}
    return next(work for work in _numbered(document.work if is_edition else doc_id) if work not in taken)


def _tells_work(document: Document) -> bool:
    try:
        return bool(front_matter(document.text, document.source)[0].get("work"))
    except InputError:  # a text file that begins with "---"
        return False


def _are_few(files: Sequence[Found]) -> bool:
    """Whether the files hold plain text, and so little of it that no child process is worth its start."""
    if len(files) > FEW:
        return False
    left_bytes = FEW_BYTES
    for file in files:
        if file.reason:
            continue
        if file.address is not None or file.path.suffix.lower() not in _PLAIN:
            return False
        try:
            left_bytes -= file.path.stat().st_size
            if left_bytes < 0 or kind_of(read_bytes(file.path, file.source), file.path.suffix) not in PLAIN:
                return False
        except (OSError, InputError):  # reading it says what is wrong
            continue
    return True

"""Files in, documents in the store and an Outcome each out. Indexes nothing.

A batch is one transaction: whatever happens, all of it or nothing is stored. Between batches the caller may index.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from index.errors import InputError
from index.gather import Found
from index.load import Document, load
from index.split import split
from index.store import Store

Status = Literal["added", "replaced", "unchanged", "refused"]
BATCH_S = 2.0  # after so long what was read is stored, so that little is lost when the process is stopped


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was to be added."""

    source: str
    status: Status
    doc_id: str | None = None
    reason: str | None = None


def ingest(store: Store, files: Iterable[Found], marks: Mapping[str, str]) -> Iterator[list[Outcome]]:
    """Store files batch by batch, the `marks` with the first; yield what became of each batch's files.

    A file that cannot be used is refused with a reason and the others go on. A document known by its source or its
    identity is replaced whole, one known by content is left as it is.
    """
    reading = iter(files)
    while True:
        outcomes: list[Outcome] = []
        started = time.monotonic()
        with store.transaction():
            for file in reading:
                outcomes.append(_put(store, file))
                if time.monotonic() - started > BATCH_S:
                    break
            for key, value in marks.items():
                store.set_meta(key, value)
        if not outcomes and not marks:
            return
        marks = {}
        yield outcomes


def _put(store: Store, file: Found) -> Outcome:
    if file.reason:
        return Outcome(file.source, "refused", reason=file.reason)
    try:
        document = load(file.path, file.source)
    except InputError as error:
        return Outcome(file.source, "refused", reason=str(error))
    return put(store, document)


def put(store: Store, document: Document) -> Outcome:
    """Store a document unless it is there; call inside a transaction."""
    known = _known(store, document)
    same = [doc_id for doc_id in store.find(sha256=document.sha256) if known in (None, doc_id)]
    if same:
        return Outcome(document.source, "unchanged", same[0], "the same text is in the Library")
    doc_id = known or _free_id(store, document.doc_id)
    store.put(replace(document, doc_id=doc_id), split(replace(document, doc_id=doc_id)))
    return Outcome(document.source, "replaced" if known else "added", doc_id)


def _known(store: Store, document: Document) -> str | None:
    """Return the id of the document that this one is another version of."""
    found = store.find(source=document.source)
    if not found and document.identity:
        found = store.find(identity=document.identity)
    return found[0] if found else None


def _free_id(store: Store, wanted: str) -> str:
    number, doc_id = 2, wanted
    while doc_id in store:
        doc_id, number = f"{wanted}~{number}", number + 1
    return doc_id

"""Documents taken out of the Library, and kept so that they can be put back as they were. Decides nothing of when."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from sys import getsizeof
from typing import Literal

from index.errors import LibraryError, SurveyQAError
from index.library import Library
from index.load import Document
from qa.adding.items import Removal
from qa.adding.reasons import Reason, reason_of_error

GRACE_S = 60.0  # for so long a removal can be undone whatever its size
KEPT_BYTES = 200_000_000  # of text that is kept longer, in memory, all users together


@dataclass(slots=True)
class _Record:
    user: str
    removal: Removal
    at: float
    documents: tuple[Document, ...] = ()
    asked: Literal["remove", "restore"] | None = "remove"

    @property
    def kept_bytes(self) -> int:
        return sum(getsizeof(document.text) for document in self.documents)


class Removals:
    """The removals of all users. Giving and looking is for any thread, `work` for one."""

    def __init__(self, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._library = library
        self._clock = clock
        self._lock = threading.RLock()
        self._numbers = count(1)
        self._records: list[_Record] = []

    def ask(self, user: str, titles: Sequence[str], doc_ids: Sequence[str]) -> None:
        """Note that documents are to be removed."""
        with self._lock:
            removal = Removal(next(self._numbers), tuple(titles), tuple(doc_ids))
            self._records.append(_Record(user, removal, self._clock()))

    def undo(self, user: str, number: int) -> None:
        """Note that a removal is to be undone, where it can be."""
        with self._lock:
            for record in self._of(user, number):
                if record.removal.can_undo and record.removal.fate in ("removed", "failed"):
                    record.asked = "restore"
                    record.removal = replace(record.removal, fate="restoring", reason=None, words=None)

    def dismiss(self, user: str, number: int) -> None:
        """Forget a removal that is done: it cannot be undone any more."""
        with self._lock:
            for record in self._of(user, number):
                if record.asked is None:
                    self._drop(record)

    def shown(self, user: str) -> tuple[Removal, ...]:
        """Return a user's removals."""
        with self._lock:
            return tuple(record.removal for record in self._records if record.user == user)

    def waits(self) -> bool:
        """Whether there is something for `work` to do."""
        with self._lock:
            return any(record.asked for record in self._records)

    def work(self) -> None:
        """Do all that was asked for. What the Library refuses is noted as failed."""
        while True:
            with self._lock:
                record = next((record for record in self._records if record.asked), None)
            if record is None:
                return
            try:
                self._restore(record) if record.asked == "restore" else self._remove(record)
            except SurveyQAError as error:
                self._fail(record, reason_of_error(error), str(error))
            except BaseException:  # else it would be tried over and over, and nothing else be done
                self._fail(record, "other", "it failed; try it again")
                raise

    def _fail(self, record: _Record, reason: Reason, words: str) -> None:
        with self._lock:
            record.asked = None
            record.removal = replace(record.removal, fate="failed", reason=reason, words=words)

    def _remove(self, record: _Record) -> None:
        documents, is_whole = [], True
        for doc_id in record.removal.doc_ids:
            try:
                document = self._library.store.document(doc_id)
            except LibraryError:  # a damaged one can be removed, but not put back
                is_whole = False
                continue
            documents += [document] if document else []
        texts = [document.sha256 for document in documents]
        self._library.originals.hold(texts)
        try:
            self._library.remove(record.removal.doc_ids)
        except BaseException:
            self._library.originals.release(texts)
            raise
        with self._lock:
            record.asked, record.at, record.documents = None, self._clock(), tuple(documents)
            record.removal = replace(record.removal, fate="removed", can_undo=is_whole and bool(documents))
            self._forget()

    def _restore(self, record: _Record) -> None:
        self._library.put_back(record.documents)
        with self._lock:
            self._drop(record)

    def _forget(self) -> None:
        """Let go of the oldest removals where their texts are too many, but of none in its time of grace."""
        old = [record for record in self._records if self._clock() - record.at > GRACE_S and record.asked is None]
        while old and sum(record.kept_bytes for record in self._records) > KEPT_BYTES:
            self._drop(old.pop(0))

    def _drop(self, record: _Record) -> None:
        self._records.remove(record)
        self._library.originals.release(document.sha256 for document in record.documents)

    def _of(self, user: str, number: int) -> list[_Record]:
        return [record for record in self._records if (record.user, record.removal.number) == (user, number)]

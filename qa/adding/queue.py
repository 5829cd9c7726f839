"""Files and addresses in, documents of the Library out, by a thread of its own: one addition or removal at a time.

What was begun goes on when a page is closed, and every page of a user sees the same state. A removal does not wait for
a long addition: that is interrupted as Ctrl-C interrupts it, and goes on afterwards with what was not read yet.
"""

import re
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from index.errors import InputError, SurveyQAError
from index.gather import Found, source_of
from index.library import Library
from index.obtain import ARXIV, Sites
from index.processes.watch import Step, Watch
from index.processes.worker import Limits
from index.remote.address import parse
from qa.adding.board import Board, Entry, Given
from qa.adding.items import State
from qa.adding.reasons import reason_of_error
from qa.adding.removing import Removals
from qa.adding.uploads import Uploads

MAX_ADDRESSES = 500  # in one go
CLOSING_S = 10.0  # so long is waited for what runs
_PARTED = re.compile(r"[\s;]+|,+(?=\s|$|\d{4}\.\d|https?:|arxiv|10\.\d|doi:|www\.)", re.IGNORECASE)
_LOOSE = re.compile(r"\b(arxiv|doi)\s*:\s+", re.IGNORECASE)


class Adding:
    """The additions and removals of one Library. Close it before the Library; the uploads are closed with it."""

    def __init__(
        self,
        library: Library,
        uploads: Uploads,
        *,
        limits: Limits | None = None,
        sites: Sites = ARXIV,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.uploads = uploads
        self._library = library
        self._limits = limits
        self._sites = sites
        self._board = Board(clock)
        self._removals = Removals(library, clock)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closing = False

    def state(self, user: str) -> State:
        """Return what a user sees of all this."""
        return State(
            items=self._board.items(user),
            progress=self._board.progress(user),
            removals=self._removals.shown(user),
            others=self._board.is_busy_for_others(user),
        )

    def add_files(self, user: str, drop: str, keys: Sequence[str], *, ended: bool = True) -> None:
        """Add files that came, of one drop; `ended` when no more of it will come."""
        found = self.uploads.take(user, drop, keys, ended=ended)
        self._give(user, [Given(one.name, Found(one.path, one.name, by_name=True), one.path) for one in found])

    def add_addresses(self, user: str, text: str) -> None:
        """Add what arXiv ids, DOIs and web addresses lead to, parted by spaces, commas or semicolons.

        One that is none is refused with a reason, a path too: what lies on this machine is no business of a page.
        """
        self._give(user, [_given(one) for one in addresses(text)])

    def cancel(self, user: str, number: int | None = None) -> None:
        """Stop one of a user's items, or all; what was read is kept, the rest is left and can be tried again."""
        self._board.cancel(user, number)

    def retry(self, user: str, number: int | None = None) -> None:
        """Add one of a user's items that were left, or all of them."""
        self._board.retry(user, number)
        self._wake()

    def dismiss(self, user: str, number: int | None = None) -> None:
        """Forget one of a user's items that are done, or all of them."""
        for path in self._board.dismiss(user, number):
            self.uploads.discard(path)

    def remove(self, user: str, doc_ids: Sequence[str]) -> None:
        """Remove documents, so that it can be undone; ids that are not there are passed over."""
        titles = {card.doc_id: card.title for card in self._library.store.cards()}
        there = [doc_id for doc_id in dict.fromkeys(doc_ids) if doc_id in titles]
        if there:
            self._removals.ask(user, list(dict.fromkeys(titles[doc_id] for doc_id in there)), there)
            self._wake()

    def undo(self, user: str, number: int) -> None:
        """Put the documents of a removal back."""
        self._removals.undo(user, number)
        self._wake()

    def forget(self, user: str, number: int) -> None:
        """Forget a removal; it cannot be undone any more."""
        self._removals.dismiss(user, number)

    def close(self) -> None:
        """End what runs, keeping what was read, and let go of the files that wait."""
        with self._lock:
            self._closing = True
            thread = self._thread
        if thread is not None:
            thread.join(CLOSING_S)
        self.uploads.close()

    def __enter__(self) -> "Adding":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _give(self, user: str, given: Sequence[Given]) -> None:
        if given:
            self._board.give(user, given)
            self._wake()

    def _wake(self) -> None:
        """Start the thread where none runs; it ends when nothing is left to do."""
        with self._lock:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="qa.adding", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while work := self._next():
                work()
        finally:  # after an error that nobody foresaw, the next that is given starts a new thread
            with self._lock:
                self._thread = None if self._thread is threading.current_thread() else self._thread

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            if not self._closing and self._removals.waits():
                return self._removals.work
            if not self._closing and (batch := self._board.next_batch()):
                return partial(self._add, batch)
            self._thread = None
            return None

    def _add(self, batch: list[Entry]) -> None:
        """Add a batch; note what becomes of each, and let go of the files that are done with."""

        def step(at: int, step: Step) -> None:
            self._board.advance(batch[at], step)

        watch = Watch(step, lambda: self._closing or self._removals.waits() or self._board.is_stopped(batch))
        done = 0
        try:
            for outcomes in self._library.add_found(
                [entry.given.found for entry in batch],
                self._progress,
                limits=self._limits,
                sites=self._sites,
                watch=watch,
            ):
                for entry, outcome in zip(batch[done:], outcomes, strict=False):
                    self._board.settle(entry, outcome)
                    self._discard(entry)
                done += len(outcomes)
                self._board.set_stage("reading")
        except SurveyQAError as error:
            self._board.leave(batch, reason_of_error(error), str(error))
        finally:
            self._board.leave(batch[done:], "other", "adding it failed; add it again")

    def _progress(self, stage: str, done: int, total: int) -> None:
        if stage == "index":
            self._board.set_stage("indexing")

    def _discard(self, entry: Entry) -> None:
        if entry.given.upload and not entry.item.is_open and entry.item.status != "left":
            self.uploads.discard(entry.given.upload)


def addresses(text: str) -> list[str]:
    """Return the addresses that a text holds, each once, as they were written."""
    parts = _PARTED.split(_LOOSE.sub(r"\1:", text))
    return list(dict.fromkeys(part for part in parts if part.strip(",;")))[:MAX_ADDRESSES]


def _given(text: str) -> Given:
    path = Path(text)
    try:
        address = parse(text)
    except InputError as error:
        return Given(text, Found(path, text, str(error)))
    if address is None:
        what = "is no arXiv id, DOI or web address; give one such as 2408.03281, or add the file itself"
        return Given(text, Found(path, text, f"{text!r} {what}"))
    return Given(text, Found(path, source_of(address), address=address))

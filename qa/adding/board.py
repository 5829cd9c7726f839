"""What is to be added and what became of it: shared by the threads that give, work and look on. Adds nothing itself."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from index.gather import Found
from index.ingest import Outcome
from index.processes.watch import Step
from qa.adding.items import Item, Progress, Stage, Status
from qa.adding.reasons import Reason, reason_of

MAX_BATCH = 500  # items that are added in one go, so that another user's turn comes
MAX_DONE = 2_000  # of a user, that are remembered when they are done
READING_AT_ONCE = 2  # shown as being read; how many processes read is up to the machine
_TIMED_S, _TIMED = 2.0, 2  # after so long and so many the time that is left can be told
_PAUSE_S = 10.0  # items that come within this time after the last was done are counted with it: files come one by one


@dataclass(frozen=True, slots=True)
class Given:
    """A file or an address that is to be added; `upload` is where a file lies that came over the network."""

    name: str
    found: Found
    upload: Path | None = None


@dataclass(slots=True)
class Entry:
    """An item, what was given for it, and what its work is at. `step` is None before it is begun."""

    user: str
    item: Item
    given: Given
    step: Step | None = None
    in_work: bool = False
    is_cancelled: bool = False


@dataclass(slots=True)
class _Burst:
    """The items that a user gave without a pause, when the first was begun with, and when one was last done."""

    numbers: set[int]
    since: float | None = None
    last: float = 0.0


class Board:
    """The items of all users, in the order in which they came."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._numbers = count(1)
        self._turns = count(1)
        self._entries: list[Entry] = []
        self._bursts: dict[str, _Burst] = {}
        self._served: dict[str, int] = {}  # when a user's turn was last
        self._stage: Stage = "starting"

    def give(self, user: str, given: Sequence[Given]) -> None:
        """Put items at the end."""
        with self._lock:
            entries = [Entry(user, Item(next(self._numbers), one.name), one) for one in given]
            self._entries += entries
            self._begin_burst(user, entries)
            done = [entry for entry in self._of(user) if not entry.item.is_open]
            self._forget(done[: max(0, len(done) - MAX_DONE)])

    def next_batch(self) -> list[Entry]:
        """Return what is to be added next: what waits of the user whose turn was longest ago; none when none does."""
        with self._lock:
            waiting = [entry for entry in self._entries if entry.item.is_open]
            if not waiting:
                return []
            user = min(waiting, key=lambda entry: self._served.get(entry.user, 0)).user
            self._served[user] = next(self._turns)
            self._stage = "starting"
            burst = self._bursts[user]
            burst.since = burst.since or self._clock()
            batch = [entry for entry in waiting if entry.user == user][:MAX_BATCH]
            for entry in batch:
                entry.in_work = True
            return batch

    def advance(self, entry: Entry, step: Step) -> None:
        """Note what an item's work is at."""
        with self._lock:
            entry.step = step
            self._stage = "fetching" if step == "fetching" else "reading"

    def set_stage(self, stage: Stage) -> None:
        """Note what the work on the whole batch is at."""
        with self._lock:
            self._stage = stage

    def settle(self, entry: Entry, outcome: Outcome) -> None:
        """Note what became of an item. One that was left though nobody stopped it waits again."""
        with self._lock:
            if outcome.status == "left" and not entry.is_cancelled:
                entry.step, entry.in_work = None, False
                return
            reason: Reason | None = reason_of(outcome.reason) if outcome.reason else None
            if reason and outcome.status in ("added", "replaced"):
                reason = "note"
            self._finish(entry, outcome.status, reason, outcome.reason, outcome.doc_id)

    def leave(self, entries: Sequence[Entry], reason: Reason, words: str) -> None:
        """Note that nothing could be done for these items; they can be tried again."""
        with self._lock:
            for entry in entries:
                if entry.item.is_open:
                    self._finish(entry, "left", reason, words)

    def cancel(self, user: str, number: int | None = None) -> None:
        """Stop one of a user's items, or all that are open: what waits at once, what is in work as soon as may be."""
        with self._lock:
            for entry in self._chosen(user, number):
                if entry.item.is_open:
                    entry.is_cancelled = True
                    if not entry.in_work:
                        self._finish(entry, "left", "stopped", None)

    def is_stopped(self, batch: Sequence[Entry]) -> bool:
        """Whether something in a batch was cancelled while it was in work."""
        with self._lock:
            return any(entry.is_cancelled and entry.item.is_open for entry in batch)

    def retry(self, user: str, number: int | None = None) -> None:
        """Let one of a user's items that were left, or all of them, wait again."""
        with self._lock:
            entries = [entry for entry in self._chosen(user, number) if entry.item.status == "left"]
            for entry in entries:
                entry.step, entry.is_cancelled = None, False
                entry.item = Item(entry.item.number, entry.item.name)
            self._begin_burst(user, entries)

    def dismiss(self, user: str, number: int | None = None) -> list[Path]:
        """Forget one of a user's items that are done, or all of them; return the files that they still had."""
        with self._lock:
            gone = [entry for entry in self._chosen(user, number) if not entry.item.is_open]
            self._forget(gone)
            return [entry.given.upload for entry in gone if entry.given.upload and entry.item.status == "left"]

    def items(self, user: str) -> tuple[Item, ...]:
        """Return a user's items, as far as they are."""
        with self._lock:
            room = READING_AT_ONCE
            found = []
            for entry in self._of(user):
                shown = entry.item
                if shown.is_open and entry.step == "fetching":
                    shown = replace(shown, status="fetching")
                elif shown.is_open and entry.step and (entry.step == "read" or room > 0):
                    room -= entry.step == "reading"
                    shown = replace(shown, status="reading")
                found.append(shown)
            return tuple(found)

    def progress(self, user: str) -> Progress | None:
        """Return how far a user's items are; None when none is open."""
        with self._lock:
            burst = self._bursts.get(user)
            entries = [entry for entry in self._of(user) if burst and entry.item.number in burst.numbers]
            running = [entry for entry in entries if entry.item.is_open]
            if burst is None or not running:
                return None
            done = sum(not entry.item.is_open or entry.step == "read" for entry in entries)
            stage: Stage = self._stage if any(entry.step for entry in running) else "starting"
            if any(entry.is_cancelled for entry in running):
                return Progress("stopping", done, len(entries))
            return Progress(stage, done, len(entries), self._seconds_left(burst, done, len(entries)))

    def is_busy_for_others(self, user: str) -> bool:
        """Whether another user's items are open."""
        with self._lock:
            return any(entry.user != user and entry.item.is_open for entry in self._entries)

    def _seconds_left(self, burst: _Burst, done: int, total: int) -> float | None:
        spent_s = self._clock() - burst.since if burst.since is not None else 0.0
        return spent_s / done * (total - done) if done >= _TIMED and spent_s >= _TIMED_S else None

    def _begin_burst(self, user: str, entries: Sequence[Entry]) -> None:
        """Count new items with those before, or from none after a pause."""
        numbers = {entry.item.number for entry in entries}
        burst = self._bursts.get(user)
        is_open = any(entry.item.is_open and entry.item.number not in numbers for entry in self._of(user))
        if burst and (is_open or self._clock() - burst.last < _PAUSE_S):
            burst.numbers |= numbers
        else:
            self._bursts[user] = _Burst(numbers)

    def _finish(
        self, entry: Entry, status: Status, reason: Reason | None, words: str | None, doc_id: str | None = None
    ) -> None:
        entry.item = replace(entry.item, status=status, reason=reason, words=words, doc_id=doc_id)
        entry.in_work = False
        self._bursts[entry.user].last = self._clock()

    def _forget(self, gone: Sequence[Entry]) -> None:
        numbers = {entry.item.number for entry in gone}
        self._entries = [entry for entry in self._entries if entry.item.number not in numbers]

    def _of(self, user: str) -> list[Entry]:
        return [entry for entry in self._entries if entry.user == user]

    def _chosen(self, user: str, number: int | None) -> list[Entry]:
        return [entry for entry in self._of(user) if number in (None, entry.item.number)]

"""A cache's folder in, at most so many bytes of it left: what was used longest ago goes first. Fetches nothing.

Whoever needs what is in a cache holds a lease: a lock file whose name says since when. What was used since then stays,
whatever the size. Several processes may hold leases, use and prune one cache; a lease ends with its process.
"""

import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from index.remote.polite import Clock

MAX_BYTES = 2_000_000_000
_DAY_S = 86_400.0
_COARSE_S = 2.0  # some file systems know no finer times
_LEASES = "leases"
# What is kept of an address: a record, the file, what has come of one; its lock is none of it.
_KEPT = re.compile(r"(?P<stem>.+-[0-9a-f]{16})(?:\.json|\.json\.new|\.part.*|-[0-9a-f]{12}(?:\..*)?)")


@dataclass
class _Entry:
    """What is kept under one name, the record first: without it the rest counts as not there."""

    paths: list[Path] = field(default_factory=list)
    size_bytes: int = 0
    used_s: float = 0.0


class Lease:
    """The right to find again what was used of a cache since it was taken; a context manager."""

    def __init__(self, cache: Path, clock: Clock | None = None, *, max_bytes: int | None = None) -> None:
        self._cache = cache
        self._clock = clock or Clock()
        self._max_bytes = MAX_BYTES if max_bytes is None else max_bytes

    def __enter__(self) -> Self:
        folder = self._cache / _LEASES
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{self._clock.now():017.6f}-{uuid.uuid4().hex[:12]}.lock"
        self._lock = FileLock(self._path)
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            self.prune(inf)

    def prune(self, since_s: float) -> None:
        """Remove what was used longest ago, as far as the cache is too large.

        This lease itself needs no more than what was used since `since_s` (s since 1970); others need all since they
        were taken. What another process is just fetching stays, too.
        """
        now_s, entries = self._clock.now(), _entries(self._cache)
        left_bytes = sum(entry.size_bytes for entry in entries.values())
        since_s = min([since_s, *_taken(self._cache / _LEASES, self._path, now_s)])  # after the entries
        for stem, entry in sorted(entries.items(), key=lambda one: one[1].used_s):
            if left_bytes <= self._max_bytes or entry.used_s >= since_s - _COARSE_S:
                break
            if _removed(self._cache / f"{stem}.lock", entry):
                left_bytes -= entry.size_bytes
        for folder in self._cache.glob("answer-*"):  # of a process that was killed while it read
            if folder.stat().st_mtime < now_s - _DAY_S:
                shutil.rmtree(folder, ignore_errors=True)


def _entries(cache: Path) -> dict[str, _Entry]:
    """Return what is kept, by the name that its lock has, too."""
    found: dict[str, _Entry] = {}
    for path in sorted(cache.iterdir(), key=lambda path: not path.name.endswith(".json")):
        kept = _KEPT.fullmatch(path.name)
        with suppress(OSError):  # it has just been removed, or renamed
            if kept and path.is_file():
                _add(found.setdefault(kept["stem"], _Entry()), path)
    return found


def _add(entry: _Entry, path: Path) -> None:
    about = path.stat()
    entry.paths.append(path)
    entry.size_bytes += about.st_size
    entry.used_s = max(entry.used_s, about.st_mtime)


def _taken(leases: Path, own: Path, now_s: float) -> Iterator[float]:
    """Yield since when others hold leases; remove those of processes that ended long ago."""
    for path in leases.glob("*.lock"):
        since_s = float(path.name.partition("-")[0])
        if path == own:
            continue
        with _tried(path) as is_free:
            if not is_free:
                yield since_s
        if is_free and now_s - since_s > _DAY_S:  # not at once: its process may be about to lock it
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _removed(lock: Path, entry: _Entry) -> bool:
    """Remove an entry, unless somebody is at it or has used it meanwhile; return whether it is gone."""
    with _tried(lock) as is_free, suppress(OSError):  # Windows: it is being read
        if is_free and max((path.stat().st_mtime for path in entry.paths), default=0.0) <= entry.used_s:
            for path in entry.paths:
                path.unlink(missing_ok=True)
            return True
    return False


@contextmanager
def _tried(path: Path) -> Iterator[bool]:
    """Hold a lock file if nobody else does; give whether it is held."""
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()

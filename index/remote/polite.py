"""When a request may be sent, and to what address. Sends none itself; knows nothing of papers.

`Turns` keeps the pace that arXiv's terms of use ask for (one request in three seconds, one at a time) for every host,
also between processes that share a folder. `is_private` says which addresses a public page must not lead to.
"""

import ipaddress
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import InputError

LOCK_TIMEOUT_S = 900.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GIVEN_OUT = ipaddress.ip_network("2000::/3")  # of IPv6 nothing else is public, so not 64:ff9b:1::/48 (RFC 8215)
_LOCAL_NAMES = re.compile(r"(?:.+\.)?(?:localhost|local|internal|home\.arpa)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from and how it is waited for; tests bring their own.

    `monotonic` (s) measures waits; `now` (s since 1970, UTC) is what processes share and what a cache records.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Turns:
    """One request at a time to a site, begun at least `delay_s` after the one before, for all who share `folder`."""

    def __init__(self, folder: Path, delay_s: float, clock: Clock) -> None:
        self._folder = folder
        self._delay_s = delay_s
        self._clock = clock
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the turn to ask `host`, and hold it. Raises InputError when another process does not let go."""
        site = site_of(host)
        with held(self._file(site, "lock"), f"{site}: another process has been fetching from it"):
            wait_s = self._wait_s(site)
            if wait_s > 0:
                self._clock.sleep(wait_s)
            self._last[site] = self._clock.monotonic()
            self._file(site, "last").write_text(repr(self._clock.now()), encoding="ascii")
            yield

    def give_back(self, host: str) -> None:
        """Take the turn that is held as not used: nothing could be sent, so nobody needs to wait for it."""
        site = site_of(host)
        self._last.pop(site, None)
        self._file(site, "last").unlink(missing_ok=True)

    def _file(self, site: str, suffix: str) -> Path:
        return self._folder / f"{re.sub(r'[^a-z0-9.-]', '_', site)}.{suffix}"

    def _wait_s(self, site: str) -> float:
        waits = [self._last[site] + self._delay_s - self._clock.monotonic()] if site in self._last else []
        with suppress(OSError, ValueError):  # no other process has asked, or its note is broken
            waits.append(
                float(self._file(site, "last").read_text(encoding="ascii")) + self._delay_s - self._clock.now()
            )
        return min(max(waits, default=0.0), self._delay_s)  # at most one delay, also when the clock was set back


@contextmanager
def held(path: Path, busy: str) -> Iterator[None]:
    """Hold the lock file `path`, made with its folder. Raises InputError, beginning with `busy`, when it stays taken.

    Raises OSError where no file can be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=LOCK_TIMEOUT_S)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError(f"{busy} for {LOCK_TIMEOUT_S:.0f} s; wait for it or end it, then try again") from error
    try:
        yield
    finally:
        lock.release()


def site_of(host: str) -> str:
    """Return the site whose pace a host shares: all of arXiv's hosts are one."""
    host = host.lower().rstrip(".")
    return "arxiv.org" if host.endswith(".arxiv.org") else host


def is_private(host: str) -> bool:
    """Say whether a host is no public one: loopback, private, link-local, reserved or multicast, or a local name.

    A name is not looked up; of one that is not local by its form, the answer is False.
    """
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return bool(_LOCAL_NAMES.fullmatch(host))
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_private(str(inner))
        if address not in _GIVEN_OUT:
            return True
    return address.is_multicast or not address.is_global

"""An address in, a file in the cache: fetched once, checked, kept, asked for again when it is old. Reads no paper.

Beside each file stands a JSON record of where it came from. A copy whose sha256 has changed is fetched again; when the
network or the server fails, an old copy is better than none and says so in its `note`.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from index.errors import InputError
from index.remote.kind import HEAD_BYTES, Kind, kind_of, suffix_of, wrong
from index.remote.polite import Clock, Turns, held, is_private
from index.remote.request import Limits, Reply, Requester

DAY_S = 86_400.0
ABSENT_S = 7 * DAY_S


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file from the network. `url` is where redirects led to; `cached`: no body was sent for it this time."""

    path: Path
    kind: Kind
    url: str
    content_type: str
    sha256: str
    fetched: datetime
    cached: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    """What the cache knows of an address; `file` is None where the server has nothing there."""

    asked: str
    url: str
    fetched: str
    file: str | None = None
    kind: Kind = "other"
    content_type: str = ""
    sha256: str = ""
    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """The files of web addresses, kept in the folder `cache`; several threads and processes may share it.

    Under a lease (`index.remote.prune`) what it gives stays there; without one, another's may let it be removed.

    `delay_s` lies between two requests to a site, `timeout_s` is how long a server may be silent, `max_bytes` how large
    a file may be. With `typed_private` False, private addresses are refused also where they were typed. `clock`,
    `private` and `transport` are for tests.
    """

    def __init__(
        self,
        cache: Path,
        *,
        delay_s: float = 3.0,
        timeout_s: float = 30.0,
        total_s: float = 900.0,
        max_bytes: int = 100_000_000,
        typed_private: bool = True,
        clock: Clock | None = None,
        private: Callable[[str], bool] = is_private,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self.cache = cache
        self.clock = clock or Clock()
        self._requester = Requester(
            Turns(cache / "hosts", delay_s, self.clock),
            Limits(timeout_s, total_s, max_bytes),
            self.clock,
            typed_private=typed_private,
            private=private,
            transport=transport,
        )

    def close(self) -> None:
        """Let go of the network; `with closing(fetcher)` does it at the end of a block."""
        self._requester.close()

    def get(self, url: str, *, expect: Kind | None = None, max_age_s: float | None = DAY_S) -> Fetched:
        """Return the file at `url`, as `find` does. Raises InputError also where there is none."""
        found = self.find(url, expect=expect, max_age_s=max_age_s)
        if found is None:
            raise InputError(f"{url}: there is nothing (HTTP 404), a page or a file was expected; check the address")
        return found

    def find(self, url: str, *, expect: Kind | None = None, max_age_s: float | None = DAY_S) -> Fetched | None:
        """Return the file at `url`, from the cache where that is younger than `max_age_s` (None: it never ages).

        None says that the server has nothing there; that is remembered too, for at most a week. Raises InputError when
        the file cannot be had, is of another kind than `expect`, is too large, or the cache cannot be written.
        """
        stem = _stem(url)
        try:
            with held(self.cache / f"{stem}.lock", f"{url}: another process has been fetching it"):
                return self._find(url, stem, expect, max_age_s)
        except OSError as error:
            raise self._unusable(error) from error

    def read(self, url: str, *, answers: Collection[int] = ()) -> bytes:
        """Return what `url` answers, without keeping it. `answers` are statuses that have a body of use, such as 400.

        Raises InputError when it cannot be had.
        """
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self.cache, prefix="answer-") as folder:
                body = Path(folder) / "body"
                reply = self._requester.get(url, body, answers=answers)
                if body.exists():
                    return body.read_bytes()
        except OSError as error:
            raise self._unusable(error) from error
        raise InputError(f"{url}: there is nothing (HTTP {reply.status}), an answer was expected; check the address")

    def _find(self, url: str, stem: str, expect: Kind | None, max_age_s: float | None) -> Fetched | None:
        record, damaged = self._recall(stem, url)
        if record and self._is_fresh(record, max_age_s):
            return self._given(record, expect)
        try:
            part = self.cache / f"{stem}.part"
            packed = expect != "pdf"  # it is packed already, and large enough to be resumed
            reply = self._requester.get(url, part, known=_known(record), packed=packed)
            fetched = datetime.fromtimestamp(self.clock.now(), UTC).isoformat()
            if reply.status == 304 and record:
                new = replace(record, fetched=fetched)
            else:
                new = self._keep(_Record(url, reply.url, fetched), reply, part, stem, expect)
        except InputError as error:
            if record is None:
                raise
            return self._given(record, expect, f"the copy of {record.fetched[:10]} is used; {error}")
        self._write(stem, new, record)
        note = "the copy in the cache was damaged and has been fetched again" if damaged else None
        return self._given(new, expect, note, cached=reply.status == 304)

    def _keep(self, record: _Record, reply: Reply, part: Path, stem: str, expect: Kind | None) -> _Record:
        """Give a body that has come its name in the cache. Raises InputError for one of another kind."""
        if reply.status != 200:
            return record
        with part.open("rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        kind = kind_of(head, reply.content_type)
        if why := wrong(kind, expect, head, part.stat().st_size):
            part.unlink()
            raise InputError(f"{record.asked}: {why}")
        name = f"{stem}-{sha256[:12]}{suffix_of(kind, head, reply.url, reply.content_type)}"
        part.replace(self.cache / name)
        return replace(
            record,
            file=name,
            kind=kind,
            content_type=reply.content_type,
            sha256=sha256,
            etag=reply.etag,
            modified=reply.modified,
        )

    def _given(
        self, record: _Record, expect: Kind | None, note: str | None = None, *, cached: bool = True
    ) -> Fetched | None:
        if record.file is None:
            return None
        path, used_s = self.cache / record.file, self.clock.now()
        os.utime(self.cache / f"{_stem(record.asked)}.json", (used_s, used_s))  # what was used last is kept longest
        if expect:
            with path.open("rb") as file:
                why = wrong(record.kind, expect, file.read(HEAD_BYTES), path.stat().st_size)
            if why:
                raise InputError(f"{record.asked}: {why}")
        fetched = datetime.fromisoformat(record.fetched)
        return Fetched(path, record.kind, record.url, record.content_type, record.sha256, fetched, cached, note)

    def _recall(self, stem: str, url: str) -> tuple[_Record | None, bool]:
        """Return the record of an address whose file is as it was fetched, and whether there was one that is not."""
        about = self.cache / f"{stem}.json"
        if not about.exists():
            return None, False
        with suppress(OSError, ValueError, TypeError):
            record = _Record(**json.loads(about.read_text(encoding="utf-8")))
            datetime.fromisoformat(record.fetched)
            if record.asked == url and (record.file is None or self._is_intact(record.file, record.sha256)):
                return record, False
        return None, True

    def _is_intact(self, name: str, sha256: str) -> bool:
        with (self.cache / Path(name).name).open("rb") as file:
            return name == Path(name).name and hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def _is_fresh(self, record: _Record, max_age_s: float | None) -> bool:
        if record.file is None:
            max_age_s = ABSENT_S if max_age_s is None else min(max_age_s, ABSENT_S)
        age_s = self.clock.now() - datetime.fromisoformat(record.fetched).timestamp()
        return max_age_s is None or 0 <= age_s < max_age_s

    def _write(self, stem: str, record: _Record, old: _Record | None) -> None:
        about = self.cache / f"{stem}.json"
        fresh = about.with_suffix(".json.new")
        fresh.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(about)
        if old and old.file and old.file != record.file:
            with suppress(OSError):  # Windows, while another process reads it
                (self.cache / old.file).unlink()

    def _unusable(self, error: OSError) -> InputError:
        what = f"the folder for fetched papers cannot be used ({error.strerror or error})"
        return InputError(f"{self.cache}: {what}; check its rights and the free space, or choose another")


def _known(record: _Record | None) -> dict[str, str]:
    """Return the headers that ask for a file only if it is another than the one at hand."""
    known = {"If-None-Match": record.etag, "If-Modified-Since": record.modified} if record else {}
    return {name: value for name, value in known.items() if value}


def _stem(url: str) -> str:
    """Return a file name that a person can read and that no other address has."""
    readable = re.sub(r"[^\w.-]+", "_", url.partition("://")[2], flags=re.ASCII).strip("._")[:80]
    return f"{readable}-{hashlib.sha256(url.encode()).hexdigest()[:16]}"

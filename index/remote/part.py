"""A body as it arrives, in a file: what has come, what it is a part of, and the whole unpacked. Asks no network.

Beside the file "x.part" stands "x.part.json" with the server's validator for as long as the rest can be asked for:
only a strong ETag or a Last-Modified date makes sure that both halves are of one edition.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from index.errors import InputError
from index.remote.trouble import Trouble

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_WHOLE = re.compile(r"bytes \*/(\d+)")
_BLOCK_BYTES = 65_536


class Part:
    """The body of `url` as far as it has come."""

    def __init__(self, path: Path, url: str, max_bytes: int) -> None:
        self.path = path
        self._about = path.with_name(f"{path.name}.json")
        self._url = url
        self._max_bytes = max_bytes
        self._headers = self._recall()

    @property
    def headers(self) -> Mapping[str, str]:
        """What the server said of the body: content-type, content-encoding, etag, last-modified."""
        return self._headers

    @property
    def size(self) -> int:
        """How many bytes have come, as they were sent."""
        return self.path.stat().st_size if self.path.exists() else 0

    def asks(self) -> dict[str, str]:
        """Return the headers that ask for the rest, none where it cannot be asked for."""
        validator = _validator(self._headers)
        return {"Range": f"bytes={self.size}-", "If-Range": validator} if validator and self.size else {}

    def begin(self, headers: Mapping[str, str]) -> None:
        """Forget what has come: a whole body follows, of which the server says `headers`."""
        self._about.unlink(missing_ok=True)
        self.path.write_bytes(b"")
        names = ("content-type", "content-encoding", "etag", "last-modified")
        self._headers = {name: headers[name] for name in names if name in headers}
        if _validator(self._headers):
            self._about.write_text(json.dumps(self._headers), encoding="utf-8")

    def goes_on(self, content_range: str) -> bool:
        """Say whether a partial answer begins where this part ends."""
        found = _RANGE.fullmatch(content_range)
        return found is not None and int(found[1]) == self.size

    def rest_of(self, content_range: str) -> int | None:
        """Return how many bytes are missing after this part, None where the server does not say."""
        found = _RANGE.fullmatch(content_range)
        return int(found[2]) - self.size if found and found[2] != "*" else None

    def is_whole(self, content_range: str) -> bool:
        """Say whether a server that has nothing to send beyond this part says that it is all."""
        found = _WHOLE.fullmatch(content_range)
        return found is not None and self.size > 0 and int(found[1]) == self.size

    def take(self, chunks: Iterable[bytes], *, expected: int | None) -> Trouble | None:
        """Write what comes. `expected` is how many bytes the server announces to send.

        Raises InputError, keeping nothing, for more than the allowed bytes.
        """
        end = None if expected is None else self.size + expected
        fits = self._fits(end or 0)
        with self.path.open("ab") as file:
            for chunk in chunks if fits else ():
                fits = self._fits(file.tell() + len(chunk))
                if not fits:
                    break
                file.write(chunk)
            size = file.tell()
        if not fits:
            raise self._too_large()
        if not size:
            return Trouble("the server sent nothing, not a page or a file; try again later")
        return (
            Trouble(f"it ended after {size:,} of {end:,} bytes; try again later") if end not in (None, size) else None
        )

    def finish(self) -> Trouble | None:
        """Unpack the whole body where it is packed; it can no longer be added to.

        Raises InputError, keeping nothing, for more than the allowed bytes or a packing that was not asked for.
        """
        self._about.unlink(missing_ok=True)
        encoding = self._headers.get("content-encoding", "identity").strip().lower()
        if encoding in ("", "identity"):
            return None
        if encoding not in ("gzip", "x-gzip"):
            self.drop()
            raise InputError(f"{self._url}: is packed as {encoding!r}, gzip was asked for; save the file and add it")
        packed = self.path.with_name(f"{self.path.name}.gz")
        self.path.replace(packed)
        fits = True
        try:
            with gzip.open(packed) as source, self.path.open("wb") as file:
                while fits and (block := source.read(_BLOCK_BYTES)):
                    file.write(block)
                    fits = self._fits(file.tell())
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            self.drop()
            return Trouble(f"it is damaged gzip ({error}); try again later")
        finally:
            packed.unlink(missing_ok=True)
        if not fits:
            raise self._too_large()
        return None

    def drop(self) -> None:
        """Keep nothing of it."""
        self._about.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _fits(self, size: int) -> bool:
        return size <= self._max_bytes

    def _too_large(self) -> InputError:
        self.drop()
        what = f"has more than {self._max_bytes:,} bytes, the most that is fetched"
        return InputError(f"{self._url}: {what}; save the file and add the part that you need")

    def _recall(self) -> dict[str, str]:
        with suppress(OSError, ValueError, AttributeError):
            said = json.loads(self._about.read_text(encoding="utf-8"))
            return {str(name): str(value) for name, value in said.items()}
        return {}


def _validator(headers: Mapping[str, str]) -> str | None:
    """Return what If-Range may hold; a weak ETag is for pages that look alike, not for bytes."""
    etag = headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified")

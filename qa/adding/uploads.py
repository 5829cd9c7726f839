"""Files that come over the network in, files on the disk under safe names out, kept until they are read. Reads none.

They lie in the Library's folder, as that has the space: in a folder of this process, in it one folder for each drop
(what was dropped at once, so that a LaTeX source finds the files beside it). What a killed process left is removed by
the next one.
"""

import re
import shutil
import threading
import time
import unicodedata
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from index.errors import InputError, LibraryError

UPLOADS = "uploads"
MAX_NAME_BYTES = 180  # of one part of a path: file systems take 255, and some room is left for "~2"
MAX_DEPTH = 8
MAX_FILES = 10_000  # that wait to be read, of all users together
SPARE_BYTES = 500_000_000  # left free on the disk
FORGOTTEN_S = 3_600.0  # after so long a drop goes whose page was closed before all of it came
ENDED_S = 30.0  # after so long what nobody took of a drop that ended: a page's messages may overtake each other
_DROP = re.compile(r"[0-9A-Za-z-]{8,64}")
_NEVER = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)

Drop = tuple[str, str]  # a user and the drop's id: nobody reaches another user's files


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that came whole: where it lies, and the name that its owner gave it."""

    path: Path
    name: str


@dataclass(slots=True)
class _Held:
    """A drop: its folder, what came whole, and of that the keys of what is to be read. `ended`: no more will come."""

    folder: Path
    arriving: int = 0
    files: dict[str, Uploaded] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    ended: bool = False
    touched: float = field(default_factory=time.monotonic)

    def is_spent(self) -> bool:
        """Whether nothing of it is needed any more."""
        idle_s = time.monotonic() - self.touched
        ended = self.ended and (not self.files or idle_s > ENDED_S)
        return not self.taken and not self.arriving and (ended or idle_s > FORGOTTEN_S)


class Uploads:
    """The files that wait to be read. Close it, or use it as a context manager: then none is left."""

    def __init__(self, library: Path, max_bytes: int) -> None:
        """Remove what killed processes left. `max_bytes` is the largest file that is taken."""
        self.max_bytes = max_bytes
        self._root = library / UPLOADS
        self._own: Path | None = None
        self._lock = threading.Lock()
        self._held: FileLock | None = None
        self._drops: dict[Drop, _Held] = {}
        self._places: dict[Path, tuple[Drop, str]] = {}  # where in them a file that came whole is
        _clean(self._root)

    def begin(self, user: str, drop: str, name: str, size: int | None) -> "Arriving":
        """Return where a file is to be written, under a name that no other has.

        `size` is what its sender says. Raises InputError for one that is too large or of a drop without a proper id,
        and LibraryError where it cannot be stored.
        """
        if not _DROP.fullmatch(drop):
            raise InputError(f"the drop is called {drop[:70]!r}; expected 8 to 64 letters and digits; reload the page")
        self.check_size(name, size or 0)
        try:
            with self._lock:
                self._forget()
                if sum(len(held.files) for held in self._drops.values()) >= MAX_FILES:
                    raise InputError(f"{MAX_FILES:,} files wait to be read; wait until some are, then go on")
                held = self._open((user, drop))
                free = shutil.disk_usage(held.folder).free
                if free < (size or 0) + SPARE_BYTES:
                    raise LibraryError(f"{self._root}: No space is left ({free:,} bytes free); make some free space")
                arriving = Arriving(self, (user, drop), _new(held.folder / safe_name(name)), safe_name(name))
                held.arriving += 1
                return arriving
        except OSError as error:
            raise _unstored(self._root, error) from error

    def check_size(self, name: str, size: int) -> None:
        """Raise InputError for a file that is larger than is taken."""
        if size > self.max_bytes:
            what = f"the file has {size:,} bytes; at most {self.max_bytes:,} are read, so split it"
            raise InputError(f"{safe_name(name)}: {what}")

    def keep(self, drop: Drop, uploaded: Uploaded) -> str:
        """Note a file that came whole; return the key by which `take` finds it."""
        with self._lock:
            held = self._drops[drop]
            key = uploaded.path.relative_to(held.folder).as_posix()
            held.files[key] = uploaded
            self._places[uploaded.path] = drop, key
        return key

    def arrived(self, drop: Drop) -> None:
        """Note that a file of a drop came, or will not come any more."""
        with self._lock:
            if drop in self._drops:
                self._drops[drop].arriving -= 1
                self._drops[drop].touched = time.monotonic()

    def take(self, user: str, drop: str, keys: Sequence[str], *, ended: bool) -> list[Uploaded]:
        """Return files of a drop that came whole, in the order of their keys, to be read and then discarded.

        A key that has none, or was taken before, is left out. Of a drop that has `ended`, what nobody took goes, too.
        """
        with self._lock:
            held = self._drops.get((user, drop))
            if held is None:
                return []
            chosen = [key for key in dict.fromkeys(keys) if key in held.files and key not in held.taken]
            held.taken.update(chosen)
            held.ended = held.ended or ended
            held.touched = time.monotonic()
            found = [held.files[key] for key in chosen]
            self._forget()
            return found

    def discard(self, path: Path) -> None:
        """Remove a file that is read, or not wanted any more."""
        with self._lock:
            if place := self._places.pop(path, None):
                drop, key = place
                del self._drops[drop].files[key]
                self._drops[drop].taken.discard(key)
                with suppress(OSError):  # Windows, while a killed child still holds it
                    path.unlink()
            self._forget()

    def close(self) -> None:
        """Remove all."""
        with self._lock:
            if self._own is not None and self._held is not None:
                shutil.rmtree(self._own, ignore_errors=True)
                self._held.release()
                Path(self._held.lock_file).unlink(missing_ok=True)
                with suppress(OSError):  # another process has files there
                    self._root.rmdir()
            self._own = self._held = None
            self._drops.clear()
            self._places.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forget(self) -> None:
        for drop in [drop for drop, held in self._drops.items() if held.is_spent()]:
            held = self._drops.pop(drop)
            for uploaded in held.files.values():
                del self._places[uploaded.path]
            shutil.rmtree(held.folder, ignore_errors=True)

    def _open(self, drop: Drop) -> _Held:
        """Return a drop; the first call makes this process's own folder, too."""
        if self._own is None:
            self._root.mkdir(exist_ok=True)
            own = self._root / uuid.uuid4().hex[:12]
            held = FileLock(own.with_suffix(".lock"), timeout=0)
            held.acquire()
            own.mkdir()
            self._own, self._held = own, held
        if drop not in self._drops:
            folder = self._own / uuid.uuid4().hex[:12]
            folder.mkdir()
            self._drops[drop] = _Held(folder)
        return self._drops[drop]


class Arriving:
    """A file that is being written. `with` removes it unless `finish` was called."""

    def __init__(self, uploads: Uploads, drop: Drop, path: Path, name: str) -> None:
        self._uploads = uploads
        self._drop = drop
        self._path = path
        self._name = name
        self._size = 0
        self._file = path.open("ab")
        self._is_whole = False

    def write(self, data: bytes) -> None:
        """Append data. Raises InputError once the file is larger than is taken, LibraryError where nothing fits."""
        self._size += len(data)
        self._uploads.check_size(self._name, self._size)
        try:
            self._file.write(data)
        except OSError as error:
            raise _unstored(self._path.parent, error) from error

    def finish(self) -> str:
        """Close the file, which is whole; return its key."""
        try:
            self._file.close()
        except OSError as error:
            raise _unstored(self._path.parent, error) from error
        self._is_whole = True
        return self._uploads.keep(self._drop, Uploaded(self._path, self._name))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if not self._is_whole:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._path.unlink()
        self._uploads.arrived(self._drop)


def safe_name(name: str) -> str:
    """Return a file's name, with the folders that it stood in, as every file system takes it: relative and plain."""
    parts = [_safe_part(part) for part in re.split(r"[/\\]", unicodedata.normalize("NFC", name))]
    kept = [part for part in parts if part]
    return "/".join(kept[-MAX_DEPTH:]) or "paper"


def _safe_part(part: str) -> str:
    part = _NEVER.sub("_", part.encode("utf-8", "replace").decode()).strip().rstrip(". ")
    if part.startswith("."):
        part = part.lstrip(".") and f"_{part.lstrip('.')}"
    if _RESERVED.match(part):
        part = f"_{part}"
    stem, dot, suffix = part.rpartition(".")
    if not dot or len(suffix.encode()) > 20:
        stem, dot, suffix = part, "", ""
    room = MAX_NAME_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix


def _new(path: Path) -> Path:
    """Make an empty file that was not there, by another name where that one is taken; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, chosen = 1, path
    while True:
        try:
            chosen.open("xb").close()
            return chosen
        except FileExistsError:
            number += 1
            chosen = path.with_name(f"{path.stem}~{number}{path.suffix}")


def _clean(root: Path) -> None:
    """Remove the folders of processes that are no more; where that is not allowed, they stay."""
    with suppress(OSError):
        for path in root.glob("*.lock"):
            try:
                with FileLock(path, timeout=0):
                    shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink(missing_ok=True)
            except Timeout:
                continue
        root.rmdir()  # only where nothing is left


def _unstored(folder: Path, error: OSError) -> LibraryError:
    what = "check its rights and the free space, then try again"
    return LibraryError(f"{folder}: the file could not be stored ({error.strerror or error}); {what}")

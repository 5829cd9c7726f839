"""A Library's folder in, the right to write to it out: one process at a time, holding a lock file."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LibraryBusyError, LibraryError
from index.obtain import DOWNLOADS
from index.originals import ORIGINALS
from index.segments.generation import INDEX_FOLDER
from index.storage.database import trouble
from index.storage.schema import BESIDE, DATABASE
from index.storage.store import Store

LOCK_TIMEOUT_S = 30.0
LOCK = "writer.lock"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_LOGS = ("", "-wal", "-shm", "-journal")  # what SQLite puts beside a database
_OWN_FILES = {INDEX_FOLDER, LOCK, DOWNLOADS, ORIGINALS, *(name + log for name in (DATABASE, *BESIDE) for log in _LOGS)}


def make_folder(folder: Path) -> None:
    """Make an empty folder for a Library. Raises LibraryError for one that holds other files or cannot be made.

    Files that are named as a Library's are those of one only beside its lock or its database.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise LibraryError(
            f"{folder}: cannot be made ({error.strerror or error}); choose another with --library",
            f"{folder}: 폴더를 만들 수 없습니다({error.strerror or error}). --library로 다른 폴더를 고르세요.",
        ) from error
    strangers = names - _OWN_FILES if names & {LOCK, DATABASE} else names
    if strangers:
        raise LibraryError(
            f"{folder}: the folder holds other files ({', '.join(sorted(strangers)[:3])} …) and no Library; "
            "choose an empty or a new folder with --library",
            f"{folder}: 라이브러리가 아닌 파일({', '.join(sorted(strangers)[:3])} …)이 들어 있습니다. --library로 빈 "
            "폴더나 새 폴더를 고르세요.",
        )


@contextmanager
def writing(folder: Path, *, timeout_s: float | None = None) -> Iterator[Store]:
    """Hold the Library's writer lock and give its store, made where there is none.

    Another process is waited for `timeout_s`, LOCK_TIMEOUT_S when None. Raises LibraryBusyError or, where nothing can
    be written, LibraryError.
    """
    timeout_s = LOCK_TIMEOUT_S if timeout_s is None else timeout_s
    lock = FileLock(folder / LOCK, timeout=timeout_s)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryBusyError(
            f"{folder}: another process has been writing for {timeout_s:.0f} s; try again later",
            f"{folder}: 다른 프로그램이 {timeout_s:.0f}초 넘게 이 라이브러리에 쓰고 있습니다. 나중에 다시 시도하세요.",
        ) from error
    except OSError as error:
        if error.errno in _FULL:
            raise _unwritten(folder, error) from error
        why = error.strerror or error
        raise LibraryError(
            f"{folder}: the folder is read-only ({why}); give write rights or choose another with --library",
            f"{folder}: 읽기 전용 폴더입니다({why}). 쓰기 권한을 주거나 --library로 다른 폴더를 고르세요.",
        ) from error
    try:
        with closing(Store(folder, writable=True)) as store:
            yield store
    except OSError as error:
        raise _unwritten(folder, error) from error
    except sqlite3.DatabaseError as error:
        raise trouble(folder / DATABASE, error) from error
    finally:
        lock.release()


def _unwritten(folder: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"{folder}: could not be written ({error}); check its rights and the free space, then try again",
        f"{folder}: 폴더에 쓰지 못했습니다({error}). 권한과 디스크의 남은 공간을 확인하고 다시 시도하세요.",
    )

"""A LaTeX source's path in, the files near it that it may be made of out. Reads no TeX.

How far it looks is bounded: a source may lie in a folder that holds all that its user has.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.readers.recognise import is_whole_latex

MAX_FILES, MAX_FILE_BYTES = 200, 5_000_000
MAX_DEPTH, MAX_FOLDERS = 3, 1_000  # folders below its own, and all that are looked into
_SUFFIXES = (".tex", ".bbl", ".bib", ".sty")


def files_beside(path: Path) -> dict[str, bytes]:
    """Return the other files of the folder, and of folders below it, by name; the nearest where there are many.

    Papers of their own are none of it; what cannot be read is left out.
    """
    found: dict[str, bytes] = {}
    for other in _near(path.parent):
        if other.suffix.lower() in _SUFFIXES and other != path:
            data = _read(other)
            if data and not is_whole_latex(data):
                found[other.relative_to(path.parent).as_posix()] = data
                if len(found) == MAX_FILES:
                    break
    return dict(sorted(found.items()))


def _near(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder and in those below it but folders, the nearest first; hidden folders are not seen."""
    level, left = [folder], MAX_FOLDERS
    for _ in range(MAX_DEPTH + 1):
        level, left, above = [], left - len(level), level[:left]
        for one in above:
            with suppress(OSError), os.scandir(one) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if not entry.is_dir(follow_symlinks=False):
                        yield Path(entry.path)
                    elif not entry.name.startswith("."):
                        level.append(Path(entry.path))
        if left <= 0:
            return


def _read(path: Path) -> bytes:
    """Return what a file holds, nothing where it is none, too large or cannot be read."""
    with suppress(OSError):
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_FILE_BYTES:
            return path.read_bytes()
    return b""

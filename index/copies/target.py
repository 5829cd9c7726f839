"""A path in, a new file or folder there out: whole or not at all, but for a folder whose files are replaced.

Knows nothing of what is written.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from index.errors import InputError


@contextmanager
def new_file(target: Path, *, overwrite: bool) -> Iterator[TextIO]:
    """Give a file to write; it takes the place of `target` when the block ends well."""
    if target.is_dir():
        raise InputError(f"{target}: is a folder, a file was expected; give a file name in it")
    if os.path.lexists(target) and not overwrite:
        raise InputError(f"{target}: the file is there already; give another name, or --overwrite")
    part = target.with_name(f".{uuid.uuid4().hex[:12]}.tmp")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give an empty folder to fill; it takes the place of `target`, or its files go there, when the block ends well."""
    if os.path.lexists(target) and not target.is_dir():
        raise InputError(f"{target}: is a file, a folder was expected; give another name")
    is_new = not target.exists()
    if not is_new and not overwrite and any(not path.name.startswith(".") for path in target.iterdir()):
        raise InputError(
            f"{target}: the folder holds files, an empty or a new one was expected; give another, or have files of the "
            "same names overwritten"
        )
    # within an existing folder: it may be a disk of its own
    part = (target.parent if is_new else target) / f".{uuid.uuid4().hex[:12]}.tmp"
    part.mkdir()
    try:
        yield part
        if is_new:
            part.rename(target)
        else:
            _move(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _move(part: Path, target: Path) -> None:
    """Move files into a folder; where one cannot be moved, take back those that replaced none."""
    moved: list[Path] = []
    try:
        for path in sorted(part.iterdir()):
            if not os.path.lexists(target / path.name):
                moved.append(target / path.name)
            os.replace(path, target / path.name)
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        raise

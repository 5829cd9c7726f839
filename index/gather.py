"""Paths in, the files to read out, folders walked; unreadable paths are named with the reason. Opens no file."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.load import SUFFIXES


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, recorded under `source`; with a `reason`, a path that cannot be read."""

    path: Path
    source: str
    reason: str | None = None


def gather(paths: Sequence[Path]) -> Iterator[Found]:
    """Yield the given files and the Markdown and text files of the given folders, absolute, in order.

    Paths that lead nowhere and folders that lead back to themselves come with a reason.
    """
    for given in paths:
        path = Path(os.path.abspath(given))
        if os.path.isdir(path):
            yield from _walk(path, (path.resolve(),))
        elif os.path.exists(path):
            yield Found(path, str(path))
        else:
            what = "the link leads nowhere" if os.path.islink(path) else "there is no such file or folder"
            yield _refused(path, f"{what}; check the path")


def _walk(folder: Path, above: tuple[Path, ...]) -> Iterator[Found]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _refused(folder, f"cannot be listed ({error.strerror}); check its rights")
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if os.path.isdir(path):
            if path.resolve() in above:
                yield _refused(path, "the folder leads back to one that holds it; skipped")
            else:
                yield from _walk(path, (*above, path.resolve()))
        elif path.is_symlink() and not os.path.exists(path):
            yield _refused(path, "the link leads nowhere; remove or mend it")
        elif path.suffix.lower() in SUFFIXES:
            yield Found(path, str(path))


def _refused(path: Path, what: str) -> Found:
    return Found(path, str(path), f"{path}: {what}")

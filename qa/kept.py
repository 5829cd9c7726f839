"""What takes a second to make again, in a folder for later processes: its names, its end, and the terms of many texts.

What is kept is only a copy: where it is missing, damaged or cannot be written, it is made.
"""

import hashlib
import os
import re
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from index.segments.derive import fingerprint

_UNUSED_S = 60 * 86_400.0  # what was not read for so long is removed
_OURS = re.compile(r"[0-9a-f]{32}(?:\.[0-9a-f]{32}\.tmp)?")
Terms = tuple[str, ...]


def name_of(texts: Sequence[str], code: Sequence[ModuleType]) -> str:
    """Return a name that is another one whenever the texts, the models or the code that reads them are others.

    Raises OSError where the code's own files are not to be read, as in some bundles.
    """
    digest = hashlib.sha256(f"{fingerprint()} {version('snowballstemmer')}".encode())
    for module in code:
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update("\n".join(texts).encode())
    return digest.hexdigest()[:32]


def tidy(folder: Path) -> None:
    """Remove what was not read for long, and what a killed process left; nothing else that is there. Raises OSError."""
    for old in folder.iterdir():
        with suppress(OSError):  # another process may have removed it
            if _OURS.fullmatch(old.name) and time.time() - old.stat().st_mtime > _UNUSED_S:
                shutil.rmtree(old) if old.is_dir() else old.unlink()


def kept_terms(
    texts: Sequence[str], read: Callable[[str], Terms], folder: Path | None, code: Sequence[ModuleType]
) -> list[Terms]:
    """Return the terms that `read` gives for each text, from `folder`, where one is given and they are there.

    No term has a tab or a line's end in it. The analyser is then the bundled one; `code` decides which terms it gives.
    """
    if folder is None:
        return [read(text) for text in texts]
    try:
        path = folder / name_of(texts, (*code, sys.modules[__name__]))
    except OSError:
        return [read(text) for text in texts]
    with suppress(OSError, ValueError):
        return _load(path, len(texts))
    found = [read(text) for text in texts]
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, "\n".join(map("\t".join, found)))
        tidy(folder)
    return found


def _load(path: Path, count: int) -> list[Terms]:
    """Raise OSError or ValueError for what is not whole."""
    digest, _, body = path.read_text(encoding="utf-8").partition("\n")
    lines = body.split("\n")
    if digest != hashlib.sha256(body.encode()).hexdigest() or len(lines) != count:
        raise ValueError(f"{path}: is damaged")
    with suppress(OSError):
        os.utime(path)  # it was of use today
    return [tuple(line.split("\t")) if line else () for line in lines]


def _write(path: Path, body: str) -> None:
    """Write the file whole or not at all. Raises OSError."""
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        temporary.write_text(f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}", encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

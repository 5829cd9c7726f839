"""Files and renames that outlast a power cut. Knows nothing of what is written."""

import os
import sys
from pathlib import Path


def sync_file(path: Path) -> None:
    """Make what was written to a file outlast a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power cut, where folders can be synchronised."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

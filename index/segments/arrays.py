"""NumPy arrays in and out of files of their own; large ones are mapped, not read. Knows nothing of what they mean."""

from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAPPED_BYTES = 4_000_000  # from this size on a file is mapped: the operating system reads what is looked at


def save_array(array: NDArray[Any], path: Path) -> None:
    """Write an array as a .npy file."""
    with path.open("wb") as file:
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)


def load_array(path: Path, dtype: type[np.generic]) -> Any:
    """Return an array that `save_array` wrote, read-only.

    Raises ValueError for a damaged file or another type, OSError for no file.
    """
    large = path.stat().st_size >= MAPPED_BYTES
    try:
        array = np.load(path, mmap_mode="r" if large else None, allow_pickle=False)
    except (EOFError, SyntaxError, TokenError, TypeError, MemoryError) as error:  # what damaged headers raise
        raise ValueError(f"{path}: is no array ({error})") from error
    if array.dtype != dtype:
        raise ValueError(f"{path}: holds {array.dtype}, expected {np.dtype(dtype)}")
    if large:
        array = array.view(np.ndarray)  # a memmap's own bookkeeping costs on each slice
    array.setflags(write=False)
    return array

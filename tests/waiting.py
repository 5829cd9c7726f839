"""A condition in; back when it holds, or an error after so many seconds."""

import time
from collections.abc import Callable


def wait(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return as soon as it is true; fail where it is not in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.01)

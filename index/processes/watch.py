"""What is told of files while they are added, and whether to go on. Does nothing by itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Step = Literal["fetching", "reading", "read"]
SLICE_S = 0.2  # so often it is asked whether to stop while something is waited for


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on while files are added.

    `step` is told a file's place among those given and what begins with it, or that it is read; `stopped` is asked
    several times a second. Both are called by the thread that adds. Once `stopped` says True, adding ends as it does
    after Ctrl-C: what was read is stored, the rest is "left". What cannot be interrupted, a server that says nothing,
    is waited for until its own limit.
    """

    step: Callable[[int, Step], None] = lambda at, step: None
    stopped: Callable[[], bool] = lambda: False

    def check(self) -> None:
        """Raise KeyboardInterrupt where adding is to stop, as Ctrl-C does in a shell."""
        if self.stopped():
            raise KeyboardInterrupt

    def sleep(self, seconds: float) -> None:
        """Wait as `time.sleep`, unless it is to stop."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, SLICE_S))

    def monotonic(self) -> float:
        """Return the time as `time.monotonic`, unless it is to stop: whoever looks at the clock may be stopped."""
        self.check()
        return time.monotonic()


UNWATCHED = Watch()

"""What a file can do to its reader, as functions that `index.processes.bounded` runs in child processes."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from index.errors import InputError

MEGABYTE = 1_000_000


class Task(tuple[str, str]):
    """A file's name, and what reading it does: the name of a function below and its argument, as in "sleep 0.5"."""

    __slots__ = ()

    def __str__(self) -> str:
        return self[0]


class Unhappy:
    """Pickles well, and fails when it is unpickled."""

    def __call__(self, task: Task) -> None: ...

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return int, ("no number",)


def act(task: Task) -> object:
    """Do what the task says."""
    name, _, argument = task[1].partition(" ")
    return globals()[name](argument)


def echo(text: str) -> str:
    return text


def pid(_: str) -> int:
    return os.getpid()


def sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return seconds


def hang(_: str) -> None:
    while True:
        time.sleep(60)


def backtrack(_: str) -> None:
    """Loop in C, with the interpreter lock held: no thread or handler of this process runs any more."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def ignore_sigterm(_: str) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hang("")


def eat(megabytes: str) -> int:
    """Use memory step by step, and keep it for a while."""
    kept = [b"x" * MEGABYTE for _ in range(int(megabytes))]
    time.sleep(5)
    return len(kept)


def ask_for_all(_: str) -> int:
    """Ask for much more memory than is allowed here, and touch none of it."""
    return len(bytes(2_000 * MEGABYTE))


def keep(megabytes: str) -> int:
    """Leave memory in use for whoever comes next."""
    globals()["kept"] = b"x" * (int(megabytes) * MEGABYTE)
    return os.getpid()


def interrupt(text: str) -> str:
    """Get a Ctrl-C."""
    signal.raise_signal(signal.SIGINT)
    return text


def abort(_: str) -> None:
    os.abort()


def exit_at_once(_: str) -> None:
    os._exit(7)


def sys_exit(_: str) -> None:
    sys.exit("enough")


def crash_later(seconds: str) -> int:
    """Read well, and crash the process soon after."""
    threading.Timer(float(seconds), os.abort).start()
    return os.getpid()


def refuse(text: str) -> None:
    raise InputError(text, f"{text}: 거절합니다.")


def fail(text: str) -> None:
    raise ValueError(f"{text}\nsecond line")


def unpicklable(_: str) -> object:
    return threading.Lock()


def unhappy(_: str) -> object:
    return Unhappy()


def huge(megabytes: str) -> bytes:
    return b"x" * (int(megabytes) * MEGABYTE)


def have_children(folder: str) -> None:
    """Start a process that would outlive this one, tell its number, and hang."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(folder, "grandchild").write_text(str(child.pid), encoding="ascii")
    hang("")


def chatter(text: str) -> str:
    """Print as Python and as C do."""
    sys.stdout.write(text)
    sys.stderr.write(text)
    os.write(1, text.encode())
    os.write(2, text.encode())
    sys.stdout.flush()
    return text


def loaded(module: str) -> bool:
    return module in sys.modules


def threads_of_blas(_: str) -> str | None:
    return os.environ.get("OPENBLAS_NUM_THREADS")


def mark(folder: str) -> bytes:
    """Leave a file that tells that this ran, and return four megabytes."""
    os.close(tempfile.mkstemp(dir=folder)[0])
    return huge("4")

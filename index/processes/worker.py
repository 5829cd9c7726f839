"""A child process of `bounded`: tasks in by one pipe, what came of them out by another. Never ends on its own.

It bounds itself before it imports what it is to run, and does not outlive its parent. It judges no time and, but for
what the system refuses it, no memory: the parent does, which can kill it whatever it is at.
"""

import contextlib
import ctypes
import faulthandler
import os
import pickle
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, NoReturn

from index.errors import InputError

_HEAD = struct.Struct(">BQ")
_PR_SET_PDEATHSIG = 1
_UNTOUCHED_BYTES = 256_000_000  # thread stacks and BLAS buffers: RLIMIT_DATA counts what they reserve and never use
_ORPHAN_SECONDS = 30.0
_SUMMARY_CHARS = 200
_TRACEBACK_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one file: wall-clock time, memory, and the sizes of the file and of the pickled result.

    `file_bytes` is for the reader to keep: a process bound cannot know which file a task means.
    """

    seconds: float = 120.0
    memory_bytes: int = 2_000_000_000
    file_bytes: int = 200_000_000
    result_bytes: int = 500_000_000


class Kind(IntEnum):
    """What a message between parent and child is, or (the last two) what the parent makes of getting none."""

    TASK = 1
    READY = 2
    RESULT = 3
    REFUSED = 4
    FAILED = 5
    TOO_LARGE = 6
    MEMORY = 7
    SLOW = 8
    CRASHED = 9


def send(stream: IO[bytes], kind: Kind, payload: bytes) -> None:
    """Write one message. Raises OSError when the other side is gone."""
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes], at_most: int) -> tuple[Kind, bytes]:
    """Read one message. Raises EOFError for one over `at_most` bytes or of no kind, and when the other side is gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError("the other side is gone")
    kind, size = _HEAD.unpack(head)
    payload = stream.read(size) if size <= at_most else b""
    if len(payload) < size or kind not in set(Kind):
        raise EOFError(f"a message of kind {kind} with {len(payload):,} of {size:,} bytes")
    return Kind(kind), payload


def main() -> NoReturn:
    """Run what the first message names on each later one, until the parent is gone."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        tasks, answers = _take_pipes()
        _, setup = receive(tasks, sys.maxsize)
        parent, limits, work = pickle.loads(setup)
        _die_with(parent)
        _bound(limits)
        _serve(work, limits, tasks, answers)
    finally:
        os._exit(1)  # at once, whatever threads a reader has left running


def _serve(work: bytes, limits: Limits, tasks: IO[bytes], answers: IO[bytes]) -> None:
    try:
        run: Callable[[Any], object] = pickle.loads(work)
    except BaseException as error:  # an import runs any code
        send(answers, Kind.FAILED, _describe(error))
        return
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks, inbox), daemon=True).start()
    send(answers, Kind.READY, pickle.dumps(os.getpid()))
    while True:
        send(answers, *_answer(run, inbox.get(), limits))


def _answer(run: Callable[[Any], object], task: bytes, limits: Limits) -> tuple[Kind, bytes]:
    # A thread in C, which needs no interpreter lock: bounds an orphan in a loop of C where the system does not end it.
    faulthandler.dump_traceback_later(limits.seconds + _ORPHAN_SECONDS, exit=True, file=2)
    try:
        payload = pickle.dumps(run(pickle.loads(task)), pickle.HIGHEST_PROTOCOL)
    except InputError as error:
        return Kind.REFUSED, pickle.dumps((str(error), error.korean))
    except MemoryError:
        return Kind.MEMORY, b""
    except BaseException as error:  # SystemExit and panics of Rust too: one file must not end a batch
        return Kind.FAILED, _describe(error)
    finally:
        faulthandler.cancel_dump_traceback_later()
    if len(payload) > limits.result_bytes:
        return Kind.TOO_LARGE, pickle.dumps(len(payload))
    return Kind.RESULT, payload


def _describe(error: BaseException) -> bytes:
    """Return, pickled, the error's class with the first line of its message, and the traceback."""
    lines = "".join(traceback.format_exception_only(error)).splitlines()
    summary = next((line for line in lines if not line.startswith(" ")), type(error).__name__)
    trace = "".join(traceback.format_exception(error))
    return pickle.dumps((summary[:_SUMMARY_CHARS], trace[-_TRACEBACK_CHARS:]))


def _listen(tasks: IO[bytes], inbox: SimpleQueue[bytes]) -> None:
    """Pass tasks on, and end the process when the parent closes the pipe or is gone, even in the midst of a task."""
    try:
        while True:
            inbox.put(receive(tasks, sys.maxsize)[1])
    finally:
        os._exit(0)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes of tasks and answers, and leave nothing in their place: C libraries print to what they like."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)
    return tasks, answers


def _die_with(parent: int) -> None:
    """Have the kernel end this process with the parent's thread that started it, which keeps it all its life."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # gone before the line above
            os._exit(0)


def _bound(limits: Limits) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)  # no dialogue at a crash
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Not RLIMIT_AS: with eight threads and numpy, the address space is 780 MB where 36 MB are resident.
        most = limits.memory_bytes + _UNTOUCHED_BYTES
        with contextlib.suppress(ValueError):  # the user's own limit is lower
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")  # where memory runs out, end this process first

"""One child process as its parent has it: started, asked, watched and killed. `worker` is what runs in it."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

import psutil

from index.processes.worker import Kind, Limits, receive, send

START_SECONDS = 60.0
_ANSWER_BYTES = 1_000_000  # of an answer that is no result
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


class Child:
    """A process that runs tasks one after another: asked by the thread that made it, watched and killed by any."""

    def __init__(self, limits: Limits) -> None:
        """Start the process. Raises OSError when the system does not allow it."""
        self._limits = limits
        self._process = _spawn()
        self._reader = psutil.Process(self._process.pid)
        self._lock = threading.Lock()  # of what follows: no kill for a task that is done
        self._deadline: float | None = None
        self._verdict: Kind | None = None
        self._killed = False

    def start(self, setup: bytes) -> tuple[Kind, bytes]:
        """Return READY once the process has imported what it is to run, or else what hindered it."""
        kind, payload = self._exchange(setup, START_SECONDS)
        if kind is Kind.READY:
            with contextlib.suppress(psutil.Error):
                self._reader = psutil.Process(pickle.loads(payload))  # on Windows, a venv's python only starts another
        return kind, payload

    def ask(self, task: bytes) -> tuple[Kind, bytes]:
        """Return the answer to a task, or what ended the process: SLOW, MEMORY or CRASHED."""
        return self._exchange(task, self._limits.seconds)

    def is_spent(self) -> bool:
        """Whether the process is killed, or has so little room left that it would fail a file that is not to blame."""
        return self._verdict is not None or self._resident_bytes() > self._limits.memory_bytes // 2

    def watch(self, now: float, asleep_seconds: float) -> None:
        """Kill the process if its task is over a limit at the time `now`; the seconds asleep do not count."""
        with self._lock:
            if self._deadline is None or self._verdict:
                return
            self._deadline += asleep_seconds
            if now > self._deadline:
                self._verdict = Kind.SLOW
            elif self._resident_bytes() > self._limits.memory_bytes:
                self._verdict = Kind.MEMORY
            else:
                return
        self.kill()

    def kill(self) -> None:
        """Kill the process and its own children, whatever they do."""
        with self._lock:
            if self._killed:
                return
            self._killed = True  # once, and before it is reaped: its number may be another's afterwards
            if sys.platform == "win32":
                with contextlib.suppress(psutil.Error):
                    for descendant in psutil.Process(self._process.pid).children(recursive=True):
                        with contextlib.suppress(psutil.Error):
                            descendant.kill()
                self._process.kill()
            else:
                with contextlib.suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> str:
        """Kill and reap the process, and return how it ended: "SIGSEGV" or "exit code 3"."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5.0)
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what is left in it cannot be sent
                if stream:
                    stream.close()
        code = self._process.returncode
        if code is None or code >= 0:
            return f"exit code {code}"
        return signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"

    def _exchange(self, message: bytes, seconds: float) -> tuple[Kind, bytes]:
        tasks, answers = self._process.stdin, self._process.stdout
        assert tasks and answers
        with self._lock:
            self._deadline = time.monotonic() + seconds
        try:
            send(tasks, Kind.TASK, message)
            answer = receive(answers, max(self._limits.result_bytes, _ANSWER_BYTES))
        except (EOFError, OSError):
            answer = None
        with self._lock:
            self._deadline = None
            if answer is None:
                self._verdict = self._verdict or Kind.CRASHED
                return self._verdict, b""
            if answer[0] is Kind.MEMORY:
                self._verdict = Kind.MEMORY  # who has run out of it once may be in any state
        return answer

    def _resident_bytes(self) -> int:
        try:
            info = self._reader.memory_info()
        except (psutil.Error, OSError):  # it has just ended, as its pipe will tell
            return 0
        return max(info.rss, getattr(info, "private", 0))  # Windows takes pages out of a set that is short of memory


def _spawn() -> subprocess.Popen[bytes]:
    """Start a Python that runs `worker`, out of reach of the terminal and without this process's `__main__`."""
    path = [str(folder) for folder in sys.path]
    code = f"import sys; sys.path[:] = {path!a}; from index.processes.worker import main; main()"
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        flags = 0
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ONE_THREAD},
        start_new_session=True,
        creationflags=flags,
    )

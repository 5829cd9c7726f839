"""Time what a user waits for, on the shipped corpus: `python -m bench.speed [--out FILE]`.

Warm answers, a cold `surveyqa ask`, the app's start, adding 1,000 short text files, and resident memory. The machine's
load changes the figures: compare within one run.
"""

import argparse
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.questions import read_questions
from qa import open_library

COLD_RUNS = 5


def main() -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        rows = [*warm(library), *cold(library), *app(library), *adding(Path(folder))]
    lines = [f"{os.cpu_count()} cores, Python {platform.python_version()}", "", "| what | figure |", "|-|-|"]
    text = "\n".join([*lines, *(f"| {what} | {figure} |" for what, figure in rows)]) + "\n"
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(f"Made by `python -m bench.speed`.\n\n{text}", encoding="utf-8")
    return 0


def warm(library: Path) -> list[tuple[str, str]]:
    """Ask every development question twice in one process; time the second pass."""
    started = time.perf_counter()
    with open_library(library) as assistant:
        opened = time.perf_counter() - started
        questions = [question.text for question in read_questions()]
        for question in questions:
            assistant.ask(question)
        times = []
        for question in questions:
            started = time.perf_counter()
            assistant.ask(question)
            times.append(1000 * (time.perf_counter() - started))
        times.sort()
        memory = resident_mb(os.getpid())
    return [
        ("first start: build the Library of the shipped corpus", f"{opened:.1f} s"),
        ("warm ask, median", f"{statistics.median(times):.1f} ms"),
        ("warm ask, 95th percentile", f"{times[int(0.95 * len(times))]:.1f} ms"),
        ("resident memory after that", memory),
    ]


def cold(library: Path) -> list[tuple[str, str]]:
    """Run the shell command in new processes."""
    command = [sys.executable, "-m", "qa.command", "ask", "SPIN이 뭐야?", "--library", str(library)]
    return [
        ("cold `surveyqa ask`, median", f"{_median_seconds(command):.2f} s"),
        ("`surveyqa --help`, median", f"{_median_seconds([sys.executable, '-m', 'qa.command', '--help']):.2f} s"),
    ]


def app(library: Path) -> list[tuple[str, str]]:
    """Start the app until its page is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "qa.command",
        "serve",
        "--no-browser",
        "--port",
        str(port),
        "--library",
        str(library),
    ]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - started < 60:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).read()
                break
            except OSError:
                time.sleep(0.05)
        ready = time.perf_counter() - started
        return [("app ready", f"{ready:.1f} s"), ("resident memory of the app after start", resident_mb(process.pid))]
    finally:
        process.terminate()
        process.wait()


def adding(folder: Path) -> list[tuple[str, str]]:
    """Add 1,000 short text files to a new Library."""
    papers = folder / "papers"
    papers.mkdir()
    for number in range(1000):
        text = f"Note {number}. The reward model {number} scores answers.\n\n"
        text += f"노트 {number}번은 정렬 방법 {number}가지를 다룬다.\n"
        (papers / f"note-{number}.txt").write_text(text * 3, encoding="utf-8")
    with open_library(folder / "other") as assistant:
        started = time.perf_counter()
        assistant.add([papers])
        return [("adding 1,000 short text files", f"{time.perf_counter() - started:.1f} s")]


def resident_mb(pid: int) -> str:
    """Return a process's resident memory; Linux only."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return "not measured on this system"
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return f"{int(line.split()[1]) / 1024:.0f} MB"


def _median_seconds(command: list[str]) -> float:
    times = []
    for _ in range(COLD_RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())

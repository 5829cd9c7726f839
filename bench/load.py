"""People who ask at once in, times and memory out: `python -m bench.load [--people N] [--minutes M] [--pause S]`.

A server of its own is asked over its documented API, as a browser or a program would. Each person waits a while between
two questions; `--pause 0` asks without a rest. Judges no answer: it only has to come, and to cite.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
import psutil

from bench.questions import read_questions
from bench.screenshots import served

PORT = 7897
TIMEOUT_S = 60.0


@dataclass
class Seen:
    """What the people saw: seconds by answer, what went wrong, and the server's memory in MB over time."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


async def person(address: str, questions: Sequence[str], until: float, pause_s: float, seen: Seen, seed: int) -> None:
    """Ask questions one after the other until the time is over."""
    chance = random.Random(seed)
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT_S) as client:
        await asyncio.sleep(chance.uniform(0, pause_s))
        while time.monotonic() < until:
            started = time.perf_counter()
            try:
                await ask(client, chance.choice(questions))
                seen.seconds.append(time.perf_counter() - started)
            except (httpx.HTTPError, ValueError, KeyError) as error:
                seen.faults.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause_s)


async def ask(client: httpx.AsyncClient, question: str) -> None:
    """Ask one question. Raises ValueError for anything but an answer."""
    begun = await client.post("/gradio_api/call/ask", json={"data": [question]})
    begun.raise_for_status()
    event = begun.json()["event_id"]
    async with client.stream("GET", f"/gradio_api/call/ask/{event}") as reply:
        kind = ""
        async for line in reply.aiter_lines():
            if line.startswith("event:"):
                kind = line.removeprefix("event:").strip()
            elif line.startswith("data:") and kind == "complete":
                answer = json.loads(line.removeprefix("data:"))[0]
                if not answer["abstained"] and not answer["citations"]:
                    raise ValueError(f"{question!r}: an answer without a citation")
                return
            elif kind == "error":
                raise ValueError(f"{question!r}: {line}")
    raise ValueError(f"{question!r}: no answer")


async def watch(process: psutil.Process, until: float, seen: Seen) -> None:
    """Note the memory of the server and its children every second."""
    while time.monotonic() < until:
        every = [process, *process.children(recursive=True)]
        seen.megabytes.append(sum(one.memory_info().rss for one in every) / 1e6)
        await asyncio.sleep(1)


async def crowd(address: str, people: int, minutes: float, pause_s: float) -> Seen:
    """Let so many people ask for so long."""
    seen = Seen()
    questions = [one.text for one in read_questions()]
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT_S) as client:
        await ask(client, questions[0])  # the first answer reads what all need
    until = time.monotonic() + 60 * minutes
    server = next(p for p in psutil.Process().children(recursive=True) if "serve" in p.cmdline())
    asking = [person(address, questions, until, pause_s, seen, number) for number in range(people)]
    await asyncio.gather(watch(server, until, seen), *asking)
    return seen


def report(seen: Seen, people: int, minutes: float, pause_s: float) -> str:
    """Return the figures as Markdown."""
    cuts = statistics.quantiles(seen.seconds, n=100)
    memory = [statistics.mean(part) for part in np.array_split(np.array(seen.megabytes), 10)]
    rows = [
        ("people", f"{people}, each pausing {pause_s:g} s on average between questions"),
        ("minutes", f"{minutes:g}"),
        ("answers", f"{len(seen.seconds):,} ({len(seen.seconds) / (60 * minutes):.1f} a second)"),
        ("faults", f"{len(seen.faults)}"),
        ("seconds, median", f"{cuts[49]:.3f}"),
        ("seconds, 95%", f"{cuts[94]:.3f}"),
        ("seconds, longest", f"{max(seen.seconds):.3f}"),
        ("memory by tenths of the time, MB", " ".join(f"{mean:.0f}" for mean in memory)),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    faults = [f"- {fault}" for fault in sorted(set(seen.faults))[:10]]
    return "\n".join(["| | |", "|-|-|", *lines, *faults]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="bench.load", description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between two questions of one person")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "library", PORT) as address:
        seen = asyncio.run(crowd(address.rstrip("/"), options.people, options.minutes, options.pause))
    table = report(seen, options.people, options.minutes, options.pause)
    sys.stdout.write(table)
    return 1 if seen.faults else 0


if __name__ == "__main__":
    sys.exit(main())

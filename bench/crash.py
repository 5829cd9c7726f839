"""A Library whose writers are killed at random moments, looked at after each kill: a table of kills and faults out.

`python -m bench.crash [--kills 300]` writes `bench/results/crash.md`. What a writer (`bench.victim`) said had returned
must be there after the kill, word for word and found by its own word; what it had not, whole or not at all. The system
goes on after a kill: what a power cut loses is no part of this.
"""

import argparse
import hashlib
import multiprocessing
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.victim import MAKING, NAMES, REPAIRING, Change, live, small
from index.errors import SurveyQAError
from index.library import Library
from index.load import parse
from index.segments import generation
from index.split import split

RESULTS = Path(__file__).parent / "results" / "crash.md"
START_S, LONGEST_S = 60.0, 1.0  # a process has so long to begin, and is then let alone so long at most
ANY_TIME = [name for name in NAMES if name not in (MAKING, REPAIRING)]  # phases that come again and again
STRAYS = 15  # files and folders of the index that one killed writer can leave, with the generation that it replaced

State = dict[str, str]  # document ids and the SHA-256 of their texts


def after(state: State, changes: Sequence[Change]) -> State:
    """Return what some transactions make of a state."""
    for change in changes:
        state = {name: sha for name, sha in {**state, **change}.items() if sha is not None}
    return state


@dataclass
class Report:
    """What killing showed; `unsaid` counts what was found of calls that had not returned."""

    kills: Counter[str] = field(default_factory=Counter)
    unsaid: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    returned: int = 0
    looked_at: int = 0
    strays: int = 0
    seconds: float = 0.0


class Killer:
    """Starts processes that write to Libraries, kills them, and looks at what they left."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._papers, self._chance, self.report = folder, folder / "papers", random.Random(seed), Report()
        self._papers.mkdir()
        self._context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
        if sys.platform != "win32":
            self._context.set_forkserver_preload(["bench.victim"])

    def run(self, kills: int) -> Report:
        """Kill so many: at any time, in the phase that had the fewest kills, while a Library is made or mended."""
        report, started, state = self.report, time.monotonic(), State()
        with small():
            while report.kills.total() < kills:
                turn = report.kills.total()
                if turn % 6 == 5:
                    folder = self._folder / f"new-{turn}"
                    self.look(folder, *self._kill(folder, {}, MAKING if turn % 12 == 5 else None))
                folder, rarest = self._folder / "old", min(ANY_TIME, key=lambda name: report.kills[name])
                state, unsaid = self._kill(folder, state, rarest if turn % 4 else None)
                if turn % 3 == 0:
                    self._kill(folder, {}, REPAIRING if turn % 2 else None, only_open=True)
                state = self.look(folder, state, unsaid)
        report.seconds = time.monotonic() - started
        return report

    def _kill(
        self, folder: Path, state: State, wanted: str | None, *, only_open: bool = False
    ) -> tuple[State, Sequence[Change]]:
        """Kill a process in a phase, or after any time; return what it made of a state, and what it was making."""
        pipe, its = self._context.Pipe(duplex=False)
        phase, seed = self._context.RawValue("i", 0), self._chance.getrandbits(40)
        process = self._context.Process(target=live, args=(folder, self._papers, its, phase, seed, only_open))
        process.start()
        its.close()
        heard = [pipe.recv() if pipe.poll(START_S) else "failed to start"]
        if wanted is None:
            longest_s = self._chance.choice((0.01, 0.1, LONGEST_S)) * (0.1 if only_open else 1.0)
            _listen(pipe, heard, longest_s * self._chance.random(), lambda: False)
        else:
            end, number = time.monotonic() + LONGEST_S, NAMES.index(wanted)
            for _ in range(self._chance.randint(1, 3)):
                _listen(pipe, heard, end - time.monotonic(), lambda: phase.value != number)
                _listen(pipe, heard, end - time.monotonic(), lambda: phase.value == number)
            time.sleep(0.005 * self._chance.random() ** 4)
        process.kill()
        process.join()
        _listen(pipe, heard, START_S, lambda: False)
        pipe.close()
        self.report.kills[NAMES[phase.value]] += "opened" not in heard
        self.report.faults += [what for what in heard if isinstance(what, str) and what.startswith("failed")]
        self.report.returned += heard.count("returned")
        changes: list[Sequence[Change]] = [what for what in heard if not isinstance(what, str)]
        done = heard.count("returned")
        return after(state, [one for change in changes[:done] for one in change]), [*changes, ()][done]

    def look(self, folder: Path, state: State, unsaid: Sequence[Change]) -> State:
        """Open a Library after a kill, look at all of it, and return its state; faults go into the report."""
        try:
            with Library.open(folder, create=True) as opened:
                found = contents(opened)
            self.report.faults += Library.verify(folder)
            if len(left := strays(folder)) > STRAYS:
                self.report.faults.append(f"nothing needs {left}")
            self.report.strays = max(self.report.strays, len(left))
        except (SurveyQAError, AssertionError) as error:
            self.report.faults.append(f"{type(error).__name__}: {error}")
            return state
        possible = [after(state, unsaid[:count]) for count in range(len(unsaid) + 1)]
        if found not in possible:
            self.report.faults.append(f"{state} before, {unsaid} to be made of it, {found} found")
        elif unsaid:
            what = {0: "absent", len(unsaid): "whole"}.get(possible.index(found), "some batches of it")
            self.report.unsaid[what] += 1
        self.report.looked_at += len(found)
        return found


def _listen(pipe: Connection, heard: list[Any], seconds: float, until: Callable[[], bool]) -> None:
    """Hear what a process says, until something is so, the time is over, or it is dead and all is heard."""
    end = time.monotonic() + seconds
    while not until() and (left := end - time.monotonic()) > 0:
        try:
            if pipe.poll(min(left, 0.0002)):
                heard.append(pipe.recv())
        except (EOFError, OSError):  # nothing more, or half of what it was saying
            return


def contents(opened: Library) -> State:
    """Return the state of a Library. Raises AssertionError where its documents, passages, index or files do not fit."""
    found, index, rows = State(), opened.index, opened.store.rows()
    if sorted(index.rows.tolist()) != rows:
        raise AssertionError("the index holds other passages than are stored")
    passages = opened.store.passages(rows)
    for card in opened.store.cards():
        document = opened.store.document(card.doc_id)
        if document is None or document != parse(document.text, doc_id=card.doc_id, source=card.source):
            raise AssertionError(f"{card.doc_id}: its parts do not fit its text")
        own = [passage for passage in passages if passage.doc_id == card.doc_id]
        cut = [(passage.passage_id, passage.start, passage.end) for passage in split(document)]
        if [(one.passage_id, one.start, one.end) for one in own] != cut or len(own) != card.passages:
            raise AssertionError(f"{card.doc_id}: its passages are not those of its text")
        (word,) = opened.analyser.words(document.text.split("\n")[4].split()[0])
        if _rows_with(opened, word) != [passage.row for passage in own]:
            raise AssertionError(f"{card.doc_id}: its word {word} finds other passages than its own")
        found[card.doc_id] = hashlib.sha256(document.text.encode()).hexdigest()
    return found


def _rows_with(opened: Library, word: str) -> list[int]:
    parts = [part.rows[part.words([{word: 1.0}]) > 0] for part in opened.index.partitions]
    return sorted(int(row) for part in parts for row in part)


def strays(folder: Path) -> list[str]:
    """Return what lies in the index's folder that the current generation does not need."""
    manifest = generation.load_manifest(folder)
    segments = {name for name, _, _ in manifest.segments} if manifest else set()
    kept = {"CURRENT", f"{generation.current(folder)}.json", *segments}
    return sorted(path.name for path in (folder / generation.INDEX_FOLDER).iterdir() if path.name not in kept)


def table(report: Report) -> str:
    """Return a report in Markdown."""
    system = f"{platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    unsaid = ", ".join(f"{count} {what}" for what, count in sorted(report.unsaid.items()))
    lines = [
        "# Writers killed at random moments\n",
        f"Made by `python -m bench.crash`; {system}; {report.seconds:,.0f} s.\n",
        "| killed while | kills |\n|-|-|",
        *(f"| {name} | {report.kills[name]} |" for name in NAMES),
        f"| **all** | {report.kills.total()} |\n",
        f"Faults found: **{len(report.faults)}**.\n",
        f"Calls that had returned: {report.returned:,}. Of changes that had not returned when their writer was killed,",
        f"{unsaid} were found. Documents compared afterwards: {report.looked_at:,}. Files and folders of the index",
        f"that nothing needed any more: {report.strays} at most; the next writer removes them.\n",
        *(f"- {fault}" for fault in report.faults),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Kill and write the table; return 1 where faults were found."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Killer(Path(folder), options.seed).run(options.kills)
    options.out.write_text(table(report), encoding="utf-8")
    sys.stdout.write(table(report))
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

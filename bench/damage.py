"""Bytes of a Library flipped, one at a time: what is made of each by verifying, opening, reading, asking and mending.

`python -m bench.damage [--flips 300]` writes `bench/results/damage.md`. In the database a flipped byte must be found
by verifying, or everything must read as before; in the index it must be found, and mended by making the index again.
Nothing but a LibraryError or a ModelError may ever be raised.
"""

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import seeds
from bench.victim import paper
from index import library
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, open_embedder
from index.errors import LibraryError, ModelError
from index.library import Library
from index.segments.generation import INDEX_FOLDER
from index.storage.schema import DATABASE
from qa.ask import Assistant
from qa.category.taxonomy import Taxonomy
from qa.settings import Settings
from qa.words.bridge import Bridge

RESULTS = Path(__file__).parent / "results" / "damage.md"
QUESTIONS = ("What does it say to the end?", "절이 어디에 있어?")
PAPERS = 12


@dataclass
class Report:
    """How many flipped bytes were found or harmless, by the name of their file, and what should not have been."""

    found: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Spoiler:
    """Flips bytes in copies of one Library."""

    def __init__(self, original: Path, folder: Path, chance: random.Random, questions: Sequence[str]) -> None:
        """Keep what is in `original` and work in `folder`, which is made."""
        self._files = {path.relative_to(original): path.read_bytes() for path in original.rglob("*") if path.is_file()}
        self._folder, self._chance, self._questions = folder, chance, questions
        self.report = Report()
        self._restore()
        with Library.open(folder) as self._opened:
            bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, self._opened.analyser)
            latest: Any = _Latest(lambda: self._opened)  # making an Assistant for each flip would take half a second
            self._assistant = Assistant(latest, bridge, Taxonomy.load(seeds.TAXONOMY), Settings(library=folder))
            self._before = everything(self._opened)

    def flip_database(self, count: int) -> None:
        """Flip so many bytes of the database: anywhere, and by turns where something is written."""
        path = Path(DATABASE)
        written = [at for at, byte in enumerate(self._files[path]) if byte]
        for turn in range(count):
            where = self._flip(path, self._chance.choice(written) if turn % 2 else None)
            found = self._try(where, lambda: Library.verify(self._folder), otherwise=["cannot be read"])
            read = self._try(where, self._use, otherwise=None)
            if found:
                self.report.found[DATABASE] += 1
            elif read == self._before:
                self.report.harmless[DATABASE] += 1
            else:
                self.report.faults.append(f"{where}: not found by verifying, and reading gives something else")

    def flip_index(self, count: int) -> None:
        """Flip so many bytes of each file of the index, and mend each."""
        for path in [path for path in self._files if path.parts[0] == INDEX_FOLDER for _ in range(count)]:
            where = self._flip(path)
            if self._try(where, lambda: Library.verify(self._folder), otherwise=["cannot be read"]):
                self.report.found["manifest" if path.stem.isdigit() else path.name] += 1
            else:
                self.report.faults.append(f"{where}: not found by verifying")
            self._try(where, self._use, otherwise=None)
            Library.rebuild(self._folder)
            if Library.verify(self._folder) or self._try(where, self._use, otherwise=None) != self._before:
                self.report.faults.append(f"{where}: not mended")

    def _flip(self, path: Path, at: int | None = None) -> str:
        """Flip some bits of one byte of a file, any when None; return which."""
        self._restore()
        data = bytearray(self._files[path])
        at = self._chance.randrange(len(data)) if at is None else at
        mask = self._chance.choice((1 << self._chance.randrange(8), self._chance.randrange(1, 256)))
        data[at] ^= mask
        (self._folder / path).write_bytes(data)
        return f"{path}, byte {at} xor {mask}"

    def _restore(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        for path, data in self._files.items():
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / path).write_bytes(data)

    def _use(self) -> object:
        """Open the Library, read everything and ask; return what was read."""
        with Library.open(self._folder) as self._opened:
            for question in self._questions:
                self._assistant.ask(question)
            return everything(self._opened)

    def _try(self, where: str, act: Callable[[], Any], otherwise: Any) -> Any:
        """Return what is returned, `otherwise` where an error says what to do; any other error is a fault."""
        try:
            return act()
        except (LibraryError, ModelError):
            return otherwise
        except Exception:  # whatever it is, it is what is looked for
            self.report.faults.append(f"{where}: {traceback.format_exc()}")
            return otherwise


class _Latest:
    """Stands for a Library, or its store, that is another one each time that it is looked at."""

    def __init__(self, get: Callable[[], Any]) -> None:
        self._get = get

    def __getattr__(self, name: str) -> Any:
        if name == "store":
            return _Latest(lambda: self._get().store)
        found = getattr(self._get(), name)
        return (lambda *given: getattr(self._get(), name)(*given)) if callable(found) else found


def everything(opened: Library) -> object:
    """Return all that is stored."""
    store, cards = opened.store, opened.store.cards()
    settings = [store.get_meta(f"shipped:{name}") for name in ("a.md", "b.md")]
    return [store.document(card.doc_id) for card in cards], cards, store.passages(store.rows()), settings


def make(folder: Path) -> Path:
    """Make a Library of small papers, some of them replaced and removed, in a new folder."""
    papers = folder / "papers"
    papers.mkdir()
    with Library.open(folder / "library", create=True) as opened:
        for edition in range(2):
            for number in range(edition, PAPERS):
                (papers / f"p{number}.md").write_text(paper(f"p{number}", edition, 3 + number), encoding="utf-8")
            opened.add([papers])
        opened.remove(["p3", "p4"])
    return folder / "library"


def table(report: Report) -> str:
    """Return a report in Markdown."""
    names = sorted(report.found | report.harmless, key=lambda name: (name != DATABASE, name))
    rows = [f"| {name} | {report.found[name]} | {report.harmless[name]} |" for name in names]
    return "\n".join(
        (
            "# Flipped bytes\n",
            f"Made by `python -m bench.damage`; SQLite {sqlite3.sqlite_version}; {report.seconds:,.0f} s.\n",
            "Positions are random, in the database every second one where something is written. Harmless are bytes",
            "without which everything reads as before: free space, for the most part.\n",
            "| file | found | harmless |\n|-|-|-|",
            *rows,
            f"| **all** | {report.found.total()} | {report.harmless.total()} |\n",
            f"Faults: **{len(report.faults)}**: contents that changed unnoticed, errors that do not say what to do,",
            "an index that was not mended by making it again.\n",
            *(f"- {fault}" for fault in report.faults),
        )
    )


def main() -> int:
    """Flip bytes and write the table; return 1 where something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.damage", description=__doc__)
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    started, model, analyser = time.monotonic(), open_embedder(), Analyser.load(MODEL_FOLDER / "korean.tsv")
    loaded = mock.patch.object(library, "open_embedder", lambda _: model)
    with tempfile.TemporaryDirectory() as folder, loaded, mock.patch.object(Analyser, "load", lambda _: analyser):
        chance = random.Random(options.seed)
        spoiler = Spoiler(make(Path(folder)), Path(folder) / "spoilt", chance, QUESTIONS)
        spoiler.flip_database(options.flips)
        spoiler.flip_index(max(1, options.flips // 30))
    spoiler.report.seconds = time.monotonic() - started
    options.out.write_text(table(spoiler.report), encoding="utf-8")
    sys.stdout.write(table(spoiler.report))
    return 1 if spoiler.report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

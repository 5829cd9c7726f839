"""Folders of Korean–English pairs in, clean sentence pairs out. Reads files; learns nothing.

A file holds one pair a line, `ko<TAB>en`, UTF-8. Files whose name starts with `dictionary` hold headwords with
comma-separated meanings and are read apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_EXPLANATION = re.compile(r"\b(used|indicates|usually|subject of|object of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A Korean text and its English translation."""

    ko: str
    en: str


def read_pairs(folders: Iterable[Path], *, leave_out: frozenset[str] = frozenset()) -> list[Pair]:
    """Return the distinct sentence pairs of all `*.tsv` files but dictionaries and the stems in `leave_out`."""
    pairs: dict[tuple[str, str], None] = {}
    for path in _files(folders):
        if path.stem.startswith("dictionary") and path.stem != "dictionary_examples" or path.stem in leave_out:
            continue
        for ko, en in _rows(path):
            if _HANGUL.search(ko) and _LATIN.search(en) and 0.2 <= len(ko) / len(en) <= 2.5:
                pairs[ko, en] = None
    return [Pair(ko, en) for ko, en in pairs]


def read_dictionary(folders: Iterable[Path]) -> list[Pair]:
    """Return (headword, meaning) pairs of the `dictionary.tsv` files, one meaning each, explanations left out."""
    found: dict[tuple[str, str], None] = {}
    for path in _files(folders):
        if path.stem != "dictionary":
            continue
        for ko, en in _rows(path):
            if _EXPLANATION.search(en):
                continue
            for meaning in re.split(r"[,;]", re.sub(r"\([^)]*\)", "", en))[:4]:
                words = meaning.strip().lower().removeprefix("to ").removeprefix("a ")
                if words and len(words.split()) <= 3:
                    found[ko.strip(), words] = None
    return [Pair(ko, en) for ko, en in found]


def _files(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders if folder.is_dir() for path in folder.glob("*.tsv"))


def _rows(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 2:
            yield cells[0].strip(), cells[1].strip()

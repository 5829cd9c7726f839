"""Names of a text in, how well they hold each thing that a question names out. Remembers what it compared.

A name holds a thing by its words, by what it is short for, and where Hangul spells it by its sound.
"""

import re
from collections.abc import Mapping, Sequence

from index.analyse import is_name_like
from index.load import Document
from qa.reading.numbers.names import CellNames, stands_for
from qa.reading.numbers.names_wording import SAME, SETTING, WITHOUT
from qa.retrieval.retrieve import Run
from qa.words.bridge import HOLDS

Strengths = tuple[float, ...]
_LEARNED = 0.45  # how well a learned translation is held, which is enough between names
_HEARD = 0.9  # … and what Hangul spells by its sound
_HANGUL = re.compile("[가-힣]{2,}")
_TAIL = re.compile("(?<=..)어?(?:은|는|이|가|을|를|의|에서?|와|과|도|로|랑|이랑|만|보다)?$")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_PARTED = re.compile(r"[\s/(),:]+")
_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")


class HeldNames:
    """Says how well names of one text hold the units of one question."""

    def __init__(self, run: Run, document: Document, names: CellNames, spelt: Mapping[str, str]) -> None:
        """Take what reads names, and what short names of what the question spells out stand for."""
        self._run, self._language, self._names = run, document.language, names
        self._short = {**names.defined(document.text), **spelt}
        self._vocabulary = frozenset(run.matcher.vocabulary(document.language))
        words = [found.group() for found in _HANGUL.finditer(run.query.text)]
        self._hangul = [
            {unit.written, *(_TAIL.sub("", word) for word in words if unit.written in word)}
            if unit.language == "ko"
            else set()
            for unit in run.units
        ]
        self._read: dict[str, tuple[frozenset[str], frozenset[int]]] = {}
        self._held: dict[tuple[frozenset[str], frozenset[int]], Strengths] = {}
        self._unsaid: dict[str, int] = {}
        self._without: dict[str, bool] = {}

    def __call__(self, *names: str) -> Strengths:
        """Return how well some names together hold each unit, 0 to 1."""
        read = [found for name in names if any(found := self._words_of(name))]
        words = frozenset[str]().union(*(one for one, _ in read))
        heard = frozenset[int]().union(*(one for _, one in read))
        held = self._held.get((words, heard))
        if held is None:
            held = self._held[(words, heard)] = tuple(self._strengths(words, heard))
        return held

    def says_any(self, name: str) -> bool:
        """Whether a name has a word of what is asked."""
        return any(self._words_of(name))

    def unsaid(self, name: str) -> int:
        """Return how many words of a name say what is not asked for."""
        if name not in self._unsaid:
            words = (self._names.words(word, self._short) for word in _TOKEN.findall(SETTING.sub(" ", name)))
            self._unsaid[name] = sum(bool(one) and one.isdisjoint(self._vocabulary) for one in words)
        return self._unsaid[name]

    def is_of_family(self, name: str) -> bool:
        """Whether a name goes on, by a hyphen, after what is asked for: DeepSeek-V2-Lite, where DeepSeek-V2 is."""
        for token in _PARTED.split(name):
            *first, last = token.split("-")
            if first and last.isalpha() and not SAME.fullmatch(last) and not self.says_any(last):
                if self.says_any("-".join(first)):
                    return True
        return False

    def leaves_out(self, name: str) -> bool:
        """Whether a name, or what it stands for, says that something is left out."""
        if name not in self._without:
            self._without[name] = bool(WITHOUT.search(" ".join((name, *stands_for(name, self._short)))))
        return self._without[name]

    def _strengths(self, words: frozenset[str], heard: frozenset[int]) -> Sequence[float]:
        strengths = self._run.matcher.strengths(words, self._language)
        told = (max(one, _HEARD) if at in heard else one for at, one in enumerate(strengths))
        return [
            HOLDS if _LEARNED <= one < HOLDS and not is_name_like(unit.written) else one
            for unit, one in zip(self._run.units, told, strict=True)
        ]

    def _words_of(self, name: str) -> tuple[frozenset[str], frozenset[int]]:
        """Return the words of a name that are asked for, and the units that it sounds like."""
        found = self._read.get(name)
        if found is None and not _LETTER.search(name):  # most cells: nothing but numbers
            numbers = (
                number for one in _NUMBER.findall(name.replace(",", "")) for number in (one, one.removesuffix(".0"))
            )
            found = self._read[name] = self._vocabulary.intersection(numbers), frozenset()
        elif found is None:
            words = self._names.words(name, self._short) & self._vocabulary
            heard = (at for at, hangul in enumerate(self._hangul) if any(self._names.spells(h, name) for h in hangul))
            found = self._read[name] = words, frozenset(heard)
        return found

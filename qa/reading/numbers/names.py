"""What names a row or column of a table in, its words in full out.

Tables shorten names to save room: acc, #Qs, κ, swa, Gem., TU. What they stand for is told by custom, by the text that
defines them ("Flesch readability ease (FRE)"), or by the question that spells them out.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from index.analyse import Analyser
from qa.reading.numbers.names_wording import LANGUAGES, ORDINALS, SHORT
from qa.retrieval.retrieve import Run
from qa.words.patterns import compiled
from qa.words.sounds import sounds_like, spoken

_SHORT = tuple((compiled(rf"(?<![^\W\d_])(?:{short})(?![^\W_])"), full) for short, full in SHORT)
_LONG = 200  # characters of what is no name
_BY = re.compile(r"(?<=\d)[x×](?=\d)")  # 224x224
_EVEN = re.compile(r"(?<![\d.])(\d+)\.0(?!\d)")
_CAMEL = re.compile(r"[A-Z][a-z]{3,}(?=[A-Z])")  # Putnam of PutnamBench
_INITIALS = re.compile(r"(?<![A-Za-z0-9])[A-Z](?:[A-Z]{1,4}|\d)(?![A-Za-z0-9])")
_BEGINNING = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}(?=\.(?:\s|$))")
_WORD = re.compile(r"[A-Za-z]+|\d+")
_NUMBERED = re.compile(r"(?:[A-Za-z가-힣]+\s?)?([1-9]|10)")
_GREEK = re.compile("[α-ωϵϕ]")
_LETTERS = re.compile(r"[A-Za-z]+")
_SPELT = re.compile(r"[A-Za-z]{3,}")
_WHOLE = re.compile(r"[A-Z][a-z]{2,4}|[A-Z]")
_DEFINED = re.compile(
    r"((?:[A-Za-z]+['’\"”]?[- ]){1,8})\(([A-Z][A-Za-z]{0,6})\)"
    r"|\b([A-Z][A-Za-z]{1,5})\s?[=:]\s?((?:[A-Za-z]+[- ]?){1,5})"
)
_MOST_INITIALS = 5


class CellNames:
    """Reads the names of rows and columns; remembers those that it read last."""

    def __init__(self, analyser: Analyser) -> None:
        """Take what reads words."""
        self._read = lru_cache(maxsize=30_000)(lambda name: frozenset(analyser.words(_in_full(name))))
        self._sounds = lru_cache(maxsize=50_000)(sounds_like)
        self._defined = lru_cache(maxsize=40)(lambda text: dict(_definitions(text)))

    def words(self, name: str, short: Mapping[str, str]) -> frozenset[str]:
        """Return the words of a name, and those that it stands for by `short`, what is shortened in its text."""
        return self._read(name).union(*map(self._read, stands_for(name, short)))

    def spells(self, hangul: str, name: str) -> bool:
        """Whether a Hangul word spells a word of a name by its sound: 히든 is hidden."""
        return len(name) < _LONG and any(self._sounds(hangul, word) for word in _SPELT.findall(name))

    def defined(self, text: str) -> Mapping[str, str]:
        """Return what the short names that a text defines stand for."""
        return self._defined(text)


def stands_for(name: str, short: Mapping[str, str]) -> list[str]:
    """Return what is short in a name, in full."""
    if len(name) >= _LONG:
        return []
    found = {found.group(): None for found in _INITIALS.finditer(name)}
    found |= {found.group() + ".": None for found in _BEGINNING.finditer(name)}
    last = name.rsplit(" ", 1)[-1]
    if _WHOLE.fullmatch(last):
        found |= {last: None, last + ".": None}
    return [short[one] for one in found if one in short]


def _in_full(name: str) -> str:
    """Return a name with what its short forms stand for by custom."""
    if len(name) >= _LONG:
        return name
    plain = _BY.sub(" ", unicodedata.normalize("NFKC", name))
    full = [full for short, full in _SHORT if short.search(plain)] + ["number"] * ("#" in plain)
    even = [found[1] for found in _EVEN.finditer(plain)]
    language = [LANGUAGES[word] for word in plain.lower().split() if word in LANGUAGES]
    joined = [first + second for first, second in pairwise(_LETTERS.findall(plain))]
    place = [ORDINALS[int(found[1]) - 1]] if (found := _NUMBERED.fullmatch(plain)) else []
    several = [found.group() + "s" for found in _INITIALS.finditer(plain)]
    greek = [spoken(plain)] if _GREEK.search(plain) else []
    return " ".join((plain, *greek, *full, *even, *language, *_CAMEL.findall(plain), *joined, *several, *place))


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the short names that a text defines, with what they stand for (Schwartz and Hearst, 2003)."""
    for before, inside, short, after in _DEFINED.findall(text):
        words = _WORD.findall(before)
        if inside and len(inside) == 1:
            begins = [at for at in range(max(0, len(words) - 3), len(words)) if words[at][0].upper() == inside]
            if begins:
                yield inside, " ".join(words[begins[-1] :])
        elif inside:
            for first in range(max(0, len(words) - 2 * len(inside)), len(words) - 1):
                if "".join(word[0] for word in words[first:]).upper() == inside.upper():
                    yield inside, " ".join(words[first:])
                    break
        elif "".join(word[0] for word in _WORD.findall(after)[: len(short)]).upper() == short.upper():
            yield short, " ".join(_WORD.findall(after)[: len(short)])
        elif after.lower().startswith(short.lower()):
            yield short, after.split()[0]


def spelt_out(run: Run) -> dict[str, str]:
    """Return what the short names of what a question spells out stand for: TU for "tool use", Gem. for Gemini."""
    return dict(_shortened(run))


def _shortened(run: Run) -> Iterator[tuple[str, str]]:
    said = _WORD.findall(run.query.text)
    for size in range(2, _MOST_INITIALS + 1):
        for at in range(len(said) - size + 1):
            words = said[at : at + size]
            if all(word.isdigit() or word[1:].islower() for word in words):
                last = words[-1] if words[-1].isdigit() else words[-1][0]
                yield "".join((*(word[0] for word in words[:-1]), last)).upper(), " ".join(words)
    names = {form.written for unit in run.units for form in unit.forms["en"]}
    for word in {word for name in (*said, *names) for word in _WORD.findall(name)}:
        for end in range(2, len(word)):
            yield word[:end].capitalize() + ".", word
            yield word[:end].lower() + ".", word

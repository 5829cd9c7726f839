"""A question in, the question with its names and terms as the sources write them out, and which they are.

Names may be spelt in Korean letters, English words amiss. Searches nothing.
"""

import re
from collections.abc import Callable, Container, Sequence

from index.analyse import Term, english_stem, is_name_like
from qa.bridge import Bridge
from qa.typos import Renamed, TypoMender

_HANGUL = re.compile("[가-힣]")
_PARTICLE = (
    "은|는|이|가|을|를|의|에|에서|와|과|도|만|로|으로|이랑|랑|하고|보다|이란|란|이야|야|이고|고|이며|며|요|처럼|한테"
)
_UNHEARD_OF = 0.85  # the rarity of a word that may be a name spelt in Korean letters


class Renamer:
    """Puts names and terms of questions as the sources write them."""

    def __init__(self, bridge: Bridge, held: Callable[[], Container[str]]) -> None:
        """Take the bridge, and what gives the index terms that the Library holds now."""
        self._bridge = bridge
        self._held = held
        self._mender = TypoMender(bridge.english())

    def rename(self, text: str, terms: Sequence[Term]) -> tuple[str, Renamed]:
        """Return a text in which they stand as they are written, and each as typed and as written."""
        text, names = self.in_latin(text, terms) if _HANGUL.search(text) else (text, ())
        held = self._held()
        text, slips = self._mender.mended(
            text,
            lambda word: self._bridge.is_common(english_stem(word)) or english_stem(word) in held,
            lambda word: english_stem(word) in held,
        )
        return text, (*names, *slips)

    def in_latin(self, text: str, terms: Sequence[Term]) -> tuple[str, Renamed]:
        """Return a text with the names that it spells in Korean letters as the sources write them, and which they are.

        오토아이에프 is AutoIF. Only a word that general text hardly knows is one; 강화 학습, which means RL, is not.
        """
        renamed: list[tuple[str, str]] = []
        for unit in self._bridge.units(terms, text):
            name = next((form.written for form in unit.forms["en"] if form.weight >= 1), "")
            is_one_word = " " not in unit.written and " " not in name
            if unit.language == "ko" and is_one_word and unit.rarity >= _UNHEARD_OF and is_name_like(name):
                pattern = rf"(?<![가-힣A-Za-z0-9]){re.escape(unit.written)}(?=(?:{_PARTICLE})?(?![가-힣]))"
                text, count = re.subn(pattern, lambda _, name=name: name, text)  # type: ignore[misc]
                renamed += [(unit.written, name)] * bool(count)
        return text, tuple(renamed)

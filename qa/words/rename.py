"""A question in, the question with its names and terms as the sources write them out, and which they are.

Names may be spelt in Korean letters, English words amiss. Searches nothing.
"""

import re
from collections.abc import Callable, Container, Hashable, Sequence
from functools import lru_cache

from index.analyse import Analyser, Term, english_stem, is_name_like
from index.storage.record import DocumentCard
from qa.words.bridge import Bridge
from qa.words.spelling import PARTICLES, TextNames
from qa.words.typos import Renamed, TypoMender

_HANGUL = re.compile("[가-힣]")
_PARTICLE = "|".join(PARTICLES)
_UNHEARD_OF = 0.85  # the rarity of a word that may be a name spelt in Korean letters
_LEAST_COMPOUND = 3  # syllables of a word of several that may be a name


class Renamer:
    """Puts names and terms of questions as the sources write them."""

    def __init__(
        self,
        bridge: Bridge,
        held: Callable[[], Container[str]],
        analyser: Analyser,
        texts: Callable[[], Sequence[DocumentCard]] = list,
        state: Callable[[], Hashable] = lambda: None,
    ) -> None:
        """Take the bridge, and what gives the index terms that the Library holds now, its texts, and its state."""
        self._bridge = bridge
        self._held = held
        self._analyser = analyser
        self._texts = texts
        self._state = state
        self._named = lru_cache(maxsize=1)(self._names_in)
        self._mender = TypoMender(bridge.english())

    def rename(self, text: str, terms: Sequence[Term]) -> tuple[str, Renamed]:
        """Return a text in which they stand as they are written, and each as typed and as written."""
        text, names = self.in_latin(text, terms) if _HANGUL.search(text) else (text, ())
        text, by_sound = self.of_texts(text)
        held = self._held()
        text, slips = self._mender.mended(
            text,
            lambda word: self._is_common(word) or english_stem(word) in held,
            lambda word: english_stem(word) in held,
        )
        return text, (*names, *by_sound, *slips)

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

    def of_texts(self, text: str) -> tuple[str, Renamed]:
        """Return a text with the names of the user's texts that it spells otherwise as they are written, and these.

        샤잠 is Shazam, tau-bench τ-bench.
        """
        renamed: list[tuple[str, str]] = []
        for start, end, name, *_ in reversed(self.names().found(text)):
            if text[start:end].lower() != name.lower():
                renamed.insert(0, (text[start:end], name))
                text = text[:start] + name + text[end:]
        return text, tuple(renamed)

    def names(self) -> TextNames:
        """Return the names of the texts that the Library holds now but for the shipped ones; the same while it does."""
        return self._named(self._state())

    def _names_in(self, _state: Hashable) -> TextNames:
        own = (card for card in self._texts() if not card.shipped)
        return TextNames(own, self._is_common, self._is_known)

    def _is_known(self, stem: str) -> bool:
        """Whether the lexicon, general text or the Library knows a Hangul word as one."""
        terms = self._analyser.words(stem)
        if len(terms) > 1:
            return len(stem) < _LEAST_COMPOUND
        common = self._analyser.knows(stem) or any(self._bridge.is_common(term) for term in terms)
        return common or all(term in self._held() for term in terms)

    def _is_common(self, word: str) -> bool:
        return self._bridge.is_common(english_stem(word))

"""A question in, the question with slips of the keyboard in English words mended out, and which they are.

Only a word that is known nowhere is one, and only where it is a letter away from a term that the Library holds: one too
few or too many within it, or of two alike at its end; two that changed places; or another vowel. Damerau (1964) found
four in five slips to be a letter more or less, another, or two that changed places.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

Renamed = tuple[tuple[str, str], ...]  # words as typed, and as they are written

_LEAST = 6  # letters; a shorter word is too near to others
_WORD = re.compile(rf"(?<![A-Za-z0-9.@/_-])[a-z]{{{_LEAST},}}(?![A-Za-z0-9_/@-]|\.\w)")
_TERM = re.compile(rf"[a-z]{{{_LEAST - 1},}}")
_VOWELS = frozenset("aeiouy")


class TypoMender:
    """Knows how terms are spelt."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Take terms; of several words each is one."""
        self._words = {word for term in terms for word in _TERM.findall(term.lower())}
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._words):
            self._by_start[word[0], len(word)].append(word)

    def mended(self, text: str, is_known: Callable[[str], bool], is_held: Callable[[str], bool]) -> tuple[str, Renamed]:
        """Return a text with its slips mended, and these.

        `is_known` says whether a word is known from elsewhere, `is_held` whether the Library holds one.
        """
        slips: dict[str, str] = {}
        for word in _WORD.findall(text):
            if word not in self._words and not is_known(word):
                meant = next(filter(is_held, self._near(word)), None)
                slips |= {word: meant} if meant else {}
        return _WORD.sub(lambda found: slips.get(found.group(), found.group()), text), tuple(slips.items())

    def _near(self, word: str) -> Iterable[str]:
        for length in (len(word), len(word) + 1, len(word) - 1):
            yield from (other for other in self._by_start.get((word[0], length), ()) if is_slip(word, other))


def is_slip(typed: str, meant: str) -> bool:
    """Whether one word is the other with a letter too few or too many within it, two changed, or another vowel."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    at = next((at for at, pair in enumerate(zip(typed, meant, strict=False)) if len(set(pair)) > 1), 0)
    if at == 0:  # its first letter, or what stands after its last: that may be one of two alike
        return len(typed) != len(meant) and max(typed, meant, key=len)[-2:] == 2 * typed[-1]
    if len(typed) != len(meant):
        shorter, longer = sorted((typed, meant), key=len)
        return shorter[at:] == longer[at + 1 :]
    if typed[at + 1 :] == meant[at + 1 :]:
        return at < len(typed) - 1 and typed[at] in _VOWELS and meant[at] in _VOWELS
    return typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :]

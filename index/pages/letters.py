"""A text in, its letters and digits out, as they are compared, and where each stands. Knows no page.

A stored text and the page that it was read from differ in white space, hyphens, ligatures, accents and marks of
Markdown; they share their letters. Hangul is taken apart into jamo, as some files draw them.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_DOTLESS = {"ı": "i", "ȷ": "j"}  # what TeX puts accents on


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters, and for each the place, from 0, of the character of the text that it belongs to."""

    text: str
    at: tuple[int, ...]


def letters_of(text: Iterable[str]) -> Letters:
    """Return the letters of characters, or of a text, in order."""
    found = [(letter, at) for at, char in enumerate(text) for letter in _plain(char)]
    return Letters("".join(letter for letter, _ in found), tuple(at for _, at in found))


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    plain = unicodedata.normalize("NFKD", _DOTLESS.get(char, char)).casefold()
    return "".join(one for one in plain if one.isalnum())

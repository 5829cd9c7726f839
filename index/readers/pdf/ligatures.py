"""A sign without a meaning among letters in, the ligature that it must be out: coe·cient, in·uence.

Some fonts do not say what their ligatures stand for. Asks which of them makes a word that general text knows.
"""

from collections.abc import Sequence
from functools import lru_cache

from index.analyse import LEXICON, english_stem

_LIGATURES = {"ff": 0xFB00, "fi": 0xFB01, "fl": 0xFB02, "ffi": 0xFB03, "ffl": 0xFB04}
_LONGEST = 30  # letters of a word
_WORDS = frozenset(("a", "i"))  # of one letter


def ligature_at(codes: Sequence[int], at: int) -> int | None:
    """Return the code of the ligature that a character must be by the letters on both sides of it, or None."""
    return ligature_between(_letters(codes, at, -1)[::-1], _letters(codes, at, 1))


def ligature_between(before: str, after: str) -> int | None:
    """Return the code of the ligature that makes a known word of the letters around it; None where they are words."""
    if not before and not after or (_is_word(before) and _is_word(after)):
        return None
    known = _counts()
    count, code = max(
        (known.get(english_stem(before + letters + after), 0), code) for letters, code in _LIGATURES.items()
    )
    return code if count else None


def _letters(codes: Sequence[int], at: int, step: int) -> str:
    """Return the letters on one side of a character, in small ones, as they stand from there."""
    found = ""
    while 0 <= (at := at + step) < len(codes) and chr(codes[at]).isalpha() and len(found) < _LONGEST:
        found += chr(codes[at])
    return found.lower()


def _is_word(letters: str) -> bool:
    if len(letters) < 2:
        return letters.lower() in _WORDS
    return english_stem(letters.lower()) in _counts()


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    """Return how often general text has each stem of English."""
    lines = (LEXICON.parent / "frequencies.tsv").read_text(encoding="utf-8").splitlines()
    counted = (line.split("\t") for line in lines[1:])
    return {word: int(count) for word, count in counted if word.isascii() and word.isalpha()}

"""A misspelt name in, the closest known one out; and Latin acronyms as Koreans spell them aloud.

Distances count letters: Korean syllables are taken apart first, so 컨스티튜셔널 and 콘스티투셔널 are two letters apart.
"""

import itertools
import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_LETTERS = {
    "A": ("에이",), "B": ("비",), "C": ("씨", "시"), "D": ("디",), "E": ("이",), "F": ("에프",), "G": ("지",),
    "H": ("에이치",), "I": ("아이",), "J": ("제이",), "K": ("케이",), "L": ("엘",), "M": ("엠",), "N": ("엔",),
    "O": ("오",), "P": ("피",), "Q": ("큐",), "R": ("알",), "S": ("에스",), "T": ("티",), "U": ("유",), "V": ("브이",),
    "W": ("더블유",), "X": ("엑스",), "Y": ("와이",), "Z": ("제트",),
}  # fmt: skip


def spelled_out(name: str) -> Iterable[str]:
    """Yield an acronym of three to six capitals as its Korean letter names: RLHF as 알엘에이치에프."""
    if 3 <= len(name) <= 6 and name.isascii() and name.isalpha() and name.isupper():
        yield from ("".join(parts) for parts in itertools.product(*(_LETTERS[letter] for letter in name)))


def allowed(letters: int, korean: bool) -> int:
    """Return how many letters may be wrong in a name of so many letters."""
    one, two = (8, 14) if korean else (6, 9)
    return 0 if letters < one else 1 if letters < two else 2


class Speller:
    """Knows a set of keys; most are ruled out at once by the letters they hold."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = [key for key in keys if len(key) >= 3]
        self._letters = [unicodedata.normalize("NFD", key) for key in self._keys]
        self._sizes = np.array([len(letters) for letters in self._letters], np.int64)
        self._masks = np.array([_mask(letters) for letters in self._letters], np.uint64)

    def closest(self, key: str) -> tuple[str, int] | None:
        """Return the closest key and its distance, at least 1, or None when none is close enough."""
        letters = unicodedata.normalize("NFD", key)
        limit = allowed(len(letters), len(letters) > len(key))
        if not limit:
            return None
        best: tuple[int, int] | None = None
        for at in self._candidates(letters, limit):
            found = distance(letters, self._letters[at], limit)
            if 0 < found <= min(limit, allowed(int(self._sizes[at]), not self._keys[at].isascii())):
                best = min(best, (found, int(at))) if best else (found, int(at))
        return (self._keys[best[1]], best[0]) if best else None

    def _candidates(self, letters: str, limit: int) -> NDArray[np.int64]:
        near = np.abs(self._sizes - len(letters)) <= limit
        differing = np.bitwise_count(self._masks ^ np.uint64(_mask(letters)))
        found: NDArray[np.int64] = np.flatnonzero(near & (differing <= 2 * limit))
        return found


def distance(one: str, other: str, limit: int) -> int:
    """Return the letters to add, drop, change or swap with a neighbour; limit + 1 for anything more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != against))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _mask(letters: str) -> int:
    """Return the set of letters as bits; a few share one, which only lets more candidates through."""
    bits = 0
    for char in letters:
        bits |= 1 << (ord(char) % 61)
    return bits

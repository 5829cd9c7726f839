"""A turn and what its words may be made of in, whether it has no other word out. Korean words are made of pieces."""

import re
from collections.abc import Collection
from functools import cache

_WORD = re.compile(r"[^\s?!.,~…;:]+")


def has_word(text: str) -> bool:
    """Whether a text is more than marks."""
    return bool(_WORD.search(text))


def is_made_of(text: str, korean: str, english: Collection[str], longest: int) -> bool:
    """Whether each word is one of the English ones, or at most `longest` characters that are pieces of Korean ones.

    `korean` are the pieces, with "|" between; those of a longer word could be taken apart in too many ways.
    """
    pieces = _pieces(korean)
    return all(
        word in english or (len(word) <= longest and pieces.fullmatch(word))
        for word in map(str.lower, _WORD.findall(text))
    )


@cache
def _pieces(korean: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{korean})+")

"""Places in a text in, whether they meet, how far apart they are and the clause around them out; and Korean letters."""

import re
from collections.abc import Iterable

Span = tuple[int, int]


def meet(one: Span, other: Span) -> bool:
    """Whether two places have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def meets_any(one: Span, others: Iterable[Span]) -> bool:
    """Whether a place has a character in common with one of several."""
    return any(meet(one, other) for other in others)


def gap(one: Span, other: Span) -> int:
    """Return how many characters lie between two places, 0 where they meet."""
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))


def clause(text: str, start: int, end: int, cuts: re.Pattern[str]) -> Span:
    """Return the clause around a place: from the last cut before it to the next after it."""
    first = max((cut.end() for cut in cuts.finditer(text, 0, start)), default=0)
    cut = cuts.search(text, end)
    return first, cut.start() if cut else len(text)


def is_hangul(char: str) -> bool:
    """Whether a character, or none, is a Korean syllable."""
    return "가" <= char <= "힣"

"""Places in a text in, whether they meet and how far apart they are out; and which letters are Korean."""

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


def is_hangul(char: str) -> bool:
    """Whether a character, or none, is a Korean syllable."""
    return "가" <= char <= "힣"

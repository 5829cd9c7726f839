"""The names in a question in, whether a text is of another of the same family out: of X-Lite where X is asked about.

What is told of a smaller or newer version holds the name that was asked for, and is not meant.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.analyse import is_name_like

_TOKEN = re.compile(r"[A-Za-z][\w.]*(?:-[\w.]+| [A-Z]?\d[\w.]*)*", re.ASCII)
_WORD = re.compile("[A-Za-z]+")
# A part that makes another of a name: Lite, Instruct, VL; "X-based" and "X-like" are no names.
_SUFFIX = r"-(?P<part>[A-Z][A-Za-z]+|[a-z][A-Z]+)(?!\w)"
_SAME = frozenset(("base", "chat", "full", "it", "instruct", "original", "preview"))


class Siblings:
    """The names of a question, each with what finds it and its siblings; none where it has no such name."""

    def __init__(self, question: str) -> None:
        """Take a question as it was asked."""
        names = dict.fromkeys(name.rstrip(".") for name in _TOKEN.findall(question))
        self._patterns = [_pattern(name) for name in names if is_name_like(name)]
        self._said = _SAME.union(word.lower() for word in _WORD.findall(question))  # "the InternLM math model"

    def tell(self, headings: Sequence[str], text: str) -> bool:
        """Whether a text below some headings speaks of a sibling and not of what is asked about.

        The lowest heading that names one of the family says which; else the text does.
        """
        return any(self._is_of_sibling(pattern, (*reversed(headings), text)) for pattern in self._patterns)

    def _is_of_sibling(self, pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
        for text in texts:
            parts = [found["part"] for found in pattern.finditer(text)]
            if parts:
                return all(part and part.lower() not in self._said for part in parts)
        return False


@lru_cache(maxsize=500)
def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name, however its parts are joined, with the suffix that makes another of it."""
    parts = "[- ]?".join(map(re.escape, re.split("[- ]", name)))
    return re.compile(rf"(?<![\w-])(?i:{parts})(?:{_SUFFIX})?(?![A-Za-z0-9])", re.ASCII)

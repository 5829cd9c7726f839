"""What a question asks of a thing, and whether sentences name that: its limits, its strengths, a number.

Reads words only. What defines a thing is no answer to what is good or bad about it, nor to how many.
"""

import re
from collections.abc import Iterable, Sequence

from qa.query import Query
from qa.wording import ASKS_LIMITS, ASKS_STRENGTHS, GOODS, HOW_MANY, LIMITS, NUMBERS, STRENGTHS, TROUBLES

# What asks for an aspect, and what names it in a sentence: by its name, and in other words.
_ASPECTS = tuple(
    tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for patterns in ((ASKS_LIMITS, LIMITS, TROUBLES), (ASKS_STRENGTHS, STRENGTHS, GOODS))
)
_HOW_MANY, _NUMBERS = re.compile(HOW_MANY, re.IGNORECASE), re.compile(NUMBERS, re.IGNORECASE)


class Aspect:
    """What one question asks of its thing: limits, strengths, both, a number, or none of these."""

    def __init__(self, query: Query) -> None:
        asked = [names for asks, *names in _ASPECTS if asks.search(query.text)]
        self._levels = [list(level) for level in zip(*asked, strict=True)]
        self._counts = not asked and bool(_HOW_MANY.search(query.text))

    def naming(self, texts: Sequence[str]) -> list[bool]:
        """Say of each sentence whether it names the aspect: by name where one does, else in other words.

        All are said to where none does, and where no aspect is asked for but a number.
        """
        for level in self._levels:
            named = [any(names.search(text) for names in level) for text in texts]
            if any(named):
                return named
        return [True] * len(texts)

    def is_told(self, texts: Iterable[str]) -> bool:
        """Whether one of the sentences names the aspect, or counts where it is asked how many there are."""
        if self._counts:
            return any(_NUMBERS.search(text) for text in texts)
        every = [names for level in self._levels for names in level]
        return not every or any(names.search(text) for text in texts for names in every)

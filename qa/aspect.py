"""What a question asks of a thing, and whether sentences name that: limits, strengths, reasons, a count, a price.

Reads words only. What defines a thing is no answer to what is good or bad about it, to why, nor to how many.
"""

import re
from collections.abc import Sequence

from qa.query import Query
from qa.wording import (
    ASKS_LIMITS,
    ASKS_STRENGTHS,
    ASKS_WHY,
    GOODS,
    HOW_MANY,
    LIMITS,
    MATTERS,
    NUMBERS,
    PURPOSES,
    REASONS,
    STRENGTHS,
    TROUBLES,
)

_FLAGS = re.IGNORECASE | re.ASCII  # a Latin word ends where a Korean particle begins
# What asks for an aspect, and what names it in a sentence: by its name, and in other words.
_QUALITIES = tuple(
    tuple(re.compile(pattern, _FLAGS) for pattern in patterns)
    for patterns in ((ASKS_LIMITS, LIMITS, TROUBLES), (ASKS_STRENGTHS, STRENGTHS, GOODS))
)
_WHY = tuple(re.compile(pattern, _FLAGS) for pattern in (ASKS_WHY, REASONS, PURPOSES))
_MATTERS = tuple(re.compile(pattern, _FLAGS) for pattern in MATTERS)
_HOW_MANY, _NUMBERS = re.compile(HOW_MANY, _FLAGS), re.compile(NUMBERS, _FLAGS)


class Aspect:
    """What one question asks of its thing: limits or strengths, else reasons, how many, or matters like its price."""

    def __init__(self, query: Query) -> None:
        asked = [names for asks, *names in _QUALITIES if asks.search(query.text)]
        asked = asked or [names for asks, *names in (_WHY,) if asks.search(query.text)]
        self._levels = [list(level) for level in zip(*asked, strict=True)]
        self._matters = [matter for matter in _MATTERS if not asked and matter.search(query.text)]
        self._counts = not asked and bool(_HOW_MANY.search(query.text))

    @property
    def is_asked(self) -> bool:
        """Whether limits, strengths or reasons are asked for."""
        return bool(self._levels)

    def naming(self, texts: Sequence[str], headings: Sequence[str] = ()) -> list[bool]:
        """Say of each sentence whether it names the aspect: by name where one does, else in other words.

        All are said to where none does, where a heading above them does, and where no aspect is asked for but a number.
        """
        if self._heads(headings):
            return [True] * len(texts)
        for level in self._levels:
            named = [any(names.search(text) for names in level) for text in texts]
            if any(named):
                return named
        return [True] * len(texts)

    def is_told(self, texts: Sequence[str], headings: Sequence[str] = ()) -> bool:
        """Whether the sentences, or a heading above them, name the aspect; or count where it is asked how many."""
        if self._counts:
            return _any(texts, [_NUMBERS])
        every = [names for level in self._levels for names in level]
        return not every or _any(texts, every) or self._heads(headings)

    def matters_are_told(self, texts: Sequence[str], headings: Sequence[str] = ()) -> bool:
        """Whether the sentences, or a heading, name each matter that is asked for: a learning rate, a price."""
        return all(_any([*texts, *headings], [matter]) for matter in self._matters)

    def _heads(self, headings: Sequence[str]) -> bool:
        """Whether a heading says that what stands below it is the aspect: "Limitations"."""
        return any(_any(headings, level) for level in self._levels[:1])


def _any(texts: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.search(text) for text in texts for pattern in patterns)

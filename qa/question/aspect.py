"""What a question asks of a thing, and whether sentences name that: limits, what helps, reasons, a count, a price.

Reads words only. What defines a thing is no answer to what is good or bad about it, to why, nor to how many.
"""

import re
from collections.abc import Sequence

from qa.question.amounts import amounts, differ
from qa.question.aspect_wording import (
    ASKS_AUTHORS,
    ASKS_EXAMPLES,
    ASKS_LIMITS,
    ASKS_REMEDIES,
    ASKS_STRENGTHS,
    ASKS_WHY,
    AUTHORS,
    EXAMPLES,
    FIGURES,
    GOODS,
    HELPS,
    HOW_MANY,
    INSTANCES,
    LIMITS,
    MATTERS,
    NUMBERS,
    PURPOSES,
    REASONS,
    REMEDIES,
    SIZE,
    STRENGTHS,
    TROUBLES,
    VALUES,
)
from qa.question.query import Query

_FLAGS = re.IGNORECASE | re.ASCII  # a Latin word ends where a Korean particle begins
# What asks for an aspect, and what names it in a sentence: by its name, and in other words.
_QUALITIES = tuple(
    tuple(re.compile(pattern, _FLAGS) for pattern in patterns)
    for patterns in ((ASKS_LIMITS, LIMITS, TROUBLES), (ASKS_STRENGTHS, STRENGTHS, GOODS))
)
_REMEDIES = tuple(re.compile(pattern, _FLAGS) for pattern in (ASKS_REMEDIES, REMEDIES, HELPS))
_WHY = tuple(re.compile(pattern, _FLAGS) for pattern in (ASKS_WHY, REASONS, PURPOSES))
_ASKS_EXAMPLES, _EXAMPLES, _INSTANCES = re.compile(ASKS_EXAMPLES, _FLAGS), re.compile(EXAMPLES), re.compile(INSTANCES)
_MATTERS = tuple(re.compile(pattern, _FLAGS) for pattern in MATTERS)
_AUTHORS = re.compile(ASKS_AUTHORS, _FLAGS), re.compile(AUTHORS, re.ASCII)
_VALUES = re.compile(VALUES, _FLAGS)
_HOW_MANY, _NUMBERS = re.compile(HOW_MANY, _FLAGS), re.compile(NUMBERS, _FLAGS)
_SIZE, _FIGURES = re.compile(SIZE), re.compile(FIGURES, _FLAGS)


class Aspect:
    """What one question asks of its thing: what helps, limits or strengths, else reasons, examples, how many, matters.

    Matters are its price, its authors and the like, and the size of a model, by which its members are told apart.
    """

    def __init__(self, query: Query) -> None:
        helps = bool(_REMEDIES[0].search(query.text))
        asked = [list(_REMEDIES[1:])] if helps else [names for asks, *names in _QUALITIES if asks.search(query.text)]
        self._why = not asked and bool(_WHY[0].search(query.text))
        asked = asked or ([list(_WHY[1:])] if self._why else [])
        self._levels = [list(level) for level in zip(*asked, strict=True)]
        self._values = not asked and bool(_VALUES.search(query.text))
        self._examples = not asked and bool(_ASKS_EXAMPLES.search(query.text))
        self._question = query.text.lower()
        self._matters = [matter for matter in _MATTERS if not asked and matter.search(query.text)]
        self._authors = not asked and bool(_AUTHORS[0].search(query.text))
        self._counts = not asked and bool(_HOW_MANY.search(query.text))
        self._sizes = _sizes(query.text)
        self._amounts = amounts(query.text)

    @property
    def is_asked(self) -> bool:
        """Whether limits, strengths, reasons or examples are asked for."""
        return bool(self._levels) or self._examples

    @property
    def is_why(self) -> bool:
        """Whether reasons are asked for."""
        return self._why

    def naming(self, texts: Sequence[str], headings: Sequence[str] = ()) -> list[bool]:
        """Say of each sentence whether it names the aspect: by name where one does, else in other words.

        All are said to where none does, where a heading above them does, and where no aspect is asked for. Where it is
        asked how many, or for a value, sentences with figures do; where sentences name the size that is asked about,
        only these. Rows of another amount than that asked about name nothing.
        """
        if self._amounts and any(of_row := [self._is_other_row(text) for text in texts]) and not all(of_row):
            return [not is_other for is_other in of_row]
        if self._sizes and any(of_size := [bool(self._sizes & _sizes(text)) for text in texts]):
            return of_size
        if self.is_headed(headings):
            return [True] * len(texts)
        for level in self._levels:
            named = [any(names.search(text) for names in level) for text in texts]
            if any(named):
                return named
        if (self._counts or self._values) and any(counted := [bool(_FIGURES.search(text)) for text in texts]):
            return counted
        if self._authors and any(naming := [bool(_AUTHORS[1].search(text)) for text in texts]):
            return naming
        if self._examples and any(given := [self._gives_examples(text) for text in texts]):
            return given
        return [True] * len(texts)

    def is_headed(self, headings: Sequence[str]) -> bool:
        """Whether an aspect is asked for and a heading says that what stands below it is that: "Limitations"."""
        return any(_any(headings, level) for level in self._levels[:1])

    def is_told(self, texts: Sequence[str], headings: Sequence[str] = ()) -> bool:
        """Whether the sentences, or a heading above them, name the limits, strengths, reasons or examples."""
        if self._examples:
            return any(map(self._gives_examples, texts))
        every = [names for level in self._levels for names in level]
        return not every or _any(texts, every) or self.is_headed(headings)

    def is_counted(self, texts: Sequence[str]) -> bool:
        """Whether the sentences count, where it is asked how many there are."""
        return not self._counts or _any(texts, [_NUMBERS])

    def is_of_another(self, texts: Sequence[str], headings: Sequence[str] = ()) -> bool:
        """Whether the sentences name nobody where authors are asked for, or a model of another size than that asked."""
        told = {size for text in (*texts, *headings) for size in _sizes(text)} if self._sizes else set()
        other_size = bool(told) and not self._sizes & told
        return other_size or (self._authors and not _any([*texts, *headings], [_AUTHORS[1]]))

    def authors_are_told(self, texts: Sequence[str]) -> bool:
        """Whether authors are asked for, and the sentences name some."""
        return self._authors and _any(texts, [_AUTHORS[1]])

    def matters_are_told(self, texts: Sequence[str], headings: Sequence[str] = ()) -> bool:
        """Whether the sentences, or a heading, name each matter that is asked for: a learning rate, a price."""
        return all(_any([*texts, *headings], [matter]) for matter in self._matters)

    def _is_other_row(self, text: str) -> bool:
        """Whether a row of a table is of another amount than that asked about: of 10-20 years, not of more than 20."""
        return text.startswith("|") and differ(amounts(text.split("|")[1]), self._amounts)

    def _gives_examples(self, text: str) -> bool:
        """Whether a sentence says that it does, or begins with a name that is not asked about."""
        opening = _INSTANCES.match(text)
        return bool(_EXAMPLES.search(text)) or bool(opening and opening["name"].lower() not in self._question)


def _sizes(text: str) -> set[str]:
    return {found.group().upper() for found in _SIZE.finditer(text)}


def _any(texts: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.search(text) for text in texts for pattern in patterns)

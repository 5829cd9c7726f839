"""Texts in, the occurrences of their terms out, all texts at once: a word that comes again costs next to nothing.

Finds what `Analyser.words` finds in each text alone, and weighs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser, Word, whole


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Term terms[which[i]] occurs in text rows[i]; each occurrence has an i, in no order."""

    terms: list[str]
    which: NDArray[np.int64]
    rows: NDArray[np.int64]


class _Numbers(dict[str, int]):
    """Words, numbered as they first come."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def occurrences(texts: Sequence[str], analyser: Analyser) -> Occurrences:
    """Return all occurrences of terms in some texts."""
    words, terms = _Numbers(), _Numbers()
    numbers: list[int] = []
    ends: list[int] = []
    for text in texts:
        numbers += map(words.__getitem__, text.split(" "))
        ends.append(len(numbers))
    word = np.array(numbers, np.int64)
    row = np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
    found = [analyser.word(one) for one in words]
    # the terms of word i are of_word[starts[i] : starts[i] + counts[i]]
    of_word = np.array([terms[term] for one in found for term in one.terms], np.int64)
    counts = np.array([len(one.terms) for one in found], np.int64)
    starts, each = np.cumsum(counts) - counts, counts[word]
    place = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    which = of_word[np.repeat(starts[word], each) + place]
    names, of = _names(found, word, row)
    joined = np.array([terms[name] for name in names], np.int64)
    return Occurrences(list(terms), np.concatenate([which, joined]), np.concatenate([np.repeat(row, each), of]))


def _names(
    found: Sequence[Word], word: NDArray[np.int64], row: NDArray[np.int64]
) -> tuple[list[str], NDArray[np.int64]]:
    """Return the names that a name and a number after it make together (llama3), and the rows that they stand in."""
    ends_in_name = np.array([bool(one.name) for one in found], bool)[word]
    begins_with_number = np.array([bool(one.number) for one in found], bool)[word]
    at = np.flatnonzero(ends_in_name[:-1] & begins_with_number[1:] & (row[:-1] == row[1:]))
    return [whole(found[word[i]].name + found[word[i + 1]].number) for i in at.tolist()], row[at]

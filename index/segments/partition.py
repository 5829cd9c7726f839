"""Segments in, one PassageIndex out: the scores of all passages of a language, whatever segments they stand in.

Fuses nothing and ranks nothing; reads and writes no files.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryError
from index.load import Language
from index.segments.segment import Segment
from index.segments.terms import TermCollection
from index.segments.vectors import Spread, spread_of

NEAREST = 100  # passages of each large segment whose cosines are looked at because they are likely the highest


class PassageIndex:
    """All that is searched: the passages of each language apart, with statistics of all together."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take the segments in the order in which they were made."""
        self.segments = tuple(sorted(segments, key=lambda segment: segment.language != "ko"))
        self.words = TermCollection([segment.words for segment in self.segments])
        by_language = groupby(range(len(self.segments)), key=lambda at: self.segments[at].language)
        self.partitions = tuple(Partition(self, list(numbers)) for _, numbers in by_language)

    def __len__(self) -> int:
        """Return the number of passages."""
        return sum(map(len, self.segments))

    @property
    def rows(self) -> NDArray[np.int64]:
        """The store's row numbers of all passages, in the order of the partitions."""
        return np.concatenate([np.zeros(0, np.int64), *(segment.rows for segment in self.segments)])


class Partition:
    """The passages of one language, by position: those of the first segment, of the second, and so on."""

    def __init__(self, index: PassageIndex, numbers: Sequence[int]) -> None:
        """Take the numbers of the segments of one language."""
        self._collection = index.words
        self._numbers = numbers
        self._segments = [index.segments[number] for number in numbers]
        self._starts = np.cumsum([0, *map(len, self._segments)])

    def __len__(self) -> int:
        """Return the number of passages."""
        return int(self._starts[-1])

    @property
    def language(self) -> Language:
        """The language of all of them."""
        return self._segments[0].language

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """The store's row numbers by position, ascending."""
        return np.concatenate([segment.rows for segment in self._segments])

    @cached_property
    def references(self) -> NDArray[np.bool_]:
        """Which passages stand in a list of references or are one of contents, by position."""
        return np.concatenate([segment.references for segment in self._segments])

    def positions(self, rows: Iterable[int]) -> NDArray[np.int64]:
        """Return the positions of the passages with these row numbers; those of other languages are left out."""
        wanted = np.array(sorted(rows), np.int64)
        found = np.minimum(np.searchsorted(self.rows, wanted), len(self) - 1)
        there: NDArray[np.int64] = found[self.rows[found] == wanted]
        return there

    def words(self, groups: Sequence[dict[str, float]]) -> NDArray[np.float32]:
        """Return the BM25 scores of all passages by position, float32; see `TermCollection.scores`."""
        with _whole():
            return np.concatenate(self._collection.scores(groups, self._numbers))

    def nearest(self, question: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the positions of about the NEAREST passages to a unit vector in each large segment."""
        found = [np.zeros(0, np.int64)]
        for segment, start in zip(self._segments, self._starts, strict=False):
            if not segment.vectors.is_exact:
                found.append(np.sort(segment.vectors.nearest(question, NEAREST)) + start)
        return np.concatenate(found)

    def cosines(
        self, question: NDArray[np.float32], also: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], Spread]:
        """Return positions, ascending, their cosines with a unit vector, and the spread of all passages' cosines.

        They are the passages of small segments, and of large ones those at the positions `also`.
        """
        found: list[NDArray[np.int64]] = []
        cosines: list[NDArray[np.float32]] = []
        spread = Spread()
        also = np.unique(also)
        bounds = np.searchsorted(also, self._starts)
        for at, (segment, start) in enumerate(zip(self._segments, self._starts, strict=False)):
            if segment.vectors.is_exact:
                local, near = np.arange(len(segment)), segment.vectors.similarities(question)
                spread += Spread.of(near)
            else:
                local = also[bounds[at] : bounds[at + 1]] - start
                near = segment.vectors.similarities(question, local)
                spread += spread_of(segment.moments, len(segment), question)
            found.append(local + start)
            cosines.append(near)
        return np.concatenate(found), np.concatenate(cosines), spread

    def held(self, terms: Sequence[str], positions: NDArray[np.int64]) -> list[frozenset[str]]:
        """Return for each position which of the terms its passage, its headings or its title hold."""
        found = np.zeros((len(terms), len(positions)), bool)
        for segment, start, end in zip(self._segments, self._starts, self._starts[1:], strict=False):
            here = np.flatnonzero((positions >= start) & (positions < end))
            if len(here):
                with _whole():
                    found[:, here] = segment.words.holds(terms, positions[here] - start)
        return [frozenset(term for term, there in zip(terms, column, strict=True) if there) for column in found.T]

    @property
    def is_exact(self) -> bool:
        """Whether `cosines` gives those of all passages."""
        return all(segment.vectors.is_exact for segment in self._segments)


@contextmanager
def _whole() -> Iterator[None]:
    """Say what to do about damage in files that are mapped: opening does not read all of them."""
    try:
        yield
    except IndexError as error:
        raise LibraryError(
            "the index is damaged: it names passages that it does not have; run `surveyqa library rebuild`",
            "검색 색인이 손상되어 없는 구절을 가리킵니다. `surveyqa library rebuild` 명령으로 다시 만드세요.",
        ) from error

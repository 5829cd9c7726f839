"""Passages of one language in, a Segment out: a part of the index that is never changed, only replaced.

What is searched of a passage is decided here: its text, and with less weight its headings and its document's title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Language
from index.outline import lists_contents, lists_references
from index.segments.arrays import load_array, save_array
from index.segments.occur import occurrences
from index.segments.terms import TermIndex
from index.segments.vectors import VectorIndex

# How often a word of the section's headings and of the document's title counts beside a word of the text.
PATH_WEIGHT = 1.0
TITLE_WEIGHT = 0.5
_FILES: dict[str, type[np.generic]] = {"rows": np.int64, "references": np.bool_, "moments": np.float64}


class Fields(NamedTuple):
    """What is searched of a passage: its section's headings, its document's title and its text; `row` is its number."""

    row: int
    path: tuple[str, ...]
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some passages of one language, by ascending row, analysed and embedded: what segments are made of."""

    rows: NDArray[np.int64]
    references: NDArray[np.bool_]
    words: TermIndex
    vectors: NDArray[np.float32]

    @classmethod
    def of(cls, passages: Sequence[Fields], analyser: Analyser, embedder: Embedder) -> "Part":
        """Analyse and embed passages."""
        return cls(
            np.array([passage.row for passage in passages], np.int64),
            np.array([lists_references(one.path) or lists_contents(one.path, one.text) for one in passages], bool),
            _term_index(passages, analyser),
            embedder.embed_passages([embedded_text(passage) for passage in passages]),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """Some passages of one language. Row i of every part is the passage with the store's row number rows[i], ascending.

    `references` says which passages stand in a list of references or are one of contents; `moments` are those of the
    vectors, empty where they are few. `name` is that of the folder that it is stored in, empty before.
    """

    language: Language
    rows: NDArray[np.int64]
    references: NDArray[np.bool_]
    words: TermIndex
    vectors: VectorIndex
    moments: NDArray[np.float64]
    name: str = ""

    @classmethod
    def build(cls, language: Language, parts: Sequence[Part]) -> "Segment":
        """Return a segment of the passages of all parts, which are of that language and follow each other."""
        return cls._of(
            language,
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.references for part in parts]),
            TermIndex.join([part.words for part in parts]),
            VectorIndex.build(np.concatenate([part.vectors for part in parts])),
        )

    @classmethod
    def join(cls, parts: Sequence["Segment"]) -> "Segment":
        """Return one segment of the passages of all parts, which follow each other."""
        return cls._of(
            parts[0].language,
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.references for part in parts]),
            TermIndex.join([part.words for part in parts]),
            VectorIndex.build(np.concatenate([part.vectors.vectors() for part in parts])),
        )

    def without(self, rows: NDArray[np.int64]) -> "Segment":
        """Return the segment without the passages of these row numbers."""
        keep = np.flatnonzero(~np.isin(self.rows, rows))
        return self._of(
            self.language,
            self.rows[keep],
            self.references[keep],
            self.words.select(keep),
            VectorIndex.build(self.vectors.vectors()[keep]),
        )

    @classmethod
    def _of(
        cls,
        language: Language,
        rows: NDArray[np.int64],
        references: NDArray[np.bool_],
        words: TermIndex,
        vectors: VectorIndex,
    ) -> "Segment":
        moments = np.zeros((0, 0)) if vectors.is_exact else vectors.moments()
        return cls(language, rows, references, words, vectors, moments)

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.rows)

    def save(self, folder: Path) -> None:
        """Write the segment to the files of a folder."""
        for name in _FILES:
            save_array(getattr(self, name), folder / f"{name}.npy")
        self.words.save(folder)
        self.vectors.save(folder)

    @classmethod
    def load(cls, folder: Path, language: Language) -> "Segment":
        """Read a segment that `save` wrote. Raises ValueError, OSError or RuntimeError for files that are not whole."""
        rows, references, moments = (load_array(folder / f"{name}.npy", kind) for name, kind in _FILES.items())
        words, vectors = TermIndex.load(folder), VectorIndex.load(folder)
        if not len(rows) == len(references) == len(words.lengths) == len(vectors):
            raise ValueError(f"{folder}: the parts do not have the same number of passages")
        return cls(language, rows, references, words, vectors, moments)


def embedded_text(passage: Fields) -> str:
    """Return what stands for a passage in vector search: its last heading and its text."""
    return f"{passage.path[-1]}. {passage.text}" if passage.path else passage.text


def _term_index(passages: Sequence[Fields], analyser: Analyser) -> TermIndex:
    fields = [passage.text for passage in passages]
    fields += [" / ".join(passage.path) for passage in passages]
    fields += [passage.title for passage in passages]
    found = occurrences(fields, analyser)
    field, rows = np.divmod(found.rows, len(passages))
    weights = np.array([1.0, PATH_WEIGHT, TITLE_WEIGHT], np.float32)[field]
    return TermIndex.of(found.terms, found.which, rows, weights, len(passages))

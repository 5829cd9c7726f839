"""Questions in one language in, a QuestionIndex out: built once, kept in a folder, read from there by later processes.

Thousands of questions take a second to analyse, which nobody should wait for twice. What is kept is only a copy: where
it is missing, damaged or cannot be written, the questions are analysed. Does not know what the questions are for.
"""

import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index import analyse, embed
from index.analyse import Analyser
from index.embed import Embedder
from index.segments import arrays, terms
from index.segments.arrays import load_array, save_array
from index.segments.terms import TermIndex
from qa.kept import kept
from qa.question import query, wording
from qa.question.query import topic_terms

# What decides how a question is analysed.
_CODE = (analyse, embed, arrays, terms, query, wording, sys.modules[__name__])


@dataclass(frozen=True, slots=True)
class QuestionIndex:
    """Questions as sets of topic words and as vectors; row i is question i.

    `lengths` are those of the idf vectors, float32, shape (questions,), above 0; `vectors` are float32, shape
    (questions, dimension).
    """

    words: TermIndex
    lengths: NDArray[np.float32]
    vectors: NDArray[np.float32]

    @classmethod
    def build(cls, texts: Sequence[str], analyser: Analyser, embedder: Embedder) -> Self:
        """Analyse questions."""
        topics = [Counter(term.text for term in topic_terms(text, analyser)) for text in texts]
        words = TermIndex.build(topics)
        statistics = words.statistics
        holding = Counter(term for topic in topics for term in topic)
        squared = {term: statistics.idf(count) ** 2 for term, count in holding.items()}
        squares = [sum(squared[term] for term in topic) for topic in topics]
        lengths = np.sqrt(np.maximum(np.array(squares, np.float32), 1e-6))
        return cls(words, lengths, embedder.embed_passages(texts))

    @classmethod
    def kept(cls, texts: Sequence[str], analyser: Analyser, embedder: Embedder, folder: Path) -> Self:
        """Return the index of these questions from `folder`; where it is not there, build it and keep it there.

        The analyser and the embedder are the bundled ones. Folders that were not read for long are removed.
        """
        return kept(
            folder,
            texts,
            _CODE,
            lambda path: cls._load(path, len(texts), embedder.dimension),
            lambda: cls.build(texts, analyser, embedder),
            cls._keep,
        )

    @classmethod
    def _load(cls, folder: Path, count: int, dimension: int) -> Self:
        """Raise ValueError or OSError for what is not a whole index of `count` questions."""
        words = TermIndex.load(folder)
        lengths, vectors = (load_array(folder / f"{name}.npy", np.float32) for name in ("lengths", "vectors"))
        if not (words.lengths.shape == lengths.shape == (count,) and vectors.shape == (count, dimension)):
            raise ValueError(f"{folder}: holds other questions")
        in_range = len(words.rows) == 0 or 0 <= int(words.rows.min()) <= int(words.rows.max()) < count
        if not in_range or len(words.frequencies) != len(words.rows) or bool(np.any(np.diff(words.offsets) < 0)):
            raise ValueError(f"{folder}: the words are damaged")
        return cls(words, lengths, vectors)

    def _keep(self, path: Path) -> None:
        """Write the index whole or not at all. Raises OSError."""
        temporary, damaged = (path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp") for _ in range(2))
        try:
            temporary.mkdir()
            self.words.save(temporary)
            save_array(self.lengths, temporary / "lengths.npy")
            save_array(self.vectors, temporary / "vectors.npy")
            try:
                temporary.rename(path)
            except OSError:  # something is there: another process was faster, or it is damaged
                with suppress(ValueError, FileNotFoundError):
                    self._load(path, *self.vectors.shape)
                    return
                path.rename(damaged)
                temporary.rename(path)
        finally:
            for left in (temporary, damaged):
                shutil.rmtree(left, ignore_errors=True)

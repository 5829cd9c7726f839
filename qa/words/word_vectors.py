"""Words in, their vectors out, and how well words mean the same: those embedded last are remembered."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder

REMEMBERED = 30_000  # words, of which a vector takes a kilobyte
_AT_FIRST = 1_024
_UNALIKE, _ALIKE, _SOFT_SHARE = 0.3, 0.5, 0.8  # cosines of words from which, over which, and how much they count


class WordVectors:
    """Embeds words, and remembers those of the questions and passages that were looked at last. For several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((_AT_FIRST, embedder.dimension), np.float32)

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of words, float32, shape (words, dimension)."""
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._rows]
            if len(self._rows) + len(new) > REMEMBERED:
                self._rows.clear()
                new = list(dict.fromkeys(words))
            if new:
                self._learn(new)
            return self._vectors[[self._rows[word] for word in words]]

    def _learn(self, words: Sequence[str]) -> None:
        known = len(self._rows)
        if known + len(words) > len(self._vectors):
            grown = np.zeros((max(2 * len(self._vectors), known + len(words)), self._vectors.shape[1]), np.float32)
            grown[:known] = self._vectors[:known]
            self._vectors = grown
        self._vectors[known : known + len(words)] = self._embedder.embed_passages(words)
        self._rows |= {word: known + at for at, word in enumerate(words)}


def alike(cosines: NDArray[Any]) -> NDArray[Any]:
    """Return how well words mean the same, 0 to _SOFT_SHARE, by the cosines of their vectors."""
    return np.clip((cosines - _UNALIKE) / _ALIKE, 0.0, 1.0) * _SOFT_SHARE


def soft_coverages(
    vectors: WordVectors,
    units: Sequence[str],
    idfs: Sequence[float],
    texts: Sequence[Sequence[str]],
    held: Sequence[Sequence[float]],
) -> list[float]:
    """Return for each text, given as its words, how much of the units' idf mass it holds, 0 to 1."""
    return weighed_rows(soft_strengths(vectors, units, texts, held), idfs)


def soft_strengths(
    vectors: WordVectors, units: Sequence[str], texts: Sequence[Sequence[str]], held: Sequence[Sequence[float]]
) -> NDArray[np.float64]:
    """Return how well each text, given as its words, holds each unit, 0 to 1, shape (texts, units).

    It holds a unit as well as `held` says, or as well as its likest word means the same: late interaction (Khattab &
    Zaharia, 2020) over static vectors.
    """
    if not units or not texts:
        return np.zeros((len(texts), len(units)))
    places = {word: at for at, word in enumerate(dict.fromkeys(word for text in texts for word in text))}
    likeness = alike(vectors.of(list(places)) @ vectors.of(units).T)
    likeness = np.vstack([likeness, np.zeros((1, len(units)), likeness.dtype)])  # so that every text has a word
    said: list[int] = []
    starts: list[int] = []
    for text in texts:
        starts.append(len(said))
        said += [*map(places.__getitem__, text), len(places)]
    strengths: NDArray[np.float64] = np.maximum(held, np.maximum.reduceat(likeness[said], starts))
    return strengths


def weighed_rows(strengths: NDArray[np.float64], weights: Sequence[float]) -> list[float]:
    """Return the mean of each row's strengths, each weighing as its weight says; 0 where none weighs anything."""
    means: list[float] = (strengths @ np.array(weights, float) / (sum(weights) or 1.0)).tolist()
    return means

"""The scores of words and of vectors in, what they are worth together out. Looks at no passage.

A part is standardised over the passages of its language, so that BM25 and cosines can be added with weights that
`python -m bench.fit` wrote for each language pair.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.segments.vectors import Spread
from qa.fitted import fitted

FEW = 200


@dataclass(frozen=True, slots=True)
class Weights:
    """How the standardised parts are added for one language pair, question → passage."""

    words: float
    cosine: float
    edition: float
    offset: float


def fitted_weights() -> dict[str, Weights]:
    """Return the weights that `python -m bench.fit` wrote, per language pair."""
    return {pair: Weights(**values) for pair, values in fitted("weights").items()}


def standardise(scores: NDArray[np.float32], of_own: Spread, of_all: Spread | None = None) -> NDArray[np.float32]:
    """Return scores less the mean of all that they are among, over its standard deviation; zeros where none differ.

    With `of_all`, the spread of the whole Library's scores, both are drawn towards its mean and deviation as if FEW of
    its passages stood beside: among three English pages in a Korean Library, being the best says little.
    """
    count = max(of_own.count, 1)
    mean, square = of_own.total / count, of_own.square / count
    if of_all is not None and of_all.count > count:
        mean = (count * mean + FEW * of_all.total / of_all.count) / (count + FEW)
        square = (count * square + FEW * of_all.square / of_all.count) / (count + FEW)
    spread = max(0.0, square - mean * mean) ** 0.5
    if spread < 1e-6:
        return np.zeros_like(scores)
    scaled: NDArray[np.float32] = (scores - np.float32(mean)) / np.float32(spread)
    return scaled

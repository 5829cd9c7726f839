"""A stored passage in, what is compared with questions out: its sentences, their terms and vectors.

The passages taken apart last are remembered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.sentences import sentence_spans
from index.store import StoredPassage

REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence: its terms with those of its heading, and its first few in order."""

    text: str
    in_context: frozenset[str]
    opening: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage taken apart; `vectors` are the sentences' unit vectors, float32, shape (sentences, dimension).

    `words` are its terms as they are written, each once.
    """

    sentences: tuple[SentenceView, ...]
    vectors: NDArray[np.float32]
    words: tuple[str, ...]
    terms: frozenset[str]
    heading: frozenset[str]
    path: frozenset[str]
    title: frozenset[str]


class Inspector:
    """Takes passages apart."""

    def __init__(self, analyser: Analyser, embedder: Embedder) -> None:
        self._analyser = analyser
        self._embedder = embedder
        self.view = lru_cache(maxsize=REMEMBERED)(self._view)

    def _view(self, passage: StoredPassage) -> PassageView:
        heading = frozenset(self._analyser.words(passage.path[-1])) if passage.path else frozenset()
        path = frozenset(self._analyser.words(" / ".join(passage.path)))
        title = frozenset(self._analyser.words(passage.title))
        sentences = tuple(self._sentences(passage, heading))
        terms = self._analyser.terms(passage.text)
        return PassageView(
            sentences=sentences,
            vectors=self._embedder.embed_passages([sentence.text for sentence in sentences]),
            words=tuple(dict.fromkeys(passage.text[term.start : term.end] for term in terms)),
            terms=frozenset(term.text for term in terms) | path | title,
            heading=heading,
            path=path,
            title=title,
        )

    def _sentences(self, passage: StoredPassage, heading: frozenset[str]) -> Sequence[SentenceView]:
        found = []
        for start, end in sentence_spans(passage.text):
            text = passage.text[start:end]
            words = self._analyser.words(text)
            found.append(SentenceView(text, frozenset(words) | heading, tuple(words[:8])))
        return found

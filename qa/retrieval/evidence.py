"""A stored passage in, what is compared with questions out: its sentences, their terms and vectors.

The passages taken apart last are remembered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser, Term
from index.embed import Embedder
from index.sentences import sentence_spans
from index.storage.record import StoredPassage
from qa.words.word_vectors import WordVectors

REMEMBERED = 3_000  # passages, of some 40 KB each


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence: its terms with those of its heading, its first few in order, and its words as they are written."""

    text: str
    in_context: frozenset[str]
    opening: tuple[str, ...]
    words: tuple[str, ...]


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
    """Takes passages apart; `word_vectors` are those of their words and of what is asked."""

    def __init__(self, analyser: Analyser, embedder: Embedder) -> None:
        self._analyser = analyser
        self._embedder = embedder
        self.word_vectors = WordVectors(embedder)
        self.view = lru_cache(maxsize=REMEMBERED)(self._view)
        self._words = lru_cache(maxsize=REMEMBERED)(lambda text: frozenset(analyser.words(text)))

    def _view(self, passage: StoredPassage) -> PassageView:
        heading = self._words(passage.path[-1]) if passage.path else frozenset[str]()
        path, title = self._words(" / ".join(passage.path)), self._words(passage.title)
        terms = self._analyser.terms(passage.text)
        sentences = tuple(_sentences(passage.text, terms, heading))
        return PassageView(
            sentences=sentences,
            vectors=self._embedder.embed_passages([sentence.text for sentence in sentences]),
            words=written(passage.text, terms),
            terms=frozenset(term.text for term in terms) | path | title,
            heading=heading,
            path=path,
            title=title,
        )


def written(text: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """Return terms as they are written in a text, each once."""
    return tuple(dict.fromkeys(text[term.start : term.end] for term in terms))


def _sentences(text: str, terms: Sequence[Term], heading: frozenset[str]) -> Iterator[SentenceView]:
    for start, end in sentence_spans(text):
        own = [term for term in terms if start <= term.start and term.end <= end]
        words = [term.text for term in own]
        yield SentenceView(text[start:end], frozenset(words) | heading, tuple(words[:8]), written(text, own))

"""A claim or a source in, what it is compared by out: terms, weights, vectors and names. Compares nothing."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser, Term, is_name_like
from index.embed import Embedder
from index.load import Language
from qa.check.align import Words
from qa.check.claim import FRAME_WEIGHT, Claim, Vector
from qa.check.lexicon import SHARED_AXES
from qa.check.line import SourceView
from qa.check.naming import Name, names
from qa.check.phrases import FRAME_WORDS
from qa.check.polarity import Pole
from qa.check.quantities import Quantity
from qa.check.spans import Span, is_hangul, meet, meets_any
from qa.check.statement import read, statements
from qa.words.bridge import Bridge, Unit
from qa.words.word_vectors import WordVectors

UNHEARD = 0.95  # rarity from which a word with a capital is a name, at the beginning of a sentence as well
COMMONEST = 0.2  # the weight of a word that is everywhere, beside 1 for the rarest
LANGUAGES: tuple[Language, ...] = ("ko", "en")
REMEMBERED = 500  # sources, of some 80 KB each


class Preparer:
    """Takes claims and sources apart; sources are remembered."""

    def __init__(self, analyser: Analyser, embedder: Embedder, bridge: Bridge, known: frozenset[str]) -> None:
        """Take what the pipeline has; `known` are names of methods and the like."""
        self._analyser = analyser
        self._embedder = embedder
        self._bridge = bridge
        self._known = known
        self._vectors = WordVectors(embedder)
        self.source = lru_cache(maxsize=REMEMBERED)(self._source)

    def claim(self, text: str, language: Language) -> Claim:
        """Take a claim apart."""
        statement = read(text, self._analyser, known=self._known)
        numbers = [
            (quantity.start, quantity.end) for quantity in statement.quantities if not (quantity.size or quantity.label)
        ]
        terms = [term for term in statement.terms if not meets_any((term.start, term.end), numbers)]
        units = tuple(self._bridge.units(terms, text))
        spans = tuple(tuple(_places(unit.written, text)) for unit in units)
        member = np.zeros((len(statement.parts), len(units)), np.bool_)
        for at, places in enumerate(spans):
            for place in places:
                member[statement.parts_of(*place), at] = True
        weights = np.array([_weight(unit) for unit in units], float)
        vectors = self._vectors.of([unit.written for unit in units])
        for at, unit in enumerate(units):
            if is_name_like(unit.written) or _one_syllable(unit.written):
                vectors[at] = 0.0
        vocabulary: dict[Language, list[frozenset[str]]] = {
            tongue: [frozenset(term for form in unit.forms[tongue] for term in form.terms) for unit in units]
            for tongue in LANGUAGES
        }
        unheard = {unit.written for unit in units if unit.rarity >= UNHEARD and unit.written[:1].isupper()}
        if unheard:
            statement = replace(statement, names=names(text, self._known, unheard))
        of_names = _meeting(spans, [*statement.names, *(q for q in statement.quantities if q.size)])
        turning = _meeting(spans, [pole for pole in statement.poles if pole.axis in SHARED_AXES])
        return Claim(
            statement, language, units, spans, _as_array(spans), weights, vectors, member, of_names, turning, vocabulary
        )

    def _source(self, text: str, language: Language, heading: str) -> SourceView:
        found = tuple(statements(text, self._analyser, self._known))
        return SourceView(
            language=language,
            heading_text=heading,
            statements=found,
            vectors=self._embedder.embed_passages([statement.text for statement in found]),
            words=tuple(self._words(statement.text, statement.terms) for statement in found),
            heading=self._words(heading, self._analyser.terms(heading)),
        )

    def _words(self, text: str, terms: Sequence[Term]) -> Words:
        vectors = self._vectors.of([text[t.start : t.end] if t.start >= 0 else t.text for t in terms])
        places: dict[str, list[int]] = {}
        for at, term in enumerate(terms):
            places.setdefault(term.text, []).append(at)
            if _one_syllable(term.text):
                vectors[at] = 0.0
        return Words(frozenset(places), places, vectors)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of texts."""
        return self._embedder.embed_passages(texts)


def _weight(unit: Unit) -> float:
    framing = set(unit.written.lower().split()) <= FRAME_WORDS or (
        unit.language == "ko" and set(unit.own) <= FRAME_WORDS
    )
    return (COMMONEST + (1 - COMMONEST) * unit.rarity) * (FRAME_WEIGHT if framing else 1.0)


def _one_syllable(word: str) -> bool:
    return len(word) == 1 and is_hangul(word)


def _places(written: str, text: str) -> list[Span]:
    """Return where a unit stands in a claim, as it is written there."""
    found: list[Span] = []
    at = text.find(written)
    while at != -1:
        found.append((at, at + len(written)))
        at = text.find(written, at + len(written))
    return found


def _as_array(spans: Sequence[Sequence[Span]]) -> Vector:
    """Return places as an array, shape (units, most places of one, 2)."""
    found = np.full((len(spans), max(map(len, spans), default=0) or 1, 2), -math.inf)
    found[..., 0] = math.inf
    for at, places in enumerate(spans):
        for n, place in enumerate(places):
            found[at, n] = place
    return found


def _meeting(spans: Sequence[Sequence[Span]], others: Sequence[Name | Pole | Quantity]) -> NDArray[np.bool_]:
    """Return which of several units overlap one of some other things."""
    return np.array([any(meet(span, (o.start, o.end)) for span in places for o in others) for places in spans], bool)

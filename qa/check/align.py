"""A claim and some terms of a source in, how well each of the terms bears out each of the claim's units out.

A unit is borne out by its own words, by a name in the other language (the bridge), or by a word that means nearly the
same (static vectors). Numbers are left out: `quantities` compares them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.load import Language
from qa.check.claim import Claim, Vector
from qa.check.spans import meet, meets_any
from qa.check.statement import Statement

Matrix = NDArray[np.float64]

_UNALIKE, _ALIKE, _SOFT_SHARE = 0.3, 0.5, 0.8  # cosines of words from which, over which, and how much they count
SAME_POLE = 0.6  # how well a word bears out another one at the same end of an axis


@dataclass(frozen=True, slots=True)
class Words:
    """Terms ready to be compared: their texts, where each stands among them, and vectors, zeros for short ones."""

    texts: frozenset[str]
    places: Mapping[str, list[int]]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How terms bear out a claim's units: by meaning, `soft[unit, term]`, and by name.

    `named[unit, term]` says which terms are words of the name that bears a unit out, `strengths` how well it does,
    `sizes` of how many words it is, `matrix[unit, term]` either.
    """

    soft: Matrix
    named: NDArray[np.bool_]
    strengths: Vector
    sizes: Vector
    matrix: Matrix

    def most(self, terms: NDArray[np.bool_] | Sequence[int] | None = None) -> Vector:
        """Return how well some of the terms together, or all, bear out each unit: a name by its share of words."""
        soft, named = (self.soft, self.named) if terms is None else (self.soft[:, terms], self.named[:, terms])
        if not soft.shape[1]:
            return np.zeros(len(self.strengths))
        found: Vector = np.maximum(soft.max(axis=1), self.strengths * np.minimum(named.sum(axis=1) / self.sizes, 1.0))
        return found


def alignment(claim: Claim, words: Words, language: Language, statement: Statement | None = None) -> Alignment:
    """Lay the units of a claim beside some terms, those of a statement or of a heading.

    Opposites are much alike by their vectors, and do not bear each other out.
    """
    size = (len(claim.units), len(words.vectors))
    named = np.zeros(size, np.bool_)
    strengths, sizes = np.zeros(size[0]), np.ones(size[0])
    if not all(size):
        return Alignment(np.zeros(size), named, strengths, sizes, np.zeros(size))
    soft = np.clip((claim.vectors @ words.vectors.T - _UNALIKE) / _ALIKE, 0.0, 1.0).astype(float) * _SOFT_SHARE
    for mine, yours, same in _poles(claim, statement) if statement else ():
        soft[np.ix_(mine, yours)] = np.maximum(soft[np.ix_(mine, yours)], SAME_POLE) if same else 0.0
    for at, unit in enumerate(claim.units):
        if claim.vocabulary[language][at].isdisjoint(words.texts):
            continue
        strength, form = unit.match(words.texts, language)
        if form is not None:
            held = words.texts.intersection(form.terms)
            for text in held:
                named[at, words.places[text]] = True
            strengths[at], sizes[at] = strength, len(held)
    return Alignment(soft, named, strengths, sizes, np.maximum(soft, named * strengths[:, None]))


def _poles(claim: Claim, statement: Statement) -> Iterator[tuple[list[int], list[int], bool]]:
    """Yield the units and the terms that stand on one axis, and whether at the same end."""
    for mine in claim.statement.poles:
        for yours in statement.poles:
            if mine.axis == yours.axis:
                units = [at for at, spans in enumerate(claim.spans) if meets_any((mine.start, mine.end), spans)]
                terms = [at for at, t in enumerate(statement.terms) if meet((t.start, t.end), (yours.start, yours.end))]
                yield units, terms, mine.upper == yours.upper

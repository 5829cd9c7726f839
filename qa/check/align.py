"""A claim and a statement of a source in, which of the claim's units each of the statement's terms bears out.

A unit is borne out by its own words, by a name in the other language (the bridge), or by a word that means nearly the
same (static vectors). Numbers are left out: `quantities` compares them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser, Term, is_name_like
from index.embed import Embedder
from index.load import Language
from qa.bridge import Bridge, Unit
from qa.check.lexicon import FRAME_WORDS, SHARED_AXES
from qa.check.naming import Name, names
from qa.check.polarity import Pole, Span
from qa.check.statement import Statement, read, statements

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

FRAME_WEIGHT = 0.15
HEADING_SHARE = 0.8  # how much a word of the headings counts beside one of the sentence
ELSEWHERE, HEADING_PART = 0.6, 0.5  # how much a word of the same sentence, of the heading, counts for one of its parts
_UNALIKE, _ALIKE, _SOFT_SHARE = 0.3, 0.5, 0.8  # cosines of words from which, over which, and how much they count
EVERYWHERE = 0.1  # how much a unit counts for what stands elsewhere in its claim
BORNE_OUT = 0.4
FRAMED = 0.16
OUTWEIGHS = 2.5
REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim taken apart: its units with their places, their weights and their parts, and the names in it.

    `member[part, unit]` says in which parts of the statement a unit stands, `of_names` which units are of
    names, `literal` which have no vector to be trusted, `turning` which say more or less of something.
    """

    statement: Statement
    language: Language
    units: tuple[Unit, ...]
    spans: tuple[tuple[Span, ...], ...]
    weights: Vector
    vectors: NDArray[np.float32]
    member: NDArray[np.bool_]
    names: tuple[Name, ...]
    of_names: NDArray[np.bool_]
    literal: NDArray[np.bool_]
    turning: NDArray[np.bool_]

    def near(self, start: int, end: int, weights: Vector) -> Vector:
        """Return the units' weights as they count for what stands at a place: most in its part, more the closer."""
        parts = self.statement.parts_of(start, end)
        inside = self.member[parts].any(axis=0) if parts else np.zeros(len(self.units), np.bool_)
        gaps = np.array([min((_gap(span, (start, end)) for span in spans), default=99) for spans in self.spans], float)
        return weights * (np.where(inside, 1.0, 0.25) * (0.25 + 0.75 * np.exp(-gaps / 10)) + EVERYWHERE)


    def closest(self, start: int, end: int, held: Vector) -> Vector:
        """Return weights of the units in the part of a place that are held somewhere: 1 for the closest, then half."""
        near = self.near(start, end, np.ones(len(self.units)))
        near = np.where((held >= BORNE_OUT) & ~self.turning, near, 0.0)
        weights = np.zeros(len(self.units))
        order = [at for at in np.argsort(-near, kind="stable") if near[at] > 0]
        weights[order] = 0.5 ** np.arange(len(order))
        return weights * np.where(self.weights < FRAMED, FRAME_WEIGHT, 1.0)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source taken apart; `vectors` are its statements', `words` those of each statement's terms.

    `heading` holds the terms of its heading.
    """

    text: str
    language: Language
    heading_text: str
    statements: tuple[Statement, ...]
    vectors: NDArray[np.float32]
    words: tuple[NDArray[np.float32], ...]
    heading: tuple[Term, ...]
    heading_words: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How terms bear out a claim's units: by meaning, `soft[unit, term]`, and by name.

    `named[unit, term]` says which terms are words of the name that bears a unit out, `strengths` how well it does,
    `sizes` of how many words it is.
    """

    soft: Matrix
    named: NDArray[np.bool_]
    strengths: Vector
    sizes: Vector

    @property
    def matrix(self) -> Matrix:
        """How well each term, or the name that it is a word of, bears out each unit, shape (units, terms)."""
        found: Matrix = np.maximum(self.soft, self.named * self.strengths[:, None])
        return found

    def most(self, terms: NDArray[np.bool_] | Sequence[int] | None = None) -> Vector:
        """Return how well some of the terms together, or all, bear out each unit: a name by its share of words."""
        soft, named = (self.soft, self.named) if terms is None else (self.soft[:, terms], self.named[:, terms])
        if not soft.shape[1]:
            return np.zeros(len(self.strengths))
        found: Vector = np.maximum(soft.max(axis=1), self.strengths * np.minimum(named.sum(axis=1) / self.sizes, 1.0))
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source, by how well it bears out each unit and by the share that it fits; not found without units."""

    fit: float = 0.0
    held: Vector | None = None

    @property
    def found(self) -> bool:
        """Whether there is such a place."""
        return self.held is not None


def preference(weights: Vector, one: Place, other: Place) -> float:
    """Return how much weight speaks for one place against another; 0 where much speaks for the other, too."""
    if one.held is None or other.held is None:
        return 0.0
    differing = weights * (one.held - other.held)
    gained, lost = float(differing[differing > 0].sum()), -float(differing[differing < 0].sum())
    return gained - lost if gained > OUTWEIGHS * lost else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of a source beside a claim.

    `inside` says how well it bears out the claim's units, `above` how well its heading does, `alone[part, unit]` how
    well each of its parts does by itself, `parts` in the statement's context.
    """

    source: int
    statement: Statement
    language: Language
    aligned: Alignment
    inside: Vector
    above: Vector
    alone: Matrix
    parts: Matrix
    cosine: float

    @property
    def held(self) -> Vector:
        """How well the statement under its heading bears out each unit."""
        held: Vector = np.maximum(self.inside, HEADING_SHARE * self.above)
        return held

    def place(self, weights: Vector, parts: Sequence[int]) -> "Place":
        """Return the one of some of its parts that bears out most of the weights."""
        if not parts:
            return Place(self.fit(weights), self.held)
        best = max(parts, key=lambda part: float(weights @ self.parts[part]))
        return Place(self.fit(weights, [best]), self.parts[best])

    def alone_at(self, weights: Vector, start: int, end: int) -> "Place":
        """Return the part around a place that bears out most of the weights, by itself."""
        parts = self.statement.parts_of(start, end)
        places = [Place(float(weights @ self.alone[part]), self.alone[part]) for part in parts]
        return max(places, key=lambda place: place.fit, default=Place())

    def fit(self, weights: Vector, parts: Sequence[int] | None = None) -> float:
        """Return the share of the weights that the statement, or the best of some of its parts, bears out."""
        total = float(weights.sum())
        if total <= 0:
            return 0.0
        if parts is None:
            return float(weights @ self.held) / total
        return max((float(weights @ self.parts[part]) / total for part in parts), default=0.0)


class Aligner:
    """Takes claims and sources apart and lays them side by side."""

    def __init__(self, analyser: Analyser, embedder: Embedder, bridge: Bridge, known: frozenset[str]) -> None:
        """Take what the pipeline has; `known` are names of methods and the like."""
        self._analyser = analyser
        self._embedder = embedder
        self._bridge = bridge
        self._known = known
        self.source = lru_cache(maxsize=REMEMBERED)(self._source)

    def claim(self, text: str, language: Language) -> Claim:
        """Take a claim apart."""
        statement = read(text, self._analyser)
        numbers = [(quantity.start, quantity.end) for quantity in statement.quantities if not (quantity.size or quantity.label)]
        terms = [term for term in statement.terms if not _within_any(term, numbers)]
        units = tuple(self._bridge.units(terms, text))
        spans = tuple(tuple(_places(unit.written, text)) for unit in units)
        member = np.zeros((len(statement.parts), len(units)), np.bool_)
        for at, places in enumerate(spans):
            for place in places:
                member[statement.parts_of(*place), at] = True
        weights = np.array([_weight(unit) for unit in units], float)
        vectors = self._embedder.embed_passages([unit.written for unit in units])
        found = names(text, self._known)
        of_names = _meeting(spans, found)
        literal = np.array([is_name_like(unit.written) or _one_syllable(unit.written) for unit in units], bool)
        turning = _meeting(spans, [pole for pole in statement.poles if pole.axis in SHARED_AXES])
        return Claim(statement, language, units, spans, weights, vectors, member, found, of_names, literal, turning)

    def _source(self, text: str, language: Language, heading: str) -> SourceView:
        found = tuple(statements(text, self._analyser))
        headings = tuple(self._analyser.terms(heading))
        return SourceView(
            text=text,
            language=language,
            heading_text=heading,
            statements=found,
            vectors=self._embedder.embed_passages([statement.text for statement in found]),
            words=tuple(self._words(statement.text, statement.terms) for statement in found),
            heading=headings,
            heading_words=self._words(heading, headings),
        )

    def _words(self, text: str, terms: Sequence[Term]) -> NDArray[np.float32]:
        return self._embedder.embed_passages([text[t.start : t.end] if t.start >= 0 else t.text for t in terms])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of texts."""
        return self._embedder.embed_passages(texts)


def lines(claim: Claim, sources: Sequence[SourceView], vector: NDArray[np.float32]) -> list[Line]:
    """Lay a claim beside all statements of its sources; `vector` is the claim's."""
    found: list[Line] = []
    for number, source in enumerate(sources):
        above = alignment(claim, source.heading, source.heading_words, source.language).most()
        cosines = source.vectors @ vector
        for statement, words, cosine in zip(source.statements, source.words, cosines.tolist(), strict=True):
            aligned = alignment(claim, statement.terms, words, source.language, statement.poles)
            inside = aligned.most()
            alone = np.array([aligned.most(terms) for terms in statement.member]).reshape(len(statement.member), len(claim.units))
            parts = np.maximum(alone, np.maximum(ELSEWHERE * inside, HEADING_PART * above))
            found.append(Line(number, statement, source.language, aligned, inside, above, alone, parts, cosine))
    return found


def alignment(
    claim: Claim, terms: Sequence[Term], words: NDArray[np.float32], language: Language, poles: Sequence[Pole] = ()
) -> Alignment:
    """Lay the units of a claim beside some terms; `words` are the terms' vectors, `poles` those among them.

    Opposites are much alike by their vectors, and do not bear each other out.
    """
    size = (len(claim.units), len(terms))
    if not terms or not claim.units:
        return Alignment(np.zeros(size), np.zeros(size, np.bool_), np.zeros(size[0]), np.ones(size[0]))
    present = frozenset(term.text for term in terms)
    soft = np.clip((claim.vectors @ words.T - _UNALIKE) / _ALIKE, 0.0, 1.0).astype(float) * _SOFT_SHARE
    soft[claim.literal] = 0.0
    soft[:, [_one_syllable(term.text) for term in terms]] = 0.0
    for mine in claim.statement.poles:
        for yours in poles:
            if mine.axis == yours.axis and mine.upper != yours.upper:
                units = [at for at, spans in enumerate(claim.spans) if any(_meet(s, (mine.start, mine.end)) for s in spans)]
                there = [at for at, term in enumerate(terms) if _meet((term.start, term.end), (yours.start, yours.end))]
                soft[np.ix_(units, there)] = 0.0
    by_name = np.zeros(size, np.bool_)
    strengths, sizes = np.zeros(size[0]), np.ones(size[0])
    for at, unit in enumerate(claim.units):
        strength, form = unit.match(present, language)
        if form is not None:
            held = present.intersection(form.terms)
            by_name[at] = [term.text in held for term in terms]
            strengths[at], sizes[at] = strength, len(held)
    return Alignment(soft, by_name, strengths, sizes)


def _weight(unit: Unit) -> float:
    framing = set(unit.written.lower().split()) <= FRAME_WORDS or (unit.language == "ko" and set(unit.own) <= FRAME_WORDS)
    return (0.2 + 0.8 * unit.rarity) * (FRAME_WEIGHT if framing else 1.0)


def _one_syllable(word: str) -> bool:
    return len(word) == 1 and "가" <= word <= "힣"


def _places(written: str, text: str) -> list[Span]:
    """Return where a unit stands in a claim, as it is written there."""
    found: list[Span] = []
    at = text.find(written)
    while at != -1:
        found.append((at, at + len(written)))
        at = text.find(written, at + len(written))
    return found


def _meeting(spans: Sequence[Sequence[Span]], others: Sequence[Name | Pole]) -> NDArray[np.bool_]:
    """Return which of several units overlap one of some other things."""
    return np.array([any(_meet(span, (o.start, o.end)) for span in places for o in others) for places in spans], bool)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within_any(term: Term, spans: Sequence[Span]) -> bool:
    return any(start < term.end and term.start < end for start, end in spans)


def _gap(one: Span, other: Span) -> int:
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))

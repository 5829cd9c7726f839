"""A Run, its best hit and the sentences shown in, what of the question they leave open out. Refuses nothing.

A question on a known topic may ask for something that is not said of it. Its units then lie in the section but for one,
and it depends on that one's word whether this tells: an answer need not repeat "name" or "come about", but it holds
"temperature" or "licence". How much a word needs to be held is learned from known questions, by the word's vector.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.load import Language
from qa.fitted import fitted
from qa.question.query import question_kind
from qa.retrieval.asked import NOTHING_ALIKE, AskedQuestions, KnownQuestions
from qa.retrieval.evidence import Inspector, PassageView
from qa.retrieval.retrieve import Hit, Run
from qa.words.patterns import compiled
from qa.words.word_vectors import alike

# What is missing weighs as much as its word says and needs to be held. "together": in a sentence that holds the others.
ATTRIBUTE_FEATURES = (
    "section_missing",
    "known_missing",  # neither in the section nor in its known questions
    "known_most_missing",
    "soft_missing",  # nor by a word that means nearly the same
    "soft_most_missing",
    "soft_need_missing",  # likewise, however rare the word
    "shown_missing",
    "together_share_missing",
    "together_most_missing",
    "known_together_share_missing",
    "known_together_most_missing",
    "best_share_missing",  # in the sentence that holds most
    "best_most_missing",
    "either_share_missing",  # together in a sentence or in a known question
    "either_most_missing",
    "known_coverage",
    "known_cosine",
    "known_words",
    "known_meaning",
    "known",
    "likest",  # of all sections' known questions
    "behind_likest",
    "known_kind",
    "known_number",
    "open",  # share of the likest questions' votes
    "open_here",
    "known_odds",
    "known_nearer",
    "units",
    "union",
    "sentence_coverage",
    "sentence_cosine",
    "asks_number",
    "new_number",
    "asks_who",
    "score",
    "margin",
    "cross",
    "length",
)
Vector = NDArray[np.float64]
HEADING_SHARE = 0.8  # how much a word of the headings counts beside one of the sentence
_SHARPNESS = 3  # words that need not be held hardly count
_LEAST = 0.1  # mass below which a share says nothing
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ASKS_NUMBER = compiled(r"몇|얼마|how (?:many|much|long|large|often)|what (?:share|percent|fraction|score|rate)")


@dataclass(frozen=True, slots=True)
class Needs:
    """How much a word needs to be held where it is asked for, linear in its vector."""

    weights: NDArray[np.float32]
    bias: float

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "Needs":
        """Return what a fit stored."""
        return cls(np.array(stored["weights"], np.float32), stored["bias"])

    def of(self, vectors: NDArray[np.float32]) -> Vector:
        """Return for unit vectors of words, shape (words, dimension), how much each needs to be held, 0 to 1."""
        missed = np.clip(vectors @ self.weights + self.bias, 0.0, 1.0)
        return np.asarray((1.0 - missed) ** _SHARPNESS, np.float64)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a section's known questions say of the asked one: `held` and `together` by unit, the rest of the likest."""

    held: Vector
    together: Vector
    coverage: float = 0.0
    cosine: float = 0.0
    kind: float = 0.0
    number: float = 0.0


class AttributeReader:
    """Reads what of a question a section leaves open."""

    def __init__(
        self,
        inspector: Inspector,
        embedder: Embedder,
        asked: AskedQuestions,
        needs: Needs | None = None,
    ) -> None:
        """Use fitted needs unless others are given."""
        self._inspector = inspector
        self._embedder = embedder
        self._asked = asked
        self._needs = needs or fitted_needs()

    def read(
        self, run: Run, hit: Hit, shown: Sequence[tuple[frozenset[str], str]], language: Language
    ) -> tuple[float, ...]:
        """Return what the section of `hit` leaves open, in the order of ATTRIBUTE_FEATURES.

        `shown` are the terms and texts of the sentences that would be shown, in `language`.
        """
        place = hit.passage.work, hit.passage.section_id
        hits = [other for other in run.hits if (other.passage.work, other.passage.section_id) == place]
        views = [(self._inspector.view(other.passage), other.passage.language) for other in hits]
        units = self._inspector.word_vectors.of([unit.written for unit in run.units])
        question = self._embedder.embed_question(run.query.text)
        known_questions = self._asked.of(place, run.query.language) if hit.likeness is not None else None
        known = _known(run, known_questions, question)
        section = _most([np.array([match.strength for match in other.matches]) for other in hits], len(run.units))
        seen = _most([np.array(run.matcher.strengths(terms, language)) for terms, _ in shown], len(run.units))
        best, coverage, together = _sentences(run, views)
        either = np.maximum(section, known.held)
        soft = np.maximum(either, self._soft(units, views, known_questions))
        idfs = np.array(run.idfs)
        missing = _missing(idfs, self._needs.of(units), section, either, soft, seen)
        missing += _shares(idfs * self._needs.of(units), together, known.together, best)
        cosine = max((float((view.vectors @ question).max()) for view, _ in views if view.sentences), default=0.0)
        union = float(idfs @ section) / max(float(idfs.sum()), 1e-6)
        return (
            *missing,
            *_of_known(run, hit, known, known_questions),
            *_plain(run, hit, union, coverage, cosine, shown),
        )

    def _soft(
        self,
        units: NDArray[np.float32],
        views: Sequence[tuple[PassageView, Language]],
        known: KnownQuestions | None,
    ) -> Vector:
        """Return for each unit how well a word of the section or of its known questions means the same."""
        words = [view.words for view, _ in views if view.words]
        if known is not None and known.words:
            words.append(known.words)
        cosines = _most([(self._inspector.word_vectors.of(some) @ units.T).max(axis=0) for some in words], len(units))
        return np.asarray(alike(cosines), np.float64)


def _known(run: Run, known: KnownQuestions | None, question: NDArray[np.float32]) -> _Known:
    """Return what a section's known questions say; nothing where there are none."""
    nothing = np.zeros(len(run.units))
    if known is None:
        return _Known(nothing, nothing)
    idfs = np.array(run.idfs)
    held = [np.array(run.matcher.strengths(terms, run.query.language)) for terms in known.terms]
    coverages = np.array([float(idfs @ one) for one in held]) / max(float(idfs.sum()), 1e-6)
    cosines = known.vectors @ question
    likest = int(np.argmax(coverages + cosines))
    numbers = _asks_number(run) and any(_ASKS_NUMBER.search(text) for text in known.texts)
    return _Known(
        held=_most(held, len(idfs)),
        together=_most([_beside(idfs, one, one) for one in held], len(idfs)),
        coverage=float(coverages.max()),
        cosine=float(cosines.max()),
        kind=float(question_kind(known.texts[likest]) == run.query.kind),
        number=float(numbers),
    )


def _sentences(run: Run, views: Sequence[tuple[PassageView, Language]]) -> tuple[Vector, float, Vector]:
    """Return how well the sentence that holds most holds each unit, its coverage, and `together` for each unit."""
    idfs = np.array(run.idfs)
    best, coverage, together = np.zeros(len(idfs)), 0.0, np.zeros(len(idfs))
    total = max(float(idfs.sum()), 1e-6)
    for view, language in views:
        above = HEADING_SHARE * np.array(run.matcher.strengths(view.path | view.title, language))
        for sentence in view.sentences:
            inside = np.array(run.matcher.strengths(sentence.in_context, language))
            context = np.maximum(inside, above)
            covered = float(idfs @ context) / total
            if covered > coverage:
                best, coverage = inside, covered
            together = np.maximum(together, _beside(idfs, inside, context))
    return best, coverage, together


def _beside(idfs: Vector, inside: Vector, context: Vector) -> Vector:
    """Return for each unit how well it is held times the share of the others' mass that the context holds."""
    others = idfs.sum() - idfs
    held = (idfs @ context - idfs * context) / np.maximum(others, 1e-6)
    return np.asarray(inside * np.where(others < 1e-6, 1.0, held), np.float64)


def _missing(idfs: Vector, need: Vector, section: Vector, either: Vector, soft: Vector, seen: Vector) -> list[float]:
    """Return the first seven features: sums and highest values of what is missing."""
    mass = idfs * need
    by_soft = (1 - soft) * mass
    return [
        float(((1 - section) * mass).sum()),
        float(((1 - either) * mass).sum()),
        float(((1 - either) * mass).max(initial=0.0)),
        float(by_soft.sum()),
        float(by_soft.max(initial=0.0)),
        float(((1 - soft) * need).max(initial=0.0)),
        float(((1 - seen) * mass).sum()),
    ]


def _shares(mass: Vector, together: Vector, known: Vector, best: Vector) -> list[float]:
    """Return for each way to be held which share of the mass is missing, and the most that one unit misses."""
    total = max(float(mass.sum()), _LEAST)
    missing = [(1 - held) * mass for held in (together, known, best, np.maximum(together, known))]
    return [value for one in missing for value in (float(one.sum()) / total, float(one.max(initial=0.0)))]


def _of_known(run: Run, hit: Hit, known: _Known, questions: KnownQuestions | None) -> tuple[float, ...]:
    """Return the features from `known_coverage` to `known_nearer`."""
    own = hit.likeness or NOTHING_ALIKE
    likest = max((other.likeness.total for other in run.hits if other.likeness), default=0.0)
    return (
        known.coverage,
        known.cosine,
        own.words,
        own.meaning,
        float(questions is not None),
        likest,
        own.total - likest,
        known.kind,
        known.number,
        own.open,
        own.open_here,
        own.odds,
        own.nearer,
    )


def _plain(
    run: Run, hit: Hit, union: float, coverage: float, cosine: float, shown: Sequence[tuple[frozenset[str], str]]
) -> tuple[float, ...]:
    """Return the features from `units` on."""
    new = set(NUMBER.findall(" ".join(text for _, text in shown))) - set(NUMBER.findall(run.query.text))
    return (
        float(len(run.units)),
        union,
        coverage,
        cosine,
        float(_asks_number(run)),
        float(bool(new)),
        float(run.query.kind == "who-when"),
        hit.score,
        run.margin(hit),
        float(hit.passage.language != run.query.language),
        float(len(run.query.text)),
    )


def _asks_number(run: Run) -> bool:
    return run.query.kind == "number" or bool(_ASKS_NUMBER.search(run.query.text))


def _most(rows: Sequence[NDArray[Any]], size: int) -> Vector:
    """Return the highest value of each column; zeros where there is no row."""
    return np.asarray(np.max(rows, axis=0) if rows else np.zeros(size), np.float64)


@cache
def fitted_needs() -> Needs:
    """Return what `python -m bench.fit` wrote."""
    return Needs.from_stored(fitted("needs"))

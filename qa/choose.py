"""Sections in, the sentences that answer a question out, in reading order. Knows no library; checks no quotation."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Document
from index.outline import Section
from index.sentences import sentence_spans
from qa.bridge import weighed
from qa.cite import Evidence
from qa.fitted import fitted
from qa.items import enumerates, item_spans
from qa.query import Query
from qa.retrieve import Run
from qa.signals import defines, introduces
from qa.wording import LIMITATIONS, Kind

_MOST: dict[Kind, int] = {
    "number": 2,
    "who-when": 2,
    "definition": 3,
    "list": 3,
    "yes-no": 3,
    "comparison": 4,
    "summary": 5,
}
_DEFAULT_MOST = 4
REMEMBERED = 2_000  # sections taken apart last
WORSE = 1.0  # log-odds by which a further sentence may be worse than the best
SENTENCE_SIGNALS = (
    "coverage",  # of the question's units, by the sentence or its headings
    "inside",  # by the sentence alone
    "cosine",
    "strength",  # of its section's hit
    "best_place",
    "first",
    "first_defines",
    "cued",
    "new_number",
    "enumerates",
    "items",
    "limits",  # asked for, and named in the sentence
    "defines",
    "leans",
    "row",  # of a table
    "length",
)
# How near the nearest known question comes that the sentence answers, and how far behind the nearest of all that is.
ASKED_SIGNALS = ("asked", "behind_section", "behind_places")
_HEADING_SHARE = 0.6
# A sentence that points back at the one before it.
_LEANS = re.compile(
    r"(?:이는|이것은|이들은|이러한|이런|이를|그러나|하지만|또한|따라서|그래서|특히)\s"
    r"|이 (?:방법|섹션|연구|경우|과정)\S*\s"
    r"|(?:This|These|It|They|Such|However|Therefore|Thus|Moreover|In addition|For example|Here)\b"
)
_TABLE_RULE = re.compile(r"\s*\n\s*\|[\s:|-]+\|?[ \t]*(?:\n|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NEAR_DUPLICATE = 0.6

_CUES: dict[Kind, re.Pattern[str]] = {
    "definition": re.compile(
        r"\b(?:is|are|means|refers to|stands for)\b"
        r"|(?:이다|방법입니다|것입니다|말한다|뜻한다|가리킨다|의미합니다|입니다)[.\s]*$",
        re.IGNORECASE,
    ),
    "why": re.compile(
        r"\b(?:because|reason|since|so that|therefore|due to|in order)\b|때문|이유|위해|위하여|까닭|므로",
        re.IGNORECASE,
    ),
    "how": re.compile(
        r"\b(?:by|first|then|step|using|through|trains?|samples?)\b|하여|통해|먼저|다음|단계|방식", re.IGNORECASE
    ),
    "who-when": re.compile(r"\b(?:19|20)\d\d\b"),
    "yes-no": re.compile(r"\bnot?\b|않|아니|없", re.IGNORECASE),
}
_LIMITS = re.compile(LIMITATIONS, re.IGNORECASE)
_ASKS_WHO = re.compile(r"\bwho\b|\bwhose\b|\bauthors?\b|누가|누구|저자", re.IGNORECASE)
_WHO = re.compile(r"\bauthors?\b|\bwritten by\b|\bTeam\b|저자|연구진|팀", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A section to read from, with how good its hit is (0 to 1) and the words of its headings and title.

    `asked` is how near a known question comes that each sentence answers (see Likeness); empty without known questions.
    """

    document: Document
    section: Section
    strength: float
    words: frozenset[str]
    asked: tuple[float, ...] = ()

    @property
    def nearest(self) -> float:
        """How near the nearest of the section's known questions comes, 0 to 2."""
        return max(self.asked, default=0.0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section, `section[start:end]`, with its terms; it is the section's `number`-th, from 1."""

    number: int
    start: int
    end: int
    text: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be part of the answer.

    `signals` are what speaks for it, `score` is the log-odds that it answers.
    """

    text: str
    evidence: Evidence
    place: int
    terms: frozenset[str]
    signals: tuple[float, ...]
    score: float


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """Weights of SENTENCE_SIGNALS, and of ASKED_SIGNALS after them where known questions are, with a bias."""

    weights: tuple[float, ...]
    bias: float

    def score(self, signals: Sequence[float]) -> float:
        """Return the log-odds that a sentence answers."""
        return sum(weight * signal for weight, signal in zip(self.weights, signals, strict=True)) + self.bias


class Chooser:
    """Weighs the sentences of sections against a question."""

    def __init__(
        self,
        analyser: Analyser,
        embedder: Embedder,
        plain: SentenceModel | None = None,
        asked: SentenceModel | None = None,
    ) -> None:
        """Use fitted models unless others are given: `asked` for sections with known questions, `plain` for others."""
        self._analyser = analyser
        self._embedder = embedder
        self._plain = plain or fitted_sentences()
        self._asked = asked or fitted_asked_sentences()
        self.take_apart = lru_cache(maxsize=REMEMBERED)(self._take_apart)

    def place(self, document: Document, section: Section, strength: float, asked: tuple[float, ...] = ()) -> Place:
        """Return a section as a place to read from."""
        words = frozenset(self._analyser.words(" / ".join((document.title, *section.path))))
        return Place(document, section, strength, words, asked)

    def choose(self, run: Run, places: Sequence[Place], *, leading: bool = False) -> list[Candidate]:
        """Return the chosen sentences in reading order; with `leading`, the first ones of the first section."""
        candidates = self.candidates(run, places)
        if not candidates:
            return []
        limit = _MOST.get(run.query.kind, _DEFAULT_MOST)
        if leading or run.query.kind == "summary":
            return [candidate for candidate in candidates if candidate.place == 0][: _MOST["summary"]]
        chosen = _best(candidates, limit)
        if all(candidate.place for candidate in chosen):  # the best section always has a say
            first = [candidate for candidate in candidates if candidate.place == 0]
            chosen = [*sorted(first, key=lambda c: -c.score)[:1], *chosen[: limit - 1]]
        return sorted(_with_antecedents(chosen, candidates), key=lambda c: (c.place, c.evidence.start))

    def candidates(self, run: Run, places: Sequence[Place]) -> list[Candidate]:
        """Return all sentences of the sections that say something, in reading order, weighed."""
        question = self._embedder.embed_question(run.query.text)
        nearest = max((place.nearest for place in places), default=0.0)
        found: list[Candidate] = []
        for at, place in enumerate(places):
            text = place.document.text[place.section.start : place.section.end]
            sentences, vectors = self.take_apart(text)
            cosines = (vectors @ question).tolist()
            found += [
                self._candidate(run, place, at, sentence, cosine, nearest)
                for sentence, cosine in zip(sentences, cosines, strict=True)
            ]
        return found

    def _take_apart(self, section: str) -> tuple[tuple[Sentence, ...], NDArray[np.float32]]:
        """Return a section's sentences that say something, and their unit vectors, shape (sentences, dimension)."""
        sentences = tuple(
            Sentence(number, start, end, section[start:end], frozenset(self._analyser.words(section[start:end])))
            for number, (start, end) in enumerate(sentence_spans(section), start=1)
            if _readable(section, start, end)
        )
        return sentences, self._embedder.embed_passages([sentence.text for sentence in sentences])

    def _candidate(
        self, run: Run, place: Place, at: int, sentence: Sentence, cosine: float, nearest: float
    ) -> Candidate:
        language, text, first = place.document.language, sentence.text, sentence.number == 1
        inside = run.matcher.strengths(sentence.terms, language)
        above = run.matcher.strengths(place.words, language)
        best = [max(own, _HEADING_SHARE * heading) for own, heading in zip(inside, above, strict=True)]
        kind = run.query.kind
        signals: tuple[float, ...] = (
            weighed(run.idfs, best),
            weighed(run.idfs, inside),
            cosine,
            place.strength,
            float(at == 0),
            float(first),
            float(first and kind in ("definition", "summary")),
            _cued(run.query, text),
            float(kind == "number" and _new_numbers(run.query, text)),
            float(kind == "list" and enumerates(text)),
            float(kind == "list" and bool(item_spans(text))),
            float(bool(_LIMITS.search(run.query.text)) and bool(_LIMITS.search(text))),
            float(
                kind in ("definition", "other")
                and any(defines(text, unit, language) or introduces(text, unit) for unit in run.units)
            ),
            float(bool(_LEANS.match(text))),
            float(text.startswith("|")),
            math.log1p(len(text)) - math.log(100),
        )
        model = self._plain
        if place.asked:
            asked = place.asked[sentence.number - 1] if sentence.number <= len(place.asked) else 0.0
            signals, model = (*signals, asked, asked - place.nearest, asked - nearest), self._asked
        start = place.section.start
        where = start + sentence.start, start + sentence.end
        evidence = Evidence(place.document.doc_id, place.section.section_id, *where)
        return Candidate(text, evidence, at, sentence.terms, signals, model.score(signals))


@cache
def fitted_sentences() -> SentenceModel:
    """Return the model that `python -m bench.sentences` wrote for sections without known questions."""
    stored = fitted("sentences")
    return SentenceModel(tuple(stored[name] for name in SENTENCE_SIGNALS), stored["bias"])


@cache
def fitted_asked_sentences() -> SentenceModel:
    """Return the one for sections with known questions."""
    stored = fitted("asked_sentences")
    return SentenceModel(tuple(stored[name] for name in (*SENTENCE_SIGNALS, *ASKED_SIGNALS)), stored["bias"])


def _readable(text: str, start: int, end: int) -> bool:
    """Whether a span says something: no scrap, and no header row of a table."""
    return end - start > 3 and not (text[start] == "|" and _TABLE_RULE.match(text, end))


def _cued(query: Query, text: str) -> float:
    """Return whether a sentence has what the question's kind looks for; 0 for kinds that look for nothing."""
    asks_who = query.kind == "who-when" and _ASKS_WHO.search(query.text)
    pattern = _WHO if asks_who else _CUES.get(query.kind)
    return float(pattern is not None and bool(pattern.search(text)))


def _new_numbers(query: Query, text: str) -> bool:
    return bool(set(_NUMBER.findall(text)) - set(_NUMBER.findall(query.text)))


def _best(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Return the best sentences that are near the best score and do not repeat each other."""
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.place, c.evidence.start)):
        if len(chosen) == limit or chosen and candidate.score < chosen[0].score - WORSE:
            break
        if all(_overlap(candidate.terms, other.terms) < _NEAR_DUPLICATE for other in chosen):
            chosen.append(candidate)
    return chosen


def _with_antecedents(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add to each chosen sentence that points back the one that stands before it in its section."""
    complete = list(chosen)
    for before, after in pairwise(candidates):
        if after in chosen and _LEANS.match(after.text) and before.place == after.place and before not in complete:
            complete.append(before)
    return complete


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))

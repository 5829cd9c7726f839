"""Sections in, the sentences that answer a question out, in reading order. Knows no library; checks no quotation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Document
from index.outline import Section
from index.sentences import sentence_spans
from qa.bridge import Unit
from qa.cite import Evidence
from qa.items import enumerates, item_spans
from qa.query import Query
from qa.rerank import defines
from qa.retrieve import Run
from qa.wording import Kind

_LIMITS: dict[Kind, int] = {
    "number": 2,
    "who-when": 2,
    "definition": 3,
    "list": 3,
    "yes-no": 3,
    "comparison": 4,
    "summary": 5,
}
_DEFAULT_LIMIT = 4
_HEADING_SHARE = 0.6
_DEFINES_BONUS = 0.5
_LEANING_PENALTY = 0.3
# A sentence that points back at the one before it.
_LEANS = re.compile(
    r"(?:이는|이것은|이들은|이러한|이런|이를|그러나|하지만|또한|따라서|그래서|특히)\s"
    r"|이 (?:방법|섹션|연구|경우|과정)\S*\s"
    r"|(?:This|These|It|They|Such|However|Therefore|Thus|Moreover|In addition|For example|Here)\b"
)
_TABLE_RULE = re.compile(r"\s*\n\s*\|[\s:|-]+\|?[ \t]*(?:\n|$)")
_KEEP_SHARE = 0.72
_NEAR_DUPLICATE = 0.6

_CUES: dict[Kind, re.Pattern[str]] = {
    "definition": re.compile(
        r"\b(?:is|are|means|refers to|stands for)\b"
        r"|(?:이다|방법입니다|것입니다|말한다|뜻한다|가리킨다|의미합니다|입니다)[.\s]*$"
    ),
    "number": re.compile(r"\d"),
    "why": re.compile(
        r"\b(?:because|reason|since|so that|therefore|due to|in order)\b|때문|이유|위해|위하여|까닭|므로"
    ),
    "how": re.compile(r"\b(?:by|first|then|step|using|through|trains?|samples?)\b|하여|통해|먼저|다음|단계|방식"),
    "who-when": re.compile(r"\b(?:19|20)\d\d\b"),
    "yes-no": re.compile(r"\bnot?\b|않|아니|없"),
}
_ASKS_WHO = re.compile(r"\bwho\b|\bwhose\b|\bauthors?\b|누가|누구|저자", re.IGNORECASE)
_WHO = re.compile(r"\bauthors?\b|\bwritten by\b|\bTeam\b|저자|연구진|팀", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A section to read from, with how good its hit is (0 to 1) and the words of its headings and title."""

    document: Document
    section: Section
    strength: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be part of the answer; `held` are the numbers of the question's units in it."""

    text: str
    evidence: Evidence
    place: int
    terms: frozenset[str]
    held: frozenset[int]
    relevance: float
    score: float  # relevance, and what the kind of question prefers


class Chooser:
    """Weighs the sentences of sections against a question."""

    def __init__(self, analyser: Analyser, embedder: Embedder) -> None:
        self._analyser = analyser
        self._embedder = embedder

    def place(self, document: Document, section: Section, strength: float) -> Place:
        """Return a section as a place to read from."""
        words = frozenset(self._analyser.words(" / ".join((document.title, *section.path))))
        return Place(document, section, strength, words)

    def choose(self, run: Run, places: Sequence[Place], *, leading: bool = False) -> list[Candidate]:
        """Return the chosen sentences in reading order; with `leading`, the first ones of the first section."""
        candidates = self._candidates(run, places)
        if not candidates:
            return []
        limit = _LIMITS.get(run.query.kind, _DEFAULT_LIMIT)
        if leading or run.query.kind == "summary":
            return [candidate for candidate in candidates if candidate.place == 0][: _LIMITS["summary"]]
        chosen = _greedy(candidates, limit, len(run.units))
        if all(candidate.place for candidate in chosen):  # the best section always has a say
            first = [candidate for candidate in candidates if candidate.place == 0]
            chosen = [*sorted(first, key=lambda c: -c.score)[:1], *chosen[: limit - 1]]
        return sorted(_with_antecedents(chosen, candidates), key=lambda c: (c.place, c.evidence.start))

    def _candidates(self, run: Run, places: Sequence[Place]) -> list[Candidate]:
        spans: list[tuple[int, int, int, bool]] = []
        for at, place in enumerate(places):
            found = sentence_spans(place.document.text, place.section.start, place.section.end)
            spans.extend(
                (at, start, end, number == 0)
                for number, (start, end) in enumerate(found)
                if _readable(place.document.text, start, end)
            )
        texts = [places[at].document.text[start:end] for at, start, end, _ in spans]
        question = self._embedder.embed_question(run.query.text)
        cosines = self._embedder.embed_passages(texts) @ question if texts else np.zeros(0, np.float32)
        return [
            self._candidate(run, places[at], at, (start, end), first, text, float(cosine))
            for (at, start, end, first), text, cosine in zip(spans, texts, cosines, strict=True)
        ]

    def _candidate(
        self, run: Run, place: Place, at: int, span: tuple[int, int], first: bool, text: str, cosine: float
    ) -> Candidate:
        language = place.document.language
        terms = frozenset(self._analyser.words(text))
        idfs = [match.idf for match in run.hits[0].matches]
        held, mass = set(), 0.0
        for number, (unit, idf) in enumerate(zip(run.units, idfs, strict=True)):
            inside = unit.match(terms, language)[0]
            mass += idf * max(inside, _HEADING_SHARE * unit.match(place.words, language)[0])
            if inside >= 0.5:
                held.add(number)
        coverage = mass / sum(idfs) if sum(idfs) else 0.0
        relevance = coverage + 0.35 * cosine + 0.5 * place.strength
        score = relevance + _cue(run.query, text, first, run.units)
        if run.query.kind in ("definition", "other") and any(defines(text, unit, language) for unit in run.units):
            score += _DEFINES_BONUS
        if _LEANS.match(text):
            score -= _LEANING_PENALTY
        evidence = Evidence(place.document.doc_id, place.section.section_id, *span)
        return Candidate(text, evidence, at, terms, frozenset(held), relevance, score)


def _readable(text: str, start: int, end: int) -> bool:
    """Whether a span says something: no scrap, and no header row of a table."""
    return end - start > 3 and not (text[start] == "|" and _TABLE_RULE.match(text, end))


def _cue(query: Query, text: str, first: bool, units: Sequence[Unit]) -> float:
    kind = query.kind
    bonus = 0.0
    pattern = _WHO if kind == "who-when" and _ASKS_WHO.search(query.text) else _CUES.get(kind)
    if kind == "number":
        asked = set(re.findall(r"\d+(?:\.\d+)?", query.text))
        bonus = 0.25 if set(re.findall(r"\d+(?:\.\d+)?", text)) - asked else 0.0
    elif pattern is not None and pattern.search(text):
        bonus = 0.2
    if kind == "definition" and first:
        bonus += 0.3
    if kind == "list" and enumerates(text):
        bonus += 0.35 if item_spans(text) else 0.2
    if kind in ("other", "how", "why") and first and len(units) <= 1:
        bonus += 0.2
    return bonus


def _greedy(candidates: Sequence[Candidate], limit: int, n_units: int) -> list[Candidate]:
    """Take the best sentences that are near the best score, do not repeat each other, and add units first."""
    chosen: list[Candidate] = []
    left = sorted(candidates, key=lambda c: (-c.score, c.place, c.evidence.start))
    floor = left[0].relevance * _KEEP_SHARE
    while left and len(chosen) < limit:
        held = frozenset[int]().union(*(c.held for c in chosen))
        best = max(
            left, key=lambda c: (c.score + 0.25 * len(c.held - held) / max(n_units, 1), -c.place, -c.evidence.start)
        )
        if best.score < floor:
            break
        left.remove(best)
        if all(_overlap(best.terms, other.terms) < _NEAR_DUPLICATE for other in chosen):
            chosen.append(best)
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

"""A Run in, a Draft out, by choosing whole sentences: the extractive reader. Writes no word of its own; checks nothing.

`cite` decides what of a Draft is shown.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Document, Language
from index.outline import Section
from index.sentences import sentence_spans
from qa.bridge import Unit
from qa.cite import BridgedTerm, Draft, DraftSentence, Evidence
from qa.items import enumerates, item_spans, with_items
from qa.query import Query
from qa.rerank import defines
from qa.retrieve import Hit, Run
from qa.support import SupportModel, features
from qa.wording import Kind

MAX_SECTIONS = 4
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
_WEAK_PLACE = 0.2
_DEFINES_BONUS = 0.5
_LEANING_PENALTY = 0.3
# A sentence that points back at the one before it.
_LEANS = re.compile(
    r"(?:이는|이것은|이들은|이러한|이런|이를|그러나|하지만|또한|따라서|그래서|특히)\s"
    r"|이 (?:방법|섹션|연구|경우|과정)\S*\s"
    r"|(?:This|These|It|They|Such|However|Therefore|Thus|Moreover|In addition|For example|Here)\b"
)
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
    "who-when": re.compile(r"\b(?:19|20)\d\d\b|\b[A-Z][a-z]+ [A-Z][a-z]+|저자|소속|대학|연구소"),
    "yes-no": re.compile(r"\bnot?\b|않|아니|없"),
}


class Reader(Protocol):
    """Turns a Run into a Draft."""

    def read(self, run: Run) -> Draft:
        """Return a draft answer, without sentences when nothing supports one."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A section to read from, with what its hit says of it."""

    document: Document
    section: Section
    strength: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    evidence: Evidence
    place: int
    terms: frozenset[str]
    held: frozenset[int]
    relevance: float
    score: float  # relevance, and what the kind of question prefers


class ExtractiveReader:
    """Chooses sentences from the best sections, in the question's language where the Library has it."""

    def __init__(
        self,
        analyser: Analyser,
        embedder: Embedder,
        support: SupportModel,
        document: Callable[[str], Document | None],
        edition: Callable[[str, Language], Document | None],
    ) -> None:
        """Take what reads documents by id, and a work's edition in a language."""
        self._analyser = analyser
        self._embedder = embedder
        self._support = support
        self._document = document
        self._edition = edition

    def read(self, run: Run) -> Draft:
        """Return the sentences that answer, or a draft without sentences that names the nearest section."""
        best, probability = self._best(run)
        sentences: tuple[DraftSentence, ...] = ()
        language = run.query.language
        if best is not None and probability >= self._support.threshold:
            places = self._places(run, best)
            language = places[0].document.language
            sentences = tuple(self._choose(run, places))
        return Draft(
            question=run.query.text,
            language=run.query.language,
            kind=run.query.kind,
            sentences=sentences,
            nearest=_evidence(best) if best is not None else None,
            bridged=tuple(bridged(run, language)) if sentences else (),
            probability=probability,
        )

    def _best(self, run: Run) -> tuple[Hit | None, float]:
        """Return the hit to answer from: the question's own language first, where it has support."""
        chosen: Hit | None = None
        probability = 0.0
        for language in (run.query.language, "en" if run.query.language == "ko" else "ko"):
            hits = [hit for hit in run.hits if hit.passage.language == language]
            if not hits:
                continue
            found = self._support.probability(features(run, hits[0]))
            if chosen is None or (probability < self._support.threshold and found > probability):
                chosen, probability = hits[0], found
        return chosen, probability

    def _places(self, run: Run, best: Hit) -> list[_Place]:
        """Return the sections to read, the best first; in the question's language where the work has that edition."""
        places: dict[tuple[str, str], _Place] = {}
        for hit in [best, *(hit for hit in run.hits if hit.passage.language == best.passage.language)]:
            strength = math.exp(min(0.0, hit.score - best.score))
            if strength < _WEAK_PLACE:
                continue
            place = self._place(hit, run.query.language, strength)
            if place is not None:
                places.setdefault((place.document.doc_id, place.section.section_id), place)
            if len(places) == MAX_SECTIONS:
                break
        return list(places.values())

    def _place(self, hit: Hit, language: Language, strength: float) -> _Place | None:
        document = self._document(hit.passage.doc_id)
        if document is None:
            return None
        section_id = hit.passage.section_id
        if document.language != language and (edition := self._edition(document.work, language)) is not None:
            same = next((s for s in edition.sections if s.section_id == section_id), None)
            if same is not None:
                return _Place(edition, same, strength)
        section = next((s for s in document.sections if s.section_id == section_id), None)
        return _Place(document, section, strength) if section else None

    def _choose(self, run: Run, places: Sequence[_Place]) -> list[DraftSentence]:
        candidates = self._candidates(run, places)
        if not candidates:
            return []
        limit = _LIMITS.get(run.query.kind, _DEFAULT_LIMIT)
        if run.query.kind == "summary":
            chosen = [candidate for candidate in candidates if candidate.place == 0][:limit]
        else:
            chosen = _greedy(candidates, limit, len(run.units))
            if all(candidate.place for candidate in chosen):  # the best section always has a say
                first = [candidate for candidate in candidates if candidate.place == 0]
                chosen = [*sorted(first, key=lambda c: -c.score)[:1], *chosen[: limit - 1]]
        chosen = _with_antecedents(chosen, candidates)
        chosen.sort(key=lambda c: (c.place, c.evidence.start))
        listed = run.query.kind == "list"
        return [part for c in chosen for part in (with_items(c.text, c.evidence) if listed else [_whole(c)])]

    def _candidates(self, run: Run, places: Sequence[_Place]) -> list[_Candidate]:
        spans: list[tuple[int, int, int, bool]] = []
        for at, place in enumerate(places):
            found = sentence_spans(place.document.text, place.section.start, place.section.end)
            spans.extend((at, start, end, number == 0) for number, (start, end) in enumerate(found) if end - start > 3)
        texts = [places[at].document.text[start:end] for at, start, end, _ in spans]
        question = self._embedder.embed_question(run.query.text)
        cosines = self._embedder.embed_passages(texts) @ question if texts else np.zeros(0, np.float32)
        return [
            self._candidate(run, places[at], at, (start, end), first, text, float(cosine))
            for (at, start, end, first), text, cosine in zip(spans, texts, cosines, strict=True)
        ]

    def _candidate(
        self, run: Run, place: _Place, at: int, span: tuple[int, int], first: bool, text: str, cosine: float
    ) -> _Candidate:
        language = place.document.language
        terms = frozenset(self._analyser.words(text))
        heading = frozenset(self._analyser.words(" / ".join((place.document.title, *place.section.path))))
        idfs = [match.idf for match in run.hits[0].matches]
        held, mass = set(), 0.0
        for number, (unit, idf) in enumerate(zip(run.units, idfs, strict=True)):
            inside = unit.match(terms, language)[0]
            mass += idf * max(inside, _HEADING_SHARE * unit.match(heading, language)[0])
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
        return _Candidate(text, evidence, at, terms, frozenset(held), relevance, score)


def bridged(run: Run, language: Language) -> Iterable[BridgedTerm]:
    """Return the question's terms that were found under a name of the other language, or under another name."""
    seen: set[str] = set()
    for hit in run.hits[:5]:
        for match in hit.matches:
            form = match.form
            if form is None or match.strength < 0.25 or match.unit.written in seen or form.terms == match.unit.own:
                continue
            if (
                hit.passage.language == language or match.unit.language != hit.passage.language
            ) and form.written != match.unit.written:
                seen.add(match.unit.written)
                yield BridgedTerm(match.unit.written, form.written)


def _cue(query: Query, text: str, first: bool, units: Sequence[Unit]) -> float:
    kind = query.kind
    bonus = 0.0
    pattern = _CUES.get(kind)
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


def _greedy(candidates: Sequence[_Candidate], limit: int, n_units: int) -> list[_Candidate]:
    """Take the best sentences that are near the best score, do not repeat each other, and add units first."""
    chosen: list[_Candidate] = []
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


def _with_antecedents(chosen: Sequence[_Candidate], candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Add to each chosen sentence that points back the one that stands before it in its section."""
    complete = list(chosen)
    for before, after in pairwise(candidates):
        if after in chosen and _LEANS.match(after.text) and before.place == after.place and before not in complete:
            complete.append(before)
    return complete


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _whole(candidate: _Candidate) -> DraftSentence:
    return DraftSentence(candidate.text, candidate.evidence)


def _evidence(hit: Hit) -> Evidence:
    passage = hit.passage
    return Evidence(passage.doc_id, passage.section_id, passage.start, passage.end, passage.page)

"""Sections in, the sentences that answer a question out, in reading order. Knows no library; checks no quotation."""

import math
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Document, Language
from index.outline import LINK, Section
from index.sentences import Span, in_code, list_depth, sentence_spans
from qa.question.aspect import Aspect
from qa.question.itself import MOST_OF_SUMMARY
from qa.question.query import Query
from qa.question.wording import CAPTION, FIGURE_ASKED, Kind
from qa.reading.candidate import (
    Candidate,
    Place,
    Sentence,
    SentenceModel,
    fitted_asked_sentences,
    fitted_sentences,
    signals_of,
)
from qa.reading.cite import Evidence
from qa.reading.companions import with_companions
from qa.reading.formulas import is_displayed
from qa.reading.leading import as_told
from qa.reading.left_out import with_what_is_left_out
from qa.reading.snippets import code_below, most_code
from qa.reading.tables import headings_above, is_row
from qa.retrieval.evidence import written
from qa.retrieval.retrieve import Run
from qa.words.patterns import compiled
from qa.words.siblings import Siblings
from qa.words.word_vectors import WordVectors, soft_coverages

_MOST: dict[Kind, int] = {
    "number": 2,
    "who-when": 2,
    "definition": 3,
    "list": 3,
    "yes-no": 3,
    "comparison": 4,
    "summary": MOST_OF_SUMMARY,
}
_DEFAULT_MOST = 4
_TOLD_IN_WORDS: frozenset[Kind] = frozenset({"definition", "why", "yes-no", "comparison"})
REMEMBERED = 2_000  # sections taken apart last
# By how much the score of a further sentence may be below the best: as a rule, beside a sentence of a section with
# known questions, and where the nearest of these is answered by both.
WORSE, KNOWN_WORSE, FAR_WORSE = 1.5, 1.0, 2.0
_TABLE_RULE = re.compile(r"\s*\n\s*\|[\s:|-]+\|?[ \t]*(?:\n|$)")
# "[!NOTE]", and what says when a rule was changed: "<개정 2020.7.31>", "[본조신설 2012.3.21]".
_NOTE_KIND = re.compile(r"\[!\w+\][+-]?|<(?:개정|신설|삭제)[^<>]*>|\[(?:(?:전문|제목)개정|본조신설)[^][]*\]")
_NEAR_DUPLICATE = 0.8
_NAMES = 0.5  # how well a row holds what it names
_LABEL = re.compile(r"[^\n]{1,80}(?<![.!?:。…다요음임함됨까죠지;,])[\"”’')\]]*")
# "Training Data." before the text of a paragraph, and words of a figure: names only, which no sentence is.
_NAME = r"\(?[A-Z\d][\w’&+/-]*\)?"
_RUN_IN = re.compile(rf"{_NAME}(?: (?:{_NAME}|of|for|and|the|to|in|on|with|via|by|a|an|&|vs\.?)){{0,7}}\.")
_OF_FIGURE = re.compile(rf"{_NAME}(?:[ \n]+{_NAME}){{5,40}}")
_ITEM = re.compile(r"[-*+|•·‣◦(\d]")
_LINK = re.compile(rf"{LINK}(?:\{{[^{{}}\n]*\}})?|^[^][\n]*\]\([^()\s]*\)$")  # or the end of one: "[2. Maps](#maps)"
_MOST_LINK_CHARS = 1_000
_LINK_ASKED = compiled(r"링크|주소|URL|사이트|\blinks?\b|\bwebsites?\b|\bwhere can\b")
_CAPTION, _FIGURE = compiled(CAPTION), compiled(FIGURE_ASKED)


class Chooser:
    """Weighs the sentences of sections against a question."""

    def __init__(
        self,
        analyser: Analyser,
        embedder: Embedder,
        plain: SentenceModel | None = None,
        asked: SentenceModel | None = None,
        vectors: WordVectors | None = None,
    ) -> None:
        """Use fitted models unless others are given: `asked` for sections with known questions, `plain` for others.

        `vectors` may be shared with what else needs those of words.
        """
        self._analyser = analyser
        self._embedder = embedder
        self._plain = plain or fitted_sentences()
        self._asked = asked or fitted_asked_sentences()
        self._vectors = vectors or WordVectors(embedder)
        self.take_apart = lru_cache(maxsize=REMEMBERED)(self._take_apart)

    def with_models(self, plain: SentenceModel, asked: SentenceModel) -> "Chooser":
        """Return one that weighs by other models and shares what is remembered."""
        other = copy(self)
        other._plain, other._asked = plain, asked
        return other

    def place(self, document: Document, section: Section, strength: float, asked: tuple[float, ...] = ()) -> Place:
        """Return a section as a place to read from."""
        words = frozenset(self._analyser.words(" / ".join((document.title, *section.path))))
        return Place(document, section, strength, words, asked)

    def sentences(self, section: str) -> tuple[Sentence, ...]:
        """Return the sentences of a section's text that say something."""
        return self.take_apart(section)[0]

    def choose(self, run: Run, places: Sequence[Place], *, leading: bool = False) -> list[Candidate]:
        """Return the chosen sentences in reading order; with `leading`, the first ones of the first section."""
        candidates = _said(self.candidates(run, places), run.query)
        if not candidates:
            return []
        limit = _MOST.get(run.query.kind, _DEFAULT_MOST)
        aspect = Aspect(run.query)
        if leading or (run.query.kind == "summary" and not aspect.is_asked):
            return as_told(candidates, run.query)
        eligible = candidates if run.query.kind == "list" else _without_links(candidates, run.query.text)
        naming = _naming(eligible, aspect, places[0].section.path)
        chosen = _best(naming, limit)
        if all(candidate.place for candidate in chosen):  # the best section always has a say
            first = [candidate for candidate in naming if candidate.place == 0]
            chosen = [*sorted(first, key=lambda c: -c.score)[:1], *chosen[: limit - 1]]
        chosen = with_what_is_left_out(chosen, naming, run, places)
        whole_lists = aspect.is_headed(places[0].section.path)
        return with_companions(chosen, candidates, run.query, whole_lists=whole_lists)

    def candidates(self, run: Run, places: Sequence[Place]) -> list[Candidate]:
        """Return all sentences of the sections that say something, in reading order, weighed."""
        question = self._embedder.embed_question(run.query.text)
        nearest = max((place.nearest for place in places), default=0.0)
        found: list[Candidate] = []
        for at, place in enumerate(places):
            sentences, vectors = self.take_apart(place.text)
            cosines = (vectors @ question).tolist()
            sentences = tuple(_in_table(sentence, run, place.document.language) for sentence in sentences)
            held = [run.matcher.strengths(sentence.terms, place.document.language) for sentence in sentences]
            words = [sentence.words for sentence in sentences]
            softly = soft_coverages(self._vectors, [unit.written for unit in run.units], run.idfs, words, held)
            pairs = zip(softly, (0.0, *softly), strict=False)  # with the sentence before
            found += [
                self._candidate(place, at, sentence, signals_of(run, place, at, sentence, cosine, soft, nearest))
                for sentence, cosine, soft in zip(sentences, cosines, pairs, strict=True)
            ]
        return found

    def _take_apart(self, section: str) -> tuple[tuple[Sentence, ...], NDArray[np.float32]]:
        """Return a section's sentences that say something, and their unit vectors, shape (sentences, dimension)."""
        spans = sentence_spans(section)
        is_code = bool(spans) and in_code(section, spans[0][0])  # then all of it is
        above = self._headings(section, spans)
        sentences = tuple(
            self._sentence(section, number, start, end, is_code, headings)
            for number, ((start, end), headings) in enumerate(zip(spans, above, strict=True), start=1)
            if _readable(section, start, end)
        )
        return sentences, self._embedder.embed_passages([sentence.text for sentence in sentences])

    def _headings(self, section: str, spans: Sequence[Span]) -> Iterator[frozenset[str]]:
        """Yield for each span the terms above the columns of its table, none where it is no row; once for a table."""
        headings, last = frozenset[str](), 0
        for start, end in spans:
            follows = section[last:start].strip(" \t") == "\n"
            above = headings_above(section, start) if not follows and is_row(section[start:end]) else None
            if above or not follows or not is_row(section[start:end]):
                headings = frozenset(self._analyser.words(section[slice(*above)])) if above else frozenset()
            last = end
            yield headings

    def _sentence(
        self, section: str, number: int, start: int, end: int, is_code: bool, headings: frozenset[str]
    ) -> Sentence:
        text = section[start:end]
        terms = self._analyser.terms(text)
        kinds = frozenset(term.text for term in terms)
        label, depth = _is_label(section, start, end), list_depth(section, start)
        code = (start, end) if is_code else code_below(section, end)
        words, listed = written(text, terms), depth > 0
        return Sentence(number, start, end, text, kinds, words, label, listed, code, headings, depth)

    def _candidate(self, place: Place, at: int, sentence: Sentence, signals: tuple[float, ...]) -> Candidate:
        score = (self._asked if place.asked else self._plain).score(signals)
        evidence = _evidence(place, sentence.start, sentence.end)
        code = _evidence(place, *sentence.code) if sentence.code else None
        weighed = sentence.text, evidence, at, sentence.terms, signals, score
        return Candidate(*weighed, sentence.label, sentence.listed, code, sentence.depth)


def _in_table(sentence: Sentence, run: Run, language: Language) -> Sentence:
    """Return a row that names something that is asked about with the headings that it is shown below."""
    if not sentence.headings or max(run.matcher.strengths(sentence.terms, language), default=0.0) < _NAMES:
        return sentence
    return replace(sentence, terms=sentence.terms | sentence.headings)


def _evidence(place: Place, start: int, end: int) -> Evidence:
    """Return a span of a section as a place of its document."""
    first = place.section.start
    return Evidence(place.document.doc_id, place.section.section_id, first + start, first + end)


def _readable(text: str, start: int, end: int) -> bool:
    """Whether a span says something: no scrap, bare number, header row of a table or kind of a note ("[!TIP]")."""
    is_header = text[start] == "|" and _TABLE_RULE.match(text, end)
    least = 2 if list_depth(text, start) and re.search("[가-힣]", text[start:end]) else 4  # "- 세종"
    says = end - start >= least and any(map(str.isalpha, text[start:end]))
    return says and not is_header and not _NOTE_KIND.fullmatch(text, start, end)


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether a span is a short line without an end, a heading before a paragraph's text, or a row of names.

    No item of a list or table is, nor a formula.
    """
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    if before or _ITEM.match(text, start) or is_displayed(text[start:end]):
        return False
    runs_in = _RUN_IN.fullmatch(text, start, end) and text[end : end + 2].strip()
    return bool(runs_in or _LABEL.fullmatch(text, start, end) or _OF_FIGURE.fullmatch(text, start, end))


def _naming(candidates: Sequence[Candidate], aspect: Aspect, headings: Sequence[str]) -> list[Candidate]:
    """Return the sentences without those of the best section that do not name what is asked, where others do.

    `headings` are those above the best section.
    """
    first = [candidate for candidate in candidates if candidate.place == 0]
    named = aspect.naming([candidate.text for candidate in first], headings)
    # what holds all that is asked about may give a reason without the word
    fullest = max((c.inside for c in first), default=0.0) if aspect.is_why else math.inf
    kept = [c for c, is_named in zip(first, named, strict=True) if is_named or c.inside >= fullest]
    return [*kept, *(candidate for candidate in candidates if candidate.place)]


def _said(candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Return the sentences without labels and captions, which PDFs have among them; all where nothing else is there.

    Nor is code among them where it answers nothing: what something is, whether, why, and how it differs. What
    names only a sibling of what is asked about is not meant either.
    """
    asks_for_figure = bool(_FIGURE.search(query.text))
    asks_for_code = query.kind not in _TOLD_IN_WORDS or most_code(query.text) > 0
    said = [c for c in candidates if not c.label and (asks_for_figure or not _CAPTION.match(c.text))]
    said = [c for c in said if asks_for_code or not c.is_code] or said
    siblings = Siblings(query.text)
    said = [c for c in said if not siblings.tell((), c.text)] or said
    return said or list(candidates)


def _without_links(candidates: Sequence[Candidate], query: str) -> Sequence[Candidate]:
    """Return the sentences that are more than links to other texts; all where links are asked for or nothing else.

    Where questions are known, they say which links answer.
    """
    told = [candidate for candidate in candidates if candidate.has_known or not only_leads(candidate.text)]
    return candidates if _LINK_ASKED.search(query) or not told else told


def only_leads(text: str) -> bool:
    """Whether a sentence has no word outside of links."""
    rest, links = _LINK.subn("", text) if len(text) <= _MOST_LINK_CHARS else (text, 0)
    return links > 0 and not re.search(r"\w", rest)


def _best(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Return the best sentences that are near the best score and do not repeat each other."""
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.place, c.evidence.start)):
        if len(chosen) == limit:
            break
        if chosen and candidate.score < chosen[0].score - _leeway(candidate, chosen[0]):
            continue
        if not any(_repeat(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _leeway(candidate: Candidate, best: Candidate) -> float:
    """Return by how much a sentence may be worse than the best and still be shown beside it."""
    if _both_answer(candidate, best):
        return FAR_WORSE
    return KNOWN_WORSE if best.has_known else WORSE


def _repeat(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say much the same; not where both are known to answer, one with what the other lacks."""
    return not _both_answer(one, other) and _overlap(one.terms, other.terms) >= _NEAR_DUPLICATE


def _both_answer(one: Candidate, other: Candidate) -> bool:
    """Whether the nearest known question is answered by both."""
    return one.place == other.place and one.is_known_to_answer and other.is_known_to_answer


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))

"""A question for a particular of a study in, the sentences of its text that tell it out: data, measures, funding.

Who asks "what data did they use?" of a paper names nothing that could be searched for; what tells it says so by its
own words: "we collected", "supported by". Asks one text alone, and none with known questions, which tell it better.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.analyse import Analyser
from index.load import Document
from index.outline import Section, lists_references
from index.sentences import Span, sentence_spans
from qa.question.itself import says_nothing_else
from qa.question.query import is_filler
from qa.question.wording import THIS_TEXT
from qa.reading.cite import DraftSentence, Evidence
from qa.reading.particulars_wording import ASKS_ELSE, OF_OTHERS, OWN, SAYS_NOTHING, TELLS, Particular
from qa.reading.tables import is_row
from qa.retrieval.retrieve import Run
from qa.words.bridge import weighed
from qa.words.patterns import compiled

MOST = 3  # sentences
_LEAST = 3.0  # points from which a sentence tells it
_NEAR = 1.0  # points that a further sentence may have less than the best
_LONG = 700  # characters, above which a "sentence" is something else
_MOST_TOPICS = 3  # that a question may name besides
_HELD = 0.5  # … and how much of them a sentence, its headings and the title have to hold
_ABOVE = 0.7  # how well headings and title hold a topic
_BY_TOPIC = 3.0  # points for holding all topics
_PATTERNS = {name: tuple(compiled(one) for one in telling[:4]) for name, telling in TELLS.items()}
_THIS_TEXT, _OWN, _OF_OTHERS = compiled(THIS_TEXT), compiled(OWN), compiled(OF_OTHERS)
_ASKS_ELSE = compiled(ASKS_ELSE)
_FIRST = 5  # hits that are looked at for known questions
_MOST_CUES = 4
_SUMMARY = compiled(r"abstract|summary|요약|초록|conclusion|결론")


class _Asked(NamedTuple):
    """A particular, and how much each unit of the question says of what it is asked of."""

    particular: Particular
    topics: tuple[float, ...]


class _Told(NamedTuple):
    """A sentence of a section, its place in the document's text, and how well it tells what is asked."""

    section: Section
    span: Span
    points: float


def asks_only(question: str, analyser: Analyser) -> bool:
    """Whether a question asks for a particular of a study and names nothing besides: "which journal?"."""
    this = [found.span() for found in _THIS_TEXT.finditer(question)]
    asked = (
        [found.span() for found in asks.finditer(question) if found.group().strip()] for asks, *_ in _PATTERNS.values()
    )
    return any(
        spans and says_nothing_else(question, [*this, *spans], analyser, _says_nothing(analyser)) for spans in asked
    )


@lru_cache(maxsize=1)
def _says_nothing(analyser: Analyser) -> frozenset[str]:
    """Return words that name nothing in a question for a particular, as they stand and as they are read."""
    return frozenset(analyser.words(SAYS_NOTHING)) | frozenset(SAYS_NOTHING.split())


class ParticularFinder:
    """Finds what tells a particular of the one text that is asked."""

    def __init__(self, analyser: Analyser, document: Callable[[str], Document | None]) -> None:
        """Take what reads words, and documents by id."""
        self._analyser = analyser
        self._document = document
        self._says_nothing = _says_nothing(analyser)

    def find(self, run: Run) -> tuple[Particular | None, list[DraftSentence]]:
        """Return the particular that a question asks of one text, None where it asks none, and what tells it."""
        if not run.query.alone or not run.hits or any(hit.likeness is not None for hit in run.hits[:_FIRST]):
            return None, []
        asked = self._asked(run)
        document = self._document(run.hits[0].passage.doc_id) if asked else None
        if asked is None or document is None:
            return None, []
        told = self._told_in(document, asked, run)
        if not told and any(asked.topics):
            return None, []
        return asked.particular, [
            DraftSentence(document.text[slice(*one.span)], Evidence(document.doc_id, one.section.section_id, *one.span))
            for one in told
        ]

    def _asked(self, run: Run) -> _Asked | None:
        """Return what a question asks, if it names little besides."""
        text = run.query.text
        if _ASKS_ELSE.search(text):
            return None
        this = [found.span() for found in _THIS_TEXT.finditer(text)]
        for name, (asks, *_) in _PATTERNS.items():
            spans = [found.span() for found in asks.finditer(text) if found.group().strip()]
            if not spans:
                continue
            inside = "\n".join(text[start:end] for start, end in (*this, *spans))
            asking = frozenset(self._analyser.words(inside))
            topics = tuple(
                0.0 if unit.predicate or unit.written in inside or self._only_asks(unit.own, asking) else idf
                for unit, idf in zip(run.units, run.idfs, strict=True)
            )
            if sum(map(bool, topics)) <= _MOST_TOPICS:
                return _Asked(name, topics)
        return None

    def _told_in(self, document: Document, asked: _Asked, run: Run) -> list[_Told]:
        """Return the sentences of a document that tell a particular, the best first; none where none does."""
        found = [one for section in document.sections for one in self._told(document, section, asked, run)]
        best = max((one.points for one in found), default=0.0)
        near = sorted((one for one in found if one.points >= max(_LEAST, best - _NEAR)), key=lambda one: -one.points)
        return near[:MOST]

    def _told(self, document: Document, section: Section, asked: _Asked, run: Run) -> Iterable[_Told]:
        """Yield the sentences of a section that may tell it; what speaks for one was weighed on 85 questions."""
        _, tells, more, headings = _PATTERNS[asked.particular]
        if lists_references(section.path):
            return
        headed = any(headings.search(heading) for heading in section.path)
        sums_up = bool(section.path) and bool(_SUMMARY.search(section.path[-1]))
        above = self._held(" / ".join((document.title, *section.path)), document, run) if any(asked.topics) else ()
        for start, end in sentence_spans(document.text, section.start, section.end):
            text = document.text[start:end]
            if end - start > _LONG or is_row(text) or not tells.search(text):
                continue
            points = 2.0 + 1.5 * headed + 0.5 * sums_up + bool(_OWN.search(text)) - bool(_OF_OTHERS.search(text))
            points += 0.5 * (_different(tells, text) + _different(more, text))
            points += _by_place(TELLS[asked.particular].place, start, len(document.text))
            if above:
                own = self._held(text, document, run)
                both = [max(one, _ABOVE * other) for one, other in zip(own, above, strict=True)]
                held = weighed(asked.topics, both)
                if held < _HELD:
                    continue
                points += _BY_TOPIC * held
            yield _Told(section, (start, end), points)

    def _only_asks(self, words: Iterable[str], asking: frozenset[str]) -> bool:
        """Whether words only ask, and are no topic; those `asking` are among what says which particular is asked."""
        return all(is_filler(word) or word in self._says_nothing or word in asking for word in words)

    def _held(self, text: str, document: Document, run: Run) -> Sequence[float]:
        return run.matcher.strengths(frozenset(self._analyser.words(text)), document.language)


def _different(pattern: re.Pattern[str], text: str) -> int:
    """Return how many different things a pattern finds, four at most."""
    return min(len({found.group().lower() for found in pattern.finditer(text)}), _MOST_CUES)


def _by_place(place: float | None, at: int, length: int) -> float:
    """Return from -2 to 2 points for standing where a particular mostly stands, 0 where it may stand anywhere."""
    return 0.0 if place is None else 2.0 - 4.0 * abs(place - at / max(length, 1))

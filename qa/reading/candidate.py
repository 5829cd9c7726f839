"""A sentence of a section and a question in, what speaks for the sentence as an answer out. Chooses none."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.load import Document
from index.outline import Section
from index.sentences import Span
from qa.fitted import fitted
from qa.question.aspect_wording import LIMITATIONS
from qa.question.query import Query
from qa.question.wording import Kind
from qa.reading.cite import Evidence
from qa.reading.items import enumerates, item_spans
from qa.retrieval.defining import share_defined
from qa.retrieval.retrieve import Run
from qa.words.bridge import weighed

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
    "defines",  # how much of what is asked
    "leans",
    "row",  # of a table
    "length",
    "soft",  # coverage by the sentence alone, where words that mean nearly the same count too
    "above",  # coverage by the headings
    "before",  # soft coverage by the sentence before it: what answers often stands after what names the topic
)
# How near the nearest known question comes that the sentence answers, and how far behind the nearest of all that is.
ASKED_SIGNALS = ("asked", "behind_section", "behind_places")
_ASKED = len(SENTENCE_SIGNALS) + ASKED_SIGNALS.index("asked")
_BEHIND_SECTION = len(SENTENCE_SIGNALS) + ASKED_SIGNALS.index("behind_section")
_INSIDE = SENTENCE_SIGNALS.index("inside")
_HEADING_SHARE = 0.6
# A sentence that points back at the one before it.
_LEANS = re.compile(
    r"(?:이는|이것은|이들은|이러한|이런|이를|그러나|하지만|또한|따라서|그래서|특히)\s"
    r"|이 (?:방법|섹션|연구|경우|과정)\S*\s"
    r"|(?:This|These|It|They|Such|However|Therefore|Thus|Moreover|In addition|For example|Here)\b"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

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
    def text(self) -> str:
        """The section's text."""
        return self.document.text[self.section.start : self.section.end]

    @property
    def nearest(self) -> float:
        """How near the nearest of the section's known questions comes, 0 to 2."""
        return max(self.asked, default=0.0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section, `section[start:end]`, with its terms; it is the section's `number`-th, from 1.

    `words` are its terms as they are written; `label` says that it only stands over something, as headings do that were
    not found in a PDF, `listed` that it is in a list; `code` is the span of the code right below it, or its own.
    `headings` are the terms above the columns of a row of a table, `depth` how far in an item of a list stands, from 1.
    """

    number: int
    start: int
    end: int
    text: str
    terms: frozenset[str]
    words: tuple[str, ...]
    label: bool = False
    listed: bool = False
    code: Span | None = None
    headings: frozenset[str] = frozenset()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be part of the answer, with the place of the code right below it, if any, or of code its own.

    `signals` are what speaks for it; `score` is its model's. `depth` is how far in an item of a list stands, from 1.
    """

    text: str
    evidence: Evidence
    place: int
    terms: frozenset[str]
    signals: tuple[float, ...]
    score: float
    label: bool = False
    listed: bool = False
    code: Evidence | None = None
    depth: int = 0

    @property
    def is_code(self) -> bool:
        """Whether it is a piece of code itself."""
        return self.code == self.evidence

    @property
    def inside(self) -> float:
        """How much of what is asked about it holds itself, 0 to 1."""
        return self.signals[_INSIDE]

    @property
    def asked(self) -> float:
        """How near the nearest known question comes that it answers, 0 to 2."""
        return self.signals[_ASKED] if self.has_known else 0.0

    @property
    def is_known_to_answer(self) -> bool:
        """Whether it is among the sentences that answer the section's nearest known question."""
        return self.has_known and self.signals[_BEHIND_SECTION] == 0

    @property
    def has_known(self) -> bool:
        """Whether its section has known questions."""
        return len(self.signals) > len(SENTENCE_SIGNALS)


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """Weights of SENTENCE_SIGNALS, and of ASKED_SIGNALS after them where known questions are, with a bias."""

    weights: tuple[float, ...]
    bias: float

    def score(self, signals: Sequence[float]) -> float:
        """Return the log-odds of a sentence against another of the same question; 0: as likely to answer as not."""
        return sum(weight * signal for weight, signal in zip(self.weights, signals, strict=True)) + self.bias


def signals_of(
    run: Run, place: Place, at: int, sentence: Sentence, cosine: float, soft: tuple[float, float], nearest: float
) -> tuple[float, ...]:
    """Return what speaks for a sentence of the `at`-th place, in the order of SENTENCE_SIGNALS and ASKED_SIGNALS.

    `cosine` is its own with the question, `soft` its soft coverage and that of the sentence before it; `nearest` is how
    near the nearest known question of all places comes. Where a place has none, ASKED_SIGNALS are left out.
    """
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
        share_defined(text, language, run.query.text, run.units, run.idfs) if kind in ("definition", "other") else 0.0,
        float(leans(text)),
        float(text.startswith("|")),
        math.log1p(len(text)) - math.log(100),
        soft[0],
        weighed(run.idfs, above),
        soft[1],
    )
    if not place.asked:
        return signals
    asked = place.asked[sentence.number - 1] if sentence.number <= len(place.asked) else 0.0
    return (*signals, asked, asked - place.nearest, asked - nearest)


def leans(text: str) -> bool:
    """Whether a sentence points back at the one before it."""
    return bool(_LEANS.match(text))


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


def _cued(query: Query, text: str) -> float:
    """Return whether a sentence has what the question's kind looks for; 0 for kinds that look for nothing."""
    asks_who = query.kind == "who-when" and _ASKS_WHO.search(query.text)
    pattern = _WHO if asks_who else _CUES.get(query.kind)
    return float(pattern is not None and bool(pattern.search(text)))


def _new_numbers(query: Query, text: str) -> bool:
    return bool(set(_NUMBER.findall(text)) - set(_NUMBER.findall(query.text)))

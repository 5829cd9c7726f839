"""A question in, a Query out: its language, its kind and the terms that carry its topic. Searches nothing."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.analyse import Analyser, Term, english_stem, is_name_like
from index.decode import repaired
from index.errors import InputError
from index.load import Language
from qa.question.wording import (
    A_SUMMARY,
    A_TEXT,
    ANSWER_IN,
    AS_A_WHOLE,
    ENGLISH_FUNCTION_WORDS,
    FILLER_BEGINNINGS,
    FILLERS,
    GENERIC,
    KINDS,
    KOREAN_ENDINGS,
    OF_A_PAPER,
    OF_A_THING,
    SECTION_NUMBER,
    THE_PAPER,
    THE_REFERENCES,
    THE_SURVEY,
    THIS_PAPER,
    Kind,
    Part,
)
from qa.words.patterns import compiled

MAX_QUESTION_CHARS = 4_000

_ENGLISH_FUNCTION = compiled(rf"\b(?:{'|'.join(ENGLISH_FUNCTION_WORDS)})\b")
_KOREAN_TAIL = re.compile(rf"(?:{'|'.join(KOREAN_ENDINGS)})[?？!.\s]*$")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_KINDS = tuple((kind, compiled("|".join(patterns))) for kind, patterns in KINDS)
_OF_A_THING = compiled(OF_A_THING)
_SECTION = compiled(SECTION_NUMBER)
_SURVEY = compiled(THE_SURVEY)
_THE_PAPER, _THIS_PAPER = compiled(THE_PAPER), compiled(THIS_PAPER)
_REFERENCES = compiled(THE_REFERENCES)
_ANSWER_IN: dict[Language, re.Pattern[str]] = {
    "ko": compiled(ANSWER_IN.format(ko_names="한국어|한국말|한글|우리말", en_name="korean")),
    "en": compiled(ANSWER_IN.format(ko_names="영어|영문", en_name="english")),
}
_AS_A_WHOLE, _SUMMARY, _A_TEXT = (compiled(pattern) for pattern in (AS_A_WHOLE, A_SUMMARY, A_TEXT))
_GENERIC = frozenset(english_stem(word) for word in GENERIC)
_OF_A_PAPER = frozenset(english_stem(word) for word in OF_A_PAPER)
_FILLER_STEMS = frozenset(english_stem(word) for word in FILLERS)


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for retrieval.

    `terms` are its topic words in order; `names` those written like names. `survey` says that it means the survey
    itself ("이 서베이", "the paper"), or leaves `unsaid` of which paper it asks ("이 논문"); `whole` that it asks
    what a text says as a whole; `section` is the number of the section that it asks for ("2", "3.1"); `references`
    says that it asks for the papers that a paper refers to. In `text` names stand as the sources write them; `typed`
    is the question as it came, in one line, and `renamed` are the names as typed and as written. `itself` is what is
    asked of a text as such, where one is asked `alone`.
    """

    text: str
    language: Language
    kind: Kind
    terms: tuple[Term, ...]
    names: frozenset[str]
    survey: bool = False
    section: str | None = None
    references: bool = False
    renamed: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    whole: bool = False
    unsaid: bool = False
    itself: Part | None = None
    alone: bool = False

    @property
    def called(self) -> tuple[str, ...]:
        """What a question about a text as a whole calls it, in lower case; nothing where it says "the paper"."""
        return tuple(self.text[term.start : term.end].lower() for term in self.terms if term.text not in _GENERIC)

    @property
    def typed(self) -> str:
        """The question as it came, in one line."""
        return self.asked or self.text


Rename = Callable[[str, Sequence[Term]], tuple[str, tuple[tuple[str, str], ...]]]


def answer_language(question: str) -> tuple[str, Language | None]:
    """Return a question without the words that say in which language to answer, and that language or None."""
    text = question.rstrip()
    for language, pattern in _ANSWER_IN.items():
        rest = pattern.sub("", text)
        if rest != text and any(char.isalnum() for char in rest):
            return rest, language
    return question, None


def understand(
    question: str, analyser: Analyser, language: Language | None = None, rename: Rename | None = None
) -> Query:
    """Read a question.

    `language` overrides the language found; `rename` puts names as the sources write them. Raises InputError for a
    question that is empty, too long or has no word.
    """
    text = _readable(repaired(question))
    typed = text
    text, renamed = rename(typed, analyser.terms(typed)) if rename else (typed, ())
    section = _SECTION.search(text)
    topical = topic_terms(text, analyser, [section.span()] if section else [])
    whole = None if section else _text_as_a_whole(text, analyser)
    topical = whole or topical
    names = frozenset(term.text for term in topical if is_name_like(text[term.start : term.end]))
    survey = bool(_SURVEY.search(text)) or (bool(_THE_PAPER.search(text)) and not names)
    unsaid = all(term.text in _OF_A_PAPER for term in topical) or (bool(_THIS_PAPER.search(text)) and not names)
    number = next(filter(None, section.groups()), None) if section else None
    asked_for = bool(_REFERENCES.search(text))
    kind: Kind = "summary" if whole else question_kind(text)
    language = language or question_language(text)
    return Query(
        text=text,
        language=language,
        kind=kind,
        terms=topical,
        names=names,
        survey=survey or unsaid,
        section=number,
        references=asked_for,
        renamed=renamed,
        asked=typed,
        whole=bool(whole),
        unsaid=unsaid,
    )


def _readable(question: str) -> str:
    """Return a question in one line; raise InputError for one that cannot be read."""
    text = " ".join(unicodedata.normalize("NFC", question).split())
    if not text:
        raise InputError(
            "the question is empty; ask something, for example 'What is SPIN?' or '행동 모방이 뭐야?'",
            "질문이 비어 있습니다. ‘행동 모방이 뭐야?’나 ‘What is SPIN?’처럼 궁금한 것을 적어 보내세요.",
        )
    if len(text) > MAX_QUESTION_CHARS:
        raise InputError(
            f"the question has {len(text):,} characters; at most {MAX_QUESTION_CHARS:,} are read, so shorten it",
            f"질문이 {len(text):,}자입니다. {MAX_QUESTION_CHARS:,}자까지 읽으므로, 줄여서 다시 보내세요.",
        )
    if not any(char.isalnum() for char in text):
        raise InputError(
            f"the question {text[:20]!r} has no word in it; ask in Korean or English",
            f"‘{text[:20]}’에는 읽을 수 있는 낱말이 없습니다. 한국어나 영어로 물어보세요.",
        )
    return text


def _text_as_a_whole(text: str, analyser: Analyser) -> tuple[Term, ...] | None:
    """Return the terms that name the text which a question asks about as a whole; None for other questions."""
    asking = [found.span() for found in _AS_A_WHOLE.finditer(text) if found.group()] if _A_TEXT.search(text) else []
    asking += [found.span() for found in _SUMMARY.finditer(text)]
    if not asking:
        return None
    named = topic_terms(text, analyser, asking)
    known = (
        term.text in _GENERIC
        or term.text.isdigit()
        or text[term.start].isupper()
        or is_name_like(text[term.start : term.end])
        for term in named
    )
    return named if named and all(known) else None


def topic_terms(text: str, analyser: Analyser, skipped: Sequence[tuple[int, int]] = ()) -> tuple[Term, ...]:
    """Return the terms of a question that carry its topic: not what only asks, unless nothing else is there."""
    every = [term for term in analyser.terms(text) if not any(start <= term.start < end for start, end in skipped)]
    topical = tuple(term for term in every if not is_filler(term.text))
    return tuple(every) if all(term.text in _GENERIC for term in topical) else topical


def question_language(text: str) -> Language:
    """Return the language that an answer is expected in: that of the question's grammar, not of its terms."""
    hangul = [word for word in text.split() if _HANGUL.search(word)]
    if not hangul:
        return "en"
    english = len(_ENGLISH_FUNCTION.findall(text))
    if english == 0:
        return "ko"
    if _KOREAN_TAIL.search(text) and re.search(r"[가-힣]", text.split()[-1]):
        return "ko"
    return "ko" if len(hangul) > english + 1 else "en"


def question_kind(text: str) -> Kind:
    """Return what sort of answer a question asks for."""
    kind: Kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), "other")
    return "other" if kind == "definition" and _OF_A_THING.search(text) else kind


def calls_a_text(words: str) -> bool:
    """Whether words only call something a text: "paper", 보고서."""
    return bool(_A_TEXT.fullmatch(words))


def is_filler(term: str) -> bool:
    """Whether a term of a question only asks and says nothing of its topic."""
    return term in _FILLER_STEMS or term.startswith(FILLER_BEGINNINGS)

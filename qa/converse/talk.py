"""A question among earlier turns, as the rules see it: its reading, what was spoken about, and how that is called."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.load import Document, Language
from qa.converse import wording
from qa.converse.focus import Exchange, Focus, read_question, subjects
from qa.converse.listing import Lister
from qa.converse.names import POSSESSIVE
from qa.converse.phrase import definite
from qa.converse.reference import Reference
from qa.converse.things import TEXTS, Reading, Thing, ThingReader
from qa.words.patterns import compiled

_MAX_HEADINGS = 300
_MAX_SECTION_CHARS = 20_000
_NAMED_WORK = re.compile(r"(?P<name>[A-Z][A-Za-z0-9.-]{3,}(?: \d+)?) (?:논문|보고서|paper|report)")
_SCORE = compiled(r"점수|몇 ?점|퍼센트|%|몇이|\bscores?\b|\baccuracy\b")
_OWN_WORK = ("method", "category", "work")
# How the last answer is to be put: in a sentence, otherwise than in the words of the sources, with what else is told,
# or with where it stands.
Form = Literal["short", "other", "more", "source"]
_OF_A_PAPER = compiled(
    r"저자|지은이|소속|학회|저널|게재|출판|리뷰|심사|깃헙|깃허브|코드|링크|주소|라이선스|라이센스|인용|쪽|페이지|누가|언제"
    r"|\b(?:authors?|venue|journal|published|reviews?|reviewers?|github|repo|code|link|licen[sc]e|cited?|citations?|who"
    r"|when)\b"
)
_WRONG_WITH = {language: compiled(wording.WRONG_WITH[language]) for language in ("ko", "en")}
_PUTS_RIGHT = compiled(wording.PUTS_RIGHT)
_CHAPTER = compiled(r"\d ?(?:장|절)(?![가-힣]*(?:썼|쓰|필요))|\b(?:section|chapter) \d")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a question was completed with, and the turn that it comes from, counted from 0."""

    text: str
    turn: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question as completed, and with what; `language` is the one that it asks for the answer in, `form` how put."""

    question: str
    antecedents: tuple[Antecedent, ...]
    language: Language | None = None
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A question and the turns before it; `found` are their subjects, the latest first.

    `asked` names what the question names besides the words `back`, which mean something outside it; `document` reads
    a cited document by its id, `titles` are those of all documents.
    """

    asked: Reading
    back: Sequence[Reference]
    history: Sequence[Exchange]
    found: Sequence[Focus]
    reader: ThingReader
    lister: Lister
    document: Callable[[str], Document | None]
    titles: Callable[[], Iterable[str]]

    @property
    def language(self) -> Language:
        """The language of the question, in which it is completed."""
        return self.asked.language

    @property
    def before(self) -> Reading:
        """The question before, as read."""
        return read_question(self.history[-1], self.reader)

    @property
    def about_the_whole(self) -> bool:
        """Whether the question is about a thing as a whole: its limits, its authors, its second chapter."""
        asked = any(self.reader.about_the_whole(thing) for thing in self.asked.things)
        return asked or bool(_CHAPTER.search(self.asked.text))

    def subject(self) -> Focus | None:
        """Return what was spoken about last, other than what the question names itself."""
        named = {thing.key for thing in self.asked.specific}
        return next((focus for focus in subjects(self.found) if not focus.key & named), None)

    def wider(self, focus: Focus) -> Focus:
        """Return the turn about the work that is cited, for one about a thing in it that does not tell what is asked.

        A method is no such thing, unless nothing was found on it; nor is a model whose score is asked for.
        """
        if focus.subject[0].sort == "model" and any(name.sort == "benchmark" for name in self.asked.names):
            return focus
        abstained = focus.answer.abstained
        answered = next((one for one in self.found if one.answer.citations), None)
        if answered is None or (not abstained and focus.subject[0].sort in _OWN_WORK):
            return focus
        title = answered.answer.citations[0].title.lower()
        told = self.tells(focus) if self._named() else not _OF_A_PAPER.search(self.asked.text)
        if (told and not abstained) or any(holds(title, thing) for thing in focus.subject):
            return focus
        works = (one for one in subjects(self.found) if one.subject[0].key not in TEXTS)
        return next((one for one in works if all(holds(title, thing) for thing in one.subject)), focus)

    def name_of(self, focus: Focus, *, close: bool, anyhow: bool = False) -> str:
        """Return a subject in the question's language; with `close`, what narrows it too.

        Not so for a question about the whole, nor, unless `anyhow`, for one of what the cited section does not tell.
        """
        only_asks = all(thing.sort == "asking" for thing in self.asked.things)
        narrow = close and not self.about_the_whole and (anyhow or self._stays(focus))
        title = focus.answer.citations[0].title if focus.answer.citations else ""
        own = any(thing.sort == "benchmark" and thing.text in title for thing in focus.scope)
        scores = only_asks or own or bool(_SCORE.search(self.asked.text))
        name = focus.text(self.language, close=narrow, scores=scores, asked=only_asks)
        name = POSSESSIVE.sub("", name)  # "SPIN's limits" were asked about
        work = _NAMED_WORK.fullmatch(name) if self.about_the_whole else None
        return self._what_is_wrong(work["name"] if work else name, focus)

    def _what_is_wrong(self, name: str, focus: Focus) -> str:
        """Return what is wrong with a subject, if that was asked for and this question asks how it is put right."""
        found = _WRONG_WITH[self.language].search(focus.reading.text)
        if found is None or self.asked.specific or not _PUTS_RIGHT.search(self.asked.text):
            return name
        return f"{name}의 {found.group()}" if self.language == "ko" else f"{found.group()} of {definite(name)}"

    def tells(self, focus: Focus) -> bool:
        """Whether the section that a turn cites speaks of all that the question names."""
        section = self._section(focus)
        return bool(section) and all(holds(section, thing) for thing in self._named())

    def cited(self, focus: Focus) -> Document | None:
        """Return the document that the answer of a turn cites first."""
        citations = focus.answer.citations
        return self.document(citations[0].doc_id) if citations else None

    def cited_last(self) -> Document | None:
        """Return the document that the last answer with citations cites first."""
        answered = next((focus for focus in self.found if focus.answer.citations), None)
        return self.cited(answered) if answered else None

    def is_titled(self, things: Sequence[Thing]) -> bool:
        """Whether the title of a document names things: one may be asked about without what was spoken about."""
        return any(all(holds(title.lower(), thing) for thing in things) for title in self.titles())

    def completed(self, question: str, focus: Focus, text: str) -> Rewritten:
        """Return a question that was completed with one subject."""
        return Rewritten(question, (Antecedent(text, focus.turn),))

    def asked_before(self) -> Antecedent:
        """Return the question before, as what this one was completed with."""
        return Antecedent(self.before.text, len(self.history) - 1)

    def _named(self) -> list[Thing]:
        return [thing for thing in self.asked.things if thing.sort != "asking" and not thing.text.isdigit()]

    def _stays(self, focus: Focus) -> bool:
        """Whether what narrowed the last question narrows this one: headings of what it names say so, or the text."""
        named = self._named()
        document = self.cited(focus)
        paths = (section.path for section in document.sections[:_MAX_HEADINGS]) if document else ()
        headings = [path[-1].lower() for path in paths if path]
        speaking = [one for one in headings if any(holds(one, thing) for thing in named)]
        if speaking:
            return any(holds(one, thing) for one in speaking for thing in focus.scope)
        return not self._section(focus) or self.tells(focus)

    def _section(self, focus: Focus) -> str:
        """Return the text of the section that a turn cites first, in lower case, "" where it cannot be read."""
        document = self.cited(focus)
        if document is None:
            return ""
        found = document.section(focus.answer.citations[0].section_id)
        return document.text[found.start : found.end][:_MAX_SECTION_CHARS].lower() if found else ""


def holds(text: str, thing: Thing) -> bool:
    """Whether a text, in lower case, holds a thing by one of its names; an English one from the start of a word."""
    return any(_loosely(form).search(text) for form in thing.forms)


@lru_cache(maxsize=2_000)
def _loosely(form: str) -> re.Pattern[str]:
    """Return what finds a form however its pieces are joined: "gpt4o" in "GPT-4o", 보상모델 in "보상 모델"."""
    pieces = re.findall(r"[a-z]+|\d+|[가-힣]|[^a-z\d\s가-힣-]+", form)
    begins = r"\b" if form.isascii() else ""
    return re.compile(begins + "[- ]?".join(map(re.escape, pieces)))

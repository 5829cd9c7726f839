"""A question among earlier turns, as the rules see it: its reading, what was spoken about, and how an answer is put."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.load import Document, Language
from qa.converse.focus import Exchange, Focus, subjects
from qa.converse.listing import Lister
from qa.converse.refer import Reference
from qa.converse.things import Reading, Thing, ThingReader

_SCORE = re.compile(r"점수|몇 ?점|퍼센트|%|몇이|\bscores?\b|\baccuracy\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a question was completed with, and the turn that it comes from, counted from 0."""

    text: str
    turn: int


def holds(text: str, thing: Thing) -> bool:
    """Whether a text, in lower case, holds a thing by one of its names; an English one as a whole word."""
    return any(
        bool(re.search(rf"\b{re.escape(form)}", text)) if form.isascii() else form in text for form in thing.forms
    )


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question as completed, and with what; `language` is the one that it asks for the answer in."""

    question: str
    antecedents: tuple[Antecedent, ...]
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A question and the turns before it; `found` are their subjects, the latest first.

    `asked` names what the question names besides the words `back`, which mean something outside it; `document` reads
    a cited document by its id.
    """

    asked: Reading
    back: Sequence[Reference]
    history: Sequence[Exchange]
    found: Sequence[Focus]
    reader: ThingReader
    lister: Lister
    document: Callable[[str], Document | None]

    @property
    def language(self) -> Language:
        """The language of the question, in which it is completed."""
        return self.asked.language

    @property
    def last(self) -> Exchange:
        """The turn before."""
        return self.history[-1]

    def last_reading(self) -> Reading:
        """Return the question before, as read."""
        return self.reader.read(" ".join(self.last.question.split()))

    def subject(self) -> Focus | None:
        """Return what was spoken about last, other than what the question names itself."""
        named = {thing.key for thing in self.asked.specific}
        return next((focus for focus in subjects(self.found) if not focus.key & named), None)

    def name_of(self, focus: Focus, *, close: bool, anyhow: bool = False) -> str:
        """Return a subject in the question's language, with what narrows it.

        Not so for a question about the whole, nor, unless `anyhow`, for one of what the cited section does not speak of.
        """
        scores = all(thing.sort == "asking" for thing in self.asked.things) or bool(_SCORE.search(self.asked.text))
        narrow = close and not self.about_the_whole and (anyhow or self.stays_in(self.section(focus)))
        asked = all(thing.sort == "asking" for thing in self.asked.things)
        return focus.text(self.language, close=narrow, scores=scores, asked=asked)

    def stays_in(self, section: str) -> bool:
        """Whether a section speaks of all that the question names, so that what narrowed the last one still holds."""
        named = [thing for thing in self.asked.things if thing.sort != "asking" and not thing.text.isdigit()]
        return not section or all(holds(section, thing) for thing in named)

    @property
    def about_the_whole(self) -> bool:
        """Whether the question is about a thing as a whole: its limits, its authors, its second chapter."""
        if any(self.reader.about_the_whole(thing) for thing in self.asked.things):
            return True
        return bool(re.search(r"\d ?(?:장|절)(?![가-힣]*(?:썼|쓰|필요))|\b(?:section|chapter) \d", self.asked.text, re.IGNORECASE))

    def cited(self, focus: Focus) -> Document | None:
        """Return the document that the answer of a turn cites first."""
        citations = focus.answer.citations
        return self.document(citations[0].doc_id) if citations else None

    def section(self, focus: Focus) -> str:
        """Return the text of the section that the answer of a turn cites first, "" where that cannot be read."""
        document = self.cited(focus)
        section_id = focus.answer.citations[0].section_id if document else ""
        found = next((s for s in document.sections if s.section_id == section_id), None) if document else None
        return document.text[found.start : found.end].lower() if document and found else ""

    def with_focus(self, question: str, focus: Focus, text: str) -> Rewritten:
        """Return a question that was completed with one subject."""
        return Rewritten(question, (Antecedent(text, focus.turn),))

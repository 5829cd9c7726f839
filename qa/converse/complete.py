"""A follow-up question and the turns before it in, the complete question out. Searches and answers nothing.

A question that stands by itself is left exactly as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.load import Document, Language
from qa.answer import Answer
from qa.converse.another import ask_of_another, put_right
from qa.converse.attach import attach, repeat
from qa.converse.compare import compare
from qa.converse.correct import meant
from qa.converse.focus import Exchange, foci
from qa.converse.listing import Lister
from qa.converse.opposite import opposite
from qa.converse.others import other_readings
from qa.converse.refer import pointing_back
from qa.converse.resolve import resolve
from qa.converse.talk import Antecedent, Form, Talk, holds
from qa.converse.things import Reading, Thing, ThingReader
from qa.converse.turn import body
from qa.host.phrases import small_talk
from qa.question.query import question_language

__all__ = ["Antecedent", "Completer", "Completion", "Exchange"]

Kind = Literal["whole", "completed", "new topic"]
MAX_CHARS = 240  # a longer question says itself what it is about
_RULES = (repeat, opposite, resolve, compare, ask_of_another, attach)
_SAYS_LANGUAGE = re.compile(r"[가-힣]|\b[a-z]+\b")  # a name alone is of no language


@dataclass(frozen=True, slots=True)
class Completion:
    """A question as asked and as completed; of one that is not completed `question` is `asked`, to the letter.

    `antecedents` are what it was completed with. `language` is the one that the user asks for the answer in ("in
    English please"), `form` how it is to be put ("shorter", "as a table"); None where none is asked for. A "new topic"
    names something, and nothing of what was spoken about. `within_text` is what is asked of one text alone, where that
    is less than the question.
    """

    asked: str
    question: str
    kind: Kind
    antecedents: tuple[Antecedent, ...] = ()
    language: Language | None = None
    form: Form | None = None
    within_text: str | None = None


class Completer:
    """Completes questions from the turns before them; remembers nothing between calls but how texts read."""

    def __init__(
        self,
        reader: ThingReader,
        document: Callable[[str], Document | None] = lambda doc_id: None,
        titles: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Take what reads names and terms; `document` reads a cited document by its id, `titles` are those of all."""
        self._reader = reader
        self._lister = Lister(self._reader)
        self._document = document
        self._titles = titles

    def complete(self, question: str, history: Sequence[Exchange]) -> Completion:
        """Complete a question from the turns before it, oldest first. Never raises for odd questions."""
        text = " ".join(unicodedata.normalize("NFC", question).split())
        says_something = any(char.isalnum() for char in text) and small_talk(text) is None
        if not history or len(text) > MAX_CHARS or not says_something:
            return Completion(question, question, "whole")
        text, as_typed = meant(text), text
        talk = self._talk(text, history)
        rules = _RULES if text == as_typed else (put_right, *_RULES)
        done = next((done for rule in rules if (done := rule(talk)) is not None), None)
        if done is None and text != as_typed:
            return Completion(question, text, "completed")
        if done is None or done.question == text:
            language = done.language if done else None
            return Completion(question, question, "new topic" if _is_new(talk) else "whole", language=language)
        return Completion(question, done.question, "completed", done.antecedents, done.language, done.form)

    def otherwise(self, question: str, history: Sequence[Exchange]) -> list[Completion]:
        """Return a question that names nothing itself as asked of each name that was spoken about, the latest first."""
        text = meant(" ".join(unicodedata.normalize("NFC", question).split()))
        if len(text) > MAX_CHARS or not history:
            return []
        found = [rewritten for rewritten in other_readings(self._talk(text, history)) if rewritten.question != text]
        return [Completion(question, one.question, "completed", one.antecedents, one.language) for one in found]

    def read(self, question: str) -> Reading:
        """Return what a question names."""
        return self._reader.read(" ".join(question.split())[:MAX_CHARS])

    def listed(self, answer: Answer) -> Sequence[str]:
        """Return what the first list that an answer shows lists, in order; nothing where it shows none."""
        return next((listing.items for listing in self._lister.shown(answer)), ())

    def tells(self, doc_id: str, things: Sequence[Thing]) -> bool:
        """Whether a document holds all of some things."""
        document = self._document(doc_id) if things else None
        text = document.text.lower() if document else ""
        return all(holds(text, thing) for thing in things)

    def _talk(self, text: str, history: Sequence[Exchange]) -> Talk:
        reading = self._reader.read(text)
        language = reading.language if _SAYS_LANGUAGE.search(text) else question_language(history[-1].question)
        opened = len(text) - len(body(text))
        back, named = pointing_back(text, language, [thing for thing in reading.things if thing.start >= opened])
        asked = Reading(text, language, tuple(named))
        found = foci(history, self._reader)
        return Talk(asked, back, history, found, self._reader, self._lister, self._document, self._titles)


def _is_new(talk: Talk) -> bool:
    """Whether a question names something, and nothing of what was spoken about last."""
    named = {thing.key for thing in talk.asked.specific}
    spoken = {thing.key for focus in talk.found[:2] for thing in focus.reading.specific}
    return bool(named) and not named & spoken

"""Questions in, their Gold in one Library out: names become places, and what the Library does not hold is an error.

A place is a section or a document that a rank counts: all editions of a work are one. Its name is the document number
of TREC files: `work/section_id`, or `work` alone for a question whose gold names documents.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from index.errors import InputError
from index.load import Language
from qa.ask import Assistant
from qa.evaluation.questions import Question

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Gold:
    """The places that answer one question, and those of them that the Library holds in each language."""

    places: tuple[str, ...]
    by_language: Mapping[Language, tuple[str, ...]]


def place(work: str, section_id: str | None = None) -> str:
    """Return the name of a section, or of a whole work, without white space; "/" parts work and section."""
    return _plain(work) if section_id is None else f"{_plain(work)}/{_plain(section_id)}"


class Shelf:
    """What a Library holds: works, by every name that they go by, and places, by language."""

    def __init__(self, assistant: Assistant) -> None:
        self._held: dict[str, set[Language]] = {}
        self._works: dict[str, set[str]] = {}
        cards = assistant.documents()
        self.work_of = {card.doc_id: card.work for card in cards}
        for card in cards:
            for name in (card.doc_id, card.work, PurePath(card.source.replace("\\", "/")).name):
                self._works.setdefault(name, set()).add(card.work)
            document = assistant.document(card.doc_id)
            for section in document.sections if document else ():
                for where in (place(card.work, section.section_id), place(card.work)):
                    self._held.setdefault(where, set()).add(document.language if document else "en")

    def gold(self, questions: Sequence[Question]) -> list[Gold]:
        """Return each question's gold. Raises InputError that names the first places that the Library lacks."""
        missing: list[str] = []
        found = []
        for question in questions:
            places: dict[str, None] = {}
            for where, written in self._places(question):
                if where in self._held:
                    places[where] = None
                else:
                    missing.append(f"{question.where} ({question.question_id}): {written}")
            found.append(Gold(tuple(places), {language: self._in(places, language) for language in ("ko", "en")}))
        if missing:
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            raise InputError(
                f"gold that this Library does not hold: {'; '.join(missing[:SHOWN])}{more}; `surveyqa library list "
                "--json` names the works, `surveyqa show DOC_ID` the section ids; mend the names, add the documents or "
                "choose another Library with --library"
            )
        return found

    def _places(self, question: Question) -> Iterator[tuple[str, str]]:
        """Yield each gold place of a question ("" where no work goes by the name) and how it is written."""
        for name, section_id in question.gold:
            work = self._work(name, question)
            yield (place(work, section_id) if work else ""), f"[{name!r}, {section_id!r}]"
        for name in question.documents:
            work = self._work(name, question)
            yield (place(work) if work else ""), repr(name)

    def _work(self, name: str, question: Question) -> str | None:
        if name in self.work_of:
            return self.work_of[name]
        works = self._works.get(name, set())
        if name in works or not works:
            return name if works else None
        if len(works) > 1:
            raise InputError(
                f"{question.where}: the gold {name!r} names {len(works)} documents of this Library "
                f"({', '.join(sorted(works)[:SHOWN])}); write the work or the doc_id instead"
            )
        return next(iter(works))

    def _in(self, places: Mapping[str, None], language: Language) -> tuple[str, ...]:
        return tuple(where for where in places if language in self._held[where])


def _plain(name: str) -> str:
    return re.sub(r"[\s%/]", lambda found: quote(found[0], safe=""), name)

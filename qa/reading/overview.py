"""A question about a text as a whole and the best hit in, the section that says what that text is about out.

Reads headings: a summary or abstract before an introduction, that before an overview. Chooses no sentences.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from index.load import Document, Language
from index.outline import Section
from qa.question.itself import beside, section_of
from qa.question.query import Query
from qa.question.wording import OVERVIEWS, THE_SURVEY
from qa.retrieval.retrieve import Hit, Run
from qa.words.patterns import compiled

_OPENING = 300  # characters of it that may name the text
_TELLS = 100  # characters from which a section says something
_OVERVIEWS = tuple(compiled(pattern) for pattern in OVERVIEWS)
_SURVEY = compiled(THE_SURVEY)


class OverviewFinder:
    """Finds what tells of a text as a whole."""

    def __init__(
        self,
        document: Callable[[str], Document | None],
        edition: Callable[[str, Language], Document | None],
    ) -> None:
        """Take what reads documents by id, and a work's editions."""
        self._document = document
        self._edition = edition

    def find(self, run: Run, best: Hit) -> tuple[Document, list[Section]] | None:
        """Return the section that says what the text of a hit is about, in the question's language if there is one.

        Of a part that is told below several headings, each of its sections. None where the question asks for something
        else, or names another text. Of a survey it may stand in another text on it.
        """
        if run.query.itself:
            return self._of_itself(run.query, best)
        if not run.query.whole:
            return None
        of_survey = run.query.survey and bool(_SURVEY.search(best.passage.title))
        hits = [best, *(hit for hit in run.hits if of_survey and _SURVEY.search(hit.passage.title))]
        documents = list(filter(None, (self._read_in(hit, run.query.language) for hit in hits)))
        for document, section in _sections(documents):
            text = document.text[section.start : section.end].strip()
            opening = f"{best.passage.title} {document.title} {text[:_OPENING]}".lower()
            if len(text) >= _TELLS and (of_survey or _names(run.query, opening)):
                return document, [section]
        return None

    def _of_itself(self, query: Query, best: Hit) -> tuple[Document, list[Section]] | None:
        """Return the sections of the only text that is asked that tell what is asked of it."""
        document = self._read_in(best, query.language)
        section = section_of(query.itself, document) if query.itself and document else None
        if document is None or section is None or query.itself is None:
            return None
        return document, beside(section, document, query.itself)

    def _read_in(self, hit: Hit, language: Language) -> Document | None:
        document = self._document(hit.passage.doc_id)
        if document is None or document.language == language:
            return document
        return self._edition(document.work, language) or document


def _sections(documents: Sequence[Document]) -> Iterator[tuple[Document, Section]]:
    """Yield the sections whose headings say that they tell what the text is about, the best heading first."""
    for headings in _OVERVIEWS:
        for document in documents:
            for section in document.sections:
                if section.path and headings.search(section.path[-1]):
                    yield document, section


def _names(query: Query, opening: str) -> bool:
    """Whether an opening holds, as whole words, what the question calls the text."""
    held = (re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", opening) for name in query.called)
    return bool(query.called) and all(held)

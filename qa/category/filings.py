"""A filed method in, its filings with citations out: by the survey, by its companion list and by other documents."""

from collections.abc import Callable, Sequence

from index.load import Document, Language
from index.sentences import sentence_spans
from qa.answer import Citation
from qa.category.answer import FiledBy, Filing, OtherFiling
from qa.category.names import NameFinder, tokens
from qa.category.notes import SurveyNotes
from qa.category.taxonomy import CategoryPath, Method, Placement, Taxonomy
from qa.reading.cite import Evidence, locate
from qa.words.patterns import compiled

_ONLY = compiled(
    r"(?<!지)만(?:을|이|의)? ?(?:속|포함|해당|들어|있|맞|분류|인|이|야|$|\?)|에만|뿐|\bonly\b|\bjust\b|\bsolely\b"
)


def belongs(question: str, asked: Sequence[Sequence[str]], method: Method) -> bool | None:
    """Return whether a method is filed as a question supposes, under each of the categories that it names by ids.

    None where it names none, or several, of which it asks under which: that is no matter of yes or no. What is "only"
    under a category is under no other.
    """
    if len(asked) != 1:
        return None
    held = [not set(asked[0]).isdisjoint(path) for path in method.paths]
    return all(held) if _ONLY.search(question) else any(held)


class Filer:
    """Looks up where methods are filed and what says so."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        notes: SurveyNotes,
        finder: NameFinder,
        document: Callable[[str], Document | None],
    ) -> None:
        self.taxonomy, self.notes = taxonomy, notes
        self._finder, self._document = finder, document

    def filings(self, method: Method, language: Language) -> tuple[Filing, ...]:
        """Return all that a method is filed under, the main one first."""
        return tuple(self._filing(method, path, language) for path in method.paths)

    def _filing(self, method: Method, path: CategoryPath, language: Language) -> Filing:
        placing = self.notes.placing(method.method_id, path[-1], language)
        detail = None if placing else self.notes.mention(method.method_id, path[-1], language)
        told = placing or detail
        source: FiledBy = "survey" if told and not self.notes.is_listing(told) else "companion list"
        return Filing(path, *self._names(path), source, placing or self.notes.definition(path[-1], language), detail)

    def of_category(self, category_id: str, told: Citation | None, source: FiledBy = "survey") -> Filing:
        """Return a category with what bears out what is said of it."""
        path = self.taxonomy.path(category_id)
        return Filing(path, *self._names(path), source, told)

    def elsewhere(self, method: Method, language: Language) -> tuple[Filing, ...]:
        """Return the sections that describe a method which is filed under other categories."""
        found = []
        for category_id in self.notes.elsewhere(method.method_id):
            found.append(self.of_category(category_id, self.notes.placing(method.method_id, category_id, language)))
        return tuple(found)

    def other(self, placement: Placement, language: Language) -> OtherFiling:
        """Return where another document files a method."""
        names = self._names(placement.path)
        citation = self._naming(placement.doc_id, placement.method_id)
        return OtherFiling(placement.path, *names, placement.doc_id, placement.note(language), citation)

    def _naming(self, doc_id: str, method_id: str) -> Citation | None:
        """Return the first sentence of a document that names a method."""
        document = self._document(doc_id)
        for section in document.sections if document else ():
            for start, end in sentence_spans(document.text if document else "", section.start, section.end):
                mentions = self._finder.find(document.text[start:end]) if document else []
                if any(method_id in mention.ids for mention in mentions):
                    return locate(Evidence(doc_id, section.section_id, start, end), self._document)
        return None

    def similar(self, method: Method) -> tuple[Method, ...]:
        """Return methods whose names are longer and hold this one's as a word: Math-Shepherd for Shepherd."""
        own = [token.text for token in tokens(method.name)]
        found = []
        for other in self.taxonomy.methods.values():
            words = [token.text for token in tokens(other.name)]
            starts = range(len(words) - len(own) + 1)
            if other is not method and len(words) <= 4 and any(words[at : at + len(own)] == own for at in starts):
                found.append(other)
        return tuple(found[:5])

    def _names(self, path: CategoryPath) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.taxonomy.names(path, "ko"), self.taxonomy.names(path, "en")

"""The survey notes in, the sentences that define each category and place each method out. Cites; judges nothing.

A section that is no category (RLHF, process verifiers) belongs to the nearest category above it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.load import Document, Language
from index.sentences import sentence_spans
from qa.answer import Citation
from qa.category.names import Mention, NameFinder
from qa.category.predict import Source
from qa.category.taxonomy import Taxonomy
from qa.reading.cite import Evidence, locate

NOTES = "2406.01252-notes"
_LIST_WORDS = ("companion list", "동반 목록")


@dataclass(frozen=True, slots=True)
class NotedSentence:
    """One sentence of the notes: its section, the category of that section, and the methods that it names."""

    section_id: str
    category_id: str | None
    start: int
    end: int
    text: str
    methods: frozenset[str]
    opens_with: frozenset[str]

    @property
    def is_listing(self) -> bool:
        """Whether the sentence reports the companion list and not the survey's own text."""
        return any(words in self.text for words in _LIST_WORDS)


class SurveyNotes:
    """The survey notes in both languages, read when first needed. `document` and `edition` come from the store."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        finder: NameFinder,
        document: Callable[[str], Document | None],
        edition: Callable[[str, str], Document | None],
    ) -> None:
        self._taxonomy, self._finder = taxonomy, finder
        self._document, self._edition = document, edition
        self._read: dict[Language, tuple[str, tuple[NotedSentence, ...]]] = {}

    def definition(self, category_id: str, language: Language) -> Citation | None:
        """Return the first sentence of a category's section, in the language if there is such an edition."""
        section_id = self._taxonomy.categories[category_id].section
        for of in _both(language):
            doc_id, sentences = self._edition_of(of)
            found = next((s for s in sentences if s.section_id == section_id), None)
            if found:
                return self._cite(doc_id, found)
        return None

    def counting(self, category_id: str | None, number: int, language: Language) -> Citation | None:
        """Return the sentence that says how many entries the companion list has, of a category or in all, or None."""
        return self._listing(number, language, lambda s: category_id in (None, s.category_id))

    def listing_often(self, method_id: str, number: int, language: Language) -> Citation | None:
        """Return the sentence that says in how many places of the companion list a method stands, or None."""
        return self._listing(number, language, lambda s: method_id in s.methods)

    def _listing(self, number: int, language: Language, fits: Callable[[NotedSentence], bool]) -> Citation | None:
        figure = re.compile(rf"(?<![\d.]){number}(?![\d.]*\d)")
        for of in _both(language):
            doc_id, sentences = self._edition_of(of)
            found = next((s for s in sentences if s.is_listing and figure.search(s.text) and fits(s)), None)
            if found:
                return self._cite(doc_id, found)
        return None

    def placing(self, method_id: str, category_id: str, language: Language) -> Citation | None:
        """Return the sentence that names a method in a category's own section, or None."""
        section_id = self._taxonomy.categories[category_id].section
        return self._best(method_id, language, lambda s: s.section_id == section_id)

    def mention(self, method_id: str, category_id: str, language: Language) -> Citation | None:
        """Return the sentence that names a method in a section below a category's, or None."""
        section_id = self._taxonomy.categories[category_id].section
        return self._best(method_id, language, lambda s: s.category_id == category_id and s.section_id != section_id)

    def telling(self, method_id: str, language: Language) -> Citation | None:
        """Return the sentence that tells most about a method: one that opens with it, in any section."""
        return self._best(method_id, language, lambda s: bool(s.opens_with))

    def is_listing(self, citation: Citation) -> bool:
        """Whether a citation reports the companion list."""
        return any(words in citation.quote for words in _LIST_WORDS)

    def elsewhere(self, method_id: str) -> tuple[str, ...]:
        """Return the leaf categories whose sections describe a method that is not filed there."""
        filed = {path[-1] for path in self._taxonomy.methods[method_id].paths}
        leaves = {category.category_id for category in self._taxonomy.leaves()}
        _, sentences = self._edition_of("en")
        found = (s.category_id for s in sentences if method_id in s.opens_with and not s.is_listing)
        return tuple(dict.fromkeys(c for c in found if c in leaves and c not in filed and c is not None))

    def naming(self, word: str, language: Language) -> list[tuple[NotedSentence, Citation]]:
        """Return the sentences that hold a name that the taxonomy does not know, as written."""
        found = []
        for of in _both(language):
            doc_id, sentences = self._edition_of(of)
            for sentence in sentences:
                citation = self._cite(doc_id, sentence) if word in sentence.text else None
                if citation:
                    found.append((sentence, citation))
        return found

    def sources(self) -> Iterable[Source]:
        """Yield the sentences of the category sections in both languages, each with the methods that it names."""
        for language in _both("en"):
            for sentence in self._edition_of(language)[1]:
                if sentence.category_id and not sentence.is_listing:
                    yield Source("section", sentence.category_id, sentence.text, sentence.methods)

    def _best(self, method_id: str, language: Language, fits: Callable[[NotedSentence], bool]) -> Citation | None:
        for of in _both(language):
            doc_id, sentences = self._edition_of(of)
            named = [s for s in sentences if method_id in s.methods and fits(s)]
            if named:
                best = min(named, key=lambda s: (method_id not in s.opens_with, s.is_listing, s.start))
                return self._cite(doc_id, best)
        return None

    def _cite(self, doc_id: str, sentence: NotedSentence) -> Citation | None:
        return locate(Evidence(doc_id, sentence.section_id, sentence.start, sentence.end), self._document)

    def _edition_of(self, language: Language) -> tuple[str, tuple[NotedSentence, ...]]:
        if language not in self._read:
            document = self._edition(NOTES, language)
            if document is None:
                return "", ()
            self._read[language] = document.doc_id, tuple(self._sentences(document))
        return self._read[language]

    def _sentences(self, document: Document) -> Iterable[NotedSentence]:
        category_of = self._categories(document)
        for section in document.sections:
            category_id = category_of.get(section.section_id)
            for start, end in sentence_spans(document.text, section.start, section.end):
                text = document.text[start:end]
                mentions = [m for m in self._finder.find(text) if m.kind == "method"]
                named = self._resolve(mentions, category_id)
                opening = self._resolve([m for m in mentions if m.start < 3], category_id)
                yield NotedSentence(section.section_id, category_id, start, end, text, named, opening)

    def _resolve(self, mentions: Iterable[Mention], category_id: str | None) -> frozenset[str]:
        """Return the methods meant; an ambiguous name means those that are filed under the section's category."""
        found: set[str] = set()
        for mention in mentions:
            inside = {i for i in mention.ids if any(p[-1] == category_id for p in self._taxonomy.methods[i].paths)}
            capital = any(char.isupper() for char in mention.written)
            if mention.certain or (capital and len(inside) == 1):
                found |= inside if len(mention.ids) > 1 else set(mention.ids)
        return frozenset(found)

    def _categories(self, document: Document) -> dict[str, str]:
        by_section = {category.section: category.category_id for category in self._taxonomy.categories.values()}
        paths = {section.path: by_section.get(section.section_id) for section in document.sections}
        found: dict[str, str] = defaultdict(str)
        for section in document.sections:
            for size in range(len(section.path), 0, -1):
                category_id = paths.get(section.path[:size])
                if category_id:
                    found[section.section_id] = category_id
                    break
        return found


def _both(language: Language) -> tuple[Language, Language]:
    return ("ko", "en") if language == "ko" else ("en", "ko")

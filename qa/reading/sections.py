"""A Run in, the sections to read an answer from out, in the language to read them in. Reads no sentence."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from index.load import Document, Language
from index.outline import Section
from qa.reading.candidate import Place
from qa.reading.cite import Evidence
from qa.reading.formulas import asks_for_formula, shows_formulas
from qa.reading.holding import is_of_others
from qa.reading.tables import has_table
from qa.retrieval.retrieve import Hit, Run
from qa.retrieval.support import SupportModel, SupportReader

MAX_SECTIONS = 4
MAX_OTHERS = 3  # sections that are named beside what may not be what was asked
_OWN_LANGUAGE = 1.5  # by which the odds of what stands in the other language must be higher for it to be read instead
_WEAK_PLACE = 0.2  # against the best, below which a section is not read
_WEAK_OTHER = 0.05  # … and below which it is not named


class SectionFinder:
    """Finds the sections to read, in the question's language unless one in the other answers likelier."""

    def __init__(
        self,
        support: SupportReader,
        passages: SupportModel,
        document: Callable[[str], Document | None],
        edition: Callable[[str, Language], Document | None],
        are_counted: Callable[[tuple[str, str], Language, str], bool],
        place: Callable[[Document, Section, float, tuple[float, ...]], Place],
    ) -> None:
        """Take the model that weighs passages, what reads documents by id, a work's editions, and what makes places.

        `are_counted` says whether a section's known questions tell sentences of its text by their numbers.
        """
        self._support = support
        self._passages = passages
        self._document = document
        self._edition = edition
        self._are_counted = are_counted
        self._place_of = place

    def best(self, run: Run) -> tuple[Hit | None, float]:
        """Return the hit to answer from, of each language's best the one that likelier answers, and its probability.

        Where their odds are near, it is the one in the question's language.
        """
        chosen: Hit | None = None
        best, probability = -1.0, 0.0
        for language in (run.query.language, "en" if run.query.language == "ko" else "ko"):
            hits = [hit for hit in run.hits if hit.passage.language == language]
            if not hits:
                continue
            found = self._passages.probability(self._support.read(run, hits[0]))
            odds = found / max(1 - found, 1e-9) * (_OWN_LANGUAGE if language == run.query.language else 1.0)
            if odds > best:
                chosen, best, probability = hits[0], odds, found
        return chosen, probability

    def places(self, run: Run, best: Hit) -> list[Place]:
        """Return the sections to read, the best first; in the question's language where the work has that edition."""
        places: dict[tuple[str, str], Place] = {}
        for hit in [best, *(hit for hit in run.hits if hit.passage.language == best.passage.language)]:
            strength = math.exp(min(0.0, hit.score - best.score))
            if strength < _WEAK_PLACE or is_of_others(run, hit, best):
                continue
            place = self._place(hit, run.query.language, strength)
            if place is not None:
                places.setdefault((place.document.doc_id, place.section.section_id), place)
            if len(places) == MAX_SECTIONS:
                break
        return [*places.values(), *self._formulas(run, best, list(places.values()))]

    def found(self, run: Run, most: int, texts: int) -> Iterator[Place]:
        """Yield the sections that were found, the best first, at most so many; languages as for `places`.

        After them all other sections with tables come, of so many texts as were found first.
        """
        seen: set[tuple[str, str]] = set()
        documents: dict[str, Document] = {}
        for hit in run.hits:
            place = self._place(hit, run.query.language, 1.0) if len(seen) < most or len(documents) < texts else None
            if place is None:
                continue
            documents.setdefault(place.document.doc_id, place.document)
            if len(seen) < most and (key := (place.document.doc_id, place.section.section_id)) not in seen:
                seen.add(key)
                yield place
        for document in islice(documents.values(), texts):
            for section in document.sections:
                is_new = (document.doc_id, section.section_id) not in seen
                if is_new and has_table(document.text, section.start, section.end):
                    yield self._place_of(document, section, 1.0, ())

    def _formulas(self, run: Run, best: Hit, places: Sequence[Place]) -> Iterator[Place]:
        """Yield the next best section of the same document that shows a formula, where one is asked for by name."""
        if not asks_for_formula(run.query.text) or any(shows_formulas(place.text) for place in places):
            return
        near = (hit for hit in run.hits if hit.passage.doc_id == best.passage.doc_id)
        others = (self._place(hit, run.query.language, math.exp(min(0.0, hit.score - best.score))) for hit in near)
        yield from islice((place for place in others if place is not None and shows_formulas(place.text)), 1)

    def _place(self, hit: Hit, language: Language, strength: float) -> Place | None:
        document = self._document(hit.passage.doc_id)
        if document is None:
            return None
        section_id = hit.passage.section_id
        if document.language != language and (edition := self._edition(document.work, language)) is not None:
            same = edition.section(section_id)
            if same is not None:
                return self._read_from(edition, same, hit, strength)
        section = document.section(section_id)
        return self._read_from(document, section, hit, strength) if section else None

    def _read_from(self, document: Document, section: Section, hit: Hit, strength: float) -> Place:
        text, place = document.text[section.start : section.end], (document.work, section.section_id)
        asked = hit.likeness.sentences if hit.likeness else ()
        if asked and not self._are_counted(place, document.language, text):
            asked = ()
        return self._place_of(document, section, strength, asked)

    def nearest(self, hit: Hit, language: Language) -> Evidence:
        """Return where a hit stands, in the question's language where the work has that edition."""
        passage = hit.passage
        if passage.language != language and (place := self._place(hit, language, 1.0)) is not None:
            section = place.section
            if place.document.language == language and section.start < section.end:
                return Evidence(place.document.doc_id, section.section_id, section.start, section.end)
        return Evidence(passage.doc_id, passage.section_id, passage.start, passage.end)

    def others(self, run: Run, best: Hit, shown: Iterable[Evidence]) -> list[Evidence]:
        """Return the sections that were found beside those of what is shown, the best first."""
        taken = {(document.work, one.section_id) for one in shown if (document := self._document(one.doc_id))}
        near: dict[tuple[str, str], Hit] = {}
        for hit in run.hits:
            place = hit.passage.work, hit.passage.section_id
            if place not in taken and hit.score > best.score + math.log(_WEAK_OTHER):
                near.setdefault(place, hit)
        return [self.nearest(hit, run.query.language) for hit in islice(near.values(), MAX_OTHERS)]

"""What is looked for and the hits of one text in, the sentence that shows that the text tells of it out; or none.

A text tells of something where a passage holds it: all words of the rarest of the things named, and most of the rest.
"""

import re
from collections.abc import Callable, Sequence

from index.analyse import is_name_like
from index.load import Document
from qa.question.query import is_filler
from qa.reading.candidate import Candidate
from qa.reading.choose import Chooser, only_leads
from qa.reading.cite import Draft, DraftSentence
from qa.reading.holding import topics_of
from qa.reading.tables import is_row
from qa.retrieval.retrieve import Hit, Run
from qa.words.bridge import Form, Unit

_LIKELY = 0.6  # the strength from which a form means the thing, and not one like it
_ALL_WORDS = 0.75  # the strength, of what a form can have, from which a passage holds all words of a thing
MOST, NEARLY_ALL = 0.52, 0.75  # of what is looked for, by how rare it is, that one passage has to hold
_LETTER = re.compile("[A-Z][A-Z+#]?")  # R, C#: a name to the letter
_SURE = 0.7  # the chance that is given to it; of such texts for development questions nine in ten tell of it or name it


class EvidenceFinder:
    """Finds the sentence of a text that names what is looked for."""

    def __init__(self, chooser: Chooser, document: Callable[[str], Document | None]) -> None:
        """Take what weighs sentences, and what reads documents by id."""
        self._chooser = chooser
        self._document = document

    def find(self, run: Run, least: float) -> Draft | None:
        """Return the sentence of the passage that holds most of what is looked for; None where none holds `least`.

        Of the editions of a text that in the question's language is preferred.
        """
        sought = sought_in(run)
        shares = [(_share_held(hit, sought), hit) for hit in run.hits]
        enough = [(hit.passage.language == run.query.language, share, hit) for share, hit in shares if share >= least]
        best = max(enough, key=lambda one: one[:2])[2] if enough else None
        document = self._document(best.passage.doc_id) if best else None
        if document is None or best is None:
            return None
        section = document.section(best.passage.section_id)
        place = self._chooser.place(document, section, best.score) if section else None
        candidates = self._chooser.candidates(run, [place]) if place else []
        rarest = max(sought, key=lambda unit: unit.rarity)
        naming = [one for one in candidates if _names(one, rarest, document)]
        told = max(naming, key=lambda one: (_held(one, sought, document), one.score), default=None)
        if told is None:
            return None
        query = run.query
        return Draft(
            query.typed, query.language, query.kind, (DraftSentence(told.text, told.evidence),), None, (), _SURE
        )


def sought_in(run: Run) -> list[Unit]:
    """Return the things that are looked for: of those that are asked about, what is no word that asks."""
    return [unit for unit in topics_of(run) if not all(map(is_filler, unit.own))]


def _share_held(hit: Hit, sought: Sequence[Unit]) -> float:
    """Return how much of what is looked for a hit holds; 0 where it lacks what is rarest."""
    matches = [match for match in hit.matches if match.unit in sought]
    held = [match.unit for match in matches if _is_held(match.strength, match.form)]
    if not held or max(matches, key=lambda match: match.unit.rarity).unit not in held:
        return 0.0
    return sum(unit.rarity for unit in held) / sum(match.unit.rarity for match in matches)


def _is_held(strength: float, form: Form | None) -> bool:
    """Whether all words of a thing are there, by a likely form."""
    return form is not None and strength >= max(_LIKELY, _ALL_WORDS * form.weight)


def _names(candidate: Candidate, unit: Unit, document: Document) -> bool:
    """Whether a sentence holds a thing; of a name its letters: SPIN is no spinning, R no R54."""
    strength, form = unit.match(candidate.terms, document.language)
    if _LETTER.fullmatch(unit.written):
        return bool(re.search(rf"(?<![A-Za-z0-9]){re.escape(unit.written)}(?![A-Za-z0-9])", candidate.text))
    if form is not None and form.terms == unit.own and is_name_like(unit.written):
        return bool(
            re.search(rf"(?<![A-Za-z]){re.escape(unit.written)}(?![A-Za-z]{{2}})", candidate.text, re.IGNORECASE)
        )
    return _is_held(strength, form)


def _held(candidate: Candidate, sought: Sequence[Unit], document: Document) -> float:
    """Return how much of what is looked for a sentence itself holds; what is no sentence comes last."""
    held = sum(unit.rarity * unit.match(candidate.terms, document.language)[0] for unit in sought)
    is_none = candidate.label or candidate.is_code or is_row(candidate.text) or only_leads(candidate.text)
    return round(held, 1) - is_none

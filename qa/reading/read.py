"""A Run in, a Draft out, by choosing whole sentences: the extractive reader. Writes no word of its own; checks nothing.

`cite` decides what of a Draft is shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent
from typing import Protocol

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Document, Language
from qa.answer import SURE, BridgedTerm
from qa.question.aspect import Aspect
from qa.reading.authors import AuthorFinder
from qa.reading.candidate import Candidate
from qa.reading.choose import Chooser
from qa.reading.cite import Draft, DraftSentence, Evidence
from qa.reading.companions import shows_code
from qa.reading.holding import is_foreign, is_unheard
from qa.reading.items import with_items
from qa.reading.limits import LimitFinder
from qa.reading.numbers.ranking import MOST_SECTIONS, TEXTS, Ranking, RankingFinder
from qa.reading.overview import OverviewFinder
from qa.reading.particulars import ParticularFinder
from qa.reading.sections import SectionFinder
from qa.reading.tables import headings_above, is_row
from qa.retrieval.retrieve import Hit, Run
from qa.retrieval.support import ReplyModel, SupportModel, SupportReader, answer_features

_BESIDE = 0.4  # the most for sentences that do not name the limits, strengths or number that is asked for
_OVERVIEW = 0.6  # the least for the overview of a text that is named
_SAME = 1.3  # likeness of a known question that asks the same in other words
_OF_ANOTHER = 0.01  # for those that do not name the matter
# Parts of a text, and particulars of a study, that no other sentence makes up for.
_TOLD_OR_NOT = ("authors", "future", "availability", "funding", "published")
_TELLING = 0.36  # the rarity of a term from which it is worth saying how it is called in the other language
_HOPELESS = 0.05  # below this no sentence can make up for what the passages lack


@dataclass(frozen=True, slots=True)
class Proposal:
    """The sentences that would answer, and what speaks for them; `features` are in the order of REPLY_FEATURES.

    `is_overview` says that they tell what a text says as a whole, which is asked for by its name.
    """

    best: Hit
    chosen: tuple[Candidate, ...]
    language: Language
    features: tuple[float, ...]
    is_overview: bool = False


class Reader(Protocol):
    """Turns a Run into a Draft."""

    def read(self, run: Run) -> Draft:
        """Return a draft answer, without sentences when nothing supports one."""


class ExtractiveReader:
    """Chooses sentences from the best sections, in the question's language unless one in the other answers likelier."""

    def __init__(
        self,
        analyser: Analyser,
        embedder: Embedder,
        support: SupportReader,
        passages: SupportModel,
        answers: ReplyModel,
        document: Callable[[str], Document | None],
        edition: Callable[[str, Language], Document | None],
        are_counted: Callable[[tuple[str, str], Language, str], bool],
    ) -> None:
        """Take the models that weigh passages and answers, what reads documents by id, and a work's editions.

        `are_counted` says whether a section's known questions tell sentences of its text by their numbers.
        """
        self.chooser = Chooser(analyser, embedder, vectors=support.inspector.word_vectors)
        self.sections = SectionFinder(support, passages, document, edition, are_counted, self.chooser.place)
        self._support = support
        self._answers = answers
        self._document = document
        self._overviews = OverviewFinder(document, edition)
        self._authors = AuthorFinder(analyser, document)
        self._particulars = ParticularFinder(analyser, document)
        self._limits = LimitFinder(document)
        self._rankings = RankingFinder(analyser)

    def read(self, run: Run) -> Draft:
        """Return the sentences that answer, or a draft without sentences that names the nearest sentence or section."""
        ranking = self._rankings.find(run, self.sections.found(run, MOST_SECTIONS, TEXTS))
        if ranking is not None and ranking.is_sure:
            return self._ranked(run, ranking)
        draft = self._read(run)
        in_words = draft.probability >= SURE and any(one.form not in ("header", "row") for one in draft.sentences)
        return draft if ranking is None or in_words else self._ranked(run, ranking)

    def _read(self, run: Run) -> Draft:
        proposal = self.propose(run)
        particular, told_of = self._particulars.find(run)
        limits = self._limits.find(run)
        sentences = (*(DraftSentence(*line) for line in self._authors.find(run)), *told_of)
        sentences += tuple(limits.sentences) if limits else ()
        language, probability = run.query.language, _OVERVIEW if sentences else 0.0
        if limits and limits.sentences and not limits.are_named:
            probability = _BESIDE
        if proposal is not None and not sentences:
            probability = self._answers.probability(proposal.features)
            probability = _as_far_as_told(run, proposal, probability)
            if run.query.section and proposal.best.section_matches(run.query.section):
                probability = max(probability, 1 - _HOPELESS)  # the section asked for by number is there
            of_itself = run.query.itself in _TOLD_OR_NOT or particular in _TOLD_OR_NOT or limits is not None
            is_counted_on = run.query.itself != "authors" or proposal.best.likeness is not None  # else lines tell them
            authors = (run.query.unsaid or of_itself) and is_counted_on and _authors_are_told(run, proposal)
            if (proposal.is_overview and proposal.chosen) or authors:
                probability = max(probability, _OVERVIEW)
            elif of_itself:
                probability = min(probability, _OF_ANOTHER)
            if self._answers.answers(probability, proposal.best):
                language = proposal.language
                sentences = tuple(self._sentences(run, proposal))
        hit = proposal.best if proposal else next(iter(run.hits), None)
        told = _best(proposal.chosen) if proposal and not sentences and probability >= _HOPELESS else None
        nearest = told.evidence if told else self.sections.nearest(hit, run.query.language) if hit else None
        shown = [sentence.evidence for sentence in sentences] or ([nearest] if nearest else [])
        return Draft(
            question=run.query.typed,
            language=run.query.language,
            kind=run.query.kind,
            sentences=sentences,
            nearest=nearest,
            bridged=tuple(bridged(run, language)) if sentences else (),
            probability=probability,
            nearest_is_sentence=told is not None,
            others=tuple(self.sections.others(run, hit, shown)) if hit and _HOPELESS <= probability < SURE else (),
        )

    def _ranked(self, run: Run, ranking: Ranking) -> Draft:
        """Return what a table says is the highest or lowest."""
        return Draft(
            question=run.query.typed,
            language=run.query.language,
            kind=run.query.kind,
            sentences=ranking.sentences,
            nearest=None,
            bridged=(),
            probability=_OVERVIEW if ranking.is_sure else _BESIDE,
            lead=ranking.line,
        )

    def propose(self, run: Run) -> Proposal | None:
        """Return what would be answered if nothing were refused; None when nothing could be."""
        best, probability = self.sections.best(run)
        if best is None:
            return None
        looked_up = bool(run.query.section) and best.section_matches(run.query.section or "")
        overview = self._overviews.find(run, best)
        if overview is not None:
            document, sections = overview
            places = [self.chooser.place(document, section, 1.0) for section in sections]
        else:
            places = self.sections.places(run, best) if probability >= _HOPELESS or looked_up else []
        leading = looked_up or bool(run.query.itself and overview)
        chosen = tuple(self.chooser.choose(run, places, leading=leading)) if places else ()
        language = places[0].document.language if places else best.passage.language
        shown = [(c.terms, places[c.place].words, c.text) for c in chosen]
        left_open = self._support.attributes.read(run, best, [(terms, text) for terms, _, text in shown], language)
        features = (*answer_features(run, probability, shown, language), *left_open)
        return Proposal(best, chosen, language, features, is_overview=overview is not None)

    def _sentences(self, run: Run, proposal: Proposal) -> Iterable[DraftSentence]:
        best = _best(proposal.chosen)
        listed = {one for pair in pairwise(proposal.chosen) if _are_listed(*pair) for one in pair}
        header: Evidence | None = None
        for candidate in proposal.chosen:
            if candidate.is_code:
                yield from self._code(candidate.evidence)
                continue
            if is_row(candidate.text) and (above := self._headings(candidate.evidence)) is not None:
                if above.evidence != header:
                    yield above
                header = above.evidence
                yield DraftSentence(candidate.text, candidate.evidence, "row")
            elif candidate in listed:
                yield DraftSentence(candidate.text, candidate.evidence, "item")
            elif run.query.kind == "list" and candidate is best:
                yield from with_items(candidate.text, candidate.evidence)
            else:
                yield DraftSentence(candidate.text, candidate.evidence)
            if candidate.code and shows_code(candidate, run.query.text):
                yield from self._code(candidate.code)

    def _headings(self, row: Evidence) -> DraftSentence | None:
        """Return the headings of the table that a row is of."""
        document = self._document(row.doc_id)
        span = headings_above(document.text, row.start) if document is not None else None
        if document is None or span is None:
            return None
        return DraftSentence(document.text[slice(*span)], Evidence(row.doc_id, row.section_id, *span), "header")

    def _code(self, place: Evidence) -> Iterable[DraftSentence]:
        """Yield the code of a place, without the margin that all its lines have."""
        document = self._document(place.doc_id)
        if document is not None:
            yield DraftSentence(dedent(document.text[place.start : place.end]), place, "code")


def _best(candidates: Iterable[Candidate]) -> Candidate | None:
    return max(candidates, key=lambda candidate: candidate.score, default=None)


def _are_listed(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences that follow each other in an answer are of one section's list."""
    return one.listed and other.listed and one.place == other.place


def _as_far_as_told(run: Run, proposal: Proposal, probability: float) -> float:
    """Return the probability, no more than sentences deserve that do not tell what is asked of their thing.

    Where a known question asks nearly the same, they need not name its limits, reasons or the matter.
    """
    aspect, headings = Aspect(run.query), proposal.best.passage.path
    texts = [candidate.text for candidate in proposal.chosen]
    is_known = any(candidate.is_known_to_answer and candidate.asked >= _SAME for candidate in proposal.chosen)
    best = proposal.best
    of_another = aspect.is_of_another(texts, headings) or is_unheard(run, best) or is_foreign(best)
    if of_another or not (is_known or aspect.matters_are_told(texts, headings)):
        return min(probability, _BESIDE if proposal.best.likeness is None else _OF_ANOTHER)
    told = aspect.is_counted(texts) and (is_known or aspect.is_told(texts, headings))
    return probability if told else min(probability, _BESIDE)


def _authors_are_told(run: Run, proposal: Proposal) -> bool:
    return Aspect(run.query).authors_are_told([candidate.text for candidate in proposal.chosen])


def bridged(run: Run, language: Language) -> Iterable[BridgedTerm]:
    """Return the question's terms that were found under a name of the other language, or under another name."""
    yield from (BridgedTerm(*names) for names in run.query.renamed)
    seen: set[str] = set()
    for hit in run.hits[:5]:
        for match in hit.matches:
            form = match.form
            if form is None or match.strength < 0.25 or match.unit.written in seen or form.terms == match.unit.own:
                continue
            if match.unit.predicate or match.unit.rarity < _TELLING:
                continue
            if (
                hit.passage.language == language or match.unit.language != hit.passage.language
            ) and form.written != match.unit.written:
                seen.add(match.unit.written)
                yield BridgedTerm(match.unit.written, form.written)

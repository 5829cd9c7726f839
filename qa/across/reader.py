"""A question of all texts of a Library in, an Answer that goes through them out: what each says, which tell of it.

Each text is asked on its own; the user's own come first.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.analyse import Analyser
from index.load import Document, Language
from index.storage.record import DocumentCard, by_work
from qa.across.asked import AskedOfEach, Sought, asked_of_each, looked_for
from qa.across.beside import beside, left_out, silent_on
from qa.across.evidence import MOST, NEARLY_ALL, EvidenceFinder, sought_in
from qa.across.wording import PROPOSES
from qa.answer import Answer
from qa.parts.divide import Quoted
from qa.question.itself import part_asked
from qa.question.query import question_language
from qa.question.scope import SUM_UP, Within
from qa.reading.choose import Chooser
from qa.reading.cite import cite
from qa.retrieval.retrieve import Run

MOST_TEXTS = 24  # that are asked
_MOST_SENTENCES = 2  # of each text
_FEW = 2  # items, of which more are a list
_ABOUT_AS_RARE = 0.75  # the share of the rarest thing's rarity
_BEST_HITS = 10  # of a text that are looked at
_HITS = 200  # of a Library of many texts, to choose those that are asked

Ask = Callable[[str, Language, Within], Quoted]
Search = Callable[[str, int, Language | None, Within], Run]
Work = Sequence[DocumentCard]  # its editions


class AcrossReader:
    """Asks the texts of a Library one by one."""

    def __init__(
        self,
        search: Search,
        chooser: Chooser,
        analyser: Analyser,
        cards: Callable[[Within], Iterable[DocumentCard]],
        document: Callable[[str], Document | None],
    ) -> None:
        """Take what finds passages, weighs sentences, analyses questions, and lists and reads documents."""
        self._search = search
        self._evidence = EvidenceFinder(chooser, document)
        self._analyser = analyser
        self._cards = cards
        self._document = document

    def answer(self, question: str, language: Language | None, within: Within, ask: Ask) -> Quoted | None:
        """Return what each text says, or those that tell of something; None where a question asks neither.

        `ask` asks the documents of some ids, None all.
        """
        each = asked_of_each(question)
        sought = None if each else looked_for(question)
        works = _works(self._cards(within)) if each or sought else []
        if len(works) < 2:
            return None
        language = language or question_language(question)
        if each is not None:
            return self._each(question, each, language, works, ask)
        if sought is not None:
            return self._which(question, sought, language, works, ask(question, language, within))
        return None

    def _each(
        self, question: str, asked: AskedOfEach, language: Language, works: Sequence[Work], ask: Ask
    ) -> Quoted | None:
        """Return what each text says, and name those that say nothing."""
        told: list[Quoted] = []
        silent: list[str] = []
        in_short = part_asked(asked.question, self._analyser) == "summary"
        for work in works[:MOST_TEXTS]:
            ids = [card.doc_id for card in work]
            one = _in_short(language, ids, ask) if in_short else self._said(asked.question, language, ids, ask)
            if one.answer.sure and one.answer.citations:
                told.append(one)
            else:
                silent.append(_title(work, language))
        if not told:
            return None
        found = beside(question, language, told, 1 if asked.brief else _MOST_SENTENCES)
        said = (silent_on(silent, language), left_out(len(works), MOST_TEXTS, language))
        return replace(found, answer=replace(found.answer, notice=" ".join(filter(None, said))))

    def _said(self, question: str, language: Language, within: Within, ask: Ask) -> Quoted:
        """Return what a text answers; where that is not sure, the sentence that names nearly all that is asked."""
        answered = ask(question, language, within)
        return answered if answered.answer.sure else self._shown(question, language, within, NEARLY_ALL) or answered

    def _which(self, question: str, sought: Sought, language: Language, works: Sequence[Work], whole: Quoted) -> Quoted:
        """Return the texts that tell of something; of the one that answers the question anyway, what answers it.

        `whole` is the answer from all texts at once. It stands where it tells what the taxonomy files, or lists things;
        where one text is asked for and a known question tells which; and where no text tells of it.
        """
        if whole.filed or whole.answer.sure and (_lists(whole.answer) or (whole.is_known and not sought.several)):
            return whole
        things = self._rare(sought.things, language)
        answering = {citation.doc_id for citation in whole.answer.citations} if whole.answer.sure else set[str]()
        told: list[Quoted] = []
        for work in self._likely(works, things, language):
            ids = [card.doc_id for card in work]
            if answering and answering <= set(ids):
                told.insert(0, whole)  # it comes nearest to what is asked
                continue
            found = next(filter(None, (self._shown(thing, language, ids, MOST) for thing in things)), None)
            told += [found] if found else []
        return beside(question, language, told, _MOST_SENTENCES) if told else whole

    def _rare(self, things: Sequence[str], language: Language) -> Sequence[str]:
        """Return, of several things, those that say about as much as the rarest: "a licence or models" has one."""
        if len(things) == 1:
            return things
        runs = ((thing, self._search(thing, 1, language, None)) for thing in things)
        rarity = {thing: max((unit.rarity for unit in sought_in(run)), default=0.0) for thing, run in runs}
        return [thing for thing in things if rarity[thing] >= _ABOUT_AS_RARE * max(rarity.values())]

    def _likely(self, works: Sequence[Work], things: Sequence[str], language: Language) -> Sequence[Work]:
        """Return the texts that may tell of something: all of a few, else those with the best passages."""
        if len(works) <= MOST_TEXTS:
            return works
        ids = [card.doc_id for work in works for card in work]
        runs = (self._search(thing, _HITS, language, ids) for thing in things)
        found = dict.fromkeys(hit.passage.work for run in runs for hit in run.hits)
        likely = set(list(found)[:MOST_TEXTS])
        return [work for work in works if work[0].work in likely]

    def shown(self, thing: str, language: Language, within: Within) -> Quoted | None:
        """Return the sentence for which a text was listed as telling of something; None where it tells nothing."""
        return self._shown(thing, language, within, MOST)

    def _shown(self, thing: str, language: Language, within: Within, least: float) -> Quoted | None:
        """Return the sentence that shows that a text tells of something, if a passage holds so much of it."""
        run = self._search(thing, _BEST_HITS, language, within)
        draft = self._evidence.find(run, least)
        answer = cite(draft, self._document) if draft else None
        return Quoted(answer, (run,)) if answer and answer.sentences else None


def _lists(answer: Answer) -> bool:
    """Whether an answer is a list, and not one sentence with its parts."""
    return len({sentence.citations for sentence in answer.sentences if sentence.form == "item"}) > _FEW


def _in_short(language: Language, within: Within, ask: Ask) -> Quoted:
    """Return what a text says in short: what it proposes, where its summary says that."""
    summary = ask(SUM_UP[language], language, within)
    proposal = ask(PROPOSES[language], language, within)
    places = {(one.doc_id, one.section_id) for one in summary.answer.citations}
    said = {(one.doc_id, one.section_id) for one in proposal.answer.citations}
    return proposal if proposal.answer.sure and said & places else summary


def _works(cards: Iterable[DocumentCard]) -> list[list[DocumentCard]]:
    """Return the documents of each work, the user's own first, those that were added last before others."""
    return sorted(by_work(cards).values(), key=lambda work: (work[0].shipped, -max(card.last_row for card in work)))


def _title(work: Work, language: Language) -> str:
    return next((card.title for card in work if card.language == language), work[0].title)

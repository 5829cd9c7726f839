"""A question in, its answer in quotations out: from the taxonomy, from sentences, or side by side. Writes no word.

Decides which of the ways to answer a question is taken; each is a module of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from index.load import Document, Language
from qa.across.reader import AcrossReader
from qa.answer import SURE, Answer
from qa.category.answer import CategoryAnswer
from qa.category.categorise import CategoryFinder
from qa.category.chat import as_answer
from qa.category.published import PublicationReader, tells_it
from qa.category.tally import Tallier
from qa.category.told import UNTOLD, TellingReader
from qa.converse.plainly import PlainSpeaker
from qa.parts.divide import Divider, Quoted
from qa.question.scope import SUM_UP, Way, Within, without_scores
from qa.question.texts import TextFinder
from qa.reading.cite import Draft, cite
from qa.reading.holding import holds_topics
from qa.reading.read import Reader
from qa.reading.similar import asks_for_similar, similar_papers
from qa.retrieval.defining import defines
from qa.retrieval.retrieve import Run

_MOST_BESIDE = 2  # words of a refused question besides a name and what asks, so that it may be put in plain ones
_LESS = 0.1  # by which a text of the user's own may be less likely to answer

Search = Callable[[str, Language | None, Within], Run]


class Quoter:
    """Answers questions in the words of the Library and of its taxonomy."""

    def __init__(
        self,
        search: Search,
        reader: Reader,
        categories: CategoryFinder,
        telling: TellingReader,
        divider: Divider,
        across: AcrossReader,
        document: Callable[[str], Document | None],
        texts: TextFinder,
        speaker: PlainSpeaker,
    ) -> None:
        """Take what finds passages, what makes answers of them, what asks several texts, reads and finds them.

        `speaker` puts a question in plain words.
        """
        self._search = search
        self._reader = reader
        self._categories = categories
        self._published = PublicationReader(categories)
        self.tallier = Tallier(categories)
        self._telling = telling
        self.divider = divider
        self._across = across
        self._document = document
        self.texts = texts
        self.speaker = speaker

    def answer(self, question: str, language: Language | None, within: Within) -> Quoted:
        """Answer a question. Raises InputError for one that is empty, too long or without a word."""
        told = self._across.answer(question, language, within, self._undivided)
        if told is not None:
            return told
        whole = self._undivided(question, language, within)
        if any(sentence.form == "lead" for sentence in whole.answer.sentences):  # tables were compared
            return whole
        ask = partial(self._undivided, language=whole.answer.language, within=within)
        return self.divider.divide(whole.answer, ask) or whole

    def shown(self, thing: str, language: Language, within: Within) -> Quoted | None:
        """Return the sentence of a text that tells of something, as an answer in a language; None where it has none."""
        return self._across.shown(thing, language, within)

    def stands_alone(self, turn: str, before: Answer) -> bool:
        """Whether a turn says by itself what it counts, whatever was spoken about; `before` is the last answer."""
        return self.tallier.stands_alone(turn, spoken_of=before.kind == "category")

    def _undivided(self, question: str, language: Language | None, within: Within) -> Quoted:
        """Answer a question as if it had one part; where nothing answers it for sure as it is worded, in plain words.

        What may answer gives way only where the question says nothing else.
        """
        found = self._as_worded(question, language, within)
        most = _MOST_BESIDE if found.answer.abstained else 0
        plainly = None if found.answer.sure else self.speaker.plainly(question, most)
        if plainly is None:
            return found
        told = self._as_worded(plainly, language, within)
        return _as_asked(told, question) if told.answer.sure else found

    def _as_worded(self, question: str, language: Language | None, within: Within) -> Quoted:
        """Answer a question in its own words."""
        if (counted := self._counted(question, language, within)) is not None:
            return Quoted(counted, ())
        if self._categories.recognise(question) and (filed := self._filed(question, language, within)) is not None:
            return Quoted(filed, ())
        if (told := self._of_described(question, language, within)) is not None:
            return told
        return self._in_all_ways(question, language, within)

    def _in_all_ways(self, question: str, language: Language | None, within: Within) -> Quoted:
        """Answer a question from the texts: as it stands, of the texts that it names, and what else it may mean."""
        plain = question, within
        ways = self.texts.ways(question, within)
        run = self._search(ways[0][0], language, ways[0][1])
        if run.query.itself is None and ways[0] != plain:  # it asks nothing of the text as such
            ways = [plain, *(way for way in ways if way != plain)]
            run = self._search(question, language, within)
        found = Quoted(self._quoted(run, ways[0][1]), (run,))
        if not found.answer.sure and run.query.itself != "authors":
            found = self._otherwise(found, ways, question, language, within)
        found = self._rather_of_own(found, question, language, within)
        return _as_asked(self._as_its_text_says(found, question, language, within), question)

    def _otherwise(
        self, found: Quoted, ways: list[Way], question: str, language: Language | None, within: Within
    ) -> Quoted:
        """Return what is found in the other ways, of the text that is named, and without the word score, if better."""
        plainer = without_scores(question) if len(found.runs[0].query.names) > 1 else question
        of_text = self.texts.of_named(question, within)
        for asked, scope in (*ways[1:], *(way for way in of_text if way not in ways)):
            if found.answer.sure:
                return found
            if scope == ways[0][1] and found.answer.abstained and not holds_topics(found.runs[0]):
                continue  # a name in the place of "this paper" tells no more of what its text does not hold
            told = self._asked(asked, language, scope)
            found = told if is_better(told.answer, found.answer) else found
        if plainer == question or found.answer.sure:
            return found
        told = self._asked(plainer, language, within)
        return told if _is_of_table(told.answer) and is_better(told.answer, found.answer) else found

    def _rather_of_own(self, found: Quoted, question: str, language: Language | None, within: Within) -> Quoted:
        """Return what the user's own texts answer for sure, where only shipped ones do that no known question is near.

        Whoever adds texts mostly asks about these; the shipped ones tell something of most topics nearby.
        """
        if found.is_known or any(run.query.survey for run in found.runs):
            return found
        cards = list(self.texts.cards(within))
        own = {card.doc_id for card in cards if not card.shipped}
        is_mixed = 0 < len(own) < len(cards)  # else nothing is asked, or the same again
        if not is_mixed or any(citation.doc_id in own for citation in found.answer.citations):
            return found
        told = self._asked(question, language, own)
        likely = found.answer.abstained or told.answer.probability >= found.answer.probability - _LESS
        return told if told.answer.sure and likely else found

    def _as_its_text_says(self, found: Quoted, question: str, language: Language | None, within: Within) -> Quoted:
        """Return a text of the user's in short, where it is asked what that is and nothing that was found says it."""
        run = next(iter(found.runs), None)
        if run is None or run.query.kind not in ("definition", "other"):
            return found
        named = self.texts.own_names(question)
        if not named:
            return found
        called = " ".join(question[one.start : one.end] for one in named)
        asks_else = any(unit.written not in called and unit.written not in named[0].name for unit in run.units)
        said_in = found.answer.citations[0].language if found.answer.citations else run.query.language
        told = (sentence.text for sentence in found.answer.sentences if sentence.form != "code")
        defined = any(defines(text, unit, said_in) for text in told for unit in run.units)
        ways = self.texts.by_name(question, within)
        if asks_else or defined or not ways:
            return found
        summed_up = self._asked(SUM_UP[run.query.language], language, ways[0][1])
        return summed_up if summed_up.answer.sentences else found

    def _of_described(self, question: str, language: Language | None, within: Within) -> Quoted | None:
        """Return what the text of the user's says that a question describes: "the solar power paper"."""
        described = self.texts.described(question, within)
        if described is None:
            return None
        this, called = described
        told = self._asked(this, language, called)
        if not told.runs[0].query.itself:
            worded = self._asked(question, language, called)
            told = told if is_better(told.answer, worded.answer) else worded
        elif told.answer.abstained:
            told = self._in_all_ways(question, language, called)
        return _as_asked(told, question)

    def _asked(self, question: str, language: Language | None, within: Within) -> Quoted:
        run = self._search(question, language, within)
        return Quoted(self._quoted(run, within), (run,))

    def draft(self, run: Run, within: Within) -> Draft:
        """Return what is proposed of a Run, before it is checked; nothing that is about something else."""
        if asks_for_similar(run.query):  # asked first: going through all documents is not for every question
            asked = (self._document(card.doc_id) for card in self.texts.cards(within))
            listed = similar_papers(run.query, asked)
            if listed is not None:
                return listed
        return self._telling.of_what_is_named(self._reader.read(run))

    def _quoted(self, run: Run, within: Within) -> Answer:
        """Return the sentences that answer; where a method is filed instead, if they do not tell what it is."""
        quoted = cite(self.draft(run, within), self._document)
        if self._telling.filing_is_better(quoted) and (filed := self._filed(quoted.question, quoted.language, within)):
            return replace(filed, notice=UNTOLD[filed.language], probability=min(quoted.probability, SURE))
        if tells_it(quoted):
            return quoted
        return self._resting(self._published.answer(quoted.question, quoted.language), within) or quoted

    def _filed(self, question: str, language: Language | None, within: Within) -> Answer | None:
        """Return where the taxonomy files what a question names, if it rests on documents that are asked."""
        return self._resting(self._categories.answer(question, language), within)

    def _counted(self, question: str, language: Language | None, within: Within) -> Answer | None:
        """Return what a question wants counted in the taxonomy, if that rests on documents that are asked."""

        def alone() -> bool:
            return all(card.shipped for card in self.texts.cards(within))

        return self._resting(self.tallier.answer(question, language, alone), within)

    def _resting(self, found: CategoryAnswer | None, within: Within) -> Answer | None:
        """Return what the taxonomy says, if it rests on documents that are asked."""
        answer = as_answer(found) if found else None
        if answer is None or within is None or all(citation.doc_id in within for citation in answer.citations):
            return answer
        return None


def is_better(answer: Answer, other: Answer) -> bool:
    """Whether an answer is there where the other is not, sure where that is not, or the likelier of two sure ones."""
    if other.abstained or not answer.sure:
        return other.abstained and not answer.abstained
    return not other.sure or answer.probability >= other.probability


def _as_asked(told: Quoted, question: str) -> Quoted:
    """Return what was told, with the question as it was asked, in one line."""
    return replace(told, answer=replace(told.answer, question=" ".join(question.split())))


def _is_of_table(answer: Answer) -> bool:
    return any(sentence.form == "row" for sentence in answer.sentences)

"""A question in, the texts of the Library that it means out, and the ways to ask it of these. Knows no answer.

A text is meant by its arXiv id or as what was added last (`scope`), by a name, however spelt (`words.spelling`), or by
words of its title (`described`).
"""

from collections.abc import Callable, Hashable, Sequence

from index.analyse import Analyser
from index.storage.record import DocumentCard
from qa.question.described import TextDescriber
from qa.question.query import question_language
from qa.question.scope import THIS, Way, Within, text_named, ways_to_ask
from qa.words.bridge import Bridge
from qa.words.particles import put
from qa.words.spelling import Named, TextNames


class TextFinder:
    """Finds the texts that questions mean."""

    def __init__(
        self,
        analyser: Analyser,
        bridge: Bridge,
        cards: Callable[[Within], Sequence[DocumentCard]],
        names: Callable[[], TextNames],
        state: Callable[[], Hashable],
    ) -> None:
        """Take what reads titles in both languages, what lists the documents of some ids, and their names and state."""
        self.cards = cards
        self._names = names
        self.describer = TextDescriber(analyser, bridge, lambda: cards(None), state)

    def ways(self, question: str, within: Within) -> list[Way]:
        """Return the question as it can be asked, the likeliest way first, as `scope.ways_to_ask`."""
        return ways_to_ask(question, within, self.cards, self.by_name)

    def of_named(self, question: str, within: Within) -> list[Way]:
        """Return a question as asked, in its own words, of the only text that it names; none for none or several."""
        named = text_named(question, self.cards(within))
        return self.by_name(question, within)[1:] if named is None else [(question, named)]

    def by_name(self, question: str, within: Within) -> list[Way]:
        """Return a question as asked of the only text of the user's that it names, as "this paper" and by its name."""
        names = self._names()
        work = names.work_named(question)
        called = self._documents_of(work, within) if work else []
        if not called:
            return []
        this = question
        for one in reversed(names.found(question)):
            this = put(this, one.start, one.end, THIS[question_language(question)])
        return [(this, called), (question, called)]

    def described(self, question: str, within: Within) -> Way | None:
        """Return a question as asked, as "this paper", of the text of the user's that it describes by its title."""
        described = self.describer.found(question)
        called = self._documents_of(described.work, within) if described else []
        if described is None or not called:
            return None
        return put(question, described.start, described.end, THIS[question_language(question)]), called

    def own_names(self, question: str) -> list[Named]:
        """Return where a question holds names that texts of the user's go by themselves."""
        return [one for one in self._names().found(question) if one.own]

    def _documents_of(self, work: str, within: Within) -> list[str]:
        """Return the ids of a work's documents, of those that are asked."""
        return [card.doc_id for card in self.cards(within) if card.work == work]

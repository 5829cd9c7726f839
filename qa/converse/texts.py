"""A turn and those before it in, the complete question and the documents that it is asked of out.

"이 논문" is what was just spoken about; "저자는?" after "이 논문 요약해줘" is asked of that text, too. The survey is
what "this paper" means anyway.
"""

from collections.abc import Callable, Sequence

import seeds
from index.analyse import Analyser
from index.load import Language
from index.storage.record import DocumentCard
from qa.answer import Answer
from qa.converse.complete import Completer, Completion
from qa.converse.focus import Exchange
from qa.converse.phrase import attached
from qa.converse.refer import references
from qa.converse.turn import about, body, move
from qa.question.itself import part_asked
from qa.question.query import question_kind
from qa.question.scope import THIS, Within, names_a_text, names_what_was_added, title_name
from qa.question.wording import THE_SURVEY, THIS_TEXT
from qa.reading.particulars import asks_only
from qa.words.patterns import compiled

_THIS_TEXT = compiled(THIS_TEXT)
_SURVEY = compiled(THE_SURVEY)
_MANY_WORDS: dict[Language, int] = {"ko": 4, "en": 6}  # that may be a whole question


def cited_last(history: Sequence[Exchange]) -> Answer | None:
    """Return the last answer of a conversation that cites something."""
    return next((turn.answer for turn in reversed(history) if turn.answer.citations), None)


class TurnReader:
    """Completes turns; one that asks about a text as such is left as it is, and asked of that text."""

    def __init__(
        self, completer: Completer, analyser: Analyser, cards: Callable[[Within], Sequence[DocumentCard]]
    ) -> None:
        """Take what completes questions, and what lists the documents of some ids."""
        self._completer = completer
        self._analyser = analyser
        self._cards = cards

    def read(self, turn: str, history: Sequence[Exchange], within: Within) -> tuple[Completion, Within]:
        """Return a turn as completed from those before it, oldest first, and the documents that it is asked of."""
        if names_what_was_added(turn):
            return Completion(turn, turn, "whole"), within
        meant = None if move(turn) else self._text_meant(turn, history, within)
        if meant is not None:
            return Completion(turn, turn, "whole"), meant
        completion = self._completer.complete(turn, history)
        meant = self._text_meant(completion.question, history, within) if completion.kind == "completed" else None
        return completion, within if meant is None else meant

    def others(
        self, turn: str, completion: Completion, history: Sequence[Exchange], within: Within
    ) -> list[tuple[Completion, Within]]:
        """Return other ways to ask a turn than as it was completed: of the text cited last, and of other names.

        None of a turn that only puts another name in the place of one: "R1은?".
        """
        reading = self._completer.read(turn)
        if reading.names and about(reading.text, reading.language) is not None:
            return []
        last = cited_last(history)
        found = [(other, within) for other in self._completer.otherwise(turn, history)]
        if last is not None:
            first, then = self._of_text(turn, last, within), self._of_part(turn, last, within)
            found = [*([first] if first else []), *found, *([then] if then else [])]
        return [one for one in found if one[1] is not within or one[0].question != completion.question]

    def says_all(self, turn: str) -> bool:
        """Whether a turn may be meant as it stands: it names something, points at nothing, and is no few words."""
        reading = self._completer.read(turn)
        is_long = len(turn.split()) >= _MANY_WORDS[reading.language]
        return is_long and bool(reading.specific) and not references(turn, reading.language)

    def asks_what_is(self, turn: str) -> bool:
        """Whether a turn only asks what something is that it names: "debate는 뭐야?"."""
        reading = self._completer.read(turn)
        is_named = bool(reading.specific) and not references(turn, reading.language)
        return is_named and question_kind(turn) == "definition"

    def _of_text(self, turn: str, last: Answer, within: Within) -> tuple[Completion, Within] | None:
        """Return a turn as asked of the only text that an answer cites, if that holds what the turn names.

        It goes by the name that its title begins with; the survey tells of too much.
        """
        texts = self._cited_alone(last, within)
        reading = self._completer.read(turn)
        if not any(self._completer.tells(card.doc_id, reading.names) for card in texts):
            return None
        name = next(filter(None, (title_name(card.title) for card in texts)), None)
        named = attached(body(turn), name or THIS[reading.language], reading.language)
        other = Completion(turn, named, "completed", within_text=turn)
        return other, [card.doc_id for card in texts]

    def _of_part(self, turn: str, last: Answer, within: Within) -> tuple[Completion, Within] | None:
        """Return a turn that asks for a part of a text as asked of the only one that an answer cites: authors, data."""
        texts = self._cited_alone(last, within) if self._asks_of_text(turn) else []
        return (Completion(turn, turn, "whole"), [card.doc_id for card in texts]) if texts else None

    def _cited_alone(self, last: Answer, within: Within) -> list[DocumentCard]:
        """Return the documents of the only work that an answer cites; none where it cites several, or the survey."""
        cards = self._cards(within)
        cited = {card.work for card in cards if card.doc_id in {citation.doc_id for citation in last.citations}}
        if len(cited) != 1 or next(iter(cited)).startswith(seeds.SURVEY):
            return []
        return [card for card in cards if card.work in cited]

    def _text_meant(self, question: str, history: Sequence[Exchange], within: Within) -> Within:
        """Return the documents of the one text that a question asks about as such; None where it does not."""
        asks_of_text = self._asks_of_text(question)
        if not history or not (asks_of_text or _THIS_TEXT.search(question)) or _SURVEY.search(question):
            return None
        cards = self._cards(within)
        works = {card.doc_id: card.work for card in cards}
        if asks_of_text and len(set(works.values())) == 1:
            return list(works)
        last = self._answered(history)
        if last is None:
            return None
        goes_on = names_a_text(last.question) or self._asks_of_text(last.question)
        cited = {works.get(citation.doc_id, "") for citation in last.answer.citations}
        if len(cited) != 1 or not (goes_on or _THIS_TEXT.search(question)):
            return None
        meant = [card for card in cards if card.work in cited]
        of_survey = any(card.work.startswith(seeds.SURVEY) for card in meant)
        return None if of_survey else [card.doc_id for card in meant]

    def _answered(self, history: Sequence[Exchange]) -> Exchange | None:
        """Return the last turn that was answered; those after it only asked about a text as such, in vain."""
        for turn in reversed(history):
            if turn.answer.citations:
                return turn
            if not self._asks_of_text(turn.question):
                return None
        return None

    def _asks_of_text(self, question: str) -> bool:
        """Whether a question asks for a part of a text, or a particular of a study, and names nothing besides."""
        return part_asked(question, self._analyser) is not None or asks_only(question, self._analyser)

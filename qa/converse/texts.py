"""A turn and those before it in, the complete question and the documents that it is asked of out.

"이 논문" is what was just spoken about; "저자는?" after "이 논문 요약해줘" is asked of that text, too. The survey is
what "this paper" means anyway.
"""

import re
from collections.abc import Callable, Sequence

import seeds
from index.analyse import Analyser
from index.storage.record import DocumentCard
from qa.converse.complete import Completer, Completion
from qa.converse.focus import Exchange
from qa.converse.turn import move
from qa.itself import part_asked
from qa.scope import Within, names_a_text, names_what_was_added
from qa.wording import THE_SURVEY, THIS_TEXT

_THIS_TEXT = re.compile(THIS_TEXT, re.IGNORECASE)
_SURVEY = re.compile(THE_SURVEY, re.IGNORECASE)


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

    def _text_meant(self, question: str, history: Sequence[Exchange], within: Within) -> Within:
        """Return the documents of the one text that a question asks about as such; None where it does not."""
        asks_of_text = part_asked(question, self._analyser) is not None
        if not history or not (asks_of_text or _THIS_TEXT.search(question)) or _SURVEY.search(question):
            return None
        cards = self._cards(within)
        works = {card.doc_id: card.work for card in cards}
        if asks_of_text and len(set(works.values())) == 1:
            return list(works)
        last = self._answered(history)
        if last is None:
            return None
        goes_on = names_a_text(last.question) or part_asked(last.question, self._analyser)
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
            if part_asked(turn.question, self._analyser) is None:
                return None
        return None

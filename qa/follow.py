"""A turn and those before it in, its answer in quotations out: asked in the way that the Library answers.

A turn is asked as it is completed. Where that is not answered for sure, or from another text than was spoken about
though the turn names nothing, it is asked in other ways too: of the names spoken about, and of the text cited last. A
whole question that was completed is asked as it stands, too: no conversation makes that refused.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.load import Language
from qa.across.turns import AskedOfListed, ListedReader
from qa.converse.complete import Completion, Exchange, Kind
from qa.converse.texts import TurnReader, cited_last
from qa.parts.divide import Quoted
from qa.question.query import answer_language
from qa.question.scope import Within
from qa.quote import Quoter, is_better

_THE_SAME, _MUCH = 1.6, 0.3  # the likeness of a known question that asks the same, and how much nearer it has to be


class Follower:
    """Answers the turns of conversations in quotations; remembers none."""

    def __init__(self, turns: TurnReader, listed: ListedReader, quoter: Quoter) -> None:
        """Take what reads turns, those that lean on texts that were listed, and what answers questions."""
        self._turns = turns
        self._listed = listed
        self._quoter = quoter

    def answer(
        self, turn: str, history: Sequence[Exchange], language: Language | None = None, within: Within = None
    ) -> tuple[Completion, Quoted]:
        """Return a turn as it was understood, and its answer; `history` are the turns before it, oldest first.

        Raises InputError for a turn that is empty, too long or without a word.
        """
        if history and self._quoter.stands_alone(turn, history[-1].answer):
            return Completion(turn, turn, "whole"), self._quoter.answer(turn, language, within)
        listed = self._listed.read(turn, history, within) if history else None
        if listed is not None:
            kind: Kind = "whole" if listed.named == turn else "completed"
            completion = Completion(turn, listed.named, kind, within_text=listed.question)
            found = self._ask(completion, language, listed.within)
            return completion, self._as_listed(found, listed) if found.answer.abstained and listed.sought else found
        completion, asked_of = self._turns.read(turn, history, within)
        found = self._ask(completion, language, asked_of)
        if completion.form is not None or not history:
            return completion, found
        says_all = self._turns.says_all(turn)
        defines = found.answer.abstained and self._turns.asks_what_is(turn)
        if completion.kind == "completed" and (says_all or defines):
            alone = Completion(turn, turn, "whole", language=completion.language)
            told = self._ask(alone, language, within)
            if told.answer.sure and (not found.answer.sure or _is_nearer(told, found)):
                return alone, told
        meant_so = found.is_known and (completion.kind == "new topic" or says_all)
        if found.answer.sure and (completion.kind == "completed" or meant_so or not _strays(found, history)):
            return completion, found
        may_be_untold = completion.kind == "new topic"  # what it names may stand nowhere
        for other, texts in self._turns.others(turn, completion, history, within):
            answered = self._ask(other, language, texts)
            if (answered.answer.sure or not may_be_untold) and is_better(answered.answer, found.answer):
                return other, answered
        return completion, found

    def _as_listed(self, found: Quoted, listed: AskedOfListed) -> Quoted:
        """Return the sentence for which a text was listed, where it does not answer what it says of that."""
        shown = self._quoter.shown(listed.sought, found.answer.language, listed.within)
        return replace(shown, answer=replace(shown.answer, question=found.answer.question)) if shown else found

    def _ask(self, completion: Completion, language: Language | None, within: Within) -> Quoted:
        question, wished = answer_language(completion.within_text or completion.question)
        quoted = self._quoter.answer(question, language or completion.language or wished, within)
        if completion.within_text is None:
            return quoted
        return replace(quoted, answer=replace(quoted.answer, question=completion.question))


def _is_nearer(told: Quoted, other: Quoted) -> bool:
    """Whether a known question asks the same as was told, and none so nearly what the other tells."""
    return told.likeness >= _THE_SAME and told.likeness - other.likeness > _MUCH


def _strays(found: Quoted, history: Sequence[Exchange]) -> bool:
    """Whether a question was answered from other texts than the last one."""
    last = cited_last(history)
    spoken = {citation.doc_id for citation in last.citations} if last else set[str]()
    cited = {citation.doc_id for citation in found.answer.citations}
    return bool(spoken) and not spoken & cited

"""A turn is asked in other ways where it is not answered as it is completed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest

from index.load import Language
from qa.across.turns import ListedReader
from qa.answer import SURE, Answer, Citation, Sentence
from qa.converse.complete import Completion, Exchange
from qa.converse.texts import TurnReader
from qa.follow import Follower
from qa.parts.divide import Quoted
from qa.question.scope import Within
from qa.quote import Quoter

REFUSED = Answer("", "en", "other", (), (), None, (), 0.1)
PLACE = Citation("a", "A", "en", "1", ("One",), "Told", 0, 4, None, "a.md")
SAID = replace(REFUSED, sentences=(Sentence("Told", (0,)),), citations=(PLACE,), probability=0.8)
UNSURE = replace(SAID, probability=SURE - 0.01)
BEFORE = [Exchange("What is Moss?", SAID)]


@dataclass
class Turns:
    """Completes every turn alike, and knows the other ways to ask it that it is given."""

    completion: Completion
    others_: Sequence[tuple[Completion, Within]]
    asked_for_others: int = 0
    all_is_said: bool = False
    is_definition: bool = False

    def says_all(self, turn: str) -> bool:
        return self.all_is_said

    def asks_what_is(self, turn: str) -> bool:
        return self.is_definition

    def read(self, turn: str, history: Sequence[Exchange], within: Within) -> tuple[Completion, Within]:
        return self.completion, within

    def others(
        self, turn: str, completion: Completion, history: Sequence[Exchange], within: Within
    ) -> Sequence[tuple[Completion, Within]]:
        self.asked_for_others += 1
        return self.others_


@dataclass
class Answers:
    """Answers what it has answers for."""

    known: dict[str, Answer]

    def stands_alone(self, turn: str, before: Answer) -> bool:
        return False

    def answer(self, question: str, language: Language | None, within: Within) -> Quoted:
        return Quoted(replace(self.known[question], question=question), ())


def followed(
    answers: dict[str, Answer],
    completion: Completion,
    *others: Completion,
    history: Sequence[Exchange] = BEFORE,
    all_is_said: bool = False,
) -> tuple[str, Answer, int]:
    """Return the question that was answered, its answer, and how often other ways were looked for."""
    turns = Turns(completion, [(other, None) for other in others], all_is_said=all_is_said)
    follower = Follower(cast(TurnReader, turns), ListedReader(lambda within: []), cast(Quoter, Answers(answers)))
    asked, quoted = follower.answer("its limits?", history)
    return asked.question, quoted.answer, turns.asked_for_others


def completed(question: str, within_text: str | None = None) -> Completion:
    return Completion("its limits?", question, "completed", within_text=within_text)


JUNK, MOSS, FERN = completed("limits of imagine?"), completed("limits of Moss?"), completed("limits of Fern?")


@pytest.mark.parametrize(
    ("junk", "moss", "fern", "taken"),
    [
        (REFUSED, SAID, SAID, MOSS),
        (REFUSED, REFUSED, SAID, FERN),
        (REFUSED, UNSURE, SAID, MOSS),  # the likelier reading comes first
        (UNSURE, UNSURE, SAID, FERN),
        (UNSURE, UNSURE, REFUSED, JUNK),
        (REFUSED, REFUSED, REFUSED, JUNK),
    ],
)
def test_the_first_reading_that_is_better_answered_is_taken(
    junk: Answer, moss: Answer, fern: Answer, taken: Completion
) -> None:
    answers = {JUNK.question: junk, MOSS.question: moss, FERN.question: fern}
    question, answer, _ = followed(answers, JUNK, MOSS, FERN)
    assert question == taken.question
    assert answer == replace(answers[taken.question], question=taken.question)


def test_what_is_answered_for_sure_is_not_asked_otherwise() -> None:
    assert followed({JUNK.question: SAID}, JUNK, MOSS)[2] == 0
    assert followed({JUNK.question: REFUSED}, JUNK, MOSS, history=[])[2] == 0
    short = replace(JUNK, form="short")
    assert followed({JUNK.question: REFUSED}, short, MOSS)[2] == 0


def test_a_question_left_as_it_is_and_answered_elsewhere_is_asked_otherwise_too() -> None:
    whole = Completion("its limits?", "its limits?", "whole")
    elsewhere = replace(SAID, citations=(replace(PLACE, doc_id="b"),), probability=0.7)
    known = {whole.question: elsewhere, MOSS.question: SAID}
    assert followed(known, whole, MOSS)[0] == MOSS.question
    assert followed({**known, whole.question: SAID}, whole, MOSS)[2] == 0
    likelier = replace(elsewhere, probability=0.9)
    assert followed({**known, whole.question: likelier}, whole, MOSS)[0] == whole.question


def test_what_names_something_new_is_refused_rather_than_asked_of_what_may_tell_it() -> None:
    new = Completion("its limits?", "its limits?", "new topic")
    assert followed({new.question: REFUSED, MOSS.question: UNSURE}, new, MOSS)[0] == new.question
    assert followed({new.question: REFUSED, MOSS.question: SAID}, new, MOSS)[0] == MOSS.question
    assert followed({JUNK.question: REFUSED, MOSS.question: UNSURE}, JUNK, MOSS)[0] == MOSS.question


@pytest.mark.parametrize(
    ("completed_", "alone", "taken"),
    [
        (REFUSED, SAID, "its limits?"),
        (UNSURE, SAID, "its limits?"),
        (UNSURE, UNSURE, JUNK.question),
        (SAID, SAID, JUNK.question),
    ],
)
def test_a_whole_question_that_was_completed_is_asked_as_it_stands(
    completed_: Answer, alone: Answer, taken: str
) -> None:
    answers = {JUNK.question: completed_, "its limits?": alone}
    assert followed(answers, JUNK, all_is_said=True)[0] == taken
    assert followed(answers, JUNK)[0] == JUNK.question


def test_what_is_asked_of_one_text_is_answered_by_its_full_name() -> None:
    known = {JUNK.question: REFUSED, "its limits?": SAID}
    question, answer, _ = followed(known, JUNK, completed("limits of this paper?", within_text="its limits?"))
    assert question == answer.question == "limits of this paper?"

"""A turn after an answer that goes through texts in, what it asks of these out: "두 번째 논문은?", "their limits?".

Also says which turns ask all texts, whatever was spoken about.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load import Language
from index.storage.record import DocumentCard, by_work
from qa.across.asked import asked_of_each, looked_for
from qa.across.wording import AMONG, AMONG_THEM, EACH_OF_THEM, OF_THEM, SAYS_OF, TEXT_NOUNS
from qa.answer import Answer
from qa.converse.focus import Exchange
from qa.converse.refer import references
from qa.converse.turn import body
from qa.question.query import question_language
from qa.question.scope import THIS, Within
from qa.words.particles import put
from qa.words.patterns import compiled

_OF_THEM, _AMONG_THEM = (compiled(pattern) for pattern in (OF_THEM, AMONG_THEM))
_WHICH_ONE = compiled(r"\W*(?:and |so |but |then |ok |okay )?which one\b")
_LOOKED_BACK = 3  # turns
_TEXT_NOUNS = compiled(TEXT_NOUNS)
_BARE = re.compile(
    r"(?:(?:and|or|what about|how about|for|on|tell me|more|about|the|은|는|이|가|도|요|더|자세히|좀)\W*)*"
)


class AskedOfListed(NamedTuple):
    """A turn as asked of texts that an answer went through, and the ids of their documents.

    `named` is the question with the title of the one text that is asked, as the user reads it; `sought` what that text
    was listed for, where the turn asks what it says of it.
    """

    question: str
    within: Within
    named: str
    sought: str = ""


class _Listed(NamedTuple):
    """A text that was listed: its title as it was shown, and the ids of its documents."""

    title: str
    ids: list[str]


class ListedReader:
    """Reads turns that lean on the texts of the answer before them."""

    def __init__(self, cards: Callable[[Within], Iterable[DocumentCard]]) -> None:
        """Take what lists documents."""
        self._cards = cards

    def read(self, turn: str, history: Sequence[Exchange], within: Within) -> AskedOfListed | None:
        """Return what a turn asks of the texts that were listed, or of all; None for what it asks of anything else."""
        spoken = set[str]()  # the ids of the documents that were cited since
        for last in reversed(history[-_LOOKED_BACK:]):
            works = self._works(_listed(last.answer), within) if last.answer.by_text else []
            if works and spoken <= {doc_id for work in works for doc_id in work.ids}:
                found = _of_listed(turn, history[-1].question, works)
                if found is not None:
                    return found
            spoken |= {citation.doc_id for citation in last.answer.citations}
        of_what_was_said = _WHICH_ONE.match(turn) and not history[-1].answer.by_text
        return AskedOfListed(turn, within, turn) if asks_all(turn) and not of_what_was_said else None

    def _works(self, listed: Iterable[tuple[str, str]], within: Within) -> list[_Listed]:
        """Return the texts of which the title and the id of a document are given, in order."""
        cards = list(self._cards(within))
        work_of = {card.doc_id: card.work for card in cards}
        works = {work_of[doc_id]: title for title, doc_id in listed if doc_id in work_of}
        of = by_work(cards)
        return [_Listed(title, [card.doc_id for card in of[work]]) for work, title in works.items()]


def asks_all(turn: str) -> bool:
    """Whether a turn asks all texts, or which of them, and points at nothing that was spoken about."""
    if asked_of_each(turn) is None and looked_for(turn) is None:
        return False
    return all(one.role == "several" for one in references(turn, question_language(turn)))


def _listed(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the title of each text that an answer goes through, and the id of the document that it cites."""
    for title, sentence in pairwise(answer.sentences):
        if title.form == "title" and sentence.citations:
            yield title.text, answer.citations[sentence.citations[0]].doc_id


def _of_listed(turn: str, last: str, works: Sequence[_Listed]) -> AskedOfListed | None:
    """Return what a turn asks of one of the texts that were listed, or of several; None where it asks neither."""
    return _of_one(turn, last, works) or (_of_all(turn, works) if len(works) > 1 else None)


def _of_one(turn: str, last: str, works: Sequence[_Listed]) -> AskedOfListed | None:
    """Return what a turn asks of the text that it calls by its number; the question before where it says no more."""
    language = question_language(turn)
    numbered = [one for one in references(turn, language) if one.role == "item" and _TEXT_NOUNS.fullmatch(one.noun)]
    if len(numbered) != 1 or not -len(works) <= numbered[0].number <= len(works) or numbered[0].number == 0:
        return None
    (one,) = numbered
    work = works[one.number - 1 if one.number > 0 else one.number]
    rest = body(f"{turn[: one.start]} {turn[one.end :]}".strip(" ?!.~"))
    is_bare = bool(_BARE.fullmatch(rest))
    question = _again(last, language, works) if is_bare else put(turn, one.start, one.end, THIS[language])
    sought = looked_for(last) if is_bare and asked_of_each(last) is None else None
    at = question.find(THIS[language])
    named = put(question, at, at + len(THIS[language]), work.title) if at >= 0 else question
    return AskedOfListed(question, work.ids, named, sought.things[0] if sought else "")


def _again(last: str, language: Language, works: Sequence[_Listed]) -> str:
    """Return the question before, which asked all texts or one of them, as asked of one text."""
    if each := asked_of_each(last):
        return each.question
    if sought := looked_for(last):
        return SAYS_OF[language].format(things=sought.things[0])
    title = next((work.title for work in works if work.title in last), "")
    return put(last, (at := last.find(title)), at + len(title), THIS[language]) if title else last


def _of_all(turn: str, works: Sequence[_Listed]) -> AskedOfListed | None:
    """Return what a turn asks of all texts that were listed, or which of them it looks for."""
    language = question_language(turn)
    ids = [doc_id for work in works for doc_id in work.ids]
    question = None
    if among := _AMONG_THEM.search(turn):
        question = put(turn, among.start(), among.end(), AMONG[language]).strip()
    elif them := _OF_THEM.search(turn):
        each = f"{EACH_OF_THEM[language]}'s" if them.group().lower() == "their" else EACH_OF_THEM[language]
        question = put(turn, them.start(), them.end(), each)
    return AskedOfListed(question, ids, question) if question else None

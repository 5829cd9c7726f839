"""A question for weak or strong points, or for remedies, in everyday words in, the same in the plainest words out.

"Where does AutoIF fall apart?" is "What are the limits of AutoIF?": texts speak of limits. Answers nothing.
"""

import re
from collections.abc import Callable, Sequence

from index.analyse import Analyser
from qa.converse.plainly_wording import ELSE, PLAIN, PLAIN_WORDS, REMEDIED, REMEDY, STRONG, WEAK
from qa.converse.things import Reading, Thing
from qa.question.aspect_wording import LIMITS, STRENGTHS
from qa.question.query import question_language, topic_terms

_SIDES = (("weak", f"{LIMITS}|{WEAK}"), ("strong", f"{STRENGTHS}|{STRONG}"))
_SAYS = {side: re.compile(pattern, re.IGNORECASE | re.ASCII) for side, pattern in _SIDES}
_IN_PLAIN_WORDS = re.compile(PLAIN_WORDS, re.IGNORECASE | re.ASCII)
_ELSE = re.compile(ELSE, re.IGNORECASE)
_REMEDY = re.compile(REMEDY, re.IGNORECASE)


class PlainSpeaker:
    """Puts questions for weak and strong points in plain words."""

    def __init__(self, analyser: Analyser, reading: Callable[[str], Reading]) -> None:
        """Take what reads words, and what says which things a question names."""
        self._analyser = analyser
        self._reading = reading

    def plainly(self, question: str, most: int = 2) -> str | None:
        """Return a question for weak or strong points of one thing, or for what helps against it, in plain words.

        None where it has these words, where it names no thing or several, where it asks for something else, and where
        it has more than `most` words besides the name and what asks.
        """
        if (remedy := _REMEDY.match(question)) is not None:
            return REMEDIED.format(of=next(filter(None, remedy.groups())).strip())
        side = _side(question)
        if side is None:
            return None
        read = self._reading(question)
        topics = read.names or [thing for thing in read.specific if " " in thing.text]  # one word may be any topic's
        named = [thing for thing in topics if not _SAYS[side].search(thing.text)]
        if len({thing.key for thing in named}) != 1 or self._left(question, named, side) > most:
            return None
        return PLAIN[question_language(question)][side].format(name=named[0].text)

    def _left(self, question: str, named: Sequence[Thing], side: str) -> int:
        """Return how many words a question has besides a name and what asks."""
        said = [(thing.start, thing.end) for thing in named]
        said += [found.span() for found in _SAYS[side].finditer(question)]
        left = [
            term
            for term in topic_terms(question, self._analyser)
            if not any(start < term.end and term.start < end for start, end in said)
        ]
        return len({term.start for term in left})


def _side(question: str) -> str | None:
    """Return whether weak or strong points are asked for, by what is said last."""
    if _IN_PLAIN_WORDS.search(question) or _ELSE.search(question):
        return None
    last = {side: max((found.end() for found in says.finditer(question)), default=-1) for side, says in _SAYS.items()}
    side = max(last, key=lambda one: last[one])
    return side if last[side] > 0 else None

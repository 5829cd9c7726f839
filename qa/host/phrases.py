"""A turn in, the phrases of small talk that it is made of, or begins with, out."""

import re
from collections.abc import Iterator

from qa.host.wording import SMALL_TALK, Matter
from qa.words.patterns import compiled

MOST_CHARS = 80  # of a turn that may be said to the app
_SEPARATORS = re.compile(r"[\s,.!?~^…♡:)]*")
_ENDS = r"(?=[\s,.!?~^…ㅎㅋㅠㅜ♡:)]|$)"
_PHRASES = {matter: compiled(rf"(?:{pattern}){_ENDS}") for matter, pattern in SMALL_TALK.items()}
_BEFORE_QUESTION = re.compile(r"[,.!~^]+\s*")
_PUTS_RIGHT = compiled(r"(?:no|nope|아니|아뇨|sorry|미안|죄송)")  # "no, RLHF"


def small_talk(text: str) -> Matter | None:
    """Return what a turn of nothing but such phrases says: of several, the first in SMALL_TALK; None for any other."""
    if len(text) > MOST_CHARS:
        return None
    said, at = set(), 0
    for matter, end in _from(text, 0):
        said.add(matter)
        at = end
    return next((matter for matter in SMALL_TALK if matter in said), None) if at == len(text) else None


def after_small_talk(text: str) -> str:
    """Return a turn without the phrases before its question, each with a mark after it: "Perfect. And its limits?"."""
    at = 0
    while (found := _longest(text, at)) is not None and not _PUTS_RIGHT.match(text, at):
        mark = _BEFORE_QUESTION.match(text, found[1])
        if mark is None or mark.end() == len(text):
            break
        at = mark.end()
    return text[at:]


def _from(text: str, start: int) -> Iterator[tuple[Matter, int]]:
    """Yield the phrases that follow each other from a place, each with where the next would begin."""
    at = _begins(text, start)
    while at < len(text) and (found := _longest(text, at)) is not None:
        at = _begins(text, found[1])
        yield found[0], at


def _longest(text: str, at: int) -> tuple[Matter, int] | None:
    found = ((matter, one.end()) for matter, pattern in _PHRASES.items() if (one := pattern.match(text, at)))
    return max(found, key=lambda one: one[1], default=None)


def _begins(text: str, at: int) -> int:
    found = _SEPARATORS.match(text, at)
    return found.end() if found else at

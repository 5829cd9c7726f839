"""A question of several texts in, what is asked of one of them out: "각 논문의 한계는?" is "이 논문의 한계는?" of each.

Reads words only; asks nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.load import Language
from qa.across.wording import BRIEF, EACH, OF_ONE, OR, PUT, SEVERAL, SIDE_BY_SIDE, TELLS, TOGETHER, WHICH
from qa.question.query import question_language
from qa.question.scope import THIS
from qa.words.particles import put, with_particle
from qa.words.patterns import compiled

MAX_CHARS = 200
_EACH, _TOGETHER, _WHICH = (tuple(compiled(pattern) for pattern in patterns) for patterns in (EACH, TOGETHER, WHICH))
_SIDE_BY_SIDE, _PUT, _BRIEF, _OF_ONE, _TELLS, _OR, _SEVERAL = (
    compiled(pattern) for pattern in (SIDE_BY_SIDE, PUT, BRIEF, OF_ONE, TELLS, OR, SEVERAL)
)
_PREPOSITION = compiled(r"(?:in|for|from|across|between|of)\b")
_BY = compiled(r"(?:마다|별로?)$|\b(?:by|after|per)\b")
_IN_BRACKETS = re.compile(r" ?\(([^()]+)\)")
_EDGES = " ,.?!~"


class AskedOfEach(NamedTuple):
    """What is asked of every text, as asked of "this paper", and whether it is to be told in a sentence."""

    question: str
    brief: bool


class Sought(NamedTuple):
    """What texts are looked for by, any one of which will do, and whether several texts may be meant."""

    things: tuple[str, ...]
    several: bool


def asked_of_each(question: str) -> AskedOfEach | None:
    """Return what a question asks of each text; None where it does not ask each."""
    text = _line(question)
    patterns = (*_EACH, *_TOGETHER) if _SIDE_BY_SIDE.search(text) else _EACH
    found = _first(patterns, text)
    if found is None:
        return None
    language = question_language(text)
    asked = _PUT.sub(" ", put(text, found.start(), found.end(), _one_of(found.group(), language)))
    brief = bool(_BRIEF.search(asked))
    asked = " ".join((_BRIEF.sub(" ", asked) if brief else asked).split()).strip(" ,.")
    return AskedOfEach(asked, brief)


def looked_for(question: str) -> Sought | None:
    """Return what texts are looked for by: "플래시 메모리" in "플래시 메모리 다룬 논문 있어?"; None where none are.

    What stands in brackets is the term for the rest.
    """
    text = _line(question)
    found = _first(_WHICH, text)
    if found is None or _OF_ONE.search(text):
        return None
    rest = _TELLS.sub(" ", f"{text[: found.start()]} {text[found.end() :]}".strip(_EDGES))
    named = (
        _without_object(" ".join(part.split()).strip(_EDGES)) for part in _IN_BRACKETS.findall(rest) or _OR.split(rest)
    )
    things = tuple(part for part in named if part)
    return Sought(things, bool(_SEVERAL.search(text))) if things else None


def _line(question: str) -> str:
    text = " ".join(question.split())
    return text if len(text) <= MAX_CHARS else ""


def _without_object(said: str) -> str:
    """Return what is said without the particle that marks an object: 과적합을, not 가을."""
    return next((said[:-1] for end in "을를" if said[:-1] and said == with_particle(said[:-1], end)), said)


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next(filter(None, (pattern.search(text) for pattern in patterns)), None)


def _one_of(called: str, language: Language) -> str:
    """Return what calls one text in the place of what calls all of them."""
    this = THIS[language]
    if language == "ko":
        return f"{this}은" if _BY.search(called) else this
    if before := _PREPOSITION.match(called):
        return f"{'in' if before.group() in ('across', 'between') else before.group()} {this}"
    return f"of {this}" if _BY.search(called) else this

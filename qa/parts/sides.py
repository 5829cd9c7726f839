"""A question that compares things in, a question about each of them out. Searches and answers nothing.

What no section compares may be told of each side in its own place: "Llama 3와 Qwen2 중 어느 쪽이 학습 토큰이 더 많아?"
asks of each how many tokens it was trained on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.analyse import Analyser
from index.load import Language
from qa.converse.things import NAMES, Reading, Sort, Thing, ThingReader
from qa.parts.wording import (
    AGAINST,
    BEFORE_WITH,
    COMPARING,
    HOW_MUCH,
    JOINTS,
    OF_EACH,
    OF_THE_OTHER,
    QUALITY,
    SUBJECT,
    SUBJECT_AFTER,
    THAN_EN,
    THAN_JOINT,
    THAN_KO,
    WHAT_THEY_ARE,
    WHEN,
    WITH,
)
from qa.question.query import is_filler
from qa.words.particles import put, with_particle
from qa.words.patterns import compiled

MAX_SIDES = 6
MAX_CHARS = 240  # a longer question compares more than can be taken apart
_HERE = "▢"  # where a side stands in what is asked of each
_COMPARING, _AGAINST, _WHAT_THEY_ARE, _QUALITY, _HOW_MUCH, _WHEN, _THAN_EN, _WITH, _BEFORE_WITH, _JOINT, _OF_EACH = (
    compiled(pattern)
    for pattern in (
        COMPARING,
        AGAINST,
        WHAT_THEY_ARE,
        QUALITY,
        HOW_MUCH,
        WHEN,
        THAN_EN,
        WITH,
        BEFORE_WITH,
        "|".join(JOINTS),
        "|".join(OF_EACH),
    )
)
_THAN_JOINT, _SUBJECT_AFTER, _SUBJECT, _OF_THE_OTHER, _THAN_KO = map(
    re.compile, (THAN_JOINT, SUBJECT_AFTER, SUBJECT, OF_THE_OTHER, THAN_KO)
)
_IN_BRACKETS = re.compile(rf"(?<={_HERE}) ?\([^()]*\)")
_BARE = re.compile(r" ?[,/·](?! ?(?:and|or|vs)\b)")  # a joint without a word
_MUCH: dict[Language, str] = {"ko": "얼마나 돼", "en": "how much"}
_DATE: dict[Language, str] = {"ko": "언제", "en": "when"}
_MODIFIER = re.compile(r"(?<![\w'’])(?!(?:the|an?|of|in|for|on|with|and|or|vs|to|than|from)\b)[\w-]+[ -]$")
_EDGES = " ?!.,:;—-"
_KNOWN = NAMES | {"acronym"}
_TERMS: frozenset[Sort] = frozenset({"term", "acronym"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that a question compares; `question` asks of it alone what is asked of all."""

    thing: Thing
    question: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a question compares, or asks of several things, in its order.

    `whole` says that it asks what they are, and nothing else of them; `compares` that it holds them against each other.
    """

    sides: tuple[Side, ...]
    whole: bool
    compares: bool = True

    @property
    def things(self) -> tuple[Thing, ...]:
        """What is compared."""
        return tuple(side.thing for side in self.sides)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The things that are compared, in order, and the question with one place for all of them."""

    things: tuple[Thing, ...]
    text: str


class SideReader:
    """Takes questions apart that compare two things or more."""

    def __init__(self, analyser: Analyser, things: ThingReader) -> None:
        self._analyser = analyser
        self._things = things

    def read(self, question: str) -> Comparison | None:
        """Return what a question compares; None for one that compares nothing, or more than MAX_SIDES."""
        if len(question) > MAX_CHARS:
            return None
        compares = bool(_COMPARING.search(question))
        reading = self._things.read(" ".join(question.split()))
        named = _named(reading)
        frames = _FRAMES if compares else (_side_by_side,)
        frame = next(filter(None, (find(named, reading.text) for find in frames)), None)
        if frame is None or not len({thing.key for thing in frame.things}) == len(frame.things) <= MAX_SIDES:
            return None
        asked = self._asked_of_each(frame, reading.language)
        if not asked and _QUALITY.search(frame.text):
            return None
        if not compares and ("/" in question or not self._asks_of_several(frame, asked, question)):
            return None
        sides = (Side(thing, _about(thing.text, asked, reading.language)) for thing in frame.things)
        return Comparison(tuple(sides), whole=not asked, compares=bool(_AGAINST.search(question)))

    def _asks_of_several(self, frame: _Frame, asked: str, question: str) -> bool:
        """Whether things that are not compared are asked about one by one: "cause and effect" may be one thing."""
        if asked:
            return all(thing.sort in NAMES for thing in frame.things)
        known = any(thing.sort in _KNOWN for thing in frame.things)
        return known and bool(_WHAT_THEY_ARE.search(question))

    def _asked_of_each(self, frame: _Frame, language: Language) -> str:
        """Return what a question asks of each side, with a place for it; nothing where it asks what they are."""
        before, _, after = _IN_BRACKETS.sub("", frame.text).partition(_HERE)
        rest = f"{before} {after}"
        ask = _MUCH if _HOW_MUCH.search(rest) else _DATE if _WHEN.search(rest) else None
        for said in (_HOW_MUCH, _WHEN, _OF_EACH):
            before, after = said.sub(" ", before), said.sub(" ", after)
        known = {term for thing in frame.things for term in self._analyser.words(thing.text)}
        if all(is_filler(term.text) or term.text in known for term in self._analyser.terms(f"{before} {after}")):
            return "" if ask is None else f"{_HERE} {ask[language]}"
        kept = " ".join(f"{before}{_HERE}{after}".split()).strip(_EDGES)
        return f"{kept} {ask[language]}" if ask else kept


def _about(name: str, asked: str, language: Language) -> str:
    if not asked:
        return f"{with_particle(name, '이')} 뭐야?" if language == "ko" else f"What is {name}?"
    at = asked.index(_HERE)
    return put(asked, at, at + len(_HERE), name) + "?"


def _named(reading: Reading) -> list[Thing]:
    """Return the things that may be sides; terms in a row are one, and what is named twice has the word before it."""
    named: list[Thing] = []
    keys = [thing.key for thing in reading.specific]
    for thing in reading.specific:
        last, start = (named[-1] if named else None), thing.start
        if last and _are_one(last, thing, reading.text):
            named.pop()
            start = last.start
        elif keys.count(thing.key) > 1 and (before := _MODIFIER.search(reading.text[: thing.start])):
            start = before.start()
        named.append(thing if start == thing.start else _from(start, thing, reading.text))
    return named


def _are_one(last: Thing, thing: Thing, text: str) -> bool:
    return last.sort in _TERMS and thing.sort in _TERMS and text[last.end : thing.start] == " "


def _from(start: int, thing: Thing, text: str) -> Thing:
    """Return a thing with what stands before it: the "online DPO" of "online DPO와 offline DPO"."""
    whole = text[start : thing.end]
    return replace(
        thing, text=whole, start=start, key=whole.lower(), ko=whole, en=whole, forms=frozenset({whole.lower()})
    )


def _side_by_side(named: Sequence[Thing], text: str) -> _Frame | None:
    """Return the first things that stand joined: "A와 B의 …", "A vs B"."""
    sides: list[Thing] = []
    for thing, following in pairwise(named):
        joint = _JOINT.fullmatch(text, thing.end, following.start)
        if not sides and _BEFORE_WITH.search(text[: thing.start]):
            joint = joint or _WITH.fullmatch(text, thing.end, following.start)
        if joint and (not _BARE.match(joint.group()) or thing.sort == following.sort):
            sides = [*(sides or [thing]), following]
        elif sides:
            break
    return _frame(sides, text) if sides else None


def _one_to_the_other(named: Sequence[Thing], text: str) -> _Frame | None:
    """Return two things of which particles say that one is held against the other: "A보다 B가 …", "A는 B와 …"."""
    pairs = list(pairwise(named))
    for joint, after, kept in ((_THAN_JOINT, _SUBJECT_AFTER, True), (_SUBJECT, _OF_THE_OTHER, False)):
        for one, other in pairs:
            particle = after.match(text, other.end) if joint.fullmatch(text, one.end, other.start) else None
            if particle:
                rest = text[other.end if kept else particle.end() :]
                return _Frame((one, other), f"{text[: one.start]}{_HERE}{'' if kept else ' '}{rest}")
    return None


def _apart(named: Sequence[Thing], text: str) -> _Frame | None:
    """Return two things with what is asked of them in between: "is A trained on more tokens than B?"."""
    for at, other in enumerate(named[1:], start=1):
        before = _THAN_EN.search(text[: other.start])
        after = _THAN_KO.match(text, other.end)
        one = _like(other, named[:at])
        if (before or after) and one is not None:
            asked = text[one.end : before.start() if before else other.start]
            rest = text[after.end() if after else other.end :]
            return _Frame((one, other), f"{text[: one.start]}{_HERE}{asked}{rest}")
    return None


def _are_alike(one: Thing, other: Thing) -> bool:
    return (one.sort in NAMES) == (other.sort in NAMES)


def _like(thing: Thing, others: Sequence[Thing]) -> Thing | None:
    """Return the nearest before a thing that it may be compared with: of its sort if there is one, else a name too."""
    same = [other for other in others if other.sort == thing.sort]
    alike = [other for other in others if _are_alike(thing, other)]
    return next(reversed(same or alike), None)


def _frame(sides: Sequence[Thing], text: str) -> _Frame:
    return _Frame(tuple(sides), f"{text[: sides[0].start]}{_HERE}{text[sides[-1].end :]}")


_FRAMES = (_side_by_side, _one_to_the_other, _apart)

"""A question of each of several things that it does not name in, the same of one of them out: "세 단계 각각은?"."""

import re
from collections.abc import Collection

from qa.answer import Answer, Sentence
from qa.converse.things import Reading
from qa.words.particles import with_particle
from qa.words.patterns import compiled

_KO = re.compile(r"(?<![가-힣])(?:각각|각자)(?:은|이|의|에 대해)?(?![가-힣]) ?(?P<asks>.+)$")
_TELL_KO = re.compile(r"(?:좀 )?(?:설명|알려|소개|말해|정리)")
_BRACKETS = re.compile(r"\([^()]*\)")
_EN = (
    compiled(
        r"(?P<before>\b(?:what|how|why|which|when|where) (?:do|does|did|is|are|was) )each\b[^?]*?"
        r"(?P<after> \w+[?.! ]*)$"
    ),
    compiled(r"(?P<before>\b(?:explain|describe|define|introduce|tell me about) )each\b[^?.!]*(?P<after>[?.!]*)$"),
)


def asks_each(question: str) -> bool:
    """Whether a question asks something of each of several things."""
    return _KO.search(question) is not None or any(pattern.search(question) for pattern in _EN)


def of_each(question: str, read: Reading, thing: str) -> list[str]:
    """Return what a question asks of each as asked of one thing, of what it names, and what that is.

    `question` has to ask each.
    """
    name = next((name.text for name in read.names if name.text.lower() not in thing.lower()), "")
    if (korean := _KO.search(question)) is not None:
        called = f"{name}의 {thing}" if name else thing
        told = called if _TELL_KO.match(korean["asks"]) else with_particle(called, "은")
        return [f"{told} {korean['asks']}", f"{with_particle(called, '이')} 뭐야?"]
    found = next(filter(None, (pattern.search(question) for pattern in _EN)))
    called = f"{thing} of {name}" if name else thing
    return [f"{found['before']}{called}{found['after']}", f"What is {called}?"]


def naming(answer: Answer, thing: str, said: Collection[str]) -> Sentence | None:
    """Return the first sentence of an answer, but for those `said`, that names a thing, itself or by its heading."""
    called = _BRACKETS.sub("", thing).strip().lower()
    for sentence in answer.sentences:
        headings = (answer.citations[number].heading for number in sentence.citations)
        if sentence.text not in said and any(called in text.lower() for text in (sentence.text, *headings)):
            return sentence
    return None

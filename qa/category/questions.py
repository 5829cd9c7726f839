"""A category or method in, questions on it that the Library answers out: each is asked first, its answer looked at.

A question counts as answered if the first sentence of its answer names the subject and speaks of what is asked, and,
for a category, stands in its own section of the survey notes. Decides nothing of how questions are answered.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.load import Language
from qa.answer import Answer, Citation
from qa.category.names import key_of
from qa.words.particles import with_particle
from qa.words.patterns import compiled

MOST = 3
_LEAST_PROBABILITY = 0.6


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: its name in a language, all its names, and its section of the notes (a path of headings).

    `other` is what it may be compared with, or "".
    """

    name: str
    names: tuple[str, ...]
    section: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A question as a template, and what a sentence that answers it speaks of, and what it does not."""

    ko: str
    en: str
    speaks_of: re.Pattern[str]
    but_not_of: re.Pattern[str]


_LIMIT = compiled(
    r"한계[는은가로]|한계점|약점|단점|\b(?:limits?|limitations?|weakness(?:es)?|drawbacks?|disadvantages?)\b"
)
_STRENGTH = compiled(r"강점|장점|이점|\b(?:strengths?|advantages?|benefits?)\b")
_REASON = compiled(r"이유|까닭|때문|필요(?!가? ?없)|\b(?:because|reasons?|since|brought in)\b")

FORMS = (
    Form("{}의 한계는?", "What are the limitations of {}?", _LIMIT, _STRENGTH),
    Form("{}의 강점은?", "What are the strengths of {}?", _STRENGTH, _LIMIT),
    Form("{} 왜 필요해?", "Why use {}?", _REASON, _LIMIT),
)


def explains(name: str, language: Language) -> str:
    """Return the question what a method is."""
    return f"{with_particle(name, '은')} 어떤 방법이야?" if language == "ko" else f"What is {name}?"


def files(name: str, language: Language) -> str:
    """Return the question where a method belongs, which is answered of every filed one."""
    return f"{with_particle(name, '은')} 어느 범주야?" if language == "ko" else f"Which category does {name} belong to?"


def compares(one: str, other: str, language: Language) -> str:
    """Return the question how two differ."""
    if language == "en":
        return f"What is the difference between {one} and {other}?"
    return f"{with_particle(one, '과')} {other}의 차이는?"


def about_category(subject: Subject, language: Language, ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Return at most MOST questions on a category, in a language, that `ask` answers; a comparison comes last."""
    return _first(_about(subject, language, ask), MOST)


def about_method(subject: Subject, language: Language, ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Return what a method is, or else where it belongs, and at most MOST further questions that `ask` answers."""
    question = explains(subject.name, language)
    told = _told(ask(question))
    lead = question if told and _is_about(subject, told) else files(subject.name, language)
    return (lead, *_first(_about(subject, language, ask), MOST))


def _about(subject: Subject, language: Language, ask: Callable[[str], Answer]) -> Iterator[str]:
    for form in FORMS:
        question = _asked(form, subject.name, language)
        told = _told(ask(question))
        if told and _is_about(subject, told) and form.speaks_of.search(told.quote):
            if not form.but_not_of.search(told.quote):
                yield question
    if subject.other:
        question = compares(subject.name, subject.other, language)
        if ask(question).kind == "category":  # the taxonomy knows both by these names
            yield question


def _asked(form: Form, name: str, language: Language) -> str:
    if language == "en":
        return form.en.format(name)
    return form.ko.format(name if form.ko.startswith("{}의") else with_particle(name, "은"))


def _told(answer: Answer) -> Citation | None:
    """Return what the first sentence of an answer rests on; None where it abstains or is unsure."""
    if answer.abstained or answer.probability < _LEAST_PROBABILITY or not answer.sentences[0].citations:
        return None
    return answer.citations[answer.sentences[0].citations[0]]


def _is_about(subject: Subject, told: Citation) -> bool:
    if subject.section and told.section[: len(subject.section)] != subject.section:
        return False
    said = key_of(told.quote)
    return any(key in said for key in map(key_of, subject.names) if len(key) > 1)


def _first(questions: Iterator[str], count: int) -> tuple[str, ...]:
    return tuple(itertools.islice(questions, count))

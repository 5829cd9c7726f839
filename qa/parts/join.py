"""The answers to the parts of a question in, one Answer that shows them one after another out. Checks no quotation."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.load import Language
from qa.answer import Answer, Citation, Sentence
from qa.converse.things import NAMES, Thing
from qa.parts.sides import Comparison
from qa.parts.wording import TELLS_APART
from qa.words.patterns import compiled

_TELLS_APART = compiled(TELLS_APART)
_COMPARES = re.compile(r"\bvs\b|\bversus\b|\bcompar|\bdiffer|비교|차이|대조")
APART: dict[Language, str] = {
    "ko": "이들을 직접 비교한 부분은 찾지 못해, 각각을 설명한 부분을 나란히 보여 드립니다.",
    "en": "I found no part that compares them directly; shown side by side is what is told of each.",
}
NOTHING_ON: dict[Language, str] = {
    "ko": "‘{part}’에 대한 근거는 찾지 못했습니다.",
    "en": "I found nothing on “{part}”.",
}


def tells_apart(answer: Answer, asked: Comparison) -> bool:
    """Whether one sentence of an answer, with the headings above it, names all that is compared.

    Where it is asked what they are it has to hold one against the other: to list them is not to compare them. What
    stands below "A vs B" does.
    """
    if _are_heading(answer, asked.things):
        return True
    named = zip(answer.sentences, _told(answer), strict=True)
    told = (sentence.text for sentence, text in named if all(_names(text, thing) for thing in asked.things))
    return any(not asked.whole or _TELLS_APART.search(text) for text in told)


def _are_heading(answer: Answer, things: Sequence[Thing]) -> bool:
    """Whether what an answer shows first stands below a heading that holds all things against each other."""
    heading = answer.citations[0].heading.lower() if answer.citations else ""
    return bool(_COMPARES.search(heading)) and all(_names(heading, thing) for thing in things)


def tells_of_all(answer: Answer, things: Sequence[Thing]) -> bool:
    """Whether each of some things is named by a sentence of an answer, or above it."""
    told = _told(answer)
    return all(any(_names(text, thing) for text in told) for thing in things)


def tells_of(answer: Answer, thing: Thing) -> bool:
    """Whether what an answer shows first names a thing, in the sentence or above it; terms go by other words, too."""
    first = _told(answer)[:1]
    return any(thing.sort not in NAMES or _names(text, thing) for text in first)


def shows(answer: Answer, part: Answer) -> bool:
    """Whether an answer shows what the answer to a part of its question shows first."""
    return not part.sentences or part.sentences[0].text in {sentence.text for sentence in answer.sentences}


def one_after_another(asked: Answer, answers: Sequence[Answer]) -> Answer:
    """Return the answers to parts as one to the question that `asked` answers; each sentence and place once.

    It is as sure as the least sure of them.
    """
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    for answer in answers:
        for sentence in answer.sentences:
            cited = [answer.citations[number] for number in sentence.citations]
            citations += [citation for citation in cited if citation not in citations]
            numbered = replace(sentence, citations=tuple(citations.index(citation) for citation in cited))
            if sentence.form == "title" or numbered not in sentences:
                sentences.append(numbered)
    is_filed = all(answer.kind == "category" for answer in answers)
    return replace(
        asked,
        kind="category" if is_filed else "other" if asked.kind == "category" else asked.kind,
        sentences=tuple(sentences),
        citations=tuple(citations),
        nearest=None,
        bridged=tuple(dict.fromkeys(term for answer in answers for term in answer.bridged)),
        probability=min(answer.probability for answer in answers),
    )


def _told(answer: Answer) -> list[str]:
    """Return each sentence with the title and the headings above what it cites, in lower case."""
    return [
        "\n".join((sentence.text, *(part for n in sentence.citations for part in _above(answer.citations[n])))).lower()
        for sentence in answer.sentences
    ]


def _above(citation: Citation) -> tuple[str, ...]:
    return (citation.title, *citation.section)


def _names(text: str, thing: Thing) -> bool:
    plain = text.replace("-", " ")
    forms = {form.lower().replace("-", " ") for form in (thing.text, thing.ko, thing.en, *thing.forms)}
    return any(re.search(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])", plain) for form in forms if form)

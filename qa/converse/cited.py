"""An answer in, what it is about out: the name that it begins with, or the place that it cites."""

import re

import seeds
from qa.answer import Answer
from qa.converse.things import SURVEY, Reading, Thing, ThingReader, plain
from qa.words.patterns import compiled

_MAX_NAME_CHARS = 60
_MAX_NAME_WORDS = 3
_MAX_HEADING_CHARS = 60
_SENTENCE = re.compile(r"[?!]$|[가-힣]다$|, ")
_ARTICLE = compiled(r"(?:the|an?)\s+")
_LABEL = re.compile(r"^(?:[A-Z]\.|\d+(?:\.\d+)*\.?)\s+|\s*\((?:[^()]*, )?H\d(?:\.\d)?\)|\s*\([^()]*\)\s*$")
_OF_ANY = compiled(  # headings of any text
    r"(?:서론|결론|요약|초록|개요|논의|토의|고찰|결과|방법|배경|introduction|conclusions?|summary|abstract|overview"
    r"|discussions?|results?|methods?|background)(?:\W.*)?"
)


def heading(answer: Answer) -> str:
    """Return the heading of the section that an answer cites first, without number and brackets; "" for none."""
    return _unlabelled(answer.citations[0].heading) if answer.citations else ""


def named_by(answer: Answer, reader: ThingReader) -> tuple[Reading, Thing] | None:
    """Return the name that an answer begins with: what was described and not named in the question."""
    if not answer.sentences:
        return None
    text = " ".join(answer.sentences[0].text.split())[:_MAX_NAME_CHARS]
    reading = reader.read(text)
    article = _ARTICLE.match(text)
    first = next((thing for thing in reading.names if thing.sort != "work"), None)
    return (reading, first) if first is not None and first.start <= (article.end() if article else 0) else None


def place_cited(answer: Answer) -> Reading | None:
    """Return the place that an answer cites: the name that begins its document's title, narrowed by the heading."""
    if not answer.citations:
        return None
    citation = answer.citations[0]
    name, colon, _ = citation.title.partition(":")
    texts = [name] if colon and len(name.split()) <= _MAX_NAME_WORDS else []
    headings = (_unlabelled(one) for one in reversed(citation.section or (citation.title,)))
    says = next((text for text in headings if text not in texts and _names_a_topic(text)), None)
    texts += [says] if says else []
    things: list[Thing] = []
    if not texts and citation.doc_id.startswith(seeds.SURVEY):
        texts, things = ["서베이"], [plain("서베이", "work", 0, SURVEY, "서베이", "the survey")]
    for text in texts[len(things) :]:
        things.append(plain(text, "term", things[-1].end + 1 if things else 0))
    return Reading(" ".join(texts), citation.language, tuple(things)) if things else None


def _unlabelled(text: str) -> str:
    return _LABEL.sub("", _LABEL.sub("", text)).strip()


def _names_a_topic(heading: str) -> bool:
    """Whether a heading may stand for what its section is about: it is no sentence, and not one of any text."""
    return 0 < len(heading) <= _MAX_HEADING_CHARS and not (_OF_ANY.fullmatch(heading) or _SENTENCE.search(heading))

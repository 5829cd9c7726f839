"""Pieces of a question in, a question out, with the right Korean particles and English endings. Decides nothing."""

import re
from collections.abc import Sequence

from index.load import Language
from qa.words.particles import with_particle
from qa.words.patterns import compiled

_DO_KO = re.compile(r"(?:요약|정리|비교|설명|소개|정의|번역)(?:해|좀|하|을|를)")
_TELL_KO = re.compile(
    r"(?:(?:좀|조금|더|자세히|자세하게|쉽게|간단히|간단하게|짧게|구체적으로|풀어서|한 ?줄로)(?: |(?=[?.!~]*$)))+"
    r"(?:(?:설명|알려|말|얘기|요약|정리)\S*(?: \S+)?)?$"
)
_ADNOMINAL_KO = re.compile(
    r"(?:없는|있는|하는|되는|쓰는|받는|나는|많은|적은|같은|다른|작은|좋은|나은|높은|낮은|드문|남은|아닌|된|한|큰)$"
)
_ASKS_KO = re.compile(
    r"왜|어떻게|어떡|누가|누구|언제|어디|몇|얼마|뭘|뭐|뭔|무엇|무슨|머|어느|어떤|그래서|안\b|제일|가장|얼만|다른"
)
_MARKED_KO = re.compile(r"(?:은|는|도|만|는요|은요|요)$")
_OTHER_CASE_KO = re.compile(r"(?:이|가|을|를|에|에서|로|으로|고|서|면|게|까지|만|에는|에만|마다|랑|보다)$")
_NOMINAL_KO = re.compile(r"[가-힣A-Za-z0-9)]$")

_WH_EN = compiled(r"(?:what|where|who|which|when|how)\b")
_KIND_EN = compiled(r"what (?:kind|type|sort)s? of\b")
_MAX_KIND_WORDS = 5
_VERB_EN = compiled(
    r"\b(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had|who|what|which|when|where|why|how|whose"
    r"|made|wrote|proposed|used|use|get|say|says|said|explain|tell|show|give|compare|describe)\b"
)
_SAYING_EN = compiled(r"\b(?:say|says|said|think|thinks|claim|claims|know|tell|find|found)\W*$")
_PREPOSITION_EN = compiled(r"\b(?:of|about|for|in|with|on|to|behind|from)$")


def attached(rest: str, topic: str, language: Language) -> str:
    """Return a question that lacks its topic, with it: "한계는?" of SPIN is "SPIN의 한계는?"."""
    return _attached_korean(rest, topic) if language == "ko" else _attached_english(rest, topic)


def definite(topic: str) -> str:
    """Return a topic with the article that the name of a work takes: "the SGI paper"."""
    needs = re.search(r"(?:paper|report|survey|talk|poll|list)$", topic) and not re.match(
        r"(?:the|an?|this|that) ", topic
    )
    return f"the {topic}" if needs and "'s " not in topic else topic


def possessive(topic: str) -> str:
    """Return whose: "SPIN's"."""
    whose = definite(topic)
    return f"{whose}'" if whose.endswith("s") and not whose.isupper() else f"{whose}'s"


def listed(topics: Sequence[str], language: Language) -> str:
    """Return several topics as one phrase."""
    if language == "en":
        return " and ".join(topics)
    return " ".join([*(with_particle(topic, "과") for topic in topics[:-1]), topics[-1]])


def _attached_korean(rest: str, topic: str) -> str:
    """Say whose it is where the first noun is what the question is about; else name the topic first."""
    if _DO_KO.match(rest):
        return f"{with_particle(topic, '을')} {rest}"
    if _TELL_KO.match(rest):
        return f"{topic}에 대해 {rest}"
    words = [word.rstrip("?!.,~") for word in rest.rstrip("?!. ~").split()]
    for at, word in enumerate(words):
        if _ADNOMINAL_KO.search(word):
            continue
        if _ASKS_KO.match(word):
            break
        if _MARKED_KO.search(word) or (at == len(words) - 1 and _NOMINAL_KO.search(word)):
            return f"{topic}의 {rest}"
        if _OTHER_CASE_KO.search(word):
            break
    return f"{with_particle(topic, '은')} {rest}"


def _attached_english(rest: str, topic: str) -> str:
    body = rest.rstrip("?!. ")
    ending = rest[len(body) :].strip() or "?"
    topic = definite(topic)
    if _PREPOSITION_EN.search(body) and not _WH_EN.match(body):
        return f"{body} {topic}{ending}"
    if _KIND_EN.match(body) and len(body.split()) <= _MAX_KIND_WORDS:
        return f"{body} does {topic} use{ending}"
    if _SAYING_EN.search(body):
        return f"{body} about {topic}{ending}"
    return f"{body} {'in' if _VERB_EN.search(body) else 'of'} {topic}{ending}"

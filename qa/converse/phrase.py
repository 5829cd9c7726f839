"""Pieces of a question in, a question out, with the right Korean particles and English endings. Decides nothing."""

import re

from index.load import Language

# With and without a consonant before: "SPIN은", "라마는".
_PARTICLES = (
    ("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("이랑", "랑"), ("으로", "로"), ("이나", "나"),
    ("이란", "란"), ("이라는", "라는"), ("이라도", "라도"), ("이면", "면"),
)  # fmt: skip
_PAIR_OF = {form: pair for pair in _PARTICLES for form in pair}
_FOLLOWING = re.compile(
    rf"({'|'.join(sorted(_PAIR_OF, key=len, reverse=True))})(?=요?(?![가-힣])|도|만|써|부터|는|은)"
)
_CLOSED_DIGITS, _CLOSED_CAPITALS, _CLOSED_ENDS = "013678", "LMNR", ("l", "m", "n", "ng", "ck", "p", "t", "k", "b", "rt")
_MARKED = re.compile(r"(?:은|는|도|만|는요|은요|요)$")
_ENGLISH_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had|who|what|which|when|where|why|how|whose"
    r"|made|wrote|proposed|used|use|get|say|says|said|explain|tell|show|give|compare|describe)\b",
    re.IGNORECASE,
)
_WH_EN = re.compile(r"(?:what|where|who|which|when|how)\b", re.IGNORECASE)
_SAYING = re.compile(r"\b(?:say|says|said|think|thinks|claim|claims|know|tell|find|found)\W*$", re.IGNORECASE)


def closed(word: str) -> bool:
    """Whether a word ends in a consonant when it is read aloud in Korean."""
    last = re.sub(r"[^\w]+$", "", re.sub(r"\([^()]*\)\s*$", "", word))[-2:]
    if not last:
        return False
    if "가" <= last[-1] <= "힣":
        return (ord(last[-1]) - ord("가")) % 28 > 0
    if last[-1].isdigit():
        return last[-1] in _CLOSED_DIGITS
    return last[-1] in _CLOSED_CAPITALS if last.isupper() else last.lower().endswith(_CLOSED_ENDS)


def with_particle(word: str, particle: str) -> str:
    """Return a word with a particle in the form that fits it: 은 or 는, 이 or 가."""
    pair = _PAIR_OF.get(particle)
    if pair is None:
        return word + particle
    if pair[0] == "으로" and re.search(r"[1789lLrR]$|[ㄹ]$", _last_sound(word)):
        return word + "로"
    return word + pair[0 if closed(word) else 1]


def put(text: str, start: int, end: int, instead: str) -> str:
    """Return `text` with other words in place of `text[start:end]`, and the particle after them made to fit."""
    following = _FOLLOWING.match(text, end)
    if following is None or not re.search(r"[\w)\]’']$", instead):
        return text[:start] + instead + text[end:]
    return text[:start] + with_particle(instead, following.group(1)) + text[following.end() :]


def attached(rest: str, topic: str, language: Language) -> str:
    """Return a question that lacks its topic, with it: "한계는?" of SPIN is "SPIN의 한계는?"."""
    return _attached_korean(rest, topic) if language == "ko" else _attached_english(rest, topic)


def _attached_korean(rest: str, topic: str) -> str:
    """Say whose it is where the first noun is what the question is about; else name the topic first."""
    if _DO_KO.match(rest):
        return f"{with_particle(topic, '을')} {rest}"
    for word in rest.rstrip("?!. ~").split():
        bare = word.rstrip("?!.,~")
        if _ADNOMINAL_KO.search(bare):
            continue
        if _ASKS_KO.match(bare):
            break
        if _MARKED.search(bare) or word is rest.rstrip("?!. ~").split()[-1] and _NOMINAL.search(bare):
            return f"{topic}의 {rest}"
        if re.search(r"(?:이|가|을|를|에|에서|로|으로|고|서|면|게|까지|만|에는|에만|마다|랑|보다)$", bare):
            break
    return f"{with_particle(topic, '은')} {rest}"


_ASKS_KO = re.compile(
    r"왜|어떻게|어떡|누가|누구|언제|어디|몇|얼마|뭘|뭐|뭔|무엇|무슨|머|어느|어떤|그래서|안\b|제일|가장|얼만|다른"
)
_DO_KO = re.compile(r"(?:요약|정리|비교|설명|소개|정의|번역)(?:해|좀|하|을|를)")
_ADNOMINAL_KO = re.compile(r"(?:없는|있는|하는|되는|쓰는|받는|나는|많은|적은|같은|다른|작은|좋은|나은|높은|낮은|드문|남은|아닌|된|한|큰)$")
_NOMINAL = re.compile(r"[가-힣A-Za-z0-9)]$")


def _attached_english(rest: str, topic: str) -> str:
    body = rest.rstrip("?!. ")
    ending = rest[len(body) :].strip() or "?"
    topic = definite(topic)
    if re.search(r"\b(?:of|about|for|in|with|on|to|behind|from)$", body) and not _WH_EN.match(body):
        return f"{body} {topic}{ending}"
    if re.match(r"what (?:kind|type|sort)s? of\b", body, re.IGNORECASE) and len(body.split()) < 6:
        return f"{body} does {topic} use{ending}"
    if _SAYING.search(body):
        return f"{body} about {topic}{ending}"
    joint = "in" if _ENGLISH_VERB.search(body) else "of"
    return f"{body} {joint} {topic}{ending}"


def definite(topic: str) -> str:
    """Return a topic with the article that the name of a work takes: "the SGI paper"."""
    needs = re.search(r"(?:paper|report|survey|talk|poll|list)$", topic) and not re.match(r"(?:the|an?) ", topic)
    return f"the {topic}" if needs and "'s " not in topic else topic


def possessive(topic: str) -> str:
    """Return whose: "SPIN's"."""
    topic = definite(topic)
    return f"{topic}'" if topic.endswith("s") and not topic.isupper() else f"{topic}'s"


def listed(topics: list[str], language: Language) -> str:
    """Return two topics as one phrase."""
    if language == "en":
        return " and ".join(topics)
    return " ".join([*(with_particle(topic, "과") for topic in topics[:-1]), topics[-1]])


def _last_sound(word: str) -> str:
    """Return the last letter, or ㄹ for a Korean syllable that ends in it."""
    last = re.sub(r"[^\w]+$", "", word)[-1:]
    return "ㄹ" if "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == 8 else last

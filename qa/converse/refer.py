"""A question in, the words in it that point at something said before out. Does not know what was said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.load import Language
from qa.converse import wording
from qa.converse.things import NAMES, Thing

# "it", "그 방법": the subject; "its": of the subject; "거기서": in it; "그 문제": that noun of the subject;
# "두 번째 거": an item of a list; "둘", "the two": two things.
Role = Literal["subject", "possessive", "place", "noun", "item", "pair"]

_KO_TAIL = (
    "(?:들)?(?:이라는|라는|이란|란|이랑|랑|은|는|이|가|을|를|의|에서는|에서|에는|에게|에|으로는|으로|로는|로|과는|과|와는|와|도|만|하고"
    "|보다는|보다|처럼|한테|부터|까지|같은|요)*"
)
_PRONOUN_KO = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<word>그것|그거|이것|이거|저것|저거|요거|걔|얘|쟤)(?:들)?(?P<tail>{_KO_TAIL})(?![가-힣])"
    r"|(?<![가-힣A-Za-z0-9])[그이저](?P<merged>건|게|걸)(?![가-힣])"
)
_PLACE_KO = re.compile(r"(?<![가-힣A-Za-z0-9])(?:거기|여기|저기)(?P<tail>에서는|에서|서는|서|에는|에|엔|다|의)?(?![가-힣])")
_AMONG_KO = re.compile(r"(?<![가-힣A-Za-z0-9])(?:그|이|저) ?중(?P<tail>에서|에는|에|엔)?(?![가-힣])")
_POINTING = (
    r"(?:아까|방금|앞서|위에서)(?: ?(?:말한|언급한|나온|설명한)(?: [그이])?| [그이])|해당|위의|위에|앞의|그런|이런|저런|그|이|저"
)
_NOUN_KO = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<point>{_POINTING})(?: (?P<noun>[가-힣A-Za-z]+?)|(?P<close>{wording.CLASS_NOUNS_KO}))"
    rf"(?P<plural>들)?(?P<tail>{_KO_TAIL})(?![가-힣A-Za-z])"
)
_CLASS_KO = re.compile(rf"(?:{wording.CLASS_NOUNS_KO}|논문|모델)")
_SELF_KO = re.compile(rf"(?:{wording.SELF_KO})")
_CLASS_EN = re.compile(rf"(?:{wording.CLASS_NOUNS_EN})", re.IGNORECASE)
_PRONOUN_EN = re.compile(
    r"\b(?P<own>its|their|theirs|his|her)\b(?= \w)|\b(?P<it>it|they|them|he|she|him)\b(?!')"
    r"|\b(?P<point>this|that|these|those|such) (?P<noun>(?:(?:last|same|whole|first|second|other) )?[a-z]+)\b"
    r"|\b(?:is|was|are|were|does|did|do|can|could|will|would|has|'s|how's|what's|why's|who's) (?P<that>this|that|these|those)\b"
    r"|\b(?P<end>this|that|these|those)(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_THERE_EN = re.compile(r"(?<!is )(?<!are )(?<!was )\bthere\b(?! (?:is|are|was|were|be|any)\b)", re.IGNORECASE)
_WHOLE_EN = re.compile(r"\bthe (?:whole|entire) (?:approach|method|thing|idea)\b", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be|makes?|find|would be) it (?:\w+ ){0,2}(?:(?:un|im)?possible|easy|easier|hard|harder|difficult|safe|ok|okay|necessary|better|best|good"
    r"|bad|important|useful|true|worth|enough|normal|common|allowed|(?:un)?reliable|likely|clear|the case|sufficient|wise) (?:to|that|if|for|when)\b|\bit (?:is|was|'s) (?:\w+ ){0,3}(?:to|that)\b"
    r"|\b(?:is|was) it (?!used|able|supposed|going|meant|designed|trained|allowed to)\w+ (?:to|that|how|whether|why|what)\b"
    r"|\bdoes it (?:take|matter|make sense|mean (?:to|when|if|that))\b|\bit(?:'s| is) (?:true|possible|the case)\b|\bmeans? it\b",
    re.IGNORECASE,
)
_ASKS_OF = re.compile(
    r"(?:and |but |so |then )?(?:is|are|was|were|does|did|do|can|could|has|will|how|who|what|which|whose)\b", re.IGNORECASE
)
_ASKS_WHICH = re.compile(r"(?:and |but |so |then )?(?:who|what|which)\b(?!.*\b(?:is|are|do|does|did|can|should|I|you|we)\b)", re.IGNORECASE)
_NEVER_KO = frozenset(("중", "때", "외", "밖", "점", "위", "둘"))
_NOT_NOUNS = frozenset(
    """is was are were does did do can could will would has have help work works mean means the a an so not in on at to for of with
    from by one ones still really happen happens make makes come comes differ use uses kind sort type i we you they he she it
    days day time times moment year model's""".split()
)
_ORDINAL_WORDS = {
    "첫": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8,
    "첫째": 1, "둘째": 2, "셋째": 3, "넷째": 4, "다섯째": 5, "처음": 1, "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "former": 1, "latter": 2, "전자": 1, "후자": 2, "last": -1, "final": -1, "마지막": -1, "끝": -1,
}  # fmt: skip
_THING_KO = r"거|것|꺼|건|게|걸|놈|애|번|항목|방법|기법|방식|모델|단계|종류|유형|가지|문제|과제|관점|견해|이유|약점|한계|장점|모듈|층|축|수준|예|예시|연구|논문|생각|질문"
_ORDINAL_KO = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?:(?:맨 )?(?P<word>첫|두|세|네|다섯|여섯|일곱|여덟) ?(?:번째|번재|째번|째)|(?P<digit>\d) ?번째?|(?P<end>(?:맨 |제일 )?(?:마지막|끝))"
    rf"|(?:맨 |제일 )?(?P<both>전자|후자|첫째|둘째|셋째|넷째|다섯째|처음(?= ?(?:거|것|꺼|건|게))))(?: ?(?P<noun>{_THING_KO})(?:들)?)?(?P<tail>{_KO_TAIL})(?![가-힣])"
)
_ORDINAL_EN = re.compile(
    r"\b(?:the )?(?P<word>first|second|third|fourth|fifth|sixth|last|final|former|latter|1st|2nd|3rd|4th|5th)\b"
    r"(?: (?P<noun>ones?|kinds?|types?|ways?|methods?|approach|steps?|stages?|layers?|groups?|lines?|weakness|problem|question"
    r"|view|challenge|scenario|option|item|point|part|level|module|category|family|branch|idea|reason|task|strategy|technique"
    r"|area|benefit|advantage|limit|limitation|component|assumption|example|source|principle|bias|section))?\b",
    re.IGNORECASE,
)
_PAIR_KO = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<first>앞의 |처음 )?(?:(?:이|그|저|위|위의) ?)?(?:(?P<two>둘(?: 다)?)|(?P<three>셋(?: 다)?)|(?P<count>두|세) (?:가지|개|방법|기법|모델|논문|방식|접근|기술|연구|종류))"
    rf"(?P<tail>{_KO_TAIL}|끼리|사이)(?![가-힣])"
)
_PAIR_EN = re.compile(
    r"\b(?:the |these |those )(?P<first>first )?(?P<count>two|three)(?: \w+(?= differ| compare|$|\?))?\b|\b(?:both|all three)(?: of them)?\b", re.IGNORECASE
)
_WHICH_EN = re.compile(r"^(?:and |so )?which(?: one)?(?= (?:is|was|works|performs|does|has) (?:\w+ ){0,2}(?:better|worse|best|stronger|faster|cheaper|newer|larger|bigger|higher|lower|smaller|more))", re.IGNORECASE)
_WHICH_KO = re.compile(r"^(?:뭐가|어느 ?(?:게|것이|쪽이)|어떤 ?(?:게|것이))(?= (?:더|나아|나은|좋아))")
_COMPARING_KO = re.compile(r"^(?=(?:차이점?|공통점|다른 ?점|비교)(?:은|는|이|가|을|를|하면|해|좀|도)?\S*(?: \S+)?$)")
_COMPARING_EN = re.compile(
    r"^(?P<before>(?:and |so )?(?:what(?:'s| is| are) )?(?:the |any )?(?:main |key )?(?:differences?|similarit(?:y|ies))|compare)(?= (?:them|these|those)\b|\s*[?!.]*$)",
    re.IGNORECASE,
)
_DIFFER_EN = re.compile(r"\b(?:they|these|those) (?:differ|compare)\b(?! from| to| with)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point back, as `text[start:end]`, without the particle after them.

    `noun` is what they call it, `number` which item they mean (from 1; -1: the last). `particle` is one that is merged
    into the words: 그건 is 그것 with 은.
    """

    role: Role
    start: int
    end: int
    noun: str = ""
    number: int = 0
    particle: str = ""


def references(text: str, language: Language) -> tuple[Reference, ...]:
    """Return what points back, in order, none over another; a claim only: the question may hold what is meant."""
    finders = (_items_ko, _pairs_ko, _nouns_ko, _pronouns_ko) if language == "ko" else (_items_en, _pairs_en, _pronouns_en)
    found: list[Reference] = []
    for finder in finders:
        for one in finder(text):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def pointing_back(text: str, language: Language, things: Sequence[Thing]) -> tuple[list[Reference], list[Thing]]:
    """Return the words of a question that mean something outside it, and the things that it names besides them."""
    found = [one for one in references(text, language) if not _names_it(one, things)]
    outside = [t for t in things if not any(one.start < t.end and t.start < one.end for one in found)]
    back = [one for one in found if not _meant_inside(one, text, outside)]
    return back, [t for t in things if not any(one.start < t.end and t.start < one.end for one in back)]


def _names_it(one: Reference, things: Sequence[Thing]) -> bool:
    """Whether the words only point at a name that follows: "아까 그 SPIN"."""
    if not one.noun or one.role in ("item", "pair"):
        return False
    return any(t.start < one.end < t.end or (one.start < t.start < one.end and t.sort in NAMES) for t in things)


def _meant_inside(one: Reference, text: str, things: Sequence[Thing]) -> bool:
    """Whether the question itself holds, before the words, what they mean."""
    if one.role in ("item", "pair"):
        return any(thing.specific for thing in things)
    if one.noun == "중":
        return False
    if one.role == "place" and any(thing.sort in NAMES for thing in things):
        return True
    if one.role == "possessive" and "," in text[one.end :] and any(t.sort in NAMES and t.start > one.end for t in things):
        return True  # "According to its author, which framework is FastAPI …"
    before = [thing for thing in things if thing.specific and thing.end <= one.start]
    if not before:
        return False
    return not _is_object_of(one, before, text)


def _is_object_of(one: Reference, before: Sequence[Thing], text: str) -> bool:
    """Whether the words are the other side of a comparison, or the object of the only thing before them."""
    between = text[before[-1].end : one.start]
    if len(before) == 1 and re.fullmatch(r"(?:은|는|이|가) ", between) and re.match(r"를|을|$", text[one.end :] if not one.particle else one.particle):
        return True  # "StructEval은 그걸 어떻게 풀어?"
    if re.fullmatch(r"(?:이?랑|와|과|하고|보다|vs\.?|,)? ?", between.strip()) and between.strip():
        return True
    clause = re.search(r"\b(?:and|or|when|if|but|while|because|that|so|without|after|before|then)\b|[,;:.]", between)
    rest = text[one.end :].strip(" ?.!")
    if _ASKS_WHICH.match(text) and not clause and not rest and one.role == "subject":
        return True
    starts = _ASKS_OF.match(text)
    return bool(starts) and len(before) == 1 and not clause and not rest and one.role == "subject"


def _pronouns_ko(text: str) -> Iterator[Reference]:
    for found in _PRONOUN_KO.finditer(text):
        if found["merged"]:
            particle = {"건": "은", "게": "이", "걸": "을"}[found["merged"]]
            yield Reference("subject", *found.span(), particle=particle)
        else:
            yield Reference("subject", found.start(), found.start("tail"))
    for found in _PLACE_KO.finditer(text):
        yield Reference("place", *found.span())
    for found in _AMONG_KO.finditer(text):
        yield Reference("place", *found.span(), noun="중")


def _nouns_ko(text: str) -> Iterator[Reference]:
    for found in _NOUN_KO.finditer(text):
        noun = found["noun"] or found["close"]
        point = found["point"]
        if point in ("이", "해당") and _SELF_KO.match(text, found.start("noun")) or noun in _NEVER_KO:
            continue
        if re.fullmatch(r"그|이|저|그런|이런|저런", point) and re.match(r"(?:둘|두|세|네|중|외|때)$", noun):
            continue
        role: Role = "subject" if _CLASS_KO.fullmatch(noun) else "noun"
        yield Reference(role, found.start(), found.start("tail"), noun=noun + (found["plural"] or ""))


def _items_ko(text: str) -> Iterator[Reference]:
    for found in _ORDINAL_KO.finditer(text):
        if found["digit"]:
            number = int(found["digit"])
        elif found["end"]:
            number = -1
        else:
            number = _ORDINAL_WORDS[found["word"] or found["both"]]
        merged = {"건": "은", "게": "이", "걸": "을"}.get(found["noun"] or "", "")
        yield Reference("item", found.start(), found.start("tail"), found["noun"] or "", number, merged)


def _pairs_ko(text: str) -> Iterator[Reference]:
    for found in _PAIR_KO.finditer(text):
        number = 3 if found["three"] or found["count"] == "세" else 2
        yield Reference("pair", found.start(), found.start("tail"), noun="first" if found["first"] else "", number=number)
    for found in _COMPARING_KO.finditer(text):
        yield Reference("pair", found.start(), found.start(), noun="between", number=2)
    for found in _WHICH_KO.finditer(text):
        yield Reference("pair", found.start(), found.start(), noun="of", number=2)


def _pronouns_en(text: str) -> Iterator[Reference]:
    expletive = [found.span() for found in _EXPLETIVE.finditer(text)]
    for found in _PRONOUN_EN.finditer(text):
        if any(start <= found.start() < end for start, end in expletive) and not found["own"]:
            continue
        if found["own"]:
            yield Reference("possessive", *found.span("own"))
        elif found["it"]:
            yield Reference("subject", *found.span("it"))
        elif found["noun"]:
            yield from _noun_en(found)
        else:
            yield Reference("subject", *found.span("that" if found["that"] else "end"))
    for found in (*_THERE_EN.finditer(text),):
        yield Reference("place", *found.span())
    for found in _WHOLE_EN.finditer(text):
        yield Reference("subject", *found.span())


def _noun_en(found: re.Match[str]) -> Iterator[Reference]:
    noun, point = found["noun"].lower(), found["point"].lower()
    last = noun.split()[-1]
    if last in _NOT_NOUNS and last not in ("one", "ones", "kind", "sort", "type"):
        if point in ("this", "that", "these", "those") and _begins(found):
            yield Reference("subject", *found.span("point"))
        return
    if point in ("this", "these") and re.fullmatch(wording.SELF_EN, last):
        return
    if point == "that" and not _begins(found) and last not in ("one", "ones") and not _CLASS_EN.fullmatch(last):
        if not re.search(r"\b(?:of|for|in|with|about|is|was|are|does|did|to|from) $", found.string[: found.start()]):
            return  # a clause: "data that models write"
    role: Role = "subject" if _CLASS_EN.fullmatch(last) else "noun"
    yield Reference(role, *found.span(), noun=noun)


def _begins(found: re.Match[str]) -> bool:
    before = found.string[: found.start()].strip().lower()
    return not before or bool(re.search(r"\b(?:does|did|do|is|was|are|were|can|could|will|would|has|why|how|and|so)$", before))


def _items_en(text: str) -> Iterator[Reference]:
    for found in _ORDINAL_EN.finditer(text):
        number = _ORDINAL_WORDS[found["word"].lower()]
        yield Reference("item", *found.span(), noun=found["noun"] or "", number=number)


def _pairs_en(text: str) -> Iterator[Reference]:
    for found in _PAIR_EN.finditer(text):
        number = 3 if (found["count"] or found.group()).lower().startswith(("three", "all")) else 2
        yield Reference("pair", *found.span(), noun="first" if found["first"] else "", number=number)
    for found in _COMPARING_EN.finditer(text):
        yield Reference("pair", found.end("before"), found.end("before"), noun="between", number=2)
    for found in _WHICH_EN.finditer(text):
        yield Reference("pair", found.end(), found.end(), noun="of", number=2)
    for found in _DIFFER_EN.finditer(text):
        yield Reference("pair", found.start(), found.start() + found.group().index(" "), number=2)

"""A Korean question in, the words in it that may point back out: 그거, 그 방법, 두 번째 거, 둘 다, 거기서."""

import re
from collections.abc import Iterator

from qa.converse import wording
from qa.converse.reference import (
    AMONG,
    ANY,
    BETWEEN,
    EACH,
    FIRST,
    OF,
    OF_TWO,
    ONE_BEFORE,
    SIDE_BY_SIDE,
    Reference,
    Role,
)

_BEGINS = "(?<![가-힣A-Za-z0-9])"
_TAIL = (
    "(?:들)?(?:이라는|라는|이란|란|이랑|랑|은|는|이|가|을|를|의|에서는|에서|에는|에게|에|으로는|으로|로는|로|과는"
    "|과|와는|와|도|만|하고|보다는|보다|처럼|한테|부터|까지|같은|요)*"
)
_PRONOUN = re.compile(
    rf"{_BEGINS}(?:그것|그거|이것|이거|저것|저거|요거|걔|얘|쟤)(?:들)?(?P<tail>{_TAIL})(?![가-힣])"
    rf"|{_BEGINS}[그이저](?P<merged>건|게|걸)(?![가-힣])"
)
_MERGED = {"건": "은", "게": "이", "걸": "을"}
_PLACE = re.compile(
    rf"{_BEGINS}(?:(?:거긴|여긴|저긴)(?![가-힣])|(?:거기|여기|저기))(?:에서는|에서|서는|서|에는|에|엔|다|의)?(?![가-힣])"
)
_AMONG = re.compile(rf"{_BEGINS}[그이저] ?중(?:에서|에는|에|엔)?(?![가-힣])")
_POINTING = (
    "(?:아까|방금|앞서|위에서)(?: ?(?:말한|언급한|나온|설명한)(?: [그이])?| [그이])"
    "|해당|위의|위에|앞의|그런|이런|저런|그|이|저"
)
_NOUN = re.compile(
    rf"{_BEGINS}(?P<point>{_POINTING})(?: (?P<noun>[가-힣A-Za-z]+?)|(?P<close>{wording.CLASS_NOUNS_KO}))(?P<plural>들)?"
    rf"(?P<tail>{_TAIL})(?![가-힣A-Za-z])"
)
_CLASS = re.compile(wording.CLASS_NOUNS_KO)
_SELF = re.compile(wording.SELF_KO)
_NEVER = frozenset(("중", "때", "외", "밖", "점", "위", "둘"))
_COUNTING = re.compile("둘|두|세|네|중|외|때")

_ORDINALS = {
    "첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8,
    "첫째": 1, "둘째": 2, "셋째": 3, "넷째": 4, "다섯째": 5, "처음": 1, "전자": 1, "후자": 2,
}  # fmt: skip
_THING = (
    "거|것|꺼|건|게|걸|놈|애|번|항목|방법|기법|방식|모델|단계|종류|유형|가지|문제|과제|관점|견해|이유|약점|한계"
    "|장점|모듈|층|축|수준|예|예시|연구|논문|생각|질문"
)
_ITEM = re.compile(
    rf"{_BEGINS}(?:(?:맨 )?(?P<word>첫|두|세|네|다섯|여섯|일곱|여덟) ?(?:번째|번재|째번|째)|(?P<digit>\d) ?번째?"
    r"|(?P<end>(?:맨 |제일 )?(?:마지막|끝))|(?:맨 |제일 )?(?P<alone>전자|후자|첫째|둘째|셋째|넷째|다섯째"
    rf"|처음(?= ?(?:거|것|꺼|건|게))))(?: ?(?P<noun>{_THING})(?:들)?)?(?P<tail>{_TAIL})(?![가-힣])"
    "(?!(?<=로) (?:많|높|낮|크|큰|작|적|빠|느|길|긴|짧|좋|나쁘|나쁜|중요))"  # "두 번째로 많은 건": by rank
)
_BEFORE = re.compile(rf"{_BEGINS}(?:앞의|앞에|이전|아까|저번) ?(?:거|것|꺼)(?P<tail>{_TAIL})(?![가-힣])")
_SEVERAL = re.compile(
    rf"{_BEGINS}(?P<first>앞의 |처음 )?(?:(?:이|그|저|위|위의) ?)?(?:(?P<two>둘(?: 다)?)|(?P<three>셋(?: 다)?)"
    r"|(?P<count>두|세) (?:가지|개|방법|기법|모델|논문|방식|접근|기술|연구|종류))"
    rf"(?P<tail>{_TAIL}|끼리|사이)(?![가-힣])"
)
_EACH = re.compile("각각|각자")
_WHICH = re.compile(
    "더 (?:긴|큰|높은|낮은|작은|많은|적은|빠른|느린|좋은|나은|오래된|최신인) ?(?:건|게|쪽은|쪽이|것은|것이|거는)"
    "(?= (?:뭐|뭔|무엇|어느|어떤|누구|어디))"
    "|(?:뭐가|어느 ?(?:게|것이|쪽이)|어떤 ?(?:게|것이))(?= (?:(?:[가-힣A-Za-z]+[은는이가을를도] )?(?:더|덜) |더|먼저"
    "|나중에|나아(?![지졌진])|나은|좋아(?![지졌진])"
    "|(?:높|낮|크|커|작|빠르|빨라|느리|많|적|우수|뛰어나|앞서)[가-힣]{0,4}[?.! ]*$))"
)
_SIDE_BY_SIDE = re.compile(
    r"(?:(?:이|그|저) ?)?(?:(?:둘|두 ?개)(?:을|를|이|다)? ?)?나란히(?: (?:놓고|놓아|보여|비교|정리|써|적어)\S*)*"
    r"(?: (?:줘|주세요|줄래|봐))*[?.! ]*$"
)
_COMPARING = re.compile(r"(?=(?:차이점?|공통점|다른 ?점|비교)(?:은|는|이|가|을|를|하면|해|좀|도)?\S*(?: \S+)?$)")


def items(text: str) -> Iterator[Reference]:
    """Yield the items of a list that a question means by number."""
    for found in _ITEM.finditer(text):
        number = -1 if found["end"] else int(found["digit"] or 0) or _ORDINALS[found["word"] or found["alone"]]
        noun = found["noun"] or (OF_TWO if found["alone"] in ("전자", "후자") else "")
        yield Reference("item", found.start(), found.start("tail"), noun, number, _MERGED.get(noun, ""))
    for found in _BEFORE.finditer(text):
        yield Reference("item", found.start(), found.start("tail"), "거", ONE_BEFORE)


def several(text: str) -> Iterator[Reference]:
    """Yield what means two or three things together, or leaves them out."""
    for found in _SEVERAL.finditer(text):
        number = 3 if found["three"] or found["count"] == "세" else 2
        yield Reference("several", found.start(), found.start("tail"), FIRST if found["first"] else "", number)
    if beside := _SIDE_BY_SIDE.match(text):
        yield Reference("several", *beside.span(), SIDE_BY_SIDE, 2)
    if _EACH.match(text):
        yield Reference("several", 0, 0, EACH, ANY)
    if _COMPARING.match(text):
        yield Reference("several", 0, 0, BETWEEN, 2)
    if _WHICH.match(text):
        yield Reference("several", 0, 0, OF, 2)


def nouns(text: str) -> Iterator[Reference]:
    """Yield determiners that point back, with their nouns."""
    for found in _NOUN.finditer(text):
        noun, point = found["noun"] or found["close"], found["point"]
        if noun in _NEVER or (point in ("이", "해당") and _SELF.match(text, found.start("noun"))):
            continue
        if re.fullmatch("그|이|저|그런|이런|저런", point) and _COUNTING.fullmatch(noun):
            continue
        role: Role = "subject" if _CLASS.fullmatch(noun) else "noun"
        yield Reference(role, found.start(), found.start("tail"), noun + (found["plural"] or ""))


def pronouns(text: str) -> Iterator[Reference]:
    """Yield pronouns and words for a place."""
    for found in _PRONOUN.finditer(text):
        if found["merged"]:
            yield Reference("subject", *found.span(), particle=_MERGED[found["merged"]])
        else:
            yield Reference("subject", found.start(), found.start("tail"))
    for found in _PLACE.finditer(text):
        yield Reference("place", *found.span())
    for found in _AMONG.finditer(text):
        yield Reference("place", *found.span(), noun=AMONG)

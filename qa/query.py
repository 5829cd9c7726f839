"""A question in, a Query out: its language, its kind and the terms that carry its topic. Searches nothing."""

import re
from dataclasses import dataclass
from typing import Literal

from index.analyse import Analyser, Term, english_stem, is_name_like
from index.errors import InputError
from index.load import Language

Kind = Literal["definition", "list", "number", "comparison", "yes-no", "why", "how", "who-when", "summary", "other"]

MAX_QUESTION_CHARS = 4_000

_FILLERS = frozenset(
    """무엇 뭐 뭔 뭘 무슨 어떤 어떻 어떠 어떻게 어디 언제 누구 누가 누 왜 얼마 얼마나 몇 어느 어떠하 설명 알려주 알리 알 말 말하 이야기 소개 정리 궁금 궁금하
    대답 답 답변 질문 해주 주 줘 달라 부탁 자세 자세히 자세하 간단 간단히 간략히 간략 쉽 쉽게 좀 대해 대하 관하 관해 의미 의미하 뜻 뜻하 정의 정의하 개념 차이 차이점 비교 비교하
    이란 란 가지 종류 뭐가 뭔가 무엇인가 인가 인지 건가 거야 나요 까요 정도 대략 구체 구체적 각각 모두 전부 해당 내용 부분 요약 요약하 나열 나열하 열거 나누 분류하 속하 사용하 쓰 이용 제시 제안하 언급 언급하
    다루 설명하 나오 들 이유 알아보 보여주 찾 찾아보 나타내 이르 부르 일컫
    what which who whom when where why how tell explain describe define definition mean meaning stand differ difference compare comparison versus list
    name give show please summarize summary overview many much kind type sort exactly briefly detail say said survey's paper's according does do""".split()
)
_ENGLISH_FUNCTION = re.compile(
    r"\b(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|the|an?|of|in|for|and|to|by|with|from|between|explain|describe"
    r"|tell|list|compare|define|summari[sz]e|can|could|should|give|show)\b",
    re.IGNORECASE,
)
_KOREAN_TAIL = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|로|으로|와|과|도|란|이란|야|이야|냐|니|나요|까|까요|줘|주세요|인가|인가요|지|죠|요|다|해|점|법|뜻|들)[?？!.\s]*$"
)
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("comparison", r"차이|비교|다른 ?점|다른가|다르|(?:와|과|이랑|랑) .*(?:중|어느 ?쪽)|\bvs\.?\b|versus|\bdiffer|\bcompar|\bbetween\b.*\band\b"),
    ("summary", r"요약|정리해|개요|전체적|summar|overview|main (?:idea|point|contribution)|핵심 ?(?:내용|기여)"),
    ("why", r"왜|이유|까닭|때문인|\bwhy\b|\breasons?\b|what makes|원인"),
    ("list", r"몇 ?(?:가지|개|종류)|가지(?:는|로|를)|종류|나열|열거|무엇무엇|어떤 것들|(?:에는|로는) (?:무엇|어떤|뭐)|무엇이 있|뭐가 있|어떤 .{0,20}들이? ?(?:있|포함)"
             r"|\blist\b|\bwhich (?:two|three|four|five|six|seven|\w+s\b)|\bwhat (?:are|were) the\b|\bname the\b|\bhow many (?:kinds|types|categories|families|groups|ways)|\btypes of\b|\bkinds of\b"),
    ("number", r"몇|얼마|수치|퍼센트|점수|크기는|개수|규모|how (?:many|much|large|big|long|often)|what (?:score|percentage|percent|number|size|fraction|share)|\bhow far\b"),
    ("who-when", r"누가|누구|저자|언제|몇 ?년|어느 ?(?:기관|회사|대학|학회)|\bwho\b|\bwhose\b|\bauthors?\b|\bwhen\b|\bwhere was\b|which (?:company|venue|conference|university|institution)"),
    ("definition", r"(?:이|가|은|는|란|이란)? ?(?:뭐|무엇|뭔|머)(?:야|예요|에요|죠|지|니|인가|인지|입니까|냐|임|$|\?)|뜻|의미|정의|란\??$|이란\??$|무엇을 (?:말|뜻|의미)"
                   r"|^\s*(?:what (?:is|are|does)|what's|define|definition)\b|\bmeans?\b|stand for|\bmeant by\b"),
    ("how", r"어떻게|방법은|방식|과정|절차|작동|동작|\bhow\b|steps|procedure"),
    ("yes-no", r"(?:인가요|나요|습니까|ㅂ니까|까요|는가|은가|을까|맞아|맞나|맞니|있어|있나|있니|되나|하나)\??$|^\s*(?:is|are|was|were|does|do|did|can|could|has|have|should|will)\b"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


_FILLER_STEMS = frozenset(english_stem(word) for word in _FILLERS)


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for retrieval. `terms` are its topic words in order; `names` those written like names."""

    text: str
    language: Language
    kind: Kind
    terms: tuple[Term, ...]
    names: frozenset[str]


def understand(question: str, analyser: Analyser, language: Language | None = None) -> Query:
    """Read a question.

    `language` overrides the language found. Raises InputError for a question that is empty, too long or has no word.
    """
    text = " ".join(question.split())
    if not text:
        raise InputError("the question is empty; ask something, for example 'What is SPIN?' or '행동 모방이 뭐야?'")
    if len(text) > MAX_QUESTION_CHARS:
        raise InputError(f"the question has {len(text):,} characters; at most {MAX_QUESTION_CHARS:,} are read, so shorten it")
    every = analyser.terms(text)
    if not any(char.isalnum() for char in text):
        raise InputError(f"the question {text[:20]!r} has no word in it; ask in Korean or English")
    topical = tuple(term for term in every if not _is_filler(term.text))
    names = frozenset(term.text for term in topical if is_name_like(text[term.start : term.end]))
    return Query(text, language or question_language(text), question_kind(text), topical, names)


def question_language(text: str) -> Language:
    """Return the language that an answer is expected in: that of the question's grammar, not of its terms."""
    hangul = [word for word in text.split() if re.search(r"[가-힣ㄱ-ㅎㅏ-ㅣ]", word)]
    if not hangul:
        return "en"
    english = len(_ENGLISH_FUNCTION.findall(text))
    if english == 0:
        return "ko"
    if _KOREAN_TAIL.search(text) and re.search(r"[가-힣]", text.split()[-1]):
        return "ko"
    return "ko" if len(hangul) > english + 1 else "en"


def question_kind(text: str) -> Kind:
    """Return what sort of answer a question asks for."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(text)), "other")


def _is_filler(term: str) -> bool:
    return term in _FILLER_STEMS or term.startswith(("뭐", "뭔", "뭘", "무엇", "어떻", "어떤", "알려", "주세요", "해주"))

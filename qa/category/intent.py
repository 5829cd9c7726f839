"""A question in, what it asks of the taxonomy out: a category, a list, a comparison, or nothing of the kind.

Reads words only; which names it holds is found by `names`, and what is answered is decided by `categorise`.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from qa.category.names import TAIL, Mention, NameFinder, Token, fold, tokens
from qa.words.patterns import compiled

Purpose = Literal["category", "list", "comparison", "bare", "other"]

_FILLER_EN = frozenset(
    """a an the of to in into on under by for with from at as is are was were be been being do does did can
    could would will should shall may might must it its this that these those which what where who whose how and
    or s me my we us our you your i please tell show give name explain know want find out like about there here
    called named known say says so category categories categorise categorize categorised categorized
    categorisation categorization classify classified classification classifications class classes family
    families branch branches group groups grouped heading headings bucket type types kind kinds sort paradigm
    taxonomy taxonomic survey s's section part place placed put fall falls fit fits belong belongs belonging
    file filed listed list sit sits go goes live lives land count counts considered counted method methods
    methodology approach approaches technique techniques algorithm paper papers work works model models
    alignment automated according main top level subcategory all every each full complete exactly actually
    example examples difference differences differ different between compare comparison compared versus vs
    contrast distinguish any some other others same similar llm llms label labelled labeled assign assigned""".split()
)
_FILLER_KO = re.compile(
    r"(?:어느|어떤|무슨|무엇|뭐|뭔|뭘|어디|어떻게|누구|범주|카테고리|분류체계|분류|갈래|계열|부류|패밀리|소속|속|유형"
    r"|종류|쪽|축|그룹|항목"
    r"|택소노미|서베이|논문|자동화|정렬|방법론|방법|기법|방식|모델|알고리즘|연구|접근|것|거|들|좀|그|이|저|중|안|및"
    r"|와|과|랑|이랑|하고|의"
    r"|목록|리스트|전체|모두|전부|모든|각각|차이점|차이|비교|다른|다른점|다르|같은|구별|구분|알려줘|알려|알고|말해"
    r"|보여|나열|열거|정리|소개|설명"
    r"|있|되|돼|하|해|줘|주|볼|봐|수|때|대해|관해|로|으로|에|은|는|가|을|를|야|면|요|까|나|니|지|여기서|체계|상"
    r"|따르면|따라|이름|하위|상위"
    r"|예시|사례|들어가|넣|포함|해당|위치|묶|궁금|싶|관련|나눠|나뉘|일|정확히|대체|도대체)(?:들)?"
)
_KO_ENDING = re.compile(
    r"(?:해|하|한|할|함|합|돼|되|된|될|됨|됩|있|인|이|야|나|니|냐|까|줘|주|세|요|다|는|은|가|어|여|지|죠|겠|습|려|봐"
    r"|싶|들|올|라|고|서|면|을|를"
    r"|의|에|로|으|도|와|과|랑|점|것|거|건|뭐|뭔|무|엇|보|알|말|볼|수|속|만|데|기|음|임|입|엔|던|네|군|줄|래|시|십|오"
    r"|워|운|웠|했|됐|였|었)*"
)
_CATEGORY = compiled(
    r"범주|카테고리|분류|갈래|부류|패밀리|택소노미|소속"
    r"|(?<!중 )(?<!중에 )(?<!가운데 )어느 ?(?:쪽|축|유형|종류|그룹|계열|항목|절|파트)"
    r"|무슨 ?(?:유형|종류|계열|과\b)"
    r"|어떤 ?(?:유형|종류|부류|그룹|계열)(?:에|의|이|인|으|\s*$|\?)|(?:어디|어느|어떤|무슨).{0,14}(?:들어가|포함|해당"
    r"|묶|속)"
    r"|(?:에|게) ?속(?:해|하|한|할|함|합)|\bcategor|\bclassif|\btaxonomy\b|\bfiled\b|\bbelongs?\b|\bfalls? (?:under"
    r"|into|in)\b"
    r"|\blisted under\b|\bgrouped (?:under|with|in)|\bunder (?:which|what)\b|\bwhere\b.{1,40}\bfalls?\b"
    r"|\b(?:which|what) (?:\w+ )?(?:family|class|branch|group|heading|bucket|paradigm|type|kind)\b"
    r"|\bwhere (?:does|do|is|are|would|should|did|can|could|will)\b.{1,120}"
    r"\b(?:fall|belong|sit|fit|go|live|filed?|placed?|put|listed|land|stand)\b"
)
_METHODS = r"(?:methods?|papers?|works?|approaches|techniques|algorithms|entries)"
_LIST = compiled(
    r"(?:어떤|무슨) ?(?:[가-힣]+ )?(?:방법|기법|논문|연구|것|게|알고리즘)|목록|리스트|나열|열거"
    r"|(?:방법|기법|논문|연구|알고리즘|예시|예|사례|것)(?:들|론|론들)?(?:이|은|는|을|를|에는|로는|도|엔)? ?"
    r"(?:뭐|무엇|어떤|있|알려|보여|말해|다 |모두|전부|전체|모아|정리|소개|[?]?$)"
    rf"|\blist\b|\b(?:which|what) (?:are )?(?:the )?(?:[\w-]+ ){{0,4}}{_METHODS}\b|\bexamples? of\b|\bwhat(?:'s"
    rf"| is) (?:in|under)\b"
    rf"|\b(?:show|give|name|tell)\b.{{0,60}}\b(?:{_METHODS}|examples)\b|\b{_METHODS}\W*$"
    rf"|\b{_METHODS} (?:\w+ ){{0,2}}(?:in|of|for|under|from|that use|using|filed|on)\b"
)
_LISTED = compiled(rf"방법|기법|논문|연구|알고리즘|메서드|\b{_METHODS}\b")
_COMPARISON = compiled(
    r"차이|비교|다른 ?점|다르|달라|다른(?=가|지|데|거|게)|구별|구분|대비|\bvs\b|\bversus\b|\bdiffer|\bcompar"
    r"|\bdistinguish|\bcontrast"
)
_CLASSED_HOW = compiled(
    r"어떻게 ?(?:분류되|분류돼|분류하|분류된)|어떤 ?식으로 ?분류|\bhow (?:is|are|would|should|do|does)\b.{1,90}"
    r"\b(?:classif|categori|filed|grouped|placed)"
)
_ELSEWHERE = compiled(
    r"왜|이유|한계|약점|단점|장점|강점|몇|얼마|누가|저자|언제|어떻게|작동|원리|성능|점수|결과|정의|뜻|의미|뭐야"
    r"|무엇인가|뭔가요|뭐지|이란|설명|(?:\d|두|세|네|다섯) ?가지|\bwhy\b|\bhow\b|\blimit|\bweak(?!\W?to)"
    r"|\b(?:dis)?advantage|\bauthors?\b|\bwho\b"
    r"|\bwhen\b|\bfalls? short|\bstrengths?\b|\bbenefit|\bscores?\b|\bresults?\b|\bdefin|\bmeans?\b|\bexplain"
    r"|^\s*what (?:is|are|does) (?!in\b|under\b|the (?:category|family|classification))(?:\w+\W*){1,4}$"
)
_OF_SOMETHING = compiled(
    r"data|datasets?|uses?|used|using|tasks?|benchmarks?|rewards?|signals?|데이터|사용|쓰|과제|작업|벤치마크|신호"
    r"|보상|질문|지시|문제"
)
# Which methods use self-play?
_USING = re.compile(r"us(?:e|es|ing|ed)|employ(?:s|ing)?|(?:쓰|사용하|이용하|활용하)(?:는|고|여)?")
_ASKED_PLAINLY = compiled(
    r"(?:범주|카테고리|분류|갈래|계열|부류)(?:가|는|이|은)? ?(?:뭐|무엇|뭔|어)|the (?:category|family) of"
)
_RELATED = compiled(
    r"비슷|유사|변형|변종|처럼|달리|기반|대신|확장|개량|넘어|대체|닮|\b(?:variant|similar|like|unlike|instead"
    r"|extends?|extension|improves?|based|inspired|replac\w+|builds? on|without|than)\b"
)
_SAME = compiled(
    r"같은 ?(?:범주|카테고리|분류|갈래|부류)|(?:same|sibling)\w* (?:category|family|branch|group|heading|class)"
)
_ASKS_OF_ONE = compiled(
    r"(?:방법|기법|방식|접근|학습|연구|논문|프롬프팅)(?:은|는|이|가|의)? ?(?:(?:어느|어떤|무슨) ?(?:범주|카테고리"
    r"|갈래|계열|쪽)|범주|분류)"
    r"|(?:방법|기법|방식|접근|학습|연구|논문|프롬프팅)(?:은|는|이|가)? ?어디(?:에|로)? ?(?:속|분류|들어|넣)"
    r"|\b(?:which|what) category\W*$|[.;:,] ?category\?|\bwhere (?:does|would|should) (?:it|this) (?:fall|be filed"
    r"|belong|go)\b"
    r"|\bwhich category (?:would|does|holds) (?:it|this|a method)\b"
)
_NOUN_KO = "(?:방법|기법|방식|연구|논문|접근|학습)?"
_CLAUSE = compiled(
    rf"{_NOUN_KO}(?:은|는|이|가|의)? ?(?:서베이에서 )?(?:(?:어느|어떤|무슨) ?(?:범주|카테고리|분류|갈래|계열|부류|쪽"
    rf"|유형|종류)"
    rf"|범주|카테고리|분류)[^.!?,]{{0,16}}(?:[?.!]|$)|{_NOUN_KO}(?:은|는|이|가)? ?어디(?:에|로"
    rf"|서)? ?[^.!?,]{{0,12}}(?:[?.!]|$)"
    r"|\b(?:(?:in|under|to|into) )?(?:which|what) (?:is the )?(?:\w+ )?(?:category|family|branch|class|heading|group)\b"
    r"(?: (?:would|does|do|is|holds?|has) (?:it|this|that|a method (?:where|that|in which|which)|a|an)?)?"
    r"(?: (?:be in|belong to|fall (?:under|into)|of|fit))?"
    r"|\bwhere (?:does|would|do|should|is) (?:it|this|that)\b[^.?!]*|\bcategor(?:y|ies|ize|ise)\b"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks; `mentions` are the names that it is about, `rest` its words besides names and phrases.

    `elsewhere` says that the question asks for something that a document tells better: a definition, a limit, a
    number, an author. `same` asks for a method's neighbours; `of_methods` says that it speaks of methods or papers.
    """

    purpose: Purpose
    mentions: tuple[Mention, ...]
    rest: tuple[Token, ...]
    elsewhere: bool
    same: bool = False
    of_methods: bool = False

    @property
    def exact(self) -> bool:
        """Whether the question holds nothing but names and the words that ask."""
        return bool(self.mentions) and not self.rest


def interpret(question: str, finder: NameFinder) -> Intent:
    """Return what a question asks of the taxonomy."""
    found = finder.find(question)
    purpose = _purpose(question, found)
    rest = _rest(question, found)
    listed = purpose == "list"
    only_words = not rest and not any(m.certain for m in found)
    kept = [m for m in found if m.certain or only_words or (listed and m.kind == "category")]
    rest = _rest(question, kept)
    if not any(mention.kind == "method" for mention in kept) and not listed:
        kept, rest = _inexact(question, finder, found, kept)
    kept = [replace(mention, certain=True) for mention in kept]
    if listed and any(mention.kind == "category" for mention in kept):
        rest = tuple(token for token in rest if not _USING.fullmatch(token.text))
    about = any(_OF_SOMETHING.match(token.text) for token in rest)
    plain = _CLASSED_HOW.search(question) or _ASKED_PLAINLY.search(question)
    elsewhere = bool(_ELSEWHERE.search(question)) and not plain or bool(about and kept)
    return Intent(purpose, tuple(kept), rest, elsewhere, bool(_SAME.search(question)), bool(_LISTED.search(question)))


def names_and_rest(question: str, finder: NameFinder) -> tuple[list[Mention], tuple[Token, ...]]:
    """Return the names in a question, of methods only what is surely one, and its words that neither name nor ask."""
    found = [mention for mention in finder.find(question) if mention.certain or mention.kind == "category"]
    return found, _rest(question, found)


def describes(question: str, intent: Intent) -> bool:
    """Whether the question describes a method in words, so that a name in it is only part of the description."""
    if not intent.mentions:
        return len(intent.rest) >= 2
    mention = intent.mentions[0]
    around = question[max(0, mention.start - 24) : mention.end + 24]
    before = [token for token in intent.rest if token.end <= mention.start]
    told_first = len(before) >= 5 or (len(before) > 2 and len(intent.rest) > 8)
    return told_first or (len(intent.rest) >= 3 and bool(_RELATED.search(fold(around))))


def asks_of_one(question: str) -> bool:
    """Whether the question plainly asks for the category of one thing that it describes."""
    return bool(_ASKS_OF_ONE.search(question))


def topic_of(question: str) -> str:
    """Return the question without the clause that asks for a category."""
    return " ".join(_CLAUSE.sub(" ", question).split()).strip(" ?:;,.-—") or question


def _purpose(question: str, found: list[Mention]) -> Purpose:
    if len(found) >= 2 and _COMPARISON.search(question):
        return "comparison"
    if _SAME.search(question) and found:
        return "list"
    if _COMPARISON.search(question) and not _CATEGORY.search(question):
        return "other"
    categories = [mention for mention in found if mention.kind == "category"]
    methods = [mention for mention in found if mention.kind == "method"]
    if categories and not any(m.certain for m in methods) and _LIST.search(question):
        return "list"
    if _CATEGORY.search(question):
        return "category"
    return "bare" if not _rest(question, found) or not found else "other"


def _inexact(
    question: str, finder: NameFinder, found: list[Mention], kept: list[Mention]
) -> tuple[list[Mention], tuple[Token, ...]]:
    """Look for a part of a title, then for a misspelt name, where these are most of what the question is about."""
    rest = _rest(question, kept)
    part = finder.title_part(question)
    if part and not any(mention.start <= part.start and part.end <= mention.end for mention in kept):
        inside = sum(part.start <= token.start < part.end for token in _rest(question, []))
        if inside >= 2 and inside >= 0.6 * len(_rest(question, [])):
            return [part], _rest(question, [part])
    if len(rest) <= 6:
        guessed = finder.guess(question)
        if guessed and len(_rest(question, [guessed])) <= 2:
            overlapped = [m for m in kept if m.end <= guessed.start or m.start >= guessed.end]
            return [guessed, *overlapped], _rest(question, [guessed, *overlapped])
    return kept, _rest(question, kept or found if not rest else kept)


def _rest(question: str, mentions: list[Mention]) -> tuple[Token, ...]:
    """Return the words that neither belong to a name nor ask."""
    spans = [(mention.start, mention.end) for mention in mentions]
    kept = []
    for token in tokens(question):
        if any(start <= token.start < end for start, end in spans):
            continue
        follows = any(end == token.start for _, end in spans)
        if _is_asking(token) or (follows and TAIL.fullmatch(token.text)):
            continue
        kept.append(token)
    return tuple(kept)


def _is_asking(token: Token) -> bool:
    if token.text in _FILLER_EN:
        return True
    if not "가" <= token.text[0] <= "힣":
        return False
    filler = _FILLER_KO.match(token.text)
    rest = token.text[filler.end() :] if filler else ""
    return bool(filler and (_KO_ENDING.fullmatch(rest) or TAIL.fullmatch(rest)))


_WHAT_IT_DOES = compiled(
    r"뭘 ?하는|무엇을 ?하는|뭐 ?하는|란\s*\??$|what does .+ do\b"
    r"|어떤 ?(?:방법|기법|모델|알고리즘) ?(?:이야|이에요|이지|이냐|인가|인지|일까|입니)"
)


_EXPLAIN = compiled(
    r"\btell me\b.*\babout\b|\bexplain\b|\bdescribe\b|설명|(?:에 )?대해서? ?(?:\S+ )?(?:알려|말해)|자세히"
)


def asks_what_it_does(question: str) -> bool:
    """Whether a question wants a method explained, not filed."""
    return bool(_WHAT_IT_DOES.search(question)) or bool(
        _EXPLAIN.search(question) and not _CATEGORY.search(question) and not _LIST.search(question)
    )

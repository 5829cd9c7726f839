"""A turn in, what its own words make of it out: the last question again, more, why, an example, or the same of another.

Looks at the turn alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.load import Language
from qa.converse import wording
from qa.question.query import question_language
from qa.words.made_of import has_word, is_made_of
from qa.words.patterns import compiled

# "again": the last question, perhaps in another language; "more", "why", "example": more of the last answer; "short":
# less of it; "other": in another form; "source": where it stands.
Move = Literal["again", "more", "why", "example", "short", "other", "source"]

_MAX_CHARS = 60
_MAX_WORD_CHARS = 14
_MAX_WORDS_EN, _MAX_WORDS_KO = 8, 3
_MAX_SAME_WORDS = 3

_OPENING = compiled(rf"(?:{wording.OPENING}(?:\s+|(?=$)))+")
_INTO: dict[Language, re.Pattern[str]] = {
    "ko": compiled(wording.INTO_LANGUAGE.format(name=f"(?:{wording.LANGUAGE_NAMES['ko']})")),
    "en": compiled(wording.INTO_LANGUAGE.format(name=f"(?:{wording.LANGUAGE_NAMES['en']})")),
}
_LANGUAGE = compiled("|".join(wording.LANGUAGE_NAMES.values()))
_AGAIN = compiled(wording.AGAIN)
_DOUBT = compiled(wording.DOUBT)
_WHY = compiled(wording.WHY)
# What has to be found in a turn of each kind, and the pieces of Korean words and the English words that it is made of.
_LEANING: dict[Move, tuple[re.Pattern[str], str, frozenset[str]]] = {
    "short": (compiled(wording.SHORT), wording.SHORT_KO, wording.SHORT_EN),
    "other": (compiled(wording.OTHER_FORM), wording.OTHER_KO, wording.OTHER_EN),
    "source": (compiled(wording.SOURCE), wording.SOURCE_KO, wording.SOURCE_EN),
    "more": (compiled(wording.MORE), wording.MORE_KO, wording.MORE_EN),
    "example": (compiled(wording.EXAMPLE), wording.EXAMPLE_KO, wording.EXAMPLE_EN),
}
_ABOUT_EN = compiled(
    r"^(?:(?P<what>(?:what|how) about|and what of|(?:(?:do |ask )?the )?same(?: question| thing)? (?:for|about|with)"
    r"|what if it were)"
    r"|(?:(?P<and>and|or|but)\b)?\s*(?:(?P<prep>for|in|on|with|from|as|of|against|at|by)\b)?)\s*"
    r"(?P<topic>[^?!.]+?)(?:,? (?:then|instead|though|too|in particular|specifically|only))?\s*[?!.]*$"
)
_SAME_EN = compiled(
    r"^(?:and |so |but )?(?:does|do|did|is|are|was|can|has|have) (?P<topic>[^?!.]+?)(?: too| as well| also"
    r"| (?:have|has|suffer from|share) (?:the|that|this) same(?: \w+)?)?\s*[?!.]*$"
)
_ABOUT_KO = re.compile(
    r"^(?P<topic>[^?!.]+?)\s?(?:쪽|의 경우|같은 경우|같은 건|에 대해서|에 대해|에서|한테)?(?P<mark>으로는|로는|으론"
    r"|론|만 ?(?:놓고 )?(?:보면|따지면|치면|비교하면)(?:은|요)?|에선|에서는|에서|은요|는요|은|는|도요|도|이요|요"
    r"|만|이랑은|랑은|과는|와는)?\s*(?P<same>그래|그런가"
    r"|그런가요|그렇대|마찬가지|마찬가지야|마찬가지로|똑같이"
    r"|똑같아|같아|어때|어떤데|어떤가|어떤지|어떠니|어떻대|어떨까|어떻게 돼"
    r"|어땠어|어떻게 ?(?:했|하|됐|되)[가-힣]{0,4}|(?:같은|똑같은|비슷한) [가-힣]+ ?(?:이|가)? ?(?:있어|있나"
    r"|있나요|있지|생겨|생기나))?(?:요)?\s*(?:그럼"
    r"|그러면)?\s*[?!.~]*$"
)
_WITHIN_KO = ("에선", "에서는", "에서", "만", "으로는", "로는", "으론", "론")
_VERB_EN = compiled(
    r"\b(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had|who|what|which|when|where|why|how"
    r"|whose"
    r"|tell|explain|show|give|list|compare|describe|summarize|made|make)\b"
)
_ASKS_KO = re.compile(r"왜|뭐|뭘|몇|누가|누구|언제|어디|얼마|어떻|어떤|어느|무슨|무엇")
_ENDS_KO = re.compile(
    r"(?:야|요|까|니|냐|나|지|죠|다|줘|해|어|아|여|대|래|데|임|음|함|됨|려|면|서|고|봐|써|돼|뭐|뭔|머)(?=$|\s)|왜"
    r"|뭐|뭘|몇|누가|언제|어디|얼마|어떻|어떤|무슨|무엇"
)
_CLAUSE_KO = re.compile(
    r" \S*[가-힣](?:을|를|나|까|죠|네|해|아|어|돼|래|데)$|(?:을|를)(?: |$)|(?:면|려고|어서|아서|는데)$"
)


@dataclass(frozen=True, slots=True)
class About:
    """A turn that only names something: "Llama 3는?", "and for images?"; `topic` is that, as `text[start:end]`.

    `marked` says that a word or a particle shows that it goes on from the last question; `within` that it only narrows
    that: "코드만", "중국어에선?"; `same` that the turn asks whether the same holds: "does Qwen2?".
    """

    start: int
    end: int
    topic: str
    marked: bool
    within: bool = False
    same: bool = False


def body(text: str) -> str:
    """Return a turn without the words that only open it: "그럼", "and", "ok"."""
    opening = _OPENING.match(text)
    rest = text[opening.end() :].strip() if opening else text
    return rest if has_word(rest) else text


@lru_cache(maxsize=1_000)
def move(text: str) -> tuple[Move, Language | None] | None:
    """Return what a turn without any topic asks for, with the language that it asks for the answer in."""
    rest = body(text)
    if len(rest) > _MAX_CHARS:
        return None
    bare = rest.rstrip("?!.~… ")
    if _DOUBT.fullmatch(bare):
        return "again", None
    into = next((language for language, pattern in _INTO.items() if pattern.search(rest)), None)
    without = _LANGUAGE.sub(" ", rest) if into else rest
    if (into or _AGAIN.search(rest)) and _says_only(without, "", frozenset()):
        return "again", into or question_language(text)
    if into:
        kind = _leaning(without, ("short", "more"))
        return None if kind is None else ("short" if kind == "short" else "again", into)
    if _WHY.fullmatch(bare):
        return "why", None
    kind = _leaning(rest, tuple(_LEANING))
    return None if kind is None else (kind, None)


def _leaning(text: str, kinds: Sequence[Move]) -> Move | None:
    """Return the first of the kinds that a turn is of by all of its words."""
    bare = text.rstrip("?!.~… ")
    for kind in kinds:
        pattern, korean, english = _LEANING[kind]
        if (pattern.search(text) or pattern.search(bare)) and _says_only(text, korean, english):
            return kind
    return None


def about(text: str, language: Language) -> About | None:
    """Return what a turn names without asking anything of it, None for a turn that asks something itself."""
    rest = body(text)
    return (_about_ko if language == "ko" else _about_en)(rest, len(text) - len(rest))


def _about_en(rest: str, offset: int) -> About | None:
    same = _SAME_EN.match(rest)
    if same and len(same["topic"].split()) <= _MAX_SAME_WORDS:
        return About(offset + same.start("topic"), offset + same.end("topic"), same["topic"], True, same=True)
    found = _ABOUT_EN.match(rest)
    if found is None or (not found["what"] and _VERB_EN.search(found["topic"])):
        return None
    if len(found["topic"].split()) > _MAX_WORDS_EN:
        return None
    start, end = found.span("topic")
    article = re.match(r"(?:the|an?) ", found["topic"], re.IGNORECASE)
    start += article.end() if article else 0
    topic = re.sub(r"(?:'s|’s)$", "", rest[start:end])
    marked = bool(found["what"] or found["and"] or found["prep"] or offset)
    return About(offset + start, offset + start + len(topic), topic, marked)


def _about_ko(rest: str, offset: int) -> About | None:
    found = _ABOUT_KO.match(rest)
    topic = found["topic"].rstrip() if found else ""
    if found is None or not topic or len(topic.split()) > _MAX_WORDS_KO:
        return None
    marked = bool(found["mark"] or found["same"])
    if (not marked and _ENDS_KO.search(topic)) or _ASKS_KO.search(topic) or _CLAUSE_KO.search(topic):
        return None
    within = (found["mark"] or "") in _WITHIN_KO
    return About(offset, offset + len(topic), topic, marked or bool(offset), within)


def _says_only(text: str, korean: str, english: frozenset[str]) -> bool:
    """Whether a turn has no word but such that ask to tell, and those given: pieces of Korean ones, English ones."""
    pieces = f"{wording.TELLING_KO}|{korean}" if korean else wording.TELLING_KO
    return is_made_of(text, pieces, wording.TELLING_EN | english, _MAX_WORD_CHARS)

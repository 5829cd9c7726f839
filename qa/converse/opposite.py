"""A turn that only asks for another place in an order in, the last question with that out: "and the lowest?".

"Which category has the most methods?", "그럼 가장 적은 건?", "두 번째로 많은 건?": the last question asks for one end,
the turn for the other or for the second, and it has no word that the question has not.
"""

import re

from index.load import Language
from qa.converse.talk import Rewritten, Talk
from qa.converse.turn import body
from qa.words.patterns import compiled

# The ends of what may be asked for; of Korean ones the forms, in the same order.
_ENDS: dict[Language, tuple[tuple[str, str], ...]] = {
    "ko": (
        ("많은 많이 많아 많았 많고 많지", "적은 적게 적어 적었 적고 적지"),
        ("높은 높게 높아 높았 높지", "낮은 낮게 낮아 낮았 낮지"),
        ("큰 크게 컸 커 크지", "작은 작게 작았 작아 작지"),
        ("긴 길게 길어 길었", "짧은 짧게 짧아 짧았"),
        ("빠른 빠르게 빨라 빨랐", "느린 느리게 느려 느렸"),
        ("좋은 좋게 좋아 좋았", "나쁜 나쁘게 나빠 나빴"),
        ("강한 강하게 강해 강했", "약한 약하게 약해 약했"),
        ("먼저 이른", "나중에 늦은"),
    ),
    "en": (
        ("most", "fewest least"),
        ("highest", "lowest"),
        ("largest biggest", "smallest"),
        ("best", "worst"),
        ("longest", "shortest"),
        ("fastest", "slowest"),
        ("strongest", "weakest"),
        ("earliest oldest", "latest newest"),
    ),
}
_DEGREE: dict[Language, str] = {
    "ko": r"(?P<degree>가장|제일|젤|맨|(?:두|둘|세|셋|네) ?번째로?)(?P<between>(?: \S+)? ?)",
    "en": r"\b(?P<degree>(?:(?:second|third|fourth|2nd|3rd|4th)[ -])?)(?P<between>)",
}
_AFTER: dict[Language, str] = {"ko": "", "en": r"\b"}
_FILLER = compiled(
    r"(?:반대로|그중|그중에서?|중|중에서?|가운데|그|가장|제일|젤|맨|건|것|거|게|곳|쪽|데|때|뭐|뭔|무엇|어디|누구|언제)"
    r"(?:은|는|이|가|야|이야|예요|이에요|인가요?|이지|지|였어|임|요)?"
    r"|and|but|or|now|what|how|about|then|which|who|one|ones|has|have|had|is|was|are|the|of|all|them"
)
_WORD = re.compile(r"[^\W_]+")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|에|의|로|으로|야|이야)$")


def opposite(talk: Talk) -> Rewritten | None:
    """Return the last question with the place asked for that a turn asks for; None where it asks anything else."""
    before, text, language = talk.before.text, body(talk.asked.text), talk.language
    for ends in _ENDS[language]:
        held, said = (_found(" ".join(ends), one, language) for one in (before, text))
        if held is None or said is None:
            continue
        left = text[: said.start()] + said["between"] + text[said.end() :]
        instead = said["degree"] + held["between"] + _as(held["end"].lower(), said["end"].lower(), ends, language)
        if instead.lower() != held.group().lower() and all(_is_said(word, before) for word in _WORD.findall(left)):
            return Rewritten(before[: held.start()] + instead + before[held.end() :], (talk.asked_before(),))
    return None


def _found(forms: str, text: str, language: Language) -> re.Match[str] | None:
    any_of = "|".join(sorted(set(forms.split()), key=len, reverse=True))
    return re.search(rf"{_DEGREE[language]}(?P<end>{any_of}){_AFTER[language]}", text, re.IGNORECASE)


def _as(held: str, said: str, ends: tuple[str, str], language: Language) -> str:
    """Return the end that a turn says, in the form that a question has of its own: 많이, 적은 → 적게."""
    if language == "en":
        return said
    here, there = ((one.split()) for one in (ends if held in ends[0].split() else ends[::-1]))
    return held if said in here else there[here.index(held)]


def _is_said(word: str, before: str) -> bool:
    """Whether a word of a turn says nothing of its own, or stands in the last question."""
    return bool(_FILLER.fullmatch(word)) or _PARTICLE.sub("", word).lower() in before.lower()

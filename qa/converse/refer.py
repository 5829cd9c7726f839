"""A question with its things in, the words in it that mean something outside it out. Does not know what was said.

"When a model judges itself, how does it avoid bias?" holds what "it" means; "그거 한계는?" does not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.load import Language
from qa.converse import english, korean
from qa.converse.reference import AMONG, ANY, BETWEEN, OF, Reference
from qa.converse.things import NAMES, TEXTS, Thing
from qa.words.patterns import compiled

_FINDERS = {
    "ko": (korean.items, korean.several, korean.nouns, korean.pronouns),
    "en": (english.items, english.several, english.pronouns),
}
_ASKS = compiled(
    r"(?:and |but |so |then )?(?:is|are|was|were|does|did|do|can|could|has|will|how|who|what|which|whose)\b"
)
_ASKS_WHICH = compiled(
    r"(?:and |but |so |then )?(?:who|what|which)\b(?!.*\b(?:is|are|do|does|did|can|should|I|you|we)\b)"
)
_CLAUSE = compiled(r"\b(?:and|or|when|if|but|while|because|that|so|without|after|before|then)\b|[,;:.]")
_FRONTED = compiled(
    r"(?:and |but |so )?(?:(?:in|on|for|with) )?(?:what|which|how (?:many|much)|whose)\b"
    r"(?!.*\b(?:and|or|when|if|that)\b)[^,]* (?:do|does|did|is|are|was|were|can|could|will|would|has|have)"
)
_THE_TWO = compiled("(?:[이그] ?)?둘(?: |$)|(?:the )?two (?:of them )?|both ")
_OF_THESE = compiled(r" (?:of|in|from|among|for)\b")
_MARKED = re.compile(r"은|는|이|가|의|도|을|를|'s|’s")
_BOTH = re.compile("둘 다 ")
_BELONGS = re.compile(r"(?:에|에도)? ?(?:들어|속하|속해|포함|있)")
_NEAR = 4  # characters: a particle and a blank
_BESIDE = re.compile(r"(?:이?랑|와|과|하고|보다|vs\.?|,)")
_IN_KO, _IN_EN = re.compile("에서|에선|에는|에 따르면"), compiled(r"\b(?:in|of) (?:the )?$")
_OBJECT_KO = re.compile(r"를|을|$")


def references(text: str, language: Language) -> tuple[Reference, ...]:
    """Return what may point back, in order, none over another."""
    found: list[Reference] = []
    for finder in _FINDERS[language]:
        for one in finder(text):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def pointing_back(text: str, language: Language, things: Sequence[Thing]) -> tuple[list[Reference], list[Thing]]:
    """Return the words of a question that mean something outside it, and the things that it names besides them."""
    found = [_with_noun(one, text, things) for one in references(text, language) if not _names_it(one, things)]
    outside = _beside(found, things)
    back = [one for one in found if not _meant_inside(one, text, outside)]
    return back, _beside(back, things)


def _with_noun(one: Reference, text: str, things: Sequence[Thing]) -> Reference:
    """Return "세 번째" of "세 번째 편향" with its noun."""
    if one.role != "item" or one.noun or text[one.end : one.end + 1] != " ":
        return one
    noun = next((t for t in things if t.start == one.end + 1 and t.sort == "term"), None)
    return replace(one, end=noun.end, noun=noun.text) if noun else one


def _beside(found: Sequence[Reference], things: Sequence[Thing]) -> list[Thing]:
    return [t for t in things if not any(one.start < t.end and t.start < one.end for one in found)]


def _names_it(one: Reference, things: Sequence[Thing]) -> bool:
    """Whether the words only point at a name that follows: "아까 그 SPIN"."""
    if not one.noun or one.role in ("item", "several"):
        return False
    return any(t.start < one.end < t.end or (one.start < t.start < one.end and t.sort in NAMES) for t in things)


def _meant_inside(one: Reference, text: str, things: Sequence[Thing]) -> bool:
    """Whether the question itself holds what the words mean; before them, but for a few wordings."""
    if one.role in ("item", "several"):
        return _listed_inside(one, text, things)
    if one.noun == AMONG:
        return False
    if one.role == "place" and (names := [thing for thing in things if thing.sort in NAMES]):
        return not all(_told_there(one, name, text) for name in names)
    after = any(thing.sort in NAMES and thing.start > one.end for thing in things)
    if one.role == "possessive" and "," in text[one.end :] and after:
        return True  # "According to its author, which framework is FastAPI …"
    if _FRONTED.fullmatch(text[: one.start].rstrip()) and one.role == "subject":  # "what hardware did they use"
        return any(thing.sort in NAMES and thing.end <= one.start for thing in things)
    before = [t for t in things if t.specific and t.end <= one.start and not _is_where(t, text)]
    return bool(before) and not _is_another(one, before, text)


def _listed_inside(one: Reference, text: str, things: Sequence[Thing]) -> bool:
    """Whether the question itself names what it counts: "RLHF와 RLAIF 이 둘"."""
    named = [thing for thing in things if thing.specific]
    names = [thing for thing in named if thing.sort in NAMES]
    if one.number == ANY and one.role == "several":
        return len(names) > 1
    if one.noun in (OF, BETWEEN):
        return bool(names)
    if one.start == 0 and _BOTH.match(text):  # "둘 다 PPO를 써?"
        return len(names) > 1
    if names or any(thing.end <= one.start for thing in named):
        return True
    if one.role == "item" and one.noun in ("one", "ones"):  # "what does the second one rely on"
        return bool(named) and bool(_OF_THESE.match(text, one.end))
    apart = _THE_TWO.match(text, one.start) or (one.role == "item" and _MARKED.match(text, one.end))
    return len(named) > 1 if apart else bool(named)


def _told_there(one: Reference, thing: Thing, text: str) -> bool:
    """Whether a question asks what is said on a thing in a place: "거기서 알파고 얘기도 했나"."""
    if thing.end <= one.start and _BELONGS.match(text, one.end):
        return True  # "SPIN도 거기 들어가?"
    return thing.start > one.end and "가" <= text[one.start] <= "힣" and thing.start - one.end <= _NEAR


def _is_where(thing: Thing, text: str) -> bool:
    """Whether a question only says in which text to look: "이 논문에서", "in the survey"."""
    if thing.key not in TEXTS:
        return False
    return bool(_IN_KO.match(text, thing.end) or _IN_EN.search(text[: thing.start]))


def _is_another(one: Reference, before: Sequence[Thing], text: str) -> bool:
    """Whether the words must mean another thing than those before them: "does SPIN beat it?", "RLHF랑 그거랑"."""
    between, after = text[before[-1].end : one.start], text[one.end :]
    if len(before) == 1 and re.fullmatch("(?:은|는|이|가) ", between) and _OBJECT_KO.match(one.particle or after):
        return True
    if _BESIDE.fullmatch(between.strip()):
        return True
    if one.role != "subject" or after.strip(" ?.!") or _CLAUSE.search(between):
        return False
    return bool(_ASKS_WHICH.match(text)) or (bool(_ASKS.match(text)) and len(before) == 1)

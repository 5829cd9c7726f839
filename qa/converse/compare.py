"""A comparison that names one side in, the comparison with both out: "RLHF랑 차이는?", "is RLAIF better?"."""

import re

from qa.converse.focus import Focus
from qa.converse.phrase import definite
from qa.converse.talk import Rewritten, Talk
from qa.converse.things import NAMES, Thing
from qa.converse.turn import body
from qa.words.particles import put, with_particle
from qa.words.patterns import compiled

_FEW_WORDS = 3
_JOINT_KO = re.compile(
    r"(?: ?[거것꺼](?=이?랑|하고|보다))?"
    r"(?P<with>이?랑은|이?랑|과는|과|와는|와|하고는|하고|보다는|보다|에 비해서?|대비|에 비하면)\s*(?P<rest>.*)$",
    re.DOTALL,
)
_COMPARES_KO = re.compile(
    "차이|비교|다르|달라|다른|비슷|유사|같|공통|나아|나은|높|낮|좋|빠르|빨라|크|커|작|많|적|어때|어떻|세|잘|관계"
    "|연관|관련|상관|겹"
)
_DIFFERENCE_KO = re.compile("(?:의 )?(?:차이|공통점|다른 ?점|비교)")
_TWO_SIDES_KO = re.compile("차이|비교|다른|다르|달라|보다|공통")
_DIFFERS_KO = re.compile("(?:은|는) (?=(?:뭐가|뭐|어떻게|무엇이|어떤 점이) (?:다르|달라|다른))")
_MORE_KO = re.compile("(?:이|가|은|는) (?:더|훨씬)(?: |$)")
_MORE_EN = compiled(r"\b(better|worse|faster|cheaper|stronger|larger|smaller|higher|lower|different|newer)\s*[?!.]*$")
_BEFORE_EN = compiled(
    r"^(?:how (?:does|do|is|are) (?:that|this|it) )?(?:compared?|comparison|different|difference|better|worse"
    r"|higher|lower|larger|smaller|faster|similar|more|fewer|less|versus|vs\.?|against|relative|related"
    r"|(?:(?:is there )?(?:an?|any) )?(?:link|relation|connection))?\s*(?:to|with|from|than|against|versus"
    r"|vs\.?)?\s*(?:the )?$"
)


def compare(talk: Talk) -> Rewritten | None:
    """Complete a comparison that names one side only, None for anything else."""
    specific, focus = talk.asked.specific, talk.subject()
    if focus is None or not specific or (len(specific) > 1 and not _is_than(talk)):
        return None
    other = specific[0]
    more = _more_than(talk, focus, other) if other.sort in NAMES else None
    if more is not None:
        return more
    if other.sort == focus.subject[0].sort and (differs := _DIFFERS_KO.match(talk.asked.text, other.end)):
        name, rest = focus.text("ko"), talk.asked.text[differs.end() :]
        text = body(f"{talk.asked.text[: differs.end()]}{with_particle(name, '이랑')} {rest}")
        return talk.completed(text, focus, name)
    return (_compare_ko if talk.language == "ko" else _compare_en)(talk, focus, other)


def _is_than(talk: Talk) -> bool:
    """Whether what a question names last is only in what it compares: "GPT-4보다 안전해?"."""
    first, *rest = talk.asked.specific
    than = first.sort in NAMES and talk.asked.text.startswith("보다 ", first.end)
    return than and len(rest) == 1 and rest[0].sort not in NAMES and len(talk.asked.text.split()) <= _FEW_WORDS


def _more_than(talk: Talk, focus: Focus, other: Thing) -> Rewritten | None:
    """Complete "RLAIF가 더 나아?" and "is RLAIF better?": than what is not said."""
    rest, name = body(talk.asked.text), focus.text(talk.language, close=True)
    if talk.language == "ko":
        more = _MORE_KO.match(talk.asked.text, other.end)
        return talk.completed(f"{name}보다 {rest}", focus, name) if more else None
    found = _MORE_EN.search(rest)
    if found is None:
        return None
    joint = "from" if found.group(1).lower() == "different" else "than"
    return talk.completed(f"{rest.rstrip('?! .')} {joint} {definite(name)}?", focus, name)


def _compare_en(talk: Talk, focus: Focus, other: Thing) -> Rewritten | None:
    rest = body(talk.asked.text)
    offset = len(talk.asked.text) - len(rest)
    before, after = rest[: other.start - offset], rest[other.end - offset :].strip(" ?!.")
    if not before.strip() or after or not _BEFORE_EN.match(before):
        return None
    name = focus.text("en", close=True)
    return talk.completed(f"{definite(name)} {rest}", focus, name)


def _compare_ko(talk: Talk, focus: Focus, other: Thing) -> Rewritten | None:
    rest = body(talk.asked.text)
    start = other.start - (len(talk.asked.text) - len(rest))
    joint = _JOINT_KO.match(rest, start + len(other.text))
    if start > 1 or joint is None:
        return None
    if not joint["rest"].strip(" ?!.~요"):
        return _other_side(talk, other) or _compared(talk, focus, other)
    than = joint["with"].startswith("보다") and other.sort in NAMES
    if not than and not _COMPARES_KO.search(joint["rest"]):
        return None
    more = "보다" in joint["with"] or "비" in joint["with"]
    name = focus.text("ko", close=more)
    if re.match("비교(?:해|하)", joint["rest"]):
        return talk.completed(f"{with_particle(name, '을')} {rest}", focus, name)
    if _DIFFERENCE_KO.match(joint["rest"]) and not more:
        difference = joint["rest"].removeprefix("의 ")
        return talk.completed(f"{with_particle(name, '과')} {other.text}의 {difference}", focus, name)
    return talk.completed(f"{with_particle(name, '은')} {rest}", focus, name)


def _compared(talk: Talk, focus: Focus, other: Thing) -> Rewritten:
    name = focus.text("ko", close=True)
    return talk.completed(f"{with_particle(name, '은')} {with_particle(other.text, '이랑')} 비교하면?", focus, name)


def _other_side(talk: Talk, other: Thing) -> Rewritten | None:
    """Return the comparison before with another second side."""
    before = talk.before
    if len(before.names) < 2 or not _TWO_SIDES_KO.search(before.text):
        return None
    old = before.names[-1]
    return Rewritten(put(before.text, old.start, old.end, other.text), (talk.asked_before(),))

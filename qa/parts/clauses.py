"""A question that asks several things in, each as a question of its own out. Answers nothing, completes nothing.

"When and where was it published?", "SPIN이 뭐고 한계는 뭐야?": what follows may lean on what stands before it.
"""

import re

from qa.words.patterns import compiled

MAX_CHARS = 300
MOST = 4  # things
_ASKS_EN = r"(?:what|how|why|who|whom|whose|when|where|which)"
_TWO_WORDS_EN = compiled(rf"^(?P<one>{_ASKS_EN}) (?:and|or) (?P<other>{_ASKS_EN}) (?P<rest>.+)$")
_JOINT_EN = compiled(
    rf",? (?:and|but)(?: also)? (?={_ASKS_EN}\b|(?:do|does|did|is|are|was|were|can) (?:it|they|this|that|the)\b)"
)
_FIRST_EN = compiled(rf"\b{_ASKS_EN}\b|^(?:is|are|was|were|do|does|did|can|tell|explain|describe)\b")
_HANGING_EN = compiled(rf"\b{_ASKS_EN}$")  # "know when and where to stop" asks one thing
_QUOTES = re.compile("[\"“”‘]|(?<!\\w)'")  # a title may hold a question mark
_ASKS_KO = r"뭐|뭘|뭔|무엇|무슨|누구|누가|언제|어디|어느|어떤|어떻|얼마|몇|왜"
_NOUN_JOINT_KO = re.compile(r"(?P<asked>뭐|무엇|누구|언제|어디|얼마)(?:이고|고|이며|며),? (?=\S)")
_VERB_JOINT_KO = re.compile(
    rf"(?:{_ASKS_KO})(?:(?!{_ASKS_KO})[^,.?]){{1,30}}?(?P<stem>(?![려라다자않최사])[가-힣])고,? "
    rf"(?=(?:[^?]*)(?:{_ASKS_KO}))"
)
_ASKS = compiled(rf"[?？]|{_ASKS_KO}|줘|주세요|줄래|\b(?:{_ASKS_EN}|tell|explain|describe|list|give|name)\b")
_GUESS = re.compile(r"\S*[^\s은는]\?")  # "정부? 기업?" are answers that are thought of
_SENTENCE_END = re.compile(r"(?<=[?？])\s+(?=\S)")


def clauses(question: str) -> tuple[str, ...]:
    """Return the things that a question asks, as they stand; nothing for one that asks a single thing, or too many."""
    text = " ".join(question.split())
    if len(text) > MAX_CHARS:
        return ()
    parts = _taken_apart(text)
    each = tuple(one for part in parts for one in (_taken_apart(part) or (part,)))
    if len(each) > MOST or not all(any(map(str.isalnum, part)) for part in each):
        return ()
    return each


def _taken_apart(text: str) -> tuple[str, ...]:
    parts = [] if _QUOTES.search(text) else _SENTENCE_END.split(text)
    several = 2 < len(parts) <= MOST and not any(map(_GUESS.fullmatch, parts))
    if (len(parts) == 2 or several) and all(map(_ASKS.search, parts[1:])):
        return tuple(parts)
    if (both := _TWO_WORDS_EN.match(text)) is not None:
        return f"{both['one']} {both['rest']}", f"{both['other'].capitalize()} {both['rest']}"
    if (joint := _NOUN_JOINT_KO.search(text)) is not None:
        return f"{text[: joint.end('asked')]}야?", text[joint.end() :]
    if (joint := _VERB_JOINT_KO.search(text)) is not None:
        return f"{text[: joint.end('stem')]}나요?", text[joint.end() :]
    joint = _JOINT_EN.search(text)
    if joint is None or not _FIRST_EN.search(text[: joint.start()]) or _HANGING_EN.search(text[: joint.start()]):
        return ()
    return f"{text[: joint.start()].rstrip(' ,')}?", text[joint.end() :]

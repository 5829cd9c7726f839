"""A question in, the question without greeting or praise before it and thanks after it out. Answers nothing."""

import re

from qa.host.phrases import after_small_talk
from qa.host.wording import GREETINGS, THANKS
from qa.words.patterns import compiled

_OPENING_KO = (
    r"저기요?|있잖아요?|실례(?:지만|합니다만?|할게요)|죄송(?:하지만|한데요?|합니다만)"
    r"|수고 ?많으십니다"
    r"|(?:간단한 |짧은 )?질문(?:이|을)? ?(?:하나|좀|이)? ?(?:있는데요?|있어요?|있습니다|드릴게요|드립니다|드려요"
    r"|할게요?|합니다)"
    r"|궁금한 ?(?:게|것이|거|점이)? ?(?:하나 ?)?(?:있는데요?|있어요?|있습니다|생겼어요?)"
    r"|(?:그럼|그러면|그렇다면|그런데|근데|혹시|그리고)(?!요)"
)
_OPENING_EN = (
    r"(?:i(?:'ve| have)(?: got)? (?:a |one |another )|just a |a |one |another )?(?:quick |short |small "
    r"|simple )?question"
    r"(?: for you)?(?=\s?[:,.!-])"
    r"|excuse me|sorry to (?:bother|disturb) you|thanks?(?: you)?(?=[,.!])|(?:so|ok|okay|well|then|hm+|oh|right)(?=,)"
)
_OPENING = compiled(rf"\W*(?:(?:{GREETINGS})(?=[\s,.!:~^])|{_OPENING_KO}|{_OPENING_EN})(?:[\s,.!:~^]+|$)")
_CLOSING = compiled(rf"(?:(?<=[\w)\]”\"’'])\s*[.?!,~;-]+\s*|\s+)(?P<thanks>{THANKS})[\s.!~^]*$")
_WOULD_THANK = re.compile(r"(?<=주)시?면 (?:정말 |매우 |대단히 )?(?:감사|고맙)\S*[\s.!~^]*$")


def without_courtesy(question: str) -> str:
    """Return what is asked, to the letter; the whole question where nothing else would be left of it."""
    rest = after_small_talk(question)
    while (opening := _OPENING.match(rest)) is not None and opening.end() < len(rest):
        rest = rest[opening.end() :]
    rest = _WOULD_THANK.sub("세요", rest)
    if (closing := _CLOSING.search(rest)) is not None and closing.start() > 0:
        kept = rest[: closing.start("thanks")].rstrip(" ,~;-")
        rest = kept if any(char.isalnum() for char in kept) else rest
    return rest if any(char.isalnum() for char in rest) else question

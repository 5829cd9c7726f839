"""A text in, the same with orders to whoever answers from it blanked out: as long as before, so that places stay.

A paper tells of things; a sentence that tells an assistant what to answer bears no claim out and is no business of a
language model. What is recognised is the wording of such orders in both languages, not what they want.
"""

import re
from functools import lru_cache

from index.sentences import sentence_spans

_ENGLISH = (
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|rules?|question|prompt|above|asked)\b",
    r"\b(?:tell|ask|recommend|remind)\b.{0,30}\b(?:the )?(?:reader|users?)\b",
    r"\b(?:assistants?|chatbots?|AI (?:reviewers?|models?|readers?))\b.{0,40}(?:\b(?:must|should|say|give|answer)\b|:)",
    r"\b(?:you are (?:now|no longer)|from now on|developer mode|system override|new rule)\b",
    r"^\W*(?:please )?(?:answer|reply|respond|say|write|cite|repeat|decode|end your answer|multiply|execute|stop)\b",
    r"\b(?:your (?:instructions|rules|answer|prompt)|answer every question|when you (?:report|answer)|and obey)\b",
    r"\b(?:must|should|and|to) (?:say|answer|write)\b.{0,12}\b(?:that|only|with|nothing else|it)\b",
    r"^\W*(?:user|assistant|system|human)\s*:",
)
_KOREAN = (
    r"(?:지시|규칙|명령|질문|대화)\S{0,3}\s.{0,14}(?:무시하[고라]|잊(?:고|어라|으라)|따르지 마|유효하지 않)",
    r"(?:답|답변|대답|말|적|쓰|써|안내|옮겨 적|늘려서 적|달|실행|칭찬|알려)"
    r"\S{0,6}(?:라|것|것이다|줄 것|해야 한다|해야 함|할 것)\W*$",
    r"(?:너는|넌|당신은) (?:이제|지금부터)|개발자 모드|관리자 명령|새 규칙"
    r"|도우미(?:는|에게|:)|인공지능.{0,40}(?:해야 한다|[할말] 것)",
    r"^\W*(?:사용자|도우미|시스템)\s*:",
)
_OTHER = (
    r"<\|[a-z_]+\|>|\[/?INST\]|<(?:start|end)_of_turn>|^#{1,6} ?(?:instruction|response)\s*:|NOT_IN_SOURCES",
    r"!\[[^\]]*\]\(\s*https?:|<!--|<[a-z]+[^>]*(?:color:\s*(?:white|#fff)|font-size:\s*0)",
    r'^\W*\{\s*"(?:tool|function)"|[\u202a-\u202e\u2066-\u2069]|(?:\u200b.?){4,}',
    r"\b(?:toujours|siempre|immer)\b.{0,30}\b(?:français|español|deutsch)\b|请.{0,8}(?:回答|中文)",
)
_ORDER = re.compile("|".join((*_ENGLISH, *_KOREAN, *_OTHER)), re.IGNORECASE | re.MULTILINE)


def is_order(sentence: str) -> bool:
    """Whether a sentence is worded as an order to whoever answers from the text."""
    return bool(_ORDER.search(sentence))


@lru_cache(maxsize=500)  # a passage is shown to a model, and each sentence that cites it is held against it
def without_orders(text: str) -> str:
    """Return the text with spaces in the place of the sentences that are orders."""
    found = list(text)
    for start, end in sentence_spans(text):
        if is_order(text[start:end]):
            found[start:end] = " " * (end - start)
    return "".join(found)

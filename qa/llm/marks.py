"""A line of an answer in, the line without its marks of citations and where they stood out. Judges no citation.

Models write [1], [1][3], [1, 3], [1-3], 【1】, 【1†source】, [출처 1], [^1], [[1]](#s1) and (see [1]) for the same
thing, before the full stop, after it, or instead of it.
"""

import re
from dataclasses import dataclass

_MOST_IN_RANGE = 20
_LEAD_CHARS = 60
_END_CHARS = 8
_SEE = r"(?:(?:see|cf\.?|출처|참고|근거|sources?|refs?)\s*[:.]?\s*)?"
_LABEL = (
    r"(?:(?:출처|문서|자료|근거|문헌|참고|번호|sources?|docs?|documents?|refs?|references?|passages?|no\.?|#|\^)"
    r"\s*[:.#]?\s*)?"
)
_JOINED = r"\s*(?:,|;|&|–|-|~|and|및|와|과)\s*"
_NUMBERS = rf"{_LABEL}\d{{1,3}}(?!\d)(?:{_JOINED}{_LABEL}\d{{1,3}}(?!\d))*"
_LINKED = r"(?:\((?:https?:|#)[^()\s]*\))?"
_BRACKETED = rf"(?:\\?\[|【)(?:\\?\[)?\s*{_NUMBERS}\s*(?:†[^\]】\n]{{0,40}})?(?:\\?\]|】)(?:\\?\])?{_LINKED}"
_ONE = rf"(?:{_BRACKETED}|<sup>\s*{_NUMBERS}\s*</sup>)"
_MANY = rf"{_ONE}(?:\s*(?:(?:,|;|·|and|및)\s*)?{_ONE})*"
_MARK = re.compile(rf"`[^`\n]*`|(?P<marks>[(（]\s*{_SEE}{_MANY}\s*(?:참고|참조)?\s*[)）]|{_MANY})", re.IGNORECASE)
# What may yet become a mark, at the end of what has come; and a mark whose particle may not be whole.
_BEGUN = re.compile(
    rf"[\s*_]*(?:[(（]\s*{_SEE})?(?:(?:\\?\[|【){{1,2}}[^\[\]【】\n]{{0,48}}\]?|\\|<(?:s(?:up?)?)?|<sup>[^<\n]{{0,9}})?$",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(r"[\[【][^\[\]【】\n]{1,48}[\]】](?:에 ?(?:따르?|의하?)?|[가-힣]{1,4})$")
_GROUP = re.compile(rf"(\d{{1,3}})(?:\s*(?:–|-|~)\s*(?:{_LABEL})?(\d{{1,3}}))?", re.IGNORECASE)
# Words that stand only for the mark after them: "According to [1], …", "… as shown in [2]".
_LEADS_IN = re.compile(
    r"(?:^|(?<=\s))(?:according to|(?:as )?(?:shown|described|reported|stated|noted|proposed|discussed|seen) (?:in|by)"
    r"|in|from|by|per|see|via)\s*(?:(?:the )?(?:source|document|passage|reference)s?)?\s*$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"(?:에 ?따르면|에 ?의하면|에서는|에서도|에서|에는|의 경우|은|는|이|가)(?=[\s,]),?\s*|,\s*")
_STOPPED = re.compile(r"[.!?…。！？:][\"'”’)\]»」』*]*\s*$")
# How Korean statements end: 다 after a closed syllable or in 이다, 하다, 되다; 요 of the polite style (not 필요, 개요).
_KOREAN_END = re.compile(
    r"(?:니다|니까|[이하되]다|(?<!개)(?P<open>[가-힣])요|(?P<closed>[가-힣])다|지요|네요|까요|죠)$"
)
_POLITE_VOWELS = (0, 1, 2, 4, 5, 6, 7, 9, 10, 14)  # ㅏ ㅐ ㅑ ㅓ ㅔ ㅕ ㅖ ㅘ ㅙ ㅝ
_GOES_ON = re.compile(r"\s+(?:[가-힣A-Z\"'“‘(]|\d)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The numbers that a mark cites, and where it stood in the text that is left."""

    at: int
    numbers: tuple[int, ...]


def without_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Return a line without its marks, and them.

    A Korean statement that ends with a mark and no full stop gets one, so that the next begins after it. Words that
    only point at a mark ("According to [1],") go with it. What is in `code` is left alone.
    """
    left = ""
    marks: list[Mark] = []
    at = 0
    for found in _MARK.finditer(text):
        if found["marks"] is None:
            continue
        left = (left + text[at : found.start()]).rstrip()
        at = found.end()
        if lead := _LEADS_IN.search(left[-_LEAD_CHARS:]):
            left = left[: len(left) - len(lead[0])].rstrip()
        stopped = bool(_STOPPED.search(left[-_END_CHARS:]))
        if (not left or stopped) and (following := _LEADS_ON.match(text, at)):
            first = text[following.end() : following.end() + 1]
            left += (" " if left else "") + (first.upper() if first.isascii() else first)
            at = following.end() + 1
        elif stopped and text.startswith(".", at):
            at += 1
        elif _ends_in_korean(left) and _GOES_ON.match(text, at):
            left += "."
        marks.append(Mark(len(left), numbers_of(found["marks"])))
    return left + text[at:], tuple(marks)


def begun_chars(text: str) -> int:
    """Return how many characters at the end of an unfinished line may yet become a mark."""
    found = _FOLLOWED.search(text[-80:]) or _BEGUN.search(text[-80:])
    return len(found[0]) if found and found[0].strip() else 0


def numbers_of(mark: str) -> tuple[int, ...]:
    """Return the numbers in a mark, each once, as they are written; "1-3" gives all three."""
    numbers: list[int] = []
    mark = re.sub(r"†[^\]】]*|\((?:https?:|#)[^()]*\)", "", mark)
    for found in _GROUP.finditer(mark):
        first, last = int(found[1]), int(found[2] or found[1])
        between = range(first, last + 1) if first <= last < first + _MOST_IN_RANGE else (first, last)
        numbers.extend(between)
    return tuple(dict.fromkeys(numbers))


def is_stopped(text: str) -> bool:
    """Say whether a text ends as a sentence does, with a full stop or a Korean ending."""
    text = text.rstrip()
    return bool(_STOPPED.search(text[-_END_CHARS:])) or _ends_in_korean(text)


def _ends_in_korean(text: str) -> bool:
    found = _KOREAN_END.search(text[-_END_CHARS:])
    if not found:
        return False
    if closed := found["closed"]:  # 한다, 있다; but not 보다, 마다
        return (ord(closed) - 0xAC00) % 28 != 0
    if opened := found["open"]:  # 해요, 배워요, 있어요; but not 중요, 주요
        vowel, final = divmod((ord(opened) - 0xAC00) % 588, 28)
        return final == 0 and vowel in _POLITE_VOWELS
    return True

"""A text in, the years that it speaks of out: one, from one to another, since or until one."""

import re

from qa.category.answer import Years
from qa.words.patterns import compiled

UNCLEAR: Years = (0, 0)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|(?<!\d)'?([012]\d)(?=년)")
_YEAR_KO = "(?:년|년도)?"
_JOIN = compiled(
    rf"\W*{_YEAR_KO}\W*(?:부터|에서|사이|과|와|이랑|랑|하고|및|이나|나|~|-|–|—|to|and|or|until|till|through|/|,)\W*(?:과|와)?\W*"
)
_BETWEEN = compiled(r"\bbetween\b|사이")
_SET = re.compile(r"과|와|랑|하고|및|나|\bor\b|/|,")  # two years, not what lies between
_FROM = compiled(rf"\s*{_YEAR_KO}\s?(?:이후|부터|이래|~|-|–)|\s*(?:or|and) (?:later|newer|after)|\s*onwards?|\s*on\b")
_TO = compiled(rf"\s*{_YEAR_KO}\s?(?:이전|까지)|\s*(?:or|and) (?:earlier|older|before)")
_AFTER = compiled(rf"\s*{_YEAR_KO}\s?(?:넘어|지나|다음|초과)")
_UNTIL = compiled(rf"\s*{_YEAR_KO}\s?(?:전|미만)")
_WORD_BEFORE = (
    (compiled(r"\b(?:in|on) or before\s*$"), (None, 0)),
    (compiled(r"\b(?:in|on) or after\s*$"), (0, None)),
    (compiled(r"\b(?:since|starting(?: in| from)?|from at least)\s*$"), (0, None)),
    (compiled(r"\b(?:after|later than|newer than|more recent than|past)\s*$"), (1, None)),
    (compiled(r"\b(?:until|till|up to|through|by|no later than)\s*$"), (None, 0)),
    (compiled(r"\b(?:before|prior to|earlier than|older than)\s*$"), (None, -1)),
)


def years_in(text: str) -> Years | None:
    """Return the first and the last year that a text speaks of; None for none, UNCLEAR for what is no one range."""
    found = list(_YEAR.finditer(text))
    if not found:
        return None
    first, last = _number(found[0]), _number(found[-1])
    if len(found) > 2:
        return UNCLEAR
    if len(found) == 2 and first != last:
        between = text[found[0].end() : found[1].start()]
        joined = _JOIN.fullmatch(between)
        apart = _SET.search(between) and not _BETWEEN.search(text)
        return (first, last) if joined and first <= last and (not apart or last - first == 1) else UNCLEAR
    before, after = text[: found[0].start()], text[found[0].end() :]
    for pattern, (low, high) in _WORD_BEFORE:
        if pattern.search(before):
            return None if low is None else first + low, None if high is None else first + high
    for pattern, bounds in (
        (_FROM, (first, None)),
        (_TO, (None, first)),
        (_AFTER, (first + 1, None)),
        (_UNTIL, (None, first - 1)),
    ):
        if pattern.match(after):
            return bounds
    return first, first


def _number(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else 2000 + int(found[2])

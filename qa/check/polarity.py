"""Text in, what it says no to and where it stands between opposites out. Does not know what other texts say."""

import re
from dataclasses import dataclass

from index.analyse import english_stem
from qa.check.lexicon import (
    AXES_OF_THINGS,
    DETERMINERS,
    ENGLISH_FUNCTION,
    ENGLISH_HARDLY,
    ENGLISH_NEGATIONS,
    ENGLISH_PREFIXES,
    ENGLISH_STOPS,
    ENGLISH_UNSURE,
    GOVERNING,
    KOREAN_NEGATIONS,
    KOREAN_NO_NEGATIONS,
    KOREAN_PREFIXES,
    KOREAN_UNSURE,
    LIGHT_STEMS,
    LIGHT_VERBS,
    NEGATIVE_WORDS,
    OPPOSITES,
)
from qa.check.spans import Span, clause, is_hangul

UNSURE_CHARS = 24  # how far what may be a negation reaches

_ENGLISH = re.compile(ENGLISH_NEGATIONS, re.IGNORECASE)
_KOREAN = re.compile(KOREAN_NEGATIONS)
_MAY_BE_KOREAN = re.compile(r"[않못말없안]|아[니닌닙]|대신")  # tried before what takes much longer
_NO_KOREAN = re.compile(KOREAN_NO_NEGATIONS)
_NEGATIVE = re.compile(NEGATIVE_WORDS, re.IGNORECASE)
_UNSURE = re.compile(f"{ENGLISH_UNSURE}|{KOREAN_UNSURE}", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:|]|\.(?!\d)|,(?!\d)|(?<=[가-힣][고며])(?=\s)|(?<=지만)(?=\s)|(?<=는데)(?=\s)|\s(?=(?:but|while"
    r"|whereas|although"
    r"|though|because|since)\s)"
)
_HARDLY = re.compile(ENGLISH_HARDLY, re.IGNORECASE)
_STRONG = re.compile(
    r"[;:|]|,\s+(?=(?:so|and|which|because|since)\s)|\.(?!\d)|\s(?=(?:but|while|whereas|although|though)\s)"
)
_MODIFIES = re.compile(r"(?:없는|않는|않은|아닌|못한|못하는|[없않닌한는은])\s(?=\S)")
_WORD = re.compile(r"[\w'’-]+")
_BREAK = re.compile(r"[.,;:()?!|]")
_MODIFIER = re.compile(r"(?<!\S)[가-힣A-Za-z]+(?<![은는이가을를에로와과도의고며])\s$")
_KOREAN_WORD = re.compile(r"[^\s,.;:()|]+")


@dataclass(frozen=True, slots=True)
class _End:
    """One end of an axis: what it is called in either language."""

    axis: str
    upper: bool
    governing: bool
    pattern: re.Pattern[str]


_ENDS = [
    (name, upper, governing, end)
    for axes, governing in ((OPPOSITES, False), (GOVERNING, True))
    for name, up, down in axes
    for upper, end in ((True, up), (False, down))
]
_AXES = {
    korean: [
        _End(
            name,
            upper,
            governing,
            re.compile(rf"(?:더 ?|가장 )?(?:{end[1]})" if korean else rf"(?:{end[0]})(?![A-Za-z0-9-])"),
        )
        for name, upper, governing, end in _ENDS
    ]
    for korean in (False, True)
}
# Where any of them may begin; only there they are told apart.
_BEGINS = re.compile(
    rf"(?<![A-Za-z0-9-])(?=(?:{'|'.join(end[0] for *_, end in _ENDS)})(?![A-Za-z0-9-]))"
    rf"|(?<![가-힣])(?=(?:더 ?|가장 )?(?:{'|'.join(end[1] for *_, end in _ENDS)}))"
)


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that says no, `text[start:end]`; what it surely says no to; how far it may reach; and its clause.

    `spreads` says that it turns the verb of its clause round as well ("no model beats it"), `whole` that it denies what
    its clause says, not only a part ("without training").
    """

    start: int
    end: int
    focus: Span | None
    scope: Span
    clause: Span
    spreads: bool = False
    whole: bool = False

    def says_no_to(self, start: int, end: int) -> bool:
        """Whether what stands at a place is surely said no to."""
        return self.focus is not None and self.focus[0] < end and start < self.focus[1]

    def reaches(self, start: int, end: int) -> bool:
        """Whether what stands at a place may be said no to."""
        return self.says_no_to(start, end) or (self.scope[0] < end and start < self.scope[1])


@dataclass(frozen=True, slots=True)
class Pole:
    """A word at one end of an axis of opposites: 1 or -1, turned round where it is negated; `upper` as it is written.

    `unsure` says that a negation may turn it round or not.
    `governing` says that it only tells together with what it governs.
    """

    axis: str
    sign: int
    start: int
    end: int
    governing: bool = False
    upper: bool = True
    unsure: bool = False


def negations(text: str) -> tuple[Negation, ...]:
    """Return the negations of a text in either language, in order."""
    unsure = [found.span() for found in _UNSURE.finditer(text)]
    found = [Negation(start, end, None, _around(text, start, end), (start, end)) for start, end in unsure]
    english = [cue for cue in _ENGLISH.finditer(text) if not _within(cue.span(), unsure)]
    paired = any(cue.group().lower() == "neither" for cue in english)  # "neither … nor" says no once
    found += [_english(text, cue) for cue in english if not (paired and cue.group().lower() == "nor")]
    found += [Negation(*word.span(), word.span(), word.span(), word.span()) for word in _NEGATIVE.finditer(text)]
    idle = [cue.span() for cue in _NO_KOREAN.finditer(text)]
    if _MAY_BE_KOREAN.search(text):
        found += [_korean(text, cue) for cue in _KOREAN.finditer(text) if not _within(cue.span(), [*idle, *unsure])]
    return tuple(sorted(found, key=lambda one: one.start))


def poles(text: str, negated: tuple[Negation, ...]) -> tuple[Pole, ...]:
    """Return the words of a text that have opposites, each axis and place once, in order."""
    found: list[Pole] = []
    done = 0
    sure = tuple(n for n in negated if n.focus or text[n.start : n.end].lower() not in ("만", "only"))
    lowered = text.lower() if len(text.lower()) == len(text) else text  # much faster than to ignore case
    for begin in _BEGINS.finditer(lowered):
        if begin.start() < done:  # "더 작은" holds "작은"
            continue
        for end in _AXES[is_hangul(text[begin.start()])]:
            if word := end.pattern.match(lowered, begin.start()):
                found.append(_pole(end, *word.span(), sure))
                done = word.end() if is_hangul(text[begin.start()]) else done
    return tuple(found)


def _pole(end: _End, start: int, stop: int, negated: tuple[Negation, ...]) -> Pole:
    own = [n for n in negated if n.start <= start and stop <= n.end]  # "불필요" and "다르지 않" are both
    turned = sum(n.says_no_to(start, stop) for n in negated if n.focus != (n.start, n.end)) % 2 == 1
    unsure = not turned and any(
        n.reaches(start, stop) for n in negated if n not in own and (n.spreads or n.focus is None)
    )
    if end.axis in AXES_OF_THINGS:
        turned, unsure = False, turned or unsure
    return Pole(end.axis, 1 if end.upper != turned else -1, start, stop, end.governing, end.upper, unsure)


def _around(text: str, start: int, end: int) -> Span:
    """Return how far what may be a negation reaches: in Korean back, in English on."""
    on = not is_hangul(text[start])
    back = not on or bool(_HARDLY.match(text, start))
    return max(0, start - UNSURE_CHARS * back), end + UNSURE_CHARS * on


def _within(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def opposites_by_prefix(one: str, other: str) -> bool:
    """Whether two words differ by a prefix that makes an opposite: reliable and unreliable, 효율 and 비효율."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    prefixes = KOREAN_PREFIXES if is_hangul(long[:1]) else ENGLISH_PREFIXES
    least = 2 if prefixes is KOREAN_PREFIXES else 4
    if len(short) < least:
        return False
    for prefix in prefixes:
        if long.startswith(prefix) and english_stem(long[len(prefix) :].lstrip("-")) == english_stem(short):
            return True
    return False


def _english(text: str, cue: re.Match[str]) -> Negation:
    """Say no to the next word that carries meaning, or to the next few where a noun phrase follows."""
    scope = clause(text, cue.start(), cue.end(), _CLAUSE)
    if cue["back"] or cue["suffix"]:
        before = [word for word in _WORD.finditer(text, 0, cue.start())]
        return Negation(cue.start(), cue.end(), before[-1].span() if before else None, scope, scope)
    limit = 3 if cue["noun"] or re.match(r"\s+(?:among |in |for |from )?(?:an?|the)\b", text[cue.end() :]) else 1
    first = last = None
    taken, at = 0, cue.end()
    for word in _WORD.finditer(text, cue.end()):
        lowered = word.group().lower()
        light = last is not None and last.group().lower() in LIGHT_VERBS  # "use any examples" is said no to as a whole
        goes_on = lowered == "of" or (light and lowered in DETERMINERS)
        stops = taken and not goes_on and lowered in ENGLISH_FUNCTION | ENGLISH_STOPS
        if _BREAK.search(text[at : word.start()]) or stops:
            break
        at = word.end()
        if lowered in ENGLISH_FUNCTION:
            continue
        first = word if first is None else first
        last, taken = word, taken + 1
        limit = 3 if taken == 1 and lowered in LIGHT_VERBS else limit
        if taken == limit:
            break
    focus = (first.start(), last.end()) if first and last else (cue.start(), cue.end())
    spreads = cue.group().lower() in ("no", "none of", "neither")
    wide = clause(text, cue.start(), cue.end(), _STRONG) if spreads else scope
    return Negation(cue.start(), cue.end(), focus, wide, scope, spreads, whole=spreads or bool(cue["verb"]))


def _korean(text: str, cue: re.Match[str]) -> Negation:
    """Say no to the word before, and to the one before that where the former only makes it a verb."""
    name = next(name for name in ("stem", "able", "thing", "other", "next") if cue[name] is not None)
    start, end = cue.span(name)
    light = name in ("stem", "able") and (
        cue[name] in LIGHT_STEMS or (cue[name].startswith(LIGHT_STEMS) and len(cue[name]) <= 2)
    )
    if light or (name == "thing" and cue[name] in ("것", "게", "건", "뜻")):
        before = [word for word in _KOREAN_WORD.finditer(text, 0, start)]
        if before and not _BREAK.search(text[before[-1].end() : start]):
            start = before[-1].start()
    if name in ("thing", "other") and (modifier := _MODIFIER.search(text[:start])):
        start = modifier.start()
    scope = clause(text, cue.start(), cue.end(), _CLAUSE)[0], max(cue.end(), end)
    modifies = bool(_MODIFIES.match(text, cue.end() - 1)) or name == "other"
    return Negation(cue.start(), cue.end(), (start, end), scope, scope, whole=not modifies)

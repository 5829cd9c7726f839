"""Text in, its quantities out: numbers with units, how exact they are meant, and dates. Says which two agree.

405B = 4050억, 50% = half = 0.5, "three" = 3, 2024-05-16 = 2024년 5월 16일; a score may stand with or without "points".
But 83.5% is not 83.5 points, and 90 hours are not 90%. Does not know what a quantity is about.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qa.check.numerals import COUNTERS, Number, numbers

Unit = Literal["", "%", "point", "times", "hour", "minute", "second", "day", "week", "month", "year", "byte", "money"]
Date = tuple[int | None, int | None, int | None]
Agreement = Literal["same", "unit", "magnitude", "no"]

_END = (
    r"(?![가-힣])|(?=[은는이가을를의에로과와도만간]|동안|이상|이하|미만|정도|씩|째|뿐|짜리|까지|부터|입니다|이다|였"
    r"|이었|이고|이며|으로)"
)
_UNITS: tuple[tuple[Unit, str], ...] = (
    ("%", r"\s?(?:%p|%|percentage points?\b|percent\b|per cent\b|퍼센트)"),
    ("point", rf"[\s-]?(?:points?\b|점(?:{_END}|대|밖))"),
    (
        "times",
        (
            rf"\s?(?:times(?= (?:as|more|larger|smaller|the|faster|higher|bigger|greater|less|longer|slower)\b)"
            rf"|-?fold\b|x\b|배(?:{_END}|나|가량))"
        ),
    ),
    ("hour", r"[\s-]?(?:(?:[A-Z]\w* )*hours?\b|h\b|(?:GPU )?시간)"),
    ("minute", rf"[\s-]?(?:minutes?\b|mins?\b|분(?:{_END}))"),
    ("second", rf"[\s-]?(?:seconds?\b|secs?\b|초(?:{_END}))"),
    ("day", rf"[\s-]?(?:days?\b|일(?! 때)(?:{_END}))"),
    ("week", r"[\s-]?(?:weeks?\b|주일|주(?=\s|간|[.,]|$))"),
    ("month", r"\+?[\s-]?(?:months?\b|개월)"),
    ("year", rf"\+?[\s-]?(?:years?\b|년(?:{_END}))"),
    ("byte", r"\s?(?:[KMGT]i?B\b|bytes?\b|[킬메기테][로가라]바이트|바이트)"),
    ("money", rf"\s?(?:dollars?\b|euros?\b|USD\b|EUR\b|KRW\b|won\b|달러|유로|원(?:{_END}))"),
)
_DIGIT = re.compile(r"\d")
_UNIT = tuple((name, re.compile(pattern)) for name, pattern in _UNITS)
_NAMED = tuple(
    (name, pattern.replace(r"[\s-]?", "").replace(r"\s?", "").replace(r"\+?", "")) for name, pattern in _UNITS
)
_BYTES = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "킬": 1e3, "메": 1e6, "기": 1e9, "테": 1e12}
_RANGE = re.compile(r"\s?(?:-|–|~|∼|to|and|에서|부터)\s?")
_ABOUT = re.compile(
    (
        r"(?:\b(?:about|around|roughly|approximately|nearly|almost|some|near|close to|circa|ca\.)|약|대략|거의|얼추|근"
        r"|(?<!\d)~|≈)\s?$"
    ),
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(r"\s?(?:or so|정도|가량|쯤|안팎|내외|남짓|여\s|에 가깝|에 가까|경[,.에 ]|무렵)")
_OVER = re.compile(
    (
        r"(?:\b(?:over|more than|above|exceed(?:s|ed|ing)?|at least|greater than|larger than|no fewer than"
        r"|upwards of)|최소|>=?|≥)\s?$"
    ),
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:\b(?:under|less than|below|fewer than|at most|up to|no more than|lower than|within)|최대|<=?|≤)\s?$",
    re.IGNORECASE,
)
_COUNTER = rf"(?:{COUNTERS}|토큰|억|조)?"
_OVER_AFTER = re.compile(
    rf"\s?{_COUNTER}(?:이|가|을|를|보다)? ?(?:이상|초과|넘|많은|상회|웃도|or more|or longer|and above)"
    rf"|\s?[^\s\d]{{0,6}}[을를이가] (?:훌쩍 )?넘|\s?{_COUNTER} 넘"
)
_UNDER_AFTER = re.compile(
    rf"\s?{_COUNTER}(?:이|가|을|를|보다)? ?(?:이하|미만|이내|밑|적은|못 ?미|or less|or fewer|or under)"
    rf"|\s?[^\s\d]{{0,6}}에 (?:조금 )?못 ?미"
)
_SIZE = re.compile(r"\d+(?:\.\d+)?B(?![A-Za-z0-9])(?!\s?(?:tokens?|parameters?|params?|토큰|매개|파라미터|개|단어))")
_COUNTED = re.compile(rf"\s?(?:{COUNTERS})")
_COUNTED_AFTER = re.compile(rf"(?:{COUNTERS})?(?:의|으로|로)?[ -]?")
_COUNTED_BEFORE = re.compile(r"(?:은|는|이|가|을|를)? ?(?:약 |모두 |총 )?")
_MONEY = re.compile(r"(?:[$€£₩]|US\$)\s?$")
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join([*_MONTHS, *(rf"{name[:3]}\." for name in _MONTHS)])
_DATES = (
    re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>[0-3]\d))?(?![\d])"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)년(?: ?(?P<m>\d{1,2})월)?(?: ?(?P<d>\d{1,2})일)?"),
    re.compile(r"(?<!\d)(?P<y>)(?P<m>1[0-2]|[1-9])월(?: ?(?P<d>\d{1,2})일)?"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH}),? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH}) (?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?P<y>)", re.IGNORECASE),
    re.compile(
        r"(?<![\d.,A-Za-z/-])(?P<y>(?:19|20)\d\d)(?P<m>)(?P<d>)(?![\d,.]\d|[-\w%]|\s?(?:개|점|명|tokens?\b|토큰))"
    ),
)
SMALL_COUNT = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit as it is written in `text[start:end]`, or a date.

    `bound` is 1 for "more than", -1 for "less than" or "up to"; `about` says that it is meant roughly. `count` says
    that it may be somebody's own counting of a short list, `word` that it is written in words;
    `label` that it numbers what stands before it ("Llama 3"), `size` that it names a model by its size ("the 405B").
    """

    value: float
    unit: Unit
    start: int
    end: int
    bound: int = 0
    about: bool = False
    count: bool = False
    word: bool = False
    label: bool = False
    size: bool = False
    date: Date | None = None

    def written(self, text: str) -> str:
        """Return it as it is written, for the user."""
        return text[self.start : self.end].strip()


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order; both ends of a range."""
    dates = list(_dates(text)) if _DIGIT.search(text) else []
    found = [
        number for number in numbers(text) if not any(d.start < number.end and number.start < d.end for d in dates)
    ]
    units = [_unit(text, number) for number in found]
    for at in range(len(found) - 2, -1, -1):  # "10-30%": the first takes the unit of the second
        between = text[found[at].end : found[at + 1].start]
        if units[at][0] == "" and units[at + 1][0] and _RANGE.fullmatch(between):
            units[at] = (units[at + 1][0], 1.0, found[at].end)
    named = [_quantity(text, number, *unit) for number, unit in zip(found, units, strict=True)]
    return tuple(sorted([*dates, *named], key=lambda one: one.start))


def agreement(claimed: Quantity, stated: Quantity) -> Agreement:
    """Return whether a source's quantity bears out a claimed one, and if not, what is wrong with it.

    "magnitude": the same digits, a power of ten apart; "unit": the same number of something else.
    """
    if claimed.date or stated.date:
        return _dates_agree(claimed, stated)
    if not _same_value(claimed, stated):
        return "magnitude" if _same_digits(claimed.value, stated.value) else "no"
    if claimed.bound * stated.bound == -1:
        return "no"
    return "same" if _units_agree(claimed, stated) else "unit"


def counted(text: str, quantity: Quantity, word: tuple[int, int]) -> bool:
    """Whether a quantity is the number of what a word names: 8 languages, 126개의 층, 시드 지시문 36개."""
    if word[0] >= quantity.end:
        return bool(_COUNTED_AFTER.fullmatch(text[quantity.end : word[0]]))
    before = word[1] <= quantity.start and bool(_COUNTED_BEFORE.fullmatch(text[word[1] : quantity.start]))
    return before and bool(_COUNTED.match(text, quantity.end))


def named(unit: Unit, text: str) -> bool:
    """Whether a text names a unit anywhere, as in "hours of H100 GPUs: 39.3M"."""
    return any(name == unit and re.search(pattern, text) for name, pattern in _NAMED)


def comparable(claimed: Quantity, stated: Quantity) -> bool:
    """Whether one could stand for the other by mistake: two dates, two of one unit, two scores however written."""
    if claimed.date or stated.date:
        return bool(claimed.date and stated.date)
    scores = {claimed.unit, stated.unit} <= {"", "%", "point"} and max(claimed.value, stated.value) <= 100
    return claimed.unit == stated.unit or scores


def _same_value(claimed: Quantity, stated: Quantity) -> bool:
    one, other = claimed.value, stated.value
    if {claimed.unit, stated.unit} == {"%", ""} and 0 <= (claimed if claimed.unit == "" else stated).value <= 1:
        one, other = (q.value / 100 if q.unit == "%" else q.value for q in (claimed, stated))
    if math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-12):
        return True
    return claimed.about and math.isclose(one, other, rel_tol=0.02) and _digits(one) <= _digits(other)


def _digits(value: float) -> int:
    """Return how many digits of a number say something: 2 of 6,100, 3 of 60.9."""
    return len(f"{value:.6e}".split("e")[0].rstrip("0").replace(".", ""))


def _same_digits(one: float, other: float) -> bool:
    if one <= 0 or other <= 0 or max(one, other) < 100:
        return False
    power = math.log10(one / other)
    return abs(power - round(power)) < 1e-6 and round(power) != 0


def _units_agree(claimed: Quantity, stated: Quantity) -> bool:
    if claimed.unit == stated.unit:
        return True
    if "" in (claimed.unit, stated.unit):
        named = claimed.unit or stated.unit
        return named in ("%", "point") or claimed.unit == ""
    return False


def _dates_agree(claimed: Quantity, stated: Quantity) -> Agreement:
    """A claimed date may be coarser than the source's, not finer; a bare year also equals the number."""
    one, other = claimed.date, stated.date
    if one and other:
        return "same" if all(a is None or a == b for a, b in zip(one, other, strict=True)) else "no"
    return "same" if claimed.value == stated.value and (one or other or (0, 0))[1] is None else "no"


def _quantity(text: str, number: Number, unit: Unit, factor: float, end: int) -> Quantity:
    before, after = text[max(0, number.start - 24) : number.start], text[end : end + 16]
    over = bool(_OVER.search(before)) or bool(_OVER_AFTER.match(after)) or bool(_OVER_AFTER.match(text, number.end))
    under = bool(_UNDER.search(before)) or bool(_UNDER_AFTER.match(after)) or bool(_UNDER_AFTER.match(text, number.end))
    value = number.value * factor
    if number.share:
        unit, value = "%", 100 * value
    elif number.times:
        unit = "times"
    whole = value in range(1, SMALL_COUNT + 1) and "." not in text[number.start : end]
    return Quantity(
        value=value,
        unit=unit,
        start=number.start,
        end=end,
        bound=over - under,
        about=number.share or bool(_ABOUT.search(before)) or bool(_ABOUT_AFTER.match(after)),
        count=whole and unit in ("", "times") and (number.word or bool(_COUNTED.match(text, number.end))),
        word=number.word,
        label=number.label,
        size=bool(_SIZE.match(text, number.start)),
    )


def _unit(text: str, number: Number) -> tuple[Unit, float, int]:
    """Return a number's unit, what one of it makes in the unit's own measure, and where it ends."""
    if _MONEY.search(text[max(0, number.start - 4) : number.start]):
        return "money", 1.0, number.end
    for name, pattern in _UNIT:
        if found := pattern.match(text, number.end):
            factor = _BYTES.get(found.group().strip()[:1].lower(), 1.0) if name == "byte" else 1.0
            return name, factor, found.end()
    return "", 1.0, number.end


def _dates(text: str) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            taken.append(found.span())
            year, month, day = (_number(found[part]) for part in ("y", "m", "d"))
            yield Quantity(float(year or 0), "", found.start(), found.end(), date=(year, month, day))


def _number(written: str | None) -> int | None:
    if not written:
        return None
    if written.isdigit():
        return int(written)
    return next(at for at, name in enumerate(_MONTHS, start=1) if name.startswith(written.lower().rstrip(".")))

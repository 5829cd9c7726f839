"""Text in, the numbers written in it out, as values with their places: in digits, in Korean and in English words.

15.6T, 15.6조, 1만 5천, 4,050억, 2.7 million, half a million, eleven, 열여덟 and 3분의 1 are read. What is part of a
name (GPT-4, H100) is no number. Knows no units and no dates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.analyse import is_stopword

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:[βα]?[=~≈<>+(]?)(?P<value>(?:{DIGITS})(?:e[-+]?\d+(?![A-Za-z0-9]))?)(?!\d)", re.IGNORECASE
)
_SCALE_LETTER = re.compile(r"\s?(?:[KMBT](?![A-Za-z0-9])|k(?![A-Za-z0-9])|bn\b)")
_UNIT_LETTERS = re.compile(r"(?:[KMGT]i?B|ms|h|x|kW|[GM]Hz)(?![A-Za-z0-9])")
_SCALE_WORD = re.compile(r"[\s-](hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_KOREAN_SCALE = re.compile(r"[십백천]?[만억조]|[십백천]")
_KOREAN_GROUP = re.compile(rf"\s?((?:{DIGITS}))([십백천]?[만억조]|[백천])")
_FRACTION = re.compile(r"(?<![\w./])(\d{1,3})/(\d{1,3})(?![A-Za-z0-9/])")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_./][A-Za-z0-9.]+)+")
_LETTERS = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "BN": 1e9}
_HANGUL_SCALES = {"십": 10.0, "백": 1e2, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12}
# A version, a number of a section or a shared label: no quantity that could be wrong by itself.
_LABEL = re.compile(
    r"(?:\b[A-Z][A-Za-z]*[a-z][A-Za-z]*|\b(?:v|version|table|figure|fig\.|section|level|step|module|stage|system"
    r"|part|type))\s?$"
)
_VERSION = re.compile(r"\d(?:\.\d)?(?![\d%]|\.\d|\s?(?:%|points?\b|percent\b|[KMBT]\b|가지|개|점|명|번|배|단계))")

_ENGLISH = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {
    word: float(10 * value)
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_ENGLISH_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_WORD = "|".join(sorted([*_ENGLISH, *_ENGLISH_SCALES], key=len, reverse=True))
_ENGLISH_NUMBER = re.compile(
    rf"\b(?:a[ -](?={'|'.join(_ENGLISH_SCALES)}))?(?:{_WORD})(?:[ -](?:and )?(?:{_WORD}))*\b", re.IGNORECASE
)
_SINGLE = re.compile(r"\b(?:a |one )?single(?= [a-z])", re.IGNORECASE)
_ENGLISH_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "tenth": 0.1}
_ENGLISH_PART = re.compile(
    r"\b(?:(?P<scaled>half a (?P<scale>million|billion|trillion|thousand|dozen))|(?P<half>half)(?!-)"
    r"|(?:(?P<many>a|one|two|three|four)[ -](?P<part>third|quarter|fourth|fifth|tenth)s?))\b(?! place)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:(twice|doubl(?:es?|ed|ing)\b)|(thrice|tripl(?:es?|ed|ing)\b)|(halv(?:es?|ed|ing)\b))", re.IGNORECASE
)

_NATIVE = {
    "하나": 1.0,
    "한": 1.0,
    "두": 2.0,
    "세": 3.0,
    "네": 4.0,
    "다섯": 5.0,
    "여섯": 6.0,
    "일곱": 7.0,
    "여덟": 8.0,
    "아홉": 9.0,
}
_TENS = {"열": 10.0, "스물": 20.0, "스무": 20.0, "서른": 30.0, "마흔": 40.0, "쉰": 50.0}
COUNTERS = (
    "가지|개|명|번(?!째|역)|배|단계|종류|곳|장|대|층|부분|사람|절|점|축|쌍|편|곡|건|사례|갈래|범주|차례|달|해|시간"
    "|주|주일|에폭|나라|언어|회|자|쪽|팀|군데"
)
_KOREAN_WORD = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<ten>{'|'.join(_TENS)})?(?P<one>{'|'.join(_NATIVE)})?"
    rf"(?=(?:{COUNTERS})|\s(?!번째|째)[가-힣A-Za-z])"
)
_SINO = re.compile(rf"(?<![가-힣\d])(?P<value>[십백천]?[만억조]|[백천])(?=\s(?:{COUNTERS}|원|달러|토큰)|[명개배번])")
_SHARE = re.compile(
    r"(?<![가-힣\d])(?P<of>\d+|두|세|네|다섯|[이삼사오육칠팔구십])\s?분의\s?(?P<many>\d+|하나"
    r"|[일이삼사오육칠팔구])|절반"
)
_SINO_DIGITS = dict(zip("일이삼사오육칠팔구십", map(float, range(1, 11)), strict=True))


@dataclass(frozen=True, slots=True)
class Number:
    """A value as it is written in `text[start:end]`; `share` says that it is a part of a whole, `times` a multiple.

    `word` says that it is written in words, in which small counts often are nobody's figures ("the two models");
    `label` that it goes with a name before it ("Table 5").
    """

    value: float
    start: int
    end: int
    share: bool = False
    times: bool = False
    word: bool = False
    label: bool = False


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order; where two readings overlap, the longer one."""
    found = [*_in_digits(text), *_english(text), *_korean(text)]
    found.sort(key=lambda number: (number.start - number.end, number.start))
    kept: list[Number] = []
    for number in found:
        if all(number.end <= other.start or other.end <= number.start for other in kept):
            kept.append(number)
    return sorted(kept, key=lambda number: number.start)


def _in_digits(text: str) -> Iterator[Number]:
    if not re.search(r"\d", text):
        return
    for part in _FRACTION.finditer(text):
        if float(part[2]):
            yield Number(float(part[1]) / float(part[2]), part.start(), part.end())
    inside = [name.span() for name in _NAME.finditer(text)]
    for digits in _NUMBER.finditer(text):
        start, end = digits.span("value")
        written = digits["value"]
        if (
            any(first < start < last for first, last in inside)
            or _of_name(text, start, end)
            or re.match(r"\d{4}\.\d{4,5}$|0\d", written)
        ):
            continue
        label = _labels(text, start, end)
        value, end = _scaled(text, float(written.replace(",", "")), end)
        yield Number(value, start, end, label=label)


def _of_name(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a name: before them "GPT-", after them more of it ("4D")."""
    before = text[max(0, start - 24) : start]
    measured = _SCALE_LETTER.match(text, end) or _UNIT_LETTERS.match(text, end)
    goes_on = re.match(r"[A-Za-z]", text[end:]) and not measured
    return bool(re.search(r"[A-Za-z]['’&./_-]?$", before) or goes_on)


def _labels(text: str, start: int, end: int) -> bool:
    """Whether the digits only number what stands before them: "Llama 3", "Table 5"."""
    label = _LABEL.search(text[max(0, start - 24) : start])
    if label is None or is_stopword(label.group().strip().lower()):
        return False
    return bool(_VERSION.match(text, start) and not re.match(r"\d", text[end:]))


def _scaled(text: str, value: float, end: int) -> tuple[float, int]:
    """Return the value with the words or letters of magnitude that follow it, and where those end."""
    if letter := _SCALE_LETTER.match(text, end):
        return value * _LETTERS[letter.group().strip().upper()], letter.end()
    if word := _SCALE_WORD.match(text, end):
        return value * _ENGLISH_SCALES[word[1].lower()], word.end()
    scale = _KOREAN_SCALE.match(text, end)
    if scale is None:
        return value, end
    least = _hangul(scale.group())
    total, end = value * least, scale.end()
    while (group := _KOREAN_GROUP.match(text, end)) and _hangul(group[2]) < least:
        least = _hangul(group[2])
        total, end = total + float(group[1].replace(",", "")) * least, group.end()
    return total, end


def _hangul(scale: str) -> float:
    value = 1.0
    for char in scale:
        value *= _HANGUL_SCALES[char]
    return value


def _english(text: str) -> Iterator[Number]:
    for words in _ENGLISH_NUMBER.finditer(text):
        if words.group().lower() not in ("hundred", "thousand", "million", "billion", "trillion", "dozen"):
            yield Number(_spoken(words.group()), words.start(), words.end(), word=True)
    for single in _SINGLE.finditer(text):
        yield Number(1.0, single.start(), single.end(), word=True)
    for part in _ENGLISH_PART.finditer(text):
        if part["scaled"]:
            yield Number(0.5 * _ENGLISH_SCALES[part["scale"].lower()], part.start(), part.end())
        elif part["half"]:
            yield Number(0.5, part.start(), part.end(), share=True)
        else:
            many = _ENGLISH.get(part["many"].lower(), 1.0)
            yield Number(many * _ENGLISH_PARTS[part["part"].lower()], part.start(), part.end(), share=True)
    for times in _TIMES.finditer(text):
        yield Number(2.0 if times[1] else 3.0 if times[2] else 0.5, times.start(), times.end(), times=True, word=True)


def _spoken(words: str) -> float:
    total = current = 0.0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _ENGLISH:
            current += _ENGLISH[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1.0) * _ENGLISH_SCALES[word]
        elif word in _ENGLISH_SCALES:
            total, current = total + (current or 1.0) * _ENGLISH_SCALES[word], 0.0
    return total + current


def _korean(text: str) -> Iterator[Number]:
    for word in _KOREAN_WORD.finditer(text):
        if word.group():
            value = _TENS.get(word["ten"] or "", 0.0) + _NATIVE.get(word["one"] or "", 0.0)
            yield Number(value, word.start(), word.end(), word=True)
    for sino in _SINO.finditer(text):
        yield Number(_hangul(sino["value"]), sino.start(), sino.end(), word=True)
    for share in _SHARE.finditer(text):
        if share.group() == "절반":
            yield Number(0.5, share.start(), share.end(), share=True)
        elif whole := _small(share["of"]):
            yield Number(_small(share["many"]) / whole, share.start(), share.end(), share=True)


def _small(written: str) -> float:
    return float(written) if written.isdigit() else _NATIVE.get(written, _SINO_DIGITS.get(written, 1.0))

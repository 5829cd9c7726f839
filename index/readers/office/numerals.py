"""A position in a list in, its number out as the document shows it, in Latin, Roman, Korean or circled figures.

The names of the forms are those of WordprocessingML (`w:numFmt`) and OWPML (`numFormat`). Knows no lists' definitions.
"""

from collections.abc import Sequence

_SYLLABLES = "가나다라마바사아자차카타파하"
_LETTERS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_STEMS = "갑을병정무기경신임계"
_STEMS_HANJA = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_KOREAN = ("일이삼사오육칠팔구", "십백천")
_HANJA = ("一二三四五六七八九", "十百千")
_NATIVE = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split()
_NATIVE_TENS = "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split()
_WORDS = (
    "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen "
    "Eighteen Nineteen Twenty"
).split()
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split()

_ALIASES = {
    **dict.fromkeys(("upperRoman", "ROMAN_CAPITAL"), "roman upper"),
    **dict.fromkeys(("lowerRoman", "ROMAN_SMALL"), "roman"),
    **dict.fromkeys(("upperLetter", "LATIN_CAPITAL"), "latin upper"),
    **dict.fromkeys(("lowerLetter", "LATIN_SMALL"), "latin"),
    **dict.fromkeys(("ganada", "HANGUL_SYLLABLE"), "syllables"),
    **dict.fromkeys(("chosung", "HANGUL_JAMO"), "letters"),
    **dict.fromkeys(("koreanDigital", "koreanCounting", "HANGUL_PHONETIC"), "korean"),
    **dict.fromkeys(("koreanDigital2", "ideographDigital", "chineseCounting", "japaneseCounting"), "hanja"),
    **dict.fromkeys(("taiwaneseCounting", "chineseCountingThousand", "IDEOGRAPH"), "hanja"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "CIRCLED_DIGIT"), "circled"),
}
_SERIES = {
    "latin": _LATIN,
    "latin upper": _LATIN.upper(),
    "syllables": _SYLLABLES,
    "letters": _LETTERS,
    "DECAGON_CIRCLE": _STEMS,
    "DECAGON_CIRCLE_HANJA": _STEMS_HANJA,
}
_ENCLOSED = {  # the first character and how many there are
    "circled": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "CIRCLED_HANGUL_SYLLABLE": ("㉮", 14),
    "CIRCLED_HANGUL_JAMO": ("㉠", 14),
    "CIRCLED_LATIN_SMALL": ("ⓐ", 26),
    "CIRCLED_LATIN_CAPITAL": ("Ⓐ", 26),
    "CIRCLED_IDEOGRAPH": ("㊀", 10),
}


def numeral(value: int, form: str) -> str:
    """Return `value` in a form such as "upperRoman" or "HANGUL_SYLLABLE"; in figures for a form that is not known."""
    form = _ALIASES.get(form, form)
    if form == "none":
        return ""
    if value < 1 or value > 9_999:
        return str(value)
    if form.startswith("roman"):
        roman = _roman(value)
        return roman.upper() if form.endswith("upper") else roman
    if form in _SERIES:
        series = _SERIES[form]
        return series[(value - 1) % len(series)] * min(1 + (value - 1) // len(series), 3)
    if form in _ENCLOSED:
        first, count = _ENCLOSED[form]
        return chr(ord(first) + value - 1) if value <= count else f"({value})"
    return _in_words(value, form) or str(value)


def _in_words(value: int, form: str) -> str:
    match form:
        case "korean":
            return _counted(value, *_KOREAN)
        case "hanja":
            return _counted(value, *_HANJA)
        case "koreanLegal" if value < 100:
            return (_NATIVE_TENS[value // 10 - 1] if value >= 10 else "") + (
                _NATIVE[value % 10 - 1] if value % 10 else ""
            )
        case "decimalZero":
            return f"{value:02d}"
        case "ordinal":
            ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value % 100 not in (11, 12, 13) else 0, "th")
            return f"{value}{ending}"
        case "cardinalText" if value <= len(_WORDS):
            return _WORDS[value - 1]
        case "ordinalText" if value <= len(_ORDINALS):
            return _ORDINALS[value - 1]
        case _:
            return ""


def _roman(value: int) -> str:
    letters = ""
    for worth, letter in _ROMAN:
        letters += letter * (value // worth)
        value %= worth
    return letters


def _counted(value: int, digits: str, tens: str) -> str:
    written = ""
    for place, digit in enumerate(reversed(str(value))):
        if digit != "0":
            one = "" if digit == "1" and place else digits[int(digit) - 1]
            written = one + (tens[place - 1] if place else "") + written
    return written


class Counters:
    """Where each list of a document has got to."""

    def __init__(self) -> None:
        self._reached: dict[str, dict[int, int]] = {}

    def step(self, key: str, level: int, starts: Sequence[int], restarts: Sequence[int | None]) -> list[int]:
        """Count one more paragraph at `level` (from 0) of list `key`; return the numbers of levels 0 to `level`.

        A level begins at `starts[level]` and again after a paragraph of any higher level; `restarts[level]`, where it
        is not None, names the only level (from 1, and those above it) that does so; 0 is none.
        """
        reached = self._reached.setdefault(key, {})
        reached[level] = reached[level] + 1 if level in reached else starts[level]
        for deeper in [at for at in reached if at > level]:
            after = restarts[deeper] if deeper < len(restarts) else None
            if after is None or level + 1 <= after:
                del reached[deeper]
        return [reached.get(at, starts[at]) for at in range(level + 1)]

    def restart(self, key: str, level: int) -> None:
        """Let `level` of list `key` begin anew."""
        self._reached.get(key, {}).pop(level, None)

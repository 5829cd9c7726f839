"""A text in, how much it speaks of out: the numbers of years, people, shares. Names with numbers are none of these."""

from qa.words.patterns import compiled

Amounts = frozenset[tuple[str, str]]  # numbers with what they are numbers of

_UNITS = {
    "year": r"년|years?\b",
    "month": r"개월|months?\b",
    "week": r"주|weeks?\b",
    "day": r"일|days?\b",
    "hour": r"시간|hours?\b",
    "minute": r"분|minutes?\b",
    "second": r"초|seconds?\b",
    "times": r"배|times\b",
    "share": r"%|퍼센트|percent\b",
    "people": r"명|people\b",
    "age": r"살",
}
_AMOUNT = compiled(
    r"(?<![\w.-])(?P<one>\d+)(?:(?: ?[-~–] ?|, ?| to | and |년에서 |년부터 )(?P<two>\d+))?\+? ?(?:"
    + "|".join(f"(?P<{name}>{unit})" for name, unit in _UNITS.items())
    + ")"
)


def amounts(text: str) -> Amounts:
    """Return the amounts that a text speaks of: 10 and 20 years of "10-20 years", 20 years of "20년 넘게"."""
    return frozenset(
        (number, unit)
        for found in _AMOUNT.finditer(text)
        for unit in _UNITS
        if found[unit]
        for number in (found["one"], found["two"])
        if number
    )


def differ(told: Amounts, asked: Amounts) -> bool:
    """Whether amounts are other ones than those asked about: 10 to 20 years where more than 20 are meant."""
    units = {unit for _, unit in told} & {unit for _, unit in asked}
    return any({one for one in told if one[1] == unit} != {one for one in asked if one[1] == unit} for unit in units)

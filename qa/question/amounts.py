"""A text in, how much it speaks of out: the numbers of years, people, shares. Names with numbers are none of these."""

from qa.words.patterns import compiled

_AMOUNT = compiled(
    r"(?<![\w.-])(?P<one>\d+)(?: ?[-~–] ?(?P<two>\d+))?\+? ?"
    r"(?:년|개월|주|일|시간|분|초|살|배|%|퍼센트|명|(?:years?|months?|weeks?|days?|hours?|times|people|percent)\b)"
    r"|(?<![\w.-])(?P<from>\d+)(?: to| and|년에서|년부터) (?P<to>\d+) ?(?:년|years?\b)"
)


def amounts(text: str) -> frozenset[str]:
    """Return the numbers of what a text counts: 10 and 20 of "10-20 years", 20 of "20년 넘게"."""
    return frozenset(filter(None, (number for found in _AMOUNT.finditer(text) for number in found.groups())))


def counts_otherwise(text: str, asked: frozenset[str]) -> bool:
    """Whether a text counts, and not what is asked for: "10-20 years" where more than 20 are meant."""
    return bool(asked) and bool(told := amounts(text)) and told != asked

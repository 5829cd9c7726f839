"""The sentences of sections in; runs of those that count on ("First, …", "둘째, …") out, with what announces them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from qa.reading.candidate import Candidate
from qa.words.patterns import compiled

_FURTHEST = 10  # sentences between two that count on
_MOST = 6
_THINGS = (
    r"(?:main |key |major |big |serious )?(?:reason|way|approach|option|problem|downside|disadvantage|drawback"
    r"|limitation|weakness|shortcoming|advantage|benefit|strength|concern|issue|challenge|difficulty)"
)
_THINGS_KO = r"(?:문제(?:점)?|단점|한계|약점|이유|장점|강점)"
_NUMERALS = (
    rf"first(?:ly)?\b|the first\b|one {_THINGS}\b|첫째|첫 ?번째|(?:가장|제일) 큰 {_THINGS_KO}",
    rf"second(?:ly)?\b|the (?:second|other)\b|another {_THINGS}\b|둘째|두 ?번째|또 다른 {_THINGS_KO}",
    r"third(?:ly)?\b|the third\b|셋째|세 ?번째",
    r"fourth(?:ly)?\b|the fourth\b|넷째|네 ?번째",
    r"fifth(?:ly)?\b|the fifth\b|다섯째|다섯 ?번째",
    r"sixth(?:ly)?\b|the sixth\b|여섯째|여섯 ?번째",
)
_COUNTED = [compiled(rf"(?:and |또한? )?(?:{numeral})") for numeral in _NUMERALS]
_LAST = compiled(r"(?:and )?(?:finally|lastly|the last)\b|마지막(?:으로|은|\s)")
_ANNOUNCES = compiled(
    r"\b(?:two|three|four|five|six|several|a few|number of)\b|(?:[두세네]|다섯|여섯|여러|\d) ?가지|:$"
)


def runs_of(candidates: Sequence[Candidate]) -> Iterator[tuple[list[Candidate], list[Candidate]]]:
    """Yield the sentence that announces a run, if one does, and the run: two to six sentences of a section."""
    for _, group in groupby(candidates, lambda one: one.place):
        section = list(group)
        for at, first in enumerate(section):
            if _COUNTED[0].match(first.text):
                run = _run_from(section, at)
                if 1 < len(run) <= _MOST:
                    yield section[at - 1 : at] if at and _ANNOUNCES.search(section[at - 1].text) else [], run


def _run_from(section: Sequence[Candidate], first: int) -> list[Candidate]:
    run, last = [section[first]], first
    for at in range(first + 1, len(section)):
        text = section[at].text
        if at - last > _FURTHEST or _COUNTED[0].match(text):
            break
        if len(run) < len(_COUNTED) and _COUNTED[len(run)].match(text):
            run.append(section[at])
            last = at
        elif _LAST.match(text):
            return [*run, section[at]]
    return run

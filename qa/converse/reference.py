"""Words in a question that point at something said before, as data."""

from dataclasses import dataclass
from typing import Literal

# "it", "그 방법": the subject; "its": of the subject; "거기서": in it; "그 문제": that noun of the subject;
# "두 번째 거": an item of a list; "둘", "the two": several things.
Role = Literal["subject", "possessive", "place", "noun", "item", "several"]
AMONG = "중"  # the noun of "그중": among them
# What a question does with the several things that it leaves out: "which is better?", "차이는?"; "the first two".
OF, BETWEEN, FIRST = "of", "between", "first"
SIDE_BY_SIDE = "side by side"  # the noun of a turn that wants two things together, and says no more
EACH = "each"  # the noun of "each", 각각: of all that were set side by side
ANY = 0  # the number of things of "each of them": as many as were set side by side
OF_TWO = "of two"  # the noun of "the latter", 후자
ONE_BEFORE = 0  # the number of "the previous one", which stands in no list


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point back, as `text[start:end]`, without the particle after them.

    `noun` is what they call it; `number` which item they mean (from 1; -1: the last; 0: the one before), or how many
    things (0: ANY). `particle` is one that is merged into the words: 그건 is 그것 with 은.
    """

    role: Role
    start: int
    end: int
    noun: str = ""
    number: int = 0
    particle: str = ""

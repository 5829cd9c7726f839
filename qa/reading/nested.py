"""Chosen items of lists in, with those that they stand below, and those below them, out: "세종" above "집현전 설치"."""

from collections.abc import Sequence
from itertools import takewhile

from qa.reading.candidate import Candidate

MOST_BELOW = 8  # items below a short one
_SHORT = 40  # characters of an item that only says what those below it are of


def with_kin(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the chosen of some sentences with the short items above them, and with those below a short one.

    Where questions are known, they say what of a list is asked for.
    """
    complete = list(chosen)
    for at, one in enumerate(candidates):
        if one in chosen and one.depth and not one.has_known:
            kin = (*_above(at, candidates), *_below(at, candidates))
            complete += [other for other in kin if other not in complete]
    return complete


def _above(at: int, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the items that one stands below, the nearest first, as long as they are short."""
    found: list[Candidate] = []
    depth = candidates[at].depth
    for other in _listed(candidates[at], candidates[:at][::-1]):
        if other.depth < depth:
            if len(other.text) > _SHORT:
                break
            found.append(other)
            depth = other.depth
    return found


def _below(at: int, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the items right below a short one."""
    one = candidates[at]
    if len(one.text) > _SHORT:
        return []
    below = list(takewhile(lambda other: other.depth > one.depth, _listed(one, candidates[at + 1 :])))
    first = below[0].depth if below else 0
    return [other for other in below if other.depth == first][:MOST_BELOW]


def _listed(one: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    """Return the first of some sentences as long as they stand in the list that one stands in."""
    return list(takewhile(lambda other: other.depth > 0 and other.place == one.place, others))

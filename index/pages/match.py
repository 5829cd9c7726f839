"""The letters of a page and of a quotation in, where on the page the quotation's stand out. Pure; knows no boxes.

A quotation may stand there in parts, in any order: a footnote or a figure comes between two columns, a formula is
drawn in another order than it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Range = tuple[int, int]

LEAST = 10  # letters of a part that may stand anywhere on the page
_NEAR = 5  # letters of a part that stands beside another
_AROUND = 60  # letters on either side of a part among which the next is looked for first
_BRIDGED = 16  # letters between two parts that are marked with them
_ENOUGH = 0.55  # of the quotation: with less it is not on this page
MOST = 60_000_000  # letters of the page times those of the quotation: beyond, it is not looked for part by part


@dataclass(frozen=True, slots=True)
class Quotation:
    """Letters to be found, with those that stand before and after them in the text, which tell one place from another.

    One that `stands_whole` is not looked for in parts.
    """

    letters: str
    before: str = ""
    after: str = ""
    stands_whole: bool = False


def find(page: str, quotation: Quotation) -> list[Range]:
    """Return the ranges of a page's letters where a quotation stands, in the page's order; none where it does not."""
    wanted = quotation.letters
    if not wanted:
        return []
    if places := _places(page, wanted):
        start = max(places, key=lambda place: _agreement(page, place, quotation))
        if len(wanted) >= LEAST or len(places) == 1 or _agreement(page, start, quotation):
            return [(start, start + len(wanted))]
        return []
    if quotation.stands_whole or len(wanted) < LEAST:
        return []
    if ranges := _between_numbers(page, quotation):
        return ranges
    parts = _parts(page, wanted) if len(page) * len(wanted) <= MOST else []
    if sum(end - start for start, end, _ in parts) < _ENOUGH * len(wanted):
        return []
    return _joined(page, parts)


def _places(page: str, wanted: str) -> list[int]:
    found, at = [], page.find(wanted)
    while at >= 0:
        found.append(at)
        at = page.find(wanted, at + 1)
    return found


def _agreement(page: str, start: int, quotation: Quotation) -> int:
    """Return how many letters on either side of a place are those on either side of the quotation."""
    end = start + len(quotation.letters)
    left, right = page[max(0, start - len(quotation.before)) : start], page[end : end + len(quotation.after)]
    return _shared(left[::-1], quotation.before[::-1]) + _shared(right, quotation.after)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _between_numbers(page: str, quotation: Quotation) -> list[Range]:
    """Return where a quotation stands between numbers that are not its own: of lines, in the margin, or of notes."""
    kept = [at for at, letter in enumerate(page) if not letter.isdecimal()]
    bare = "".join(page[at] for at in kept)
    own = _bare(quotation)
    places = _places(bare, own.letters) if len(own.letters) >= LEAST else []
    if not places:
        return []
    start = max(places, key=lambda place: _agreement(bare, place, own))
    numbers = _numbers(quotation.letters)
    ranges: list[Range] = []
    for nth, at in enumerate([*kept[start : start + len(own.letters)], len(page)]):
        number = numbers.get(nth, "")
        if number and ranges and page.startswith(number, ranges[-1][1]):
            ranges[-1] = (ranges[-1][0], ranges[-1][1] + len(number))
            number = ""
        if nth == len(own.letters):
            break
        low = at - len(number) if page.endswith(number, 0, at) else at
        if not ranges or ranges[-1][1] < low:
            ranges.append((low, low))
        ranges[-1] = (ranges[-1][0], at + 1)
    return ranges


def _bare(quotation: Quotation) -> Quotation:
    kept = (quotation.letters, quotation.before, quotation.after)
    letters, before, after = ("".join(letter for letter in text if not letter.isdecimal()) for text in kept)
    return Quotation(letters, before, after)


def _numbers(wanted: str) -> dict[int, str]:
    """Return the runs of digits in a text, each by the number of letters, digits left out, that stand before it."""
    found: dict[int, str] = {}
    letters = 0
    for letter in wanted:
        if letter.isdecimal():
            found[letters] = found.get(letters, "") + letter
        else:
            letters += 1
    return found


_Part = tuple[int, int, int]  # from and to where on the page, and from where of the quotation


def _parts(page: str, wanted: str) -> list[_Part]:
    """Return what of the quotation stands on the page, in the quotation's order: the longest first, then around it."""
    match = SequenceMatcher(None, page, wanted, autojunk=False)
    found: list[_Part] = []
    open_: list[tuple[Range, int, int]] = [((0, len(page)), 0, len(wanted))]  # where on the page, from and to where
    while open_:
        (low, high), left, right = open_.pop()
        near = match.find_longest_match(low, high, left, right)
        part = match.find_longest_match(0, len(page), left, right)
        if near.size >= part.size or _is_taken(part.a, part.size, found):
            part = near
        if part.size < (_NEAR if part is near and found else LEAST) or _is_taken(part.a, part.size, found):
            continue
        found.append((part.a, part.a + part.size, part.b))
        before, after = part.b - left, right - part.b - part.size
        if before:
            open_.append(((max(0, part.a - before - _AROUND), part.a), left, part.b))
        if after:
            end = part.a + part.size
            open_.append(((end, min(len(page), end + after + _AROUND)), part.b + part.size, right))
    return sorted(found, key=lambda part: part[2])


def _is_taken(start: int, size: int, found: Sequence[_Part]) -> bool:
    return any(start < end and begin < start + size for begin, end, _ in found)


def _joined(page: str, parts: Sequence[_Part]) -> list[Range]:
    """Return the ranges of parts; a few letters between two that follow each other belong to them, too.

    Digits do not: they are the numbers of lines, in the margin.
    """
    ranges: list[Range] = []
    for start, end, _ in parts:
        between = page[ranges[-1][1] : start] if ranges and start >= ranges[-1][1] else None
        if between is not None and len(between) <= _BRIDGED and not between.isdecimal():
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return sorted(ranges)

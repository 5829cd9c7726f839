"""The pieces of a slide in, its boxes in reading order out, and the rows of each.

They are cut at the widest gaps beside and below each other (recursive XY-cut: Nagy and Seth, 1984), but not through
tables, nor between an item and its mark.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from index.readers.pdf.lines import Piece

SIGN = re.compile(r"[▶▷►➤➔→⇒✔✓❖※ㅇ○●•∙·◦▪■□◆◇‣◼◾⚫⚪]\s*(?=\S)|[–—-]\s+(?=\S)")
MARK = re.compile(rf"{SIGN.pattern}|\(?\d{{1,2}}[.)](?!\d)\s*(?=\S)|[①-⑳]\s*(?=\S)")
_ALONE = re.compile(r"[▶▷►➤➔→⇒✔✓❖※ㅇ○●•∙·◦▪■□◆◇‣◼◾⚫⚪①-⑳–—-]|\(?\d{1,2}[.)]")
_NARROW = 4.0  # points; no gap that is narrower parts boxes


@dataclass(slots=True)
class _Unit:
    """A piece, with the mark of an item that stands far before it."""

    pieces: list[Piece]
    x0: float
    x1: float
    top: float
    bottom: float


def boxes_of(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield a slide's boxes in reading order."""
    units: list[_Unit] = []
    for row in rows_of(pieces):
        marks: list[Piece] = []
        for at, piece in enumerate(row):
            if _ALONE.fullmatch(piece.text.strip()) and at + 1 < len(row):
                marks.append(piece)
                continue
            both = [*marks, piece]
            top, bottom = min(p.top for p in both), max(p.bottom for p in both)
            units.append(_Unit(both, both[0].x0, piece.x1, top, bottom))
            marks = []
    for box in _cut(units):
        yield [piece for unit in box for piece in unit.pieces]


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces as rows from top to bottom, each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        base = max(rows[-1], key=lambda other: other.size) if rows else piece
        overlap = min(base.bottom, piece.bottom) - max(base.top, piece.top)
        if rows and overlap > 0.5 * min(base.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _cut(units: list[_Unit]) -> Iterator[list[_Unit]]:
    """Yield units cut at the widest gaps beside and below each other until there are none; tables stay whole."""
    if not units:
        return
    size = max(_NARROW, median(unit.pieces[-1].size for unit in units))
    beside = _halves(sorted(units, key=lambda unit: unit.x0), size, across=True)
    if beside is None:
        halves = _halves(sorted(units, key=lambda unit: unit.top), 0.9 * size, across=False)
    else:
        halves = None if _is_grid(*beside) else beside
    if halves is None:
        yield units
        return
    for half in halves:
        yield from _cut(half)


def _halves(units: list[_Unit], least: float, *, across: bool) -> tuple[list[_Unit], list[_Unit]] | None:
    """Return units, which are in order, parted at the widest gap between them; None where all are narrower."""
    best, parted, end = least, 0, None
    for at, unit in enumerate(units):
        begins, ends = (unit.x0, unit.x1) if across else (unit.top, unit.bottom)
        if end is not None and begins - end > best:
            best, parted = begins - end, at
        end = ends if end is None else max(end, ends)
    return (units[:parted], units[parted:]) if parted else None


def _is_grid(left: Sequence[_Unit], right: Sequence[_Unit]) -> bool:
    """Say whether units beside each other are the cells of rows: short, on the same lines, and without marks."""
    texts = (unit.pieces[0].text.strip() for unit in right)
    if min(len(left), len(right)) < 3 or any(MARK.match(text) or _ALONE.fullmatch(text) for text in texts):
        return False
    lines = [unit.pieces[-1].y for unit in right]
    level = sum(any(abs(one.pieces[-1].y - y) < 0.25 * one.pieces[-1].size for y in lines) for one in left)
    whole = max(unit.x1 for unit in right) - min(unit.x0 for unit in left)
    short = median(unit.x1 - unit.x0 for unit in (*left, *right)) < 0.35 * whole
    return short and level >= 0.7 * min(len(left), len(right))

"""A column's pieces in, the tables that stand in it with text beside them out, each with its caption."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.pdf.drawings import CAPTION
from index.readers.pdf.lines import Piece
from index.readers.pdf.source import Box

_NARROW = 0.7  # of the column: a wider table leaves no room for text
_BESIDE = 3  # lines of text at least
_EDGE = 4.0  # points that cells reach over the rules above them


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A table that text runs around: its pieces and the place it takes, in points."""

    pieces: tuple[Piece, ...]
    x0: float
    top: float
    x1: float
    bottom: float


def wrapped_in(pieces: Sequence[Piece], rules: Sequence[Box], left: float, right: float) -> list[Wrapped]:
    """Return the tables with rules of one length that text stands beside, in a column from `left` to `right`."""
    narrow = [r for r in rules if r.x1 - r.x0 < _NARROW * (right - left) and left - 9 < r.x0 and r.x1 < right + 9]
    groups: list[list[Box]] = []
    for rule in sorted(narrow, key=lambda rule: rule.top):
        same = (group for group in groups if group[0].is_over(rule))
        if group := next(same, None):
            group.append(rule)
        else:
            groups.append([rule])
    found: list[Wrapped] = []
    taken: set[int] = set()
    for group in sorted(groups, key=len, reverse=True):
        left_over = [piece for piece in pieces if id(piece) not in taken]
        if len(group) > 1 and (table := _table(left_over, group[0], group[-1], left, right)):
            found.append(table)
            taken.update(map(id, table.pieces))
    return sorted(found, key=lambda table: table.top)


def _table(pieces: Sequence[Piece], first: Box, last: Box, left: float, right: float) -> Wrapped | None:
    """Return the table between two rules with its caption; None where there is no text beside it, or across it."""
    between = [piece for piece in pieces if first.top - 1 < piece.y < last.bottom + 1]
    beside = [piece for piece in between if piece.x1 <= first.x0 - _EDGE or piece.x0 >= first.x1 + _EDGE]
    inside = [piece for piece in between if first.x0 - _EDGE <= piece.x0 and piece.x1 <= first.x1 + _EDGE]
    lines = {round(piece.y) for piece in beside if piece.text.count(" ") > 2}
    if len(inside) < 4 or len(inside) + len(beside) < len(between) or len(lines) < _BESIDE:
        return None
    x0 = max((p.x1 + 1 for p in beside if p.x1 < first.x0), default=left - _EDGE)
    x1 = min((p.x0 - 1 for p in beside if p.x0 > first.x1), default=right + _EDGE)
    own = [piece for piece in pieces if x0 <= piece.x0 and piece.x1 <= x1]
    heads = [piece for piece in own if first.top - piece.size < piece.y <= first.top - 1]
    mine = [*inside, *heads]
    mine += [piece for piece in _caption(own, first, last) if piece not in mine]
    top, bottom = min(first.top, *(piece.top for piece in mine)), max(last.bottom, *(piece.bottom for piece in mine))
    return Wrapped(tuple(mine), x0, top, x1, bottom)


def _caption(own: Sequence[Piece], first: Box, last: Box) -> list[Piece]:
    """Return the lines of the caption that stands above the first or below the last rule."""
    below = _block(sorted((p for p in own if p.y > last.bottom), key=lambda piece: piece.y), last.bottom)
    if below and CAPTION.match(_first_line(below)):
        return below
    above = _block(sorted((p for p in own if p.y < first.top), key=lambda piece: -piece.y), first.top)
    for piece in above:
        if CAPTION.match(_first_line([other for other in above if abs(other.y - piece.y) < 1])):
            return [other for other in above if other.y > piece.y - 1]
    return []


def _block(pieces: Sequence[Piece], edge: float) -> list[Piece]:
    """Return the lines next to an edge, as far as each is near the last."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1].y if found else edge
        if abs(piece.y - last) > (1.5 if found else 3.5) * piece.size:
            break
        found.append(piece)
    return found


def _first_line(pieces: Sequence[Piece]) -> str:
    line = [piece for piece in pieces if abs(piece.y - pieces[0].y) < 1]
    return " ".join(piece.text.strip() for piece in sorted(line, key=lambda piece: piece.x0))

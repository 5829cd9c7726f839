"""The lines of a page in; says which of them are rows of tables, by rules, by cells that stand below each other.

Changes no text, but divides the pieces of a tight row into cells.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.readers.pdf.columns import Flow
from index.readers.pdf.drawings import CAPTION
from index.readers.pdf.lines import Line, Piece, cells_in
from index.readers.pdf.source import Box

_AMOUNT = re.compile(r"[<>~≈±+−-]?[$₩€]?(?:\d[\d.,]*[%KMBTx×]?|[–—-])")
_MOST_BETWEEN = 6  # lines
_SQUARE = re.compile(r"\s*[□■◇◆○●▶]\s*[가-힣A-Za-z]")
_LABEL = re.compile(r"(?:\[?\(?[\w.]{1,5}[\])]?[.):]?|[•●◦▪■–—∗·‣►*-])$")


def mark_tables(flow: Flow, rules: Sequence[Box]) -> None:
    """Set the kind of the lines of one flow that are rows of tables."""
    for top, bottom in _ruled(flow, rules):
        inside = [line for line in flow if top < line.y < bottom + 1 and line.kind == "text"]
        _part_cells(inside)
        if inside and sum(_has_cells(line) for line in inside) >= 0.4 * len(inside):
            for line in inside:
                line.kind = "table"
    _extend_tables(flow)
    _mark_rows(flow, is_row, lambda line: line.pieces)
    _mark_rows(flow, _is_tight_row, cells_in)
    _extend_tables(flow)
    _mark_between(flow)


def _mark_rows(flow: Flow, counts: Callable[[Line], bool], parted: Callable[[Line], list[Piece]]) -> None:
    """Mark rows that follow each other and stand below each other: a table without rules, or its further pages."""
    at = 0
    while at < len(flow):
        end = at
        while end < len(flow) and flow[end].kind == "text" and counts(flow[end]) and not flow[end].is_math:
            end += 1
        if end - at >= 3 and _aligned([parted(line) for line in flow[at:end]]):
            for line in flow[at:end]:
                line.kind = "table"
        at = max(end, at + 1)


def _mark_between(flow: Flow) -> None:
    """Mark what stands between rows of a table: names of parts, words that go on, and rows of their own."""
    for at, above in enumerate(flow):
        if above.kind != "table":
            continue
        end = at + 1
        while end < len(flow) and flow[end].kind == "text" and end - at <= _MOST_BETWEEN and _may_be_row(flow[end]):
            end += 1
        rows = at + 1 < end < len(flow) and flow[end].kind == "table"
        if (
            rows
            and _aligned([cells_in(above), cells_in(flow[end])])
            and all(0 < b.y - a.y < 2 * b.size for a, b in pairwise(flow[at : end + 1]))
        ):
            for line in flow[at + 1 : end]:
                line.kind = "table"


def _may_be_row(line: Line) -> bool:
    return not _begins_another(line) and (line.x1 - line.x0 < 0.5 * line.width or _has_cells(line))


def _begins_another(line: Line) -> bool:
    """Say whether a line is the caption of the next table, or begins a section as Korean reports do."""
    return bool(CAPTION.match(line.text) or _SQUARE.match(line.text))


def _part_cells(lines: Sequence[Line]) -> None:
    """Divide the lines of a tight table into cells where that gives most of them the same number."""
    parted = [cells_in(line) for line in lines]
    counts = Counter(len(cells) for cells in parted if len(cells) > 1)
    usual, often = counts.most_common(1)[0] if counts else (0, 0)
    if often < max(3, 0.5 * len(lines)):
        return
    for line, cells in zip(lines, parted, strict=True):
        if len(cells) == usual and len(line.pieces) < usual:
            line.pieces = cells


def _extend_tables(flow: Flow) -> None:
    """Mark what stands above and below tables, like a row of them: a head above the first rule."""
    for above, below in reversed(list(pairwise(flow))):
        _extend_table(below, above)
        _extend_tight(below, above)
    for above, below in pairwise(flow):
        _extend_table(above, below)


def _extend_table(row: Line, line: Line) -> None:
    if _is_near(row, line) and is_row(line) and _aligned([row.pieces, line.pieces]):
        line.kind = "table"


def _extend_tight(row: Line, line: Line) -> None:
    """Mark the headings of a tight row of numbers."""
    if _is_near(row, line) and _is_tight_row(row):
        cells = cells_in(line)
        if len(cells) > 3 and max(cell.text.count(" ") for cell in cells) < 3 and _aligned([cells_in(row), cells]):
            line.kind = "table"


def _is_near(row: Line, line: Line) -> bool:
    near = row.kind == "table" and line.kind == "text" and abs(line.y - row.y) < 2.4 * line.size
    return near and not CAPTION.match(line.text)


def _ruled(flow: Flow, rules: Sequence[Box]) -> list[tuple[float, float]]:
    """Return from where to where rules of one width stand above each other, with little but cells between them."""
    left, right = min(flow[0].left, *(line.x0 for line in flow)), max(flow[0].right, *(line.x1 for line in flow))
    mine = [r for r in rules if r.x0 > left - 12 and r.x1 < right + 12]
    zones: list[tuple[Box, float]] = []
    for rule in sorted(mine, key=lambda rule: rule.top):
        for at, (first, bottom) in enumerate(zones):
            between = [line for line in flow if bottom < line.y < rule.top + 1]
            long = [line for line in between if not _has_cells(line) and line.x1 - line.x0 > 0.8 * line.width]
            if first.is_over(rule) and not any(map(_begins_another, between)) and len(long) <= 0.5 * len(between):
                zones[at] = (first, rule.bottom)
                break
        else:
            zones.append((rule, rule.bottom))
    return [(first.top, bottom) for first, bottom in zones if bottom - first.top > 8]


def is_row(line: Line) -> bool:
    """Say whether a line has cells: several pieces, and not only a list's label before its text."""
    if len(line.pieces) < 2:
        return False
    if len(line.pieces) == 2 and _LABEL.match(line.cells[0]) and line.pieces[1].text.count(" ") > 3:
        return False
    return max(piece.width for piece in line.pieces) < 0.72 * line.width


def _has_cells(line: Line) -> bool:
    return is_row(line) or _is_tight_row(line)


def _is_tight_row(line: Line) -> bool:
    """Say whether a line is a row of numbers that stand closer than cells do."""
    words = [word for piece in line.pieces for word in piece.text.split()]
    if len(words) < 4 or words[-1].isalpha() or sum(bool(_AMOUNT.fullmatch(word)) for word in words) < 0.5 * len(words):
        return False
    return len(cells_in(line)) > 3


def _aligned(rows: Sequence[Sequence[Piece]]) -> bool:
    """Say whether most cells begin, end or have their middle where one of the fullest row does."""
    fullest = max(rows, key=len)
    hits = cells = 0
    for row in rows:
        for piece in row if row is not fullest else ():
            middle = piece.x0 + piece.x1
            cells += 1
            hits += any(
                abs(p.x0 - piece.x0) < 3 or abs(p.x1 - piece.x1) < 3 or abs(p.x0 + p.x1 - middle) < 6 for p in fullest
            )
    return hits >= 0.6 * cells

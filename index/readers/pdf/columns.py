"""The pieces of a page in, its flows of lines in reading order out.

A page has one or two columns. What crosses the gutter (a title, a wide table or figure's caption) divides the page:
columns are read left then right above it, and again below it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from index.readers.pdf.lines import Line, Piece
from index.readers.pdf.source import Box
from index.readers.pdf.wrapped import wrapped_in

Gutter = tuple[float, float]  # where the left column ends and the right one begins
Edges = tuple[float, float]  # where the text of a page begins and ends
Flow = list[Line]


def gutters(pages: Sequence[list[Piece]], widths: Sequence[float], body: float) -> list[Gutter | None]:
    """Return each page's gutter; one that the page alone does not show is taken from the others of its side."""
    own = [_gutter(pieces, width, body) for pieces, width in zip(pages, widths, strict=True)]
    found = [gutter for gutter in own if gutter]
    if not found or len(found) < 0.4 * sum(
        len(_running(pieces, body, 0.1 * w)) > 3 for pieces, w in zip(pages, widths, strict=True)
    ):
        return own
    filled: list[Gutter | None] = []
    for at, gutter in enumerate(own):
        same = [other for other in own[at % 2 :: 2] if other] or found
        usual = (median(g[0] for g in same), median(g[1] for g in same))
        filled.append(gutter or (usual if _fits(pages[at], usual, body) else None))
    return filled


def _running(pieces: Sequence[Piece], body: float, width: float) -> list[Piece]:
    """Return the pieces that are lines of running text: of about the body's size, with several words."""
    return [p for p in pieces if p.width > width and p.text.count(" ") > 2 and 0.75 * body < p.size < 1.25 * body]


def _gutter(pieces: list[Piece], width: float, body: float) -> Gutter | None:
    running = _running(pieces, body, 0.17 * width)
    best: tuple[float, Gutter] | None = None
    for x in sorted({round(piece.x0) - 2 for piece in running if 0.3 * width < piece.x0 < 0.7 * width}):
        left = [piece for piece in running if piece.x1 <= x]
        right = [piece for piece in running if piece.x0 >= x]
        if min(len(left), len(right)) < 4:
            continue
        beside = sum(any(abs(p.y - q.y) < 1.5 * body for q in right) for p in left)
        crossing = len(running) - len(left) - len(right)
        score = min(len(left), len(right)) - crossing
        if crossing <= 0.5 * min(len(left), len(right)) and beside >= 3 and (best is None or score > best[0]):
            ends = [piece.x1 for piece in left]
            best = score, (max(ends), min(piece.x0 for piece in right))
    return best[1] if best else None


def _fits(pieces: list[Piece], gutter: Gutter, body: float) -> bool:
    running = _running(pieces, body, 0)
    crossing = sum(piece.x0 < gutter[0] - 2 and piece.x1 > gutter[1] + 2 for piece in running)
    return crossing <= 0.34 * len(running) or _stand_beside(running, gutter, body)


def _stand_beside(running: Sequence[Piece], gutter: Gutter, body: float) -> bool:
    """Say whether lines stand beside others that begin where the right column does: below a wide title and abstract."""
    left = [piece for piece in running if piece.x1 < gutter[0] + 2]
    right = [piece for piece in running if -2 < piece.x0 - gutter[1] < 2 * body]
    return sum(any(abs(p.y - q.y) < 0.5 * body for q in right) for p in left) >= 4


def flows(pieces: list[Piece], gutter: Gutter | None, edges: Edges, body: float, rules: Sequence[Box]) -> list[Flow]:
    """Return the flows of a page in reading order; `edges` are its text's, `rules` show where a wide table is."""
    if not pieces:
        return []
    left, right = edges
    if gutter is None:
        return _around(pieces, left, right, body, rules, full=True)
    full = _full(pieces, gutter, body) | _ruled(pieces, gutter, rules)
    across = [rule.top for rule in rules if rule.x0 < gutter[0] - 4 and rule.x1 > gutter[1] + 4]
    bands = _bands(pieces, full, across)
    return [
        flow
        for wide, sides in _merged(bands, gutter, body)
        for flow in _band(wide, sides, gutter, (left, right), body, rules)
        if flow
    ]


def _band(
    wide: list[Piece], sides: list[Piece], gutter: Gutter, edges: Edges, body: float, rules: Sequence[Box]
) -> list[Flow]:
    middle = sum(gutter) / 2
    on_left = [piece for piece in sides if (piece.x0 + piece.x1) / 2 < middle]
    on_right = [piece for piece in sides if (piece.x0 + piece.x1) / 2 >= middle]
    return [
        *_around(wide, *edges, body, rules, full=True),
        *_around(on_left, edges[0], gutter[0], body, rules),
        *_around(on_right, gutter[1], edges[1], body, rules),
    ]


def _around(
    pieces: list[Piece], left: float, right: float, body: float, rules: Sequence[Box], *, full: bool = False
) -> list[Flow]:
    """Return the lines of a column, those beside a table as wide as they can be, and the lines of such tables."""
    tables = wrapped_in(pieces, rules, left, right)
    taken = {id(piece) for table in tables for piece in table.pieces}
    flow = _lines([piece for piece in pieces if id(piece) not in taken], left, right, body, full=full)
    for line in flow:
        for table in tables:
            if table.top < line.y < table.bottom:
                line.left = max(line.left, table.x1) if line.x0 >= table.x1 else line.left
                line.right = min(line.right, table.x0) if line.x1 <= table.x0 else line.right
    return [flow, *(_lines(list(table.pieces), table.x0, table.x1, body, full=True) for table in tables)]


def _ruled(pieces: list[Piece], gutter: Gutter, rules: Sequence[Box]) -> set[int]:
    """Return the ids of the pieces between wide rules of one length with no columns of text between them."""
    wide = sorted((r for r in rules if r.x0 < gutter[0] - 12 and r.x1 > gutter[1] + 12), key=lambda rule: rule.top)
    column = gutter[0] - min(piece.x0 for piece in pieces)
    inside: set[int] = set()
    for at, above in enumerate(wide):
        below = next((rule for rule in wide[at + 1 :] if above.is_over(rule)), above)
        between = [p for p in pieces if above.top < p.y < below.bottom + 1]
        text = [p for p in between if p.width > 0.8 * column and p.text.count(" ") > 4 and p.x1 < gutter[1]]
        if between and len(text) <= 0.2 * len(between):
            inside.update(id(piece) for piece in between)
    return inside


def _full(pieces: list[Piece], gutter: Gutter, body: float) -> set[int]:
    """Return the ids of the pieces that belong to no column."""
    full = {id(p) for p in pieces if p.x0 < gutter[0] - 2 and p.x1 > gutter[1] + 2}
    width = gutter[0] - min(piece.x0 for piece in pieces)
    middle = sum(gutter) / 2
    row: list[Piece] = []
    for piece in [*pieces, None]:  # a row of a wide table is drawn from left to right, across the gutter
        if piece and row and abs(piece.y - row[-1].y) < 1:
            row.append(piece)
            continue
        sides = {(cell.x0 + cell.x1) / 2 < middle for cell in row}
        if len(sides) == 2 and len(row) > 1 and sum(cell.width > 0.7 * width for cell in row) < 2:
            full.update(id(cell) for cell in row)
        row = [piece] if piece else []
    for before, piece in zip(pieces, pieces[1:], strict=False):  # the short last line of something wide
        near = 0 < piece.y - before.y < 1.7 * before.size and abs(piece.size - before.size) < 0.5
        if id(before) in full and near and abs(piece.x0 - before.x0) < 0.3 * body and before.width > width:
            full.add(id(piece))
    return full


def _bands(pieces: list[Piece], full: set[int], across: Sequence[float]) -> list[tuple[list[Piece], list[Piece]]]:
    """Return (wide pieces, pieces of the columns below them) from top to bottom; rules `across` the gutter part too."""
    bands: list[tuple[list[Piece], list[Piece]]] = [([], [])]
    rules = sorted(across)
    for piece in sorted(pieces, key=lambda piece: piece.y):
        while rules and rules[0] < piece.y:
            rules.pop(0)
            if bands[-1][1]:
                bands.append(([], []))
        if id(piece) in full:
            if bands[-1][1]:
                bands.append(([], []))
            bands[-1][0].append(piece)
        else:
            bands[-1][1].append(piece)
    return bands


def _merged(
    bands: list[tuple[list[Piece], list[Piece]]], gutter: Gutter, body: float
) -> list[tuple[list[Piece], list[Piece]]]:
    """Give the pieces of a band without running text, between wide pieces, to what is wide: they are its cells."""
    kept: list[tuple[list[Piece], list[Piece]]] = []
    for at, (wide, sides) in enumerate(bands):
        above = kept[-1][1] if kept else []
        if kept and not above and kept[-1][0]:
            kept[-1] = ([*kept[-1][0], *wide], sides)
        else:
            kept.append((wide, sides))
        between = at + 1 < len(bands) and bool(kept[-1][0])
        tall = max((p.y for p in sides), default=0) - min((p.y for p in sides), default=0)
        if between and sides and tall < 3 * body and not any(p.width > 0.3 * gutter[0] for p in sides):
            kept[-1] = ([*kept[-1][0], *sides], [])
    return kept


def margins(pages: Sequence[list[Piece]], body: float) -> list[Edges]:
    """Return where the text of each page begins and ends; a page with little text has them from others of its side."""
    own = [_margins(pieces, body) for pieces in pages]
    found = [edges for edges in own if edges]
    filled: list[Edges] = []
    for at, edges in enumerate(own):
        same = [other for other in own[at % 2 :: 2] if other] or found
        if edges is None and same:
            edges = median(e[0] for e in same), median(e[1] for e in same)
        elif edges is None:
            pieces = pages[at]
            edges = min((p.x0 for p in pieces), default=0.0), max((p.x1 for p in pieces), default=0.0)
        filled.append(edges)
    return filled


def _margins(pieces: list[Piece], body: float) -> Edges | None:
    running = _running(pieces, body, 12 * body)
    if len(running) < 8:
        return None
    return _edge([p.x0 for p in running], min), _edge([p.x1 for p in running], max)


def _edge(places: list[float], outermost: Callable[[list[float]], float]) -> float:
    counts = Counter(round(place / 2) for place in places)
    often = [place for place in places if counts[round(place / 2)] >= max(2, 0.08 * len(places))]
    return outermost(often or places)


def _lines(pieces: list[Piece], left: float, right: float, body: float, *, full: bool = False) -> Flow:
    """Return pieces as lines from top to bottom; those whose letters overlap in height stand in one line."""
    if pieces and not full:
        inside = [p for p in pieces if 0.75 * body < p.size < 1.25 * body] or pieces
        left, right = _edge([p.x0 for p in inside], min), max(right - 0.1, _edge([p.x1 for p in inside], max))
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        if lines and _same_line(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [Line(line, left, right, full) for line in lines]


def _same_line(line: list[Piece], piece: Piece) -> bool:
    highest, lowest = max(line, key=lambda p: len(p.text)), max(p.bottom for p in line)
    overlap = min(lowest, piece.bottom) - max(highest.top, piece.top)
    if overlap < 0.4 * min(highest.tall, piece.tall):
        return False
    return all(p.x1 <= piece.x0 + 1 or p.x0 >= piece.x1 - 1 for p in line)

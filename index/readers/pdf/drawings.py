"""A page's pieces and boxes in, the pieces without the labels of drawings out, and the rules that bound tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.readers.pdf.lines import Piece, letters_in
from index.readers.pdf.prose import prose_of
from index.readers.pdf.source import Box, Page

CAPTION = re.compile(
    r"[(\[<〈《【]?\s?(?P<of>fig(?:ure)?|table|tab|algorithm|listing|scheme|chart|plate|box|그림|표|알고리즘|도표)\s?\.?\s*"
    r"(?P<number>[A-Z]?\.?\d+(?:[.\-]\d+)*[a-z]?|[IVX]+|[A-Z]\d*)(?P<end>\s*[.:|–—]|\s?[)\]>〉》】](?!(?:은|는|이|가|을|를|의|에|에서|에는|와|과|로|으로|도|처럼|같이)\s)|$|(?-i:\s+(?=[A-Z가-힣\[(])))",
    re.I,
)
_HEADING = re.compile(r"(?:\d{1,2}(?:[.-]\d{1,2})*\.|\d{1,2}(?:[.-]\d{1,2})+|[IVXⅠ-Ⅻ]+(?:-\d{1,2})?\.)\s+[^\W\d_]{2}")
_NUMBER = re.compile(r"[-–−+]?\d[\d.,]*\s?%?")
_TABLE = re.compile(r"tab|표", re.I)
_FIGURE = re.compile(r"fig|그림", re.I)
_POINTS = re.compile(r"[●○•◦∙·▪▫■□▲△▼▽◆◇◊×∗*+✕]+(?:\s+[●○•◦∙·▪▫■□▲△▼▽◆◇◊×∗*+✕]+)*")
_MANY, _COLUMNS = 25, 12  # points of a plot at least, and places across
_MAX_BOXES = 4_000
_NEAR = 8.0  # points: what lies as near as this belongs to one drawing
_SMALL = 0.8  # of the body's size: labels of figures are set as small
_MOST = 0.4  # of a page's letters; no drawing's labels are more


@dataclass(slots=True)
class _Region:
    box: Box
    solid: int = 0
    thin: int = 0
    pictures: int = 0
    plain: bool = True  # of rules and plates only
    cells: bool = False  # of plates with text on them, or in a row

    def touches(self, other: "_Region") -> bool:
        """Say whether two regions are one: they touch, and are not a picture and the rules of a table beside it."""
        if self.cells != other.cells or not _touch(self.box, other.box):
            return False
        return {self._only, other._only} != {"pictures", "rules"}

    @property
    def _only(self) -> str:
        return "rules" if not self.solid else "pictures" if self.solid == self.pictures and not self.thin else ""

    def join(self, other: "_Region") -> None:
        """Take in another region."""
        self.box = _around(self.box, other.box)
        self.solid += other.solid
        self.thin += other.thin
        self.pictures += other.pictures
        self.plain &= other.plain

    @property
    def drawn(self) -> bool:
        """Say whether it is more than rules: a grid of rules alone is a table."""
        size = self.box.x1 - self.box.x0 > 24 and self.box.bottom - self.box.top > 14
        return size and bool(self.pictures or self.solid > 1 or self.solid and self.thin > 3)


def rules_of(page: Page, shortest: float = 18) -> list[Box]:
    """Return the horizontal rules of a page that are longer than `shortest`, in points."""
    return [box for box in page.boxes if box.bottom - box.top < 2 and box.x1 - box.x0 > shortest]


def are_wide(pages: Sequence[Page]) -> bool:
    """Say whether most pages are wider than high, as slides and posters are."""
    return sum(page.width > page.height for page in pages) > 0.5 * len(pages)


def without_labels(page: Page, pieces: list[Piece], body: float, *, wide: bool = False) -> list[Piece]:
    """Drop what is written in drawings. Text on a box or in a frame, tables, captions and running text stay.

    Labels are few or small: where they would be most of a page, they are its text and stay. On slides and posters all
    words stand in boxes and beside pictures; only the small numbers of charts are dropped.
    """
    dropped: set[int] = set()
    points = _points(pieces)
    kept = _captions(pieces) | prose_of(pieces, body) | {id(p) for p in pieces if _is_numbered(p, body)}
    if wide:
        kept |= {id(p) for p in pieces if p.size > _SMALL * body or not _NUMBER.fullmatch(p.text.strip())}
    regions = _regions(page, pieces)
    drawn = [r for r in regions if r.drawn and (not r.cells or _caption_of(r.box, pieces, _FIGURE))]
    for region in drawn:
        inside = [piece for piece in pieces if _within(piece, region.box, 3) and id(piece) not in kept]
        if _caption_of(region.box, pieces, _TABLE) or not region.cells and region.plain and _is_grid(inside):
            continue
        dropped.update(id(piece) for piece in inside)
        elsewhere = [other.box for other in regions if other not in drawn]
        near = [p for p in pieces if id(p) not in kept and not any(_within(p, box, 0) for box in elsewhere)]
        dropped.update(id(piece) for piece in _labels_around(region.box, near, body))
    dropped.update(id(piece) for piece in points)
    if points and not wide:
        lefts, tops, rights, bottoms = _sides(points)
        around = Box(min(lefts), min(tops), max(rights), max(bottoms))
        dropped.update(id(p) for p in _labels_around(around, [p for p in pieces if id(p) not in kept], body))
    return _without(pieces, dropped, body)


def _points(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the points of plots that are drawn as letters: many signs, in more columns than a table has.

    What stands in a row with words is a table's.
    """
    rows = {round(2 * piece.y) for piece in pieces if letters_in([piece])}
    signs = [p for p in pieces if _POINTS.fullmatch(p.text.strip()) and not p.mono and round(2 * p.y) not in rows]
    columns = {round(piece.x0 / 2) for piece in signs}
    return signs if len(signs) >= _MANY and len(columns) >= _COLUMNS else []


def _sides(pieces: Sequence[Piece]) -> tuple[list[float], list[float], list[float], list[float]]:
    return [p.x0 for p in pieces], [p.top for p in pieces], [p.x1 for p in pieces], [p.bottom for p in pieces]


def _labels_around(box: Box, pieces: Sequence[Piece], body: float) -> Iterator[Piece]:
    """Yield the labels that stand beside a drawing, those nearest first, and beside those."""
    for piece in sorted(pieces, key=lambda piece: _distance(piece, box)):
        if _distance(piece, box) <= 12 and _is_label(piece, body):
            yield piece
            box = _around(box, Box(piece.x0, piece.top, piece.x1, piece.bottom))


def _without(pieces: list[Piece], dropped: set[int], body: float) -> list[Piece]:
    """Return the pieces that are not dropped; all that are not small where more than 40 % of a page's letters were."""
    left = [piece for piece in pieces if id(piece) not in dropped]
    large = [piece for piece in pieces if piece.size > _SMALL * body] if left else pieces
    if letters_in(piece for piece in large if id(piece) in dropped) <= _MOST * letters_in(large):
        return left
    back = {id(piece) for piece in large}
    return [piece for piece in pieces if id(piece) in back or id(piece) not in dropped]


def _captions(pieces: Sequence[Piece]) -> set[int]:
    """Return the ids of the pieces of captions: what is drawn next and stands close below in the same size goes on."""
    found: set[int] = set()
    before: Piece | None = None
    for piece in pieces:
        goes_on = (
            before is not None
            and id(before) in found
            and abs(piece.size - before.size) < 0.3
            and -0.2 * piece.size < piece.y - before.y < 1.45 * piece.size
            and piece.x0 < before.x1 + 2 * piece.size
        )
        if goes_on or CAPTION.match(piece.text):
            found.add(id(piece))
        before = piece
    return found


def _regions(page: Page, pieces: Sequence[Piece]) -> list[_Region]:
    """Return what is drawn, parts that touch as one; plates with text on them, or in a row, are cells."""
    regions: list[_Region] = []
    area = page.width * page.height
    # points of a chart that lie on each other count once; with more than these a page takes long and shows no more
    places = {(round(b.x0 / 4), round(b.top / 4), round(b.x1 / 4), round(b.bottom / 4), b.thin): b for b in page.boxes}
    rows = Counter((round(b.top), round(b.bottom)) for b in places.values() if b.plate)
    for box in list(places.values())[:_MAX_BOXES]:
        if (box.x1 - box.x0) * (box.bottom - box.top) > 0.5 * area:
            continue
        in_row = rows[round(box.top), round(box.bottom)] > 1
        cell = box.plate and not box.thin and (in_row or any(_within(piece, box, 1) for piece in pieces))
        region = _Region(box, int(not box.thin), int(box.thin), int(box.picture), box.thin or box.plate, cell)
        near = [other for other in regions if region.touches(other)]
        for other in near:
            region.join(other)
        if near:
            regions = [other for other in regions if other not in near]
        regions.append(region)
    return _joined(regions)


def _joined(regions: list[_Region]) -> list[_Region]:
    """Join regions that came to touch while they grew."""
    done: list[_Region] = []
    for region in regions:
        for other in [other for other in done if other.touches(region)]:
            done.remove(other)
            region.join(other)
        done.append(region)
    return done


def _touch(a: Box, b: Box) -> bool:
    return a.x0 - _NEAR < b.x1 and b.x0 - _NEAR < a.x1 and a.top - _NEAR < b.bottom and b.top - _NEAR < a.bottom


def _around(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom))


def _within(piece: Piece, box: Box, near: float) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    return box.x0 - near < x < box.x1 + near and box.top - near < y < box.bottom + near


def _distance(piece: Piece, box: Box) -> float:
    across = max(box.x0 - piece.x1, piece.x0 - box.x1, 0)
    return max(across, box.top - piece.bottom, piece.top - box.bottom, 0)


def _is_numbered(piece: Piece, body: float) -> bool:
    """Say whether a piece reads like the heading of a section: "2-1 설계", "Ⅱ. Data"."""
    return piece.size > 0.97 * body and bool(_HEADING.match(piece.text))


def _is_label(piece: Piece, body: float) -> bool:
    if piece.size > 1.05 * body or piece.size > 0.97 * body and piece.bold:
        return False
    words = piece.text.count(" ") + 1
    return words <= 3 and len(piece.text) < 26 if piece.size > 0.93 * body else words <= 6


def _is_grid(inside: Sequence[Piece]) -> bool:
    """Say whether pieces are the cells of a table: rows of words that begin, end or have their middle below each other.

    The numbers at a chart's edges stand so, too, but they are no words.
    """
    rows: list[list[Piece]] = []
    for piece in sorted(inside, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y < 0.5 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    cells = [piece for row in rows if len(row) > 1 for piece in row]
    signs = sum(char.isalnum() for piece in inside for char in piece.text)
    if len([row for row in rows if len(row) > 1]) < 3 or 2 * letters_in(inside) < signs:
        return False
    fullest = max(rows, key=len)
    return sum(any(_below(cell, piece) for cell in fullest) for piece in cells) >= 0.6 * len(cells)


def _below(cell: Piece, piece: Piece) -> bool:
    middle = abs(cell.x0 + cell.x1 - piece.x0 - piece.x1)
    return abs(cell.x0 - piece.x0) < 3 or abs(cell.x1 - piece.x1) < 3 or middle < 6


def _caption_of(box: Box, pieces: Sequence[Piece], kind: re.Pattern[str]) -> bool:
    """Say whether the nearest caption is a table's, or a figure's."""
    captions = [(found, piece) for piece in pieces if (found := CAPTION.match(piece.text))]
    near = [(_distance(piece, box), found["of"]) for found, piece in captions if _distance(piece, box) < 40]
    return bool(near) and bool(kind.match(min(near)[1]))

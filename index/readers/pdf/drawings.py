"""A page's pieces and boxes in, the pieces without the labels of drawings out, and the rules that bound tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.pdf.lines import Piece
from index.readers.pdf.source import Box, Page

CAPTION = re.compile(
    r"(?P<of>fig(?:ure)?|table|tab|algorithm|listing|scheme|chart|plate|box|그림|표|알고리즘|도표)\s?\.?\s*"
    r"(?P<number>[A-Z]?\.?\d+(?:[.\-]\d+)*[a-z]?|[IVX]+|[A-Z]\d*)(?P<end>\s*[.:|–—]|\)|$|(?-i:\s+(?=[A-Z가-힣\[(])))",
    re.I,
)
_TABLE = re.compile(r"tab|표", re.I)
_MAX_BOXES = 4_000
_NEAR = 8.0  # points: what lies as near as this belongs to one drawing


@dataclass(slots=True)
class _Region:
    box: Box
    solid: int = 0
    thin: int = 0
    pictures: int = 0

    @property
    def drawn(self) -> bool:
        """Say whether it is more than rules: a grid of rules alone is a table."""
        size = self.box.x1 - self.box.x0 > 24 and self.box.bottom - self.box.top > 14
        return size and bool(self.pictures or self.solid > 1 or self.solid and self.thin > 3)


def rules_of(page: Page) -> list[Box]:
    """Return the horizontal rules of a page."""
    return [box for box in page.boxes if box.bottom - box.top < 2 and box.x1 - box.x0 > 18]


def without_labels(page: Page, pieces: list[Piece], body: float) -> list[Piece]:
    """Drop what is written in drawings. Text in a frame, tables with coloured cells and captions stay."""
    dropped: set[int] = set()
    captions = _captions(pieces)
    for region in _regions(page):
        if not region.drawn:
            continue
        inside = [piece for piece in pieces if _within(piece, region.box, 3) and id(piece) not in captions]
        if _is_text(inside) or _is_table(region.box, pieces):
            continue
        dropped.update(id(piece) for piece in inside)
        box = region.box
        for piece in sorted(pieces, key=lambda piece: _distance(piece, region.box)):
            if id(piece) in dropped or id(piece) in captions:
                continue
            if _distance(piece, box) > 12 or not _is_label(piece, body):
                continue
            dropped.add(id(piece))
            box = _around(box, Box(piece.x0, piece.top, piece.x1, piece.bottom))
    return [piece for piece in pieces if id(piece) not in dropped]


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


def _regions(page: Page) -> list[_Region]:
    regions: list[_Region] = []
    area = page.width * page.height
    # points of a chart that lie on each other count once; with more than these a page takes long and shows no more
    places = {(round(b.x0 / 4), round(b.top / 4), round(b.x1 / 4), round(b.bottom / 4), b.thin): b for b in page.boxes}
    for box in list(places.values())[:_MAX_BOXES]:
        if (box.x1 - box.x0) * (box.bottom - box.top) > 0.5 * area:
            continue
        region = _Region(box, int(not box.thin), int(box.thin), int(box.picture))
        near = [other for other in regions if _touch(other.box, box)]
        for other in near:
            region.box = _around(region.box, other.box)
            region.solid += other.solid
            region.thin += other.thin
            region.pictures += other.pictures
        if near:
            regions = [other for other in regions if other not in near]
        regions.append(region)
    return _joined(regions)


def _joined(regions: list[_Region]) -> list[_Region]:
    """Join regions that came to touch while they grew."""
    done: list[_Region] = []
    for region in regions:
        for other in [other for other in done if _touch(other.box, region.box)]:
            done.remove(other)
            box = _around(region.box, other.box)
            thin, pictures = region.thin + other.thin, region.pictures + other.pictures
            region = _Region(box, region.solid + other.solid, thin, pictures)
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


def _is_label(piece: Piece, body: float) -> bool:
    if piece.size > 1.05 * body or piece.size > 0.97 * body and piece.bold:
        return False
    words = piece.text.count(" ") + 1
    return words <= 3 and len(piece.text) < 26 if piece.size > 0.93 * body else words <= 6


def _is_text(inside: Sequence[Piece]) -> bool:
    """Say whether most of what stands inside is running text: lines of several words, one under the other."""
    running = [piece for piece in inside if piece.text.count(" ") >= 4]
    lines = 0
    for piece in running:
        under = (q for q in running if abs(q.x0 - piece.x0) < 3 and 0 < q.y - piece.y < 2 * piece.size)
        lines += next(under, None) is not None
    letters = sum(len(piece.text) for piece in inside)
    return lines >= 2 and sum(len(piece.text) for piece in running) > 0.6 * letters


def _is_table(box: Box, pieces: Sequence[Piece]) -> bool:
    """Say whether the nearest caption is a table's."""
    captions = [(found, piece) for piece in pieces if (found := CAPTION.match(piece.text))]
    near = [(_distance(piece, box), found["of"]) for found, piece in captions if _distance(piece, box) < 40]
    return bool(near) and bool(_TABLE.match(min(near)[1]))

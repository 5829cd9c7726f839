"""The pieces of slides in, blocks out: a heading where the title changes, below it the words, box by box.

A slide is no page of a paper: its title stands at one place in one style and may be no larger than the rest, its words
stand in boxes beside each other, a large word is no heading, and what is built up step by step is on several pages.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from index.readers.pdf.cuts import MARK, SIGN, boxes_of, rows_of
from index.readers.pdf.drawings import are_wide
from index.readers.pdf.lines import Line, Piece, body_size, letters_in
from index.readers.pdf.paragraphs import Block
from index.readers.pdf.source import Page
from index.readers.reading import squeezed

MOST_LETTERS = 1_200  # of a slide; pages of books that lie two on a sheet have more
_TOP, _EDGE = 0.35, 0.13  # of a slide's height: where titles stand, and where numbers and names of decks do
_OFTEN, _USUAL = 3, 0.2  # times, and share of the slides, that make a place that of titles
_SAME = 8.0  # points
_DIVIDER_LETTERS = 80
_NUMBER = re.compile(r"[-–\s]*(\d{1,3})\s*(?:(?:/|of)\s*\d{1,3})?[-–\s]*", re.IGNORECASE)
_AMOUNT = re.compile(r"[-–−+]?\d[\d.,]*\s?%?")
_ENDS = re.compile(r"[.!?:;。]\W*$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class _Slide:
    """What a slide shows. `divides` when it is nothing but the name of what follows."""

    title: list[Piece]
    subtitle: list[Piece]
    words: list[Piece]
    divides: bool = False

    @property
    def name(self) -> str:
        return _name(self.title)


def are_slides(pages: Sequence[Page], pieces: Sequence[list[Piece]]) -> bool:
    """Say whether pages are slides: several, most of them wider than high, and half of them with few words."""
    return are_wide(pages) and len(pages) > 1 and median(letters_in(on_page) for on_page in pieces) < MOST_LETTERS


def slide_blocks(pages: Sequence[list[Piece]], height: float) -> list[Block]:
    """Return the blocks of all slides in order."""
    pages = _without_furniture(pages, height)
    if not any(pages):
        return []
    body = body_size(piece for page in pages for piece in page)
    slides = _without_steps(_slides(pages, height, body))
    level = 2 if sum(slide.divides for slide in slides) > 1 else 1
    blocks: list[Block] = []
    names = ["", ""]
    for slide in slides:
        for rank, pieces in enumerate((slide.title, slide.subtitle)):
            name = _name(pieces)
            if pieces and name != names[rank]:
                blocks.append(Block("heading", _lines(pieces), (1 if slide.divides else level) + rank))
                names[rank:] = [name, ""][: 2 - rank]
        for box in boxes_of(slide.words):
            blocks += _box_blocks(_lines(box))
    return blocks


def _without_furniture(pages: Sequence[list[Piece]], height: float) -> list[list[Piece]]:
    """Drop the numbers of slides, and what stands at one place of many slides in small letters or at their foot."""
    if not any(pages):
        return []
    body = body_size(piece for page in pages for piece in page)
    places = Counter(key for page in pages for key in {_key(piece) for piece in page})
    often = max(_OFTEN, 0.3 * len(pages))

    def is_furniture(piece: Piece) -> bool:
        at_foot = piece.top > (1 - _EDGE) * height
        if found := _NUMBER.fullmatch(piece.text):
            return at_foot or int(found[1]) == piece.page + 1
        return places[_key(piece)] >= often and (at_foot or piece.size < 0.95 * body)

    return [[piece for piece in page if not is_furniture(piece)] for page in pages]


def _key(piece: Piece) -> tuple[str, int, int]:
    return re.sub(r"\d+", "#", "".join(piece.text.split())), round(piece.x0 / 6), round(piece.y / 6)


def _slides(pages: Sequence[list[Piece]], height: float, body: float) -> list[_Slide]:
    rows = [rows_of(page) for page in pages]
    usual = [_usual([on_page[at:] for on_page in rows], height) for at in (0, 1)]
    return [_slide(on_page, usual, height, body, is_first=at == 0) for at, on_page in enumerate(rows)]


def _usual(rows: Sequence[list[list[Piece]]], height: float) -> list[Piece]:
    """Return a row's largest piece for each place and size that the first of the given rows often has."""
    firsts = [
        max(on_page[0], key=lambda piece: piece.size) for on_page in rows if on_page and _may_name(on_page[0], height)
    ]
    often = max(_OFTEN, _USUAL * len(rows))
    return [one for one in firsts if sum(_alike(one, other) for other in firsts) >= often]


def _alike(one: Piece, other: Piece) -> bool:
    return abs(one.size - other.size) < 0.6 and abs(one.y - other.y) < _SAME


def _may_name(row: Sequence[Piece], height: float) -> bool:
    text = " ".join(piece.text for piece in row).strip()
    return row[0].top < _TOP * height and bool(_LETTER.search(text)) and not SIGN.match(text)


def _slide(
    rows: list[list[Piece]], usual: Sequence[list[Piece]], height: float, body: float, *, is_first: bool
) -> _Slide:
    """Divide a slide into its title, a second one below it where slides have one, and its words."""
    pieces = [piece for row in rows for piece in row]
    if not rows:
        return _Slide([], [], [])
    first = rows[0]
    tallest = max(first, key=lambda piece: piece.size)
    at_usual = _may_name(first, height) and any(_alike(tallest, one) for one in usual[0])
    largest = max(pieces, key=lambda piece: piece.size)
    if (
        not at_usual
        and not is_first
        and len(rows) <= 3
        and letters_in(pieces) < _DIVIDER_LETTERS
        and largest.size > 1.2 * body
    ):
        title = [piece for piece in pieces if piece.size > 0.7 * largest.size]
        return _Slide(title, [], [piece for piece in pieces if piece not in title], divides=True)
    others = [piece for piece in pieces if piece not in first]
    stands_out = _may_name(first, height) and tallest.size > 1.2 * max((p.size for p in others), default=0.0)
    if not at_usual and not stands_out:
        return _Slide([], [], pieces)
    count = 1
    while count < min(3, len(rows)) and _goes_on(rows[count - 1], rows[count]):
        count += 1
    title = [piece for row in rows[:count] for piece in row if piece.size > 0.7 * tallest.size]
    subtitle: list[Piece] = []
    if count == 1 and len(rows) > 2 and len(rows[1]) == 1 and _may_name(rows[1], height):
        if any(_alike(rows[1][0], one) for one in usual[1]) and _is_named(rows[1][0], rows[2:], body):
            subtitle = rows[1]
    return _Slide(title, subtitle, [piece for piece in pieces if piece not in title and piece not in subtitle])


def _goes_on(above: Sequence[Piece], row: Sequence[Piece]) -> bool:
    """Say whether a title goes on in the next row: in its size, close below, and without a mark."""
    one, other = max(above, key=lambda p: p.size), max(row, key=lambda p: p.size)
    text = row[0].text.strip()
    same = abs(one.size - other.size) < 0.3 and one.bold == other.bold and len(row) == 1
    return same and other.top - one.bottom < 0.5 * one.size and not MARK.match(text)


def _is_named(row: Piece, below: Sequence[Sequence[Piece]], body: float) -> bool:
    """Say whether a second row names what is below it: it is larger or bolder."""
    rest = [piece for line in below for piece in line]
    larger = row.size > 1.1 * max(body, median(piece.size for piece in rest))
    return larger or row.bold and not all(piece.bold for piece in rest)


def _without_steps(slides: list[_Slide]) -> list[_Slide]:
    """Leave out the words of a slide that the next one shows too: what is built up is told once, whole."""
    for one, following in pairwise(slides):
        if one.name != following.name:
            continue
        shown = Counter(_key(piece) for piece in following.words)
        again = sum(len(piece.text) for piece in one.words if shown[_key(piece)])
        if again >= 0.95 * sum(len(piece.text) for piece in one.words):
            one.words = []
    return slides


def _lines(pieces: Sequence[Piece]) -> list[Line]:
    """Return pieces as lines; what begins with a mark within a row begins a line."""
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    lines: list[list[Piece]] = []
    for row in rows_of(pieces):
        lines.append([])
        for piece in row:
            if lines[-1] and SIGN.match(piece.text.strip()):
                lines.append([])
            lines[-1].append(piece)
    return [Line(line, left, right) for line in lines]


def _box_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield what a box holds: a table, a formula with the words beside it, code, or items and paragraphs."""
    if sum(len(line.pieces) > 1 for line in lines) >= max(3, 0.7 * len(lines)) and not _marks(lines):
        if not _is_formula(lines):
            yield Block("table", list(lines))
            return
        yield Block("formula", [lines[0]])
        lines = [Line([p], line.left, line.right) for line in lines for p in line.pieces if p.math <= 0.5]
    for is_code, run in groupby(lines, key=lambda line: line.main.mono):
        if is_code:
            yield Block("code", list(run))
            continue
        current: Block | None = None
        for line in run:
            if current is not None and _continues(current, line):
                current.lines.append(line)
                continue
            if current is not None:
                yield current
            text = line.text.lstrip()
            mark = MARK.match(text)
            current = Block("paragraph", [line])
            if mark:
                current = Block("item", [line], mark=mark[0].strip(), skip=mark.end())
        if current is not None:
            yield current


def _is_formula(lines: Sequence[Line]) -> bool:
    """Say whether what stands in rows are the signs of a formula, fractions and sums, and no cells."""
    pieces = [piece for line in lines for piece in line.pieces]
    signs = sum(piece.math > 0.5 and not _AMOUNT.fullmatch(piece.text.strip()) for piece in pieces)
    return signs > 0.8 * len(pieces)


def _marks(lines: Sequence[Line]) -> int:
    return sum(bool(MARK.match(line.text.lstrip())) for line in lines)


def _continues(block: Block, line: Line) -> bool:
    """Say whether a line goes on with a block: what is above fills the box, and neither ends nor is in another size."""
    above, text = block.lines[-1], line.text.lstrip()
    if MARK.match(text) or _ENDS.search(above.text) or abs(line.size - above.size) > 0.12 * above.size:
        return False
    if line.x0 < block.lines[0].x0 - 0.5 * line.size or line.top - above.bottom > 0.9 * line.size:
        return False
    hangs = 0.4 * line.size < line.x0 - block.lines[0].x0 < 2.5 * line.size
    word = (line.text.split() or [""])[0]
    return block.kind == "item" and hangs or above.right - above.x1 < max(2 * line.size, len(word) * line.size)


def _name(pieces: Sequence[Piece]) -> str:
    """Return what a title is known by: "01. Review" and "01 | Review" are one."""
    return squeezed("".join(piece.text for piece in pieces))

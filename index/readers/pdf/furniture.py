"""Pages of pieces in, the same without running heads, feet and page numbers out; and the stamp that arXiv prints."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from index.readers.pdf.drawings import CAPTION
from index.readers.pdf.lines import Piece
from index.readers.pdf.source import Page

_STAMP = re.compile(r"arXiv:\s*(\d{4}\.\d{4,5}|[a-z\-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(.*)", re.S)
_STAMP_DATE = re.compile(r"\d{1,2}\s+[A-Z][a-z]{2}\s+((?:19|20)\d\d)")
_PAGE_NUMBER = re.compile(r"[-–—·|\s]*(?:(?:page|p\.)\s*)?(#|[ivxlc]{1,7})(?:\s*(?:/|of)\s*#)?[-–—·|\s]*", re.I)
_SAME_PLACE = 4.0  # points


@dataclass(frozen=True, slots=True)
class _Row:
    pieces: tuple[Piece, ...]
    text: str
    y: float
    size: float

    @property
    def key(self) -> str:
        text = re.sub(r"\d+", "#", re.sub(r"\s+", "", self.text)).casefold()
        return "roman" if re.fullmatch(r"[ivxlc]{1,7}", text) else text


def without_furniture(pages: list[list[Piece]], body: float) -> list[list[Piece]]:
    """Drop what stands at the same place of several pages, digits aside, and rows of a number only at the edge."""
    rows = [_rows(pieces) for pieces in pages]
    edges = (rows, [list(reversed(page)) for page in rows])
    away = _away(edges)
    dropped: set[int] = set()
    for lines in edges:
        for page, count in enumerate(_depths(lines, body, away)):
            dropped.update(id(piece) for row in lines[page][:count] for piece in row.pieces)
    return [[piece for piece in pieces if id(piece) not in dropped] for pieces in pages]


def stamp_of(page: Page, pieces: list[Piece]) -> tuple[str | None, int | None, list[Piece]]:
    """Return the arXiv number and year that a stamp on the first page gives, and the pieces without the stamp."""
    for text in ("".join(span.text for span in page.sideways), *(piece.text for piece in pieces)):
        found = _STAMP.search(text)
        if found and (found.start() < 3 or page.sideways) and len(text) < 120:
            date = _STAMP_DATE.search(found[2])
            left = [piece for piece in pieces if piece.text != text]
            return found[1], int(date[1]) if date else None, left
    return None, None, pieces


def _rows(pieces: list[Piece]) -> list[_Row]:
    """Return the rows of a page from top to bottom: pieces with nearly the same baseline."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y < 2.5:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    found = []
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
        found.append(_Row(tuple(row), " ".join(p.text.strip() for p in row), row[0].y, max(p.size for p in row)))
    return found


def _depths(pages: list[list[_Row]], body: float, away: int | None) -> list[int]:
    """Return how many of each page's outermost rows are furniture. Rows come from the edge inwards."""
    often = 2 if len(pages) <= 4 else 3
    places: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        for row in page[:4]:
            places[row.key].append(row.y)
    heads = _changing_heads(pages, body)
    depths = []
    for at, page in enumerate(pages):
        depth = 0
        for inner, row in enumerate(page[:4], start=1):
            same = sum(abs(y - row.y) < _SAME_PLACE for y in places[row.key])
            again = same >= often and row.size < 1.5 * body and _stands_off(page, inner, body)
            numbered = _is_number(row, None if away is None else at + away)
            named = not depth and row.y == heads[at]
            if CAPTION.match(row.text) or _heads_a_table(page, inner) or not (again or numbered or named):
                break
            depth += 1
        depths.append(depth)
    return depths


def _stands_off(page: list[_Row], inner: int, body: float) -> bool:
    """Say whether a row keeps away from the text, or is set in another size: a last line "here." may stand often."""
    row = page[inner - 1]
    gap = abs(page[inner].y - row.y) if inner < len(page) else 2 * body
    return gap > 1.45 * body or abs(row.size - body) > 0.06 * body


def _heads_a_table(page: list[_Row], inner: int) -> bool:
    """Say whether a row and the next have cells: tables of an appendix have the same headings at the same place."""
    return all(len(row.pieces) > 2 for row in page[inner - 1 : inner + 1]) and inner < len(page)


def _away(edges: tuple[list[list[_Row]], ...]) -> int | None:
    """Return how far a page's printed number is from its place in the file, if numbers at the edges tell."""
    away = Counter[int]()
    for pages in edges:
        for at, page in enumerate(pages):
            numbers = {int(n) for row in page[:2] for n in re.findall(r"^\d{1,4}\b|\b\d{1,4}$", row.text.strip(" -–|"))}
            away.update(number - at for number in numbers)
    common = away.most_common(1)
    if not common or common[0][1] < min(3, len(edges[0])):
        return None
    return common[0][0]


def _is_number(row: _Row, number: int | None) -> bool:
    """Say whether a row is a page's number and nothing else."""
    text = row.text.strip()
    digits = re.findall(r"\d+", text)
    return bool(digits) and int(digits[0]) == number and bool(_PAGE_NUMBER.fullmatch(re.sub(r"\d+", "#", text)))


def _changing_heads(pages: list[list[_Row]], body: float) -> list[float | None]:
    """Return for each page the place of a head that names the section: at one height on most pages, with air inside."""
    found: list[float | None] = [None] * len(pages)
    later = range(1, len(pages))
    first = {at: pages[at][:2] for at in later if len(pages[at]) > 1}
    for place, _ in Counter(round(rows[0].y / 2) for rows in first.values()).most_common(2):
        there = [
            at
            for at, (outer, inner) in first.items()
            if abs(outer.y - 2 * place) <= 3 and outer.size < 1.15 * body and abs(inner.y - outer.y) > 1.9 * body
        ]
        if len(there) >= max(3, 0.65 * len(later)):
            for at in there:
                found[at] = pages[at][0].y
    return found

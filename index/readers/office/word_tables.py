"""A table of a DOCX file in, its cells by row and column and the spans that merging gives them out. Reads no text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.readers.office.parts import Element, local, number
from index.readers.office.word_runs import chosen
from index.readers.office.word_styles import W, switch, value
from index.readers.tables import Cell

MAX_COLUMNS = 63  # Word's own limit


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, its first column (from 0), how many it covers, and whether it goes on from the row above."""

    element: Element
    column: int
    columns: int
    goes_on: bool


def rows_of(tbl: Element) -> list[list[Place]]:
    """Return the cells of a table's rows, without rows whose deletion is tracked."""
    rows = (row for row in _within(tbl, "tr") if row.find(f"{W}trPr/{W}del") is None)
    return [places for row in rows if (places := list(_places(row)))]


def header_rows(tbl: Element) -> int | None:
    """Return how many rows are marked to be repeated on every page, None for none."""
    count = 0
    for row in _within(tbl, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or not switch(properties, "tblHeader"):
            break
        count += 1
    return count or None


def spanned(rows: Sequence[Sequence[Place]], texts: dict[Element, str]) -> list[list[Cell]]:
    """Return the rows as cells with their spans; a cell that goes on from above is part of the one that began."""
    starts = [{place.column: place for place in row} for row in rows]
    spanned_rows = []
    for at, row in enumerate(rows):
        cells: list[Cell] = []
        for place in row:
            if place.column and place is row[0]:
                cells.append(Cell("", columns=place.column))
            if place.goes_on and at and place.column in starts[at - 1]:
                continue
            below = at + 1
            while below < len(rows) and (on := starts[below].get(place.column)) and on.goes_on:
                below += 1
            cells.append(Cell(texts[place.element], place.columns, below - at))
        spanned_rows.append(cells)
    return spanned_rows


def _places(row: Element) -> Iterator[Place]:
    properties = row.find(f"{W}trPr")
    column = min(number(value(properties, "gridBefore")), MAX_COLUMNS) if properties is not None else 0
    for cell in _within(row, "tc"):
        own = cell.find(f"{W}tcPr")
        columns, merge = 1, None
        if own is not None:
            columns, merge = number(value(own, "gridSpan"), 1), value(own, "vMerge")
        columns = min(max(columns, 1), MAX_COLUMNS)
        yield Place(cell, max(column, 0), columns, goes_on=merge is not None and merge != "restart")
        column += columns


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows or cells of a table, those in content controls and tracked insertions too."""
    for child in element:
        inner = local(child)
        if inner == name:
            yield child
        elif inner in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(child, name)
        elif inner == "AlternateContent":
            yield from _within_all(chosen(child), name)


def _within_all(elements: Iterable[Element], name: str) -> Iterator[Element]:
    for element in elements:
        if local(element) == name:
            yield element
        else:
            yield from _within(element, name)

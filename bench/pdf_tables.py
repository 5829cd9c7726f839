"""Papers as PDF and as LaTeX in, how many numbers of their tables the PDF's reader puts in their place out.

`python -m bench.pdf_tables FOLDER`: FOLDER holds NAME.pdf and, in NAME/, the source that it was made from, which says
what its tables hold. A number has its place where the labels of its row and the headings of its column have the letters
that they have in the source. Tables of which the PDF has less than half the numbers are left out.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from index.readers import latex, pdf
from qa.reading.numbers.grid import Grid, grids

_SOURCES = frozenset((".tex", ".bbl", ".sty", ".cls"))
_WORD = re.compile(r"[0-9A-Za-z가-힣]+")
_CITED = re.compile(r"\[[^\[\]]*\]|\([^()]*(?:\b(?:19|20)\d\d[a-z]?|\?)\)|\?")
_MARKS = re.compile(r"\\(?!(?:log|exp|max|min)\b)[A-Za-z]+|\\|[\^_\\${}*†‡✓✗]|\(\)")


class Place(NamedTuple):
    """A number and the letters that name its row and its column."""

    row: str
    column: str
    number: str


def source_of(path: Path) -> str:
    """Return the text of the LaTeX source of a PDF."""
    folder = path.with_suffix("")
    files = {at.relative_to(folder).as_posix(): at.read_bytes() for at in folder.rglob("*") if at.suffix in _SOURCES}
    return latex.read(files, path.stem).text


def places(text: str) -> list[list[Place]]:
    """Return the numbers of each table of a text, with their places."""
    return [found for grid in grids(text) if len(found := list(_places(grid))) > 1]


def _places(grid: Grid) -> Iterator[Place]:
    for row in grid.rows:
        for at, cell in enumerate(row.cells[grid.labels :], grid.labels):
            if re.search(r"\d", cell.text) and len(cell.text) < 30:
                yield Place(_letters(row.label), _letters(grid.headings[at]), _number(cell.text))


def _letters(text: str) -> str:
    """Return the letters of different words in order: an index stands before or behind a power, apart or not."""
    words = dict.fromkeys(_WORD.findall(_MARKS.sub("", _CITED.sub("", unicodedata.normalize("NFKC", text))).casefold()))
    return "".join(sorted("".join(words)))


def _number(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z.%-]", "", _MARKS.sub("", text).replace("−", "-"))


class Found(NamedTuple):
    """What is right of one table of the source: shares of its numbers in their place, row, and column."""

    numbers: int
    right: float
    row: float
    column: float


def compare(
    source: list[list[Place]], read: list[list[Place]], *, show: bool = False
) -> tuple[list[Found], list[float]]:
    """Return what is right of each table of the source, and the share of each table that was read that is."""
    everywhere = {place for table in read for place in table}
    numbers = {place.number for place in everywhere}
    rows = {(place.row, place.number) for place in everywhere}
    columns = {(place.column, place.number) for place in everywhere}
    found = []
    for table in source:
        if sum(place.number in numbers for place in table) < 0.5 * len(table):
            continue
        right = sum(place in everywhere for place in table)
        row = sum((place.row, place.number) in rows for place in table)
        column = sum((place.column, place.number) in columns for place in table)
        found.append(Found(len(table), *(count / len(table) for count in (right, row, column))))
        if show and right < len(table):
            sys.stdout.write(f"  {right}/{len(table)} {[p for p in table if p not in everywhere][:3]}\n")
    said = {place for table in source for place in table}
    known = {place.number for place in said}
    precise = []
    for table in read:
        mine = [place for place in table if place.number in known]
        if len(mine) >= 0.5 * len(table):
            precise.append(sum(place in said for place in mine) / len(mine))
    return found, precise


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, compare and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.pdf_tables", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print numbers that are not in their place")
    options = parser.parse_args(arguments)
    head = ["paper", "tables", "numbers", "all right", "right", "row", "column", "of those read"]
    lines = [_row(head), _row(["-"] * len(head))]
    every: list[Found] = []
    precise: list[float] = []
    for path in sorted(options.folder.glob("*.pdf")):
        if options.show:
            sys.stdout.write(f"{path.stem}\n")
        source = places(source_of(path))
        found, shares = compare(source, places(pdf.read(path.read_bytes(), path.name).text), show=options.show)
        lines.append(_line(path.stem, found, shares))
        every, precise = every + found, precise + shares
    sys.stdout.write("\n".join([*lines, _line("**all**", every, precise)]) + "\n")
    return 0


def _line(name: str, found: list[Found], precise: list[float]) -> str:
    means = [mean(values) if (values := [each[at] for each in found]) else 0.0 for at in (1, 2, 3)]
    shares = [sum(each.right == 1 for each in found) / (len(found) or 1), *means, mean(precise) if precise else 0.0]
    return _row(
        [name, str(len(found)), str(sum(each.numbers for each in found)), *(f"{share:.3f}" for share in shares)]
    )


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())

"""The lines of a table in, a Markdown table out where its columns are clear, else its rows as text.

`lines` says before which lines are a table's; `columns` finds its columns, `heads` their headings, `rows` its rows,
`sideways` what is set sideways beside them, and `spans` what a label or a heading covers. Labels of several rows are
repeated in each, headings of several columns in each, as `index.readers.tables` does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain, groupby, repeat
from typing import NamedTuple

from index.readers import tables
from index.readers.pdf.drawings import rules_of
from index.readers.pdf.lines import Line, Piece, cells_in
from index.readers.pdf.raised import with_superscripts
from index.readers.pdf.source import Box, Page
from index.readers.pdf.table.columns import Columns, columns_of
from index.readers.pdf.table.heads import head_lines, headings
from index.readers.pdf.table.rows import Body, row_of
from index.readers.pdf.table.sideways import Turned, beside

_Cells = list[list[list[Piece]]]  # of each line of each page
_TIGHT_FIT, _FIT, _FIT_OF_FEW = 0.87, 0.78, 0.9  # of the cells of rows, that stand in one column each
_FEW = 5  # rows
_SHORT_RULE = 6  # points: a rule under the heading of one or two columns


class Part(NamedTuple):
    """A table or a row, as written, with the pages that begin in it and the offsets in the text at which they do."""

    text: str
    pages: list[tuple[int, int]]


def table_of(lines: Sequence[Line], pages: Sequence[Page]) -> list[Part]:
    """Return the table as one Markdown table, or each row as a part. `pages` are all of the document."""
    parts = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    tight = [[cells_in(line) for line in part] for part in parts]
    wide = [[line.pieces for line in part] for part in parts]
    for cells, fit in (tight, _TIGHT_FIT), (wide, _FIT):  # parted at wide spaces, too, if columns hold that
        if written := _written(parts, cells, pages, _FIT_OF_FEW if len(lines) < _FEW else fit):
            return [written]
    return [Part(" ".join(map(with_superscripts, line.cells)), [(line.page, 0)]) for line in lines]


def _written(parts: list[list[Line]], cells: _Cells, pages: Sequence[Page], fit: float) -> Part | None:
    """Return the table of one part a page; None where less than `fit` of its cells stand in one column each."""
    numbers = [part[0].page for part in parts]
    rules = [_among(part, rules_of(pages[at], shortest=_SHORT_RULE)) for at, part in zip(numbers, parts, strict=True)]
    heads = head_lines(cells[0], rules[0])
    head = cells[0][:heads]
    skipped = [heads, *(_repeated(parts[0][:heads], part) for part in parts[1:])]
    parts = [part[skip:] for part, skip in zip(parts, skipped, strict=True)]
    cells = [own[skip:] for own, skip in zip(cells, skipped, strict=True)]
    body = list(chain(*cells))
    columns = columns_of(body) or columns_of([*head, *body])
    if columns is None or columns.fit(body) < fit:
        return None
    columns = columns.with_headings(head)
    labels = [_labels_beside(part, columns, pages) for part in parts]
    if any(labels):
        columns = columns.with_labels([(label.x0, label.x1) for label in chain(*labels)])
    top = [" ".join(dict.fromkeys(map(with_superscripts, texts))) for texts in headings(head, columns, rules[0])]
    bodies = [
        Body(list(map(row_of, part, own, repeat(columns))), columns, rules[at], labels[at], further=at > 0).rows()
        for at, (part, own) in enumerate(zip(parts, cells, strict=True))
    ]
    text = tables.table([[tables.Cell(text) for text in row] for row in (top, *chain(*bodies))], 1)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    firsts = [0, *(2 + count for count in accumulate(map(len, bodies[:-1])))]  # below the headings and the rule
    return Part(text, [(at, starts[row] if row < len(starts) else 0) for at, row in zip(numbers, firsts, strict=True)])


def _labels_beside(body: Sequence[Line], columns: Columns, pages: Sequence[Page]) -> list[Turned]:
    """Return what is set sideways to the left of the rows of a table on one page, which may have none."""
    if not body:
        return []
    page = pages[body[0].page]
    sides = columns.edges[0][0], min(line.x0 for line in body)
    return beside(page, sides, min(line.top for line in body), max(line.bottom for line in body))


def _repeated(heads: Sequence[Line], page: Sequence[Line]) -> int:
    """Return how many lines of a further page say the headings again."""
    same = [line.text for line in heads] == [line.text for line in page[: len(heads)]]
    return len(heads) if same and len(page) > len(heads) else 0


def _among(lines: Sequence[Line], rules: Sequence[Box]) -> list[Box]:
    """Return the rules that stand among the lines of a table and over its columns, from top to bottom.

    Those of single cells that touch are one.
    """
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    mine = (r for r in rules if top < r.top < bottom and min(right, r.x1) - max(left, r.x0) > 0.5 * (r.x1 - r.x0))
    found: list[Box] = []
    for rule in sorted(mine, key=lambda rule: (round(rule.top), rule.x0)):
        if found and abs(found[-1].top - rule.top) < 1 and rule.x0 - found[-1].x1 < 1:
            found[-1] = replace(found[-1], x1=max(found[-1].x1, rule.x1))
        else:
            found.append(rule)
    return found

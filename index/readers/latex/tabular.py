r"""A tabular's nodes in, its rows of cells out, and how many of them head the table. Writes no Markdown.

`\hline` and booktabs' rules tell the head from the body; a longtable's repeated heads are dropped.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.readers.latex.cursor import Cursor
from index.readers.latex.tree import Environment, Group, Node
from index.readers.tables import Cell

ENVIRONMENTS = frozenset(
    "tabular tabular* tabularx tabulary longtable xltabular tabu tblr longtblr supertabular NiceTabular".split()
)
_Write = Callable[[Sequence[Node]], str]
_RULES = {
    **dict.fromkeys(("\\toprule", "\\midrule", "\\bottomrule", "\\hline", "\\thickhline", "\\endfirsthead"), ""),
    **dict.fromkeys(("\\endhead", "\\endfoot", "\\endlastfoot"), ""),
    "\\Xhline": "d",
    "\\specialrule": "ddd",
}
_ROW_ENDS = frozenset(("\\\\", "\\\\*", "\\tabularnewline", "\\cr"))
_MAX_HEAD_ROWS = 4


def rows_of(nodes: Sequence[Node], write: _Write) -> tuple[list[list[Cell]], int | None]:
    """Return a tabular's cells by row, and how many rows head it (None where nothing tells).

    `write` turns a cell's nodes into text. The tabular's own arguments must have been taken off.
    """
    rows: list[list[Cell]] = []
    heads: int | None = None
    foot = 0  # where a longtable's foot, which is printed on each page, begins
    first_head: list[list[Cell]] | None = None
    for row, rules in _ruled_rows(nodes, write):
        for rule in rules:
            if rule == "\\endfirsthead":
                first_head, rows = rows, []
            elif rule == "\\endhead":
                rows, first_head = (rows if first_head is None else first_head), None
                foot = len(rows)
            elif rule in ("\\endfoot", "\\endlastfoot"):
                del rows[foot:]
            elif heads is None and rows:
                heads = len(rows)
        if any(cell.text for cell in row):
            rows.append(row)
    rows = _without_covered([*(first_head or []), *rows])
    return rows, heads if heads is not None and heads <= _MAX_HEAD_ROWS and heads < len(rows) else None


def _ruled_rows(nodes: Sequence[Node], write: _Write) -> Iterator[tuple[list[Cell], list[str]]]:
    """Yield each row with the rules and marks that stand before it; the last may be a row without cells."""
    cursor = Cursor(_with_groups_opened(nodes))
    row: list[Cell] = []
    cell: list[Node] = []
    rules: list[str] = []
    while (node := cursor.next()) is not None:
        if isinstance(node, str) and node in _ROW_ENDS:
            cursor.length()
            yield [*row, _cell(cell, write)], rules
            row, cell, rules = [], [], []
        elif node == "&":
            row.append(_cell(cell, write))
            cell = []
        elif isinstance(node, str) and node in _RULES:
            cursor.skip(_RULES[node])
            rules.append(node)
        else:
            cell.append(node)
    yield [*row, _cell(cell, write)], rules


def _without_covered(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    r"""Drop the empty cells below a `\multirow`: in LaTeX they are written, in a grid of spans they are not.

    A cell with text ends one that says to cover more rows than are its own.
    """
    kept: list[list[Cell]] = []
    hanging: dict[int, tuple[int, int, int]] = {}  # column: the row and place of what covers it, to which row
    for at, row in enumerate(rows):
        column, line = 0, list[Cell]()
        for cell in row:
            above, place, end = hanging.pop(column, (at, 0, at))
            if at < end and not cell.text:
                if at + 1 < end:
                    hanging[column] = above, place, end
                column += 1
                continue
            if at < end:
                kept[above][place] = replace(kept[above][place], rows=at - above)
            if cell.rows > 1:
                hanging.update(dict.fromkeys(range(column, column + cell.columns), (at, len(line), at + cell.rows)))
            line.append(cell)
            column += cell.columns
        kept.append(line)
    return kept


def _with_groups_opened(nodes: Sequence[Node]) -> list[Node]:
    r"""Return nodes without the braces around several cells ("{\small a & b \\}")."""
    opened: list[Node] = []
    for node in nodes:
        if isinstance(node, Group) and any(isinstance(at, str) and at in _ROW_ENDS for at in node.nodes):
            before = opened[-1] if opened else ""
            if not (
                isinstance(before, str) and before.startswith("\\") and before not in _ROW_ENDS and before not in _RULES
            ):
                opened += _with_groups_opened(node.nodes)
                continue
        opened.append(node)
    return opened


def _cell(nodes: Sequence[Node], write: _Write) -> Cell:
    r"""Return a cell; `\multicolumn` and `\multirow` may stand within each other and after colours."""
    columns = rows = 1
    inner = list(nodes)
    while (span := _span(inner)) is not None:
        kind, count, inner = span
        columns, rows = (count, rows) if kind == "\\multicolumn" else (columns, count)
    return Cell(write(inner), columns, rows)


def _span(nodes: Sequence[Node]) -> tuple[str, int, list[Node]] | None:
    cursor = Cursor(nodes)
    before: list[Node] = []
    while (node := cursor.next()) is not None:
        if node in ("\\multicolumn", "\\multirow", "\\multirow*"):
            kind = "\\multicolumn" if node == "\\multicolumn" else "\\multirow"
            if kind == "\\multirow":
                cursor.optional()
            count = cursor.word()
            cursor.optional()
            cursor.argument()
            cursor.optional()
            number = int(count) if count.isdecimal() and len(count) < 4 else 1  # a negative one spans the rows above
            return kind, max(1, number), [*before, *cursor.argument(), *cursor.rest()]
        if isinstance(node, Group | Environment) or node not in (" ", "\n\n", "\\cellcolor", "\\rowcolor", "\\bf"):
            if not isinstance(node, Group):
                return None
        before.append(node)
    return None

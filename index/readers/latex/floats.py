r"""Figures, tables, algorithms and listings in, their captions, tables and code out, numbered. Draws no picture."""

from collections.abc import Sequence

from index.readers.latex import algorithms, specs, tabular
from index.readers.latex.cursor import Cursor
from index.readers.latex.lexer import Verbatim
from index.readers.latex.paper import Label
from index.readers.latex.stretch import Stretch
from index.readers.latex.tree import Environment, Group, Node
from index.readers.markdown import code_block, safe, visible
from index.readers.tables import table

KINDS = dict.fromkeys("figure wrapfigure sidewaysfigure SCfigure marginfigure teaserfigure".split(), "figure") | {
    **dict.fromkeys("table wraptable sidewaystable margintable longtable xltabular".split(), "table"),
    **dict.fromkeys("algorithm algorithm2e procedure function".split(), "algorithm"),
    "listing": "listing",
    "subfigure": "subfigure",
    "subtable": "subtable",
    "subcaptionblock": "subfigure",
}
_NAMES = {"figure": "figurename", "table": "tablename", "listing": "lstlistingname", "algorithm": "algorithmname"}
_SUB = ("subfigure", "subtable")


def write_float(stretch: Stretch, node: Environment, kind: str) -> None:
    """Write a float after the paragraph that it interrupts."""
    paper = stretch.paper
    around = paper.current
    paper.floats.append(kind)
    if kind not in _SUB:
        paper.captions = 0
    cursor = Cursor(node.nodes)
    if node.name not in tabular.ENVIRONMENTS:
        cursor.skip(specs.ENVIRONMENTS.get(node.name, specs.ENVIRONMENTS.get(node.name.rstrip("*"), "o")))
    nodes = cursor.rest()
    if kind == "algorithm" and algorithms.is_algorithm2e(nodes):
        captions, others = _divided(nodes)
        nodes = [*captions, Environment(algorithms.BRACED, others)]
    elif node.name in tabular.ENVIRONMENTS:
        captions, others = _divided(nodes)
        nodes = [*captions, Environment("tabular", [Group(), *others])]
    blocks = stretch.inner(nodes)
    paper.floats.pop()
    paper.current = around
    stretch.add_after(blocks)


def _divided(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Part a float's captions and labels from the rest of it."""
    cursor = Cursor(nodes)
    captions: list[Node] = []
    others: list[Node] = []
    while (node := cursor.next()) is not None:
        if node in ("\\caption", "\\caption*", "\\label"):
            cursor.optional()
            captions += [node, Group(cursor.argument())]
        else:
            others.append(node)
    return captions, others


def write_caption(stretch: Stretch, nodes: Sequence[Node], *, starred: bool, kind: str = "") -> None:
    """Write a caption with the name and number of its float."""
    paper = stretch.paper
    kind = kind or (paper.floats[-1] if paper.floats else "figure")
    if kind in _SUB:
        write_sub_caption(stretch, nodes, kind)
        return
    paper.captions += 1
    if starred:
        stretch.add(safe(stretch.inline.line(nodes)))
        return
    number = paper.step(kind, kind)
    name = paper.names.get(_NAMES.get(kind, ""), kind.capitalize())
    words = stretch.inline.line(nodes)
    stretch.add(safe(f"{name} {number}: {words}" if words else f"{name} {number}"))


def write_sub_caption(stretch: Stretch, nodes: Sequence[Node], kind: str) -> None:
    """Write a part's caption with its letter; the float's own caption may still be to come."""
    paper = stretch.paper
    above = kind.removeprefix("sub")
    letter = paper.counters.step(kind)
    if not paper.captions:  # the number that the caption below will have
        paper.counters.set(above, paper.counters.value(above) + 1)
    paper.current = Label(f"{paper.counters.written(above)}{letter}", kind)
    if not paper.captions:
        paper.counters.set(above, paper.counters.value(above) - 1)
    if words := stretch.inline.line(nodes):
        stretch.add(safe(f"({letter}) {words}"))


def write_subfloat(stretch: Stretch, command: str, cursor: Cursor) -> None:
    r"""Write `\subfloat[caption]{content}` and its kin."""
    kind = "subtable" if "table" in command or stretch.paper.floats[-1:] == ["table"] else "subfigure"
    caption = cursor.argument() if command == "subcaptionbox" else cursor.optional()
    cursor.optional()
    stretch.flush()
    if caption is not None:
        write_sub_caption(stretch, caption, kind)
    stretch.walk(cursor.argument())


def write_tabular(stretch: Stretch, nodes: Sequence[Node]) -> None:
    """Write a tabular; one of a single column is paragraphs."""
    stretch.flush()
    stretch.paper.held += 1
    stretch.paper.boxed += 1
    rows, heads = tabular.rows_of(nodes, stretch.inline.line)
    stretch.paper.boxed -= 1
    stretch.paper.held -= 1
    if max((len(row) for row in rows), default=0) == 1:
        stretch.add(*(safe(row[0].text) for row in rows))
    else:
        stretch.add(table(rows, heads))


def write_pseudocode(stretch: Stretch, nodes: Sequence[Node], *, braces: bool) -> None:
    """Write an algorithm's statements as code; algorithm2e puts blocks into `braces`."""
    stretch.flush()
    stretch.add(code_block(algorithms.lines_of(nodes, stretch.inline.line, braces=braces)))


def write_listing(stretch: Stretch, node: Verbatim) -> None:
    """Write a verbatim environment as code, after its caption."""
    stretch.flush()
    paper, options = stretch.paper, _options(node.options)
    around = paper.current
    if caption := options.get("caption") or options.get("title"):
        number = paper.step("listing", "listing")
        stretch.add(safe(visible(f"{paper.names['lstlistingname']} {number}: {caption}")))
    if label := options.get("label"):
        paper.set_label(label)
    if not paper.floats:
        paper.current = around
    language = options.get("language", "").lower().rpartition("]")[2]
    stretch.add(code_block(node.text.removeprefix("\n"), language))


def _options(text: str) -> dict[str, str]:
    """Return the options of a listing ("language=Python, caption={A, b}")."""
    found: dict[str, str] = {}
    depth = start = 0
    for at, char in enumerate(f"{text},"):
        depth += (char in "{[") - (char in "}]")
        if char == "," and depth <= 0:
            name, _, value = text[start:at].partition("=")
            found[name.strip()] = value.strip().strip("{}")
            start = at + 1
    return found

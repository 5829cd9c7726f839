r"""Lists, theorems, quotations, formulas and headings in, blocks out, with the numbers and labels that they set."""

from collections.abc import Sequence

from index.readers.latex import lists
from index.readers.latex.cursor import Cursor
from index.readers.latex.formulas import joined, rows
from index.readers.latex.paper import RANKS, Label
from index.readers.latex.stretch import Stretch
from index.readers.latex.tree import Environment, Formula, Node
from index.readers.markdown import Heading, item, listing, quote, safe

_MAX_LIST_DEPTH = 6
_BULLETS = frozenset(("•", "-", "–", "—", "*", "∙", "✓", "$\\bullet$", "$\\circ$", "$\\cdot$", "$\\star$"))
_NO_PARAGRAPHS = ("- ", "1. ", "```", "|", "> ", "$$", "[^")


def write_section(stretch: Stretch, name: str, cursor: Cursor, *, starred: bool) -> None:
    """Write a heading with its number."""
    paper = stretch.paper
    cursor.optional()
    stretch.flush()
    nodes = cursor.argument()
    rank = RANKS[name]
    paper.ranks.add(rank)
    number = ""
    if not starred and rank <= paper.deepest_numbered and paper.in_matter:
        top = paper.in_appendix and name == paper.top_section
        number = paper.step(name, "appendix" if paper.in_appendix else name)
        number = f"{paper.names['appendixname']} {number}" if top else number
    title = stretch.inline.line(nodes)
    if not starred:
        shown = paper.counters.written(name) if number else paper.current.number
        paper.current = Label(shown, "appendix" if paper.in_appendix else name, title)
        for at, node in enumerate(nodes[:-1]):
            if node == "\\label":
                paper.labels[Cursor(nodes[at + 1 :]).word()] = paper.current
    if words := f"{number} {title}".strip():
        stretch.add(Heading(rank, words))


def write_abstract(stretch: Stretch, nodes: Sequence[Node]) -> None:
    r"""Write an abstract, or what a paper sets as one, under the name that `\abstractname` has there."""
    write_titled(stretch, name_of_abstract(stretch), nodes)


def name_of_abstract(stretch: Stretch) -> str:
    """Return what an abstract is called here; its usual name where the paper gives it none that has letters."""
    name = stretch.inline.line(stretch.paper.abstract_name)
    return name if any(char.isalpha() for char in name) else "Abstract"


def write_titled(stretch: Stretch, title: str, nodes: Sequence[Node]) -> None:
    """Write a section without number that an environment makes (an abstract)."""
    stretch.add(Heading(stretch.paper.top, title))
    stretch.walk(nodes)
    stretch.flush()


def begin_appendix(stretch: Stretch) -> None:
    """Number what follows with letters."""
    stretch.flush()
    if not stretch.paper.in_appendix:
        stretch.paper.in_appendix = True
        stretch.paper.counters.appendix(stretch.paper.top_section)


def write_quotation(stretch: Stretch, nodes: Sequence[Node]) -> None:
    """Write a quotation."""
    stretch.flush()
    parts = stretch.held(nodes)
    stretch.add(quote(parts) if parts else "")


def write_list(stretch: Stretch, node: Environment) -> None:
    """Write a list; one within a line, or deeper than lists go, as running text."""
    paper = stretch.paper
    if node.name in lists.INLINE or paper.list_depth >= _MAX_LIST_DEPTH:
        for one in lists.items_of(node.name, node.nodes, 0):
            stretch.say(f" {stretch.inline.line(one.label) if one.label is not None else one.number} ")
            stretch.walk(one.nodes)
        return
    stretch.flush()
    numbered = node.name in lists.NUMBERED
    around = paper.current
    found = lists.items_of(node.name, node.nodes, paper.numbered_depth)
    paper.list_depth += 1
    paper.numbered_depth += numbered
    items = [_item(stretch, node.name, one) for one in found]
    paper.numbered_depth -= numbered
    paper.list_depth -= 1
    paper.current = around
    stretch.add(listing([one for one in items if one]))


def _item(stretch: Stretch, name: str, one: lists.Item) -> str:
    label = stretch.inline.line(one.label) if one.label is not None else one.number
    stretch.paper.current = Label(label.strip("()[]. "), "item")
    mark, lead = "- ", f"{label} " if label else ""
    if one.number.rstrip(".)").isdecimal():
        mark, lead = f"{one.number.rstrip('.)')}. ", ""
    elif name in lists.DESCRIBED and label:
        lead = f"{label.rstrip(':')}{'' if label.endswith(('.', '?', '!')) else ':'} "
    elif label in _BULLETS:
        lead = ""
    return item(mark, lead, stretch.held(one.nodes))


def write_theorem(stretch: Stretch, node: Environment) -> None:
    """Write a theorem or proof; its first paragraph begins with its name and number."""
    paper, name = stretch.paper, node.name
    around = paper.current
    cursor = Cursor(node.nodes)
    given = cursor.optional()
    if name.startswith("restatable"):
        name = cursor.word()
        cursor.argument()
    kind = paper.theorems.get(name) or paper.theorems.get(name.rstrip("*"))
    stretch.flush()
    head = paper.names["proofname"] if kind is None else kind.name
    if kind and kind.counter and not name.endswith("*"):
        head = f"{head} {paper.step(kind.counter, kind.name.lower())}"
    if words := stretch.inline.line(given) if given else "":
        head = words if kind is None else f"{head} ({words})"
    blocks = stretch.inner(cursor.rest())
    if blocks and isinstance(blocks[0], str) and not blocks[0].startswith(_NO_PARAGRAPHS):
        blocks[0] = safe(f"{head.rstrip('.')}. {blocks[0].removeprefix(chr(92))}")
    else:
        blocks.insert(0, safe(f"{head.rstrip('.')}."))
    stretch.add(*blocks)
    paper.current = around


def write_formula(stretch: Stretch, node: Formula) -> None:
    """Write a displayed formula and the numbers of its rows."""
    paper = stretch.paper
    around = paper.current
    parts = rows(node)
    numbers: list[str] = []
    for part in parts:
        if part.tag is not None:
            paper.current = Label(part.tag or paper.next_equation(), "equation")
            numbers.append(f"({paper.current.number})")
        for key in part.labels:
            paper.set_label(key)
    paper.current = around
    tex = joined(node, parts) if parts else ""
    stretch.add(f"$${tex}$$ {', '.join(numbers)}".rstrip() if tex else "")


def write_subequations(stretch: Stretch, nodes: Sequence[Node]) -> None:
    """Write formulas that share a number and have letters."""
    paper = stretch.paper
    around = paper.current
    number = paper.step("equation", "equation")
    paper.subequation = (number, 0)
    stretch.walk(nodes)
    paper.subequation = None
    paper.current = around

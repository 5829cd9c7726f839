r"""The nodes of a list in, its items out, each with the label that LaTeX would print. Writes no item's text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.latex.counters import numeral
from index.readers.latex.cursor import Cursor
from index.readers.latex.tree import Node, source

NUMBERED = frozenset("enumerate compactenum enumerate* inparaenum asparaenum steps".split())
BULLETED = frozenset("itemize compactitem itemize* inparaitem asparaitem tablenotes list trivlist".split())
DESCRIBED = frozenset("description compactdesc description* inparadesc".split())
INLINE = frozenset("enumerate* itemize* description* inparaenum inparaitem inparadesc".split())

_DEFAULT = ("\\arabic*.", "(\\alph*)", "\\roman*.", "\\Alph*.")
_STYLE = re.compile(r"\\(arabic|roman|Roman|alph|Alph)\*?")
_SHORT = re.compile(r"(?<![a-zA-Z\\])([1aAiI])(?![a-zA-Z])")
_SHORT_STYLES = {"1": "arabic", "a": "alph", "A": "Alph", "i": "roman", "I": "Roman"}


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its own label as nodes (None where it has none), the number that counts it, and its nodes."""

    label: list[Node] | None
    number: str
    nodes: list[Node]


def items_of(name: str, nodes: Sequence[Node], depth: int) -> list[Item]:
    """Return the items of a list that stands `depth` numbered lists deep, from 0; `number` is "" unless it counts."""
    cursor = Cursor(nodes)
    options = source(cursor.optional() or []) if name not in ("tablenotes", "list") else ""
    if name == "list":
        cursor.skip("dd")
    pattern = _pattern(options, depth)
    found = re.search(r"start\s*=\s*(\d+)", options)
    count = int(found[1]) - 1 if found else 0
    items: list[Item] = []
    label: list[Node] | None = None
    held: list[Node] | None = None
    number = ""
    while True:
        node = cursor.next()
        if node == "\\item" or node is None:
            if held is not None:
                items.append(Item(label, number, held))
            if node is None:
                return items
            label, held = cursor.optional(), []
            count += label is None
            number = _numbered(pattern, count) if name in NUMBERED and label is None else ""
        elif held is not None:
            held.append(node)


def _pattern(options: str, depth: int) -> str:
    r"""Return how a list writes its numbers, with LaTeX's `\arabic*`."""
    label = re.search(r"label\s*=\s*(\{(?:[^{}]|\{[^{}]*\})*\}|[^,]*)", options)
    if label:
        return re.sub(r"\\(?:text\w+|bf\w*|it\w*|emph|upshape)\b|[{}]", "", label[1]).strip()
    short = _SHORT.search(options) if options and "=" not in options else None
    if short:
        return f"{options[: short.start()]}\\{_SHORT_STYLES[short[1]]}*{options[short.end() :]}".replace(
            "{", ""
        ).replace("}", "")
    return _DEFAULT[min(depth, len(_DEFAULT) - 1)]


def _numbered(pattern: str, count: int) -> str:
    return _STYLE.sub(lambda found: numeral(count, f"\\{found[1]}"), pattern).replace("~", " ").strip()

"""Nodes in, one after another out, with the arguments of a command taken together. Gives no node a meaning."""

import re
from collections.abc import Sequence

from index.readers.latex.lexer import PARAGRAPH
from index.readers.latex.tree import Group, Node, source

_GLUE = re.compile(r"=?[-+]?\d*\.?\d+(?:true)?(?:pt|em|ex|cm|mm|in|bp|pc|sp|dd|mu|fil+)?|=|plus|minus")
_MAX_OPTION_NODES = 400
_LENGTH = re.compile(r"\s*\*?\s*[-+]?\s*(?:[\d.]+|\\[a-zA-Z]+)?\s*(?:pt|em|ex|cm|mm|in|bp|pc|\\[a-zA-Z]+)?\s*")


class Cursor:
    """A place in a list of nodes."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = list(nodes)
        self._at = 0

    def next(self) -> Node | None:
        """Return the next node, None at the end."""
        if self._at >= len(self._nodes):
            return None
        self._at += 1
        return self._nodes[self._at - 1]

    def peek(self, *, skip_space: bool = False) -> Node | None:
        """Return the next node and stay before it."""
        at = self._at
        while skip_space and at < len(self._nodes) and self._nodes[at] == " ":
            at += 1
        return self._nodes[at] if at < len(self._nodes) else None

    def rest(self) -> list[Node]:
        """Return all nodes still to come and go to the end."""
        nodes, self._at = self._nodes[self._at :], len(self._nodes)
        return nodes

    def pass_until(self, stops: frozenset[str]) -> None:
        """Go to the next command of `stops`, or to the end."""
        while self._at < len(self._nodes):
            node = self._nodes[self._at]
            if isinstance(node, str) and node in stops:
                return
            self._at += 1

    def argument(self) -> list[Node]:
        """Return the next argument: the nodes of a group, or one node; a run of text gives its first character."""
        while self.peek() == " ":
            self._at += 1
        node = self.peek()
        if node is None or node == PARAGRAPH:
            return []
        if isinstance(node, str) and len(node) > 1 and node[0] != "\\":
            self._nodes[self._at] = node[1:]
            return [node[0]]
        self._at += 1
        return node.nodes if isinstance(node, Group) else [node]

    def optional(self) -> list[Node] | None:
        """Return what brackets hold, None where no closed pair follows."""
        at = self._at
        while at < len(self._nodes) and self._nodes[at] == " ":
            at += 1
        if at >= len(self._nodes) or self._nodes[at] != "[":
            return None
        depth = 0
        for end in range(at, min(len(self._nodes), at + _MAX_OPTION_NODES)):
            depth += (self._nodes[end] == "[") - (self._nodes[end] == "]")
            if depth == 0:
                self._at = end + 1
                return self._nodes[at + 1 : end]
            if self._nodes[end] == PARAGRAPH:
                break
        return None

    def options_of_unknown(self) -> None:
        """Pass over brackets that stand at once between an unknown command and its argument."""
        at = self._at
        if self.peek() == "[" and self.optional() is not None and not isinstance(self.peek(), Group):
            self._at = at

    def length(self) -> None:
        r"""Pass over the star or the length that may follow `\\`."""
        if self.peek() == "*":
            self._at += 1
        at = self._at
        found = self.optional()
        if found is not None and not _LENGTH.fullmatch(source(found)):
            self._at = at

    def glue(self) -> None:
        r"""Pass over the length that may follow a command of TeX's own (`\vskip 2pt plus 1fil`, `\parindent=0pt`)."""
        expected: tuple[str, ...] = ("=", "")
        while isinstance(node := self.peek(skip_space=True), str):
            if not (_GLUE.fullmatch(node) and ("" in expected or node in expected)):
                return
            while self.next() == " ":
                pass
            expected = ("plus", "minus") if node[-1:].isalpha() and node not in ("plus", "minus") else ("",)

    def bracketed(self) -> list[Node]:
        """Return what the brackets that come next hold, however far they reach."""
        while self.next() != "[":
            pass
        start, depth = self._at, 1
        while self._at < len(self._nodes) and depth:
            node = self._nodes[self._at]
            depth += (node == "[") - (node == "]")
            self._at += 1
        return self._nodes[start : self._at - (depth == 0)]

    def word(self) -> str:
        """Return the next argument as source."""
        return source(self.argument()).strip()

    def skip(self, spec: str) -> list[Node]:
        """Pass over arguments: "o" optional, "d" dropped; return the nodes of those that are kept ("k")."""
        kept: list[Node] = []
        for kind in spec:
            if kind == "o":
                self.optional()
            elif kind == "d":
                self.argument()
            else:
                kept += [*([" "] if kept else []), *self.argument()]
        return kept

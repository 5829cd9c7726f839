"""A stretch of a paper while it is written: its paragraph, its blocks, and what waits for the paragraph's end.

Knows no command; `Flow` walks the nodes, `floats` and `structures` add what they make.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from index.readers.latex.inline import BREAK, Inline
from index.readers.latex.lexer import PARAGRAPH, Verbatim
from index.readers.latex.paper import RANKS, Paper
from index.readers.latex.tree import Environment, Formula, Group, Node
from index.readers.markdown import Block, safe, visible

_BLOCK_COMMANDS = frozenset(RANKS) | frozenset(
    "par caption captionof bibliography printbibliography appendix item missingfile".split()
)


class Stretch(ABC):
    """Blocks in the making. A footnote and a float follow the paragraph that they interrupt."""

    def __init__(self, paper: Paper, inline: Inline) -> None:
        self.paper = paper
        self.inline = inline
        self._out: list[Block] = []
        self._run: list[str] = []
        self._after: list[Block] = []  # floats that wait for the paragraph's end

    @abstractmethod
    def walk(self, nodes: Sequence[Node]) -> None:
        """Write nodes as part of this stretch."""

    @abstractmethod
    def inner(self, nodes: Sequence[Node]) -> list[Block]:
        """Return the blocks of nodes as a stretch of their own."""

    @property
    def out(self) -> list[Block]:
        """What has been written so far, without the paragraph that is open."""
        return self._out

    def say(self, text: str) -> None:
        """Add to the paragraph."""
        self._run.append(text)

    def flush(self) -> None:
        """End the paragraph; what waited for its end follows. To be called before the text of another block is made."""
        text = visible("".join(self._run).replace(BREAK, " "))
        self._run = []
        if text:
            self._out.append(safe(text))
            self._add_notes()
        self._out += self._after
        self._after = []

    def add(self, *blocks: Block) -> None:
        """Add blocks that end the paragraph before them."""
        self.flush()
        self._out += [block for block in blocks if block]
        self._add_notes()

    def add_after(self, blocks: Sequence[Block]) -> None:
        """Add blocks after the paragraph that is open, if one is."""
        if "".join(self._run).strip():
            self._after += blocks
        else:
            self._out += blocks

    def held(self, nodes: Sequence[Node]) -> list[str]:
        """Return blocks of an item or a quotation: without headings, their notes kept for later."""
        self.paper.held += 1
        blocks = self.inner(nodes)
        self.paper.held -= 1
        return [block if isinstance(block, str) else safe(block.text) for block in blocks]

    def _add_notes(self) -> None:
        if not self.paper.held:
            notes, self.paper.notes = self.paper.notes, []
            self._out += [f"[^{mark}]: {text}" if mark else safe(text) for mark, text in notes if text]


def has_blocks(nodes: Sequence[Node]) -> bool:
    """Whether nodes hold what does not stand within a line."""
    for node in nodes:
        if isinstance(node, Environment) or (isinstance(node, Formula) and node.display):
            return True
        if isinstance(node, Verbatim) and node.environment:
            return True
        if isinstance(node, Group) and has_blocks(node.nodes):
            return True
        if isinstance(node, str) and (node == PARAGRAPH or node[0] == "\\" and node[1:].rstrip("*") in _BLOCK_COMMANDS):
            return True
    return False

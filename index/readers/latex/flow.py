r"""Nodes of a paper's body in, blocks of Markdown out. Decides what each command and environment is, and walks on.

What the title page says is left with `Front`, what is declared with the paper; an environment that is not known is
written as what it holds.
"""

from collections.abc import Sequence

from index.readers.latex import algorithms, floats, lists, specs, structures, tabular
from index.readers.latex.bibliography import Bibliography
from index.readers.latex.cursor import Cursor
from index.readers.latex.declare import declares
from index.readers.latex.front import Front
from index.readers.latex.inline import BREAK, ON_COLOUR, Inline
from index.readers.latex.lexer import PARAGRAPH, Verbatim
from index.readers.latex.paper import RANKS, Paper
from index.readers.latex.stretch import Stretch, has_blocks
from index.readers.latex.tree import Environment, Formula, Group, Node
from index.readers.markdown import Block, safe, visible

_LISTS = lists.NUMBERED | lists.BULLETED | lists.DESCRIBED
_QUOTES = frozenset("quote quotation verse displayquote displaycquote".split())
_TITLED = {
    "acknowledgments": "Acknowledgments",
    "acknowledgements": "Acknowledgements",
    "acknowledgment": "Acknowledgment",
    "acknowledgement": "Acknowledgement",
    "acks": "Acknowledgments",
    "ack": "Acknowledgments",
}
_KEYWORDS = frozenset("keywords keyword IEEEkeywords".split())
_BREAKING = frozenset("center minipage flushleft flushright tcolorbox mdframed".split())
_ON_COLOUR = frozenset(("tcolorbox", "mdframed"))
_BEFORE_BODY = frozenset("abstract keywords bibliographystyle addbibresource".split())
_ENDING = frozenset(
    "item maketitle clearpage newpage cleardoublepage tableofcontents bigskip medskip smallskip".split()
)


class Flow(Stretch):
    """Writes one stretch of a paper. Items, floats and theorems are stretches of their own."""

    def __init__(self, paper: Paper, inline: Inline, bibliography: Bibliography, front: Front) -> None:
        super().__init__(paper, inline)
        self._bibliography = bibliography
        self._front = front

    def blocks(self, nodes: Sequence[Node]) -> list[Block]:
        """Return the blocks of nodes."""
        self.walk(nodes)
        self.flush()
        return self.out

    def inner(self, nodes: Sequence[Node]) -> list[Block]:
        """Return the blocks of nodes as a stretch of their own."""
        waiting, self.paper.notes = self.paper.notes, []
        blocks = Flow(self.paper, self.inline, self._bibliography, self._front).blocks(nodes)
        self.paper.notes = waiting + self.paper.notes
        return blocks

    def walk(self, nodes: Sequence[Node]) -> None:
        """Write nodes as part of this stretch."""
        cursor = Cursor(nodes)
        while (node := cursor.next()) is not None:
            if isinstance(node, Environment):
                self._environment(node)
            elif isinstance(node, Group) and has_blocks(node.nodes):
                around = self.paper.abstract_name
                self.walk(node.nodes)
                self.paper.abstract_name = around
            elif isinstance(node, Formula) and node.display:
                structures.write_formula(self, node)
            elif isinstance(node, Verbatim) and node.environment:
                floats.write_listing(self, node)
            elif node in (PARAGRAPH, "\\par"):
                self.flush()
            elif not (isinstance(node, str) and node[0] == "\\" and self._command(node[1:], cursor)):
                self.say(self.inline.piece(node, cursor))

    def _command(self, name: str, cursor: Cursor) -> bool:
        bare = name.rstrip("*")
        if not self.paper.in_body and bare not in _BEFORE_BODY:
            return declares(name, cursor, self.paper) or self._front.takes(bare, cursor)
        if bare in RANKS:
            structures.write_section(self, bare, cursor, starred=name != bare)
        elif bare in _ENDING:
            self.flush()
        elif bare in ("bibliography", "printbibliography", "bibliographystyle", "addbibresource"):
            self._references(bare, cursor)
        elif bare in ("appendix", "appendices"):
            structures.begin_appendix(self)
        elif bare in ("frontmatter", "mainmatter", "backmatter"):
            self.paper.in_matter = bare == "mainmatter"
        elif bare in ("abstract", "keywords") and cursor.peek(skip_space=True) is not None:
            self._front_text(bare, cursor.argument())
        else:
            taken = self._of_floats(name, bare, cursor) or declares(name, cursor, self.paper)
            return taken or self._front.takes(bare, cursor) or self._box(bare, cursor)
        return True

    def _box(self, name: str, cursor: Cursor) -> bool:
        """Write what a box or a colour holds, which may be tables and paragraphs."""
        nodes = self.inline.kept(name, cursor)
        if nodes is None:
            return False
        self.paper.boxed += name in ON_COLOUR
        self.walk(nodes)
        self.paper.boxed -= name in ON_COLOUR
        return True

    def _of_floats(self, name: str, bare: str, cursor: Cursor) -> bool:
        if bare in ("caption", "captionof"):
            kind = cursor.word() if bare == "captionof" else ""
            cursor.optional()
            self.flush()
            floats.write_caption(self, cursor.argument(), starred=name != bare, kind=kind)
        elif bare in ("subfloat", "subfigure", "subtable", "subcaptionbox"):
            floats.write_subfloat(self, bare, cursor)
        elif bare == "missingfile":
            self.add(safe(f"[missing file: {cursor.word()}]"))
        elif bare == "twocolumn" and cursor.peek(skip_space=True) == "[":
            self.walk(cursor.bracketed())
        else:
            return False
        return True

    def _front_text(self, name: str, nodes: list[Node]) -> None:
        if self.paper.in_body and name == "abstract":
            structures.write_abstract(self, nodes)
        elif self.paper.in_body:
            self.add(self.keywords(nodes))
        elif name == "abstract":
            self._front.abstract, self._front.abstract_name = nodes, structures.name_of_abstract(self)
        else:
            self._front.keywords = nodes

    def keywords(self, nodes: Sequence[Node]) -> str:
        """Return the paragraph of a paper's keywords."""
        self.flush()
        parted: list[Node] = [BREAK if node in ("\\sep", "\\and", "\\\\") else node for node in nodes]
        words = ", ".join(part for piece in self.inline.text(parted).split(BREAK) if (part := visible(piece)))
        return safe(f"Keywords: {words}") if words else ""

    def _references(self, name: str, cursor: Cursor) -> None:
        cursor.optional()
        if name == "printbibliography":
            self.add(*self._bibliography.section(self.paper.top))
            return
        word = cursor.word()
        if name == "bibliographystyle":
            self._bibliography.set_style(word)
            return
        self.paper.bib_files.update(dict.fromkeys(part.strip() for part in word.split(",")))
        if name == "bibliography":
            self.add(*self._bibliography.section(self.paper.top))

    def _environment(self, node: Environment) -> None:
        name, bare = node.name, node.name.rstrip("*")
        cursor = Cursor(node.nodes)
        spec = specs.ENVIRONMENTS.get(name, "" if name in ("document", "center") else "o")
        if name in specs.DROPPED:
            return
        if name in ("longtable", "xltabular"):
            cursor.skip(spec)
            floats.write_float(self, Environment(name, cursor.rest()), "table")
        elif name in tabular.ENVIRONMENTS:
            cursor.skip(spec)
            floats.write_tabular(self, cursor.rest())
        elif bare in floats.KINDS:
            floats.write_float(self, node, floats.KINDS[bare])
        elif name in _LISTS:
            structures.write_list(self, node)
        elif name in algorithms.ENVIRONMENTS:
            cursor.skip("o")
            floats.write_pseudocode(self, cursor.rest(), braces=name == algorithms.BRACED)
        elif bare in self.paper.theorems or bare in ("proof", "restatable"):
            structures.write_theorem(self, node)
        elif not self._front.takes_environment(node):
            cursor.skip(spec)
            self._other(name, cursor.rest())

    def _other(self, name: str, nodes: list[Node]) -> None:
        around = self.paper.current
        if name in _QUOTES:
            structures.write_quotation(self, nodes)
        elif name == "abstract":
            structures.write_abstract(self, nodes)
        elif name in _TITLED:
            structures.write_titled(self, _TITLED[name], nodes)
        elif name == "thebibliography":
            self.add(*self._bibliography.listed(nodes, self.inline, self.paper.top))
        elif name in _KEYWORDS:
            self.add(self.keywords(nodes))
        elif name in ("appendices", "subappendices", "appendix"):
            structures.begin_appendix(self)
            self.walk(nodes)
        elif name == "subequations":
            structures.write_subequations(self, nodes)
        else:
            self._transparent(name, nodes)
        if name not in ("document", "appendices", "subappendices", "appendix"):
            self.paper.current = around

    def _transparent(self, name: str, nodes: list[Node]) -> None:
        self.paper.boxed += name in _ON_COLOUR
        if name in _BREAKING:
            self.flush()
        self.walk(nodes)
        if name in _BREAKING:
            self.flush()
        self.paper.boxed -= name in _ON_COLOUR

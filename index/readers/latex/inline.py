r"""Nodes of running text in, one line of Markdown out: words, formulas, citations, references. Makes no paragraphs.

Footnotes met on the way are left with the paper. Fonts and colours go; typewriter becomes code. Text in white, or too
small to be seen, is dropped: it is meant for machines, not for readers.
"""

import re
from collections.abc import Callable, Sequence

from index.readers.latex import acronyms, cite, specs
from index.readers.latex.cite import Reference
from index.readers.latex.cursor import Cursor
from index.readers.latex.formulas import inline_tex
from index.readers.latex.lexer import PARAGRAPH, Verbatim
from index.readers.latex.macros import commands
from index.readers.latex.paper import Paper
from index.readers.latex.references import refer
from index.readers.latex.symbols import accent, is_accent, symbol, typeset
from index.readers.latex.tree import Environment, Formula, Group, Node, source
from index.readers.markdown import code_span, link, visible

BREAK = "\x1e"  # a line's end (`\\`): a space, or on a title page the end of a line

_WHITE = re.compile(r"white|(?:html)?f{6}|(?:rgb)?1(?:\.0*)?,1(?:\.0*)?,1(?:\.0*)?|gray1(?:\.0*)?", re.IGNORECASE)
_CLOSING = re.compile(r"[\s.,;:!?)\]}'’”/\-–—]")
_ESCAPED = re.compile(r"\\([%#&_~{}])")
_POWER = re.compile(r"[-−+]?\d{1,4}")
_READABLE_POINTS = 2.0
# Where a colour or a size that hides text ends at the latest, if its group does not end before.
_SEEN_AGAIN = commands(
    "color normalcolor fontsize normalsize small footnotesize large part chapter section subsection chapter* section* "
    "subsection*"
)
_REFERRING = frozenset("ref eqref autoref cref Cref vref Vref fref pageref nameref subref labelcref".split())
_LINE_ENDS = frozenset(("\\\\", "\\\\*", "\\newline", "\\tabularnewline", "\\cr"))
_ADDRESSES = frozenset(("url", "nolinkurl", "path", "doi"))
_LENGTHS = frozenset(
    "vskip hskip kern mskip parindent parskip itemsep topsep baselineskip tabcolsep textwidth columnsep leftskip "
    "rightskip hsize vsize abovecaptionskip belowcaptionskip looseness penalty hangindent hangafter".split()
)
_TYPEWRITER = frozenset(("texttt", "lstinline", "code", "mintinline", "Verb"))
ON_COLOUR = frozenset(("colorbox", "fcolorbox"))  # commands behind whose text there is a ground


class Inline:
    """Writes running text of one paper."""

    def __init__(self, paper: Paper, references: dict[str, Reference], *, by_author: bool) -> None:
        self._paper = paper
        self._references = references
        self._by_author = by_author
        # natbib's \cite is textual; the styles of AAAI and IJCAI make it parenthetical
        self._cites_in_text = "natbib" in paper.packages and not re.search(r"aaai|ijcai", " ".join(paper.packages))
        self._acronyms = acronyms.Acronyms()
        self._in_code = 0
        self._commands: dict[str, Callable[[Cursor], str]] = {
            "footnote": self._footnote,
            "footnotemark": self._footnote_mark,
            "footnotetext": self._footnote_text,
            "thanks": self._thanks,
            "label": self._label,
            "href": self._href,
            "color": self._color,
            "fontsize": self._fontsize,
            "xspace": self._xspace,
            "ensuremath": lambda cursor: f"${source(cursor.argument()).strip('$ ')}$",
            "enquote": lambda cursor: f"“{self.text(cursor.argument())}”",
            "textsuperscript": self._superscript,
            "and": lambda _: ", ",
            "nocite": self._nocite,
            "email": lambda cursor: self.text(cursor.argument()),
            "cmidrule": self._cmidrule,
            "pagecolor": self._page_colour,
        }

    def line(self, nodes: Sequence[Node]) -> str:
        """Return nodes as one line of text."""
        return visible(self.text(nodes).replace(BREAK, " "))

    def text(self, nodes: Sequence[Node]) -> str:
        r"""Return nodes as text, white space as it stands, BREAK for each `\\`."""
        cursor = Cursor(nodes)
        parts: list[str] = []
        while (node := cursor.next()) is not None:
            parts.append(self.piece(node, cursor))
        return "".join(parts)

    def piece(self, node: Node, cursor: Cursor) -> str:
        """Return one node, or a command with the arguments that follow it, as text."""
        if isinstance(node, Group):
            return self.text(node.nodes)
        if isinstance(node, Formula):
            tex = inline_tex(node)
            return f"${tex}$" if tex else ""
        if isinstance(node, Verbatim):
            return code_span(" ".join(node.text.split()))
        if isinstance(node, Environment):
            return self._environment(node)
        if node[0] == "\\":
            return self._command(node, cursor)
        if node == PARAGRAPH or node in ("~", "&"):
            return " "
        if node[0] == "#" and len(node) > 1:
            return ""
        return node if self._in_code else typeset(node)

    def _command(self, token: str, cursor: Cursor) -> str:
        if is_accent(token):
            return self._accented(token, cursor)
        if token in _LINE_ENDS:
            cursor.length()
            return BREAK
        name = token[1:]
        for known in (name, name.rstrip("*")):
            if known in self._commands:
                return self._commands[known](cursor)
            if known in cite.COMMANDS:
                return self._cite(known, cursor)
            if known in specs.COMMANDS or known == "textcolor":
                return self._by_spec(known, cursor)
        return self._of_packages(token, name.rstrip("*"), cursor)

    def _of_packages(self, token: str, name: str, cursor: Cursor) -> str:
        if name in _REFERRING:
            return refer(name, cursor.word(), self._paper)
        if name in _ADDRESSES:
            address = _ESCAPED.sub(r"\1", cursor.word())
            return f"doi:{address}" if name == "doi" and not address.startswith("http") else address
        if name in _LENGTHS:
            cursor.glue()
            return " "
        if name in _TYPEWRITER:
            return self._code(cursor)
        if name in acronyms.DEFINING:
            self._acronyms.define(name, cursor)
            return ""
        if name in acronyms.USING:
            cursor.optional()
            return self._acronyms.use(name, cursor.word())
        return self._unknown(token, cursor)

    def kept(self, name: str, cursor: Cursor) -> list[Node] | None:
        """Return what a command keeps of its arguments; None for a command that is more than a box or a colour."""
        if name == "textcolor":
            model, colour = cursor.optional(), cursor.word()
            nodes = cursor.argument()
            return [] if self._hides(model, colour) else nodes
        return cursor.skip(specs.COMMANDS[name]) if name in specs.COMMANDS else None

    def _by_spec(self, name: str, cursor: Cursor) -> str:
        self._paper.boxed += name in ON_COLOUR
        text = self.text(self.kept(name, cursor) or [])
        self._paper.boxed -= name in ON_COLOUR
        return text

    def _unknown(self, token: str, cursor: Cursor) -> str:
        found = symbol(token.rstrip("*"))
        if found is None:
            cursor.options_of_unknown()
        return found or ""

    def _accented(self, token: str, cursor: Cursor) -> str:
        letters = self.text(cursor.argument()).lstrip()
        return accent(token, letters) or ""

    def _environment(self, node: Environment) -> str:
        if node.name in specs.DROPPED:
            return ""
        cursor = Cursor(node.nodes)
        cursor.skip(specs.ENVIRONMENTS.get(node.name, "o"))
        return f" {self.text(cursor.rest())} "

    # Notes

    def _footnote(self, cursor: Cursor) -> str:
        around = self._paper.current
        given = cursor.optional()
        mark = self.line(given) if given else self._paper.step("footnote", "footnote")
        at = len(self._paper.notes)
        self._paper.notes.insert(at, (mark, self.line(cursor.argument())))
        self._paper.current = around
        return f"[^{mark}]"

    def _footnote_mark(self, cursor: Cursor) -> str:
        given = cursor.optional()
        mark = self.line(given) if given else self._paper.counters.step("footnote")
        return f"[^{mark}]"

    def _footnote_text(self, cursor: Cursor) -> str:
        given = cursor.optional()
        mark = self.line(given) if given else self._paper.counters.written("footnote")
        self._paper.notes.append((mark, self.line(cursor.argument())))
        return ""

    def _thanks(self, cursor: Cursor) -> str:
        self._paper.notes.append(("", self.line(cursor.argument())))
        return ""

    # References

    def _label(self, cursor: Cursor) -> str:
        self._paper.set_label(cursor.word())
        return ""

    def _cite(self, command: str, cursor: Cursor) -> str:
        first, second = cursor.optional(), cursor.optional()
        before, after = ([], first) if second is None else (first, second)
        keys = [key.strip() for key in cursor.word().split(",") if key.strip()]
        self._paper.cited.update(dict.fromkeys(keys))
        notes = (self.line(before or []), self.line(after or []))
        command = "citet" if command.rstrip("*") == "cite" and self._cites_in_text else command
        return cite.cite(command, keys, notes, self._references, by_author=self._by_author)

    def _nocite(self, cursor: Cursor) -> str:
        self._paper.cited.update(dict.fromkeys(key.strip() for key in cursor.word().split(",")))
        return ""

    def _href(self, cursor: Cursor) -> str:
        cursor.optional()
        address = _ESCAPED.sub(r"\1", cursor.word())
        return link(self.text(cursor.argument()), address)

    # Looks

    def _code(self, cursor: Cursor) -> str:
        cursor.optional()
        self._in_code += 1
        text = visible(self.text(cursor.argument()).replace(BREAK, " "))
        self._in_code -= 1
        return text if self._in_code else code_span(text)

    def _color(self, cursor: Cursor) -> str:
        model, colour = cursor.optional(), cursor.word()
        if self._hides(model, colour):
            cursor.pass_until(_SEEN_AGAIN)
        return ""

    def _hides(self, model: Sequence[Node] | None, colour: str) -> bool:
        named = re.sub(r"[{}\s]", "", f"{source(model or [])}{colour}")
        return not self._paper.boxed and _WHITE.fullmatch(named) is not None

    def _page_colour(self, cursor: Cursor) -> str:
        model, colour = cursor.optional(), cursor.word()
        self._paper.boxed += not self._hides(model, colour)  # white on a dark page is seen
        return ""

    def _fontsize(self, cursor: Cursor) -> str:
        size = re.match(r"[\d.]*\d", cursor.word())
        cursor.argument()
        if size and float(size[0]) <= _READABLE_POINTS:
            cursor.pass_until(_SEEN_AGAIN)
        return ""

    def _xspace(self, cursor: Cursor) -> str:
        following = cursor.peek()
        closes = isinstance(following, Group) or isinstance(following, str) and _CLOSING.match(following)
        return "" if following is None or closes else " "

    def _superscript(self, cursor: Cursor) -> str:
        words = self.text(cursor.argument())
        return f"^{words}" if _POWER.fullmatch(words.strip()) else words

    def _cmidrule(self, cursor: Cursor) -> str:
        following = cursor.peek()
        if isinstance(following, str) and following.startswith("("):
            cursor.next()
        cursor.argument()
        return ""

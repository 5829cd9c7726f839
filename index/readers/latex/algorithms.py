r"""An algorithm's nodes in, its lines of pseudocode out, indented. Knows algorithmic, algpseudocode and algorithm2e."""

from collections.abc import Callable, Sequence

from index.readers.latex.cursor import Cursor
from index.readers.latex.tree import Environment, Group, Node

BRACED = "algorithm2e body"  # what `floats` makes of a float that is written with algorithm2e
ENVIRONMENTS = frozenset(("algorithmic", "algpseudocode", "algorithmicx", "pseudocode", BRACED))

_Write = Callable[[Sequence[Node]], str]
_OPENING = {
    "if": "if {} then",
    "for": "for {} do",
    "forall": "for all {} do",
    "while": "while {} do",
    "loop": "loop",
    "repeat": "repeat",
    "function": "function {}({})",
    "procedure": "procedure {}({})",
}
_MIDDLE = {"elsif": "else if {} then", "elseif": "else if {} then", "else": "else"}
_CLOSING = {"until": "until {}"} | dict.fromkeys(
    ("endif", "endfor", "endwhile", "endloop", "endfunction", "endprocedure"), ""
)
_LINES = {
    "state": "",
    "statex": "",
    "return": "return ",
    "require": "Require: ",
    "ensure": "Ensure: ",
    "input": "Input: ",
    "output": "Output: ",
    "print": "print ",
}
# algorithm2e: what stands before the blocks in braces, and how many conditions and blocks there are
_BLOCKS = {
    "If": ("if {} then", 1, 1),
    "uIf": ("if {} then", 1, 1),
    "eIf": ("if {} then", 1, 2),
    "lIf": ("if {} then", 1, 1),
    "ElseIf": ("else if {} then", 1, 1),
    "uElseIf": ("else if {} then", 1, 1),
    "Else": ("else", 0, 1),
    "uElse": ("else", 0, 1),
    "lElse": ("else", 0, 1),
    "For": ("for {} do", 1, 1),
    "lFor": ("for {} do", 1, 1),
    "ForEach": ("foreach {} do", 1, 1),
    "ForAll": ("forall {} do", 1, 1),
    "While": ("while {} do", 1, 1),
    "Repeat": ("repeat until {}", 1, 1),
    "Fn": ("function {}", 1, 1),
    "Begin": ("begin", 0, 1),
}
_HEADS = {"KwIn": "Input: ", "KwOut": "Output: ", "KwData": "Data: ", "KwResult": "Result: ", "KwRet": "return "} | {
    "KwInput": "Input: ",
    "KwOutput": "Output: ",
    "Return": "return ",
    "Input": "Input: ",
    "Output": "Output: ",
}
_SILENT = frozenset(
    "SetAlgoLined SetAlgoVlined DontPrintSemicolon LinesNumbered SetNoFillComment SetKwInOut SetKwFunction SetKw "
    "SetKwProg SetKwInput SetKwData SetKwComment RestyleAlgo SetAlgoNoLine SetAlgoNlRelativeSize".split()
)


def is_algorithm2e(nodes: Sequence[Node]) -> bool:
    """Whether the nodes of a float are written with algorithm2e's commands."""
    names = {node[1:] for node in nodes if isinstance(node, str) and node[0] == "\\"}
    return bool(names & (_BLOCKS.keys() | _HEADS.keys()) or "\\;" in nodes) and not any(
        isinstance(node, Environment) and node.name in ENVIRONMENTS for node in nodes
    )


def lines_of(nodes: Sequence[Node], write: _Write, *, braces: bool) -> str:
    """Return pseudocode, one statement a line, two spaces a level. `write` turns nodes into text.

    `braces` is true for algorithm2e, whose blocks are arguments.
    """
    return "\n".join(_Pseudocode(write, braces).lines(nodes))


class _Pseudocode:
    def __init__(self, write: _Write, braces: bool) -> None:
        self._write = write
        self._braces = braces
        self._out: list[str] = []
        self._held: list[Node] = []
        self._lead = ""  # a word that the line being gathered begins with
        self._depth = 0

    def lines(self, nodes: Sequence[Node]) -> list[str]:
        self._walk(Cursor(nodes))
        return self._out

    def _put(self, text: str, back: int = 0) -> None:
        if text.strip():
            self._out.append("  " * max(self._depth - back, 0) + text.strip())

    def _end_line(self, lead: str = "") -> None:
        """End the line that is gathered; the next begins with `lead`."""
        text = self._write(self._held)
        if text:
            self._put(f"{self._lead}{text}")
        self._held, self._lead = [], lead

    def _walk(self, cursor: Cursor) -> None:
        while (node := cursor.next()) is not None:
            name = node[1:].rstrip("*") if isinstance(node, str) and node[0] == "\\" else ""
            if node in ("\\;", "\\\\", "\n\n"):
                self._end_line()
            elif not (name and (self._braced(name, cursor) or self._worded(name, cursor) or self._aside(name, cursor))):
                self._held.append(node)
        self._end_line()

    def _braced(self, name: str, cursor: Cursor) -> bool:
        """Write a block of algorithm2e."""
        if not self._braces or not isinstance(cursor.peek(skip_space=True), Group):
            return False
        if name in _HEADS:
            self._end_line()
            self._put(f"{_HEADS[name]}{self._write(cursor.argument())}")
            return True
        if name not in _BLOCKS:
            return False
        line, conditions, blocks = _BLOCKS[name]
        self._end_line()
        self._put(line.format(*(self._write(cursor.argument()) for _ in range(conditions))))
        for at in range(blocks):
            if at:
                self._put("else")
            self._depth += 1
            self._walk(Cursor(cursor.argument()))
            self._depth -= 1
        return True

    def _worded(self, name: str, cursor: Cursor) -> bool:
        """Begin a line of `algorithmic`, or open, divide or close a block."""
        low = name.lower()
        if low in _LINES:
            self._end_line(_LINES[low])
            cursor.optional()
            return True
        for words, back, step in ((_OPENING, 0, 1), (_MIDDLE, 1, 0), (_CLOSING, 1, -1)):
            if low in words and not self._braces:
                self._end_line()
                self._put(
                    words[low].format(*(self._write(cursor.argument()) for _ in range(words[low].count("{}")))), back
                )
                self._depth += step
                return True
        return False

    def _aside(self, name: str, cursor: Cursor) -> bool:
        """Write a comment; pass over what only sets the algorithm's looks."""
        if name.lower() in ("comment", "tcp", "tcc", "lcomment"):
            self._held += ["  // ", *cursor.argument()]
        elif name in _SILENT:
            while isinstance(cursor.peek(), Group):
                cursor.argument()
        elif name in ("caption", "label"):
            cursor.optional()
            cursor.argument()
        else:
            return False
        return True

r"""Expanded tokens in, a tree of groups, environments and formulas out. Reads no command's arguments.

What is not balanced is mended: a brace or environment left open ends with what holds it, an `\end` without its `\begin`
is dropped, a `$` without its partner is a dollar.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.readers.latex.lexer import PARAGRAPH, Token, Verbatim
from index.readers.latex.stream import as_text

MAX_DEPTH = 60  # deeper groups and environments lose their bounds, not their content

_MATH = frozenset(
    "equation equation* align align* gather gather* multline multline* eqnarray eqnarray* displaymath math flalign "
    "flalign* alignat alignat* dmath dmath* IEEEeqnarray IEEEeqnarray* subeqnarray".split()
)
_EDGE = re.compile(r"\\(?:begin|end)\{(.*)\}", re.DOTALL)
_ENDS_LINE = re.compile(r"\\(?:part|chapter|(?:sub)*section|paragraph|caption|begin\{document\}|end\{document\})\*?$")


@dataclass(slots=True)
class Group:
    """What a pair of braces holds."""

    nodes: "list[Node]" = field(default_factory=list)


@dataclass(slots=True)
class Environment:
    r"""What stands between `\begin{name}` and `\end{name}`, arguments included."""

    name: str
    nodes: "list[Node]" = field(default_factory=list)


@dataclass(slots=True)
class Formula:
    """TeX of a formula as tokens; `environment` is "" for one between dollars or brackets."""

    tokens: list[Token]
    display: bool
    environment: str = ""


Node = str | Verbatim | Group | Environment | Formula


def build(tokens: Iterable[Token]) -> list[Node]:
    """Return the nodes of a document."""
    return _Builder(list(tokens)).nodes()


class _Builder:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._ends: dict[str, list[int]] = {}  # where each environment of formulas ends
        for at, token in enumerate(self._tokens):
            if isinstance(token, str) and token.startswith("\\end{") and _name(token) in _MATH:
                self._ends.setdefault(_name(token), []).append(at)
        self._open_until: dict[str, int] = {}  # a formula that begins before here is known not to end

    def nodes(self) -> list[Node]:
        root: list[Node] = []
        stack: list[Group | Environment] = []
        hidden: list[str] = []  # groups and environments deeper than MAX_DEPTH
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            here = stack[-1].nodes if stack else root
            if isinstance(token, Verbatim):
                here.append(token)
            elif token == "{" or token.startswith("\\begin{"):
                self._open(token, here, stack, hidden)
            elif token == "}" or token.startswith("\\end{"):
                _close(token, stack, hidden)
            elif token == "$" or token in ("\\(", "\\["):
                here.append(self._formula(token))
            else:
                here.append(token)
        return root

    def _open(self, token: str, here: list[Node], stack: list[Group | Environment], hidden: list[str]) -> None:
        name = "" if token == "{" else _name(token)
        if name in _MATH and (end := self._end_of(name)) is not None:
            here.append(Formula(self._tokens[self._at : end], name != "math", name))
            self._at = end + 1
        elif len(stack) >= MAX_DEPTH:
            hidden.append(name)
        else:
            opened = Environment(name) if name else Group()
            here.append(opened)
            stack.append(opened)

    def _end_of(self, name: str) -> int | None:
        ends = self._ends.get(name, [])
        following = bisect_left(ends, self._at)
        return ends[following] if following < len(ends) else None

    def _formula(self, token: str) -> Node:
        display = token == "\\["
        start = self._at
        ends = {"\\(": "\\)", "\\[": "\\]"}.get(token, "$")
        if token == "$" and self._token(start) == "$":
            display, start = True, start + 1
        depth = 0
        at = start
        for at in range(start, len(self._tokens) if start >= self._open_until.get(ends, 0) else start):
            found = self._tokens[at]
            if isinstance(found, Verbatim):
                continue
            if found == ends and depth <= 0:
                if not (display and token == "$") or self._token(at + 1) == "$":
                    held = self._tokens[start:at]
                    self._at = at + (2 if display and token == "$" else 1)
                    return Formula(held, display)
            elif found == PARAGRAPH and not display or _ENDS_LINE.match(found):
                break
            depth += (found == "{") - (found == "}")
        self._open_until[ends] = max(at, self._open_until.get(ends, 0))
        return "\\$" if token == "$" else " "

    def _token(self, at: int) -> Token:
        return self._tokens[at] if at < len(self._tokens) else ""


def _name(token: str) -> str:
    found = _EDGE.fullmatch(token)
    return (found[1] if found else "").strip() or "?"


def _close(token: str, stack: list[Group | Environment], hidden: list[str]) -> None:
    name = "" if token == "}" else _name(token)
    if name in hidden:
        while hidden.pop() != name:
            pass
        return
    if not name:
        if stack and isinstance(stack[-1], Group):
            stack.pop()
        return
    if any(isinstance(at, Environment) and at.name == name for at in stack):
        while (last := stack.pop()) and not (isinstance(last, Environment) and last.name == name):
            pass
        hidden.clear()


def source(nodes: Sequence[Node]) -> str:
    """Return nodes as the source that they were."""
    parts: list[Token] = []
    for node in nodes:
        if isinstance(node, Group):
            parts += ["{", source(node.nodes), "}"]
        elif isinstance(node, Environment):
            parts += [f"\\begin{{{node.name}}}", source(node.nodes), f"\\end{{{node.name}}}"]
        elif isinstance(node, Formula):
            parts += ["$", as_text(node.tokens), "$"]
        else:
            parts.append(node)
    return as_text(parts)

r"""LaTeX source in, its tokens out, without comments. Expands nothing.

A token is a string that its first character tells apart: "\name" (with its star, "\section*"), one of "{", "}", "[",
"]", "$", "&", "~", "^", "_", a parameter "#1", a space " ", the end of a paragraph "\n\n", or a run of text. What is
to be taken as it stands (`\verb`, listings) is a `Verbatim`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH = "\n\n"

_TOKEN = re.compile(
    r"""(?P<command>\\[a-zA-Z]+\*?)(?:[ \t]*\n(?![ \t]*\n)[ \t]*|[ \t]+)?
    |(?P<symbol>\\.)
    |(?P<comment>%[^\n]*(?:\n[ \t]*(?P<empty>(?=\n))?)?)
    |(?P<paragraph>[ \t]*\n[ \t]*\n\s*)
    |(?P<space>\s+)
    |(?P<mark>[{}$&~^_\[\]]|\#+\d?)
    |(?P<text>[^\\%{}$&~^_\[\]\#\s]+)
    |(?P<lone>\\)""",
    re.VERBOSE | re.DOTALL,
)
_TOKEN_AT = re.compile(_TOKEN.pattern.replace("[a-zA-Z]+", "[a-zA-Z@]+", 1), re.VERBOSE | re.DOTALL)
_NAME = re.compile(r"[ \t]*\{([a-zA-Z@]+\*?)\}")
_OPTIONS = re.compile(r"[ \t]*\[((?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\}|\[[^\[\]]*\])*)\]")
_ADDRESS = re.compile(r"\{((?:[^{}\n]|\{[^{}\n]*\})*)\}")
_ESCAPED = re.compile(r"\\([%#&_~])")
_ARGUMENT = re.compile(r"[ \t]*\{([^{}]*)\}")

_MAX_BRACED_CHARS = 2_000  # of code within a line, between braces

VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim lstlisting minted alltt tcblisting".split()
)
DROPPED = frozenset("comment filecontents filecontents* CCSXML".split())


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text taken as it stands: within a line (`environment` is "") or an environment with its options."""

    text: str
    environment: str = ""
    options: str = ""


Token = str | Verbatim


class Lexer:
    r"""Reads tokens one after another. `verbatim` and `dropped` may gain names of environments while it reads.

    In a `style`, "@" is a letter, as it is between `\makeatletter` and `\makeatother`.
    """

    def __init__(self, source: str, verbatim: set[str], dropped: set[str], *, style: bool = False) -> None:
        self._source = source
        self._verbatim = verbatim
        self._dropped = dropped
        self._at = 0
        self._endless: set[str] = set()  # environments that no longer end in this source
        self._ready: list[Token] = []  # read already, the next one last
        self._pattern = _TOKEN_AT if style else _TOKEN

    def __iter__(self) -> Iterator[Token]:
        return self

    def __next__(self) -> Token:
        """Return the next token. Raises StopIteration at the end of the source."""
        while not self._ready:
            found = self._pattern.match(self._source, self._at)
            if not found:
                raise StopIteration
            self._at = found.end()
            token = self._token(found)
            if token is not None:
                return token
        return self._ready.pop()

    def _token(self, found: re.Match[str]) -> Token | None:
        kind = found.lastgroup
        if kind in ("text", "mark"):
            return found[0]
        if kind == "space":
            return " "
        if kind == "command":
            return self._command(found["command"])
        if kind == "symbol":
            return "\\ " if found[0][1].isspace() else found[0]
        return PARAGRAPH if kind == "paragraph" or found["empty"] is not None else None

    def _command(self, name: str) -> Token | None:
        if name == "\\makeatletter":
            self._pattern = _TOKEN_AT
        elif name == "\\makeatother":
            self._pattern = _TOKEN
        elif name == "\\begin":
            return self._environment()
        elif name in ("\\verb", "\\verb*", "\\lstinline", "\\mintinline", "\\Verb"):
            return self._inline(name)
        elif name in ("\\url", "\\href", "\\nolinkurl", "\\path"):
            self._address()
        elif name == "\\endinput":
            end = self._source.find("\n", self._at)
            self._source = self._source[: end if end >= 0 else None]
            return None
        return name

    def _environment(self) -> Token | None:
        found = _NAME.match(self._source, self._at)
        if not found or not (found[1] in self._verbatim or found[1] in self._dropped):
            return "\\begin"
        name, start = found[1], found.end()
        end = self._source.find(f"\\end{{{name}}}", start) if name not in self._endless else -1
        if end < 0:
            self._endless.add(name)
            return "\\begin"
        self._at = end + len(name) + 6
        if name in self._dropped:
            return None
        options = ""
        if given := _OPTIONS.match(self._source, start, end):
            options, start = given[1], given.end()
        if name == "minted" and (language := _ARGUMENT.match(self._source, start, end)):
            options, start = f"language={language[1]},{options}", language.end()
        return Verbatim(self._source[start:end], name, options)

    def _address(self) -> None:
        """Take an address in braces as it stands: its "%" begins no comment."""
        found = _ADDRESS.match(self._source, self._at)
        if found and "%" in found[1]:
            self._at = found.end()
            self._ready = ["}", _ESCAPED.sub(r"\1", found[1]), "{"]

    def _inline(self, name: str) -> Token:
        at = self._at
        if name in ("\\lstinline", "\\mintinline", "\\Verb") and (given := _OPTIONS.match(self._source, at)):
            at = given.end()
        if name == "\\mintinline" and (language := _ARGUMENT.match(self._source, at)):
            at = language.end()
        mark = self._source[at : at + 1]
        line_end = self._source.find("\n", at)
        stop = at + _MAX_BRACED_CHARS if mark == "{" else line_end if line_end >= 0 else len(self._source)
        end = self._source.find("}" if mark == "{" else mark, at + 1, stop) if mark and not mark.isspace() else -1
        if end < 0:
            return name
        self._at = end + 1
        return Verbatim(self._source[at + 1 : end])

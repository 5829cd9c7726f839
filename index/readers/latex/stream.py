"""A project's files in, their tokens one by one out, with what was pushed back first. Knows no macro's meaning.

Bounds on what is read and pushed back keep a macro that expands without end from running on.
"""

from collections.abc import Iterable, Iterator

from index.errors import InputError
from index.readers.latex.lexer import PARAGRAPH, Lexer, Token, Verbatim
from index.readers.latex.project import Project

MAX_TOKENS = 4_000_000  # read or made by macros, in all
MAX_OPEN_FILES = 30
_MAX_OPTION_TOKENS = 10_000


class Stream:
    """The tokens still to come. `verbatim` and `dropped` name environments that are not read as TeX."""

    def __init__(self, project: Project, verbatim: set[str], dropped: set[str]) -> None:
        self.verbatim, self.dropped = verbatim, dropped
        self._project = project
        self._open: list[tuple[tuple[str, ...], Iterator[Token]]] = []  # each with the files that led to it
        self._waiting: list[Token] = []  # pushed back, the next one last
        self._tokens = 0
        self.pushes = 0  # since a file was last read from

    @property
    def files(self) -> tuple[str, ...]:
        """The path of the file that is read, last, after those that led to it."""
        return self._open[-1][0] if self._open else ()

    def open(self, path: str, files: tuple[str, ...] = ()) -> None:
        """Read a file, which `files` led to, before what is still to come. Raises InputError when it led to itself."""
        if path in files or len(files) >= MAX_OPEN_FILES:
            circle = " → ".join([*files, path])
            raise InputError(
                f"{self._project.name}: its files input each other in a circle ({circle}); expected a tree of files; "
                "remove one of these inputs"
            )
        if self._waiting:
            self._open.append((self.files, iter(self._waiting[::-1])))
            self._waiting = []
        style = path.endswith(".sty")
        self._open.append(((*files, path), Lexer(self._project.text(path), self.verbatim, self.dropped, style=style)))

    def has_file(self, name: str) -> bool:
        """Whether the project has a file of that name."""
        return self._project.find(name, self.files[-1] if self.files else "") is not None

    def close(self) -> None:
        """Forget what is still to come."""
        self._open.clear()
        self._waiting.clear()

    def next(self) -> Token | None:
        """Return the next token, None at the end."""
        if self._waiting:
            return self._waiting.pop()
        while self._open:
            token = next(self._open[-1][1], None)
            if token is not None:
                self._count(1)
                self.pushes = 0
                return token
            self._open.pop()
        return None

    def push(self, tokens: Iterable[Token]) -> None:
        """Put tokens before what is still to come. Raises InputError when macros have made too many."""
        added = list(tokens)
        self.pushes += 1
        self._count(len(added))
        self._waiting.extend(reversed(added))

    def _count(self, tokens: int) -> None:
        self._tokens += tokens
        if self._tokens > MAX_TOKENS:
            raise self.endless(f"more than {MAX_TOKENS:,} tokens")

    def endless(self, seen: str) -> InputError:
        """Return the error for macros that expand without end."""
        return InputError(
            f"{self._project.name}: its macros make {seen}; expected a paper's macros, which end; "
            "remove the macro that repeats itself"
        )

    def after_space(self) -> Token | None:
        """Return the next token that is no space."""
        token = self.next()
        while token == " ":
            token = self.next()
        return token

    def argument(self) -> list[Token]:
        """Return the next argument: what a pair of braces holds, or one token."""
        token = self.after_space()
        if token is None or token == PARAGRAPH:
            return []
        if token == "{":
            return self.until_brace()
        if isinstance(token, str) and len(token) > 1 and token[0] not in "\\#":
            self._waiting.append(token[1:])
            return [token[0]]
        return [token]

    def until_brace(self) -> list[Token]:
        """Return the tokens before the brace that closes the group which has just been opened."""
        held: list[Token] = []
        depth = 1
        while (token := self.next()) is not None:
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return held
            held.append(token)
        self.push(held)  # the brace is never closed: nothing is an argument
        return []

    def optional(self) -> list[Token] | None:
        """Return what brackets hold, None where no bracket follows."""
        token = self.after_space()
        if token != "[":
            if token is not None:
                self._waiting.append(token)
            return None
        held: list[Token] = []
        depth = 0
        while len(held) < _MAX_OPTION_TOKENS and (token := self.next()) is not None:
            if token == "]" and depth <= 0:
                return held
            depth += (token == "{") - (token == "}")
            held.append(token)
        self.push(["[", *held])
        return None

    def control_word(self) -> str:
        r"""Return the command that is named next ("\name"), in braces or without; "" where none is."""
        tokens = [token for token in self.argument() if token != " "]
        name = tokens[0] if len(tokens) == 1 and isinstance(tokens[0], str) and tokens[0][0] == "\\" else ""
        return name[:-1] if name.endswith("*") and len(name) > 2 else name

    def words(self) -> str:
        """Return the next argument as source."""
        return as_text(self.argument()).strip()


def as_text(tokens: Iterable[Token]) -> str:
    """Return tokens as the source that they were; a space parts a command from a letter that follows it."""
    parts: list[str] = []
    after_word = False
    for token in tokens:
        text = token.text if isinstance(token, Verbatim) else token
        if after_word and text[:1].isalpha():
            parts.append(" ")
        parts.append(text)
        after_word = text[:1] == "\\" and text[-1:].isalpha() and isinstance(token, str)
    return "".join(parts)

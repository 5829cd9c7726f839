r"""A project's main file in, one stream of tokens out: inputs read, macros expanded, conditionals decided.

An environment's begin and end are one token each ("\begin{table}"). What the text needs of the definitions is passed
on: `\newtheorem`, and as `\setformat{…}{…}` a counter's format (`\thesection`) or a name (`\figurename`).
"""

from collections.abc import Callable, Iterator

from index.readers.latex.conditions import Conditions
from index.readers.latex.lexer import DROPPED, VERBATIM, Token, Verbatim
from index.readers.latex.macros import NATIVE, Definitions, Macro, commands, is_of_styles
from index.readers.latex.project import Project
from index.readers.latex.stream import Stream, as_text

MAX_EXPANSIONS = 600_000
_MAX_REPEATS = 20_000  # without reading on in a file: the macro calls itself
_MAX_STYLE_CHARS = 60_000  # a paper's own macros; longer styles are a publisher's, and of no use here

_IGNORED = commands(
    "expandafter noexpand protect relax global long outer leavevmode unskip ignorespaces makeatother makeatletter"
)
_NAMES = frozenset("figurename tablename refname bibname abstractname proofname lstlistingname appendixname".split())
_COUNTERS = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph figure table equation footnote subfigure "
    "subtable algorithm listing lstlisting theorem lemma definition enumi enumii enumiii enumiv".split()
)
_KEPT_ENVIRONMENTS = frozenset(
    "document abstract figure figure* table table* tabular tabular* itemize enumerate description equation equation* "
    "align align* thebibliography proof quote quotation verbatim algorithm algorithmic".split()
)


class Expander:
    """Yields the tokens of a whole project; what it defines is known when all are read."""

    def __init__(self, project: Project) -> None:
        self.packages: dict[str, str] = {}  # a package's options; the class is "class:" and its name
        self._definitions = Definitions()
        self._project = project
        self._stream = Stream(project, set(VERBATIM), set(DROPPED))
        self._conditions = Conditions(self._stream, self._definitions)
        self._expansions = 0
        self._in_body = self._in_style = False
        self._once: set[str] = set()
        self._counters = set(_COUNTERS)
        self._out: list[Token] = []  # what a command leaves in its place, not to be expanded again
        self._commands: dict[str, Callable[[], None]] = {
            **self._conditions.commands,
            **dict.fromkeys(commands("input include subfile subfileinclude"), self._input),
            **dict.fromkeys(commands("import subimport inputfrom includefrom"), self._import),
            **dict.fromkeys(commands("usepackage RequirePackage"), self._package),
            **dict.fromkeys(commands("newcommand renewcommand DeclareRobustCommand"), self._new_command),
            **dict.fromkeys(commands("NewDocumentCommand RenewDocumentCommand DeclareDocumentCommand"), self._document),
            **dict.fromkeys(commands("def gdef edef xdef"), self._def),
            **dict.fromkeys(commands("newenvironment renewenvironment"), self._new_environment),
            **dict.fromkeys(commands("lstnewenvironment DefineVerbatimEnvironment newtcblisting"), self._verbatim),
            "\\providecommand": lambda: self._new_command(replace=False),
            "\\documentclass": self._class,
            "\\documentstyle": self._class,
            "\\let": self._let,
            "\\DeclareMathOperator": self._operator,
            "\\DeclarePairedDelimiter": self._delimiter,
            "\\excludecomment": lambda: self._stream.dropped.add(self._stream.words()),
            "\\newcounter": self._new_counter,
            "\\bibliography": self._bibliography,
            "\\lstinputlisting": self._listing,
            "\\inputminted": lambda: self._listing(minted=True),
            "\\verbatiminput": self._listing,
            "\\csname": self._csname,
            "\\mathchoice": self._choice,
            "\\begin": self._begin,
            "\\end": self._end,
        }

    def tokens(self) -> Iterator[Token]:
        """Yield the project's tokens, expanded. Raises InputError for a cycle of inputs and for endless macros."""
        self._stream.open(self._project.main)
        while (token := self._stream.next()) is not None:
            if not isinstance(token, str) or token[0] != "\\" or not self._takes(token):
                yield token
            elif self._out:
                yield from self._out
                self._out = []

    def _takes(self, token: str) -> bool:
        """Take a command out of the stream when it stands for something else or defines something."""
        bare = token[:-1] if token[-1] == "*" and token not in self._definitions.macros else token
        known = self._definitions.macros.get(bare)
        if bare != token and bare not in self._commands and (bare in NATIVE or known is None):
            return False
        if known is not None and known.fixed:
            self._take_fixed(str(known.body[0]), token[len(bare) :])
            return True
        token = bare
        if known is not None:
            if self._stream.pushes > _MAX_REPEATS:
                del self._definitions.macros[token]
            self._expand(known)
        elif token in self._commands:
            self._commands[token]()
        elif token not in _IGNORED:
            return self._conditions.takes(token)
        return True

    def _take_fixed(self, command: str, star: str) -> None:
        """Take a command with the meaning that it has without macros."""
        if command in self._commands:
            self._commands[command]()
        elif command not in _IGNORED and not self._conditions.takes(command):
            self._out = [command + star]

    def _expand(self, macro: Macro) -> None:
        self._expansions += 1
        if self._expansions > MAX_EXPANSIONS:
            raise self._stream.endless(f"more than {MAX_EXPANSIONS:,} expansions")
        arguments: list[list[Token]] = []
        if macro.default is not None:
            given = self._stream.optional()
            arguments.append(list(macro.default) if given is None else given)
        while len(arguments) < macro.parameters:
            arguments.append(self._stream.argument())
        self._stream.push(macro.fill(arguments))

    # Files

    def _input(self) -> None:
        files = self._stream.files  # a name without braces may end its file
        token = self._stream.after_space()
        wanted: list[Token] = []
        if token == "{":
            wanted = self._stream.until_brace()
        else:
            while isinstance(token, str) and not token.isspace() and token[0] not in "\\{}":
                wanted.append(token)
                token = self._stream.next()
            self._stream.push([] if token is None else [token])
        self._read(as_text(wanted).strip(), files)

    def _import(self) -> None:
        folder = self._stream.words()
        self._read(f"{folder.rstrip('/')}/{self._stream.words()}", self._stream.files)

    def _read(self, wanted: str, files: tuple[str, ...]) -> None:
        path = self._project.find(wanted, files[-1] if files else "") if wanted else None
        if path is not None:
            self._stream.open(path, files)
        elif wanted and self._in_body:
            self._out = ["\\missingfile", "{", wanted, "}"]

    def _listing(self, *, minted: bool = False) -> None:
        options = as_text(self._stream.optional() or [])
        if minted:
            options = f"language={self._stream.words()},{options}"
        path = self._project.find(self._stream.words(), self._stream.files[-1])
        if path is not None:
            self._out = [Verbatim(self._project.text(path), "lstlisting", options)]

    def _bibliography(self) -> None:
        files = self._stream.files
        names = self._stream.words()
        path = self._project.printed_references()
        if path is None or path in self._once:
            self._out = ["\\bibliography", "{", names, "}"]
        else:
            self._once.add(path)
            self._stream.open(path, files)

    def _package(self) -> None:
        options = as_text(self._stream.optional() or [])
        for name in self._stream.words().split(","):
            self.packages.setdefault(name.strip(), options)
            path = self._project.find(name, suffixes=(".sty",)) if name.strip() and not self._in_body else None
            if path is not None and path not in self._once and len(self._project.text(path)) <= _MAX_STYLE_CHARS:
                self._read_style(path)

    def _read_style(self, path: str) -> None:
        """Take the definitions of a style; a conditional that is open at its end does not reach into the paper."""
        self._once.add(path)
        paper, outside = self._stream, self._in_style
        self._in_style = True
        self._stream = self._conditions.stream = Stream(self._project, paper.verbatim, paper.dropped)
        self._stream.open(path)
        while (token := self._stream.next()) is not None:
            if isinstance(token, str) and token[0] == "\\":
                self._takes(token)
        self._stream, self._in_style = paper, outside
        self._conditions.stream = paper
        self._out = []

    def _class(self) -> None:
        options = as_text(self._stream.optional() or [])
        name = self._stream.words()
        if not any(package.startswith("class:") for package in self.packages):
            self.packages[f"class:{name}"] = options

    # Definitions

    def _define(self, name: str, macro: Macro, *, replace: bool = True) -> None:
        styled = self._in_style or self._stream.files[-1:] != () and self._stream.files[-1].endswith(".bbl")
        if not name or (styled and is_of_styles(macro.body)):
            return
        if not macro.parameters and (name[1:] in _NAMES or name.startswith("\\the") and name[4:] in self._counters):
            self._out += ["\\setformat", "{", name[1:], "}", "{", *macro.body, "}"]
        else:
            self._definitions.define(name, macro, replace=replace)

    def _signature(self) -> tuple[int, tuple[Token, ...] | None]:
        count = as_text(self._stream.optional() or []).strip()
        default = self._stream.optional() if count else None
        return int(count) if count.isdecimal() and len(count) == 1 else 0, None if default is None else tuple(default)

    def _new_command(self, *, replace: bool = True) -> None:
        name = self._stream.control_word()
        parameters, default = self._signature()
        self._define(name, Macro(parameters, default, tuple(self._stream.argument())), replace=replace)

    def _document(self) -> None:
        name, spec = self._stream.control_word(), self._stream.words().split()
        body = tuple(self._stream.argument())
        optional = bool(spec) and spec[0][0] in "oO"
        if all(part in ("m", "+m") for part in spec[optional:]) and len(spec) < 10:
            self._define(name, Macro(len(spec), tuple(spec[0][1:].strip("{}")) if optional else None, body))

    def _def(self) -> None:
        name = self._stream.after_space()
        pattern: list[Token] = []
        while (token := self._stream.next()) is not None and token != "{":
            pattern.append(token)
            if len(pattern) > 30:  # no definition
                return
        body = tuple(self._stream.until_brace())
        bare = [token for token in pattern if token != " "]
        if isinstance(name, str) and name[0] == "\\" and bare == [f"#{at + 1}" for at in range(len(bare))]:
            self._define(name, Macro(len(bare), None, body))

    def _let(self) -> None:
        name, token = self._stream.after_space(), self._stream.after_space()
        token = self._stream.after_space() if token == "=" else token
        if isinstance(name, str) and name[0] == "\\" and token is not None:
            self._definitions.alias(name, token)

    def _operator(self) -> None:
        name, words = self._stream.control_word(), self._stream.argument()
        self._define(name, Macro(body=("\\operatorname", "{", *words, "}")))

    def _delimiter(self) -> None:
        name, left, right = self._stream.control_word(), self._stream.argument(), self._stream.argument()
        self._define(name, Macro(1, None, (*left, "#1", *right)))

    def _new_counter(self) -> None:
        name = self._stream.words()
        self._counters.add(name)
        self._out = ["\\newcounter", "{", name, "}"]

    def _new_environment(self) -> None:
        name = self._stream.words()
        parameters, default = self._signature()
        begin, end = self._stream.argument(), self._stream.argument()
        of_styles = self._in_style and is_of_styles(begin)
        if name and name not in _KEPT_ENVIRONMENTS and not of_styles:
            self._definitions.environments[name] = Macro(parameters, default, tuple(begin))
            self._definitions.endings[name] = Macro(body=tuple(end))

    def _verbatim(self) -> None:
        self._stream.optional()
        self._stream.verbatim.add(self._stream.words())
        for read in (self._stream.optional, self._stream.optional, self._stream.argument, self._stream.argument):
            read()

    def _csname(self) -> None:
        name = ""
        while (token := self._stream.next()) is not None and token != "\\endcsname" and len(name) < 200:
            name += token if isinstance(token, str) else ""
        self._stream.push([f"\\{name}"] if name.replace("@", "").isalpha() else [])

    def _choice(self) -> None:
        sizes = [self._stream.argument() for _ in range(4)]
        self._stream.push(sizes[1])

    # Environments

    def _begin(self) -> None:
        name = self._stream.words()
        self._in_body = self._in_body or name == "document"
        known = self._definitions.environments.get(name)
        if known is None:
            self._out = [f"\\begin{{{name}}}"]
        else:
            self._expand(known)

    def _end(self) -> None:
        name = self._stream.words()
        known = self._definitions.endings.get(name)
        if known is None:
            self._out = [f"\\end{{{name}}}"]
        else:
            self._stream.push(known.body)
        if name == "document":
            self._stream.close()

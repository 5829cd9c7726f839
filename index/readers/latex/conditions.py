r"""Conditionals in the stream in, the branch that holds left in it. Decides what a paper sets: `\iffalse`, switches.

What only a run of TeX could tell is taken as PDF output in one column would have it: `\ifpdf` holds, `\ifnum` does not.
"""

from index.readers.latex.macros import NATIVE, Definitions, commands
from index.readers.latex.stream import Stream

_FALSE = commands(
    "if ifcat ifnum ifdim ifodd ifcase ifvoid ifhbox ifvbox ifeof ifmmode ifvmode ifinner ifluatex ifxetex ifXeTeX "
    "ifLuaTeX ifcsname"
)
_TRUE = commands("ifpdf ifPDFTeX ifpdftex ifhmode")
_DECIDED = _FALSE | _TRUE | commands("ifx ifdefined")


class Conditions:
    """Decides the conditionals of one stream."""

    def __init__(self, stream: Stream, definitions: Definitions) -> None:
        self.stream = stream
        self._definitions = definitions
        self._switches = definitions.switches
        self.commands = {
            "\\newif": self._new_if,
            "\\newboolean": self._new_toggle,
            "\\newtoggle": self._new_toggle,
            "\\setboolean": self._set_boolean,
            "\\toggletrue": lambda: self._set_toggle(True),
            "\\togglefalse": lambda: self._set_toggle(False),
            "\\iftoggle": self._if_toggle,
            "\\ifthenelse": self._if_toggle,
            "\\else": lambda: self._skip(("\\fi",)),
            "\\or": lambda: self._skip(("\\fi",)),
            "\\fi": lambda: None,
            "\\ifstrequal": lambda: self._choose(self.stream.words() == self.stream.words()),
            "\\ifblank": lambda: self._choose(not self.stream.words()),
            "\\@ifundefined": lambda: self._choose(f"\\{self.stream.words()}" not in definitions.macros),
            "\\@ifpackageloaded": lambda: self._choose(self.stream.words() == ""),
            "\\IfFileExists": lambda: self._choose(self.stream.has_file(self.stream.words())),
            "\\@ifnextchar": self._if_next,
            "\\@ifstar": lambda: self._if_next("*"),
        }

    def takes(self, token: str) -> bool:
        r"""Decide a conditional, or set a switch of `\newif`; False where the command is neither."""
        if token in self._switches or token in _DECIDED:
            if not self._holds(token):
                self._skip(("\\else", "\\or", "\\fi"))
            return True
        for ending, value in (("true", True), ("false", False)):
            name = f"\\if{token[1:].removesuffix(ending)}"
            if token.endswith(ending) and name in self._switches and token not in ("\\iftrue", "\\iffalse"):
                self._switches[name] = value
                return True
        return False

    def _if_next(self, wanted: str | None = None) -> None:
        token = wanted or self.stream.after_space()
        yes, no = self.stream.argument(), self.stream.argument()
        following = self.stream.after_space()
        holds = following == ("{" if token == "\\bgroup" else token)
        if following is not None and not (holds and wanted):
            self.stream.push([following])
        self.stream.push(yes if holds else no)

    def _holds(self, token: str) -> bool:
        if token in self._switches:
            return self._switches[token]
        if token == "\\ifx":
            first, second = self.stream.next(), self.stream.next()
            macros = self._definitions.macros
            return first == second or (str(first) in macros and macros[str(first)] == macros.get(str(second)))
        if token == "\\ifdefined":
            name = str(self.stream.next())
            return name in self._definitions.macros or name in NATIVE
        return token in _TRUE

    def _skip(self, ends: tuple[str, ...]) -> None:
        depth = 0
        while (token := self.stream.next()) is not None:
            if not isinstance(token, str) or token[0] != "\\":
                continue
            if depth == 0 and token in ends:
                return
            if token in self._switches or token in _DECIDED:
                depth += 1
            elif token in ("\\fi", "\\repeat"):  # a loop's \\repeat closes the conditional that ends it
                depth -= 1

    def _new_if(self) -> None:
        name = self.stream.control_word()
        if name.startswith("\\if"):
            self._switches.setdefault(name, False)

    def _new_toggle(self) -> None:
        self._switches[f"toggle {self.stream.words()}"] = False

    def _set_boolean(self) -> None:
        name = self.stream.words()
        self._switches[f"toggle {name}"] = self.stream.words() == "true"

    def _set_toggle(self, value: bool) -> None:
        self._switches[f"toggle {self.stream.words()}"] = value

    def _if_toggle(self) -> None:
        name = self.stream.words().removeprefix("\\boolean").strip("{} ")
        self._choose(self._switches.get(f"toggle {name}", False))

    def _choose(self, holds: bool) -> None:
        yes, no = self.stream.argument(), self.stream.argument()
        self.stream.push(yes if holds else no)

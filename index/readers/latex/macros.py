r"""What a project defines: macros, environments, switches. Holds definitions and fills in arguments; reads no source.

A name of `NATIVE` keeps the meaning that the reader gives it, whatever a class or a style does with it; only an alias
(`\let\cite\citep`) is followed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.readers.latex.lexer import Token


def commands(names: str) -> frozenset[str]:
    """Return the names of commands, parted by spaces, with their backslashes."""
    return frozenset(f"\\{name}" for name in names.split())


# Commands whose meaning for the text does not change when a paper restyles them.
NATIVE = commands(
    "part chapter section subsection subsubsection paragraph subparagraph appendix title author date maketitle "
    "subtitle begin end item label ref eqref autoref cref Cref pageref nameref cite citep citet citealp citealt "
    "citeauthor citeyear parencite textcite autocite bibitem bibliography printbibliography bibliographystyle "
    "newblock caption footnote footnotemark footnotetext thanks emph textbf textit texttt textsc textrm textsf text "
    "underline url href includegraphics hline toprule midrule bottomrule multicolumn multirow input include "
    "documentclass usepackage newcommand renewcommand providecommand def let newenvironment renewenvironment "
    "newtheorem par noindent abstract keywords affil affiliation address email institute and And AND inst "
    "tableofcontents vspace hspace centering small footnotesize large Large bf it rm tt sc em sf icmltitle "
    "icmlauthor icmlaffiliation icmlcorrespondingauthor icmlkeywords IEEEauthorblockN IEEEauthorblockA tag nonumber "
    "notag url href captionof subcaption subfloat subfigure color textcolor colorbox Name name addr"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: how many arguments it takes, the default of the first when that is optional, and what it stands for.

    `fixed` says that its body is one command with the meaning that this has without macros, whatever is defined later.
    """

    parameters: int = 0
    default: tuple[Token, ...] | None = None
    body: tuple[Token, ...] = ()
    fixed: bool = False

    def fill(self, arguments: Sequence[Sequence[Token]]) -> list[Token]:
        """Return the body with its arguments in place."""
        filled: list[Token] = []
        for token in self.body:
            if isinstance(token, str) and token[0] == "#" and len(token) > 1:
                if token[1] == "#":
                    filled.append(token[1:])
                elif int(token[1]) <= len(arguments):
                    filled.extend(arguments[int(token[1]) - 1])
            else:
                filled.append(token)
        return filled


@dataclass(slots=True)
class Definitions:
    """Everything defined so far. `endings` holds what the end of a user's environment stands for."""

    macros: dict[str, Macro] = field(default_factory=dict)
    environments: dict[str, Macro] = field(default_factory=dict)
    endings: dict[str, Macro] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=lambda: {"\\iftrue": True, "\\iffalse": False})

    def define(self, name: str, macro: Macro, *, replace: bool = True) -> None:
        """Record a macro, unless its name is native and the macro no alias, or it exists and is not to be replaced."""
        if not replace and (name in self.macros or name in NATIVE):
            return
        if name in NATIVE:
            alias = [token for token in macro.body if token != " "]
            if len(alias) != 1 or alias[0] == name or alias[0] not in NATIVE or macro.parameters:
                return
        self.macros[name] = macro

    def alias(self, name: str, target: Token) -> None:
        r"""Record `\let\name\target`: the name has the meaning that the target has now."""
        known = self.macros.get(target) if isinstance(target, str) else None
        if known is not None:
            self.define(name, known)
        elif target != name:
            self.define(name, Macro(body=(target,), fixed=isinstance(target, str) and target[0] == "\\"))


def is_of_styles(body: Iterable[Token]) -> bool:
    r"""Whether a macro is about how things look: it uses a style's inner commands (`\@x`) or TeX's boxes and glue."""
    return any(isinstance(token, str) and token[0] == "\\" and ("@" in token or token in _LOOKS) for token in body)


_LOOKS = commands(
    "hbox vbox vskip hskip vtop setbox copy box kern rule fontsize selectfont hrule vrule halign parindent "
    "spaceskip fontdimen"
)

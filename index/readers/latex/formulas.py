r"""A formula's tokens in, its TeX on one line out, with the numbers and labels of its rows. Computes no number.

Alignments are written as `aligned`, so that the TeX stands alone; `\label`, `\tag` and `\nonumber` are taken out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.latex.lexer import Token
from index.readers.latex.stream import as_text
from index.readers.latex.tree import Formula

_NUMBERED = frozenset("equation align gather multline eqnarray flalign alignat dmath IEEEeqnarray subeqnarray".split())
_ROWS = {
    "align": "aligned",
    "eqnarray": "aligned",
    "flalign": "aligned",
    "alignat": "aligned",
    "gather": "gathered",
} | {
    "IEEEeqnarray": "aligned",
    "multline": "gathered",
    "subeqnarray": "aligned",
}
_ONE_NUMBER = frozenset(("equation", "multline", "dmath"))
_DROPPED = frozenset(("\\nonumber", "\\notag", "\\xspace", "\\ensuremath", "\\allowbreak", "\\displaystyle", "\n\n"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a displayed formula; `tag` is "" where the row takes the next number, None where it has none."""

    tex: str
    tag: str | None
    labels: tuple[str, ...] = ()


def inline_tex(formula: Formula) -> str:
    """Return the TeX of a formula within a line."""
    return _tex(_without(formula.tokens)[0])


def rows(formula: Formula) -> list[Row]:
    """Return the rows of a displayed formula in order; a formula that is numbered as a whole is one row."""
    base = formula.environment.rstrip("*")
    numbered = base in _NUMBERED and not formula.environment.endswith("*")
    tokens = list(formula.tokens)
    if base in ("alignat", "IEEEeqnarray"):
        tokens = _after_argument(tokens)
    parts = _split(tokens) if base in _ROWS and base not in _ONE_NUMBER else [tokens]
    made: list[Row] = []
    for part in parts:
        rest, labels, tag = _without(part)
        silent = any(token in ("\\nonumber", "\\notag") for token in part)
        tex = _tex(rest)
        if tex:
            made.append(Row(tex, tag if tag is not None else "" if numbered and not silent else None, labels))
        elif labels and made:
            made[-1] = Row(made[-1].tex, made[-1].tag, (*made[-1].labels, *labels))
    return made


def joined(formula: Formula, parts: Sequence[Row]) -> str:
    """Return the TeX of all rows as one formula."""
    name = _ROWS.get(formula.environment.rstrip("*"))
    if len(parts) == 1 and (name != "gathered" or "\\\\" not in parts[0].tex):
        return parts[0].tex.replace("&", "").strip() if name and "\\begin" not in parts[0].tex else parts[0].tex
    tex = r" \\ ".join(part.tex for part in parts)
    return rf"\begin{{{name}}} {tex} \end{{{name}}}" if name else tex


def _tex(tokens: Sequence[Token]) -> str:
    return " ".join(as_text(token for token in tokens if token not in _DROPPED).split())


def _without(tokens: Sequence[Token]) -> tuple[list[Token], tuple[str, ...], str | None]:
    r"""Return tokens without `\label` and `\tag`, the labels, and the tag."""
    rest: list[Token] = []
    labels: list[str] = []
    tag: str | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token in ("\\label", "\\tag", "\\tag*"):
            start = at
            at = _end_of_group(tokens, at)
            words = as_text(tokens[start:at]).strip().removeprefix("{").removesuffix("}").strip()
            if token == "\\label":
                labels.append(words)
            else:
                tag = words.replace("$", "")
        else:
            rest.append(token)
    return rest, tuple(labels), tag


def _end_of_group(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at] == " ":
        at += 1
    if at >= len(tokens) or tokens[at] != "{":
        return min(at + 1, len(tokens))
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end] == "{") - (tokens[end] == "}")
        if depth == 0:
            return end + 1
    return len(tokens)


def _after_argument(tokens: list[Token]) -> list[Token]:
    return tokens[_end_of_group(tokens, 0) :] if tokens and tokens[0] == "{" else tokens


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    r"""Return the rows between `\\`, those of matrices within a row left alone."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if isinstance(token, str):
            opens, closes = token == "{" or token.startswith("\\begin{"), token == "}" or token.startswith("\\end{")
            depth += opens - closes
            if token in ("\\\\", "\\\\*", "\\cr") and depth <= 0:
                parts.append([])
                continue
        parts[-1].append(token)
    return parts

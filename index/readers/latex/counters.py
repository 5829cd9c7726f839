r"""LaTeX's counters: stepped, reset and written as a paper's class and its `\renewcommand{\thesection}` want them."""

from collections.abc import Sequence

from index.readers.latex.symbols import symbol
from index.readers.latex.tree import Group, Node

_WITHIN = {
    "chapter": ["section", "figure", "table", "equation", "footnote"],
    "section": ["subsection"],
    "subsection": ["subsubsection"],
    "subsubsection": ["paragraph"],
    "paragraph": ["subparagraph"],
    "figure": ["subfigure"],
    "table": ["subtable"],
}
_FORMATS: dict[str, list[Node]] = {
    "part": ["\\Roman", Group(["part"])],
    "subsection": ["\\thesection", ".", "\\arabic", Group(["subsection"])],
    "subsubsection": ["\\thesubsection", ".", "\\arabic", Group(["subsubsection"])],
    "paragraph": ["\\thesubsubsection", ".", "\\arabic", Group(["paragraph"])],
    "subparagraph": ["\\theparagraph", ".", "\\arabic", Group(["subparagraph"])],
    "subfigure": ["\\alph", Group(["subfigure"])],
    "subtable": ["\\alph", Group(["subtable"])],
}
_IN_CHAPTERS = ("section", "figure", "table", "equation")
_STYLES = ("\\arabic", "\\roman", "\\Roman", "\\alph", "\\Alph", "\\fnsymbol", "\\value", "\\Hangul", "\\hangul")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
) + (
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MAX_DEPTH = 8  # of formats that name each other


class Counters:
    """The values of all counters. `chapters` says whether the class counts sections within chapters."""

    def __init__(self, *, chapters: bool, class_name: str = "") -> None:
        self._values: dict[str, int] = {}
        self._formats = dict(_FORMATS)
        self._within = {above: list(below) for above, below in _WITHIN.items()}
        if not chapters:
            self._within["chapter"] = ["section"]
        else:
            for name in _IN_CHAPTERS:
                self._formats[name] = ["\\thechapter", ".", "\\arabic", Group([name])]
        if class_name.startswith(("IEEE", "revtex")):
            self._formats["section"] = ["\\Roman", Group(["section"])]
            self._formats["subsection"] = ["\\thesection", "-", "\\Alph", Group(["subsection"])]
            self._formats["subsubsection"] = ["\\thesubsection", "\\arabic", Group(["subsubsection"])]

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str) -> int:
        """Return a counter's value, 0 for one that was never set."""
        return self._values.get(name, 0)

    def set(self, name: str, value: int) -> None:
        """Give a counter a value."""
        self._values[name] = value

    def step(self, name: str) -> str:
        """Add one to a counter, reset those counted within it, and return it as it is written."""
        self._values[name] = self.value(name) + 1
        waiting = list(self._within.get(name, ()))
        seen = {name}
        while waiting:
            below = waiting.pop()
            if below not in seen:
                seen.add(below)
                self._values[below] = 0
                waiting += self._within.get(below, ())
        return self.written(name)

    def reset_with(self, name: str, above: str) -> None:
        """Begin a counter anew with each step of another."""
        self._within.setdefault(above, []).append(name)

    def count_within(self, name: str, above: str) -> None:
        r"""Count one counter within another (`\numberwithin`)."""
        self.reset_with(name, above)
        self._formats[name] = [f"\\the{above}", ".", "\\arabic", Group([name])]

    def set_format(self, name: str, nodes: Sequence[Node]) -> None:
        r"""Write a counter from now on as `\renewcommand{\thename}` says."""
        self._formats[name] = list(nodes)

    def appendix(self, name: str) -> None:
        """Number appendices: the counter begins anew, with letters."""
        self._values[name] = 0
        for below in self._within.get(name, ()):
            self._values[below] = 0
        self._formats[name] = ["\\Alph", Group([name])]

    def written(self, name: str, depth: int = 0) -> str:
        """Return a counter as it is written ("2.1", "IV", "B")."""
        nodes = self._formats.get(name)
        if nodes is None or depth > _MAX_DEPTH:
            return str(self.value(name))
        return self._written(nodes, depth).strip()

    def _written(self, nodes: Sequence[Node], depth: int) -> str:
        parts: list[str] = []
        style = ""
        for node in nodes:
            if isinstance(node, Group):
                if style:
                    name = "".join(at for at in node.nodes if isinstance(at, str)).strip()
                    parts.append(numeral(self.value(name), style))
                    style = ""
                else:
                    parts.append(self._written(node.nodes, depth))
            elif isinstance(node, str) and node in _STYLES:
                style = node
            elif isinstance(node, str) and node.startswith("\\the") and len(node) > 4:
                parts.append(self.written(node[4:], depth + 1))
            elif isinstance(node, str):
                parts.append((symbol(node) or "") if node[0] == "\\" else node.replace("\n", " "))
        return "".join(parts)


def numeral(value: int, style: str) -> str:
    r"""Return a number in a style of LaTeX's (`\roman`); one that the style cannot write in digits."""
    if style in ("\\roman", "\\Roman") and 0 < value < 4000:
        letters = ""
        for size, sign in _ROMAN:
            letters += sign * (value // size)
            value %= size
        return letters.upper() if style == "\\Roman" else letters
    if style in ("\\alph", "\\Alph") and 0 < value <= 26:
        return chr((96 if style == "\\alph" else 64) + value)
    if style == "\\fnsymbol" and 0 < value <= 6:
        return "*†‡§¶‖"[value - 1]
    if style in ("\\Hangul", "\\hangul") and 0 < value <= 14:
        return "가나다라마바사아자차카타파하"[value - 1]
    return str(value)

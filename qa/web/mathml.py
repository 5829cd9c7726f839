r"""A formula's TeX in, its MathML as plain data out, which the page makes nodes of. Writes no markup.

latex2mathml reads the TeX. Before it, what it does not know is put as it knows it; after it, letters in another hand
become the characters that Unicode has for them, as browsers know no other way (MathML Core, W3C 2025), and only
elements and attributes that draw are kept.
"""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from html import unescape
from itertools import zip_longest

from latex2mathml.converter import convert_to_element

Node = tuple[str, dict[str, str], tuple["Node | str", ...]]  # element, its attributes, what it holds

LONGEST = 4_000  # characters of TeX
_ELEMENTS = frozenset(
    "math mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable "
    "mtd mtext mtr munder munderover".split()
)
_ROWS = frozenset("math mpadded mrow msqrt mstyle mtd".split())  # what they hold stands side by side
_LENGTH = r"[+-]?\d*\.?\d+(?:em|ex|px|pt|mu|%)?"
_ATTRIBUTES = {
    "accent": "true|false",
    "columnalign": "left|center|right",
    "depth": _LENGTH,
    "display": "block|inline",
    "displaystyle": "true|false",
    "fence": "true|false",
    "form": "prefix|infix|postfix",
    "height": _LENGTH,
    "linethickness": _LENGTH,
    "lspace": _LENGTH,
    "maxsize": _LENGTH,
    "minsize": _LENGTH,
    "rspace": _LENGTH,
    "scriptlevel": r"[+-]?\d",
    "stretchy": "true|false",
    "voffset": _LENGTH,
    "width": _LENGTH,
}
_HANDS = {  # values of `mathvariant`, as Unicode names their letters
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}
_BELOW = frozenset("max min lim sup inf argmax argmin limsup liminf det gcd Pr".split())  # displayed, have it below
_REWRITTEN: tuple[tuple[str, str], ...] = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    (r"(?<!\\)%", r"\\%"),  # Markdown has no comments in formulas
    (r"\\(?:label|vspace|eqref|ref|cite[pt]?)\*?\s*\{[^{}]*\}", ""),
    (
        r"\\(?:nonumber|notag|displaylimits|allowbreak|leavevmode|protect|ensuremath|hfill|centering|noindent|relax|strut"
        r"|mathstrut|footnotesize|scriptsize|small|normalsize|large|Large|penalty\s*-?\d+)(?![A-Za-z])",
        "",
    ),
    (r"\\(begin|end)\s*\{(?:aligned|alignat|alignedat|flalign|align|split)\*?\}(?:\{\d\})?", r"\\\1{split}"),
    (r"\\(begin|end)\s*\{(?:gathered|gather|multline)\*?\}", r"\\\1{matrix}"),
    (r"\\(begin|end)\s*\{(?:dcases|rcases)\*?\}", r"\\\1{cases}"),
    (r"\\begin\s*\{eqnarray\*?\}", r"\\begin{array}{rcl}"),
    (r"\\end\s*\{eqnarray\*?\}", r"\\end{array}"),
    (r"\\(?:begin|end)\s*\{(?:equation|displaymath|math)\*?\}", ""),
    (r"\\arg\s*\\(max|min)(?![A-Za-z])", r"\\arg\1 "),
    (r"\\arg(?![A-Za-z])", r"\\operatorname{arg}"),
    (r"\\text(?:sc|sl)\s*\{", r"\\text{"),
    (r"\\(?:mathds|mathbbm|mathbbold|vmathbb)\s*\{", r"\\mathbb{"),
)
_OPERATOR = re.compile(r"\\(?:operatorname\*?|mathop)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}(\\limits)?")
_NAME = re.compile("[A-Za-z\u2009]{2,}")  # of a function, as log
_CAPITAL = re.compile("[\u0391-\u03a9\u2207]")  # Greek ones stand upright


@lru_cache(maxsize=4_000)
def mathml(tex: str, *, display: bool = False) -> Node | None:
    """Return a formula as MathML, `display` where it stands by itself; None where it is empty, too long or no TeX."""
    if not tex.strip() or len(tex) > LONGEST:
        return None
    try:
        found = convert_to_element(_as_known(tex), display="block" if display else "inline")
    except Exception:  # its errors share no class, and any TeX may come
        return None
    return _kept(found, display=display)


def _as_known(tex: str) -> str:
    for pattern, put in _REWRITTEN:
        tex = re.sub(pattern, put, tex)
    return _OPERATOR.sub(_operator, tex)


def _operator(match: re.Match[str]) -> str:
    r"""Return an operator's name by its letters alone: `arg\,max` is argmax."""
    words = re.sub(r"\\(?:[,;:! ]|math\w+|text\w*|rm|sf|bf)|[{}~]", " ", match[1])
    if "\\" in words or not words.strip():
        return match[0]
    joined = "".join(words.split())
    return rf"\{joined} " if joined in ("argmax", "argmin") else rf"\operatorname{{{' '.join(words.split())}}}"


def _kept(element: ET.Element, *, display: bool) -> Node:
    tag = element.tag
    attributes = {
        name: value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and re.fullmatch(_ATTRIBUTES[name], value)
    }
    inner = [_kept(child, display=display) for child in element]
    held: list[Node | str] = list(_spaced(inner) if tag in _ROWS else inner)
    if element.text and element.text.strip("\n"):
        held.insert(0, _lettered(_told(unescape(element.text)), element.get("mathvariant")))
        if tag == "mi" and (element.get("mathvariant") == "normal" or _CAPITAL.fullmatch(str(held[0]))):
            attributes["mathvariant"] = "normal"  # the only value that browsers know
        if tag == "mi" and held == ["~"]:
            tag, held = "mo", ["\u223c"]
    if display and tag in ("msub", "msubsup") and _text(element[0]) in _BELOW:
        tag = {"msub": "munder", "msubsup": "munderover"}[tag]
    return (tag if tag in _ELEMENTS else "mrow", attributes, tuple(held))


def _spaced(nodes: list[Node]) -> Iterator[Node]:
    """Yield the parts of a row, with a thin space between a function's name and what it is of without brackets."""
    for node, after in zip_longest(nodes, nodes[1:]):
        yield node
        if after is not None and _is_function(node) and not _opens(after):
            yield ("mspace", {"width": "0.167em"}, ())


def _opens(node: Node) -> bool:
    """Whether a part is a sign itself, or begins with a bracket that grows with what it holds."""
    first = node
    while first[0] == "mrow" and first[2] and isinstance(first[2][0], tuple):
        first = first[2][0]
    return node[0] == "mo" or "fence" in first[1]


def _is_function(node: Node | str) -> bool:
    while isinstance(node, tuple) and node[0] in ("msub", "msup", "msubsup", "munder") and node[2]:
        node = node[2][0]
    return isinstance(node, tuple) and node[0] in ("mi", "mo") and bool(_NAME.fullmatch("".join(map(str, node[2]))))


def _told(text: str) -> str:
    """Return what an element says: of a command that is not known its name, of a mark that aligns nothing."""
    return "" if text == "&" else re.sub(r"^\\(?=[A-Za-z])", "", text)


def _text(element: ET.Element) -> str:
    return "".join(unescape("".join(element.itertext())).split())


def _lettered(text: str, variant: str | None) -> str:
    """Return a text in the hand that a value of `mathvariant` names, as far as Unicode has its letters so."""
    hand = _HANDS.get(variant or "")
    return "".join(_letter(sign, hand) for sign in text) if hand else text


def _letter(sign: str, hand: str) -> str:
    name = re.sub("^(?:LATIN|GREEK) (.*) LETTER", r"\1", unicodedata.name(sign, ""))
    for known in (f"MATHEMATICAL {hand} {name}", f"{hand.replace('FRAKTUR', 'BLACK-LETTER')} {name}"):
        with suppress(KeyError):
            return unicodedata.lookup(known)
    return sign

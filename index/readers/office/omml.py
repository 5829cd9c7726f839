r"""A Word formula (OMML) in, one line of TeX out: fractions, roots, scripts, sums, brackets, matrices, accents.

Signs stay as they are written ("α ≤ β"); only structure and function names become TeX commands. Draws nothing.
"""

import re
import unicodedata
from collections.abc import Callable

from index.readers.office.parts import Element, local

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp lim sup inf max min arg det dim gcd ker "
    "Pr".split()
)
_NARY = {"∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint"}
_NARY |= {"⋃": r"\bigcup", "⋂": r"\bigcap", "⋁": r"\bigvee", "⋀": r"\bigwedge", "⨁": r"\bigoplus", "⨂": r"\bigotimes"}
_ACCENTS = {"\u0302": "hat", "^": "hat", "\u0303": "tilde", "~": "tilde", "\u0304": "bar", "\u0305": "bar", "¯": "bar"}
_ACCENTS |= {"\u0307": "dot", "\u0308": "ddot", "\u20d7": "vec", "→": "vec", "\u030c": "check", "\u0306": "breve"}
_SPECIAL = {"\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_"}
_SPECIAL |= {"^": r"\hat{}", "~": r"\sim "}
_IGNORED = frozenset("rPr ctrlPr fPr sSubPr sSupPr sSubSupPr sPrePr radPr naryPr dPr funcPr limLowPr limUppPr".split())
_IGNORED |= frozenset("mPr eqArrPr accPr barPr boxPr borderBoxPr groupChrPr phantPr argPr oMathParaPr del".split())


def tex(element: Element) -> str:
    r"""Return a formula, `m:oMath` or `m:oMathPara`, as TeX without dollar signs: "\frac{a}{b}+x^{2}"."""
    return " ".join(_row(element).split())


def _row(element: Element | None) -> str:
    return _joined([_piece(child) for child in element]) if element is not None else ""


def _joined(pieces: list[str]) -> str:
    """Join pieces, a space after a command where a letter would lengthen its name."""
    out = ""
    for piece in pieces:
        out += f" {piece}" if re.search(r"\\[A-Za-z]+$", out[-40:]) and piece[:1].isalpha() else piece
    return out


def _piece(element: Element) -> str:
    name = local(element)
    if name in _IGNORED or element.tag == f"{WORDS}moveFrom":
        return ""
    if name == "r":
        return _run(element)
    if name == "oMath" and element.getnext() is not None:
        return f"{_row(element)} \\quad "
    write = _WRITERS.get(name) if element.tag.startswith(MATH) else None
    return write(element) if write else _row(element)


def _run(element: Element) -> str:
    text = "".join(child.text or "" for child in element if local(child) == "t")
    # letters of the mathematical alphabets (𝑥, 𝐀) are the plain letters in another face
    text = "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" else char for char in text
    )
    properties = element.find(f"{MATH}rPr")
    if properties is not None and properties.find(f"{MATH}nor") is not None and re.search(r"[^\W\d_]{2}", text):
        return f"\\text{{{_escaped(text)}}}"
    return _escaped(text)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)


def _argument(element: Element, name: str) -> str:
    return _row(element.find(f"{MATH}{name}"))


def _value(element: Element, properties: str, name: str) -> str | None:
    """Return a property's value, "" for one that is there without a value, None for one that is not there."""
    found = element.find(f"{MATH}{properties}/{MATH}{name}")
    return None if found is None else found.get(f"{MATH}val", "")


def _is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in ("0", "false", "off")


def _script(base: str, sub: str = "", sup: str = "") -> str:
    plain = re.fullmatch(r"\\?\w+|\\left.*\\right\S+|.", base)
    base = base if plain else f"{{{base}}}"
    return base + (f"_{{{sub}}}" if sub else "") + (f"^{{{sup}}}" if sup else "")


def _fraction(element: Element) -> str:
    above, below = _argument(element, "num"), _argument(element, "den")
    match _value(element, "fPr", "type"):
        case "lin" | "skw":
            return f"{above}/{below}"
        case "noBar":
            return f"\\binom{{{above}}}{{{below}}}"
        case _:
            return f"\\frac{{{above}}}{{{below}}}"


def _radical(element: Element) -> str:
    degree = "" if _is_on(_value(element, "radPr", "degHide")) else _argument(element, "deg")
    return f"\\sqrt{f'[{degree}]' if degree else ''}{{{_argument(element, 'e')}}}"


def _nary(element: Element) -> str:
    sign = _value(element, "naryPr", "chr") or "∫"
    head = _script(_NARY.get(sign, sign), _argument(element, "sub"), _argument(element, "sup"))
    return f"{head} {_argument(element, 'e')}"


def _delimited(element: Element) -> str:
    opens, closes = (_value(element, "dPr", name) for name in ("begChr", "endChr"))
    between = _value(element, "dPr", "sepChr")
    inner = (_SPECIAL.get(between or "|", between or "|")).join(_row(at) for at in element.findall(f"{MATH}e"))
    opens, closes = "(" if opens is None else opens, ")" if closes is None else closes
    if (opens, closes) == ("{", "") and inner.startswith(r"\begin{aligned}"):
        return inner.replace("aligned}", "cases}")
    if (opens, closes) == ("(", ")") and inner.startswith(r"\binom"):
        return inner
    return f"\\left{_SPECIAL.get(opens, opens) or '.'}{inner}\\right{_SPECIAL.get(closes, closes) or '.'}"


def _function(element: Element) -> str:
    return f"{_function_name(element.find(f'{MATH}fName'))} {_argument(element, 'e')}"


def _limit(element: Element) -> str:
    limit = _argument(element, "lim")
    below = local(element) == "limLow"
    return _script(_named(_argument(element, "e")), limit if below else "", "" if below else limit)


def _named(words: str) -> str:
    return f"\\{words}" if words in _FUNCTIONS else words


def _function_name(element: Element | None) -> str:
    words = _row(element).strip()
    bare = re.fullmatch(r"(?:\\text\{)?([^\W\d_]{2,})\}?", words)
    if not bare:
        return words
    return _named(bare[1]) if bare[1] in _FUNCTIONS else f"\\operatorname{{{bare[1]}}}"


def _matrix(element: Element) -> str:
    rows = [" & ".join(_row(cell) for cell in row.findall(f"{MATH}e")) for row in element.findall(f"{MATH}mr")]
    return _environment("matrix", rows)


def _equations(element: Element) -> str:
    rows = [_row(row).replace(r"\&", "&") for row in element.findall(f"{MATH}e")]
    return _environment("aligned", rows)


def _environment(name: str, rows: list[str]) -> str:
    lines = r" \\ ".join(rows)
    return rf"\begin{{{name}}}{lines}\end{{{name}}}"


def _accent(element: Element) -> str:
    sign = _value(element, "accPr", "chr") or "\u0302"
    return f"\\{_ACCENTS.get(sign, 'hat')}{{{_argument(element, 'e')}}}"


def _bar(element: Element) -> str:
    command = "overline" if _value(element, "barPr", "pos") == "top" else "underline"
    return f"\\{command}{{{_argument(element, 'e')}}}"


def _brace(element: Element) -> str:
    command = "overbrace" if _value(element, "groupChrPr", "pos") == "top" else "underbrace"
    return f"\\{command}{{{_argument(element, 'e')}}}"


def _hidden(element: Element) -> str:
    shown = _value(element, "phantPr", "show")
    return _argument(element, "e") if shown is None or _is_on(shown) else ""


_WRITERS: dict[str, Callable[[Element], str]] = {
    "f": _fraction,
    "rad": _radical,
    "nary": _nary,
    "d": _delimited,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "m": _matrix,
    "eqArr": _equations,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _brace,
    "phant": _hidden,
    "sSup": lambda at: _script(_argument(at, "e"), sup=_argument(at, "sup")),
    "sSub": lambda at: _script(_argument(at, "e"), sub=_argument(at, "sub")),
    "sSubSup": lambda at: _script(_argument(at, "e"), _argument(at, "sub"), _argument(at, "sup")),
    "sPre": lambda at: f"{_script('', _argument(at, 'sub'), _argument(at, 'sup'))}{_argument(at, 'e')}",
}

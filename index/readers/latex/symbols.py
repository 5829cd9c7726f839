r"""A command or a run of text in, the characters that TeX would set out: accents, letters, dashes, quotation marks."""

import unicodedata
from functools import cache
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]

_ACCENTS = {
    "\\'": "\u0301",
    "\\`": "\u0300",
    "\\^": "\u0302",
    '\\"': "\u0308",
    "\\~": "\u0303",
    "\\=": "\u0304",
    "\\.": "\u0307",
    "\\u": "\u0306",
    "\\v": "\u030c",
    "\\H": "\u030b",
    "\\r": "\u030a",
    "\\c": "\u0327",
    "\\k": "\u0328",
    "\\d": "\u0323",
    "\\b": "\u0331",
    "\\t": "\u0361",
}
_SYMBOLS = {
    "\\ ": " ",
    "\\,": " ",
    "\\;": " ",
    "\\:": " ",
    "\\>": " ",
    "\\!": "",
    "\\/": "",
    "\\-": "",
    "\\@": "",
    "\\\n": " ",
    "\\quad": " \u2003",
    "\\qquad": " \u2003",
    "\\space": " ",
    "\\nobreakspace": " ",
    "\\enspace": " ",
    "\\thinspace": " ",
    "\\hfill": " ",
    "\\hfil": " ",
    "\\dotfill": " ",
    "\\%": "%",
    "\\$": "$",
    "\\&": "&",
    "\\#": "#",
    "\\_": "_",
    "\\{": "{",
    "\\}": "}",
    "\\|": "‖",
    "\\S": "§",
    "\\P": "¶",
    "\\LaTeX": "LaTeX",
    "\\LaTeXe": "LaTeX2e",
    "\\TeX": "TeX",
    "\\BibTeX": "BibTeX",
    "\\XeTeX": "XeTeX",
    "\\eg": "e.g.",
    "\\ie": "i.e.",
    "\\etal": "et al.",
    "\\checkmark": "✓",
    "\\cmark": "✓",
    "\\xmark": "✗",
    "\\ding": "",
    "\\today": "",
    "\\textbar": "|",
    "\\textless": "<",
    "\\textgreater": ">",
    "\\textunderscore": "_",
    "\\textdollar": "$",
    "\\textpercent": "%",
    "\\textquotesingle": "'",
    "\\textquotedbl": '"',
    "\\textvisiblespace": " ",
    "\\textellipsis": "…",
    "\\textbullet": "•",
    "\\slash": "/",
    "\\qed": "∎",
    "\\blacksquare": "■",
    "\\textasciicircum": "^",
    "\\degree": "°",
    "\\copyright": "©",
    "\\texttrademark": "™",
    "\\pounds": "£",
    "\\euro": "€",
    "\\EUR": "€",
}
_DOTLESS = {"ı": "i", "ȷ": "j"}


def accent(command: str, letter: str) -> str | None:
    r"""Return a letter with the accent that a command puts on it (`\'` and "e": "é"); None for no accent."""
    mark = _ACCENTS.get(command)
    if mark is None:
        return None
    base = _DOTLESS.get(letter[:1], letter[:1])
    return unicodedata.normalize("NFC", base + mark) + letter[1:] if base else ""


def is_accent(command: str) -> bool:
    """Whether a command puts an accent on the letter that follows."""
    return command in _ACCENTS


@cache
def symbol(command: str) -> str | None:
    r"""Return what a command without arguments sets (`\ss`: "ß"), None for one that sets nothing of its own."""
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    spec = _database().get_macro_spec(command[1:])
    found = getattr(spec, "simplify_repl", None)
    return found if isinstance(found, str) and "%" not in found and not found.startswith("<") else None


@cache
def _database() -> Any:
    return get_default_latex_context_db()


def typeset(run: str) -> str:
    """Return a run of text with TeX's ligatures made: dashes and quotation marks."""
    if "-" in run and "--" in run:
        run = run.replace("---", "—").replace("--", "–")
    if "`" in run or "'" in run:
        run = run.replace("``", "“").replace("''", "”").replace("`", "‘").replace("'", "’")
    return run

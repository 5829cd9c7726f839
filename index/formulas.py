r"""Markdown in, where formulas stand in it out: TeX between dollars, as Pandoc and GitHub read them, or TeX's brackets.

Prices are none: "$5 and $10", "$5-$10", "$5 million in all or CA$". A Korean particle may follow a formula's last
dollar, or the th of "$n$th"; spaces may stand within where the rest looks like TeX. `\(so\)` is an escaped bracket.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

Span = tuple[int, int]

_MOST_SIGNS = 100  # characters of a formula that is put in signs
_MOST = 1_000  # characters of a formula within a line
_TEX = rf"(?:[^$\\\n]|\\[^\n]){{1,{_MOST}}}?"
_BRACKETED = rf"(?=[^\\\n]*(?:[\^_={{}}]|\\[A-Za-z]))(?:(?!\\[][()])[^\n]){{1,{_MOST}}}?"
# One alternative each has the formula's TeX; those in DISPLAYED stand by themselves, the others within a line.
FORMULA = re.compile(
    rf"(?<![\\$])\$\$(?P<display>(?:[^$\\\n]|\\[^\n]|\\?\n(?![ \t]*\n)){{1,{4 * _MOST}}}?)\$\$(?!\$)"
    rf"|\\\[(?P<bracketed>{_BRACKETED})\\\]|\\\((?P<parted>{_BRACKETED})\\\)"
    r"|(?<![\\$\w])\$(?![^$\\^_={}]*[^\W\d]{2,} [^\W\d]{2,}[^$\\^_={}]*\$)"
    rf"(?:(?=[^\s$])(?P<formula>{_TEX})(?<=[^\s\\])|[ ]+(?=[^$\n]*[\\^_=])(?P<spaced>{_TEX})[ ]+)"
    r"\$(?![\d$]|(?!(?:th|st|nd|rd|s)(?![A-Za-z]))[A-Za-z])"
)
DISPLAYED = frozenset(("display", "bracketed"))


def formula_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the (start, end) spans of the formulas in text[start:end], in order, with what encloses their TeX."""
    stop = len(text) if end is None else end
    if text.find("$", start, stop) < 0 and text.find("\\", start, stop) < 0:
        return []
    return [found.span() for found in FORMULA.finditer(text, start, stop)]


def is_within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place is in one of some spans, which are in order and do not overlap; where one begins is outside."""
    before = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return before >= 0 and spans[before][0] < at < spans[before][1]


def lines_within(text: str, spans: Sequence[Span]) -> set[int]:
    """Return where lines of a text begin that one of its formulas goes on in, whatever they look like."""
    return {at + 1 for first, last in spans for at in range(first, last) if text[at] == "\n"}


def with_signs(text: str) -> str:
    r"""Return a text with its formulas as signs, where formulas cannot be drawn: `$\tau$-bench` is τ-bench."""
    return FORMULA.sub(_signs, text)


def _signs(found: re.Match[str]) -> str:
    tex = found[found.lastgroup or 0]
    if len(tex) > _MOST_SIGNS:
        return found[0]
    try:
        told = str(_reader().latex_to_text(tex))
    except Exception:  # its reader has errors of many classes, and any TeX may come
        return found[0]
    return unicodedata.normalize("NFKC", " ".join(told.split())) or found[0]


@cache
def _reader() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text")

r"""Markdown in, where formulas stand in it out: TeX between dollars, as Pandoc and GitHub read them, or TeX's brackets.

Prices are none: "$5 and $10", "$5-$10", "$5 million in all or CA$". A Korean particle may follow a formula's last
dollar, or the th of "$n$th"; spaces may stand within where the rest looks like TeX. `\(so\)` is an escaped bracket.
"""

import re

Span = tuple[int, int]

_MOST = 1_000  # characters of a formula within a line
_TEX = rf"(?:[^$\\\n]|\\[^\n]){{1,{_MOST}}}?"
_BRACKETED = rf"(?=[^\\\n]*(?:[\^_={{}}]|\\[A-Za-z]))(?:(?!\\[][()])[^\n]){{1,{_MOST}}}?"
# One alternative each has the formula's TeX: `display` and `bracketed` stand by themselves, the others within a line.
FORMULA = (
    rf"(?<![\\$])\$\$(?P<display>(?:[^$\\\n]|\\[^\n]|\\?\n(?![ \t]*\n)){{1,{4 * _MOST}}}?)\$\$(?!\$)"
    rf"|\\\[(?P<bracketed>{_BRACKETED})\\\]|\\\((?P<parted>{_BRACKETED})\\\)"
    r"|(?<![\\$\w])\$(?![^$\\^_={}]*[^\W\d]{2,} [^\W\d]{2,}[^$\\^_={}]*\$)"
    rf"(?:(?=[^\s$])(?P<formula>{_TEX})(?<=[^\s\\])|[ ]+(?=[^$\n]*[\\^_=])(?P<spaced>{_TEX})[ ]+)"
    r"\$(?![\d$]|(?!(?:th|st|nd|rd|s)(?![A-Za-z]))[A-Za-z])"
)
_FORMULA = re.compile(FORMULA)


def formula_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the (start, end) spans of the formulas in text[start:end], in order, with what encloses their TeX."""
    return [found.span() for found in _FORMULA.finditer(text, start, len(text) if end is None else end)]


def lines_within(text: str, start: int, end: int) -> set[int]:
    """Return where lines of text[start:end] begin that a formula goes on in, whatever they look like."""
    spans = formula_spans(text, start, end)
    return {at + 1 for first, last in spans for at in range(first, last) if text[at] == "\n"}

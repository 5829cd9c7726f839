"""Text with tables in Markdown in, whether it has some, and the row of headings above a row out."""

import re

from index.sentences import Span

_MOST_ROWS = 400  # above a row, that are gone through
_BELOW_HEADINGS = re.compile(r"\|[ \t]*:?-+")
_RULE = re.compile(r"[ \t]*\|(?=[^-]*-)[ \t:|-]*")


def is_row(text: str) -> bool:
    """Whether a sentence is a row of a table."""
    return text.startswith("|")


def has_table(text: str, start: int, end: int) -> bool:
    """Whether there is a table in `text[start:end]`."""
    return _BELOW_HEADINGS.search(text, start, end) is not None


def headings_above(text: str, at: int) -> Span | None:
    """Return the span of the row of headings of the table in which the row that begins at `at` stands.

    None where the table has none, or where they are empty.
    """
    end = text.rfind("\n", 0, at)
    for _ in range(_MOST_ROWS):
        if end < 0:
            return None
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if not line.lstrip().startswith("|"):
            return None
        end = start - 1
        if _RULE.fullmatch(line):
            break
    start = text.rfind("\n", 0, max(end, 0)) + 1
    line = text[start : max(end, 0)]
    if not is_row(line.lstrip()) or not any(char.isalnum() for char in line):
        return None
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())

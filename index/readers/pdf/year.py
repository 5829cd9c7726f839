"""What a paper's first page and its file say in, the year that it is of out."""

import re
from collections.abc import Sequence

_YEAR = r"(19[89]\d|20\d\d)"
_YEARS = (
    re.compile(rf"(?:©|\(c\)|copyright)[^\d\n]{{0,12}}{_YEAR}", re.I),
    re.compile(rf"(?:published|accepted|received|proceedings|conference)[^\n]{{0,60}}?\b{_YEAR}\b", re.I),
    re.compile(
        rf"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b[\s\d.,]*{_YEAR}",
        re.I,
    ),
    re.compile(rf"{_YEAR}\s*년"),
)


def year_of(texts: Sequence[str], stamped: int | None, created: str) -> int | None:
    """Return the year of a paper: from its stamp, what its first page says, or when the file was made."""
    if stamped:
        return stamped
    for pattern in _YEARS:
        for text in texts:
            if found := pattern.search(text):
                return int(found[1])
    made = re.match(rf"D:{_YEAR}", created)
    return int(made[1]) if made else None

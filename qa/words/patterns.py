"""Wording in, a compiled pattern out. Knows no words itself."""

import re

# To `re` Hangul are letters as Latin ones are; to a reader a Latin word ends where a Korean particle begins.
_BOUNDARY = r"(?:\b|(?a:\b))"


def compiled(wording: str) -> re.Pattern[str]:
    r"""Compile wording without regard to case; `\b` stands between Latin letters and Hangul, too: "limitation은"."""
    return re.compile(wording.replace(r"\b", _BOUNDARY), re.IGNORECASE)

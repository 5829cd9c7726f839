"""Text in, the names in it out: of methods, models, data sets and people. Says whether another text has a name, too.

A name is a word with capitals or digits inside (GPT-4, mPLUG-Owl3), one that begins with a capital where none is due,
or one that is known. Spaces and hyphens do not tell names apart: Llama-3-70B is Llama 3 70B, but GPT-4 is not GPT-4o.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.analyse import is_name_like, is_stopword
from qa.check.phrases import FRAME_WORDS

_TOKEN = re.compile(
    r"(?<![0-9A-Za-z])[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:[-_./&+][A-Za-zÀ-ɏ0-9]+)*(?:\+\+|#)?"
    r"|\d+[A-Za-z]+(?:[-_][A-Za-z0-9]+)+"
)
_VERSION = re.compile(r" (\d(?:\.\d)?)(?![\d,%]|\.\d|\s?(?:[KMBT]\b|%|points?\b|percent\b|개|점|가지|명|배|번|단계))")
_UNITS = re.compile(
    r"\d.*|[KMGT]i?B|FLOPs?|USD|EUR|KRW|CO2\w*|ca|vs|etc|et|al|I|A|No|Nr|Fig|Table|Section|Mr|Ms|Dr"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]{2}\."
)
_PIECE = re.compile(r"[A-Za-zÀ-ɏ]+|\d+(?:\.\d+)?")
_STARTS = re.compile(r"(?:^|[.!?:;]\s+|[\"'“‘(\[]\s*)$")
_GOES_ON = re.compile(r" [A-Z][\w-]*")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$|['’]s$")
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written in `text[start:end]`; `first` says that its capital may be due to its place."""

    written: str
    start: int
    end: int
    first: bool = False

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where a text has this name, however it is hyphenated; "GPT-4" is also in "GPT-4-Turbo"."""
        return [found.span() for found in _pattern(self.written).finditer(text)]


def names(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Return the names in a text, in order; `known` are further ones, of up to five words."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        size, name = _name(text, tokens, at, known)
        found += [name] if name else []
        at += size
    return tuple(found)


def _name(text: str, tokens: list[re.Match[str]], at: int, known: frozenset[str]) -> tuple[int, Name | None]:
    """Return the name that begins with a token, if any, and how many tokens it takes."""
    for size in range(min(MAX_WORDS, len(tokens) - at), 0, -1):
        start, end = tokens[at].start(), tokens[at + size - 1].end()
        if size > 1 and text[start:end] in known:
            return size, Name(text[start:end], start, end)
    token = tokens[at]
    written = _PLURAL.sub("", token.group())
    if not (written in known and len(written) > 1) and not _is_name(text, token.start(), written):
        return 1, None
    end = token.start() + len(written)
    version = _VERSION.match(text, end)
    if version and end == token.end() and not written.isupper() and not any(char.isdigit() for char in written):
        end = version.end()
    first = bool(_STARTS.search(text[: token.start()])) and not is_name_like(written) and written not in known
    return 1, Name(text[token.start() : end], token.start(), end, first)


def _is_name(text: str, start: int, written: str) -> bool:
    if _UNITS.fullmatch(written) or not written or is_stopword(written.lower()):
        return False
    if is_name_like(written.split("-")[0]) or (is_name_like(written) and not written[0].islower()):
        return True
    if not written[0].isupper() or (_STARTS.search(text[:start]) and not _GOES_ON.match(text, start + len(written))):
        return False
    return written.lower() not in FRAME_WORDS


@lru_cache(maxsize=5_000)
def _pattern(written: str) -> re.Pattern[str]:
    pieces = [re.escape(piece) for piece in _PIECE.findall(written)]
    return re.compile(rf"(?<![A-Za-z0-9]){'[-_./&+ ]?'.join(pieces)}s?(?![A-Za-z0-9])", re.IGNORECASE)

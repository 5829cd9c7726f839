"""Text in, the names in it out: of methods, models, data sets and people. Says whether another text has a name, too.

A name is a word with capitals or digits inside (GPT-4, mPLUG-Owl3), one that begins with a capital where none is due,
or one that is known. Spaces and hyphens do not tell names apart: Llama-3-70B is Llama 3 70B, but GPT-4 is not GPT-4o,
and C is not C++.
"""

import re
from collections.abc import Collection, Sequence
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
_MARK = re.compile(r"(?:\+\+|#)$")
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
        return [found.span() for found in _pattern(self.written).finditer(text) if found["mark"] == self._mark]

    def is_marked_otherwise(self, text: str) -> bool:
        """Whether a text has the same letters with another mark behind them, or none: C++ and C# beside C."""
        return any(found["mark"] != self._mark for found in _pattern(self.written).finditer(text))

    @property
    def _mark(self) -> str | None:
        return found.group() if (found := _MARK.search(self.written)) else None


def names(text: str, known: frozenset[str] = frozenset(), also: Collection[str] = ()) -> tuple[Name, ...]:
    """Return the names in a text, in order; `known`, the same for many texts, and `also` are further ones.

    A name has up to five words.
    """
    tokens = list(_TOKEN.finditer(text))
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        size = _words(text, tokens, at, known, also)
        if size > 1:
            start, end = tokens[at].start(), tokens[at + size - 1].end()
            found.append(Name(text[start:end], start, end))
        elif (name := _name(text, tokens[at], known, also)) is not None:
            found.append(name)
        at += size
    return tuple(found)


def _words(text: str, tokens: Sequence[re.Match[str]], at: int, known: frozenset[str], also: Collection[str]) -> int:
    """Return how many words the longest name has that begins with a token and is known; 1 for none."""
    first = tokens[at].group()
    if first in _first_words(known) or any(name.startswith(first) for name in also):
        for size in range(min(MAX_WORDS, len(tokens) - at), 1, -1):
            written = text[tokens[at].start() : tokens[at + size - 1].end()]
            if written in known or written in also:
                return size
    return 1


def _name(text: str, token: re.Match[str], known: frozenset[str], also: Collection[str]) -> Name | None:
    """Return the name that a token is, if it is one, with the version that follows it."""
    written = _PLURAL.sub("", token.group())
    is_known = written in known or written in also
    if not (is_known and len(written) > 1) and not _is_name(text, token.start(), written):
        return None
    end = token.start() + len(written)
    version = _VERSION.match(text, end)
    if version and end == token.end() and not written.isupper() and not any(char.isdigit() for char in written):
        end = version.end()
    first = bool(_STARTS.search(text[: token.start()])) and not is_name_like(written) and not is_known
    return Name(text[token.start() : end], token.start(), end, first)


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
    end = r"(?:(?P<mark>\+\+|#)|s?(?![A-Za-z0-9]))"
    return re.compile(rf"(?<![A-Za-z0-9]){'[-_./&+ ]?'.join(pieces)}{end}", re.IGNORECASE)


@lru_cache(maxsize=64)
def _first_words(known: frozenset[str]) -> frozenset[str]:
    """Return the first words of names of several words."""
    return frozenset(token.group() for name in known if (token := _TOKEN.match(name)) and token.group() != name)

"""Text in, what it is found by out: words, the pieces of them in the index, and where a term stands. Runs no statement.

A word is found by any part of it, as Korean joins what other languages write apart. SQLite's own index of three letters
cannot find the two syllables that most Korean words have. So the index holds, from each letter of a word on, two
letters, or three of Latin ones, as single words; a longer part is a row of such pieces. Marks part words and are not
looked for, and Latin letters and others stand apart: "K-means의" is found as "k means 의".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

MAX_TERMS = 8
MAX_SEARCH_CHARS = 200
_WORD = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_BETWEEN = r"[\W_]*"
_BEFORE_CHARS, _AFTER_CHARS = 24, 60


def folded(text: str) -> str:
    """Return a text's words in one spelling, small, with one space between them."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def terms_of(search: str) -> list[str]:
    """Return what is looked for, each folded; all of it must be found.

    Left out is a single Latin letter or digit, which nearly everything holds.
    """
    terms = filter(None, map(folded, search[:MAX_SEARCH_CHARS].split()))
    return [term for term in dict.fromkeys(terms) if len(term) > 1 or not term.isascii()][:MAX_TERMS]


def pieces(words: str) -> str:
    """Return folded words as the index takes them."""
    return " ".join(piece for word in words.split() for piece in _pieces(word))


def match(term: str) -> str:
    """Return what the index is asked for a folded term; its first word may have begun before, its last may go on."""
    *whole, last = term.split()
    before = [piece for word in whole for piece in _pieces(word)]
    most = _most(last)
    if len(last) < most:  # as far as it goes, the beginning of a piece
        return f'"{" ".join([*before, last])}"*'
    return f'"{" ".join([*before, *_pieces(last)[: len(last) - most + 1]])}"'


def excerpt(texts: Iterable[str], terms: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the first place of a term, or of all in a row: what stands before it, itself as written, what after it."""
    wanted = (_BETWEEN.join(map(re.escape, term.split())) for term in (" ".join(terms), *terms))
    pattern = re.compile("|".join(wanted), re.IGNORECASE)
    for text in texts:
        line = " ".join(unicodedata.normalize("NFC", text).split())
        if found := pattern.search(line):
            start, end = found.span()
            begin = max(0, start - _BEFORE_CHARS)
            if begin:
                begin = line.find(" ", begin, start) + 1 or begin  # at a word, where one begins there
            before, after = line[begin:start], line[end : end + _AFTER_CHARS]
            more = "…" if end + _AFTER_CHARS < len(line) else ""
            return ("…" if begin else "") + before, found[0], after + more
    return None


def _pieces(word: str) -> list[str]:
    return [word[at : at + _most(word)] for at in range(len(word))]


def _most(word: str) -> int:
    return 3 if word.isascii() else 2

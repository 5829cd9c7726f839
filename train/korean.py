"""Korean texts in, a lexicon of stems and word tails with counts out, learned from Kiwi's morpheme analyses.

The lexicon lets `index.analyse` divide Korean words without Kiwi at run time.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiwipiepy import Kiwi, Token

_PREDICATES = ("VV", "VA", "MAG", "MM")  # verbs, adjectives, adverbs, determiners: they say less than nouns
_CONTENT = ("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "XR", "MAG", "MM", "XPN")
_MIN_TAIL_COUNT = 2
_TERM_COUNT = 5
_HANGUL_WORD = re.compile("[가-힣]+")


def learn_lexicon(texts: Sequence[str], terms: Iterable[str], path: Path) -> None:
    """Count stems and tails in `texts`, add the words of the glossary's `terms`, and write them to `path`."""
    pieces: Counter[tuple[str, str, str]] = Counter()
    tails: Counter[str] = Counter()
    kiwi = Kiwi(num_workers=2)
    for text, tokens in zip(texts, kiwi.tokenize(list(texts)), strict=True):
        for word_pieces, tail in _words(text, tokens):
            pieces.update(word_pieces)
            tails[tail] += 1
    for term, tokens in zip(terms := list(terms), kiwi.tokenize(terms), strict=True):
        for word_pieces, tail in _words(term, tokens):
            pieces.update({piece: _TERM_COUNT for piece in word_pieces})
            if tail and not tail.endswith("다") and term.isalpha():  # a base form has no tail: Kiwi took a noun apart
                pieces[term, term, "stem"] += _TERM_COUNT
    best: dict[str, tuple[str, str, int]] = {}
    for (surface, stem, kind), count in pieces.items():
        if count > best.get(surface, ("", "", 0))[2]:
            best[surface] = (stem, kind, count)
    lines = [f"total\t{sum(pieces.values()) + sum(tails.values())}"]
    lines += [
        f"{kind}\t{surface}\t{'' if stem == surface else stem}\t{count}"
        for surface, (stem, kind, count) in sorted(best.items())
    ]
    lines += [
        f"tail\t{tail}\t\t{count}" for tail, count in sorted(tails.items()) if count >= _MIN_TAIL_COUNT or not tail
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _words(text: str, tokens: list[Token]) -> Iterable[tuple[list[tuple[str, str, str]], str]]:
    """Yield the (surface, stem, kind) pieces and the tail of every Hangul word of `text`."""
    members: dict[int, list[Token]] = {}
    words = [found.span() for found in _HANGUL_WORD.finditer(text)]
    starts = [start for start, _ in words]
    for token in tokens:
        at = bisect_right(starts, token.start) - 1
        if at >= 0 and token.start < words[at][1]:
            members.setdefault(at, []).append(token)
    for at, inside in members.items():
        start, end = words[at]
        pieces, stop = _leading_content(text, inside, start, end)
        if pieces or not any(_is_content(token) for token in inside):
            yield pieces, text[stop:end]


def _leading_content(text: str, tokens: list[Token], start: int, end: int) -> tuple[list[tuple[str, str, str]], int]:
    """Return the content pieces that a word begins with, and where they stop."""
    pieces: list[tuple[str, str, str]] = []
    for token in tokens:
        stop = token.start + token.len
        if _is_content(token) and token.start == start and start < stop <= end:
            kind = "verb" if token.tag.split("-")[0] in _PREDICATES else "stem"
            pieces.append((text[start:stop], token.form, kind))
            start = stop
    return pieces, start


def _is_content(token: Token) -> bool:
    return token.tag.split("-")[0] in _CONTENT

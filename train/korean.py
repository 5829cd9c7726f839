"""Korean texts in, a lexicon of stems and word tails with counts out, learned from Kiwi's morpheme analyses.

The lexicon lets `index.analyse` divide Korean words without Kiwi at run time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiwipiepy import Kiwi, Token

_CONTENT = ("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "XR", "MAG", "MM", "XPN")
_MIN_TAIL_COUNT = 2


def learn_lexicon(texts: Sequence[str], terms: Iterable[str], path: Path) -> None:
    """Count stems and tails in `texts`, add the words of the glossary's `terms`, and write them to `path`."""
    pieces: Counter[tuple[str, str]] = Counter()
    tails: Counter[str] = Counter()
    kiwi = Kiwi(num_workers=2)
    for text, tokens in zip(texts, kiwi.tokenize(list(texts)), strict=True):
        for word_pieces, tail in _words(text, tokens):
            pieces.update(word_pieces)
            tails[tail] += 1
    for term, tokens in zip(terms := list(terms), kiwi.tokenize(terms), strict=True):
        for word_pieces, _ in _words(term, tokens):
            pieces.update({piece: 5 for piece in word_pieces})
    best: dict[str, tuple[str, int]] = {}
    for (surface, stem), count in pieces.items():
        if count > best.get(surface, ("", 0))[1]:
            best[surface] = (stem, count)
    lines = [f"total\t{sum(pieces.values()) + sum(tails.values())}"]
    lines += [f"stem\t{surface}\t{'' if stem == surface else stem}\t{count}" for surface, (stem, count) in sorted(best.items())]
    lines += [f"tail\t{tail}\t\t{count}" for tail, count in sorted(tails.items()) if count >= _MIN_TAIL_COUNT or not tail]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _words(text: str, tokens: list[Token]) -> Iterable[tuple[list[tuple[str, str]], str]]:
    """Yield the (surface, stem) pieces and the tail of every Hangul word of `text`."""
    by_word: dict[tuple[int, int], list[Token]] = {}
    start = None
    bounds: dict[int, tuple[int, int]] = {}
    for at, char in enumerate(text + " "):
        if "가" <= char <= "힣":
            start = at if start is None else start
        elif start is not None:
            for inside in range(start, at):
                bounds[inside] = (start, at)
            start = None
    for token in tokens:
        if token.start in bounds:
            by_word.setdefault(bounds[token.start], []).append(token)
    for (begin, end), members in by_word.items():
        pieces: list[tuple[str, str]] = []
        at = begin
        for token in members:
            stop = token.start + token.len
            if token.tag.split("-")[0] in _CONTENT and token.start == at and at < stop <= end:
                pieces.append((text[at:stop], token.form))
                at = stop
        if pieces or at == begin:
            yield pieces, text[at:end]

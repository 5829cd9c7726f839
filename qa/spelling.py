"""What the texts of a Library are called in, which of these names a Hangul or a spelt-out word means out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from qa.sounds import sounds_like, spoken

Titled = tuple[str, str]  # a text's title, and its file

_HEAD = re.compile(r"([^:：–—]{2,40}?)\s*[:：–—]\s")
_WORD = re.compile(r"[A-Za-zͰ-Ͽ][A-Za-zͰ-Ͽ0-9]*(?: ?-[A-Za-z0-9]+)*")
_LEAST_LETTERS = 3
_MOST_HEAD_WORDS = 3


class TextNames:
    """The names of some texts: what titles begin with before a colon, and words of titles and file names."""

    def __init__(self, texts: Sequence[Titled], is_common: Callable[[str], bool]) -> None:
        """Take the texts, and what says whether a word is one of general text, which is no name."""
        found = dict.fromkeys(name for title, source in texts for name in _names(title, source))
        self._names = tuple(name for name in found if not is_common(name.lower()))
        self._greek = {spoken(name): name for name in self._names if spoken(name) != name.lower()}

    def sounding_like(self, hangul: str) -> str | None:
        """Return the name that a Hangul word spells, or None."""
        return next((name for name in self._names if sounds_like(hangul, name)), None)

    def in_greek(self, text: str) -> tuple[str, tuple[Titled, ...]]:
        """Return a text with the names that it spells out as they are written (tau-bench: τ-bench), and both forms."""
        renamed: list[Titled] = []
        for said, written in self._greek.items():
            parts = map(re.escape, re.split(r"[ -]+", said))
            pattern = re.compile(rf"(?<![A-Za-z0-9-]){'[ -]?'.join(parts)}(?![A-Za-z0-9])", re.IGNORECASE)
            renamed += [(found.group(), written) for found in pattern.finditer(text)]
            text = pattern.sub(lambda _, written=written: written, text)  # type: ignore[misc]
        return text, tuple(renamed)


def _names(title: str, source: str) -> Iterator[str]:
    head = _HEAD.match(title)
    if head and len(head[1].split()) <= _MOST_HEAD_WORDS and not re.search("[가-힣]", head[1]):
        yield head[1]
    yield from _long(word.group() for word in _WORD.finditer(title) if word.group()[0].isupper())
    yield from _long(re.findall("[A-Za-z]+", PurePosixPath(source.replace("\\", "/")).stem))


def _long(words: Iterable[str]) -> Iterator[str]:
    yield from (word for word in words if len(word) >= _LEAST_LETTERS)

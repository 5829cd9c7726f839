"""A text in, where it names texts of the Library out, however these names are spelt: 샤잠, tau-bench, colbert."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from index.analyse import is_name_like, is_stopword
from index.storage.record import DocumentCard
from qa.words.sounds import consonants_of, consonants_of_hangul, sounds_like, spoken

_HEAD = re.compile(r"[^\w(\[]*([^:：–—]{2,40}?)\s*[:：–—]\s")
_WORD = re.compile(r"[A-Za-zͰ-Ͽ][A-Za-zͰ-Ͽ0-9]*(?: ?-[A-Za-z0-9]+)*")
_LEADING = re.compile(r"(?:[A-Z][a-z]+[ -])+[A-Z][a-z]+")  # Retrieval-Augmented Generation
_LATIN_WORD = re.compile("[A-Za-zͰ-Ͽ0-9]+")
_LATIN_TAIL = re.compile("[A-Za-z0-9]+| [vV]?[0-9]+")  # right after a Hangul word
_JOINT = re.compile(" ?-?")
_MOST_WORDS = 6
_LEAST_LETTERS = 3
_MOST_HEAD_WORDS = 3
_HANGUL_WORD = re.compile("(?<![A-Za-z0-9가-힣])[가-힣]{2,}")
PARTICLES = (
    "은 는 이 가 을 를 의 에 에서 와 과 도 만 로 으로 이랑 랑 하고 보다 이란 란 이야 야 이고 고 이며 며 요 처럼 한테"
).split()  # after a name in Korean
_JOINED_PARTICLES = "랑은 이랑은 에서는 에서의 에는 로는 으로는 이라는 라는".split()
_TAILS = sorted((*PARTICLES, *_JOINED_PARTICLES), key=len, reverse=True)


class Named(NamedTuple):
    """A name as a text spells it, `text[start:end]`, and as the Library writes it, with the works that go by it.

    Where a title begins with a name, or a file has it, others that only hold it are not meant; `own` says so.
    """

    start: int
    end: int
    name: str
    works: frozenset[str]
    own: bool


class TextNames:
    """The names of some texts: what titles begin with, its initials, and words of titles and file names."""

    def __init__(
        self,
        texts: Iterable[DocumentCard] = (),
        is_common: Callable[[str], bool] = lambda _: False,
        is_known: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Take the texts, and what says whether an English or a Hangul word is known from elsewhere, and no name."""
        own: dict[str, set[str]] = defaultdict(set)  # works, by names in lower case
        held: dict[str, set[str]] = defaultdict(set)
        written: dict[str, str] = {}
        for card in texts:
            named = (
                (_names(card.title), own),
                (_words(card.title), held),
                (_of_file(card.stem), own),
                (_parts(card.stem), held),
            )
            for names, works in named:
                for name in names:
                    works[name.lower()].add(card.work)
                    written.setdefault(name.lower(), name)
        self._works = {
            name: frozenset(own.get(key) or held[key])
            for key, name in written.items()
            if not _is_plain(name, is_common, own=key in own)
        }
        self._own = frozenset(name for key, name in written.items() if key in own)
        self._joined = {_joined(name): name for name in reversed(self._works)}
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for name in self._works:
            for consonants in consonants_of(name):
                self._by_sound[consonants].append(name)
        self._is_known = is_known

    def found(self, text: str) -> list[Named]:
        """Return where a text spells the names, in Latin letters or as they sound in Korean, in order."""
        if not self._works:
            return []
        found = list(self._in_latin(text))
        for word in _HANGUL_WORD.finditer(text):
            found += self._sounding_like(word)
            found += self._sounding_like_with(word, text)
        longest: list[Named] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not longest or one.start >= longest[-1].end:
                longest.append(one)
        return longest

    def work_named(self, text: str) -> str | None:
        """Return the only work whose names a text holds, None for none or several."""
        works = {work for one in self.found(text) for work in one.works}
        return works.pop() if len(works) == 1 else None

    def _in_latin(self, text: str) -> Iterator[Named]:
        """Yield the names that stand in a text, of whatever case, joined or apart, Greek letters as words or not."""
        words = list(_LATIN_WORD.finditer(text))
        for at, first in enumerate(words):
            if text[first.start() - 1 : first.start()] == "-":
                continue
            joined, before = "", first.start()
            for last in words[at : at + _MOST_WORDS]:
                if joined and not _JOINT.fullmatch(text, before, last.start()):
                    break
                joined, before = joined + _joined(last.group()), last.end()
                if (name := self._joined.get(joined)) is not None:
                    yield self._named(first.start(), last.end(), name)

    def _sounding_like(self, word: re.Match[str]) -> Iterator[Named]:
        """Yield the name that a Hangul word spells, a particle apart."""
        for tail in (*_TAILS, ""):
            stem = word.group().removesuffix(tail)
            if len(stem) < 2 or not word.group().endswith(tail) or self._is_known(stem):
                continue
            for name in self._by_sound.get(consonants_of_hangul(stem), ()):
                if sounds_like(stem, name):
                    yield self._named(word.start(), word.start() + len(stem), name)
                    return

    def _sounding_like_with(self, word: re.Match[str], text: str) -> Iterator[Named]:
        """Yield the name that a Hangul word spells with the Latin letters or digits right after it: 모바일넷v2."""
        after = _LATIN_TAIL.match(text, word.end())
        if after is None:
            return
        tail = after.group().strip().lower()
        for name in self._works:
            stem = name[: -len(tail)].rstrip("- ")
            if stem and name.lower().endswith(tail) and sounds_like(word.group(), stem):
                yield self._named(word.start(), after.end(), name)
                return

    def _named(self, start: int, end: int, name: str) -> Named:
        return Named(start, end, name, self._works[name], name in self._own)


def _is_plain(name: str, is_common: Callable[[str], bool], *, own: bool) -> bool:
    """Whether a name is an everyday word, or made of such ("open-source"); what a text goes by only if it is one word.

    RAG is none, though "rag" is, nor is ProFit.
    """
    parts = re.split("[ -]+", name)
    if own and (len(parts) > 1 or is_name_like(name)):
        return False
    lowered = ((part, part.lower()) for part in parts)
    return all(is_stopword(low) or (is_common(low) and not is_name_like(part)) for part, low in lowered)


def _names(title: str) -> Iterator[str]:
    """Yield what a title calls its text: what it begins with before a colon, and its first words' initials."""
    head = _HEAD.match(title)
    if head and len(head[1].split()) <= _MOST_HEAD_WORDS and not re.search("[가-힣]", head[1]):
        yield head[1]
    leading = _LEADING.match(title)
    yield from _long(["".join(re.findall("(?<![a-z])[A-Z]", leading.group()))] if leading else [])


def _words(title: str) -> Iterator[str]:
    """Yield the words of a title that may be names."""
    yield from _long(word.group() for word in _WORD.finditer(title) if word.group()[0].isupper())


def _of_file(stem: str) -> Iterator[str]:
    """Yield what a file is called, where that is one word or joined by hyphens; else the Latin name it begins with."""
    first = _WORD.match(stem)
    begins = first and (first.end() == len(stem) or is_name_like(first.group()))
    yield from _long([first.group()] if first and begins else [])


def _parts(stem: str) -> Iterator[str]:
    """Yield the Latin words of a file's name: ghc in parallel_gc_ghc."""
    words = (word.group() for word in _WORD.finditer(stem.replace("_", " ")))
    yield from _long(word for word in words if word.lower() != "readme")


def _long(words: Iterable[str]) -> Iterator[str]:
    yield from (word for word in words if len(word) >= _LEAST_LETTERS)


def _joined(name: str) -> str:
    """Return a name in small letters, without spaces and hyphens and with Greek letters as words."""
    return re.sub("[ -]", "", spoken(name))

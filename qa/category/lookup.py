"""What somebody has typed so far in, the methods and categories that it may become out, the likeliest first.

Korean is compared letter by letter, so 스ㅍ already finds 스핀, and consonants alone (ㅎㄷㅁㅂ) find 행동 모방.
Only where nothing is spelt so, a misspelling is thought of. Reads no questions: `names` finds names within a sentence.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from qa.category.names import TAIL, Kind, key_of, tokens
from qa.category.spelling import Speller, spelled_out
from qa.category.taxonomy import Taxonomy

How = Literal["whole", "begins", "other spelling begins", "a word begins", "inside", "typo"]

MAX_TYPED_CHARS = 200
_RANKS: tuple[How, ...] = ("whole", "begins", "other spelling begins", "a word begins", "inside", "typo")
_LEAST_INSIDE = 3  # letters: fewer stand inside nearly every name
_LEAST_PREFIX, _MOST_PREFIX = 3, 24  # characters of the beginnings that a misspelling is compared with
_INITIALS = re.compile("[\u1100-\u1112]{2,}")  # Korean consonants as they begin a syllable


@dataclass(frozen=True, slots=True)
class Found:
    """A method or category; `written` is the spelling that was typed or begun, `how` what it has in common with it."""

    kind: Kind
    owner_id: str
    written: str
    how: How


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One name, as letters; `starts` are where its words begin, `initials` the first consonants of its syllables."""

    kind: Kind
    owner_id: str
    written: str
    official: bool
    letters: str
    starts: tuple[int, ...]
    initials: str


class Lookup:
    """Knows all spellings of the taxonomy's names, titles, authors and arXiv ids."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._spellings = tuple(_spelling(*row) for row in _rows(taxonomy))

    def find(self, typed: str, top_k: int = 8) -> list[Found]:
        """Return each method or category once, at most `top_k`, by how well and how shortly it is spelt so."""
        key = key_of(typed[:MAX_TYPED_CHARS])
        if not key:
            return []
        for tried in (key, *_without_particle(key)):
            found = self._spelt(unicodedata.normalize("NFD", tried))
            if found:
                return found[:top_k]
        return self._misspelt(key)[:top_k]

    def _spelt(self, letters: str) -> list[Found]:
        best: dict[tuple[Kind, str], tuple[int, int, Found]] = {}
        for spelling in self._spellings:
            how = _how(spelling, letters)
            if how is None:
                continue
            found = Found(spelling.kind, spelling.owner_id, spelling.written, how)
            rated = (_RANKS.index(how), len(spelling.letters), found)
            owner = (spelling.kind, spelling.owner_id)
            if owner not in best or rated[:2] < best[owner][:2]:
                best[owner] = rated
        return [found for *_, found in sorted(best.values(), key=lambda rated: (*rated[:2], rated[2].written))]

    def _misspelt(self, key: str) -> list[Found]:
        closest = self._speller.closest(key)
        spellings = self._beginning[closest[0]] if closest else []
        found = {(s.kind, s.owner_id): Found(s.kind, s.owner_id, s.written, "typo") for s in reversed(spellings)}
        return sorted(found.values(), key=lambda one: (len(one.written), one.written))

    @cached_property
    def _beginning(self) -> dict[str, list[_Spelling]]:
        """All beginnings of the spellings that are not titles, with the spellings."""
        found: dict[str, list[_Spelling]] = defaultdict(list)
        for spelling in self._spellings:
            key = key_of(spelling.written)
            for size in range(_LEAST_PREFIX, min(len(key), _MOST_PREFIX) + 1):
                found[key[:size]].append(spelling)
        return found

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._beginning)


def _how(spelling: _Spelling, letters: str) -> How | None:
    """Return what a spelling has in common with the letters typed; None for nothing."""
    if spelling.letters == letters:
        return "whole"
    if spelling.letters.startswith(letters):
        return "begins" if spelling.official else "other spelling begins"
    if _INITIALS.fullmatch(letters):
        at = spelling.initials.find(letters)
        return None if at < 0 else "inside" if at else "other spelling begins"
    if any(spelling.letters.startswith(letters, start) for start in spelling.starts):
        return "a word begins"
    return "inside" if len(letters) >= _LEAST_INSIDE and letters in spelling.letters else None


def _spelling(kind: Kind, owner_id: str, written: str, official: bool) -> _Spelling:
    letters = unicodedata.normalize("NFD", key_of(written))
    parts = [unicodedata.normalize("NFD", token.text) for token in tokens(written)]
    starts: list[int] = []
    if "".join(parts) == letters:  # else 인공지능 stands there as ai, and the places are not the same
        starts = [sum(map(len, parts[:at])) for at in range(1, len(parts))]
    initials = "".join(chr(0x1100 + (ord(char) - 0xAC00) // 588) for char in written if "가" <= char <= "힣")
    return _Spelling(kind, owner_id, written, official, letters, tuple(starts), initials)


def _rows(taxonomy: Taxonomy) -> Iterator[tuple[Kind, str, str, bool]]:
    """Yield every spelling: of what, its id, the spelling, and whether it is the official one."""
    for category in taxonomy.categories.values():
        names = (category.name_ko, category.name_en)
        for written in _distinct((*names, *category.aliases_ko, *category.aliases_en)):
            yield "category", category.category_id, written, written in names
    shared: dict[str, list[str]] = defaultdict(list)
    for ambiguity in taxonomy.ambiguous:
        for method_id in ambiguity.methods:
            shared[method_id].append(ambiguity.alias)
    for method in taxonomy.methods.values():
        also = (*method.aliases, *method.aliases_ko, *shared[method.method_id], *spelled_out(method.name))
        arxiv = [method.arxiv_id] if method.arxiv_id else []
        for written in _distinct((method.name, *also, method.title, *arxiv)):
            yield "method", method.method_id, written, written == method.name


def _distinct(names: Sequence[str]) -> Iterable[str]:
    return dict.fromkeys(names)


def _without_particle(key: str) -> Iterator[str]:
    """Yield what a Korean particle may have been joined to: 스핀 of 스핀은."""
    for size in range(len(key) - 1, 1, -1):
        if TAIL.fullmatch(key[size:]):
            yield key[:size]

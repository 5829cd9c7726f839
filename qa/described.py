"""A question in, the text of the user's that it describes by words of its title out: "the solar power paper".

The words may be in the other language than the title: 태양광 발전 is solar power. Reads titles and file names only.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple, get_args

from index.analyse import Analyser
from index.load import Language
from index.storage.record import DocumentCard
from qa.bridge import Bridge, Unit

_KINDS_KO = "논문|보고서|리포트|발표 ?자료|강의 ?자료|리뷰|노트|문서|자료|기사|페이퍼|책"
_KINDS_EN = "paper|article|report|thesis|review|notes?|document|slides|book|readme|docs"
_CALLED = re.compile(rf"(?:{_KINDS_KO})(?![가-힣]{{3}})|\b(?:{_KINDS_EN})\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<word>[^\s,;:?!()\"“”‘’]+) ?$")
_DETERMINERS = ("the", "this", "that", "my", "your", "our", "그", "저")
_HOLDS = 0.5  # the strength from which a title holds a word
_MOST_WORDS = 4


class Described(NamedTuple):
    """What a question calls a text, `question[start:end]`, and the work."""

    start: int
    end: int
    work: str


class TextDescriber:
    """Finds the text that is described, among some."""

    def __init__(self, analyser: Analyser, bridge: Bridge) -> None:
        """Take what reads titles, and the bridge between the languages."""
        self._units = lru_cache(maxsize=1_000)(lambda said: tuple(bridge.units(analyser.terms(said), said)))
        self._terms = lru_cache(maxsize=10_000)(lambda text: frozenset(analyser.words(text)))

    def found(self, question: str, cards: Callable[[], Iterable[DocumentCard]]) -> Described | None:
        """Return the only text of the user's that a question describes; None for none, or several."""
        called = list(_CALLED.finditer(question))
        described = [one for kind in called for one in [self._described(question, kind, cards)] if one is not None]
        return described[0] if len(described) == 1 else None

    def _described(
        self, question: str, kind: re.Match[str], cards: Callable[[], Iterable[DocumentCard]]
    ) -> Described | None:
        """Return the only work whose title holds the words before "paper", as many of these as a title holds."""
        titles = [(card.work, card.shipped, self._title(card)) for card in cards()]
        start, first, works, said = kind.start(), kind.start(), set[tuple[str, bool]](), list[str]()
        for _ in range(_MOST_WORDS):
            before = _BEFORE.search(question, 0, start)
            if before is None or (works and before["word"].lower() in _DETERMINERS):
                first = before.start() if before else first
                break
            start = before.start()
            units = self._units(question[start : kind.start()])
            if works and [unit.written for unit in units] == said:  # what stands before the description begins
                break
            said = [unit.written for unit in units]
            held = {(work, shipped) for work, shipped, terms in titles if _hold(units, terms)}
            if units and held:
                first, works = start, held
        if len(works) != 1:
            return None
        work, shipped = works.pop()
        return None if shipped else Described(first, kind.end(), work)

    def _title(self, card: DocumentCard) -> frozenset[str]:
        stem = PurePosixPath(card.source.replace("\\", "/")).stem
        return self._terms(f"{card.title} {stem.replace('_', ' ')}")


def _hold(units: Sequence[Unit], terms: frozenset[str]) -> bool:
    """Whether terms of either language hold all units."""
    return all(any(unit.match(terms, one)[0] >= _HOLDS for one in get_args(Language)) for unit in units)

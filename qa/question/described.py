"""A question in, the text of the user's that it describes by words of its title out: "the solar power paper".

The words may be in the other language than the title: 태양광 발전 is solar power. Reads titles and file names only.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import NamedTuple, get_args

from index.analyse import Analyser
from index.load import Language
from index.storage.record import DocumentCard
from qa.words.bridge import Bridge, Unit
from qa.words.patterns import compiled

_KINDS_KO = "논문|보고서|리포트|발표 ?자료|강의 ?자료|강의|매뉴얼|리뷰|노트|문서|자료|기사|페이퍼|책"
_KINDS_EN = "paper|article|report|thesis|review|notes?|document|slides|deck|lecture|essay|manual|book|readme|docs"
_CALLED = compiled(rf"(?:{_KINDS_KO})(?![가-힣]{{3}})|\b(?:{_KINDS_EN})\b")
_BEFORE = re.compile(r"(?P<word>[^\s,;:?!()\"“”‘’]+) ?$")
_DETERMINERS = ("the", "this", "that", "my", "your", "our", "그", "저")
_LIKELY = 0.5  # the weight from which a rendering is meant
_MOST_WORDS = 4


class Described(NamedTuple):
    """What a question calls a text, `question[start:end]`, and the work."""

    start: int
    end: int
    work: str


class _Titles(NamedTuple):
    """The works that hold each word in their titles, and those that are the user's."""

    holding: dict[str, set[str]]
    own: frozenset[str]


class TextDescriber:
    """Finds the text of the Library that is described."""

    def __init__(
        self,
        analyser: Analyser,
        bridge: Bridge,
        texts: Callable[[], Iterable[DocumentCard]],
        state: Callable[[], Hashable],
    ) -> None:
        """Take what reads titles, the bridge between the languages, and what gives the texts and their state."""
        self._units = lru_cache(maxsize=1_000)(lambda said: tuple(bridge.units(analyser.terms(said), said)))
        self._terms = lru_cache(maxsize=50_000)(lambda text: frozenset(analyser.words(text)))
        self._texts = texts
        self._state = state
        self._titles = lru_cache(maxsize=1)(self._read_titles)

    def found(self, question: str) -> Described | None:
        """Return the only text of the user's that a question describes; None for none, or several."""
        called = list(_CALLED.finditer(question))
        if not called:
            return None
        titles = self._titles(self._state())
        described = [one for kind in called if (one := self._described(question, kind, titles)) is not None]
        return described[0] if len(described) == 1 else None

    def _described(self, question: str, kind: re.Match[str], titles: _Titles) -> Described | None:
        """Return the only work whose title holds the words before "paper", as many of these as a title holds."""
        start, first, works, said = kind.start(), kind.start(), set[str](), list[str]()
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
            held = set[str].intersection(*(_holding(unit, titles.holding) for unit in units)) if units else set()
            if held:
                first, works = start, held
        work = works.pop() if len(works) == 1 else None
        return Described(first, kind.end(), work) if work in titles.own else None

    def _read_titles(self, _state: Hashable) -> _Titles:
        holding: dict[str, set[str]] = defaultdict(set)
        own: set[str] = set()
        for card in self._texts():
            for term in self._terms(f"{card.title} {card.stem.replace('_', ' ')}"):
                holding[term].add(card.work)
            if not card.shipped:
                own.add(card.work)
        return _Titles(holding, frozenset(own))


def _holding(unit: Unit, holding: dict[str, set[str]]) -> set[str]:
    """Return the works whose titles hold a unit, by one of its likelier forms in either language."""
    works = set[str]()
    for form in (form for language in get_args(Language) for form in unit.forms[language]):
        if form.terms == unit.own or form.weight >= _LIKELY:
            works |= set[str].intersection(*(holding.get(term, set[str]()) for term in form.terms))
    return works

"""The numbering part of a DOCX file in, the number before each paragraph out, as Word computes it. Reads no text."""

import re
from dataclasses import dataclass, replace

from index.readers.office.numerals import Counters, numeral
from index.readers.office.parts import Element, number
from index.readers.office.word_styles import W, on, value

LEVELS = 9
BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, its form, its text ("%1.%2") and the style whose paragraphs are on it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: tuple[Level, ...]
    overridden: tuple[int, ...]


class Numbering:
    """The lists of one file and where each has got to; `label` is to be called in the order of the document."""

    def __init__(self, root: Element | None) -> None:
        self._counters = Counters()
        self._begun: set[str] = set()
        self._lists: dict[str, _List] = {}
        abstracts = {at.get(f"{W}abstractNumId") or "": at for at in _all(root, "abstractNum")}
        nums = {at.get(f"{W}numId") or "": at for at in _all(root, "num")}
        by_style_link = {link: key for key, at in abstracts.items() if (link := value(at, "styleLink"))}
        for num_id, num in nums.items():
            key = value(num, "abstractNumId") or ""
            if key in abstracts:  # a list may only name the style that another list defines
                key = by_style_link.get(value(abstracts[key], "numStyleLink") or "", key)
                self._lists[num_id] = _list(key, abstracts[key], num)

    def level_of(self, num_id: str, level: int | None, style: str | None) -> int:
        """Return a paragraph's level: its own, else the one that is tied to its style, else the first."""
        found = self._lists.get(num_id)
        if level is None and found and style:
            level = next((at for at, own in enumerate(found.levels) if own.style == style), 0)
        return min(max(level or 0, 0), LEVELS - 1)

    def label(self, num_id: str, level: int) -> str:
        """Count one more paragraph of a list and return its number: "2.1", "제1장", "-" for a bullet, "" for none."""
        found = self._lists.get(num_id)
        if found is None:
            return ""
        if num_id not in self._begun:
            self._begun.add(num_id)
            for at in found.overridden:
                self._counters.restart(found.abstract, at)
        starts = [own.start for own in found.levels]
        reached = self._counters.step(found.abstract, level, starts, [own.restart for own in found.levels])
        own = found.levels[level]
        if own.form == "bullet":
            return BULLET

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            if at > level:
                return ""
            form = found.levels[at].form
            return numeral(reached[at], "decimal" if own.legal and form != "none" else form)

        return re.sub(r"%([1-9])", shown, own.text).strip()


def _all(root: Element | None, name: str) -> list[Element]:
    return root.findall(f"{W}{name}") if root is not None else []


def _list(key: str, abstract: Element, num: Element) -> _List:
    levels = [Level()] * LEVELS
    for at in abstract.iterfind(f"{W}lvl"):
        levels[_place(at)] = _level(at)
    overridden = []
    for change in num.iterfind(f"{W}lvlOverride"):
        place = _place(change)
        own = change.find(f"{W}lvl")
        if own is not None:
            levels[place] = _level(own)
        start = value(change, "startOverride")
        if start is not None:
            levels[place] = replace(levels[place], start=number(start, 1))
            overridden.append(place)
    return _List(key, tuple(levels), tuple(overridden))


def _place(element: Element) -> int:
    return min(max(number(element.get(f"{W}ilvl")), 0), LEVELS - 1)


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    legal = value(element, "isLgl")
    return Level(
        start=number(value(element, "start"), 1) if value(element, "start") is not None else 0,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        legal=legal is not None and on(legal or "1"),
        restart=None if restart is None else number(restart),
        style=value(element, "pStyle"),
    )

"""Blocks in, Markdown and the offsets of pages out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.readers.joining import Vocabulary, join
from index.readers.pdf.front import RUN_IN, plain
from index.readers.pdf.lines import Line
from index.readers.pdf.naming import ABSTRACT, NUMBER, is_capital
from index.readers.pdf.paragraphs import BULLET, Block
from index.readers.pdf.raised import LOWERED_AGAIN, MARKED, RAISED
from index.readers.pdf.source import Page
from index.readers.pdf.table import table_of
from index.readers.reading import clean, escape, squeezed

_NO_COLON = re.compile(r"^((?:table|fig\.?|figure|표|그림)\s?[\dIVXA-Z]+(?:\.\d+)*)(?-i:(?= [A-Z가-힣]))", re.I)
_DIGITS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")


class MarkdownWriter:
    """Collects paragraphs and where pages begin."""

    def __init__(
        self, vocabulary: Vocabulary, notes: Iterable[str], pages: Sequence[Page], *, raised_cites: bool
    ) -> None:
        self._vocabulary, self._notes, self._raised_cites = vocabulary, frozenset(notes), raised_cites
        self._pages = pages
        self._parts: list[str] = []
        self._length = 0
        self._begins: dict[int, int] = {}

    def add(self, paragraph: str, places: Sequence[tuple[int, int]]) -> None:
        """Append a paragraph; `places` are pages and the offsets in it at which their text begins."""
        if not paragraph:
            return
        for page, offset in places:
            place = self._length + min(offset, len(paragraph) - 1)
            self._begins[page] = min(place, self._begins.get(page, place))
        self._parts.append(paragraph)
        self._length += len(paragraph) + 2

    def add_block(self, block: Block) -> None:
        """Append a block."""
        pages = [(block.lines[0].page, 0)] if block.lines else []
        if block.kind == "formula":
            self.add(f"[formula ({block.mark})]" if block.mark else "[formula]", pages)
        elif block.kind == "code":
            self.add(_fenced(block), pages)
        elif block.kind == "table":
            for text, begins in table_of(block.lines, self._pages):
                self.add(text if text.startswith("|") else escape(clean(self._resolved(text))), begins)
        elif block.kind == "heading":
            self.add(f"{'#' * (block.level + 1)} {self._heading(block)}", pages)
        else:
            self._add_text(block)

    def text(self) -> str:
        """Return the whole text."""
        return "\n\n".join(self._parts) + "\n"

    def pages(self, count: int) -> tuple[int, ...]:
        """Return where each page begins; a page without text begins where the next one does."""
        end = self._length - 1 if self._parts else 0
        begins = [0] * count
        for page in range(count - 1, -1, -1):
            end = min(self._begins.get(page, end), end)
            begins[page] = end if page else 0
        return tuple(begins)

    def _heading(self, block: Block) -> str:
        text, _ = join([line.text for line in block.lines], self._vocabulary) if block.lines else (block.mark, [])
        text = clean(MARKED.sub("", text)).rstrip(":")
        if ABSTRACT.match(squeezed(text)):  # "A B S T R A C T", "요 약"
            return "Abstract" if text[0].isascii() else squeezed(text)
        spaced = re.fullmatch(r"(?:\S )+\S", text)
        if spaced and is_capital(text):
            return text.replace(" ", "")
        number = NUMBER.match(text)
        name = text[number.end() :] if number else text
        return text.removesuffix(name) + name.replace(" ", "") if re.fullmatch(r"(?:[가-힣] )+[가-힣]", name) else text

    def _add_text(self, block: Block) -> None:
        lines = [line.text.lstrip() for line in block.lines]
        lines[0] = _without_mark(lines[0], block.mark) if block.kind == "note" else lines[0][block.skip :]
        raw, starts = join(lines, self._vocabulary)
        text = clean(self._resolved(raw))
        places = []
        for at, line in enumerate(block.lines):
            if at == 0 or line.page != block.lines[at - 1].page:
                places.append((line.page, len(clean(self._resolved(raw[: starts[at]]))) + (starts[at] > 0)))
        if block.kind == "note" and block.mark:
            text = f"[^{block.mark}]: {text}"
        elif block.kind == "item":
            text = _item(block.mark, text)
        elif block.kind == "caption":
            text = _NO_COLON.sub(r"\1:", text)
            text = escape(text)
        else:
            text = escape(text)
        self.add(text, places)

    def _resolved(self, text: str) -> str:
        """Replace raised marks: a note's by a reference to it, an exponent's by "^2", a citation's by "[2]"."""

        def written(found: re.Match[str]) -> str:
            mark, before = found[1].strip(), text[: found.start()]
            if re.search(r"(?:^|[\s(])[^\W\d_]$", before) and before[-1] not in "aAI":
                return f"^{mark}"
            if mark in self._notes and not before[-1:].isspace():
                return f"[^{mark}]"
            if before[-1:].isdigit():
                return f"^{mark}"
            if self._raised_cites and _DIGITS.fullmatch(mark):
                return f" [{mark}]"
            return f" {mark}" if mark[:1].isdigit() and before[-1:].isalpha() else mark

        return MARKED.sub(written, text).replace(RAISED, "").replace(LOWERED_AGAIN, "")


def over_pages(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with tables that go on at the head of the next page as one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and last.kind == block.kind == "table" and _goes_on_in(last.lines, block.lines):
            found[-1] = replace(last, lines=[*last.lines, *block.lines])
        else:
            found.append(block)
    return found


def _goes_on_in(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Say whether a table of the next page is as wide as one, stands where it does, and has no other headings."""
    (left, right), sides = (((min(x.x0 for x in lines), max(x.x1 for x in lines))) for lines in (above, below))
    near = 0.04 * (right - left)
    if below[0].page != above[-1].page + 1 or abs(sides[0] - left) > near or abs(sides[1] - right) > near:
        return False
    first, *others = (any(char.isdigit() for cell in line.cells[1:] for char in cell) for line in below)
    return first or len(below[0].cells) < 2 or not any(others) or below[0].text == above[0].text


def raised_cites(texts: Iterable[str], notes: frozenset[str]) -> bool:
    """Say whether numbers raised after words cite: there are many that no note explains."""
    marks = Counter[str]()
    pattern = re.compile(rf"[^\W\d_][^\W\d_][.,;:)”\"]*{RAISED}({_DIGITS.pattern}){LOWERED_AGAIN}")
    for text in texts:
        marks.update(mark for mark in pattern.findall(text) if mark not in notes)
    return sum(marks.values()) >= 4


def with_abstract(blocks: list[Block], text_of: Callable[[Block], str]) -> list[Block]:
    """Give an abstract that begins with its name in the line ("Abstract—We …") a heading of its own."""
    for at, block in enumerate(blocks[:12]):
        if block.kind == "heading":
            break
        found = RUN_IN.match(text_of(block).lstrip()) if block.kind == "paragraph" else None
        if found:
            block.skip = found.end()
            return [*blocks[:at], Block("heading", [], 1, squeezed(found["name"])), *blocks[at:]]
    return blocks


def _fenced(block: Block) -> str:
    left = min(line.x0 for line in block.lines)
    rows = (" " * round((line.x0 - left) / (0.6 * line.size)) + plain(line.text) for line in block.lines)
    return "\n".join(["```", *rows, "```"])


def _without_mark(line: str, mark: str) -> str:
    if not mark:
        return line
    found = MARKED.match(line)
    return (line[found.end() :] if found else line[len(mark) :].removeprefix(".")).lstrip()


def _item(mark: str, text: str) -> str:
    if BULLET.match(f"{mark} x"):
        return f"- {text}"
    return f"{mark} {text}" if re.fullmatch(r"\d{1,2}[.)]", mark) else f"- {mark} {text}"

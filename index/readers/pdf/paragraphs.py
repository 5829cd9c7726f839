"""Lines in reading order in, blocks out: headings, paragraphs, list items, tables, captions, notes, entries.

A paragraph goes on over columns and pages; what interrupts it comes after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mode
from typing import Literal

from index.outline import names_references
from index.readers.pdf.columns import Flow
from index.readers.pdf.lines import Line
from index.readers.pdf.naming import CONTENTS, LEADERS, NUMBER
from index.readers.reading import squeezed

BlockKind = Literal["heading", "paragraph", "item", "table", "caption", "note", "formula", "code", "entry"]
BULLET = re.compile(r"([•∙●◦○▪■□◆◇‣►➢✓∗⋆·–—*-])\s+(?=\S)")
_ENUMERATED = re.compile(r"((?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]))\s+(?=\S)")
_STEP = re.compile(r"(\d{1,2})[.)]\s+(?=[^\W\d_])")
_LABEL = re.compile(r"(?:\[\s*(\d{1,3}|[A-Za-z][\w+\-]{1,12})\]|(\d{1,3})\.)\s*(?=\S)")
_ENDS = re.compile(r"[.!?:;。][\"'”’)\]\ue000-\ue001\d*†‡]*\s*$")
_ENTRY_ENDS = re.compile(r"\d\s?[–-]\s?\d+\.\s*$|(?:arXiv:|doi|https?:)\S+\s*$")  # pages or an address
_END_OF_PROOF = re.compile(r"[□■∎◻◼]|\W")
_LISTED = re.compile(r"\s(?:\d+|[ivxl]+)\s*$")


@dataclass(slots=True)
class Block:
    """One block of the text; `mark` is a note's or item's mark, or a formula's number."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    mark: str = ""
    skip: int = 0  # characters of the first line that are its mark


def blocks_of(flows: Sequence[Flow], pitch: float, body: float) -> list[Block]:
    """Return the blocks of the whole document in reading order."""
    for flow in flows:
        _narrow(flow, pitch / body)
    return _Walk(flows, pitch, body).walk()


class _Walk:
    def __init__(self, flows: Sequence[Flow], pitch: float, body: float) -> None:
        self._flows, self._pitch, self._body = flows, pitch, body
        self._blocks: list[Block] = []
        self._waiting: list[Block] = []  # what interrupts the open paragraph
        self._open: Block | None = None
        self._section = ""
        self._step = 0  # the number that the last block with one began with, in this section
        self._entry = 0  # the number of the last entry, where they are numbered "1."
        self._indents = _uses_indents(flows)

    def walk(self) -> list[Block]:
        for flow in self._flows:
            for run in _runs(flow):
                kind = run[0].kind
                if kind == "table" and CONTENTS.match(self._section):
                    continue
                if kind == "text":
                    self._text(run)
                elif kind == "heading":
                    self._heading(run)
                elif kind in ("formula", "code"):
                    self._close()
                    self._blocks += _formulas(run) if kind == "formula" else [Block("code", run)]
                else:
                    self._aside(run)
        self._close()
        return self._blocks

    def _close(self) -> None:
        self._open = None
        self._blocks += self._waiting
        self._waiting = []

    def _heading(self, run: list[Line]) -> None:
        for line in run:
            if line.level:
                self._close()
                self._blocks.append(Block("heading", [line], line.level))
            elif self._blocks:
                self._blocks[-1].lines.append(line)
        text = " ".join(line.text for line in self._blocks[-1].lines)
        number, self._entry, self._step = NUMBER.match(text), 0, 0
        self._section = squeezed(text[number.end() :] if number else text) if self._blocks[-1].level == 1 else ""

    def _aside(self, run: list[Line]) -> None:
        """Put aside a table, captions or notes; a note without a mark at a column's foot goes on with the last."""
        kind: BlockKind = "table" if run[0].kind == "table" else "caption" if run[0].kind == "caption" else "note"
        for at, line in enumerate(run):
            if at == 0 or kind == "note" and line.mark or kind == "caption" and _starts_caption(run[at - 1], line):
                self._waiting.append(Block(kind, [], mark=line.mark))
            self._waiting[-1].lines.append(line)
        if self._open is None:
            self._close()

    def _text(self, run: list[Line]) -> None:
        if CONTENTS.match(self._section):
            run = [line for line in run if not _LISTED.search(line.text)]
        run = [line for line in run if not LEADERS.search(line.text)]
        if names_references(self._section):
            self._entries(run)
            return
        for at, line in enumerate(run):
            last = run[at - 1] if at else None
            following = run[at + 1] if at + 1 < len(run) else None
            mark = self._mark(line, last, following)
            if mark or line.mark:
                self._start("item", line, mark[1] if mark else line.mark, mark.end() if mark else 0)
            elif self._open and not self._counts_on(line) and self._goes_on(line, last, following):
                self._open.lines.append(line)
            else:
                self._start("paragraph", line)

    def _start(self, kind: BlockKind, line: Line, mark: str = "", skip: int = 0) -> None:
        self._close()
        self._open = Block(kind, [line], mark=mark, skip=skip)
        if number := _STEP.match(line.text.lstrip()):
            self._step = int(number[1])
        self._blocks.append(self._open)

    def _mark(self, line: Line, last: Line | None, following: Line | None) -> re.Match[str] | None:
        """Return the mark that a list item begins with."""
        text = line.text.lstrip()
        if found := BULLET.match(text):
            dash = found[1] in "–—-*∗·"
            return found if not dash or line.indent > 0.4 or _hangs(line, following) else None
        found = _ENUMERATED.match(text)
        if not found or _is_indented_start(line, following):
            return None
        inside = line.indent > 0.4 and (last is None or line.x0 > last.x0 + 0.3 * line.size or self._in_list())
        outward = last is not None and line.x0 < last.x0 - 0.4 * line.size
        return found if inside or (outward and self._in_list()) or _hangs(line, following) else None

    def _counts_on(self, line: Line) -> bool:
        """Say whether a line has the number that follows the last one that began a block, after a sentence's end."""
        number, before = _STEP.match(line.text.lstrip()), self._open.lines[-1] if self._open else None
        return bool(number and before and int(number[1]) == self._step + 1 > 1 and _ENDS.search(before.text))

    def _in_list(self) -> bool:
        return self._open is not None and self._open.kind == "item"

    def _goes_on(self, line: Line, last: Line | None, following: Line | None) -> bool:
        """Say whether a line goes on with the open block; `last` is the line above it in its run, if there is one."""
        if self._open is None:
            return False
        before, count, item = self._open.lines[-1], len(self._open.lines), self._open.kind == "item"
        if abs(line.size - before.size) > 0.07 * self._body:
            return False
        if last is None:
            return self._goes_over(line, before)
        if line.y - before.y > 1.4 * self._pitch * line.size / self._body:
            return False
        shift = (line.x0 - before.x0) / line.size
        if shift > 0.6:
            hangs = before.indent < 0.3 and following is not None and abs(following.x0 - line.x0) < 1
            return count == 1 and (item or (hangs or not self._indents) and not _ended(before, line))
        if shift < -0.6 and (item or count > 1):
            return False
        return not _ended(before, line)

    def _goes_over(self, line: Line, before: Line) -> bool:
        """Say whether a line at the top of a column goes on with the paragraph at the foot of another."""
        if self._open is None or _ended(before, line):
            return False
        first = self._open.lines[0]
        if self._open.kind == "item":
            usual = (self._open.lines[1] if len(self._open.lines) > 1 else first).indent
            return abs(line.indent - usual) < 0.8 or len(self._open.lines) == 1 and line.indent > 0.6
        if line.indent > 0.6 and abs(line.indent - before.indent) > 0.6:
            return False
        return self._indents or not _ENDS.search(before.text) or line.text.lstrip()[:1].islower()

    def _entries(self, run: list[Line]) -> None:
        """Divide a bibliography: at labels where it has them, else where lines hang, else where there is air."""
        starts = self._labelled(run)
        left = sum(line.indent < 0.5 for line in run)
        hanging = 0.1 * len(run) < left < len(run)
        steps = [b.y - a.y for a, b in zip(run, run[1:], strict=False) if b.y > a.y]
        usual = mode(round(step, 1) for step in steps) if steps else self._pitch
        for at, line in enumerate(run):
            if starts is not None:
                new = at in starts
            elif hanging:
                new = line.indent < 0.5
            else:
                last = run[at - 1] if at else self._open.lines[-1] if self._open else line
                full = bool(_ENTRY_ENDS.search(last.text)) and line.text.lstrip()[:1].isupper()
                new = at > 0 and line.y - last.y > 1.06 * usual or _ended(last, line) or full
            if new or self._open is None or self._open.kind != "entry":
                self._start("entry", line)
            else:
                self._open.lines.append(line)

    def _labelled(self, run: list[Line]) -> set[int] | None:
        """Return which lines begin with an entry's label, "[7]" or the next number "8."; None where none has one."""
        found = {at: mark for at, line in enumerate(run) if (mark := _LABEL.match(line.text.lstrip()))}
        if sum(bool(mark[1]) for mark in found.values()) >= max(1, 0.1 * len(run)):
            outer = min(run[at].indent for at, mark in found.items() if mark[1])
            return {at for at, mark in found.items() if mark[1] and run[at].indent < outer + 1.2}
        starts = set()
        for at, mark in found.items():
            if mark[2] and int(mark[2]) == self._entry + 1:
                starts.add(at)
                self._entry += 1
        return starts if self._entry else None


def _runs(flow: Flow) -> Iterator[list[Line]]:
    """Yield stretches of lines of one kind."""
    run: list[Line] = []
    for line in flow:
        if run and line.kind != run[-1].kind:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _starts_caption(before: Line, line: Line) -> bool:
    return line.y - before.y > 1.6 * line.size


def _formulas(run: list[Line]) -> list[Block]:
    if all(_END_OF_PROOF.fullmatch(line.text.strip()) for line in run):
        return []
    numbered = [line for line in run if line.mark]
    return [Block("formula", [line], mark=line.mark) for line in numbered] or [Block("formula", [run[0]])]


def _is_indented_start(line: Line, following: Line | None) -> bool:
    """Say whether only a paragraph's first line is indented: "a) Data: We …" as a heading in the line."""
    if following is None or following.kind != "text" or following.y - line.y > 1.5 * line.size:
        return False
    return following.x0 < line.x0 - 0.6 * line.size and not _ended(line, following)


def _hangs(line: Line, following: Line | None) -> bool:
    return following is not None and following.x0 > line.x0 + 0.5 * line.size and following.kind == "text"


def _ended(before: Line, line: Line) -> bool:
    """Say whether a line ended before its column did: the next line's first word had room in it."""
    word = line.text.split(" ", 1)[0].split("-")[0]
    room = before.right - before.x1
    return room > (0.55 * len(word) + 1.2) * before.size and not before.text.endswith("-")


def _narrow(flow: Flow, leading: float) -> None:
    """Give lines that end together, short of their column's edge, that edge: a quotation or an abstract.

    `leading` is the distance of baselines in ems of the body; an abstract in double spacing has more than its text.
    """
    for stretch in _stretches(flow, 0.0, 1.5):
        edge = max(line.x1 for line in stretch)
        if len(stretch) > 2 or sum(line.x1 > edge - 2 for line in stretch) > 1:
            _end_at(stretch, edge)
    for stretch in _stretches(flow, 1.5, 1.4 * leading):
        edge = max(line.x1 for line in stretch)
        if len(stretch) > 3 and sum(line.x1 > edge - line.size for line in stretch) > 0.6 * len(stretch):
            _end_at(stretch, edge)


def _end_at(stretch: list[Line], edge: float) -> None:
    for line in stretch:
        line.right = min(line.right, edge)


def _stretches(flow: Flow, least: float, most: float) -> Iterator[list[Line]]:
    """Yield stretches of lines of text in one size whose distances, in ems, lie within bounds."""
    at = 0
    while at < len(flow):
        end = at + 1
        while end < len(flow) and _stands_with(flow[end - 1], flow[end], least, most):
            end += 1
        yield flow[at:end]
        at = end


def _stands_with(above: Line, line: Line, least: float, most: float) -> bool:
    near = least * line.size <= line.y - above.y < most * line.size or not least and line.y < above.y
    return near and abs(line.size - above.size) < 0.3 and line.kind == above.kind == "text"


def _uses_indents(flows: Sequence[Flow]) -> bool:
    """Say whether paragraphs begin indented: lines that begin further in than the lines above and below."""
    indented = starts = 0
    for flow in flows:
        for above, line, below in zip(flow, flow[1:], flow[2:], strict=False):
            if {above.kind, line.kind, below.kind} == {"text"} and abs(above.indent) < 0.3 and abs(below.indent) < 0.3:
                starts += 1
                indented += 0.6 < line.indent < 4 and below.y - line.y < 1.5 * line.size
    return indented >= max(3, 0.01 * starts)

"""The flows of a page in; says which of their lines are formulas, tables, captions and notes. Changes no text."""

import re
from collections.abc import Sequence

from index.readers.pdf.columns import Flow
from index.readers.pdf.drawings import CAPTION, rules_of
from index.readers.pdf.lines import Line
from index.readers.pdf.raised import RAISED
from index.readers.pdf.source import Box, Page
from index.readers.pdf.table.lines import is_row, mark_tables

_FORMULA_NUMBER = re.compile(r"\(\s*((?:[A-Z]\.?)?\d{1,3}(?:[.\-]\d+)*[a-z]?)\s*\)$")
_SIGNS = re.compile(r"[=≤≥<>∑∏∫∈≈→←↦±×∥∂∇√∼∝≜≡⊂∪∩∀∃·⟨⟩+−]")
_WORD = re.compile(r"[A-Za-z]{4,}|[가-힣]{2,}")
_OPERATORS = frozenset("argmax argmin softmax sigmoid clip diag rank trace minimize maximize subject where".split())
_SHORT = frozenset("a an we of to in by as is be it on".split())  # may be symbols, too
_LITTLE = _SHORT | frozenset("the this these our with that which are has have its and for from let such then".split())
_NOTE_MARK = re.compile(rf"{RAISED}([^\ue001]+)\ue001|([*†‡§¶∗])(?=\s?\w)")
_PLAIN_MARK = re.compile(r"(\d{1,2})\.\s+(?=\S)")
_ADDRESS = re.compile(r"://|www\.|doi\.|\b10\.\d{4}|@")
_ALIKE = 0.04  # of the body's size: what differs by less is set in one size


def mark_kinds(flow: Flow, page: Page, body: float, pitch: float) -> None:
    """Set the kind of every line of one flow. `pitch` is the distance of the body's baselines, in points."""
    rules, first_page = rules_of(page), flow[0].page == 0
    _mark_notes(flow, rules, body, pitch, first_page=first_page)
    mark_tables(flow, rules)
    _mark_captions(flow, body, pitch)
    _mark_code(flow)
    _mark_formulas(flow, pitch)
    _mark_bullets(flow, page)


def _mark_bullets(flow: Flow, page: Page) -> None:
    """Mark lines with a drawn bullet before them, as browsers print lists."""
    dots = [box for box in page.boxes if all(1.5 < side < 7 for side in (box.x1 - box.x0, box.bottom - box.top))]
    for line in flow if dots else ():
        middle = line.y - 0.3 * line.size
        near = (box for box in dots if abs((box.top + box.bottom) / 2 - middle) < 0.3 * line.size)
        if line.kind == "text" and any(0 < line.x0 - box.x1 < 2 * line.size for box in near):
            line.mark = "•"


def _mark_code(flow: Flow) -> None:
    """Mark stretches of lines that are set like code; prose in such type, as of prompts, stays text."""
    mono = [
        line.kind == "text" and all(p.mono for p in line.pieces) and not _ADDRESS.search(line.text) for line in flow
    ]
    at = 0
    while at < len(flow):
        end = at
        while end < len(flow) and mono[end]:
            end += 1
        wide = sum(line.x1 > line.right - 0.12 * line.width for line in flow[at:end])
        signs = sum(not char.isalpha() and char not in " .,?!'\"’" for line in flow[at:end] for char in line.text)
        coded = signs > 0.08 * sum(len(line.text) for line in flow[at:end])
        if end - at > 1 and wide < 0.4 * (end - at) and coded:
            for line in flow[at:end]:
                line.kind = "code"
        at = max(end, at + 1)


def _mark_notes(flow: Flow, rules: Sequence[Box], body: float, pitch: float, *, first_page: bool) -> None:
    """Mark what stands small at the foot of a column, below a short rule or beginning with a raised mark."""
    small = len(flow)
    while small and flow[small - 1].size < 0.95 * body and not CAPTION.match(flow[small - 1].text):
        small -= 1
    start = None
    for rule in rules:
        short = 20 < rule.x1 - rule.x0 < 0.62 * flow[-1].width and abs(rule.x0 - flow[-1].left) < 0.6 * body
        below = [at for at, line in enumerate(flow) if line.y > rule.top]
        if short and below and below[0] >= small and rule.bottom - rule.top < 1.2:
            start = below[0] if start is None else min(start, below[0])
    if start is None:
        start = next((at for at in range(small, len(flow)) if _NOTE_MARK.match(flow[at].text.lstrip())), None)
    plain = small < len(flow) and bool(_PLAIN_MARK.match(flow[small].text.lstrip()))
    if (
        start is not None or first_page or plain
    ):  # what stands above in the same size, away from the text, belongs to the notes
        alike = all(abs(line.size - flow[-1].size) < 0.3 for line in flow[small:])
        if 0 < small < len(flow) and alike and _parts(flow[small - 1], flow[small], body, pitch):
            start = small
    for line in flow[start:] if start is not None else ():
        line.kind = "note"
        found = _NOTE_MARK.match(line.text.lstrip())
        line.mark = (found[1] or found[2]).strip() if found else ""
        if plain and (found := _PLAIN_MARK.match(line.text.lstrip())):
            line.mark = found[1]


def _parts(last: Line, note: Line, body: float, pitch: float) -> bool:
    """Say whether text ends with a line and notes begin with the next."""
    running = abs(last.size - body) < 0.5 and last.text.count(" ") > 2 and not last.main.bold
    return running and note.size < 0.92 * body and note.y - last.y > 1.25 * pitch


def _mark_captions(flow: Flow, body: float, pitch: float) -> None:
    at = 0
    while at < len(flow):
        line = flow[at]
        found = CAPTION.match(line.text) if line.kind == "text" else None
        if not found or not _parted(flow, at, body, pitch, bool(found["end"].strip())):
            at += 1
            continue
        own = pitch * line.size / body
        line.kind, end = "caption", at + 1
        while end < len(flow) and flow[end].kind == "text" and not is_row(flow[end]):
            alike = (
                abs(flow[end].size - flow[end - 1].size) < _ALIKE * body or end == at + 1 and not found["end"].strip()
            )
            again = CAPTION.match(flow[end].text)
            middle = end == at + 1 and found["end"].strip() and _is_centred(line) and flow[end].indent < 2.5
            if flow[end].y - flow[end - 1].y > 1.4 * max(own, 1.15 * flow[end].size) or not alike or again or middle:
                break
            flow[end].kind = "caption"
            end += 1
        at = end


def _is_centred(line: Line) -> bool:
    """Say whether a line stands in the middle of its column, well away from its edges."""
    return line.indent > 4 and abs(line.x0 - line.left - (line.right - line.x1)) < line.size


def _parted(flow: Flow, at: int, body: float, pitch: float, delimited: bool) -> bool:
    """Say whether a line that reads like a caption stands apart from what is above it."""
    line = flow[at]
    if at == 0 or flow[at - 1].kind != "text" or abs(line.size - flow[at - 1].size) > 0.05 * body:
        return True
    gap = line.y - flow[at - 1].y
    return gap > (1.25 if delimited else 1.6) * pitch * line.size / body


def _mark_formulas(flow: Flow, pitch: float) -> None:
    core = [line.kind == "text" and _is_formula(line, _stands_apart(flow, at, pitch)) for at, line in enumerate(flow)]
    for at, line in enumerate(flow):
        near = (at > 0 and core[at - 1] and line.y - flow[at - 1].y < 1.15 * pitch) or (
            at + 1 < len(flow) and core[at + 1] and flow[at + 1].y - line.y < 1.15 * pitch
        )
        fragment = (
            line.kind == "text" and not _words(line) and (line.indent > 0.8 and len(line.text) < 40 or line.is_math)
        )
        if core[at] or near and fragment:
            line.kind = "formula"
            line.mark = _formula_number(line)


def _words(line: Line) -> list[str]:
    return [word for word in _WORD.findall(_plain(line)) if word.lower() not in _OPERATORS]


def _plain(line: Line) -> str:
    """Return what of a line no font of mathematical signs sets."""
    return " ".join(span.text for piece in line.pieces for span in piece.spans if not span.font.math)


def _formula_number(line: Line) -> str:
    """Return the number that stands at the edge of a formula's line."""
    last, first = _FORMULA_NUMBER.search(line.text.strip()), _FORMULA_NUMBER.fullmatch(line.cells[0])
    if last and line.x1 > line.right - 0.12 * line.width:
        return last[1]
    return first[1] if first and len(line.pieces) > 1 and line.indent < 2 else ""


def _stands_apart(flow: Flow, at: int, pitch: float) -> bool:
    above = flow[at].y - flow[at - 1].y if at else 2 * pitch
    below = flow[at + 1].y - flow[at].y if at + 1 < len(flow) else 2 * pitch
    return min(above, below) > 1.25 * pitch


def _is_formula(line: Line, alone: bool) -> bool:
    """Say whether a line is set apart, inwards or `alone` between white space, and holds signs rather than words."""
    text = line.text.strip()
    little = [word for word in _plain(line).split() if word in _LITTLE]
    if len(little) > 2 and not _SHORT.issuperset(little):  # prose that names a symbol or two
        return False
    numbered = bool(_formula_number(line)) and len(line.pieces) > 1
    evidence = line.is_math or bool(_SIGNS.search(text))
    words = _words(line)
    if numbered and len(words) <= 4 and (evidence or line.indent > 2):
        return True
    apart = line.indent > 0.9 or alone and not words
    return evidence and apart and len(words) <= 2 and len(" ".join(words)) < 0.35 * len(text)

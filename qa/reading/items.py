"""A sentence that lists things in, its items out, each at its own place. Chooses nothing."""

import re

from index.sentences import Span
from qa.reading.cite import DraftSentence, Evidence

MIN_ITEMS = 3
MAX_ITEM_CHARS = 120
_ITEMS = re.compile(r":\s+(?P<items>[^:]+?)[.。]?\s*$", re.DOTALL)
_BREAK = re.compile(
    r"\s*[,;]\s+(?:and\s+|or\s+|및\s+|그리고\s+)?|\s+(?:and|or|및|그리고)\s+|(?<=[가-힣)])(?:와|과)\s+(?=\S+$)"
)
_JOINS = re.compile(r"and|or|및|그리고")
_CLAUSE = re.compile(r"[니한된있없는었았였]다$")
_ENUMERATION = re.compile(r":\s.*,|(?:,[^,]{2,40}){2,}|[가-힣)],\s.*(?:와|과|및)\s")


def enumerates(text: str) -> bool:
    """Whether a sentence lists several things."""
    return bool(_ENUMERATION.search(text))


def item_spans(text: str) -> list[Span]:
    """Return the spans of the items after a sentence's colon; none when they are not clearly items."""
    listed = _ITEMS.search(text)
    if listed is None:
        return []
    start, stop = listed.span("items")
    spans: list[Span] = []
    for gap in _gaps(text, start, stop):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, stop))
    if any(text[end - 1] == ")" for _, end in spans):
        spans = _up_to_labels(text, spans)
    clear = len(spans) >= MIN_ITEMS and all(0 < end - begin <= MAX_ITEM_CHARS for begin, end in spans)
    return spans if clear and not _CLAUSE.search(text, *spans[-1]) else []  # clauses of one sentence are no items


def _gaps(text: str, start: int, stop: int) -> list[re.Match[str]]:
    """Return what parts the items; where commas do, "and" alone does so before the last: not "robust and reliable"."""
    found = _BREAK.finditer(text, start, stop)
    gaps = [gap for gap in found if text.count("(", start, gap.start()) <= text.count(")", start, gap.start())]
    commas = [gap for gap in gaps if gap[0].lstrip()[:1] in (",", ";")]
    if not commas:
        return gaps
    ends_so = any(_JOINS.search(gap[0]) for gap in commas)
    last = commas[-1].end()
    return [gap for gap in gaps if gap in commas or (gap.start() >= last and not ends_so)]


def _up_to_labels(text: str, spans: list[Span]) -> list[Span]:
    """Join items that only together end in a label: "judging, critiquing and refining (H2)" is one."""
    joined: list[Span] = []
    open_from: int | None = None
    for start, end in spans:
        begin = start if open_from is None else open_from
        if text[end - 1] == ")":
            joined.append((begin, end))
            open_from = None
        else:
            open_from = begin
    return joined if open_from is None else spans


def with_items(text: str, place: Evidence) -> list[DraftSentence]:
    """Return a sentence of a document as it stands, followed by its items."""
    parts = [DraftSentence(text, place)]
    for start, end in item_spans(text):
        evidence = Evidence(place.doc_id, place.section_id, place.start + start, place.start + end)
        parts.append(DraftSentence(text[start:end], evidence, "item"))
    return parts

"""A citation and its document in, the section as the source panel shows it out. Pure; no HTML, no words of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.bibliography import bibtex, cited
from index.load import Document, Language
from qa.cite import Answer, Citation
from qa.web.conversation.view import Mark, Segment
from qa.web.markup import Kind, blocks, runs

WINDOW_CHARS = 6_000  # shown on either side of a citation: a plain text file is one section, however long


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of a section. `cells` has one entry, or one for each column of a table row."""

    kind: Kind
    cells: tuple[tuple[Segment, ...], ...]
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """A section, opened at a citation, or the same section in the work's other edition, where nothing is marked.

    `number` is the citation's, from 0, of `count`; None stands for the nearest section of an answer that abstained.
    `other` is the language to change to, where the work has such an edition with this section. `reference` and `bibtex`
    name the document for copying.
    """

    turn: int
    number: int | None
    count: int
    title: str
    language: Language
    path: tuple[str, ...]
    arxiv: str | None
    page: int | None
    blocks: tuple[BlockView, ...]
    clipped_before: bool
    clipped_after: bool
    is_cited: bool
    other: Language | None
    reference: str
    bibtex: str


class Span(NamedTuple):
    """`text[start:end]`, covered by a citation."""

    start: int
    end: int
    mark: Mark
    number: int | None


def source_view(
    answer: Answer, turn: int, number: int | None, document: Document, *, other: Language | None = None
) -> SourceView | None:
    """Return the section of a citation, or of `answer.nearest` when `number` is None.

    `document` is the cited one or another edition of the same work. None if it has no such section.
    """
    citation = answer.nearest if number is None else answer.citations[number]
    if citation is None:
        return None
    section = next((section for section in document.sections if section.section_id == citation.section_id), None)
    if section is None:
        return None
    is_cited = document.doc_id == citation.doc_id
    anchor = (citation.start, citation.end) if is_cited else (section.start, section.start)
    left, right = max(section.start, anchor[0] - WINDOW_CHARS), min(section.end, anchor[1] + WINDOW_CHARS)
    spans = spans_of(answer, citation, number) if is_cited else []
    return SourceView(
        turn=turn,
        number=number,
        count=len(answer.citations),
        title=document.title,
        language=document.language,
        path=section.path,
        arxiv=document.arxiv,
        page=citation.page if is_cited else None,
        blocks=tuple(_blocks(document.text, left, right, spans)),
        clipped_before=left > section.start,
        clipped_after=right < section.end,
        is_cited=is_cited,
        other=other,
        reference=cited(document, section.path[-1] if section.path else None, citation.page if is_cited else None),
        bibtex=bibtex(document),
    )


def spans_of(answer: Answer, citation: Citation, number: int | None) -> list[Span]:
    """Return where the citations in the chosen one's section stand, the chosen one first, then the shortest."""
    spans = [
        Span(other.start, other.end, "cited", at)
        for at, other in enumerate(answer.citations)
        if at != number and (other.doc_id, other.section_id) == (citation.doc_id, citation.section_id)
    ]
    spans.sort(key=lambda span: span.end - span.start)
    return [Span(citation.start, citation.end, "chosen", number), *spans]


def segments(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Segment]:
    """Cut `text[start:end]` where a style or a citation begins or ends; the first span that covers a piece marks it."""
    for run in runs(text, start, end):
        cuts = {run.start, run.end} | {cut for span in spans for cut in span[:2] if run.start < cut < run.end}
        ordered = sorted(cuts)
        pieces: list[Segment] = []
        for left, right in zip(ordered, ordered[1:], strict=False):
            span = next((span for span in spans if span.start <= left and right <= span.end), None)
            mark, number = (span.mark, span.number) if span else ("", None)
            if pieces and (pieces[-1].mark, pieces[-1].number) == (mark, number):
                pieces[-1] = Segment(pieces[-1].text + text[left:right], run.style, mark, number)
            else:
                pieces.append(Segment(text[left:right], run.style, mark, number))
        yield from pieces


def _blocks(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[BlockView]:
    for block in blocks(text, start, end):
        cells = tuple(tuple(segments(text, left, right, spans)) for left, right in block.spans)
        yield BlockView(block.kind, cells, block.label, block.depth)

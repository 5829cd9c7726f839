"""The bytes of a PDF in, a Reading out. Knows papers: columns, sections, notes, captions, formulas, bibliographies.

`source` and `characters` ask PDFium for what is on the pages; `raised`, `lines`, `furniture`, `prose`, `drawings`,
`columns` and `wrapped` bring it into reading order; `kinds`, `table.lines`, `runins`, `naming`, `headings` and
`paragraphs` say what each line is; `joining`, `table`, `front`, `year` and `write` make text of it. Slides go their
own way, by `cuts` and `slides`, and theses begin with a cover (`thesis`). It runs no OCR and keeps no pictures.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from index.errors import InputError
from index.readers.joining import Vocabulary
from index.readers.pdf.columns import Flow, flows, gutters, margins
from index.readers.pdf.drawings import are_wide, rules_of, without_labels
from index.readers.pdf.front import Front, front_of, plain
from index.readers.pdf.furniture import stamp_of, without_furniture
from index.readers.pdf.headings import mark_headings
from index.readers.pdf.kinds import mark_kinds
from index.readers.pdf.lines import Line, Piece, body_size, pieces_of, without_line_numbers
from index.readers.pdf.paragraphs import Block, blocks_of
from index.readers.pdf.runins import part_run_ins
from index.readers.pdf.slides import are_slides, slide_blocks
from index.readers.pdf.source import Page, Source, read_source
from index.readers.pdf.thesis import Cover, cover_of
from index.readers.pdf.write import MarkdownWriter, over_pages, raised_cites, with_abstract
from index.readers.pdf.year import year_of
from index.readers.reading import Reading, clean, escape

__all__ = ["read"]


def read(data: bytes, name: str, *, max_pages: int = 3000) -> Reading:
    """Return a paper's text and what the file says of it. `name` is used in messages only.

    Raises InputError for a file that is no PDF, broken, encrypted, longer than `max_pages` or without text.
    """
    source = read_source(data, name, max_pages)
    pages = [pieces_of(page, at) for at, page in enumerate(source.pages)]
    said = [plain(piece.text) for piece in pages[0]]
    arxiv, stamped, pages[0] = stamp_of(source.pages[0], pages[0])
    if not any(pages):
        raise _nothing_to_read(name)
    body = body_size(piece for page in pages for piece in page)
    deck = are_slides(source.pages, pages)
    cover = None if deck else cover_of(pages)
    front, blocks, lines = _deck(source, pages, body) if deck else _paper(source, pages, cover, body)
    text, begins = _written(blocks, lines, front, source.pages)
    if not text.strip():
        raise _nothing_to_read(name)
    return Reading(
        text=text,
        title=front.title,
        authors=front.authors,
        year=year_of(said, cover.year if cover else stamped, source.created),
        arxiv=arxiv,
        pages=begins,
    )


def _nothing_to_read(name: str) -> InputError:
    return InputError(f"{name}: the PDF holds only running heads and numbers; expected text, so check what it is")


def _paper(
    source: Source, pages: list[list[Piece]], cover: Cover | None, body: float
) -> tuple[Front, list[Block], list[Line]]:
    """Return the front of a paper or thesis, its blocks, and all its lines."""
    if cover:
        pages = [[] if at in cover.pages else pieces for at, pieces in enumerate(pages)]
    pages = _without_labels(source, without_furniture(without_line_numbers(pages), body), body)
    divided = gutters(pages, [page.width for page in source.pages], body)
    front = cover.front if cover else front_of(pages[0], divided[0], source.title, body)
    pages[0] = [piece for piece in pages[0] if id(piece) not in front.taken]
    edges = margins(pages, body)
    found = [
        flow
        for at, pieces in enumerate(pages)
        for flow in flows(pieces, divided[at], edges[at], body, rules_of(source.pages[at]))
    ]
    pitch = _pitch(found, body)
    for flow in found:
        mark_kinds(flow, source.pages[flow[0].page], body, pitch)
    part_run_ins(found)
    mark_headings(found, source.outline, front.title or "", body, pitch)
    blocks = with_abstract(over_pages(blocks_of(found, pitch, body)), lambda block: block.lines[0].text)
    return front, blocks, [line for flow in found for line in flow]


def _deck(source: Source, pages: list[list[Piece]], body: float) -> tuple[Front, list[Block], list[Line]]:
    """Return the front of slides, their blocks, and all their lines."""
    pages = _without_labels(source, pages, body)
    front = front_of(pages[0], None, source.title, body)
    pages[0] = [piece for piece in pages[0] if id(piece) not in front.taken]
    blocks = slide_blocks(pages, median(page.height for page in source.pages))
    return front, blocks, [line for block in blocks for line in block.lines]


def _without_labels(source: Source, pages: list[list[Piece]], body: float) -> list[list[Piece]]:
    wide = are_wide(source.pages)
    return [without_labels(page, pieces, body, wide=wide) for page, pieces in zip(source.pages, pages, strict=True)]


def _written(
    blocks: Sequence[Block], lines: Sequence[Line], front: Front, pages: Sequence[Page]
) -> tuple[str, tuple[int, ...]]:
    """Return the text, and where in it each page begins."""
    notes = frozenset(block.mark for block in blocks if block.kind == "note" and block.mark)
    vocabulary = Vocabulary(plain(line.text) for line in lines if line.kind == "text")
    cites = raised_cites((line.text for line in lines if line.kind == "text"), notes)
    writer = MarkdownWriter(vocabulary, notes, pages, raised_cites=cites)
    if front.title:
        writer.add(f"# {clean(front.title)}", [(front.page, 0)])
    for paragraph in front.rest:
        writer.add(escape(clean(paragraph)), [(front.page, 0)])
    for block in blocks:
        writer.add_block(block)
    return writer.text(), writer.pages(len(pages))


def _pitch(found: Sequence[Flow], body: float) -> float:
    """Return the usual distance of the body's baselines, in points."""
    steps = Counter[float]()
    for flow in found:
        for above, line in zip(flow, flow[1:], strict=False):
            if (
                abs(above.size - body) < 0.3
                and abs(line.size - body) < 0.3
                and 0.9 * body < line.y - above.y < 2.6 * body
            ):
                steps[round(4 * (line.y - above.y)) / 4] += 1
    return steps.most_common(1)[0][0] if steps else 1.2 * body

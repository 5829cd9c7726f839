"""Divided blocks in, the text that `reading` describes out. Decides nothing about what is a heading."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from index.readers.markdown import as_heading, code_block, safe, visible
from index.readers.office.blocks import Block
from index.readers.office.marks import part_of

_MAX_DEPTH = 6
_ENTRY = re.compile(
    r"\n(?=[ \t]*(?:\[\d+\]|\d{1,3}[.)]\s))"
)  # an entry of a list of references begins on a line of its own
_ORDINAL = re.compile(r"\(?(\d{1,9})([.)])")


def write(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown in NFC, an empty line between them; "" for blocks without text."""
    parts = [part for part in _parts(blocks) if part]
    return unicodedata.normalize("NFC", "\n\n".join(parts) + "\n") if parts else ""


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    open_levels: list[int] = []
    references: int | None = None  # the level of the heading, while its entries follow
    run: list[Block] = []
    for block in [*blocks, Block("paragraph", "")]:
        if run and not _goes_on(run, block):
            yield from _run(run)
            run = []
        if block.form == "heading":
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            if references is not None and block.level <= references:
                references = None
            if part_of(visible(block.words)) == "references":
                references = block.level
            yield f"{'#' * min(6, 2 + len(open_levels))} {as_heading(visible(block.words))}"
            open_levels.append(block.level)
        elif block.form in ("item", "code") and references is None:
            run.append(block)
        elif run:
            run.append(block)  # a footnote waits for the list's end
        else:
            yield from _single(block, in_references=references is not None)


def _goes_on(run: list[Block], block: Block) -> bool:
    return block.form == "note" or block.form == run[0].form


def _run(run: list[Block]) -> Iterator[str]:
    """Write a list, or lines of code, and the footnotes called in it."""
    own = [block for block in run if block.form != "note"]
    if run[0].form == "code":
        yield code_block("\n".join(block.text for block in own))
    else:
        yield "\n".join(_items(own))
    for note in run:
        if note.form == "note":
            yield from _single(note)


def _items(items: list[Block]) -> Iterator[str]:
    levels: list[int] = []
    for item in items:
        while levels and levels[-1] >= item.level:
            levels.pop()
        depth = min(len(levels), _MAX_DEPTH)
        levels.append(item.level)
        ordinal = _ORDINAL.fullmatch(item.label)
        if ordinal:
            mark, words = f"{ordinal[1]}{ordinal[2]}", visible(item.text)
        else:
            mark, words = "-", visible(item.words)
        if words:
            yield f"{'    ' * depth}{mark} {safe(words)}"


def _single(block: Block, *, in_references: bool = False) -> Iterator[str]:
    match block.form:
        case "title":
            yield f"# {as_heading(visible(block.text))}"
        case "table":
            yield block.text
        case "note":
            words = visible(block.text)
            yield f"[^{block.label}]: {words}" if words else ""
        case _ if in_references:
            yield from (safe(visible(entry)) for entry in _ENTRY.split(block.words))
        case _:
            yield safe(visible(block.words))

"""Blocks in, the same blocks out with the title, the headings, the abstract and the references told apart.

The file's own styles count first. Where a file has none for its headings, short bold or larger lines that begin with a
number ("1. 서론", "2.1 Data", "제1장", "Ⅰ.") or are the usual name of a section become headings: better one too few.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.readers.office.blocks import Block
from index.readers.office.marks import Levels, ends_sentence, is_caption, is_contents_line, part_of, unnumbered
from index.readers.reading import clean

MAX_HEADING_CHARS = 150
MAX_TITLE_CHARS = 300
_LARGER = 1.08  # a size that a reader sees as larger than the body's
_TITLE_LINES = 4
_FRONT_BLOCKS = 12  # a title stands among the first of a file's blocks
_INLINE_ABSTRACT = re.compile(
    r"(abstract|summary|초\s*록|요\s*약|국문\s*초록|국문\s*요약)\s*(?:[.:：—–]|-\s|\s-)\s*(?=\S)", re.IGNORECASE
)
_CHAPTER_NUMBER = re.compile(r"(?:chapter\s+)?(?:\d{1,3}|[ivx]{1,6})\.?|제\s*\d+\s*장", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"untitled|document\d*|microsoft word\b.*|powerpoint presentation|template|title|제목 ?없음|문서\d*"
    r"|.*\.(?:docx?|dotx?|hwpx?|pdf)|[\W\d_]*",
    re.IGNORECASE,
)


def divide(blocks: Sequence[Block], property_title: str | None = None, *, trusted: bool = True) -> list[Block]:
    """Return the blocks with headings of level 1 and deeper, at most one title (the first), no table of contents.

    `property_title` is what the file's properties call it. Where the text itself shows no title, it tells which of the
    first paragraphs is meant, and if it is `trusted` (no program has filled it in by itself) it stands in for one.
    """
    kept = [_spelt(_demoted(block)) for block in blocks if block.text.strip()]
    kept = list(_with_chapters([block for block in kept if block.form != "contents"]))
    body = _body_size(kept)
    styled = any(block.form == "heading" for block in kept)
    kept = list(_with_usual_parts(kept) if styled else _inferred(kept, body))
    told = clean(property_title or "")
    told = told if len(told) <= MAX_TITLE_CHARS and not _NO_TITLE.fullmatch(told) else ""
    titled = _with_title(kept, body, told)
    if trusted and told and titled is kept:
        titled = [Block("title", told), *kept]
    return list(_with_abstract(titled))


def _body_size(blocks: Sequence[Block]) -> float:
    """Return the size in points that most characters of running text have, 0 where no size is known."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.form in ("paragraph", "item", "abstract"):
            sizes[block.size] += len(block.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _demoted(block: Block) -> Block:
    """Return a paragraph for running text in the style of a heading, of a title or of a table of contents."""
    if block.form not in ("heading", "title", "contents"):
        return block
    words = clean(block.text)
    limit = MAX_TITLE_CHARS if block.form == "title" else MAX_HEADING_CHARS
    sentence = words.endswith("다.") or (len(words) > limit // 2 and ends_sentence(words))
    running = len(words) > limit or sentence
    listed = block.form != "contents" and is_contents_line(block.text)
    return replace(block, form="paragraph") if running or listed else block


def _spelt(block: Block) -> Block:
    """Return a heading such as "참 고 문 헌" with its letters together."""
    words = block.text.strip()
    if block.form in ("heading", "paragraph") and re.fullmatch(r"(?:[가-힣]\s+){1,9}[가-힣]", words) and part_of(words):
        return replace(block, text="".join(words.split()))
    return block


def _with_chapters(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give the titles of chapters the numbers that stand as lines of their own before them."""
    number = ""
    for block, following in pairwise([*blocks, Block("paragraph", "")]):
        titled = following.form == "heading" and following.level == 0
        if titled and block.form == "paragraph" and _CHAPTER_NUMBER.fullmatch(clean(block.words)):
            number = clean(block.words)
            continue
        yield replace(block, label=number) if number else block
        number = ""


def _with_usual_parts(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make headings of the abstract's and the references' names that were left without a heading's style."""
    top = min(block.level for block in blocks if block.form == "heading")
    for block in blocks:
        plain = block.form in ("paragraph", "abstract") and not block.label
        usual = plain and part_of(block.text.strip()) in ("abstract", "references")
        yield replace(block, form="heading", level=top) if usual else block


def _inferred(blocks: Sequence[Block], body: float) -> Iterator[Block]:
    levels = Levels()
    for block in blocks:
        words, level = block.words.strip(), None
        if block.form in ("paragraph", "item", "abstract") and _has_headings_shape(block, words):
            words = clean(words)
            part = part_of(words)
            larger = block.strong or bool(body and block.size > body * _LARGER)
            if larger or (part in ("abstract", "references") and not block.label):
                level = levels.level_of(words) or (levels.top() if part else None)
        yield replace(block, form="heading", level=level) if level else block


def _has_headings_shape(block: Block, words: str) -> bool:
    if len(words) > MAX_HEADING_CHARS // 2 or "$" in words or block.label == "-" or ends_sentence(words):
        return False
    return not (is_caption(words) or is_contents_line(block.text))


def _with_title(blocks: list[Block], body: float, property_title: str) -> list[Block]:
    titles = [at for at, block in enumerate(blocks) if block.form == "title"]
    headings = [at for at, block in enumerate(blocks) if block.form == "heading"]
    front = blocks[: min([_FRONT_BLOCKS, *headings])]
    at = titles[0] if titles else _sole_top(blocks, headings)
    if at is None:
        at = _largest(front, body)
    if at is not None:
        return _titled(blocks, at, _TITLE_LINES)
    same = [clean(block.text).casefold() == property_title.casefold() for block in front]
    return _titled(blocks, same.index(True), 1) if any(same) and not ends_sentence(property_title) else blocks


def _titled(blocks: list[Block], at: int, lines: int) -> list[Block]:
    """Join a title's lines into one block and put it first; a title's style further down is that of a heading."""
    first, end = blocks[at], at + 1
    while end < min(len(blocks), at + lines) and _continues(first, blocks[end]):
        end += 1
    words = first.text if first.form == "heading" else " ".join(block.words for block in blocks[at:end])
    rest = [replace(block, form="heading", level=1) if block.form == "title" else block for block in blocks[end:]]
    return [Block("title", words), *blocks[:at], *rest]


def _continues(first: Block, block: Block) -> bool:
    if first.form == "heading" or block.form != first.form:
        return False
    alike = (block.size, block.strong) == (first.size, first.strong)
    return first.form == "title" or (alike and not _is_running(clean(block.text)))


def _sole_top(blocks: list[Block], headings: list[int]) -> int | None:
    """Return where the title is that was set as the first heading: the only one of its level, with others below it."""
    if len(headings) < 2 or headings[0] >= _FRONT_BLOCKS:
        return None
    first = blocks[headings[0]]
    words = clean(first.text)
    alone = all(blocks[at].level > first.level for at in headings[1:])
    named = not first.label or first.level == 0  # a chapter that is a file of its own has a number
    return headings[0] if alone and named and unnumbered(words) == words and not part_of(words) else None


def _largest(front: list[Block], body: float) -> int | None:
    """Return where the largest line before the first heading is, if it is larger than the body and short."""
    size, before = max(
        ((block.size, -at) for at, block in enumerate(front) if block.form == "paragraph"), default=(0, 0)
    )
    if not body or size <= body * _LARGER:
        return None
    words = clean(front[-before].text)
    many = sum(_continues(front[-before], block) for block in front) > _TITLE_LINES
    letters = any(char.isalpha() for char in words)
    return None if many or not letters or _is_running(words) or part_of(words) else -before


def _is_running(words: str) -> bool:
    return len(words) > MAX_TITLE_CHARS // 2 or ends_sentence(words)


def _with_abstract(blocks: list[Block]) -> Iterator[Block]:
    """Set a heading before an abstract that has none: one in a style of its own, or one that begins "Abstract: "."""
    top = min((block.level for block in blocks if block.form == "heading"), default=1)
    open_part: str | None = None
    for before, block in pairwise([Block("title", ""), *blocks]):
        found = _INLINE_ABSTRACT.match(block.text.lstrip()) if block.form in ("paragraph", "abstract") else None
        if block.form == "heading":
            open_part = part_of(clean(block.words)) or "section"
        elif found and open_part is None:
            open_part = "abstract"
            yield Block("heading", re.sub(r"(?<=[가-힣])\s+(?=[가-힣])", "", found[1]), level=top)
            block = replace(block, text=block.text.lstrip()[found.end() :])
        elif block.form == "abstract" and before.form != "abstract" and open_part is None:
            open_part = "abstract"
            yield Block("heading", "초록" if re.search("[가-힣]", block.text) else "Abstract", level=top)
        yield block

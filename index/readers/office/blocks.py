"""What a word-processor file holds, one Block a paragraph or table, and what its styles' names say. Writes nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.readers.reading import clean

Form = Literal[
    "paragraph",
    "title",
    "subtitle",
    "author",
    "abstract",
    "heading",
    "item",
    "caption",
    "code",
    "table",
    "note",
    "contents",
]


@dataclass(frozen=True, slots=True)
class Block:
    r"""One paragraph, table or footnote, in the file's order.

    `text` may hold "\n" (a line break) and "\t"; of a table it is Markdown. `level` counts from 1 for a heading (0 is a
    chapter's title, above all of them), from 0 for an item. `label` is the number that the program makes for it
    ("2.1", "가.", "-" for a bullet). `strong` says that all of it is bold, `size` is in points (0 where it is not
    known).
    """

    form: Form
    text: str
    level: int = 0
    label: str = ""
    strong: bool = False
    size: float = 0.0

    @property
    def words(self) -> str:
        """The text with its label, as the page shows it."""
        return f"{self.label} {self.text}" if self.label and self.label != "-" else self.text


class Role(NamedTuple):
    """What a style is for; `level` is that of a heading, from 1 (0 for a chapter's title), or of an item, from 0."""

    form: Form
    level: int = 0


_BANNER_NUMBER = re.compile(r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4}|\d{1,2}|제\s*\d+\s*[장절편부])\.?")
_BANNER_CHARS = 60
_HEADING = re.compile(r"(?:heading|제목|개요|outline|(?:^|[\W_\d])head|überschrift|titre|見出し)[\s_]*([1-9])(?!\d)")
_LETTERED = re.compile(r"head(?:ing)?[ _-]?([a-e])|([a-e])[ _-]?head(?:ing)?")  # as publishers count: HeadA, "B Head"
# The first that matches counts; names are in lower case with single spaces.
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"^toc\b|^toc ?\d|^차례|^목차|contents heading|table of (?:figures|contents)|^index \d", Role("contents")),
        (r"^chapter[ _-]?title$", Role("heading", 0)),
        (r"^(?:대|큰|장) ?제목", Role("heading", 1)),
        (r"^(?:중|절) ?제목", Role("heading", 2)),
        (r"^(?:소|작은|항) ?제목", Role("heading", 3)),
        (r"(?:abs|ref|ack)head|(?:abstract|references?) ?(?:title|head)|^(?:초록|참고문헌) ?제목", Role("heading", 1)),
        (r"caption|캡션|(?:table|figure|표|그림) ?(?:title|head|제목)", Role("caption")),
        (r"sub-?title|^부제", Role("subtitle")),
        (r"^(?:\w[\w.]*[_ -])?(?:paper|article|document)?[_ -]?title(?:_document)?$", Role("title")),
        (r"^(?:논문|문서|국문|한글|본)? ?제목(?:\(.*\))?$|^표제$|^타이틀$", Role("title")),
        (r"(?:^|[_ .-])authors?(?: ?names?)?$|^저자(?:명)?$|^글쓴이$", Role("author")),
        (r"(?:^|[_ .-])abstract$|^(?:국문)?초록$", Role("abstract")),
        (
            r"source ?code|preformatted|verbatim|^code(?:\b|[ _-]?(?:wide|block|first|last)$)|^코드|listing",
            Role("code"),
        ),
    )
)


def role_of(style_name: str) -> Role | None:
    """Return what a style of this name is for, in the words of Word, LibreOffice, Hangul and common templates."""
    name = " ".join(style_name.casefold().split())
    contents, *others = _ROLES
    if contents[0].search(name):
        return contents[1]
    if found := _HEADING.search(name):
        return Role("heading", int(found[1]))
    if found := _LETTERED.fullmatch(name):
        return Role("heading", "abcde".index(found[1] or found[2]) + 1)
    if found := re.fullmatch(r"list (?:bullet|number) ([2-5])", name):
        return Role("item", int(found[1]) - 1)
    return next((role for pattern, role in others if pattern.search(name)), None)


def cell_text(blocks: Iterable[Block]) -> str:
    """Return a cell's paragraphs on one line; of a table within it, a row is set off by a semicolon."""
    pieces = []
    for block in blocks:
        if block.form == "table":
            rows = [line.strip("| ") for line in block.text.split("\n") if set(line) - set("|-")]
            pieces.append("; ".join(row.replace(" | ", ", ") for row in rows))
        elif block.form != "note":
            pieces.append(clean(block.words))
    return " ".join(piece for piece in pieces if piece)


def is_frame(rows: Sequence[Sequence[Sequence[Block]]]) -> bool:
    """Tell whether a table, its cells' blocks by row, only sets text in a frame or side by side: one row or column."""
    return len(rows) == 1 or all(len(row) == 1 for row in rows)


def framed(rows: Sequence[Sequence[Sequence[Block]]]) -> Iterator[Block]:
    """Yield what stands in a frame; a banner of a number and a line beside it ("Ⅰ", "서론") is one line."""
    cells = [cell for row in rows for cell in row if any(clean(block.text) for block in cell)]
    if len(rows) == 1 and len(cells) == 2 and all(len(cell) == 1 and cell[0].form == "paragraph" for cell in cells):
        (mark,), (line,) = cells
        if _BANNER_NUMBER.fullmatch(clean(mark.text)) and len(clean(line.text)) <= _BANNER_CHARS:
            words = f"{clean(mark.text)} {line.text}"
            yield Block("paragraph", words, strong=True, size=max(mark.size, line.size))
            return
    yield from (block for cell in cells for block in cell)

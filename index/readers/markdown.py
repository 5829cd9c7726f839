"""Text, code, items and headings in, pieces of Markdown and at last the whole text out. Knows no format that is read.

A block is one paragraph, list, table, quotation or fenced code as it will stand in the text, or a `Heading`, whose
level is settled when all of them are known.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.readers.reading import clean, escape

# Format characters that only hide: zero-width ones and tag characters can carry text that nobody sees.
_UNSEEN = re.compile(
    "[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufff9-\ufffb\U000e0000-\U0010ffff]"
)
_JOINERS = re.compile("(?<=[\x00-\u02ff가-힣])[\u200c\u200d]")
_TAG = re.compile(r"(?<!\\)<(?=[a-zA-Z/!])")
_CODE_SPAN = re.compile(r"(`+[^`]*`+)")
_LIST = re.compile(r"- |\d{1,9}\. ")
_VAGUE = frozenset("here link code github website repository demo 여기 이곳 링크 코드".split()) | {
    "this link",
    "this url",
    "project page",
    "this repository",
    "this website",
}
_MAX_ADDRESS_CHARS = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's words and its rank in the source, 1 the highest; the level in the text depends on those around it."""

    rank: int
    text: str


Block = str | Heading


def visible(text: str) -> str:
    """Return running text on one line without characters that show nothing."""
    return clean(_JOINERS.sub("", _UNSEEN.sub("", text)))


def safe(paragraph: str) -> str:
    """Return a paragraph that Markdown reads as one; a tag at its start would begin a block of raw HTML."""
    return f"\\{paragraph}" if paragraph.startswith("<") else escape(paragraph)


def link(words: str, address: str) -> str:
    """Return a link's words, with its address where they do not say what is there ("here", "code")."""
    if visible(words).lower() in _VAGUE and address.startswith(("http://", "https://")):
        return f"{words} ({address})" if len(address) <= _MAX_ADDRESS_CHARS else words
    return words


def code_span(text: str) -> str:
    """Return text as a Markdown code span."""
    if not text:
        return ""
    if "`" not in text:
        return f"`{text}`"
    marks = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return f"{marks} {text} {marks}"


def code_block(text: str, language: str = "") -> str:
    """Return lines of code as a fenced block, "" for none; the fence is longer than any in the code."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Cn"))
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    if not lines:
        return ""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`{3,}", text)), default=0))
    return "\n".join([f"{fence}{language}", *lines, fence])


def item(mark: str, lead: str, blocks: Sequence[str]) -> str:
    """Return a list item: its mark ("- ", "3. "), words that its first paragraph begins with, and its blocks."""
    if not blocks:
        return f"{mark}{safe(lead.rstrip())}" if lead.strip() else ""
    first, *others = blocks
    if _is_structure(first) and not lead:
        return "\n\n".join(blocks)
    if lead and _is_structure(first):
        first, others = safe(lead.rstrip()), list(blocks)
    elif lead:
        first = safe(f"{lead}{first.removeprefix(chr(92))}")
    margin = " " * len(mark)
    lines = [mark + first]
    for part in others:
        lines += [] if _LIST.match(part) and len(others) == 1 else [""]
        lines += [margin + line if line else "" for line in part.split("\n")]
    return "\n".join(lines)


def listing(items: Sequence[str]) -> str:
    """Return items as one list; empty lines part them when one of them has several paragraphs."""
    return ("\n\n" if any("\n\n" in one for one in items) else "\n").join(items)


def quote(blocks: Iterable[str]) -> str:
    """Return blocks as one quotation."""
    return "\n>\n".join("\n".join(f"> {line}" for line in block.split("\n")) for block in blocks)


def _is_structure(block: str) -> bool:
    return _LIST.match(block) is not None or block.startswith(("```", "|", "> "))


def as_heading(heading: str) -> str:
    """Return a heading in which what looks like a tag of HTML is text: `<a>: The Anchor element`."""
    return "".join(part if part.startswith("`") else _TAG.sub(r"\\\g<0>", part) for part in _CODE_SPAN.split(heading))


def write(title: str | None, blocks: Iterable[Block]) -> str:
    """Return the whole text: the title as the only heading of level 1, the others as deep as they are nested."""
    parts = [f"# {as_heading(visible(title))}"] if title else []
    open_ranks: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while open_ranks and open_ranks[-1] >= block.rank:
                open_ranks.pop()
            parts.append(f"{'#' * min(6, 2 + len(open_ranks))} {as_heading(block.text)}")
            open_ranks.append(block.rank)
        else:
            parts.append(block)
    return unicodedata.normalize("NFC", "\n\n".join(parts) + "\n")

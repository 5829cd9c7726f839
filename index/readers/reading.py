r"""What every reader gives back: a paper as Markdown text, and what the file says of itself. Reads nothing itself.

All readers write one kind of text, so that sections, passages, citations and the browser need to know only Markdown:

- Unicode NFC, "\n" line ends, a paragraph on one line, an empty line between paragraphs;
- the title as the only level-1 heading, then what stands under it (authors, affiliations), `## Abstract`, the
  sections as `##`, `###`, … with their own numbers ("## 3 Method", "### 3.1 Training"), appendices as sections,
  references as the section `## References`, one paragraph an entry;
- lists as list items, tables as Markdown tables, code fenced; formulas as `$…$` where the source has TeX; captions and
  footnotes as paragraphs of their own ("Figure 2: …", "[^3]: …") after the paragraph that they interrupt;
- no heading, list or table is made by accident: what would read as a mark at the start of a line is escaped (`escape`).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_MARK = re.compile(r"(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|\||```|~~~|(?:=+|-+|\*{3,}|_{3,})\s*$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One paper as it was read.

    `pages[i]` is the offset in `text` at which page i + 1 begins, ascending; empty for a format without pages.
    `language` is None where the file does not say it.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str | None = None
    language: Literal["ko", "en"] | None = None
    pages: tuple[int, ...] = ()


def clean(text: str) -> str:
    """Return running text on one line: NFC, any white space as one space, no soft hyphens and no controls."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\ufeff", "")
    text = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs", "Cn")).split())


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, to compare it by."""
    return re.sub(r"[\W_]+", "", text).casefold()


def escape(paragraph: str) -> str:
    r"""Return a paragraph of running text that Markdown reads as a paragraph: "# x" becomes "\# x", "1. x" "1\. x"."""
    if _MARK.match(paragraph):
        return f"\\{paragraph}"
    return _NUMBERED.sub(r"\1\\\2", paragraph, count=1) if _NUMBERED.match(paragraph) else paragraph

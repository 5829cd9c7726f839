"""All lines of a document in, what its table of contents names out, where that gives no page numbers.

Those that do are known by their leaders and numbers, line by line (`headings`, `paragraphs`).
"""

import re
from collections import Counter
from collections.abc import Sequence

from index.readers.pdf.columns import Flow
from index.readers.pdf.lines import Line
from index.readers.pdf.naming import CONTENTS, LEADERS, NUMBER, SENTENCE, depth_of
from index.readers.pdf.source import Bookmark
from index.readers.reading import squeezed

_LEAST_ENTRIES = 4
_ENTRY_WIDTH = 0.75  # the most, of the column's
_PAGE = re.compile(r"\s\d+$")  # its number


def contents_of(flows: Sequence[Flow]) -> tuple[list[Line], list[Bookmark]]:
    """Return the lines of the table of contents, its heading first, and what they name; nothing where there is none.

    That is a heading of that name with nothing but short lines below it, to the end of its column.
    """
    for flow in flows:
        for at, line in enumerate(flow):
            if CONTENTS.fullmatch(squeezed(line.text)):
                entries = flow[at + 1 :]
                if len(entries) >= _LEAST_ENTRIES and all(map(_is_entry, entries)):
                    return [line, *entries], [_bookmark(entry.text.strip()) for entry in entries]
    return [], []


def _is_entry(line: Line) -> bool:
    text = line.text.strip()
    short = line.x1 - line.x0 < _ENTRY_WIDTH * line.width
    return short and not any(pattern.search(text) for pattern in (SENTENCE, _PAGE, LEADERS))


def _bookmark(text: str) -> Bookmark:
    number = NUMBER.match(text)
    return Bookmark(text[number.end() :] if number else text, depth_of(number, Counter()), None)

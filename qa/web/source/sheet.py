"""A section as the panel shows it in, the page of its PDF out, with what is cited marked. Draws nothing itself."""

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.errors import LibraryError, SurveyQAError
from index.load import Document
from index.pages.boxes import Box
from qa.ask import Assistant
from qa.web.conversation.view import Mark

if TYPE_CHECKING:
    from qa.web.source.section import SourceView

Trouble = Literal["", "missing", "failed"]


class Span(NamedTuple):
    """`text[start:end]`, covered by a citation."""

    start: int
    end: int
    mark: Mark
    number: int | None


@dataclass(frozen=True, slots=True)
class SheetMark:
    """Rectangles over a citation on a page: x, y, width and height, as fractions of the page's, from 0 to 1."""

    mark: Mark
    number: int | None
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """Page `number` of `pages`: `image` is a data address, width and height are in pixels.

    `is_unmarked` says that the page was opened for a citation that could not be found on it. With `trouble` there is
    no picture: the PDF is not kept ("missing"), or cannot be drawn.
    """

    number: int
    pages: int
    image: str = ""
    width: int = 0
    height: int = 0
    marks: tuple[SheetMark, ...] = ()
    is_unmarked: bool = False
    trouble: Trouble = ""


def sheet_of(assistant: Assistant, view: "SourceView", number: int | None = None) -> SheetView | None:
    """Return a page of a section's document; without a number, that of the section's marks or else of its beginning.

    None where the document has no pages.
    """
    try:
        document = assistant.document(view.doc_id)
    except LibraryError:
        return None
    if document is None or not document.pages or view.lost:
        return None
    told = view.page or 1
    try:
        places = [(span.start, span.end) for span in view.spans]
        shown = assistant.page(view.doc_id, places, number if number or places else told)
    except SurveyQAError:
        trouble: Trouble = "failed" if _is_kept(assistant, document) else "missing"
        return SheetView(number or told, len(document.pages), trouble=trouble)
    picture = shown.picture
    marks = [
        SheetMark(span.mark, span.number, tuple(map(_rounded, boxes)))
        for span, boxes in zip(view.spans, shown.marks, strict=False)
        if boxes
    ]
    return SheetView(
        shown.number,
        shown.pages,
        f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}",
        picture.width,
        picture.height,
        tuple(marks),
        is_unmarked=bool(places) and number is None and not shown.marks[0],
    )


def _is_kept(assistant: Assistant, document: Document) -> bool:
    return assistant.pages.has(document)


def _rounded(box: Box) -> tuple[float, float, float, float]:
    x, y, width, height = (round(side, 5) for side in (box.x, box.y, box.width, box.height))
    return x, y, width, height

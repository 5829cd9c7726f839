"""Places of a stored document in, the page of its PDF that the panel shows out, with them marked. Draws nothing."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.errors import SurveyQAError
from index.pages.task import Box
from qa.ask import Assistant
from qa.web.conversation.view import Mark

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


def sheet_of(assistant: Assistant, doc_id: str, spans: Sequence[Span], number: int | None = None) -> SheetView | None:
    """Return a page of a document; without a number, that on which the first of what is to be marked stands.

    None where the document has no pages.
    """
    document = assistant.document(doc_id)
    if document is None or not document.pages:
        return None
    places = [(span.start, span.end) for span in spans]
    try:
        shown = assistant.page(doc_id, places, number)
    except SurveyQAError:
        told = number or (document.page(places[0][0]) if places else None) or 1
        is_kept = assistant.pages.has(document)
        return SheetView(told, len(document.pages), trouble="failed" if is_kept else "missing")
    picture = shown.picture
    marked = zip(spans, shown.marks, strict=False)
    marks = [SheetMark(span.mark, span.number, tuple(map(_rounded, boxes))) for span, boxes in marked if boxes]
    return SheetView(
        shown.number,
        shown.pages,
        f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}",
        picture.width,
        picture.height,
        tuple(marks),
        is_unmarked=bool(places) and number is None and not shown.marks[0],
    )


def _rounded(box: Box) -> tuple[float, float, float, float]:
    x, y, width, height = (round(side, 5) for side in (box.x, box.y, box.width, box.height))
    return x, y, width, height

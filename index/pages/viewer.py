"""Documents and places of their texts in, pages with the places marked out; what was drawn last is remembered.

A PDF may be hostile, so that a child process with bounds draws it. It stays for a while, as another page will be asked
for, and then goes.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Self

from index.errors import InputError, SurveyQAError
from index.load import Document
from index.originals import Original, Originals
from index.pages.letters import letters_of
from index.pages.match import Quotation
from index.pages.task import Box, Drawn, Picture, Task
from index.processes.bounded import Pool
from index.processes.worker import Limits

Place = tuple[int, int]  # from and to where in a document's text

LIMITS = Limits(seconds=30.0, memory_bytes=1_000_000_000, result_bytes=50_000_000)
IDLE_S = 120.0  # after so long without a page the child process goes
REMEMBERED, REMEMBERED_BYTES = 48, 24_000_000  # pictures, and their size in all
MOST_PLACES = 40  # that are marked on one page
_CONTEXT_CHARS = 60  # that tell one of several equal places from another
_MOVED_LETTERS = 24  # that a quotation has at least which is looked for on the page before or after its own


@dataclass(frozen=True, slots=True)
class PageView:
    """Page `number` of `pages`, from 1: its picture, and each place's rectangles, none for one that is not on it."""

    number: int
    pages: int
    picture: Picture
    marks: tuple[tuple[Box, ...], ...]


class PageViewer:
    """Shows pages of a Library's originals. For any thread; close it, or use it as a context manager."""

    def __init__(self, originals: Originals, limits: Limits = LIMITS) -> None:
        self._originals = originals
        self._limits = limits
        self._lock = threading.Lock()  # of the child: PDFium draws one page at a time
        self._pool: Pool | None = None
        self._rest: threading.Timer | None = None
        self._pictures: OrderedDict[tuple[str, int], Picture] = OrderedDict()

    def has(self, document: Document) -> bool:
        """Whether pages of a document can be shown."""
        return bool(document.pages) and self._originals.find(document.sha256) is not None

    def page(self, document: Document, places: Sequence[Place] = (), number: int | None = None) -> PageView:
        """Return a page of a document, with places of its text marked.

        Without a number it is that on which the first place stands, the first page where there is none. Raises
        InputError where the original is missing or damaged, or cannot be drawn.
        """
        original = self._originals.find(document.sha256)
        if original is None or not document.pages:
            what = "the PDF that it was read from is not kept; to see its pages, add the paper again"
            raise InputError(f"{document.source}: {what}")
        places = places[:MOST_PLACES]
        with self._lock:
            if number is not None or not places:
                return self._view(document, original, places, number or 1)
            return self._found(document, original, places)

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _found(self, document: Document, original: Original, places: Sequence[Place]) -> PageView:
        """Return the page of the first place. A caption or a note may stand before or after where it is read."""
        told = document.page(places[0][0]) or 1
        view = self._view(document, original, places, told)
        if view.marks[0]:
            return view
        for number in (told + 1, told - 1):
            if 1 <= number <= len(document.pages):
                task = _task(document, original, places[:1], number)
                if any(self._ask(replace(task, draw=False)).marks):
                    return self._view(document, original, places, number)
        return view

    def _view(self, document: Document, original: Original, places: Sequence[Place], number: int) -> PageView:
        number = min(max(1, number), len(document.pages))
        task = _task(document, original, places, number)
        known = self._pictures.get((original.sha256, number))
        drawn = self._ask(replace(task, draw=known is None))
        picture = known or drawn.picture
        if picture is None:
            raise SurveyQAError(f"{document.source}: page {number} was not drawn, a picture was expected; try again")
        self._remember((original.sha256, number), picture)
        return PageView(drawn.number, drawn.pages, picture, drawn.marks)

    def _ask(self, task: Task) -> Drawn:
        if self._rest is not None:
            self._rest.cancel()
        if self._pool is None:
            from index.pages.draw import draw  # and PDFium with it: nobody who sees no page waits for that

            self._pool = Pool(draw, limits=self._limits, workers=1)
        with closing(self._pool.run([task])) as results:
            _, drawn = next(results)
        self._rest = threading.Timer(IDLE_S, self.close)
        self._rest.daemon = True
        self._rest.start()
        if isinstance(drawn, SurveyQAError):
            raise drawn
        answer: Drawn = drawn
        return answer

    def _end(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        if self._pool is not None:
            self._pool.close()
        self._pool = self._rest = None

    def _remember(self, key: tuple[str, int], picture: Picture) -> None:
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        while (
            len(self._pictures) > REMEMBERED or sum(len(one.data) for one in self._pictures.values()) > REMEMBERED_BYTES
        ):
            self._pictures.popitem(last=False)


def _task(document: Document, original: Original, places: Sequence[Place], number: int) -> Task:
    quotations = tuple(quotation(document, place, number) for place in places)
    return Task(original.path, original.sha256, document.source, number, quotations)


def quotation(document: Document, place: Place, number: int) -> Quotation:
    """Return what of a place of a document's text is looked for on a page."""
    start, end = place
    begin, stop = document.pages[number - 1], [*document.pages, len(document.text)][number]
    here = Quotation(
        _letters(document, max(start, begin), min(end, stop)),
        _letters(document, max(0, start - _CONTEXT_CHARS), start),
        _letters(document, end, end + _CONTEXT_CHARS),
    )
    if here.letters:
        return here
    beside = number in ((document.page(start) or 0) - 1, (document.page(end) or 0) + 1)
    whole = _letters(document, start, end) if beside else ""
    return replace(here, letters=whole if len(whole) >= _MOVED_LETTERS else "", stands_whole=True)


def _letters(document: Document, start: int, end: int) -> str:
    return letters_of(document.text[start:end]).text if start < end else ""

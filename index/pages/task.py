"""What is asked of a page, and what comes back: plain data, so that PDFium is loaded with the first page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.pages.match import Quotation

MediaType = Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner, width and height, as fractions of the page's, from 0 to 1."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file; width and height are in pixels."""

    data: bytes
    media_type: MediaType
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be drawn: the PDF, the SHA-256 of its bytes, the number from 1, what to mark; `name` is for messages.

    Without `draw` only the marks are wanted.
    """

    path: Path
    sha256: str
    name: str
    number: int
    quotations: tuple[Quotation, ...] = ()
    draw: bool = True

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Drawn:
    """Page `number` of `pages`: its picture, None where it was not wanted, and each quotation's rectangles.

    A quotation that is not on the page has none.
    """

    number: int
    pages: int
    picture: Picture | None
    marks: tuple[tuple[Box, ...], ...]

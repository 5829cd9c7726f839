"""A page in, what is set sideways beside the rows of a table out: labels of several rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.pdf.characters import Span
from index.readers.pdf.source import Page

_BESIDE = 30.0  # points that a label stands from its rows at most


@dataclass(frozen=True, slots=True)
class Turned:
    """Words that are set sideways, and the place that they take on the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """How far down the page its middle is."""
        return (self.top + self.bottom) / 2


def turned(page: Page) -> list[Turned]:
    """Return what is set sideways on a page: words of one line together."""
    lines: list[list[Span]] = []
    for span in page.sideways:
        last = lines[-1][-1] if lines else None
        along = last and last.turn == span.turn and abs(last.y - span.y) < 0.3 * span.size
        if last and along and abs(span.x0 - last.x1) < span.size:
            lines[-1].append(span)
        else:
            lines.append([span])
    return list(_placed(lines, page))


def _placed(lines: list[list[Span]], page: Page) -> Iterator[Turned]:
    for line in lines:
        text = "".join(span.text for span in line).strip()
        start, end, base, size = line[0].x0, line[-1].x1, line[0].y, line[0].size
        if text and line[0].turn == 90:  # read upwards
            yield Turned(text, base - 0.75 * size, page.height - end, base + 0.25 * size, page.height - start)
        elif text and line[0].turn == 270:
            left = page.width - base
            yield Turned(text, left - 0.25 * size, start, left + 0.75 * size, end)


def beside(page: Page, sides: tuple[float, float], top: float, bottom: float) -> list[Turned]:
    """Return the labels of rows that reach from `top` to `bottom`: in a first column between `sides`, or left of it."""
    return [
        label
        for label in turned(page)
        if top < label.middle < bottom
        and label.bottom - label.top < 1.2 * (bottom - top)
        and sides[0] - _BESIDE < label.x0
        and label.x1 < sides[1] + 2
    ]

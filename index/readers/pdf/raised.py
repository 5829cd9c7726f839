"""Spans on one baseline in, their text out, with what stands raised in it marked or written as an exponent.

Whether a mark is a note's is not known here.
"""

import re
from collections.abc import Iterator, Sequence

from index.readers.pdf.characters import Span

RAISED, LOWERED_AGAIN = "\ue000", "\ue001"  # around what stands raised, until it is known whether it marks a note
MARKED = re.compile(rf"{RAISED}([^{LOWERED_AGAIN}]*){LOWERED_AGAIN}")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = re.compile(r"−?[\d*†‡§¶#∗⋆∥,\-– ]+|[a-z](?:,[a-z])*")
_POWER = re.compile(r"(?!(?:st|nd|rd|th)$)[−+\-]?[^\W_]{1,8}(?:\s?[−+\-/·,]\s?[^\W_]{1,8})*")  # "n−1", "T", "2k"


def with_superscripts(text: str) -> str:
    """Return a cell's text with raised digits as such: a mark behind a number is none of its digits."""
    return " ".join(MARKED.sub(lambda found: found[1].translate(_SUPERSCRIPTS), text).split())


def text_of(spans: Sequence[Span], y: float, tall: float) -> str:
    """Return the text of spans on one baseline; what stands raised is put between RAISED and LOWERED_AGAIN."""
    text, end = "", None
    powers = dict(_powers(spans, y, tall))
    for at, span in enumerate(spans):
        if end is not None and not text.endswith(" ") and span.x0 - end > 0.22 * max(span.size, 0.7 * tall):
            text += " "
        written = powers.get(at, span.text)
        if at not in powers and _is_raised(span, y, tall) and _MARKS.fullmatch(written.strip()):
            written = f"{RAISED}{written.strip()}{LOWERED_AGAIN}" + (" " if written.endswith(" ") else "")
        text += written
        end = span.x1
    return text


def _is_raised(span: Span, y: float, tall: float) -> bool:
    return is_small(span, tall) and span.y < y - 0.18 * tall


def _powers(spans: Sequence[Span], y: float, tall: float) -> Iterator[tuple[int, str]]:
    """Yield which spans are part of an exponent of several signs or a capital, and what is written for each."""
    at = 0
    while at < len(spans):
        end = at
        while end < len(spans) and _is_raised(spans[end], y, tall) and (end == at or spans[end - 1].text[-1:] != " "):
            end += 1
        text = "".join(span.text for span in spans[at:end]).strip()
        last = spans[at - 1].text[-1:] if at and spans[at].x0 - spans[at - 1].x1 < 0.15 * tall else ""
        after_sign = last.isalnum() or last != "" and last in ")]}"
        math = any(span.font.math and not _MARKS.fullmatch(span.text.strip()) for span in spans[at:end])
        if after_sign and math and _POWER.fullmatch(text):
            left, right = ("", "") if text.isalnum() else ("(", ")")
            space = " " if spans[end - 1].text.endswith(" ") else ""
            yield from ((other, "") for other in range(at + 1, end))
            yield at, f"^{left}{text}{right}{space}"
        at = max(end, at + 1)


def is_small(span: Span, tall: float) -> bool:
    """Say whether a span is small enough to be raised or lowered; a note's own mark is hardly smaller than the note."""
    return span.size < (0.96 if span.text.strip().isdigit() else 0.86) * tall

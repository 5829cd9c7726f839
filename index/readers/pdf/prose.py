"""A page's pieces in; those that are lines of running text or of a listing out, wherever they stand.

What such a line stands on (a coloured box, a frame, a picture) says nothing of it. Drops nothing.
"""

import re
from collections.abc import Sequence

from index.readers.pdf.lines import Piece

_HANGUL = re.compile(r"[가-힣]")
_SIGN = re.compile(r"[^\w\s.,?!'\"’–-]")  # of code
_WORDS = 5  # of a line of running text, or as many Hangul letters as follow
_SYLLABLES = 14


def prose_of(pieces: Sequence[Piece], body: float) -> set[int]:
    """Return the ids of the pieces that stand in paragraphs, or in listings of two lines and more."""
    return {id(piece) for stack in _stacks(pieces) if _is_prose(stack, body) for piece in stack}


def _stacks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces of one size that stand close, one under the other, from about the same edge."""
    stacks: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        for stack in reversed(stacks[-40:]):
            if _goes_on(stack, piece):
                stack.append(piece)
                break
        else:
            stacks.append([piece])
    return stacks


def _goes_on(stack: Sequence[Piece], piece: Piece) -> bool:
    last, step = stack[-1], piece.y - stack[-1].y
    if abs(last.size - piece.size) > 0.06 * piece.size:
        return False
    if abs(step) < 1:
        return -1 < piece.x0 - last.x1 < 2 * piece.size
    steps = [below.y - above.y for above, below in zip(stack, stack[1:], strict=False) if below.y - above.y > 1]
    widest = min(2.3, 1.25 * steps[-1] / piece.size) if steps else 2.3  # as far as lines of double spacing
    first = next(other for other in stack if abs(other.y - last.y) < 1)
    return 0 < step < widest * piece.size and -2.5 * piece.size < piece.x0 - first.x0 < 3 * piece.size


def _is_prose(stack: Sequence[Piece], body: float) -> bool:
    """Say whether a stack is running text, two lines of it in the body's size or else three, or code."""
    text = "".join(piece.text for piece in stack)
    if len(stack) > 1 and all(piece.mono for piece in stack) and len(_SIGN.findall(text)) > 0.04 * len(text):
        return True
    running = [piece for piece in stack if _runs(piece)]
    needed = 2 if 0.93 * body < stack[0].size < 1.25 * body else 3
    return len(running) >= needed and sum(len(piece.text) for piece in running) > 0.5 * len(text)


def _runs(piece: Piece) -> bool:
    return len(piece.text.split()) >= _WORDS or len(_HANGUL.findall(piece.text)) >= _SYLLABLES

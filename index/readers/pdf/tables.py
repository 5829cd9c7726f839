"""The lines of a table in, a Markdown table out where its columns are clear, else its rows as text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from index.readers.pdf.lines import Line, Piece
from index.readers.pdf.raised import LOWERED_AGAIN, RAISED


def table_of(lines: Sequence[Line]) -> list[str]:
    """Return the table as one Markdown table, or each row as a paragraph."""
    columns = _columns(lines)
    if not columns:
        return [" ".join(_cell(cell) for cell in line.cells) for line in lines]
    rows = []
    for line in lines:
        row = [""] * len(columns)
        for piece in line.pieces:
            for at, text in _placed(piece, columns):
                row[at] = f"{row[at]} {_cell(text)}".strip()
        rows.append(row)
    rows = _whole(rows, lines)
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return ["\n".join([head, f"|{' --- |' * len(columns)}", *body])]


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return from where to where each column reaches; nothing where they overlap."""
    counts = Counter(len(line.pieces) for line in lines if len(line.pieces) > 1)
    if len(lines) < 2 or not counts:
        return []
    often = max(counts.values())
    number = max(count for count, times in counts.items() if times >= max(2, 0.5 * often)) if often > 1 else 0
    usual = [line for line in lines if len(line.pieces) == number]
    if number < 2 or len(usual) < 2:
        return []
    columns = [
        (min(line.pieces[at].x0 for line in usual), max(line.pieces[at].x1 for line in usual)) for at in range(number)
    ]
    clear = all(a[1] < b[0] + 1 for a, b in zip(columns, columns[1:], strict=False))
    return columns if clear else []


def _placed(piece: Piece, columns: Sequence[tuple[float, float]]) -> Iterator[tuple[int, str]]:
    """Yield the columns that a piece stands in, each with its text there.

    Narrow heads run together in one piece; where their words stand is guessed from how many letters come before.
    """
    reached = [at for at, (left, right) in enumerate(columns) if min(right, piece.x1) - max(left, piece.x0) > 2]
    words = piece.text.split()
    if len(reached) < 2 or len(words) < len(reached):
        yield max(range(len(columns)), key=lambda at: _overlap(columns[at], piece.x0, piece.x1)), piece.text
        return
    seen, wide = 0, (piece.x1 - piece.x0) / max(1, len(piece.text))
    for word in words:
        left = piece.x0 + seen * wide
        yield max(reached, key=lambda at: _overlap(columns[at], left, left + len(word) * wide)), word
        seen += len(word) + 1


def _overlap(column: tuple[float, float], left: float, right: float) -> float:
    """Return how far a stretch reaches into a column, in points; below 0 how far it is from it."""
    return min(column[1], right) - max(column[0], left)


def _whole(rows: list[list[str]], lines: Sequence[Line]) -> list[list[str]]:
    """Join a row without a first cell to the one above when it stands close below: a cell of several lines."""
    done: list[list[str]] = []
    for at, row in enumerate(rows):
        close = at > 0 and lines[at].y - lines[at - 1].y < 1.3 * lines[at].size
        if done and close and not row[0] and sum(map(bool, row)) < 0.5 * len(row):
            done[-1] = [_glued(a, b) for a, b in zip(done[-1], row, strict=True)]
        else:
            done.append(row)
    return done


def _glued(above: str, below: str) -> str:
    if above.endswith("-") and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}".strip()


def _cell(text: str) -> str:
    text = text.replace(RAISED, "").replace(LOWERED_AGAIN, "")
    return " ".join(text.replace("|", "\\|").split())

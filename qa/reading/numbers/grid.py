"""A text in, the tables in it out as grids: headings, labels and numbers, each cell with its place.

Tables are Markdown's, as all readers write them. Compares and chooses nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.sentences import Span
from qa.words.patterns import compiled

_TABLE = re.compile(r"^[ \t]*\|[^\n]*\n[ \t]*\|(?=[^\n]*-)[ \t:|-]*(?:\n[ \t]*\|[^\n]*)+", re.MULTILINE)
CAPTION = compiled(r"[*_ ]*(?P<name>(?:Table|Tab\.|표) ?[\dA-Z]+(?:\.\d+)*)\W")
_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"[*`~↑↓]|(?<!\w)_+|_+(?!\w)|\\(?=\W)|\[([^\]\n]*)\]\([^()\s]*\)|<[^<>\n]*>")
_TEX = re.compile(r"\$([^$\n]+)\$")
_TEX_SIGNS = {"sim": "≈", "approx": "≈", "pm": "±", "times": "×", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤"}
_TEX_SIGN = re.compile(r"\\(?:([a-z]+)\s?|[!,;: ])")
_NUMBER = compiled(
    r"(?P<sign>[<>~∼≈±+−-]?)(?P<money>[$₩€]?)"
    r"(?P<digits>\d{1,3}(?:[ \u2009\u202f]\d{3})+|\d[\d,]*(?:\.\d+)?|\.\d+)\s?"
    r"(?P<unit>[KMBTG]?i?B?|%p?|ms|s|d|h|억|만|천|조|개|점|배|x)"
    r"(?P<more>\s?(?:[±(/].*|s/it|tokens?/s|FLOPs?|params?))?"
)
_TIMES = {"k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9, "t": 1e12, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12}
_NOTES = "⁰¹²³⁴⁵⁶⁷⁸⁹†‡§¶∗⋆"  # marks of notes behind a number
_MINUS, _EXACT = ("-", "−"), ("", "+", "-", "−")
_SAYS_MORE = re.compile(r"\s?[±(/]")  # how sure a number is, or another one
_MOST_CELLS = 4_000  # of one table; a longer one is data, not a table that is read
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, without marks; `number` is what it says where it says one, with its unit taken into account."""

    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings, `text[start:end]`.

    `label` is what names it, with what an empty first cell goes on with; `name` is what of that it says itself.
    """

    start: int
    end: int
    label: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first `labels` columns name its rows. `headings` are those of all columns, at `text[start:end]`.

    `caption` is the line of the text that tells what it shows, as written.
    """

    start: int
    end: int
    headings: tuple[str, ...]
    labels: int
    rows: tuple[Row, ...]
    caption: str


def grids(text: str) -> Iterator[Grid]:
    """Yield the tables of a text that have rows."""
    tables = list(_TABLE.finditer(text))
    for found, caption in zip(tables, _captions(text, tables), strict=True):
        spans = list(_lines(text, *found.span()))
        header, body = spans[0], spans[2:]
        headings = tuple(_plain(cell) for cell in cells(text[slice(*header)]))
        lines = [tuple(map(_read, cells(text[slice(*span)]))) for span in body]
        lines = [(*line, *(Cell("") for _ in headings[len(line) :]))[: len(headings)] for line in lines]
        if len(headings) < 2 or len(headings) * len(lines) > _MOST_CELLS:
            continue
        if _goes_on(headings, lines):
            headings = tuple(
                " ".join(dict.fromkeys(filter(None, (above, cell.text))))
                for above, cell in zip(headings, lines[0], strict=True)
            )
            body, lines = body[1:], lines[1:]
        labels = _label_columns(lines, len(headings))
        rows, last, group = [], "", ""
        for at, ((start, end), line) in enumerate(zip(body, lines, strict=True)):
            last = line[0].text or last  # an empty first cell goes on with the one above
            if _is_group(line) and at + 1 < len(lines) and not _is_group(lines[at + 1]):
                group = last
                continue
            own = " ".join(cell.text for cell in line[:labels] if cell.text)
            label = " ".join(filter(None, (group, last, *(cell.text for cell in line[1:labels]))))
            rows.append(Row(start, end, label, own or label, line))
        if not rows:
            continue
        yield Grid(*header, headings, labels, tuple(rows), caption)


def apart(first: Cell, second: Cell) -> str | None:
    """Return how far two numbers are apart, written as they are; None where they are not exact, or not of one unit."""
    one, other = (_NUMBER.fullmatch(cell.text) for cell in (first, second))
    if one is None or other is None or _written(one) != _written(other):
        return None
    if any(found["sign"] not in _EXACT or _SAYS_MORE.match(found["more"] or "") for found in (one, other)):
        return None
    amount = abs(_decimal(one) - _decimal(other))
    return f"{one['money']}{amount:,}" if "," in one["digits"] + other["digits"] else f"{one['money']}{amount}"


def unit_of(cell: Cell) -> str:
    """Return what is written behind a number, "" where nothing is."""
    found = _NUMBER.fullmatch(cell.text)
    return cell.text[found.end("digits") :] if found else ""


def unit_alone(cell: Cell) -> str:
    """Return the unit that is written behind a number, without what says how sure it is or gives another one."""
    return _SAYS_MORE.split(unit_of(cell))[0]


def cells(line: str) -> list[str]:
    """Return the cells of a row of a table, as written."""
    inner = line.strip().removeprefix("|")
    found = [part.replace("\\|", "|") for part in _BAR.split(inner)]
    return found[:-1] if inner.endswith("|") else found


def _goes_on(headings: Sequence[str], lines: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether the first row goes on with the headings: these repeat, and it has no number where other rows do."""
    named = [heading for heading in headings if heading]
    if len(lines) < 3 or len(set(named)) == len(named):
        return False
    told = [at for at in range(1, len(headings)) if any(line[at].number is not None for line in lines[1:])]
    first = lines[0]
    both = {(headings[at], first[at].text) for at in told}
    return len(both) == len(told) > 1 and all(first[at].text and first[at].number is None for at in told)


def _is_group(line: Sequence[Cell]) -> bool:
    """Whether a row only says what the rows below it are of."""
    return bool(line[0].text) and line[0].number is None and not any(cell.text for cell in line[1:])


def _captions(text: str, tables: Sequence[re.Match[str]]) -> list[str]:
    """Return the line that tells what each table shows: its caption, or the line before it.

    Where a table stands between two captions, its own is where other tables of the text have theirs.
    """
    before = [text[: found.start()].rstrip().rsplit("\n", 1)[-1] for found in tables]
    after = [text[found.end() :].lstrip().split("\n", 1)[0] for found in tables]
    sides = [(bool(CAPTION.match(one)), bool(CAPTION.match(other))) for one, other in zip(before, after, strict=True)]
    are_below = sides.count((False, True)) > sides.count((True, False))
    captions = (
        other if of_next and (are_below or not of_last) else one
        for one, other, (of_last, of_next) in zip(before, after, sides, strict=True)
    )
    return ["" if line.startswith("|") else line for line in captions]


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for line in text[start:end].split("\n"):
        left = len(line) - len(line.lstrip())
        yield at + left, at + len(line.rstrip())
        at += len(line) + 1


def _plain(cell: str) -> str:
    return " ".join(_MARKS.sub(lambda found: found[1] or " ", _TEX.sub(_without_tex, cell)).split())


def _without_tex(found: re.Match[str]) -> str:
    r"""Return a formula of signs and numbers as these ("$-$1.4", "$\sim$5 %"); any other as it is."""
    plain = _TEX_SIGN.sub(lambda sign: _TEX_SIGNS.get(sign[1], sign[0]) if sign[1] else "", found[1])
    plain = plain.replace("{", "").replace("}", "").replace("\\%", "%").strip()
    return found[0] if re.search(r"[\\^_]", plain) else plain


def _read(cell: str) -> Cell:
    text = _plain(cell)
    found = _NUMBER.fullmatch(text.rstrip(_NOTES))
    if found is None:
        return Cell(text)
    times = _TIMES.get(found["unit"][:1].lower(), 1.0) if found["unit"].lower() not in ("ms", "s", "d", "h") else 1.0
    return Cell(found[0], float(_decimal(found)) * times)


def _decimal(found: re.Match[str]) -> Decimal:
    amount = Decimal(re.sub(r"[,\s]", "", found["digits"]))
    return -amount if found["sign"] in _MINUS else amount


def _written(found: re.Match[str]) -> tuple[str, str]:
    """Return what stands before and behind the digits of a number."""
    return found["money"], found.string[found.end("digits") :]


def _label_columns(lines: Sequence[tuple[Cell, ...]], columns: int) -> int:
    """Return how many columns from the left name the rows: the first, and further ones that hold no numbers."""
    for column in range(1, columns):
        told = [line[column] for line in lines if line[column].text not in ("", "-", "–", "—")]
        if told and sum(cell.number is not None for cell in told) >= _MOSTLY * len(told):
            return column
    return columns

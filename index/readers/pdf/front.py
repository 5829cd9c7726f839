"""The first page's pieces in; its title and authors out, and where the columns of text begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.joining import Vocabulary
from index.readers.pdf.columns import Gutter
from index.readers.pdf.lines import Piece
from index.readers.pdf.naming import ABSTRACT, KNOWN, NUMBER
from index.readers.pdf.raised import LOWERED_AGAIN, MARKED, RAISED
from index.readers.reading import squeezed

RUN_IN = re.compile(
    r"(?P<name>abstract|초\s?록|요\s?약|국문\s?(?:초록|요약))\s*(?:[.:—–]|-\s|\s(?=\S))[.:—–\s-]*(?=\S)", re.I
)
_BEGINS = re.compile(r"(?:introduction|서론|머리말|keywords|핵심어|주제어|(?:tableof)?contents|목차|차례)$")
_PLACES = re.compile(
    r"universit|institut|department|laborator|college|school|research|center|centre|academy|inc\b|corp|ltd|@|http|faculty"
    r"|대학|학과|연구|학부|회사|센터|\bLab\b|\bAI\b",
    re.I,
)
_PARTICLE = "(?:van|von|der|den|de|la|del|da|di|dos|bin|ibn|al|el|le|du|ten|ter)"
_NAME = re.compile(
    rf"[^\W\d_a-z][\w'’.\-]*(?:\s+(?:{_PARTICLE}\s+)*[^\W\d_a-z][\w'’.\-]*){{1,4}}|[가-힣]{{2,4}}|[가-힣](?:\s[가-힣]){{1,3}}"
)
_NOT_A_NAME = re.compile(
    r"\b(?:(?:Senior|Student|Life)\s+)*(?:Member|Fellow)\b,?\s*(?:IEEE|ACM)?|\b(?:IEEE|ACM|et al)\b\.?|\bPh\.?D\b\.?",
    re.I,
)
_JOURNAL = re.compile(r"^(?:the )?(?:[\w&-]+ ){0,2}(?:journal|proceedings|transactions|annals|bulletin)\b", re.I)
_TITLE_PAGE = 15  # pieces; a page with no more that has a title has nothing else
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Front:
    """What stands above the text of the first page, or on a cover: on `page`, from 0.

    `rest` are its other paragraphs, `bottom` is where it ends.
    """

    title: str | None
    authors: tuple[str, ...]
    rest: tuple[str, ...]
    bottom: float
    taken: frozenset[int]
    page: int = 0


def front_of(pieces: list[Piece], gutter: Gutter | None, said: str, body: float) -> Front:
    """Return the front of a paper. `said` is the title that the file's metadata give; used where the page has it."""
    titles = _said_title(pieces, said) or _largest(pieces, body)
    if not titles:
        return Front(None, (), (), 0.0, frozenset())
    low = max(piece.y for piece in titles)
    bottom = _bottom(pieces, low, gutter, body)
    rest = [piece for piece in pieces if piece.y < bottom and piece not in titles]
    blocks = _blocks(rest)
    title = _joined(sorted(titles, key=lambda p: (round(p.y), p.x0)), pieces)
    title = re.sub(r"(?<=[a-z])- (?=[A-Za-z])", "-", re.sub(r"\s*[∗*†]$", "", title))
    names = _authors([block for block in blocks if block[0][0].y > min(piece.y for piece in titles)])
    texts = tuple(text for block in blocks if (text := _text(block)))
    return Front(title, names, texts, bottom, frozenset(id(piece) for piece in (*titles, *rest)))


def plain(text: str) -> str:
    """Return text without raised marks."""
    return " ".join(MARKED.sub("", text).split())


def _joined(titles: Sequence[Piece], pieces: Sequence[Piece]) -> str:
    """Return a title's lines as one; a Korean word that they divide is whole, as the page's other words show."""
    vocabulary = Vocabulary(plain(piece.text) for piece in pieces)
    title = ""
    for piece in titles:
        text, ended = plain(piece.text), title.endswith(" ")
        divided = _HANGUL.match(title[-1:]) and _HANGUL.match(text) and vocabulary.is_one_word(title[-12:], text)
        title += text if ended or divided or not title else f" {text}"
        title += " " if piece.text.endswith(" ") else ""
    return title.strip()


def _said_title(pieces: list[Piece], said: str) -> list[Piece]:
    wanted = squeezed(said)
    if len(wanted) < 10 or re.search(r"\.(?:html?|docx?|tex|pdf|dvi)$|^untitled|^microsoft word", said, re.I):
        return []
    ordered = sorted(pieces, key=lambda piece: (round(piece.y), piece.x0))
    for at in range(len(ordered)):
        text = ""
        for end in range(at, min(at + 6, len(ordered))):
            text += squeezed(plain(ordered[end].text))
            if text == wanted:
                return ordered[at : end + 1]
            if not wanted.startswith(text):
                break
    return []


def _largest(pieces: list[Piece], body: float) -> list[Piece]:
    """Return the lines of the largest type that read like a title; a journal's name in capitals is passed over."""
    if not pieces:
        return []
    lowest = max(piece.y for piece in pieces)
    limit = max(0.62 * lowest, 300) if len(pieces) > _TITLE_PAGE else lowest + 1
    high = [p for p in pieces if p.y < limit and sum(c.isalpha() for c in p.text) > 1 and not _has_initial(p)]
    groups = _alike_groups(high)
    for needed in (1.15 * body, 1.04 * body, 0.0):
        fit = [g for g in groups if g[0].tall > needed and (needed or g[0].bold) and _is_title(g)]
        fit = [g for g in fit if not _JOURNAL.search(" ".join(piece.text for piece in g))] or fit
        if fit:
            largest = max(fit, key=lambda group: group[0].tall)
            # a masthead may be larger than the title; a title has more words
            masthead = largest if _is_masthead(fit, largest) else []
            near = [group for group in fit if group[0].tall > 0.8 * largest[0].tall] if masthead else fit
            wordy = [group for group in near if group is largest or _words(group) > 3]
            best = max(wordy, key=lambda group: (min(_words(group), 4) if masthead else 0, group[0].tall))
            others = [p for p in pieces if p not in best and p not in masthead and not _JOURNAL.search(p.text)]
            alike = [p for p in others if abs(p.tall - best[0].tall) < 0.3 and p.bold == best[0].bold]
            above = best[0].y
            other = [p for p in alike if len(p.text) > 3 and (p.y < above or not _names_section(p, alike))]
            return [] if other else best  # of several lines of one look none is the title
    return []


def _has_initial(piece: Piece) -> bool:
    """Say whether a piece begins with the one large letter of a text's first word."""
    first = piece.spans[0]
    return len(first.text.strip()) == 1 and first.size > 1.7 * piece.size


def _names_section(piece: Piece, alike: list[Piece]) -> bool:
    """Say whether a piece is a heading of the text: it has the name of a section, or a number before or beside it."""
    if _is_section_name(piece.text) or NUMBER.match(piece.text.strip()):
        return True
    beside = (p.text.strip() for p in alike if abs(p.y - piece.y) < 2 and p.x0 < piece.x0)
    return any(NUMBER.match(f"{text} ") for text in beside)


def _is_section_name(text: str) -> bool:
    name = squeezed(text)
    return bool(KNOWN.fullmatch(name) or _BEGINS.match(name))


def _alike_groups(pieces: list[Piece]) -> list[list[Piece]]:
    """Return pieces of one look that stand close below each other as one; another column may stand beside them."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (round(piece.y), piece.x0)):
        for group in reversed(groups):
            last = group[-1]
            if abs(last.tall - piece.tall) < 0.04 * piece.tall and piece.y - last.y < 1.9 * piece.tall:
                if last.bold == piece.bold:
                    group.append(piece)
                    break
        else:
            groups.append([piece])
    return groups


def _is_masthead(groups: list[list[Piece]], largest: list[Piece]) -> bool:
    """Say whether the largest type is a journal's: few words, where others of as heavy a type are more."""
    wordy = [group for group in groups if _words(group) > 4 and (group[0].bold or not largest[0].bold)]
    return _words(largest) < 4 and not all(map(_are_names, wordy))


def _are_names(group: list[Piece]) -> bool:
    """Say whether a group reads like authors, or like where they work."""
    parts = [part for piece in group for part in _parts(piece.text)]
    names = list(filter(_is_name, parts))
    return len(names) > 1 and len(names) >= 0.6 * len(parts) or all(_PLACES.search(piece.text) for piece in group)


def _words(group: list[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in group)


def _is_title(group: list[Piece]) -> bool:
    text = " ".join(piece.text for piece in group)
    number = NUMBER.match(text)
    if _is_section_name(text) or is_first(number) or text[:1] in "*∗†‡":
        return False
    return sum(char.isalpha() for char in text) >= (4 if re.search("[가-힣]", text) else 6)


def is_first(number: re.Match[str] | None) -> bool:
    """Say whether a number is the first section's."""
    return number is not None and (re.split("[.-]", number["arabic"] or "")[0] == "1" or number["roman"] in ("I", "Ⅰ"))


def _bottom(pieces: list[Piece], low: float, gutter: Gutter | None, body: float) -> float:
    """Return the baseline above which all belongs to the front: where the abstract or running text begins."""
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width = (gutter[0] - left) if gutter else right - left
    below = sorted((piece for piece in pieces if piece.y > low + 1), key=lambda piece: piece.y)
    for piece in below:
        name = squeezed(piece.text)
        number = NUMBER.match(piece.text.strip())
        bare = squeezed(piece.text.strip()[number.end() :]) if number else name
        heading = is_first(number) and (piece.bold or piece.tall > 1.1 * body) and piece.tall > 0.98 * body
        if heading or ABSTRACT.match(name) or RUN_IN.match(piece.text.strip()) or _BEGINS.match(bare):
            return piece.top
        if _runs_on(piece, below, width):
            return piece.top
    return below[-1].y + 1 if below and len(pieces) <= _TITLE_PAGE else low + 0.1


def _runs_on(piece: Piece, below: list[Piece], width: float) -> bool:
    """Say whether a piece is a line of running text with another below it."""
    if piece.width < 0.72 * width or piece.text.count(" ") < 5:
        return False
    return any(
        0 < q.y - piece.y < 1.7 * piece.size
        and q.width > 0.72 * width
        and -2.5 * piece.size < q.x0 - piece.x0 < 0.5
        and abs(q.size - piece.size) < 0.3
        and abs(q.x1 - piece.x1) < 2 * piece.size
        for q in below
    )


_FrontBlock = list[list[Piece]]  # rows of pieces


def _blocks(pieces: list[Piece]) -> list[_FrontBlock]:
    """Group pieces as they are drawn: an author's lines stand one under the other."""
    blocks: list[_FrontBlock] = []
    for piece in pieces:
        if blocks:
            row = blocks[-1][-1]
            last = row[-1]
            if abs(piece.y - last.y) < 2 and 0 < piece.x0 - last.x1 < 6 * piece.size:
                row.append(piece)
                continue
            overlaps = piece.x0 < max(p.x1 for p in row) and piece.x1 > row[0].x0
            again = len(blocks[-1]) > 1 and piece.tall > last.tall + 0.5  # the next author's name below
            if not again and 0 < piece.y - last.y < 1.75 * max(piece.size, last.size) and overlaps:
                blocks[-1].append([piece])
                continue
        blocks.append([[piece]])
    return blocks


def _text(block: _FrontBlock) -> str:
    text = ""
    for row in block:
        line = ""
        for piece in row:
            words = _unmarked(piece.text)
            line += (", " if line and not line.endswith((",", ";")) else " " if line else "") + words
        running = sum(piece.text.count(" ") for piece in row) > 7
        comma = text and not running and not text.endswith((",", ";", ":", "-", "–"))
        text += (", " if comma else " " if text else "") + line
    return text.strip()


def _unmarked(text: str) -> str:
    """Return text with a raised mark before a word kept apart from it, and one after a word dropped."""
    text = re.sub(rf"(?<=[^\s]){RAISED}[^{LOWERED_AGAIN}]*{LOWERED_AGAIN}", "", text)
    return " ".join(text.replace(RAISED, "").replace(LOWERED_AGAIN, " ").split())


def _authors(blocks: list[_FrontBlock]) -> tuple[str, ...]:
    names: list[str] = []
    size: float | None = None
    for block in blocks:
        for row in block:
            parts = [part for piece in row for part in _parts(piece.text)]
            fit = list(filter(_is_name, parts))
            if parts and _is_name(parts[0]) and any(_PLACES.search(part) for part in parts[1:]):
                parts = fit = [parts[0], ""]  # the author's place follows in the row
            look = max(piece.tall for piece in row)
            if not fit or len(fit) < 0.6 * len(parts) or size is not None and abs(look - size) > 0.4:
                break
            size = look
            names += [re.sub(r"(?<=[가-힣])\s(?=[가-힣]\b)", "", name) for name in fit if name and name not in names]
            if len(row) == 1 and len(block) > 1 and len(parts) == 1:
                break  # the author's own lines follow
    return tuple(names)


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _PLACES.search(text)


def _parts(text: str) -> list[str]:
    """Return what commas, "and" and wide marks part in a row of names."""
    text = _NOT_A_NAME.sub("", MARKED.sub(" , ", text))
    parts = re.split(r"[,;·•&|]|\b(?:and|AND)\b|\s및\s", re.sub(r"[\d*†‡§¶∗]+", ",", text))
    return [part.strip() for part in parts if part.strip()]

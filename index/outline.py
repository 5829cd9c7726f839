"""Text in, its sections out, each with a path of headings and exact offsets. Reads no files, splits no sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.formulas import with_signs

LINK = r"!?\[(?P<link>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\([^()\s]*\)"  # in running text; its words may hold brackets
# What lists of references are called, without spaces and marks; "reference" is not among them, as of a program it is
# its description. Readers know them from here.
REFERENCES = frozenset(
    "references referencelist listofreferences referencesandnotes bibliography workscited citedworks literaturecited "
    "참고문헌 참고자료 참조문헌 인용문헌".split()
)
CONTENTS = frozenset("contents tableofcontents agenda 목차 차례 표목차 그림목차 표차례 그림차례".split())
_SENTENCE = re.compile(r"(?:[가-힣]다|[a-z]{3})[.!?](?:\s|$)")
_NUMBER = re.compile(r"\s*(?:\d+\.?|[IVX]+\.)", re.IGNORECASE)
_ENTRY = re.compile(r"[\s>]*(?:[-*+]|\d{1,3}[.)])\s+(?P<entry>.*[^.!?。\s])\s*")  # of a list, and no sentence
_LEADS = re.compile(r"\[.+\]\((?!\w+:|//|#)[^()\s]+\)\s*(?:\{[^}]*\})?")  # to another text of the same place
_LEAST_LEADS, _SHARE_LEADS = 3, 0.5
_ID = re.compile(r"(?<!\s)\s*\{\s*#([A-Za-z0-9_-]+)\s*\}\s*$")
_EMPHASIS = re.compile(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_HTML = re.compile(  # not the T of Mutex<T>
    r"</?(?:a|abbr|b|br|center|code|del|div|em|font|i|img|ins|kbd|mark|small|span|strong|sub|sup)(?:\s[^>]*)?/?>|<!--.*-->",
    re.DOTALL,
)
_ALT = re.compile(r"""\salt=(["'])(.*?)\1""")


@dataclass(frozen=True, slots=True)
class Section:
    """The text between one heading and the next.

    `section_id` is the heading's own `{#id}` or its ordinal among its siblings ("2.1"); it is the same in every
    language edition of a work that has the same tree. `path` holds the headings from the top, without the
    document's title. `text[start:end]` is the body; the heading stands before `start`.
    """

    section_id: str
    path: tuple[str, ...]
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    anchor: str | None
    start: int
    end: int


def outline_markdown(text: str, body_start: int = 0) -> tuple[str | None, tuple[Section, ...]]:
    """Return the title and the sections of Markdown text.

    The title is the first heading, where that is the only one of level 1, or has another of level 1 right below it.
    """
    headings = _headings(text, body_start)
    top = [heading for heading in headings if heading.level == 1]
    titled = bool(headings) and headings[0].level == 1 and (len(top) == 1 or _stands_over(headings, text))
    title = headings[0].text if titled else None
    sections: list[Section] = []
    if not titled and (not headings or text[body_start : headings[0].start].strip()):
        end = headings[0].start if headings else len(text)
        sections.append(Section("0", (), 0, body_start, end))
    trail: list[_Heading] = []
    ordinals: list[int] = []
    for at, heading in enumerate(headings):
        end = headings[at + 1].start if at + 1 < len(headings) else len(text)
        if titled and at == 0:
            if text[heading.end : end].strip():
                sections.append(Section("0", (), 0, heading.end, end))
            continue
        depth = sum(above.level < heading.level for above in trail)
        trail = [*trail[:depth], heading]
        ordinals = (ordinals + [0] * (depth + 1))[: depth + 1]
        ordinals[depth] += 1
        section_id = heading.anchor or ".".join(map(str, ordinals))
        sections.append(Section(section_id, tuple(h.text for h in trail), heading.level, heading.end, end))
    return title, _distinct(sections)


def outline_text(text: str) -> tuple[str | None, tuple[Section, ...]]:
    """Return no title and one section without a heading: plain text has no marks to divide it by."""
    return None, (Section("0", (), 0, 0, len(text)),)


def _stands_over(headings: Sequence[_Heading], text: str) -> bool:
    """Whether the first of some headings has nothing below it but the next, which is as high."""
    first, second = headings[:2]
    return second.level == first.level and not text[first.end : second.start].strip()


def _headings(text: str, body_start: int) -> list[_Heading]:
    offsets = [body_start]
    for line in text[body_start:].split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    found: list[_Heading] = []
    tokens = MarkdownIt("commonmark").parse(text[body_start:])
    for token, inline in zip(tokens, tokens[1:], strict=False):
        if token.type != "heading_open" or token.map is None or token.level:
            continue
        anchor = _ID.search(inline.content)
        end = min(offsets[token.map[1]], len(text))
        words = plain(_ID.sub("", _without_html(inline))) or plain(_ID.sub("", inline.content))
        found.append(_Heading(int(token.tag[1]), words, anchor and anchor[1], offsets[token.map[0]], end))
    return found


def _without_html(inline: Token) -> str:
    """Return a heading's Markdown without HTML tags that only say how it looks; an image leaves what it shows."""
    kept, at = "", 0
    for part in inline.children or ():
        start = inline.content.find(part.content, at) if part.type in ("code_inline", "html_inline") else -1
        if start >= 0:
            said = part.content
            if part.type == "html_inline" and _HTML.fullmatch(said):
                shown = _ALT.search(said)
                said = shown[2] if shown else ""
            kept += inline.content[at:start] + said
            at = start + len(part.content)
    return kept + inline.content[at:]


def lists_references(path: tuple[str, ...]) -> bool:
    """Whether a section of that path is a list of references."""
    return any(map(names_references, path))


def names_references(heading: str) -> bool:
    """Whether a heading, numbered or not, is what a list of references is called: "7. References", "참 고 문 헌"."""
    return _squeezed(heading) in REFERENCES


def _squeezed(heading: str) -> str:
    """Return a heading in small letters, without its number, spaces and marks."""
    number = _NUMBER.match(heading)
    return re.sub(r"[\W_]+", "", heading[number.end() :] if number else heading).casefold()


def lists_contents(path: tuple[str, ...], text: str) -> bool:
    """Whether a text is a table of contents: it is called so and has no sentence, or has no heading and only leads on.

    Under another heading ("Related papers") a list that leads to other texts of its place says something.
    """
    if path and _squeezed(path[-1]) in CONTENTS:
        return not _SENTENCE.search(text)
    entries = [_ENTRY.fullmatch(line) for line in text.split("\n") if line.strip()]
    leads = sum(entry is not None and _LEADS.fullmatch(entry["entry"]) is not None for entry in entries)
    return not path and all(entries) and leads >= max(_LEAST_LEADS, _SHARE_LEADS * len(entries))


def plain(heading: str) -> str:
    """Return a heading's words without Markdown marks; formulas are signs."""
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1", with_signs(heading))).replace("\\<", "<").split())


def _distinct(sections: list[Section]) -> tuple[Section, ...]:
    """Give a repeated section id a running number, so that an id names one section."""
    taken: set[str] = set()
    own = {section.section_id for section in sections}
    numbers: dict[str, int] = {}  # the last that an id was given
    distinct = []
    for section in sections:
        repeated = section_id = section.section_id
        while section_id in taken or (section_id != repeated and section_id in own):
            numbers[repeated] = numbers.get(repeated, 1) + 1
            section_id = f"{repeated}-{numbers[repeated]}"
        taken.add(section_id)
        distinct.append(section if section_id == section.section_id else replace(section, section_id=section_id))
    return tuple(distinct)

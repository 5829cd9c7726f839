r"""A Markdown file's text in, what a reader of the page sees out: Markdown without raw HTML and link definitions.

Blogs, READMEs and documentation put tags into their Markdown: headings in the middle, tables, pictures, comments,
scripts, components of a site. What CommonMark (0.31.2, 4.6 and 6.6) takes for HTML is read as a page is (`html`), and a
link is written where it stands instead of below (4.7); all else stays to the letter, code and formulas, too. In a
line, a tag that HTML does not have may be words (`Mutex<T>`, `<EOS>`) and stays, unless it has attributes, as
components do.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from index.errors import InputError
from index.formulas import formula_spans, is_within
from index.readers.html import rewrite
from index.readers.html.blocks import Blocks
from index.readers.html.inline import BLOCKS, CODE, script
from index.readers.html.tree import UNSEEN_TAGS, parse, prune, text_of
from index.readers.markdown import Heading, as_heading
from index.readers.pictured import MARKDOWN as PICTURED
from index.readers.pictured import tex_of
from index.readers.roles import MAY_HOLD, Edit, directives, in_lines
from index.readers.unseen import UNSEEN, mdx_comments, seen

Links = Mapping[str, Mapping[str, Any]]

_HOLDS = re.compile(r"<[A-Za-z/!?]|\{/\*")
_DEFINES = re.compile(r"^[ >]*\[[^\]\n]+\]:", re.MULTILINE)
_LINK = re.compile(r"(?<![\\!\]`])\[(?P<words>[^\[\]\n]+)\](?:\[(?P<label>[^\[\]\n]*)\]|(?![\[(:`]))")
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)"
_BARE = r"(?:allowfullscreen|async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|nowrap|open|playsinline)"
_TAG = re.compile(  # not `<b and c>`, which compares
    rf"<(?P<closes>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<told>(?:\s+(?:[\w:@.-]+\s*=\s*{_VALUE}|{_BARE}(?=[\s/>])))*)\s*/?>"
)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_SCRIPTED = re.compile(r"<su(?P<sort>[bp])>(?P<words>[^<>]*)</su(?P=sort)>", re.IGNORECASE)
_SOURCE = re.compile(r"""\ssrc\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_ALT = re.compile(r"""\salt\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_OF_MARKDOWN = re.compile(r"<[^<>]*\smarkdown\s*=\s*[\"']?(?:1|block|span)\b")  # kramdown, PHP Markdown Extra
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_PART = re.compile(r"<(/?)(?:article|center|details|div|dl|figure|ol|section|table|ul)\b", re.IGNORECASE)
_OF_HTML = frozenset(  # without `s`: `<s>` is where a sentence begins
    "a abbr b bdi bdo big br center cite dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i "
    "img ins label li mark ol p picture pre q rb rp rt ruby section small source span strike strong sub summary sup "
    "table tbody td th thead time tr u ul var wbr".split()
)
_OF_PAGES = BLOCKS | frozenset("base col colgroup data form link main math menu meta s search slot title".split())
_IN_LINES = _OF_HTML | CODE | UNSEEN_TAGS
_KNOWN = _IN_LINES | _OF_PAGES
_DEEPEST = 20
_ALONE = frozenset("br hr li p wbr".split())  # need no end
_SPACES = frozenset("br dd div dt h1 h2 h3 h4 h5 h6 hr li p td th tr".split())


def as_shown(text: str) -> str:
    """Return Markdown text without what a browser does not show: tags, comments, where links lead to below."""
    return _shown_text(text, 0)


def _shown_text(text: str, depth: int) -> str:
    """Return text as it is shown, `depth` components deep."""
    if depth > _DEEPEST:
        return _without_tags(text)
    if not any(pattern.search(text) for pattern in (_HOLDS, _DEFINES, PICTURED, MAY_HOLD)):
        return text
    text = directives(text)
    pieces, at = list[str](), 0
    for start, end, shown in sorted(_edits(text, depth), key=lambda edit: (edit[0], -edit[1])):
        if start >= at:
            pieces += [text[at:start], shown]
            at = end
    written: list[str] = []
    for piece in filter(None, (*pieces, text[at:])):
        code_beside = piece[0] == "`" and bool(written) and written[-1][-1] == "`"
        written.append(f" {piece}" if code_beside else piece)
    return "".join(written)


def _edits(text: str, depth: int) -> Iterator[Edit]:
    """Yield what is to be changed; an edit may hold others, which then do not count."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(min(starts[-1] + len(line) + 1, len(text)))
    known: dict[str, Any] = {}
    tokens = MarkdownIt("commonmark").parse(text, known)
    links: Links = {label: link for label, link in known.get("references", {}).items() if label[0] != "^"}  # notes
    for link in (*links.values(), *known.get("duplicate_refs", ())):
        yield starts[link["map"][0]], starts[link["map"][1]], ""
    blocks = [token for token in tokens if token.type in ("html_block", "code_block")]
    for start, end, content in _runs(text, starts, blocks):
        yield _block(text, start, end, content, depth)
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if token.type != "inline" or token.map is None:
            continue
        start, end = (starts[line] for line in token.map)
        yield from _pictured(text, start, end, token)
        yield from in_lines(text, start, end, [found.span() for found in _CODE_SPAN.finditer(text, start, end)])
        if _HOLDS.search(token.content):
            yield from _in_lines(text, start, end, token, heads=before.type == "heading_open")
        if links and "[" in token.content:
            yield from _in_links(text, start, end, links)


def _pictured(text: str, start: int, end: int, token: Token) -> Iterator[Edit]:
    """Yield formulas that a paragraph shows as pictures."""
    if not any(part.type == "image" for part in token.children or ()):
        return
    code = [found.span() for found in _CODE_SPAN.finditer(text, start, end)]
    for found in PICTURED.finditer(text, start, end):
        if (tex := tex_of(found["address"])) and not any(one < found.start() < other for one, other in code):
            yield found.start(), found.end(), f"${tex}$"


def _runs(text: str, starts: Sequence[int], blocks: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield where blocks of HTML stand, and what they hold without the marks of items and quotations.

    Such with nothing but empty lines between are one, as are tags that look like indented code within an open element.
    """
    level, first, last = -1, 0, 0
    parts: list[str] = []
    for block in blocks:
        start, end = (starts[line] for line in block.map or (0, 0))
        follows = level == block.level and not text[last:start].strip(" >\n") and not _holds_markdown(block.content)
        in_open = (
            block.type == "code_block" and follows and block.content.lstrip()[:1] == "<" and _is_open("\n".join(parts))
        )
        if block.type == "code_block" and not in_open or _is_words(block.content, text):
            continue
        if parts and not follows:
            yield first, last, "\n".join(parts)
        first, parts = (first, parts) if parts and follows else (start, [])
        parts.append(block.content)
        level, last = block.level, end
    if parts:
        yield first, last, "\n".join(parts)


def _block(text: str, start: int, end: int, content: str, depth: int) -> Edit:
    """Return what a block of HTML, `text[start:end]`, becomes: in an item or a quotation it stays there."""
    line = text[start:end].split("\n", 1)[0]
    lead = line[: len(line) - len(content.split("\n", 1)[0])]
    margin = re.sub(r"[^>\s]", " ", lead)
    is_apart = lead != margin or text.endswith(("\n\n", "\n>\n"), 0, start) or not start
    lines = _shown(content, depth).split("\n")
    shown = "\n".join(f"{margin}{line}".rstrip() for line in lines)[len(margin) :]
    if not shown:
        return start, end, f"{lead.rstrip()}\n"
    return start, end, f"{'' if is_apart else margin.rstrip() + chr(10)}{lead}{shown}\n{margin.rstrip()}\n"


def _is_words(content: str, text: str) -> bool:
    """Whether a block is no HTML: it begins what never ends, or with a name that HTML does not have (`<branch>`)."""
    if UNSEEN.search(seen(content)):
        return True
    tag = _TAG.match(content.lstrip())
    if tag is None or tag["closes"] or tag["told"] or _is_of_html(tag["name"]):
        return False
    is_component = tag["name"][0].isupper() and f"</{tag['name']}" in text
    return not is_component


def _holds_markdown(content: str) -> bool:
    """Whether what stands in a block's first element is Markdown: it says so, or is a component of a site."""
    tag = _TAG.match(content)
    return tag is not None and (bool(_OF_MARKDOWN.match(content)) or not _is_of_html(tag["name"]))


def _is_of_html(name: str) -> bool:
    return name.lower() in _KNOWN


def _is_open(content: str) -> bool:
    """Whether more of a page's parts begin than end in a block of HTML."""
    begun = sum(1 if found[1] == "" else -1 for found in _PART.finditer(seen(content)))
    return begun > 0


def _without_tags(content: str) -> str:
    return " ".join(_ANY_TAG.sub(" ", seen(content)).split())


def _shown(content: str, depth: int) -> str:
    """Return a block of HTML as Markdown."""
    if _OF_MARKDOWN.search(content):
        return _ANY_TAG.sub("", seen(content)).strip("\n")
    held = content
    while (tag := _TAG.match(held)) and not _is_of_html(tag["name"]):  # what a component holds is Markdown
        held = re.sub(rf"</{re.escape(tag['name'])}>[ \t]*\n?", "", held[tag.end() :]).strip("\n")
    if held != content:
        return _shown_text(held, depth + 1)
    try:
        page = parse(content, "")
    except InputError:  # nothing to read, or nested too deep to walk
        return _without_tags(content)
    for image in page.iter("img"):
        heading = next(image.iterancestors("h1", "h2", "h3", "h4", "h5", "h6"), None)
        if heading is not None and not text_of(heading).strip():
            image.tail = image.get("alt")
    prune(page, site=False)
    rewrite.formulas(page)
    rewrite.footnotes(page)
    blocks = Blocks(page).flow(page)
    return "\n\n".join(
        f"{'#' * block.rank} {as_heading(block.text)}" if isinstance(block, Heading) else block for block in blocks
    )


def _in_links(text: str, start: int, end: int, links: Links) -> Iterator[Edit]:
    """Yield links that say by a label where they lead, with the address itself."""
    for found in _LINK.finditer(text, start, end):
        link = links.get(normalizeReference(found["label"] or found["words"]))
        address = "" if link is None else link["href"]
        if address and not re.search(r"[\s()]", address):
            yield *found.span(), f"[{found['words']}]({address})"


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag at `text[start:end]`, `told` when it has attributes; a comment has no name."""

    start: int
    end: int
    text: str
    name: str
    closes: bool
    told: bool


def _in_lines(text: str, start: int, end: int, token: Token, *, heads: bool) -> Iterator[Edit]:
    """Yield what becomes of the tags and comments in a paragraph, `text[start:end]`, or in a heading."""
    tags = list(_tags(text, start, end, token))
    places = {tag.start for tag in tags}
    ends = {tag.name: at for at, tag in enumerate(tags) if tag.closes}  # the last of each name
    until, next_ends = [tag.end for tag in tags], dict[str, int]()  # where what a tag begins ends, its own end without
    for at in reversed(range(len(tags))):
        if tags[at].closes:
            next_ends[tags[at].name] = tags[at].end
        until[at] = next_ends.get(tags[at].name, tags[at].end)
    yield from mdx_comments(text, start, end)
    for found in _SCRIPTED.finditer(text, start, end):
        if found.start() in places:
            before = text[max(start, found.start() - 3) : found.start()]
            yield *found.span(), script(before, found["words"], raised=found["sort"] in "pP")
    pictured = heads and not _ANY_TAG.sub("", token.content).strip()
    begun: set[str] = set()
    for at, tag in enumerate(tags):
        has_end = ends.get(tag.name, -1) >= at and (tag.name in begun or tag.name in _IN_LINES)
        if not tag.name:
            yield tag.start, tag.end, ""
        elif tag.told or has_end or tag.name in _ALONE:
            begun.add(tag.name)
            if tag.name in UNSEEN_TAGS:
                yield tag.start, until[at], ""
            else:
                yield tag.start, tag.end, _instead(tag, text, pictured=pictured)


def _instead(tag: _Tag, text: str, *, pictured: bool) -> str:
    """Return what stands in a tag's place; a picture is its name where it is `pictured`, alone in a heading."""
    if tag.name in CODE:
        return "`"
    if tag.name == "q":
        return "”" if tag.closes else "“"
    if tag.name == "img":
        source = _SOURCE.search(tag.text)
        if source and (tex := tex_of(source[2])) is not None:
            return f"${tex}$"
        named = _ALT.search(tag.text)
        return named[2] if pictured and named else ""
    between = text[tag.start - 1 : tag.start] + text[tag.end : tag.end + 1]
    return " " if tag.name in _SPACES and not any(char.isspace() for char in between) else ""


def _tags(text: str, start: int, end: int, token: Token) -> Iterator[_Tag]:
    """Yield the tags and comments among a paragraph's parts, without those in formulas."""
    formulas = formula_spans(text, start, end)
    at = start
    for part in token.children or ():
        if part.type not in ("code_inline", "html_inline"):
            continue
        found = text.find(part.content, at, end)
        while found > 0 and part.type == "html_inline" and text[found - 1] == "\\":
            found = text.find(part.content, found + 1, end)
        if found < 0:
            continue
        at = found + len(part.content)
        if part.type == "html_inline" and not is_within(formulas, found):
            tag = _TAG.fullmatch(part.content)
            if tag:
                yield _Tag(found, at, tag[0], tag["name"].lower(), bool(tag["closes"]), bool(tag["told"]))
            elif part.content.startswith("<!--"):
                yield _Tag(found, at, part.content, "", False, False)

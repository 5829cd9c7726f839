r"""Markdown as sites write it in, where it says what it shows in words of its own out: roles, directives, entities.

Roles and directives are those of MyST and Sphinx: "{doc}`the lecture <intro>`" shows "the lecture", a block of
"```{note}" its text. Entities are CommonMark's (0.31.2, 2.5): "caf&eacute;". Code and formulas stay to the letter.
"""

import html
import re
from collections.abc import Iterator, Sequence

from index.formulas import formula_spans, is_within

Edit = tuple[int, int, str]  # text[start:end] becomes this

MAY_HOLD = re.compile(r"&(?:#\d|#[xX]|[A-Za-z])|\{[a-z:]+\}|^:::", re.MULTILINE)
_ROLE = re.compile(r"\{(?P<name>[a-z]+(?:[:-][a-z]+)*)\}(?P<mark>`+)(?P<told>[^`\n](?:[^`]*[^`])?)(?P=mark)(?!`)")
_TITLED = re.compile(r"(?P<title>.*\S)\s*<[^<>]*>", re.DOTALL)
_CITES = frozenset("cite cite:p cite:t cite:ps cite:ts cite:alp cite:author cite:year footcite".split())
_CODE = frozenset("code kbd command file samp program option envvar py:func py:class py:mod func class meth".split())
_ENTITY = re.compile(r"(?<!\\)&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAMED = re.compile(r"#?\w{1,32};")  # what stands after "&" in an entity
_PROSE = re.compile(  # what holds prose; others hold code, formulas, pictures: ```{r}, {code-cell}, {math}, {figure}
    r"note|tip|hint|important|warning|caution|attention|danger|error|seealso|admonition|topic|sidebar|margin|epigraph"
    r"|highlights|pull-quote|abstract|dropdown|details|card|exercise|solution|prf:[a-z]+|callout-[a-z]+"
)
_FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})(?:\{(?P<name>[\w:-]+)\})?[ \t]*(?P<title>[^`\n]*)\n", re.MULTILINE)
_COLONS = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:\{?\.?[\w:-]+\}?(?:\[(?P<label>[^\]\n]*)\])?[ \t]*(?P<title>[^\n{}]*))?$", re.MULTILINE
)
_OPTION = re.compile(r"[ \t]*:[\w-]+:[^\n]*\n|[ \t]*---[ \t]*\n(?:[^\n]*:[^\n]*\n)*?[ \t]*---[ \t]*\n")


def directives(text: str) -> str:
    """Return text in which blocks that hold prose are prose: a title, then what stands in them. Code stays."""
    pieces, at = list[str](), 0
    for found in _FENCE.finditer(text):
        end = _end_of(found, text) if found.start() >= at else None
        if end is None:
            continue
        pieces.append(_apart(text[at : found.start()]))
        pieces += (
            _within(found, text, end) if _PROSE.fullmatch(found["name"] or "") else [text[found.start() : end.end()]]
        )
        at = end.end()
    return "".join((*pieces, _apart(text[at:])))


def _end_of(fence: re.Match[str], text: str) -> re.Match[str] | None:
    """Return the line that closes a block; None where none does."""
    return re.compile(rf"^[ \t]*{re.escape(fence['fence'])}+[ \t]*$", re.MULTILINE).search(text, fence.end())


def _within(fence: re.Match[str], text: str, end: re.Match[str]) -> list[str]:
    """Return the title and the text of a block, without its options."""
    body = fence.end()
    while option := _OPTION.match(text, body, end.start()):
        body = option.end()
    title = f"{fence['title'].strip()}\n\n" if fence["title"].strip() else ""
    return [title, directives(text[body : end.start()])]


def _apart(text: str) -> str:
    """Return text without the lines of colons around its parts; their titles stay."""
    return _COLONS.sub(lambda found: (found["label"] or found["title"] or "").strip(), text)


def in_lines(text: str, start: int, end: int, code: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Yield the roles and entities of a paragraph, `text[start:end]`, with what they show; `code` is code there."""
    formulas = formula_spans(text, start, end)

    def is_prose(at: int) -> bool:
        return not is_within(formulas, at) and not any(one <= at < other for one, other in code)

    for role in _ROLE.finditer(text, start, end):
        if is_prose(role.start()):
            yield *role.span(), _role(role["name"], role["told"])
    for entity in _ENTITY.finditer(text, start, end):
        shown = html.unescape(entity.group())
        if is_prose(entity.start()) and _may_stand(shown, text[start : entity.start()], text[entity.end() : end]):
            yield *entity.span(), " " if shown == "\xa0" else shown


def _role(name: str, told: str) -> str:
    if name in _CITES:
        return f"[{', '.join(part.strip() for part in told.split(','))}]"
    if name == "math":
        return f"${told}$"
    if name in _CODE:
        return f"`{told}`"
    titled = _TITLED.fullmatch(told)
    return titled["title"] if titled else told


def _may_stand(shown: str, before: str, after: str) -> bool:
    """Whether a character means itself where it stands: not "<" before a name, which would begin a tag."""
    if shown == "&":
        return _NAMED.match(after) is None
    if shown in "<>":
        return (after if shown == "<" else before[::-1])[:1].isspace()
    return shown not in "`*_[]\\" and (shown.isprintable() or shown == "\xa0")

"""HTML and Markdown in, where scripts, styles and comments stand out; each is looked through once. Parses none."""

import re
from collections.abc import Iterator

UNSEEN = re.compile(r"<(?:(?P<script>script)|(?P<style>style))\b|(?P<comment><!--)", re.IGNORECASE)
_ENDS = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
    "comment": re.compile("-->"),
}


def seen(content: str) -> str:
    """Return a block of HTML without its scripts, style sheets and comments; what begins and never ends stays."""
    pieces, at = list[str](), 0
    endless: set[str] = set()
    for begun in UNSEEN.finditer(content):
        sort = begun.lastgroup or ""
        if begun.start() < at or sort in endless:
            continue
        if end := _ENDS[sort].search(content, begun.end()):
            pieces.append(content[at : begun.start()])
            at = end.end()
        else:
            endless.add(sort)
    return "".join((*pieces, content[at:]))


def mdx_comments(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the comments of MDX in `text[start:end]`, with the spaces before them: where, and that nothing is left."""
    at = start
    while (begin := text.find("{/*", at, end)) >= 0 and (close := text.find("*/}", begin + 3, end)) >= 0:
        while begin > at and text[begin - 1] in " \t":
            begin -= 1
        at = close + 3
        yield begin, at, ""

"""An element's running text in, one line of Markdown out; footnotes on the way are kept. Makes no blocks."""

import re
from collections.abc import Iterator

from index.readers.html.tree import Element, classes
from index.readers.markdown import code_span, link, visible

CODE = frozenset(("code", "kbd", "samp", "tt"))
_SCRIPT = re.compile(r"[-−+]?\d{1,4}")
# a number, a bracket, a letter by itself or a length: after a word it is the mark of a note
_BEFORE_POWER = re.compile(r"(?:[\d)\]]|(?:^|[\W\d_])(?:[^\W\d_]|[kcmnμµ]m))$")
_RENDERED, _RENDERING = re.compile("[가-힣]"), re.compile(r"[A-Za-z][A-Za-z' -]+")
BREAK = "\x1e"  # a <br>: a space, or with another one the end of a paragraph

BLOCKS = frozenset(
    "html body main article section header footer nav aside div p h1 h2 h3 h4 h5 h6 ul ol dl li dt dd table caption "
    "thead tbody tfoot tr td th pre blockquote figure figcaption details summary fieldset legend address hr hgroup "
    "center dir listing xmp x-display".split()
)


class Inline:
    """Turns running text into Markdown and gathers the footnotes that it calls, each as (mark, text)."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self._unmarked = 0

    def line(self, element: Element) -> str:
        """Return all text of an element on one line."""
        return visible("".join(self._content(element)).replace(BREAK, " "))

    def piece(self, element: Element) -> str:
        """Return one element within a line, without the text that follows it; white space as it stands."""
        tag = element.tag
        if tag == "br":
            return BREAK
        if tag in ("img", "wbr", "rp"):
            return ""
        if tag in ("x-tex", "x-display"):
            return f"${element.text.strip()}$" if element.text and element.text.strip() else ""
        if tag in ("x-note", "x-mark"):
            return self._note(element)
        if tag in CODE or self._is_typewriter(element):
            return code_span(visible("".join(self._content(element))))
        inner = "".join(self._content(element))
        if tag == "q":
            return f"“{inner}”"
        if tag == "rt":
            return f"({inner})"
        if tag == "a":
            return link(inner, element.get("href") or "")
        return f" {inner} " if tag in BLOCKS else inner

    def after(self, before: str, element: Element) -> str:
        """Return one element within a line as `piece` does, its power or index marked where it follows `before`."""
        piece = self.piece(element)
        if element.tag in ("sup", "sub") and piece:
            return script(before, piece, raised=element.tag == "sup")
        return piece

    def _content(self, element: Element) -> Iterator[str]:
        before = element.text or ""
        yield before
        for child in element:
            piece = self.after(before, child)
            yield piece
            before = (piece or before[-3:]) + (child.tail or "")
            yield child.tail or ""

    def _note(self, element: Element) -> str:
        mark = visible("".join(element.text or "") if element.tag == "x-mark" else element.get("mark") or "")
        mark = re.sub(r"[\s\[\]$]+", "", mark)
        if element.tag == "x-mark":
            return f"[^{mark}]" if mark else ""
        text = self.line(element)
        if not mark and element.get("silent") is None:
            self._unmarked += 1
            mark = f"n{self._unmarked}"
        if text:
            self.notes.append((mark, text))
        return f"[^{mark}]" if mark and element.get("silent") is None else ""

    @staticmethod
    def _is_typewriter(element: Element) -> bool:
        if element.tag != "span" or "ltx_font_typewriter" not in classes(element):
            return False
        return next(element.iter("a", "x-tex", "x-note"), None) is None and element.getparent() is not None


def script(before: str, piece: str, *, raised: bool) -> str:
    """Mark a superscript as a power, a subscript as an index, where it would change what stands before it.

    A word of the other script that is raised above a Korean one (왕복<sup>Roundtrip</sup>) renders it: it stands in
    brackets, as people write it.
    """
    if raised and _RENDERED.search(before[-1:]) and _RENDERING.fullmatch(piece):
        return f"({piece})"
    if raised:
        return f"^{piece}" if _SCRIPT.fullmatch(piece.strip()) and _BEFORE_POWER.search(before[-3:]) else piece
    return f"_{piece}" if before[-1:].isalpha() and piece.strip()[:1].isalpha() else piece

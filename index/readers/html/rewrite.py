"""A page's tree in, the same tree out with its formulas and footnotes in one shape each. Writes no Markdown.

After it, whichever tool made the page:

- `<x-tex>` holds an inline formula's TeX, `<x-display>` a displayed one's, its number in the attribute `number`;
- `<x-note mark="3">` holds a footnote where it is called, `silent` when its mark stands elsewhere;
- `<x-mark>` holds the mark of a note that stands elsewhere.
"""

import re

from lxml import etree

from index.readers.html.tree import Element, classes, drop, text_of
from index.readers.pictured import tex_of

_TEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n\s*")
_DISPLAY_STYLE = re.compile(r"\\displaystyle\s*(?=[^a-zA-Z]|$)")
_MWE = re.compile(r"\{\\(?:display|text)style\s*(.*)\}", re.DOTALL)
_DELIMITED = re.compile(r"\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$", re.DOTALL)
_MATH_CLASSES = frozenset(("math", "arithmatex"))
_CALLS = frozenset(("footnote-ref", "footnote-reference", "footnoteref", "noteref"))
_NOTE_PARTS = frozenset(
    "footnote-backref reversefootnote fn-backref backrefs footnote-back label fn-bracket data-footnote-backref "
    "ltx_note_mark ltx_tag_note ltx_note_type".split()
)


def formulas(root: Element) -> None:
    r"""Turn MathML, MathJax's scripts, Wikipedia's pictures and marked `\(…\)` into `x-tex` and `x-display`."""
    for math in list(root.iter("math")):
        shown = math.get("display") == "block" or "ltx_math_display" in classes(math)
        _formula(math, _tex_of(math), display=shown)
    for script in list(root.iter("script")):
        _formula(script, script.text or "", display="mode=display" in (script.get("type") or ""))
    for image in list(root.iter("img")):
        if any(name.startswith("mwe-math-fallback-image") for name in classes(image)):
            found = _MWE.fullmatch(image.get("alt") or "")
            _formula(image, found[1] if found else image.get("alt") or "", display="display" in image.get("class", ""))
        elif (tex := tex_of(image.get("src") or "")) is not None:
            _formula(image, tex, display=False)
    for element in [*root.iter("span"), *root.iter("div")]:
        if not _MATH_CLASSES & set(classes(element)):
            continue
        if found := _DELIMITED.fullmatch(text_of(element).strip()):
            tex = next(group for group in found.groups() if group is not None)
            _formula(element, tex, display=element.tag == "div")


def _tex_of(math: Element) -> str:
    if alternative := math.get("alttext"):
        return alternative
    for annotation in math.iter("annotation"):
        if annotation.get("encoding") in ("application/x-tex", "TeX", "LaTeX"):
            return annotation.text or ""
    for annotation in [*math.iter("annotation"), *math.iter("annotation-xml")]:
        drop(annotation)
    return "".join(text_of(math).split())


def _formula(element: Element, tex: str, *, display: bool) -> None:
    tail = element.tail
    number = element.get("number")
    element.clear()
    element.tag = "x-display" if display else "x-tex"
    element.text = plain_tex(tex)
    element.tail = tail
    if number:
        element.set("number", number)


def plain_tex(tex: str) -> str:
    r"""Return TeX on one line, without comments and without the `\displaystyle` that aligned cells begin with."""
    return " ".join(_DISPLAY_STYLE.sub("", _TEX_COMMENT.sub("", tex.replace("\u00a0", " "))).split())


def footnotes(root: Element) -> None:
    """Turn LaTeXML's notes, and notes that a link calls from elsewhere in the page, into `x-note` and `x-mark`."""
    for note in [element for element in root.iter("*") if "ltx_note" in classes(element)]:
        _latexml_note(note)
    targets = {element.get("id"): element for element in root.iter("*") if element.get("id")}
    moved: set[str] = set()
    for link in list(root.iter("a")):
        target = targets.get((link.get("href") or "#")[1:]) if _calls_note(link) else None
        if target is not None and target not in list(link.iterancestors()):
            _move_note(link, target, again=link.get("href") in moved)
            moved.add(link.get("href") or "")


def _calls_note(link: Element) -> bool:
    if not (link.get("href") or "").startswith("#"):
        return False
    parent = link.getparent()
    names = {*classes(link), *(classes(parent) if parent is not None and parent.tag == "sup" else ())}
    return bool(_CALLS & names) or link.get("role") == "doc-noteref" or link.get("data-footnote-ref") is not None


def _latexml_note(note: Element) -> None:
    roles = set(classes(note))
    mark = _first_text(note, "ltx_note_mark", "ltx_tag_note")
    if "ltx_role_footnotemark" in roles:
        tail = note.tail
        note.clear()
        note.tag, note.text, note.tail = "x-mark", mark, tail
        return
    for part in [element for element in note.iter("*") if _NOTE_PARTS & set(classes(element))]:
        drop(part)
    note.tag = "x-note"
    note.set("mark", mark)
    if not roles & {"ltx_role_footnote", "ltx_role_endnote"}:
        note.set("silent", "")


def _first_text(element: Element, *names: str) -> str:
    for name in names:
        for at in element.iter("*"):
            if name in classes(at):
                return text_of(at).strip()
    return ""


def _move_note(link: Element, target: Element, *, again: bool) -> None:
    mark = text_of(link).strip().strip("[]()").strip()
    tail = link.tail
    link.clear()
    link.tail = tail
    if again:
        link.tag, link.text = "x-mark", mark
        return
    body = target
    if target.tag == "dt" and (following := target.getnext()) is not None and following.tag == "dd":
        drop(target)
        body = following
    for part in [at for at in body.iter("*") if _NOTE_PARTS & set(classes(at)) or at.get("role") == "doc-backlink"]:
        drop(part)
    link.tag = "x-note"
    link.set("mark", mark)
    link.text = body.text
    link.extend(list(body))
    drop(body)


def element(tag: str, text: str = "", *children: Element) -> Element:
    """Return a new element."""
    made = etree.Element(tag)
    made.text = text
    made.extend(children)
    return made

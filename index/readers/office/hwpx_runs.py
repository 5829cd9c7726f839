"""A paragraph of an HWPX file in, its visible words out, with the notes and objects met on the way. Makes no blocks.

Tracked deletions, memos, hidden comments, page headers, page numbers and tables of contents are dropped.
"""

import re
from collections.abc import Iterable

from index.readers.office.hwp_equation import tex
from index.readers.office.hwpx_header import Face, Header
from index.readers.office.lines import Line
from index.readers.office.numerals import numeral
from index.readers.office.parts import Element, local, number

_SPACES = {"tab": "\t", "nbSpace": " ", "fwSpace": " ", "lineBreak": "\n", "hyphen": "-"}
_OBJECTS = frozenset(
    "tbl pic rect ellipse arc polygon curve line connectLine container ole chart video textart unknownObject".split()
)
_COUNTED = frozenset(("PICTURE", "TABLE", "EQUATION"))


class Runs:
    """Reads paragraphs in the document's order: deletions and contents tables may go through several of them."""

    def __init__(self, header: Header, sections: Iterable[Element]) -> None:
        self._header = header
        self.outline = "1"  # the numbering of headings, which each section may change
        self._note_forms = {"footNote": "DIGIT", "endNote": "DIGIT"}
        self._counts = {"footNote": 0, "endNote": 0}
        ends = [at for section in sections for at in section.iter("{*}fieldEnd", "{*}deleteEnd")]
        self._field_ends = {at.get("beginIDRef") for at in ends}
        self._delete_ends = {at.get("TcId") or at.get("Id") for at in ends if local(at) == "deleteEnd"}
        self._contents: list[str] = []
        self._deleted: set[str] = set()
        self._line = Line()
        self._white_shows = False

    def read(self, paragraph: Element, *, white_shows: bool) -> Line:
        """Return a paragraph's words; white letters are seen where it stands on a coloured ground (`white_shows`)."""
        self._line, self._white_shows = Line(), white_shows
        self._line.in_contents = bool(self._contents)
        for run in paragraph.iterfind("{*}run"):
            face = self._header.face(run.get("charPrIDRef"))
            self._contents_of(run, face)
        return self._line

    def _contents_of(self, elements: Iterable[Element], face: Face) -> None:
        for element in elements:
            self._content(element, face)

    def _content(self, element: Element, face: Face) -> None:
        match local(element):
            case "t":
                self._text(element, face)
            case "ctrl":
                for child in element:
                    self._control(child, face)
            case "secPr":
                self._section(element)
            case "switch":
                self._contents_of(_default(element), face)
            case "equation":
                self._add(_in_line(element), Face())
            case "compose" | "dutmal":
                self._add(_in_line(element), face)
            case name if name in _OBJECTS and not self._deleted and not self._contents:
                self._line.objects.append(element)

    def _text(self, element: Element, face: Face) -> None:
        self._add(element.text or "", face)
        for child in element:
            name = local(child)
            change = child.get("TcId") or child.get("Id") or ""
            if name in _SPACES:
                self._add(_SPACES[name], Face())
            elif name == "deleteBegin" and change in self._delete_ends:
                self._deleted.add(change)
            elif name == "deleteEnd":
                self._deleted.discard(change)
            self._add(child.tail or "", face)

    def _control(self, element: Element, face: Face) -> None:
        name = local(element)
        if name in ("footNote", "endNote"):
            self._note(element, name)
        elif name == "autoNum" and element.get("numType") in _COUNTED:
            shown = next(element.iter("{*}autoNumFormat"), element)
            figure = numeral(number(element.get("num"), 1), shown.get("type") or "DIGIT")
            self._add(f"{shown.get('prefixChar') or ''}{figure}{shown.get('suffixChar') or ''}", face)
        elif name == "fieldBegin" and element.get("type") == "TABLEOFCONTENTS":
            if element.get("id") in self._field_ends:
                self._contents.append(element.get("id") or "")
                self._line.in_contents = True
        elif name == "fieldEnd" and element.get("beginIDRef") in self._contents:
            self._contents.remove(element.get("beginIDRef") or "")

    def _section(self, element: Element) -> None:
        self.outline = element.get("outlineShapeIDRef") or self.outline
        for kind in self._note_forms:
            for shown in element.iterfind(f"{{*}}{kind}Pr/{{*}}autoNumFormat"):
                self._note_forms[kind] = shown.get("type") or "DIGIT"

    def _note(self, element: Element, kind: str) -> None:
        if self._deleted or self._contents:
            return
        self._counts[kind] += 1
        mark = numeral(number(element.get("number"), self._counts[kind]), self._note_forms[kind])
        mark = re.sub(r"[\[\]^$\s]", "", mark if kind == "footNote" else f"e{mark}")
        self._line.call(mark, element)

    def _add(self, text: str, face: Face) -> None:
        if self._deleted or self._contents or face.unseen or (face.white and not self._white_shows):
            return
        self._line.add(text, bold=face.bold, points=face.points, raised=face.raised)


def _in_line(element: Element) -> str:
    """Return what a formula, letters set over one another, or a word with its gloss read as in running text."""
    if local(element) == "compose":
        return element.get("composeText") or ""
    words = "".join(at.text or "" for at in element.iterfind("{*}script")) if local(element) == "equation" else ""
    if words.strip():
        return f"${tex(words)}$"
    return "".join(at.text or "" for at in element.iterfind("{*}mainText"))


def _default(element: Element) -> Iterable[Element]:
    """Return what a program shows that knows none of the special forms, else the first of these."""
    for name in ("default", "case"):
        for found in element.iterfind(f"{{*}}{name}"):
            return found
    return ()

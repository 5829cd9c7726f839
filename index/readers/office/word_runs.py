r"""A paragraph of a DOCX file in, its visible words out, with the notes and text boxes met on the way. Makes no blocks.

Insertions are kept, deletions dropped, and so are hidden, white and tiny text, comments and the instructions of fields.
Of two forms of the same drawing (mc:AlternateContent) the first is read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from index.readers.office.lines import Line
from index.readers.office.omml import MATH, tex
from index.readers.office.parts import Element, local, number
from index.readers.office.word_styles import Face, Styles, W, face_of, value

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Word's Symbol font has its signs at 0xF000 and the letter's code; only what papers use is told apart.
_SYMBOLS = dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOLS |= dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOLS |= {"\xa3": "≤", "\xb3": "≥", "\xb1": "±", "\xb4": "×", "\xb9": "≠", "\xbb": "≈", "\xa5": "∞", "\xae": "→"}
_SYMBOLS |= {"\xce": "∈", "\xd1": "∇", "\xe5": "∑", "\xd7": "⋅", "\xb6": "∂", "\xd6": "√", "\xf2": "∫", "\xb7": "•"}
_DROPPED = frozenset(
    "pPr rPr del moveFrom delText instrText delInstrText fldData sectPr rt annotationRef footnoteRef".split()
)
_DROPPED |= frozenset(
    "endnoteRef separator continuationSeparator sdtPr sdtEndPr lastRenderedPageBreak softHyphen".split()
)
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CONTENTS_FIELDS = ("TOC", "INDEX", "TOA")


class Runs:
    """Reads paragraphs in the document's order: fields and the numbers of notes run through all of them."""

    def __init__(
        self,
        styles: Styles,
        notes: Mapping[tuple[str, str], Element],
        note_mark: Callable[[str, int], str],
        *,
        fields_close: bool,
    ) -> None:
        self._styles = styles
        self._notes = notes
        self._fields_close = fields_close
        self._note_mark = note_mark
        self._counts = {"footnote": 0, "endnote": 0}
        self._fields: list[_Field] = []
        self._instructions = 0  # open fields whose result has not begun
        self._contents = 0  # open fields that are tables of contents
        self._line = Line()
        self._under = Face()
        self._white_shows = False

    def read(self, paragraph: Iterable[Element], under: Face, *, white_shows: bool, line: Line | None = None) -> Line:
        """Return the words of a paragraph whose style has the face `under`; they follow those of `line`, if given.

        `white_shows` is for text on a coloured ground: white letters are seen there.
        """
        self._line, self._under, self._white_shows = line or Line(), under, white_shows
        if not self._fields_close:
            self._fields.clear()
            self._instructions = self._contents = 0
        self._line.in_contents |= self._contents > 0
        self._children(paragraph)
        return self._line

    def _children(self, element: Iterable[Element]) -> None:
        for child in element:
            self._content(child)

    def _content(self, element: Element) -> None:
        name = local(element)
        if name in _DROPPED:
            return
        if element.tag.startswith(MATH):
            formula = tex(element) if name in ("oMath", "oMathPara") else ""
            self._add(f"${formula}$" if formula else "", Face())
        elif name == "r":
            self._run(element)
        elif name == "fldSimple":
            if not (element.get(f"{W}instr") or "").split()[:1] or not _is_contents(element.get(f"{W}instr") or ""):
                self._children(element)
        elif name == "AlternateContent":
            self._children(chosen(element))
        elif name == "txbxContent":
            self._line.objects.append(element)
        elif name == "ruby":
            self._children(element.iterfind(f"{W}rubyBase"))
        elif name != "p":
            self._children(element)

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        style = value(properties, "rStyle") if properties is not None else None
        face = face_of(properties).over(self._styles.character(style)).over(self._under)
        seen = not face.unseen and (self._white_shows or not face.white)
        for child in run:
            name = local(child)
            if name == "fldChar":  # a field may begin or end in hidden text
                self._field(child)
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += child.text or ""
            elif seen:
                self._visible(child, name, face, run)

    def _visible(self, child: Element, name: str, face: Face, run: Element) -> None:
        if name == "t":
            self._add(child.text or "", face)
        elif name in _SPACES:
            self._add(_SPACES[name], Face())
        elif name == "sym":
            self._add(_symbol(child), face)
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(child, run)
        else:
            self._content(child)

    def _add(self, text: str, face: Face) -> None:
        if not self._instructions and not self._contents:
            self._line.add(text, bold=bool(face.bold), points=face.points or 0, raised=face.raised or "")

    def _field(self, mark: Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            self._instructions += 1
        elif kind in ("separate", "end") and self._fields:
            field = self._fields[-1] if kind == "separate" else self._fields.pop()
            if field.in_instruction:
                field.in_instruction = False
                self._instructions -= 1
                field.is_contents = kind == "separate" and _is_contents(field.instruction)
                self._contents += field.is_contents
                self._line.in_contents |= field.is_contents
            if kind == "end":
                self._contents -= field.is_contents

    def _note(self, reference: Element, run: Element) -> None:
        if self._contents or self._instructions:
            return
        kind = local(reference).removesuffix("Reference")
        mark = ""
        if reference.get(f"{W}customMarkFollows"):
            mark = "".join("".join(at.text or "" for at in run.iterfind(f"{W}t")).split())
            for at in run.findall(f"{W}t"):
                at.text = ""
        else:
            self._counts[kind] += 1
            mark = self._note_mark(kind, self._counts[kind])
        mark = re.sub(r"[\[\]^$]", "", mark) or "n"
        note = self._notes.get((kind, reference.get(f"{W}id") or ""))
        if note is not None:
            self._line.call(mark, note)


@dataclass(slots=True)
class _Field:
    """A field that has begun and not yet ended."""

    instruction: str = ""
    in_instruction: bool = True
    is_contents: bool = False


def _is_contents(instruction: str) -> bool:
    return instruction.strip().upper().startswith(_CONTENTS_FIELDS)


def chosen(alternatives: Element) -> Iterable[Element]:
    """Return the content of the first choice that has one, else that of the fallback."""
    for name in ("Choice", "Fallback"):
        for found in alternatives.iterfind(f"{_MARKUP}{name}"):
            if len(found):
                return found
    return ()


def _symbol(element: Element) -> str:
    code = element.get(f"{W}char") or ""
    point = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else 0
    if 0xF000 <= point <= 0xF0FF:
        return _SYMBOLS.get(chr(point - 0xF000), "") if (element.get(f"{W}font") or "").startswith("Symbol") else ""
    return chr(point) if point >= 0x20 and not 0xD800 <= point <= 0xDFFF and point < 0xE000 else ""


def note_number(properties: Element | None, kind: str) -> str:
    """Return the form of numbers that the settings give to notes of a kind."""
    found = properties.find(f"{W}{kind}Pr/{W}numFmt") if properties is not None else None
    own = found.get(f"{W}val") if found is not None else None
    return own or ("lowerRoman" if kind == "endnote" else "decimal")


def first_number(properties: Element | None, kind: str) -> int:
    """Return the number of the first note of a kind, as the settings have it."""
    found = properties.find(f"{W}{kind}Pr/{W}numStart") if properties is not None else None
    return number(found.get(f"{W}val") if found is not None else None, 1)

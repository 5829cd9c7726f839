"""The styles part of a DOCX file in, what a paragraph or a run of a style looks like out. Reads no text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from index.readers.office.blocks import Role, role_of
from index.readers.office.parts import Element, number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DEFAULT_POINTS = 10.0  # what Word takes where the file names no size
_LISTED = re.compile(r'\\t\s+"([^"]*)"')
_LEVEL = re.compile(r"([^,;]+)[,;]\s*([1-9])(?=\s*(?:[,;]|$))[,;]?")
_CAPTIONS = re.compile(r"\\c\b")  # a list of figures or tables
_HIDDEN_POINTS = 2.0  # smaller text is there for machines only


@dataclass(frozen=True, slots=True)
class Face:
    """How characters look; None is what the next higher style says."""

    bold: bool | None = None
    points: float | None = None
    hidden: bool | None = None
    white: bool | None = None
    raised: str | None = None  # "superscript", "subscript" or "baseline"

    def over(self, under: "Face") -> "Face":
        """Return this face with what it leaves open taken from `under`."""
        return Face(
            bold=under.bold if self.bold is None else self.bold,
            points=under.points if self.points is None else self.points,
            hidden=under.hidden if self.hidden is None else self.hidden,
            white=under.white if self.white is None else self.white,
            raised=under.raised if self.raised is None else self.raised,
        )

    @property
    def unseen(self) -> bool:
        """Whether a reader of the page cannot see the text, its colour apart."""
        return bool(self.hidden) or (self.points is not None and self.points <= _HIDDEN_POINTS)


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph's style says: its role, level of outline (0 to 8), list and face."""

    role: Role | None = None
    outline: int | None = None
    num_id: str | None = None
    num_level: int | None = None
    num_style: str | None = None
    face: Face = Face()


class Styles:
    """All styles of a file, each with those it is based on.

    `listed` are the levels, from 1, that tables of contents give to styles, by the styles' names in lower case.
    """

    def __init__(self, root: Element | None, listed: Mapping[str, int]) -> None:
        self._listed = listed
        self._styles: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._faces: dict[str, Face] = {}
        self._default = ""
        self._ground = Face(points=_DEFAULT_POINTS)
        for style in root.iterfind(f"{W}style") if root is not None else ():
            style_id = style.get(f"{W}styleId") or ""
            self._styles.setdefault(style_id, style)
            if style.get(f"{W}type") == "paragraph" and on(style.get(f"{W}default", "0")):
                self._default = style_id
        if root is not None:
            self._ground = face_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")).over(self._ground)

    def paragraph(self, style_id: str | None) -> Look:
        """Return the look of paragraphs of a style, of the file's default style for None or an unknown one."""
        known = style_id if style_id in self._styles else self._default
        return self._look(known or "")

    def character(self, style_id: str | None) -> Face:
        """Return the face that a character style gives; it leaves open what the style does not say."""
        style_id = style_id or ""
        if style_id not in self._faces:
            face = Face()
            for style in self._chain(style_id):
                face = face.over(face_of(style.find(f"{W}rPr")))
            self._faces[style_id] = face
        return self._faces[style_id]

    def _look(self, style_id: str) -> Look:
        if style_id not in self._looks:
            look = Look()
            for style in self._chain(style_id):
                look = _extended(look, style)
            level = self._listed.get(self._name(style_id))
            if level and look.outline is None:
                look = replace(look, outline=level - 1)
            self._looks[style_id] = replace(look, face=look.face.over(self._ground))
        return self._looks[style_id]

    def _name(self, style_id: str) -> str:
        return (value(self._styles[style_id], "name") or "").casefold() if style_id in self._styles else ""

    def _chain(self, style_id: str) -> list[Element]:
        """Return a style and those it is based on, in that order; a chain that bites its tail ends there."""
        chain: dict[str, Element] = {}
        while style_id in self._styles and style_id not in chain:
            chain[style_id] = self._styles[style_id]
            style_id = value(chain[style_id], "basedOn") or ""
        return list(chain.values())


def _extended(look: Look, style: Element) -> Look:
    role = look.role or role_of(value(style, "name") or "")
    outline, num_id, num_level, num_style = look.outline, look.num_id, look.num_level, look.num_style
    properties = style.find(f"{W}pPr")
    if properties is not None:
        outline = outline_of(properties) if outline is None else outline
        numbers = properties.find(f"{W}numPr")
        if numbers is not None and num_id is None:
            num_id, own_level = value(numbers, "numId"), value(numbers, "ilvl")
            num_level = number(own_level) if own_level else None
            num_style = style.get(f"{W}styleId") if num_id else None
    return Look(role, outline, num_id, num_level, num_style, look.face.over(face_of(style.find(f"{W}rPr"))))


def face_of(properties: Element | None) -> Face:
    """Return the face that run properties (`w:rPr`) set themselves."""
    if properties is None:
        return Face()
    half_points = number(value(properties, "sz"))
    colour = value(properties, "color")
    return Face(
        bold=switch(properties, "b"),
        points=half_points / 2 if half_points > 0 else None,
        hidden=switch(properties, "vanish"),
        white=None if colour is None else colour.upper() in ("FFFFFF", "FEFEFE") and not _is_shaded(properties),
        raised=value(properties, "vertAlign"),
    )


def _is_shaded(properties: Element) -> bool:
    shading, highlight = properties.find(f"{W}shd"), properties.find(f"{W}highlight")
    filled = shading is not None and (shading.get(f"{W}fill") or "auto").lower() not in ("auto", "ffffff")
    return filled or highlight is not None


def listed_styles(body: Element) -> dict[str, int]:
    r"""Return the levels that a document's tables of contents give to styles: `TOC \t "Head,1,Sub,2"`."""
    levels: dict[str, int] = {}
    for instruction in _instructions(body):
        found = _LISTED.search(instruction)
        if found and instruction.split()[:1] == ["TOC"] and not _CAPTIONS.search(instruction):
            levels |= {name.strip().casefold(): int(level) for name, level in _LEVEL.findall(found[1])}
    return levels


def _instructions(body: Element) -> Iterator[str]:
    """Yield what the fields of a document are told to show."""
    told = ""
    for element in body.iter(f"{W}instrText", f"{W}fldChar", f"{W}fldSimple"):
        if element.tag == f"{W}instrText":
            told += element.text or ""
            continue
        yield told
        told = ""
        yield element.get(f"{W}instr") or ""


def outline_of(properties: Element) -> int | None:
    """Return the outline level that paragraph properties (`w:pPr`) set: 0 to 8, 9 for running text."""
    level = value(properties, "outlineLvl")
    return None if level is None else number(level, 9)


def value(element: Element, name: str) -> str | None:
    """Return the `w:val` of a child, None where there is no such child."""
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "")


def switch(properties: Element, name: str) -> bool | None:
    """Return whether a property is switched on or off, None where it is not named."""
    found = value(properties, name)
    return None if found is None else on(found or "1")


def on(text: str) -> bool:
    """Tell whether the value of a switch means yes."""
    return text.lower() not in ("0", "false", "off")

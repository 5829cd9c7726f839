"""The header part of an HWPX file in, what its numbers of styles, paragraphs and characters mean out. Reads no text."""

import re
from dataclasses import dataclass
from typing import Literal

from index.readers.office.blocks import Role, role_of
from index.readers.office.numerals import Counters, numeral
from index.readers.office.parts import Element, local, number

LEVELS = 10
BULLET = "-"

_HIDDEN_POINTS = 2.0  # smaller text is there for machines only
_NO_COLOUR = frozenset(("", "none", "#ffffff", "#ffffffff"))


@dataclass(frozen=True, slots=True)
class Face:
    """How characters look; `white` is white on no ground of its own."""

    bold: bool = False
    points: float = 0.0
    white: bool = False
    raised: Literal["", "superscript", "subscript"] = ""

    @property
    def unseen(self) -> bool:
        """Whether a reader of the page cannot see the text, its colour apart."""
        return 0 < self.points <= _HIDDEN_POINTS


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph's shape: which list it is in ("OUTLINE", "NUMBER", "BULLET", "NONE"), its level, its ground."""

    list_kind: str = "NONE"
    list_id: str = "0"
    level: int = 0
    filled: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    form: str
    text: str


class Header:
    """What the ids in a file's sections stand for, and where each of its lists has got to."""

    def __init__(self, root: Element | None) -> None:
        elements = list(root.iter()) if root is not None else []
        by_name: dict[str, list[Element]] = {}
        for at in elements:
            by_name.setdefault(local(at), []).append(at)
        filled = {at.get("id") for at in by_name.get("borderFill", ()) if _is_filled(at)}
        self._faces = {at.get("id"): _face(at) for at in by_name.get("charPr", ()) if at.get("id")}
        self._shapes = {at.get("id"): _shape(at, filled) for at in by_name.get("paraPr", ())}
        self._roles = {at.get("id"): _role(at) for at in by_name.get("style", ()) if at.get("type") != "CHAR"}
        self._heads = {at.get("id"): _heads(at) for at in by_name.get("numbering", ())}
        self._counters = Counters()

    def face(self, char_id: str | None) -> Face:
        """Return how the characters of a run look."""
        return self._faces.get(char_id, Face())

    def shape(self, para_id: str | None) -> Shape:
        """Return a paragraph's shape."""
        return self._shapes.get(para_id, Shape())

    def role(self, style_id: str | None) -> Role | None:
        """Return what a paragraph's style is for."""
        return self._roles.get(style_id)

    def label(self, shape: Shape, outline: str) -> str:
        """Count one more paragraph of a list and return its number; `outline` is the section's list of headings."""
        if shape.list_kind == "BULLET":
            return BULLET
        if shape.list_kind not in ("OUTLINE", "NUMBER"):
            return ""
        list_id = outline if shape.list_kind == "OUTLINE" else shape.list_id
        heads = self._heads.get(list_id)
        if heads is None:
            return ""
        key = f"{shape.list_kind} {list_id}"
        reached = self._counters.step(key, shape.level, [head.start for head in heads], [None] * LEVELS)
        shown = [numeral(value, head.form) for value, head in zip(reached, heads, strict=False)]

        def place(found: re.Match[str]) -> str:
            if found[1] in "nN":  # the whole path, with a full stop behind it or not
                return ".".join(shown) + ("." if found[1] == "N" else "")
            return shown[int(found[1]) - 1] if int(found[1]) <= len(shown) else ""

        return re.sub(r"\^([1-9nN])", place, heads[shape.level].text).strip()


def _face(char: Element) -> Face:
    names = {local(at) for at in char}
    shade = (char.get("shadeColor") or "none").lower()
    return Face(
        bold="bold" in names,
        points=number(char.get("height")) / 100,
        white=(char.get("textColor") or "").lower() == "#ffffff" and shade in _NO_COLOUR,
        raised="superscript" if "supscript" in names else "subscript" if "subscript" in names else "",
    )


def _shape(para: Element, filled: set[str | None]) -> Shape:
    heading = next((at for at in para.iter("{*}heading")), None)
    border = next((at for at in para.iter("{*}border")), None)
    on_ground = border is not None and border.get("borderFillIDRef") in filled
    if heading is None:
        return Shape(filled=on_ground)
    level = min(max(number(heading.get("level")), 0), LEVELS - 1)
    return Shape(heading.get("type") or "NONE", heading.get("idRef") or "0", level, on_ground)


def _role(style: Element) -> Role | None:
    return role_of(style.get("name") or "") or role_of(style.get("engName") or "")


def _heads(numbering: Element) -> list[_Head]:
    heads = [_Head(1, "DIGIT", "")] * LEVELS
    for at in numbering.iter("{*}paraHead"):
        level = number(at.get("level"))
        if 1 <= level <= LEVELS:
            heads[level - 1] = _Head(number(at.get("start"), 1), at.get("numFormat") or "DIGIT", at.text or "")
    return heads


def _is_filled(border_fill: Element) -> bool:
    brushes = [at for at in border_fill.iter() if local(at) in ("winBrush", "gradation", "imgBrush")]
    return any((at.get("faceColor") or "#000000").lower() not in _NO_COLOUR for at in brushes)

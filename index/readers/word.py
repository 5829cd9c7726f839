"""A Word file (DOCX) in, a Reading out. Reads text, tables, formulas and notes; no pictures, comments or page headers.

The package is opened by its own relationships and read as XML trees, so that files which other programs wrote (strict
Open XML, templates, files with macros or with broken links to pictures) are read as well. Runs nothing that is in it.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from index.errors import InputError
from index.readers.office.blocks import Block, Form, cell_text, framed, is_frame
from index.readers.office.finish import finish
from index.readers.office.lines import Line
from index.readers.office.numerals import numeral
from index.readers.office.parts import Element, Parts, local, number
from index.readers.office.properties import core_properties
from index.readers.office.word_numbering import Numbering
from index.readers.office.word_runs import Runs, chosen, first_number, note_number
from index.readers.office.word_styles import Face, Look, Styles, W, listed_styles, outline_of, value
from index.readers.office.word_tables import header_rows, rows_of, spanned
from index.readers.reading import Reading
from index.readers.tables import table

_CONTENTS_GALLERIES = frozenset(("Table of Contents", "Table of Figures"))
_RUNNING_TEXT = 9  # the outline level of what is no heading


def read(data: bytes, name: str) -> Reading:
    """Return the text of a DOCX file and what its properties say of it.

    Raises InputError, with `name`, for a file that is damaged, encrypted, unsafe, no Word file or without text.
    """
    parts = Parts(data, name)
    return finish(lambda: _Document(parts).blocks(), core_properties(parts), name)


class _Document:
    """Walks a document's body in order and makes its blocks."""

    def __init__(self, parts: Parts) -> None:
        main = next((at.part for at in parts.relations() if at.kind == "officeDocument"), "word/document.xml")
        root = parts.tree(main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise InputError(
                f"{parts.name}: has no document in it; expected a DOCX file; save it again as DOCX in Word"
            )
        related = {at.kind: at.part for at in reversed(parts.relations(main))}

        def tree(kind: str) -> Element | None:
            return parts.tree(related.get(kind, posixpath.join(posixpath.dirname(main), f"{kind}.xml")))

        settings = tree("settings")
        forms = {kind: note_number(settings, kind) for kind in ("footnote", "endnote")}
        firsts = {kind: first_number(settings, kind) for kind in ("footnote", "endnote")}
        self._body = body
        self._styles = Styles(tree("styles"), listed_styles(body))
        self._numbering = Numbering(tree("numbering"))
        notes = {(kind, note_id): at for kind in forms for note_id, at in _by_id(tree(f"{kind}s")).items()}
        self._runs = Runs(
            self._styles,
            notes,
            lambda kind, count: numeral(firsts[kind] - 1 + count, forms[kind]),
            fields_close=_fields_close(body),
        )
        self._white_shows = root.find(f"{W}background") is not None
        self._in_note = False
        self._carried: Line | None = None  # words of a paragraph whose end was deleted: the next one takes them in

    def blocks(self) -> list[Block]:
        return list(self._flow(self._body))

    def _flow(self, container: Iterable[Element]) -> Iterator[Block]:
        for child in container:
            match local(child):
                case "p" if len(child):
                    yield from self._paragraph(child)
                case "tbl":
                    yield from self._table(child)
                case "sdt":
                    gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                    if gallery is None or gallery.get(f"{W}val") not in _CONTENTS_GALLERIES:
                        yield from self._flow(child)
                case "AlternateContent":
                    for chosen_child in chosen(child):
                        yield from self._flow([chosen_child])
                case "ins" | "moveTo" | "customXml" | "smartTag" | "sdtContent":
                    yield from self._flow(child)
                case "oMathPara" | "oMath":
                    yield Block("paragraph", self._runs.read([child], Face(), white_shows=True).text)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        look = self._styles.paragraph(value(properties, "pStyle") if properties is not None else None)
        white_shows = self._white_shows or _is_filled(properties)
        line = self._runs.read(paragraph, look.face, white_shows=white_shows, line=self._carried)
        self._carried = None
        if _joins_the_next(properties):
            self._carried = line
            return
        label, depth = self._label(properties, look)
        if not line.in_contents or line.text.strip():
            yield _block(line, properties, look, label, depth)
        for mark, note in line.notes if not self._in_note else ():  # a note that calls itself would never end
            self._in_note = True
            words = cell_text(self._inside(note))
            self._in_note = False
            yield Block("note", words if mark.isalnum() else words.removeprefix(mark), label=mark)
        for box in line.objects:
            yield from self._inside(box)

    def _label(self, properties: Element | None, look: Look) -> tuple[str, int]:
        """Return the number that a list gives to a paragraph, and its level there."""
        numbers = properties.find(f"{W}numPr") if properties is not None else None
        num_id = (value(numbers, "numId") if numbers is not None else None) or look.num_id
        level = value(numbers, "ilvl") if numbers is not None else None
        if not num_id or num_id == "0":
            return "", 0
        own = number(level) if level else look.num_level
        depth = self._numbering.level_of(num_id, own, look.num_style)
        return self._numbering.label(num_id, depth), depth

    def _inside(self, container: Element) -> list[Block]:
        """Return the blocks of a cell, note or box; there letters may be white on a coloured ground."""
        kept = self._white_shows, self._carried
        self._white_shows, self._carried = True, None
        blocks = list(self._flow(container))
        self._white_shows, self._carried = kept
        return blocks

    def _table(self, tbl: Element) -> Iterator[Block]:
        rows = rows_of(tbl)
        blocks = {place.element: self._inside(place.element) for row in rows for place in row}
        contents = [[blocks[place.element] for place in row] for row in rows]
        if is_frame(contents):
            yield from framed(contents)
            return
        texts = {element: cell_text(found) for element, found in blocks.items()}
        yield Block("table", table(spanned(rows, texts), header_rows(tbl)))
        yield from (block for found in blocks.values() for block in found if block.form == "note")


def _block(line: Line, properties: Element | None, look: Look, label: str, depth: int) -> Block:
    form, level = _form(properties, look)
    if form in ("paragraph", "item"):
        form, level = ("item", max(level, depth)) if label else ("paragraph", 0)
    text = line.without_marks() if form in ("heading", "title") else line.text
    return Block(form, text, level, label, strong=line.strong, size=line.size)


def _form(properties: Element | None, look: Look) -> tuple[Form, int]:
    """Return what a paragraph is by its own outline level, its style's name and its style's outline level."""
    own = outline_of(properties) if properties is not None else None
    outline = own if own is not None else look.outline
    role = look.role
    if role and role.form != "heading":
        return role.form, role.level
    if own == _RUNNING_TEXT:
        return "paragraph", 0
    if outline is not None and outline < _RUNNING_TEXT:
        return "heading", outline + 1
    return ("heading", role.level) if role else ("paragraph", 0)


def _fields_close(body: Element) -> bool:
    """Tell whether every field that begins also ends; in a damaged file one could swallow all that follows."""
    kinds = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")


def _by_id(root: Element | None) -> dict[str, Element]:
    return {at.get(f"{W}id") or "": at for at in root} if root is not None else {}


def _joins_the_next(properties: Element | None) -> bool:
    """Tell whether a paragraph's words belong to the next: its end was deleted, or it is a dropped initial."""
    if properties is None:
        return False
    frame = properties.find(f"{W}framePr")
    initial = frame is not None and frame.get(f"{W}dropCap", "none") != "none"
    return initial or properties.find(f"{W}rPr/{W}del") is not None


def _is_filled(properties: Element | None) -> bool:
    shading = properties.find(f"{W}shd") if properties is not None else None
    return shading is not None and not re.fullmatch(r"|auto|ffffff", (shading.get(f"{W}fill") or "").lower())

"""A Hangul file (HWPX: OWPML, KS X 6101) in, a Reading out. Reads text, tables, formulas and notes.

Left out are pictures, charts, page headers, memos and hidden comments. Runs no script that is in the file.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from index.errors import InputError
from index.readers.office.blocks import Block, Form, Role, cell_text, framed, is_frame
from index.readers.office.finish import finish
from index.readers.office.hwpx_header import Header, Shape
from index.readers.office.hwpx_runs import Runs
from index.readers.office.lines import Line
from index.readers.office.parts import Element, Parts, local, number
from index.readers.office.properties import Properties, creators, year_of
from index.readers.reading import Reading, clean
from index.readers.tables import Cell, table

MAX_COLUMNS = 256
_MAX_HEADING_LEVEL = 6  # deeper levels of an outline are used as lists
_CONTENT = "Contents/content.hpf"
_SECTION = re.compile(r"(?:^|/)section(\d+)\.xml$", re.IGNORECASE)


def read(data: bytes, name: str) -> Reading:
    """Return the text of an HWPX file and what its metadata say of it.

    Raises InputError, with `name`, for a file that is damaged, encrypted, unsafe, no HWPX file or without text.
    """
    parts = Parts(data, name)
    _refuse_encrypted(parts)
    package = _Package(parts)
    # Hangul fills the title in with the first line
    return finish(
        lambda: _Document(package.header(), package.sections()).blocks(), package.properties, name, trusted=False
    )


def _refuse_encrypted(parts: Parts) -> None:
    manifest = parts.tree("META-INF/manifest.xml")
    if manifest is not None and any(local(at) == "encryption-data" for at in manifest.iter()):
        raise InputError(
            f"{parts.name}: the document has a password; remove it in Hancom Office, save it as HWPX and add that"
        )


class _Package:
    """The parts of a file in the order that its package document gives."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        container = parts.tree("META-INF/container.xml")
        paths = [at.get("full-path") or "" for at in container.iter("{*}rootfile")] if container is not None else []
        self._root_part = next((path for path in paths if path.lower().endswith(".hpf")), _CONTENT)
        root = parts.tree(self._root_part)
        self._items: dict[str, str] = {}
        self._spine: list[str] = []
        self.properties = Properties()
        if root is not None:
            self._items = {at.get("id") or "": at.get("href") or "" for at in root.iter("{*}item")}
            self._spine = [at.get("idref") or "" for at in root.iter("{*}itemref")]
            self.properties = _properties(root)

    def header(self) -> Header:
        path = next(
            (path for path in self._items.values() if path.lower().endswith("header.xml")), "Contents/header.xml"
        )
        return Header(self._tree(path))

    def sections(self) -> list[Element]:
        """Return the sections' root elements in the order in which they are read. Raises InputError for none."""
        listed = [self._items.get(item, "") for item in self._spine]
        paths = [path for path in listed if _SECTION.search(path)]
        if not paths:
            found = [(int(at[1]), part) for part in self._parts.names() if (at := _SECTION.search(part))]
            paths = [path for _, path in sorted(found)]
        trees = [tree for path in dict.fromkeys(paths) if (tree := self._tree(path)) is not None]
        if not trees:
            raise InputError(
                f"{self._parts.name}: has no sections; expected an HWPX file; save it again as HWPX in Hancom Office"
            )
        return trees

    def _tree(self, path: str) -> Element | None:
        """Return a part by its path in the package or, as some programs write it, from the package document."""
        for candidate in (path, posixpath.join(posixpath.dirname(self._root_part), path)):
            if self._parts.content(candidate) is not None:
                return self._parts.tree(candidate)
        return None


def _properties(root: Element) -> Properties:
    metas = {at.get("name") or "": clean(at.text or "") for at in root.iter("{*}meta")}
    title = next((clean(at.text or "") for at in root.iter("{*}title")), "")
    year = next(
        (year for key in ("ModifiedDate", "CreatedDate", "date") if (year := year_of(metas.get(key, "")))), None
    )
    return Properties(title or None, creators(metas.get("creator", "")), year)


class _Document:
    """Walks a document's sections in order and makes its blocks."""

    def __init__(self, header: Header, sections: list[Element]) -> None:
        self._header = header
        self._sections = sections
        self._runs = Runs(header, sections)
        self._white_shows = False

    def blocks(self) -> list[Block]:
        return [block for section in self._sections for block in self._flow(section)]

    def _flow(self, container: Iterable[Element]) -> Iterator[Block]:
        for child in container:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._object(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        shape = self._header.shape(paragraph.get("paraPrIDRef"))
        line = self._runs.read(paragraph, white_shows=self._white_shows or shape.filled)
        words = bool(line.text.strip())
        if words:  # Hangul shows a number before an empty paragraph too, but does not print it
            label = self._header.label(shape, self._runs.outline)
            yield _block(line, shape, self._header.role(paragraph.get("styleIDRef")), label)
        for mark, note in line.notes:
            yield Block("note", cell_text(self._inside(note)), label=mark)
        for element in line.objects:
            yield from self._object(element)

    def _inside(self, container: Element) -> list[Block]:
        """Return the blocks in a cell, note, caption or box; there letters may be white on a coloured ground."""
        before, self._white_shows = self._white_shows, True
        inner = container.findall("{*}subList") or [container]  # some programs leave the list out
        blocks = [block for at in inner for block in self._flow(at)]
        self._white_shows = before
        return blocks

    def _object(self, element: Element) -> Iterator[Block]:
        """Yield what a reader can read in a table, a box or a picture: its caption, and its text."""
        caption = element.find("{*}caption")
        captions = self._inside(caption) if caption is not None else []
        above = caption is not None and caption.get("side") == "TOP"
        if above:
            yield from captions
        if local(element) == "tbl":
            yield from self._table(element)
        elif local(element) == "textart":
            yield Block("paragraph", element.get("text") or "")
        else:
            for child in element:
                if local(child) == "drawText":
                    yield from self._inside(child)
                elif local(child) in ("rect", "ellipse", "polygon", "curve", "arc", "container", "pic"):
                    yield from self._object(child)
        if not above:
            yield from captions

    def _table(self, tbl: Element) -> Iterator[Block]:
        rows = [[(cell, self._inside(cell)) for cell in row.iterfind("{*}tc")] for row in tbl.iterfind("{*}tr")]
        contents = [[blocks for _, blocks in row] for row in rows if row]
        if is_frame(contents):
            yield from framed(contents)
            return
        yield Block("table", table([[_cell(cell, cell_text(blocks)) for cell, blocks in row] for row in rows if row]))
        yield from (block for row in contents for blocks in row for block in blocks if block.form == "note")


def _cell(element: Element, text: str) -> Cell:
    span = element.find("{*}cellSpan")
    columns, rows = (1, 1) if span is None else (number(span.get("colSpan"), 1), number(span.get("rowSpan"), 1))
    return Cell(text, min(max(columns, 1), MAX_COLUMNS), max(rows, 1), heads=element.get("header") == "1")


def _block(line: Line, shape: Shape, role: Role | None, label: str) -> Block:
    form, level = _form(shape, role)
    if form in ("paragraph", "item"):
        form, level = ("item", max(level, shape.level)) if label else ("paragraph", 0)
    text = line.without_marks() if form in ("heading", "title") else line.text
    return Block(form, text, level, label, strong=line.strong, size=line.size)


def _form(shape: Shape, role: Role | None) -> tuple[Form, int]:
    """Return what a paragraph is by its style's name and by its place in the outline."""
    if role and role.form != "heading":
        return role.form, role.level
    if shape.list_kind == "OUTLINE":
        return ("heading", shape.level + 1) if shape.level < _MAX_HEADING_LEVEL else ("paragraph", 0)
    return ("heading", role.level) if role else ("paragraph", 0)

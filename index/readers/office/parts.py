"""A zipped office file's bytes in, its XML parts out as trees. Reads no text; expands no entity, loads nothing outside.

Both DOCX (Open Packaging Conventions) and HWPX (OWPML) are zip files of XML parts without a document type declaration,
so a part with one is refused before it is parsed.
"""

import posixpath
import re
from typing import NamedTuple

from lxml import etree

from index.errors import InputError
from index.readers.archive import members

Element = etree._Element

MAX_XML_BYTES = 80_000_000  # unpacked; a tree takes about ten times as much memory
MAX_TAGS = 3_000_000
_TEXT_PARTS = (".xml", ".rels", ".hpf", ".txt")
# atomic and possessive: time grows with the length of the prolog only
_DOCTYPE = re.compile(r"(?:\s*(?><\?.*?\?>|<!--.*?-->))*+\s*<!DOCTYPE", re.DOTALL)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# ISO 29500 "strict" files use other namespaces for the same elements.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _RELATED.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}


class Relation(NamedTuple):
    """What one part says of another: the last word of the relation's type ("footnotes") and the part's name."""

    kind: str
    part: str


class Parts:
    """The XML parts of one file, by name without regard to case, as Windows has it."""

    def __init__(self, data: bytes, name: str) -> None:
        """Unpack the parts. Raises InputError for a file that `archive.members` refuses."""
        self.name = name
        files = members(data, name, max_bytes=MAX_XML_BYTES, wanted=lambda part: part.lower().endswith(_TEXT_PARTS))
        self._files = {part.lower(): content for part, content in files.items()}

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return list(self._files)

    def content(self, part: str) -> bytes | None:
        """Return a part's bytes, or None where the file has no such part."""
        return self._files.get(part.lower())

    def tree(self, part: str) -> Element | None:
        """Return a part's root element, or None where the file has no such part. Raises InputError for no XML."""
        content = self.content(part)
        return None if content is None else parse(content, f"{self.name}: {part}")

    def relations(self, part: str = "") -> list[Relation]:
        """Return what a part ("" for the file itself) says of others inside the file; broken targets stay in it."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for at in root if root is not None else ():
            if at.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, at.get("Target") or ""))
                found.append(Relation((at.get("Type") or "").rpartition("/")[2], target.strip("/")))
        return found


def parse(content: bytes, where: str) -> Element:
    """Return the root element of an XML part, without comments. Raises InputError, with `where`, for no safe XML."""
    if content.count(b"<") > MAX_TAGS:
        raise InputError(
            f"{where}: has more than {MAX_TAGS:,} tags; divide the document, or save it as PDF and add that"
        )
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: is not in UTF-8 ({error.reason}); save the file again in its own program"
        ) from error
    if _DOCTYPE.match(text):
        raise InputError(
            f"{where}: has a document type declaration, which office files never have; do not trust the file"
        )
    # collect_ids=False would make libxml2 load external subsets, whatever the other options say
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{where}: is not well-formed ({error}); save the file again in its own program") from error


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def number(value: str | None, otherwise: int = 0) -> int:
    """Return a whole number as the file writes it; `otherwise` for none, for another text or for an absurd size."""
    text = (value or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else otherwise

r"""A file's bytes and suffix in, its kind out: what it holds counts before what it is called. Reads no text itself.

A folder is walked for SUFFIXES only (`name.lower().endswith(SUFFIXES)`). Left out on purpose are `.tex`, since a folder
of LaTeX sources is one paper in many fragments (`is_whole_latex` tells the fragment from the paper, and a `.tex` file
or its archive can be named itself), and `.zip` and `.gz`, which in a folder of papers are seldom papers.
"""

import re
from typing import Literal, NoReturn

from index.errors import InputError
from index.readers.archive import is_tar, members
from index.remote.kind import MISC

Kind = Literal["pdf", "html", "markdown", "text", "latex", "archive", "word", "hwpx"]

SUFFIXES = (
    *(".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml"),
    *(".pdf", ".docx", ".hwpx", ".tar.gz", ".tgz"),
)

_BY_SUFFIX: dict[str, Kind] = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), "html"),
    **dict.fromkeys((".tex", ".ltx", ".latex"), "latex"),
}
_BINARY_SUFFIXES = (".pdf", ".docx", ".docm", ".dotx", ".hwpx", ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_HEAD_BYTES = 1 << 16
_PDF_WITHIN_BYTES = 1_024
_WORD_TYPE = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|word\.(?:document|template)\.macroEnabled)\.main\+xml"
)
_HTML = re.compile(MISC + r"<(?:!doctype\s+html\b|html[\s>]|head[\s>])", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<(?:\?xml|svg)\s")
_TEX_COMMAND = r"\\(?:documentclass|documentstyle|begin\s*\{document\}|(?:sub)*section\*?\s*\{|chapter\*?\s*\{)"
_LEADS_WITH_TEX = re.compile(
    r"(?:\s*(?:%[^\n]*|\\(?:RequirePackage|PassOptionsTo\w+|NeedsTeXFormat)\b[^\n]*)\n)*\s*" + _TEX_COMMAND
)
_HOLDS_TEX = re.compile(r"^[ \t]*" + _TEX_COMMAND, re.MULTILINE)
_WHOLE_TEX = re.compile(
    rb"^[ \t]*\\(?:documentclass|documentstyle)\s*(?:\[[^\]]*\])?\s*\{(?!subfiles|standalone)", re.MULTILINE
)

_AS_PDF = "save it as PDF or DOCX and add that"
_OCR = "it has no text to search; make a PDF with text of it by OCR and add that"
# What a file begins with, what it is called, and what to do.
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"HWP Document File", "an old Hangul document (.hwp)", "save it as HWPX in Hancom Office and add that"),
    (b"{\\rtf", "a rich-text document (.rtf)", _AS_PDF),
    (b"%!PS", "a PostScript file", "convert it to PDF and add that"),
    (b"AT&TFORM", "a DjVu file", "convert it to PDF with its text and add that"),
    (b"\x89PNG\r\n", "a PNG image", _OCR),
    (b"\xff\xd8\xff", "a JPEG image", _OCR),
    (b"GIF8", "a GIF image", _OCR),
    (b"II*\0", "a TIFF image", _OCR),
    (b"MM\0*", "a TIFF image", _OCR),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 image", _OCR),
    (b"Rar!", "a RAR archive", "unpack it and add what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and add what is in it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it and add what is in it"),
    (b"\x1f\x9d", "a .Z archive", "unpack it and add what is in it"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE file, the most telling first: a spreadsheet may stand inside any of the others.
_OLE_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "an Office document with a password", "remove the password in Office and add it again"),
    ("HwpSummaryInformation", "a Hangul 5 document (.hwp)", "save it as HWPX in Hancom Office and add that"),
    ("WordDocument", "an old Word document (.doc)", "save it as DOCX in Word and add that"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", _AS_PDF),
    ("Workbook", "an old Excel workbook (.xls)", _AS_PDF),
)
# A member of a zip file, what the file is called, and what to do.
_ZIPPED: tuple[tuple[str, str, str], ...] = (
    ("ppt/presentation.xml", "a PowerPoint presentation (.pptx)", _AS_PDF),
    ("xl/workbook.xml", "an Excel workbook (.xlsx)", _AS_PDF),
    ("xl/workbook.bin", "an Excel workbook (.xlsb)", _AS_PDF),
    ("Index/Document.iwa", "an iWork document", "export it as PDF or DOCX and add that"),
    ("META-INF/MANIFEST.MF", "a Java archive", "unpack it and add what is text in it"),
)
_MIMETYPES: tuple[tuple[str, str], ...] = (
    ("application/epub+zip", "an EPUB book"),
    ("application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    ("application/vnd.oasis.opendocument", "an OpenDocument file"),
)


def kind_of(data: bytes, suffix: str) -> Kind:
    """Return what kind of file `data` is, by its content and, where that does not tell, by `suffix` (".md").

    An archive is taken for LaTeX's; of a zip file, one with a TeX file in it is. Raises InputError, without a file name
    in front, for what is known but cannot be read, with what to do.
    """
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:_PDF_WITHIN_BYTES] and b"startxref" in data):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")) or is_tar(data):
        return "archive"
    _refuse_known(data)
    return _kind_of_text(data, suffix.lower())


def is_whole_latex(data: bytes) -> bool:
    r"""Tell whether TeX source is a paper of its own: it has a \documentclass that is not one for fragments."""
    return _WHOLE_TEX.search(data) is not None


def _kind_of_zip(data: bytes) -> Kind:
    names = set()

    def seen(name: str) -> bool:
        names.add(name)
        return name in ("mimetype", "[Content_Types].xml")

    told = members(data, "the file", wanted=seen, max_bytes=1_000_000)
    mimetype = told.get("mimetype", b"").decode("ascii", "replace").strip()
    if "word/document.xml" in names or _WORD_TYPE.search(told.get("[Content_Types].xml", b"")):
        return "word"
    if mimetype == "application/hwp+zip" or "Contents/content.hpf" in names:
        return "hwpx"
    if any(name.lower().endswith((".tex", ".ltx")) for name in names):
        return "archive"
    for member, called, remedy in _ZIPPED:
        if member in names:
            _refuse(called, remedy)
    for prefix, called in _MIMETYPES:
        if mimetype.startswith(prefix):
            _refuse(called, _AS_PDF)
    _refuse("a zip archive without LaTeX sources", "unpack it and add the papers in it")


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        for stream, called, remedy in _OLE_STREAMS:
            if stream.encode("utf-16-le") in data:
                _refuse(called, remedy)
        _refuse("an old Office document", _AS_PDF)
    for magic, called, remedy in _MAGIC:
        if data.startswith(magic):
            _refuse(called, remedy)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        _refuse("a WebP image", _OCR)
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        _refuse("a HEIC or AVIF image", _OCR)


def _kind_of_text(data: bytes, suffix: str) -> Kind:
    head = _head(data)
    if _HTML.match(head):
        return "html"
    known = _BY_SUFFIX.get(suffix)
    if known == "html" or known == "latex":
        return known
    if _LEADS_WITH_TEX.match(head) or (known is None and _HOLDS_TEX.search(head)):
        return "latex"
    if head.lstrip().startswith("<HWPML") or "<HWPML" in head[:_PDF_WITHIN_BYTES] and _XML.match(head):
        _refuse("a Hangul document in HWPML", "save it as HWPX in Hancom Office and add that")
    if re.match(r"MIME-Version:|From:.*\nSubject:", head) and "multipart/related" in head:
        _refuse("a web archive (.mhtml)", "save the page as HTML and add that")
    if _XML.match(head) and not known:
        _refuse("an XML file of another kind", "save it as HTML, PDF or DOCX and add that")
    if suffix in _BINARY_SUFFIXES and head.strip():
        _refuse(f"text and no {suffix} file", "get it again, or name it .txt if the text is meant")
    return known or "text"


def _head(data: bytes) -> str:
    """Return the beginning as characters, enough to look for marks in. Raises InputError for binary data."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:_HEAD_BYTES].decode("utf-16", "replace").lstrip("\ufeff")
    head = data[:_HEAD_BYTES]
    controls = sum(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in head)
    if b"\0" in data or controls * 50 > len(head):
        _refuse("binary data of an unknown kind", "add a PDF, DOCX, HWPX, HTML, LaTeX, Markdown or text file")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _refuse(called: str, remedy: str) -> NoReturn:
    raise InputError(f"the file is {called}; {remedy}")

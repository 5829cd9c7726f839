"""Bytes of an HTML file in, its characters out: by its mark, its declaration, or what it reads as. Parses no tags.

A page that was saved to disk has lost its HTTP header, so a page without a mark or a `<meta charset>` is tried as
UTF-8, as CP949 (which holds EUC-KR) and as CP1252, in this order.
"""

import codecs
import re

from index.decode import reads_as_korean
from index.errors import InputError

_HEAD_BYTES = 4096  # browsers look for a declaration in the first 1,024; saved pages often begin with long comments
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE
)
_TAG = re.compile(r"<(?:[a-zA-Z][\w:-]*[\s>/]|!doctype\b|!--)", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSETS = re.compile(r"utf-8|cp\d+|iso8859-\d+|koi8-[ru]|shift_jis|euc_jp|iso2022_jp|gb2312|gbk|gb18030|big5|johab")
# What browsers take these names for: the larger set, since pages use it under the smaller one's name.
_MEANT = {
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "windows-949": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",  # the declaration was read byte by byte, so it cannot be true
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}


def decode(data: bytes, name: str) -> str:
    """Return the characters of an HTML file.

    Raises InputError for data that is binary or holds no tag.
    """
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise InputError(f"{name}: the file is binary; expected an HTML page; save the page as HTML and add it again")
    text = _marked(data) or _declared(data) or _guessed(data)
    if "\x00" in text:
        raise InputError(f"{name}: the file is binary; expected an HTML page; save the page as HTML and add it again")
    if not _TAG.search(text):
        raise InputError(f"{name}: the file holds no HTML tag; expected an HTML page; give plain text as .txt or .md")
    return text


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    if not found:
        return None
    label = found[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(_MEANT.get(label, label)).name
    except LookupError:
        return None
    if not _CHARSETS.fullmatch(encoding):
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        # A page saved anew keeps its old declaration; one bad byte must not cost the page either.
        return _strict(data, "utf-8") or data.decode(encoding, errors="replace")


def _guessed(data: bytes) -> str:
    text = _strict(data, "utf-8")
    if text is None and (korean := _strict(data, "cp949")) is not None and reads_as_korean(korean):
        text = korean
    return data.decode("cp1252", errors="replace") if text is None else text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None

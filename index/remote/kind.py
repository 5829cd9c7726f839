"""The first bytes of a file in, what kind of file it is out, whatever the server calls it. Reads no paper."""

import html
import mimetypes
import re
import zlib
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from index.remote.trouble import BY_HAND

Kind = Literal["html", "pdf", "archive", "text", "other"]

HEAD_BYTES = 16_384
_CHALLENGE_BYTES = 65_536
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".tex")
_NAMES: dict[Kind, str] = {"html": "a web page", "pdf": "a PDF", "archive": "an archive", "text": "plain text"}
# What may stand before a page's first tag; atomic and possessive: else time grows exponentially with the comments.
MISC = r"(?:\s*(?><\?xml[^>]*\?>|<!--.*?-->))*+\s*"
_HTML = re.compile(MISC.encode() + rb"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
# Whole titles of the pages that ask whether a person is there; a paper may well be called "Breaking CAPTCHAs".
_CHALLENGE = re.compile(
    r"just a moment\.*|attention required!.*|access denied.*|(?:arxiv\s+)?(?:re)?captcha(?: check| challenge)?"
    r"|(?:are you a robot|security check|human verification|verif(?:y|ying) you are human)\W*.*",
    re.IGNORECASE,
)


def kind_of(head: bytes, content_type: str) -> Kind:
    """Return the kind of a file that begins with `head` (HEAD_BYTES); `content_type` decides where the bytes do not."""
    said = content_type.partition(";")[0].strip().lower()
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar":
        return "archive"
    if head.startswith(b"PK\x03\x04") or b"\x00" in head[:1024] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    if said in ("text/html", "application/xhtml+xml"):
        return "html"
    return "text" if said.startswith("text/") or said in ("application/x-tex", "application/json", "") else "other"


def suffix_of(kind: Kind, head: bytes, url: str, content_type: str) -> str:
    """Return the file name's suffix by which readers know the kind: ".pdf", ".tar.gz", ".md", ".docx"."""
    named = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    said = content_type.partition(";")[0].strip().lower()
    if kind == "pdf" or kind == "html":
        return f".{kind}"
    if kind == "archive":
        return _archive_suffix(head)
    if kind == "text":
        return (
            named
            if named in _TEXT_SUFFIXES
            else {"text/markdown": ".md", "application/x-tex": ".tex"}.get(said, ".txt")
        )
    return named if re.fullmatch(r"\.[a-z][a-z0-9]{0,7}", named) else mimetypes.guess_extension(said) or ".bin"


def _archive_suffix(head: bytes) -> str:
    if not head.startswith(b"\x1f\x8b"):
        return ".tar"
    try:
        inner = zlib.decompressobj(wbits=31).decompress(head, 512)
    except zlib.error:
        inner = b""
    return ".tar.gz" if inner[257:262] == b"ustar" else ".gz"


def wrong(kind: Kind, expect: Kind | None, head: bytes, size: int) -> str | None:
    """Say why a file is not what was expected, None where it is; a page that asks for a person is never expected."""
    title = title_of(head) if kind == "html" else ""
    if kind == "html" and size <= _CHALLENGE_BYTES and _CHALLENGE.fullmatch(title):
        return f"the site wants to see a person ({title!r}); {BY_HAND}"
    if expect in (None, kind):
        return None
    came = _NAMES.get(kind, "another kind of file") + (f" ({title!r})" if title else "")
    return f"{came} came where {_NAMES[expect]} was expected; {BY_HAND}"


def title_of(head: bytes) -> str:
    """Return a web page's title on one line, "" where it has none in its first bytes."""
    found = _TITLE.search(head)
    return " ".join(html.unescape(found[1].decode("utf-8", "replace")).split())[:120] if found else ""

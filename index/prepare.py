"""A Found in, its Document out: what a child process runs for each file of a batch. Stores nothing."""

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from index.address import Url
from index.errors import InputError
from index.gather import Found
from index.load import Document, load


def prepare(found: Found, max_bytes: int) -> Document:
    """Read a file, and name the document as its catalogue does. Raises InputError for one that cannot be used."""
    if found.reason:
        raise InputError(found.reason)
    document = load(found.path, found.source, max_bytes=max_bytes)
    known = found.metadata
    if known is None:
        return _of_page(document, found.source) if isinstance(found.address, Url) else document
    name = f"arxiv-{known.id.replace('/', '-')}"
    return replace(
        document,
        doc_id=name,
        work=name,
        title=known.title,
        authors=known.authors,
        year=known.year,
        arxiv=known.id,
        doi=known.doi,
        url=f"https://arxiv.org/abs/{known.id}v{known.version}",
        identity=name,
    )


def _of_page(document: Document, url: str) -> Document:
    """Return a document from the web under a name of its own: the file that it was read from is named by a digest."""
    if document.identity is not None:
        return replace(document, url=url)
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.netloc
    stem = re.sub(r"\.(?:html?|pdf|md|txt|docx|hwpx)$", "", last, flags=re.IGNORECASE)
    name = re.sub(r"[^\w.\-]+", "-", stem).strip("-.") or "page"
    return replace(document, doc_id=name, work=name, url=url)

"""A Found in, its Document out: what a child process runs for each file of a batch. Stores nothing."""

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from index.address import ARXIV_SITE, ArxivId, Url
from index.errors import InputError
from index.gather import Found
from index.load import Document, as_id, identity_of, load
from index.remote.atom import Metadata


def prepare(found: Found, max_bytes: int) -> Document:
    """Read a file, and name the document as its catalogue does. Raises InputError for one that cannot be used."""
    if found.reason:
        raise InputError(found.reason)
    document = load(found.path, found.source, max_bytes=max_bytes)
    if isinstance(found.address, Url):
        return _of_page(document, found.source)
    return _of_paper(document, found.address, found.metadata) if found.address else document


def _of_paper(document: Document, paper: ArxivId, known: Metadata | None) -> Document:
    """Return a paper of arXiv under its id, with what the catalogue says of it where that answered."""
    name = identity_of(paper.id)
    document = replace(document, doc_id=name, work=name, arxiv=paper.id, identity=name)
    if known is None:
        return replace(document, url=f"{ARXIV_SITE}/abs/{paper.canonical}")
    return replace(
        document,
        title=known.title,
        authors=known.authors,
        year=known.year,
        doi=known.doi,
        url=f"{ARXIV_SITE}/abs/{known.id}v{known.version}",
    )


def _of_page(document: Document, url: str) -> Document:
    """Return a document from the web under a name of its own: the file that it was read from is named by a digest."""
    if document.identity is not None:
        return replace(document, url=url)
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.netloc
    stem = re.sub(r"\.(?:html?|pdf|md|txt|docx|hwpx)$", "", last, flags=re.IGNORECASE)
    name = as_id(stem, "page")
    return replace(document, doc_id=name, work=name, url=url)

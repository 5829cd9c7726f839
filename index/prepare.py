"""A Found in, its Document out: what a child process runs for each file of a batch. Stores no document.

Where that is asked for, the bytes of a PDF are kept before its document can be stored.
"""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.errors import InputError
from index.gather import Found
from index.load import Document, as_id, identity_of, load_bytes, read_bytes
from index.originals import Originals
from index.readers.recognise import kind_of
from index.remote.address import ARXIV_SITE, ArxivId, Url
from index.remote.atom import Metadata


def prepare(found: Found, max_bytes: int, keep_in: Path | None = None) -> Document:
    """Read a file, and name the document as its catalogue does; keep a PDF among the originals of `keep_in`.

    Raises InputError for a file that cannot be used, or not be kept.
    """
    if found.reason:
        raise InputError(found.reason)
    data = read_bytes(found.path, found.source, max_bytes)
    document = load_bytes(data, found.path, found.source)
    _check_letters(document)
    if keep_in is not None and document.pages and kind_of(data, found.path.suffix) == "pdf":
        _keep(keep_in, document, data)
    if isinstance(found.address, Url):
        return _of_page(document, found.source)
    return _of_paper(document, found.address, found.metadata) if found.address else document


def _check_letters(document: Document) -> None:
    r"""Raise InputError for a name with half a character, which nothing can store: "\ud800" in front matter."""
    names = [("title", document.title), ("work", document.work), ("authors", ", ".join(document.authors))]
    known = [("arxiv", document.arxiv), ("doi", document.doi), ("url", document.url), ("identity", document.identity)]
    for name, value in (*names, *known):
        if value and re.search("[\ud800-\udfff]", value):
            what = f"its {name} holds {ascii(value[:80])}, half a character; mend the file's front matter or properties"
            raise InputError(f"{document.source}: {what}")


def _keep(library: Path, document: Document, data: bytes) -> None:
    try:
        Originals(library).keep(document.sha256, data)
    except OSError as error:
        what = f"the PDF could not be kept in the Library ({error.strerror or error}), which shows its pages"
        do = "check the free space and the Library's rights, or add it with --no-originals"
        raise InputError(f"{document.source}: {what}; {do}") from error


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

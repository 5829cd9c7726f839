"""An answer of arXiv's query API in, the papers it describes out. Asks no network.

The format is Atom with OpenSearch and arXiv elements (info.arxiv.org/help/api/user-manual.html). An error is a feed
too: one entry titled "Error", with HTTP status 400, once 200. A paper's licence is not told.
"""

from dataclasses import dataclass
from xml.etree import ElementTree

from index.errors import InputError
from index.remote.address import ArxivId, parse

_NS = {"": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What arXiv's catalogue says of one version of a paper.

    `year` is that of the first version. `note` says that the catalogue could not be asked anew.
    """

    id: str
    version: int
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One answer: papers, or an error in arXiv's words. `total` counts the papers that arXiv says it found."""

    papers: tuple[Metadata, ...]
    total: int
    error: str | None = None


def read_feed(data: bytes) -> Feed:
    """Return what an answer says. Raises InputError where it is no Atom feed."""
    text = data.decode("utf-8", "replace")
    try:
        if "<!DOCTYPE" in text or "<!ENTITY" in text:  # a feed has none; what it could name or multiply is not read
            raise _no_feed(text)
        feed = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise _no_feed(text) from error
    if feed.tag != f"{{{_NS['']}}}feed":
        raise _no_feed(text)
    entries = feed.findall("entry", _NS)
    total = _line(feed, _TOTAL) or ""
    for entry in entries:
        if "/api/errors" in (_line(entry, "id") or ""):
            return Feed((), 0, _line(entry, "summary") or "an error without a name")
    papers = tuple(paper for entry in entries if (paper := _paper(entry)))
    return Feed(papers, int(total) if total.isdecimal() else len(papers))


def _paper(entry: ElementTree.Element) -> Metadata | None:
    try:
        found = parse(_line(entry, "id") or "")
    except InputError:
        found = None
    if not isinstance(found, ArxivId):
        return None
    published = (_line(entry, "published") or "")[:4]
    return Metadata(
        id=found.id,
        version=found.version or 1,
        title=_line(entry, "title") or "",
        authors=tuple(name for author in entry.findall("author", _NS) if (name := _line(author, "name"))),
        year=int(published) if published.isdecimal() else None,
        doi=_line(entry, "arxiv:doi"),
    )


def _line(element: ElementTree.Element, path: str) -> str | None:
    """Return an element's text on one line, None where it is missing or empty; arXiv breaks lines inside sentences."""
    return " ".join((element.findtext(path, "", _NS)).split()) or None


def _no_feed(text: str) -> InputError:
    seen = " ".join(text.split())[:60] or "nothing"
    return InputError(f"arXiv's catalogue answered {seen!r}, an Atom feed was expected; try again in some minutes")

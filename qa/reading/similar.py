"""A question for similar papers in, a Draft of the list that a document gives out. Searches nothing."""

from collections.abc import Iterable

from index.load import Document
from qa.question.query import Query
from qa.question.wording import SIMILAR_PAPERS
from qa.reading.cite import Draft, DraftSentence, Evidence
from qa.words.patterns import compiled

_ASKS = compiled(SIMILAR_PAPERS)


def asks_for_similar(query: Query) -> bool:
    """Whether a question asks for the papers similar to the survey; one that names a paper or method does not."""
    return bool(_ASKS.search(query.text)) and not query.names


def similar_papers(query: Query, documents: Iterable[Document | None]) -> Draft | None:
    """Return the titles that a document lists, each at its place; None when no document lists any.

    The edition in the question's language comes first.
    """
    listing = [document for document in documents if document is not None and document.similar]
    if not listing:
        return None
    document = min(listing, key=lambda found: (found.language != query.language, found.doc_id))
    items = []
    for paper in document.similar:
        start = document.text.find(f"[{paper.title}]") + 1
        section = next((s for s in document.sections if s.start <= start < s.end), None)
        if start and section:
            evidence = Evidence(document.doc_id, section.section_id, start, start + len(paper.title))
            items.append(DraftSentence(paper.title, evidence, "item"))
    return Draft(query.typed, query.language, "list", tuple(items), None, (), 1.0) if items else None

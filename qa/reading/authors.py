"""A question for who wrote a paper in, the lines of that paper that name its authors out.

The paper is one whose title holds all that the question calls it; its authors are known and stand above its text. Says
nothing of a work that is only spoken of.
"""

from collections.abc import Callable

from index.analyse import Analyser
from index.load import Document
from index.readers.reading import squeezed
from index.sentences import sentence_spans
from qa.reading.cite import Evidence
from qa.retrieval.retrieve import Run
from qa.words.patterns import compiled

_MOST_TEXTS = 5  # of the best hits' that are looked at
_MOST_LINES = 6
_HELD = 0.7  # how well a title must hold each thing that the question calls the paper
_ASKS = compiled(
    r"저자|지은이|글쓴이|누가.{0,12}(?:썼|쓴|쓰|작성|집필)|누구(?:의|가)? ?(?:쓴|작성한)"
    r"|\bauthors?\b|\bwho (?:wrote|has written|is behind)|\bwritten by who"
)
_OF_ANY = compiled(
    r"(?:학위|석사|박사|학사)?논문|저자\w*|지은이|글쓴이|글|기사|발표|자료|보고서|연구|쓰\w*|작성|wr(?:ote|itten|iter\w*)|authors?|papers?"
    r"|articles?|posts?|thes[ei]s|reports?|works?|slides|stud(?:y|ies)|names?|이름"
)


class AuthorFinder:
    """Finds who wrote a paper that a question names."""

    def __init__(self, analyser: Analyser, document: Callable[[str], Document | None]) -> None:
        """Take what reads documents by id."""
        self._analyser = analyser
        self._document = document

    def find(self, run: Run) -> list[tuple[str, Evidence]]:
        """Return lines, with their places, that name a paper's authors; none where none is asked for or told."""
        if not _ASKS.search(run.query.text):
            return []
        texts = list(dict.fromkeys(hit.passage.doc_id for hit in run.hits))[:_MOST_TEXTS]
        known = (found for found in map(self._document, texts) if found and found.authors)
        named = (found for found in known if self._is_named(run, found))
        return next(filter(None, map(_lines, named)), [])

    def _is_named(self, run: Run, document: Document) -> bool:
        held = run.matcher.strengths(frozenset(self._analyser.words(document.title)), document.language)
        called = [how for unit, how in zip(run.units, held, strict=True) if not _OF_ANY.fullmatch(unit.written)]
        return min(called) >= _HELD if called else run.query.itself == "authors"


def _lines(document: Document) -> list[tuple[str, Evidence]]:
    """Return the lines above a document's text in which its authors stand, each author's first."""
    if not document.sections or document.sections[0].path:
        return []
    first = document.sections[0]
    left = [squeezed(name) for name in document.authors]
    found: list[tuple[str, Evidence]] = []
    for start, end in sentence_spans(document.text, first.start, first.end):
        text = document.text[start:end]
        here = [name for name in left if name in squeezed(text)]
        if here and len(found) < _MOST_LINES:
            found.append((text, Evidence(document.doc_id, first.section_id, start, end)))
            left = [name for name in left if name not in here]
    return found

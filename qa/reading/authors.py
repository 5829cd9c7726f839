"""A question for who wrote a paper in, the lines of that paper that name its authors out.

The paper is one whose title holds all that the question calls it; its authors are known and stand above its text, or a
line of their own says who they are. Says nothing of a work that is only spoken of.
"""

import re
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
_NAME = r"[A-Z][\w.'’-]*(?: [\w.'’-]+){1,4}?"
_BYLINE = re.compile(  # by Ada Moss and Ben Fern (Journal, 2020); 저자: 김이끼; 김이끼 (한빛대학교)
    rf"\W*(?:[Bb]y|BY|[Ww]ritten by)\W+{_NAME}(?:(?:,? and |, | & ){_NAME})*(?: ?\([^()]{{2,120}}\))?[\W\d]*$"
    r"|\W*(?:(?:원|주)?저자|지은이|글쓴이|글|작성자|발표자|작성|발표|Authors?|AUTHORS?)\W*[:：]\W*[가-힣A-Z].{1,200}$"
    r"|\W*[가-힣]{2,4} ?\([가-힣 ]{2,20}(?:대학교|대학|대|연구원|연구소|학회|기자|교수|처|청|원)\)\W*$",
    re.MULTILINE,
)
_MOST_BYLINES = 2
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
        named = [found for found in map(self._document, texts) if found and self._is_named(run, found)]
        known = (_lines(found) for found in named if found.authors)
        return next(filter(None, (*known, *(_bylines(found) for found in named if not found.authors))), [])

    def _is_named(self, run: Run, document: Document) -> bool:
        """Whether a question means a document: it is asked alone and of nothing else, or its title holds the words."""
        if run.query.itself == "authors":
            return True
        held = run.matcher.strengths(frozenset(self._analyser.words(document.title)), document.language)
        called = [how for unit, how in zip(run.units, held, strict=True) if not _OF_ANY.fullmatch(unit.written)]
        return bool(called) and min(called) >= _HELD


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


def _bylines(document: Document) -> list[tuple[str, Evidence]]:
    """Return the first lines of a document that only say who wrote it."""
    found: list[tuple[str, Evidence]] = []
    for section in document.sections:
        for line in re.finditer(r"[^\n]+", document.text[section.start : section.end]):
            text, start = line.group().strip(), section.start + line.start()
            start += len(line.group()) - len(line.group().lstrip())
            if _BYLINE.match(text) and len(found) < _MOST_BYLINES:
                found.append((text, Evidence(document.doc_id, section.section_id, start, start + len(text))))
    return found

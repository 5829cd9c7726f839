"""A question about a text as such in, the section of that text which tells it out: a summary, conclusions, limits.

"요약해줘" and "What is this paper about?" name no topic that could be searched for; where one text alone is asked, its
headings say where to look.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from index.analyse import Analyser
from index.load import Document
from index.outline import Section
from qa.itself_wording import ASKS, HEADINGS, SAYS_NOTHING, TOLD_AT_THE_BEGINNING, TOLD_BY
from qa.query import Query, is_filler
from qa.wording import BIBLIOGRAPHY, THIS_TEXT, Part

_TELLS = 50  # characters from which a section says something
_OPENING = 600  # characters of a section, of which it is seen whether it only says who published the text
_MOST = 3  # sentences that tell a part
_THIS_TEXT = re.compile(THIS_TEXT, re.IGNORECASE)
_ASKS = {part: re.compile(pattern, re.IGNORECASE) for part, pattern in ASKS.items()}
_HEADINGS = {part: tuple(re.compile(one, re.IGNORECASE) for one in patterns) for part, patterns in HEADINGS.items()}
_TOLD_BY = {part: re.compile(pattern, re.IGNORECASE) for part, pattern in TOLD_BY.items()}
_APPENDIX = re.compile(r"\bappendix\b|부록", re.IGNORECASE)
_BIBLIOGRAPHY = re.compile(BIBLIOGRAPHY, re.IGNORECASE)


def about_itself(query: Query, analyser: Analyser, works: Callable[[], Collection[str]]) -> Query:
    """Return a query that says what it asks of a text as such, where no more than one of `works` is asked."""
    part = part_asked(query.text, analyser)
    return query if part is None or len(works()) != 1 else replace(query, itself=part)


def part_asked(question: str, analyser: Analyser) -> Part | None:
    """Return what a question asks of a text as such; None where it names a topic besides."""
    this = [found.span() for found in _THIS_TEXT.finditer(question)]
    for part, pattern in _ASKS.items():
        asking = [found.span() for found in pattern.finditer(question) if found.group()]
        if asking and _says_nothing_else(question, [*this, *asking], analyser):
            return part
    return "summary" if this and _says_nothing_else(question, this, analyser) else None


def _says_nothing_else(question: str, spans: list[tuple[int, int]], analyser: Analyser) -> bool:
    left = (one for one in analyser.terms(question) if not any(start <= one.start < end for start, end in spans))
    return all(is_filler(term.text) or term.text in SAYS_NOTHING for term in left)


def section_of(part: Part, document: Document) -> Section | None:
    """Return the section of a document that tells a part; None where no heading says so.

    What a text is about, and what it is for, is told where it begins, if it has no heading for that.
    """
    told = [section for section in document.sections if len(_text(document, section)) >= _TELLS]
    headed = [section for headings in _HEADINGS.get(part, ()) for section in told if _is_headed(section, headings)]
    if (cue := _TOLD_BY.get(part)) is not None:
        said = next((section for section in headed if cue.search(_text(document, section))), None)
        if said is not None or part == "future":
            return said
    if headed:
        return headed[0]
    if part not in TOLD_AT_THE_BEGINNING:
        return None
    return next((section for section in told if not _publishes(document, section)), None)


def telling(part: Part, texts: Sequence[str]) -> list[int]:
    """Return which sentences of a section tell a part, by their positions; all, where none has a word for it."""
    cue = _TOLD_BY.get(part)
    found = [at for at, text in enumerate(texts) if cue.search(text)][:_MOST] if cue else []
    return found or list(range(len(texts)))


def _is_headed(section: Section, headings: re.Pattern[str]) -> bool:
    if not section.path or _APPENDIX.search(section.path[-1]):
        return False
    return bool(headings.search(section.path[-1]))


def _text(document: Document, section: Section) -> str:
    return document.text[section.start : section.end].strip()


def _publishes(document: Document, section: Section) -> bool:
    """Whether a section above all headings says who wrote and published the text, and little else."""
    return not section.path and bool(_BIBLIOGRAPHY.search(_text(document, section)[:_OPENING]))

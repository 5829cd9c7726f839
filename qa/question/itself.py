"""A question about a text as such in, the section of that text which tells it out: a summary, conclusions, limits.

"요약해줘" and "What is this paper about?" name no topic that could be searched for; where one text alone is asked, its
headings say where to look.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from index.analyse import Analyser, is_name_like
from index.load import Document
from index.outline import Section
from index.sentences import sentence_spans
from qa.question.itself_wording import ASKS, HEADINGS, SAYS_NOTHING, TOLD_AT_THE_BEGINNING, TOLD_BY
from qa.question.query import Query, is_filler
from qa.question.wording import BIBLIOGRAPHY, THIS_TEXT, Part
from qa.words.patterns import compiled

_TELLS = 30  # characters from which a section says something
_OPENING = 600  # characters from which a section above all headings says more than who published the text
_MOST_BESIDE = 8  # sections below one heading
_MOST, MOST_OF_SUMMARY = 3, 5  # sentences that tell a part, and that sum a text up
_THIS_TEXT = compiled(THIS_TEXT)
_ASKS = {part: compiled(pattern) for part, pattern in ASKS.items()}
_HEADINGS = {part: tuple(compiled(one) for one in patterns) for part, patterns in HEADINGS.items()}
_TOLD_BY = {part: compiled(pattern) for part, pattern in TOLD_BY.items()}
_NAME = re.compile(r"[A-Za-z][\w+.-]{2,}")
_LAST_ABOVE = 2  # of the sections that may only say who published a text
_NO_SENTENCE = re.compile(  # an address, a number, a scrap, a title in brackets, links, people
    r"\S+@\S+|^\W*(?:\d[\d\W]*|\w{0,3}\W*)$|^\[[^\]]*\]$|^\W*\[[^\]]*\]\([^)]*\)(?:\W*\[[^\]]*\]\([^)]*\))*\W*$"
    r"|^(?:[A-Z][\w.'’-]*(?: [\w.'’-]+){1,3}[ *†\d]*(?:, |,? and |\(\d{4}\)$|$)){2,}"
)
_LINK = re.compile(r"\[[^\[\]]{0,300}\]\([^()\s]{0,300}\)|https?://\S+")
_OF_TWO = compiled(r"[가-힣](?:과|와) |및|[,/&·]|\band\b")  # "Limitations and future work"
_APPENDIX = compiled(r"\bappendix\b|부록")
_BIBLIOGRAPHY = compiled(BIBLIOGRAPHY)


def about_itself(query: Query, analyser: Analyser, titles: Callable[[], Sequence[str]]) -> Query:
    """Return a query that says what it asks of a text as such, where the documents that are asked are of one work.

    `titles` lists theirs, none where they are of several. The question may call the text by a name in its title.
    """
    called = titles()
    if not called:
        return query
    asks = _THIS_TEXT.search(query.text) or may_ask_of_text(query.text)
    return replace(query, alone=True, itself=part_asked(query.text, analyser, called) if asks else None)


def may_ask_of_text(question: str) -> bool:
    """Whether a question has words for a part of a text, whatever else it says: its limits, its authors."""
    return any(pattern.search(question) for pattern in _ASKS.values())


def part_asked(question: str, analyser: Analyser, titles: Sequence[str] = ()) -> Part | None:
    """Return what a question asks of a text as such; None where it names a topic besides a name in its `titles`."""
    this = [found.span() for found in _THIS_TEXT.finditer(question)]
    names = [name for title in titles for name in _NAME.findall(title) if is_name_like(name)]
    named = [found.span() for name in names for found in re.finditer(re.escape(name), question, re.IGNORECASE)]
    for part, pattern in _ASKS.items():
        asking = [found.span() for found in pattern.finditer(question) if found.group()]
        if asking and says_nothing_else(question, [*this, *named, *asking], analyser):
            return part
    return "summary" if this and says_nothing_else(question, this, analyser) else None


def says_nothing_else(
    question: str, spans: Sequence[tuple[int, int]], analyser: Analyser, besides: frozenset[str] = frozenset()
) -> bool:
    """Whether a question has no topic outside of some spans; the words `besides` are none."""
    left = (one for one in analyser.terms(question) if not any(start <= one.start < end for start, end in spans))
    return all(is_filler(term.text) or term.text in SAYS_NOTHING or term.text in besides for term in left)


def section_of(part: Part, document: Document) -> Section | None:
    """Return the section of a document that tells a part; None where no heading says so.

    What a text is about, and what it is for, is told where it begins, if it has no heading for that.
    """
    told = [one for one in document.sections if len(_LINK.sub("", _text(document, one)).strip()) >= _TELLS]
    listed = _HEADINGS.get(part, ())
    headed = [section for headings in listed for section in told if _is_headed(section, headings)]
    headed = headed or [section for headings in listed for section in told if _is_below(section, headings)]
    if (cue := _TOLD_BY.get(part)) is not None:
        said = next((section for section in headed if cue.search(_text(document, section))), None)
        if said is not None or part == "future":
            return said
    if headed:
        return headed[0]
    if part == "conclusion":
        return next((section for section in told if _is_headed(section, _HEADINGS["summary"][0])), None)
    if part not in TOLD_AT_THE_BEGINNING:
        return None
    begins = next((section for section in told if not _publishes(document, section)), None)
    is_told = begins and (part == "summary" or cue is None or cue.search(_text(document, begins)))
    return begins if is_told else None


def beside(section: Section, document: Document, part: Part) -> list[Section]:
    """Return a section with those beside it below a heading that names a part and nothing else, in order.

    Where its own heading names the part, it is alone.
    """
    listed = _HEADINGS.get(part, ())
    above = section.path[-2] if len(section.path) > 1 else ""
    is_below = any(headings.search(above) for headings in listed) and not _OF_TWO.search(above)
    if not is_below or any(_is_headed(section, headings) for headings in listed):
        return [section]
    siblings = (one for one in document.sections if one.path[:-1] == section.path[:-1] and _text(document, one))
    return list(islice(siblings, _MOST_BESIDE))


def telling(part: Part, texts: Sequence[str]) -> list[int]:
    """Return which sentences of a section tell a part, by their positions; where none has a word for it, the first.

    A summary has the first, and of the others those that say what is proposed and found.
    """
    said = [at for at, text in enumerate(texts) if not _NO_SENTENCE.search(text)] or list(range(len(texts)))
    if part == "summary" and len(said) > MOST_OF_SUMMARY:
        told = [at for cue in ("proposal", "findings") for at in said[1:] if _TOLD_BY[cue].search(texts[at])]
        return sorted(list(dict.fromkeys([said[0], *told, *said]))[:MOST_OF_SUMMARY])
    cue = _TOLD_BY.get(part)
    if part == "method":  # what is said before something is proposed is of others' methods
        said = said[next((i for i, at in enumerate(said) if _TOLD_BY["proposal"].search(texts[at])), 0) :]
    return [at for at in said if cue.search(texts[at])][:_MOST] or said if cue else said


def _is_headed(section: Section, headings: re.Pattern[str]) -> bool:
    if not section.path or _APPENDIX.search(section.path[-1]):
        return False
    return bool(headings.search(section.path[-1]))


def _is_below(section: Section, headings: re.Pattern[str]) -> bool:
    """Whether a heading above a section's own says what is looked for: that may have no text of its own."""
    return not any(map(_APPENDIX.search, section.path)) and any(map(headings.search, section.path[:-1]))


def _text(document: Document, section: Section) -> str:
    return document.text[section.start : section.end].strip()


def _publishes(document: Document, section: Section) -> bool:
    """Whether a section above all others says who wrote and published the text, and little else."""
    if document.sections.index(section) > _LAST_ABOVE:
        return False
    sentences = (document.text[start:end] for start, end in sentence_spans(document.text, section.start, section.end))
    told = [text for text in sentences if not (_BIBLIOGRAPHY.search(text) or _NO_SENTENCE.search(text))]
    if section.path:
        return not told
    return sum(map(len, told)) < _OPENING and not any(text.rstrip().endswith((".", "다", "요")) for text in told)

"""A question about a text as such in, the section of that text which tells it out: a summary, conclusions, limits.

"요약해줘" and "What is this paper about?" name no topic that could be searched for; where one text alone is asked, its
headings say where to look.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from index.analyse import Analyser
from index.load import Document
from index.outline import Section
from qa.query import Query, is_filler
from qa.wording import A_SUMMARY, AS_A_WHOLE, BIBLIOGRAPHY, OVERVIEWS, THIS_TEXT, Part

_TELLS = 50  # characters from which a section says something
_OPENING = 600  # characters of a section, of which it is seen whether it only says who published the text
_THIS_TEXT = re.compile(THIS_TEXT, re.IGNORECASE)
_ASKS: dict[Part, re.Pattern[str]] = {
    "authors": re.compile(
        r"저자|지은이|글쓴이|누가 ?(?:쓴|썼|작성)\S*(?: ?(?:거|것|건|글|논문)\S*)?|\bauthors?\b|\bwho (?:wrote|made)\b"
        r"|\bwritten by\b",
        re.IGNORECASE,
    ),
    "conclusion": re.compile(
        r"결론\S*|맺음말\S*|마무리\S*|\bconclu(?:sions?|des?|ding)\b(?: remarks?)?", re.IGNORECASE
    ),
    "limits": re.compile(
        r"한계점?\S*|약점\S*|단점\S*|\blimit(?:s|ations?)\b|\bweakness(?:es)?\b|\bdrawbacks?\b|\bshortcomings?\b",
        re.IGNORECASE,
    ),
    "summary": re.compile(
        rf"{A_SUMMARY}|{AS_A_WHOLE}|(?:뭐|무엇|무슨 ?(?:내용|주제))에 ?(?:대한|대해|관한|관해) ?\S*"
        r"|(?:핵심|주요|중심|중요한?) ?(?:내용|주장|아이디어|결과|기여|점|포인트)\S*|요점\S*|초록\S*|소개\S*|개요\S*"
        r"|\babstract\b|\b(?:main|key|core) (?:points?|ideas?|findings?|takeaways?|contributions?|claims?|results?)\b",
        re.IGNORECASE,
    ),
}
_HEADINGS: dict[Part, tuple[re.Pattern[str], ...]] = {
    "summary": tuple(re.compile(pattern, re.IGNORECASE) for pattern in OVERVIEWS),
    "conclusion": (
        re.compile(r"결론|맺음말|맺는 ?말|나가며|마치며|\bconclu(?:sions?|ding)\b", re.IGNORECASE),
        re.compile(r"^\W*(?:[\dIVX.]+\W+)?(?:요약|정리|마무리|summary|discussion|토의|논의)\W*$", re.IGNORECASE),
    ),
    "limits": (
        re.compile(
            r"^\W*(?:[\dIVX.]+\W+)?(?:연구의? )?"
            r"(?:한계|제한점|limitations?\b|limits\b|weaknesses\b|threats to validity\b)(?! of (?!this|the|our))",
            re.IGNORECASE,
        ),
    ),
}
_APPENDIX = re.compile(r"\bappendix\b|부록", re.IGNORECASE)
_BIBLIOGRAPHY = re.compile(BIBLIOGRAPHY, re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    """해주 하 되 있 것 거 이거 대한 대하 관한 점 여기 이것 그것 전체 논문 문서 글 paper document text it about say
    main""".split()
)


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
    return all(is_filler(term.text) or term.text in _SAYS_NOTHING for term in left)


def section_of(part: Part, document: Document) -> Section | None:
    """Return the section of a document that tells a part; None where no heading says so.

    What a text is about is told where it begins, if it has no heading for that.
    """
    told = [section for section in document.sections if len(_text(document, section)) >= _TELLS]
    for headings in _HEADINGS.get(part, ()):
        for section in told:
            if section.path and headings.search(section.path[-1]) and not _APPENDIX.search(section.path[-1]):
                return section
    return next((s for s in told if not _publishes(document, s)), None) if part == "summary" else None


def _text(document: Document, section: Section) -> str:
    return document.text[section.start : section.end].strip()


def _publishes(document: Document, section: Section) -> bool:
    """Whether a section above all headings says who wrote and published the text, and little else."""
    return not section.path and bool(_BIBLIOGRAPHY.search(_text(document, section)[:_OPENING]))

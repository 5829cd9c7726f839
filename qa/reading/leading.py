"""The sentences of sections that are asked as such in, those that tell what is asked, as they stand there, out.

Such a section was asked for by its number, or tells what a text says as a whole, or a part of it: its limits.
"""

from collections.abc import Sequence
from itertools import groupby

from qa.question.itself import MOST_OF_SUMMARY, telling
from qa.question.query import Query
from qa.question.wording import BIBLIOGRAPHY, Part
from qa.reading.candidate import Candidate
from qa.reading.companions import with_companions
from qa.words.patterns import compiled

_BIBLIOGRAPHY = compiled(BIBLIOGRAPHY)


def as_told(candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Return the first sentences of the first section; of a part of a text, those that tell it.

    Where a part is told below several headings, each section tells it in a sentence.
    """
    if query.itself == "summary":  # in words
        candidates = [one for one in candidates if not one.is_code] or candidates
    sections = [list(group) for _, group in groupby(candidates, lambda c: c.place)]
    if query.itself and len(sections) > 1:
        return [_first_told(said, query.itself) for said in sections]
    first = sections[0]
    of_a_text = query.whole or query.itself
    told = [one for one in first if of_a_text and not _BIBLIOGRAPHY.search(one.text)] or first
    if query.itself is None:
        return told[:MOST_OF_SUMMARY]
    kept = [told[at] for at in telling(query.itself, [one.text for one in told])][:MOST_OF_SUMMARY]
    if query.itself == "summary":
        return kept
    return with_companions(kept, candidates, query, whole_lists=query.itself == "limits")


def _first_told(said: Sequence[Candidate], part: Part) -> Candidate:
    return said[telling(part, [one.text for one in said])[0]]

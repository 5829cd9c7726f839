"""The sentences chosen for an answer in, with what belongs to them out: what they lean on, announce or ask; code."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby, pairwise, takewhile

from qa.question.query import Query
from qa.question.wording import ANNOUNCES
from qa.reading.candidate import Candidate, leans
from qa.reading.formulas import with_formulas, with_what_they_lead_to
from qa.reading.nested import with_kin
from qa.reading.ordinals import runs_of
from qa.reading.snippets import most_code
from qa.reading.tables import is_row
from qa.words.patterns import compiled

MOST_ANNOUNCED = 3  # sentences after one that only announces them
MOST_LISTED = 8  # likewise, where they are a list
MOST_ROWS = 6  # of a table that says how two things differ
MOST_OF_WHOLE = 12  # of a list that is all that is asked for
_ADDS_LITTLE = 2  # terms that a sentence has beside those of the question
_TOLD_WITHOUT_CODE = ("number", "who-when", "why")  # kinds of questions, unless code is asked for by name
_ASK_FOR_ALL = ("list", "why")
_QUESTION = re.compile(r"[?？][\"'”’)\]»*_]*$")
_NAMED_LAST = re.compile(r"\((?P<short>[A-Z][A-Za-z]*[A-Z][\w-]*)\)[.\s]*$")
_BELOW = re.compile(r"(?:다음|아래) 각 ?(?:호|목)")  # as rules point to their lists
_EXCEPTS = re.compile(r"\W*(?:다만|단|이 경우)")
_ASKS_FOR_ITEMS = re.compile(
    r"(?<![가-힣])다 (?:알려|말해|뭐)|모두|전부|종류|조건|요건|자격|사유|경우|조치|항목|목록|절차"
    r"|(?:어떤|무슨) (?:것|게|거|때)"
)
_HOLDS_MUCH = 0.5  # of what is asked about
_ASIDE = 3  # sentences between it and the list, at most
_ANNOUNCES = compiled(ANNOUNCES)
_POINTS_BELOW = compiled(
    r"다음|아래|(?:[두세네]|다섯|여섯|일곱|여러|\d) ?(?:가지|개)|[가-힣]들[이은도] (?:\S+ )?있(?:다|습니다|음)"
    r"|\b(?:following|below|as follows|two|three|four|five|six|seven|several)\b"
)


def with_companions(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], query: Query, *, whole_lists: bool = False
) -> list[Candidate]:
    """Return the chosen of some sentences and what belongs to them, in reading order.

    With `whole_lists` one item of the best section's list is enough for all of it.
    """
    complete = with_what_they_lead_to(with_formulas(chosen, candidates, query.text), candidates)
    most = most_code(query.text)
    if most > 1 or query.kind not in _TOLD_WITHOUT_CODE:
        complete += _code_for(complete, candidates, most)
    if query.kind == "list" or whole_lists:
        complete = _with_their_lists(complete, candidates, whole_lists=whole_lists)
    of_names = bool(query.names) and {term.text for term in query.terms} <= query.names
    if query.kind == "list" or (query.kind == "comparison" and of_names):
        complete = _with_their_tables(complete, candidates)
    elif query.kind == "comparison":
        complete = _with_other_rows(complete, candidates, query.names)
    complete = _with_rules(_with_the_others(complete, candidates, query), candidates, query)
    complete = _with_the_next(complete, candidates, query)
    complete = _with_what_follows(_with_antecedents(complete, candidates), candidates, query)
    complete = with_kin(_without_questions(complete, candidates), candidates)
    return sorted(complete, key=lambda one: (one.place, one.evidence.start))


def shows_code(sentence: Candidate, question: str) -> bool:
    """Whether the code below a sentence is shown with it: the sentence announces it, or the question asks for some."""
    return sentence.code is not None and (most_code(question) > 0 or bool(_ANNOUNCES.search(sentence.text)))


def _code_for(chosen: Sequence[Candidate], candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """Return the best sentences of the best section with code below them, unless a chosen one has some."""
    with_code = [one for one in candidates if one.code and one.place == 0]
    with_code.sort(key=lambda one: -one.score)
    return [] if any(one.code for one in chosen) else with_code[:most]


def _with_their_lists(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], *, whole_lists: bool
) -> list[Candidate]:
    """Add to two or more items of a list its others, if they are few, and the sentence above it."""
    complete = list(chosen)
    at = 0
    for (place, listed), group in groupby(candidates, lambda c: (c.place, c.listed and not c.has_known)):
        items = list(group)
        fewest, most = (1, MOST_OF_WHOLE) if whole_lists and place == 0 else (2, MOST_LISTED)
        if listed and len(items) <= most and sum(item in chosen for item in items) >= fewest:
            above = [one for one in candidates[max(at - 1, 0) : at] if one.place == place]
            complete += [one for one in (*above, *items) if one not in complete]
        at += len(items)
    return complete


def _with_their_tables(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add to a row of the best section all of its table, if that is small: who asks how two differ wants all of it."""
    complete = list(chosen)
    for rows in _tables(candidates):
        if rows[0].place == 0 and len(rows) <= MOST_ROWS and any(row in chosen for row in rows):
            complete += [row for row in rows if row not in complete]
    return complete


def _tables(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the rows of each table."""
    for (_, of_table), group in groupby(candidates, lambda c: (c.place, is_row(c.text))):
        if of_table:
            yield list(group)


def _with_other_rows(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], names: frozenset[str]
) -> list[Candidate]:
    """Add to the rows of a table those that hold a name that is asked about and no chosen sentence has."""
    complete = list(chosen)
    for rows in _tables(candidates):
        if any(row in complete for row in rows):
            missing = names - frozenset(term for one in complete for term in one.terms)
            complete += [row for row in rows if row not in complete and missing & row.terms][:MOST_ROWS]
    return complete


def _with_the_others(chosen: Sequence[Candidate], candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Add the rest of a run ("First, …") to two of it, to what announces it, and to one where all may be asked for."""
    complete = list(chosen)
    for announcing, run in runs_of(candidates):
        shown = sum(one in chosen for one in run)
        announced = any(one in chosen for one in announcing)
        known = any(one.has_known for one in (*announcing, *run))
        if not known and (announced or shown > 1 or shown and query.kind in _ASK_FOR_ALL):
            complete += [one for one in (*announcing, *run) if one not in complete]
    return complete


def _with_rules(chosen: Sequence[Candidate], candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Add the sentence of the best section that points to items below it, where such are asked for: "조건이 뭐야?".

    An exception ("다만, …") is of what the sentence before it tells.
    """
    if not (query.kind == "list" or _ASKS_FOR_ITEMS.search(query.text)):
        return list(chosen)
    pointing: list[tuple[float, Sequence[Candidate]]] = []
    for before, one in pairwise((None, *candidates)):
        if one is not None and one.place == 0 and not one.has_known and _BELOW.search(one.text):
            told = (before, one) if before is not None and _EXCEPTS.match(one.text) else (one,)
            pointing.append((max(part.inside for part in told), told))
    most, pointed = max(pointing, key=lambda one: one[0], default=(0.0, ()))
    added = pointed if most >= _HOLDS_MUCH else ()
    return [*chosen, *(one for one in added if one not in chosen)]


def _with_the_next(chosen: Sequence[Candidate], candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Add to each chosen sentence that says little more than the question the next one of its section.

    So does one that ends by giving something its name, where the next one goes on about that. Where questions are
    known, they say what answers.
    """
    asked = frozenset(term.text for term in query.terms)
    complete = list(chosen)
    for one, after in pairwise(candidates):
        says_little = len(one.terms - asked) <= min(_ADDS_LITTLE, len(one.terms & asked))
        if (
            one in chosen
            and (says_little or _is_named_last(one.text, after.text))
            and not (one.has_known or one.listed)
            and after.place == one.place
            and after not in complete
        ):
            complete.append(after)
    return complete


def _is_named_last(text: str, following: str) -> bool:
    """Whether a sentence ends with an abbreviation in brackets that the next one uses."""
    named = _NAMED_LAST.search(text)
    return named is not None and named["short"] in following


def _with_antecedents(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add to each chosen sentence that points back the one that stands before it in its section."""
    complete = list(chosen)
    for before, after in pairwise(candidates):
        if after in chosen and leans(after.text) and before.place == after.place and before not in complete:
            complete.append(before)
    return complete


def _with_what_follows(chosen: Sequence[Candidate], candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Add to each chosen sentence that only announces ("as follows:") what stands after it in its section.

    That is a list, if it begins there, and a few sentences otherwise. Where questions are known, they say what of a
    list is asked for; who asks for a number may be told by "three kinds" alone.
    """
    complete = list(chosen)
    for at, candidate in enumerate(candidates):
        if candidate not in chosen:
            continue
        after = [c for c in candidates[at + 1 : at + 1 + MOST_OF_WHOLE] if c.place == candidate.place]
        most = MOST_LISTED
        if _BELOW.search(candidate.text):  # "단, …" may come first
            after, most = [*dropwhile(lambda c: not c.listed, after[:_ASIDE]), *after[_ASIDE:]], MOST_OF_WHOLE
        listed = [] if candidate.listed or candidate.has_known else list(takewhile(lambda c: c.listed, after[:most]))
        points = bool(listed) and query.kind != "number" and bool(_POINTS_BELOW.search(candidate.text))
        if points or _ANNOUNCES.search(candidate.text):
            complete += [c for c in listed or after[:MOST_ANNOUNCED] if c not in complete]
    return complete


def _without_questions(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put in the place of a chosen sentence that itself asks ("X란?") the next one of its section that does not.

    Where questions are known, they say whether it answers.
    """
    complete = [one for one in chosen if not _asks(one)]
    for at, one in enumerate(candidates):
        if one in chosen and _asks(one):
            after = next((c for c in candidates[at + 1 :] if c.place == one.place and not _asks(c)), one)
            complete += [after] if after not in complete else []
    return complete


def _asks(one: Candidate) -> bool:
    return not one.has_known and bool(_QUESTION.search(one.text))

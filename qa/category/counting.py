"""A question in, what it wants counted in the taxonomy out: how many, the most, the years, or None for any other.

Reads words and names only. A question may hold nothing but names of categories and words that ask to count, so that
"how many methods does SPIN beat?" is left to the documents.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.category import counting_wording as said
from qa.category.answer import Places, Told, Years
from qa.category.intent import names_and_rest
from qa.category.names import Mention, NameFinder, Token
from qa.category.years import UNCLEAR, years_in

_MOST_CHARS, _MOST_DIGITS = 200, 4


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be counted, below the `categories` (ids; all where there are none).

    `order` is 1 for the most, -1 for the fewest, 0 for neither; `place` 2: the second. `lower`: of all categories
    those that stand below another. `places`: in how many categories a method has to stand, from and to. `together`:
    with what stands below a category, though that is named too. `method`: of the category that this one (an id) is
    filed under. `plain` says that the question names neither, and nothing of the taxonomy.
    """

    told: Told
    categories: tuple[str, ...]
    years: Years | None = None
    order: int = 0
    place: int = 1
    lower: bool = False
    places: Places = (2, None)
    together: bool = False
    method: str | None = None
    plain: bool = False


def read(question: str, finder: NameFinder) -> Request | None:
    """Return what a question wants counted; None where it asks anything else."""
    text = " ".join(question.split())
    if len(text) > _MOST_CHARS or not _may_count(text):
        return None
    named, rest = names_and_rest(text, finder)
    around = _without(text, [(one.start, one.end) for one in named])
    methods = [one for one in named if one.kind == "method"]
    of_method = len(methods) == len(named) == 1 and len(methods[0].ids) == 1 and said.ITS_CATEGORY.search(around)
    if (methods and not of_method) or not all(map(_is_asking, rest)):
        return None
    categories = tuple(dict.fromkeys(one.ids[0] for one in named if one.kind == "category"))
    years = years_in(around)
    asked = None if _asks_else(text, named, around, years) else _request(around, categories, years, bool(named))
    return replace(asked, method=methods[0].ids[0]) if asked and methods else asked


def _asks_else(text: str, named: Sequence[Mention], around: str, years: Years | None) -> bool:
    """Whether a question asks for something beside the number, or for what the taxonomy does not record."""
    if said.ELSE.search(around) or (years is None and said.OPEN.search(around)):
        return True
    if said.ELSEWHERE.search(around) and not said.SEVERAL.search(around):
        return True
    # "Of the binary verifiers, how many are process verifiers?"; but "약-강 정렬(weak-to-strong)" is one
    again = [one for one, other in itertools.pairwise(named) if one.ids == other.ids and text[one.end] != "("]
    return bool(again)


def _is_asking(token: Token) -> bool:
    if token.text[0].isdigit():
        return len(token.text) <= _MOST_DIGITS
    pattern = said.WORD_KO if "가" <= token.text[0] <= "힣" else said.WORD_EN
    return bool(pattern.fullmatch(token.text))


def _may_count(text: str) -> bool:
    """Whether a question may want that at all; told before names are sought, which takes longer."""
    patterns = (
        *(said.MANY, said.MOST, said.FEWEST, said.SEVERAL, said.BOTH),
        *(said.LEVELS, said.SPREAD, said.LOWER, said.TOP),
    )
    return years_in(text) is not None or any(pattern.search(text) for pattern in patterns)


def _request(text: str, categories: tuple[str, ...], years: Years | None, named: bool) -> Request | None:
    methods = bool(said.METHODS.search(text))
    place = next((number for pattern, number in said.PLACES if pattern.search(text)), 1)
    order = -1 if said.FEWEST.search(text) else 1 if said.MOST.search(text) or place > 1 else 0
    plain = not named and not said.TAXONOMY.search(text)
    if plain and years is None and not said.METHODS_PROPER.search(text):
        return None
    together = bool(said.TOGETHER.search(text))
    asked = Request("number", categories, years, order, place, together=together, plain=plain)
    if said.SPREAD.search(text) or (order and said.YEAR_NOUN.search(text)):
        asked = replace(asked, told="years", years=None if years is UNCLEAR else years)
        return asked if methods or categories else None
    if years is UNCLEAR:
        return None
    if len(categories) > 1 and said.BOTH.search(text) and not order:
        return replace(asked, told="both")
    if said.SEVERAL.search(text) and (methods or said.ELSEWHERE.search(text)):
        return replace(asked, told="several", places=_places(text))
    if said.LEVELS.search(text) and not (plain or methods or categories):
        return replace(asked, told="levels")
    if order:
        return _ranking(text, asked, methods)
    if _asks_for_parts(text, categories, methods):
        return replace(asked, told="parts" if categories or not said.LOWER.search(text) else "levels")
    if said.MANY.search(text):
        return asked if methods or (asked.years and categories) else None
    of_years = asked.years and (methods or categories or said.WHOLE.search(text))
    return replace(asked, told="names") if of_years else None


def _ranking(text: str, asked: Request, methods: bool) -> Request | None:
    """Return what asks which category has the most; None where nothing says that categories are ranked."""
    of_two = said.OF_TWO.search(text) and len(asked.categories) == 1
    counted = methods or asked.categories or said.CROWDED.search(text)
    somewhere = said.SOMEWHERE.search(text) and not of_two and counted
    if not somewhere and len(asked.categories) < 2:
        return None
    return replace(asked, told="categories", lower=not asked.categories and bool(said.LOWER.search(text)))


def _places(text: str) -> Places:
    """Return in how many categories a method has to stand: two and more where no number is given."""
    number = next((number for pattern, number in said.NUMBERS if pattern.search(text)), None)
    if number is None or said.ELSEWHERE.search(text):
        return 2, None
    if said.ABOVE.search(text):
        return number + 1, None
    if said.AT_LEAST.search(text) or not (said.EXACTLY.search(text) or number > 2):
        return max(number, 2), None
    return number, number


def _asks_for_parts(text: str, categories: tuple[str, ...], methods: bool) -> bool:
    if methods or len(categories) > 1:
        return False
    if not categories:
        return bool((said.LOWER.search(text) or said.TOP.search(text)) and said.GROUP.search(text))
    how_many = said.GROUP.search(text) and said.BELOW.search(text) and said.MANY.search(text)
    return bool(said.LOWER.search(text) or (how_many and not said.DIVIDED.search(text)))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}…{text[end:]}"
    return text

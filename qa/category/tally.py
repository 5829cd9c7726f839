"""A question that counts in the taxonomy in, a CategoryAnswer with a Tally out; None for any other question.

Every method counts once, under however many categories it is filed; its year is that of its paper.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.load import Language
from qa.answer import Citation
from qa.category.answer import CategoryAnswer, Counted, Filing, Places, Tally, Years
from qa.category.categorise import CategoryFinder
from qa.category.counting import Request, read
from qa.category.counting_wording import POINTS
from qa.category.taxonomy import Category, CategoryGroup, Method, Taxonomy
from qa.category.wording import word
from qa.question.query import question_language


class Tallier:
    """Counts methods and categories."""

    def __init__(self, categories: CategoryFinder) -> None:
        self._finder = categories.finder
        self._notes = categories.notes
        self._filer = categories.filer
        self._taxonomy: Taxonomy = categories.taxonomy

    def answer(
        self, question: str, language: Language | None = None, alone: Callable[[], bool] = lambda: True
    ) -> CategoryAnswer | None:
        """Return what a question wants counted; None where it asks anything else.

        "How many methods are there?" names no category and nothing of the taxonomy, and is meant of it only where
        `alone` says that no text is asked that it does not come with.
        """
        asked = read(question, self._finder)
        if asked is None or (asked.plain and not alone()):
            return None
        if asked.method:
            asked = replace(asked, categories=self._taxonomy.methods[asked.method].paths[0][-1:])
        asked = replace(asked, categories=self._apart(asked.categories, together=asked.together))
        spoken = language or question_language(question)
        tally = self._tally(asked)
        groups = self._groups(asked) if asked.told == "names" else ()
        only = self._taxonomy.categories[asked.categories[0]] if len(asked.categories) == 1 else None
        found = CategoryAnswer(
            question,
            spoken,
            "tally",
            name=", ".join(self._taxonomy.categories[one].name(spoken) for one in asked.categories),
            category=only,
            categories=self._bearing(asked, tally, spoken),
            groups=groups,
            total=tally.count,
            tally=tally,
        )
        return replace(found, answer=word(found))

    def stands_alone(self, turn: str, *, spoken_of: bool) -> bool:
        """Whether a turn of a conversation says by itself what is counted, whatever was spoken about before.

        `spoken_of` says that the turn before was of the taxonomy, so that this need not be said again.
        """
        asked = read(turn, self._finder)
        if asked is None or asked.categories or POINTS.search(turn):
            return False
        return spoken_of or not asked.plain

    def _apart(self, category_ids: Sequence[str], *, together: bool) -> tuple[str, ...]:
        """Return categories of which none stands below another: the lower ones, `together` the higher ones.

        "Of self-feedback under mechanisms"; "of self-play, debate included".
        """
        above = {one: set(self._taxonomy.path(one)[:-1]) for one in category_ids}
        if together:
            return tuple(one for one in category_ids if above[one].isdisjoint(category_ids))
        return tuple(one for one in category_ids if not any(one in others for others in above.values()))

    def _tally(self, asked: Request) -> Tally:
        groups = self._groups(asked)
        filings = [method for group in groups for method in group.methods]
        tally = Tally(
            asked.told, len(set(filings)), len(filings), (), asked.years, asked.places, asked.order, asked.place
        )
        if asked.told == "years":
            years = Counter(method.year for method in set(filings) if method.year)
            rows = tuple(Counted(count, number=year) for year, count in sorted(years.items(), reverse=True))
            return _ranked(tally, rows) if asked.order else replace(tally, rows=rows)
        if asked.told in ("several", "both"):
            rows = self._in_all(asked) if asked.told == "both" else self._by_number(set(filings), asked.places)
            places = asked.places
            if asked.order and rows:  # "in the most categories"
                rows = rows[:1] if asked.order > 0 else rows[-1:]
                places = rows[0].number, rows[0].number
            return replace(tally, count=sum(row.count for row in rows), rows=rows, places=places, order=0)
        if asked.told == "levels":
            depths = Counter(len(self._taxonomy.path(one)) for one in self._taxonomy.categories)
            rows = tuple(Counted(count, number=depth) for depth, count in sorted(depths.items()))
            return replace(tally, count=sum(depths.values()), rows=rows)
        rows = tuple(self._counted(category, asked.years) for category in self._rows(asked))
        if asked.told == "categories":
            return self._of_categories(asked, _ranked(tally, rows))
        if asked.told == "parts":
            return replace(tally, count=len(rows), rows=rows)
        return replace(tally, rows=(*rows, *(self._directly(asked, groups) if rows else ())))

    def _of_categories(self, asked: Request, tally: Tally) -> Tally:
        """Add the first of the categories below, where those on top are ranked."""
        if asked.categories or asked.lower or asked.place > 1:
            return tally
        return replace(tally, lower=self._tally(replace(asked, lower=True)).best)

    def _directly(self, asked: Request, groups: Sequence[CategoryGroup]) -> Iterable[Counted]:
        for group in groups:
            if (group.category.category_id,) == asked.categories:
                yield Counted(group.count, group.path, own=True)

    def _in_all(self, asked: Request) -> tuple[Counted, ...]:
        """Return the methods that stand below each of the categories that are asked about."""
        held = (self._methods(category_id, asked.years) for category_id in asked.categories)
        methods = _by_name(set[Method].intersection(*held))
        return (Counted(len(methods), methods=methods),) if methods else ()

    def _by_number(self, methods: Iterable[Method], places: Places) -> tuple[Counted, ...]:
        """Return methods by in how many categories of the whole they stand, the most first."""
        found: dict[int, list[Method]] = defaultdict(list)
        for method in methods:
            if places[0] <= len(method.paths) <= (places[1] or len(method.paths)):
                found[len(method.paths)].append(method)
        ordered = sorted(found.items(), reverse=True)
        return tuple(Counted(len(those), number=number, methods=_by_name(those)) for number, those in ordered)

    def _rows(self, asked: Request) -> Sequence[Category]:
        """Return the categories that are told apart: several that are asked about, or those below the one."""
        if len(asked.categories) > 1:
            return [self._taxonomy.categories[category_id] for category_id in asked.categories]
        if asked.lower:
            return [one for one in self._taxonomy.categories.values() if one.parent]
        return self._taxonomy.children(asked.categories[0] if asked.categories else None)

    def _counted(self, category: Category, years: Years | None) -> Counted:
        path = self._taxonomy.path(category.category_id)
        count = len(self._methods(category.category_id, years))
        return Counted(count, path, self._taxonomy.names(path, "ko"), self._taxonomy.names(path, "en"))

    def _methods(self, category_id: str, years: Years | None) -> set[Method]:
        return {method for group in _of(self._taxonomy.groups(category_id), years) for method in group.methods}

    def _groups(self, asked: Request) -> tuple[CategoryGroup, ...]:
        tops = asked.categories or [category.category_id for category in self._taxonomy.children(None)]
        return tuple(_of((group for top in tops for group in self._taxonomy.groups(top)), asked.years))

    def _bearing(self, asked: Request, tally: Tally, language: Language) -> tuple[Filing, ...]:
        """Return what says so: of the categories that are asked about or come out, or of the whole companion list."""
        filings = [self._filing(category_id, language) for category_id in asked.categories]
        if asked.lower:
            filings = [self._filing(row.path[-1], language) for row in tally.best]
        elif not filings:
            filings.append(Filing((), (), (), "companion list", self._bearing_whole(asked, tally, language)))
        return (*filings, *(self._filing(row.path[-1], language) for row in tally.lower))

    def _bearing_whole(self, asked: Request, tally: Tally, language: Language) -> Citation | None:
        if asked.told == "several" and tally.count == 1:
            (row,) = tally.rows
            told = self._notes.listing_often(row.methods[0].method_id, row.number, language)
            if told:
                return told
        top = asked.told == "categories" and tally.best and asked.years is None
        number = tally.best[0].count if top else len(self._taxonomy.methods)
        return self._notes.counting(None, number, language)

    def _filing(self, category_id: str, language: Language) -> Filing:
        count = self._taxonomy.count(category_id)
        told = self._notes.counting(category_id, count, language) or self._notes.definition(category_id, language)
        return self._filer.of_category(category_id, told, "companion list")


def _of(groups: Iterable[CategoryGroup], years: Years | None) -> Iterable[CategoryGroup]:
    """Yield groups with the methods of some years only, without those that have none."""
    for group in groups:
        kept = tuple(method for method in group.methods if _is_within(method, years))
        if kept:
            yield replace(group, methods=kept)


def _is_within(method: Method, years: Years | None) -> bool:
    if years is None:
        return True
    first, last = years
    return method.year is not None and (first or 0) <= method.year <= (last or method.year)


def _ranked(tally: Tally, rows: Sequence[Counted]) -> Tally:
    """Return a tally with its rows in order, and those that are asked for: all with the number of the place asked."""
    ordered = tuple(sorted(rows, key=lambda row: -tally.order * row.count))
    counts = list(dict.fromkeys(row.count for row in ordered))
    wanted = counts[tally.place - 1] if tally.place <= len(counts) else None
    return replace(tally, rows=ordered, best=tuple(row for row in ordered if row.count == wanted))


def _by_name(methods: Iterable[Method]) -> tuple[Method, ...]:
    return tuple(sorted(methods, key=lambda method: method.name.casefold()))

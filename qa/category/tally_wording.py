"""A CategoryAnswer with a Tally in, its lines in the question's language out, without marks. Decides nothing."""

from collections.abc import Callable, Iterable, Sequence

from index.load import Language
from qa.category.answer import CategoryAnswer, Counted, Filing, Tally, Years

_WORDS: dict[str, dict[Language, str]] = {
    "all": {"ko": "서베이의 분류 체계 전체", "en": "The survey's whole taxonomy"},
    "number": {"ko": "{name}{years}: 방법 {count}개", "en": "{name}{years}: {count} methods"},
    "filings": {
        "ko": "{line}, 여러 범주에 실린 것이 있어 항목은 {filings}개",
        "en": "{line}, in {filings} entries, as some stand under several categories",
    },
    "none": {"ko": "{name}{years}: 실린 방법이 없습니다.", "en": "{name}{years}: no methods are listed."},
    "best": {
        "ko": "{of}방법이 {rank} {many} 범주는 {names}입니다({count}개).",
        "en": "{of}the {rank}{many} methods are under {names} ({count}).",
    },
    "better": {
        "ko": "방법이 더 {many} 범주는 {names}입니다({count}개).",
        "en": "{many} methods are under {names} ({count}).",
    },
    "lower": {
        "ko": "그 아래 범주까지 따로 세면 {names}입니다({count}개).",
        "en": "Of the categories below these: {names} ({count}).",
    },
    "best year": {
        "ko": "{of}방법이 {rank} {many} 나온 해는 {names}년입니다({count}개).",
        "en": "{of}the {rank}{many} methods are of {names} ({count}).",
    },
    "no place": {"ko": "{of}그 순위에 드는 것이 없습니다.", "en": "{of}there is none in that place."},
    "further": {"ko": "그 밖의 범주 {count}개", "en": "{count} further categories"},
    "own": {"ko": "바로 아래에 실린 것: {count}개", "en": "directly under it: {count}"},
    "years": {"ko": "{name}: 나온 해별 방법 수", "en": "{name}: methods by year"},
    "parts": {"ko": "{name}: 하위 범주 {count}개", "en": "{name}: {count} subcategories"},
    "top": {"ko": "{name}: 최상위 범주 {count}개", "en": "{name}: {count} top-level categories"},
    "no parts": {
        "ko": "{name}: 하위 범주 없이 방법 {count}개가 바로 실려 있습니다.",
        "en": "{name}: no subcategories; {count} methods stand directly under it.",
    },
    "levels": {"ko": "서베이의 분류 체계는 {count}단계입니다.", "en": "The survey's taxonomy has {count} levels."},
    "level": {"ko": "{number}단계: 범주 {count}개", "en": "Level {number}: {count} categories"},
    "several": {
        "ko": "{name}: {number}곳{above} 실린 방법 {count}개",
        "en": "{name}: {count} methods in {number}{above} places",
    },
    "above": {"ko": " 이상에", "en": " or more"},
    "exactly": {"ko": "에", "en": ""},
    "once": {"ko": "{name}: 한 곳에만 실린 방법 {count}개", "en": "{name}: {count} methods in one place only"},
    "both": {"ko": "{name} 모두에 실린 방법 {count}개", "en": "In each of {name}: {count} methods"},
    "places": {"ko": "{number}곳: {names}", "en": "{number} places: {names}"},
    "row": {"ko": "{name}: {count}개", "en": "{name}: {count}"},
    "year": {"ko": "{number}년: {count}개", "en": "{number}: {count}"},
    "since": {"ko": "{first}년 이후", "en": "{first} or later"},
    "until": {"ko": "{last}년 이전", "en": "{last} or earlier"},
    "within": {"ko": "{first}–{last}년", "en": "{first}–{last}"},
    "in": {"ko": "{first}년", "en": "{first}"},
}
_RANK: dict[Language, tuple[str, ...]] = {
    "ko": ("가장", "두 번째로", "세 번째로", "네 번째로"),
    "en": ("", "second ", "third ", "fourth "),
}
_MANY: dict[Language, dict[int, str]] = {"ko": {1: "많은", -1: "적은"}, "en": {1: "most", -1: "fewest"}}
_MORE: dict[Language, dict[int, str]] = {"ko": _MANY["ko"], "en": {1: "More", -1: "Fewer"}}
_MANY_OF_YEAR: dict[int, str] = {1: "많이", -1: "적게"}
_MOST_ROWS = 8  # of categories that are ranked
_SINGULAR = {" 1 methods": " 1 method", " 1 subcategories": " 1 subcategory", " 1 categories": " 1 category"}


def tallied(answer: CategoryAnswer, marks: Callable[[Iterable[Filing]], str]) -> list[str]:
    """Return what was counted: a line that tells it, then items. `marks` numbers what bears filings out."""
    tally, language = answer.tally, answer.language
    if tally is None:
        return []
    name = answer.name or _say("all", language)
    if tally.told == "names":
        items = [
            f"{group.category.name(language)} ({group.count}): {', '.join(method.dated for method in group.methods)}"
            for group in answer.groups
        ]
    elif tally.places == (1, 1):  # most of all: named by the map, too many for an answer
        items = []
    else:
        shown = max(_MOST_ROWS, len(tally.best)) if tally.told == "categories" else len(tally.rows)
        items = [_row(row, tally, language) for row in tally.rows[:shown]]
        if len(tally.rows) > shown:
            items.append(_say("further", language, count=len(tally.rows) - shown))
    lower = {row.path for row in tally.lower}
    mark = marks(filing for filing in answer.categories if filing.path not in lower)
    lines = [_head(answer, tally, name) + mark, *(f"- {item}{mark if lower else ''}" for item in items)]
    if lower:
        lines.append(_lower(tally, language) + marks(filing for filing in answer.categories if filing.path in lower))
    return [_singular(line) for line in lines]


def _head(answer: CategoryAnswer, tally: Tally, name: str) -> str:
    language, years = answer.language, _years(tally.years, answer.language)
    if tally.told == "levels":
        return _say("levels", language, count=len(tally.rows))
    if tally.told == "parts":
        what, count = ("parts" if answer.category else "top", tally.count)
        if not tally.rows:
            what, count = "no parts", tally.filings
        return _say(what, language, name=name, count=count)
    if tally.told == "both":
        return _say("both", language, name=f"{name}{years}", count=tally.count)
    if tally.told == "several":
        lowest, highest = tally.places
        what = "once" if highest == 1 else "several"
        above = _say("exactly" if highest else "above", language)
        return _say(what, language, name=f"{name}{years}", count=tally.count, number=lowest, above=above)
    if tally.order:
        return _best(answer, tally)
    if tally.told == "years":
        return _say("years", language, name=f"{name}{years}")
    if not tally.count:
        return _say("none", language, name=name, years=years)
    line = _say("number", language, name=name, years=years, count=tally.count)
    return line if tally.count == tally.filings else _say("filings", language, line=line, filings=tally.filings)


def _best(answer: CategoryAnswer, tally: Tally) -> str:
    language = answer.language
    scope = "".join((answer.name, _years(tally.years, language))).removeprefix(", ")
    of = f"{scope}: " if scope else ""
    if not tally.best:
        return _capital(_say("no place", language, of=of))
    count = tally.best[0].count
    rank = _RANK[language][tally.place - 1]
    if tally.told == "years":
        many = _MANY_OF_YEAR[tally.order] if language == "ko" else _MANY[language][tally.order]
        names = ", ".join(str(row.number) for row in tally.best)
        return _capital(_say("best year", language, of=of, rank=rank, many=many, names=names, count=count))
    names = ", ".join(_told(row, tally.rows, language) for row in tally.best)
    if len(tally.rows) == 2 and answer.category is None:  # "which has more?"
        return _say("better", language, many=_MORE[language][tally.order], names=names, count=count)
    many = _MANY[language][tally.order]
    return _capital(_say("best", language, of=of, rank=rank, many=many, names=names, count=count))


def _lower(tally: Tally, language: Language) -> str:
    names = ", ".join(_told(row, tally.lower, language) for row in tally.lower)
    return _say("lower", language, names=names, count=tally.lower[0].count)


def _row(row: Counted, tally: Tally, language: Language) -> str:
    if tally.told == "both":
        return ", ".join(method.dated for method in row.methods)
    if tally.told == "several":
        return _say("places", language, number=row.number, names=", ".join(method.dated for method in row.methods))
    if row.own:
        return _say("own", language, count=row.count)
    if row.number:
        return _say("level" if tally.told == "levels" else "year", language, number=row.number, count=row.count)
    return _say("row", language, name=_told(row, tally.rows, language), count=row.count)


def _told(row: Counted, rows: Sequence[Counted], language: Language) -> str:
    """Return a category's name, with the one above it where the rows are of several."""
    above = {other.path[:-1] for other in rows if other.path and not other.own}
    names = row.names(language)
    return " › ".join(names[-2:]) if len(above) > 1 else names[-1]


def _years(years: Years | None, language: Language) -> str:
    if years is None:
        return ""
    first, last = years
    what = "since" if last is None else "until" if first is None else "in" if first == last else "within"
    return ", " + _say(what, language, first=first, last=last)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _singular(line: str) -> str:
    for plural, singular in _SINGULAR.items():
        line = line.replace(plural, singular)
    return line


def _say(what: str, language: Language, **values: object) -> str:
    return _WORDS[what][language].format(**values)

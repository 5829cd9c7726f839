"""A question in, the things that it names out, in order: methods, models, papers, terms, and words that only ask.

Says of each what sort of thing it is and how it is called in the other language. Knows no conversation.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from index.analyse import Analyser, is_name_like
from index.load import Language
from qa.category.names import TAIL, Mention, NameFinder, key_of
from qa.category.taxonomy import Taxonomy
from qa.converse import naming, words
from qa.converse.names import BENCHMARK, MODEL, SIZE, latin_names, sort_of
from qa.question.query import question_language, topic_terms
from qa.words.bridge import Bridge, Unit
from qa.words.patterns import compiled
from qa.words.spelling import TextNames

# A name is what a question is usually about; a term is a topic without one; the rest says nothing alone.
Sort = Literal["method", "category", "model", "benchmark", "work", "name", "acronym", "term", "general", "asking"]
NAMES: frozenset[Sort] = frozenset({"method", "category", "model", "benchmark", "work", "name"})
SPECIFIC: frozenset[Sort] = NAMES | {"acronym", "term"}
SURVEY, SELF, COMPANION_LIST = "survey", "self", "list"  # keys of the works that go by no other name
TEXTS = (SURVEY, SELF, COMPANION_LIST)

_REMEMBERED = 2_000
_NO_NAMES = TextNames()
_LIKELY = 0.3  # the weight of a rendering
_UNKNOWN = 0.97  # the rarity of a word that no table has
_EVERYDAY = 0.42  # an English word less rare than that says nothing alone
_WORKS = (
    (compiled(naming.SURVEY), SURVEY, "서베이", "the survey"),
    (compiled(naming.SELF), SELF, "이 논문", "this paper"),
    (compiled(naming.COMPANION_LIST), COMPANION_LIST, "동반 목록", "the companion list"),
)
_NUMBERED = compiled(naming.NUMBERED)
_WORK_NOUN = compiled(naming.WORK_NOUNS)
_VERSION_KO = re.compile(rf" ?({'|'.join(naming.VERSIONS)})")
_PARTICLES = re.compile(
    r"이?랑|은|는|이|가|도|만|의|요|는요|은요|이요|로|을|를|와|과|엔|에선|한테|으론|론|으로|으로는|로는|이란|란|이라는|라는"
)
_PARTICLE_KO = re.compile(r"(?:은|는|이|가|을|를|의|에|에서|로|와|과|도|만)$")
_VERB_ENDING = re.compile(
    r"(?:[짐림힘짐됨움김듦]|대|지|야|요|줘|나|까|어|아|해|냐|니|음|임|데|죠|네|내|봐|와|워|려|러|져|쳐|돼|써|래|고|며)$"
)
_MARKED_WORD = re.compile("(?P<word>[가-힣]{2,}?)(?:은|는|을|를|엔|에는|에선|에도) ")
_LONG_WORD_KO = re.compile(r"[가-힣]{4,}")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a text names, as `text[start:end]`, without a particle or an article.

    `key` is the same for all spellings of one thing; `ko` and `en` are its names; `forms` are all ways to write it in
    both languages, in lower case. `rarity` is that in general text, 0 to 1.
    """

    text: str
    start: int
    end: int
    sort: Sort
    key: str
    ko: str
    en: str
    forms: frozenset[str]
    rarity: float = 1.0

    def called(self, language: Language) -> str:
        """Return its name in a language."""
        return self.ko if language == "ko" else self.en

    @property
    def specific(self) -> bool:
        """Whether it says what a question is about."""
        return self.sort in SPECIFIC


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in one line, with its things in order, none over another."""

    text: str
    language: Language
    things: tuple[Thing, ...]

    @property
    def names(self) -> tuple[Thing, ...]:
        """The things that are names."""
        return tuple(thing for thing in self.things if thing.sort in NAMES)

    @property
    def specific(self) -> tuple[Thing, ...]:
        """The things that say what it is about."""
        return tuple(thing for thing in self.things if thing.specific)


def plain(text: str, sort: Sort, start: int = 0, key: str = "", ko: str = "", en: str = "") -> Thing:
    """Return a thing that is called alike in both languages unless `ko` and `en` say otherwise."""
    end = start + len(text)
    return Thing(text, start, end, sort, key or key_of(text), ko or text, en or text, frozenset({text.lower()}))


class ThingReader:
    """Reads questions; those read last are remembered."""

    def __init__(
        self,
        analyser: Analyser,
        bridge: Bridge,
        finder: NameFinder,
        taxonomy: Taxonomy,
        texts: Callable[[], TextNames] = lambda: _NO_NAMES,
    ) -> None:
        """Take what reads words and names, and what gives the names of the Library's texts."""
        self._analyser, self._bridge, self._finder, self._taxonomy = analyser, bridge, finder, taxonomy
        self._texts = texts
        self._whole = self._stems(words.ABOUT_THE_WHOLE)
        self._asking = self._whole | self._stems(words.ASKING)
        self._light = self._asking | self._stems(words.GENERAL)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._read)

    def read(self, text: str) -> Reading:
        """Return what a text names."""
        return self._known(text, self._texts())

    def calls_a_text(self, thing: Thing) -> bool:
        """Whether a thing is what a text of the user's own goes by."""
        return any((one.start, one.end) == (0, len(thing.text)) for one in self._texts().found(thing.text))

    def about_the_whole(self, thing: Thing) -> bool:
        """Whether it is asked of a thing as a whole: its limits, its authors, its licence."""
        return thing.text.lower() in self._whole or set(self._analyser.words(thing.text)) <= self._whole

    def _stems(self, listed: str) -> frozenset[str]:
        found = listed.split()
        stems = [self._analyser.words(word) for word in found]
        return frozenset(found) | {terms[0] for terms in stems if len(terms) == 1}

    def _read(self, text: str, texts: TextNames) -> Reading:
        latin = [plain(text[start:end], sort_of(text[start:end]), start) for start, end in latin_names(text)]
        found: list[Thing] = []
        called = [plain(text[one.start : one.end], "name", one.start) for one in texts.found(text)]
        for thing in (*self._filed(text, latin), *_works(text), *latin, *called, *self._units(text)):
            if not any(thing.start < other.end and other.start < thing.end for other in found):
                found.append(thing)
        found.sort(key=lambda thing: thing.start)
        return Reading(text, question_language(text), tuple(_joined(found, text)))

    def _filed(self, text: str, latin: Sequence[Thing]) -> Iterator[Thing]:
        """Yield the methods and categories of the taxonomy; a longer Latin name around one wins over it."""
        for mention in self._finder.find(text):
            around = next((n for n in latin if n.start <= mention.start and mention.end <= n.end), None)
            if around is not None and around.sort == "acronym":
                around = None
            whole = around is not None and key_of(around.text) == key_of(mention.written)
            if BENCHMARK.fullmatch(mention.written) or not (mention.certain or whole):
                continue
            if around is None or mention.end - mention.start >= around.end - around.start:
                yield self._of_mention(mention, text)

    def _of_mention(self, mention: Mention, text: str) -> Thing:
        key = mention.ids[0]
        if mention.kind == "method":
            method = self._taxonomy.methods[key]
            known = {method.name, method.title, *method.aliases, *method.aliases_ko}
            sort: Sort = "model" if MODEL.match(mention.written) else "method"
            ko = en = method.name
        else:
            category = self._taxonomy.categories[key]
            known = {category.name_ko, category.name_en, *category.aliases_ko, *category.aliases_en}
            sort, ko, en = "category", category.name_ko, category.name_en
        start, end = _without_particle(mention, text, {key_of(name) for name in known})
        written = text[start:end]
        if sort == "category" and (unit := self._entry(written)) is not None:
            ko, en = _rendered(unit, "ko"), _rendered(unit, "en")
            key = re.sub(r"s$", "", key_of(en))  # one category may go by the names of several things
        ko, en = (written, en) if re.search("[가-힣]", written) else (ko, written)
        return Thing(written, start, end, sort, key, ko, en, frozenset({ko.lower(), en.lower()}))

    def _entry(self, text: str) -> Unit | None:
        """Return the glossary's entry for a text, None where it has none for all of it."""
        units = self._bridge.units(self._analyser.terms(text), text)
        return units[0] if len(units) == 1 and _rendered(units[0], "en") != _rendered(units[0], "ko") else None

    def _units(self, text: str) -> Iterator[Thing]:
        """Yield what is left of the question's topic: glossary entries and single words."""
        at = 0
        for unit in self._bridge.units(topic_terms(text, self._analyser), text):
            start = text.find(unit.written, at)
            start = text.find(unit.written) if start < 0 else start
            if start >= 0:
                at = start + 1
                yield from self._unit(unit, text, start)

    def _unit(self, unit: Unit, text: str, start: int) -> Iterator[Thing]:
        apart = _MARKED_WORD.match(unit.written)
        if apart is not None:  # "오염엔 강해" is no one term
            unit = replace(unit, written=apart["word"])
        end = start + len(unit.written)
        if "가" <= text[start] <= "힣" and not text[:start][-1:].isspace() and _PARTICLES.fullmatch(text, start, end):
            return
        if unit.rarity >= _UNKNOWN and re.search("(?:^|[^가-힣])[가-힣]$", text[:start]):
            start -= 1  # 크레이지: the analyser took 크 for a word
        word = _LONG_WORD_KO.match(text, start) if unit.rarity >= _UNKNOWN else None
        if word is not None and not TAIL.fullmatch(text[end : word.end()]):
            sort: Sort = "asking" if _is_predicate(unit, text, word.end()) else "term"
            yield plain(_PARTICLE_KO.sub("", word.group()), sort, start)  # the analyser knows only a part of it
            return
        sort = "asking" if _is_predicate(unit, text, end) else self._sort(unit)
        ko, en = _rendered(unit, "ko"), _rendered(unit, "en")
        ko, en = (ko, unit.written) if unit.language == "en" else (unit.written, en)
        forms = {form.written.lower() for side in unit.forms.values() for form in side if form.weight >= _LIKELY}
        yield Thing(unit.written, start, end, sort, key_of(unit.written), ko, en, frozenset(forms), unit.rarity)

    def _sort(self, unit: Unit) -> Sort:
        written, korean = unit.written.lower(), unit.language == "ko"
        if written.isdigit():
            return "general"
        if written in self._asking or self._asking.issuperset(unit.own) or unit.predicate:
            return "asking"
        if self._asking & set(unit.own) and self._light.issuperset(unit.own):
            return "asking"  # "핵심 아이디어"
        everyday = len(written) == 1 if korean else " " not in written and unit.rarity < _EVERYDAY
        if everyday or written in self._light or self._light.issuperset(unit.own):
            return "general"
        if korean and is_name_like(_rendered(unit, "en")):
            return "model" if MODEL.match(_rendered(unit, "en")) else "name"
        return "term"


def _works(text: str) -> Iterator[Thing]:
    for pattern, key, ko, en in _WORKS:
        yield from (plain(found.group(), "work", found.start(), key, ko, en) for found in pattern.finditer(text))
    yield from (plain(found.group(), "name", found.start()) for found in _NUMBERED.finditer(text))


def _rendered(unit: Unit, language: Language) -> str:
    """Return how the glossary calls a unit in a language, or how it is written where the glossary says nothing."""
    named = (form.written for form in unit.forms[language] if form.weight >= 1 and form.written != unit.written)
    return next(named, unit.written)


def _without_particle(mention: Mention, text: str, known: set[str]) -> tuple[int, int]:
    """Return the span of a mention without the particle after it and the article before it."""
    start, end = mention.start, mention.end
    while end > start + 1 and "가" <= text[end - 1] <= "힣" and key_of(text[start:end]) not in known:
        end -= 1
    end = end if key_of(text[start:end]) in known else mention.end
    article = re.match(r"(?:the|an?) ", text[start:end], re.IGNORECASE)
    return start + (article.end() if article else 0), end


def _is_predicate(unit: Unit, text: str, end: int) -> bool:
    """Whether a Korean word that no table knows ends a question as a verb does."""
    if unit.language != "ko" or unit.rarity < _UNKNOWN or any(form.weight >= _LIKELY for form in unit.forms["en"]):
        return False
    rest = re.match("[가-힣]*", text[end:])
    end += rest.end() if rest else 0
    return " " in text.strip() and not text[end:].strip(" ?!.~") and bool(_VERB_ENDING.search(text[:end]))


def _joined(things: Sequence[Thing], text: str) -> Iterator[Thing]:
    """Join a name with the noun for a work, the size or the version that follows it: "AGI 논문", "라마 3 405B"."""
    skipped_to = 0
    for at, thing in enumerate(things):
        if thing.start < skipped_to:
            continue
        following = things[at + 1] if at + 1 < len(things) else None
        whole = _with_size(thing, following, text) if thing.sort == "model" else thing
        whole = _with_noun(whole, text)
        skipped_to = whole.end
        yield whole


def _with_size(thing: Thing, following: Thing | None, text: str) -> Thing:
    end, more = thing.end, ""
    if following and SIZE.fullmatch(following.text) and text[thing.end : following.start] in (" ", "-"):
        end, more = following.end, following.text
    elif (version := _VERSION_KO.match(text, thing.end)) is not None:
        end, more = version.end(), naming.VERSIONS[version.group(1)]
    if end == thing.end:
        return thing
    written = text[thing.start : end]
    return replace(thing, text=written, end=end, key=key_of(f"{thing.en} {more}"), ko=written, en=f"{thing.en} {more}")


def _with_noun(thing: Thing, text: str) -> Thing:
    named = thing.specific and thing.key not in TEXTS and len(thing.text) > 1
    found = _WORK_NOUN.match(text, thing.end) if named else None
    if found is None:
        return thing
    ko, en = naming.WORK_NAMES[found["noun"].lower()]
    written = text[thing.start : found.end()]
    return replace(thing, text=written, end=found.end(), sort="work", ko=f"{thing.ko} {ko}", en=f"{thing.en} {en}")

"""A question in, the things that it names out, in order: methods, models, papers, terms, and words that only ask.

Says of each what sort of thing it is and how it is called in the other language. Knows no conversation.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from index.analyse import Analyser, is_name_like
from index.load import Language
from qa.bridge import Bridge, Unit
from qa.category.names import Mention, NameFinder, key_of
from qa.category.taxonomy import Taxonomy
from qa.converse import wording
from qa.query import question_language, topic_terms

# A name is what a question is usually about; a term is a topic without one; the rest says nothing alone.
Sort = Literal["method", "category", "model", "benchmark", "work", "name", "acronym", "term", "general", "asking"]
NAMES: frozenset[Sort] = frozenset({"method", "category", "model", "benchmark", "work", "name"})
SPECIFIC: frozenset[Sort] = NAMES | {"acronym", "term"}

_REMEMBERED = 2_000
_LIKELY = 0.3
_UNKNOWN = 0.97
_EVERYDAY = 0.42  # a word less rare than that says nothing alone
_PARTICLES = re.compile(r"(?:이?랑|은|는|이|가|도|만|의|요|는요|은요|이요|로|을|를|와|과|엔|에선|한테)")
_VERB_ENDING = re.compile(r"(?:대|지|야|요|줘|나|까|어|아|해|냐|니|음|임|데|죠|네|내|봐|와|워|려|러|져|쳐|돼|써|래|고|며)$")
_MODEL = re.compile(wording.MODEL_NAMES, re.IGNORECASE)
_BENCHMARK = re.compile(wording.BENCHMARK_NAMES)
_ACRONYM = re.compile(wording.ACRONYMS)
_LATIN = re.compile(r"[A-Za-zÀ-ÿ0-9](?:[\wÀ-ÿ.+&/-]*[A-Za-zÀ-ÿ0-9π+])?(?:’s|'s)?", re.ASCII)
_NUMBERED = re.compile(wording.NUMBERED, re.IGNORECASE)
_WORK = re.compile(wording.WORK_NOUNS, re.IGNORECASE)
_TITLE = re.compile(r"\b[A-Z][\w'-]*(?: [A-Z][\w'-]*){3,}", re.ASCII)
_LIST = re.compile(wording.COMPANION_LIST, re.IGNORECASE)
_SURVEY = re.compile(wording.SURVEY, re.IGNORECASE)
_ENGLISH_WORD = re.compile(wording.ENGLISH_WORDS, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a text names, as `text[start:end]`, without a particle or an article.

    `key` is the same for all spellings of one thing; `called` is its name in Korean and in English; `forms` are all
    ways to write it in both, in lower case. `rarity` is that in general text, 0 to 1.
    """

    text: str
    start: int
    end: int
    sort: Sort
    key: str
    ko: str
    en: str
    forms: frozenset[str] = frozenset()
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


class ThingReader:
    """Reads questions; those read last are remembered."""

    def __init__(self, analyser: Analyser, bridge: Bridge, finder: NameFinder, taxonomy: Taxonomy) -> None:
        self._analyser, self._bridge, self._finder, self._taxonomy = analyser, bridge, finder, taxonomy
        self._asking = self._stems(wording.ABOUT_THE_WHOLE, wording.ASKING)
        self._general = self._stems(wording.GENERAL) - self._asking
        self._whole = self._stems(wording.ABOUT_THE_WHOLE)
        self.read = lru_cache(maxsize=_REMEMBERED)(self._read)

    def about_the_whole(self, thing: Thing) -> bool:
        """Whether it is asked of a thing as a whole: its limits, its authors, its licence."""
        return thing.text.lower() in self._whole or set(self._analyser.words(thing.text)) <= self._whole

    def _stems(self, *lists: str) -> frozenset[str]:
        words = [word for text in lists for word in text.split()]
        stems = [self._analyser.words(word) for word in words]
        return frozenset(words) | {found[0] for found in stems if len(found) == 1}

    def _read(self, text: str) -> Reading:
        found: list[Thing] = []
        for thing in (*self._filed(text), *self._works(text), *_latin(text), *self._units(text)):
            if not any(thing.start < other.end and other.start < thing.end for other in found):
                found.append(thing)
        found.sort(key=lambda thing: thing.start)
        return Reading(text, question_language(text), tuple(_joined(found, text)))

    def _filed(self, text: str) -> Iterator[Thing]:
        """Yield the methods and categories of the taxonomy; a longer Latin name around one wins over it."""
        longer = [thing for thing in _latin(text) if thing.sort != "acronym"]
        for mention in self._finder.find(text):
            around = next((n for n in longer if n.start <= mention.start and mention.end <= n.end), None)
            if _BENCHMARK.fullmatch(mention.written) or not mention.certain and not (around and key_of(around.text) == key_of(mention.written)):
                continue
            if around and mention.end - mention.start < around.end - around.start:
                continue
            yield self._of_mention(mention, text)

    def _of_mention(self, mention: Mention, text: str) -> Thing:
        written, start = mention.written, mention.start
        key = mention.ids[0]
        if mention.kind == "method":
            sort: Sort = "model" if _MODEL.match(written) else "method"
            method = self._taxonomy.methods[key]
            names = [method.name, method.title, *method.aliases, *method.aliases_ko]
            ko = en = method.name
        else:
            sort = "category"
            category = self._taxonomy.categories[key]
            names = [category.name_ko, category.name_en, *category.aliases_ko, *category.aliases_en]
            ko, en = category.name_ko, category.name_en
        end = mention.end
        keys = {key_of(name) for name in names}
        while end > start + 1 and "가" <= text[end - 1] <= "힣" and key_of(text[start:end]) not in keys:
            end -= 1  # a particle
        if key_of(text[start:end]) not in keys:
            end = mention.end
        article = re.match(r"(?:the|a|an) ", text[start:end], re.IGNORECASE)
        start += article.end() if article else 0
        written = text[start:end]
        if sort == "category" and (unit := self._unit(written)) is not None:
            ko, en = _name(unit, "ko"), _name(unit, "en")
            key = re.sub(r"s$", "", key_of(en))  # one category may go by the names of several things
        korean = bool(re.search("[가-힣]", written))
        ko, en = (written, en) if korean else (ko, written)
        return Thing(written, start, end, sort, key, ko, en, frozenset({ko.lower(), en.lower()}))

    def _unit(self, text: str) -> Unit | None:
        """Return the glossary's entry for a text, None where it has none for all of it."""
        units = self._bridge.units(self._analyser.terms(text), text)
        return units[0] if len(units) == 1 and _name(units[0], "en") != _name(units[0], "ko") else None

    def _works(self, text: str) -> Iterator[Thing]:
        for found in _SURVEY.finditer(text):
            written = found.group()
            yield Thing(written, *found.span(), "work", "survey", "서베이", "the survey", frozenset({written.lower()}))
        for found in _LIST.finditer(text):
            written = found.group()
            yield Thing(written, *found.span(), "work", "list", "동반 목록", "the companion list", frozenset({written.lower()}))
        for found in _NUMBERED.finditer(text):
            written = found.group()
            yield Thing(written, *found.span(), "name", key_of(written), written, written, frozenset({written.lower()}))

    def _units(self, text: str) -> Iterator[Thing]:
        """Yield what is left of the question's topic: glossary entries and single words."""
        at = 0
        for unit in self._bridge.units(topic_terms(text, self._analyser), text):
            start = text.find(unit.written, at)
            start = text.find(unit.written) if start < 0 else start
            if start < 0:
                continue
            at = start + 1
            end = start + len(unit.written)
            if start and re.match("[가-힣]", text[start]) and not text[start - 1].isspace() and _PARTICLES.fullmatch(text, start, end):
                continue
            ko, en = (_name(unit, "ko"), unit.written) if unit.language == "en" else (unit.written, _name(unit, "en"))
            sort: Sort = "asking" if _is_predicate(unit, text, end) else self._sort(unit)
            forms = {form.written.lower() for side in unit.forms.values() for form in side if form.weight >= _LIKELY}
            yield Thing(unit.written, start, end, sort, key_of(unit.written), ko, en, frozenset(forms), unit.rarity)

    def _sort(self, unit: Unit) -> Sort:
        written = unit.written.lower()
        if written.isdigit():
            return "general"
        if written in self._asking or self._asking.issuperset(unit.own):
            return "asking"
        light = self._asking | self._general
        if " " not in written and unit.rarity < _EVERYDAY and unit.language == "en":
            return "general"
        if unit.language == "ko" and len(written) == 1:
            return "general"
        if unit.predicate:
            return "asking"
        if written in light or light.issuperset(unit.own):
            return "general"
        if unit.language == "ko" and is_name_like(_name(unit, "en")):
            return "model" if _MODEL.match(_name(unit, "en")) else "name"
        return "term"


def _name(unit: Unit, language: Language) -> str:
    """Return how the glossary calls a unit in a language, or how it is written where the glossary says nothing."""
    for form in unit.forms[language]:
        if form.weight >= 1 and form.written != unit.written:
            return form.written
    return unit.written


def _is_predicate(unit: Unit, text: str, end: int) -> bool:
    """Whether a Korean word that no table knows ends a question as a verb does."""
    if unit.language != "ko" or unit.rarity < _UNKNOWN or unit.forms["en"]:
        return False
    rest = re.match("[가-힣]*", text[end:])
    end += rest.end() if rest else 0
    last = not text[end:].strip(" ?!.~") and " " in text.strip()
    return last and bool(_VERB_ENDING.search(text[:end]))


def _latin(text: str) -> Iterable[Thing]:
    """Yield the runs of words in Latin letters that are written like names."""
    korean = bool(re.search("[가-힣]", text))
    titles = [found.span() for found in _TITLE.finditer(text)]
    for start, end in titles:
        written = text[start:end]
        yield Thing(written, start, end, "name", key_of(written), written, written, frozenset({written.lower()}))
    run: list[re.Match[str]] = []
    for word in _LATIN.finditer(text):
        if run and (text[run[-1].end() : word.start()] != " " or _parts(run[-1].group(), word.group())):
            yield from _run(run, text)
            run = []
        if _is_name(word, text, korean, bool(run)):
            run.append(word)
        else:
            yield from _run(run, text)
            run = []
    yield from _run(run, text)


def _is_name(word: re.Match[str], text: str, korean: bool, follows: bool) -> bool:
    written = re.sub(r"(?:’s|'s)$", "", word.group())
    if written[0].isdigit():
        return (follows or bool(re.fullmatch(r"\d+(?:\.\d+)?[BM](?:-\w+)*", written))) and not re.fullmatch(
            r"\d{4,}", written
        )
    if is_name_like(written):
        return not (written.isupper() and _ENGLISH_WORD.fullmatch(written))
    if not written[0].isupper() or _ENGLISH_WORD.fullmatch(written):
        return False
    begins = not text[: word.start()].strip()  # a capital there says nothing or bool(re.search(r"[.?!:]\s*$", text[: word.start()]))
    after = text[word.end() : word.end() + 2]
    return korean or not begins or bool(re.fullmatch(r" [A-Z]", after)) or len(text.split()) == 1


def _parts(before: str, word: str) -> bool:
    """Whether a name ends before a word that is written like one too: "ChatGLM GSM8K", "Qwen2's MMLU"."""
    kinds = (_BENCHMARK, _ACRONYM)
    return bool(re.search(r"['’]s$", before)) or any(kind.fullmatch(one) for kind in kinds for one in (before, word))


def _run(words: Sequence[re.Match[str]], text: str) -> Iterator[Thing]:
    if words:
        start = words[0].start()
        written = re.sub(r"(?:’s|'s)$", "", text[start : words[-1].end()])
        sort, forms = _sort_of_name(written), frozenset({written.lower()})
        yield Thing(written, start, start + len(written), sort, key_of(written), written, written, forms)


def _sort_of_name(written: str) -> Sort:
    if _ACRONYM.fullmatch(written):
        return "acronym"
    if _BENCHMARK.fullmatch(written):
        return "benchmark"
    return "model" if _MODEL.match(written) or re.match(r"\d", written) else "name"


def _joined(things: Sequence[Thing], text: str) -> Iterator[Thing]:
    """Join a name or term with the noun for a work that follows it: "AGI" and "논문" are one thing."""
    skipped_to = 0
    for thing in things:
        if thing.start < skipped_to:
            continue
        names_it = thing.sort in SPECIFIC and thing.key not in ("survey", "list") and len(thing.text) > 1
        noun = _WORK.match(text, thing.end) if names_it else None
        if noun is None:
            yield thing
            continue
        skipped_to = noun.end()
        ko, en = wording.WORK_NAMES.get(noun["noun"].lower(), (noun["noun"], noun["noun"]))
        yield replace(
            thing,
            text=text[thing.start : noun.end()],
            end=noun.end(),
            sort="work",
            ko=f"{thing.ko} {ko}",
            en=f"{thing.en} {en}",
        )

"""An item of a list by its number in, the question with that item out: "두 번째 거 더 자세히", "and the third?"."""

import re
from collections.abc import Callable, Iterator, Sequence

from qa.converse.focus import Focus, subjects
from qa.converse.listing import Listing, best, counts
from qa.converse.phrase import definite
from qa.converse.reference import OF_TWO, ONE_BEFORE, Reference
from qa.converse.talk import Antecedent, Rewritten, Talk
from qa.converse.turn import body
from qa.words.particles import put, with_particle
from qa.words.patterns import compiled

_SECTIONS = 3  # turns whose cited sections are looked through
_BARE_KO = re.compile("(?:은|는|이|가|도)?요?")
_BARE_EN = compiled(r"(?:(?:what|how) about|and|or)?\s*(?:for|in|on)?\s*")
_WHAT_ABOUT = compiled(r"(?:what|how) about\b")
_PAIR = 2
_ANY_ITEM = frozenset("거 것 꺼 건 게 걸 놈 애 번 항목 one ones item option point".split()) | {"", OF_TWO}
_ANY_KIND = frozenset(
    """종류 유형 가지 방법 방식 기법 예 예시 kind kinds type types way ways method methods approach category example
    strategy technique""".split()
)
_Lists = Callable[[Talk, Focus], list[Listing]]
_Order = tuple[_Lists, Sequence[Focus], bool]


def pick(talk: Talk, one: Reference) -> Rewritten | None:
    """Return the question with the item that a number means: of a list, else of what was spoken about."""
    found = _listing(talk, one)
    if found is None:
        return _spoken_about(talk, one)
    focus, listing = found
    if sum(other.role == "item" for other in talk.back) > 1:
        return _several(talk, focus, listing)
    at = listing.position(one.number) or 0
    item = told_in(listing.items[at], talk)
    name = _qualified(item, focus, talk)
    text = talk.asked.text
    rest = body((text[: one.start] + " " + text[one.end :]).strip(" ?!.~"))
    if (_BARE_KO if talk.language == "ko" else _BARE_EN).fullmatch(rest) or _BARE_EN.fullmatch(rest):
        return _instead_of_sibling(talk, focus, listing.items, at) or _told(talk, focus, name)
    name = with_particle(name, one.particle) if one.particle else name
    return talk.completed(body(put(text, one.start, one.end, name)), focus, item)


def _spoken_about(talk: Talk, one: Reference) -> Rewritten | None:
    """Return the question with an earlier subject: "compare it with the first", "앞의 거랑 비교하면?"."""
    spoken = list(subjects(talk.found))[::-1]
    at = len(spoken) - 2 if one.number == ONE_BEFORE else one.number - 1
    if one.noun not in _ANY_ITEM or len(spoken) < 2 or not 0 <= at < len(spoken):
        return None
    name = spoken[at].text(talk.language)
    return talk.completed(body(put(talk.asked.text, one.start, one.end, name)), spoken[at], name)


def told_in(item: str, talk: Talk) -> str:
    """Return an item in the question's language, as far as the glossary knows how its parts are called there."""
    reading = talk.reader.read(item)
    if reading.language == talk.language or not reading.specific:
        return item
    return " ".join(thing.called(talk.language) for thing in reading.things)


def _listing(talk: Talk, one: Reference) -> tuple[Focus, Listing] | None:
    if one.noun == OF_TWO:
        for focus in talk.found[:_SECTIONS]:
            if len(focus.sides) == _PAIR:
                return focus, Listing("", tuple(thing.called(talk.language) for thing in focus.sides))
    for only_pairs in (True, False) if one.noun == OF_TWO else (False,):
        for lists, turns, strict in _orders(talk, one):
            for focus in turns:
                found = [listed for listed in lists(talk, focus) if not only_pairs or len(listed.items) == _PAIR]
                listing = best(found, one.number, one.noun, focus.reading.text, strict=strict)
                if listing is not None:
                    return focus, listing
    return None


def _orders(talk: Talk, one: Reference) -> Iterator[_Order]:
    """Yield where to look for a list, the likeliest first: one gone through, the last shown, one of a section."""
    last, older = talk.found[:1], talk.found[1:]
    if body(talk.asked.text) != talk.asked.text or _WHAT_ABOUT.match(talk.asked.text):  # "and the third?"
        yield _begun, older, False
    if one.noun not in _ANY_ITEM:
        yield _shown, talk.found, True
        yield _cited, talk.found[:_SECTIONS], True
    if one.noun not in _ANY_ITEM | _ANY_KIND:
        yield _counted, last, False
        return
    yield _shown, last, False
    yield _begun, older, False
    yield _cited, last, False
    yield _shown, older, False
    yield _cited, older[:_SECTIONS], False


def _shown(talk: Talk, focus: Focus) -> list[Listing]:
    """Return the lists of an answer, and the two names that its question sets side by side."""
    sides = tuple(thing.called(talk.language) for thing in focus.sides)
    pair = [Listing("", sides)] if len(sides) == _PAIR else []
    return [*pair, *talk.lister.shown(focus.answer)]


def _cited(talk: Talk, focus: Focus) -> list[Listing]:
    return talk.lister.cited(focus.answer, talk.cited(focus))


def _counted(talk: Talk, focus: Focus) -> list[Listing]:
    """Return the lists of as many as the question before asked for, whatever the answer calls them: "세 가지 주장"."""
    lists = [*talk.lister.shown(focus.answer), *_cited(talk, focus)]
    return [one for one in lists if len(one.items) in counts(focus.reading.text)]


def _begun(talk: Talk, focus: Focus) -> list[Listing]:
    """Return the lists that are being gone through: the question before asked about an item of them."""
    before = talk.before.text.lower()
    lists = [*_shown(talk, focus), *_cited(talk, focus)]
    return [one for one in lists if any(item.lower() in before for item in one.items)]


def _qualified(item: str, focus: Focus, talk: Talk) -> str:
    """Return an item with whose it is, unless it is a name or says so itself."""
    things = talk.reader.read(item).specific
    if item in [thing.called(talk.language) for thing in focus.sides]:
        return item
    whose = focus.text(talk.language)
    if any(thing.sort in ("method", "category", "model", "work") for thing in things):
        return item
    if {thing.key for thing in things} & focus.key or whose.lower() in item.lower():
        return item
    if len(things) > 1 and focus.subject[0].sort in ("method", "category", "term"):
        return item
    return f"{whose}의 {item}" if talk.language == "ko" else f"{item} of {definite(whose)}"


def _several(talk: Talk, focus: Focus, listing: Listing) -> Rewritten:
    """Return a question about several items of one list: "첫 번째랑 두 번째 차이"."""
    text = talk.asked.text
    told: list[Antecedent] = []
    for one in sorted(talk.back, key=lambda one: -one.start):
        at = listing.position(one.number) if one.role == "item" else None
        if at is not None:
            told.insert(0, Antecedent(told_in(listing.items[at], talk), focus.turn))
            text = put(text, one.start, one.end, told[0].text)
    return Rewritten(body(text), tuple(told))


def _instead_of_sibling(talk: Talk, focus: Focus, items: Sequence[str], at: int) -> Rewritten | None:
    """Return the question before with this item in place of another of the same list."""
    if talk.before.language != talk.language:
        return None
    before = talk.before.text
    for item in sorted(items, key=len, reverse=True):
        where = before.lower().find(item.lower())
        if item != items[at] and where >= 0:
            question = put(before, where, where + len(item), items[at])
            return Rewritten(question, (Antecedent(items[at], focus.turn), talk.asked_before()))
    return None


def _told(talk: Talk, focus: Focus, name: str) -> Rewritten:
    question = f"{name}에 대해 알려줘" if talk.language == "ko" else f"What is {name}?"
    return talk.completed(question, focus, name)

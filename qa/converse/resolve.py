"""Words that point back in, the question with what they mean in their place out: "it", "그 방법", "the second one"."""

import re
from collections.abc import Callable, Sequence

from qa.converse.focus import Focus, heading, subjects
from qa.converse.listing import Listing, best, counts
from qa.converse.phrase import definite, listed, possessive, put, with_particle
from qa.converse.refer import Reference
from qa.converse.talk import Antecedent, Rewritten, Talk
from qa.converse.turn import body

_BARE_ITEM_EN = re.compile(r"^(?:(?:what|how) about|and|or)?\s*(?:for|in|on)?\s*$", re.IGNORECASE)
_BARE_ITEM_KO = re.compile(r"(?:은|는|이|가|도)?요?")
_Lists = Callable[[Talk, Focus], list[Listing]]
_BESIDE_KO = frozenset(("전", "이전", "다음", "후", "이후"))
_PAPER = re.compile(r"논문|보고서|paper|report", re.IGNORECASE)
_SECTIONS = 3
_ANY_ITEM = frozenset(("", "거", "것", "꺼", "건", "게", "걸", "놈", "애", "번", "항목", "one", "ones", "item", "option", "point", "thing"))
_ANY_KIND = frozenset(
    """종류 유형 가지 방법 방식 기법 예 예시 kind kinds type types way ways method methods approach category example strategy
    technique""".split()
)
_SUCH = re.compile(r"(?:이런|그런|저런) |such ", re.IGNORECASE)
_NEUTRAL_EN = re.compile(r"(?:this|that|these|those)$", re.IGNORECASE)


def resolve(talk: Talk) -> Rewritten | None:
    """Return the question without words that point back, None where it has none or nothing that they can mean."""
    rules: dict[str, Callable[[Talk, Reference], Rewritten | None]] = {"item": _item, "pair": _pair}
    for one in talk.back:
        if one.role in rules and (done := rules[one.role](talk, one)) is not None:
            return done
    others = [one for one in talk.back if one.role not in rules]
    return _subject(talk, others) if others else None


def _subject(talk: Talk, pointing: Sequence[Reference]) -> Rewritten | None:
    focus = talk.subject()
    if focus is None:
        return None
    text = talk.asked.text
    if (kind := _of_that_kind(talk, pointing[0], focus)) is not None:
        return kind
    if len(pointing) > 1:  # "how do they fix it?": they are people
        pointing = [one for one in pointing if text[one.start : one.end].lower() not in ("they", "them")] or pointing
    narrow = any(one.role == "place" or _NEUTRAL_EN.match(text[one.start : one.end]) for one in pointing)
    name = talk.name_of(focus, close=narrow or focus.plain, anyhow=True)
    for one in sorted(pointing, key=lambda one: -one.start):
        if talk.language == "ko":
            text = put(text, one.start, one.end, _called_ko(one, name, focus))
        else:
            text = text[: one.start] + _called_en(one, name, focus) + text[one.end :]
    return talk.with_focus(body(text), focus, name)


def _of_that_kind(talk: Talk, one: Reference, focus: Focus) -> Rewritten | None:
    """Return a question about "such a method": the section's topic, where the subject is one method of several."""
    text, title = talk.asked.text, heading(focus.answer)
    if not _SUCH.match(text[one.start : one.end]) or focus.subject[0].sort != "method" or not title:
        return None
    if focus.answer.citations[0].language != talk.language:
        return None
    question = put(text, one.start, one.end, title) if talk.language == "ko" else text[: one.start] + title + text[one.end :]
    return talk.with_focus(body(question), focus, title)


def _called_ko(one: Reference, name: str, focus: Focus) -> str:
    if one.role == "place":
        return f"{name} 중" if one.noun else f"{name}에서"
    called = f"{name}의 {_noun(one, focus)}" if one.role == "noun" else name
    if one.noun in _BESIDE_KO or (_PAPER.fullmatch(one.noun) and focus.subject[0].sort != "work"):
        called = f"{name} {one.noun}"
    return with_particle(called, one.particle) if one.particle else called


def _called_en(one: Reference, name: str, focus: Focus) -> str:
    if one.role == "possessive":
        return possessive(name)
    if one.role == "place":
        return f"in {definite(name)}"
    if _PAPER.fullmatch(one.noun) and focus.subject[0].sort != "work":
        return definite(f"{name} {one.noun}")
    return f"the {_noun(one, focus)} of {definite(name)}" if one.role == "noun" else definite(name)


def _noun(one: Reference, focus: Focus) -> str:
    """Return a noun as the question before had it: "this figure" may be its "progress figure"."""
    fuller = (thing.text for thing in focus.scope if thing.text.lower().endswith(f" {one.noun.lower()}"))
    return next(fuller, one.noun)


def _pair(talk: Talk, one: Reference) -> Rewritten | None:
    pair = _several(talk, one)
    if pair is None:
        return None
    phrase = listed([text for text, _ in pair], talk.language)
    if one.noun == "between":
        return _compared(talk, one, phrase, pair)
    if one.noun == "of":
        phrase = f"{phrase} 중 " if talk.language == "ko" else f" of {phrase}"
    question = put(talk.asked.text, one.start, one.end, phrase)
    return Rewritten(body(question), tuple(Antecedent(text, turn) for text, turn in pair))


def _compared(talk: Talk, one: Reference, phrase: str, pair: Sequence[tuple[str, int]]) -> Rewritten:
    """Return "차이는?" and "compare them" with the two that are meant."""
    text = talk.asked.text
    if talk.language == "ko":
        joint = "을" if text[one.start :].startswith("비교") else "의"
        question = f"{with_particle(phrase, joint)} {body(text)}"
    elif re.search(r"compare$", text[: one.end], re.IGNORECASE):
        question = f"{text[: one.end]} {phrase}"
    else:
        question = f"{text[: one.end]} between {phrase}?"
    return Rewritten(body(question), tuple(Antecedent(name, turn) for name, turn in pair))


def _several(talk: Talk, one: Reference) -> list[tuple[str, int]] | None:
    """Return the two or three last set side by side: in a question, in an answer, or in turns after each other."""
    for focus in talk.found[:2]:
        names = list({thing.key: thing for thing in focus.reading.names}.values())
        if len(names) == one.number and focus.source == "question":
            return [(thing.called(talk.language), focus.turn) for thing in names]
        for listing in talk.lister.shown(focus.answer) if focus is talk.found[0] else ():
            if len(listing.items) == one.number or (one.noun == "first" and len(listing.items) > one.number):
                return [(_told_in(item, talk), focus.turn) for item in listing.items[: one.number]]
    different = list(subjects(talk.found))[: one.number]
    if len(different) < one.number:
        return None
    return [(focus.text(talk.language), focus.turn) for focus in reversed(different)]


def _told_in(item: str, talk: Talk) -> str:
    """Return an item in the question's language, as far as the glossary knows how its parts are called there."""
    reading = talk.reader.read(item)
    if reading.language == talk.language or not reading.specific:
        return item
    return " ".join(thing.called(talk.language) for thing in reading.things)


def _item(talk: Talk, one: Reference) -> Rewritten | None:
    found = _listing(talk, one)
    if found is None:
        return None
    focus, listing = found
    at = listing.position(one.number) or 0
    name = _qualified(_told_in(listing.items[at], talk), focus, talk)
    text = talk.asked.text
    if len([other for other in talk.back if other.role == "item"]) > 1:
        return _items(talk, focus, listing)
    rest = body((text[: one.start] + " " + text[one.end :]).strip(" ?!.~"))
    if _BARE_ITEM_KO.fullmatch(rest) or _BARE_ITEM_EN.match(rest):
        return _instead_of_sibling(talk, focus, listing.items, at) or _told(talk, focus, name)
    if one.particle:
        name = with_particle(name, one.particle)
    return Rewritten(body(put(text, one.start, one.end, name)), (Antecedent(listing.items[at], focus.turn),))


def _items(talk: Talk, focus: Focus, listing: Listing) -> Rewritten:
    """Return a question about several items of one list: "첫 번째랑 두 번째 차이"."""
    text = talk.asked.text
    told = []
    for one in sorted(talk.back, key=lambda one: -one.start):
        at = listing.position(one.number) if one.role == "item" else None
        if at is not None:
            name = _told_in(listing.items[at], talk)
            text = put(text, one.start, one.end, name)
            told.append(Antecedent(name, focus.turn))
    return Rewritten(body(text), tuple(reversed(told)))


def _listing(talk: Talk, one: Reference) -> tuple[Focus, Listing] | None:
    """Return the latest list that has an item of that number: one that was shown, else one of a section cited."""
    last, older = talk.found[:1], talk.found[1:]
    orders: list[tuple[_Lists, Sequence[Focus], bool]] = [(_begun, older, False)] if _goes_on(talk) else []
    if one.noun not in _ANY_ITEM:
        orders += [(_shown, talk.found, True), (_cited, talk.found[:_SECTIONS], True)]
    if one.noun not in _ANY_ITEM and one.noun not in _ANY_KIND:
        orders += [(_counted, last, False)]
    else:
        orders += [(_shown, last, False), (_begun, older, False), (_cited, last, False)]
        orders += [(_shown, older, False), (_cited, older[:_SECTIONS], False)]
    for lists, turns, strict in orders:
        for focus in turns:
            listing = best(lists(talk, focus), one.number, one.noun, focus.reading.text, strict=strict)
            if listing is not None:
                return focus, listing
    return None


def _shown(talk: Talk, focus: Focus) -> list[Listing]:
    return [*_names_of(talk, focus), *talk.lister.shown(focus.answer)]


def _cited(talk: Talk, focus: Focus) -> list[Listing]:
    return talk.lister.cited(focus.answer, talk.cited(focus))


def _counted(talk: Talk, focus: Focus) -> list[Listing]:
    """Return the lists of as many as the question before asked for: "세 가지 주장", which the answer may call otherwise."""
    lists = [*talk.lister.shown(focus.answer), *_cited(talk, focus)]
    return [one for one in lists if len(one.items) in counts(focus.reading.text)]


def _begun(talk: Talk, focus: Focus) -> list[Listing]:
    """Return the lists that are being gone through: the question before asked about an item of them."""
    before = talk.last.question.lower()
    lists = [*_shown(talk, focus), *_cited(talk, focus)]
    return [one for one in lists if any(item.lower() in before for item in one.items)]


def _goes_on(talk: Talk) -> bool:
    """Whether the question goes on with the next of several things: "and the third?", "그럼 세 번째는?"."""
    text = talk.asked.text
    return body(text) != text or bool(re.match(r"(?:what|how) about\b", text, re.IGNORECASE))


def _names_of(talk: Talk, focus: Focus) -> list[Listing]:
    """Return the names of a question that sets several side by side."""
    names = tuple({thing.key: thing.called(talk.language) for thing in focus.reading.names}.values())
    return [Listing("", names)] if len(names) == 2 and focus.source == "question" else []


def _qualified(item: str, focus: Focus, talk: Talk) -> str:
    """Return an item with whose it is, unless it is a name or says so itself."""
    things = [thing for thing in talk.reader.read(item).things if thing.specific]
    whose = focus.text(talk.language)
    if any(thing.sort in ("method", "category", "model", "work") for thing in things):
        return item
    if {thing.key for thing in things} & focus.key or whose.lower() in item.lower():
        return item
    if len(things) > 1 and focus.subject[0].sort in ("method", "category", "term"):
        return item
    return f"{whose}의 {item}" if talk.language == "ko" else f"{item} of {definite(whose)}"


def _instead_of_sibling(talk: Talk, focus: Focus, items: Sequence[str], at: int) -> Rewritten | None:
    """Return the question before with this item in place of another of the same list."""
    before = " ".join(talk.last.question.split())
    if talk.last_reading().language != talk.language:
        return None
    for item in sorted(items, key=len, reverse=True):
        where = before.lower().find(item.lower())
        if item != items[at] and where >= 0:
            question = put(before, where, where + len(item), items[at])
            return Rewritten(question, (Antecedent(items[at], focus.turn), Antecedent(before, len(talk.history) - 1)))
    return None


def _told(talk: Talk, focus: Focus, name: str) -> Rewritten:
    question = f"{name}에 대해 알려줘" if talk.language == "ko" else f"What is {name}?"
    return Rewritten(question, (Antecedent(name, focus.turn),))

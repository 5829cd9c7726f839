"""Words that point back in, the question with what they mean in their place out: "it", "그 방법", "the two"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.converse.cited import heading
from qa.converse.compare import compare
from qa.converse.focus import MAX_QUESTION_CHARS, Focus, subjects
from qa.converse.phrase import definite, listed, possessive
from qa.converse.pick import pick, told_in
from qa.converse.refer import pointing_back
from qa.converse.reference import AMONG, ANY, BETWEEN, EACH, FIRST, OF, SIDE_BY_SIDE, Reference
from qa.converse.talk import Antecedent, Rewritten, Talk
from qa.converse.things import Reading
from qa.converse.turn import body
from qa.words.particles import put, with_particle
from qa.words.patterns import compiled

_NEUTRAL_EN = compiled("(?:this|that|these|those)$")
_SUCH = compiled("(?:이런|그런|저런) |such ")
_PLURAL = compiled("they|these|those")
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}
_VERB = compiled(r"\b(?:do|are|were|have)(?= $)")
_PAPER = compiled("논문|보고서|paper|report")
_BOTH_KO = re.compile("(?:[이그] ?)?둘 다$")
_TELL = compiled("설명|알려|소개|뜻|의미|정의|explain|describe|mean|defin")
_MOST = compiled(
    r"(?:제일|가장|더) ?(?:많|적|길|짧|크|큰|작|높|낮|긴|빠)|\b(?:most|fewest|least|largest|biggest|longest"
    r"|highest|lowest|more|higher|larger|bigger|longer)\b"
)
_MAX_LISTED = 6  # items of a list that are asked about at once
_BESIDE_KO = frozenset(("전", "이전", "다음", "후", "이후"))


def resolve(talk: Talk) -> Rewritten | None:
    """Return the question without words that point back, None where it has none or nothing that they can mean."""
    for one in talk.back:
        done = pick(talk, one) if one.role == "item" else _several(talk, one) if one.role == "several" else None
        if done is not None:
            return _with_the_rest(talk, done)
    others = [one for one in talk.back if one.role not in ("item", "several")]
    focus = talk.subject()
    return _subject(talk, others, focus) if others and focus is not None else None


def _with_the_rest(talk: Talk, done: Rewritten) -> Rewritten:
    """Complete what is left of a question whose items are named: "compare it with the second", "첫 번째랑 차이는?"."""
    if len(done.question) > MAX_QUESTION_CHARS:
        return done
    reading = talk.reader.read(done.question)
    back, named = pointing_back(done.question, talk.language, reading.things)
    rest = replace(talk, asked=Reading(done.question, talk.language, tuple(named)), back=back)
    focus = rest.subject() or talk.found[0]
    left = [one for one in back if one.role not in ("item", "several")]
    if not left and focus.turn in (told.turn for told in done.antecedents):
        return done
    more = _subject(rest, left, focus) if left else compare(rest)
    return Rewritten(more.question, (*more.antecedents, *done.antecedents)) if more else done


def _subject(talk: Talk, pointing: Sequence[Reference], focus: Focus) -> Rewritten | None:
    if (kind := _of_that_kind(talk, pointing[0], focus)) is not None:
        return kind
    text = talk.asked.text
    if len(pointing) > 1:  # "how do they fix it?": they are people
        pointing = [one for one in pointing if text[one.start : one.end].lower() not in ("they", "them")] or pointing
    narrow = any(one.role == "place" or _NEUTRAL_EN.match(text[one.start : one.end]) for one in pointing)
    name = talk.name_of(focus, close=narrow or focus.plain, anyhow=True)
    for one in sorted(pointing, key=lambda one: -one.start):
        text = _put(talk, text, one, (_called_ko if talk.language == "ko" else _called_en)(one, name, focus))
    return talk.completed(body(text), focus, name)


def _put(talk: Talk, text: str, one: Reference, instead: str) -> str:
    if talk.language == "ko":
        return put(text, one.start, one.end, instead)
    before = text[: one.start]
    if _PLURAL.fullmatch(text[one.start : one.end].split()[0]) and not instead.endswith("s"):
        before = _VERB.sub(lambda found: _SINGULAR[found.group().lower()], before)  # "do these need …"
    return before + instead + text[one.end :]


def _of_that_kind(talk: Talk, one: Reference, focus: Focus) -> Rewritten | None:
    """Return a question about "such a method": the section's topic, where the subject is one method of several."""
    text, title = talk.asked.text, heading(focus.answer)
    if not _SUCH.match(text[one.start : one.end]) or focus.subject[0].sort != "method" or not title:
        return None
    if focus.answer.citations[0].language != talk.language:
        return None
    return talk.completed(body(_put(talk, text, one, title)), focus, title)


def _called_ko(one: Reference, name: str, focus: Focus) -> str:
    if one.role == "place":
        return f"{name} {AMONG}" if one.noun else f"{name}에서"
    called = f"{name}의 {_noun(one, focus)}" if one.role == "noun" else name
    if one.noun in _BESIDE_KO or _is_its_paper(one, focus):
        called = f"{name} {one.noun}"
    return with_particle(called, one.particle) if one.particle else called


def _called_en(one: Reference, name: str, focus: Focus) -> str:
    if one.role == "possessive":
        return possessive(name)
    if one.role == "place":
        return f"in {definite(name)}"
    if _is_its_paper(one, focus):
        return definite(f"{name} {one.noun}")
    return f"the {_noun(one, focus)} of {definite(name)}" if one.role == "noun" else definite(name)


def _is_its_paper(one: Reference, focus: Focus) -> bool:
    return bool(_PAPER.fullmatch(one.noun)) and focus.subject[0].sort != "work"


def _noun(one: Reference, focus: Focus) -> str:
    """Return a noun as the question before had it: "this figure" may be its "progress figure"."""
    fuller = (thing.text for thing in focus.scope if thing.text.lower().endswith(f" {one.noun.lower()}"))
    return next(fuller, one.noun)


def _several(talk: Talk, one: Reference) -> Rewritten | None:
    if one.noun == OF and talk.history[-1].answer.by_text:  # "which one is the oldest?": of the texts
        return None
    if one.noun in (OF, BETWEEN, SIDE_BY_SIDE) and (both := _of_both(talk)) is not None:
        return both
    if _MOST.search(talk.asked.text) and not talk.asked.specific and (again := _of_these(talk, one)) is not None:
        return again
    found = _side_by_side(talk, one)
    if found is None:
        return None
    phrase = listed([told.text for told in found], talk.language)
    if one.noun == SIDE_BY_SIDE:
        compared = f"{phrase} 비교" if talk.language == "ko" else f"Compare {phrase}"
        return Rewritten(compared, tuple(found))
    if one.noun == BETWEEN:
        return Rewritten(body(_compared(talk, one, phrase)), tuple(found))
    if one.noun == OF:
        phrase = f"{phrase} 중 " if talk.language == "ko" else f" of {phrase}"
    elif one.noun == EACH:
        phrase = f"{phrase} " if talk.language == "ko" else f"{phrase} each"
    elif _BOTH_KO.match(talk.asked.text[one.start : one.end]):
        phrase = f"{phrase} 둘 다"
    return Rewritten(body(put(talk.asked.text, one.start, one.end, phrase)), tuple(found))


def _asked_alike(talk: Talk) -> tuple[Focus, Focus] | None:
    """Return the last two turns, the earlier first, where the later only puts another name in the first's place."""
    if len(talk.history) < 2 or len(talk.found) < 2:
        return None
    last, before = talk.found[:2]
    if (last.turn, before.turn) != (len(talk.history) - 1, len(talk.history) - 2) or last.key == before.key:
        return None
    return (before, last) if _without(before) == _without(last) else None


def _of_both(talk: Talk) -> Rewritten | None:
    """Return the last question asked of two subjects: "Qwen2's MMLU?", "and Llama 3's?", "which is higher?"."""
    pair = _asked_alike(talk)
    if pair is None or pair[1].reading.language != talk.language:
        return None
    last, subject = pair[1], pair[1].subject[0]
    if not _asks_something(last, {subject.key}):
        return None
    told = _named(talk, pair)
    phrase = listed([one.text for one in told], talk.language)
    return Rewritten(put(last.reading.text, subject.start, subject.end, phrase), tuple(told))


def _of_these(talk: Talk, one: Reference) -> Rewritten | None:
    """Return the last question, where it asked something of as many things: "the most of the three?"."""
    last = talk.found[0]
    if last.turn != len(talk.history) - 1 or len(last.sides) != one.number or last.reading.language != talk.language:
        return None
    if not _asks_something(last, {thing.key for thing in last.sides}):
        return None
    return Rewritten(talk.before.text, (talk.asked_before(),))


def _asks_something(focus: Focus, names: Collection[str]) -> bool:
    """Whether a question asks something of what it names, by their keys, other than what they are."""
    return any(thing.key not in names and not _TELL.match(thing.text) for thing in focus.reading.things)


def _named(talk: Talk, pair: tuple[Focus, Focus]) -> list[Antecedent]:
    return [Antecedent(focus.text(talk.language), focus.turn) for focus in pair]


def _without(focus: Focus) -> str:
    """Return a question without its subject and the particle after it, to compare."""
    thing, text = focus.subject[0], focus.reading.text
    return re.sub(r"\W+", " ", text[: thing.start] + re.sub(r"^(?:은|는|이|가|의)", "", text[thing.end :])).lower()


def _compared(talk: Talk, one: Reference, phrase: str) -> str:
    """Return "차이는?" and "compare them" with the two that are meant."""
    text = talk.asked.text
    if talk.language == "ko":
        return f"{with_particle(phrase, '을' if text[one.start :].startswith('비교') else '의')} {body(text)}"
    said = text[: one.end]
    return f"{said} {phrase}" if said.lower().endswith("compare") else f"{said} between {phrase}?"


def _side_by_side(talk: Talk, one: Reference) -> list[Antecedent] | None:
    """Return the two or three last set side by side: in a question, in an answer, or in turns after each other."""
    if one.number == ANY:
        sides = next((focus for focus in talk.found[:2] if len(focus.sides) > 1), None)
        if sides is not None:
            return [Antecedent(thing.called(talk.language), sides.turn) for thing in sides.sides]
        return _listed(talk)
    if one.noun == OF and (pair := _asked_alike(talk)):  # "and Llama 3?", "which is better?"
        return _named(talk, pair)
    for focus in talk.found[:2]:
        if len(focus.sides) == one.number:
            return [Antecedent(thing.called(talk.language), focus.turn) for thing in focus.sides]
        for listing in talk.lister.shown(focus.answer) if focus is talk.found[0] else ():
            if len(listing.items) == one.number or (one.noun == FIRST and len(listing.items) > one.number):
                return [Antecedent(told_in(item, talk), focus.turn) for item in listing.items[: one.number]]
    different = list(subjects(talk.found))[: one.number]
    if len(different) < one.number:
        return None
    return [Antecedent(focus.text(talk.language), focus.turn) for focus in reversed(different)]


def _listed(talk: Talk) -> list[Antecedent] | None:
    """Return the items of a list that the last answer shows, if it is one that can be asked about at once."""
    for focus in talk.found[:1]:
        for listing in talk.lister.shown(focus.answer):
            read = [talk.reader.read(item).specific for item in listing.items]
            if len(read) <= _MAX_LISTED and all(len(things) == 1 for things in read):  # no clauses
                return [Antecedent(told_in(item, talk), focus.turn) for item in listing.items]
    return None

"""A text in, what it compares out: which of two has more, and who does what to whom. Aligns nothing.

Read from particles and word order, without a parser: what cannot be read is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.analyse import english_stem
from qa.check.lexicon import COMPARING_AXES
from qa.check.phrases import (
    ENGLISH_RELATIONS,
    ENGLISH_RELATIONS_BEFORE,
    KOREAN_NO_SUBJECTS,
    KOREAN_RELATIONS,
)
from qa.check.polarity import Pole
from qa.check.spans import Span, clause, is_hangul

_CLAUSE = re.compile(
    r"[;:|]|\.(?!\d)|,(?!\d)|\s(?=(?:but|while|whereas|although|though|because|since|that(?! of)|which|who"
    r"|when)\s)|\s(?=(?:and|or)\s(?![A-Z\d]))"
    r"|(?<=[가-힣][고며])(?=\s)|(?<=지만)(?=\s)|(?<=으나)(?=\s)|(?<=는데)(?=\s)"
)
_KOREAN_CLAUSE = re.compile(
    r"[;:|]|\.(?!\d)|(?<=[가-힣][고며])(?=[\s,])|(?<=지만)(?=[\s,])|(?<=으나)(?=[\s,])|(?<=는데)(?=[\s,])"
)
_PRONOUN = re.compile(
    r"^\W*(?:(?:and|but|while|that|because|since|though|although)\s)?\s*(?:it|they|this|he|she)\b", re.IGNORECASE
)
_THAN = re.compile(r"(?P<less>[^;:|]*?\S)보다(?![가-힣]*[면는])(?:도|는)?(?=\s)")
_OBJECT = re.compile(
    r"(?P<less>[^,;:|]*?\S)(?:을|를|에게|에|한테|에도|에는)\s(?:(?:아주|조금|약간|크게|훨씬|근소하게|뚜렷이"
    r"|다소|가장)\s)*$"
)
_ENGLISH_THAN = re.compile(r"[^,;:|]{0,60}?\bthan\s+(?P<less>[^,;:|]+)")
_ENGLISH_AFTER = re.compile(r"(?:\s+(?:of|over|to))?\s+(?P<less>[^,;:|]+)")
_DETERMINER = re.compile(r"\s+(?:the|a|an|its|their|his|her|each|every|all)\b")
_MADE_TO = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:made|able|trained|asked|used|meant|taught)\s+to\s+$|\b(?:tries|try"
    r"|learns?|helps?)\s+to\s+$"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?$")
_NO_VERB = re.compile(r"(?:\w+ly|\ba|\ban|\bthe|\bno|\bits|\btheir|\bto)\s+$")  # "a generated answer", "to choose"
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|can|may|does|do)\b")
_BY_DOING, _BY_DOER = re.compile(r"\s+by\s\w+ing\b"), re.compile(r"\s+by\s")
_BY = re.compile(r"\s+by\s+(?P<more>[^,;:|]+)")
_ENGLISH_STEMS = frozenset(english_stem(word) for word in ENGLISH_RELATIONS)
_MODIFYING = re.compile(r"\s(?:쓴|끝난|만든|나온|된|준|낸|한|얻은|받은|고른|배운|있는|없는|하는|되는)\s")
_NO_SUBJECT = re.compile(rf"(?:{KOREAN_NO_SUBJECTS})$")
_ROUND = re.compile(r"\([^()]*\)")  # what is in brackets plays no part
_WORD = re.compile(r"[A-Za-z][\w-]*|[가-힣]+")
_RELATION = re.compile(rf"(?<![가-힣])(?:{KOREAN_RELATIONS})[가-힣]*")
_VAGUE = re.compile(r"(?:^|\s)(?:이|그|이것|그것|이들|그들|it|them|this|that|these|those)$", re.IGNORECASE)
_REFLEXIVE = re.compile(
    r"자신|스스로|\bits own\b|\bitself\b|\bthemselves\b|\banother\b|(?<![가-힣])다른 ", re.IGNORECASE
)
_KOREAN_CASES = re.compile(r"(?P<thing>\S+?)(?P<case>이|가|은|는|께서|을|를|에게|한테)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing, at `text[more]`, has or does more than another, at `text[less]`, by the word at `text[pole]`."""

    more: Span
    less: Span
    pole: Span


@dataclass(frozen=True, slots=True)
class Deed:
    """What a verb at `text[verb]` has for a subject and for objects: the places of their words."""

    verb: Span
    subject: tuple[Span, ...]
    objects: tuple[Span, ...]


def comparisons(text: str, poles: Sequence[Pole]) -> Iterator[Comparison]:
    """Yield what a sentence says of two things on an axis that compares."""
    text = _ROUND.sub(lambda inside: "_" * len(inside.group()), text)
    subject: Span | None = None
    for pole in poles:
        if pole.axis in COMPARING_AXES:
            korean = is_hangul(text[pole.end - 1])
            later = [other.start for other in poles if other.start >= pole.end and other.axis in COMPARING_AXES]
            found = _korean(text, pole, subject) if korean else _english(text, pole, subject, later)
            if found is not None:
                subject, other = found
                place = pole.start, pole.end
                if _VAGUE.search(text[slice(*subject)].strip()) or _VAGUE.search(text[slice(*other)].strip()):
                    continue
                yield Comparison(subject, other, place) if pole.sign > 0 else Comparison(other, subject, place)


def _korean(text: str, pole: Pole, known: Span | None) -> tuple[Span, Span] | None:
    """Return the places of A and B in "A는 B보다 높다" and "A는 B를 앞선다"; A may also stand behind, or be `known`."""
    start, stop = clause(text, pole.start, pole.end, _KOREAN_CLAUSE)
    before = text[start : pole.start]
    than = _THAN.search(before) or (_OBJECT.search(before) if pole.axis == "lead" else None)
    if than is None:
        return None
    low, high = start + than.start("less"), start + than.end("less")
    if (subject := _last_subject(text, low, high)) is not None:
        return subject[0], (subject[1], high)
    if (behind := _last_subject(text, start + than.end(), pole.start)) is not None:
        return behind[0], (low, high)
    earlier = known or (found[0] if (found := _last_subject(text, 0, start)) else None)
    return (earlier, (low, high)) if earlier else None


def _last_subject(text: str, start: int, stop: int) -> tuple[Span, int] | None:
    """Return the last subject or topic between two places, and where what follows it begins."""
    at, last = start, None
    for word in re.finditer(r"\S+", text[start:stop]):
        ends = start + word.end()
        particle = re.search(r"(?:은|는|이|가|께서|도)$", word.group())
        of_modifier = _MODIFYING.match(text, ends)  # "what annotators wrote": no subject of its own
        if (
            particle
            and len(word.group()) > 1
            and not _NO_SUBJECT.search(word.group())
            and ends < stop
            and not of_modifier
        ):
            last = (at, ends - len(particle.group())), ends
            at = ends
    return last


def _english(text: str, pole: Pole, known: Span | None, later: Sequence[int]) -> tuple[Span, Span] | None:
    """Return the places of A and B in "A is higher than B", "A beats B" and "A is beaten by B"; A may be `known`."""
    start, stop = clause(text, pole.start, pole.end, _CLAUSE)
    after = text[pole.end : stop]
    if pole.axis == "lead" and _PASSIVE.search(text[start : pole.start]) and (by := _BY.match(after)):
        return (pole.end + by.start("more"), pole.end + by.end("more")), (start, pole.start)
    direct = pole.axis == "lead" or text[pole.start : pole.end].lower() in ("above", "below", "under")
    found = _ENGLISH_THAN.match(after) or (_ENGLISH_AFTER.match(after) if direct else None)
    if found is None or any(at < pole.end + found.start("less") for at in later):
        return None
    bare = re.sub(
        r"\b(?:is|are|was|were|and|but|slightly|far|the|has|scores?|comes?|out|while)\b", "", text[start : pole.start]
    )
    subject = (start, pole.start) if re.search(r"[A-Za-z]{2,}", bare) else known
    if subject is None or _PRONOUN.match(text[slice(*subject)]):
        subject = (0, start) if re.search(r"[A-Za-z]{2,}", text[:start]) else None
    return (subject, (pole.end + found.start("less"), pole.end + found.end("less"))) if subject else None


def deeds(text: str) -> Iterator[Deed]:
    """Yield the verbs of a sentence that tell who does something to whom, with both where both are there.

    None of a thing that does something to itself or to another of its kind.
    """
    return (deed for deed in _deeds(text) if not _within_one_kind(text, deed))


def _within_one_kind(text: str, deed: Deed) -> bool:
    return any(_REFLEXIVE.search(text[slice(*span)]) for span in (*deed.subject, *deed.objects))


def _deeds(text: str) -> Iterator[Deed]:
    text = _ROUND.sub(lambda inside: "_" * len(inside.group()), text)
    for word in _WORD.finditer(text):
        if word.group().isascii():
            lowered = word.group().lower()
            if lowered in ENGLISH_RELATIONS_BEFORE and _DETERMINER.match(text, word.end()):
                yield from _english_deed(text, word)
            elif english_stem(lowered) in _ENGLISH_STEMS and not lowered.endswith(
                ("er", "or", "ers", "ors", "ing", "ment", "ments", "ion", "ions")
            ):
                yield from _english_deed(text, word)
        elif _RELATION.fullmatch(word.group()):
            yield from _korean_deed(text, word)


def _english_deed(text: str, verb: re.Match[str]) -> Iterator[Deed]:
    """Yield what a verb has before and behind it; nothing for a participle or an infinitive."""
    start, stop = clause(text, verb.start(), verb.end(), _CLAUSE)
    before, after = text[: verb.start()], text[verb.end() :]
    made_to = _MADE_TO.search(before)
    by = _BY_DOER.match(after)
    in_korean = re.search(r"[가-힣]", text[start:stop])
    if in_korean or _BY_DOING.match(after) or (not made_to and _NO_VERB.search(before)):
        return
    if not by and _PASSIVE.search(before):
        return
    places = _sides(text, verb, start, stop)
    if places is None:
        return
    subject, objects = places[::-1] if by else places
    if made_to and subject[0] < made_to.start() < subject[1]:
        subject = (subject[0], made_to.start())
    if text[slice(*subject)].strip() and text[slice(*objects)].strip():
        yield Deed(verb.span(), (subject,), (objects,))


def _sides(text: str, verb: re.Match[str], start: int, stop: int) -> tuple[Span, Span] | None:
    """Return the places before and behind a verb in its clause, looking beyond "that", "which" and "who"."""
    before, behind = (start, verb.start()), (verb.end(), stop)
    relative = re.match(r"\s*(?:that|which|who)\s", text[start : verb.start()])
    if relative and text[start + relative.end() : verb.start()].strip():  # "the signals that the target makes"
        if _AUXILIARY.search(text[start : verb.start()]):
            return None
        antecedent = clause(text, max(0, start - 1), start, _CLAUSE)[0], start
        own = re.search(r"\w", text[verb.end() : stop])
        return (start + relative.end(), verb.start()), (behind if own else antecedent)
    if relative:  # "a model that judges the answers", "X is the stage that trains models"
        first = clause(text, max(0, start - 1), start, _CLAUSE)[0]
        copula = re.search(r"\s(?:is|are|was|were|means)\s", text[first:start])
        return (first, first + copula.start() if copula else start), behind
    if start and not re.search(r"\w", re.sub(r"\b(?:and|but|or|then)\b", "", text[slice(*before)])):
        before = (0, clause(text, 0, 1, _CLAUSE)[1])
    return before, behind


def _korean_deed(text: str, verb: re.Match[str]) -> Iterator[Deed]:
    start, _ = clause(text, verb.start(), verb.end(), _CLAUSE)
    subject: list[Span] = []
    topic: list[Span] = []
    objects: list[Span] = []
    at = start
    for thing in _KOREAN_CASES.finditer(text, start, verb.start()):
        if _NO_SUBJECT.search(thing.group()):
            continue
        place = (at, thing.end("thing"))
        (
            subject if thing["case"] in ("이", "가", "께서") else topic if thing["case"] in ("은", "는") else objects
        ).append(place)
        at = thing.end()
    if (subject or topic) and objects:
        yield Deed(verb.span(), tuple(subject or topic), tuple(objects))

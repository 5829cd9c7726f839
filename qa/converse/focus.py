"""The turns so far in, what each was about out, the latest first.

A turn's subject is the name that its question is about; else the name that its answer begins with, where the question
asked for one; else the question's topic; else the section that the answer cites. A turn without an answer counts only
where its subject is known from elsewhere, so that a wrong topic is not dragged on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from index.load import Language
from qa.answer import Answer
from qa.category.names import key_of
from qa.converse.cited import named_by, place_cited
from qa.converse.things import NAMES, TEXTS, Reading, Thing, ThingReader
from qa.words.patterns import compiled

LOOKED_BACK = 6  # turns; what is older is hardly meant
_SCORED = ("model", "method", "name", "work")
MAX_QUESTION_CHARS = 500  # that are read of a question
_MAX_TERMS = 3

_ASKS_FOR_NAME = compiled(
    r"뭐라|이름|누가|누구|(?:어떤|무슨|어느) (?:[가-힣]+ )?(?:방법|기법|모델|연구|논문|벤치마크|데이터셋|알고리즘)"
    r"|(?:방법|기법|모델|것|게|건)(?:은|이|는)? ?(?:뭐|무엇|\?|$)|\bwhich\b|\bwho\b|\bcalled\b|\bname\b"
    r"|\bwhat (?:is|are) (?:the|a) (?:\w+ ){0,3}(?:methods?|approach|model|benchmark|technique)"
)
_DEFINES = compiled(
    r"^(?:and |so )?(?:what(?:'s| is| are)|who is) (?!.*\b(?:do|does|did|used|made)\b)"
    r"|(?:이|가|은|는) ?(?:뭐|뭔|무엇)\w{0,4}[?.]*$|에 대해"
)
_ASKS = compiled(r"\b(?:how|who|when|where|why|does|do|did)\b|몇|어떻게|누가|언제|왜")
_MARKED_KO = re.compile(r"(?:은|는)(?![가-힣])")
_ASKED_KO = re.compile(r"(?:이|가|도|을|를)(?:요)?(?![가-힣])| (?:몇|얼마|뭐|뭘|뭔|어떻게|어디|누가)|\W*$")
_SENTENCE_END = re.compile(r"(?<=[가-힣][.!~])\s+|(?<=[a-z]{3}[.!])\s+(?=[A-Z가-힣])")
_AUXILIARY_EN = compiled(r"\b(?:do|does|did|can|could|will|would|should|must) (?:the |an? )?$")
_ENDS_VERB_EN = compiled(
    r" (?:about|of|on|for|with|against|in|from|to|at|as|by|the|an?|its|any|all|it|them|this|that)\b|[?.! ]*$"
)
# "what do the authors imagine for …": a verb stands after its subject
_DONE_BY = compiled(
    r"\b(?:do|does|did|can|could|will|would|should)(?: (?:the|an?|its|their|our|these|this|those|that))?"
    r"(?: (?!the\b|an?\b)[\w-]+){1,3} $"
)
_BESIDE_A_NUMBER = compiled(r"(?:than|about|over|under|at|in|of) \d")
_PREDICATE_KO = re.compile(
    r" (?:더|덜|안|못|잘) |[가-힣]면$"
    r"|(?:하는|는) ?(?:거|걸|게)|[했됐](?:어|나|다|음)|(?:어|아|해|예)요$|[가-힣][이히개치르]다$"
)
_VERB_EN = compiled(r"\w+ed|train|use|work|works|learn|test|build|built|evaluate|measure|supports?")
_ADVERB_KO = re.compile("[가-힣]별로$")  # 단계별로
_SAID_EN = compiled(r"\w+(?:ly|ing|ed)|worth|instead|because")  # no table knows it as a term
_COMPARED_KO = re.compile(r"(?:이?랑|와|과|하고|보다|에|에 비해|대비)(?:은|는)?(?![가-힣])")
_JOINED = compiled(r"(?:이?랑|와|과|하고) | (?:and|vs\.?|versus) (?:the )?")
_SIDE_BY_SIDE = compiled(
    r"^(?:이?랑|와|과|하고|보다)(?:은|는)? |,|\b(?:and|or|vs\.?|versus|with|than|from|to|against)\s+(?:the )?$"
)
_COMPARED_EN = compiled(
    r"\b(?:than|versus|vs\.?|(?:compared?|different|differs?|similar) (?:to|from|with)|like|as)\s+$"
)
_GAPS = {
    "ko": re.compile(r"(?:의|에|에서|로|으로|과|와|용|형)? ?"),
    "en": re.compile(r"(?:'s)? (?:(?:of|for|in|on|and|with|through|from) )?(?:the |an? )?"),
}

Source = Literal["question", "answer", "section"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn: the question as it was completed and asked, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Focus:
    """What one turn was about: its subject, and further topics of its question that narrow it."""

    turn: int
    reading: Reading
    subject: tuple[Thing, ...]
    scope: tuple[Thing, ...]
    source: Source
    answer: Answer

    @property
    def key(self) -> frozenset[str]:
        """The same for all turns about the same subject."""
        return frozenset(thing.key for thing in self.subject)

    @property
    def sides(self) -> tuple[Thing, ...]:
        """The names that its question sets side by side, each once; none where it only holds one of the other."""
        if self.source != "question":
            return ()
        things = self.reading.names or tuple(thing for thing in self.reading.specific if thing.sort == "acronym")
        sides = tuple({thing.key: thing for thing in things}.values())
        if len(sides) < 2:
            text, pairs = self.reading.text, pairwise(self.reading.specific)
            return next(((one, two) for one, two in pairs if _JOINED.fullmatch(text[one.end : two.start])), ())
        text, (first, second) = self.reading.text, sides[:2]
        joined = _SIDE_BY_SIDE.search(text[first.end : second.start]) or _COMPARED_KO.match(text, second.end)
        return sides if joined else ()

    @property
    def plain(self) -> bool:
        """Whether its question asks for nothing but what it names: what that is."""
        if _DEFINES.search(self.reading.text):
            return True
        return all(thing.specific for thing in self.reading.things) and not _ASKS.search(self.reading.text)

    def text(self, language: Language, *, close: bool = False, scores: bool = True, asked: bool = True) -> str:
        """Return the subject as it is called in a language; with `close`, what narrows it too.

        Without `scores` a benchmark does not narrow it; without `asked` neither what its question asks about.
        """
        scope = [thing for thing in self.scope if close and (scores or thing.sort != "benchmark")]
        kept = [thing for thing in scope if asked or not self._is_asked(thing)]
        things = sorted((*self.subject, *kept), key=lambda thing: thing.start)
        if self.source != "question" or language != self.reading.language:
            return " ".join(dict.fromkeys(thing.called(language) for thing in things))
        return _as_written(things, self.reading)

    def _is_asked(self, thing: Thing) -> bool:
        """Whether a question asks about a topic as something of its subject: 헤드 in "라마 3의 어텐션 헤드는?"."""
        text = self.reading.text
        of_it = thing.sort == "general" or text[: thing.start].endswith("의 ")
        return of_it and bool(_MARKED_KO.match(text, thing.end))


def foci(history: Sequence[Exchange], reader: ThingReader) -> list[Focus]:
    """Return what the last turns were about, the latest first; turns about nothing that can be named are left out."""
    last = range(max(0, len(history) - LOOKED_BACK), len(history))
    found: list[Focus] = []
    for turn in last:
        focus = _focus(turn, history[turn], reader, found[0] if found else None)
        found[:0] = [focus] if focus is not None else []
    known = [focus for at, focus in enumerate(found) if not focus.answer.abstained or _is_known(focus, found[at + 1 :])]
    return known or found[:1]  # what nothing is known of is still better than nothing


def subjects(found: Sequence[Focus]) -> Iterator[Focus]:
    """Yield the turns' subjects, each once, the latest first."""
    seen: set[frozenset[str]] = set()
    for focus in found:
        if focus.key not in seen:
            seen.add(focus.key)
            yield focus


def read_question(exchange: Exchange, reader: ThingReader) -> Reading:
    """Return what a turn's question names; of a very long one only where it begins, for time."""
    text = _asking(" ".join(exchange.question.split()))
    reading = reader.read(text[:MAX_QUESTION_CHARS])
    reading = replace(reading, things=tuple(thing for thing in reading.things if not _is_said_of(thing, reading)))
    return reading if len(text) <= MAX_QUESTION_CHARS else replace(reading, text=text)


def _is_said_of(thing: Thing, reading: Reading) -> bool:
    """Whether a term that no table knows is no topic but what is said of one: a verb, "than 5"."""
    if _ADVERB_KO.search(thing.text):
        return True
    if thing.sort != "term" or thing.ko != thing.en:
        return bool(_BESIDE_A_NUMBER.match(thing.text))
    if reading.language == "ko":
        return bool(_PREDICATE_KO.search(thing.text))
    if _SAID_EN.fullmatch(thing.text) and len(reading.specific) > 1:
        return True
    follows = bool(_ENDS_VERB_EN.match(reading.text, thing.end)) and " " not in thing.text
    return follows and bool(_DONE_BY.search(reading.text[: thing.start]))


def _asking(text: str) -> str:
    """Return the last sentence of a turn that asks, if others that do not stand before it."""
    *before, last = _SENTENCE_END.split(text)
    return last if before and not any("?" in one for one in before) and len(last) > 1 else text


def _is_known(focus: Focus, earlier: Sequence[Focus]) -> bool:
    """Whether the subject of a turn without an answer is known: to the taxonomy, the Library, or from earlier turns."""
    for thing in focus.subject:
        if thing.sort in ("method", "category", "work") or (thing.sort in NAMES and thing.ko != thing.en):
            return True
    nearest = focus.answer.nearest
    if nearest is not None and any(thing.text in f"{nearest.title} {nearest.quote}" for thing in focus.subject):
        return True
    return any(focus.key & other.key for other in earlier if not other.answer.abstained)


def _focus(turn: int, exchange: Exchange, reader: ThingReader, before: Focus | None) -> Focus | None:
    reading, answer = read_question(exchange, reader), exchange.answer
    subject = _main(reading, answer)
    if subject is not None:
        scope = () if answer.abstained else _scope(reading, (subject,))
        return Focus(turn, reading, (subject,), scope, "question", answer)
    named = named_by(answer, reader) if _ASKS_FOR_NAME.search(reading.text) or not reading.specific else None
    if named is not None:
        return Focus(turn, named[0], (named[1],), (), "answer", answer)
    if kept := tuple(thing for thing in reading.specific if before is not None and thing.key in before.key):
        return Focus(turn, reading, kept, _scope(reading, kept), "question", answer)  # it goes on about that
    if reading.specific:
        return Focus(turn, reading, _topic(reading), (), "question", answer)
    place = place_cited(answer)
    return Focus(turn, place, place.things[:1], place.things[1:], "section", answer) if place else None


def _topic(reading: Reading) -> tuple[Thing, ...]:
    """Return what a question without a name is about: in Korean all up to what it marks as its topic, if it does."""
    marked = (at for at, thing in enumerate(reading.specific, 1) if _MARKED_KO.match(reading.text, thing.end))
    return reading.specific[: next(marked, _MAX_TERMS)][:_MAX_TERMS]


def _main(reading: Reading, answer: Answer) -> Thing | None:
    """Return the name that a question is about: the first, but no text that tells of it.

    Nor the benchmark that something is tested on; rather the model whose report is cited.
    """
    names = tuple(name for name in reading.names if name.key not in TEXTS) or reading.names
    if names and names[0].sort == "benchmark":
        return next((name for name in names if name.sort in _SCORED), names[0])
    if names and names[0].sort == "model" and answer.citations:
        title = key_of(answer.citations[0].title)
        return next((name for name in names if name.sort == "model" and key_of(name.en) in title), names[0])
    return names[0] if names else None


def _scope(reading: Reading, subject: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Return the further topics of a question, with a general word that stands right beside one."""
    kept: list[Thing] = []
    for before, thing in zip((None, *reading.things), reading.things, strict=False):
        if thing in subject or _is_other_side(thing, reading.text) or _is_verb_of(thing, subject, reading.text):
            continue
        beside = before is not None and (before in subject or before in kept[-1:])
        if thing.specific or (thing.sort == "general" and beside and _narrows(before, thing, reading)):
            kept.append(thing)
    return tuple(kept[:_MAX_TERMS])


def _is_verb_of(thing: Thing, subject: tuple[Thing, ...], text: str) -> bool:
    """Whether a word is what an English question asks whether its subject does: "what does the paper warn about?"."""
    one = subject[0]
    follows = text[one.end : thing.start] == " " and bool(_ENDS_VERB_EN.match(text, thing.end))
    return follows and bool(_AUXILIARY_EN.search(text[: one.start]))


def _narrows(before: Thing | None, thing: Thing, reading: Reading) -> bool:
    """Whether a general word belongs to the topic before it and is not itself what is asked for."""
    joined = before is not None and reading.text[before.end : thing.start] == " "
    verb = reading.language == "en" and bool(_VERB_EN.fullmatch(thing.text))
    return joined and not verb and not _ASKED_KO.match(reading.text, thing.end)


def _is_other_side(thing: Thing, text: str) -> bool:
    """Whether a question only compares its subject with a thing."""
    compared = _COMPARED_KO.match(text, thing.end) or _COMPARED_EN.search(text[: thing.start])
    return thing.sort in NAMES and bool(compared)


def _as_written(things: Sequence[Thing], reading: Reading) -> str:
    """Return things as one phrase: as they stand where only particles or prepositions part them, else side by side."""
    phrase, pattern = things[0].text, _GAPS[reading.language]
    for before, thing in zip(things, things[1:], strict=False):
        gap = reading.text[before.end : thing.start]
        phrase += (gap if pattern.fullmatch(gap) else " ") + thing.text
    return phrase

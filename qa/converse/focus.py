"""The turns so far in, what was last spoken about out: the subject of each turn, and the two that are compared.

The most salient first: the subject of the last question, then what its answer names, then the heading of the section
that it cites, then earlier turns. A turn without an answer counts only where its subject is known from elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.load import Language
from qa.cite import Answer
from qa.converse.things import NAMES, Reading, Thing, ThingReader

LOOKED_BACK = 6  # turns; what is older is hardly meant
_MAX_NAME_CHARS = 60
_MAX_TERMS = 3
_MAX_NAME_WORDS = 3
_ASKS_FOR_NAME = re.compile(
    r"뭐라|이름|누가|누구|(?:어떤|무슨|어느) (?:[가-힣]+ )?(?:방법|기법|모델|연구|논문|벤치마크|데이터셋|알고리즘)|(?:방법|기법|모델|것|게|건)(?:은|이|는)? ?(?:뭐|무엇|\?|$)"
    r"|\bwhich\b|\bwho\b|\bwhat (?:is|are) (?:the|a) (?:\w+ ){0,3}(?:methods?|approach|model|benchmark|technique)|\bcalled\b|\bname\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"^(?:and |so )?(?:what(?:'s| is| are)|who is) (?!.*\b(?:do|does|did|used|made)\b)|(?:이|가|은|는) ?(?:뭐|뭔|무엇)\w{0,4}[?.]*$|에 대해", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:how|who|when|where|why|does|do|did)\b|몇|어떻게|누가|언제|왜", re.IGNORECASE)
_MARKED_KO = re.compile(r"(?:은|는)(?![가-힣])")
_VERB_EN = re.compile(r"\w+ed|train|use|work|works|learn|test|build|built|evaluate|measure|support|supports", re.IGNORECASE)
_ASKED_KO = re.compile(r"(?:은|는|이|가|도|을|를)(?:요)?(?![가-힣])| (?:몇|얼마|뭐|뭘|뭔|어떻게|어디|누가)|\W*$")
_COMPARED = re.compile(r"(?:이?랑|와|과|하고|보다|에 비해|대비)(?:은|는)?(?![가-힣])")
_COMPARED_EN = re.compile(r"\b(?:than|versus|vs\.?|(?:compared?|different|differs?|similar) (?:to|from|with)|like|as)\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_LABEL = re.compile(r"^(?:[A-Z]\.|\d+(?:\.\d+)*\.?)\s+|\s*\((?:[^()]*, )?H\d(?:\.\d)?\)|\s*\([^()]*\)\s*$")

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
    def plain(self) -> bool:
        """Whether its question asks for nothing but what it names: what that is, how that works."""
        if _DEFINES.search(self.reading.text):
            return True
        return all(thing.specific for thing in self.reading.things) and not _ASKS.search(self.reading.text)

    @property
    def key(self) -> frozenset[str]:
        """The same for all turns about the same subject."""
        return frozenset(thing.key for thing in self.subject)

    def text(self, language: Language, *, close: bool = False, scores: bool = True, asked: bool = True) -> str:
        """Return the subject as it is called in a language; with `close`, what narrows it too.

        Without `scores` a benchmark does not narrow it; without `asked` neither what its question asks about.
        """
        scope = [thing for thing in self.scope if scores or thing.sort != "benchmark"] if close else []
        if not asked:
            text = self.reading.text
            scope = [t for t in scope if not (_MARKED_KO.match(text, t.end) and text[: t.start].endswith("의 "))]
        things = sorted((*self.subject, *scope), key=lambda thing: thing.start)
        if self.source != "question" or language != self.reading.language:
            return " ".join(dict.fromkeys(thing.called(language) for thing in things))
        return _as_written(things, self.reading.text, language)


def foci(history: Sequence[Exchange], reader: ThingReader) -> list[Focus]:
    """Return what the last turns were about, the latest first; turns about nothing that can be named are left out."""
    last = range(max(0, len(history) - LOOKED_BACK), len(history))
    found = [focus for turn in reversed(last) if (focus := _focus(turn, history[turn], reader)) is not None]
    return [focus for at, focus in enumerate(found) if not focus.answer.abstained or _is_known(focus, found[at + 1 :])]


def heading(answer: Answer) -> str:
    """Return the heading of the section that an answer cites first, without number and brackets; "" for none."""
    return _LABEL.sub("", _LABEL.sub("", answer.citations[0].heading)).strip() if answer.citations else ""


def _is_known(focus: Focus, earlier: Sequence[Focus]) -> bool:
    """Whether the subject of a turn without an answer is filed in the taxonomy or was spoken of before."""
    if any(thing.sort in ("method", "category", "work") or (thing.sort in NAMES and thing.ko != thing.en) for thing in focus.subject):
        return True
    nearest = focus.answer.nearest
    if nearest is not None and any(thing.text in f"{nearest.title} {nearest.quote}" for thing in focus.subject):
        return True
    return any(focus.key & other.key for other in earlier if not other.answer.abstained)


def _focus(turn: int, exchange: Exchange, reader: ThingReader) -> Focus | None:
    reading = reader.read(" ".join(exchange.question.split()))
    subject = _main(reading)
    if subject is not None:
        scope = () if exchange.answer.abstained else _scope(reading, subject)
        return Focus(turn, reading, (subject,), scope, "question", exchange.answer)
    named = _named_by(exchange.answer, reader) if _ASKS_FOR_NAME.search(reading.text) or not reading.specific else None
    if named is not None:
        return Focus(turn, named[0], (named[1],), (), "answer", exchange.answer)
    terms = tuple(thing for thing in reading.things if thing.specific)[:_MAX_TERMS]
    if terms and not exchange.answer.abstained or any(thing.sort == "term" and " " in thing.text for thing in terms):
        return Focus(turn, reading, terms, (), "question", exchange.answer)
    return _cited(turn, exchange.answer)


def _cited(turn: int, answer: Answer) -> Focus | None:
    """Return the place that an answer cites: the name that begins its document's title, narrowed by the heading."""
    if not answer.citations:
        return None
    citation = answer.citations[0]
    name, colon, _ = citation.title.partition(":")
    texts = [name] if colon and len(name.split()) <= _MAX_NAME_WORDS else []
    texts += [text for text in [heading(answer)] if text and text != name]
    things, at = [], 0
    for text in texts:
        things.append(Thing(text, at, at + len(text), "term", text.lower(), text, text, frozenset({text.lower()})))
        at += len(text) + 1
    reading = Reading(" ".join(texts), citation.language, tuple(things))
    return Focus(turn, reading, tuple(things[:1]), tuple(things[1:]), "section", answer) if things else None


def _main(reading: Reading) -> Thing | None:
    """Return the name that a question is about: the first, but a model rather than the benchmark it is tested on."""
    names = reading.names
    if not names:
        return None
    if names[0].sort == "benchmark":
        return next((name for name in names if name.sort == "model"), names[0])
    return names[0]


def _scope(reading: Reading, subject: Thing) -> tuple[Thing, ...]:
    """Return the further topics of a question, with a general word that stands right beside one."""
    kept = []
    for at, thing in enumerate(reading.things):
        beside = kept and kept[-1] is reading.things[at - 1] or at and reading.things[at - 1] is subject
        close = bool(beside) and reading.text[reading.things[at - 1].end : thing.start] == " "
        close = close and not _ASKED_KO.match(reading.text, thing.end)
        if thing is subject or _is_other_side(thing, reading.text):
            continue
        close = close and (reading.language == "ko" or not _VERB_EN.fullmatch(thing.text))
        if thing.specific or (thing.sort == "general" and close):
            kept.append(thing)
    return tuple(kept[:_MAX_TERMS])


def _is_other_side(thing: Thing, text: str) -> bool:
    """Whether a question only compares its subject with a thing."""
    if thing.sort not in NAMES:
        return False
    return bool(_COMPARED.match(text, thing.end) or _COMPARED_EN.search(text[: thing.start]))


def _named_by(answer: Answer, reader: ThingReader) -> tuple[Reading, Thing] | None:
    """Return the name that an answer begins with: what was described and not named in the question."""
    if not answer.sentences:
        return None
    text = " ".join(answer.sentences[0].text.split())[:_MAX_NAME_CHARS]
    reading = reader.read(text)
    article = _ARTICLE.match(text)
    begins = article.end() if article else 0
    first = next((thing for thing in reading.names if thing.sort != "work"), None)
    return (reading, first) if first is not None and first.start <= begins else None


def _as_written(things: Sequence[Thing], text: str, language: Language) -> str:
    """Return things as one phrase: as they stand where only particles or prepositions part them, else side by side."""
    pieces: list[str] = []
    for before, thing in zip((None, *things), things, strict=False):
        gap = text[before.end : thing.start] if before else ""
        pieces += [_gap(gap, language) if before else "", thing.text]
    return "".join(pieces)


def _gap(gap: str, language: Language) -> str:
    if language == "ko":
        return gap if re.fullmatch(r"(?:의|에|에서|로|으로|과|와|용|형)? ?", gap) else " "
    return gap if re.fullmatch(r"(?:'s)? (?:(?:of|for|in|on|and|with|to|by|through|from) )?(?:the |a |an )?", gap) else " "


def subjects(found: Sequence[Focus]) -> Iterator[Focus]:
    """Yield the turns' subjects, each once, the latest first."""
    seen: set[frozenset[str]] = set()
    for focus in found:
        if focus.key not in seen:
            seen.add(focus.key)
            yield focus

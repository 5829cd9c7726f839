"""An answer in, what it lists out, in order, as one names it: "the second one" is one of these.

What the reader shows as items comes first, then what a sentence lists; apart from these, what the cited section lists
and the answer does not show.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.load import Document
from index.sentences import sentence_spans
from qa.answer import Answer, Sentence
from qa.converse.things import ThingReader

_REMEMBERED = 500
_MAX_ITEM_CHARS = 70
_MAX_ITEMS = 14
_MAX_TEXT_CHARS = 1_000  # of a sentence or an item
_MAX_PAIR_WORDS = 6
_MAX_SECTION_CHARS = 4_000
_MAX_INTRO_CHARS = 200
_SHORT_KO = 16  # a longer Korean item is a clause that ends in what it names

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "both": 2,
    "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8,
}  # fmt: skip
_EN = r"(?:\d+|two|three|four|five|six|seven|eight)"
_KO = r"(?:\d|두|세|네|다섯|여섯|일곱|여덟)"
_COUNT = re.compile(
    rf"(?<![\w.-])(?P<en>{_EN}|both)\b(?! ?[가-힣])|(?P<ko>{_KO}) ?(?:가지|종류|개|단계|층|축|수준|분야|이유|주장|모듈)"
)
_COUNTED = rf"\b(?:{_EN}|both)\b|{_KO} ?(?:가지|종류|갈래|개|단계|방법|방식|부분|점|층|축|측면|원천)"
_ENUMERATED = re.compile(
    rf"^(?P<intro>.*?):\s+(?P<rest>[^:]+)$|^(?P<counted>.*(?:{_COUNTED})[^,:]*),? "
    r"(?:(?:즉|곧|namely|that is),? |(?<=, )(?![^:]*[가-힣]))(?P<two>[^:]+)$",
    re.DOTALL,
)
_SEPARATOR = re.compile(r"\s*[,;]\s+(?![^()]*\))(?:and\s+|or\s+|및\s+|그리고\s+)?")  # none in brackets
_SERIAL = re.compile(r",\s+(?:and|or|및|그리고)\s")
_LAST_EN = re.compile(r"\s+(?:and|or)\s+")
_LAST_KO = re.compile(r"(?<=[가-힣)A-Za-z0-9])(?:이랑|와|과|및)\s+")
_TAIL_KO = re.compile(r"(?:(?:이|가)? ?있(?:다|습니다)|에서 나온다|이다|입니다|로 나뉜다|을 든다|를 든다)?[.。]?$")
_ABOUT_IT = re.compile(r"\s*(?:,\s| — | that | which | who | where | for which | in which | when ).*$", re.DOTALL)
_RELATIVE = re.compile("(?:which|that|who|where|when) ")
_FILED = re.compile(r"\s\(\d{4}\)$|\s—\s.*$", re.DOTALL)
_GROUP = re.compile(r"^(?P<name>.+?) \(\d+\): (?P<rest>.+)$", re.DOTALL)
_PATH = re.compile(r"^.* › ")
_HEAD = re.compile(r"(?:\*\*)?(?P<name>[^:*]{2,40}?)(?:\*\*: |: |:\*\* )(?=.*\S)")  # "**Name**: what it does"
_LABEL = re.compile(r"\s*\(H\d(?:\.\d)?\)")
_GLOSS = re.compile(r"\s*\((?:H\d(?:\.\d)?|[A-Za-z][^()]*[a-z][^()]*)\)")
_CLAUSE_KO = re.compile(r"(?:는|은|한|된|인|을|를|로|의|에) ")
_NAME = re.compile(r"[A-Z][\w.+π-]*(?: (?:[A-Z][\w.+-]*|et al\.|\d+))*", re.ASCII)
_IS_SENTENCE = re.compile(r"[가-힣]다\.$|[a-z]{2}[.!?]$")  # what says something of an item, and does not name it
_BULLET = re.compile(r"(?m)^[-*] (?P<text>.+)$")


@dataclass(frozen=True, slots=True)
class Listing:
    """Things in order, and the text that says what they are."""

    intro: str
    items: tuple[str, ...]

    def position(self, number: int) -> int | None:
        """Return where the item of a number stands (from 1; -1: the last), None where there is none."""
        at = len(self.items) - 1 if number < 0 else number - 1
        return at if 0 <= at < len(self.items) else None

    def speaks_of(self, noun: str) -> bool:
        """Whether the text counts things that are called so, or ends with them: "3 layers", "4단계"."""
        stem = re.escape(re.sub(r"(?:es|s|들)$", "", noun.lower()))
        counted = rf"\b{_EN}(?: [\w-]+){{0,2}} {stem}|{_KO} ?(?:가지|개)?의? ?{stem}|{stem}[^,]{{0,8}}$"
        return bool(noun) and bool(re.search(counted, self.intro.lower()))


class Lister:
    """Finds lists in answers and in the sections that they cite; those found last are remembered."""

    def __init__(self, reader: ThingReader) -> None:
        self._reader = reader
        self._shown = lru_cache(maxsize=_REMEMBERED)(self._make_shown)
        self._cited = lru_cache(maxsize=_REMEMBERED)(self._make_cited)

    def shown(self, answer: Answer) -> list[Listing]:
        """Return the lists that an answer shows."""
        return self._shown(answer.sentences)

    def cited(self, answer: Answer, document: Document | None) -> list[Listing]:
        """Return the lists of the section that an answer cites first."""
        if document is None or not answer.citations:
            return []
        section = document.section(answer.citations[0].section_id)
        return self._cited(document.text[section.start : section.end][:_MAX_SECTION_CHARS]) if section else []

    def enumerated(self, text: str) -> Listing | None:
        """Return what one sentence lists after a colon, or as the two of which it speaks."""
        found = _ENUMERATED.match(text.rstrip())
        if found is None:
            return None
        parts = _split(_TAIL_KO.sub("", (found["rest"] or found["two"]).strip()))
        if any(part.count("(") != part.count(")") for part in parts):  # what stands in brackets is no list
            return None
        items = tuple(filter(None, map(self._named, parts)))
        if found["two"] and (len(items) != 2 or any(len(item.split()) > _MAX_PAIR_WORDS for item in items)):
            return None
        return Listing(found["intro"] or found["counted"], items) if 2 <= len(items) <= _MAX_ITEMS else None

    def _make_shown(self, shown: tuple[Sentence, ...]) -> list[Listing]:
        told = [(" ".join(sentence.text[:_MAX_TEXT_CHARS].split()), sentence.form) for sentence in shown]
        texts = [text for text, form in told if form == "sentence"]
        items = [text for text, form in told if form == "item" and not _IS_SENTENCE.search(text)]
        found = [self._of_items(items, texts)] if items else []
        return [one for one in (*found, *map(self.enumerated, texts)) if one is not None]

    def _make_cited(self, text: str) -> list[Listing]:
        sentences = (" ".join(text[start:end].split()) for start, end in sentence_spans(text))
        found = [one for one in map(self.enumerated, sentences) if one is not None]
        bullets = tuple(_first_name(match["text"]) for match in _BULLET.finditer(text))
        listed = len(bullets) > 1 and all(bullets)
        return [*found, Listing(text[:_MAX_INTRO_CHARS], bullets)] if listed else found

    def _of_items(self, items: Sequence[str], texts: Sequence[str]) -> Listing | None:
        groups = [_GROUP.match(item) for item in items]
        if len(items) == 1 and groups[0] is not None:
            items = _SEPARATOR.split(groups[0]["rest"])
        elif all(groups):
            items = [group["name"] for group in groups if group]
        named = tuple(filter(None, map(self._named, items[:_MAX_ITEMS])))
        return Listing(" ".join(texts), named) if len(named) > 1 else None

    def _named(self, item: str) -> str:
        """Return an item as it is called, "" for one that is no name but a text."""
        text = _PATH.sub("", _FILED.sub("", item.strip()))
        head = _HEAD.match(text)
        text = head["name"] if head else text
        korean = bool(re.search("[가-힣]", text))
        text = (_GLOSS.sub("", text) if korean else _LABEL.sub("", _ABOUT_IT.sub("", text))).strip(" .;,")
        text = "" if _RELATIVE.match(text) else re.sub(r"^(?:the|an?) ", "", text)
        if korean and len(text) > _SHORT_KO and _CLAUSE_KO.search(text):
            last = next((thing for thing in reversed(self._reader.read(text).specific)), None)
            if last is not None and last.end >= len(text) - 1 and (" " in last.text or len(last.text) > 3):
                return last.text
        return text if 0 < len(text) <= _MAX_ITEM_CHARS else ""


def best(candidates: Sequence[Listing], number: int, noun: str, asked: str, *, strict: bool = False) -> Listing | None:
    """Return the list that has the item: one of things called by that noun, of as many as were asked for, if any.

    With `strict` none but a list of things that are called so.
    """
    having = [one for one in candidates if one.position(number) is not None and (not strict or one.speaks_of(noun))]
    return max(having, key=lambda one: (one.speaks_of(noun), len(one.items) in counts(asked)), default=None)


def counts(text: str) -> set[int]:
    """Return the numbers of things that a text speaks of: "네 가지", "three layers"."""
    words = (found["en"] or found["ko"] for found in _COUNT.finditer(text))
    return {int(word) if word.isdigit() else _NUMBERS[word] for word in words}


def _first_name(text: str) -> str:
    """Return the name in Latin letters that a bullet point begins with, "" for none."""
    found = _NAME.match(text)
    return found.group().strip() if found else ""


def _split(text: str) -> list[str]:
    parts = _SEPARATOR.split(text)
    if len(parts) > 2 and _SERIAL.search(text):
        return parts
    korean = bool(re.search("[가-힣]", text))
    last = parts[-1]
    cut = _middle(last, korean=korean) if len(parts) > 1 or korean or not _SERIAL.search(text) else None
    return [*parts[:-1], last[: cut[0]], last[cut[1] :]] if cut else parts


def _middle(text: str, *, korean: bool) -> tuple[int, int] | None:
    """Return the span of the joint between two things: where both sides end alike, else the one nearest the middle."""
    end = text.split()[-1:]

    def rank(span: tuple[int, int]) -> tuple[bool, bool, int]:
        left = text[: span[0]]
        return left.endswith(")"), left.split()[-1:] == end, -abs(2 * span[0] - len(text))

    return max(_joints(text, korean=korean), key=rank, default=None)


def _joints(text: str, *, korean: bool) -> Iterator[tuple[int, int]]:
    for found in (_LAST_KO if korean else _LAST_EN).finditer(text):
        word = text[: found.start()].split()[-1:]
        if not korean or (word and (len(word[0]) > 1 or word[0].endswith(")"))):  # 결과 ends in no 와
            yield found.span()

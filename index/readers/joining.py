"""The lines of a paragraph in, its text out: words that a line's end divides are joined, hyphens of their own kept.

What is right is learnt from the words that stand whole elsewhere in the document (`Vocabulary`), and for Korean from
what the bundled lexicon makes of one word and of two.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.analyse import bundled_analyser

LEXICON_SHARE = 0.3  # of what the lexicon says, beside the document's own signs
LIKELY_ONE = 3.0  # two words must be likelier by so much, in nats: a line's end divides a word more often than not
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_TAIL = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*-$|[\d]+-$")
_URL = re.compile(r"(?:https?://|www\.|doi\.org/)[^\s<>()]*[./_=&?%~#-]$")
_HANGUL = re.compile(r"[가-힣]+")
# closed compounds are the rule with these even where both parts are words
_CLOSED = frozenset(
    "a an any be by down every fore here how in into no on out over some there to under up what where who with".split()
)
_OPEN = frozenset(
    "self well non all ever half high low multi cross co pre post long short large small end few zero".split()
)
_PARTICLES = tuple(
    "에서는 으로는 에서 으로 에게 까지 부터 처럼 보다 이나 은 는 이 가 을 를 의 에 도 만 로 와 과 나 며 고".split()
)
_ENDINGS = re.compile(
    r"(?:다|는|은|을|를|이|가|의|에|에서|으로|로|와|과|도|고|며|면|지|게|한|할|된|될|던|인|적|히|서|여|해|및|등)$"
)


class Vocabulary:
    """The words of a document that stand within its lines, and how Hangul syllables follow each other there."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words = Counter[str]()
        self._stems = Counter[str]()
        self._parted, self._within = Counter[str](), Counter[str]()
        self._last, self._inner = Counter[str](), Counter[str]()
        self._first, self._later = Counter[str](), Counter[str]()
        for line in lines:
            inner = line.strip().split(" ")[1:-1]
            self.words.update(token.casefold() for word in inner for token in _TOKEN.findall(word))
            self._learn(line)

    def _learn(self, line: str) -> None:
        words = line.strip().split(" ")
        for at, word in enumerate(words):
            for run in _HANGUL.findall(word):
                for a, b in zip(run, run[1:], strict=False):
                    self._within[a + b] += 1
                    self._inner[a] += 1
                    self._later[b] += 1
                for size in range(2, len(run)):
                    self._inner[run[:-1][-size:]] += 1
            following = words[at + 1] if at + 1 < len(words) else ""
            if word and following and _HANGUL.fullmatch(word[-1]) and _HANGUL.fullmatch(following[0]):
                self._parted[word[-1] + following[0]] += 1
                self._last[word[-1]] += 1
                self._last[word[-2:]] += len(word) > 1
                self._first[following[0]] += 1
                self._first[following[:2]] += len(following) > 1
        for word in words[1:-1]:
            if run := _HANGUL.fullmatch(word.rstrip(".,;:!?)”’")):
                self._stems.update({run[0], _stem(run[0])})

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Say whether `before-after`, which a line's end parts at its hyphen, has the hyphen within a line too."""
        a, b = before.casefold(), after.casefold()
        for _ in range(2):
            whole, joined = f"{a}-{b}", a + b
            if self.words[whole] or self.words[joined]:
                return self.words[whole] >= self.words[joined]
            a, b = a.rpartition("-")[2], b.split("-")[0]  # "out-" and "of-domain": then "out-of" alone
        a, whole, joined = before.casefold(), f"{before}-{b}".casefold(), (before + b).casefold()
        if not after[:1].islower() or before[-1:].isdigit() or (before.isupper() and len(before) > 1):
            return True
        if any(self.words[f"{a}-{b}{end}"] or self.words[whole.removesuffix(end)] for end in ("s", "d", "ed", "ing")):
            return True
        if "-" in before:  # state-of-the-art; but out-of-do-main
            return bool(self.words[b]) or not any(word.startswith(a.rpartition("-")[2] + b[:2]) for word in self.words)
        if any(
            self.words[joined.removesuffix(end)] or self.words[joined + end] for end in ("s", "d", "ed", "ing", "ly")
        ):
            return False
        return (
            a not in _CLOSED
            and len(b) > 2
            and bool(self.words[b])
            and (a in _OPEN or len(a) > 2 and bool(self.words[a]))
        )

    def is_one_word(self, before: str, after: str) -> bool:
        """Say whether Hangul at a line's end and at the next one's start is one word that the line's end divides."""
        a, b = _HANGUL.findall(before)[-1], _HANGUL.match(after)
        if b is None:
            return False
        joined = a + b[0]
        score = 0.0  # above 0: two words
        known_after = self._stems[b[0]] > 0 or self._stems[_stem(b[0])] > 0
        score += 1.0 * (self._stems[a] > 0 and len(a) > 1) + 1.5 * (known_after and len(b[0]) > 1)
        score -= 3.0 * (self._stems[joined] > 0) + 1.5 * (self._stems[_stem(joined)] > 0)
        score += _odds(self._parted[a[-1] + b[0][0]], self._within[a[-1] + b[0][0]])
        score += _odds(self._last[a[-2:]] if len(a) > 1 else 0, self._inner[a[-2:]] if len(a) > 1 else 0)
        score += 0.5 * _odds(self._last[a[-1]], self._inner[a[-1]]) + 0.5 * _odds(
            self._first[b[0][0]], self._later[b[0][0]]
        )
        adnominal = (ord(a[-1]) - 0xAC00) % 28 in (4, 8)  # a verb before a noun ends in ㄴ or ㄹ
        score += 0.7 if adnominal or _ENDINGS.search(a) else -0.3
        score -= 2.0 * (b[0] in _PARTICLES or b[0] in ("다", "한다", "된다", "하는", "되는", "하여"))
        cost = bundled_analyser().cost
        score += LEXICON_SHARE * (cost(joined) - cost(a) - cost(b[0]) + LIKELY_ONE)
        return score < 0


def join(lines: Sequence[str], vocabulary: Vocabulary) -> tuple[str, list[int]]:
    """Return lines as running text, and for each line the offset in it at which it begins.

    A line that ends in a space is known to end with a word.
    """
    parts: list[str] = []
    starts, length = [], 0
    for line in lines:
        line = line.lstrip()
        if parts:
            glued = _glued(parts[-1], line, vocabulary)
            length += len(glued) - len(parts[-1])
            parts[-1] = glued
        starts.append(length)
        parts.append(line)
        length += len(line)
    return "".join(parts).rstrip(), starts


def _glued(text: str, line: str, vocabulary: Vocabulary) -> str:
    """Return the line `text` as it stands before `line`: with a space at its end, or without its hyphen."""
    if text.endswith(" ") or not text:
        return text
    tail, head = _TAIL.search(text), _TOKEN.match(line)
    if text.endswith("-") and tail and head:
        return text if vocabulary.keeps_hyphen(tail[0][:-1], head[0]) else text[:-1]
    if _URL.search(text) and re.match(r"[\w./%&?=#~-]", line):
        return text
    if text.endswith(("–", "—", "/")) and not text.endswith((" –", " —", " /")):
        return text
    if _HANGUL.match(text[-1:]) and _HANGUL.match(line[:1]) and vocabulary.is_one_word(text[-12:], line):
        return text
    return f"{text} "


def _stem(word: str) -> str:
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) > len(particle) + 1:
            return word.removesuffix(particle)
    return word


def _odds(yes: int, no: int) -> float:
    return math.log((yes + 0.5) / (no + 0.5)) if yes + no else 0.0

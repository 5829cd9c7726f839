"""Text in, its terms out: Korean stems without particles and endings, English stems, names whole and in parts.

The Korean half is a Viterbi search over a lexicon of stems and of word tails (particles, endings) that `train/` learns
from Kiwi's analyses; it needs no analyser library, model load or extra memory at run time. Does not know what a query
is and weighs nothing.
"""

import math
import re
import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

ANALYSER_VERSION = 4
LEXICON = Path(__file__).parent / "model" / "korean.tsv"
REMEMBERED = 200_000  # words whose terms are remembered
REMEMBERED_CHARS = 40  # longer ones are rare, and some are very long

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ"  # without × and ÷
_RUN = re.compile(
    r"(?P<ko>[가-힣]+)"
    rf"|(?P<name>(?:\d+(?:[.,]\d+)*)?[{_LETTER}][{_LETTER}0-9]*(?:[-_./'’&][{_LETTER}0-9]+)*(?:\+\+|#)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
)
_PART = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")
_UNKNOWN_COST = 8.0
_UNKNOWN_COST_PER_CHAR = 5.0
_ONLY_TAIL_COST = 3.0
_MAX_PIECE_CHARS = 10

ENGLISH_STOPWORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below between both but
    by can cannot could did do does doing down during each either few for from further had has have having he her
    here hers him his how i if in into is it its itself just me more most my no nor not of off on once only or
    other our ours out over own per same she should so some such than that the their theirs them then there these
    they this those through to too under until up upon us very was we were what when where which while who whom
    whose why will with within without would you your yours s t d ll re ve m via vs etc
    """.split()
)
KOREAN_STOPWORDS = frozenset(
    """
    것 거 수 등 때 중 및 그 이 저 더 또 안 못 잘 좀 바 데 점 뿐 만 채 간 내 외 위하 대하 통하 따르 의하 관하 하 되
    있 없 이 아니 않 같 보 주 지 때문 경우 또한 그리고 그러나 하지만 즉 매우 가장 모든 각 여러 우리 나 너 저희
    여기 거기
    """.split()
)

_stem = snowballstemmer.stemmer("english").stemWord
_stemming = threading.Lock()  # the stemmer keeps the word that it works on in itself


class Term(NamedTuple):  # not a dataclass: thousands are made for each question, and these are made faster
    """One index term and the characters it came from: `text[start:end]`."""

    text: str
    start: int
    end: int


class Word(NamedTuple):
    """The terms of what stands between two spaces; the number that begins it and the name that ends it, or nothing.

    A name and a number after it make one name together, as in Llama 3.
    """

    terms: tuple[str, ...]
    number: str
    name: str


class Analyser:
    """Turns text of either language into terms; the same for documents and questions.

    `pieces` maps a Korean surface form to (cost, stem), `tails` maps an ending to its cost; costs are negative
    log probabilities. `predicates` are the stems of verbs, adjectives and adverbs.
    """

    def __init__(
        self, pieces: dict[str, tuple[float, str]], tails: dict[str, float], predicates: frozenset[str] = frozenset()
    ) -> None:
        self.predicates = predicates
        self._pieces = pieces
        self._tails = {"": _UNKNOWN_COST, **tails}
        self.segment = lru_cache(maxsize=REMEMBERED)(self._segment)
        self._word = lru_cache(maxsize=REMEMBERED)(self._read)

    @classmethod
    def load(cls, path: Path) -> "Analyser":
        """Read a lexicon that `train/` wrote: lines of kind (stem, verb, tail), surface, stem, count."""
        pieces: dict[str, tuple[float, str]] = {}
        tails: dict[str, float] = {}
        kinds: dict[str, set[str]] = {"stem": set(), "verb": set()}
        lines = path.read_text(encoding="utf-8").splitlines()
        log_total = math.log(int(lines[0].split("\t")[1]))
        for line in lines[1:]:
            kind, surface, stem, count = line.split("\t")
            cost = log_total - math.log(int(count))
            if kind == "tail":
                tails[surface] = cost
            else:
                pieces[surface] = (cost, stem or surface)
                kinds[kind].add(stem or surface)
        return cls(pieces, tails, frozenset(kinds["verb"] - kinds["stem"]))

    def terms(self, text: str) -> list[Term]:
        """Return the word terms of `text` in order, stop words left out."""
        found: list[Term] = []
        before: re.Match[str] | None = None
        for run in _RUN.finditer(text):
            start, end = run.span()
            if before and run["number"] and before["name"] and text[before.end() : start] == " ":
                found.append(Term(whole(before.group() + run.group()), before.start(), end))  # also llama3
            before = run
            if run["ko"] is None:
                found += [Term(term, start, end) for term in _latin(run.group(), run["number"] is not None)]
            else:
                for stem, at, stop in self.segment(run["ko"]):
                    found.append(Term(stem, start + at, start + stop))
        return found

    def words(self, text: str) -> list[str]:
        """Return the texts of `terms`."""
        found: list[str] = []
        before = ""
        for terms, number, name in map(self.word, text.split(" ")):
            if before and number:
                found.append(whole(before + number))
            found += terms
            before = name
        return found

    def word(self, word: str) -> Word:
        """Return what is found in what stands between two spaces; it is remembered."""
        return self._word(word) if len(word) <= REMEMBERED_CHARS else self._read(word)

    def _read(self, word: str) -> Word:
        runs: list[tuple[str, str, str]] = _RUN.findall(word)
        found: list[str] = []
        for korean, name, number in runs:
            if korean:
                found += [stem for stem, _, _ in self.segment(korean)]
            else:
                found += _latin(name or number, bool(number))
        if not runs:
            return Word((), "", "")
        (_, _, first), (_, last, _) = runs[0], runs[-1]
        return Word(tuple(found), first if word.startswith(first) else "", last if word.endswith(last) else "")

    def knows(self, word: str) -> bool:
        """Whether the lexicon has a Hangul word as a stem."""
        return word in self._pieces

    def cost(self, word: str) -> float:
        """Return how unlikely a Hangul word is: what its cheapest division costs, a negative log probability."""
        return self._divided(word)[1]

    def _segment(self, word: str) -> tuple[tuple[str, int, int], ...]:
        """Return (stem, start, end) of the cheapest division of one Hangul word into stems and at most one tail.

        Stop words are left out.
        """
        best, _, stop = self._divided(word)
        found: list[tuple[str, int, int]] = []
        while stop:
            _, start, stem = best[stop]
            first, *others = stem.split(" ")  # 자연어처리 is known as 자연어 처리
            for part in reversed(others):
                found.append((part, stop - len(part), stop))
                stop -= len(part)
            found.append((first, start, stop))
            stop = start
        return tuple(piece for piece in reversed(found) if not is_stopword(piece[0]))

    def _divided(self, word: str) -> tuple[list[tuple[float, int, str]], float, int]:
        """Return the cheapest division: by end, the cost up to there, its last stem's start and that stem.

        With it come the cost of the whole and where the tail begins.
        """
        size = len(word)
        best: list[tuple[float, int, str]] = [(0.0, 0, "")] + [(math.inf, 0, "")] * size
        for start in range(size):
            base = best[start][0]
            for end in range(start + 1, min(size, start + _MAX_PIECE_CHARS) + 1):
                surface = word[start:end]
                cost, stem = self._pieces.get(surface) or (
                    _UNKNOWN_COST + _UNKNOWN_COST_PER_CHAR * (end - start),
                    surface,
                )
                if base + cost < best[end][0]:
                    best[end] = (base + cost, start, stem)
        best[0] = (_ONLY_TAIL_COST, 0, "")
        cost, stop = min((best[at][0] + self._tails.get(word[at:], math.inf), at) for at in range(size + 1))
        return best, cost, stop


@cache
def bundled_analyser() -> Analyser:
    """Return the analyser of the bundled lexicon, one for all that a process does."""
    return Analyser.load(LEXICON)


def is_stopword(term: str) -> bool:
    """Whether a term says nothing about a topic in either language."""
    return term in ENGLISH_STOPWORDS or term in KOREAN_STOPWORDS


def is_name_like(surface: str) -> bool:
    """Whether a surface form looks like a proper name: digits beside letters, or a capital past the first letter."""
    return any(char.isupper() for char in surface[1:]) or (
        any(char.isdigit() for char in surface) and any(char.isalpha() for char in surface)
    )


@lru_cache(maxsize=REMEMBERED)
def english_stem(word: str) -> str:
    """Return the Snowball (Porter2) stem of a lower-case word; words of up to three letters stay as they are."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    with _stemming:
        return str(_stem(word))


@lru_cache(maxsize=REMEMBERED)
def _latin(surface: str, is_number: bool) -> tuple[str, ...]:
    """Return the terms of a word or number of Latin letters and digits, stop words left out."""
    if surface.isascii() and surface.isalpha():  # most words: for them, too, what follows would come to this
        stem = english_stem(surface.lower())
        return () if is_stopword(stem) else (stem,)
    surface = unicodedata.normalize("NFKC", surface)
    if is_number:
        return (surface.replace(",", ""),)
    lowered = surface.lower().replace("’", "'").removesuffix("'s")
    parts = [found.group() for found in _PART.finditer(lowered)]
    joined = whole(lowered)
    found = [english_stem(joined)] if parts != [joined] else []
    if len(parts) > 1 or parts == [joined]:
        found += [english_stem(part) for part in parts]
    return tuple(term for term in found if not is_stopword(term))


def whole(name: str) -> str:
    """Return the term of a name as a whole: LLaMA-2 is llama2."""
    return re.sub(r"[-_./'&]", "", name.lower())

"""Pieces of a model's text in, whole sentences with the numbers that they cite out, as they come.

Thoughts, headings, code, words that only lead in and lists of sources are left out; list items and table rows are
sentences of the form "item". A sentence is given when the next begins, as its marks may stand after its full stop. What
a number means, and whether the sentence is true to it, is judged elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.load import Language
from index.sentences import sentence_spans
from qa.answer import Form
from qa.llm.markdown import Line, line_of, plain
from qa.llm.marks import Mark, begun_chars, is_stopped, without_marks
from qa.llm.prompt import NOT_FOUND
from qa.llm.reasoning import Reader
from qa.llm.script import is_written_in

SENTENCE_CHARS = 1_500
REPEATS = 3
LINE_CHARS = 4_000
_LOOKS = 64
_PERIODS = 6
_PERIOD_CHARS = 20
_SENTINEL = re.compile(NOT_FOUND.replace("_", "[_ ]"), re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:답변?|정답|결론|answer|response|final answer)\W*[:：]\W*(?=\w)", re.IGNORECASE)
_SOURCES = "출처 참고문헌 참고자료 인용 references reference sources source citations workscited".split()
_TEXTS = ("", "markdown", "md", "text", "txt", "plaintext")


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence without marks, and the numbers of the sources that it cites, whether they exist or not.

    `in_language` is false where it is not written in the language asked for. `anew` is true on the first sentence after
    thoughts that could not be told from an answer: all sentences before it are to be taken back.
    """

    text: str
    numbers: tuple[int, ...]
    form: Form = "sentence"
    in_language: bool = True
    anew: bool = False


class SentenceParser:
    """Reads one answer. Give it every piece, then call `finish`.

    `not_found` says that the model wrote that the sources hold no answer.
    """

    def __init__(self, language: Language) -> None:
        self.not_found = False
        self._language = language
        self._reader = Reader()
        self._said: set[str] = set()
        self._repeated = 0
        self._runs_on = False
        self._anew = False
        self._begin()

    def _begin(self) -> None:
        self._line = ""
        self._next_look = 0  # how long the line is to be before it is read again
        self._given = 0  # sentences of the line that have been given before its end
        self._held: WrittenSentence | None = None  # whole, but a mark may follow
        self._row: WrittenSentence | None = None  # a table's row, its head if a rule follows
        self._in_code = self._is_wrapped = self._in_sources = False
        self._said.clear()

    @property
    def ended(self) -> bool:
        """Whether reading on is of no use: the model repeats itself, writes without an end or past its answer."""
        return self._reader.ended or self._runs_on or self._repeated >= REPEATS

    def feed(self, piece: str) -> list[WrittenSentence]:
        """Return the sentences that a piece makes whole."""
        found: list[WrittenSentence] = []
        if self.ended:
            return found
        for shown in self._reader.feed(piece):
            if shown.anew:
                self._anew = self._anew or bool(self._said)
                self._begin()
            found.extend(self._read(shown.text))
        return found

    def finish(self, *, cut: bool = False) -> list[WrittenSentence]:
        """Return what is left. With `cut` the answer did not come to its end, and its last words are no sentence."""
        found: list[WrittenSentence] = []
        for shown in self._reader.finish():
            found.extend(self._read(shown.text))
        if cut:
            self._line = self._settled() if is_stopped(without_marks(self._settled())[0]) else ""
        if not self._runs_on and self._repeated < REPEATS:
            found.extend(self._end_line())
        found.extend(self._release_row())
        found.extend(self._hold(None))
        return found

    def _read(self, text: str) -> Iterator[WrittenSentence]:
        *whole, rest = re.split(r"\r?\n|[\u2028\u2029]", text)
        for part in whole:
            self._line += part
            yield from self._end_line()
        self._line += rest
        if rest and not self._runs_on:
            yield from self._go_on()

    def _go_on(self) -> Iterator[WrittenSentence]:
        """Give the sentences of an unfinished line that another follows."""
        if len(self._line) > LINE_CHARS:
            yield from self._run_on()
            return
        if len(self._line) < self._next_look:
            return
        self._next_look = len(self._line) + len(self._line) // _LOOKS  # a long line is not read anew for every piece
        line = line_of(self._settled())
        if self._in_code or self._in_sources or line.kind not in ("text", "item"):
            return
        sentences, _ = self._sentences(line)
        if not sentences or _may_be_sources(sentences[0].text):
            return
        yield from self._release_row()
        yield from self._hold(None)
        whole, self._given = sentences[self._given : -1], max(self._given, len(sentences) - 1)
        for sentence in whole:
            yield from self._give(sentence)
        last = sentences[-1].text
        if len(last) > SENTENCE_CHARS or _is_periodic(last):
            yield from self._run_on()

    def _run_on(self) -> Iterator[WrittenSentence]:
        """Give what is whole of a line without an end, and read no more."""
        sentences, _ = self._sentences(line_of(self._line[:LINE_CHARS]))
        for sentence in sentences[self._given :]:
            if is_stopped(sentence.text) and len(sentence.text) <= SENTENCE_CHARS:
                yield from self._give(sentence)
        self._runs_on = True

    def _end_line(self) -> Iterator[WrittenSentence]:
        line, given = line_of(self._line), self._given
        self._line, self._given, self._next_look = "", 0, 0
        if line.kind == "fence":
            self._pass_fence(line.content)
        elif line.kind == "rule":
            self._row = None
        elif not self._in_code and not self._in_sources and line.kind in ("text", "item", "row"):
            yield from self._end_sentences(line, given)
        elif line.kind == "heading":
            self._in_sources = self._in_sources or _is_sources(line.content)

    def _end_sentences(self, line: Line, given: int) -> Iterator[WrittenSentence]:
        sentences, loose = self._sentences(line)
        if _is_sources(line.content):
            self._in_sources = True
            return
        if self._held and not self._held.numbers:  # its marks stand on a line of their own
            self._held = replace(self._held, numbers=loose)
        if line.kind == "row":
            yield from self._release_row()
            self._row = sentences[0] if sentences else None
            return
        if sentences:
            yield from self._release_row()
        for sentence in sentences[given:]:
            yield from self._hold(sentence)

    def _pass_fence(self, info: str) -> None:
        if self._in_code or self._is_wrapped:
            self._in_code = self._is_wrapped = False
        elif not self._said and not self._held and info in _TEXTS:
            self._is_wrapped = True  # some wrap their whole answer
        else:
            self._in_code = True

    def _sentences(self, line: Line) -> tuple[list[WrittenSentence], tuple[int, ...]]:
        """Return the sentences of a line, and the numbers of marks that stand there without one."""
        content = plain(line.content)
        if not self._said and not self._held:
            content = _LABEL.sub("", content)
        text, marks = without_marks(content)
        spans = [(0, len(text))] if line.kind == "row" else sentence_spans(text)
        spans = [(start, end) for start, end in spans if any(map(str.isalnum, text[start:end]))]
        words = [_tidied(text[start:end]) for start, end in spans]
        if not spans or _is_sources(text):
            return [], _unique(marks)
        owned: list[list[Mark]] = [[] for _ in spans]
        for mark in marks:
            owned[_owner(mark, spans, leading=marks[0].at == 0)].append(mark)
        form: Form = "sentence" if line.kind == "text" else "item"
        return [WrittenSentence(words[at], _unique(owned[at]), form) for at in range(len(spans))], ()

    def _settled(self) -> str:
        """Return the line so far without what may yet become a mark."""
        return self._line[: len(self._line) - begun_chars(self._line)]

    def _hold(self, sentence: WrittenSentence | None) -> Iterator[WrittenSentence]:
        held, self._held = self._held, sentence
        if held:
            yield from self._give(held)

    def _release_row(self) -> Iterator[WrittenSentence]:
        row, self._row = self._row, None
        if row:
            yield from self._hold(None)
            yield from self._give(row)

    def _give(self, sentence: WrittenSentence) -> Iterator[WrittenSentence]:
        if _SENTINEL.search(sentence.text):
            self.not_found = True
            return
        if sentence.text.endswith((":", "：")) and not sentence.numbers:  # only leads in
            return
        said = "".join(filter(str.isalnum, sentence.text.casefold()))
        if said in self._said:
            self._repeated += 1
            return
        self._said.add(said)
        self._repeated = 0
        anew, self._anew = self._anew, False
        is_item = sentence.form == "item"
        yield replace(sentence, anew=anew, in_language=is_written_in(sentence.text, self._language, item=is_item))


def _owner(mark: Mark, spans: list[tuple[int, int]], *, leading: bool) -> int:
    """Return which sentence a mark belongs to: that before it, or after it where the line begins with one."""
    before = max((at for at, (start, _) in enumerate(spans) if start < mark.at), default=0)
    between = mark.at >= spans[before][1] and before + 1 < len(spans)
    return before + 1 if leading and between and mark.at > 0 else before


def _is_periodic(text: str) -> bool:
    """Say whether a text ends in the same words over and over."""
    end = text[-_PERIOD_CHARS:]
    period = len(text) - len(end) - text.rfind(end, 0, len(text) - 1)
    return period * _PERIODS >= 4 * _PERIOD_CHARS and text.endswith(text[-period:] * _PERIODS) if period else False


def _unique(marks: Iterable[Mark]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for mark in marks for number in mark.numbers))


def _tidied(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("`", ""))
    text = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", re.sub(r"\(\s*\)", "", text))
    return " ".join(text.split())


def _is_sources(text: str) -> bool:
    return _word(text) in _SOURCES


def _may_be_sources(text: str) -> bool:
    word = _word(text)
    return any(label.startswith(word) for label in _SOURCES)


def _word(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))

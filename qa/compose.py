"""Sentences that a language model wrote in, Answers out as they grow: every sentence is checked against what it cites.

What it cites is a place in the Library, found sentence by sentence; what the place does not support is kept as such,
with the reason. Where the model fails, or most of what it wrote is not supported, the extractive answer stands instead,
with one line that says why. Speaks to no server itself.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from itertools import zip_longest

from index.errors import EndpointError
from index.load import Document, Language
from index.storage.record import StoredPassage
from qa.answer import Answer, Citation, Sentence
from qa.check.checker import ClaimChecker
from qa.check.judgement import Judgement, Source, reason
from qa.llm.prompt import Source as Shown
from qa.llm.sentences import WrittenSentence
from qa.parts.join import APART
from qa.question.orders import without_orders
from qa.reading.cite import Evidence, locate
from qa.retrieval.retrieve import Run

MAX_SOURCES = 8
_MOST = 0.5  # of what can be checked; above it the model's answer is not shown

_NOTICES: dict[str, dict[Language, str]] = {
    "failed": {
        "ko": "언어 모델의 답을 받지 못해 원문에서 고른 문장으로 답합니다: {why}",
        "en": "The language model gave no usable answer, so this one quotes the sources: {why}",
    },
    "unsupported": {
        "ko": "언어 모델이 쓴 문장 {count}개 중 {bad}개를 출처가 뒷받침하지 않아, 원문에서 고른 문장으로 답합니다.",
        "en": "The sources do not support {bad} of the {count} sentences that the language model wrote, so this answer "
        "quotes them instead.",
    },
    "nothing": {
        "ko": "언어 모델은 출처에서 답을 찾지 못했다고 합니다. 아래는 원문에서 고른 문장입니다.",
        "en": "The language model says that it found no answer in the sources; these sentences are quoted from them.",
    },
    "language": {
        "ko": "언어 모델이 한국어로 답하지 않아 원문에서 고른 문장으로 답합니다.",
        "en": "The language model did not answer in English, so this answer quotes the sources.",
    },
}


class Composer:
    """Turns what a language model writes about a Run into an Answer whose sentences are checked."""

    def __init__(self, checker: ClaimChecker, document: Callable[[str], Document | None]) -> None:
        """Take what judges a sentence, and what reads stored documents by id."""
        self._checker = checker
        self._document = document

    def compose(
        self,
        quoted: Answer,
        sources: Sequence[StoredPassage],
        written: Generator[WrittenSentence, None, None],
        model: str,
        cancel: threading.Event | None = None,
    ) -> Generator[tuple[Answer, bool], None, None]:
        """Yield the answer as it grows, and whether it is whole; the last one is.

        `quoted` is the extractive answer to the same question; `sources` are the passages that the model was given, in
        the order of their numbers from 1; `model` is its name. What is written by the time that `cancel` is set stands.
        """
        page = _Page(self._checker, self._document, sources, quoted.language)
        self._checker.prepare([_source(passage) for passage in sources])
        try:
            for sentence in written:
                if sentence.anew:
                    page = _Page(self._checker, self._document, sources, quoted.language)
                page.add(sentence)
                yield page.answer(quoted, model), False
        except EndpointError as error:
            yield _instead(quoted, "failed", why=error.said(quoted.language)), True
            return
        finally:
            written.close()  # which stops the server
        stopped = cancel is not None and cancel.is_set()
        yield (quoted if stopped and page.is_empty else page.whole(quoted, model)), True


class _Page:
    """The sentences written so far, and the places that they cite."""

    def __init__(
        self,
        checker: ClaimChecker,
        document: Callable[[str], Document | None],
        sources: Sequence[StoredPassage],
        language: Language,
    ) -> None:
        self._checker = checker
        self._document = document
        self._sources = sources
        self._language = language
        self._sentences: list[Sentence] = []
        self._citations: list[Citation] = []
        self._in_other_language = 0

    def add(self, written: WrittenSentence) -> None:
        """Check a sentence and add it with the places that it rests on."""
        given = [self._sources[number - 1] for number in written.numbers if 0 < number <= len(self._sources)]
        cited = [passage for passage in given if self._stands(passage)]
        judgement = self._checker.check(written.text, self._language, [_source(passage) for passage in cited])
        self._in_other_language += not written.in_language
        numbers: list[int] = []
        for at, passage in enumerate(cited):
            own = judgement
            if at != judgement.source:
                own = self._checker.check(written.text, self._language, [_source(passage)])
                if own.verdict == "unsupported" and judgement.verdict != "unsupported":
                    continue  # cited beside one that bears it out, and says nothing of it
            if (number := self._number(passage, own)) is not None:
                numbers.append(number)
        self._sentences.append(
            Sentence(
                text=written.text,
                citations=tuple(dict.fromkeys(numbers)),
                form=written.form,
                verdict=judgement.verdict,
                reason=reason(judgement, self._language),
            )
        )

    def _stands(self, passage: StoredPassage) -> bool:
        """Whether a passage is still what is stored: its document may be removed or replaced while a model writes."""
        stored = self._document(passage.doc_id)
        return stored is not None and stored.text[passage.start : passage.end] == passage.text

    def _number(self, passage: StoredPassage, judgement: Judgement) -> int | None:
        """Return the number, from 0, of the citation that a judgement points at; None where none stands."""
        start, end = passage.start, passage.end
        if judgement.source is not None and judgement.start < judgement.end:
            start, end = passage.start + judgement.start, passage.start + judgement.end
        citation = locate(Evidence(passage.doc_id, passage.section_id, start, end), self._document)
        if citation is None:
            return None
        if citation not in self._citations:
            self._citations.append(citation)
        return self._citations.index(citation)

    def answer(self, quoted: Answer, model: str) -> Answer:
        """Return what is written so far as an answer; that nothing compares directly is no longer so."""
        return replace(
            quoted,
            notice="" if quoted.notice == APART[quoted.language] else quoted.notice,
            sentences=tuple(self._sentences),
            citations=tuple(self._citations),
            reader=model,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not self._sentences

    def whole(self, quoted: Answer, model: str) -> Answer:
        """Return the whole answer, or the extractive one where this one cannot stand."""
        if not self._sentences:
            return _instead(quoted, "nothing")
        if self._in_other_language > _MOST * len(self._sentences):
            return _instead(quoted, "language")
        bad = sum(sentence.verdict == "unsupported" for sentence in self._sentences)
        if bad > _MOST * len(self._sentences):
            return _instead(quoted, "unsupported", bad=bad, count=len(self._sentences))
        return self.answer(quoted, model)


def sources_of(runs: Sequence[Run], count: int = MAX_SOURCES) -> list[StoredPassage]:
    """Return the best passages of Runs that a language model is given, the best of each first, each once.

    Of a section that was found in both languages only the one in the question's is taken: it is shown beside the claim.
    """
    passages = [passage for rank in zip_longest(*map(_in_own_language, runs)) for passage in rank if passage]
    return list({passage.passage_id: passage for passage in passages}.values())[:count]


def _in_own_language(run: Run) -> list[StoredPassage]:
    own = {_place(hit.passage) for hit in run.hits if hit.passage.language == run.query.language}
    found = (hit.passage for hit in run.hits)
    return [one for one in found if one.language == run.query.language or _place(one) not in own]


def _place(passage: StoredPassage) -> tuple[str, str]:
    return passage.work, passage.section_id


def shown(passage: StoredPassage) -> Shown:
    """Return a passage as a language model is given it."""
    return Shown(passage.title, passage.path, passage.language, without_orders(passage.text))


def _source(passage: StoredPassage) -> Source:
    return Source(without_orders(passage.text), passage.language, " › ".join((passage.title, *passage.path)))


def _instead(quoted: Answer, what: str, **values: object) -> Answer:
    return replace(quoted, notice=_NOTICES[what][quoted.language].format(**values))

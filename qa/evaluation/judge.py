"""A Question and its Gold in, Judged out: what an Assistant found, cited and said. Computes no metrics."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.errors import InputError
from index.load import Language
from index.segments.derive import Progress
from qa.answer import Answer
from qa.ask import Assistant
from qa.evaluation.gold import Gold, Shelf, place
from qa.evaluation.questions import Question
from qa.retrieval.retrieve import CANDIDATES, Hit

Verdict = Literal["right", "wrong", "wrongly refused", "rightly refused", "wrongly answered"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "wrongly refused", "rightly refused", "wrongly answered")
DEPTH = 2 * CANDIDATES  # passages: all candidates of both languages, so that either alone is a whole run


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one question.

    `found` are distinct places, best first, and `found_in` those found when only passages of one language count.
    `cited` holds a place for every citation of the answer, `sentences` the answer's sentences without list items.
    """

    question: Question
    gold: Gold
    found: tuple[str, ...]
    found_in: Mapping[Language, tuple[str, ...]]
    cited: tuple[str, ...]
    sentences: tuple[str, ...]
    answer: str
    refused: bool
    probability: float
    milliseconds: float

    @property
    def rank(self) -> int | None:
        """The rank of the first gold place, from 1; None when none was found."""
        return next((at for at, where in enumerate(self.found, start=1) if where in self.gold.places), None)

    @property
    def verdict(self) -> Verdict:
        """The answer in two words; it is right when the first citation is a gold place."""
        if not self.question.answerable:
            return "rightly refused" if self.refused else "wrongly answered"
        if self.refused:
            return "wrongly refused"
        return "right" if self.cited and self.cited[0] in self.gold.places else "wrong"


def judge_all(assistant: Assistant, questions: Sequence[Question], progress: Progress | None = None) -> list[Judged]:
    """Ask all questions. Raises InputError before the first one when the Library lacks some gold."""
    shelf = Shelf(assistant)
    judged = []
    for question, gold in zip(questions, shelf.gold(questions), strict=True):
        judged.append(judge(assistant, shelf, question, gold))
        if progress:
            progress("Asking questions", len(judged), len(questions))
    return judged


def judge(assistant: Assistant, shelf: Shelf, question: Question, gold: Gold) -> Judged:
    """Ask one question; one that cannot be read (no word in it, too long) counts as refused."""
    started = time.perf_counter()
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()
    reason = ""
    try:
        answer = assistant.ask(question.text)
    except InputError as error:
        reason = str(error)
    milliseconds = 1000 * (time.perf_counter() - started)
    if answer:
        hits = assistant.search(question.text, DEPTH).hits
    named = _namer(question)
    return Judged(
        question=question,
        gold=gold,
        found=_distinct(hits, named),
        found_in={
            language: _distinct((hit for hit in hits if hit.passage.language == language), named)
            for language in ("ko", "en")
        },
        cited=tuple(named(shelf.work_of[c.doc_id], c.section_id) for c in answer.citations) if answer else (),
        sentences=tuple(quoted_sentences(answer)) if answer else (),
        answer=answer.text if answer else reason,
        refused=answer.abstained if answer else True,
        probability=answer.probability if answer else 0.0,
        milliseconds=milliseconds,
    )


def quoted_sentences(answer: Answer) -> Iterator[str]:
    """Yield the sentences, rows and list items of an answer, without code and items of a sentence that is there."""
    seen: set[int] = set()
    for sentence in answer.sentences:
        if sentence.form in ("sentence", "row") or (
            sentence.form == "item" and not seen.issuperset(sentence.citations)
        ):
            yield sentence.text
        seen.update(sentence.citations)


def _namer(question: Question) -> Callable[[str, str], str]:
    """Return what names a passage's place: its work where the question's gold names documents."""
    return (lambda work, _: place(work)) if question.documents else place


def _distinct(hits: Iterable[Hit], named: Callable[[str, str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named(hit.passage.work, hit.passage.section_id) for hit in hits))

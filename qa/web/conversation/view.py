"""Turns in, what the conversation shows out: plain data that becomes JSON. No HTML, no words of the interface.

Text is cut into segments; the page puts each one there as text, so nothing in a document can become markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from index.load import Language
from qa.cite import Answer, Citation, Form
from qa.web.markup import Style, runs

Mark = Literal["", "cited", "chosen"]
Phase = Literal["pending", "answering", "answered", "abstained", "refused"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, of which `shown` sentences are out, or the reason of a refusal."""

    question: str
    answer: Answer | None = None
    shown: int = 0
    refusal: str | None = None

    @property
    def phase(self) -> Phase:
        """How far the turn is."""
        if self.refusal is not None:
            return "refused"
        if self.answer is None:
            return "pending"
        if self.answer.abstained:
            return "abstained"
        return "answering" if self.shown < len(self.answer.sentences) else "answered"


@dataclass(frozen=True, slots=True)
class Segment:
    """Text in one style, and whether a citation covers it. `number` is that citation's, from 0."""

    text: str
    style: Style = "plain"
    mark: Mark = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence or list item. `joins` says that it goes on in the paragraph or list of the one before."""

    segments: tuple[Segment, ...]
    citations: tuple[int, ...]
    form: Form
    language: Language
    joins: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A section that an answer cites, with the numbers of the citations in it, from 0."""

    title: str
    path: tuple[str, ...]
    heading: str
    language: Language
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn as the page shows it. `headings` has the heading of each citation, `text` what copying gives."""

    question: str
    phase: Phase
    language: Language | None = None
    sentences: tuple[SentenceView, ...] = ()
    places: tuple[PlaceView, ...] = ()
    nearest: PlaceView | None = None
    headings: tuple[str, ...] = ()
    bridged: tuple[tuple[str, str], ...] = ()
    foreign: bool = False
    text: str = ""
    refusal: str | None = None


def payload(view: Any) -> dict[str, Any]:
    """Return a view as JSON-able data."""
    return asdict(view)


def conversation_view(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return what the conversation shows, as JSON-able data."""
    return [payload(turn_view(turn)) for turn in turns]


def turn_view(turn: Turn) -> TurnView:
    """Return what the page shows of a turn."""
    answer = turn.answer
    if answer is None:
        return TurnView(turn.question, turn.phase, refusal=turn.refusal)
    return TurnView(
        question=turn.question,
        phase=turn.phase,
        language=answer.language,
        sentences=tuple(_sentences(answer))[: turn.shown],
        places=tuple(_places(answer.citations)),
        nearest=_place(answer.nearest) if answer.nearest else None,
        headings=tuple(citation.heading for citation in answer.citations),
        bridged=tuple((term.written, term.found) for term in answer.bridged if not answer.abstained),
        foreign=answer.foreign,
        text=answer.text,
    )


def _sentences(answer: Answer) -> Iterator[SentenceView]:
    """Yield the sentences; those that follow each other from one section share a paragraph."""
    before = None
    for sentence in answer.sentences:
        first = answer.citations[sentence.citations[0]] if sentence.citations else None
        here = (sentence.form, first and (first.doc_id, first.section_id))
        yield SentenceView(
            segments=tuple(Segment(sentence.text[run.start : run.end], run.style) for run in runs(sentence.text)),
            citations=sentence.citations,
            form=sentence.form,
            language=first.language if first else answer.language,
            joins=here == before if sentence.form == "sentence" else before is not None and before[0] == "item",
        )
        before = here


def _places(citations: Sequence[Citation]) -> Iterator[PlaceView]:
    """Yield each cited section once, in order of first citation."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, citation in enumerate(citations):
        numbers.setdefault((citation.doc_id, citation.section_id), []).append(number)
    for found in numbers.values():
        yield _place(citations[found[0]], tuple(found))


def _place(citation: Citation, numbers: tuple[int, ...] = ()) -> PlaceView:
    return PlaceView(citation.title, citation.section, citation.heading, citation.language, numbers)

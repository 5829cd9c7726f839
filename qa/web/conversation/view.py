"""Turns in, what the conversation shows out: plain data that becomes JSON. No HTML, no words of the interface.

Text is cut into segments; the page puts each one there as text, so nothing in a document can become markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from index.load import Language
from qa.answer import EXTRACTIVE, Answer, Citation, Form, Sentence
from qa.check.judgement import Verdict
from qa.markup import Run, Style, blocks, decoded, runs
from qa.web.mathml import Node, mathml

Mark = Literal["", "cited", "chosen"]
Phase = Literal["pending", "answering", "answered", "abstained", "refused"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, whole when `done`, or the reason of a refusal, said in `refused_in`.

    `searched` is the question as it was completed from the conversation, None where it stood by itself. `thumb` is what
    the user thinks of the answer: 1, -1, or 0 for nothing said. `references` and `bibtex` name what a whole answer
    cites; `kept` is its number in the conversation that is kept, if it is; `scope` has the ids of the documents that
    were asked, None all, and `works` how many papers these are, where that is to be said.
    """

    question: str
    answer: Answer | None = None
    done: bool = False
    refusal: str | None = None
    searched: str | None = None
    thumb: int = 0
    references: tuple[str, ...] = ()
    bibtex: str = ""
    kept: int | None = None
    scope: frozenset[str] | None = None
    refused_in: Language = "en"
    works: int | None = None

    @property
    def phase(self) -> Phase:
        """How far the turn is."""
        if self.refusal is not None:
            return "refused"
        if self.answer is None:
            return "pending"
        if not self.done:
            return "answering"
        return "abstained" if self.answer.abstained else "answered"


@dataclass(frozen=True, slots=True)
class Segment:
    """Text in one style, and whether a citation covers it. `number` is that citation's, from 0.

    `math` is what a formula's text, its TeX, is drawn from; None for all else, and for TeX that cannot be read.
    """

    text: str
    style: Style = "plain"
    mark: Mark = ""
    number: int | None = None
    math: Node | None = None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence, list item, piece of code or row of a table; `cells` are a row's, in the place of `segments`.

    `joins` says that it goes on in the paragraph, list or table of the one before; `verdict` and `reason` say how far
    its citations support it.
    """

    segments: tuple[Segment, ...]
    citations: tuple[int, ...]
    form: Form
    language: Language
    joins: bool
    verdict: Verdict = "supported"
    reason: str = ""
    cells: tuple[tuple[Segment, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A section that an answer cites, with the numbers of the citations in it, from 0; or one that it does not cite."""

    title: str
    path: tuple[str, ...]
    heading: str
    language: Language
    doc_id: str
    section_id: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What a citation cites, as its document has it, and as it is shown."""

    language: Language
    text: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn as the page shows it.

    `headings` are those of each citation, and so are `quotes` where a model wrote the sentences; `text` and `markdown`
    are what copying gives. `model` is that language model, "" where the sentences are quotations; `searched` the
    completed question, "" where it stood by itself; `refused_in` the language of `refusal`; `works` how many papers
    were asked by a question that found nothing, None where it was all.
    """

    question: str
    phase: Phase
    searched: str = ""
    language: Language | None = None
    sentences: tuple[SentenceView, ...] = ()
    places: tuple[PlaceView, ...] = ()
    nearest: PlaceView | None = None
    nearest_quote: tuple[Segment, ...] = ()
    others: tuple[PlaceView, ...] = ()
    headings: tuple[str, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    bridged: tuple[tuple[str, str], ...] = ()
    foreign: bool = False
    unsure: bool = False
    text: str = ""
    markdown: str = ""
    bibtex: str = ""
    refusal: str | None = None
    model: str = ""
    notice: str = ""
    thumb: int = 0
    refused_in: Language = "en"
    works: int | None = None


def payload(view: Any) -> dict[str, Any]:
    """Return a view as JSON-able data."""
    return asdict(view)


def conversation_view(turns: Sequence[Turn], at: int = 0) -> dict[str, Any]:
    """Return what the conversation shows from the turn of number `at` on, as JSON-able data."""
    return {"at": at, "turns": [payload(turn_view(turn)) for turn in turns[at:]]}


def turn_view(turn: Turn) -> TurnView:
    """Return what the page shows of a turn."""
    answer, searched = turn.answer, turn.searched or ""
    if answer is None:
        return TurnView(turn.question, turn.phase, searched, refusal=turn.refusal, refused_in=turn.refused_in)
    return TurnView(
        question=turn.question,
        phase=turn.phase,
        searched=searched,
        language=answer.language,
        sentences=tuple(_sentences(answer)),
        places=tuple(_places(answer.citations)),
        nearest=_place(answer.nearest) if answer.nearest else None,
        nearest_quote=tuple(_styled(answer.nearest_quote)),
        others=tuple(map(_place, answer.others)),
        headings=tuple(citation.heading for citation in answer.citations),
        quotes=() if answer.reader == EXTRACTIVE else tuple(map(_quote, answer.citations)),
        bridged=tuple((term.written, term.found) for term in answer.bridged if not answer.abstained),
        foreign=answer.foreign,
        unsure=answer.unsure,
        text=answer.text,
        markdown=_markdown(answer, turn) if turn.done else "",
        bibtex=turn.bibtex,
        model="" if answer.reader == EXTRACTIVE else answer.reader,
        notice=answer.notice,
        thumb=turn.thumb,
        works=turn.works,
    )


def _markdown(answer: Answer, turn: Turn) -> str:
    """Return the answer with its question above it, its sources and references below; what was written, with quotes."""
    lines = [f"**{turn.searched or turn.question}**", "", answer.text, ""]
    for number, citation in enumerate(answer.citations, start=1):
        quote = "" if answer.reader == EXTRACTIVE else f": “{' '.join(citation.quote.split())}”"
        lines.append(f"[{number}] {citation.where}{quote}")
    return "\n".join([*lines, "", *(f"- {reference}" for reference in turn.references)]).strip() + "\n"


# Forms that go on in the list or table of those before them.
_JOINS: dict[Form, tuple[Form, ...]] = {"item": ("item",), "row": ("header", "row")}


def _sentences(answer: Answer) -> Iterator[SentenceView]:
    """Yield the sentences; quotations that follow each other from one section, and written ones, share a paragraph."""
    before = None
    written = answer.reader != EXTRACTIVE
    for at, sentence in enumerate(answer.shown()):
        first = _source(answer, at)
        here = (sentence.form, None if written or first is None else (first.doc_id, first.section_id))
        is_row = sentence.form in ("header", "row")
        yield SentenceView(
            segments=() if is_row else tuple(_segments(sentence)),
            citations=sentence.citations,
            form=sentence.form,
            language=answer.language if written or first is None or sentence.form == "lead" else first.language,
            joins=before is not None
            and (here == before if sentence.form == "sentence" else before[0] in _JOINS.get(sentence.form, ())),
            verdict=sentence.verdict,
            reason=sentence.reason,
            cells=tuple(_cells(sentence.text)) if is_row else (),
        )
        before = here


def _source(answer: Answer, at: int) -> Citation | None:
    """Return what a sentence cites first, a title what the sentence below it does."""
    sentence = answer.sentences[at + 1 if answer.sentences[at].form == "title" else at]
    return answer.citations[sentence.citations[0]] if sentence.citations else None


def _segments(sentence: Sentence) -> Iterator[Segment]:
    """Yield a sentence in its styles; code stands as it is."""
    if sentence.form == "code":
        yield Segment(sentence.text)
    else:
        yield from _styled(sentence.text)


def _cells(row: str) -> Iterator[tuple[Segment, ...]]:
    for block in blocks(row, 0, len(row)):
        yield from (tuple(_styled(row[start:end])) for start, end in block.spans)


def segment(markdown: str, run: Run, mark: Mark = "", number: int | None = None) -> Segment:
    """Return a run of a text as a segment."""
    text = markdown[run.start : run.end]
    if run.is_formula:
        return Segment(text, run.style, mark, number, mathml(text, display=run.style == "display"))
    return Segment(text if run.style == "code" else decoded(text), run.style, mark, number)


def _styled(markdown: str) -> Iterator[Segment]:
    yield from (segment(markdown, run) for run in runs(markdown))


def _places(citations: Sequence[Citation]) -> Iterator[PlaceView]:
    """Yield each cited section once, in order of first citation."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, citation in enumerate(citations):
        numbers.setdefault((citation.doc_id, citation.section_id), []).append(number)
    for found in numbers.values():
        yield _place(citations[found[0]], tuple(found))


def _quote(citation: Citation) -> QuoteView:
    return QuoteView(citation.language, citation.quote, tuple(_styled(citation.quote)))


def _place(citation: Citation, numbers: tuple[int, ...] = ()) -> PlaceView:
    where = citation.doc_id, citation.section_id
    return PlaceView(citation.title, citation.section, citation.heading, citation.language, *where, numbers)

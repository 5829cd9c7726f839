"""Answers, hits, lists in, text for a terminal or JSON out. Pure but for progress bar and warning; decides nothing."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.copies.bibliography import bibtex, reference
from index.ingest import Outcome
from index.load import Document, Language
from index.segments.derive import Progress
from index.storage.record import DocumentCard
from qa.answer import EXTRACTIVE, Answer, Sentence
from qa.markup import plain
from qa.question.query import question_language
from qa.retrieval.retrieve import Run

_WRITTEN: dict[Language, str] = {
    "ko": "{model} 모델이 쓰고 문장마다 출처와 맞춰 보았습니다. 아래는 원문입니다.",
    "en": "Written by {model}, each sentence checked against its source; the originals stand below.",
}
_STAGES = {"read": "Reading documents", "index": "Indexing passages", "export": "Writing documents"}


def answer_json(answer: Answer, question: str, seconds: float, cited: Sequence[Document] = ()) -> str:
    """Return one line of JSON for an answer; `question` is as it was asked, `cited` are the documents that it cites."""
    return _line(**answer_fields(answer, question, cited), seconds=round(seconds, 4))


def answer_fields(answer: Answer, question: str, cited: Sequence[Document] = ()) -> dict[str, object]:
    """Return an answer as plain data; `question` is as it was asked, `cited` are the documents that it cites."""
    return {
        "question": question,
        "language": answer.language,
        "answer": answer.text,
        "abstained": answer.abstained,
        "unsure": answer.unsure,
        "citations": [citation.fields() for citation in answer.citations],
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "references": {one.doc_id: {"text": reference(one, answer.language), "bibtex": bibtex(one)} for one in cited},
        "nearest": answer.nearest.fields() if answer.nearest else None,
        "nearest_is_sentence": answer.nearest_is_sentence,
        "others": [other.fields() for other in answer.others],
        "bridged": [{"written": term.written, "found": term.found} for term in answer.bridged],
        "kind": answer.kind,
        "probability": round(answer.probability, 4),
        "reader": answer.reader,
        "notice": answer.notice,
    }


def _sentence(sentence: Sentence) -> dict[str, object]:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "form": sentence.form,
        "verdict": sentence.verdict,
        "reason": sentence.reason,
    }


def hits_json(run: Run, question: str) -> str:
    """Return one line of JSON for a search."""
    return _line(**hits_fields(run, question))


def hits_fields(run: Run, question: str) -> dict[str, object]:
    """Return a search as plain data; `question` is as it was asked."""
    hits = [
        {
            "doc_id": hit.passage.doc_id,
            "title": hit.passage.title,
            "language": hit.passage.language,
            "section": list(hit.passage.path),
            "section_id": hit.passage.section_id,
            "passage_id": hit.passage.passage_id,
            "score": round(hit.score, 4),
            "text": hit.passage.text,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "page": hit.passage.page,
            "source": hit.passage.source,
        }
        for hit in run.hits
    ]
    return {"question": question, "language": run.query.language, "hits": hits}


def refusal_json(question: str, reason: str) -> str:
    """Return one line of JSON for a question that could not be read."""
    return _line(
        question=question,
        language=question_language(question),
        answer=reason,
        abstained=True,
        citations=[],
        hits=[],
        error=reason,
        seconds=0.0,
    )


def cards_json(cards: Sequence[DocumentCard]) -> str:
    """Return one line of JSON for a list of documents."""
    return _line(**cards_fields(cards))


def cards_fields(cards: Sequence[DocumentCard]) -> dict[str, object]:
    """Return a list of documents as plain data."""
    names = ("doc_id", "work", "title", "language", "source", "year", "sections", "passages")
    return {"documents": [{name: getattr(card, name) for name in names} for card in cards]}


def answer_text(answer: Answer) -> str:
    """Return an answer with its sources for reading."""
    lines = [text if form in ("code", "header", "row", "title") else plain(text) for text, form in answer.lines()]
    is_written = answer.reader != EXTRACTIVE
    if is_written:
        lines += ["", _dim(_WRITTEN[answer.language].format(model=answer.reader))]
    if answer.citations:
        lines.append("")
    for number, citation in enumerate(answer.citations, start=1):
        page = f", p. {citation.page}" if citation.page else ""
        lines.append(_dim(f"[{number}] {citation.where} ({citation.doc_id}, {citation.start}–{citation.end}{page})"))
        if is_written:
            lines.append(_dim(f"    “{' '.join(citation.quote.split())}”"))
    if answer.bridged and not answer.abstained:
        lines.append(_dim("    " + ", ".join(f"{term.written} → {term.found}" for term in answer.bridged)))
    return "\n".join(lines) + "\n"


def hits_text(run: Run) -> str:
    """Return hits for reading."""
    lines = []
    for rank, hit in enumerate(run.hits, start=1):
        where = " › ".join((hit.passage.title, *hit.passage.path))
        lines.append(f"{rank:2}. {where} {_dim(f'({hit.passage.passage_id}, {hit.score:.2f})')}")
        lines.append("    " + " ".join(hit.passage.text.split())[:160])
    return "\n".join(lines) + "\n" if lines else "The Library is empty.\n"


def outline_text(document: Document) -> str:
    """Return a document's title, data and headings for reading."""
    lines = [document.title, _dim(f"{document.doc_id} · {document.language} · {document.source}")]
    if document.authors:
        lines.append(_dim(", ".join(document.authors)))
    lines += [f"{'  ' * (len(s.path) - 1)}{s.path[-1]} {_dim(s.section_id)}" for s in document.sections if s.path]
    lines += [f"~ {paper.title} {_dim(paper.arxiv)}" for paper in document.similar]
    return "\n".join(lines) + "\n"


def cards_text(cards: Sequence[DocumentCard]) -> str:
    """Return a list of documents for reading."""
    if not cards:
        return "The Library is empty; add papers with `surveyqa library add FILE`.\n"
    width = max(len(card.doc_id) for card in cards)
    return "".join(
        f"{card.doc_id:{width}}  {card.language}  {card.sections:4} sections {card.passages:5} passages  "
        f"{' '.join(card.title.split())}\n"
        for card in cards
    )


def outcomes_text(outcomes: Sequence[Outcome]) -> str:
    """Return what became of each file, the refused with their reasons, and the counts."""
    lines = []
    for outcome in outcomes:
        if outcome.status == "refused":
            lines.append(f"refused    {outcome.reason}")
        elif outcome.status != "left":
            note = f" ({outcome.reason})" if outcome.reason else ""
            lines.append(f"{outcome.status:10} {outcome.doc_id}  {outcome.source}{note}")
    counts = {
        status: sum(outcome.status == status for outcome in outcomes)
        for status in ("added", "replaced", "unchanged", "refused", "left")
    }
    if counts["left"]:
        lines.append(f"stopped    {counts['left']} file(s) were not read yet; run the same command again to go on")
    lines.append(", ".join(f"{count} {status}" for status, count in counts.items() if count) or "nothing to add")
    return "\n".join(lines) + "\n"


def warn(text: str | None) -> None:
    """Say on standard error what the user should know, if anything."""
    if text:
        sys.stderr.write(f"surveyqa: {text}\n")


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """Give what shows progress on a terminal's standard error; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(_STAGES.get(stage, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def _line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _dim(text: str) -> str:
    return f"\x1b[2m{text}\x1b[0m" if sys.stdout.isatty() else text

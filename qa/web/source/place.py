"""The source panel: a citation of the conversation, or any section, in; the section with its sentence marked out."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import gradio as gr

from index.load import Document
from qa.ask import Assistant
from qa.web.conversation.place import Turns, remembered
from qa.web.conversation.view import payload
from qa.web.place import place, quiet
from qa.web.site import Site
from qa.web.source.section import (
    SourceView,
    edition_view,
    lost_view,
    section_view,
    source_view,
    stands,
)
from qa.web.source.sheet import Span, sheet_of

FOLDER = Path(__file__).parent
PARTS = ("sheet",)


def build(site: Site, log: gr.HTML, turns: gr.State) -> None:
    """Add the panel; it opens for a citation or a section, and leads on to the next and to the other edition."""
    panel = place("source", FOLDER, parts=PARTS)
    show = _shower(site.assistant)
    options = quiet(concurrency_limit=4, trigger_mode="always_last")
    for origin in (log, panel):
        origin.cite(_open_handler(site, show), turns, panel, **options)
    panel.section(_section_handler(site.assistant, show), None, panel, **options)


def open_source(
    assistant: Assistant, turns: Turns, turn: object, number: object, language: object = None
) -> SourceView | None:
    """Return the section of a citation, in its other edition when `language` is that one's.

    `number` None asks for the nearest section of an answer that abstained. None for what no turn has: the page is
    not trusted to ask only for what it was shown. A quotation that no longer stands in the Library is shown as kept.
    """
    if type(turn) is not int or not 0 <= turn < len(turns) or (answer := turns[turn].answer) is None:
        return None
    if number is not None and (type(number) is not int or not 0 <= number < len(answer.citations)):
        return None
    citation = answer.nearest if number is None else answer.citations[number]
    if citation is None:
        return None
    cited = assistant.document(citation.doc_id)
    if cited is None or not stands(cited, citation):
        return lost_view(answer, turn, number, citation, cited)
    edition = other_edition(assistant, cited, citation.section_id)
    if edition is not None and language == edition.language:
        return source_view(answer, turn, number, edition, other=cited)
    return source_view(answer, turn, number, cited, other=edition)


def open_section(
    assistant: Assistant,
    doc_id: object,
    section_id: object,
    start: object = None,
    end: object = None,
    language: object = None,
) -> SourceView | None:
    """Return any section of a stored document, with `text[start:end]` marked where both are given.

    In the work's other edition, when `language` is that one's, nothing is marked. None for what is not stored.
    """
    document = assistant.document(doc_id) if isinstance(doc_id, str) else None
    section = document.section(section_id) if document else None
    if document is None or section is None:
        return None
    edition = other_edition(assistant, document, section.section_id)
    if edition is not None and language == edition.language:
        return section_view(edition, section.section_id, other=document)
    if type(start) is int and type(end) is int and section.start <= start < end <= section.end:
        spans = [Span(start, end, "chosen", None)]
        return section_view(document, section.section_id, (start, end), spans, other=edition)
    return section_view(document, section.section_id, other=edition)


def other_edition(assistant: Assistant, document: Document, section_id: str) -> Document | None:
    """Return the work's edition in the other language if it has the section too, else None."""
    edition = assistant.library.store.edition(document.work, "en" if document.language == "ko" else "ko")
    return edition if edition and edition.section(section_id) else None


def beside(assistant: Assistant, view: SourceView) -> SourceView:
    """Return the view with the section's other edition, where there is one."""
    document = assistant.document(view.doc_id)
    other = other_edition(assistant, document, view.section_id) if document else None
    return replace(view, beside=edition_view(other, view.section_id) if other else None)


def _shower(assistant: Assistant) -> Callable[[SourceView | None, gr.EventData], Any]:
    openings = count()

    def show(view: SourceView | None, event: gr.EventData) -> Any:
        if view is None:
            return gr.skip()
        if getattr(event, "beside", None) is True:
            view = beside(assistant, view)
        page = getattr(event, "page", None)
        if page is True or (type(page) is int and page > 0):
            told = view.page if page is True and not view.spans else None
            number = told if page is True else page
            view = replace(view, sheet=sheet_of(assistant, view.doc_id, view.spans, number) if view.pages else None)
        return {**payload(view), "opening": next(openings)}  # never equal to the last: opening it again shows it again

    return show


def _open_handler(site: Site, show: Callable[..., Any]) -> Callable[..., Any]:
    def cite(turns: Turns, event: gr.EventData, request: gr.Request) -> Any:
        turns = remembered(site, turns, event, request)
        asked = (getattr(event, name, None) for name in ("turn", "number", "language"))
        return show(open_source(site.assistant, turns, *asked), event)

    return cite


def _section_handler(assistant: Assistant, show: Callable[..., Any]) -> Callable[..., Any]:
    def section(event: gr.EventData) -> Any:
        asked = (getattr(event, name, None) for name in ("doc_id", "section_id", "start", "end", "language"))
        return show(open_section(assistant, *asked), event)

    return section

"""The source panel: a citation chosen in the conversation in, its section with the sentence marked out."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import gradio as gr

from index.load import Language
from qa.ask import Assistant
from qa.web.conversation.place import Turns
from qa.web.conversation.view import payload
from qa.web.place import place, quiet
from qa.web.site import Site
from qa.web.source.section import SourceView, source_view

FOLDER = Path(__file__).parent


def build(site: Site, log: gr.HTML, turns: gr.State) -> None:
    """Add the panel; it opens for a citation of the conversation and leads on to the next and to the other edition."""
    panel = place("source", FOLDER)
    for origin in (log, panel):
        origin.cite(_open_handler(site.assistant), turns, panel, **quiet(concurrency_limit=4))


def open_source(
    assistant: Assistant, turns: Turns, turn: object, number: object, language: object = None
) -> SourceView | None:
    """Return the section of a citation, in its other edition when `language` is that one's.

    `number` None asks for the nearest section of an answer that abstained. None for what no turn has: the page is
    not trusted to ask only for what it was shown.
    """
    if type(turn) is not int or not 0 <= turn < len(turns) or (answer := turns[turn].answer) is None:
        return None
    if number is not None and (type(number) is not int or not 0 <= number < len(answer.citations)):
        return None
    citation = answer.nearest if number is None else answer.citations[number]
    cited = assistant.document(citation.doc_id) if citation else None
    if citation is None or cited is None:
        return None
    other: Language = "en" if cited.language == "ko" else "ko"
    edition = assistant.library.store.edition(cited.work, other)
    if edition is None or all(section.section_id != citation.section_id for section in edition.sections):
        return source_view(answer, turn, number, cited)
    if language == other:
        return source_view(answer, turn, number, edition, other=cited.language)
    return source_view(answer, turn, number, cited, other=other)


def _open_handler(assistant: Assistant) -> Callable[..., Any]:
    openings = count()

    def cite(turns: Turns, event: gr.EventData) -> Any:
        asked = (getattr(event, name, None) for name in ("turn", "number", "language"))
        view = open_source(assistant, turns, *asked)
        if view is None:
            return gr.skip()
        return {**payload(view), "opening": next(openings)}  # never equal to the last: opening it again shows it again

    return cite

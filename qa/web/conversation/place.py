"""The conversation: questions in, answers sentence by sentence out. Its script puts them on the page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import SurveyQAError
from qa.ask import Assistant
from qa.query import MAX_QUESTION_CHARS
from qa.web.conversation.view import Turn, conversation_view
from qa.web.conversation.words import EXAMPLES
from qa.web.place import place, quiet
from qa.web.site import Site

FOLDER = Path(__file__).parent
KEPT_TURNS = 200

Turns = tuple[Turn, ...]


def build(site: Site) -> tuple[gr.HTML, gr.State]:
    """Add the conversation and the question field; return the conversation and the session's turns."""
    turns = gr.State(())
    assistant = site.assistant
    log = place("conversation", FOLDER, [], examples=EXAMPLES, documents=_documents(assistant))
    composer = place("composer", FOLDER)
    for origin in (composer, log):
        origin.ask(_ask_handler(assistant), turns, [turns, log], **quiet(concurrency_limit=4))
    log.clear(lambda: ((), []), None, [turns, log], **quiet())
    return log, turns


def answer_steps(assistant: Assistant, turns: Turns, question: str) -> Iterator[Turns]:
    """Yield the turns as an answer to the question grows: asked, each sentence, whole. A refusal becomes a turn too."""
    turns, asked = turns[-(KEPT_TURNS - 1) :], _clipped(question)
    yield (*turns, Turn(asked))
    try:
        answer = assistant.ask(question)
    except SurveyQAError as error:
        yield (*turns, Turn(asked, refusal=str(error)))
        return
    for shown in range(min(1, len(answer.sentences)), len(answer.sentences) + 1):
        yield (*turns, Turn(asked, answer, shown))


def _ask_handler(assistant: Assistant) -> Callable[..., Iterator[tuple[Turns, list[dict[str, Any]]]]]:
    def ask(turns: Turns, event: gr.EventData) -> Iterator[tuple[Turns, list[dict[str, Any]]]]:
        question = getattr(event, "question", None)  # as the page sent it: it may be anything
        for step in answer_steps(assistant, turns, question if isinstance(question, str) else ""):
            yield step, conversation_view(step)

    return ask


def _clipped(question: str) -> str:
    return question if len(question) <= MAX_QUESTION_CHARS else f"{question[:500]} …"


def _documents(assistant: Assistant) -> list[dict[str, Any]]:
    return [
        {"title": card.title, "language": card.language, "sections": card.sections}
        for card in sorted(assistant.documents(), key=lambda card: card.work)
    ]

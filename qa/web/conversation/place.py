"""The conversation: questions in, answers out as they grow. Its script puts them on the page."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr

from index.copies.bibliography import bibtex_all, reference
from index.errors import LibraryError, SurveyQAError
from qa.converse.complete import Exchange
from qa.question.query import MAX_QUESTION_CHARS
from qa.talks.record import TurnRecord
from qa.talks.talks import NOTE_CHARS
from qa.web.conversation.asking import Asking, identifier
from qa.web.conversation.view import Turn, conversation_view, payload
from qa.web.conversation.why import why_view
from qa.web.conversation.words import EXAMPLES
from qa.web.login import user_of
from qa.web.place import place, quiet
from qa.web.site import Site

FOLDER = Path(__file__).parent
PARTS = ("menus",)  # scripts that stand before the place's own
KEPT_TURNS = 200

Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A question that is being answered. `cancel` stops it; `left` says that its conversation is not shown any more."""

    cancel: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    def leave(self) -> None:
        """Stop it; what is written by then is kept in its conversation, and touches no other."""
        self.left.set()
        self.cancel.set()


def build(site: Site) -> tuple[gr.HTML, gr.State]:
    """Add the conversation and the question field; return the conversation and the session's turns."""
    turns = gr.State(())
    log = place("conversation", FOLDER, conversation_view(()), PARTS, examples=EXAMPLES)
    composer = place("composer", FOLDER)
    running: dict[str, Running] = {}
    for origin in (composer, log):
        at_once = quiet(concurrency_limit=8, trigger_mode="multiple")
        origin.ask(_ask_handler(site, running), turns, [turns, log], **at_once)
        origin.stop(_stop_handler(running), None, None, **quiet(queue=False))
    log.clear(_clear_handler(running), None, [turns, log], **quiet())
    insight = place("insight", FOLDER)
    log.why(_why_handler(site), turns, insight, **quiet(concurrency_limit=4, trigger_mode="multiple"))
    log.suggest(_suggest_handler(site), turns, insight, **quiet(concurrency_limit=1, trigger_mode="multiple"))
    log.judge(_judge_handler(site), turns, turns, **quiet(trigger_mode="multiple"))
    log.open_talk(_open_handler(site, running), None, [turns, log], **quiet(trigger_mode="always_last"))
    return log, turns


def answer_steps(site: Site, turns: Turns, asking: Asking, cancel: threading.Event, user: str = "") -> Iterator[Turns]:
    """Yield the turns as an answer to the question grows: asked, each step, whole. A refusal becomes a turn too.

    What is whole is kept as the user's, where conversations are.
    """
    turn = Turn(_clipped(asking.question), scope=asking.scope)
    yield (*turns, turn)
    try:
        replies = site.assistant.stream(
            asking.question,
            language=asking.language,
            within=asking.scope,
            history=[Exchange(t.searched or t.question, t.answer) for t in turns if t.answer is not None],
            written=not asking.quoted,
            cancel=cancel,
        )
        for reply in replies:
            searched = reply.question if reply.question != asking.question else None
            turn = replace(turn, answer=reply.answer, done=reply.done, searched=searched)
            if not turn.done:
                yield (*turns, turn)
    except SurveyQAError as error:
        said = error.said(asking.interface)
        turn = replace(turn, answer=None, refusal=said, refused_in="en" if said == str(error) else asking.interface)
    yield (*turns, kept(site, user, asking, finished(site, turn)))


def finished(site: Site, turn: Turn) -> Turn:
    """Return a turn with the references of what its answer cites, without those of documents that are damaged.

    One that found nothing in the papers that were chosen says how many these are, of those that still are there.
    """
    if (answer := turn.answer) is None:
        return turn
    if answer.abstained and turn.scope is not None:
        turn = replace(turn, works=len({card.work for card in site.assistant.documents(turn.scope)}) or None)
    cited = site.assistant.cited(answer)
    references = tuple(reference(document, answer.language) for document in cited)
    return replace(turn, references=references, bibtex=bibtex_all(cited))


def kept(site: Site, user: str, asking: Asking, turn: Turn) -> Turn:
    """Keep a turn in its conversation; return it with the number that it has there, None where it is not kept."""
    if site.talks is None or not asking.talk:
        return turn
    scope = None if asking.scope is None else tuple(sorted(asking.scope))
    searched = turn.searched or turn.question
    record = TurnRecord(turn.question, searched, turn.answer, turn.refusal, scope=scope, refused_in=turn.refused_in)
    try:
        return replace(turn, kept=site.talks.append(user, asking.talk, record))
    except LibraryError:
        return turn  # the answer stands, and the list of conversations says what is wrong with their file


def opened(site: Site, user: str, talk: object) -> Turns | None:
    """Return the turns of a conversation that is kept; None where this user has no such one that can be read."""
    try:
        found = site.talks.turns(user, identifier(talk)) if site.talks else None
    except LibraryError:  # the list of conversations says what is wrong with their file
        found = None
    if found is None:
        return None
    turns = []
    for one in found[-KEPT_TURNS:]:
        record = one.record
        searched = record.question if record.question != record.asked else None
        scope = None if record.scope is None else frozenset(record.scope)
        turn = Turn(record.asked, record.answer, record.answer is not None, record.refusal, searched, one.thumb)
        turns.append(finished(site, replace(turn, kept=one.number, scope=scope, refused_in=record.refused_in)))
    return tuple(turns)


def remembered(site: Site, turns: Turns, event: Any, request: gr.Request) -> Turns:
    """Return a session's turns. Where the server has none left, as after a restart, they are those that are kept."""
    return turns or opened(site, user_of(request), getattr(event, "talk", None)) or ()


def turn_of(turns: Turns, event: Any) -> tuple[int, Turn] | None:
    """Return the turn that an event of the page names, with its number; None for one that is not there."""
    number = getattr(event, "turn", None)
    if type(number) is not int or not 0 <= number < len(turns) or turns[number].answer is None:
        return None
    return number, turns[number]


def _ask_handler(site: Site, running: dict[str, Running]) -> Callable[..., Iterator[Any]]:
    def ask(turns: Turns, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Turns, dict[str, Any]]]:
        asking, own, turns = Asking.read(event), Running(), remembered(site, turns, event, request)
        if asking.asking:
            running[asking.asking] = own
        before = turns[-(KEPT_TURNS - 1) :]
        at = len(before) if before == turns else 0  # where earlier turns fall out, the page is told all anew
        try:
            for step in answer_steps(site, before, asking, own.cancel, user_of(request)):
                if not own.left.is_set():
                    yield step, {**conversation_view(step, at), "asking": asking.asking}
        finally:  # also where the page is closed meanwhile
            own.cancel.set()
            if running.get(asking.asking) is own:  # else the page gave another question the same name
                del running[asking.asking]

    return ask


def _stop_handler(running: dict[str, Running]) -> Callable[..., None]:
    def stop(event: gr.EventData) -> None:
        if (found := _named(running, event)) is not None:
            found.cancel.set()

    return stop


def _named(running: dict[str, Running], event: Any) -> Running | None:
    """Return the running question that an event of the page names."""
    return running.get(identifier(getattr(event, "asking", None)))


def _leave(running: dict[str, Running], event: Any) -> None:
    if (found := _named(running, event)) is not None:
        found.leave()


def _clear_handler(running: dict[str, Running]) -> Callable[..., Any]:
    def clear(event: gr.EventData) -> Any:
        _leave(running, event)
        return (), conversation_view(())

    return clear


def _why_handler(site: Site) -> Callable[..., Any]:
    def why(turns: Turns, event: gr.EventData, request: gr.Request) -> Any:
        found = turn_of(remembered(site, turns, event, request), event)
        if found is None or found[1].answer is None:
            return gr.skip()
        number, turn = found
        run = site.assistant.search(turn.searched or turn.question, within=turn.scope)
        return {"turn": number, "why": payload(why_view(run, found[1].answer.probability))}

    return why


def _suggest_handler(site: Site) -> Callable[..., Any]:
    def suggest(turns: Turns, event: gr.EventData, request: gr.Request) -> Any:
        turns = remembered(site, turns, event, request)
        found = turn_of(turns, event)
        if found is None or found[1].answer is None:
            return gr.skip()
        number, turn = found
        asked = [turn.searched or turn.question for turn in turns]
        return {"turn": number, "questions": site.assistant.suggest(found[1].answer, asked, turn.scope)}

    return suggest


def _judge_handler(site: Site) -> Callable[..., Any]:
    def judge(turns: Turns, event: gr.EventData, request: gr.Request) -> Any:
        turns = remembered(site, turns, event, request)
        found, thumb, note = turn_of(turns, event), getattr(event, "thumb", None), getattr(event, "note", None)
        if found is None or thumb not in (-1, 0, 1):
            return gr.skip()
        number, turn = found
        talk = identifier(getattr(event, "talk", None))
        if site.talks and turn.kept is not None:
            note = note[:NOTE_CHARS] if isinstance(note, str) else None
            with suppress(LibraryError):  # as in `kept`
                site.talks.judge(user_of(request), talk, turn.kept, thumb, note)
        return (*turns[:number], replace(turn, thumb=thumb), *turns[number + 1 :])

    return judge


def _open_handler(site: Site, running: dict[str, Running]) -> Callable[..., Any]:
    def open_talk(event: gr.EventData, request: gr.Request) -> Any:
        _leave(running, event)
        turns = opened(site, user_of(request), getattr(event, "talk", None))
        if turns is None:
            return (), {**conversation_view(()), "gone": True}
        return turns, conversation_view(turns)

    return open_talk


def _clipped(question: str) -> str:
    return question if len(question) <= MAX_QUESTION_CHARS else f"{question[:500]} …"

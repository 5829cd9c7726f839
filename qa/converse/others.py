"""A turn that may not be understood rightly in, other complete questions that it may be out. Decides nothing."""

from collections.abc import Iterator
from dataclasses import replace

from qa.converse.attach import ask_of_subject, attach
from qa.converse.cited import named_by
from qa.converse.focus import Focus, subjects
from qa.converse.resolve import resolve
from qa.converse.talk import Rewritten, Talk, holds
from qa.converse.things import NAMES, TEXTS
from qa.question.aspect_wording import ASKS_EXAMPLES
from qa.words.patterns import compiled

_MOST = 3
_ASKS_EXAMPLES = compiled(rf"{ASKS_EXAMPLES}|예를? 들|예시|\bexamples?\b")


def other_readings(talk: Talk) -> list[Rewritten]:
    """Return a turn asked of each name that was spoken about, the latest first; none for one with a name of its own."""
    if any(thing.sort != "benchmark" for thing in talk.asked.names):
        return []
    found: dict[str, Rewritten] = {}
    is_told = _is_told_in_last(talk)
    for focus in _named(talk):
        if is_told and talk.reader.calls_a_text(focus.subject[0]):
            continue  # the turn is asked of that text alone
        alone = replace(talk, found=[focus])
        asked = resolve(alone) or attach(alone) or ask_of_subject(alone, focus)
        if asked is not None:
            found.setdefault(asked.question, asked)
    return list(found.values())[:_MOST]


def _named(talk: Talk) -> Iterator[Focus]:
    """Yield what was spoken about by name, without what narrowed it; first what the last answer introduced."""
    gives_example = _ASKS_EXAMPLES.search(talk.history[-1].question)  # which is not what is spoken about
    told = None if gives_example else named_by(talk.history[-1].answer, talk.reader)
    if told is not None and talk.found and told[1].key not in talk.found[0].key:
        yield replace(talk.found[0], reading=told[0], subject=told[1:], scope=(), source="answer")
    for focus in subjects(talk.found):
        names = tuple(thing for thing in focus.subject if thing.sort in NAMES and thing.key not in TEXTS)
        if names:
            yield replace(focus, subject=names[:1], scope=())


def _is_told_in_last(talk: Talk) -> bool:
    """Whether the text that was cited last holds something that the question names."""
    cited, named = talk.cited_last(), talk.asked.specific
    text = cited.text.lower() if cited and named else ""
    return bool(text) and any(holds(text, thing) for thing in named)

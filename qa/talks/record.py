"""A turn of a conversation in, JSON-able fields out, and back. Reads no file and no clock.

Fields that a newer version adds are ignored, those that an older one lacks have their defaults.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast, get_args

from index.load import Language
from qa.answer import EXTRACTIVE, Answer, BridgedTerm, Citation, Form, Sentence
from qa.check.judgement import Verdict

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A question and what came of it: an answer, or the reason of a refusal, said in `refused_in`.

    `asked` is the question as it was typed, `question` as it was completed from the conversation. `at` is a moment in
    UTC ("2024-06-14T09:30:00.000Z"), "" where none was noted; `scope` has the ids of the documents that were asked,
    None for all.
    """

    asked: str
    question: str
    answer: Answer | None = None
    refusal: str | None = None
    at: str = ""
    scope: tuple[str, ...] | None = None
    refused_in: Language = "en"


def to_fields(record: TurnRecord) -> dict[str, Any]:
    """Return a turn as plain data, the answer with all its fields."""
    return asdict(record)


def of_fields(stored: object) -> TurnRecord:
    """Return the turn that plain data hold. Raises ValueError for values of another type than `to_fields` gives."""
    turn = _mapping(stored)
    asked = _text(turn, "asked")
    scope, answer = turn.get("scope"), turn.get("answer")
    return TurnRecord(
        asked=asked,
        question=_text(turn, "question", asked),
        answer=None if answer is None else _answer(_mapping(answer)),
        refusal=None if turn.get("refusal") is None else _text(turn, "refusal"),
        at=_text(turn, "at"),
        scope=None if scope is None else _texts(turn, "scope"),
        refused_in="ko" if turn.get("refused_in") == "ko" else "en",
    )


def _answer(stored: Fields) -> Answer:
    citations = tuple(_citation(_mapping(one)) for one in _list(stored, "citations"))
    return Answer(
        question=_text(stored, "question"),
        language=_language(stored),
        kind=_text(stored, "kind"),
        sentences=tuple(_sentence(_mapping(one), len(citations)) for one in _list(stored, "sentences")),
        citations=citations,
        nearest=None if stored.get("nearest") is None else _citation(_mapping(stored["nearest"])),
        bridged=tuple(
            BridgedTerm(_text(term, "written"), _text(term, "found"))
            for term in map(_mapping, _list(stored, "bridged"))
        ),
        probability=float(_value(stored, "probability", (float, int), 0.0)),
        reader=_text(stored, "reader", EXTRACTIVE),
        notice=_text(stored, "notice"),
        nearest_is_sentence=stored.get("nearest_is_sentence") is True,
        others=tuple(_citation(_mapping(one)) for one in _list(stored, "others")),
    )


def _sentence(stored: Fields, citations: int) -> Sentence:
    numbers = tuple(_list(stored, "citations"))
    if not all(type(number) is int and 0 <= number < citations for number in numbers):
        raise ValueError(f"a sentence cites {numbers}, its answer has {citations} citations")
    form, verdict = _text(stored, "form", "sentence"), _text(stored, "verdict", "supported")
    return Sentence(
        text=_text(stored, "text"),
        citations=numbers,
        form=cast(Form, form) if form in get_args(Form) else "sentence",
        # a verdict that this version does not know vouches for nothing
        verdict=cast(Verdict, verdict) if verdict in get_args(Verdict) else "unsupported",
        reason=_text(stored, "reason"),
    )


def _citation(stored: Fields) -> Citation:
    page = _value(stored, "page", (int, type(None)), None)
    return Citation(
        doc_id=_text(stored, "doc_id"),
        title=_text(stored, "title"),
        language=_language(stored),
        section_id=_text(stored, "section_id"),
        section=_texts(stored, "section"),
        quote=_text(stored, "quote"),
        start=int(_value(stored, "start", int, 0)),
        end=int(_value(stored, "end", int, 0)),
        page=page,
        source=_text(stored, "source"),
    )


def _language(stored: Fields) -> Language:
    return "ko" if stored.get("language") == "ko" else "en"


def _text(stored: Fields, name: str, default: str = "") -> str:
    return str(_value(stored, name, str, default))


def _texts(stored: Fields, name: str) -> tuple[str, ...]:
    texts = tuple(_list(stored, name))
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{name} has other values than texts")
    return texts


def _list(stored: Fields, name: str) -> list[Any] | tuple[Any, ...]:
    return cast("list[Any] | tuple[Any, ...]", _value(stored, name, (list, tuple), ()))


def _value(stored: Fields, name: str, kind: type | tuple[type, ...], default: Any) -> Any:
    value = stored.get(name, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"{name} is {value!r:.60}, another type of value was expected")
    return value


def _mapping(stored: object) -> Fields:
    if not isinstance(stored, Mapping):
        raise ValueError(f"{stored!r:.60} was found where fields with names were expected")
    return stored

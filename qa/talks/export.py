"""Kept conversations in, a Markdown file or JSON out, with what the answers cite. Reads no file and writes none.

What users and documents wrote stays text: it makes no headings, loads no pictures and holds no HTML that would run.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from index.copies.bibliography import bibtex, bibtex_all, reference
from index.load import Document, Language
from qa.answer import EXTRACTIVE, Answer, Citation
from qa.question.query import question_language
from qa.talks.record import to_fields
from qa.talks.rows import KeptTurn, TalkCard
from qa.talks.talks import Feedback

Form = Literal["markdown", "json"]
Talk = tuple[TalkCard, Sequence[KeptTurn]]
Documents = Callable[[str], Document | None]

KIND, VERSION = "surveyqa-talks", 1
_CODE = re.compile(r"(`[^`\n]+`)")
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^()\s]*\)")
_OPENING = re.compile(r"\A(\d{1,9}(?=[.)]\s)|(?=#{1,6}\s|[-+*]\s|[>=]|-{3}|`{3}|~{3}))")
_WORDS: dict[Language, dict[str, str]] = {
    "ko": {
        "searched": "찾은 질문",
        "refused": "답하지 않았습니다",
        "sources": "출처",
        "references": "참고문헌",
        "page": "{page}쪽",
        "written": "작성: {reader}",
    },
    "en": {
        "searched": "Searched as",
        "refused": "Not answered",
        "sources": "Sources",
        "references": "References",
        "page": "p. {page}",
        "written": "Written by {reader}",
    },
}


def exported(form: Form, talks: Iterable[Talk], document: Documents) -> Iterator[str]:
    """Yield the pieces of a file that holds conversations; `document` gives what is still in the Library."""
    return _as_json(talks, document) if form == "json" else _as_markdown(talks, document)


def form_of(name: str) -> Form:
    """Return the form that a file of that name has: JSON where it ends so, else Markdown."""
    return "json" if name.lower().endswith(".json") else "markdown"


def feedback_json(feedback: Feedback) -> str:
    """Return one line of JSON for what a user thinks of an answer."""
    turn = feedback.turn
    fields = {"user": feedback.user, "talk_id": feedback.talk_id, "judged_at": feedback.at} | _turn_fields(turn)
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _as_json(talks: Iterable[Talk], document: Documents) -> Iterator[str]:
    head = json.dumps({"kind": KIND, "version": VERSION})
    yield f'{head[:-1]}, "talks": ['
    for at, (card, turns) in enumerate(talks):
        stored, language = _cited_documents(turns, document), _language(turns)
        fields = {
            "talk_id": card.talk_id,
            "title": card.title,
            "created_at": card.created_at,
            "changed_at": card.changed_at,
            "turns": [_turn_fields(turn) for turn in turns],
            "references": {one.doc_id: {"text": reference(one, language), "bibtex": bibtex(one)} for one in stored},
        }
        yield (",\n" if at else "\n") + json.dumps(fields, ensure_ascii=False)
    yield "\n]}\n"


def _turn_fields(turn: KeptTurn) -> dict[str, Any]:
    """Return a turn with its answer as text, too, for who does not want to put it together."""
    text = turn.record.answer.text if turn.record.answer else None
    return {"number": turn.number, "thumb": turn.thumb, "note": turn.note, "text": text} | to_fields(turn.record)


def _as_markdown(talks: Iterable[Talk], document: Documents) -> Iterator[str]:
    for at, (card, turns) in enumerate(talks):
        if at:
            yield "\n---\n\n"
        yield f"# {_escaped(card.title) or card.talk_id}\n\n{card.created_at[:16].replace('T', ' ')} UTC\n"
        for turn in turns:
            yield "\n" + "\n".join(_turn_lines(turn)) + "\n"
        if stored := _cited_documents(turns, document):
            yield _references(stored, _language(turns))


def _turn_lines(turn: KeptTurn) -> Iterator[str]:
    record, answer = turn.record, turn.record.answer
    unanswered = question_language(record.asked) if record.refusal is None else record.refused_in
    words = _WORDS[answer.language if answer else unanswered]
    yield f"## {_escaped(record.asked)}\n"
    if record.question != record.asked:
        yield f"*{words['searched']}: {_escaped(record.question)}*\n"
    if record.refusal is not None:
        yield f"{words['refused']}: {_escaped(record.refusal)}"
    if answer is None:
        return
    yield "\n".join(_answer_lines(answer))
    if answer.reader != EXTRACTIVE:
        yield f"\n*{words['written'].format(reader=_escaped(answer.reader))}*"
    if answer.citations:
        yield f"\n{words['sources']}:\n"
        for number, citation in enumerate(answer.citations, start=1):
            yield f"{number}. {_place(citation, answer, words['page'])}"


def _answer_lines(answer: Answer) -> Iterator[str]:
    """Yield an answer's lines, with an empty one where a list or table begins or ends; code stands as it is."""
    before = None
    for line, form in answer.lines():
        if form == "code":
            yield line
            continue
        block = "table" if form in ("header", "row") else form
        if before is not None and block != before:
            yield ""
        yield f"- {_tamed(line[2:])}" if block == "item" else _tamed(line)
        before = block


def _place(citation: Citation, answer: Answer, page: str) -> str:
    where = " › ".join(map(_escaped, (citation.title, *citation.section)))
    where += f", {page.format(page=citation.page)}" if citation.page else ""
    return where if answer.reader == EXTRACTIVE else f"{where}: “{_tamed(' '.join(citation.quote.split()))}”"


def _references(documents: Sequence[Document], language: Language) -> str:
    lines = [f"- {_tamed(reference(document, language))}" for document in documents]
    entries = bibtex_all(documents).replace("```", "'''")
    return f"\n## {_WORDS[language]['references']}\n\n" + "\n".join(lines) + f"\n\n```bibtex\n{entries}```\n"


def _cited_documents(turns: Sequence[KeptTurn], document: Documents) -> list[Document]:
    """Return what answers cite and the Library still holds, each once, in the order of the citations."""
    answers = [turn.record.answer for turn in turns if turn.record.answer]
    ids = dict.fromkeys(citation.doc_id for answer in answers for citation in answer.citations)
    return [stored for doc_id in ids if (stored := document(doc_id)) is not None]


def _language(turns: Sequence[KeptTurn]) -> Language:
    return next((turn.record.answer.language for turn in turns if turn.record.answer), "en")


def _escaped(text: str) -> str:
    """Return a text in one line whose marks are no Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _tamed(text: str) -> str:
    """Return a line of Markdown that is a line of text: no HTML, pictures, links or beginnings of other blocks."""
    parts = [part if at % 2 else _TAG.sub("&lt;", _LINK.sub(r"\1", part)) for at, part in enumerate(_CODE.split(text))]
    return _OPENING.sub(r"\1\\", "".join(parts).replace("![", "!\\["))

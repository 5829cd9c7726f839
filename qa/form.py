"""An Answer in quotations and how it is to be put in, the Answer put so out: in a sentence, or as it is, and why."""

from dataclasses import replace

from index.load import Language
from qa.answer import Answer
from qa.converse.talk import Form

_AS_IT_STANDS: dict[Language, str] = {
    "ko": (
        "답은 원문을 그대로 인용한 것이라 다른 말이나 형식으로 바꾸지 못합니다. 설정에서 언어 모델을 고르면 고쳐 쓸 "
        "수 있습니다."
    ),
    "en": (
        "Answers quote the sources as they are and can't be put otherwise; a language model chosen in the settings can."
    ),
}

_STANDS: dict[Language, str] = {
    "ko": "출처: {where}. 문장 뒤의 번호를 누르면 그 자리가 열립니다.",
    "en": "Where this stands: {where}. The number after a sentence opens the place.",
}


def put(answer: Answer, form: Form | None) -> Answer:
    """Return an answer with its first sentence alone for "short", with a notice that says where it stands for "source".

    A list, and for a form that quotations cannot take every answer, stays as it is, with a notice.
    """
    if form in (None, "more") or answer.abstained:
        return answer
    if form == "source":
        return _with_notice(answer, _STANDS[answer.language].format(where=_places(answer)))
    if form == "other" or answer.kind == "category" or answer.sentences[0].form not in ("sentence", "lead"):
        return _with_notice(answer, _AS_IT_STANDS[answer.language])
    first = answer.sentences[0]
    kept = replace(first, citations=tuple(range(len(first.citations))))
    return replace(answer, sentences=(kept,), citations=tuple(answer.citations[at] for at in first.citations))


def _with_notice(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=" ".join(filter(None, (answer.notice, notice))))


def _places(answer: Answer) -> str:
    """Return each section that an answer cites, with its numbers."""
    numbers: dict[str, list[str]] = {}
    for number, citation in enumerate(answer.citations, start=1):
        numbers.setdefault(citation.where, []).append(f"[{number}]")
    return "; ".join(f"{''.join(marks)} {where}" for where, marks in numbers.items())

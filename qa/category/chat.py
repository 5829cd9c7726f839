"""A CategoryAnswer in, the Answer that a conversation shows out. Its citations were checked when they were located."""

import re

from qa.answer import Answer, Sentence
from qa.category.answer import CategoryAnswer

_MARK = re.compile(r"\s*\[(\d+)\]")
_ITEM = "- "


def as_answer(found: CategoryAnswer) -> Answer | None:
    """Return the answer line by line, or None when it rests on no section (an unknown name, a refusal).

    A line that only introduces the next ones shares the citations of the first that has some, an item at the end those
    the line before. A line at the end that only points elsewhere has none.
    """
    if not found.citations:
        return None
    lines = [line for line in found.answer.splitlines() if line.strip()]
    own = [tuple(dict.fromkeys(int(number) - 1 for number in _MARK.findall(line))) for line in lines]
    sentences: list[Sentence] = []
    for at, line in enumerate(lines):
        text = _MARK.sub("", line).strip()
        is_item = text.startswith(_ITEM)
        shared = [*own[at:], *(reversed(own[:at]) if is_item else ())]
        marks = next(filter(None, shared), ())
        sentences.append(Sentence(text.removeprefix(_ITEM), marks, "item" if is_item else "sentence"))
    return Answer(
        question=found.question,
        language=found.language,
        kind="category",
        sentences=tuple(sentences),
        citations=found.citations,
        nearest=None,
        bridged=(),
        probability=max((guess.probability for guess in found.predicted), default=1.0),
    )

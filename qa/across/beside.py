"""What each of several texts says in, one Answer that shows it text by text, each below its title, out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.load import Language
from qa.answer import Answer, Sentence
from qa.parts.divide import Quoted
from qa.parts.join import one_after_another

_NOTHING_ON: dict[Language, str] = {
    "ko": "다음 글에서는 찾지 못했습니다: {titles}",
    "en": "Nothing on this was found in: {titles}",
}
_MORE: dict[Language, str] = {"ko": "그 밖에 {count}편", "en": "{count} more"}
_SOME: dict[Language, str] = {
    "ko": "글 {count}편 가운데 {most}편에 물었습니다. 문서 목록에서 글을 골라 물으면 나머지도 볼 수 있습니다.",
    "en": "{most} of {count} texts were asked. Choose others in the list of papers to ask them.",
}
_MOST_NAMED = 4


def beside(question: str, language: Language, told: Sequence[Quoted], most: int) -> Quoted:
    """Return the first `most` sentences of each of some answers, each of one text, below its title.

    It is as sure as the surest of them. What a line says of the rows of a table stands with all of them.
    """
    answers = [_titled(one.answer, most) for one in told]
    joined = one_after_another(told[0].answer, answers)
    joined = replace(
        joined,
        question=" ".join(question.split()),
        language=language,
        bridged=(),
        probability=max(answer.probability for answer in answers),
        notice="",
    )
    return Quoted(joined, tuple(run for one in told for run in one.runs))


def silent_on(titles: Sequence[str], language: Language) -> str:
    """Return a line that names the texts that say nothing; "" where all say something."""
    if not titles:
        return ""
    left = len(titles) - _MOST_NAMED
    named = [*titles[:_MOST_NAMED], *([_MORE[language].format(count=left)] if left > 0 else [])]
    return _NOTHING_ON[language].format(titles=", ".join(named))


def left_out(count: int, most: int, language: Language) -> str:
    """Return a line that says that `most` of so many texts were asked; "" where all were."""
    return _SOME[language].format(count=count, most=most) if count > most else ""


def _titled(answer: Answer, most: int) -> Answer:
    title = Sentence(answer.citations[0].title, (), "title")
    is_told = any(sentence.form == "lead" for sentence in answer.sentences)
    told = answer.sentences if is_told else tuple(_first(answer.sentences, most))
    return replace(answer, sentences=(title, *told))


def _first(sentences: Iterable[Sentence], most: int) -> Iterator[Sentence]:
    """Yield the first `most` sentences or rows, with the headings of a table."""
    left = most
    for sentence in sentences:
        if left == 0:
            return
        left -= sentence.form != "header"
        yield sentence

"""An answer of which more is asked in, what stands further where it was found out: sentences that were not shown yet.

They come in the order of the text, from after what was shown, section by section.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from index.load import Document, Language
from index.outline import names_references
from qa.answer import Answer
from qa.parts.join import one_after_another
from qa.question.wording import BIBLIOGRAPHY
from qa.reading.candidate import Sentence
from qa.reading.cite import Draft, DraftSentence, Evidence, cite
from qa.reading.tables import is_row
from qa.retrieval.retrieve import Run
from qa.words.patterns import compiled

MOST = 4  # sentences at once
MOST_OF_EACH = 2  # of each of several texts
_MOST_HITS = 5  # of each Run, whose sections are read after those that are cited
_ALL: dict[Language, str] = {
    "ko": "이를 설명하는 부분의 문장은 모두 보여 드렸습니다.",
    "en": "That is all that the sections on this say.",
}

_BIBLIOGRAPHY = compiled(BIBLIOGRAPHY)

Place = tuple[str, str]  # ids of a document and of a section
TakeApart = Callable[[str], Sequence[Sentence]]


def further(
    answer: Answer,
    runs: Sequence[Run],
    shown: Collection[str],
    take_apart: TakeApart,
    document: Callable[[str], Document | None],
) -> Answer:
    """Return an answer with the next sentences in the place of those that were `shown`; itself, with a notice, if none.

    The sections are those that the answer cites, then those of the same documents that were found for it; of a text
    that was asked about as such, those that follow. Of several texts the next of each stand below its title.
    """
    told = frozenset(" ".join(text.split()) for text in shown)
    most = MOST_OF_EACH if answer.by_text else MOST
    found: list[Answer] = []
    for text in answer.apart():
        sentences = tuple(_next(_places(text, runs, document), told, most, take_apart, document))
        more = cite(_draft(answer, sentences), document)
        titles = tuple(one for one in text.sentences if one.form == "title")
        found += [replace(more, sentences=(*titles, *more.sentences))] if more.sentences else []
    if not found:
        return replace(answer, notice=_ALL[answer.language])
    joined = one_after_another(answer, found)
    return replace(answer, sentences=joined.sentences, citations=joined.citations, notice="")


def _draft(answer: Answer, sentences: tuple[DraftSentence, ...]) -> Draft:
    return Draft(
        question=answer.question,
        language=answer.language,
        kind=answer.kind,
        sentences=sentences,
        nearest=None,
        bridged=(),
        probability=answer.probability,
    )


def _places(answer: Answer, runs: Sequence[Run], document: Callable[[str], Document | None]) -> list[Place]:
    cited = list(dict.fromkeys((citation.doc_id, citation.section_id) for citation in answer.citations))
    documents = dict.fromkeys(doc_id for doc_id, _ in cited)
    if any(run.query.itself for run in runs):
        return [place for doc_id in documents for place in _from(cited, document(doc_id))]
    found = [hit.passage for run in runs for hit in run.hits[:_MOST_HITS]]
    others = [(passage.doc_id, passage.section_id) for passage in found if passage.doc_id in documents]
    return list(dict.fromkeys((*cited, *others)))


def _from(cited: Sequence[Place], document: Document | None) -> list[Place]:
    """Return the sections of a document from the first that is cited."""
    places = [(document.doc_id, section.section_id) for section in document.sections] if document else []
    first = next((at for at, place in enumerate(places) if place in cited), len(places))
    return places[first:]


def _next(
    places: Sequence[Place],
    told: Collection[str],
    most: int,
    take_apart: TakeApart,
    document: Callable[[str], Document | None],
) -> Iterator[DraftSentence]:
    left = most
    for doc_id, section_id in places:
        stored = document(doc_id)
        section = stored.section(section_id) if stored else None
        if stored is None or section is None or any(map(names_references, section.path)):
            continue
        sentences = take_apart(stored.text[section.start : section.end])
        for sentence in _from_where_it_stopped(sentences, told)[:left]:
            evidence = Evidence(doc_id, section_id, section.start + sentence.start, section.start + sentence.end)
            yield DraftSentence(sentence.text, evidence, "item" if sentence.listed else "sentence")
            left -= 1


def _from_where_it_stopped(sentences: Sequence[Sentence], told: Collection[str]) -> list[Sentence]:
    """Return the sentences that were not told, those after the last that was first.

    No labels, no rows of tables, and nothing on who wrote and published a text.
    """
    are_told = [" ".join(sentence.text.split()) in told for sentence in sentences]
    after = max((at for at, is_told in enumerate(are_told, start=1) if is_told), default=0)
    order = (*range(after, len(sentences)), *range(after))
    kept = (sentences[at] for at in order if not are_told[at])
    return [one for one in kept if not (one.label or is_row(one.text) or _BIBLIOGRAPHY.search(one.text))]

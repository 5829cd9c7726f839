"""A Draft in, an Answer out: the only door. Every quotation is compared with the stored text, character by character.

A sentence whose quotation does not stand there is dropped, so no interface can show an unchecked citation.
"""

from collections.abc import Callable
from dataclasses import dataclass

from index.load import Document, Language
from qa.answer import Answer, BridgedTerm, Citation, Form, Sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a draft says that a quotation stands: `text[start:end]` of the document."""

    doc_id: str
    section_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence, list item or piece of code that a reader proposes, with the place that it rests on."""

    text: str
    evidence: Evidence
    form: Form = "sentence"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader proposes. No sentences means that it abstains; `nearest` is then the closest place.

    `nearest_is_sentence` says that it is a single sentence, near enough to be shown; else a passage. `others` are the
    next places, where it is not sure that this answers. `lead` says what the sentences, rows of a table, show; it is
    shown only if all of them are found.
    """

    question: str
    language: Language
    kind: str
    sentences: tuple[DraftSentence, ...]
    nearest: Evidence | None
    bridged: tuple[BridgedTerm, ...]
    probability: float
    nearest_is_sentence: bool = False
    others: tuple[Evidence, ...] = ()
    lead: str = ""


def cite(draft: Draft, document: Callable[[str], Document | None]) -> Answer:
    """Check every sentence of a draft against the stored documents and number the citations.

    A sentence is kept if its text is found at its evidence, spaces aside. What stands within a place already cited
    (a list item within its sentence) shares that citation. Headings of a table are cited by its first row.
    """
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    headings = ""
    for sentence in draft.sentences:
        citation = locate(sentence.evidence, document)
        if citation is None or citation.quote.split() != sentence.text.split():
            continue
        if sentence.form == "header":
            headings = sentence.text
            continue
        number = next((at for at, other in enumerate(citations) if other.holds(citation)), len(citations))
        if number == len(citations):
            citations.append(citation)
        if headings and sentence.form == "row":
            sentences.append(Sentence(headings, (number,), "header"))
        headings = ""
        sentences.append(Sentence(sentence.text, (number,), sentence.form))
    if draft.lead and sentences and len(sentences) == len(draft.sentences):  # what it says rests on all of them
        sentences.insert(0, Sentence(draft.lead, sentences[0].citations, "lead"))
    nearest = None if sentences or draft.nearest is None else locate(draft.nearest, document)
    return Answer(
        question=draft.question,
        language=draft.language,
        kind=draft.kind,
        sentences=tuple(sentences),
        citations=tuple(citations),
        nearest=nearest,
        bridged=draft.bridged,
        probability=draft.probability,
        nearest_is_sentence=nearest is not None and draft.nearest_is_sentence,
        others=tuple(filter(None, (locate(other, document) for other in draft.others))),
    )


def locate(evidence: Evidence, document: Callable[[str], Document | None]) -> Citation | None:
    """Return the citation of a place, or None if it does not lie within its section of a stored document."""
    stored = document(evidence.doc_id)
    if stored is None:
        return None
    section = stored.section(evidence.section_id)
    if section is None or not section.start <= evidence.start < evidence.end <= section.end:
        return None
    return Citation(
        doc_id=stored.doc_id,
        title=stored.title,
        language=stored.language,
        section_id=section.section_id,
        section=section.path,
        quote=stored.text[evidence.start : evidence.end],
        start=evidence.start,
        end=evidence.end,
        page=stored.page(evidence.start),
        source=stored.source,
    )

"""A Run in, why an answer came out as it did: what was found, with the parts of its scores. Pure."""

from dataclasses import dataclass

from index.load import Language
from qa.retrieval.retrieve import Hit, Run

SHOWN_HITS = 8


@dataclass(frozen=True, slots=True)
class HitView:
    """A section that was found. `coverage` is the share of the question that it holds, 0 to 1; scores as in `Hit`."""

    title: str
    heading: str
    language: Language
    doc_id: str
    section_id: str
    score: float
    words: float
    cosine: float
    coverage: float


@dataclass(frozen=True, slots=True)
class WhyView:
    """The probability that the Library answers the question, 0 to 1, and the best passages, best first."""

    probability: float
    hits: tuple[HitView, ...]


def why_view(run: Run, probability: float) -> WhyView:
    """Return what was found, each section once."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in run.hits:  # best first
        best.setdefault((hit.passage.doc_id, hit.passage.section_id), hit)
    return WhyView(
        probability,
        tuple(
            HitView(
                title=hit.passage.title,
                heading=hit.passage.path[-1] if hit.passage.path else hit.passage.title,
                language=hit.passage.language,
                doc_id=hit.passage.doc_id,
                section_id=hit.passage.section_id,
                score=hit.score,
                words=hit.words,
                cosine=hit.cosine,
                coverage=hit.coverage,
            )
            for hit in list(best.values())[:SHOWN_HITS]
        ),
    )

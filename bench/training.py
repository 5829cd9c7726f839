"""A corpus in, its questions with their Runs and what is right in them out: what weights are fitted on."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Asked, Corpus, places_of
from index.analyse import is_name_like
from qa.ask import Assistant
from qa.retrieval.rerank import by_kind, ordered, with_other_editions
from qa.retrieval.retrieve import CANDIDATES, Hit, Run
from qa.retrieval.signals import LIKENESS

# Names that are put in the place of a question's own, where the Library does not hold them.
STRANGERS = (
    "Gemma-7B",
    "Mixtral",
    "PaLM-2",
    "Falcon-40B",
    "Phi-3",
    "DeepSeek-R1",
    "GPT-5",
    "StarCoder2",
    "OLMo",
    "Yi-34B",
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Case:
    """A question's run, the reranker's signals, and which hits are right."""

    asked: Asked
    run: Run
    signals: NDArray[np.float64]
    right: NDArray[np.bool_]

    def ranked(self, weights: NDArray[np.float64]) -> Run:
        """Return the run in the order of the reranker with these weights."""
        return ordered(self.run, self.signals, with_other_editions(self.run.hits, by_kind(self.signals) @ weights))

    def is_right(self, hit: Hit) -> bool:
        """Whether one of the run's hits, in whatever order it stands now, is right."""
        return bool(self.right[[other.passage.row for other in self.run.hits].index(hit.passage.row)])


def case(assistant: Assistant, asked: Asked) -> Case:
    """Ask one question."""
    query = assistant.understand(asked.text)
    return _case(assistant, asked, assistant.retriever.search(query, 2 * CANDIDATES))


def cases(corpus: Corpus) -> list[Case]:
    """Ask all questions of a corpus; those that find nothing are left out."""
    found = (case(corpus.assistant, asked) for asked in corpus.questions)
    return [one for one in found if one.run.hits]


def without_answer(assistant: Assistant, found: Case, *, whole_work: bool) -> Case:
    """Return the case as it would be if the right sections, or all their works, were not in the Library."""
    works = {hit.passage.work for hit, right in zip(found.run.hits, found.right, strict=True) if right}
    left = tuple(
        hit
        for hit, right in zip(found.run.hits, found.right, strict=True)
        if not right and not (whole_work and hit.passage.work in works)
    )
    return _case(assistant, replace(found.asked, gold=frozenset()), replace(found.run, hits=left))


def unasked(found: Case, which: NDArray[np.bool_]) -> Case:
    """Return the case as it would be if some hits' sections had no known questions."""
    signals = found.signals.copy()
    signals[which, -len(LIKENESS) :] = (*[0.0] * (len(LIKENESS) - 1), 1.0)
    hits = tuple(replace(h, likeness=None) if w else h for h, w in zip(found.run.hits, which, strict=True))
    return replace(found, signals=signals, run=replace(found.run, hits=hits))


def all_unasked(found: Case) -> Case:
    """Return the case as it would be in a Library without known questions."""
    return unasked(found, np.ones(len(found.run.hits), bool))


def renamed(asked: Asked, number: int, words: Container[str]) -> Iterator[Asked]:
    """Yield the question with its first name replaced by one that the Library does not hold, if it names anything."""
    new = [name for name in STRANGERS if re.sub(r"[-. ]", "", name.lower()) not in words]
    strangers = new or [STRANGERS[0]]
    names = [found for found in _NAME.finditer(asked.text) if is_name_like(found.group())]
    if asked.gold and names:
        start, end = names[0].span()
        text = asked.text[:start] + strangers[number % len(strangers)] + asked.text[end:]
        yield replace(asked, text=text, gold=frozenset())


def _case(assistant: Assistant, asked: Asked, run: Run) -> Case:
    right = np.array([bool(asked.gold & places_of(hit)) for hit in run.hits], bool)
    return Case(asked, run, assistant.signals.read(run), right)

"""Passages, questions, Runs, conversations and libraries made by hand, an embedder and an analyser worked out by eye."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.load import Language
from index.storage.record import StoredPassage
from qa import open_library
from qa.ask import Assistant
from qa.converse.complete import Exchange
from qa.question.query import Query
from qa.question.wording import Kind
from qa.retrieval.asked import Likeness
from qa.retrieval.retrieve import Hit, Match, Run
from qa.words.bridge import Form, Matcher, Unit


class WordEmbedder:
    """A text's vector is the sum of its words' vectors, made a unit; a word counts as the longest key it begins with."""

    name = "words"

    def __init__(self, vectors: Mapping[str, Sequence[float]]) -> None:
        self._vectors = {word: np.array(vector, np.float32) for word, vector in vectors.items()}
        self.dimension = len(next(iter(self._vectors.values())))

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), self.dimension), np.float32)
        for at, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                keys = [key for key in self._vectors if word.startswith(key)]
                if keys:
                    found[at] += self._vectors[max(keys, key=len)]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: NDArray[np.float32] = found / np.maximum(lengths, 1e-12)
        return unit

    def embed_question(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector


def tiny_analyser() -> Analyser:
    """Knows four Korean nouns and five particles."""
    nouns = {noun: (1.0, noun) for noun in ("보상", "모델", "데이터", "학습")}
    return Analyser(nouns, {"": 0.0, **dict.fromkeys(("은", "는", "을", "를", "의"), 1.0)})


def unit(written: str, own: Sequence[str], other: Sequence[str] = (), language: Language = "en") -> Unit:
    """Return a unit with one form in each language, none in the other one unless its words are given."""
    there: Language = "ko" if language == "en" else "en"
    translated = (Form(tuple(other), 1.0, " ".join(other)),) if other else ()
    return Unit(written, language, tuple(own), {language: (Form(tuple(own), 1.0, written),), there: translated})


def question(
    text: str = "reward",
    language: Language = "en",
    kind: Kind = "other",
    *,
    names: Sequence[str] = (),
    survey: bool = False,
    section: str | None = None,
) -> Query:
    return Query(text, language, kind, (), frozenset(names), survey, section)


def passage(
    row: int,
    text: str = "Some text.",
    *,
    work: str = "w",
    section: str = "1",
    language: Language = "en",
    path: Sequence[str] = ("Part",),
    title: str = "Title",
) -> StoredPassage:
    doc_id = f"{work}.{language}"
    return StoredPassage(
        *(row, f"{doc_id}#{row}", doc_id, work, title, language, f"{doc_id}.md", section),
        *(tuple(path), 0, len(text), None, text),
    )


def hit(
    found: StoredPassage,
    score: float = 1.0,
    parts: tuple[float, float] = (0.0, 0.0),
    *,
    matches: Sequence[Match] = (),
    likeness: Likeness | None = None,
    signals: Sequence[float] = (),
) -> Hit:
    """Return a hit; `parts` are its BM25 score and its cosine."""
    return Hit(found, score, *parts, tuple(matches), likeness, tuple(signals))


def run(query: Query, hits: Sequence[Hit], units: Sequence[Unit] = (), idfs: Sequence[float] = ()) -> Run:
    return Run(query, Matcher(units), tuple(idfs), tuple(hits))


def said(assistant: Assistant, *turns: str, within: Collection[str] | None = None) -> list[Exchange]:
    """Return a conversation: what each turn asked, in the light of those before, and its answer."""
    history: list[Exchange] = []
    for turn in turns:
        *_, reply = assistant.stream(turn, history=history, within=within)
        history.append(Exchange(reply.question, reply.answer))
    return history


def library_of(folder: Path, pages: Mapping[str, str]) -> Assistant:
    """Return a new library in a folder, of Markdown pages by the names of their files."""
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    assistant = open_library(folder / "library")
    assistant.add([folder / f"{name}.md" for name in pages])
    return assistant

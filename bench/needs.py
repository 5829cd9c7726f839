"""The shipped corpus's known questions in, how much a word needs to be held where it is asked for out. Asks nothing."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import seeds
from bench.corpora import sections_of
from index.load import Language
from qa.ask import Assistant
from qa.question.query import understand
from qa.retrieval.asked import read_rows
from qa.words.bridge import Matcher

RIDGE = 5.0
LANGUAGES: tuple[Language, ...] = ("ko", "en")


def fit_needs(assistant: Assistant) -> dict[str, Any]:
    """Return a ridge regression from a word's vector on how far it is missing in the section that answers."""
    words, missed = zip(*_missed(assistant), strict=True)
    vectors = assistant.library.embedder.embed_passages(words).astype(np.float64)
    missing = np.array(missed)
    mean, level = vectors.mean(axis=0), float(missing.mean())
    centred = vectors - mean
    gram = centred.T @ centred + RIDGE * np.eye(centred.shape[1])
    weights = np.linalg.solve(gram, centred.T @ (missing - level))
    return {"weights": weights.round(5).tolist(), "bias": round(level - float(mean @ weights), 5)}


def _missed(assistant: Assistant) -> Iterator[tuple[str, float]]:
    """Yield for each unit of each known question how it is written and how far its section lacks it, 0 to 1."""
    analyser, texts = assistant.library.analyser, dict(_sections(assistant))
    for row in read_rows(seeds.QUESTIONS):
        editions = [(language, texts[*row.place, language]) for language in LANGUAGES]
        for text in (row.ko, row.en):
            query = understand(text, analyser)
            units = assistant.bridge.units(query.terms, query.text)
            held = [Matcher(units).strengths(terms, language) for language, terms in editions]
            yield from ((unit.written, 1 - max(by)) for unit, *by in zip(units, *held, strict=True))


def _sections(assistant: Assistant) -> Iterator[tuple[tuple[str, str, Language], frozenset[str]]]:
    """Yield the terms of each section, with its headings and its title, by work, section id and language."""
    for document, section, text in sections_of(assistant):
        words = assistant.library.analyser.words(" / ".join((document.title, *section.path, text)))
        yield (document.work, section.section_id, document.language), frozenset(words)

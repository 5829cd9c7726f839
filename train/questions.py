"""A corpus with known questions in, pairs of a question and what goes with it out.

With it go its translation, its section, the sentences that answer it, and other questions that these answer. The corpus
is a folder of documents, `<work>.<language>.md`, and a `questions.tsv` (the format is in `seeds/README.md`).
Trains nothing.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.load import load
from index.sentences import sentence_spans
from qa.asked import Row, read_rows
from train.pairs import Pair

PASSAGE_CHARS = 600
PARAPHRASES = 2  # of each question, for each sentence that answers it


class Joined(NamedTuple):
    """Two texts that belong together; those of one `group` are not held against each other."""

    anchor: str
    positive: str
    group: tuple[str, ...]


def question_pairs(corpus: Path) -> list[Pair]:
    """Return every known question with its translation; none where the corpus has no questions."""
    return [Pair(row.ko, row.en) for row in _rows(corpus)]


def question_passages(corpus: Path) -> list[Joined]:
    """Return each question, in both languages, with both editions of its section."""
    sections = {place: " ".join((*heading, text))[:PASSAGE_CHARS] for place, heading, text in _sections(corpus)}
    return [
        Joined(question, sections[*row.place, language], row.place)
        for row in _rows(corpus)
        for question in (row.ko, row.en)
        for language in ("ko", "en")
        if (*row.place, language) in sections
    ]


def question_answers(corpus: Path) -> list[Joined]:
    """Return each question, in both languages, with the sentences that answer it, of both editions."""
    sentences = {
        place: [text[start:end] for start, end in sentence_spans(text)] for place, _, text in _sections(corpus)
    }
    found = []
    for row in _rows(corpus):
        for language in ("ko", "en"):
            told = sentences.get((*row.place, language), [])
            answer = " ".join(told[number - 1] for number in row.sentences if number <= len(told))
            found += [Joined(question, answer, _group(row)) for question in (row.ko, row.en) if answer]
    return found


def paraphrases(corpus: Path, seed: int) -> list[Joined]:
    """Return each question with PARAPHRASES others that the same sentence answers, of either language."""
    chooser = random.Random(seed)
    answered: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in _rows(corpus):
        for number in row.sentences:
            answered[*row.place, str(number)].append(row)
    return [pair for group, rows in answered.items() for pair in _paraphrases(rows, group, chooser)]


def _paraphrases(rows: list[Row], group: tuple[str, ...], chooser: random.Random) -> Iterator[Joined]:
    for at, row in enumerate(rows):
        others = [other for number, other in enumerate(rows) if number != at]
        for other in chooser.sample(others, min(PARAPHRASES, len(others))):
            yield Joined(chooser.choice((row.ko, row.en)), chooser.choice((other.ko, other.en)), group)


def _group(row: Row) -> tuple[str, ...]:
    return (*row.place, ",".join(map(str, row.sentences)))


def _sections(corpus: Path) -> Iterator[tuple[tuple[str, str, str], tuple[str, ...], str]]:
    """Yield each section's work, id and language, its own heading if it has one, and its text."""
    for document in map(load, sorted(corpus.glob("*.??.md"))):
        for section in document.sections:
            place = document.work, section.section_id, document.language
            yield place, section.path[-1:], document.text[section.start : section.end]


def _rows(corpus: Path) -> list[Row]:
    path = corpus / "questions.tsv"
    return read_rows(path) if path.is_file() else []

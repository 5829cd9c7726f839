"""A corpus with known and open questions in, pairs of a question and what goes with it out, and what does not.

With it go its translation, its section, the sentences that answer it, and other questions that these answer; what else
is said and asked of the section does not. The corpus is a folder of documents, `<work>.<language>.md`, a
`questions.tsv` and an `open.tsv` (the formats are in `seeds/README.md`). Trains nothing.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.load import load
from index.sentences import sentence_spans
from qa.retrieval.asked import Row, read_rows
from train.pairs import Pair

PASSAGE_CHARS = 600
PARAPHRASES = 2  # of each question, for each sentence that answers it


class Joined(NamedTuple):
    """Two texts that belong together; those of one `group` are not held against each other."""

    anchor: str
    positive: str
    group: tuple[str, ...]


class ToldApart(NamedTuple):
    """The texts of a section, which say the same, and which may: symmetric, shape (texts, texts), no text with itself.

    Two that neither `same` nor `alike` joins say different things of the same topic.
    """

    texts: list[str]
    same: NDArray[np.bool_]
    alike: NDArray[np.bool_]


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
    sentences = _sentences(corpus)
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


def sections_told_apart(corpus: Path) -> list[ToldApart]:
    """Return for every section with known questions these, its open ones and its sentences, all in both languages.

    The same say translations, questions that the same sentences answer, and these sentences; alike are questions that
    have some of their sentences in common.
    """
    sentences = _sentences(corpus)
    known, unanswered = (_by_place(_rows(corpus, name)) for name in ("questions.tsv", "open.tsv"))
    found = []
    for place, rows in known.items():
        ko, en = (sentences.get((*place, language), []) for language in ("ko", "en"))
        found.append(_told_apart(rows, unanswered.get(place, []), list(zip(ko, en, strict=False))))
    return found


def _told_apart(known: list[Row], unanswered: list[Row], sentences: list[tuple[str, str]]) -> ToldApart:
    """Return what is told apart; of `sentences` come those that both editions have, as Korean and English."""
    first = len(known) + len(unanswered)
    answers = np.zeros((len(known), len(sentences)), np.int64)
    for at, row in enumerate(known):
        answers[at, [number - 1 for number in row.sentences if number <= len(sentences)]] = 1
    sizes, common = answers.sum(axis=1), answers @ answers.T
    equal = (common > 0) & (common == sizes) & (common == sizes[:, None])
    same = np.eye(first + len(sentences), dtype=bool)  # of what is said, in whichever language
    alike = np.zeros_like(same)
    same[: len(known), : len(known)] |= equal
    alike[: len(known), : len(known)] = (common > 0) & ~equal
    same[: len(known), first:], same[first:, : len(known)] = answers > 0, answers.T > 0
    texts = [(row.ko, row.en) for row in (*known, *unanswered)] + sentences
    in_both = np.tile(same, (2, 2))
    np.fill_diagonal(in_both, False)
    return ToldApart([*(ko for ko, _ in texts), *(en for _, en in texts)], in_both, np.tile(alike, (2, 2)))


def _by_place(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.place].append(row)
    return found


def _group(row: Row) -> tuple[str, ...]:
    return (*row.place, ",".join(map(str, row.sentences)))


def _sections(corpus: Path) -> Iterator[tuple[tuple[str, str, str], tuple[str, ...], str]]:
    """Yield each section's work, id and language, its own heading if it has one, and its text."""
    for document in map(load, sorted(corpus.glob("*.??.md"))):
        for section in document.sections:
            place = document.work, section.section_id, document.language
            yield place, section.path[-1:], document.text[section.start : section.end]


def _sentences(corpus: Path) -> dict[tuple[str, str, str], list[str]]:
    return {place: [text[start:end] for start, end in sentence_spans(text)] for place, _, text in _sections(corpus)}


def _rows(corpus: Path, name: str = "questions.tsv") -> list[Row]:
    path = corpus / name
    return read_rows(path) if path.is_file() else []

"""A corpus with known questions in, pairs of a question and its translation, and of a question and its section, out.

The corpus is a folder of documents, `<work>.<language>.md`, and a `questions.tsv` (the format is in `seeds/README.md`).
Trains nothing.
"""

from collections.abc import Iterator
from pathlib import Path

from index.load import load
from train.pairs import Pair

PASSAGE_CHARS = 600


def question_pairs(corpus: Path) -> list[Pair]:
    """Return every known question with its translation; none where the corpus has no questions."""
    return [Pair(ko, en) for _, _, ko, en in _rows(corpus)]


def question_passages(corpus: Path) -> list[tuple[str, str]]:
    """Return (question, section) texts: both languages of the question with both editions of the section."""
    sections = {
        (document.work, section.section_id, document.language): " ".join(
            (*section.path[-1:], document.text[section.start : section.end])
        )[:PASSAGE_CHARS]
        for document in map(load, sorted(corpus.glob("*.??.md")))
        for section in document.sections
    }
    return [
        (question, sections[work, section, language])
        for work, section, *questions in _rows(corpus)
        for question in questions
        for language in ("ko", "en")
        if (work, section, language) in sections
    ]


def _rows(corpus: Path) -> Iterator[list[str]]:
    path = corpus / "questions.tsv"
    if path.is_file():
        yield from (line.split("\t")[:4] for line in path.read_text(encoding="utf-8").splitlines()[1:])

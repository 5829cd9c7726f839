"""A corpus with known questions in, pairs of a question and its translation, and of a question and its section, out.

The corpus is a folder of documents, `<work>.<language>.md`, and a `questions.tsv` (the format is in `seeds/README.md`).
Trains nothing.
"""

from pathlib import Path

from index.load import load
from qa.asked import Row, read_rows
from train.pairs import Pair

PASSAGE_CHARS = 600


def question_pairs(corpus: Path) -> list[Pair]:
    """Return every known question with its translation; none where the corpus has no questions."""
    return [Pair(row.ko, row.en) for row in _rows(corpus)]


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
        (question, sections[*row.place, language])
        for row in _rows(corpus)
        for question in (row.ko, row.en)
        for language in ("ko", "en")
        if (*row.place, language) in sections
    ]


def _rows(corpus: Path) -> list[Row]:
    path = corpus / "questions.tsv"
    return read_rows(path) if path.is_file() else []

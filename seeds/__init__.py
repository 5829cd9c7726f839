"""The shipped corpus: the survey's documents in both languages, its taxonomy and the glossary."""

from pathlib import Path

SURVEY = "2406.01252"  # with what the names of the survey's works begin
FOLDER = Path(__file__).parent
GLOSSARY = FOLDER / "glossary.tsv"
TAXONOMY = FOLDER / "taxonomy.json"
QUESTIONS = FOLDER / "questions.tsv"
OPEN_QUESTIONS = FOLDER / "open.tsv"
SECTION_TEXTS = FOLDER / "sections.tsv"


def documents() -> list[Path]:
    """Return the shipped documents, `<work>.<language>.md`, by name."""
    return sorted(path for language in ("ko", "en") for path in FOLDER.glob(f"*.{language}.md"))

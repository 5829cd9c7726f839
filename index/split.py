"""A Document in, its Passages out: pieces of one section each, with exact offsets. Reads no files, scores nothing."""

from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from index.load import Document
from index.outline import Section

PASSAGE_CHARS = 900
# Tried in this order: paragraphs, lines, sentence ends (Korean and English), words, then characters.
_SEPARATORS = [r"\n\s*\n", r"\n", r"(?<=[.!?。])\s+", r"\s+", ""]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved: `document.text[start:end]`, within one section. `page` is 1-based, None without pages."""

    passage_id: str
    section: Section
    start: int
    end: int
    page: int | None = None


def split(document: Document, *, passage_chars: int = PASSAGE_CHARS) -> list[Passage]:
    """Cut each section into passages of at most `passage_chars` characters that together hold all its text.

    Passages do not overlap; spaces at their margins are left out. Empty sections give none.
    """
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=passage_chars,
        chunk_overlap=0,
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
    )
    passages: list[Passage] = []
    for section in document.sections:
        at = section.start
        for piece in splitter.split_text(document.text[section.start : section.end]):
            if document.text[at : at + len(piece)] != piece:  # the splitter dropped something: offsets would lie
                raise AssertionError(f"{document.doc_id}: the splitter's pieces do not join to section {section.path}")
            start = at + len(piece) - len(piece.lstrip())
            end = at + len(piece.rstrip())
            at += len(piece)
            if start < end:
                passages.append(
                    Passage(f"{document.doc_id}#{len(passages) + 1}", section, start, end, document.page(start))
                )
    return passages

"""A Document in, its Passages out: pieces of one section each, with exact offsets. Reads no files, scores nothing."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.load import Document
from index.outline import Section

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

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
    passages: list[Passage] = []
    for section in document.sections:
        at = section.start
        for piece in _pieces(document.text[section.start : section.end], passage_chars):
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


def _pieces(text: str, passage_chars: int) -> list[str]:
    if len(text) <= passage_chars:  # of which the splitter makes one piece, too
        return [text] if text else []
    return _splitter(passage_chars).split_text(text)


@cache
def _splitter(passage_chars: int) -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # takes as long as all other imports together

    return RecursiveCharacterTextSplitter(
        chunk_size=passage_chars,
        chunk_overlap=0,
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
    )

"""A document's blocks and properties in, its Reading out: what DOCX and HWPX have in common once they are blocks."""

from collections.abc import Callable, Sequence

from index.errors import InputError
from index.readers.office.blocks import Block
from index.readers.office.markdown import write
from index.readers.office.properties import Properties, people
from index.readers.office.sections import divide
from index.readers.reading import Reading, clean


def finish(
    blocks: Callable[[], Sequence[Block]], properties: Properties, name: str, *, trusted: bool = True
) -> Reading:
    """Return what the blocks amount to; `trusted`: the properties' title is the document's own.

    `blocks` walks the document. Raises InputError, with `name`, for one nested too deeply or without text.
    """
    try:
        divided = divide(blocks(), properties.title, trusted=trusted)
    except RecursionError as error:
        raise InputError(f"{name}: its tables or boxes are nested too deeply; save it as PDF and add that") from error
    text = write(divided)
    if not any(char.isalnum() for char in text):
        raise InputError(
            f"{name}: the document has no text; if it holds pictures of pages, make a PDF with text by OCR"
        )
    title = next((clean(block.text) for block in divided if block.form == "title"), None)
    authors = people(block.text for block in divided if block.form == "author") or properties.authors
    return Reading(text, title, authors, properties.year, language=properties.language)

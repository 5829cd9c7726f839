"""A folder of real PDFs in, what is read of them out, as a table: `python -m bench.real_pdfs FOLDER`.

Nothing is known of such files but what they say themselves, so that this shows only what is plainly lost or doubled:
letters that PDFium finds and the reader does not keep, papers without a title, more headings than papers have, headings
that say the one before again. Made for the 193 PDFs of less than 4 MB of github.com/papers-we-love/papers-we-love
(47567e0), most of them of 1960 to 2010; `bench/results/real_pdfs.md` names others.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2  # type: ignore[import-untyped]

from index.errors import InputError
from index.readers.pdf import read

_MANY = 3.0  # headings a page; papers have one or two
_LOST = 0.9


@dataclass(frozen=True, slots=True)
class Seen:
    """One file: shares of its letters that are kept, headings a page, whether a title was found; or why not.

    `told` counts what several pages show once, as slides do that are built up; `again` are headings that say the one
    before again.
    """

    name: str
    kept: float = 0.0
    told: float = 0.0
    headings: float = 0.0
    again: int = 0
    titled: bool = False
    refused: str = ""


def main() -> int:
    """Read every PDF in a folder and print the table, then the names that stand out."""
    parser = argparse.ArgumentParser(prog="python -m bench.real_pdfs", description=__doc__)
    parser.add_argument("folder", type=Path)
    files = sorted(path for path in parser.parse_args().folder.rglob("*") if path.suffix.lower() == ".pdf")
    seen = [look(path) for path in files]
    done = [each for each in seen if not each.refused]
    if not done:
        sys.stderr.write("no PDF there that can be read\n")
        return 1
    rows = {
        "files": len(seen),
        "refused": len(seen) - len(done),
        "… that hold no text": sum("hold no text" in each.refused for each in seen),
        "… whose fonts do not say their letters": sum("do not say which letters" in each.refused for each in seen),
        f"letters kept below {_LOST}": sum(each.kept < _LOST for each in done),
        "letters kept, median": round(median(each.kept for each in done), 3),
        "letters of different lines kept, median": round(median(each.told for each in done), 3),
        "without a title": sum(not each.titled for each in done),
        f"more than {_MANY:g} headings a page": sum(each.headings > _MANY for each in done),
        "headings that say the one before again": sum(each.again for each in done),
    }
    lines = ["| | |", "|-|-|", *(f"| {name} | {value} |" for name, value in rows.items())]
    for each in seen:
        if each.refused or each.kept < _LOST or not each.titled or each.headings > _MANY:
            lines.append(f"{each.name}: {each.refused or f'kept {each.kept:.2f}, headings a page {each.headings:.1f}'}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def look(path: Path) -> Seen:
    """Read one file."""
    data = path.read_bytes()
    try:
        reading = read(data, path.name)
    except InputError as error:
        return Seen(path.name, refused=str(error))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    drawn, text = sum(map(_letters, pages)), _squeezed(reading.text)
    lines = {_squeezed(line) for page in pages for line in page.splitlines()}
    told = sum(len(line) for line in lines if line in text) / max(sum(map(len, lines)), 1)
    headings = re.findall(r"^#+ (.*)$", reading.text, re.MULTILINE)
    return Seen(
        path.name,
        _letters(reading.text) / max(drawn, 1),
        told,
        len(headings) / len(pages),
        sum(one == another for one, another in pairwise(headings)),
        reading.title is not None,
    )


def _squeezed(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalpha())


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


if __name__ == "__main__":
    sys.exit(main())

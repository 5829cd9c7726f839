"""PDFs in, a table of how well sentences of their texts are marked on their pages out (`bench/results/page.md`).

`python -m bench.page FOLDER` reads the papers that `bench.pdf` makes in FOLDER, and the tests' own; each sentence that
can be cited is looked for on the page that its place says, then on those beside it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pypdfium2  # type: ignore[import-untyped]

from bench.papers.build import build
from index.load import Document, load
from index.originals import Originals
from index.pages.boxes import Boxes
from index.pages.draw import characters_of, codes_of, marks_on
from index.pages.letters import letters_of
from index.pages.task import Box
from index.pages.viewer import PageViewer, quotation
from index.sentences import sentence_spans

RESULTS = Path(__file__).parent / "results" / "page.md"
TESTS = Path(__file__).parent.parent / "tests" / "pdf"
LEAST_LETTERS = 12
EXACT, COVERED = 0.995, 0.9
MARGIN = 0.0005  # of the page, by which a character's middle may lie outside a rectangle


@dataclass(frozen=True, slots=True)
class Score:
    """Of a paper's sentences: how many there are, and what shares are marked, exactly, and for the most part.

    `stray` is the share of marked letters that no sentence has.
    """

    name: str
    pages: int
    sentences: int
    exact: float
    covered: float
    stray: float
    found: float
    missed: tuple[str, ...]


def main() -> int:
    """Build, mark, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="a paper's name; prints what is not exact, writes nothing")
    options = parser.parse_args()
    made = [options.folder / f"{name}.pdf" for name in build(options.folder)]
    files = [*made, TESTS / "two-columns.pdf", TESTS / "korean.pdf", TESTS / "outline.pdf", TESTS / "owner.pdf"]
    scores = [score(file) for file in files if not options.only or file.stem == options.only]
    table = report(scores, [] if options.only else timed(files))
    sys.stdout.write(table)
    if options.only:
        sys.stdout.writelines(f"{score.name}: {text}\n" for score in scores for text in score.missed)
    else:
        RESULTS.write_text(table, encoding="utf-8")
    return 0


def score(file: Path) -> Score:
    """Mark every sentence of a paper, and read what lies under the marks."""
    document = load(file)
    shares, stray, exact, missed = [], [], [], []
    with closing(pypdfium2.PdfDocument(file)) as opened:
        under = _Under(opened)
        for start, end in _sentences(document):
            hit = wanted = extra = 0
            first, last = document.page(start) or 1, document.page(end - 1) or 1
            for number in (*range(first, last + 1), last + 1, first - 1):
                if not 1 <= number <= len(opened) or (hit and not first <= number <= last):
                    continue  # only what is not on its own page is looked for on those beside it
                one = quotation(document, (start, end), number)
                (boxes,) = marks_on(opened[number - 1], [one])
                text = under.letters(number, boxes)
                same = _shared(one.letters, text)
                wanted = wanted + len(one.letters) if first <= number <= last else max(wanted, len(one.letters))
                hit, extra = hit + same, extra + len(text) - same
            shares.append(hit / wanted)
            stray.append(extra / (hit + extra) if hit + extra else 0.0)
            exact.append(hit >= EXACT * wanted and extra <= (1 - EXACT) * wanted)
            if not exact[-1]:
                missed.append(f"{hit}/{wanted}+{extra}: {document.text[start:end]!r}")
    return Score(
        file.stem,
        len(document.pages),
        len(shares),
        mean(exact),
        mean(share >= COVERED for share in shares),
        mean(stray),
        mean(share > 0 for share in shares),
        tuple(missed),
    )


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    for section in document.sections:
        for start, end in sentence_spans(document.text, section.start, section.end):
            text = document.text[start:end]
            if len(letters_of(text).text) >= LEAST_LETTERS and "[formula" not in text:
                yield start, end


class _Under:
    """What stands under rectangles: the letters of a page whose middle lies in one."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._pages: dict[int, list[tuple[str, float, float]]] = {}

    def letters(self, number: int, boxes: Sequence[Box]) -> str:
        if number not in self._pages:
            self._pages[number] = list(self._read(number))
        return "".join(letter for letter, x, y in self._pages[number] if any(_holds(box, x, y) for box in boxes))

    def _read(self, number: int) -> Iterator[tuple[str, float, float]]:
        page = self._document[number - 1]
        with closing(page.get_textpage()) as text:
            codes, boxes = codes_of(text), Boxes(page, text)
            for at, char in enumerate(characters_of(codes)):
                if letters := letters_of([char]).text:
                    yield letters, *boxes.middle(at)


def _holds(box: Box, x: float, y: float) -> bool:
    across = box.x - MARGIN <= x <= box.x + box.width + MARGIN
    return across and box.y - MARGIN <= y <= box.y + box.height + MARGIN


def _shared(wanted: str, found: str) -> int:
    """Return how many letters of one text the other has, each as often at most."""
    return sum(min(wanted.count(letter), found.count(letter)) for letter in set(wanted))


def timed(files: Sequence[Path]) -> list[str]:
    """Return how long pages take: the first, which starts the child process, others, and those that are remembered."""
    cold, warm, again, size = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        originals = Originals(Path(folder))
        documents = [load(file) for file in files]
        for file, document in zip(files, documents, strict=True):
            originals.keep(document.sha256, file.read_bytes())
        for document in documents[:5]:
            with PageViewer(originals) as viewer:
                cold.append(_ms(viewer, document, 1))
        with PageViewer(originals) as viewer:
            viewer.page(documents[0])
            for document in documents:
                for number in range(1, min(4, len(document.pages)) + 1):
                    warm.append(_ms(viewer, document, number))
                    again.append(_ms(viewer, document, number))
                    size.append(len(viewer.page(document, (), number).picture.data))
    return [
        f"A page with a mark, by a child process that starts: {_middle(cold)} ms; by one that runs: {_middle(warm)} "
        f"ms (slowest {max(warm):.0f}); drawn before: {_middle(again)} ms. Pictures: {_middle(size) / 1000:.0f} kB, "
        f"largest {max(size) / 1000:.0f} kB."
    ]


def _ms(viewer: PageViewer, document: Document, number: int) -> float:
    start = document.pages[number - 1]
    started = time.perf_counter()
    viewer.page(document, [(start, min(start + 200, len(document.text)))], number)
    return 1000 * (time.perf_counter() - started)


def _middle(values: Sequence[float]) -> int:
    return round(sorted(values)[len(values) // 2])


def report(scores: Sequence[Score], times: Sequence[str]) -> str:
    """Return the table."""
    lines = [
        "# How sentences are marked on the pages of PDFs",
        "",
        "`python -m bench.page FOLDER`, with the papers that `python -m bench.pdf FOLDER` makes, and the tests' own.",
        "",
        "| paper | pages | sentences | exact | covered | marked | stray letters |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in scores:
        shares = " | ".join(f"{share:.3f}" for share in (one.exact, one.covered, one.found, one.stray))
        lines.append(f"| {one.name} | {one.pages} | {one.sentences} | {shares} |")
    total = sum(one.sentences for one in scores)
    means = [
        sum(getattr(one, name) * one.sentences for one in scores) / total
        for name in ("exact", "covered", "found", "stray")
    ]
    lines.append(
        f"| **all** | {sum(one.pages for one in scores)} | {total} | {' | '.join(f'{m:.3f}' for m in means)} |"
    )
    return "\n".join([*lines, "", *_LEGEND, *times, ""])


_LEGEND = (
    f"Sentences of at least {LEAST_LETTERS} letters, without displayed formulas. The letters whose middle lies under a "
    "sentence's rectangles are compared with its own, in any order. Exact: all but one in two hundred, and no more of "
    f"others; covered: at least {COVERED:.0%} of them; marked: any; stray letters: share of those under the "
    "rectangles that are not the sentence's.",
    "",
)


if __name__ == "__main__":
    sys.exit(main())

"""Pages of PDFs with places of their texts marked: what lies under a mark is the text that was to be marked."""

import ctypes
import hashlib
import io
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image

from index.errors import InputError
from index.load import Document, load
from index.originals import Originals
from index.pages.boxes import Boxes
from index.pages.draw import MOST_PX, WIDTH_PX, characters_of, codes_of, draw
from index.pages.letters import letters_of
from index.pages.match import Quotation, find
from index.pages.task import Box, Task
from index.pages.viewer import PageViewer
from index.processes.worker import Limits
from tests.test_pdf_fonts import bitmap_pdf, words
from tests.test_read_pdf import LOREM, Maker

FIXTURES = Path(__file__).parent / "pdf"


def under(file: Path | bytes, number: int, boxes: tuple[Box, ...]) -> str:
    """Return the characters whose middle lies in one of the boxes, in the file's order, without white space."""
    found = ""
    with closing(pypdfium2.PdfDocument(file)) as document, closing(document[number - 1]) as page:
        with closing(page.get_textpage()) as text:
            places, codes = Boxes(page, text), codes_of(text)
            for at, code in enumerate(codes):
                x, y = places.middle(at) if chr(code).isprintable() and code > 0x20 else (-1.0, -1.0)
                if any(box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height for box in boxes):
                    found += chr(code)
    return found


def task(file: Path, *quotations: Quotation, number: int = 1, shown: bool = False) -> Task:
    return Task(file, hashlib.sha256(file.read_bytes()).hexdigest(), file.name, number, quotations, shown)


def wanted(text: str, before: str = "", after: str = "") -> Quotation:
    return Quotation(letters_of(text).text, letters_of(before).text, letters_of(after).text)


def write(tmp_path: Path, maker: Maker) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(maker.bytes())
    return path


class Paper:
    """A paper whose original is kept, and the viewer."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file = file
        self.document: Document = load(file)
        self.originals = Originals(folder)
        self.originals.keep(self.document.sha256, file.read_bytes())
        self.viewer = PageViewer(self.originals)

    def place(self, quote: str) -> tuple[int, int]:
        start = self.document.text.index(quote)
        return start, start + len(quote)


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    paper = Paper(FIXTURES / "two-columns.pdf", tmp_path_factory.mktemp("rivers"))
    with paper.viewer:
        yield paper


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    paper = Paper(FIXTURES / "korean.pdf", tmp_path_factory.mktemp("korean"))
    with paper.viewer:
        yield paper


def test_letters_forget_what_files_write_differently() -> None:
    assert letters_of("ﬁne-tuning, Müller’s 𝑥²").text == "finetuningmullersx2"
    assert letters_of("가 각").text == letters_of("\u1100\u1161 \u1100\u1161\u11a8").text
    assert letters_of("a-ﬁ").at == (0, 2, 2)


def test_a_quotation_is_found_whole_where_its_neighbours_stand() -> None:
    page = "therivernarrowsandtheriverwidens"
    assert find(page, Quotation("theriver")) == []  # twice, and nothing says which
    assert find(page, Quotation("theriver", before="and")) == [(18, 26)]
    assert find(page, Quotation("theriver", after="narrows")) == [(0, 8)]
    assert find(page, Quotation("")) == find(page, Quotation("mountains")) == []


def test_a_quotation_is_found_between_the_numbers_of_lines() -> None:
    page = "001themodelfollows002theriverfor42days003andsleeps"
    ranges = find(page, Quotation("themodelfollowstheriverfor42daysandsleeps"))
    assert [page[start:end] for start, end in ranges] == ["themodelfollows", "theriverfor42days", "andsleeps"]


def test_a_quotation_is_found_in_parts_but_not_by_a_few_common_words() -> None:
    page = "footnotetextwideningoftheriverbedcaption1followsalwaysthesamelaw"
    ranges = find(page, Quotation("wideningoftheriverbedwhichfollowsalwaysthesamelaw"))
    assert [page[start:end] for start, end in ranges] == ["wideningoftheriverbedcaption1followsalwaysthesamelaw"]
    assert find(page, Quotation("wideningoftheriverbedsaysnothingofwhatstandsontheotherbank")) == []
    assert find(page, Quotation("wideningoftheriverbedx", stands_whole=True)) == []


def test_a_hostile_page_takes_no_hours() -> None:
    started = time.perf_counter()
    assert find("a" * 100_000, Quotation("a" * 5_000 + "b")) == []
    assert find("ab" * 50_000, Quotation("ab" * 200, before="b" * 60))[0][1] <= 100_000
    assert find("abcdefghij" * 2_000, Quotation("bacdefghij" * 40)) == []
    assert time.perf_counter() - started < 10


def test_a_sentence_is_marked_across_a_hyphen_and_a_line(rivers: Paper) -> None:
    quote = "Pictures with fog were removed by hand, since even a careful reader cannot see the water in them."
    view = rivers.viewer.page(rivers.document, [rivers.place(quote)])
    assert view.pages == 2
    marked = under(rivers.file, view.number, view.marks[0])
    assert letters_of(marked).text == letters_of(quote).text
    assert marked.endswith(".")
    assert len(view.marks[0]) >= 2


def test_every_sentence_of_a_paper_of_two_columns_is_marked_and_nothing_else(rivers: Paper) -> None:
    for quote in (
        "A river is a line that moves.",
        "We show that self-play is enough for that.",
        "They were thorough but slow, and the difference between two surveys was often larger than the movement of the "
        "river, so that the comparison of neighbouring representations said more about the surveyors.",
        "What remains is the error of the camera, which is about a metre.",
    ):
        place = rivers.place(quote)
        first, last = rivers.document.page(place[0]) or 1, rivers.document.page(place[1] - 1) or 1
        marked = ""
        for number in range(first, last + 1):
            marked += under(rivers.file, number, rivers.viewer.page(rivers.document, [place], number).marks[0])
        assert sorted(letters_of(marked).text) == sorted(letters_of(quote).text), quote


def test_korean_is_marked_across_lines(korean: Paper) -> None:
    quote = "오래된 모델과 작은 모델이 그린 지도를 견주어 배운다."
    view = korean.viewer.page(korean.document, [korean.place(quote)])
    marked = under(korean.file, view.number, view.marks[0])
    assert marked == quote.replace(" ", "")


def test_the_picture_is_the_page(rivers: Paper) -> None:
    view = rivers.viewer.page(rivers.document, number=2)
    with Image.open(io.BytesIO(view.picture.data)) as image:
        assert image.size == (view.picture.width, view.picture.height)
        assert image.format == {"image/png": "PNG", "image/jpeg": "JPEG"}[view.picture.media_type]
        assert image.convert("L").getextrema() == (0, 255)
    assert (view.number, view.picture.width, view.marks) == (2, WIDTH_PX, ())


def test_marks_lie_over_ink(rivers: Paper) -> None:
    quote = "What remains is the error of the camera"
    view = rivers.viewer.page(rivers.document, [rivers.place(quote)])
    width, height = view.picture.width, view.picture.height
    with Image.open(io.BytesIO(view.picture.data)) as image:
        for box in view.marks[0]:
            right, bottom = (box.x + box.width) * width, (box.y + box.height) * height
            part = image.convert("L").crop((int(box.x * width), int(box.y * height), int(right), int(bottom)))
            dark = sum(part.histogram()[:128]) / (part.width * part.height)
            assert 0.05 < dark < 0.5


def test_numbers_past_the_ends_are_the_ends_and_places_elsewhere_are_not_marked(rivers: Paper) -> None:
    place = rivers.place("A river is a line that moves.")
    assert rivers.viewer.page(rivers.document, [place], 99).number == 2
    assert rivers.viewer.page(rivers.document, [place], 99).marks == ((),)
    assert rivers.viewer.page(rivers.document, [place], -5).number == 1
    assert rivers.viewer.page(rivers.document).number == 1


def test_a_note_that_is_read_on_another_page_is_found_where_it_stands(rivers: Paper) -> None:
    quote = "We show that self-play is enough for that."
    start, end = rivers.place(quote)
    moved = replace(rivers.document, pages=(0, start))  # as if the sentence were read as the second page's first
    view = rivers.viewer.page(moved, [(start, end)])
    assert view.number == 1
    assert letters_of(under(rivers.file, 1, view.marks[0])).text == letters_of(quote).text


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (30, 100, 380, 560)])
def test_turned_and_cut_pages_are_marked_where_they_are_shown(
    tmp_path: Path, rotation: int, crop: tuple[int, int, int, int] | None
) -> None:
    maker = Maker()
    maker.lines(LOREM, 60, 100)
    page = maker.page
    page.set_rotation(rotation)
    if crop:
        page.set_cropbox(*crop)
    file = write(tmp_path, maker)
    drawn = draw(task(file, wanted(LOREM[1]), shown=True))
    (boxes,) = drawn.marks
    assert letters_of(under(file, 1, boxes)).text == letters_of(LOREM[1]).text
    assert len(boxes) == 1
    left, bottom, right, top = crop or (0, 0, 400, 600)
    x, y = (60 + 150 - left) / (right - left), (600 - 100 - 12 - bottom) / (top - bottom)  # its middle, from below
    middle = {0: (x, 1 - y), 90: (y, x), 180: (1 - x, y), 270: (1 - y, 1 - x)}[rotation]
    (box,) = boxes
    assert box.x + box.width / 2 == pytest.approx(middle[0], abs=0.02)
    assert box.y + box.height / 2 == pytest.approx(middle[1], abs=0.02)
    assert (box.width > box.height) == (rotation in (0, 180))
    picture = drawn.picture
    assert picture is not None and (picture.width > picture.height) == (rotation in (90, 270))


def test_text_that_runs_up_the_page_is_marked_line_by_line(tmp_path: Path) -> None:
    maker = Maker()
    maker.line("Set on its side, the table is read from below.", 100, 500, angle=90)
    maker.line("Its second line stands to the right of the first.", 112, 500, angle=90)
    maker.lines(LOREM, 150, 60, width=220)
    file = write(tmp_path, maker)
    (boxes,) = draw(task(file, wanted("is read from below. Its second line stands"))).marks
    assert len(boxes) == 2
    assert all(box.height > box.width for box in boxes)


def test_a_sentence_in_two_columns_has_a_mark_in_each(tmp_path: Path) -> None:
    maker = Maker()
    maker.line("The left column ends with words that", 20, 500, width=170)
    maker.line("A note stands between the columns.", 20, 560, 8)
    maker.line("go on in the right column at the top.", 210, 50, width=170)
    file = write(tmp_path, maker)
    (boxes,) = draw(task(file, wanted("words that go on in the right column at the top."))).marks
    assert under(file, 1, boxes) == "wordsthatgoonintherightcolumnatthetop."
    assert [box.x < 0.5 for box in boxes] == [True, False]


@pytest.mark.parametrize(("width", "height"), [(14_400, 200), (200, 14_400), (14_400, 14_400), (3, 9_000), (20, 20)])
def test_pictures_of_absurd_pages_are_bounded(tmp_path: Path, width: int, height: int) -> None:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(width, height)
    page.gen_content()
    document.save(tmp_path / "odd.pdf")
    picture = draw(task(tmp_path / "odd.pdf", shown=True)).picture
    assert picture is not None
    assert 1 <= picture.width <= max(WIDTH_PX, 1)
    assert picture.width * picture.height <= MOST_PX * 1.01


def test_colours_are_kept(tmp_path: Path) -> None:
    maker = Maker()
    drawn = pdfium.FPDFPageObj_CreateNewRect(50, 50, 200, 200)
    pdfium.FPDFPageObj_SetFillColor(drawn, 200, 30, 30, 255)
    pdfium.FPDFPath_SetDrawMode(drawn, pdfium.FPDF_FILLMODE_ALTERNATE, ctypes.c_int(0))
    pdfium.FPDFPage_InsertObject(maker.page, drawn)
    picture = draw(task(write(tmp_path, maker), shown=True)).picture
    assert picture is not None and picture.media_type == "image/jpeg"
    with Image.open(io.BytesIO(picture.data)) as image:
        red, green, blue = image.convert("RGB").getpixel((image.width * 150 // 400, image.height * 450 // 600))  # type: ignore[misc]
    assert (red - 200) ** 2 + (green - 30) ** 2 + (blue - 30) ** 2 < 200


def test_a_missing_original_and_a_text_without_pages_say_what_to_do(rivers: Paper, tmp_path: Path) -> None:
    with PageViewer(Originals(tmp_path)) as viewer:
        assert not viewer.has(rivers.document)
        with pytest.raises(InputError, match=r"two-columns\.pdf: the PDF .* is not kept; .* add the paper again"):
            viewer.page(rivers.document)
    with pytest.raises(InputError, match="not kept"):
        rivers.viewer.page(replace(rivers.document, pages=()))


def test_a_damaged_original_is_not_shown(rivers: Paper, tmp_path: Path) -> None:
    shutil.copytree(rivers.originals.folder, tmp_path / "originals")
    (kept,) = (tmp_path / "originals").iterdir()
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    kept.write_bytes(data)
    with PageViewer(Originals(tmp_path)) as viewer:
        assert viewer.has(rivers.document)
        with pytest.raises(InputError, match=r"the kept PDF is damaged .* add the paper again"):
            viewer.page(rivers.document)


def test_what_is_no_pdf_or_asks_for_a_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.7 and then nothing of the kind")
    with pytest.raises(InputError, match=r"no\.pdf: the kept PDF cannot be opened"):
        draw(task(tmp_path / "no.pdf"))
    with pytest.raises(InputError, match=r"locked\.pdf: the kept PDF cannot be opened"):
        draw(task(FIXTURES / "locked.pdf"))
    gone = replace(task(FIXTURES / "owner.pdf"), path=tmp_path / "gone.pdf", sha256="0" * 64)
    with pytest.raises(InputError, match=r"owner\.pdf: the kept PDF cannot be read \(No such file"):
        draw(gone)


def test_a_pdf_that_only_its_owner_may_change_is_shown(tmp_path: Path) -> None:
    paper = Paper(FIXTURES / "owner.pdf", tmp_path)
    start, end = paper.document.sections[0].start, len(paper.document.text.rstrip())
    with paper.viewer:
        view = paper.viewer.page(paper.document, [(start, end)])
    text = paper.document.text[start:end]
    assert letters_of(under(paper.file, 1, view.marks[0])).text == letters_of(text).text


def test_pictures_are_drawn_once_and_the_child_rests(rivers: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    with PageViewer(rivers.originals) as viewer:
        first = viewer.page(rivers.document, number=1)
        assert viewer.page(rivers.document, [rivers.place("A river is a line")], 1).picture is first.picture
        viewer.close()  # as after a time without a page
        assert viewer.page(rivers.document, number=1).picture is first.picture
        monkeypatch.setattr("index.pages.viewer.REMEMBERED_BYTES", 1)
        assert viewer.page(rivers.document, number=2).picture.data
        monkeypatch.undo()
        assert viewer.page(rivers.document, number=1).picture is not first.picture


def test_a_page_that_takes_too_long_is_given_up(rivers: Paper) -> None:
    with PageViewer(rivers.originals, Limits(seconds=0.001)) as viewer:
        with pytest.raises(InputError, match=r"two-columns\.pdf: reading took longer than 0\.001 s"):
            viewer.page(rivers.document)


def test_pdfium_is_not_loaded_before_a_page_is_asked_for() -> None:
    code = "import sys, qa.ask; sys.exit(bool({'pypdfium2', 'PIL'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_letters_that_are_pictures_are_marked_as_high_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(
        bitmap_pdf(words("The old mill stood there.", "The \x0crst o\x0ece was by the river.", "Nothing else."))
    )
    ((box,),) = draw(task(file, wanted("The first office was by the river."))).marks
    assert under(file, 1, (box,)) == "The\ufb01rsto\ufb03cewasbytheriver."
    assert 5 < box.height * 792 < 12


def test_adobes_private_small_capitals_and_figures_are_letters() -> None:
    assert characters_of([0xF761, 0xF77A, 0xF739, 0x41]) == ["A", "Z", "9", "A"]

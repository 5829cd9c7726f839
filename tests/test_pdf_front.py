"""Titles of papers: set like their headings, beside another column, below a journal's name, over a scanned picture."""

from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest

from index.readers.pdf.characters import Span
from index.readers.pdf.fonts import Font
from index.readers.pdf.front import front_of
from index.readers.pdf.lines import Piece
from tests.test_read_pdf import LOREM, Maker, headings

BOLD = "Times-Bold"


def test_a_title_that_looks_like_the_headings_is_the_first_of_them() -> None:
    maker = Maker()
    maker.line("Rivers for Peers in", 120, 50, 14, font=BOLD)
    maker.line("Old Valleys", 150, 66, 14, font=BOLD)
    maker.line("Ann Lee", 170, 90, 11)
    maker.line("Abstract", 50, 120, 14, font=BOLD)
    y = maker.lines(LOREM, 50, 140)
    maker.line("1", 50, y + 20, 14, font=BOLD)
    maker.line("Introduction", 70, y + 20, 14, font=BOLD)
    maker.lines(LOREM, 50, y + 40)
    reading = maker.read()
    assert (reading.title, reading.authors) == ("Rivers for Peers in Old Valleys", ("Ann Lee",))
    assert headings(reading)[1:] == ["## Abstract", "## 1 Introduction"]


def test_lines_of_one_look_that_name_no_section_are_no_title() -> None:
    maker = Maker()
    for row, text in enumerate(("Rivers of the North", "Mills and Their Wheels", "Bridges Made of Stone")):
        maker.line(text, 50, 50 + 120 * row, 14, font=BOLD)
        maker.lines(LOREM, 50, 70 + 120 * row)
    assert maker.read().title is None


def test_a_title_stands_beside_the_other_column() -> None:
    maker = Maker()
    maker.line("A Stone Bridge", 30, 60, 20, font=BOLD)
    maker.line("Over the River", 30, 84, 20, font=BOLD)
    for row in range(14):
        maker.line("the right column goes on here", 210, 52 + 12 * row, width=160)
        maker.line("the left column goes on here", 30, 140 + 12 * row, width=160)
    assert maker.read().title == "A Stone Bridge Over the River"


def test_a_journals_name_and_a_row_of_authors_are_no_title() -> None:
    maker = Maker()
    maker.line("Journal of Mill and River Science", 60, 40, 24, font=BOLD)
    maker.line("Tidy Mills", 160, 90, 16, font=BOLD)
    maker.line("Ann B. Lee, Bo Stone, Cy Wheel, and Di Bridge", 80, 110, 14)
    maker.lines(LOREM, 50, 150)
    reading = maker.read()
    assert (reading.title, reading.authors) == ("Tidy Mills", ("Ann B. Lee", "Bo Stone", "Cy Wheel", "Di Bridge"))


def test_a_large_initial_makes_no_title_of_its_line() -> None:
    maker = Maker()
    maker.line("How Rivers Bend", 120, 50, 14)
    maker.line("T", 50, 92, 27)
    maker.line("HE river turns to the left where the old mill stood", 66, 92, width=284)
    maker.lines(LOREM, 50, 104)
    assert maker.read().title == "How Rivers Bend"


@pytest.mark.parametrize("height", [600, 60])  # of the pictures that the scanned page is made of
def test_text_that_ocr_laid_over_a_scanned_page_is_all_read(height: int) -> None:
    maker = Maker()
    with_picture = picture_of(maker)
    for top in range(0, 600, height):
        with_picture(top, height)
    maker.line("Rivers and Bridges", 60, 60, 18)
    y = maker.lines(LOREM, 50, 100)
    maker.line("Mill: 3", 50, y + 30, 8)
    for at in range(pdfium.FPDFPage_CountObjects(maker.page)):
        drawn = pdfium.FPDFPage_GetObject(maker.page, at)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFTextObj_SetTextRenderMode(drawn, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    reading = maker.read()
    assert reading.title == "Rivers and Bridges"
    assert reading.text.endswith("no more than a noon.\n\nMill: 3\n")


def picture_of(maker: Maker) -> Callable[[int, int], None]:
    """Return what draws a grey picture over the width of the page."""

    def draw(top: int, height: int) -> None:
        bitmap = pypdfium2.PdfBitmap.new_native(8, 8, pdfium.FPDFBitmap_BGR)
        bitmap.fill_rect((200, 200, 200, 255), 0, 0, 8, 8)
        image = pypdfium2.PdfImage.new(maker.document)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(400, height).translate(0, 600 - top - height))
        maker.page.insert_obj(image)

    return draw


def titled(*titles: str) -> str | None:
    """Return the title of a Korean page with these lines in large letters; its text speaks of a 운전자."""
    font = Font("Batang", bold=False, italic=False, math=False, mono=False, capitals=False)
    text = "이 연구는 운전자 모니터링을 위하여 운전자를 살피고 운전자의 눈을 본다."
    lines = [*((title, 20) for title in titles), *[(text, 10)] * 8]
    spans = [
        Span(line, 60, 60 + 0.9 * size * len(line), 60 + 26 * at, size, font) for at, (line, size) in enumerate(lines)
    ]
    return front_of([Piece([span], 0) for span in spans], None, "", 10).title


def test_a_word_that_a_korean_title_divides_is_whole() -> None:
    assert (
        titled("제어권전환을 위한 영상 기반 운", "전자 모니터링 기술")
        == "제어권전환을 위한 영상 기반 운전자 모니터링 기술"
    )
    assert (
        titled("제어권전환을 위한 영상 기반", "운전자 모니터링 기술")
        == "제어권전환을 위한 영상 기반 운전자 모니터링 기술"
    )


def test_where_authors_work_is_no_title() -> None:
    assert titled("*Dept. of Computer Science, River College") is None

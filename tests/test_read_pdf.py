"""PDFs as papers are: columns, sections, running heads, notes, tables, formulas, hyphens, Korean, and what is refused.

`tests/pdf/` holds small papers with their sources; the other PDFs are made here, line by line, by PDFium.
"""

import ctypes
import io
import math
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest

from index.errors import InputError
from index.readers.joining import Vocabulary, join
from index.readers.pdf import read
from index.readers.pdf.drawings import CAPTION
from index.readers.reading import Reading

FIXTURES = Path(__file__).parent / "pdf"
LOREM = (
    "The river turns to the left where the old mill stood and",
    "widens before it meets the road that leads to the market;",
    "whoever follows it by foot will need a day and a half for",
    "the way, and whoever rides will need no more than a noon.",
)


class Maker:
    """Draws lines at places, in points from the upper left corner of pages of 400 by 600 points, or `size`."""

    def __init__(self, size: tuple[int, int] = (400, 600)) -> None:
        self.size = size
        self.document = pypdfium2.PdfDocument.new()
        self.page = self.document.new_page(*size)

    def turn(self) -> None:
        """Begin another page."""
        self.page.gen_content()
        self.page = self.document.new_page(*self.size)

    def line(
        self,
        text: str,
        x: float,
        y: float,
        size: float = 10,
        *,
        font: str = "Times-Roman",
        width: float = 0,
        angle: int = 0,
    ) -> None:
        """Draw text with its baseline at y, stretched to `width` points where that is given."""
        drawn = pdfium.FPDFPageObj_NewTextObj(self.document, font.encode(), size)
        units = (text + "\x00").encode("utf-16-le")
        pdfium.FPDFText_SetText(drawn, ctypes.cast(ctypes.create_string_buffer(units), pdfium.FPDF_WIDESTRING))
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(drawn, *edges)
        stretch = width / (edges[2].value - edges[0].value) if width else 1.0
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        pdfium.FPDFPageObj_Transform(drawn, stretch * cosine, sine, -sine, cosine, x, self.size[1] - y)
        pdfium.FPDFPage_InsertObject(self.page, drawn)

    def lines(self, texts: Sequence[str], x: float, y: float, size: float = 10, *, width: float = 300) -> float:
        """Draw a paragraph, its last line in its own width; return the baseline after it."""
        for text in texts[:-1]:
            self.line(text, x, y, size, width=width)
            y += 1.2 * size
        self.line(texts[-1], x, y, size)
        return y + 1.2 * size

    def box(self, x: float, top: float, width: float, height: float, grey: int = 0, *, outlined: bool = False) -> None:
        """Draw a filled rectangle, from black to white at 255: a rule where it is thin."""
        drawn = pdfium.FPDFPageObj_CreateNewRect(x, self.size[1] - top - height, width, height)
        pdfium.FPDFPageObj_SetFillColor(drawn, grey, grey, grey, 255)
        pdfium.FPDFPath_SetDrawMode(drawn, pdfium.FPDF_FILLMODE_ALTERNATE, outlined)
        pdfium.FPDFPage_InsertObject(self.page, drawn)

    def bytes(self) -> bytes:
        """Return the file."""
        self.page.gen_content()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def read(self) -> Reading:
        return read(self.bytes(), "made.pdf")


def fixture(name: str) -> Reading:
    return read((FIXTURES / name).read_bytes(), name)


def paragraphs(reading: Reading) -> list[str]:
    assert reading.text.endswith("\n")
    return reading.text[:-1].split("\n\n")


def headings(reading: Reading) -> list[str]:
    return [text for text in paragraphs(reading) if text.startswith("#")]


# --- papers that LaTeX and a browser made -------------------------------------------------------------------------


def test_a_paper_in_two_columns_is_read_whole() -> None:
    reading = fixture("two-columns.pdf")
    assert (reading.title, reading.authors) == (
        "Reading Rivers: How a Small Model Learns to Follow Water",
        ("Ada Brook", "Lin van Beek"),
    )
    assert (reading.year, reading.arxiv, reading.language) == (2021, "2101.04567", None)
    assert headings(reading) == [
        "# Reading Rivers: How a Small Model Learns to Follow Water",
        "## Abstract",
        "## 1 Introduction",
        "## 2 Method",
        "### 2.1 Data",
        "## 3 Results",
        "## 4 Conclusion",
        "## Acknowledgments",
        "## References",
        "## A Code",
    ]
    text = paragraphs(reading)
    assert text[1] == "Ada Brook, Lin van Beek, 1 University of the North, 2 Hill College"
    assert text[3] == (
        "A river is a line that moves. We teach a small model to follow it, and find that self-play helps where maps are "
        "old. It needs few examples."
    )


def test_what_interrupts_a_paragraph_comes_after_it() -> None:
    text = paragraphs(fixture("two-columns.pdf"))
    at = text.index("## 2 Method")
    assert text[at - 3 : at + 6] == [
        "Earlier work asked surveyors. They were thorough but slow, and the difference between two surveys was often "
        "larger than the movement of the river, so that the comparison of neighbouring representations said more about "
        "the surveyors.",
        "- Water flows downhill, which is a rule that the model does not know at first.",
        "- Stones do not move much.",
        "## 2 Method",
        "The model sees a picture and draws the next one. It is trained by self-play against an older copy of itself, and "
        "the loss is the distance between the two lines, as in",
        "[^1]: The code is in the appendix.",
        "Figure 1: From the spring to the sea.",
        "[formula (1)]",
        "Here the sum is over the points of the line. The older copy is renewed after every thousand pictures, which "
        "keeps the two of them close to each other.",
    ]
    assert "self-play is enough for that.[^1] Nothing else" in text[5]


def test_a_table_and_the_bibliography_are_kept_apart() -> None:
    text = paragraphs(fixture("two-columns.pdf"))
    at = text.index("Table 1: Error in metres on three rivers; smaller is better.")
    assert text[at + 1] == (
        "| Model | Aller | Bode | Chew |\n|---|---|---|---|\n| Surveyor | 9.1 | 8.0 | 7.5 |\n"
        "| Copy | 4.2 | 5.1 | 3.3 |\n| Self-play | 2.0 | 2.2 | 1.9 |"
    )
    assert text[-5:] == [
        "## References",
        "[1] Otto Ufer. 1999. Banks and beds of lowland rivers. Letters on Water, 3–14.",
        "[2] Mia Strom and Jan Bach. 2015. On maps that were wrong. Old Maps, 21–30.",
        "## A Code",
        "The code has forty lines and is printed on the cover of the thesis.",
    ]


def test_furniture_stamps_and_labels_are_not_in_the_text() -> None:
    text = fixture("two-columns.pdf").text
    for word in ("Notes on Small Rivers", "arXiv", "cs.CL", "Spring", "Estuary"):
        assert word not in text


def test_pages_begin_where_their_text_does() -> None:
    reading = fixture("two-columns.pdf")
    assert len(reading.pages) == 2 and reading.pages[0] == 0
    before, after = reading.text[: reading.pages[1]], reading.text[reading.pages[1] :]
    assert before.endswith("and the order of ")
    assert after.startswith("the three did not change in any of the repetitions")


def test_korean_lines_are_joined_where_words_go_on() -> None:
    reading = fixture("korean.pdf")
    assert (reading.title, reading.authors) == ("강을 읽는 작은 모델", ("이하늘", "김가람"))
    assert paragraphs(reading) == [
        "# 강을 읽는 작은 모델",
        "이하늘, 김가람",
        "## 요약",
        "강은 움직이는 선이다. 우리는 작은 모델이 강을 따라가게 하고, 지도가 오래된 곳에서 강의 흐름을 다시 배우게 한다.",
        "## 1. 서론",
        "강의 흐름은 해마다 바뀌고 지도는 오래된 것이 된다. 모델은 강의 흐름을 배우고 지도를 다시 그린다. 모델이 배우는 것은 "
        "강의 흐름이며, 지도가 바뀌는 것은 강의 흐름이 바뀌는 것이다. 우리는 지도를 다시 그리는 모델을 작은 모델이라고 한다.",
        "- 강은 낮은 곳으로 흐른다.",
        "- 돌은 움직이지 않는다.",
        "## 2. 방법",
        "모델은 지도를 보고 다음 지도를 그린다. 오래된 모델과 작은 모델이 그린 지도를 견주어 배운다. 지도를 그리는 모델은 강의 "
        "흐름을 다시 배우게 되고, 오래된 지도는 작은 모델을 바꾸게 된다 [1].",
        "그림 1: 강과 지도",
        "## 3. 결론",
        "작은 모델은 강을 따라간다. 돌을 따라가는 모델은 우리가 다시 배우게 한다.",
        "## 참고문헌",
        "[1] 김가람. 2019. 오래된 지도. 강, 3–9.",
    ]


def test_an_outline_says_which_lines_are_headings() -> None:
    reading = fixture("outline.pdf")
    assert headings(reading) == [
        "# Gödel in the Garden",
        "## 1 Why we dig",
        "### 1.1 Stones and other things that were there before the garden was made by those who came later",
        "## 2 What we found",
    ]
    text = paragraphs(reading)
    assert "Not a heading" in text
    assert "1. round ones," in text
    assert "```\nfor stone in garden:\n    keep(stone)\n```" in text


def test_accents_that_tex_draws_apart_are_put_on_their_letters() -> None:
    reading = fixture("outline.pdf")
    assert (reading.title, reading.authors, reading.year) == (
        "Gödel in the Garden",
        ("René Müller", "Zoë Čapek"),
        2020,
    )


def test_the_same_bytes_give_the_same_reading() -> None:
    data = (FIXTURES / "korean.pdf").read_bytes()
    assert read(data, "a.pdf") == read(data, "b.pdf")


# --- what is refused ----------------------------------------------------------------------------------------------


def refused(data: bytes, message: str, **options: int) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(data, "paper.pdf", **options)
    assert str(caught.value).startswith("paper.pdf: ")


def test_files_that_are_no_whole_pdf_are_refused() -> None:
    whole = (FIXTURES / "korean.pdf").read_bytes()
    refused(b"", "the file is empty; expected a PDF")
    refused(b"PK\x03\x04 a zip file", "does not begin with '%PDF-'")
    refused(b"%PDF-1.7\n", "is broken or cut off")
    refused(whole[: len(whole) // 3], "is broken or cut off")


def test_a_password_is_asked_for() -> None:
    refused((FIXTURES / "locked.pdf").read_bytes(), "is encrypted and asks for a password; save it without one")


def test_a_pdf_that_anybody_may_open_is_read_though_it_is_encrypted() -> None:
    assert fixture("owner.pdf").text == "A page that all may read.\n"


def test_a_pdf_of_pictures_needs_ocr() -> None:
    maker = Maker()
    maker.box(20, 20, 300, 500)
    refused(maker.bytes(), "hold no text, only images; expected text, so run OCR .*`ocrmypdf paper.pdf out.pdf`")


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    maker = Maker()
    maker.line("One page too many for this test.", 50, 50)
    maker.turn()
    refused(maker.bytes(), "has 2 pages; expected 1 to 1, so split it", max_pages=1)


# --- lines made here ----------------------------------------------------------------------------------------------


def test_columns_are_read_one_after_the_other_below_a_wide_title() -> None:
    maker = Maker()
    maker.line("A Title That Is Wider Than a Column", 50, 50, 18)
    for n in range(12):  # drawn row by row, as some programs do
        maker.line(f"left line {n} goes to the edge of it", 30, 90 + 12 * n, width=160)
        maker.line(f"right line {n} goes to the edge of it", 210, 90 + 12 * n, width=160)
    reading = maker.read()
    assert reading.title == "A Title That Is Wider Than a Column"
    numbers = re.findall(r"(left|right) line (\d+)", reading.text)
    assert numbers == [(side, str(n)) for side in ("left", "right") for n in range(12)]


def test_columns_below_a_wide_abstract_are_known_by_the_next_pages() -> None:
    maker = Maker()
    maker.line("A Title That Is Wider Than a Column", 50, 50, 18)
    for n in range(14):
        maker.line(f"the wide abstract has line {n} and goes from edge to edge of the page", 30, 90 + 12 * n, width=340)
    for n in range(5):
        maker.line(f"left line {n} is not at its edge", 30, 280 + 12 * n, width=140)
        maker.line(f"right line {n} goes to the edge of it", 210, 280 + 12 * n, width=160)
    maker.turn()
    for n in range(5, 17):
        maker.line(f"left line {n} goes to the edge of it", 30, 50 + 12 * n, width=160)
        maker.line(f"right line {n} goes to the edge of it", 210, 50 + 12 * n, width=160)
    numbers = re.findall(r"(left|right) line (\d+)", maker.read().text)
    assert numbers == [(side, str(n)) for page in (range(5), range(5, 17)) for side in ("left", "right") for n in page]


def test_running_heads_feet_and_page_numbers_are_dropped() -> None:
    maker = Maker()
    for page in range(4):
        maker.line(f"Letters on Water, part {page + 7}", 50, 30, 9)
        y = maker.lines(LOREM, 50, 70)
        maker.line(f"page {page} holds this.", 50, y + 20)
        maker.line(f"- {page + 7} -", 190, 580, 9)
        if page < 3:
            maker.turn()
    reading = maker.read()
    assert "Letters" not in reading.text and "- 7 -" not in reading.text and "- 10 -" not in reading.text
    assert [reading.text[a:].split("\n")[0][:9] for a in reading.pages] == ["The river"] * 4


def test_a_last_line_that_often_reads_alike_stays() -> None:
    maker = Maker()
    for page in range(4):
        maker.lines([*LOREM, f"and so it goes on, page {page} too, until the", "end."], 50, 70)
        if page < 3:
            maker.turn()
    assert maker.read().text.count("until the end.") == 4


def test_numbers_of_lines_in_the_margin_are_dropped() -> None:
    maker = Maker()
    for n in range(10):
        maker.line(str(n + 95), 20, 60 + 14 * n, 6)
        maker.line("a line of 95 words that goes on", 50, 60 + 14 * n, width=300)
    text = maker.read().text
    assert "100" not in text and text.count("of 95 words") == 10


def test_sections_without_an_outline_are_known_by_numbers_type_and_names() -> None:
    maker = Maker()
    y = 40.0
    for level, text in ((12, "1 Rivers"), (10, "1.1 Beds"), (12, "2 Stones"), (12, "References"), (12, "A Tools")):
        maker.line(text, 50, y + 14, level, font="Times-Bold")
        y = maker.lines(LOREM, 50, y + 32)
    maker.line("3 stones fell.", 50, y + 20)  # begins with a number, but is set like text
    assert headings(maker.read()) == ["## 1 Rivers", "### 1.1 Beds", "## 2 Stones", "## References", "## A Tools"]


def test_sections_without_numbers_are_ranked_by_their_type() -> None:
    maker = Maker()
    y = 40.0
    for size, text in ((14, "Rivers"), (11, "Their beds"), (11, "Their banks"), (14, "Stones")):
        maker.line(text, 50, y + 16, size, font="Helvetica-Bold")
        y = maker.lines(LOREM, 50, y + 34)
    assert headings(maker.read()) == ["## Rivers", "### Their beds", "### Their banks", "## Stones"]


def test_an_abstract_that_begins_in_its_line_gets_a_heading() -> None:
    maker = Maker()
    maker.line("On Water", 150, 50, 18)
    maker.line("Abstract—", 50, 90, font="Times-Bold")
    maker.line("we say what a river is, and why that is hard", 95, 90, width=255)
    maker.lines(LOREM, 50, 102)
    assert paragraphs(maker.read()) == [
        "# On Water",
        "## Abstract",
        f"we say what a river is, and why that is hard {' '.join(LOREM)}",
    ]


def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_one_elsewhere() -> None:
    maker = Maker()
    maker.line("We use self-play for the training of a model by", 50, 50, width=300)
    maker.line("hand, and a method that is well known: the self-", 50, 62, width=300)
    maker.line("play of two copies. Whoever has seen how a train-", 50, 74, width=300)
    maker.line("ing ends knows GPT-2, or he knows at least GPT-", 50, 86, width=300)
    maker.line("4 by its name.", 50, 98)
    assert maker.read().text == (
        "We use self-play for the training of a model by hand, and a method that is well known: the self-play of two "
        "copies. Whoever has seen how a training ends knows GPT-2, or he knows at least GPT-4 by its name.\n"
    )


def test_words_that_hyphens_part_are_weighed_by_the_rest_of_the_document() -> None:
    vocabulary = Vocabulary(["a state-of-the-art model of fine tuning and of the long term memory is over there"])
    for lines, joined in (
        (["a state-of-the-", "art model"], "a state-of-the-art model"),
        (["a state-", "of-the-art model"], "a state-of-the-art model"),
        (["the long-", "term memory"], "the long-term memory"),
        (["an over-", "there"], "an overthere"),
        (["the repre-", "sentation"], "the representation"),
        (["pages 3-", "9"], "pages 3-9"),
        (["see https://example.org/", "page"], "see https://example.org/page"),
        (["ends with a space ", "and goes on"], "ends with a space and goes on"),
    ):
        assert join(lines, vocabulary)[0] == joined
    assert join(["one", "two"], vocabulary) == ("one two", [0, 4])


def test_hangul_is_joined_by_how_syllables_follow_elsewhere() -> None:
    lines = [
        "모델은 데이터를 모은다 그리고 데이터는 모델을 바꾼다",
        "새 데이터를 다시 모델에 넣는다 그 모델은 데이터를 본다",
    ]
    vocabulary = Vocabulary(lines)
    assert join(["좋은 데이", "터를 찾는다"], vocabulary)[0] == "좋은 데이터를 찾는다"
    assert join(["좋은 모델은", "데이터를 찾는다"], vocabulary)[0] == "좋은 모델은 데이터를 찾는다"
    assert join(["좋은 모델", "은 데이터를"], vocabulary)[0] == "좋은 모델은 데이터를"
    assert join(["좋은 데이 ", "터를 찾는다"], vocabulary)[0] == "좋은 데이 터를 찾는다"  # the file has a space there


def test_footnotes_are_paragraphs_of_their_own_and_referred_to() -> None:
    maker = Maker()
    maker.lines(LOREM[:2], 50, 50)
    maker.line("Nobody knows", 50, 80)
    maker.line("1", 103.5, 76, 6)
    maker.line("why.", 110, 80)
    maker.box(50, 540, 100, 0.5)
    maker.line("1", 56, 551, 5)
    maker.line("Or nobody says so.", 59, 554, 8)
    text = paragraphs(maker.read())
    assert text[-2:] == ["Nobody knows[^1] why.", "[^1]: Or nobody says so."]


def test_captions_and_tables_are_kept_out_of_the_text() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    maker.line("Table 2: Lengths in miles.", 130, y + 14)
    maker.box(100, y + 20, 200, 0.5)
    for row, (name, first, second) in enumerate((("River", "Old", "New"), ("Aller", "21", "20"), ("Bode", "17", "19"))):
        maker.line(name, 104, y + 32 + 12 * row)
        maker.line(first, 180, y + 32 + 12 * row)
        maker.line(second, 260, y + 32 + 12 * row)
    maker.box(100, y + 62, 200, 0.5)
    maker.lines(LOREM, 50, y + 90)
    assert paragraphs(maker.read()) == [
        " ".join(LOREM),
        "Table 2: Lengths in miles.",
        "| River | Old | New |\n|---|---|---|\n| Aller | 21 | 20 |\n| Bode | 17 | 19 |",
        " ".join(LOREM),
    ]


def test_labels_in_a_drawing_are_dropped_and_text_in_a_frame_stays() -> None:
    maker = Maker()
    for at, label in enumerate(("Source", "Mouth")):
        maker.box(100 + 84 * at, 40, 80, 20)
        maker.line(label, 110 + 84 * at, 54, 8)
    maker.line("Figure 1: A river.", 150, 85)
    maker.box(40, 100, 320, 60)
    maker.box(42, 102, 316, 56)
    y = maker.lines(LOREM, 50, 116)
    maker.lines(LOREM, 50, y + 30)
    assert paragraphs(maker.read()) == ["Figure 1: A river.", " ".join(LOREM), " ".join(LOREM)]


def test_labels_of_a_drawing_without_a_caption_are_dropped() -> None:
    maker = Maker()
    for at, label in enumerate(("Source", "Mouth")):
        maker.box(100 + 84 * at, 40, 80, 20, 230, outlined=True)
        maker.line(label, 110 + 84 * at, 54, 8)
    maker.lines(LOREM, 50, 90)
    assert paragraphs(maker.read()) == [" ".join(LOREM)]


@pytest.mark.parametrize("grey", [255, 220])
def test_text_stays_where_a_program_lays_a_box_below_each_line(grey: int) -> None:
    maker = Maker()
    maker.box(40, 60, 320, 22, grey)
    maker.line("1. Rivers", 50, 76, font="Times-Bold")
    for at in range(len(LOREM)):
        maker.box(40, 82 + 22 * at, 320, 22, grey)
        maker.box(50, 86 + 22 * at, 300, 12, grey)
        maker.line(LOREM[at], 50, 97 + 22 * at, width=300)
    assert paragraphs(maker.read()) == ["## 1. Rivers", " ".join(LOREM)]


def test_a_listing_on_a_coloured_box_and_what_it_prints_in_a_frame_stay() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    maker.box(44, y, 150, 44, 240)
    for at, text in enumerate(("\\begin{river}", "Aller \\\\ Bode", "\\end{river}")):
        maker.line(text, 50, y + 12 + 12 * at, 9, font="Courier")
    for x, top, width, height in ((200, y, 150, 0.5), (200, y + 44, 150, 0.5), (200, y, 0.5, 44), (350, y, 0.5, 44)):
        maker.box(x, top, width, height)
    maker.line("Aller", 206, y + 16)
    maker.line("Bode", 206, y + 30)
    maker.lines(LOREM, 50, y + 70)
    text = maker.read().text
    for words in ("\\begin{river}", "Aller \\\\ Bode", "\\end{river}", "Aller\n", "Bode\n"):
        assert words in text
    assert text.count(" ".join(LOREM)) == 2


def test_a_title_and_an_abstract_in_coloured_boxes_stay() -> None:
    maker = Maker()
    maker.box(30, 30, 340, 40, 200)
    maker.line("On the Ways of Water", 120, 55, 18)
    maker.box(30, 74, 340, 60, 230, outlined=True)
    maker.box(34, 78, 332, 52, 245)
    maker.line("Abstract", 180, 92, font="Times-Bold")
    maker.lines(LOREM[2:], 50, 106)
    maker.lines(LOREM, 50, 160)
    reading = maker.read()
    assert reading.title == "On the Ways of Water"
    assert paragraphs(reading)[1:] == ["## Abstract", " ".join(LOREM[2:]), " ".join(LOREM)]


def test_a_table_of_coloured_cells_and_many_rules_stays() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    rows = (
        ("River", "Old name", "Region"),
        ("Aller", "Alara", "North"),
        ("Bode", "Bada", "Middle"),
        ("Chew", "", "West"),
    )
    for row, cells in enumerate(rows):
        for column, word in enumerate(cells):
            x, top = 60 + 90 * column, y + 20 + 14 * row
            maker.box(x, top, 90, 14, 200 if row == 0 else 240)
            for edge in ((x, top, 90, 0.5), (x, top + 14, 90, 0.5), (x, top, 0.5, 14), (x + 90, top, 0.5, 14)):
                maker.box(*edge)
            if word:
                maker.line(word, x + 4, top + 11, 9)
    maker.lines(LOREM, 50, y + 110)
    assert paragraphs(maker.read())[1] == (
        "| River | Old name | Region |\n|---|---|---|\n| Aller | Alara | North |\n| Bode | Bada | Middle |\n"
        "| Chew |  | West |"
    )


def test_a_paragraphs_short_last_line_above_a_drawing_stays() -> None:
    maker = Maker()
    y = maker.lines([*LOREM, "the end."], 50, 50)
    for at in range(3):
        maker.box(60 + 44 * at, y, 40, 30, 200, outlined=True)
        maker.line("bed", 70 + 44 * at, y + 18, 8)
    assert paragraphs(maker.read()) == [" ".join([*LOREM, "the end."])]


def test_a_heading_beside_a_drawing_stays() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    maker.line("2-1 Beds", 50, y + 14)
    for at in range(3):
        maker.box(50 + 44 * at, y + 20, 40, 30, 200, outlined=True)
    assert paragraphs(maker.read()) == [" ".join(LOREM), "2-1 Beds"]


def test_words_in_boxes_stay_where_they_are_most_of_a_page() -> None:
    maker = Maker()
    maker.lines(LOREM, 50, 50)
    maker.turn()
    steps = ("Ask the surveyor", "Draw the line", "Wait for a year", "Draw it again", "Compare the two lines")
    for at, step in enumerate(steps):
        maker.box(100, 40 + 36 * at, 200, 30, 230, outlined=True)
        maker.line(step, 120, 60 + 36 * at)
    reading = maker.read()
    assert paragraphs(reading) == [" ".join(LOREM), *steps]


def test_words_on_slides_stay_and_the_small_numbers_of_charts_do_not() -> None:
    maker = Maker((600, 400))
    maker.line("What we found", 40, 50, 28)
    maker.box(40, 80, 200, 60, 230, outlined=True)
    maker.line("Beds move", 60, 115, 14)
    maker.box(245, 80, 200, 60, 230, outlined=True)
    maker.line("Banks stay", 280, 115, 14)
    for at in range(4):
        maker.box(60 + 26 * at, 300 - 30 * at, 20, 30 + 30 * at, 90, outlined=True)
        maker.line(f"{at}0", 62 + 26 * at, 342, 8)
    maker.line("A river is a line that moves in its bed", 40, 180, 14)
    text = maker.read().text
    for words in ("What we found", "Beds move", "Banks stay", "A river is a line that moves in its bed"):
        assert words in text
    assert "20" not in text


@pytest.mark.parametrize(
    ("line", "of", "number"),
    [
        ("(그림 1) 강과 지도", "그림", "1"),
        ("<표 2> 강의 길이", "표", "2"),
        ("[Figure 3] A river", "Figure", "3"),
        ("〈표 4〉", "표", "4"),
    ],
)
def test_captions_may_begin_in_brackets(line: str, of: str, number: str) -> None:
    found = CAPTION.match(line)
    assert found and (found["of"], found["number"]) == (of, number)


def test_a_display_formula_becomes_a_mark_with_its_number() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    maker.line("x = y + z", 170, y + 10, font="Times-Italic")
    maker.line("(3)", 335, y + 10)
    y = maker.lines(LOREM, 50, y + 40)
    maker.line("a < b", 180, y + 10, font="Times-Italic")
    maker.lines(LOREM, 50, y + 40)
    lorem = " ".join(LOREM)
    assert paragraphs(maker.read()) == [lorem, "[formula (3)]", lorem, "[formula]", lorem]


def test_entries_that_hang_are_one_paragraph_each() -> None:
    maker = Maker()
    maker.lines(LOREM, 50, 50)
    maker.line("References", 50, 130, 13, font="Times-Bold")
    for at, name in enumerate(("Ames", "Bode", "Chew")):
        maker.line(f"{name}, A. 2001. A book on a river that is too long for one", 50, 155 + 24 * at, width=300)
        maker.line("line of this page. The Press.", 65, 167 + 24 * at)
    assert paragraphs(maker.read())[2:] == [
        f"{name}, A. 2001. A book on a river that is too long for one line of this page. The Press."
        for name in ("Ames", "Bode", "Chew")
    ]


def test_a_paragraph_goes_on_over_pages_and_the_offset_is_within_it() -> None:
    maker = Maker()
    maker.lines([*LOREM, "which nobody"], 50, 530)
    maker.line("and this is the last line, which goes to the edge, and", 50, 590, width=300)
    maker.turn()
    maker.lines(["goes on here."], 50, 50)
    reading = maker.read()
    assert reading.text.endswith("and goes on here.\n")
    assert reading.text[reading.pages[1] :] == "goes on here.\n"


def test_an_empty_page_begins_where_the_next_one_does() -> None:
    maker = Maker()
    maker.lines(["One line of a paper."], 50, 50)
    maker.turn()
    maker.turn()
    maker.line("And another one, that is not joined to it.", 50, 50)
    reading = maker.read()
    assert reading.text == "One line of a paper.\n\nAnd another one, that is not joined to it.\n"
    assert reading.pages == (0, 22, 22)


def test_a_page_set_sideways_is_read_as_it_is_turned() -> None:
    maker = Maker()
    for at, text in enumerate(LOREM):
        maker.line(text, 50 + 12 * at, 500, width=300, angle=90)
    assert maker.read().text == f"{' '.join(LOREM)}\n"


def test_a_watermark_is_left_out() -> None:
    maker = Maker()
    maker.lines(LOREM, 50, 50)
    maker.line("DRAFT", 100, 400, 60, angle=45)
    assert maker.read().text == f"{' '.join(LOREM)}\n"


def test_text_that_would_read_as_a_mark_is_escaped() -> None:
    maker = Maker()
    maker.lines(["# is the sign of the number."], 50, 50)
    maker.lines(["1984. was a year."], 50, 90)
    assert maker.read().text == "\\# is the sign of the number.\n\n1984\\. was a year.\n"


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Copyright 2019 by the authors.", 2019),
        ("Accepted 3 March 2018, printed later.", 2018),
        ("It was on May 4, 2017 at noon.", 2017),
    ],
)
def test_the_year_is_taken_from_what_the_first_page_says_of_itself(line: str, year: int) -> None:
    maker = Maker()
    maker.line(line, 50, 50)
    assert maker.read().year == year

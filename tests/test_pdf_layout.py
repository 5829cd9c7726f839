"""PDFs as pages are laid out: text beside captions, lists and plots, and what of it is a formula, a heading, an item."""

from index.readers.pdf.characters import Span
from index.readers.pdf.drawings import CAPTION
from index.readers.pdf.fonts import Font
from index.readers.pdf.glyphs import bullets_in
from index.readers.pdf.kinds import mark_kinds
from index.readers.pdf.lines import Line, Piece
from index.readers.pdf.raised import text_of
from index.readers.pdf.slides import slide_blocks
from index.readers.pdf.source import Page
from tests.test_read_pdf import LOREM, Maker, paragraphs

ROMAN = Font("Times-Roman", bold=False, italic=False, math=False, mono=False, capitals=False)
MATH = Font("CMMI10", bold=False, italic=True, math=True, mono=False, capitals=False)


def test_text_right_below_a_caption_in_slightly_smaller_type_is_no_caption() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50, 8.5)
    maker.line("Figure 1: A river.", 150, y + 60, 8)
    maker.line(LOREM[0], 60, y + 71, 8.5, width=290)
    maker.lines(LOREM[1:], 50, y + 82, 8.5)
    assert paragraphs(maker.read()) == [" ".join(LOREM), "Figure 1: A river.", " ".join(LOREM)]


def test_the_points_of_a_plot_are_no_text_and_the_marks_of_a_table_are() -> None:
    maker = Maker()
    for at in range(40):
        maker.line("×", 60 + at * 7 % 260, 60 + at * 37 % 110, 6)
    maker.line("100", 48, 120, 7)
    maker.line("Figure 1: Rivers by length.", 130, 200)
    for row in range(5):
        maker.line(f"River {row}", 60, 240 + 12 * row)
        for column in range(5):
            maker.line("×", 140 + 40 * column, 240 + 12 * row)
    maker.lines(LOREM, 50, 330)
    found = paragraphs(maker.read())
    assert found[0] == "Figure 1: Rivers by length."
    assert found[1].split("\n")[::2] == [f"| River {row} |" + " × |" * 5 for row in (0, 1, 3)]
    assert found[2:] == [" ".join(LOREM)]


def test_codes_that_have_a_bullet_in_fonts_of_tex_are_read_so_before_a_word_alone() -> None:
    codes = [*b"of:\r\n\x88 Stones\r\n\x0f Rivers\r\n\x88 x\r\na \x88 Reed\r\n", 0x88, 0x53]
    assert list(bullets_in(codes)) == [5, 15]


def spans(*parts: tuple[str, float, float, Font]) -> list[Span]:
    """Return spans one right after the other: text, how far raised, size, font; a letter is half as wide as its size."""
    found: list[Span] = []
    x = 50.0
    for text, rise, size, font in parts:
        found.append(Span(text, x, x + 0.5 * size * len(text), 100 - rise, size, font))
        x = found[-1].x1
    return found


def test_exponents_of_several_signs_are_written_as_such_and_ordinals_and_marks_are_not() -> None:
    power = spans(
        ("creates O(", 0, 10, ROMAN),
        ("S", 0, 10, MATH),
        ("R−", 4, 7, MATH),
        ("1", 4, 7, ROMAN),
        (") sets", 0, 10, ROMAN),
    )
    assert text_of(power, 100, 10) == "creates O(S^(R−1)) sets"
    assert text_of(spans(("A", 0, 10, MATH), ("T ", 4, 7, MATH), ("y", 0, 10, MATH)), 100, 10) == "A^T y"
    assert text_of(spans(("the 5", 0, 10, ROMAN), ("th ", 4, 7, MATH), ("row", 0, 10, ROMAN)), 100, 10) == "the 5th row"
    marked = spans(("Ada", 0, 10, ROMAN), ("1", 4, 7, ROMAN), (" left", 0, 10, ROMAN))
    assert text_of(marked, 100, 10) == "Ada\ue0001\ue001 left"


def test_prose_that_names_symbols_is_no_formula() -> None:
    prose = spans(
        ("To this end, we define the ", 0, 10, ROMAN),
        ("scatter width", 0, 10, MATH),
        (" (", 0, 10, ROMAN),
        ("S", 0, 10, MATH),
        (") as the", 0, 10, ROMAN),
    )
    formula = spans(
        ("S", 0, 10, MATH),
        (" = ", 0, 10, ROMAN),
        ("P", 0, 10, MATH),
        ("(", 0, 10, ROMAN),
        ("R − 1", 0, 10, MATH),
        (")", 0, 10, ROMAN),
    )
    kinds = []
    for made in (prose, formula):
        flow = [Line([Piece(made, 0)], 40, 400)]
        mark_kinds(flow, Page(400, 600), 10, 12)
        kinds.append(flow[0].kind)
    assert kinds == ["text", "formula"]


def test_the_signs_of_a_formula_on_a_slide_are_no_table_and_numbers_are() -> None:
    def row(y: float, *cells: tuple[str, Font]) -> list[Piece]:
        return [
            Piece([Span(text, 50 + 60 * at, 70 + 60 * at, y, 10, font)], 0) for at, (text, font) in enumerate(cells)
        ]

    formula = [
        *row(100, ("x", MATH), ("∈C", MATH)),
        *row(112, ("i", MATH), ("j", MATH)),
        *row(124, ("y", MATH), ("z", MATH), ("sums it up.", ROMAN)),
    ]
    numbers = [piece for y in (100, 112, 124) for piece in row(y, ("10", MATH), ("2.5", MATH), ("0.1", MATH))]
    assert [(block.kind, block.lines[0].text) for block in slide_blocks([formula], 400)] == [
        ("formula", "x ∈C"),
        ("paragraph", "sums it up."),
    ]
    assert [(block.kind, len(block.lines)) for block in slide_blocks([numbers], 400)] == [("table", 3)]


def test_a_sentence_that_begins_with_what_a_figure_is_called_is_no_caption() -> None:
    assert CAPTION.match("(그림 2)는 강의 지도이다.") is None
    assert CAPTION.match("<표 1>의 강을 보면") is None
    found = CAPTION.match("(그림 2) 강의 지도")
    assert found is not None and found["number"] == "2"
    assert CAPTION.match("<표1>이용한 지도") is not None


def test_text_below_a_caption_in_the_middle_is_no_caption() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    maker.line("Figure 1. A river", 165, y + 60)
    maker.lines(LOREM, 50, y + 72)
    maker.line("Table II", 180, y + 180)
    maker.lines(("WHAT A RIVER BRINGS ALONG FROM SPRING TO MOUTH IN A YEAR", "AND LEAVES BEHIND"), 50, y + 192)
    assert paragraphs(maker.read())[1:] == [
        "Figure 1. A river",
        " ".join(LOREM),
        "Table II: WHAT A RIVER BRINGS ALONG FROM SPRING TO MOUTH IN A YEAR AND LEAVES BEHIND",
    ]

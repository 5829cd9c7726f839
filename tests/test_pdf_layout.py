"""PDFs as pages are laid out: text beside captions, lists and plots, and what of it is a formula, a heading, an item."""

from tests.test_read_pdf import LOREM, Maker, paragraphs


def test_text_right_below_a_caption_in_slightly_smaller_type_is_no_caption() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50, 8.5)
    maker.line("Figure 1: A river.", 150, y + 60, 8)
    maker.line(LOREM[0], 60, y + 71, 8.5, width=290)
    maker.lines(LOREM[1:], 50, y + 82, 8.5)
    assert paragraphs(maker.read()) == [" ".join(LOREM), "Figure 1: A river.", " ".join(LOREM)]

"""Slides: their titles as headings, their boxes one after the other, what is built up told once."""

import pytest

from index.readers.pdf.glyphs import sign_of
from tests.test_read_pdf import LOREM, Maker, headings, paragraphs

WIDE = (600, 400)
Words = list[tuple[str, float, float]]


def deck(*slides: tuple[str, Words], foot: str = "River School") -> Maker:
    """Draw a title slide, then slides of (title, words at places), all in one size, with a foot and numbers."""
    maker = Maker(WIDE)
    maker.line("Rivers and Maps", 150, 180, 36)
    for number, (title, words) in enumerate(slides, start=2):
        maker.turn()
        if title:
            maker.line(title, 40, 50, 20)
        for text, x, y in words:
            maker.line(text, x, y, 20)
        maker.line(foot, 40, 385, 10)
        maker.line(str(number), 560, 385, 10)
    return maker


def points(*texts: str, x: float = 60, y: float = 120) -> Words:
    return [(f"• {text}", x, y + 40 * at) for at, text in enumerate(texts)]


def test_titles_are_headings_though_they_are_no_larger_than_the_rest() -> None:
    reading = deck(
        ("Beds", points("A bed moves")), ("Banks", points("A bank stays")), ("Maps", points("A map ages"))
    ).read()
    assert reading.title == "Rivers and Maps"
    assert headings(reading) == ["# Rivers and Maps", "## Beds", "## Banks", "## Maps"]
    assert "- A bank stays" in reading.text
    assert "River School" not in reading.text
    assert reading.pages == (
        0,
        reading.text.index("## Beds"),
        reading.text.index("## Banks"),
        reading.text.index("## Maps"),
    )


def test_a_title_that_goes_on_is_one_section() -> None:
    reading = deck(
        ("Beds", points("One")), ("Beds", points("Two")), ("", points("Three")), ("Maps", points("Four"))
    ).read()
    assert headings(reading)[1:] == ["## Beds", "## Maps"]
    assert reading.text.split("## Beds\n\n")[1].startswith("- One\n\n- Two\n\n- Three\n\n## Maps")


def test_what_is_built_up_step_by_step_is_told_once() -> None:
    steps = ("One thing", "Another thing", "A third thing")
    shown = [("Beds", points(*steps[: at + 1])) for at in range(3)]
    reading = deck(*shown, ("Maps", points("Four"))).read()
    assert [reading.text.count(step) for step in steps] == [1, 1, 1]
    assert reading.text.index("- One thing\n\n- Another thing\n\n- A third thing") > 0


def test_boxes_beside_each_other_are_read_one_after_the_other() -> None:
    left = points("Left one", "Left two", "Left three")
    right = points("Right one", "Right two", "Right three", x=340)
    reading = deck(("Beds", [*left, *right]), ("Banks", left), ("Maps", right)).read()
    assert "- Left one\n\n- Left two\n\n- Left three\n\n- Right one\n\n- Right two\n\n- Right three" in reading.text


def test_rows_of_a_table_stay_together() -> None:
    rows = [("River", "Length", "Towns"), ("Isar", "292", "Four"), ("Inn", "518", "Nine"), ("Lech", "256", "Two")]
    cells = [
        (text, 60.0 + 150 * column, 120.0 + 40 * at) for at, row in enumerate(rows) for column, text in enumerate(row)
    ]
    reading = deck(("Beds", cells), ("Banks", points("A")), ("Maps", points("B"))).read()
    assert "| Inn | 518 | Nine |" in reading.text


def test_slides_that_divide_a_deck_stand_above_the_others() -> None:
    maker = Maker(WIDE)
    maker.line("Rivers and Maps", 150, 180, 36)
    for part, titles in (("Part of beds", ("Sand", "Gravel")), ("Part of maps", ("Paper", "Ink"))):
        maker.turn()
        maker.line(part, 200, 200, 30)
        for title in titles:
            maker.turn()
            maker.line(title, 40, 50, 20)
            for text, x, y in points(f"Much {title.lower()} is needed", "And time"):
                maker.line(text, x, y, 20)
    assert headings(maker.read())[1:] == [
        "## Part of beds", "### Sand", "### Gravel", "## Part of maps", "### Paper", "### Ink",
    ]  # fmt: skip


def test_a_line_goes_on_where_the_one_above_fills_its_box() -> None:
    words = [
        ("• The river turns to the left where", 60.0, 120.0),
        ("the mill stood", 74.0, 144.0),
        ("• It stays", 60.0, 184.0),
    ]
    reading = deck(("Beds", words), ("Banks", points("A")), ("Maps", points("B"))).read()
    assert "- The river turns to the left where the mill stood\n\n- It stays" in reading.text


def test_wide_pages_full_of_text_are_read_as_pages() -> None:
    maker = Maker(WIDE)
    for at in range(3):
        if at:
            maker.turn()
        maker.lines(LOREM * 4, 40, 40, width=250)
        maker.lines(LOREM * 4, 310, 40, width=250)
    assert paragraphs(maker.read())[0].startswith(" ".join(LOREM[:2]))


@pytest.mark.parametrize(
    ("code", "sign"),
    [(ord("l"), "•"), (0xF06C, "•"), (0xF0D8, "➢"), (0xE0, "→"), (ord("J"), ""), (0x25C6, "◆"), (0x178, "•")],
)
def test_letters_of_wingdings_are_signs(code: int, sign: str) -> None:
    assert sign_of(code) == sign


def test_a_deck_of_a_title_and_pictures_is_its_title() -> None:
    maker = Maker(WIDE)
    maker.line("Rivers and Maps", 150, 180, 36)
    maker.line("by the children of the River School", 180, 230, 12)
    maker.turn()
    maker.box(40, 40, 400, 300)
    reading = maker.read()
    assert reading.title == "Rivers and Maps"
    assert reading.text == "# Rivers and Maps\n\nby the children of the River School\n"

"""Tables of PDFs: labels of several rows, headings of several columns, text beside them, further pages, and no tables."""

import pytest

from index.readers.pdf.table.spans import covered
from tests.test_read_pdf import LOREM, Maker, paragraphs

PROSE = ["The river turns at the old mill and the boats wait there until noon."] * 3


class Sheet(Maker):
    """Rows of cells at places, each row 12 points below the last, with rules between them."""

    def __init__(self) -> None:
        super().__init__()
        self.y = self.lines(LOREM, 50, 50) + 20

    def row(self, *cells: tuple[float, str], step: float = 12) -> None:
        """Draw the cells of a line, each from its place, 9 points high."""
        self.y += step
        for x, text in cells:
            self.line(text, x, self.y, 9)

    def rule(self, x0: float = 60, x1: float = 340, *, below: float = 3) -> None:
        """Draw a rule below the last line."""
        self.box(x0, self.y + below, x1 - x0, 0.5)

    def head(self, *cells: tuple[float, str]) -> None:
        """Draw a line of headings between two rules."""
        self.rule()
        self.row(*cells)
        self.rule()

    def rows(self, places: tuple[float, ...], *rows: tuple[str, ...]) -> None:
        """Draw rows whose cells begin at the same places, and a rule below them."""
        for row in rows:
            self.row(*zip(places, row, strict=True))
        self.rule()

    def table(self) -> list[str]:
        """Return the rows of the table, the headings first, with text below it."""
        self.lines(LOREM, 50, self.y + 40)
        tables = [text for text in paragraphs(self.read()) if text.startswith("|")]
        assert len(tables) == 1
        head, _, *body = tables[0].split("\n")
        return [head, *body]


def test_a_label_between_two_rows_is_of_both_and_one_on_the_middle_of_three_of_all() -> None:
    sheet = Sheet()
    sheet.head((60, "Model"), (150, "Size"), (220, "Aller"), (290, "Bode"))
    sheet.row((150, "7B"), (220, "41.5"), (290, "12.0"))
    sheet.row((60, "Falcon"), step=6)
    sheet.row((150, "40B"), (220, "57.0"), (290, "19.6"), step=6)
    sheet.row((150, "1B"), (220, "30.1"), (290, "10.2"))
    sheet.row((60, "Heron"), (150, "2B"), (220, "33.4"), (290, "11.1"))
    sheet.row((150, "9B"), (220, "48.8"), (290, "15.9"))
    sheet.rule()
    assert sheet.table() == [
        "| Model | Size | Aller | Bode |",
        "| Falcon | 7B | 41.5 | 12.0 |",
        "| Falcon | 40B | 57.0 | 19.6 |",
        "| Heron | 1B | 30.1 | 10.2 |",
        "| Heron | 2B | 33.4 | 11.1 |",
        "| Heron | 9B | 48.8 | 15.9 |",
    ]


def test_labels_at_the_first_of_their_rows_go_on_until_the_next() -> None:
    sheet = Sheet()
    sheet.head((60, "Model"), (150, "Size"), (220, "Aller"))
    sheet.row((60, "Falcon"), (150, "7B"), (220, "41.5"))
    sheet.row((150, "40B"), (220, "57.0"))
    sheet.row((60, "Heron"), (150, "1B"), (220, "30.1"))
    sheet.row((150, "2B"), (220, "33.4"))
    sheet.rule()
    assert sheet.table()[1:] == [
        "| Falcon | 7B | 41.5 |",
        "|  | 40B | 57.0 |",
        "| Heron | 1B | 30.1 |",
        "|  | 2B | 33.4 |",
    ]


def test_a_heading_over_a_rule_is_of_all_columns_under_it_and_lines_of_one_are_joined() -> None:
    sheet = Sheet()
    sheet.rule()
    sheet.row((158, "Upper reach"), (268, "Lower reach"))
    sheet.rule(140, 225, below=2)
    sheet.rule(250, 335, below=2)
    sheet.row((60, "Model"), (140, "Error"), (200, "Lead"), (250, "Error"), (310, "Lead"))
    sheet.row((200, "(days)"), (310, "(days)"), step=10)
    sheet.rule()
    sheet.rows((60, 140, 200, 250, 310), ("Falcon", "9.1", "2", "8.0", "3"), ("Heron", "4.2", "5", "5.1", "6"))
    assert sheet.table() == [
        "| Model | Upper reach Error | Upper reach Lead (days) | Lower reach Error | Lower reach Lead (days) |",
        "| Falcon | 9.1 | 2 | 8.0 | 3 |",
        "| Heron | 4.2 | 5 | 5.1 | 6 |",
    ]


def test_a_heading_in_the_middle_of_two_columns_is_of_both_without_a_rule() -> None:
    sheet = Sheet()
    sheet.rule()
    sheet.row((169, "Upper"), (279, "Lower"))
    sheet.row((60, "Model"), (150, "Cost"), (200, "Lead"), (260, "Cost"), (310, "Lead"))
    sheet.rule()
    sheet.rows(
        (60, 150, 200, 260, 310), ("Falcon", "9.10", "2.50", "8.00", "3.50"), ("Heron", "4.20", "5.00", "5.10", "6.00")
    )
    assert sheet.table()[0] == "| Model | Upper Cost | Upper Lead | Lower Cost | Lower Lead |"


def test_a_narrow_gap_between_two_columns_parts_them() -> None:
    sheet = Sheet()
    sheet.head((60, "Model"), (92, "Size"), (160, "Aller"), (230, "Bode"))
    sheet.rows((60, 92, 160, 230), *((("Falcon", "7B", "41.5", "12.0"), ("Heron", "1B", "30.1", "10.2")) * 2))
    assert sheet.table()[:3] == [
        "| Model | Size | Aller | Bode |",
        "| Falcon | 7B | 41.5 | 12.0 |",
        "| Heron | 1B | 30.1 | 10.2 |",
    ]


def test_a_label_that_is_set_sideways_is_of_the_rows_beside_it() -> None:
    sheet = Sheet()
    sheet.rule(50)
    sheet.row((80, "Model"), (180, "Error"), (260, "Lead"))
    sheet.rule(50)
    top = sheet.y
    for name, *numbers in (("Falcon", "9.1", "2.5"), ("Heron", "4.2", "5.0"), ("Stork", "3.3", "6.1")):
        sheet.row((80, name), *zip((180, 260), numbers, strict=True))
    sheet.rule(50)
    sheet.line("Rivers", 66, top + 34, 9, angle=90)
    for name, *numbers in (("Falcon", "7.7", "2.0"), ("Heron", "6.4", "4.4"), ("Stork", "5.0", "5.9")):
        sheet.row((80, name), *zip((180, 260), numbers, strict=True))
    sheet.line("Lakes", 66, top + 68, 9, angle=90)
    sheet.rule(50)
    assert sheet.table() == [
        "|  | Model | Error | Lead |",
        "| Rivers | Falcon | 9.1 | 2.5 |",
        "| Rivers | Heron | 4.2 | 5.0 |",
        "| Rivers | Stork | 3.3 | 6.1 |",
        "| Lakes | Falcon | 7.7 | 2.0 |",
        "| Lakes | Heron | 6.4 | 4.4 |",
        "| Lakes | Stork | 5.0 | 5.9 |",
    ]


def test_a_mark_raised_behind_a_number_is_none_of_its_digits() -> None:
    sheet = Sheet()
    sheet.head((60, "Model"), (180, "Error"), (260, "Lead"))
    for name, *numbers in (("Falcon", "9.1", "2.5"), ("Heron", "4.2", "5.0"), ("Stork", "3.3", "6.1")):
        sheet.row((60, name), (180, numbers[0]))
        if name == "Stork":
            sheet.line("1", 192.2, sheet.y - 3, 6)
        sheet.line(numbers[1], 260, sheet.y, 9)
    sheet.rule()
    assert sheet.table()[-1] == "| Stork | 3.3¹ | 6.1 |"


def test_words_that_go_on_in_the_next_line_of_a_cell_are_one_with_it() -> None:
    sheet = Sheet()
    sheet.head((60, "Regulation"), (120, "What it asks of those who steer the boats"))
    for name, *told in (
        ("Midday", "Every boat waits at the mill until the bell of", "the upper village has been heard by the guard."),
        ("Nightfall", "No boat leaves the harbour after the lamps of", "the lower bridge are lit by the keeper there."),
    ):
        sheet.row((60, name), (120, told[0]), step=18)
        sheet.row((120, told[1]), step=11)
    sheet.rule()
    assert sheet.table()[1:] == [
        "| Midday | Every boat waits at the mill until the bell of the upper village has been heard by the guard. |",
        "| Nightfall | No boat leaves the harbour after the lamps of the lower bridge are lit by the keeper there. |",
    ]


def test_text_beside_a_narrow_table_stays_whole_and_the_table_comes_with_its_caption() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50)
    beside = [
        f"The {name} boat waits at the old mill until" for name in ("first", "second", "third", "fourth", "fifth")
    ]
    maker.box(255, y + 2, 95, 0.5)
    for at, (name, number) in enumerate((("Boat", "Days"), ("Aller", "21.5"), ("Bode", "17.0"), ("Chew", "11.9"))):
        maker.line(name, 258, y + 12 + 12 * at, 9)
        maker.line(number, 320, y + 12 + 12 * at, 9)
    maker.box(255, y + 15, 95, 0.5)
    maker.box(255, y + 52, 95, 0.5)
    maker.line("Table 1: Days at sea.", 258, y + 66, 9)
    maker.lines([*beside, "noon."], 50, y + 10, width=195)
    maker.lines(LOREM, 50, y + 110)
    read = paragraphs(maker.read())
    assert " ".join([*beside, "noon."]) in read
    assert "| Boat | Days |\n|---|---|\n| Aller | 21.5 |\n| Bode | 17.0 |\n| Chew | 11.9 |" in read
    assert "Table 1: Days at sea." in read


def _long_table(maker: Maker, heads: int) -> str:
    """Return the text of a table on two pages, the second of which says the headings again where `heads` is 2."""
    maker.lines(LOREM, 50, 50)
    maker.turn()
    maker.lines(LOREM, 50, 50)
    for page, names in enumerate((("Aller", "Bode", "Chew"), ("Dore", "Exe", "Fal"))):
        y = 50 if page else 500
        if page:
            maker.turn()
        rows = ("River", *names) if page < heads else names
        for at, name in enumerate(rows):
            numbers = ("Old", "New") if name == "River" else (f"{at}1.5", f"{at}7.0")
            for x, text in zip((60, 180, 260), (name, *numbers), strict=True):
                maker.line(text, x, y + 12 * at, 9)
    maker.lines(LOREM, 50, 200)
    return maker.read().text


@pytest.mark.parametrize("heads", [1, 2])
def test_a_table_that_goes_on_on_the_next_page_is_one(heads: int) -> None:
    text = _long_table(Maker(), heads)
    table = next(part for part in text.split("\n\n") if part.startswith("|"))
    assert [row.split(" | ")[0] for row in table.split("\n")] == [
        *("| River", "|---|---|---|", "| Aller", "| Bode", "| Chew", "| Dore", "| Exe", "| Fal"),
    ]


def test_headings_alone_at_the_foot_of_a_page_head_the_rows_of_the_next() -> None:
    maker = Maker()
    maker.lines(LOREM, 50, 50)
    maker.turn()
    maker.lines(LOREM, 50, 50)
    maker.box(55, 515, 250, 0.5)
    for x, text in zip((60, 180, 260), ("River", "Old", "New"), strict=True):
        maker.line(text, x, 527, 9)
    maker.box(55, 532, 250, 0.5)
    maker.turn()
    for at, name in enumerate(("Bode", "Chew", "Dore")):
        for x, text in zip((60, 180, 260), (name, f"{at}1.5", f"{at}7.0"), strict=True):
            maker.line(text, x, 50 + 12 * at, 9)
    maker.lines(LOREM, 50, 200)
    assert "| River | Old | New |\n|---|---|---|\n| Bode | 01.5 | 07.0 |\n| Chew | 11.5 | 17.0 |" in maker.read().text


def test_a_page_begins_where_its_rows_do() -> None:
    maker = Maker()
    text = _long_table(maker, 1)
    assert text[maker.read().pages[2] :].startswith("| Dore")


def test_headings_that_tables_of_several_pages_have_at_one_place_are_no_running_heads() -> None:
    maker = Maker()
    for page in range(4):
        if page:
            maker.turn()
        for at, name in enumerate(("River", "Aller", "Bode", "Chew")):
            numbers = ("Old", "New") if at == 0 else (f"{page}{at}.5", f"{page}{at}.0")
            for x, text in zip((60, 180, 260), (name, *numbers), strict=True):
                maker.line(text, x, 50 + 12 * at, 9)
        maker.line(f"Table {page + 1}: Lengths of rivers in the {page}th year.", 60, 110, 10)
        maker.lines(LOREM, 50, 150)
    assert [part.split("\n")[0] for part in paragraphs(maker.read()) if part.startswith("|")] == [
        "| River | Old | New |"
    ] * 4


def test_prose_with_wide_gaps_is_no_table() -> None:
    maker = Maker()
    y = maker.lines(LOREM, 50, 50) + 20
    for at, words in enumerate(("no boat has", "all of them", "but the old")):
        left, middle, right = words.split()
        for x, text in ((50, left), (110 + 25 * at, middle), (230 - 40 * at, f"{right} waited there for the bell")):
            maker.line(text, x, y + 12 * at)
    maker.lines(LOREM, 50, y + 80)
    assert not [part for part in paragraphs(maker.read()) if part.startswith("|")]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([15.0, 40.0], [range(0, 2), range(2, 5)]),
        ([10.0, 30.0, 50.0], [range(0, 1), range(1, 4), range(4, 5)]),
        ([30.0], [range(0, 5)]),
        ([15.0, 30.0], None),
        ([], None),
    ],
)
def test_each_mark_covers_what_it_is_in_the_middle_of(marks: list[float], found: list[range] | None) -> None:
    assert covered(marks, [(y, y) for y in (10.0, 20.0, 30.0, 40.0, 50.0)], 3) == found

"""Covers of theses: title, author and year from the page that says what it is, and no page that only repeats it."""

from index.readers.pdf.characters import Span
from index.readers.pdf.fonts import Font
from index.readers.pdf.lines import Piece
from index.readers.pdf.thesis import Cover, cover_of
from tests.test_read_pdf import LOREM, Maker, headings, paragraphs

BATANG = Font("Batang", bold=False, italic=False, math=False, mono=False, capitals=False)
LICENCE = [
    ("저작자표시-비영리-변경금지 2.0 대한민국", 10),
    ("이것은 이용허락규약을 이해하기 쉽게 요약한 것입니다.", 10),
]
KOREAN = [
    ("공학석사학위논문", 15),
    ("강의 흐름을 다시 배우는", 24),
    ("지도 모델의 설계", 24),
    ("A Map Model that Learns Rivers Anew", 17),
    ("2022년 2월", 15),
    ("강가대학교 대학원", 24),
    ("지도교수 박 강", 15),
    ("정 하 천", 24),
]
APPROVAL = [("강의 흐름을 다시 배우는", 24), ("지도 모델의 설계", 24), ("이 논문을 공학석사 학위논문으로 제출함", 17)]
TEXT = [("강의 흐름은 해마다 바뀌고 지도는 오래된 것이 되며 모델은 강을 다시 배운다.", 10)] * 30


def page(lines: list[tuple[str, int]], number: int) -> list[Piece]:
    """Set lines with an even distance, those of the same size closer."""
    pieces, y, last = [], 60.0, 0
    for text, size in lines:
        y += 1.5 * size if size == last else 70
        last = size
        pieces.append(Piece([Span(text, 90, 90 + 0.8 * size * len(text), y, size, BATANG)], number))
    return pieces


def cover(*pages: list[tuple[str, int]]) -> Cover | None:
    return cover_of([page(lines, number) for number, lines in enumerate(pages)])


def test_a_korean_cover_tells_title_author_and_year() -> None:
    found = cover(LICENCE, KOREAN, APPROVAL, TEXT)
    assert found is not None
    assert found.front.title == "강의 흐름을 다시 배우는 지도 모델의 설계"
    assert (found.front.authors, found.year, found.front.page) == (("정하천",), 2022, 1)
    assert found.front.rest == tuple(text for text, _ in KOREAN if text not in [line for line, _ in APPROVAL])
    assert found.pages == {0, 1, 2}


def test_an_author_stands_beside_other_spellings_or_a_number() -> None:
    for line in ("안 하 천 (安 河 川 Ahn, Ha-Cheon)", "안하천 2020104123"):
        found = cover([*KOREAN[:-1], (line, 24)], TEXT)
        assert found is not None
        assert found.front.authors == ("안하천",)


def test_no_other_page_is_a_cover() -> None:
    assert cover(TEXT, TEXT) is None
    assert cover([("강의 흐름", 24), ("정하천", 12)], TEXT) is None
    assert cover([("석사학위논문", 15), ("강가대학교 대학원", 24), ("정하천", 12)], TEXT) is None
    assert cover([("학위논문을 쓰는 법", 15), *TEXT]) is None


def test_a_thesis_begins_with_its_cover_and_has_its_text_once() -> None:
    maker = Maker()
    for y, size, text in ((80, 14, "Master's Thesis"), (160, 20, "Rivers Learn Maps"), (300, 20, "River University")):
        maker.line(text, 60, y, size)
    maker.turn()
    maker.line("Rivers Learn Maps", 60, 120, 20)
    maker.line("A thesis submitted to the faculty of River University", 60, 200, 10)
    maker.turn()
    maker.line("1 Introduction", 50, 60, 14)
    maker.lines(LOREM, 50, 100)
    reading = maker.read()
    assert (reading.title, headings(reading)) == ("Rivers Learn Maps", ["# Rivers Learn Maps", "## 1 Introduction"])
    assert "submitted" not in reading.text
    assert paragraphs(reading)[-1] == " ".join(LOREM)
    begins = reading.text.index("## 1 Introduction")
    assert reading.pages == (0, begins, begins)

"""The page view of the source panel in a real Chromium: marks lie over the cited text; paged, enlarged, kept; axe-core."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

from index.library import Library  # noqa: E402
from index.pages.letters import letters_of  # noqa: E402
from index.pages.task import Box  # noqa: E402
from qa import Assistant, open_library  # noqa: E402
from qa.settings import Settings  # noqa: E402
from tests.browsing import MARKS, PHONE, Visit, faint, findings, visiting  # noqa: E402
from tests.test_page import FIXTURES, under  # noqa: E402

pytestmark = MARKS

QUESTION, PAPER = "What does the loss measure as the distance between the two lines?", "arxiv-2101.04567"
EXPORTED = """---
title: Notes on the Tides of Marrow Bay
pages: ["0", "40"]
---
# Notes on the Tides of Marrow Bay

## Tides

The marrow tide rises twice a day, and the harbour master writes down its height.
"""
PLAIN = "# Notes on Kelp\n\n## Kelp\n\nBladder kelp floats because its bulbs are filled with gas.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "tides.md").write_text(EXPORTED, encoding="utf-8")
    (folder / "kelp.md").write_text(PLAIN, encoding="utf-8")
    with Library.open(folder / "library", create=True) as opened:
        opened.decline_shipped()
        files = [FIXTURES / "two-columns.pdf", FIXTURES / "korean.pdf", folder / "tides.md", folder / "kelp.md"]
        assert [outcome.status for outcome in opened.add(files)] == ["added"] * 4
    return folder / "library"


@pytest.fixture(scope="module")
def assistant(library: Path) -> Iterator[Assistant]:
    with open_library(settings=Settings(library=library, shipped_seeds=False)) as opened:
        yield opened


def open_page(visit: Visit, question: str = QUESTION) -> None:
    """Ask, open the first citation, and choose the page."""
    visit.ask(question).locator(".chip").first.click()
    visit.page.locator("mark.chosen").first.wait_for()
    visit.page.locator("#source .as-page").click()
    visit.page.locator("#source .leaf img").wait_for()


def test_arxiv_id_and_page_stand_apart(visit: Visit) -> None:
    visit.ask(QUESTION).locator(".chip").first.click()
    visit.page.locator("mark.chosen").first.wait_for()
    facts = visit.page.locator("#source .meta > span")
    expect(facts).to_have_text(["EN", "arXiv 2101.04567", re.compile(r"^\d+쪽$")])
    ends = facts.evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect()).map((box) => [box.left, box.right])"
    )
    assert [after[0] - before[1] >= 8 for before, after in pairwise(ends)] == [True, True]


def open_section(page: Page, **wanted: Any) -> None:
    page.evaluate("w => document.dispatchEvent(new CustomEvent('surveyqa:open-section', {detail: w}))", wanted)
    page.locator("#source h2").wait_for()


def spots(page: Page) -> tuple[Box, ...]:
    """Return the marks as they are on the screen, as fractions of the picture."""
    found = page.evaluate("""() => {
      const whole = document.querySelector('#source .leaf img').getBoundingClientRect();
      return [...document.querySelectorAll('#source .spot.chosen')].map((spot) => spot.getBoundingClientRect()).map((r) =>
        [(r.x - whole.x) / whole.width, (r.y - whole.y) / whole.height, r.width / whole.width, r.height / whole.height]);
    }""")
    return tuple(Box(*sides) for sides in found)


def position(page: Page) -> str:
    return page.locator("#source .pager .position").text_content() or ""


@pytest.mark.parametrize("visit", [{}, PHONE], indirect=True, ids=["desk", "phone"])
def test_the_mark_lies_over_the_cited_sentence(visit: Visit, assistant: Assistant) -> None:
    quote = assistant.ask(QUESTION).citations[0]
    assert (quote.doc_id, quote.page) == (PAPER, 1)
    open_page(visit)
    assert position(visit.page) == "1 / 2"
    marked = under(FIXTURES / "two-columns.pdf", 1, spots(visit.page))
    assert letters_of(marked).text == letters_of(quote.quote).text
    expect(visit.page.locator("#source .spot.chosen").first).to_be_in_viewport()
    title = visit.page.locator("#source h2").text_content()
    expect(
        visit.page.get_by_role("img", name=f"{title}, 전체 2쪽 중 1쪽 그림. 인용한 부분을 표시했습니다.")
    ).to_be_visible()
    expect(visit.page.locator("#source .text")).to_have_count(0)
    wide = visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide, "the page scrolls sideways"


def test_a_korean_sentence_is_marked(visit: Visit, assistant: Assistant) -> None:
    question = "오래된 모델과 작은 모델이 그린 지도를 어떻게 하여 배우나?"
    quote = assistant.ask(question).citations[0]
    open_page(visit, question)
    number = int(position(visit.page).split(" / ")[0])
    assert under(FIXTURES / "korean.pdf", number, spots(visit.page)) == quote.quote.replace(" ", "")


def test_pages_are_turned_by_buttons_and_keys(visit: Visit) -> None:
    open_page(visit)
    page = visit.page
    expect(page.locator(".page-before")).to_be_disabled()
    page.get_by_role("button", name="다음 쪽").click()
    expect(page.locator("#source .pager .position")).to_have_text("2 / 2")
    expect(page.locator(".page-after")).to_be_disabled()
    page.locator("#source .sheet").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#source .pager .position")).to_have_text("1 / 2")
    expect(page.locator("#source .sheet")).to_be_focused()
    assert len(spots(page)) > 0
    page.keyboard.press("ArrowRight")
    expect(page.locator("#source .pager .position")).to_have_text("2 / 2")


def test_the_text_comes_back_and_the_choice_is_kept(visit: Visit) -> None:
    open_page(visit)
    page = visit.page
    expect(page.locator(".as-page")).to_have_attribute("aria-pressed", "true")
    page.locator(".as-text").click()
    expect(page.locator("mark.chosen").first).to_be_visible()
    expect(page.locator("#source .sheet")).to_have_count(0)
    page.locator(".as-page").click()
    expect(page.locator("#source .leaf img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source .leaf img")).to_be_hidden()
    page.locator(".chip").first.click()
    expect(page.locator("#source .leaf img")).to_be_visible()
    assert len(spots(page)) > 0


def test_an_enlarged_page_shows_its_mark(visit: Visit) -> None:
    open_page(visit)
    page = visit.page
    before = spots(page)
    page.get_by_role("button", name="크게 보기").click()
    expect(page.locator("#source .sheet.large .spot.chosen").first).to_be_in_viewport(ratio=0.5)
    sides = page.evaluate("[...document.querySelectorAll('.sheet, .leaf')].map((node) => node.offsetWidth)")
    assert sides[1] >= 1.9 * sides[0]
    for one, other in zip(before, spots(page), strict=True):
        assert (one.x, one.width) == pytest.approx((other.x, other.width), abs=0.005)
    page.get_by_role("button", name="폭에 맞추기").click()
    expect(page.locator("#source .sheet.large")).to_have_count(0)


def test_a_section_opens_at_the_top_of_its_page_without_a_mark(visit: Visit, assistant: Assistant) -> None:
    document = assistant.document(PAPER)
    assert document is not None
    section = next(one for one in document.sections if document.page(one.start) == 2)
    open_section(visit.page, doc_id=PAPER, section_id=section.section_id)
    visit.page.locator(".as-page").click()
    expect(visit.page.locator("#source .pager .position")).to_have_text("2 / 2")
    expect(visit.page.locator("#source .spot")).to_have_count(0)
    expect(visit.page.locator("#source [role=status]")).to_have_count(0)


def test_a_chosen_place_of_a_section_stays_marked(visit: Visit, assistant: Assistant) -> None:
    document = assistant.document(PAPER)
    assert document is not None
    quote = "Pictures with fog were removed by hand"
    start = document.text.index(quote)
    section = next(one for one in document.sections if one.start <= start < one.end)
    open_section(visit.page, doc_id=PAPER, section_id=section.section_id, start=start, end=start + len(quote))
    visit.page.locator(".as-page").click()
    visit.page.locator("#source .leaf img").wait_for()
    number = int(position(visit.page).split(" / ")[0])
    marked = under(FIXTURES / "two-columns.pdf", number, spots(visit.page))
    assert letters_of(marked).text == letters_of(quote).text


def test_a_paper_whose_pdf_is_not_kept_says_so_and_one_without_pages_has_no_choice(
    visit: Visit, assistant: Assistant
) -> None:
    tides, kelp = assistant.document("tides"), assistant.document("kelp")
    assert tides is not None and kelp is not None and len(tides.pages) == 2
    open_section(visit.page, doc_id="tides", section_id=tides.sections[-1].section_id)
    visit.page.locator(".as-page").click()
    expect(visit.page.locator("#source [role=status]")).to_contain_text("PDF가 보관되어 있지 않습니다")
    expect(visit.page.locator("#source .pager")).to_have_count(0)
    open_section(visit.page, doc_id="kelp", section_id=kelp.sections[-1].section_id)
    expect(visit.page.locator("#source .text")).to_contain_text("Bladder kelp")
    expect(visit.page.locator("#source .choice")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", PHONE)], ids=["desk-light", "phone-dark"])
def test_axe_has_no_serious_finding(browser: Browser, address: str, scheme: str, options: dict[str, Any]) -> None:
    with visiting(browser, address, color_scheme=scheme, **options) as opened:
        open_page(opened)
        opened.page.wait_for_timeout(400)
        assert findings(opened.page) == []
        assert faint(opened, "#source :is(button, span, p, h2, h3)") == []
        opened.page.locator(".zoom").click()
        assert findings(opened.page) == []

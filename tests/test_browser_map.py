"""The category map in a real Chromium: picture, pages, cards, search and addresses, by mouse, keyboard and thumb."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import seeds
from qa.category.taxonomy import Taxonomy
from qa.web.map.place import FOLDER
from tests.browsing import MARKS, PHONE, Visit, faint, visiting

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytestmark = MARKS

TAXONOMY = Taxonomy.load(seeds.TAXONOMY)
CUT = """(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth || cell.scrollHeight > cell.clientHeight)
  .filter((cell) => !(cell.classList.contains('one') && cell.title)).map((cell) => cell.getAttribute('aria-label'))"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("map") / "library"


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, address, **getattr(request, "param", {})) as opened:
        opened.page.evaluate("""() => { window.told = [];
          for (const name of ['ask', 'open-section'])
            document.addEventListener(`surveyqa:${name}`, ({ detail }) => window.told.push([name, detail])); }""")
        opened.page.locator("#masthead nav button").nth(1).click()
        cells(opened.page).first.wait_for()
        yield opened


def cells(page: Page) -> Any:
    return page.locator("#map .cell")


def cell(page: Page, category_id: str) -> Any:
    return page.locator(f'#map .cell[data-key="cell:{category_id}"]')


def heading(page: Page) -> Any:
    return page.locator("#map .page h2")


def hash_of(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_the_picture_is_a_tree_of_categories_with_their_counts(visit: Visit) -> None:
    page = visit.page
    assert hash_of(page) == "#map/"
    expect(page.locator("#map .cell.group")).to_have_count(5)
    for category in TAXONOMY.categories.values():
        if len(TAXONOMY.path(category.category_id)) == 2:
            expect(cell(page, category.category_id)).to_contain_text(str(TAXONOMY.count(category.category_id)))
    expect(page.get_by_role("tree")).to_have_count(1)
    expect(page.get_by_role("treeitem", name="스칼라 보상, 방법 37개")).to_have_attribute("aria-level", "2")
    group = page.get_by_role("treeitem", name="모델 피드백, 방법 62개")
    expect(group).to_have_attribute("aria-expanded", "true")
    expect(group).to_have_attribute("aria-setsize", "5")
    expect(heading(page)).to_have_text("자동 정렬 방법 205개")
    expect(page.locator("#map .parts blockquote")).to_have_count(5)
    expect(page.locator("#map .disagreements > li")).to_have_count(2)


def test_the_picture_is_drawn_once_and_stays(browser: Browser, address: str) -> None:
    with visiting(browser, address) as opened:
        opened.page.evaluate("""() => { window.widths = new Set();
          new MutationObserver(() => { const cell = document.querySelector('#map .cell'); if (cell) window.widths.add(cell.style.width); })
            .observe(document.querySelector('#map'), { childList: true, subtree: true, attributes: true }); }""")
        opened.page.locator("#masthead nav button").nth(1).click()
        cells(opened.page).first.wait_for()
        opened.page.wait_for_timeout(500)  # what else has a size of its own has taken it by then
        assert opened.page.evaluate("window.widths.size") == 1


def test_clicks_lead_down_to_a_method_and_the_path_back_up(visit: Visit) -> None:
    page = visit.page
    cell(page, "inductive-bias").click(position={"x": 120, "y": 14})
    expect(heading(page)).to_have_text("귀납적 편향을 통한 정렬")
    expect(page.locator("#map .other-name")).to_have_text("Aligning through inductive bias")
    cell(page, "self-play").click(position={"x": 60, "y": 14})
    expect(heading(page)).to_have_text("셀프 플레이(자기 대국)")
    expect(page.locator("#map .total")).to_have_text("방법 12개")
    expect(page.locator("#map .bar-row")).to_have_count(2)
    cell(page, "generator-discriminator/spin").click()
    expect(heading(page)).to_have_text("SPIN")
    assert hash_of(page) == "#method/spin"
    expect(cell(page, "generator-discriminator/spin")).to_have_attribute("aria-selected", "true")
    page.locator("#map .crumbs button", has_text="전체").click()
    expect(heading(page)).to_have_text("자동 정렬 방법 205개")


def test_a_category_lists_its_methods_what_the_survey_says_and_what_to_ask(visit: Visit) -> None:
    page = visit.page
    cell(page, "scalar-reward").click()
    expect(page.locator("#map .rows .row")).to_have_count(37)
    expect(page.locator("#map .rows .row").first).to_contain_text("RLHF")
    expect(page.locator("#map .rows .row").first).to_contain_text("2017 · Christiano et al.")
    expect(cell(page, "scalar-reward")).to_have_attribute("aria-selected", "true")
    page.locator("#map .told .cited").click()
    ((name, told),) = page.evaluate("window.told")
    assert (name, told["section_id"]) == ("open-section", "scalar-reward") and told["doc_id"] == "2406.01252-notes.ko"
    quoted = str(page.locator("#map .told blockquote p").text_content())
    assert told["end"] - told["start"] == len(quoted)
    expect(page.locator("mark.chosen").first).to_be_visible()
    assert " ".join(page.locator("mark.chosen").all_text_contents()).split() == quoted.split()
    expect(heading(page)).to_be_in_viewport()  # below the picture now, and as far read as it was beside it
    page.keyboard.press("Escape")
    expect(page.locator("#map .told .cited")).to_be_focused()
    page.evaluate("location.hash = '#map/behavior-imitation'")
    question = page.locator("#map .questions .question").first
    expect(question).to_have_text("행동 모방의 한계는?")
    assert page.locator("#map .questions .question").count() <= 3
    question.click()
    assert page.evaluate("window.told.at(-1)") == ["ask", {"question": "행동 모방의 한계는?"}]


def test_a_card_tells_where_sources_disagree_and_where_it_is_filed(visit: Visit) -> None:
    page = visit.page
    page.evaluate("location.hash = '#method/constitutional-ai'")
    expect(page.locator("#map .cell.holds")).to_have_count(4)
    expect(cell(page, "self-judge")).to_have_attribute(
        "aria-label", "자기 판단·비평·개선, 방법 5개. 이 방법이 속한 범주"
    )
    expect(page.locator("#map .filed .tag.strong")).to_have_count(1)
    expect(page.locator("#map .filings").first.locator("> li")).to_have_count(4)
    page.evaluate("location.hash = '#method/spin'")
    expect(page.locator("#map .boxed")).to_contain_text("서베이의 분류를 따른다")
    expect(page.locator("#map .boxed blockquote")).to_contain_text("SPIN 모델")
    expect(page.locator("#map .filed .tag")).to_have_text("서베이 본문")
    expect(page.locator("#map .address code")).to_have_text("arXiv:2401.01335")
    expect(page.locator("#map .page a")).to_have_count(0)
    expect(page.locator("#map .near .token", has_text="Consensus Game").first).to_be_visible()
    expect(page.locator("#map .sentences")).to_contain_text("SPIN의 한계는")
    page.locator("#map .compare summary").click()
    page.locator("#map .menu button", has_text="APO").click()
    # which come when all were tried, so that the first one is no guess any more
    expect(page.locator("#map .questions")).to_contain_text("SPIN의 한계는?")
    page.evaluate("document.querySelector('#map .primary').click()")
    assert page.evaluate("window.told.map(([, { question }]) => question)") == [
        "SPIN과 APO의 차이는?",
        "SPIN은 어떤 방법이야?",
    ]


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    expect(page.locator('#map .cell[tabindex="0"]')).to_have_count(1)
    cells(page).first.focus()
    first = page.evaluate("document.activeElement.dataset.key")
    page.keyboard.press("ArrowDown")
    below = page.evaluate("document.activeElement.dataset.key")
    assert below not in (first, None)
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.key") == first == "cell:behavior-imitation"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.key") == "cell:model-feedback"
    expect(page.locator('#map .cell[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("모델 피드백을 통한 정렬")
    assert page.evaluate("document.activeElement.classList.contains('cell')")
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(heading(page)).to_have_text("자동 정렬 방법 205개")
    assert page.evaluate("document.activeElement.classList.contains('cell')")
    page.keyboard.press("Backspace")  # already at the top
    assert hash_of(page) == "#map/"


def test_the_search_finds_as_it_is_typed(visit: Visit) -> None:
    page = visit.page
    names = {"스핀": "SPIN", "콘스티투셔널": "Constitutional AI", "2401.01335": "SPIN", "self-improve": "Self-Improve"}
    for typed, name in names.items():
        page.locator("#map-find").press_sequentially(typed)
        expect(page.locator("#map .result").first).to_contain_text(name)
        expect(page.locator("#map-find")).to_have_attribute("aria-activedescendant", "map-results-0")
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text(name)
        expect(heading(page)).to_be_focused()
        expect(page.locator("#map .results")).to_be_hidden()
        expect(page.locator("#map-find")).to_have_value("")


def test_arrows_choose_a_result_and_escape_closes(visit: Visit) -> None:
    page = visit.page
    page.fill("#map-find", "토론")
    expect(page.locator("#map .result").first).to_have_attribute("aria-selected", "true")
    second = str(page.locator("#map .result").nth(1).locator(".name").text_content()).split(" 20")[0]
    page.keyboard.press("ArrowDown")
    expect(page.locator("#map-find")).to_have_attribute("aria-activedescendant", "map-results-1")
    page.keyboard.press("Escape")
    expect(page.locator("#map .results")).to_be_hidden()
    page.keyboard.press("Enter")
    page.locator("#map .result").nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(second)


def test_what_is_not_filed_gets_a_prediction_that_says_so(visit: Visit) -> None:
    page = visit.page
    text = "모델 둘이 서로 토론하고 더 약한 심판이 승자를 고른다"
    page.fill("#map-find", text)
    expect(page.locator("#map .nothing")).to_contain_text("맞는 방법이나 범주가 없습니다")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(text)
    expect(page.locator("#map .caution")).to_contain_text("서베이와 동반 목록에 없")
    expect(page.locator("#map .guess").first).to_contain_text("토론")
    expect(page.locator("#map .guess .number").first).to_contain_text("%")
    assert "100%" not in page.locator("#map .guesses").all_inner_texts()[0]
    expect(page.locator("#map .evidence li").first).to_be_visible()
    page.evaluate("location.hash = '#predict/' + encodeURIComponent('SPIN은 어느 범주야?')")
    expect(heading(page)).to_have_text("SPIN")
    assert hash_of(page) == "#method/spin"
    page.go_back()
    expect(heading(page)).to_have_text(text)


def test_back_and_forward_and_a_link_from_elsewhere(visit: Visit) -> None:
    page = visit.page
    cell(page, "scalar-reward").click()
    expect(heading(page)).to_have_text("스칼라 보상")
    expect(page.locator("#map .page .told")).to_be_visible()  # what comes last moves the rows
    page.locator("#map .row", has_text="RLHF").first.click()
    expect(heading(page)).to_have_text("RLHF")
    page.go_back()
    expect(heading(page)).to_have_text("스칼라 보상")
    page.go_back()
    expect(heading(page)).to_have_text("자동 정렬 방법 205개")
    page.go_back()
    expect(page.locator("#conversation")).to_be_visible()
    assert hash_of(page) == ""
    page.go_forward()
    page.go_forward()
    expect(heading(page)).to_have_text("스칼라 보상")
    page.reload()
    expect(heading(page)).to_have_text("스칼라 보상")
    page.locator("#masthead nav button").first.click()
    expect(page.locator("#conversation")).to_be_visible()
    assert hash_of(page) == ""
    page.locator("#masthead nav button").nth(1).click()
    assert hash_of(page) == "#map/scalar-reward"  # as it was left


def test_an_address_that_leads_nowhere_shows_the_whole(visit: Visit) -> None:
    for fragment in ("#map/no-such", "#method/%E0%A4%A", "#method/__proto__", "#map/<img src=x>"):
        visit.page.evaluate("(hash) => { location.hash = hash; }", fragment)
        expect(visit.page.locator("#map .caution")).to_contain_text("분류 체계에 없는 주소")
        expect(visit.page.locator("#map .cell.group")).to_have_count(5)
        visit.page.evaluate("location.hash = '#map/debate'")
        expect(heading(visit.page)).to_have_text("토론")


def test_the_language_switch_changes_all_at_once(visit: Visit) -> None:
    page = visit.page
    page.evaluate("location.hash = '#method/spin'")
    expect(page.locator("#map .boxed")).to_contain_text("서베이의 분류를 따른다")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#map .boxed")).to_contain_text("Follow the survey")
    expect(page.locator("#map-find")).to_have_attribute("placeholder", "Method, category, author, arXiv id")
    expect(cell(page, "debate")).to_contain_text("Debate")
    hangul = "[...document.querySelectorAll('#map *')].filter((n) => !n.closest('[lang=ko], .spellings') && n.children.length === 0)"
    assert page.evaluate(f"{hangul}.map((n) => n.textContent).filter((text) => /[가-힣]/.test(text))") == []


@pytest.mark.parametrize("visit", [{"locale": "ko-KR"}, {"locale": "en-US"}], indirect=True)
def test_no_name_is_cut_on_a_desk(visit: Visit) -> None:
    page = visit.page
    for fragment in (
        "",
        "inductive-bias",
        "behavior-imitation",
        "model-feedback",
        "self-play",
        "response-guided-distillation",
    ):
        page.evaluate("(id) => { location.hash = `#map/${id}`; }", fragment)
        page.locator("#map .crumbs [aria-current]").wait_for()
        page.wait_for_timeout(350)
        assert cells(page).evaluate_all(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("visit", [PHONE | {"locale": "ko-KR"}, PHONE | {"locale": "en-US"}], indirect=True)
def test_a_phone_shows_the_picture_and_then_the_page(visit: Visit) -> None:
    page = visit.page
    expect(cells(page)).to_have_count(5)
    assert cells(page).evaluate_all(CUT) == []
    cell(page, "model-feedback").tap()
    expect(cell(page, "scalar-reward")).to_be_visible()
    assert cells(page).evaluate_all(CUT) == []
    cell(page, "scalar-reward").tap()
    expect(page.locator("#map .rows .row")).to_have_count(37)
    expect(heading(page)).to_be_in_viewport()
    page.locator("#map .row").first.tap()
    expect(heading(page)).to_have_text("RLHF")
    expect(heading(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("(n => n.scrollWidth <= n.clientWidth)(document.querySelector('#map'))")
    heights = page.locator("#map :is(.row, .cited, .token, .primary, .typed)").evaluate_all(
        "(nodes) => nodes.filter((n) => n.checkVisibility()).map((n) => n.getBoundingClientRect().height)"
    )
    assert min(heights) >= 38


@pytest.mark.parametrize("visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_all_text_has_enough_contrast(visit: Visit) -> None:
    page = visit.page
    assert faint(visit, "#map *") == []
    for fragment in ("#map/model-feedback", "#method/constitutional-ai", "#predict/SPIN%20or%20ILF%20with%20a%20judge"):
        page.evaluate("(hash) => { location.hash = hash; }", fragment)
        page.locator("#map .page[aria-busy=false]").wait_for()
        page.wait_for_timeout(400)
        assert faint(visit, "#map *") == []
    page.fill("#map-find", "self")
    page.locator("#map .result").first.wait_for()
    assert faint(visit, "#map .results *") == []


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_who_wants_it_so(visit: Visit) -> None:
    cell(visit.page, "model-feedback").click(position={"x": 120, "y": 14})
    expect(heading(visit.page)).to_have_text("모델 피드백을 통한 정렬")
    assert visit.page.evaluate("document.querySelector('#map .picture').getAnimations({ subtree: true }).length") == 0


@pytest.fixture(scope="module")
def squares(browser: Browser) -> Iterator[Any]:
    """A function of squares.js, called with arguments."""
    page = browser.new_page()
    source = (FOLDER / "squares.js").read_text(encoding="utf-8")
    yield lambda call, *given: page.evaluate(f"(given) => {{ {source}; return {call}(...given); }}", list(given))
    page.close()


def box(x: float, y: float, width: float, height: float) -> dict[str, float]:
    return {"x": x, "y": y, "width": width, "height": height}


def test_squares_as_in_the_paper_that_describes_them(squares: Any) -> None:
    found = squares("squarify", [6, 6, 4, 3, 2, 2, 1], box(0, 0, 6, 4))
    expected = [
        box(0, 0, 3, 2),
        box(0, 2, 3, 2),
        box(3, 0, 4 / (7 / 3), 7 / 3),
        box(3 + 4 / (7 / 3), 0, 3 / (7 / 3), 7 / 3),
        box(3, 7 / 3, 2 / (5 / 3), 5 / 3),
    ]
    for one, other in zip(found, expected, strict=False):
        assert one == pytest.approx(other)
    assert [one["width"] * one["height"] for one in found] == pytest.approx([6, 6, 4, 3, 2, 2, 1])


@pytest.mark.parametrize(
    ("call", "given"),
    [
        ("squarify", ([37, 17, 8], box(10, 20, 554, 330))),
        ("squarify", ([12, 8, 7, 6, 5], box(0, 0, 80, 700))),
        ("squarify", ([1], box(0, 0, 5, 5))),
        ("rowsOf", (37, box(3, 4, 554, 330), 2)),
        ("rowsOf", (1, box(0, 0, 100, 40), 2)),
        ("rowsOf", (8, box(0, 0, 120, 330), 2)),
    ],
)
def test_boxes_fill_the_whole_and_do_not_overlap(squares: Any, call: str, given: tuple[Any, ...]) -> None:
    found, whole = squares(call, *given), given[1]
    values = given[0] if isinstance(given[0], list) else [1] * given[0]
    area = whole["width"] * whole["height"]
    assert [one["width"] * one["height"] for one in found] == pytest.approx([v * area / sum(values) for v in values])
    for one in found:
        assert one["x"] >= whole["x"] - 1e-6 and one["x"] + one["width"] <= whole["x"] + whole["width"] + 1e-6
        assert one["y"] >= whole["y"] - 1e-6 and one["y"] + one["height"] <= whole["y"] + whole["height"] + 1e-6
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1e-6
                or other["x"] + other["width"] <= one["x"] + 1e-6
                or one["y"] + one["height"] <= other["y"] + 1e-6
                or other["y"] + other["height"] <= one["y"] + 1e-6
            )
            assert apart


def test_rows_read_from_left_to_right(squares: Any) -> None:
    found = squares("rowsOf", 5, box(0, 0, 300, 100), 2)
    assert [one["x"] for one in found] == pytest.approx([0, 100, 200, 0, 150])
    assert [one["y"] for one in found] == pytest.approx([0, 0, 0, 60, 60])
    assert all(one["y"] <= other["y"] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("at", "key", "expected"),
    [
        (0, "ArrowRight", 1),
        (0, "ArrowDown", 2),
        (1, "ArrowLeft", 0),
        (3, "ArrowUp", 1),
        (0, "ArrowLeft", None),
        (2, "ArrowRight", 3),
    ],
)
def test_arrow_keys_lead_to_the_nearest(squares: Any, at: int, key: str, expected: int | None) -> None:
    boxes = [box(0, 0, 50, 50), box(50, 0, 50, 50), box(0, 50, 30, 50), box(30, 50, 70, 50)]
    assert squares("neighbour", boxes, at, key) == expected

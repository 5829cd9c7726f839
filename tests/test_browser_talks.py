"""The list of conversations in a real Chromium: by days, found, named, saved, deleted and brought back; nothing leaves."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.answer import Answer, Sentence
from qa.talks.record import TurnRecord
from qa.talks.talks import Talks
from tests.browsing import MARKS, PHONE, Visit, faint, served, visiting

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Locator, Page, expect  # noqa: E402

pytestmark = MARKS

NOW = "2024-06-14T01:00:00Z"  # ten in the morning in Seoul
SEOUL = {"timezone_id": "Asia/Seoul"}
ATTACK = "<img src=x onerror=window.pwned=1> ${window.pwned=2} {{value}}"
HELD = {  # the first digit of an id; when it changed, what was asked, what was answered
    "1": ("2024-06-14T00:59:00.000Z", "SPIN은 어떤 방법이야?", "자기 대국으로 미세 조정하는 방법이다."),
    "2": ("2024-06-13T15:30:00.000Z", "What is uncertainty filtering?", "It drops what a model is unsure of."),
    "3": ("2024-06-13T14:30:00.000Z", ATTACK, "Nothing runs."),
    "4": ("2024-06-08T00:00:00.000Z", "합성 데이터란?", "Synthetic data is text that a model writes."),
    "5": ("2023-12-31T00:00:00.000Z", "What is behavior imitation?", "Training on a stronger model's answers."),
}


def talk_id(number: str) -> str:
    return number * 32


@pytest.fixture(scope="module")
def library(small_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(small_library, tmp_path_factory.mktemp("talks") / "library"))


@pytest.fixture
def talks(library: Path) -> Iterator[Talks]:
    """What the server reads, too: the five conversations, and no other."""
    with Talks(library) as opened:
        for card in opened.cards(""):
            opened.remove("", card.talk_id)
        opened.forget("")
        for number, (at, asked, said) in HELD.items():
            answer = Answer(asked, "ko", "other", (Sentence(said, ()),), (), None, (), 1.0)
            opened.append("", talk_id(number), TurnRecord(asked, asked, answer, at=at))
        yield opened


def show(visit: Visit) -> Page:
    """Bring up the list, as it is at one moment; what is told from place to place is noted."""
    page = visit.page
    page.clock.set_fixed_time(NOW)
    page.evaluate(
        """() => { window.told = []; for (const name of ["open-talk", "clear", "choose-view"])
        document.addEventListener(`surveyqa:${name}`, (event) => window.told.push([name, event.detail ?? null])); }"""
    )
    if not page.locator("#tab-talks").is_visible():
        page.locator(".rail-toggle").click()
    page.locator("#tab-talks").click()
    page.locator("#talks li").first.wait_for()
    return page


@pytest.fixture
def visit(browser: Browser, address: str, talks: Talks, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, address, **{**SEOUL, **getattr(request, "param", {})}) as opened:
        yield opened


@pytest.fixture
def page(visit: Visit) -> Page:
    return show(visit)


def told(page: Page) -> list[list[object]]:
    found: list[list[object]] = page.evaluate("window.told")
    return found


def titles(page: Page) -> Locator:
    return page.locator("#talks .title")


def choose(page: Page, number: str, entry: str) -> None:
    """Take an entry of a conversation's menu."""
    page.locator(f'#talks [data-key="more:{talk_id(number)}"]').click()
    page.get_by_role("menuitem", name=entry).click()


def test_conversations_stand_by_days_of_the_browsers_own_time(page: Page) -> None:
    expect(page.locator("#talks h3")).to_have_text(["오늘", "어제", "지난 7일", "이전"])
    groups = page.locator("#talks section")
    shown = [groups.nth(at).locator(".title").all_text_contents() for at in range(4)]
    assert shown == [[HELD["1"][1], HELD["2"][1]], [ATTACK], [HELD["4"][1]], [HELD["5"][1]]]
    facts = page.locator("#talks .facts").all_inner_texts()
    assert [" ".join(text.split()) for text in facts] == [
        "질문 1개 오전 9:59",
        "질문 1개 오전 12:30",
        "질문 1개 오후 11:30",
        "질문 1개 6월 8일",
        "질문 1개 2023년 12월 31일",
    ]
    page.get_by_role("button", name="English").click()
    expect(page.locator("#talks h3")).to_have_text(["Today", "Yesterday", "Last 7 days", "Earlier"])
    expect(page.locator("#talks .fresh")).to_have_text("New conversation")
    expect(page.locator("#talks .facts").first).to_have_text("1 question9:59 AM")
    expect(page.get_by_label("Search conversations")).to_be_visible()
    assert page.locator("#talks img, #talks script").count() == 0, "a title stays text"


def test_conversations_are_found_in_both_languages(page: Page) -> None:
    field = page.get_by_label("대화에서 찾기")
    field.fill("미세 조정")
    expect(titles(page)).to_have_text([HELD["1"][1]])
    expect(page.locator("#talks .found")).to_have_text("자기 대국으로 미세 조정하는 방법이다.")
    expect(page.locator("#talks mark")).to_have_text("미세 조정")
    expect(page.locator("#talks .said")).to_have_text("대화 1개를 찾았습니다")
    field.fill("UNCERTAINTY")
    expect(titles(page)).to_have_text([HELD["2"][1]])
    expect(page.locator("#talks .title mark")).to_have_text("uncertainty")
    field.fill("모델 없는말")
    expect(page.locator("#talks .nothing .lead")).to_have_text("‘모델 없는말’에 맞는 대화가 없습니다")
    field.press("Escape")
    expect(titles(page)).to_have_count(5)
    expect(field).to_have_value("")
    field.fill("imitation")
    expect(titles(page)).to_have_count(1)
    page.get_by_role("button", name="검색어 지우기").click()
    expect(titles(page)).to_have_count(5)
    expect(field).to_be_focused()


def test_a_name_is_given_in_place_by_keyboard(page: Page, talks: Talks) -> None:
    row = page.locator(f'#talks [data-key="open:{talk_id("4")}"]')
    row.focus()
    page.keyboard.press("F2")
    field = page.get_by_label("대화 이름")
    expect(field).to_be_focused()
    page.keyboard.type("버린 이름")
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    expect(row.locator(".title")).to_have_text("합성 데이터란?")
    choose(page, "4", "이름 바꾸기")
    page.keyboard.type(f"  새 {ATTACK} ")
    compose = (
        "(node) => node.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    field.evaluate(compose)
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(row.locator(".title")).to_have_text(f"새 {ATTACK}")
    expect(row).to_be_focused()
    page.get_by_label("대화에서 찾기").fill("onerror")
    expect(titles(page)).to_have_count(2)
    assert [card.title for card in talks.cards("") if card.talk_id == talk_id("4")] == [f"새 {ATTACK}"]


def settled(page: Page, talks: Talks, wanted: list[str]) -> bool:
    """Wait until the first letters of what is stored are the wanted ones: the list shows a deletion before it is."""
    for _ in range(200):
        if [card.talk_id[0] for card in talks.cards("")] == wanted:
            return True
        page.wait_for_timeout(50)
    return False


def test_what_was_deleted_comes_back(page: Page, talks: Talks) -> None:
    choose(page, "1", "삭제")
    expect(titles(page)).to_have_count(4)
    bar = page.locator("#talks .undo")
    expect(bar).to_contain_text("‘SPIN은 어떤 방법이야?’ 대화를 삭제했습니다")
    page.locator(f'#talks [data-key="open:{talk_id("2")}"]').focus()
    page.keyboard.press("Delete")
    expect(bar).to_contain_text("대화 2개를 삭제했습니다")
    expect(bar.get_by_role("button")).to_be_focused()
    expect(page.locator("#talks h3").first).to_have_text("어제")
    page.wait_for_function("document.querySelectorAll('#talks li').length === 3")
    assert settled(page, talks, ["3", "4", "5"])
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_count(5)
    expect(bar).to_be_hidden()
    assert settled(page, talks, ["1", "2", "3", "4", "5"])


def test_a_conversation_is_saved_as_markdown_and_json(page: Page, tmp_path: Path) -> None:
    for entry, name in (
        ("Markdown으로 내보내기", "SPIN은 어떤 방법이야.md"),
        ("JSON으로 내보내기", "SPIN은 어떤 방법이야.json"),
    ):
        with page.expect_download() as saving:
            choose(page, "1", entry)
        assert saving.value.suggested_filename == name
        saving.value.save_as(tmp_path / name)
        expect(page.locator("#talks .said")).to_have_text("‘SPIN은 어떤 방법이야?’ 대화를 내보냈습니다")
    text = (tmp_path / "SPIN은 어떤 방법이야.md").read_text(encoding="utf-8")
    assert text.startswith("# SPIN은 어떤 방법이야?\n") and "자기 대국으로 미세 조정하는 방법이다." in text
    data = json.loads((tmp_path / "SPIN은 어떤 방법이야.json").read_text(encoding="utf-8"))
    assert data["talks"][0]["talk_id"] == talk_id("1")


def test_a_conversation_opens_and_a_new_one_begins(page: Page) -> None:
    row = page.locator(f'#talks [data-key="open:{talk_id("5")}"]')
    row.click()
    expect(row).to_have_attribute("aria-current", "true")
    assert ["open-talk", {"talk_id": talk_id("5")}] in told(page)
    page.locator("#talks .fresh").click()
    assert told(page)[-2:] == [["clear", None], ["choose-view", {"view": "conversation"}]]
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#talks [aria-current]")).to_have_count(0)


def test_the_menu_is_walked_by_keyboard(page: Page) -> None:
    more = page.locator(f'#talks [data-key="more:{talk_id("2")}"]')
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem").last).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(more).to_have_attribute("aria-expanded", "false")


def test_the_list_goes_on_when_asked(visit: Visit, talks: Talks) -> None:
    for number in range(60):
        talks.append("", f"{number:032x}", TurnRecord(f"old {number}", "", at=f"2022-01-01T00:{number:02}:00.000Z"))
    page = show(visit)
    expect(titles(page)).to_have_count(50)
    page.get_by_role("button", name="더 보기").click()
    expect(titles(page)).to_have_count(65)
    expect(page.get_by_role("button", name="더 보기")).to_have_count(0)


def test_without_conversations_it_says_what_will_be_there(visit: Visit, talks: Talks) -> None:
    for card in talks.cards(""):
        talks.remove("", card.talk_id)
    visit.page.locator("#tab-talks").click()
    expect(visit.page.locator("#talks .nothing .lead")).to_have_text("아직 대화가 없습니다")
    expect(visit.page.get_by_label("대화에서 찾기")).to_be_hidden()


@pytest.mark.parametrize("visit", [{**PHONE, "color_scheme": "dark", "locale": "en-US"}], indirect=True)
def test_on_a_phone_the_list_fits_and_makes_way(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.evaluate(
        "[...document.querySelectorAll('#talks button, #talks .search')].filter((node) => node.checkVisibility())"
        ".map((node) => node.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(sizes) >= 40
    page.locator(f'#talks [data-key="more:{talk_id("5")}"]').tap()
    expect(page.get_by_role("menu")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    page.locator(f'#talks [data-key="open:{talk_id("1")}"]').tap()
    expect(page.locator("#talks")).to_be_hidden()
    expect(page.locator("#question")).to_be_visible()


@pytest.mark.parametrize("visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_all_text_has_enough_contrast(visit: Visit, page: Page) -> None:
    page.locator(f'#talks [data-key="open:{talk_id("1")}"]').click()
    choose(page, "2", "삭제")
    page.get_by_label("대화에서 찾기").fill("model")
    page.locator("#talks mark").first.wait_for()
    page.locator("#talks .more").first.click()
    expect(page.get_by_role("menu")).to_be_visible()
    page.wait_for_timeout(300)
    assert faint(visit, "#talks *") == []


def test_two_tabs_show_what_the_other_changed(page: Page, browser: Browser, address: str) -> None:
    with visiting(browser, address, **SEOUL) as other:
        there = show(other)
        choose(page, "4", "이름 바꾸기")
        page.keyboard.type("renamed elsewhere")
        page.keyboard.press("Enter")
        expect(titles(page).nth(3)).to_have_text("renamed elsewhere")
        there.get_by_label("대화에서 찾기").fill("elsewhere")
        expect(titles(there)).to_have_text(["renamed elsewhere"])


def test_what_fails_is_told_in_the_language_of_the_page(browser: Browser, library_copy: Path) -> None:
    with served(library_copy) as own, visiting(browser, own) as opened:
        opened.ask("?!")
        show(opened)
        for file in library_copy.glob("talks.sqlite*"):
            file.write_bytes(b"no database " * 500)
        opened.page.locator("#talks input[type=search]").fill("무엇")
        detail = opened.page.locator("#talks .said .detail")
        expect(detail).to_contain_text("대화를 저장한 파일이 손상되었습니다")
        expect(detail).to_have_attribute("lang", "ko")
        opened.page.get_by_role("button", name="English").click()
        expect(opened.page.locator("#talks .said")).to_contain_text("could not be")
        expect(detail).to_contain_text("the file is damaged")
        expect(detail).to_have_attribute("lang", "en")

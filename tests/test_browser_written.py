"""The conversation in a real Chromium: written answers, follow-ups, stopping, restoring, feedback, settings; and axe-core."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, expect  # noqa: E402

from qa.ask import open_library  # noqa: E402
from qa.talks.talks import Talks  # noqa: E402
from tests import llm_server  # noqa: E402
from tests.browsing import MARKS, PHONE, Visit, findings, served, visiting  # noqa: E402
from tests.llm_server import Seen, Server, running  # noqa: E402
from tests.waiting import wait

pytestmark = MARKS
KOREAN = "SPIN은 어떤 방법이야?"
TRUE = "SPIN은 모델 자신의 응답을 부정 예로, 참조 응답을 긍정 예로 두고 DPO를 반복하는 미세 조정 방법입니다"
FALSE = "SPIN은 사람이 새로 단 선호 데이터 500만 건을 씁니다"
ENGLISH = "Uncertainty filtering keeps the answers of which the model is confident"


def writes(seen: Seen) -> str:
    """A model that is right in two of three Korean sentences."""
    if "Answer in Korean" in seen.text:
        return f"{TRUE} [1]. {FALSE} [1]. {TRUE} [1][2]."
    return f"{ENGLISH} [1][2][3]."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "library"
    open_library(folder).close()
    return folder


@pytest.fixture(scope="module")
def model() -> Iterator[Server]:
    with running(llm_server.echoes(writes), models=("tiny",)) as started:
        yield started


@pytest.fixture(scope="module")
def address(library: Path, model: Server) -> Iterator[str]:
    with served(library, "--llm", model.url, "--llm-model", "tiny") as opened:
        yield opened


def test_each_sentence_shows_whether_its_source_bears_it_out(visit: Visit) -> None:
    turn = visit.ask(KOREAN)
    struck = turn.locator(".unsupported")
    expect(struck.locator("s")).to_have_text(f"{FALSE}.")
    expect(struck.locator(".reason")).to_contain_text("500만")
    assert TRUE in turn.locator(".sentence").first.inner_text()
    expect(turn.locator(".model")).to_contain_text("tiny")
    original = turn.locator(".original").first
    expect(original.locator("q")).to_contain_text("미세 조정 방법")
    quoted = original.locator("q").inner_text()
    original.click()
    expect(visit.page.locator("#source mark.chosen").first).to_be_visible()
    assert (
        "".join(visit.page.locator("#source mark.chosen").all_inner_texts())
        .replace("\u2060", "")
        .endswith(quoted[-20:])
    )


def test_a_follow_up_shows_what_was_searched_for_and_can_be_edited(visit: Visit) -> None:
    visit.ask(KOREAN)
    turn = visit.ask("한계는?")
    expect(turn.locator(".searched")).to_contain_text("SPIN의 한계는?")
    turn.locator(".searched button").click()
    expect(visit.page.locator("#question")).to_have_value("SPIN의 한계는?")
    expect(visit.page.locator("#question")).to_be_focused()


def test_a_reload_brings_the_conversation_back_and_another_tab_has_its_own(
    visit: Visit, browser: Browser, address: str
) -> None:
    turn = visit.ask(KOREAN)
    before = turn.locator(".body").inner_text()
    turn.locator(".suggestion").first.wait_for()  # what is on its way when a page is left is reported as a fault
    visit.page.reload()
    again = visit.page.locator(".turn")
    expect(again).to_have_count(1)
    assert again.locator(".body").inner_text() == before
    with visiting(browser, address) as other:
        expect(other.page.locator(".turn")).to_have_count(0)
    visit.page.locator("#masthead .fresh").click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    visit.page.reload()
    visit.page.locator(".example").first.wait_for()
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_what_a_user_thinks_of_an_answer_is_kept(visit: Visit, library: Path) -> None:
    turn = visit.ask("불확실성 필터링이란?")
    turn.locator(".thumb").last.click()
    turn.locator(".remark input").fill("너무 짧아요")
    turn.locator(".suggestion").first.wait_for()  # what comes meanwhile leaves the note as it is
    turn.locator(".why").click()
    turn.locator(".why-panel").wait_for()
    expect(turn.locator(".remark input")).to_have_value("너무 짧아요")
    turn.locator(".remark button").click()
    expect(turn.locator(".remark")).to_contain_text("적어 두었습니다")
    with Talks(library) as talks:
        wait(lambda: any(one.turn.note for one in talks.feedback()))  # the page thanks before it is kept
        (found,) = [one.turn for one in talks.feedback() if one.turn.note == "너무 짧아요"]
    assert (found.thumb, found.record.asked) == (-1, "불확실성 필터링이란?")


def test_what_is_pressed_is_not_redrawn_until_it_is_let_go_of(visit: Visit) -> None:
    turn = visit.ask("불확실성 필터링이란?")
    turn.locator(".suggestion").first.wait_for()
    turn.locator(".thumb").last.hover()
    visit.page.mouse.down()
    turn.locator(".why").evaluate("button => button.click()")  # what it asks for would redraw the thumb
    visit.page.wait_for_timeout(1_000)
    expect(turn.locator(".why-panel")).to_have_count(0)
    visit.page.mouse.up()
    turn.locator(".why-panel").wait_for()
    expect(turn.locator(".thumb").last).to_have_attribute("aria-pressed", "true")
    expect(turn.locator(".remark input")).to_be_focused()


def test_what_is_suggested_is_asked_by_a_click(visit: Visit) -> None:
    turn = visit.ask("What is uncertainty filtering?")
    suggestion = turn.locator(".suggestion").first
    suggestion.wait_for()
    question = suggestion.inner_text()
    suggestion.click()
    following = visit.page.locator(".turn").nth(1)
    expect(following.locator(".bubble")).to_have_text(question)
    following.locator("footer").wait_for()


def test_the_button_stops_an_answer_and_what_is_written_stands(visit: Visit, model: Server) -> None:
    long = " ".join(
        f"{number}단계에서 {TRUE} [1]." for number in range(400)
    )  # one that repeats itself is stopped anyway
    model.plays[:] = [llm_server.says(long, pause_s=0.05), llm_server.echoes(writes)]
    model.hung_up.clear()
    visit.page.fill("#question", KOREAN)
    visit.page.keyboard.press("Enter")
    visit.page.locator(".sentence").first.wait_for()
    visit.page.locator("#composer .send.busy").click()
    visit.page.locator(".turn footer").wait_for()
    expect(visit.page.locator("#composer .send.busy")).to_have_count(0)
    assert model.hung_up.wait(5)


def test_a_conversation_begun_while_another_is_answered_has_nothing_of_it(visit: Visit, model: Server) -> None:
    long = " ".join(f"{number}단계에서 {TRUE} [1]." for number in range(40))
    model.plays[:] = [llm_server.says(long, pause_s=0.05), llm_server.echoes(writes)]
    model.hung_up.clear()
    visit.page.fill("#question", KOREAN)
    visit.page.keyboard.press("Enter")
    visit.page.locator(".sentence").first.wait_for()
    visit.page.locator("#masthead .fresh").click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    assert model.hung_up.wait(5)
    visit.page.wait_for_timeout(500)
    expect(visit.page.locator(".turn")).to_have_count(0)
    visit.ask("What is uncertainty filtering?").locator(".suggestion").first.wait_for()  # before the page is left
    expect(visit.page.locator(".turn")).to_have_count(1)
    visit.page.reload()
    expect(visit.page.locator(".turn .bubble")).to_have_text("What is uncertainty filtering?")


def test_why_and_other_ways_to_ask(visit: Visit) -> None:
    turn = visit.ask(KOREAN)
    turn.locator(".why").click()
    turn.locator(".why-panel").wait_for()
    assert turn.locator(".why-panel tbody tr").count() >= 3
    turn.locator(".why").click()
    expect(turn.locator(".why-panel")).to_have_count(0)
    turn.locator(".menu summary").first.click()
    turn.get_by_role("button", name="원문 문장만으로 답하기").click()
    quoted = visit.page.locator(".turn").nth(1)
    quoted.locator("footer").wait_for()
    expect(quoted.locator(".model")).to_have_count(0)
    expect(quoted.locator(".places .place")).not_to_have_count(0)


def test_a_wrong_setting_is_refused_in_words_and_the_theme_is_kept(visit: Visit) -> None:
    page = visit.page
    page.locator('#masthead [data-key="settings"]').click()
    page.fill("#set-sources", "99")
    page.keyboard.press("Tab")
    expect(page.locator("#set-sources-fault")).to_contain_text("저장하지 않았습니다")
    page.fill("#set-sources", "4")
    page.keyboard.press("Tab")
    expect(page.locator("#settings .saved")).to_have_text("저장했습니다")
    page.get_by_role("button", name="어둡게").click()
    assert page.evaluate("document.body.classList.contains('dark')")
    page.reload()
    page.locator(".example").first.wait_for()
    assert page.evaluate("document.body.classList.contains('dark')")
    page.locator('#masthead [data-key="settings"]').click()
    page.locator('[data-key="find"]').click()
    expect(page.locator("#settings .found")).to_be_visible()


def test_what_the_server_says_of_a_setting_follows_the_language_of_the_page(visit: Visit) -> None:
    page = visit.page
    page.locator('#masthead [data-key="settings"]').click()
    page.fill("#set-embedder", "nobody/none")
    page.keyboard.press("Tab")
    fault = page.locator("#set-embedder-fault p").last
    expect(fault).to_contain_text("‘nobody/none’: 이 임베딩 모델은 이 컴퓨터에 없습니다.")
    expect(fault).to_have_attribute("lang", "ko")
    page.locator("#settings").get_by_role("button", name="영어").click()
    expect(fault).to_contain_text("the embedder 'nobody/none' is not on this machine")
    expect(fault).to_have_attribute("lang", "en")
    page.fill("#set-llm", "http://127.0.0.1:9")
    page.fill("#set-llm_model", "tiny")
    page.locator('[data-key="test"]').click()
    trial = page.locator("#settings .fault[role=status] p").first
    expect(trial).to_contain_text("http://127.0.0.1:9/v1: no server can be reached")
    expect(page.locator("#set-llm")).to_have_value("http://127.0.0.1:9")
    page.locator("#settings").get_by_role("button", name="Korean").click()
    expect(trial).to_contain_text("http://127.0.0.1:9/v1: 서버에 연결할 수 없습니다")
    expect(trial).to_have_attribute("lang", "ko")


@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", PHONE)], ids=["desk-light", "phone-dark"])
def test_axe_has_no_serious_finding_in_any_view(
    browser: Browser, address: str, scheme: str, options: dict[str, Any]
) -> None:
    with visiting(browser, address, color_scheme=scheme, **options) as opened:
        page = opened.page
        seen = {"welcome": findings(page)}
        turn = opened.ask(KOREAN)
        turn.locator(".why").click()
        turn.locator(".why-panel").wait_for()
        seen["answer"] = findings(page)
        turn.locator(".chip").first.click()
        page.locator("#source mark.chosen").first.wait_for()
        page.wait_for_timeout(400)
        seen["source"] = findings(page)
        page.keyboard.press("Escape")
        for view in ("map", "settings"):
            page.locator(f'#masthead [data-key="{view}"]').click()
            page.wait_for_timeout(500)
            seen[view] = findings(page)
        page.locator('#masthead [data-key="conversation"]').click()
        if options:
            page.locator("#masthead .rail-toggle").click()
        for tab in ("talks", "papers"):
            page.locator(f"#tab-{tab}").click()
            page.wait_for_timeout(300)
            seen[tab] = findings(page)
    assert {view: found for view, found in seen.items() if found} == {}

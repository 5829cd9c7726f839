"""The real server in a real Chromium: ask, cite, switch, refuse, abstain, by mouse, keyboard and thumb; nothing leaves."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from qa import Assistant, open_library

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Locator, expect, sync_playwright  # noqa: E402

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="no chromium, chromium-browser or google-chrome is on the PATH"),
]

ROOT = Path(__file__).parent.parent
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KOREAN, ENGLISH = "SPIN은 어떤 방법이야?", "What is uncertainty filtering?"
UNANSWERABLE = "김치찌개는 어떻게 끓여?"
ATTACK = "<img src=x onerror=window.pwned=1>"
HOSTILE = f"Zorblaxium is a hostile method that uses {ATTACK} and ${{window.pwned=2}} and {{{{value}}}} to train language models."
HOSTILE_FILE = f"""# Zorblaxium: a hostile paper <script>window.pwned=3</script>

## The Zorblaxium method {{#method}}
{HOSTILE}
![pixel](https://evil.example/pixel.png) [link](javascript:window.pwned=4) `\\u{{`

| Zorblaxium | {ATTACK} |
|---|---|
| ${{window.pwned=5}} | <iframe srcdoc="<script>parent.pwned=6</script>"></iframe> |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    file = folder / "zorblaxium.en.md"
    file.write_text(HOSTILE_FILE, encoding="utf-8")
    with open_library(folder / "library") as assistant:
        assert [outcome.status for outcome in assistant.add([file])] == ["added"]
    return folder / "library"


@pytest.fixture(scope="module")
def assistant(library: Path) -> Iterator[Assistant]:
    with open_library(library) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(library: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "qa.command",
        "serve",
        "--library",
        str(library),
        "--port",
        str(port),
        "--no-browser",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in line
        yield line.split()[1]
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield opened
        opened.close()


class Visit:
    """A page of its own, and what went wrong on it."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"locale": "ko-KR", "viewport": {"width": 1280, "height": 800}, **options})
        self.page = self.context.new_page()
        self.faults: list[str] = []
        host = urlsplit(address).netloc
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.page.on(
            "request",
            lambda r: self.faults.append(r.url) if urlsplit(r.url).netloc not in (host, "") else None,
        )
        self.page.goto(address)
        self.page.locator(".example").first.wait_for()

    def ask(self, question: str) -> Locator:
        turns = self.page.locator(".turn").count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(".turn").nth(turns)
        turn.locator(".note, footer").first.wait_for()
        return turn


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    opened = Visit(browser, address, **getattr(request, "param", {}))
    yield opened
    pwned = opened.page.evaluate("window.pwned")
    opened.context.close()
    assert pwned is None
    assert opened.faults == []


@pytest.mark.parametrize("question", [KOREAN, ENGLISH])
def test_every_citation_opens_its_sentence(visit: Visit, assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    turn = visit.ask(question)
    expect(turn.locator(".sentence")).to_have_count(len(answer.sentences))
    expect(turn.locator(".chip")).to_have_count(sum(len(s.citations) for s in answer.sentences))
    for number, citation in enumerate(answer.citations):
        turn.locator(".chip", has_text=re.compile(f"^{number + 1}$")).first.click()
        mark = visit.page.locator(f'mark.chosen[data-number="{number + 1}"]')
        expect(mark).to_be_in_viewport()
        assert " ".join(mark.all_text_contents()).split() == citation.quote.split()
        expect(visit.page.locator("#source h2")).to_have_text(citation.title)
        expect(visit.page.locator("#source header h3")).to_have_text(citation.heading)
    expect(visit.page.locator(".chip.open")).to_have_count(1)


def test_the_other_edition_of_a_section_opens(visit: Visit) -> None:
    visit.ask(KOREAN).locator(".chip").first.click()
    visit.page.get_by_text("영어판에서 보기").click()
    expect(visit.page.locator("#source .badge")).to_have_text("EN")
    expect(visit.page.locator("#source mark")).to_have_count(0)
    visit.page.get_by_text("한국어판에서 보기").click()
    expect(visit.page.locator("mark.chosen")).to_have_count(1)


def test_the_language_switch_keeps_the_conversation(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "ko"
    sentences = visit.ask(KOREAN).locator(".sentence").all_text_contents()
    page.fill("#question", "half a question")
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page).to_have_title(re.compile("Ask the survey"))
    expect(page.locator(".turn footer h3")).to_have_text("Sources")
    assert page.locator(".turn .sentence").all_text_contents() == sentences
    expect(page.locator("#question")).to_have_value("half a question")
    page.reload()
    expect(page.locator(".welcome h2")).to_have_text("Ask the survey and its related papers")


@pytest.mark.parametrize("visit", [{"locale": "en-US"}], indirect=True)
def test_the_browsers_language_is_taken(visit: Visit) -> None:
    expect(visit.page.locator("#question")).to_have_attribute("placeholder", "What would you like to know?")
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    expect(visit.page.locator(".example")).to_have_count(8)


def test_an_example_asks_and_a_new_conversation_clears(visit: Visit) -> None:
    visit.page.locator(".example").first.click()
    expect(visit.page.locator(".turn footer")).to_be_visible()
    visit.page.get_by_role("button", name="새 대화").click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page.locator(".welcome")).to_be_visible()


def test_a_hostile_question_stays_text(visit: Visit) -> None:
    for question in (
        ATTACK,
        "${window.pwned=1} `${window.pwned=1}` {{value}} \\u{",
        "</script><script>window.pwned=1</script>",
    ):
        turn = visit.ask(question)
        expect(turn.locator(".bubble")).to_have_text(question)
    assert visit.page.locator(".turns img, .turns script").count() == 0


def test_a_hostile_document_stays_text(visit: Visit, assistant: Assistant) -> None:
    turn = visit.ask("What is Zorblaxium?")
    quote = next(c.quote for c in assistant.ask("What is Zorblaxium?").citations if "onerror" in c.quote)
    turn.locator(".sentence", has_text="onerror").locator(".chip").first.click()
    mark = visit.page.locator("mark.chosen")
    mark.first.wait_for()
    assert " ".join(mark.all_text_contents()).split() == quote.split()
    expect(visit.page.locator("#source td").first).to_have_text("${window.pwned=5}")
    assert visit.page.locator("#source :is(img, iframe, script, a), .turns :is(img, iframe, script, a)").count() == 0


def test_a_question_without_an_answer_is_abstained_from(visit: Visit, assistant: Assistant) -> None:
    answer = assistant.ask(UNANSWERABLE)
    assert answer.abstained
    turn = visit.ask(UNANSWERABLE)
    expect(turn.locator(".note.abstained")).to_contain_text("근거를 찾지 못했습니다")
    expect(turn.locator(".sentence")).to_have_count(0)
    assert answer.nearest is not None
    turn.locator(".place").click()
    expect(visit.page.locator("#source header h3")).to_have_text(answer.nearest.heading)


@pytest.mark.parametrize("question", ["", "🙂🙂", "가" * 4_001])
def test_a_question_that_cannot_be_read_is_refused_politely(visit: Visit, question: str) -> None:
    expect(visit.ask(question).locator(".note.refused .lead")).to_contain_text("답할 수 없습니다")
    visit.ask(KOREAN)


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    page.locator("#question").focus()
    page.keyboard.type("SPIN은")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("어떤 방법이야?")
    expect(page.locator("#question")).to_have_value("SPIN은\n어떤 방법이야?")
    page.keyboard.press("Enter")
    page.locator(".turn footer").wait_for()
    expect(page.locator("#question")).to_have_value("")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('chip')"):
            break
    chip = page.evaluate("document.activeElement.dataset.origin")
    page.keyboard.press("Enter")
    page.locator("mark.chosen").wait_for()
    expect(page.locator("#source h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f'.chip[data-origin="{chip}"]')).to_be_focused()
    expect(page.locator("#source h2")).not_to_be_visible()


def test_enter_does_not_send_while_hangul_is_composed(visit: Visit) -> None:
    page = visit.page
    page.fill("#question", KOREAN)
    press = "(composing) => document.getElementById('question').dispatchEvent(new KeyboardEvent('keydown', \
        {key: 'Enter', isComposing: composing, bubbles: true, cancelable: true}))"
    page.evaluate(press, True)
    page.wait_for_timeout(500)
    assert page.locator(".turn").count() == 0
    page.evaluate(press, False)
    page.locator(".turn footer").wait_for()


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_phone_has_one_column_and_the_source_over_it(visit: Visit) -> None:
    page = visit.page
    turn = visit.ask(KOREAN)
    turn.locator(".chip").first.tap()
    expect(page.locator("#source h2")).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_in_viewport()
    assert page.evaluate("document.getElementById('composer').inert")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="원문 닫기").tap()
    expect(turn.locator(".chip").first).to_be_focused()
    assert not page.evaluate("document.getElementById('composer').inert")
    for part in ("body", "#conversation"):
        assert page.evaluate(f"(n => n.scrollWidth <= n.clientWidth)(document.querySelector('{part}'))")


_CONTRAST = """() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const under = (node) => { for (; node; node = node.parentElement) {
    const color = channels(getComputedStyle(node).backgroundColor);
    if (color.length < 4 || color[3] === 1) return color; } return [255, 255, 255]; };
  return [...document.querySelectorAll('#masthead *, #conversation *, #composer *, #source *')]
    .filter((node) => node.checkVisibility() && !node.disabled && [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((node) => [light(channels(getComputedStyle(node).color)), light(under(node)), node.textContent.slice(0, 40)])
    .map(([a, b, text]) => [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), text])
    .filter(([ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_all_text_has_enough_contrast(visit: Visit) -> None:
    assert visit.page.evaluate(_CONTRAST) == []
    visit.ask(UNANSWERABLE)
    visit.ask("???")
    visit.ask(KOREAN).locator(".chip").first.click()
    visit.page.locator("mark.chosen").wait_for()
    visit.page.wait_for_timeout(500)
    assert visit.page.evaluate(_CONTRAST) == []


def test_two_visitors_do_not_see_each_other(visit: Visit, browser: Browser, address: str) -> None:
    visit.ask(KOREAN)
    other = Visit(browser, address)
    other.ask(ENGLISH)
    expect(other.page.locator(".turn")).to_have_count(1)
    other.context.close()
    assert other.faults == []
    expect(visit.page.locator(".turn")).to_have_count(1)

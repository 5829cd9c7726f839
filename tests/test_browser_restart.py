"""A server that is killed and started again under an open page, and models that are not there, in a real Chromium."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, expect  # noqa: E402

from tests import llm_server  # noqa: E402
from tests.browsing import MARKS, ROOT, Visit, unused_port  # noqa: E402
from tests.llm_server import Server, running  # noqa: E402
from tests.test_browser_library import DROP  # noqa: E402

pytestmark = MARKS
QUESTION, NEXT = "What does a reward model score?", "What is behavior imitation?"
AWAY = {"ko": "서버와 연결이 끊겼습니다", "en": "The server cannot be reached"}


class Restarted:
    """The server's process on one port, its choices in a file beside the Library's folder."""

    def __init__(self, library: Path, model: Server) -> None:
        port = str(unused_port())
        self.address = f"http://127.0.0.1:{port}/"
        self._command = [sys.executable, "-m", "qa.command", "serve", "--library", str(library), "--port", port]
        self._command += ["--no-browser", "--llm", model.url, "--llm-model", "tiny"]
        self._given = os.environ | {"SURVEYQA_SETTINGS": str(library.parent / "settings.json")}
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=self._given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        assert self.address in self._process.stdout.readline()

    def kill(self) -> None:
        """End it at once, as a lack of memory does."""
        self._process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        self._process.communicate()


@pytest.fixture
def model() -> Iterator[Server]:
    with running(llm_server.says("A reward model scores every answer [1]."), models=("tiny",)) as started:
        yield started


@pytest.fixture
def server(library_copy: Path, model: Server) -> Iterator[Restarted]:
    started = Restarted(library_copy, model)
    yield started
    started.kill()


@pytest.fixture
def visit(browser: Browser, server: Restarted) -> Iterator[Visit]:
    opened = Visit(browser, server.address)  # its faults are not asked for: the server does go away
    yield opened
    opened.context.close()


def test_a_question_under_way_and_a_draft_are_there_again(visit: Visit, server: Restarted, model: Server) -> None:
    page, field = visit.page, visit.page.locator("#question")
    visit.ask(QUESTION)
    model.plays[:] = [llm_server.silent]
    field.fill(NEXT)
    field.press("Enter")
    page.locator(".waiting").wait_for()
    expect(field).to_have_value("")
    field.fill("and its limits?")
    server.kill()
    expect(page.locator("#panes .away")).to_contain_text(AWAY["ko"])
    expect(page.locator(".toast-wrap")).to_be_hidden()
    page.locator("#masthead").get_by_role("button", name="English").click()
    expect(page.locator("#panes .away")).to_contain_text(AWAY["en"])
    server.start()
    expect(page.locator("#panes .away")).to_be_hidden(timeout=20_000)  # loaded again
    expect(page.locator(".turn .bubble")).to_have_text([QUESTION])
    expect(field).to_have_value(f"{NEXT}\nand its limits?")
    model.plays[:] = [llm_server.says("Behavior imitation trains a small model [1].")]
    visit.ask(NEXT).locator("footer").wait_for()
    expect(field).to_have_value("")
    assert page.evaluate("['pending', 'draft'].map((name) => sessionStorage.getItem(`surveyqa-${name}`))") == [
        None,
        None,
    ]
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(field).to_have_value("")


def test_files_that_a_dead_server_forgot_are_named(visit: Visit, server: Restarted) -> None:
    page = visit.page
    names = [f"paper-{number}.md" for number in range(4)]
    slow = [[name, base64.b64encode(f"# Paper on {name}\n\nIt is short.\n".encode()).decode()] for name in names]
    page.route("**/surveyqa/papers*", lambda route: None)  # on their way for ever
    page.evaluate(DROP, slow)
    expect(page.locator("#library .stage")).to_contain_text("1/4")
    server.kill()
    page.unroute_all()
    page.on("dialog", lambda dialog: dialog.accept())
    server.start()
    line = page.locator("#library .unadded p")
    expect(line).to_have_text(
        "서버가 멈추어 4개를 끝까지 추가하지 못했습니다: paper-0.md, paper-1.md, paper-2.md 외 1개. 다시 놓아 주세요.",
        timeout=20_000,
    )
    page.evaluate(DROP, slow[1:])
    expect(line).to_contain_text("1개를 끝까지 추가하지 못했습니다: paper-0.md.")
    expect(page.locator("#library .summary")).to_have_text("3편 추가", timeout=20_000)
    page.locator("#library .unadded .close").click()
    expect(line).to_have_count(0)
    page.reload()
    page.locator("#library .summary").wait_for()
    expect(line).to_have_count(0)


def test_what_is_said_of_a_model_is_true(visit: Visit) -> None:
    page = visit.page
    page.locator('#masthead [data-key="settings"]').click()
    page.fill("#set-llm", "ftp://x")
    page.locator('[data-key="test"]').click()
    fault = page.locator("#set-llm-fault")
    expect(fault).to_contain_text("이대로는 시험할 수 없습니다.")
    expect(fault).not_to_contain_text("저장")
    page.fill("#set-llm", "http://127.0.0.1:9")
    page.locator('[data-key="save"]').click()
    expect(page.locator("#settings .fault[role=status] p").first).to_contain_text("서버에 연결할 수 없습니다")
    expect(page.locator("#settings .saved")).to_have_text("저장했습니다")
    standing = "고른 모델: tiny. 모델이 답하지 못하면 원문 문장으로 답합니다."
    expect(page.locator("#settings .standing")).to_have_text(standing)

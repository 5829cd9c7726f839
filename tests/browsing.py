"""A real Chromium at a real server, for the tests of the page: the program, the server, and a page that notes faults.

The fixtures in `conftest` are made of it; a module that serves or visits otherwise has its own.
"""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright  # noqa: E402

from bench.screenshots import CHROMIUM, HEADLESS  # noqa: E402

PROGRAM = next(filter(None, map(shutil.which, (HEADLESS, *CHROMIUM))), None)
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason=f"none of {', '.join(CHROMIUM)} is on the PATH"),
]
PATIENCE_MS = 20_000  # a page of a PDF may be drawn, or notes be read, while other tests have the processor
expect.set_options(timeout=PATIENCE_MS)
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
DESK: dict[str, Any] = {"locale": "ko-KR", "viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the program; closed afterwards."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield opened
        opened.close()


def unused_port() -> int:
    """Return a port that the system gives; two tests that run at once get two."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(library: Path, *options: str) -> Iterator[str]:
    """Serve a Library by the shell command, with further `options` of it, and give the page's address."""
    port = str(unused_port())
    command = [sys.executable, "-m", "qa.command", "serve", "--library", str(library), "--port", port, "--no-browser"]
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert f"http://127.0.0.1:{port}/" in line
            yield line.split()[1]
        finally:
            server.terminate()


class Visit:
    """A page of its own, and what went wrong on it."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{**DESK, **options})
        self.page = self.context.new_page()
        self.faults: list[str] = []
        host = urlsplit(address).netloc
        self.page.on("console", lambda m: self._note(m.text) if m.type == "error" else None)
        self.page.on("pageerror", self._note)
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.page.on(
            "request",
            lambda r: self.faults.append(r.url) if urlsplit(r.url).netloc not in (host, "") else None,
        )
        self.page.goto(address)
        self.page.locator(".example").first.wait_for()

    def _note(self, error: object) -> None:
        """Note a fault of the page; Gradio reports as one what it gives up itself where a page is left meanwhile."""
        if "AbortError: signal is aborted" not in str(error):
            self.faults.append(str(error))

    def ask(self, question: str) -> Locator:
        """Ask, and return the turn once it is answered."""
        turns = self.page.locator(".turn").count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(".turn").nth(turns)
        turn.locator(".note, footer").first.wait_for()
        return turn


@contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """Open a page; at the end nothing may have gone wrong on it, nor any script of a text have run."""
    opened = Visit(browser, address, **options)
    yield opened
    pwned = opened.page.evaluate("window.pwned")
    opened.context.close()
    assert pwned is None
    assert opened.faults == [], opened.faults


_CONTRAST = """(places) => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const under = (node) => { for (; node; node = node.parentElement) {
    const color = channels(getComputedStyle(node).backgroundColor);
    if (color.length < 4 || color[3] === 1) return color; } return [255, 255, 255]; };
  return [...document.querySelectorAll(places)]
    .filter((node) => node.checkVisibility() && !node.disabled && [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((node) => [light(channels(getComputedStyle(node).color)), light(under(node)), node.textContent.slice(0, 40)])
    .map(([a, b, text]) => [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), text])
    .filter(([ratio]) => ratio < 4.5);
}"""


def faint(visit: Visit, places: str) -> list[tuple[float, str]]:
    """Return the visible texts in `places` (a selector) whose contrast is below 4.5, with it."""
    found: list[tuple[float, str]] = visit.page.evaluate(_CONTRAST, places)
    return found


def findings(page: Page) -> list[str]:
    """Return the serious findings of axe-core on what is shown, once what fades in has done so."""
    from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]

    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    page.wait_for_function(
        "document.getAnimations().every(one => one.playState !== 'running'"
        " || one.effect.getComputedTiming().iterations === Infinity)"
    )
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        json.dumps([one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]]], ensure_ascii=False)
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]

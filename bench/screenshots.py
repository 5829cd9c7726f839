"""A folder's name in, pictures of the interface out: `python -m bench.screenshots OUT_DIR`. Drives a real Chromium.

Every state in Korean and English, light and dark, on a desk and on a phone. Judges nothing: look at them.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HEADLESS = "chromium-headless-shell"  # the quicker build, which has no window
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", HEADLESS)
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
LOCALES = {"ko": "ko-KR", "en": "en-US"}
QUESTIONS = {"ko": "SPIN은 어떤 방법이야?", "en": "What is uncertainty filtering?"}
UNANSWERABLE = {"ko": "김치찌개는 어떻게 끓여?", "en": "What is the weather in Seoul today?"}
ROOT = Path(__file__).parent.parent
PORT = 7899
SETTLED_MS = 700  # after the last animation


@contextmanager
def served(library: Path, port: int = PORT) -> Iterator[str]:
    """Serve a Library in a process of its own while the body runs; give its address."""
    options = ["--library", str(library), "--port", str(port), "--no-browser"]
    command = [sys.executable, "-m", "qa.command", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            if "http" not in line:
                raise RuntimeError(f"the server did not start ({line!r}); run `{' '.join(command)}` to see why")
            yield line.split()[1]
        finally:
            server.terminate()


def main(arguments: list[str]) -> int:
    """Take all pictures into the folder that is named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m bench.screenshots OUT_DIR\n")
        return 2
    if (program := chromium()) is None:
        return 1
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as library, served(Path(library)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        for language in LOCALES:
            for size in SIZES:
                for scheme in ("light", "dark"):
                    _tour(browser, address, folder, language, size, scheme)
        browser.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


def chromium() -> str | None:
    """Return the program; None, which is said, where there is none."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        sys.stderr.write(f"no Chromium is found; install one of {', '.join(CHROMIUM)}\n")
    return program


def _tour(browser: Browser, address: str, folder: Path, language: str, size: str, scheme: str) -> None:
    """Take the pictures of one language, size and scheme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=LOCALES[language],
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size == "phone",
        is_mobile=size == "phone",
    )
    page = context.new_page()
    page.goto(address)
    page.locator(".example").first.wait_for()

    def take(state: str) -> None:
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=folder / f"{language}-{size}-{scheme}-{state}.png")

    take("1-empty")
    _ask(page, QUESTIONS[language])
    page.locator(".suggestion").first.wait_for()
    take("2-answer")
    page.locator(".chip").last.click()
    page.locator("mark.chosen").first.wait_for()
    take("3-source")
    page.keyboard.press("Escape")
    _ask(page, UNANSWERABLE[language])
    take("4-abstention")
    for state, view in (("5-map", "map"), ("6-settings", "settings"), ("7-papers", "conversation")):
        page.locator(f'#masthead [data-key="{view}"]').click()
        if view == "conversation" and size == "phone":
            page.locator("#masthead .rail-toggle").click()
        take(state)
    page.locator("#tab-talks").click()
    take("8-talks")
    page.locator("#tab-papers").click()
    context.close()


def _ask(page: Page, question: str) -> None:
    turns = page.locator(".turn").count()
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.locator(".turn").nth(turns).locator(".note, footer").first.wait_for()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

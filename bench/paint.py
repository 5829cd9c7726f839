"""How soon the page stands: `python -m bench.paint [--visits 10]`. Visits by a real Chromium; a table out.

"First paint" is the browser's own first contentful paint; "ready" is when the first example question can be clicked.
Both count from the moment that the address is opened, on the machine that serves it.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.screenshots import ARGUMENTS, SIZES, chromium, served

PORT = 7896
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Visit, and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.paint", description=__doc__)
    parser.add_argument("--visits", type=int, default=10)
    options = parser.parse_args(arguments)
    if (program := chromium()) is None:
        return 1
    lines = ["| window | first paint, median | longest | ready, median | longest |", "|-|-|-|-|-|"]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "library", PORT) as address:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
            for name, size in SIZES.items():
                visits = [visit(browser, address, size) for _ in range(options.visits)]
                cells = [f"{of(times):.2f} s" for times in zip(*visits, strict=True) for of in (statistics.median, max)]
                lines.append(f"| {name} | {' | '.join(cells)} |")
            browser.close()
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def visit(browser: Browser, address: str, size: tuple[int, int]) -> tuple[float, float]:
    """Open the page in a new profile; return the seconds until it was painted and until it was ready."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".example").first.wait_for()
    ready = time.perf_counter() - started
    (painted,) = page.evaluate(FIRST_PAINT)
    context.close()
    return painted / 1000, ready


if __name__ == "__main__":
    sys.exit(main())

"""The examples in docs/server.md run as they stand there, but for the address and the program's name."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.ask import open_library
from tests.browsing import served

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "server.md").read_text(encoding="utf-8"), re.DOTALL)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("docs") / "library"
    open_library(folder).close()
    yield folder


def run(example: str, library: Path) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "SURVEYQA_LIBRARY": str(library),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    command = [sys.executable, "-c", example]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_gradios_api(library: Path) -> None:
    example = next(one for one in EXAMPLES if "gradio_client" in one)
    with served(library) as address:
        told = run(example.replace("http://127.0.0.1:7860/", address), library)
    assert "AutoIF" in told and "[1]" in told


def test_the_model_context_protocol(library: Path) -> None:
    example = next(one for one in EXAMPLES if "StdioServerParameters" in one)
    started = f'command={sys.executable!r}, args=["-m", "qa.command", "mcp"], env=__import__("os").environ.copy()'
    told = run(example.replace('command="surveyqa", args=["mcp"]', started), library)
    assert '"abstained": false' in told and "SPIN" in told

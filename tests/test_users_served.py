"""`surveyqa serve` with users, started as it is on a shared machine: it runs, asks for a password, and answers a user."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from qa.web.server import START

PASSWORD = "맞는 비밀번호 하나"
ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "qa.command"]
QUESTION = "What does a reward model score?"


@contextmanager
def served(library: Path, users: Path, *options: str) -> Iterator[str]:
    """Serve a Library for the users in a file, and give the address on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    asked = [*COMMAND, "serve", "--library", str(library), "--port", port, "--no-browser", *options]
    given = os.environ | {"SURVEYQA_USERS": str(users)}
    with subprocess.Popen(asked, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            assert f":{port}/" in server.stdout.readline().decode()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of one user, whom the command has added."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    given = os.environ | {"SURVEYQA_USERS": str(path), "PYTHONUTF8": "1"}
    subprocess.run([*COMMAND, "users", "add", "김"], cwd=ROOT, env=given, input=PASSWORD.encode(), check=True)
    return path


def ask(client: httpx.Client, question: str) -> dict[str, object]:
    begun = client.post("/gradio_api/call/ask", json={"data": [question]}).raise_for_status()
    reply = client.get(f"/gradio_api/call/ask/{begun.json()['event_id']}").raise_for_status()
    kind, _, data = reply.text.strip().partition("\n")
    assert kind == "event: complete"
    answer: dict[str, object] = json.loads(data.removeprefix("data:"))[0]
    return answer


@pytest.mark.slow
def test_a_shared_server_runs_and_serves_its_users_alone(small_library: Path, users: Path) -> None:
    with served(small_library, users, "--host", "0.0.0.0", "--name", "survey.example") as address:
        with httpx.Client(base_url=address) as stranger:
            for path in ("/", START, "/gradio_api/info", "/config"):
                refused = stranger.get(path)
                assert (refused.status_code, refused.headers["www-authenticate"][:5]) == (401, "Basic"), path
            assert stranger.get("/", auth=("김".encode(), b"wrong password")).status_code == 401
            assert stranger.post("/gradio_api/call/ask", json={"data": [QUESTION]}).status_code == 401
        with httpx.Client(base_url=address, auth=("김".encode(), PASSWORD.encode()), timeout=30) as user:
            page = user.get("/")
            assert (page.status_code, '"title":"SurveyQA"' in page.text) == (200, True)
            answer = ask(user, QUESTION)
    assert "scores every answer from 0 to 1" in json.dumps(answer)

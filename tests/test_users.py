"""Who may use a shared server: hashed passwords in one file, checked at each request, and the name handed on inside."""

import asyncio
import base64
import json
import os
import stat
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from index.errors import InputError
from qa import users as users_module
from qa.command import main as command
from qa.settings import Settings
from qa.users import _FAILURES, Users
from qa.web.login import USER_HEADER, Login, SelfCall, credentials, user_of
from qa.web.server import serve

PASSWORD = "맞는 비밀번호 하나"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "users.json"


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


async def pass_on(scope: Any, receive: Any, send: Any) -> None:
    """Answer with the names that a request is passed on with."""
    found = [value.decode() for name, value in scope["headers"] if name == USER_HEADER.encode()]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(found).encode()})


def ask(users: Users | None, headers: dict[str, str]) -> httpx.Response:
    return get(Login(pass_on, users), headers)


def get(login: Login, headers: dict[str, str]) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=login)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/", headers=headers)

    return asyncio.run(run())


def test_only_the_right_password_of_a_known_user_is_right(path: Path) -> None:
    users = Users(path)
    users.add("kim", PASSWORD)
    assert users.check("kim", PASSWORD) and users.check("kim", PASSWORD)  # the second time from memory
    assert not users.check("kim", PASSWORD + " ")
    assert not users.check("lee", PASSWORD)
    assert Users(path).names() == ["kim"]


def test_a_name_is_one_however_its_syllables_are_sent(path: Path) -> None:
    whole, single = unicodedata.normalize("NFC", "김철수"), unicodedata.normalize("NFD", "김철수")
    assert whole != single
    users = Users(path)
    users.add(single, PASSWORD)
    assert users.names() == [whole] and list(json.loads(path.read_text(encoding="utf-8"))) == [whole]
    assert users.check(whole, PASSWORD) and users.check(single, PASSWORD)
    sent = [ask(users, {"authorization": basic(name, PASSWORD)}).json() for name in (whole, single)]
    assert sent == [[quote(whole)]] * 2
    assert user_of(SimpleNamespace(headers={USER_HEADER: sent[0][0]})) == whole, "conversations are kept under it"
    path.write_text(path.read_text(encoding="utf-8").replace(whole, single), encoding="utf-8")
    assert Users(path).names() == [whole], "what an earlier version kept"
    assert Users(path).remove(single) and Users(path).names() == []


def test_a_list_that_is_damaged_meanwhile_lets_nobody_in_and_is_logged_once(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Users(path).add("kim", PASSWORD)
    login = Login(pass_on, Users(path))
    headers = {"authorization": basic("kim", PASSWORD)}
    assert get(login, headers).status_code == 200
    sound = path.read_text(encoding="utf-8")
    path.write_text("{", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    for _ in range(2):
        response = get(login, headers)
        assert (response.status_code, "www-authenticate" in response.headers) == (503, False)
        assert "cannot read its list of users" in response.text and "사용자 목록을 읽지 못합니다" in response.text
        assert "\n" not in response.text and str(path) not in response.text
    assert [record.getMessage().startswith(f"{path}: cannot be read as the list of") for record in caplog.records] == [
        True
    ]
    path.write_text(sound, encoding="utf-8")
    os.utime(path, ns=(2, 2))
    assert get(login, headers).status_code == 200
    path.write_text("[", encoding="utf-8")
    os.utime(path, ns=(3, 3))
    assert get(login, headers).status_code == 503
    assert len(caplog.records) == 2


def test_no_password_is_in_the_file_and_others_cannot_read_it(path: Path) -> None:
    users = Users(path)
    users.add("kim", PASSWORD)
    users.add("lee", PASSWORD)
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert PASSWORD not in path.read_text(encoding="utf-8")
    assert stored["kim"]["hash"] != stored["lee"]["hash"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_another_process_changes_meanwhile_is_kept(path: Path) -> None:
    """`surveyqa users add` waits for the password to be typed."""
    Users(path).add("kim", PASSWORD)
    first, second = Users(path), Users(path)
    second.add("lee", PASSWORD)
    first.add("choi", PASSWORD)
    second.remove("kim")
    first.remove("choi")
    assert Users(path).names() == ["lee"]


def test_a_list_that_cannot_be_written_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("No space left on device")

    users = Users(path)
    users.add("kim", PASSWORD)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(InputError, match=r"the users cannot be written"):
        users.add("lee", PASSWORD)
    assert Users(path).names() == ["kim"]
    assert {one.name for one in path.parent.iterdir()} <= {path.name, f".{path.name}.lock"}  # no hashes left beside it


def test_a_removed_or_changed_user_is_refused_by_a_running_server(path: Path) -> None:
    server, elsewhere = Users(path), Users(path)
    elsewhere.add("kim", PASSWORD)
    assert server.check("kim", PASSWORD)
    elsewhere.add("kim", "another password")
    assert not server.check("kim", PASSWORD) and server.check("kim", "another password")
    assert elsewhere.remove("kim") and not elsewhere.remove("kim")
    assert not server.check("kim", "another password")


def test_a_password_that_is_changed_while_it_is_checked_is_not_remembered(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, elsewhere = Users(path), Users(path)
    elsewhere.add("kim", PASSWORD)
    hashed = users_module._hash

    def slowly(password: str, salt: bytes) -> bytes:
        monkeypatch.setattr(users_module, "_hash", hashed)
        elsewhere.add("kim", "another password")
        server.check("lee", PASSWORD)  # another request, which reads the file anew
        return hashed(password, salt)

    monkeypatch.setattr(users_module, "_hash", slowly)
    server.check("kim", PASSWORD)  # it was right when it came
    assert not server.check("kim", PASSWORD)


def test_after_many_wrong_passwords_a_name_has_to_wait(path: Path) -> None:
    users = Users(path)
    users.add("kim", PASSWORD)
    for _ in range(_FAILURES):
        assert not users.check("kim", "wrong password")
    assert not users.check("kim", PASSWORD)


def test_who_is_in_already_is_not_locked_out_by_others(path: Path) -> None:
    users = Users(path)
    users.add("kim", PASSWORD)
    assert users.check("kim", PASSWORD)
    for _ in range(_FAILURES):
        users.check("kim", "wrong password")
    assert users.check("kim", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("", PASSWORD, "the name is ''"), ("a b", PASSWORD, "the name is"), ("kim", "short", "has 5 characters")],
)
def test_what_cannot_be_used_is_refused(path: Path, name: str, password: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Users(path).add(name, password)
    assert not path.exists()


@pytest.mark.parametrize("text", ["[]", "{", '{"kim": 1}', '{"kim": {"salt": "zz", "hash": ""}}'])
def test_a_damaged_file_says_what_to_do(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="remove it and add the users again"):
        Users(path)


def test_a_request_without_the_right_password_is_answered_401(path: Path) -> None:
    users = Users(path)
    users.add("김", PASSWORD)
    for headers in ({}, {"authorization": basic("김", "wrong")}, {"authorization": "Bearer x"}):
        response = ask(users, headers)
        assert (response.status_code, response.headers["www-authenticate"][:5]) == (401, "Basic")
    assert ask(users, {"authorization": basic("김", PASSWORD)}).json() == ["%EA%B9%80"]


@pytest.mark.parametrize("headers", [{}, {USER_HEADER: "kim"}])
def test_on_a_server_of_ones_own_there_is_one_user_without_a_name(headers: dict[str, str]) -> None:
    assert ask(None, headers).json() == [""]


@pytest.mark.parametrize(
    ("method", "url", "client", "expected"),
    [
        ("GET", "http://127.0.0.1/start", "127.0.0.1", 200),
        ("HEAD", "http://192.168.0.7/start", "192.168.0.7", 200),  # bound to one address of its own
        ("POST", "http://127.0.0.1/start", "127.0.0.1", 401),
        ("GET", "http://127.0.0.1/start/", "127.0.0.1", 401),
        ("GET", "http://127.0.0.1/", "127.0.0.1", 401),
        ("GET", "http://192.168.0.7/start", "192.168.0.8", 401),
    ],
)
def test_a_server_that_starts_may_ask_one_address_of_itself(
    path: Path, method: str, url: str, client: str, expected: int
) -> None:
    users = Users(path)
    users.add("kim", PASSWORD)
    starting = SelfCall("/start")
    login = Login(pass_on, users, starting)

    async def call() -> httpx.Response:
        async def known_host(scope: Any, receive: Any, send: Any) -> None:
            await login({**scope, "server": (httpx.URL(url).host, 80)}, receive, send)

        transport = httpx.ASGITransport(app=known_host, client=(client, 50_000))
        async with httpx.AsyncClient(transport=transport) as asked:
            return await asked.request(method, url, headers={USER_HEADER: "kim"})

    answer = asyncio.run(call())
    assert answer.status_code == expected
    if (method, expected) == ("GET", 200):
        assert answer.json() == [""], "under no user's name"
    starting.end()
    assert asyncio.run(call()).status_code == 401


def test_the_name_never_comes_from_outside(path: Path) -> None:
    users = Users(path)
    users.add("kim", PASSWORD)
    sent = {USER_HEADER: "lee", "authorization": basic("kim", PASSWORD)}
    assert ask(users, sent).json() == ["kim"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (basic("a", "b:c"), ("a", "b:c")),
        ("basic " + basic("a", "b")[6:], ("a", "b")),
        ("", None),
        ("Basic", None),
        ("Basic %%%", None),
        ("Basic " + base64.b64encode(b"no colon").decode(), None),
        ("Basic " + base64.b64encode(b"\xff:x").decode(), None),
    ],
)
def test_credentials(header: str, expected: tuple[str, str] | None) -> None:
    assert credentials(header) == expected


def test_another_host_than_this_machine_demands_users(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="surveyqa users add NAME"):
        serve(Settings(library=tmp_path / "library"), host="0.0.0.0", users=lambda: Users(path))
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(("arguments", "said"), [((), "the port is 99999"), (("--name", "x.example"), "remove it and")])
def test_only_what_others_can_reach_reads_the_list_of_users(
    path: Path,
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    monkeypatch.setenv("SURVEYQA_USERS", str(path))
    assert command.main(["serve", "--port", "99999", *arguments]) == 1
    assert said in capsys.readouterr().err


def test_users_are_kept_by_the_command(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SURVEYQA_USERS", str(path))
    monkeypatch.setattr("qa.command.users.password", lambda: PASSWORD)
    assert command.main(["users", "add", "kim"]) == 0
    assert command.main(["users", "list"]) == 0
    assert capsys.readouterr().out == "kim\n"
    assert command.main(["users", "remove", "lee"]) == 1
    assert "no user is called 'lee'" in capsys.readouterr().err
    assert command.main(["users", "remove", "kim"]) == 0
    assert Users(path).names() == []

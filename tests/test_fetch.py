"""Fetching over a network that fails in every way a network does, from a server on this machine."""

import errno
import gzip
import hashlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.errors import InputError
from index.remote.fetch import ABSENT_S, DAY_S, Fetched, Fetcher
from index.remote.kind import kind_of, suffix_of
from index.remote.polite import Clock, is_private, site_of
from tests.arxiv_server import (
    CAPTCHA,
    HTML,
    PDF,
    Answer,
    Handler,
    Server,
    drip,
    endless,
    packed,
    redirect,
    running,
    silent,
)

ROOT = Path(__file__).resolve().parents[1]
LONG = PDF + bytes(range(256)) * 400 + b"%%EOF\n"
START_S = 1_790_000_000.0  # a day in September 2026


class Hours:
    """A clock that stands still but for what is slept; `waits` are the sleeps, `wrong_s` is how wrong the wall clock is."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.wrong_s = 0.0
        self.waits: list[float] = []

    def sleep(self, wait_s: float) -> None:
        self.waits.append(wait_s)
        self.at_s += wait_s

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.at_s, lambda: START_S + self.at_s + self.wrong_s, self.sleep)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def hours() -> Hours:
    return Hours()


@contextmanager
def fetching(folder: Path, hours: Hours, **options: Any) -> Iterator[Fetcher]:
    with closing(Fetcher(folder / "cache", clock=hours.clock, **{"timeout_s": 5.0, **options})) as fetcher:
        yield fetcher


@pytest.fixture
def fetcher(tmp_path: Path, hours: Hours) -> Iterator[Fetcher]:
    with fetching(tmp_path, hours) as fetcher:
        yield fetcher


def body(found: Fetched | None) -> bytes:
    assert found is not None
    return found.path.read_bytes()


# --- what is kept ---


def test_a_file_is_fetched_once_and_then_found(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/pdf/2408.03281v2", PDF)
    first = fetcher.get(url, expect="pdf")
    assert (first.kind, first.url, first.content_type, first.cached, first.note) == (
        "pdf",
        url,
        "application/pdf",
        False,
        None,
    )
    assert (body(first), first.sha256) == (PDF, hashlib.sha256(PDF).hexdigest())
    assert first.path.name.startswith(f"127.0.0.1_{server.server_port}_pdf_2408.03281v2-")
    assert first.path.suffix == ".pdf"
    assert first.fetched.timestamp() == START_S
    second = fetcher.get(url, expect="pdf")
    assert (second.path, second.cached, len(server.seen), hours.waits) == (first.path, True, 1, [])


def test_a_request_says_who_asks_and_what_it_can_read(server: Server, fetcher: Fetcher) -> None:
    fetcher.get(server.serve("/a.pdf", PDF), expect="pdf")
    fetcher.get(server.serve("/a.html", HTML, "text/html"), expect="html")
    pdf, page = (seen.headers for seen in server.seen)
    assert pdf["user-agent"].startswith("surveyqa")
    assert "@" not in pdf["user-agent"]
    assert (pdf["accept-encoding"], page["accept-encoding"]) == ("identity", "gzip")
    assert "range" not in pdf
    assert "if-none-match" not in pdf


def test_an_old_copy_is_asked_for_again_and_kept_if_it_holds(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/pdf/2408.03281", PDF, etag='"a"')
    first = fetcher.get(url)
    hours.at_s = DAY_S - 1
    fetcher.get(url)
    assert len(server.seen) == 1
    hours.at_s = DAY_S
    again = fetcher.get(url)
    assert server.seen[1].headers["if-none-match"] == '"a"'
    assert (again.path, again.cached, again.fetched.timestamp()) == (first.path, True, START_S + DAY_S)
    fetcher.get(url)
    assert len(server.seen) == 2  # it counts as new from the day it was found to hold


def test_a_new_edition_takes_the_place_of_an_old_one(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/pdf/2408.03281", PDF, etag='"a"')
    old = fetcher.get(url)
    server.serve("/pdf/2408.03281", LONG, etag='"b"')
    hours.at_s = 2 * DAY_S
    new = fetcher.get(url)
    assert (body(new), new.cached, old.path.exists()) == (LONG, False, False)


def test_what_never_ages_is_not_asked_for_again(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/pdf/2408.03281v2", PDF)
    fetcher.get(url, max_age_s=None)
    hours.at_s = 4000 * DAY_S
    assert fetcher.get(url, max_age_s=None).cached
    assert len(server.seen) == 1


def test_a_clock_that_was_set_back_makes_no_copy_eternal(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/a.pdf", PDF)
    fetcher.get(url)
    hours.wrong_s = -100 * DAY_S
    fetcher.get(url)
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda pdf, record: pdf.write_bytes(PDF[:-1]),
        lambda pdf, record: pdf.write_bytes(PDF.replace(b"Root", b"Boot")),
        lambda pdf, record: pdf.unlink(),
        lambda pdf, record: record.write_text("{", encoding="utf-8"),
        lambda pdf, record: record.write_text("[]", encoding="utf-8"),
        lambda pdf, record: record.write_text('{"asked": "x"}', encoding="utf-8"),
        lambda pdf, record: record.write_bytes(b"\xff\xfe\x00"),
    ],
)
def test_a_damaged_copy_is_noticed_and_fetched_again(
    server: Server, fetcher: Fetcher, damage: Callable[[Path, Path], object]
) -> None:
    url = server.serve("/a.pdf", PDF)
    path = fetcher.get(url).path
    (record,) = fetcher.cache.glob("*.json")
    damage(path, record)
    again = fetcher.get(url, max_age_s=None)
    assert (body(again), again.cached, len(server.seen)) == (PDF, False, 2)
    assert again.note == "the copy in the cache was damaged and has been fetched again"
    assert "if-none-match" not in server.seen[1].headers
    assert fetcher.get(url).note is None


def test_what_is_not_there_is_remembered_for_a_week(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.url + "/html/2408.03281v2"
    assert fetcher.find(url, expect="html", max_age_s=None) is None
    assert fetcher.find(url, expect="html", max_age_s=None) is None
    with pytest.raises(InputError, match=r"/html/2408\.03281v2: there is nothing \(HTTP 404\), a page or a file was"):
        fetcher.get(url)
    assert len(server.seen) == 1
    hours.at_s = ABSENT_S
    server.serve("/html/2408.03281v2", HTML, "text/html")
    assert body(fetcher.find(url, expect="html", max_age_s=None)) == HTML


def test_what_was_not_there_is_looked_for_again_sooner_than_what_was(
    server: Server, fetcher: Fetcher, hours: Hours
) -> None:
    absent, present = server.url + "/a.html", server.serve("/a.pdf", PDF)
    for days, asked in ((0, 2), (0.9, 2), (6, 2), (8, 3)):
        hours.at_s = days * DAY_S
        assert fetcher.find(absent, max_age_s=30 * DAY_S) is None
        assert fetcher.find(present, max_age_s=30 * DAY_S) is not None
        assert len(server.seen) == asked


def test_what_has_gone_is_gone(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/a.pdf", PDF)
    path = fetcher.get(url).path
    server.on("/a.pdf", Answer(b"", 410))
    hours.at_s = DAY_S
    assert fetcher.find(url) is None
    assert not path.exists()


def test_an_answer_that_is_read_is_not_kept(server: Server, fetcher: Fetcher) -> None:
    url = server.on("/api/query", packed(b"<feed/>", "application/atom+xml"), Answer(b"no", 400), Answer(b"", 404))
    assert fetcher.read(url) == b"<feed/>"
    assert fetcher.read(url, answers=(400,)) == b"no"
    with pytest.raises(InputError, match=r"there is nothing \(HTTP 404\), an answer was expected"):
        fetcher.read(url)
    assert [path.name for path in fetcher.cache.iterdir()] == ["hosts"]


def test_a_cache_that_cannot_be_written_is_named(server: Server, tmp_path: Path, hours: Hours) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    with fetching(tmp_path, hours) as fetcher:
        for ask in (fetcher.get, fetcher.read):
            with pytest.raises(InputError, match=r"cache: the folder for fetched papers cannot be used \(.+\); check"):
                ask(server.serve("/a.pdf", PDF))


# --- when the network is away ---


def refuse_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)


def test_offline_is_said_at_once(fetcher: Fetcher, hours: Hours, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_names(monkeypatch)
    with pytest.raises(InputError) as refused:
        fetcher.get("https://arxiv.org/pdf/2408.03281")
    assert str(refused.value) == (
        "https://arxiv.org/pdf/2408.03281: cannot reach arxiv.org (Name or service not known): "
        "you seem to be offline; connect, or add the PDF file itself"
    )
    assert hours.waits == []


def test_offline_an_old_copy_is_used_and_says_so(
    server: Server, fetcher: Fetcher, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.serve("/a.pdf", PDF).replace("127.0.0.1", "localhost")
    fetcher.get(url)
    refuse_names(monkeypatch)
    hours.at_s = 3 * DAY_S
    old = fetcher.get(url)
    assert (body(old), old.cached) == (PDF, True)
    assert old.note is not None
    assert old.note.startswith(f"the copy of 2026-09-21 is used; {url}: cannot reach localhost")


def test_a_failing_server_does_not_cost_the_old_copy(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/a.pdf", PDF)
    fetcher.get(url, expect="pdf")
    for answer in (Answer(b"", 500), Answer(b"", 403), Answer(CAPTCHA, 200, {"Content-Type": "text/html"})):
        server.on("/a.pdf", answer)
        hours.at_s += 3 * DAY_S
        old = fetcher.get(url, expect="pdf")
        assert body(old) == PDF
        assert "the copy of 2026-09-21 is used" in (old.note or "")


def test_an_unreachable_network_is_offline_too(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", unreachable)
    with pytest.raises(InputError, match=r"cannot reach arxiv.org \(Network is unreachable\): you seem to be offline"):
        fetcher.get("https://arxiv.org/pdf/2408.03281")


@pytest.mark.parametrize("proxy", ["socks4://127.0.0.1:1", "ldap://127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_named(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(
        InputError, match=r"the proxy that HTTP_PROXY, .* names cannot be used \(.+\); an http:// proxy"
    ):
        fetcher.get("http://papers.example/a.pdf")


def test_a_proxy_finds_the_host_and_may_be_a_private_one(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    server.on("/a.pdf", redirect("http://other.example/b.pdf"))
    server.serve("/b.pdf", PDF)
    assert body(fetcher.get("http://papers.example/a.pdf")) == PDF
    assert server.paths == ["http://papers.example/a.pdf", "http://other.example/b.pdf"]
    server.on("/c.pdf", redirect("http://127.0.0.1:1/"))
    with pytest.raises(InputError, match=r"leads to 127\.0\.0\.1, an address of a private network"):
        fetcher.get("http://papers.example/c.pdf")


def test_a_server_that_is_not_there_is_tried_three_times(fetcher: Fetcher, hours: Hours) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(InputError, match=r"cannot reach 127\.0\.0\.1 \(.*refused.*\); check the address, or try"):
            fetcher.get(f"http://127.0.0.1:{port}/a.pdf")
    assert hours.waits == [2.0, 1.0, 6.0]  # two back-offs, and what was left of three seconds between requests


def test_a_connection_that_is_not_secure_is_not_used(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    with pytest.raises(InputError, match=r"the connection to 127\.0\.0\.1 is not secure \(.+\); check the address and"):
        fetcher.get(server.serve("/a.pdf", PDF).replace("http://", "https://"))
    assert hours.waits == []


# --- patience ---


def test_requests_to_a_site_keep_three_seconds_between_them(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    for name in ("/a.pdf", "/b.pdf", "/c.pdf"):
        fetcher.get(server.serve(name, PDF))
        hours.at_s += 0.5
    assert hours.waits == [2.5, 2.5]
    hours.at_s += 10
    fetcher.get(server.serve("/d.pdf", PDF))
    assert len(hours.waits) == 2


def test_another_process_keeps_the_same_pace(server: Server, tmp_path: Path, hours: Hours) -> None:
    with fetching(tmp_path, hours) as one, fetching(tmp_path, hours) as other:
        one.get(server.serve("/a.pdf", PDF))
        hours.at_s += 1
        other.get(server.serve("/b.pdf", PDF))
        assert hours.waits == [2.0]
        hours.wrong_s = -1000.0  # the wall clock was set back: one delay is enough
        one.get(server.serve("/c.pdf", PDF))
        assert hours.waits == [2.0, 3.0]
        (stamp,) = (one.cache / "hosts").glob("*.last")
        stamp.write_text("not a time", encoding="utf-8")
        other.get(server.serve("/d.pdf", PDF))
    assert hours.waits == [2.0, 3.0]  # what cannot be read is no reason to wait: its own last request was long ago


def test_all_hosts_of_arxiv_are_one_site() -> None:
    hosts = ["arxiv.org", "export.arxiv.org", "ar5iv.labs.arxiv.org.", "ArXiv.org", "notarxiv.org", "arxiv.org.net"]
    assert [site_of(host) for host in hosts] == [*["arxiv.org"] * 4, "notarxiv.org", "arxiv.org.net"]


def test_a_passing_failure_is_tried_again(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.on("/a.pdf", Answer(b"", 500), Answer(b"", 502), Answer(PDF))
    assert body(fetcher.get(url)) == PDF
    assert (len(server.seen), hours.waits) == (3, [2.0, 1.0, 6.0])


def test_three_failures_are_enough(server: Server, fetcher: Fetcher) -> None:
    url = server.on("/a.pdf", Answer(b"", 500))
    with pytest.raises(InputError, match=r"/a\.pdf: 127\.0\.0\.1 fails \(HTTP 500 Internal Server Error\), a page or"):
        fetcher.get(url)
    assert len(server.seen) == 3


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("said", ["17", "Mon, 21 Sep 2026 14:13:37 GMT"])  # START_S + 17 s
def test_a_server_is_left_alone_for_as_long_as_it_asks(
    server: Server, fetcher: Fetcher, hours: Hours, status: int, said: str
) -> None:
    url = server.on("/a.pdf", Answer(b"Rate exceeded.", status, {"Retry-After": said}), Answer(PDF))
    assert body(fetcher.get(url)) == PDF
    assert hours.waits == [17.0]


def test_a_server_that_asks_for_hours_is_not_waited_for(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.on("/a.pdf", Answer(b"", 429, {"Retry-After": "7200"}))
    with pytest.raises(InputError, match=r"asks to wait 7,200 s \(HTTP 429 Too Many Requests\); try again after that"):
        fetcher.get(url)
    with pytest.raises(InputError, match=r"/b\.pdf: 127\.0\.0\.1 has too much to do and is not asked now; try again"):
        fetcher.get(server.serve("/b.pdf", PDF))
    assert (len(server.seen), hours.waits) == (1, [])
    hours.at_s += 7200
    assert body(fetcher.get(server.serve("/b.pdf", PDF))) == PDF


def test_a_busy_server_is_not_asked_for_the_next_paper_either(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.on("/a.pdf", Answer(b"", 429, {"Retry-After": "soon"}))
    with pytest.raises(InputError, match=r"has too much to do \(HTTP 429 Too Many Requests\); try again in some minut"):
        fetcher.get(url)
    with pytest.raises(InputError, match="is not asked now; try again in 60 s"):
        fetcher.get(server.serve("/b.pdf", PDF))
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (403, r"refuses to give it to a program (HTTP 403 Forbidden); open it in a browser, save the paper as a PDF"),
        (401, "refuses to give it to a program (HTTP 401 Unauthorized)"),
        (400, "answers HTTP 400 Bad Request, a page or a file was expected; check the address"),
        (304, "answers HTTP 304 Not Modified, a page or a file was expected"),
        (204, "answers HTTP 204 No Content, a page or a file was expected"),
    ],
)
def test_a_refusal_is_not_tried_again(server: Server, fetcher: Fetcher, status: int, message: str) -> None:
    url = server.on("/a.pdf", Answer(b"", status))
    with pytest.raises(InputError) as refused:
        fetcher.get(url)
    assert message in str(refused.value)
    assert len(server.seen) == 1


def test_silence_is_an_answer_too(server: Server, tmp_path: Path, hours: Hours) -> None:
    with fetching(tmp_path, hours, timeout_s=0.1) as fetcher:
        with pytest.raises(InputError, match=r"cannot reach 127\.0\.0\.1: it sent nothing for 0\.1 s; try again later"):
            fetcher.get(server.on("/a.pdf", silent))
    assert len(server.seen) == 3


# --- what breaks off goes on ---


def test_a_broken_download_goes_on_where_it_broke_off(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    url = server.serve("/a.pdf", LONG, etag='"a"')
    server.reactions["/a.pdf"] = [Answer(LONG, headers={"ETag": '"a"'}, cut=50_000), resume(server, "/a.pdf")]
    found = fetcher.get(url, expect="pdf")
    assert body(found) == LONG
    asked = server.seen[1].headers
    assert (asked["range"], asked["if-range"]) == ("bytes=50000-", '"a"')
    assert (len(server.seen), hours.waits) == (2, [2.0, 1.0])
    assert not list(fetcher.cache.glob("*.part*"))


def resume(server: Server, path: str) -> Callable[[Handler], None]:
    """Answer as the file server does, from now on."""

    def react(handler: Handler) -> None:
        del server.reactions[path]
        server.seen.pop()  # it is noted again, and whoever has the answer may look at once
        handler.do_GET()

    return react


def test_another_run_goes_on_where_the_last_broke_off(server: Server, tmp_path: Path, hours: Hours) -> None:
    url = server.on("/a.pdf", Answer(LONG, headers={"Last-Modified": "Mon, 06 May 2024 10:00:00 GMT"}, cut=1000))
    with fetching(tmp_path, hours) as fetcher, pytest.raises(InputError, match=r"broke off \(.*\); try again later"):
        fetcher.get(url)
    assert [seen.headers.get("range") for seen in server.seen] == [None, "bytes=1000-", "bytes=1000-"]
    del server.reactions["/a.pdf"]
    server.serve("/a.pdf", LONG)
    with fetching(tmp_path, hours) as fetcher:
        assert body(fetcher.get(url)) == LONG
    asked = server.seen[3].headers
    assert (asked["range"], asked["if-range"]) == ("bytes=1000-", "Mon, 06 May 2024 10:00:00 GMT")


def test_two_editions_are_never_joined(server: Server, fetcher: Fetcher) -> None:
    url = server.serve("/a.pdf", LONG, etag='"b"')
    server.reactions["/a.pdf"] = [Answer(PDF * 900, headers={"ETag": '"a"'}, cut=50_000), resume(server, "/a.pdf")]
    assert body(fetcher.get(url)) == LONG  # If-Range: "a" is no longer there, so all of "b" comes


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"a"'}])
def test_without_a_strong_validator_it_begins_again(server: Server, fetcher: Fetcher, headers: dict[str, str]) -> None:
    url = server.on("/a.pdf", Answer(LONG, headers=headers, cut=50_000), Answer(LONG))
    assert body(fetcher.get(url)) == LONG
    assert "range" not in server.seen[1].headers


def test_what_was_whole_but_not_yet_put_away_is_not_sent_again(server: Server, fetcher: Fetcher) -> None:
    url = server.serve("/a.pdf", LONG, etag='"a"')
    server.reactions["/a.pdf"] = [
        Answer(LONG, headers={"ETag": '"a"', "Content-Type": "application/pdf"}, length=len(LONG) + 5),
        resume(server, "/a.pdf"),
    ]
    found = fetcher.get(url)
    assert (body(found), found.content_type) == (LONG, "application/pdf")
    assert server.seen[1].headers["range"] == f"bytes={len(LONG)}-"  # answered by 416 bytes */size


def test_a_length_that_is_never_reached_is_an_error(server: Server, fetcher: Fetcher) -> None:
    url = server.on("/a.pdf", Answer(PDF, length=len(PDF) + 1))
    with pytest.raises(InputError, match=r"/a\.pdf: 127\.0\.0\.1 broke off \(.*\); try again later"):
        fetcher.get(url)
    assert len(server.seen) == 3


def test_a_wrong_rest_is_thrown_away(server: Server, fetcher: Fetcher) -> None:
    strong = {"ETag": '"a"'}
    url = server.on(
        "/a.pdf",
        Answer(LONG, headers=strong, cut=50_000),
        Answer(LONG[7:], 206, {**strong, "Content-Range": f"bytes 7-{len(LONG) - 1}/{len(LONG)}"}),
        Answer(LONG, headers=strong),
    )
    assert body(fetcher.get(url)) == LONG
    assert [seen.headers.get("range") for seen in server.seen] == [None, "bytes=50000-", None]


def test_a_rest_in_two_pieces_is_asked_for_twice(server: Server, fetcher: Fetcher) -> None:
    strong, size = {"ETag": '"a"'}, len(LONG)
    url = server.on(
        "/a.pdf",
        Answer(LONG, headers=strong, cut=1000),
        Answer(LONG[1000:5000], 206, {**strong, "Content-Range": f"bytes 1000-4999/{size}"}),
        Answer(LONG[5000:], 206, {**strong, "Content-Range": f"bytes 5000-{size - 1}/{size}"}),
    )
    assert body(fetcher.get(url)) == LONG
    assert [seen.headers.get("range") for seen in server.seen] == [None, "bytes=1000-", "bytes=5000-"]


def test_a_part_that_was_not_asked_for_is_no_file(server: Server, fetcher: Fetcher) -> None:
    part = Answer(LONG[:100], 206, {"Content-Range": f"bytes 0-99/{len(LONG)}"})
    with pytest.raises(InputError, match="did not send the rest that was asked for"):
        fetcher.get(server.on("/a.pdf", part))


def test_nothing_at_all_is_no_file(server: Server, fetcher: Fetcher) -> None:
    with pytest.raises(InputError, match="the server sent nothing, not a page or a file; try again later"):
        fetcher.get(server.on("/a.pdf", Answer(b"")))


def test_slow_is_not_for_ever_and_what_came_is_kept(server: Server, tmp_path: Path) -> None:
    url = server.on("/a.pdf", drip(PDF, 0.05))
    with closing(Fetcher(tmp_path / "cache", delay_s=0, timeout_s=5, total_s=0.3)) as fetcher:
        with pytest.raises(InputError, match=r"did not come whole within 0\.3 s; what has come is kept, so try again"):
            fetcher.get(url)
        (part,) = fetcher.cache.glob("*.part")
        size = part.stat().st_size
        assert 1 <= size < len(PDF)
        del server.reactions["/a.pdf"]
        server.serve("/a.pdf", PDF)
        assert body(fetcher.get(url)) == PDF
    assert server.seen[1].headers["range"] == f"bytes={size}-"


# --- how much, and packed how ---


def test_a_body_without_an_end_is_stopped(server: Server, tmp_path: Path, hours: Hours) -> None:
    with fetching(tmp_path, hours, max_bytes=100_000) as fetcher:
        with pytest.raises(InputError, match="has more than 100,000 bytes, the most that is fetched; save the file"):
            fetcher.get(server.on("/a.pdf", endless))
        assert not list(fetcher.cache.glob("*.part"))
    assert len(server.seen) == 1


def test_a_large_file_is_refused_before_it_comes(server: Server, tmp_path: Path, hours: Hours) -> None:
    with fetching(tmp_path, hours, max_bytes=len(LONG) - 1) as fetcher:
        with pytest.raises(InputError, match=f"has more than {len(LONG) - 1:,} bytes"):
            fetcher.get(server.serve("/a.pdf", LONG))
    with fetching(tmp_path, hours, max_bytes=len(LONG)) as fetcher:
        assert body(fetcher.get(server.serve("/a.pdf", LONG))) == LONG


def test_packed_pages_are_unpacked_and_their_bombs_are_not(server: Server, tmp_path: Path, hours: Hours) -> None:
    page = HTML + b" " * 50_000
    with fetching(tmp_path, hours, max_bytes=60_000) as fetcher:
        assert body(fetcher.get(server.on("/a", packed(page, "text/html")), expect="html")) == page
        with pytest.raises(InputError, match="has more than 60,000 bytes"):
            fetcher.get(server.on("/b", packed(b" " * 10_000_000, "text/html")))
        assert not list(fetcher.cache.glob("*.part*"))


def test_a_packed_page_in_two_halves_is_put_together(server: Server, fetcher: Fetcher) -> None:
    page = HTML + bytes(range(32, 127)) * 500
    whole = gzip.compress(page, mtime=0)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip", "ETag": '"z"'}
    half = Answer(whole[400:], 206, {**headers, "Content-Range": f"bytes 400-{len(whole) - 1}/{len(whole)}"})
    assert body(fetcher.get(server.on("/a", Answer(whole, headers=headers, cut=400), half))) == page


def test_damaged_packing_is_fetched_again_and_strange_packing_refused(server: Server, fetcher: Fetcher) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    whole = gzip.compress(HTML, mtime=0)
    for at, broken in enumerate((b"not gzip", whole[:-9], whole[:20] + b"\xff\xff" + whole[22:])):
        url = server.on(f"/{at}", Answer(broken, headers=headers), Answer(whole, headers=headers))
        assert body(fetcher.get(url)) == HTML
    with pytest.raises(InputError, match="is packed as 'br', gzip was asked for; save the file and add it"):
        fetcher.get(server.on("/b", Answer(b"?", headers={"Content-Encoding": "br"})))


# --- where redirects lead ---


def test_redirects_are_followed_to_the_file(server: Server, fetcher: Fetcher, hours: Hours) -> None:
    there = server.serve("/pdf/2408.03281v2", PDF)
    url = server.on("/pdf/2408.03281v2.pdf", redirect("/pdf/2408.03281v2"))
    found = fetcher.get(url)
    assert (body(found), found.url, hours.waits) == (PDF, there, [3.0])
    assert fetcher.get(url).cached


def test_five_redirects_are_enough(server: Server, fetcher: Fetcher) -> None:
    server.serve("/5", PDF)
    for step in range(5):
        server.on(f"/{step}", redirect(f"/{step + 1}", 302))
    assert body(fetcher.get(server.url + "/0")) == PDF
    loop = server.on("/loop", redirect("/loop"))
    with pytest.raises(InputError, match="leads on from address to address, more than 5 times, and to no page or file"):
        fetcher.get(loop)
    assert server.paths.count("/loop") == 6


def test_each_request_has_its_own_connection_so_that_none_passes_by_unjudged(server: Server, fetcher: Fetcher) -> None:
    kept = {"Connection": "keep-alive"}
    server.on("/a.pdf", Answer(b"", 301, {"Location": "/b.pdf", **kept}))
    server.on("/b.pdf", Answer(PDF, headers=kept))
    assert body(fetcher.get(server.url + "/a.pdf")) == PDF
    assert server.connections == 2


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/a.pdf", "gopher://127.0.0.1/"])
def test_redirects_lead_to_no_other_scheme(server: Server, fetcher: Fetcher, to: str) -> None:
    with pytest.raises(InputError, match="cannot be fetched, only http:// and https:// addresses can"):
        fetcher.get(server.on("/a.pdf", redirect(to)))
    assert len(server.seen) == 1


@pytest.mark.parametrize("url", ["https://", "http://[::1/", "file:///etc/passwd", "a.pdf"])
def test_what_is_no_address_is_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(InputError, match=r"(is no web address|cannot be fetched, only http:// and https://)"):
        fetcher.get(url)


def names_lead_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all names of hosts lead to this machine."""
    ask = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: ask("127.0.0.1", *rest, **more))


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:1/",
        "http://[::1]:1/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://localhost:1/",
    ],
)
def test_a_public_page_leads_to_no_private_address(
    server: Server, tmp_path: Path, hours: Hours, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    names_lead_here(monkeypatch)
    public = f"http://papers.example:{server.server_port}/a.pdf"
    server.on("/a.pdf", redirect(to))
    met = iter([False])  # the first connection counts as a public one
    private: Callable[[str], bool] = lambda host: is_private(host) and next(met, True)  # noqa: E731
    with fetching(tmp_path, hours, private=private) as fetcher:
        with pytest.raises(InputError, match=r"leads to .*, an address of a private network; only a public one is fol"):
            fetcher.get(public)
    assert len(server.seen) == 1


def test_a_public_name_that_leads_into_a_private_network_is_not_asked(
    server: Server, tmp_path: Path, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    names_lead_here(monkeypatch)
    port = server.server_port
    server.on("/a.pdf", redirect(f"http://inner.example:{port}/secret"))
    server.serve("/secret", PDF)
    met = iter([False])
    with fetching(tmp_path, hours, private=lambda host: is_private(host) and next(met, True)) as fetcher:
        with pytest.raises(InputError) as refused:
            fetcher.get(f"http://papers.example:{port}/a.pdf")
    assert "papers.example" in str(refused.value)
    assert "leads to inner.example (127.0.0.1), an address of a private network" in str(refused.value)
    assert server.paths == ["/a.pdf"]  # connected, judged, and hung up before a byte was sent


def test_a_private_address_that_was_typed_may_lead_on(server: Server, tmp_path: Path, hours: Hours) -> None:
    server.serve("/b.pdf", PDF)
    url = server.on("/a.pdf", redirect(f"{server.url.replace('127.0.0.1', 'localhost')}/b.pdf"))
    with fetching(tmp_path, hours) as fetcher:
        assert body(fetcher.get(url)) == PDF
    with fetching(tmp_path / "served", hours, typed_private=False) as fetcher:
        with pytest.raises(InputError, match=r"leads to 127\.0\.0\.1, an address of a private network"):
            fetcher.get(url)
    assert server.paths == ["/a.pdf", "/b.pdf"]


def test_private_addresses_are_known_in_every_disguise() -> None:
    private = (
        "127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 :: fe80::1 "
        "fe80::1%eth0 fc00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: ff02::1 [::1] localhost "
        "a.localhost LOCALHOST. printer.local db.internal 64:ff9b:1::a00:1 64:ff9b:1:ffff::808:808 fec0::1 ::10.0.0.1"
    )
    public = "8.8.8.8 151.101.3.42 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 arxiv.org local.example notlocalhost"
    assert [host for host in private.split() if not is_private(host)] == []
    assert [host for host in public.split() if is_private(host)] == []


# --- what came ---


def test_a_page_that_asks_for_a_person_is_no_pdf(server: Server, fetcher: Fetcher) -> None:
    url = server.on("/pdf/2408.03281v2", Answer(CAPTCHA, headers={"Content-Type": "application/pdf"}))
    with pytest.raises(InputError) as refused:
        fetcher.get(url, expect="pdf")
    assert str(refused.value) == (
        f"{url}: the site wants to see a person ('arXiv reCAPTCHA'); "
        "open it in a browser, save the paper as a PDF and add that file"
    )
    with pytest.raises(InputError, match="the site wants to see a person"):
        fetcher.get(url, expect="html")
    assert [path.suffix for path in fetcher.cache.iterdir() if path.is_file() and path.suffix != ".lock"] == []


def test_another_page_is_no_pdf_either_and_a_paper_on_captchas_is_a_paper(server: Server, fetcher: Fetcher) -> None:
    page = HTML.replace(b"<title>Orchids", b"<title>\nBreaking  reCAPTCHA &amp; Co.")
    url = server.serve("/a", page, "text/html; charset=utf-8")
    with pytest.raises(InputError, match=r"a web page \('Breaking reCAPTCHA & Co\.'\) came where a PDF was expected"):
        fetcher.get(url, expect="pdf")
    assert fetcher.get(url, expect="html").kind == "html"
    with pytest.raises(InputError, match="came where a PDF was expected"):
        fetcher.get(url, expect="pdf")
    assert len(server.seen) == 2  # the last answer came from the cache


def test_a_long_page_is_read_whatever_it_is_called(server: Server, fetcher: Fetcher) -> None:
    page = HTML.replace(b"Orchids", b"Access denied") + b"<p>Orchids at the door. " * 4000
    assert body(fetcher.get(server.serve("/a", page, "text/html"))) == page


TAR = b"paper.tex".ljust(257, b"\x00") + b"ustar\x0000".ljust(255, b"\x00")


@pytest.mark.parametrize(
    ("head", "said", "url", "kind", "suffix"),
    [
        (PDF, "text/html", "https://x.example/a", "pdf", ".pdf"),
        (b"\n\n" + PDF, "", "https://x.example/a", "pdf", ".pdf"),
        (HTML, "application/pdf", "https://x.example/a.pdf", "html", ".html"),
        (b"\xef\xbb\xbf<!-- x -->\n<HTML>", "", "https://x.example/", "html", ".html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', "", "https://x.example/", "html", ".html"),
        (b"<p>a fragment", "text/html", "https://x.example/", "html", ".html"),
        (gzip.compress(TAR, mtime=0), "application/gzip", "https://arxiv.org/src/2408.03281v2", "archive", ".tar.gz"),
        (gzip.compress(b"\\documentclass{article}", mtime=0), "", "https://arxiv.org/src/cs/0112017", "archive", ".gz"),
        (TAR, "application/x-tar", "https://x.example/a", "archive", ".tar"),
        (b"# Orchids\n", "text/plain", "https://x.example/README.md?raw=1", "text", ".md"),
        (b"# Orchids\n", "text/markdown; charset=utf-8", "https://x.example/raw", "text", ".md"),
        ("난초".encode(), "text/plain", "https://x.example/난초.php", "text", ".txt"),
        (b"\\documentclass{article}", "application/x-tex", "https://x.example/a", "text", ".tex"),
        (b"PK\x03\x04", "application/octet-stream", "https://x.example/Paper.DOCX", "other", ".docx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "https://x.example/x1", "other", ".png"),
        (b"\x00\x01", "", "https://x.example/a.tar/..%2f", "other", ".bin"),
    ],
)
def test_bytes_say_what_a_file_is(head: bytes, said: str, url: str, kind: str, suffix: str) -> None:
    assert kind_of(head, said) == kind
    assert suffix_of(kind_of(head, said), head, url, said) == suffix


def test_many_comments_before_what_is_no_page_cost_little() -> None:
    begun = time.perf_counter()
    assert kind_of(b"<!-- a -->\n" * 24, "text/plain") == "text"
    assert kind_of(b"<!-- a -->\n" * 1_400, "text/plain") == "text"
    assert time.perf_counter() - begun < 1
    assert kind_of(b"<!-- a -->\n" * 1_400 + HTML, "text/plain") == "html"


# --- two at once ---

ONE_OF_TWO = """
import sys
from pathlib import Path
from index.remote.fetch import Fetcher
found = Fetcher(Path(sys.argv[1]), delay_s=0.2).get(sys.argv[2], expect="pdf")
sys.stdout.write(f"{found.sha256} {found.cached}")
"""


def test_two_processes_at_once_fetch_once(server: Server, tmp_path: Path) -> None:
    url = server.serve("/pdf/2408.03281v2", LONG)
    run = [sys.executable, "-c", ONE_OF_TWO, str(tmp_path / "cache"), url]
    both = [subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(process.communicate(timeout=60)[0] for process in both)
    sha256 = hashlib.sha256(LONG).hexdigest()
    assert said == [f"{sha256} False", f"{sha256} True"]
    assert len(server.seen) == 1
    (record,) = (tmp_path / "cache").glob("*.json")
    assert json.loads(record.read_text(encoding="utf-8"))["sha256"] == sha256

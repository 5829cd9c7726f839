"""arXiv's catalogue and texts, from a server on this machine that answers in arXiv's shapes."""

import errno
import json
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import InputError
from index.remote.address import ArxivId
from index.remote.arxiv import BATCH, Arxiv, Metadata, RemotePaper
from index.remote.atom import read_feed
from index.remote.fetch import DAY_S, Fetcher
from index.remote.polite import Clock
from tests.arxiv_server import (
    CAPTCHA,
    HTML,
    PDF,
    Answer,
    Paper,
    Server,
    atom,
    entry,
    error_feed,
    packed,
    running,
)

PAPER = ArxivId("2408.03281")
SECOND = ArxivId("2408.03281", 2)
OLD = ArxivId("hep-th/9901001")
ORCHIDS = Metadata(
    id="2408.03281",
    version=2,
    title="Orchids that Improve Themselves",
    authors=("Ada Kim", "Bo Lee"),
    year=2024,
)
CUT = HTML.replace(b"</body>", b"<p>Conversion to HTML had a Fatal error and exited abruptly.</p></body>")


class Site:
    """The server, an Arxiv that asks it, and a clock that moves only by waiting."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.at_s = 1_790_000_000.0  # 2026-09-21
        self.waits: list[float] = []
        self.fetcher = Fetcher(folder, timeout_s=5, clock=Clock(lambda: self.at_s, lambda: self.at_s, self.sleep))
        self.arxiv = Arxiv(self.fetcher, api=f"{server.url}/api/query", site=server.url)

    def sleep(self, wait_s: float) -> None:
        self.waits.append(wait_s)
        self.at_s += wait_s


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running() as server:
        server.papers = {"2408.03281": Paper("2408.03281"), "hep-th/9901001": Paper("hep-th/9901001", "0")}
        site = Site(server, tmp_path / "cache")
        with closing(site.fetcher):
            yield site


def disconnect(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", unreachable)


def metadata(site: Site, paper: ArxivId) -> Metadata:
    said = site.arxiv.metadata([paper])[paper]
    assert isinstance(said, Metadata), said
    return said


def refusal(site: Site, paper: ArxivId) -> str:
    said = site.arxiv.metadata([paper])[paper]
    assert isinstance(said, InputError), said
    return str(said)


# --- the catalogue ---


def test_a_paper_is_described_by_its_latest_version(site: Site) -> None:
    assert metadata(site, PAPER) == ORCHIDS
    assert site.server.paths == ["/api/query?id_list=2408.03281&max_results=1"]


def test_what_only_some_papers_have_is_told_too(site: Site) -> None:
    extra = "<arxiv:comment>9 pages,\n 2 figures</arxiv:comment><arxiv:doi>10.1000/orchid</arxiv:doi>"
    site.server.papers["2408.03281"] = Paper("2408.03281", "난초 <i>", ("김난초",), extra=extra)
    said = metadata(site, PAPER)
    assert (said.title, said.authors, said.doi) == ("난초 <i>", ("김난초",), "10.1000/orchid")


def test_an_exact_version_is_described_by_itself(site: Site) -> None:
    first = metadata(site, ArxivId("2408.03281", 1))
    assert (first.version, first.year) == (1, 2024)


def test_old_ids_and_short_titles_are_papers(site: Site) -> None:
    said = metadata(site, OLD)
    assert (said.id, said.title) == ("hep-th/9901001", "0")
    assert site.server.paths == ["/api/query?id_list=hep-th/9901001&max_results=1"]


def test_many_papers_are_asked_for_fifty_at_a_time(site: Site) -> None:
    papers = [ArxivId(f"2408.{number:05}") for number in range(1, 121)]
    site.server.papers = {paper.id: Paper(paper.id) for paper in papers}
    said = site.arxiv.metadata([*papers, papers[0]])
    assert list(said) == papers
    assert {entry.id for entry in said.values() if isinstance(entry, Metadata)} == {paper.id for paper in papers}
    counts = [path.partition("max_results=")[2] for path in site.server.paths]
    assert counts == [str(BATCH), str(BATCH), "20"]
    assert site.waits == [3.0, 3.0]


def test_a_version_and_the_latest_can_be_asked_for_together(site: Site) -> None:
    said = site.arxiv.metadata([ArxivId("2408.03281", 1), PAPER])
    assert [entry.version for entry in said.values() if isinstance(entry, Metadata)] == [1, 2]


def test_unknown_papers_are_named_and_the_others_go_on(site: Site) -> None:
    unknown, ninth = ArxivId("2408.99999"), ArxivId("2408.03281", 9)
    said = site.arxiv.metadata([unknown, PAPER, ninth])
    assert said[PAPER] == ORCHIDS
    assert str(said[unknown]) == "2408.99999: arXiv knows no such paper; check the id"
    assert str(said[ninth]) == (
        "2408.03281v9: arXiv knows no such paper; check the id, or leave the version out for the latest"
    )
    assert len(site.server.seen) == 1


@pytest.mark.parametrize("status", [400, 200])
def test_a_refused_id_does_not_cost_the_others(site: Site, status: int) -> None:
    bad, worse = ArxivId("orchids"), ArxivId("1234.1")
    answers = [error_feed(f"incorrect id format for {paper.id}", status=status) for paper in (bad, worse)]
    site.server.on("/api/query", *answers, atom([entry(Paper("2408.03281"), 2)]))
    said = site.arxiv.metadata([bad, PAPER, worse])
    assert said[PAPER] == ORCHIDS
    assert str(said[bad]) == (
        f"orchids: arXiv's catalogue refuses it ('incorrect id format for orchids'); check the id at {site.server.url}"
    )
    assert "'incorrect id format for 1234.1'" in str(said[worse])
    asked = [path.partition("id_list=")[2] for path in site.server.paths]
    assert asked == [
        "orchids,2408.03281,1234.1&max_results=3",
        "2408.03281,1234.1&max_results=2",
        "2408.03281&max_results=1",
    ]


def test_the_server_of_these_tests_refuses_as_arxiv_does(site: Site) -> None:
    said = site.arxiv.metadata([ArxivId("orchids"), PAPER])
    assert said[PAPER] == ORCHIDS
    assert "incorrect id format for orchids" in str(said[ArxivId("orchids")])


def test_an_error_that_names_no_paper_is_said_of_all(site: Site) -> None:
    site.server.on("/api/query", error_feed("the index is closed"))
    said = site.arxiv.metadata([PAPER, OLD])
    assert ["'the index is closed'" in str(error) for error in said.values()] == [True, True]
    assert len(site.server.seen) == 1


def test_an_empty_answer_by_mistake_is_asked_for_again(site: Site) -> None:
    site.server.on("/api/query", atom([], total=1), atom([entry(Paper("2408.03281"), 2)]))
    assert metadata(site, PAPER) == ORCHIDS
    site.server.on("/api/query", atom([], total=1))
    assert "arXiv knows no such paper" in refusal(site, OLD)
    assert len(site.server.seen) == 4


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (b"Rate exceeded.", "'Rate exceeded.'"),
        (CAPTCHA, "'<!doctype html><html><head><title>arXiv reCAPTCHA"),
        (b"<feed><entry>", "'<feed><entry>'"),
        (b"<feed/>", "'<feed/>'"),
        (
            b'<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&a;</title></feed>',
            "'<!DOCTYPE feed [<!ENTITY a ",
        ),
        ('<?xml version="1.0"?><!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed/>'.encode("utf-16"), "'��<\\x00"),
    ],
)
def test_what_is_no_feed_is_said(site: Site, body: bytes, seen: str) -> None:
    site.server.on("/api/query", Answer(body))
    message = refusal(site, PAPER)
    assert message.startswith(f"arXiv's catalogue answered {seen}")
    assert message.endswith(", an Atom feed was expected; try again in some minutes")


def test_entries_that_are_no_papers_are_passed_over() -> None:
    odd = ["<entry/>", "<entry><id>https://arxiv.org/abs/2413.00001</id></entry>", "<entry><id>notes.md</id></entry>"]
    bare = "<entry><id>http://arxiv.org/abs/2408.03281</id></entry>"
    assert read_feed(atom([*odd, bare]).body).papers == (Metadata("2408.03281", 1, "", (), None),)


def test_a_catalogue_that_fails_is_an_error_for_each_paper(site: Site) -> None:
    site.server.on("/api/query", Answer(b"", 500))
    said = site.arxiv.metadata([PAPER, OLD])
    assert ["fails (HTTP 500 Internal Server Error)" in str(error) for error in said.values()] == [True, True]


# --- what is remembered ---


def test_the_catalogue_is_asked_once_a_day(site: Site) -> None:
    metadata(site, PAPER)
    site.at_s += DAY_S - 1
    assert metadata(site, PAPER) == ORCHIDS
    assert len(site.server.seen) == 1
    site.server.papers["2408.03281"] = Paper("2408.03281", versions=("2024-05-06", "2024-06-14", "2025-01-02"))
    site.at_s += 1
    third = metadata(site, PAPER)
    assert third.version == 3


def test_an_exact_version_is_asked_for_once(site: Site) -> None:
    metadata(site, SECOND)
    site.at_s += 4000 * DAY_S
    assert metadata(site, SECOND).version == 2
    assert len(site.server.seen) == 1


def test_without_a_network_the_earlier_answer_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    metadata(site, PAPER)
    site.at_s += 2 * DAY_S
    disconnect(site, monkeypatch)
    said = site.arxiv.metadata([PAPER, OLD])
    old = said[PAPER]
    assert isinstance(old, Metadata)
    assert (old.title, old.note is not None) == (ORCHIDS.title, True)
    assert "the catalogue's earlier answer is used; " in (old.note or "")
    assert "you seem to be offline" in str(said[OLD])


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"at": 1.0}', '{"at": 1.0, "metadata": {"id": "x"}}'])
def test_a_damaged_record_is_asked_for_again(site: Site, damage: str) -> None:
    metadata(site, SECOND)
    record = site.fetcher.cache / "arxiv" / "2408.03281v2.entry.json"
    record.write_text(damage, encoding="utf-8")
    assert metadata(site, SECOND).title == ORCHIDS.title
    assert json.loads(record.read_text(encoding="utf-8"))["metadata"]["title"] == ORCHIDS.title
    assert len(site.server.seen) == 2


# --- the texts ---


def test_html_is_taken_where_there_is_some(site: Site) -> None:
    site.server.on("/html/2408.03281v2", packed(HTML, "text/html; charset=utf-8"))
    text = site.arxiv.fulltext(SECOND)
    assert (text.kind, text.path.read_bytes(), text.note) == ("html", HTML, None)
    assert site.server.paths == ["/html/2408.03281v2"]


def test_the_pdf_is_taken_where_there_is_no_html(site: Site) -> None:
    site.server.serve("/pdf/2408.03281v2", PDF)
    text = site.arxiv.fulltext(SECOND)
    assert (text.kind, text.path.read_bytes(), text.note) == ("pdf", PDF, None)
    assert text.path.suffix == ".pdf"
    assert site.server.paths == ["/html/2408.03281v2", "/pdf/2408.03281v2"]
    assert site.arxiv.fulltext(SECOND).path == text.path
    assert len(site.server.seen) == 2  # neither is asked for again
    assert site.waits == [3.0]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(CUT, headers={"Content-Type": "text/html"}), "arXiv could not turn all of the paper into HTML"),
        (Answer(b"", 500), "fails (HTTP 500"),  # arXiv's answer for some papers that have none
        (Answer(CAPTCHA), "the site wants to see a person ('arXiv reCAPTCHA')"),
    ],
)
def test_the_pdf_is_taken_where_the_html_is_of_no_use_and_why_is_said(site: Site, answer: Answer, why: str) -> None:
    site.server.on("/html/2408.03281v2", answer)
    site.server.serve("/pdf/2408.03281v2", PDF)
    text = site.arxiv.fulltext(SECOND)
    assert text.kind == "pdf"
    assert (text.note or "").startswith(f"{site.server.url}/html/2408.03281v2: ")
    assert why in (text.note or "")
    count = len(site.server.seen)
    assert site.arxiv.fulltext(SECOND) == replace(text, cached=True)
    assert len(site.server.seen) == count  # what failed is not tried again at once
    site.at_s += DAY_S
    site.server.on("/html/2408.03281v2", Answer(HTML, headers={"Content-Type": "text/html"}))
    assert site.arxiv.fulltext(SECOND).kind == ("pdf" if answer.body == CUT else "html")


def test_a_text_once_taken_stays_the_same(site: Site) -> None:
    site.server.serve("/pdf/2408.03281v2", PDF)
    first = site.arxiv.fulltext(SECOND)
    site.server.serve("/html/2408.03281v2", HTML, "text/html")
    site.at_s += 400 * DAY_S
    assert site.arxiv.fulltext(SECOND) == replace(first, cached=True)
    assert len(site.server.seen) == 2
    first.path.unlink()
    again = site.arxiv.fulltext(SECOND)
    assert (again.path, again.note) == (first.path, "the copy in the cache was damaged and has been fetched again")
    (choice,) = (site.fetcher.cache / "arxiv").glob("*.text.json")
    choice.write_text("{", encoding="utf-8")
    assert site.arxiv.fulltext(SECOND).kind == "html"


def test_a_page_in_place_of_the_pdf_is_no_text(site: Site) -> None:
    site.server.serve("/pdf/2408.03281v2", HTML, "text/html")
    with pytest.raises(
        InputError, match=r"a web page \('Orchids'\) came where a PDF was expected; open it in a browse"
    ):
        site.arxiv.fulltext(SECOND)


def test_a_paper_without_a_text_is_said_to_have_none(site: Site) -> None:
    with pytest.raises(InputError) as refused:
        site.arxiv.fulltext(SECOND)
    assert str(refused.value) == (
        "2408.03281v2: arXiv has no HTML and no PDF of it: it is withdrawn or was never there; "
        f"see {site.server.url}/abs/2408.03281, or add an earlier version"
    )
    with pytest.raises(InputError, match=r"2408\.03281: arXiv has no HTML and no PDF of it: .*/abs/2408\.03281$"):
        site.arxiv.fulltext(PAPER)


# --- both ---


def test_a_paper_comes_whole_and_a_second_run_needs_no_network(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.server.serve("/html/2408.03281v2", HTML, "text/html")
    first = site.arxiv.fetch_paper(PAPER)
    assert first == RemotePaper(SECOND, ORCHIDS, first.path, "html", f"{site.server.url}/html/2408.03281v2")
    assert first.path.read_bytes() == HTML
    assert site.server.paths == ["/api/query?id_list=2408.03281&max_results=1", "/html/2408.03281v2"]
    assert site.waits == [3.0]
    disconnect(site, monkeypatch)
    assert site.arxiv.fetch_paper(PAPER) == first
    site.at_s += 30 * DAY_S
    later = site.arxiv.fetch_paper(PAPER)
    assert (later.path, later.id) == (first.path, SECOND)
    assert "the catalogue's earlier answer is used; " in (later.note or "")
    assert len(site.server.seen) == 2


def test_an_exact_version_is_the_one_that_comes(site: Site) -> None:
    site.server.serve("/pdf/2408.03281v1", PDF)
    paper = site.arxiv.fetch_paper(ArxivId("2408.03281", 1))
    assert (paper.id.canonical, paper.kind, paper.metadata and paper.metadata.version) == ("2408.03281v1", "pdf", 1)


def test_a_silent_catalogue_costs_the_metadata_only(site: Site) -> None:
    site.server.on("/api/query", Answer(b"Rate exceeded.", 429))
    site.server.on("/html/2408.03281", Answer(b"", 404))
    site.server.serve("/pdf/2408.03281", PDF)
    # the catalogue is another host than the texts, so that one may rest while the other is asked
    site.arxiv = Arxiv(
        site.fetcher, api=f"{site.server.url}/api/query", site=site.server.url.replace("127.0.0.1", "localhost")
    )
    paper = site.arxiv.fetch_paper(PAPER)
    assert (paper.id, paper.metadata, paper.kind) == (PAPER, None, "pdf")
    assert (paper.note or "").startswith("title and authors are the file's own, as the catalogue is silent: http")


def test_an_unknown_paper_is_not_looked_for_further(site: Site) -> None:
    with pytest.raises(InputError, match=r"2408\.99999: arXiv knows no such paper; check the id"):
        site.arxiv.fetch_paper(ArxivId("2408.99999"))
    assert len(site.server.seen) == 1


def test_offline_is_said_where_nothing_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    disconnect(site, monkeypatch)
    with pytest.raises(InputError, match=r"Network is unreachable\): you seem to be offline; connect, or add the PDF"):
        site.arxiv.fetch_paper(PAPER)
    assert site.waits == []  # nothing was sent, so there is nothing to wait for

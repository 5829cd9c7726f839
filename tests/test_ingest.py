"""Papers of all kinds into a Library: what becomes of each, what is kept when it is stopped, and where names come from."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from index import ingest as ingestion
from index import library
from index.embed import Embedder
from index.errors import InputError
from index.gather import Found, gather
from index.ingest import Outcome, ingest, read_all
from index.library import Library
from index.load import Document, document_of, parse
from index.obtain import Sites
from index.prepare import prepare
from index.processes import bounded
from index.processes.worker import Limits
from index.readers import beside
from index.readers.beside import files_beside
from index.readers.reading import Reading
from index.remote import request
from index.remote.address import ArxivId, Url
from index.remote.atom import Metadata
from index.storage.store import Store
from tests import arxiv_server
from tests.arxiv_server import Paper, Server

HTML = b"""<!doctype html><html lang="en"><head><title>Orchid Notes</title></head><body><article>
<h1>Orchid Notes</h1><h2>1 Watering</h2><p>Orchids drink on Mondays.</p>
<h2>References</h2><p>[1] A. Gardener. All about moss. 2019.</p></article></body></html>"""
TEX = rb"""\documentclass{article}\title{Moss and Light}\author{Ada Kim}\begin{document}\maketitle
\section{Shade}\label{s}Moss likes the shade. \input{part}\end{document}"""


@pytest.fixture(autouse=True)
def one_embedder(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "open_embedder", lambda name: {embedder.name: embedder}[name])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True) as found:
        yield found


@pytest.fixture
def server() -> Iterator[Server]:
    with arxiv_server.running() as found:
        yield found


def sites(server: Server) -> Sites:
    return Sites(api=f"{server.url}/api/query", site=server.url, delay_s=0.0)


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_heading("Fern Report", 0)
    document.add_heading("Growth", 1)
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def kept(opened: Library, doc_id: str | None) -> Document:
    document = opened.store.document(doc_id or "")
    assert document is not None
    return document


# kinds


def test_papers_of_all_kinds_are_added_in_one_call_and_a_bad_one_stops_none(opened: Library, tmp_path: Path) -> None:
    files = {
        "notes.html": HTML,
        "report.docx": word("Ferns grow towards the light."),
        "moss.zip": packed({"main.tex": TEX, "part.tex": b"It drinks fog."}),
        "plain.txt": b"Ivy climbs the wall.",
        "wrong.pdf": HTML,  # the content counts
        "broken.pdf": b"%PDF-1.7 cut",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    outcomes = opened.add([tmp_path / name for name in files])
    assert [(Path(o.source).name, o.status, o.doc_id) for o in outcomes] == [
        ("notes.html", "added", "notes"),
        ("report.docx", "added", "report"),
        ("moss.zip", "added", "moss"),
        ("plain.txt", "added", "plain"),
        ("wrong.pdf", "unchanged", "notes"),
        ("broken.pdf", "refused", None),
        ("picture.png", "refused", None),
    ]
    assert "the PDF is broken or cut off" in str(outcomes[5].reason)
    assert "a PNG image" in str(outcomes[6].reason) and "OCR" in str(outcomes[6].reason)
    moss = kept(opened, "moss")
    assert (moss.title, moss.authors) == ("Moss and Light", ("Ada Kim",))
    assert [section.path for section in moss.sections if section.path] == [("1 Shade",)]
    assert "It drinks fog." in moss.text
    assert [section.path for section in kept(opened, "report").sections if section.path] == [("Growth",)]
    for term in ("orchid", "fern", "fog", "ivy"):
        assert term in opened.index.words, term
    assert Library.verify(opened.folder) == []


def test_a_latex_source_brings_the_files_beside_it(opened: Library, tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_bytes(TEX)
    (tmp_path / "part.tex").write_bytes(b"It drinks fog.")
    (tmp_path / "other.tex").write_bytes(TEX.replace(b"Moss and Light", b"Another Paper"))
    (outcome,) = opened.add([tmp_path / "paper.tex"])
    paper = kept(opened, outcome.doc_id)
    assert (paper.title, "It drinks fog." in paper.text) == ("Moss and Light", True)


def test_what_cannot_be_read_beside_a_latex_source_is_left_out(opened: Library, tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_bytes(TEX)
    (tmp_path / "part.tex").write_bytes(b"It drinks fog.")
    (tmp_path / "loop.tex").symlink_to(tmp_path / "loop.tex")
    (tmp_path / "pipe.bib").mkdir()
    os.mkfifo(tmp_path / "pipe.bib" / "x.bib")
    (outcome,) = opened.add([tmp_path / "paper.tex"])
    assert "It drinks fog." in kept(opened, outcome.doc_id).text
    data = b"x"

    def denied(path: Path) -> bytes:
        if path.name == "part.tex":
            raise PermissionError(13, "Permission denied")
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        (tmp_path / "own.sty").write_text("x")
        assert files_beside(tmp_path / "paper.tex") == {"own.sty": data}


def test_only_so_much_is_looked_at_beside_a_latex_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["b.bib", "a/a.tex", "a/b/c/c.tex", "a/b/c/d/d.tex", ".cache/e.tex", "z/z.sty", "notes.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(files_beside(tmp_path / "paper.tex")) == ["a/a.tex", "a/b/c/c.tex", "b.bib", "z/z.sty"]
    monkeypatch.setattr(beside, "MAX_FOLDERS", 2)
    assert list(files_beside(tmp_path / "paper.tex")) == ["a/a.tex", "b.bib"]
    monkeypatch.setattr(beside, "MAX_FILES", 1)
    assert list(files_beside(tmp_path / "paper.tex")) == ["b.bib"]


def test_lists_of_references_are_marked(opened: Library, tmp_path: Path) -> None:
    (tmp_path / "notes.html").write_bytes(HTML)
    opened.add([tmp_path / "notes.html"])
    (partition,) = opened.index.partitions
    marked = [p.path[-1] for p in opened.store.passages(partition.rows[partition.references])]
    assert marked == ["References"]


# what is given


def test_folders_patterns_ids_and_addresses_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "b.PDF", "c.tar.gz", "d.tex", "e.png"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    given = ["2408.03281v2", "https://a.example/x.html#part", "*.md", "none*.md", "gone.md", "2413.00001", "."]
    found = [(f.source, f.reason is None, f.address is not None) for f in gather(given)]
    assert found == [
        ("arXiv:2408.03281", True, True),
        ("https://a.example/x.html", True, True),
        (str(tmp_path / "a.md"), True, False),
        (str(tmp_path / "none*.md"), False, False),
        (str(tmp_path / "gone.md"), False, False),
        ("2413.00001", False, False),
        (str(tmp_path / "a.md"), True, False),
        (str(tmp_path / "b.PDF"), True, False),
        (str(tmp_path / "c.tar.gz"), True, False),
    ]


def test_a_file_that_is_called_like_an_id_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2408.03281").write_text("text")
    monkeypatch.chdir(tmp_path)
    (found,) = gather(["2408.03281"])
    assert (found.source, found.address) == (str(tmp_path / "2408.03281"), None)


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "papers", tmp_path / "private"
    inside.mkdir()
    outside.mkdir()
    (outside / "diary.md").write_text("mine")
    (inside / "own.md").write_text("x")
    (inside / "again.md").symlink_to(inside / "own.md")
    (inside / "file.md").symlink_to(outside / "diary.md")
    (inside / "folder").symlink_to(outside)
    found = {Path(f.source).name: f.reason for f in gather([inside])}
    assert found["own.md"] is None and found["again.md"] is None
    for name in ("file.md", "folder"):
        assert "the link leads out of the folder; to add what is there, name it itself" in str(found[name])


# names


METADATA = Metadata("2408.03281", 2, "Catalogue Title", ("Ada Kim",), 2024, doi="10.1/x")


def test_a_paper_of_arxiv_is_named_by_its_catalogue(tmp_path: Path) -> None:
    (tmp_path / "f.html").write_bytes(HTML)
    found = Found(tmp_path / "f.html", "arXiv:2408.03281", address=ArxivId("2408.03281"), metadata=METADATA)
    document = prepare(found, 10_000)
    assert (document.doc_id, document.work, document.identity) == ("arxiv-2408.03281",) * 3
    assert (document.title, document.authors, document.year) == ("Catalogue Title", ("Ada Kim",), 2024)
    assert (document.arxiv, document.doi) == ("2408.03281", "10.1/x")
    assert document.url == "https://arxiv.org/abs/2408.03281v2"


def test_a_paper_of_arxiv_has_its_own_name_where_the_catalogue_is_silent(tmp_path: Path) -> None:
    (tmp_path / "0a1b2c.html").write_bytes(HTML)
    found = Found(tmp_path / "0a1b2c.html", "arXiv:2408.03281", address=ArxivId("2408.03281", 2))
    document = prepare(found, 10_000)
    assert (document.doc_id, document.work, document.identity) == ("arxiv-2408.03281",) * 3
    assert (document.title, document.arxiv) == ("Orchid Notes", "2408.03281")
    assert document.url == "https://arxiv.org/abs/2408.03281v2"


def test_a_page_of_the_web_is_named_by_its_address(tmp_path: Path) -> None:
    (tmp_path / "0a1b2c.html").write_bytes(HTML)
    url = "https://a.example/blog/My%20Orchids.html"
    document = prepare(Found(tmp_path / "0a1b2c.html", url, address=Url(url)), 10_000)
    assert (document.doc_id, document.url, document.source) == ("My-Orchids", url, url)


def test_pages_stamps_and_what_a_reader_says_reach_the_document() -> None:
    text = "# T\n\n## 1 One\n\nfirst\n\n## 2 Two\n\nsecond\n"
    reading = Reading(text, title="T", authors=("A",), year=2020, arxiv="hep-th/9901001", pages=(0, 20))
    document = document_of(reading, doc_id="file", source="/x/file.pdf")
    assert (document.doc_id, document.identity, document.year) == ("arxiv-hep-th-9901001", "arxiv-hep-th-9901001", 2020)
    assert [document.page(at) for at in (0, 19, 20, len(text))] == [1, 1, 2, 2]
    with pytest.raises(InputError, match="the file has no text; a scanned paper needs OCR"):
        document_of(Reading(" \n"), doc_id="x", source="x")


# what breaks no batch


def test_one_file_that_cannot_be_read_or_stored_ends_no_batch(
    opened: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "a.md": '---\ntitle: "\\ud800"\n---\nbody of a\n',
        "b.md": "---\nyear: 99999999999999999999\n---\nbody of b\n",
        "c.md": "body of c\n",
        "d.md": "body of d\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def failing(file: Found, max_bytes: int) -> Document:
        if file.path.name == "c.md":
            raise RecursionError("too deep")
        return prepare(file, max_bytes)

    monkeypatch.setattr(ingestion, "prepare", failing)
    outcomes = opened.add([tmp_path / name for name in files])
    assert [(o.status, o.doc_id) for o in outcomes] == [
        ("refused", None),
        ("added", "b"),
        ("refused", None),
        ("added", "d"),
    ]
    assert kept(opened, "b").year is None
    assert outcomes[0].reason == (
        f"{tmp_path / 'a.md'}: its title holds '\\ud800', half a character; mend the file's front matter or properties"
    )
    assert outcomes[2].reason == (
        f"{tmp_path / 'c.md'}: cannot be read (RecursionError: too deep); the file may be damaged: save it anew or in "
        "another format"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode elsewhere")
def test_a_file_whose_name_is_no_text_is_refused(opened: Library, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / os.fsdecode(b"\xff.md")).write_text("body of one\n")
    (papers / "whole.md").write_text("body of another\n")
    outcomes = opened.add([papers])
    assert [(o.source, o.status) for o in outcomes] == [
        (str(papers / "whole.md"), "added"),
        (str(papers / r"\udcff.md"), "refused"),
    ]
    assert str(outcomes[1].reason).startswith(str(papers / r"\udcff.md") + ": the name is not in UTF-8")


# versions


def made(text: str, **names: str) -> Document:
    return replace(
        parse(text, doc_id=names.get("doc_id", "paper"), source=names["source"]), identity=names.get("identity")
    )


def stored(folder: Path, documents: list[Document]) -> list[Outcome]:
    store = Store(folder, writable=True)
    try:
        read = ((Found(Path(d.source), d.source), d) for d in documents)
        return [outcome for batch in ingest(store, read) for outcome in batch]
    finally:
        store.close()


def test_a_new_version_replaces_a_paper_whatever_file_it_comes_in(tmp_path: Path) -> None:
    outcomes = stored(
        tmp_path,
        [
            made("# P\nfirst version\n", source="/a/v1.pdf", identity="arxiv-1"),
            made("# P\nsecond version\n", source="/b/v2.pdf", identity="arxiv-1"),
            made("# P\nsecond version\n", source="/c/copy.pdf"),
            made("# P\nanother paper\n", source="/d/other.pdf", identity="arxiv-2"),
        ],
    )
    assert [(o.status, o.doc_id) for o in outcomes] == [
        ("added", "paper"),
        ("replaced", "paper"),
        ("unchanged", "paper"),
        ("added", "paper~2"),
    ]
    store = Store(tmp_path, writable=False)
    other, paper = store.document("paper~2"), store.document("paper")
    store.close()
    assert paper is not None and paper.text == "# P\nsecond version\n"
    assert other is not None and other.work == "paper~2", "two papers of one file name are no editions of one work"


def works(opened: Library) -> dict[str, str]:
    """The work of each document, by the end of its source."""
    return {"/".join(Path(card.source).parts[-2:]): card.work for card in opened.store.cards()}


def test_names_of_files_make_editions_of_one_work_in_one_folder_only(opened: Library, tmp_path: Path) -> None:
    names = [
        "p1/README.ko.md",
        "p2/README.en.md",
        "p2/README.ko.md",
        "p3/README.md",
        "p1/README.en.md",
        "p3/README.ko.md",
    ]
    for number, name in enumerate(names):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"text {number}\n")
    opened.add([tmp_path / name for name in names])
    expected = {"p1/README.ko.md": "README", "p1/README.en.md": "README"}
    expected |= {"p2/README.en.md": "README~2", "p2/README.ko.md": "README~2"}
    expected |= {"p3/README.md": "README~3", "p3/README.ko.md": "README~3"}
    assert works(opened) == expected
    opened.remove([card.doc_id for card in opened.store.cards() if card.work == "README"])
    (tmp_path / "p2/README.ko.md").write_text("a new edition\n")
    opened.add([tmp_path / "p2"])
    assert works(opened) == {name: work for name, work in expected.items() if work != "README"}


def test_what_is_told_to_be_one_work_is_one_whatever_the_folder(opened: Library, tmp_path: Path) -> None:
    for name in ("p1/moss.ko.md", "p2/moss.en.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"---\nwork: moss\n---\ntext of {name}\n")
    for name in ("p1/moss.txt", "p2/moss.txt"):
        (tmp_path / name).write_text(f"text of {name}\n")
    opened.add([tmp_path / "p1", tmp_path / "p2"])
    assert works(opened) == {
        "p1/moss.ko.md": "moss",
        "p2/moss.en.md": "moss",
        "p1/moss.txt": "moss",
        "p2/moss.txt": "moss",
    }


# arXiv


def test_a_paper_of_arxiv_is_fetched_and_its_next_version_replaces_it(
    opened: Library, server: Server, tmp_path: Path
) -> None:
    server.papers["2408.03281"] = Paper("2408.03281", title="Orchids that Prune")
    page = HTML.replace(b"Mondays", b"Tuesdays")
    server.serve("/html/2408.03281v2", page, "text/html")
    server.serve("/html/2408.03281v1", HTML, "text/html")
    (first,) = opened.add(["arXiv:2408.03281v1"], sites=sites(server))
    assert (first.status, first.doc_id, first.source) == ("added", "arxiv-2408.03281", "arXiv:2408.03281")
    (second,) = opened.add(["https://arxiv.org/abs/2408.03281"], sites=sites(server))
    assert (second.status, second.doc_id) == ("replaced", "arxiv-2408.03281")
    paper = kept(opened, second.doc_id)
    assert (paper.title, "Tuesdays" in paper.text) == ("Orchids that Prune", True)
    (again,) = opened.add(["2408.03281v2"], sites=sites(server))
    assert again.status == "unchanged"
    assert [path for path in server.paths if path.startswith("/html")] == ["/html/2408.03281v1", "/html/2408.03281v2"]


def test_an_unknown_paper_is_refused_and_the_others_are_added(opened: Library, server: Server, tmp_path: Path) -> None:
    server.papers["2408.03281"] = Paper("2408.03281")
    server.serve("/html/2408.03281v2", HTML, "text/html")
    (tmp_path / "own.md").write_text("# Own\ntext\n")
    outcomes = opened.add(["2401.00001", "2408.03281", tmp_path / "own.md"], sites=sites(server))
    assert [o.status for o in outcomes] == ["refused", "added", "added"]
    assert "2401.00001" in str(outcomes[0].reason)


def test_without_a_network_it_says_so_and_what_to_do(opened: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "BACKOFF_S", (0.0,))
    nowhere = Sites(api="http://127.0.0.1:9/api", site="http://127.0.0.1:9", delay_s=0.0)
    (outcome,) = opened.add(["2408.03281"], sites=nowhere)
    assert outcome.status == "refused"
    assert "cannot reach 127.0.0.1 (Connection refused); check the address, or try again later" in str(outcome.reason)


# bounds and stopping


def test_a_file_that_is_too_large_is_refused(opened: Library, tmp_path: Path) -> None:
    (tmp_path / "big.html").write_bytes(HTML + b" " * 2_000)
    (outcome,) = opened.add([tmp_path / "big.html"], limits=Limits(file_bytes=2_000))
    assert outcome.status == "refused"
    assert f"the file has {len(HTML) + 2_000:,} bytes; at most 2,000 are read" in str(outcome.reason)


def test_reading_that_takes_too_long_is_stopped(opened: Library, tmp_path: Path) -> None:
    (tmp_path / "slow.html").write_bytes(b"<html><body>" + b"<p>word <b>bold</b></p>" * 400_000)
    (tmp_path / "good.html").write_bytes(HTML)
    outcomes = opened.add([tmp_path / "slow.html", tmp_path / "good.html"], limits=Limits(seconds=0.7))
    assert outcomes[0].status == "refused" and "took longer than" in str(outcomes[0].reason)


@pytest.mark.parametrize(
    ("files", "size", "here"),
    [(1, 20, True), (30, 20, True), (31, 20, False), (6, 200, True), (7, 200, False)],
    ids=["one", "as many as are few", "one more", "as much as is little", "one byte more"],
)
def test_child_processes_start_where_they_are_worth_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, size: int, here: bool
) -> None:
    monkeypatch.setattr(ingestion, "FEW", 30)
    monkeypatch.setattr(ingestion, "FEW_BYTES", 1_399)
    started: list[int] = []

    def run_all(work: Any, tasks: Iterable[Found], **_: object) -> Generator[tuple[Found, Document], None, None]:
        started.append(1)
        yield from ((task, work(task)) for task in tasks)

    monkeypatch.setattr(bounded, "run_all", run_all)
    for number in range(files):
        (tmp_path / f"{number:03}.md").write_text(f"# N\n{number:0{size - 4}}", encoding="utf-8", newline="")
    read = list(read_all(list(gather([tmp_path])), tmp_path / "cache"))
    assert [document.text[-3:] for _, document in read if isinstance(document, Document)] == [
        f"{number:03}" for number in range(files)
    ]
    assert started == ([] if here else [1])


def test_what_is_no_plain_text_is_read_by_child_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "run_all", lambda *_, **__: (one for one in ["by a child"]))
    (tmp_path / "a.md").write_text("# A\ntext\n")
    (tmp_path / "b.html").write_bytes(HTML)
    for name, data in {
        "pdf.md": b"%PDF-1.7\n",
        "page.md": HTML,
        "paper.txt": TEX,
        "moss.md": packed({"a.tex": TEX}),
    }.items():
        (tmp_path / "called" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "called" / name).write_bytes(data)
    called = [[one] for one in gather([tmp_path / "called"])]
    assert len(called) == 4
    for files in ([Found(tmp_path / "b.html", "b")], list(gather([tmp_path])), *called):
        read: list[object] = list(read_all(files, tmp_path))
        assert read == ["by a child"]
    gone = Found(tmp_path / "gone.md", "gone", reason="gone.md: there is no such file")
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    few = [
        Found(tmp_path / "a.md", "a"),
        gone,
        Found(tmp_path / "picture.md", "picture.md"),
        Found(tmp_path / "b.md", "b"),
    ]
    first, *refused = (document for _, document in read_all(few, tmp_path))
    assert isinstance(first, Document)
    assert [str(error).partition(" (")[0] for error in refused] == [
        "gone.md: there is no such file",
        "picture.md: the file is a PNG image; it has no text to search; make a PDF with text of it by OCR and add that",
        "b: cannot be read",
    ]


STOPPED = """
import sys
from pathlib import Path
from index import ingest
from index.library import Library
ingest.BATCH_S = 0.3
if __name__ == "__main__":
    with Library.open(Path(sys.argv[1]), create=True) as library:
        print("open", flush=True)
        told = lambda stage, done, total: print(stage, done, flush=True)
        outcomes = library.add([Path(sys.argv[2])], told)
        print(sum(o.status == "added" for o in outcomes), sum(o.status == "left" for o in outcomes), len(outcomes))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_keeps_what_was_read_and_says_what_is_left(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(4_000):
        (papers / f"{number:04}.html").write_bytes(HTML.replace(b"Mondays", f"day {number}".encode()))
    folder = tmp_path / "library"
    command = [sys.executable, "-c", STOPPED, str(folder), str(papers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert process.stdout is not None and process.stderr is not None
    for line in process.stdout:
        if line.startswith("read"):
            break
    time.sleep(0.2)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, ""), err
    added, left, every = map(int, out.splitlines()[-1].split())
    assert (added + left, every) == (4_000, 4_000)
    assert 0 < added < 4_000
    assert Library.verify(folder) == []
    with Library.open(folder) as opened:
        assert len(opened.store.cards()) == added

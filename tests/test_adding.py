"""Adding and removing by a thread: what is shown meanwhile, stopping, going on, undoing, and files that come and go."""

import itertools
import os
import pickle
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx2
import pytest
from filelock import FileLock

from index import ingest, library, writing
from index.embed import Embedder
from index.errors import InputError, LibraryBusyError, LibraryError
from index.gather import Found
from index.library import Library
from index.obtain import Sites
from index.processes import bounded
from index.processes.watch import Watch
from index.processes.worker import Kind, Limits
from index.readers import pdf
from index.remote import request
from index.remote.address import parse
from index.remote.trouble import refusal, trouble_of
from index.writing import LOCK
from qa.adding import removing, uploads
from qa.adding.board import Board, Given
from qa.adding.items import Item, Removal, State
from qa.adding.queue import Adding, addresses
from qa.adding.reasons import reason_of, reason_of_error
from qa.adding.removing import Removals
from qa.adding.uploads import UPLOADS, Uploaded, Uploads, safe_name
from tests import arxiv_server
from tests.arxiv_server import Paper, Server, silent
from tests.conftest import ALIGN_EN, SELF_KO
from tests.test_pdf_fonts import bitmap_pdf
from tests.waiting import wait

HTML = b"""<!doctype html><html lang="en"><head><title>Orchid Notes</title></head><body><article>
<h1>Orchid Notes</h1><h2>1 Watering</h2><p>Orchids drink on Mondays.</p></article></body></html>"""
NOWHERE = Sites(api="http://127.0.0.1:9/api", site="http://127.0.0.1:9", delay_s=0.0)
DROP = "drop-0001"


@pytest.fixture(autouse=True)
def one_embedder(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "open_embedder", lambda name: {embedder.name: embedder}[name])


@pytest.fixture
def opened(library_copy: Path) -> Iterator[Library]:
    with Library.open(library_copy) as found:
        yield found


@pytest.fixture
def server() -> Iterator[Server]:
    with arxiv_server.running() as found:
        yield found


def start(opened: Library, **options: object) -> Adding:
    return Adding(opened, Uploads(opened.folder, 1_000_000), **options)  # type: ignore[arg-type]


@pytest.fixture
def adding(opened: Library) -> Iterator[Adding]:
    with start(opened, sites=NOWHERE) as found:
        yield found


def upload(adding: Adding, files: Mapping[str, bytes | str], user: str = "", drop: str = DROP) -> list[str]:
    keys = []
    for name, data in files.items():
        with adding.uploads.begin(user, drop, name, len(data)) as file:
            file.write(data if isinstance(data, bytes) else data.encode())
            keys.append(file.finish())
    return keys


def done(adding: Adding, user: str = "") -> State:
    wait(lambda: not adding.state(user).is_busy)
    return adding.state(user)


def shown(items: tuple[Item, ...]) -> list[tuple[str, str, str | None]]:
    return [(item.name, item.status, item.reason) for item in items]


def ids(opened: Library) -> list[str]:
    return [card.doc_id for card in opened.store.cards()]


# the library's own part


def test_adding_can_be_watched_and_stopped(opened: Library, tmp_path: Path) -> None:
    paths = []
    for name in "abc":
        paths.append(tmp_path / f"{name}.md")
        paths[-1].write_text(f"# Paper {name}\n\nThe text of {name}.\n")
    seen: list[tuple[int, str]] = []
    watch = Watch(lambda at, step: seen.append((at, step)), lambda: (1, "read") in seen)
    batches = list(opened.add_found([Found(path, path.name) for path in paths], watch=watch))
    outcomes = [outcome for batch in batches for outcome in batch]
    assert [(o.source, o.status) for o in outcomes] == [("a.md", "added"), ("b.md", "added"), ("c.md", "left")]
    assert seen == [(0, "reading"), (0, "read"), (1, "reading"), (1, "read")]
    assert {"a", "b"} <= set(ids(opened)) and "c" not in ids(opened)
    assert Library.verify(opened.folder) == []


def test_a_slow_file_does_not_hold_up_stopping(opened: Library, tmp_path: Path) -> None:
    (tmp_path / "slow.html").write_bytes(b"<html><body>" + b"<p>word <b>bold</b></p>" * 400_000)
    began: list[float] = []
    watch = Watch(lambda at, step: began.append(time.monotonic()), lambda: bool(began))
    (batch,) = opened.add_found([Found(tmp_path / "slow.html", "slow.html")], limits=Limits(seconds=60), watch=watch)
    assert [outcome.status for outcome in batch] == ["left"]
    assert time.monotonic() - began[0] < 5


def test_waiting_for_a_site_can_be_stopped(opened: Library, server: Server) -> None:
    given = [Found(Path("x"), url, address=parse(url)) for url in (server.serve("/a.html", HTML), f"{server.url}/b")]
    ends = time.monotonic() + 0.4
    watch = Watch(stopped=lambda: time.monotonic() > ends)
    (batch,) = opened.add_found(given, sites=Sites(delay_s=30.0), watch=watch)
    assert [outcome.status for outcome in batch][1] == "left"
    assert time.monotonic() - ends < 2


def test_a_private_address_is_refused_where_others_type_it(opened: Library, server: Server) -> None:
    given = Found(Path("x"), "x", address=parse(server.serve("/a.html", HTML, "text/html")))
    ((refused,),) = opened.add_found([given], sites=Sites(delay_s=0.0, private=False))
    assert (refused.status, reason_of(str(refused.reason))) == ("refused", "private_address")
    ((added,),) = opened.add_found([given], sites=Sites(delay_s=0.0))
    assert added.status == "added"


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ("# Orchids\n\nA new text.\n", "replaced"),
        ("# Another Paper\n\nThat is also called so.\n", "added"),
        ("# Orchids\n\nA text.\n", "unchanged"),
    ],
)
def test_a_file_known_by_its_name_only_replaces_none_of_another_title(
    opened: Library, tmp_path: Path, second: str, status: str
) -> None:
    for folder, text in (("a", "# Orchids\n\nA text.\n"), ("b", second)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "main.md").write_text(text)
        ((outcome,),) = opened.add_found([Found(tmp_path / folder / "main.md", "main.md", by_name=True)])
    assert outcome.status == status
    assert opened.store.find(source="main.md") == (["main", "main~2"] if status == "added" else ["main"])


def test_removed_documents_are_put_back_whole(opened: Library) -> None:
    before = {doc_id: opened.store.document(doc_id) for doc_id in ("align.en", "align.ko")}
    passages = len(opened.index)
    opened.remove(list(before))
    assert opened.store.document("align.en") is None and len(opened.index) < passages
    assert opened.put_back([document for document in before.values() if document]) == []
    assert {doc_id: opened.store.document(doc_id) for doc_id in before} == before
    assert len(opened.index) == passages
    assert Library.verify(opened.folder) == []


def test_a_document_that_is_there_again_is_not_put_back(opened: Library, tmp_path: Path) -> None:
    old = opened.store.document("synthetic")
    opened.remove(["synthetic"])
    (tmp_path / "synthetic.md").write_text("# Synthetic\n\nA newer text.\n")
    opened.add([tmp_path / "synthetic.md"])
    assert old is not None and opened.put_back([old]) == ["synthetic"]
    kept = opened.store.document("synthetic")
    assert kept is not None and "newer" in kept.text


# files and addresses


def test_files_are_added_under_their_own_names_and_a_bad_one_stops_none(opened: Library, adding: Adding) -> None:
    files: dict[str, bytes | str] = {
        "notes.html": HTML,
        "broken.pdf": b"%PDF-1.7 cut",
        "난초/보고서.md": "# 난초 보고서\n\n난초는 빛을 좋아한다.\n",
    }
    adding.add_files("", DROP, upload(adding, files))
    state = done(adding)
    assert shown(state.items) == [
        ("notes.html", "added", None),
        ("broken.pdf", "refused", "damaged"),
        ("난초/보고서.md", "added", None),
    ]
    assert state.progress is None and "the PDF is broken or cut off" in str(state.items[1].words)
    sources = {card.doc_id: card.source for card in opened.store.cards()}
    assert (sources["notes"], sources["보고서"]) == ("notes.html", "난초/보고서.md")
    left = ({name for _, _, names in os.walk(opened.folder / UPLOADS) for name in names} for _ in itertools.count())
    wait(lambda: all(name.endswith(".lock") for name in next(left)))  # the last is let go of after it is told


def test_the_same_file_again_is_told(adding: Adding) -> None:
    adding.add_files("", DROP, upload(adding, {"self.md": SELF_KO}))
    (item,) = done(adding).items
    assert (item.status, item.reason, item.doc_id) == ("unchanged", "same", "자기개선")


def test_addresses_are_told_apart_and_paths_are_no_business_of_the_page(adding: Adding, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nMine.\n")
    adding.add_addresses("", f"2413.00001, {tmp_path / 'secret.md'} hello ftp://a.example/x.pdf")
    assert shown(done(adding).items) == [
        ("2413.00001", "refused", "no_address"),
        (str(tmp_path / "secret.md"), "refused", "no_address"),
        ("hello", "refused", "no_address"),
        ("ftp://a.example/x.pdf", "refused", "no_address"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2408.03281 2408.03282,2408.03283;\n2408.03281", ["2408.03281", "2408.03282", "2408.03283"]),
        ("arXiv: 2408.03281, doi: 10.1/x", ["arXiv:2408.03281", "doi:10.1/x"]),
        ("https://a.example/x,y.pdf,https://b.example/", ["https://a.example/x,y.pdf", "https://b.example/"]),
        (" , ;", []),
    ],
)
def test_a_line_of_addresses_is_parted(text: str, parts: list[str]) -> None:
    assert addresses(text) == parts


def test_a_paper_of_arxiv_is_fetched(opened: Library, server: Server) -> None:
    server.papers["2408.03281"] = Paper("2408.03281", title="Orchids that Prune")
    server.serve("/html/2408.03281v2", HTML, "text/html")
    with start(opened, sites=Sites(api=f"{server.url}/api/query", site=server.url, delay_s=0.0)) as adding:
        adding.add_addresses("", "2408.03281 2401.00001")
        state = done(adding)
    assert shown(state.items) == [("2408.03281", "added", None), ("2401.00001", "refused", "no_paper")]
    assert state.items[0].doc_id == "arxiv-2408.03281"


def test_without_a_network_it_is_said(adding: Adding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "BACKOFF_S", ())
    adding.add_addresses("", "2408.03281")
    (item,) = done(adding).items
    assert (item.status, item.reason) == ("refused", "offline")


# what is seen meanwhile


def test_what_is_at_work_is_seen_by_all_pages_and_goes_on_without_any(opened: Library, server: Server) -> None:
    go_on = threading.Event()

    def react(handler: arxiv_server.Handler) -> None:
        go_on.wait(10)
        handler.send(arxiv_server.Answer(HTML))

    page = server.on("/slow.html", react)
    with start(opened, sites=Sites(delay_s=0.0)) as adding:
        adding.add_addresses("ada", page)
        wait(lambda: adding.state("ada").items[0].status == "fetching")
        adding.add_files("ada", DROP, upload(adding, {"self.md": "# Self\n\nA text.\n"}, "ada"))
        first, second = adding.state("ada"), adding.state("ada")
        assert first == second and [item.status for item in first.items] == ["fetching", "waiting"]
        assert first.progress is not None
        assert (first.progress.stage, first.progress.done, first.progress.total) == ("fetching", 0, 2)
        assert adding.state("bo") == State(others=True), "what another adds is not shown, only that somebody does"
        go_on.set()
        assert [item.status for item in done(adding, "ada").items] == ["added", "added"]
    assert not adding.state("bo").others


def test_the_time_that_is_left_is_told_by_what_was_done() -> None:
    now = [100.0]
    board = Board(lambda: now[0])
    board.give("", [Given(name, Found(Path(name), name)) for name in "abcdef"])
    batch = board.next_batch()
    board.advance(batch[0], "reading")
    assert board.progress("") is not None and board.progress("").seconds_left is None  # type: ignore[union-attr]
    now[0] += 6.0
    for entry in batch[:2]:
        board.advance(entry, "read")
    progress = board.progress("")
    assert progress is not None and (progress.done, progress.total, progress.seconds_left) == (2, 6, 6.0 / 2 * 4)


def test_what_comes_bit_by_bit_is_counted_together_until_a_pause() -> None:
    now = [100.0]
    board = Board(lambda: now[0])
    totals = []
    for pause in (0.0, 5.0, 20.0):
        now[0] += pause
        board.give("", [Given("x", Found(Path("x"), "x"))])
        progress = board.progress("")
        assert progress is not None
        totals.append((progress.done, progress.total))
        board.leave(board.next_batch(), "other", "x")
    assert totals == [(0, 1), (1, 2), (0, 1)]
    assert board.progress("") is None


def test_only_what_is_read_just_now_is_shown_as_being_read() -> None:
    board = Board()
    board.give("", [Given(name, Found(Path(name), name)) for name in "abcd"])
    batch = board.next_batch()
    for entry in batch:
        board.advance(entry, "reading")
    board.advance(batch[0], "read")
    assert [item.status for item in board.items("")] == ["reading", "reading", "reading", "waiting"]


def test_users_take_turns() -> None:
    board = Board()
    for user, names in (("ada", "abc"), ("bo", "d")):
        board.give(user, [Given(name, Found(Path(name), name)) for name in names])
    order = []
    for _ in range(2):
        batch = board.next_batch()
        order.append([entry.item.name for entry in batch])
        board.leave(batch[:1], "other", "x")
        for entry in batch[1:]:
            entry.in_work = False
    assert order == [["a", "b", "c"], ["d"]]
    assert [entry.item.name for entry in board.next_batch()] == ["b", "c"]


# stopping and going on


def test_a_running_addition_is_stopped_and_tried_again(opened: Library, server: Server) -> None:
    page = server.on("/slow.html", silent, arxiv_server.Answer(HTML))
    server.serve("/fast.html", HTML.replace(b"Mondays", b"Fridays"), "text/html")
    with start(opened, sites=Sites(delay_s=0.6)) as adding:
        adding.add_addresses("", f"{server.url}/fast.html {page}")
        wait(lambda: adding.state("").items[1].status == "fetching")
        adding.cancel("")
        assert adding.state("").progress is None or adding.state("").progress.stage == "stopping"  # type: ignore[union-attr]
        state = done(adding)
        assert [(item.status, item.reason) for item in state.items][1] == ("left", "stopped")
        server.on("/slow.html", arxiv_server.Answer(HTML))
        adding.retry("")
        assert {item.status for item in done(adding).items} <= {"added", "unchanged"}
    assert Library.verify(opened.folder) == []


def test_what_waits_is_stopped_at_once_and_its_file_is_kept_until_it_is_dismissed(
    opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(ingest, "prepare", lambda file, size: go_on.wait(10) and prepare(file, size))
    adding.add_files("", DROP, upload(adding, {"a.md": "# A\n\nA text.\n"}))
    wait(lambda: adding.state("").items[0].status == "reading")
    keys = upload(adding, {"b.md": "# B\n\nB text.\n"})
    adding.add_files("", DROP, keys)
    number = adding.state("").items[1].number
    adding.cancel("", number)
    assert [item.status for item in adding.state("").items] == ["reading", "left"]
    go_on.set()
    assert [item.status for item in done(adding).items] == ["added", "left"]
    wait(lambda: [path.name for path in (opened.folder / UPLOADS).rglob("*.md")] == ["b.md"])
    adding.dismiss("", number)
    assert [item.status for item in adding.state("").items] == ["added"]
    assert list((opened.folder / UPLOADS).rglob("*.md")) == []


def prepare(file: Found, size: int) -> object:
    from index.prepare import prepare as real

    return real(file, size)


def test_a_library_that_another_process_writes_is_said_and_tried_again(
    opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOCK_TIMEOUT_S", 0.1)
    with FileLock(opened.folder / LOCK):
        adding.add_files("", DROP, upload(adding, {"a.md": "# A\n\nA text.\n"}))
        assert shown(done(adding).items) == [("a.md", "left", "library_busy")]
    adding.retry("")
    assert shown(done(adding).items) == [("a.md", "added", None)]


def test_an_error_that_nobody_foresaw_ends_no_queue(
    opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with monkeypatch.context() as broken:
        broken.setattr(library, "ingest", lambda *_: 1 / 0)
        adding.add_files("", DROP, upload(adding, {"a.md": "# A\n\nA text.\n"}))
        assert shown(done(adding).items) == [("a.md", "left", "other")]
    adding.retry("")
    assert shown(done(adding).items) == [("a.md", "added", None)]


def test_closing_keeps_what_was_read_and_leaves_no_files(opened: Library) -> None:
    adding = start(opened)
    files = {f"{number}.html": HTML.replace(b"Mondays", f"day {number}".encode()) for number in range(30)}
    adding.add_files("", DROP, upload(adding, files))
    wait(lambda: any(item.status == "reading" for item in adding.state("").items))
    adding.close()
    assert not (opened.folder / UPLOADS).exists() or list((opened.folder / UPLOADS).iterdir()) == []
    assert Library.verify(opened.folder) == []
    assert not any(thread.name == "qa.adding" for thread in threading.enumerate())


# removing


def test_a_removal_can_be_undone(opened: Library, adding: Adding) -> None:
    adding.remove("", ["align.en", "align.ko", "none"])
    (removal,) = done(adding).removals
    titles = ("Aligning Small Models", "작은 모델의 정렬")
    assert removal == Removal(removal.number, titles, ("align.en", "align.ko"), "removed", can_undo=True)
    assert "align.en" not in ids(opened)
    adding.undo("bo", removal.number)
    assert "align.en" not in ids(opened), "only who removed it can undo it"
    adding.undo("", removal.number)
    assert done(adding).removals == ()
    kept = opened.store.document("align.en")
    assert kept is not None and kept.text == ALIGN_EN


def test_a_forgotten_removal_cannot_be_undone(opened: Library, adding: Adding) -> None:
    adding.remove("", ["synthetic"])
    (removal,) = done(adding).removals
    adding.forget("", removal.number)
    adding.undo("", removal.number)
    assert done(adding).removals == () and "synthetic" not in ids(opened)


def test_what_is_kept_longer_is_bounded_by_the_memory_that_it_takes(
    opened: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Korean letter takes two bytes, and more where another sign takes more."""
    now = [0.0]
    removals = Removals(opened, lambda: now[0])
    documents = [opened.store.document(doc_id) for doc_id in ("align.ko", "자기개선")]
    chars = sum(len(document.text) for document in documents if document)
    for kept_bytes, left in ((3 * chars, 2), (chars * 3 // 2, 1)):
        monkeypatch.setattr(removing, "KEPT_BYTES", kept_bytes)
        for document in documents:
            assert document
            removals.ask("", [document.title], [document.doc_id])
            now[0] += 2 * removing.GRACE_S
            removals.work()
        assert len(removals.shown("")) == left
        for removal in removals.shown(""):
            removals.undo("", removal.number)
        removals.work()


def test_a_removal_does_not_wait_for_a_long_addition_which_goes_on_afterwards(opened: Library, adding: Adding) -> None:
    files = {f"{number}.html": HTML.replace(b"Mondays", f"day {number}".encode()) for number in range(400)}
    adding.add_files("", DROP, upload(adding, files))
    wait(lambda: any(item.status == "reading" for item in adding.state("").items))
    adding.remove("", ["synthetic"])
    wait(lambda: adding.state("").removals[0].fate == "removed")
    assert any(item.is_open for item in adding.state("").items)
    assert {item.status for item in done(adding).items} == {"added"}
    assert len(ids(opened)) == 4 + 400


def test_a_damaged_document_can_be_removed_but_not_put_back(opened: Library, adding: Adding) -> None:
    import sqlite3

    with sqlite3.connect(opened.store.path) as db:
        db.execute("UPDATE documents SET text = replace(text, 'trained', 'drained') WHERE doc_id = 'align.en'")
        db.execute("UPDATE meta SET value = 'x' WHERE key = 'state'")
    db.close()
    with pytest.raises(LibraryError):
        opened.store.document("align.en")
    adding.remove("", ["align.en"])
    (removal,) = done(adding).removals
    assert (removal.fate, removal.can_undo) == ("removed", False)
    assert "align.en" not in ids(opened)


def test_a_removal_that_is_refused_is_said(opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LOCK_TIMEOUT_S", 0.1)
    with FileLock(opened.folder / LOCK):
        adding.remove("", ["synthetic"])
        (removal,) = done(adding).removals
    assert (removal.fate, removal.reason, removal.can_undo) == ("failed", "library_busy", False)
    assert "synthetic" in ids(opened)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_removal_that_fails_as_nobody_foresaw_keeps_nothing_else_from_being_done(
    opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(doc_ids: object) -> None:
        raise OSError("nobody foresaw this")

    with monkeypatch.context() as patch:
        patch.setattr(opened, "remove", fail)
        adding.remove("", ["synthetic"])
        wait(lambda: adding.state("").removals[0].fate == "failed")
    assert adding.state("").removals[0].reason == "other"
    adding.add_files("", DROP, upload(adding, {"a.html": HTML}))
    assert [item.status for item in done(adding).items] == ["added"]


# files that come


def test_forgetting_many_files_costs_no_more_than_their_number(tmp_path: Path) -> None:
    with Uploads(tmp_path, 10) as waiting:
        with waiting.begin("", DROP, "a.md", 1) as first:
            paths = [first._path.with_name(f"{number}.md") for number in range(5_000)]
            keys = [waiting.keep(("", DROP), Uploaded(path, path.name)) for path in paths]
        assert len(waiting.take("", DROP, keys, ended=True)) == 5_000
        began = time.monotonic()
        for path in paths:
            waiting.discard(path)
        assert waiting.take("", DROP, keys, ended=True) == []
    board = Board()
    board.give("", [Given(path.name, Found(path, path.name), path) for path in paths])
    board.cancel("")
    assert board.dismiss("") == paths and board.items("") == ()
    assert time.monotonic() - began < 2  # 0.1 s on an idle machine


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("paper.pdf", "paper.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\ada\\paper.pdf", "C_/Users/ada/paper.pdf"),
        ("/abs/./x.md", "abs/x.md"),
        ("CON", "_CON"),
        ("aux.pdf", "_aux.pdf"),
        ("com¹.txt", "_com¹.txt"),
        ("console.pdf", "console.pdf"),
        (".hidden.md", "_hidden.md"),
        ('a<b>:"|?*\x00\n.pdf', "a_b________.pdf"),
        ("trailing. . /name .pdf ", "trailing/name .pdf"),
        ("..", "paper"),
        ("", "paper"),
        ("\udcff.pdf", "?.pdf".replace("?", "_")),
        ("가" * 200 + ".pdf", "가" * 58 + ".pdf"),
        ("/".join("abcdefghij"), "c/d/e/f/g/h/i/j"),
        (f"{'a' * 20}.{'b' * 300}", f"{'a' * 20}.{'b' * 159}"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_is_never_written_over(opened: Library) -> None:
    with Uploads(opened.folder, 1_000) as held:
        keys = []
        for data in (b"one", b"two"):
            with held.begin("", DROP, "paper.pdf", None) as file:
                file.write(data)
                keys.append(file.finish())
        assert keys == ["paper.pdf", "paper~2.pdf"]
        found = held.take("", DROP, keys, ended=True)
        assert [(one.name, one.path.read_bytes()) for one in found] == [("paper.pdf", b"one"), ("paper.pdf", b"two")]
        assert held.take("", DROP, keys, ended=True) == [], "taken once"


def test_a_file_that_is_too_large_or_breaks_off_leaves_nothing(opened: Library) -> None:
    with Uploads(opened.folder, 10) as held:
        with pytest.raises(InputError, match="x.pdf: the file has 11 bytes; at most 10 are read") as refused:
            held.begin("", DROP, "x.pdf", 11)
        assert reason_of(str(refused.value)) == "too_large"
        with pytest.raises(InputError), held.begin("", DROP, "x.pdf", None) as file:
            file.write(bytes(6))
            file.write(bytes(6))
        with pytest.raises(ConnectionError), held.begin("", DROP, "y.pdf", None) as file:
            file.write(b"half")
            raise ConnectionError
        with pytest.raises(InputError, match="8 to 64 letters"):
            held.begin("", "../..", "x.pdf", 1)
        assert list((opened.folder / UPLOADS).rglob("*.pdf")) == []


def test_nobody_takes_another_users_files(opened: Library) -> None:
    with Uploads(opened.folder, 1_000) as held:
        with held.begin("ada", DROP, "a.pdf", 1) as file:
            file.write(b"x")
            key = file.finish()
        assert held.take("bo", DROP, [key], ended=True) == []
        assert len(held.take("ada", DROP, [key, "../a.pdf", "b.pdf"], ended=True)) == 1


def test_the_files_beside_a_latex_source_are_kept_until_it_is_read(
    opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "ENDED_S", 0.0)
    files = {
        "main.tex": rb"\documentclass{article}\title{Moss and Light}\begin{document}\maketitle\section{Shade}Moss likes the shade. \input{part}\end{document}",
        "part.tex": b"It drinks fog.",
        "refs.bib": b"@misc{x}",
    }
    keys = upload(adding, files)
    adding.add_files("", DROP, keys[:1])
    (item,) = done(adding).items
    kept = opened.store.document(item.doc_id or "")
    assert kept is not None and "It drinks fog." in kept.text
    wait(lambda: list((opened.folder / UPLOADS).rglob("*.bib")) == [])


def test_what_a_killed_process_left_is_removed_by_the_next_but_not_what_another_has(opened: Library) -> None:
    root = opened.folder / UPLOADS
    (root / "dead" / "drop").mkdir(parents=True)
    (root / "dead" / "drop" / "x.pdf").write_bytes(b"x")
    (root / "dead.lock").touch()
    with Uploads(opened.folder, 1_000) as living:
        with living.begin("", DROP, "y.pdf", 1) as file:
            file.write(b"y")
            file.finish()
        with Uploads(opened.folder, 1_000):
            assert [path.name for path in root.rglob("*.pdf")] == ["y.pdf"]
    assert list(root.rglob("*")) == []


def test_a_full_disk_is_said(opened: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SPARE_BYTES", 10**18)
    with Uploads(opened.folder, 1_000) as held, pytest.raises(LibraryError) as refused:
        held.begin("", DROP, "x.pdf", 1)
    assert reason_of_error(refused.value) == "disk_full"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_read_only_folder_is_said(opened: Library, adding: Adding, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object) -> None:
        raise PermissionError(13, "Permission denied")

    keys = upload(adding, {"a.md": "# A\n\nA text.\n"})
    monkeypatch.setattr(FileLock, "acquire", refuse)
    adding.add_files("", DROP, keys)
    assert shown(done(adding).items) == [("a.md", "left", "library_read_only")]


# reasons


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.pdf", b"", "empty"),
        ("blank.md", b"  \n", "empty"),
        ("cut.pdf", b"%PDF-1.7 cut", "damaged"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "scanned"),
        ("signs.pdf", bitmap_pdf([[bytes(range(1, 9)), bytes(range(14, 25)), b"!#*(x"]] * 12), "illegible"),
        ("old.hwp", b"HWP Document File V3.00" + bytes(200), "unread_kind"),
        ("old.rtf", b"{\\rtf1 text}", "unread_kind"),
        ("noise.bin", bytes(range(256)) * 8, "unread_kind"),
        ("part.tex", b"\\section{A fragment} of a paper", "latex_part"),
        ("cut.zip", b"PK\x03\x04" + bytes(50), "damaged"),
        ("yaml.md", b"---\n: [\n---\ntext", "other"),
    ],
)
def test_what_the_readers_say_is_understood(
    opened: Library, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (outcome,) = opened.add([tmp_path / name])
    assert (outcome.status, reason_of(str(outcome.reason))) == ("refused", reason), outcome.reason


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (429, {}, "site_busy"),
        (503, {"retry-after": "500"}, "site_busy"),
        (500, {}, "site_refused"),
        (403, {}, "site_refused"),
        (410, {}, "site_refused"),
    ],
)
def test_what_a_site_answers_is_understood(status: int, headers: dict[str, str], reason: str) -> None:
    response = httpx2.Response(status, headers=headers, request=httpx2.Request("GET", "https://a.example/x"))
    assert reason_of(f"https://a.example/x: {refusal(response, 0.0).reason}") == reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx2.ConnectError("no"), "offline"),
        (httpx2.ReadTimeout("slow"), "offline"),
        (httpx2.ReadError("cut"), "site_refused"),
    ],
)
def test_what_a_network_does_is_understood(error: httpx2.TransportError, reason: str) -> None:
    assert reason_of(f"https://a.example/x: {trouble_of(error, 'a.example', 30.0).reason}") == reason


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Kind.SLOW, None, "too_long"),
        (Kind.MEMORY, None, "too_long"),
        (Kind.TOO_LARGE, 600_000_000, "too_large"),
        (Kind.CRASHED, "signal 11", "damaged"),
        (Kind.FAILED, ("ValueError: x", ""), "damaged"),
    ],
)
def test_what_bounds_a_reader_is_understood(kind: Kind, value: object, reason: str) -> None:
    error = bounded._outcome("x.pdf", kind, pickle.dumps(value) if value else b"", Limits())
    assert isinstance(error, InputError) and reason_of(str(error)) == reason


@pytest.mark.parametrize("name", ["locked.pdf"])
def test_a_pdf_with_a_password_is_understood(name: str) -> None:
    with pytest.raises(InputError) as refused:
        pdf.read((Path(__file__).parent / "pdf" / name).read_bytes(), name)
    assert reason_of(str(refused.value)) == "encrypted"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (LibraryBusyError("x: another process has been writing for 30 s; try again later"), "library_busy"),
        (LibraryError("x: the folder is read-only (Permission denied); give write rights"), "library_read_only"),
        (
            LibraryError(
                "x: could not be written ([Errno 28] No space left on device); check its rights and the free space"
            ),
            "disk_full",
        ),
        (LibraryError("x: the database is damaged and cannot be read; restore"), "library_damaged"),
    ],
)
def test_errors_of_the_library_are_understood(error: LibraryError, reason: str) -> None:
    assert reason_of_error(error) == reason

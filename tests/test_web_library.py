"""The papers' place without a browser: what the page is shown, what it may ask for, and how files reach the disk."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import httpx
import pytest
from starlette.applications import Starlette

from index import library
from index.embed import Embedder
from index.errors import LibraryError
from index.library import Library
from index.load import SimilarPaper
from index.storage.record import DocumentCard
from index.storage.store import Store
from qa.adding.items import Item, Progress, Removal, State
from qa.adding.queue import Adding
from qa.adding.uploads import UPLOADS, Uploads
from qa.ask import Assistant
from qa.web.guard import Guard
from qa.web.library.place import ACTS, library_view, open_paper
from qa.web.library.upload import PATH, routes
from qa.web.library.view import MAX_ROWS, DamagedView, PaperView, edition, origin_of, paper_view, state_view, works

ORIGIN = {"origin": "http://127.0.0.1:7860"}
DROP = "drop-0001"


def card(doc_id: str, language: str, source: str = "/a/x.pdf", work: str = "") -> DocumentCard:
    return DocumentCard(doc_id, work or doc_id, f"Title of {doc_id}", language, source, "0", 2024, 3, 7)


# the list


def test_the_editions_of_a_work_are_one_row() -> None:
    cards = [card("b.en", "en", work="b"), card("b.ko", "ko", work="b"), card("a", "en")]
    assert [(work.work, [one.doc_id for one in work.editions]) for work in works(cards)] == [
        ("a", ["a"]),
        ("b", ["b.ko", "b.en"]),
    ]
    shown = edition(cards[0])
    assert (shown.title, shown.year, shown.sections, shown.passages, shown.kind) == ("Title of b.en", 2024, 3, 7, "PDF")


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        ("seeds/survey.ko.md", ("shipped", "", "survey.ko.md")),
        ("arXiv:2408.03281", ("arxiv", "2408.03281", "arXiv:2408.03281")),
        ("https://a.example/x/y.html", ("web", "a.example", "https://a.example/x/y.html")),
        ("/home/ada/papers/One.Two.pdf", ("file", "PDF", "One.Two.pdf")),
        ("C:\\Users\\ada\\난초.hwpx", ("file", "HWPX", "난초.hwpx")),
        ("source.tar.gz", ("file", "TAR.GZ", "source.tar.gz")),
        ("README", ("file", "", "README")),
    ],
)
def test_where_a_paper_came_from_is_told_without_the_folders_above_it(
    source: str, origin: tuple[str, str, str]
) -> None:
    assert origin_of(source) == origin


def test_the_list_is_told_with_a_stamp_that_changes_with_it(small_library: Path, assistant: Assistant) -> None:
    view = library_view(assistant)
    assert [work["work"] for work in view["works"]] == ["align", "meeting", "synthetic", "자기개선"]
    assert view["trouble"] is None and view["stamp"] == assistant.library.store.stamp().state


def test_a_library_that_cannot_be_read_is_said(assistant: Assistant) -> None:
    damaged = LibraryError("x: the database is damaged and cannot be read; restore the Library from a backup")
    with mock.patch.object(Store, "cards", side_effect=damaged):
        view = library_view(assistant)
    assert (view["works"], view["trouble"]) == ([], {"reason": "library_damaged", "words": str(damaged)})


# a paper


def test_a_paper_is_shown_with_its_outline(assistant: Assistant) -> None:
    view = open_paper(assistant, "align.ko")
    assert isinstance(view, PaperView)
    assert (view.title, view.authors, view.year, view.origin, view.file) == (
        "작은 모델의 정렬",
        ("Ada Kim", "Bo Lee"),
        2024,
        "file",
        "align.ko.md",
    )
    assert [(one.text, one.level) for one in view.headings] == [(None, 0), ("방법", 0), ("보상", 1), ("결과", 0)]
    assert [one.doc_id for one in view.others] == ["align.en"]
    assert view.reference.startswith("Kim, A., Lee, B. (2024)") and view.bibtex.startswith("@misc{kim2024")


def test_the_similar_papers_that_can_be_added_are_counted(assistant: Assistant) -> None:
    document = assistant.document("synthetic")
    assert document is not None
    listing = replace(document, similar=(SimilarPaper("A", "2401.00001"), SimilarPaper("B", "")))
    assert paper_view(listing, []).similar == 1


@pytest.mark.parametrize("doc_id", ["none", None, 5, ["align.ko"]])
def test_a_paper_that_is_not_there_is_none(assistant: Assistant, doc_id: object) -> None:
    assert open_paper(assistant, doc_id) is None


def test_a_damaged_paper_is_shown_as_such(assistant: Assistant) -> None:
    with mock.patch.object(Store, "document", side_effect=LibraryError("what is stored is not what was added")):
        assert open_paper(assistant, "synthetic") == DamagedView("synthetic", "synthetic", "Synthetic Data for Tables")


# additions


def test_what_is_under_way_is_told() -> None:
    items = (
        Item(1, "a.pdf", "added", doc_id="a"),
        Item(2, "b.pdf", "refused", "damaged", "b.pdf: broken"),
        Item(3, "c"),
    )
    removal = Removal(4, ("One", "Two", "Three", "Four"), ("1", "2", "3", "4"), "removed", can_undo=True)
    view = state_view(State(items, Progress("reading", 2, 3, 4.0), (removal,)), "stamp")
    assert json.loads(json.dumps(view)) == {
        "items": [
            {"number": 1, "name": "a.pdf", "status": "added", "reason": None, "words": None, "doc_id": "a"},
            {
                "number": 2,
                "name": "b.pdf",
                "status": "refused",
                "reason": "damaged",
                "words": "b.pdf: broken",
                "doc_id": None,
            },
            {"number": 3, "name": "c", "status": "waiting", "reason": None, "words": None, "doc_id": None},
        ],
        "counts": {"added": 1, "refused": 1, "waiting": 1},
        "progress": {"stage": "reading", "done": 2, "total": 3, "seconds_left": 4.0},
        "removals": [
            {
                "number": 4,
                "titles": ["One", "Two", "Three"],
                "doc_ids": ["1", "2", "3", "4"],
                "fate": "removed",
                "can_undo": True,
                "reason": None,
                "words": None,
                "count": 4,
            }
        ],
        "others": False,
        "busy": True,
        "added": ["a"],
        "stamp": "stamp",
    }


def test_of_very_many_items_what_matters_is_shown() -> None:
    items = tuple(Item(number, f"{number}.pdf", "added") for number in range(1, 1001))
    items = (replace(items[0], status="refused"), *items[1:], Item(1001, "x", "reading"), Item(1002, "y"))
    view = state_view(State(items), None)
    numbers = [item["number"] for item in view["items"]]
    assert len(numbers) == MAX_ROWS and numbers[0] == 1 and numbers[-3:] == [1000, 1001, 1002]
    assert view["counts"] == {"refused": 1, "added": 999, "reading": 1, "waiting": 1}


@pytest.fixture
def adding(library_copy: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Adding]:
    monkeypatch.setattr(library, "open_embedder", lambda name: {embedder.name: embedder}[name])
    with Library.open(library_copy) as opened, Adding(opened, Uploads(opened.folder, 1_000)) as found:
        yield found


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"drop": 5, "keys": "x", "text": ["2408.03281"], "doc_ids": "align.en", "number": "1"},
        {"drop": "../..", "keys": [None, {}, "../x"], "text": " ", "doc_ids": [None, 5, "none"], "number": True},
        {"drop": "drop-0001", "keys": [], "doc_ids": {}, "number": 10**30},
    ],
)
def test_the_page_is_not_trusted(adding: Adding, data: dict[str, Any]) -> None:
    for act in ACTS.values():
        act(adding, "", SimpleNamespace(**data))
    assert adding.state("") == State()


# files that come


def send(uploads: Uploads, query: str, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    app = Guard(Starlette(routes=routes(uploads)))

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860") as client:
            return await client.post(f"{PATH}?{query}", content=body, headers=ORIGIN if headers is None else headers)

    return asyncio.run(run())


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    with Uploads(tmp_path, 1_000) as found:
        yield found


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / UPLOADS).rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_a_file_reaches_the_disk_whole(uploads: Uploads, tmp_path: Path) -> None:
    body = bytes(range(256)) * 3
    response = send(uploads, f"drop={DROP}&name=%EB%82%9C%EC%B4%88%2Fa.pdf", body)
    assert (response.status_code, response.json()) == (200, {"key": "난초/a.pdf"})
    (found,) = uploads.take("", DROP, ["난초/a.pdf"], ended=True)
    assert found.path.read_bytes() == body and found.path.is_relative_to(tmp_path / UPLOADS)


def test_whose_file_it_is_says_the_server_and_not_the_sender(uploads: Uploads) -> None:
    send(uploads, f"drop={DROP}&name=a.pdf", b"x", {**ORIGIN, "x-surveyqa-user": "ada"})
    assert uploads.take("", DROP, ["a.pdf"], ended=False) == []
    assert len(uploads.take("ada", DROP, ["a.pdf"], ended=True)) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({**ORIGIN, "host": "evil.example:7860"}, 403),
    ],
)
def test_only_the_own_page_sends_files(uploads: Uploads, tmp_path: Path, headers: dict[str, str], status: int) -> None:
    assert send(uploads, f"drop={DROP}&name=a.pdf", b"x", headers).status_code == status
    assert files(tmp_path) == []


@pytest.mark.parametrize(("headers", "body"), [({}, bytes(1_001)), ({"transfer-encoding": "chunked"}, bytes(1_001))])
def test_a_file_that_is_too_large_is_refused(uploads: Uploads, tmp_path: Path, headers: Any, body: bytes) -> None:
    response = send(uploads, f"drop={DROP}&name=a.pdf", body, {**ORIGIN, **headers})
    assert (response.status_code, response.json()["reason"]) == (413, "too_large")
    assert files(tmp_path) == []


@pytest.mark.parametrize("query", ["", "name=a.pdf", "drop=x&name=a.pdf", "drop=../../etc&name=a.pdf"])
def test_a_file_without_a_proper_drop_is_refused(uploads: Uploads, tmp_path: Path, query: str) -> None:
    assert send(uploads, query, b"x").status_code == 413
    assert files(tmp_path) == []


def test_a_sender_that_goes_away_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    app = Starlette(routes=routes(uploads))
    messages = iter([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(messages)

    async def ignore(_: Any) -> None:
        pass

    scope = {
        "type": "http",
        "method": "POST",
        "path": PATH,
        "query_string": f"drop={DROP}&name=a.pdf".encode(),
        "headers": [(b"origin", b"http://127.0.0.1:7860"), (b"host", b"127.0.0.1:7860")],
    }
    asyncio.run(app(scope, receive, ignore))
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / UPLOADS).write_text("a file where the folder should be")
    with Uploads(tmp_path, 1_000) as uploads:
        response = send(uploads, f"drop={DROP}&name=a.pdf", b"x")
    assert (response.status_code, response.json()["reason"]) == (507, "library_read_only")

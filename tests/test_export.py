"""Documents out of a Library: they come back the same, and a failure leaves nothing behind."""

import errno
import json
import os
import random
import re
import sqlite3
import tracemalloc
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import library, load
from index.copies.export import Form, export, file_of, json_line, safe_stem
from index.decode import normalise
from index.embed import Embedder
from index.errors import InputError, LibraryError
from index.front_matter import FRONT_MATTER
from index.library import Library
from index.load import Document, doc_id_of, parse
from index.readers.reading import Reading
from index.split import split
from index.storage.schema import DATABASE
from index.storage.store import Store
from tests.conftest import ALIGN_EN, CORPUS, DOC_IDS, PLAIN_EN, SYNTHETIC_EN
from tests.test_bibliography import read_bibtex

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("*.md"))
PAPER = replace(
    parse(
        "# Paper\n\nBy Ada Kim.\n\n## 1 Method\n\nText 🙂 here.\n", doc_id="arxiv-2401.00001", source="arXiv:2401.00001"
    ),
    title='Papers: a "survey"\n---\nof 개선',
    authors=("Kim, Ada", "홍길동"),
    year=2024,
    arxiv="2401.00001",
    doi="10.1000/x",
    url="https://arxiv.org/abs/2401.00001v2",
    identity="arxiv-2401.00001",
    pages=(0, 23),
)


@pytest.fixture(autouse=True)
def one_embedder(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "open_embedder", lambda name: {embedder.name: embedder}[name])


@pytest.fixture
def store(small_library: Path) -> Iterator[Store]:
    opened = Store(small_library, writable=False)
    yield opened
    opened.close()


def stored(folder: Path, *documents: Document) -> Store:
    """Return a new store of documents."""
    folder.mkdir()
    opened = Store(folder, writable=True)
    with opened.transaction():
        for document in documents:
            opened.put(document, split(document))
    return opened


def body_of(document: Document) -> str:
    """Return the text after front matter, which is what an export keeps to the last character."""
    found = FRONT_MATTER.match(document.text)
    return document.text[found.end() if found else 0 :]


def content(document: Document) -> dict[str, Any]:
    """Return what the round trip through Markdown keeps."""
    return {
        **{name: getattr(document, name) for name in ("title", "authors", "year", "arxiv", "language", "work")},
        "similar": document.similar,
        "body": body_of(document),
        "sections": [(s.section_id, s.path, s.level, document.text[s.start : s.end]) for s in document.sections],
    }


def again(document: Document, stem: str | None = None) -> Document:
    """Return a document as it is read from the file that it is exported as."""
    name, text = file_of(document, stem or document.doc_id)
    path = Path("/elsewhere") / name
    return parse(normalise(text), doc_id=doc_id_of(path), source=str(path), markdown=path.suffix == ".md")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Markdown


def test_a_library_made_of_an_export_has_the_same_documents(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "out", "markdown") == 5
    assert names(tmp_path / "out") == sorted(CORPUS)
    with Library.open(tmp_path / "new", create=True) as new:
        new.decline_shipped()
        assert [outcome.status for outcome in new.add([tmp_path / "out"])] == ["added"] * 5
        for doc_id in DOC_IDS:
            old, copy = store.document(doc_id), new.store.document(doc_id)
            assert old is not None and copy is not None
            assert content(copy) == content(old)
        export(new.store, tmp_path / "again", "markdown")
    for name in CORPUS:
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_front_matter_is_completed_not_doubled_and_plain_text_stays_plain(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out", "markdown", ["align.en", "synthetic", "meeting"])
    texts = {path.name: path.read_bytes().decode() for path in (tmp_path / "out").iterdir()}
    assert texts == {
        "align.en.md": ALIGN_EN,
        "synthetic.md": "---\ntitle: Synthetic Data for Tables\nlanguage: en\nwork: synthetic\n---\n" + SYNTHETIC_EN,
        "meeting.txt": PLAIN_EN,
    }


def test_all_that_is_known_stands_in_the_front_matter() -> None:
    name, text = file_of(PAPER, "arxiv-2401.00001")
    assert name == "arxiv-2401.00001.md"
    assert text == (
        "---\n"
        "title: 'Papers: a \"survey\"\n\n  ---\n\n  of 개선'\n"
        "authors: ['Kim, Ada', 홍길동]\n"
        "year: 2024\n"
        "arxiv: '2401.00001'\n"
        "language: en\n"
        "work: arxiv-2401.00001\n"
        "doi: 10.1000/x\n"
        "url: https://arxiv.org/abs/2401.00001v2\n"
        "identity: arxiv-2401.00001\n"
        "source: arXiv:2401.00001\n"
        "pages: [0, 23]\n"
        "---\n" + PAPER.text
    )
    assert content(again(PAPER)) == content(PAPER)
    assert file_of(again(PAPER), PAPER.doc_id) == (name, text)


def test_pages_are_counted_from_the_end_of_the_front_matter() -> None:
    front = "---\ntitle: Paged\n---\n"
    text = front + "# Paged\n\nFirst page.\n\nSecond page.\n"
    document = parse(text, doc_id="paged", source="/a/paged.md")
    document = replace(document, pages=(len(front), text.index("Second")))
    written = file_of(document, "paged")[1]
    found = re.search(r"^pages: \[(\d+), (\d+)\]$", written, re.MULTILINE)
    assert found and written.startswith("---\ntitle: Paged\nlanguage: en\nwork: paged\npages:")
    assert body_of(again(document))[int(found[2]) :].startswith("Second page.")
    assert int(found[1]) == 0


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("x: 1 # kept\ntitle: Old\nyear: 2019\n", "x: 1 # kept\ntitle: New\nyear: 2020\n"),
        (
            "title: 'Old'\nauthors:\n- A B\nz: |\n  a\n  b\n",
            "authors:\n- A B\nz: |\n  a\n  b\ntitle: New\nyear: 2020\n",
        ),
        ("title: Old\ntitle: Older\n", "title: New\nyear: 2020\n"),
        ("# only a comment\n", "# only a comment\ntitle: New\nyear: 2020\n"),
        ("{title: Old, x: [1, 2]}\n", "x: ['1', '2']\ntitle: New\nyear: 2020\n"),
        ("title: &a Old\nx: *a\n", "x: Old\ntitle: New\nyear: 2020\n"),
        ("  title: Old\n  x: 'y'\n", "x: y\ntitle: New\nyear: 2020\n"),
        ("title: |\n  New\nyear: 2020\n", "year: 2020\ntitle: New\n"),
        ("title: New\nyear: 2020\nsource: by hand\n", "title: New\nyear: 2020\nsource: by hand\n"),
    ],
)
def test_keys_of_ones_own_stay_and_those_known_better_are_replaced(front: str, expected: str) -> None:
    document = parse(f"---\n{front}---\n# Old\n\nBody.\n", doc_id="q", source="/a/q.md")
    document = replace(document, title="New", year=2020)
    written = file_of(document, "q")[1]
    block = written.removeprefix("---\n").split("---\n# Old")[0]
    assert sorted(block.splitlines()) == sorted((expected + "language: en\nwork: q\n").splitlines())
    assert content(again(document)) == content(document)
    assert file_of(again(document), "q")[1] == written


def test_what_only_looks_like_front_matter_is_text() -> None:
    listed = replace(parse("# T\n\nx\n", doc_id="t", source="/a/t.pdf"), text="---\n- a\n---\nmore\n", sections=())
    assert file_of(listed, "t")[1].endswith("---\n---\n- a\n---\nmore\n")
    plain = parse("---\ntitle: X\n---\nmore\n", doc_id="t", source="/a/t.txt", markdown=False)
    assert file_of(plain, "t") == ("t.txt", "---\ntitle: X\n---\nmore\n")


def test_text_without_marks_is_recognised_whatever_it_was_called() -> None:
    marked = "# no heading\n\nLine.\n"
    plain = parse(marked, doc_id="log", source="/a/log.out", markdown=False)
    assert file_of(plain, "log") == ("log.txt", marked)
    fetched = replace(plain, url="https://a.example/log.txt")
    assert file_of(fetched, "log") == ("log.txt", marked), "as Markdown its sections would be others"
    fetched = replace(parse("Line.\n", doc_id="log", source="https://a.example/log.txt", markdown=False), title="Log")
    assert file_of(fetched, "log")[0] == "log.md", "the title would be lost"
    assert content(again(fetched)) == content(fetched)
    unmarked = parse("No heading.\n", doc_id="m", source="C:\\papers\\m.md")
    assert file_of(unmarked, "m") == ("m.md", "---\ntitle: m\nlanguage: en\nwork: m\n---\nNo heading.\n")


def test_the_source_is_an_address_or_a_file_name_but_no_path() -> None:
    for source, line in (
        ("/home/ada/papers/p.pdf", "source: p.pdf\n"),
        ("C:\\Users\\Ada\\p.pdf", "source: p.pdf\n"),
        ("https://a.example/b/p.html", "source: https://a.example/b/p.html\n"),
        ("/home/ada/p.md", ""),
    ):
        text = file_of(parse("# P\n\nx\n", doc_id="p", source=source), "p")[1]
        assert text == f"---\ntitle: P\nlanguage: en\nwork: p\n{line}---\n# P\n\nx\n"


def test_the_shipped_documents_come_back() -> None:
    for path in SEEDS[::4]:
        document = load.load(path)
        assert content(again(document)) == content(document), path.name
        assert file_of(again(document), document.doc_id) == file_of(document, document.doc_id), path.name


def test_what_looks_like_tags_in_a_stored_text_comes_back() -> None:
    body = "# P\n\n## 1 Lists of a page\n\nA list is <ul> and <li>, a break <br>.\n"
    document = load.document_of(Reading(body), doc_id="p", source="p.pdf")
    name, text = file_of(document, "p")
    assert text == f"---\ntitle: P\nlanguage: en\nwork: p\nsource: p.pdf\nsurveyqa: as is\n---\n{body}"
    back = load.load_bytes(text.encode(), Path(name), name)
    assert back.text == text
    assert [section.path for section in back.sections] == [section.path for section in document.sections]
    assert file_of(back, "p") == (name, text)


# File names


@pytest.mark.parametrize(
    ("doc_id", "stem"),
    [
        ("2406.01252.ko", "2406.01252.ko"),
        ("자기개선", "자기개선"),
        (unicodedata.normalize("NFD", "자기개선"), "자기개선"),
        ("read~2", "read~2"),
        ("CON", "CON_"),
        ("aux.en", "aux_.en"),
        ("com1", "com1_"),
        ("lpt¹.x", "lpt¹_.x"),
        ("console", "console"),
        ("a/b\\c:d", "a-b-c-d"),
        ("..", "document"),
        (".hidden", "hidden"),
        ("trailing. ", "trailing"),
        ("a\tb\n", "a-b"),
    ],
)
def test_names_are_ids_where_every_system_takes_them(doc_id: str, stem: str) -> None:
    assert safe_stem(doc_id, set()) == stem


def test_long_names_and_those_that_differ_in_case_only_end_in_a_digest() -> None:
    taken: set[str] = set()
    stems = [safe_stem(doc_id, taken) for doc_id in ("Read", "read", "READ", "x" * 300, "가" * 300, "가" * 301)]
    assert stems[0] == "Read"
    assert re.fullmatch(r"read-[0-9a-f]{12}", stems[1]) and re.fullmatch(r"READ-[0-9a-f]{12}", stems[2])
    assert re.fullmatch(r"x{103}-[0-9a-f]{12}", stems[3])
    assert re.fullmatch(r"가{75}-[0-9a-f]{12}", stems[4]) and stems[4] != stems[5]


def test_any_id_gets_a_name_of_its_own_that_every_system_takes() -> None:
    chance = random.Random(5)
    pieces = [*'aA.-~_/\\:*?"<>| \t\n', "con", "NUL", "가", "é", "é", "🙂", "x" * 90, "..", "ß", "SS"]
    taken: set[str] = set()
    seen: set[str] = set()
    for doc_id in dict.fromkeys("".join(chance.choices(pieces, k=chance.randint(1, 6))) for _ in range(3000)):
        name = safe_stem(doc_id, taken) + ".txt"
        assert len(name) <= 120 and len(name.encode()) <= 255
        assert len(unicodedata.normalize("NFD", name).encode("utf-16-le")) <= 2 * 255
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|^[. ]|[. ]\.txt$', name)
        assert name.split(".")[0].lower() not in ("con", "nul", "prn", "aux")
        folded = unicodedata.normalize("NFC", name).casefold()
        assert folded not in seen
        seen.add(folded)


def test_documents_whose_ids_make_bad_names_are_all_written(tmp_path: Path) -> None:
    ids = ["Read", "read", "con", "a/b", "read~2", "가" * 130]
    documents = [parse(f"# T {at}\n\nx\n", doc_id=doc_id, source=f"/a/{at}.md") for at, doc_id in enumerate(ids)]
    opened = stored(tmp_path / "library", *documents)
    assert export(opened, tmp_path / "out", "markdown") == 6
    opened.close()
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    said = {found[1]: name for name, text in written.items() if (found := re.search(r"^doc_id: (.*)$", text, re.M))}
    assert len(written) == 6 and "Read.md" in written
    assert sorted(said) == sorted(["read", "con", "a/b", "read~2", "가" * 130])
    assert (said["con"], said["a/b"], said["read~2"]) == ("con_.md", "a-b.md", "read~2.md")


# JSON Lines and BibTeX


def test_a_line_of_json_says_all(tmp_path: Path) -> None:
    line = json_line(PAPER)
    assert line.endswith("}\n") and line.count("\n") == 1 and "개선" in line
    text = PAPER.text
    assert json.loads(line) == {
        "doc_id": "arxiv-2401.00001",
        "work": "arxiv-2401.00001",
        "title": PAPER.title,
        "language": "en",
        "source": "arXiv:2401.00001",
        "sha256": PAPER.sha256,
        "sections": [
            {"section_id": "0", "path": [], "level": 0, "start": 8, "end": text.index("##"), "page": 1},
            {
                "section_id": "1",
                "path": ["1 Method"],
                "level": 2,
                "start": text.index("\nText"),
                "end": len(text),
                "page": 2,
            },
        ],
        "arxiv": "2401.00001",
        "authors": ["Kim, Ada", "홍길동"],
        "year": 2024,
        "similar": [],
        "doi": "10.1000/x",
        "url": "https://arxiv.org/abs/2401.00001v2",
        "identity": "arxiv-2401.00001",
        "pages": [0, 23],
        "text": text,
    }


def test_json_lines_hold_the_documents_asked_for_in_their_order(store: Store, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    target = tmp_path / "out.jsonl"
    wanted = ["자기개선", "align.ko", "자기개선"]
    assert export(store, target, "jsonl", wanted, progress=lambda *step: told.append(step)) == 2
    lines = [json.loads(line) for line in target.read_bytes().decode().split("\n")[:-1]]
    assert [line["doc_id"] for line in lines] == ["자기개선", "align.ko"]
    assert lines[0]["text"] == CORPUS["자기개선.md"]
    assert told == [("export", 1, 2), ("export", 2, 2)]


def test_bibtex_has_an_entry_for_each_document(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "out.bib", "bibtex") == 5
    entries = read_bibtex((tmp_path / "out.bib").read_bytes().decode())
    assert [entry[1] for entry in entries][:4] == ["kim2024aligning", "kim2024", "meeting", "synthetic"]
    assert entries[1][2]["title"] == "작은 모델의 정렬"


@pytest.mark.parametrize("form", ["markdown", "bibtex", "jsonl"])
def test_documents_are_held_one_at_a_time(form: Form, tmp_path: Path) -> None:
    text = "# T\n\n" + "a word and another one " * 8_000
    one = parse(text, doc_id="d", source="/a/d.md")
    (tmp_path / "library").mkdir()
    opened = Store(tmp_path / "library", writable=True)
    with opened.transaction():
        for at in range(40):
            opened.put(replace(one, doc_id=f"d{at}"), [])
    tracemalloc.start()
    try:
        assert export(opened, tmp_path / "out", form) == 40
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        opened.close()
    assert 40 * len(text) > 7_000_000
    assert peak_bytes < 2_000_000


def test_what_is_removed_meanwhile_is_left_out(library_copy: Path, tmp_path: Path) -> None:
    reader, writer = Store(library_copy, writable=False), Store(library_copy, writable=True)

    def remove_next(_: str, done: int, __: int) -> None:
        if done == 1:
            with writer.transaction():
                writer.delete("align.ko")

    assert export(reader, tmp_path / "out", "markdown", progress=remove_next) == 4
    assert "align.ko.md" not in names(tmp_path / "out") and "meeting.txt" in names(tmp_path / "out")
    reader.close()
    writer.close()


# What is damaged


def spoil(folder: Path, *doc_ids: str) -> None:
    """Change one character of the stored texts, as a worn disk may."""
    with closing(sqlite3.connect(folder / DATABASE)) as db, db:
        for doc_id in doc_ids:
            changed = db.execute("UPDATE documents SET text = replace(text, 'o', '0') WHERE doc_id = ?", (doc_id,))
            assert changed.rowcount == 1


@pytest.mark.parametrize("form", ["markdown", "bibtex", "jsonl"])
def test_a_damaged_document_is_left_out_and_named(library_copy: Path, tmp_path: Path, form: Form) -> None:
    spoil(library_copy, "align.en")
    told: list[tuple[str, int, int]] = []
    found: dict[str, str] = {}
    with closing(Store(library_copy, writable=False)) as opened:
        written = export(
            opened,
            tmp_path / "out",
            form,
            progress=lambda *step: told.append(step),
            damaged=lambda doc_id, error: found.update({doc_id: str(error)}),
        )
        assert (written, told[-1]) == (4, ("export", 5, 5))
        assert list(found) == ["align.en"] and "what is stored is not what was added" in found["align.en"]
        if form == "markdown":
            assert names(tmp_path / "out") == sorted(set(CORPUS) - {"align.en.md"})
        else:
            assert "Aligning Small Models" not in (tmp_path / "out").read_text(encoding="utf-8")
        with pytest.raises(LibraryError, match="align.en: what is stored is not what was added"):
            export(opened, tmp_path / "none", form)
    assert names(tmp_path) == ["copy", "out"]


@pytest.mark.parametrize("form", ["markdown", "bibtex", "jsonl"])
def test_where_all_are_damaged_nothing_is_written(library_copy: Path, tmp_path: Path, form: Form) -> None:
    spoil(library_copy, "align.en", "synthetic")
    found: list[str] = []
    with closing(Store(library_copy, writable=False)) as opened, pytest.raises(LibraryError, match="synthetic: what"):
        given = ["align.en", "synthetic"]
        export(opened, tmp_path / "out", form, given, damaged=lambda doc_id, _: found.append(doc_id))
    assert (found, names(tmp_path)) == (["align.en"], ["copy"])


# What is refused


def test_unknown_ids_are_all_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        export(store, tmp_path / "out", "markdown", ["align.en", "none", "없음"])
    assert str(caught.value) == (
        "no document is called 'none', '없음'; an id as `surveyqa library list` shows it was expected; correct it or "
        "leave it out"
    )
    assert names(tmp_path) == []


def test_nothing_to_export_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="^no document was chosen, at least one was expected; add papers"):
        export(store, tmp_path / "out", "jsonl", [])
    empty = stored(tmp_path / "library")
    with pytest.raises(InputError, match="library: the Library holds no documents, at least one was expected"):
        export(empty, tmp_path / "out", "jsonl")
    empty.close()


@pytest.mark.parametrize("form", ["bibtex", "jsonl"])
def test_a_file_that_is_there_is_left_unless_it_may_be_overwritten(store: Store, tmp_path: Path, form: Form) -> None:
    target = tmp_path / "out"
    target.write_text("mine")
    with pytest.raises(InputError, match="out: the file is there already; give another name, or --overwrite"):
        export(store, target, form)
    assert target.read_text() == "mine"
    assert export(store, target, form, ["meeting"], overwrite=True) == 1
    assert "meeting" in target.read_text() and names(tmp_path) == ["out"]
    with pytest.raises(InputError, match=": is a folder, a file was expected; give a file name in it"):
        export(store, tmp_path, form, overwrite=True)


def test_a_folder_with_files_is_left_unless_they_may_be_overwritten(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "meeting.txt").write_text("mine")
    (target / "other.txt").write_text("mine, too")
    with pytest.raises(InputError, match="out: the folder holds files, an empty or a new one was expected; give"):
        export(store, target, "markdown")
    assert names(target) == ["meeting.txt", "other.txt"] and (target / "meeting.txt").read_text() == "mine"
    assert export(store, target, "markdown", ["meeting", "synthetic"], overwrite=True) == 2
    assert names(target) == ["meeting.txt", "other.txt", "synthetic.md"]
    assert (target / "meeting.txt").read_text() == PLAIN_EN and (target / "other.txt").read_text() == "mine, too"
    with pytest.raises(InputError, match=": is a file, a folder was expected; give another name"):
        export(store, target / "other.txt", "markdown", overwrite=True)


def test_an_empty_folder_is_filled_and_stays_the_same_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / ".DS_Store").write_bytes(b"left by a file manager")
    (tmp_path / "out").symlink_to(tmp_path / "real")
    before = (tmp_path / "real").stat().st_ino
    assert export(store, tmp_path / "out", "markdown") == 5
    assert names(tmp_path / "real") == sorted([*CORPUS, ".DS_Store"])
    assert (tmp_path / "real").stat().st_ino == before and (tmp_path / "out").is_symlink()


@pytest.mark.parametrize("form", ["markdown", "bibtex", "jsonl"])
def test_a_target_that_cannot_be_written_is_refused(store: Store, tmp_path: Path, form: Form) -> None:
    (tmp_path / "file").write_text("mine")
    for target in (tmp_path / "missing" / "out", tmp_path / "file" / "out"):
        with pytest.raises(InputError, match=r"out: could not be written \(.*\); check the path, its rights and the f"):
            export(store, target, form)
    assert names(tmp_path) == ["file"]


# What fails half way


class Full:
    """Raises "no space left" from a call on."""

    def __init__(self, real: Any, after: int) -> None:
        self.real, self.left = real, after

    def __call__(self, *args: Any, **more: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.real(*args, **more)


@pytest.mark.parametrize("exists", [False, True])
def test_a_full_disk_leaves_no_half_of_a_folder(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    if exists:
        (tmp_path / "out").mkdir()
    full = Full(Path.write_bytes, 3)
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: full(path, data))
    with pytest.raises(InputError, match="could not be written .No space left on device.; check the path"):
        export(store, tmp_path / "out", "markdown")
    assert names(tmp_path) == (["out"] if exists else [])
    assert not exists or names(tmp_path / "out") == []


@pytest.mark.parametrize("form", ["bibtex", "jsonl"])
def test_a_full_disk_leaves_no_half_of_a_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form
) -> None:
    (tmp_path / "out").write_text("mine")
    monkeypatch.setattr(os, "fsync", Full(os.fsync, 0))
    with pytest.raises(InputError, match="No space left on device"):
        export(store, tmp_path / "out", form, overwrite=True)
    assert names(tmp_path) == ["out"] and (tmp_path / "out").read_text() == "mine"


def test_files_that_cannot_be_moved_in_are_taken_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "other.txt").write_text("mine")
    monkeypatch.setattr(os, "replace", Full(os.replace, 2))
    with pytest.raises(InputError, match="No space left on device"):
        export(store, target, "markdown", overwrite=True)
    assert names(target) == ["other.txt"]


@pytest.mark.parametrize("form", ["markdown", "bibtex", "jsonl"])
def test_ctrl_c_leaves_nothing(store: Store, tmp_path: Path, form: Form) -> None:
    def stop(_: str, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(store, tmp_path / "out", form, progress=stop)
    assert names(tmp_path) == []

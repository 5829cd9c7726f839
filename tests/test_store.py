"""SQLite: what goes in comes out, whole or not at all."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import InputError, LibraryError
from index.load import parse
from index.split import split
from index.storage.database import is_unfinished
from index.storage.schema import DATABASE, FORMAT
from index.storage.store import Store
from tests.conftest import ALIGN_EN, ALIGN_KO

EN = parse(ALIGN_EN, doc_id="align.en", source="/a/align.en.md")
KO = parse(ALIGN_KO, doc_id="align.ko", source="/a/align.ko.md")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path, writable=True)
    with opened.transaction():
        for document in (EN, KO):
            opened.put(document, split(document))
    yield opened
    opened.close()


def test_documents_come_back_as_they_were(store: Store) -> None:
    assert store.document("align.en") == EN
    assert store.document("align.ko") == KO
    assert store.document("unknown") is None


def test_editions_are_found_by_work_and_language(store: Store) -> None:
    assert store.edition("align", "ko") == KO
    assert store.edition("align", "fr") is None


def test_passages_hold_the_text_of_their_offsets(store: Store) -> None:
    rows = store.rows()
    assert len(rows) == len(split(EN)) + len(split(KO))
    for passage in store.passages(rows):
        document = EN if passage.doc_id == "align.en" else KO
        assert passage.text == document.text[passage.start : passage.end]
        assert (passage.title, passage.work, passage.source) == (document.title, "align", document.source)
    assert [p.section_id for p in store.passages(rows[: len(split(EN))])] == ["0", "method", "1.1", "2"]


def test_passages_come_in_the_order_asked_for_without_those_that_are_gone(store: Store) -> None:
    first, second, *_ = store.rows()
    assert [p.row for p in store.passages([second, 999, first])] == [second, first]


def test_cards_count_sections_and_passages(store: Store) -> None:
    assert [(c.doc_id, c.language, c.year, c.sections, c.passages) for c in store.cards()] == [
        ("align.en", "en", 2024, 4, 4),
        ("align.ko", "ko", 2024, 4, 4),
    ]


def test_titles_are_told_where_documents_are_of_one_work(store: Store) -> None:
    titles = [EN.title, KO.title]
    assert sorted(store.titles_of_one_work(None)) == sorted(titles)
    assert store.titles_of_one_work(["align.ko", "unknown"]) == [KO.title]
    assert store.titles_of_one_work([]) == []
    other = replace(EN, doc_id="other", work="other")
    with store.transaction():
        store.put(other, split(other))
    assert store.titles_of_one_work(None) == store.titles_of_one_work(["align.en", "other"]) == []
    assert store.titles_of_one_work(["align.en", "align.ko"]) == titles


def test_replacing_and_deleting_leave_nothing_behind(store: Store) -> None:
    old = set(store.rows())
    with store.transaction():
        store.put(EN, split(EN))
    assert len(store.rows()) == 8
    assert len(old & set(store.rows())) == 4, "rows of a replaced document name its passages no more"
    with store.transaction():
        assert store.delete("align.en")
        assert not store.delete("align.en")
    assert {p.doc_id for p in store.passages(store.rows())} == {"align.ko"}
    with sqlite3.connect(store.path) as db:
        assert db.execute("SELECT count(*) FROM sections").fetchone() == (4,)
    db.close()


def test_row_numbers_are_never_given_twice(store: Store) -> None:
    last = store.rows()[-1]
    with store.transaction():
        store.delete("align.ko")
    with store.transaction():
        store.put(KO, split(KO))
    assert min(p.row for p in store.passages(store.rows()) if p.doc_id == "align.ko") == last + 1


def test_a_failed_transaction_changes_nothing(store: Store) -> None:
    before = store.stamp()
    with pytest.raises(KeyError), store.transaction():
        store.delete("align.en")
        raise KeyError("stopped half way")
    assert store.stamp() == before
    assert store.document("align.en") == EN


def test_the_stamp_follows_what_is_added_and_removed(store: Store) -> None:
    both = store.stamp()
    assert (both.row, both.gone) == (8, 0)
    with store.transaction():
        store.delete("align.en")
    one = store.stamp()
    assert (one.row, one.gone) == (8, 4)
    assert store.gone(both.gone) == [1, 2, 3, 4]
    with store.transaction():
        store.put(EN, split(EN))
    again = store.stamp()
    assert (again.row, again.gone) == (12, 4)
    assert store.rows(after=one.row) == [9, 10, 11, 12]
    assert store.rows(after=one.row, limit=2) == [9, 10]
    assert store.count(after=one.row) == 4
    assert store.follows(both) and store.follows(one) and store.follows(again)


def test_a_copy_that_went_its_own_way_is_no_later_state(store: Store) -> None:
    before = store.stamp()
    with store.transaction():
        store.set_meta("key", "value")
    assert store.stamp() == before, "what is no passage changes no state"
    assert store.follows(before) and store.follows(replace(before, row=3))
    assert not store.follows(replace(before, state="another"))
    assert not store.follows(replace(before, library="another"))
    assert not store.follows(replace(before, row=9)) and not store.follows(replace(before, gone=1))


@pytest.mark.parametrize(
    "look", [Store.document, Store.__contains__, Store.get_meta, lambda store, one: store.find(source=one)]
)
def test_what_nothing_can_be_stored_under_is_refused_and_no_damage(
    store: Store, look: Callable[[Store, str], object]
) -> None:
    with pytest.raises(InputError, match=r"^'\\udcff' holds half a character"):
        look(store, "\udcff")
    with pytest.raises(TypeError):
        store.passages([None])  # type: ignore[list-item]


def test_documents_are_found_by_what_they_are(store: Store) -> None:
    assert store.find(source="/a/align.ko.md") == ["align.ko"]
    assert store.find(sha256=EN.sha256) == ["align.en"]
    assert store.find(identity="arxiv:2408.03281") == []
    assert ("align.en" in store, "align" in store) == (True, False)
    assert store.find(source=EN.source, title=EN.title) == ["align.en"]
    assert store.find(source=EN.source, title="Another Title") == []
    for wrong in ({}, {"text": "x"}):
        with pytest.raises(ValueError, match="give some of source, sha256, identity and title"):
            store.find(**wrong)


def test_pages_and_names_of_a_paper_are_kept(store: Store) -> None:
    paper = replace(EN, doc_id="paper", doi="10.1/x", url="https://a.example/x", identity="arxiv:1", pages=(0, 300))
    with store.transaction():
        store.put(paper, split(paper))
    assert store.document("paper") == paper
    rows = store.rows(after=8)
    assert [p.page for p in store.passages(rows)] == [1 if p.start < 300 else 2 for p in store.passages(rows)]
    assert {p.page for p in store.passages(rows)} == {1, 2}


FIRST_FORMAT = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents(
    doc_id TEXT PRIMARY KEY, work TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, source TEXT NOT NULL,
    sha256 TEXT NOT NULL, arxiv TEXT, authors TEXT NOT NULL, year INTEGER, similar TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE sections(
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL, section_id TEXT NOT NULL,
    path TEXT NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY(doc_id, position));
CREATE TABLE passages(
    row INTEGER PRIMARY KEY AUTOINCREMENT, passage_id TEXT NOT NULL UNIQUE,
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, section INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER);
CREATE INDEX passages_by_document ON passages(doc_id);
INSERT INTO meta VALUES ('format', '1'), ('shipped:a.md', 'digest');
"""


def test_a_library_of_the_first_format_is_brought_up(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.executescript(FIRST_FORMAT)
        db.execute(
            "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            ("align.en", "align", EN.title, "en", EN.source, EN.sha256, None, "[]", 2024, "[]", EN.text),
        )
    db.close()
    with pytest.raises(LibraryError, match="has format 1 and must be brought up to 2; give the folder write rights"):
        Store(tmp_path, writable=False)
    writer = Store(tmp_path, writable=True)
    with writer.transaction():
        writer.put(KO, split(KO))
    old = writer.document("align.en")
    assert old is not None and (old.text, old.title, old.pages, old.doi) == (EN.text, EN.title, (), None)
    assert writer.get_meta("shipped:a.md") == "digest"
    assert (writer.stamp().row, len(writer.stamp().library), len(writer.stamp().state)) == (4, 32, 32)
    assert writer.damage() == []
    with writer.transaction():
        writer._db.execute("UPDATE documents SET authors = '[\"X\"]' WHERE doc_id = 'align.en'")
    assert writer.damage() == ["align.en: what is stored is not what was added (its SHA-256 differs)"]
    writer.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET title = 'another'",
        "UPDATE documents SET pages = '[0]'",
        "UPDATE sections SET path = '[\"X\"]' WHERE position = 1",
        "UPDATE passages SET end = end - 1 WHERE row = 2",
    ],
)
def test_any_change_of_what_is_stored_is_found(store: Store, change: str) -> None:
    with store.transaction():
        store._db.execute(change)
    assert "align.en: what is stored is not what was added (its SHA-256 differs)" in store.damage()


def test_a_changed_setting_is_found(store: Store) -> None:
    with store.transaction():
        store._db.execute("UPDATE meta SET value = 'x' WHERE key = 'library'")
    assert len(store.damage()) == 1 and "the stored settings are not what was stored" in store.damage()[0]


def test_meta_values_are_kept(store: Store) -> None:
    with store.transaction():
        store.set_meta("key", "값")
    assert (store.get_meta("key"), store.get_meta("other")) == ("값", None)


def test_a_changed_text_is_found_by_its_digest(store: Store) -> None:
    assert store.damage() == []
    with store.transaction():
        store._db.execute("UPDATE documents SET text = replace(text, '83.5', '93.5') WHERE doc_id = 'align.en'")
    assert store.damage() == ["align.en: what is stored is not what was added (its SHA-256 differs)"]


def test_folders_that_cannot_be_used_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no Library is there; `surveyqa library add"):
        Store(tmp_path, writable=False)
    path = tmp_path / DATABASE
    path.write_text("this is no database, it is long enough to be taken for one" * 20)
    for writable in (False, True):
        with pytest.raises(LibraryError, match="cannot be read"):
            Store(tmp_path, writable=writable)
    path.unlink()
    db = sqlite3.connect(path)
    assert is_unfinished(tmp_path)
    with pytest.raises(LibraryError, match="the database is empty"):
        Store(tmp_path, writable=False)
    db.execute("CREATE TABLE photos(name TEXT)")
    db.close()
    assert not is_unfinished(tmp_path)
    with pytest.raises(LibraryError, match="is not a Library; choose another folder"):
        Store(tmp_path, writable=False)


def test_a_newer_format_is_refused(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        store.set_meta("format", str(FORMAT + 1))
    with pytest.raises(LibraryError, match="has format 3, this surveyqa reads up to 2; update"):
        Store(tmp_path, writable=False)


def test_a_reader_remembers_a_document_until_the_library_changes(store: Store, tmp_path: Path) -> None:
    reader = Store(tmp_path, writable=False)
    first = reader.document("align.en")
    assert reader.document("align.en") is first
    with store.transaction():
        store.put(replace(EN, title="Another Title"), split(EN))
    again = reader.document("align.en")
    assert again is not None and again.title == "Another Title"
    with store.transaction():
        store.delete("align.en")
    assert reader.document("align.en") is None
    reader.close()

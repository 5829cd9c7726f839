"""SQLite: what goes in comes out, whole or not at all."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import LibraryError
from index.load import parse
from index.schema import DATABASE, FORMAT
from index.split import split
from index.store import Store, is_unfinished
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
    before = store.corpus_hash()
    with pytest.raises(KeyError), store.transaction():
        store.delete("align.en")
        raise KeyError("stopped half way")
    assert store.corpus_hash() == before
    assert store.document("align.en") == EN


def test_the_corpus_hash_follows_the_contents(store: Store) -> None:
    both = store.corpus_hash()
    with store.transaction():
        store.delete("align.en")
    one = store.corpus_hash()
    with store.transaction():
        store.put(EN, split(EN))
    assert one != both == store.corpus_hash()


def test_meta_values_are_kept(store: Store) -> None:
    with store.transaction():
        store.set_meta("key", "값")
    assert (store.get_meta("key"), store.get_meta("other")) == ("값", None)


def test_a_changed_text_is_found_by_its_digest(store: Store) -> None:
    assert store.damage() == []
    with store.transaction():
        store._db.execute("UPDATE documents SET text = replace(text, '83.5', '93.5') WHERE doc_id = 'align.en'")
    assert store.damage() == ["align.en: the stored text is not what was added (its SHA-256 differs)"]


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
    with pytest.raises(LibraryError, match="has format 2, this surveyqa reads up to 1; update"):
        Store(tmp_path, writable=False)

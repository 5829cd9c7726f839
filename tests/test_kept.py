"""The terms of many texts: read once, then from where they are kept, unless they are missing, damaged or of others."""

import os
import time
from pathlib import Path
from types import ModuleType

import pytest

import seeds
from index import analyse
from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from qa import kept
from qa.kept import Terms, kept_terms
from qa.words.bridge import Bridge

CODE = (analyse,)
TEXTS = ["자연어처리 model", "", "reward"]
FOUND = [("자연어 처리", "model"), (), ("reward",)]  # a term may have a space in it


class Reader:
    """Gives FOUND, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, text: str) -> Terms:
        self.asked += 1
        return FOUND[TEXTS.index(text)]


def test_a_later_process_reads_what_an_earlier_one_found(tmp_path: Path) -> None:
    first, second = Reader(), Reader()
    folder = tmp_path / "not" / "there"
    assert kept_terms(TEXTS, first, folder, CODE) == kept_terms(TEXTS, second, folder, CODE) == FOUND
    assert (first.asked, second.asked) == (3, 0)
    assert kept_terms(TEXTS[:2], second, folder, CODE) == FOUND[:2] and second.asked == 2
    assert [path.suffix for path in folder.iterdir()] == ["", ""]


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "no text", "folder"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    kept_terms(TEXTS, Reader(), tmp_path, CODE)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    else:
        changed = {
            "cut": whole[:-3],
            "empty": b"",
            "other": whole.replace(b"reward", b"rewind"),
            "no text": b"\xff\xfe",
        }
        file.write_bytes(changed[damage])
    reader = Reader()
    assert kept_terms(TEXTS, reader, tmp_path, CODE) == FOUND and reader.asked == 3
    if damage != "folder":
        assert file.read_bytes() == whole


def test_other_code_or_another_model_does_not_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    kept_terms(TEXTS, reader, tmp_path, CODE)
    monkeypatch.setattr(kept, "fingerprint", lambda: "another model")
    kept_terms(TEXTS, reader, tmp_path, CODE)
    kept_terms(TEXTS, reader, tmp_path, ())
    assert (reader.asked, len(list(tmp_path.iterdir()))) == (9, 3)


def test_where_nothing_can_be_kept_it_is_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert kept_terms(TEXTS, Reader(), blocked, CODE) == FOUND
    bundled = ModuleType("bundled")
    bundled.__file__ = str(tmp_path / "archive.zip" / "module.py")
    assert kept_terms(TEXTS, Reader(), tmp_path, (bundled,)) == FOUND
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_was_not_read_for_long_is_removed_and_nothing_of_others(tmp_path: Path) -> None:
    kept_terms(TEXTS, Reader(), tmp_path, CODE)
    (old,) = tmp_path.iterdir()
    (tmp_path / "results").write_text("of others", encoding="utf-8")
    for path in tmp_path.iterdir():
        os.utime(path, (time.time() - 61 * 86_400,) * 2)
    kept_terms(TEXTS[:1], Reader(), tmp_path, CODE)
    names = {path.name for path in tmp_path.iterdir()}
    assert len(names) == 2 and "results" in names and old.name not in names
    (new,) = (path for path in tmp_path.iterdir() if path.name != "results")
    os.utime(new, (0, 0))
    kept_terms(TEXTS[:1], Reader(), tmp_path, CODE)
    assert time.time() - new.stat().st_mtime < 60  # read: of use today


def test_the_glossary_is_the_same_when_its_terms_were_kept(tmp_path: Path, analyser: Analyser) -> None:
    made = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser)
    for _ in range(2):
        read = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, (), tmp_path)
        assert read._keys == made._keys and read._entries == made._entries
    assert len(list(tmp_path.iterdir())) == 1

"""Questions analysed once: what is kept is read again, and what is missing, damaged or of other code is made anew."""

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from qa import kept
from qa.retrieval import question_index
from qa.retrieval.question_index import QuestionIndex
from tests.made import WordEmbedder, tiny_analyser

TEXTS = ["data model", "data training", "model reward"]


class Counting(WordEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__({"data": (1.0, 0.0), "model": (0.0, 1.0), "training": (0.6, 0.8)})
        self.embedded = 0

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        return super().embed_passages(texts)


def same(one: QuestionIndex, other: QuestionIndex) -> bool:
    arrays = [
        (i.words.keys, i.words.offsets, i.words.rows, i.words.frequencies, i.lengths, i.vectors) for i in (one, other)
    ]
    return all(np.array_equal(a, b) for a, b in zip(*arrays, strict=True))


def test_a_later_process_reads_what_an_earlier_one_analysed(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    built = QuestionIndex.kept(TEXTS, tiny_analyser(), first, tmp_path)
    read = QuestionIndex.kept(TEXTS, tiny_analyser(), second, tmp_path)
    assert (first.embedded, second.embedded) == (3, 0)
    assert same(built, read)
    assert same(built, QuestionIndex.build(TEXTS, tiny_analyser(), Counting()))
    assert [path.name for path in tmp_path.rglob("*.tmp")] == []


def test_the_shipped_kind_of_question_survives_too(tmp_path: Path, analyser: Analyser, embedder: Embedder) -> None:
    texts = ["행동 모방은 어떤 방법인가요?", "What is behavior imitation?", ""]
    built = QuestionIndex.kept(texts, analyser, embedder, tmp_path)
    assert same(built, QuestionIndex.kept(texts, analyser, embedder, tmp_path))
    assert "모방" in built.words and built.vectors.shape == (3, embedder.dimension)


def test_other_questions_are_kept_beside(tmp_path: Path) -> None:
    embedder = Counting()
    for texts in (TEXTS, TEXTS[:2], TEXTS):
        assert len(QuestionIndex.kept(texts, tiny_analyser(), embedder, tmp_path).lengths) == len(texts)
    assert (embedder.embedded, len(list(tmp_path.iterdir()))) == (5, 2)


@pytest.mark.parametrize(
    "name",
    [
        "words-keys.npy",
        "words-offsets.npy",
        "words-rows.npy",
        "words-frequencies.npy",
        "words-lengths.npy",
        "lengths.npy",
        "vectors.npy",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "cut", "empty", "of others"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    built = QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
    QuestionIndex.kept([*TEXTS, "corpus"], tiny_analyser(), Counting(), tmp_path)
    folders = {len(np.load(folder / "lengths.npy")): folder for folder in tmp_path.iterdir()}
    file, other = folders[3] / name, folders[4] / name
    if damage == "missing":
        file.unlink()
    elif damage == "of others":
        shutil.copy(other, file)
    else:
        file.write_bytes(file.read_bytes()[: 90 if damage == "cut" else 0])
    embedder = Counting()
    assert same(built, QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, tmp_path))
    assert embedder.embedded == 3
    assert same(built, QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, tmp_path))
    assert embedder.embedded == 3


def test_other_code_does_not_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = Counting()
    QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, tmp_path)
    monkeypatch.setattr(kept, "fingerprint", lambda: "another model")
    QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, tmp_path)
    monkeypatch.setattr(question_index, "_CODE", (question_index,))
    QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, tmp_path)
    assert (embedder.embedded, len(list(tmp_path.iterdir()))) == (9, 3)


def test_where_nothing_can_be_written_the_questions_are_analysed(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    embedder = Counting()
    for _ in range(2):
        assert len(QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, blocked).lengths) == 3
    assert embedder.embedded == 6
    assert blocked.read_text(encoding="utf-8") == "in the way"


def test_rows_that_are_no_questions_are_seen(tmp_path: Path) -> None:
    built = QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
    (folder,) = tmp_path.iterdir()
    rows = np.load(folder / "words-rows.npy")
    for wrong in (3, -1):
        np.save(folder / "words-rows.npy", np.where(rows == rows.max(), wrong, rows).astype(np.int32))
        embedder = Counting()
        assert same(built, QuestionIndex.kept(TEXTS, tiny_analyser(), embedder, tmp_path))
        assert embedder.embedded == 3


def test_a_process_that_is_later_than_another_leaves_what_that_kept(tmp_path: Path) -> None:
    class Late(Counting):
        """While it embeds, another process is faster."""

        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
            (folder,) = tmp_path.iterdir()
            self.made = folder.stat().st_ino, (folder / "vectors.npy").stat().st_ino
            return super().embed_passages(texts)

    late = Late()
    index = QuestionIndex.kept(TEXTS, tiny_analyser(), late, tmp_path)
    (folder,) = tmp_path.iterdir()
    assert (folder.stat().st_ino, (folder / "vectors.npy").stat().st_ino) == late.made
    assert same(index, QuestionIndex.build(TEXTS, tiny_analyser(), Counting()))


def test_what_was_not_read_for_long_is_removed_and_nothing_of_others(tmp_path: Path) -> None:
    old, young, left = f"{1:032x}", f"{2:032x}", f"{3:032x}.{4:032x}.tmp"
    for name, days in ((old, 61), (young, 59), (left, 61), ("results", 1_000), ("2024", 1_000)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - days * 86_400,) * 2)
    QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
    (own,) = {path.name for path in tmp_path.iterdir()} - {old, young, left, "results", "2024"}
    assert {path.name for path in tmp_path.iterdir()} == {young, "results", "2024", own}


def test_what_is_read_is_of_use(tmp_path: Path) -> None:
    QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
    (own,) = tmp_path.iterdir()
    os.utime(own, (0, 0))
    QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
    QuestionIndex.kept(TEXTS[:2], tiny_analyser(), Counting(), tmp_path)  # which tidies
    assert own.is_dir() and len(list(tmp_path.iterdir())) == 2


def test_without_the_code_at_hand_the_questions_are_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = ModuleType("bundled")
    bundled.__file__ = str(tmp_path / "archive.zip" / "module.py")
    monkeypatch.setattr(question_index, "_CODE", (bundled,))
    index = QuestionIndex.kept(TEXTS, tiny_analyser(), Counting(), tmp_path)
    assert same(index, QuestionIndex.build(TEXTS, tiny_analyser(), Counting())) and not list(tmp_path.iterdir())

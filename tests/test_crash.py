"""A writer killed at any moment leaves every document whole: as it was before, or as it should become."""

import multiprocessing
import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from index import library
from index.embed import Embedder
from index.library import Library

KILLS = 15


def write_for_ever(folder: Path, papers: Path, ready: Connection) -> None:
    """Add, replace and remove documents until killed."""
    ready.send("ready")
    edition = 0
    while True:
        with Library.open(folder, create=True) as opened:
            for _ in range(4):
                edition += 1
                for name in "abc":
                    sentence = f"Edition {edition} of {name} says the same to the end. "
                    (papers / f"{name}.md").write_text(f"# {name}\n\n## Part\n" + sentence * 80)
                opened.add([papers])
            opened.remove(["b"])


def assert_whole(folder: Path) -> int:
    """Open the Library that a kill left, look at all of it, and return how many documents it has."""
    with Library.open(folder, create=True) as opened:
        cards = opened.store.cards()
        for card in cards:
            document = opened.store.document(card.doc_id)
            assert document is not None
            sentences = document.text.split("\n")[-1].strip().split(". ")
            assert len(sentences) == 80
            assert len({sentence.rstrip(".") for sentence in sentences}) == 1, "two editions in one document"
        rows = opened.store.rows()
        assert sorted(opened.index.rows.tolist()) == rows
        assert len({row for row in rows}) == sum(card.passages for card in cards)
        for passage in opened.store.passages(rows):
            stored = opened.store.document(passage.doc_id)
            assert stored is not None and passage.text == stored.text[passage.start : passage.end]
    assert Library.verify(folder) == []
    return len(cards)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither SIGKILL nor a fork server")
def test_a_killed_writer_leaves_whole_documents(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "open_embedder", lambda name: {embedder.name: embedder}[name])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.test_crash", "safetensors.numpy", "tokenizers"])
    chance = random.Random(7)
    papers = tmp_path / "papers"
    papers.mkdir()
    found = []
    for kill in range(KILLS):
        folder = tmp_path / ("old" if kill % 3 else f"new-{kill}")  # every third while the Library is being made
        listening, ready = context.Pipe(duplex=False)
        process = context.Process(target=write_for_ever, args=(folder, papers, ready))
        process.start()
        assert listening.recv() == "ready"
        time.sleep(3.0 if kill == 1 else chance.uniform(0.0, 0.4 if kill % 3 else 0.2))  # one surely after a commit
        assert process.is_alive(), "the writer failed by itself"
        process.kill()
        process.join()
        assert process.exitcode == -9
        for end in (listening, ready):
            end.close()
        process.close()
        found.append(assert_whole(folder))
    assert any(found), "no kill came late enough to find documents"

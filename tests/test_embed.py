"""Embedders: the bundled one, and any other that sentence-transformers can read."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.embed import BUNDLED, MODEL_FOLDER, Embedder, StaticEmbedder, open_embedder
from index.errors import ModelError
from index.library import Library

TEXTS = ["자기 개선은 무엇인가?", "What is behavior imitation?", "LLaMA-2 15.6T C++", "한 줄\n두 줄", "🙂", "a " * 3000]


def test_vectors_are_unit_vectors_and_empty_texts_are_zeros(embedder: Embedder) -> None:
    vectors = embedder.embed_passages([*TEXTS, ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) + 1, embedder.dimension)
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[[0, 1, 2, 3, 5, 6]].tolist() == pytest.approx([1, 1, 1, 1, 1, 0], abs=1e-5)
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_a_question_is_embedded_like_a_passage(embedder: Embedder) -> None:
    assert embedder.embed_question(TEXTS[0]).tolist() == embedder.embed_passages(TEXTS)[0].tolist()


def test_a_text_and_its_translation_are_nearer_than_another_text(embedder: Embedder) -> None:
    ko, en, other = embedder.embed_passages(
        ["강화 학습으로 정렬한다", "reinforcement learning for alignment", "한국 음식"]
    )
    assert float(ko @ en) > float(ko @ other)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no static embedder could be read .*; reinstall surveyqa"):
        StaticEmbedder(tmp_path, BUNDLED)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Let torch and its friends warn of what they will about themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_numpy_and_sentence_transformers_read_the_same_vectors(embedder: Embedder) -> None:
    theirs = open_embedder(str(MODEL_FOLDER / "embedder"))
    texts = [text for text in TEXTS if len(text) < 1000]
    assert theirs.dimension == embedder.dimension
    np.testing.assert_allclose(embedder.embed_passages(texts), theirs.embed_passages(texts), atol=1e-6)
    np.testing.assert_allclose(embedder.embed_question(texts[0]), theirs.embed_question(texts[0]), atol=1e-6)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_a_model_of_ones_own_takes_the_bundled_ones_place(library_copy: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {"[UNK]": 0, "model": 1, "reward": 2, "모델": 3, "보상": 4}
    rows = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tmp_path / "own"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()], device="cpu").save(
        str(folder)
    )
    own = open_embedder(str(folder))
    assert own.dimension == 3
    half = 1 / np.sqrt(2)
    np.testing.assert_allclose(own.embed_passages(["모델", "reward model"]), [[1, 0, 0], [half, half, 0]], atol=1e-6)
    assert own.embed_passages([]).shape == (0, 3)
    with pytest.raises(ModelError, match=f"library rebuild --library {library_copy} --embedder {folder}"):
        Library.open(library_copy, embedder=str(folder))
    assert Library.rebuild(library_copy, embedder=str(folder)) == 13
    with pytest.raises(ModelError, match=f"made with the embedder '{folder}', not 'bundled'"):
        Library.open(library_copy)
    with Library.open(library_copy, embedder=str(folder)) as opened:
        assert opened.index.vectors.vectors().shape == (13, 3)
        (tmp_path / "n.md").write_text("model\n")
        opened.add([tmp_path / "n.md"])
        assert opened.index.vectors.similarities(own.embed_question("모델"))[-1] == pytest.approx(1)
    assert Library.verify(library_copy) == []


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_a_model_that_is_not_here_is_not_downloaded(tmp_path: Path) -> None:
    for name in ("nobody/no-such-model", str(tmp_path)):
        with pytest.raises(ModelError, match="is not on this machine or cannot be read .*use 'bundled'"):
            open_embedder(name)

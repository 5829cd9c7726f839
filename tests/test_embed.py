"""Embedders: the bundled one, and any other that sentence-transformers can read."""

import random
import re
import shutil
import socket
import string
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.embed import (
    BUNDLED,
    MODEL_FOLDER,
    Embedder,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    full_name,
    locate,
    open_embedder,
)
from index.errors import ModelError
from index.library import Library
from index.presets import EMBEDDERS, RERANKERS, Preset, preset_of
from index.selftest import TRANSLATIONS, TRIPLES, korean_blindness

ROOT = Path(__file__).resolve().parents[1]

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


def tiny_bert(folder: Path, labels: int = 0) -> Path:
    """Save a BERT of two layers of width 32 with random weights, which reads a–z and a few words and no Hangul.

    With `labels` it is a cross-encoder that gives so many scores a pair. Its files are those of transformers alone.
    """
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

    letters = string.ascii_lowercase
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", "passage", "ask", "text", "cat", "dog", ":", ".", *letters]
    vocabulary = {word: at for at, word in enumerate([*words, *(f"##{letter}" for letter in letters)])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        model_max_length=64,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    config.num_labels = labels or 1
    torch.manual_seed(7)
    kind = BertForSequenceClassification if labels else BertModel
    kind(config).save_pretrained(folder)
    return folder


@contextmanager
def given_to(embedder: SentenceTransformerEmbedder) -> Iterator[list[str]]:
    """Give the list that the texts go to which reach the model's first layer, read back from their tokens."""
    seen: list[str] = []
    tokenizer = embedder._model.tokenizer

    def note(_: object, arguments: tuple[dict[str, Sequence[Sequence[int]]], ...]) -> None:
        seen.extend(tokenizer.decode(ids, skip_special_tokens=True) for ids in arguments[0]["input_ids"])

    handle = embedder._model[0].register_forward_pre_hook(note)
    try:
        yield seen
    finally:
        handle.remove()


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
        assert [segment.vectors.vectors().shape[1] for segment in opened.index.segments] == [3, 3]
        assert len(opened.index) == 13
        (tmp_path / "n.md").write_text("model\n")
        opened.add([tmp_path / "n.md"])
        assert opened.index.segments[-1].vectors.similarities(own.embed_question("모델"))[-1] == pytest.approx(1)
    assert Library.verify(library_copy) == []


def test_short_names_stand_for_hub_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert full_name("bge-m3") == "BAAI/bge-m3"
    assert full_name("e5-small") == full_name("multilingual-e5-small") == "intfloat/multilingual-e5-small"
    assert full_name("kure-v1") == "nlpai-lab/KURE-v1"
    assert full_name("bge-reranker-v2-m3", "reranker") == "BAAI/bge-reranker-v2-m3"
    assert full_name("bge-reranker", "embedder") == "bge-reranker"
    assert full_name(BUNDLED) == BUNDLED
    assert full_name("nobody/bge-m3-mine") == "nobody/bge-m3-mine"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bge-m3").mkdir()
    assert full_name("bge-m3") == "bge-m3", "a folder of that name is meant"


@pytest.mark.parametrize("presets", [EMBEDDERS, RERANKERS])
def test_no_two_presets_share_a_name(presets: tuple[Preset, ...]) -> None:
    names = [name for preset in presets for name in {preset.short, preset.name.split("/")[1].lower()}]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("BAAI/bge-m3", "BAAI/bge-m3"),
        ("dragonkue/bge-m3-ko", "dragonkue/BGE-m3-ko"),
        ("e5-base", "intfloat/multilingual-e5-base"),
        ("/models/multilingual-e5-large-instruct", "intfloat/multilingual-e5-large-instruct"),
        ("models/multilingual-e5-large-tuned/", "intfloat/multilingual-e5-large"),
        (r"C:\models\KURE-v1", "nlpai-lab/KURE-v1"),
        ("/c/hub/models--Qwen--Qwen3-Embedding-0.6B/snapshots/97b0c6", "Qwen/Qwen3-Embedding-0.6B"),
        ("/models/all-MiniLM-L6-v2", None),
        ("/models/bge-m3/checkpoint", None),
    ],
)
def test_a_preset_is_found_by_hub_name_or_folder(name: str, preset: str | None) -> None:
    found = preset_of(name, EMBEDDERS)
    assert (found.name if found else None) == preset


def test_the_table_of_presets_is_whole() -> None:
    rows = (ROOT / "docs" / "models.md").read_text(encoding="utf-8").replace(r"\|", "|").splitlines()
    for preset in (*EMBEDDERS, *RERANKERS):
        size = f"{preset.megabytes / 1000:.1f} GB"
        prefixes = [f"`{prompt!r}`" for prompt in (preset.question, preset.passage) if prompt]
        wanted = [f"`{preset.name}`", f"`{preset.short}`", size, preset.licence, *prefixes]
        assert any(all(word in row for word in wanted) for row in rows), f"docs/models.md has no row with {wanted}"


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty hub cache, and no way to the network."""

    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    cache = tmp_path / "hub"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    monkeypatch.delenv("SENTENCE_TRANSFORMERS_HOME", raising=False)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return cache


@pytest.mark.usefixtures("quiet")
def test_a_model_that_is_not_here_is_not_downloaded(offline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(offline.parent)
    with pytest.raises(ModelError) as caught:
        open_embedder("bge-m3")
    assert str(caught.value) == (
        f"the embedder 'BAAI/bge-m3' is not on this machine: {offline.parent}/BAAI/bge-m3 is no folder, and the hub's "
        f"cache ({offline}) does not hold BAAI/bge-m3; nothing is downloaded unasked: run `hf download BAAI/bge-m3` "
        "once, or give the folder of a copy, `--embedder FOLDER`, or use 'bundled'"
    )
    with pytest.raises(ModelError, match="does not hold sentence-transformers/nonesuch; .* known name .e5-small, "):
        open_embedder("nonesuch")
    for path in ("./nonesuch", "/no/such/folder", "~/no/such/folder", "bad name?"):
        with pytest.raises(ModelError, match=r"(nonesuch|folder|bad name\?) is no folder; nothing is downloaded"):
            open_embedder(path)


@pytest.mark.usefixtures("quiet")
def test_a_model_in_the_hubs_cache_is_found(offline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(cache: Path, name: str) -> Path:
        model = cache / f"models--{name.replace('/', '--')}"
        (model / "refs").mkdir(parents=True)
        (model / "refs" / "main").write_text("0" * 40)
        snapshot = model / "snapshots" / ("0" * 40)
        snapshot.mkdir(parents=True)
        return snapshot

    found = put(offline, "BAAI/bge-m3")
    assert locate("BAAI/bge-m3", "embedder") == found
    found = put(offline, "cross-encoder/mine")
    assert locate("mine", "reranker") == found
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "other"))
    other = put(tmp_path / "other", "nobody/elsewhere")
    assert locate("nobody/elsewhere", "embedder") == other


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_a_folder_that_holds_no_whole_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read .*: copy the whole folder again, .*use 'bundled'"):
        open_embedder(str(tmp_path))
    broken = tiny_bert(tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"cut short")
    with pytest.raises(ModelError, match="the embedder '.*broken' cannot be read"):
        open_embedder(str(broken))
    scorer = tiny_bert(tmp_path / "scorer", labels=1)
    with pytest.raises(ModelError, match="is a reranker, it scores pairs .*use it as --reranker"):
        open_embedder(str(scorer))


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_prefixes_of_the_preset_are_put_before_the_texts(tmp_path: Path) -> None:
    tiny_bert(tmp_path / "plain")
    shutil.copytree(tmp_path / "plain", tmp_path / "multilingual-e5-small")
    plain = SentenceTransformerEmbedder(str(tmp_path / "plain"))
    model = SentenceTransformerEmbedder(str(tmp_path / "multilingual-e5-small"))
    with given_to(plain) as seen:
        plain.embed_question("a cat")
        plain.embed_passages(["a dog"])
    assert seen == ["a cat", "a dog"]
    with given_to(model) as seen:
        question = model.embed_question("a cat")
        passages = model.embed_passages(["a dog", "cat"])
    assert seen == ["query : a cat", "passage : a dog", "passage : cat"]
    np.testing.assert_allclose(question, plain.embed_question("query: a cat"), atol=1e-6)
    np.testing.assert_allclose(passages, plain.embed_passages(["passage: a dog", "passage: cat"]), atol=1e-6)
    assert np.linalg.norm(passages, axis=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    assert model.embed_passages([]).shape == (0, model.dimension) == (0, 32)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_a_models_own_prompts_win(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    source = SentenceTransformer(
        str(tiny_bert(tmp_path / "source")),
        device="cpu",
        prompts={"query": "ask: ", "passage": "text: "},
        default_prompt_name="passage",  # as some models on the hub have it: it must not come twice
    )
    source.save(str(tmp_path / "multilingual-e5-small"))
    model = SentenceTransformerEmbedder(str(tmp_path / "multilingual-e5-small"))
    with given_to(model) as seen:
        model.embed_question("a cat")
        model.embed_passages(["a dog"])
    assert seen == ["ask : a cat", "text : a dog"]


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_a_copy_without_its_pooling_is_pooled_as_its_preset_says(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModel

    folder = tiny_bert(tmp_path / "bge-m3")
    model = SentenceTransformerEmbedder(str(folder))
    tokens = model._model.tokenizer(["a cat"], return_tensors="pt")
    with torch.no_grad():
        first = AutoModel.from_pretrained(folder)(**tokens).last_hidden_state[0, 0].numpy()
    np.testing.assert_allclose(model.embed_question("a cat"), first / np.linalg.norm(first), atol=1e-5)
    shutil.copytree(folder, tmp_path / "embeddinggemma-300m")
    with pytest.raises(ModelError, match="modules.json is missing"):
        open_embedder(str(tmp_path / "embeddinggemma-300m"))


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_an_embedder_without_hangul_is_noticed(tmp_path: Path) -> None:
    blind = korean_blindness(open_embedder(str(tiny_bert(tmp_path / "english"))))
    assert blind is not None
    assert re.match(
        r"the embedder '.*english' cannot tell Korean sentences apart: \d of 8 Korean paraphrases found, at least 5 "
        r"expected; \d+ sentences with another's vector \(highest cosine 1\.000\), none expected; \d of 6 translations "
        r"found, at least 4 expected\. .* Use 'bundled', or a model that knows Korean",
        blind,
    )


def test_the_bundled_embedder_knows_korean(embedder: Embedder) -> None:
    assert korean_blindness(embedder) is None


class Table:
    """An embedder of the self-test's sentences: what belongs together shares an axis, and each has one of its own."""

    name = "table"
    dimension = 64

    def __init__(self, *, english: bool) -> None:
        rows = [(a, b) for a, b, _ in TRIPLES] + [(a, b if english else "") for a, b in TRANSLATIONS]
        self._axis = {text: at for at, pair in enumerate(rows) for text in pair}
        self._seen: dict[str, int] = {}

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            own = 14 + self._seen.setdefault(text, len(self._seen))
            vector[[self._axis.get(text, own), own]] = (0.8, 0.6)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def embed_question(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector


def test_an_embedder_of_korean_alone_is_told_apart_from_a_blind_one() -> None:
    assert korean_blindness(Table(english=True)) is None
    said = korean_blindness(Table(english=False))
    assert said is not None
    assert said.startswith(
        "the embedder 'table' does not bring Korean and English together: 0 of 6 translations found, at least 4 expected."
    )


def test_remembered_words_give_the_tokenizers_own_tokens(embedder: Embedder) -> None:
    assert isinstance(embedder, StaticEmbedder)
    chance = random.Random(5)
    letters = "ab ,. ()-가나  _$1①ﬁ\u00a0\u3000“”…·é\u0301˝\t\n"
    texts = ["".join(chance.choice(letters) for _ in range(chance.randint(0, 30))) for _ in range(3_000)]
    texts += ["", " ", "  (a", "SPIN (Chen et al., 2024)은 자기 대국이다.", "state-of-the-art,  twice ", "x_y $1 ~ 50%"]
    own = [encoding.ids for encoding in embedder._tokenizer.encode_batch(texts, add_special_tokens=False)]
    assert [embedder.token_ids(text) for text in texts] == own

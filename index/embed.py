"""Texts in, unit vectors out. Finds and loads models; knows nothing of documents or indexes, and downloads nothing.

The bundled model is read by NumPy alone, because importing sentence-transformers costs seconds; any other model, from
a local folder or the hub's cache, goes through sentence-transformers.
"""

import json
import os
import re
import string
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.presets import EMBEDDERS, RERANKERS, Preset, hub_name, preset_of

MODEL_FOLDER = Path(__file__).parent / "model"
BUNDLED = "bundled"
REMEMBERED = 200_000  # words, and pieces of words, whose tokens a StaticEmbedder remembers
REMEMBERED_CHARS = 40  # longer ones are rare, and some are very long
_PIECE = re.compile(r"[A-Za-z0-9가-힣]+|[!-/:-@\[-`{-~]")
_PLAIN = re.compile(r"[A-Za-z0-9가-힣!-/:-@\[-`{-~]+")

Kind = Literal["embedder", "reranker"]
_PRESETS = {"embedder": EMBEDDERS, "reranker": RERANKERS}
# Where the hub keeps models whose names have no organisation, as sentence-transformers resolves them.
_ORGANISATIONS = {"embedder": "sentence-transformers", "reranker": "cross-encoder"}
_KOREAN = {"embedder": "임베딩", "reranker": "재정렬"}


class Embedder(Protocol):
    """Turns texts into unit vectors of one dimension."""

    name: str
    dimension: int

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dimension); an empty text gives zeros."""

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, float32, shape (dimension,)."""


class StaticEmbedder:
    """Reads a StaticEmbedding folder with NumPy: a text's vector is the normalised mean of its tokens' vectors."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load tokenizer and rows. Raises ModelError when the folder does not hold them."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        module = folder / "0_StaticEmbedding"
        try:
            tensors = load_file(module / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(module / "tokenizer.json"))
        except Exception as error:  # the two libraries raise bare Exceptions of their own
            raise ModelError(f"{module}: no static embedder could be read ({error}); reinstall surveyqa") from error
        self._mark = self._packed(self._tokenizer.encode(" ", add_special_tokens=False).ids)
        self._piece = lru_cache(maxsize=REMEMBERED)(self._read_piece)
        self._ids_of = lru_cache(maxsize=REMEMBERED)(self._read)
        self._rows = tensors["embeddings"]
        self._scales = tensors["weights"]
        self.name = name
        self.dimension = int(self._rows.shape[1])
        self.embed_question = lru_cache(maxsize=64)(self._embed_question)  # several stages look at the same one

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dimension); an empty text gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        after_space = _Remembered(lambda word: self._word(word)[1])
        for at, text in enumerate(texts):
            ids = self._ids(text, after_space)
            if len(ids):
                mean = self._scales.take(ids) @ self._rows.take(ids, 0).astype(np.float32) / len(ids)
                vectors[at] = mean / max(float(np.linalg.norm(mean)), 1e-12)
        return vectors

    def token_ids(self, text: str) -> list[int]:
        """Return the ids of a text's tokens, as the tokenizer gives them."""
        found: list[int] = self._ids(text, _Remembered(lambda word: self._word(word)[1])).tolist()
        return found

    def _ids(self, text: str, after_space: Mapping[str, bytes]) -> NDArray[np.int32]:
        """Return the ids of a text's tokens, those of what stands between two spaces as they are remembered.

        The tokenizer divides at spaces and around punctuation before all else, and begins each piece with a mark: a
        space before punctuation, and a second space, are a mark alone.
        """
        first, *others = text.split(" ")
        return np.frombuffer(b"".join([self._word(first)[0], *map(after_space.__getitem__, others)]), np.int32)

    def _word(self, word: str) -> tuple[bytes, bytes]:
        return self._ids_of(word) if len(word) <= REMEMBERED_CHARS else self._read(word)

    def _read(self, word: str) -> tuple[bytes, bytes]:
        """Return the ids of what stands between two spaces: where it begins a text, and after a space."""
        if not word:
            return b"", self._mark
        if _PLAIN.fullmatch(word) and "[UNK]" not in word:  # which the tokenizer knows as one token
            ids, first = b"".join(map(self._piece, _PIECE.findall(word))), word[0]
        else:
            ids = self._packed(self._tokenizer.encode(word, add_special_tokens=False).ids)
            first = self._tokenizer.normalizer.normalize_str(word)[:1]
        return ids, self._mark + ids if _stands_alone(first) else ids

    def _read_piece(self, piece: str) -> bytes:
        """Return the ids of what `_PIECE` matches: nothing normalises or divides it but lower case and the mark."""
        return self._packed([token.id for token in self._tokenizer.model.tokenize(f"▁{piece.lower()}")])

    @staticmethod
    def _packed(ids: Sequence[int]) -> bytes:
        return np.array(ids, np.int32).tobytes()

    def _embed_question(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, float32, shape (dimension,)."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        vector.flags.writeable = False
        return vector


class _Remembered(dict[str, bytes]):
    """What a function gives for words, each asked once; much faster than its cache, as long as the words are few."""

    def __init__(self, of: Callable[[str], bytes]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> bytes:
        self[word] = found = self._of(word)
        return found


def _stands_alone(char: str) -> bool:
    """Whether the tokenizer divides before a character: a space, or punctuation as Unicode or ASCII have it."""
    return bool(char) and (char == " " or unicodedata.category(char)[0] == "P" or char in string.punctuation)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, from a local folder or the hub's local cache; never downloads by itself."""

    def __init__(self, name: str) -> None:
        """Load the model. Raises ModelError when it is not on this machine, is broken, or is a reranker."""
        self.name = full_name(name)
        folder = locate(self.name, "embedder")
        if stored_class(folder).endswith(("ForSequenceClassification", "CrossEncoder")):
            raise ModelError(
                f"{folder}: {self.name!r} is a reranker, it scores pairs and makes no vectors; use it as --reranker"
            )
        preset = preset_of(self.name, EMBEDDERS)
        try:
            self._model = _load(folder, preset)
            self.dimension = int(self._model.get_embedding_dimension() or self._encode(["a"], "").shape[1])
        except Exception as error:  # transformers, tokenizers and safetensors raise what they like
            raise unreadable(self.name, "embedder", folder, error) from error
        self.question_prompt, self.passage_prompt = _prompts(self._model.prompts or {}, preset)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        return self._encode(list(texts), self.passage_prompt)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, float32, shape (dimension,)."""
        vector: NDArray[np.float32] = self._encode([text], self.question_prompt)[0]
        return vector

    def _encode(self, texts: list[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # the prompt is always given, an empty one too: else a model's default prompt would come before ours
        vectors = self._model.encode(
            texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, np.float32)


def open_embedder(name: str = BUNDLED) -> Embedder:
    """Return the embedder called `name`: "bundled", a model folder, a short name, or a hub name in the local cache."""
    if name == BUNDLED:
        return StaticEmbedder(MODEL_FOLDER / "embedder", BUNDLED)
    return SentenceTransformerEmbedder(name)


def full_name(name: str, kind: Kind = "embedder") -> str:
    """Return the hub name that a short name stands for; folders and all other names as they are."""
    return name if name == BUNDLED or Path(name).is_dir() else hub_name(name, _PRESETS[kind])


def locate(name: str, kind: Kind) -> Path:
    """Return the folder that holds a model: `name` itself, or its snapshot in the hub's local cache.

    Touches no network. Raises ModelError, with the line that downloads the model, when it is not on this machine.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when huggingface_hub is first imported
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    repository = name if "/" in name else f"{_ORGANISATIONS[kind]}/{name}"
    caches = [constants.HF_HUB_CACHE, os.environ.get("SENTENCE_TRANSFORMERS_HOME")]
    for cache in filter(None, caches):
        try:
            return Path(snapshot_download(repository, cache_dir=cache, local_files_only=True))
        except LocalEntryNotFoundError:
            continue
        except HFValidationError:
            caches = []  # a path, not a hub name
            break
    known = ", ".join(preset.short for preset in _PRESETS[kind])
    held, hub = ", ".join(filter(None, caches)), f"`hf download {repository}`" if "/" in name and caches else ""
    where = f", and the hub's cache ({held}) does not hold {repository}" if held else ""
    sought = f"고, 허브 캐시({held})에도 {repository} 모델이 없습니다" if held else "습니다"
    download = f"run {hub} once" if hub else f"give a known name ({known})"
    fetch = f"터미널에서 {hub} 명령을 한 번 실행하거나" if hub else f"아는 이름({known})을 적거나"
    raise ModelError(
        f"the {kind} {name!r} is not on this machine: {folder.absolute()} is no folder{where}; nothing is downloaded "
        f"unasked: {download}, or give the folder of a copy, `--{kind} FOLDER`, or use '{BUNDLED}'",
        f"‘{name}’: 이 {_KOREAN[kind]} 모델은 이 컴퓨터에 없습니다. {folder.absolute()} 폴더가 없{sought}. SurveyQA는 "
        f"모델을 스스로 내려받지 않습니다. {fetch}, 모델이 든 폴더를 적거나, {BUNDLED}를 쓰세요.",
    )


def unreadable(name: str, kind: Kind, folder: Path, error: Exception) -> ModelError:
    """Return the error that says that a model's folder is there and cannot be used."""
    reason = (str(error).strip().splitlines() or [""])[0][:200]
    remedy = (
        f"run `hf download {name}` again" if not Path(name).expanduser().is_dir() else "copy the whole folder again"
    )
    return ModelError(
        f"{folder}: the {kind} {name!r} cannot be read ({type(error).__name__}: {reason}); the files may be incomplete "
        f"or made for other software: {remedy}, or give another, `--{kind} FOLDER`, or use '{BUNDLED}'"
    )


def loading_options() -> dict[str, Any]:
    """Return what every model is loaded with: no network, and float32 where only a CPU computes."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from sentence_transformers.util import get_device_name
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    device = str(get_device_name())
    # half precision, as some models are stored in, is slow on a CPU or missing there
    return {
        "device": device,
        "local_files_only": True,
        "model_kwargs": {"dtype": "float32"} if device == "cpu" else {},
    }


def stored_class(folder: Path) -> str:
    """Return the class that a model was saved as, of sentence-transformers or else of transformers; or nothing."""
    if (folder / "1_Pooling").is_dir():
        return "SentenceTransformer"
    for file, key in (("config_sentence_transformers.json", "model_type"), ("config.json", "architectures")):
        try:
            named = json.loads((folder / file).read_text(encoding="utf-8")).get(key)
        except (OSError, ValueError, AttributeError):
            continue
        if named:
            return named if isinstance(named, str) else str(named[0])
    return ""


def _load(folder: Path, preset: Preset | None) -> Any:
    """Load a bi-encoder; one whose files do not say how its tokens become one vector is pooled as its preset says."""
    options = loading_options()
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    model = SentenceTransformer(str(folder), **options)
    if preset and not (folder / "modules.json").exists():
        if preset.pooling is None:
            raise ValueError("modules.json is missing, and mean pooling would not be what this model was made for")
        pooling = Pooling(model[0].get_embedding_dimension(), preset.pooling)
        model = SentenceTransformer(modules=[model[0], pooling], device=options["device"], prompts=model.prompts)
    if preset and (model.max_seq_length or 0) > preset.max_tokens:
        model.max_seq_length = preset.max_tokens
    return model


def _prompts(own: dict[str, str], preset: Preset | None) -> tuple[str, str]:
    """Return what stands before a question and before a passage: a model's own prompts, else those of its preset."""
    question = own.get("query") or ""
    passage = next((own[key] for key in ("document", "passage", "corpus") if own.get(key)), "")
    if question or passage or preset is None:
        return question, passage
    return preset.question, preset.passage

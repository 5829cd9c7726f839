"""Texts in, unit vectors out. Loads models; knows nothing of documents or indexes.

The bundled model is read by NumPy alone, because importing sentence-transformers costs seconds; any other model, from
a local folder or the hub's cache, goes through sentence-transformers.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

MODEL_FOLDER = Path(__file__).parent / "model"
BUNDLED = "bundled"

# Prefixes that a model was trained with and does not carry in its own configuration: (question, passage).
_PREFIXES = {"e5": ("query: ", "passage: "), "bge-m3": ("", ""), "kure": ("", "")}


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
        self._rows = tensors["embeddings"]
        self._scales = tensors["weights"]
        self.name = name
        self.dimension = int(self._rows.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dimension); an empty text gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for at, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoding.ids:
                mean = self._scales[encoding.ids] @ self._rows[encoding.ids].astype(np.float32) / len(encoding.ids)
                vectors[at] = mean / max(float(np.linalg.norm(mean)), 1e-12)
        return vectors

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, float32, shape (dimension,)."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, from a local folder or the hub's local cache; never downloads by itself."""

    def __init__(self, name: str) -> None:
        """Load the model. Raises ModelError when it is not on this machine, or is broken."""
        offline = {key: os.environ.get(key) for key in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")}
        os.environ.update({key: "1" for key, value in offline.items() if value is None})
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"the embedder {name!r} is not on this machine or cannot be read ({type(error).__name__}); give the "
                f"path of a model folder, download it first with `hf download {name}`, or use '{BUNDLED}'"
            ) from error
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        prefixes = next((both for key, both in _PREFIXES.items() if key in Path(name).name.lower()), ("", ""))
        own = self._model.prompts or {}
        self._question_prefix = own.get("query") or prefixes[0]
        self._passage_prefix = own.get("document") or own.get("passage") or prefixes[1]

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        return self._encode([self._passage_prefix + text for text in texts])

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, float32, shape (dimension,)."""
        vector: NDArray[np.float32] = self._encode([self._question_prefix + text])[0]
        return vector

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, np.float32)


def open_embedder(name: str = BUNDLED) -> Embedder:
    """Return the embedder called `name`: "bundled", a model folder, or a hub name that is in the local cache."""
    if name == BUNDLED:
        return StaticEmbedder(MODEL_FOLDER / "embedder", BUNDLED)
    return SentenceTransformerEmbedder(name)

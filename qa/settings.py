"""Everything that can be set, in one place. Reads nothing: environment and arguments are read at the entry points."""

from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from index.embed import BUNDLED

MOST_SOURCES = 20


def default_library() -> Path:
    """Return the folder of the user's own Library, as the operating system places such data."""
    return user_data_path("surveyqa", appauthor=False) / "library"


def default_cache() -> Path:
    """Return the folder of what can be made again, as the operating system places such data."""
    return user_cache_path("surveyqa", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a Library is opened and asked.

    `embedder` is "bundled", a sentence-transformers folder, or a hub name in the local cache; `reranker` likewise, for
    a cross-encoder. `top_k` is how many passages a search returns and an answer is read from. `read_seconds`,
    `read_memory_mb` and `read_file_mb` bound the reading of one file that is added; with `keep_originals` the PDFs
    among them are kept, so that their pages can be shown. `llm` is the address of a language
    model's server, "" for none, and `llm_model` its model; `sources` is how many passages it is given, 1 to
    MOST_SOURCES. Its key is no setting. In `cache` stands what can be made again.
    """

    library: Path
    embedder: str = BUNDLED
    reranker: str = BUNDLED
    top_k: int = 20
    shipped_seeds: bool = True
    read_seconds: float = 120.0
    read_memory_mb: int = 2_000
    read_file_mb: int = 200
    keep_originals: bool = True
    llm: str = ""
    llm_model: str = ""
    sources: int = 8
    cache: Path = field(default_factory=lambda: default_cache())

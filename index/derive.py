"""Stored passages in, a PassageIndex out: everything that can be made again from SQLite, in files of their own.

A generation is a folder with a manifest. It is written beside the old one and becomes current by one atomic rename, so
that a killed process leaves the old generation or the new one. Decides nothing about questions.
"""

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analyse import ANALYSER_VERSION, Analyser
from index.embed import MODEL_FOLDER, Embedder
from index.errors import LibraryError
from index.split import PASSAGE_CHARS
from index.store import Store, StoredPassage
from index.terms import TermIndex
from index.vectors import VectorIndex

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

INDEX_FOLDER = "index"
_CURRENT = "CURRENT"
_FORMAT = 1
_BATCH = 512
# What NumPy and zipfile raise for damaged files, by the byte that is damaged.
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, RuntimeError, MemoryError, zipfile.BadZipFile, zlib.error)
# How often a word of the section's headings and of the document's title counts beside a word of the text.
PATH_WEIGHT = 1.0
TITLE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from and with; `files` maps each file to its SHA-256."""

    format: int
    embedder: str
    dimension: int
    fingerprint: str
    corpus: str
    passages: int
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """All that is searched. Row i of every part is the passage with the store's row number rows[i]."""

    rows: NDArray[np.int64]
    korean: NDArray[np.bool_]
    words: TermIndex
    vectors: VectorIndex

    @classmethod
    def build(
        cls, passages: Sequence[StoredPassage], analyser: Analyser, embedder: Embedder, progress: Progress | None = None
    ) -> "PassageIndex":
        """Analyse and embed passages."""
        words: list[Counter[str]] = []
        vectors = [np.zeros((0, embedder.dimension), np.float32)]
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            for passage in batch:
                words.append(_weigh(passage, analyser.words))
            vectors.append(embedder.embed_passages([embedded_text(passage) for passage in batch]))
            if progress:
                progress("index", at + len(batch), len(passages))
        return cls(
            rows=np.array([passage.row for passage in passages], np.int64),
            korean=np.array([passage.language == "ko" for passage in passages], bool),
            words=TermIndex.build(words),
            vectors=VectorIndex.build(np.concatenate(vectors)),
        )

    def replace(self, keep: NDArray[np.int64], added: "PassageIndex") -> "PassageIndex":
        """Return an index of this one's positions `keep`, followed by `added`."""
        return PassageIndex(
            rows=np.concatenate([self.rows[keep], added.rows]),
            korean=np.concatenate([self.korean[keep], added.korean]),
            words=self.words.replace(keep, added.words),
            vectors=VectorIndex.build(np.concatenate([self.vectors.vectors()[keep], added.vectors.vectors()])),
        )


def embedded_text(passage: StoredPassage) -> str:
    """Return what stands for a passage in vector search: its last heading and its text."""
    return f"{passage.path[-1]}. {passage.text}" if passage.path else passage.text


def update(
    store: Store,
    old: PassageIndex | None,
    analyser: Analyser,
    embedder: Embedder,
    progress: Progress | None = None,
) -> PassageIndex:
    """Return an index of the store's passages; those that `old` holds are not analysed again."""
    rows = np.array(store.rows(), np.int64)
    if old is None:
        return PassageIndex.build(store.passages(rows), analyser, embedder, progress)
    keep = np.flatnonzero(np.isin(old.rows, rows))
    new = rows[~np.isin(rows, old.rows)]
    return old.replace(keep, PassageIndex.build(store.passages(new), analyser, embedder, progress))


def fingerprint() -> str:
    """Return what the analyser, the splitter and the bundled model amount to; another value means: index again."""
    model = json.loads((MODEL_FOLDER / "model.json").read_text(encoding="utf-8"))["fingerprint"]
    return f"{ANALYSER_VERSION}-{PASSAGE_CHARS}-{PATH_WEIGHT}-{TITLE_WEIGHT}-{model}"


def save(index: PassageIndex, folder: Path, *, embedder: Embedder, corpus: str) -> None:
    """Write a generation beside the current one, make it current, and remove the others."""
    root = folder / INDEX_FOLDER
    root.mkdir(exist_ok=True)
    name = f"{1 + max((int(path.name) for path in root.iterdir() if path.name.isdigit()), default=0):06d}"
    temporary = root / f"{name}.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    with (temporary / "passages.npz").open("wb") as file:
        np.savez(file, rows=index.rows, korean=index.korean)
    index.words.save(temporary / "words.npz")
    index.vectors.save(temporary / "vectors.faiss")
    files = {path.name: _digest(path) for path in sorted(temporary.iterdir())}
    manifest = Manifest(_FORMAT, embedder.name, embedder.dimension, fingerprint(), corpus, len(index.rows), files)
    (temporary / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    for path in temporary.iterdir():
        _sync(path)
    temporary.rename(root / name)
    pointer = root / f"{_CURRENT}.tmp"
    pointer.write_text(f"{name} {_digest(root / name / 'manifest.json')}", encoding="ascii")
    _sync(pointer)
    os.replace(pointer, root / _CURRENT)
    for path in root.iterdir():
        if path.is_dir() and path.name != name:
            shutil.rmtree(path, ignore_errors=True)


def current(folder: Path) -> str | None:
    """Return the name of the current generation, or None."""
    return _pointer(folder)[0] or None


def load_manifest(folder: Path) -> Manifest | None:
    """Return the current generation's manifest, or None when there is none that can be read."""
    name = current(folder)
    if name is None:
        return None
    try:
        manifest = Manifest(**json.loads((folder / INDEX_FOLDER / name / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return manifest if manifest.format == _FORMAT else None


def load(folder: Path) -> PassageIndex:
    """Read the current generation. Raises LibraryError when a file is missing or damaged."""
    name = current(folder)
    try:
        return _load(folder / INDEX_FOLDER / (name or "none"))
    except LibraryError:
        if current(folder) == name:
            raise
        return load(folder)  # a writer made another generation current and removed this one meanwhile


def _load(path: Path) -> PassageIndex:
    try:
        with np.load(path / "passages.npz", allow_pickle=False) as stored:
            rows, korean = stored["rows"], stored["korean"]
        return PassageIndex(
            rows,
            korean,
            TermIndex.load(path / "words.npz"),
            VectorIndex.load(path / "vectors.faiss"),
        )
    except _UNREADABLE as error:
        raise LibraryError(
            f"{path}: the index is missing or damaged; run `surveyqa library rebuild --library {path.parent.parent}`"
        ) from error


def damage(folder: Path) -> list[str]:
    """Return what is wrong with the current generation's files, one line each."""
    manifest = load_manifest(folder)
    if manifest is None:
        return [f"{folder / INDEX_FOLDER}: there is no readable index"]
    name, manifest_digest = _pointer(folder)
    path = folder / INDEX_FOLDER / name
    found = []
    for name, digest in {"manifest.json": manifest_digest, **manifest.files}.items():
        if not (path / name).is_file():
            found.append(f"{path / name}: the file is missing")
        elif _digest(path / name) != digest:
            found.append(f"{path / name}: the file is not what was written (its SHA-256 differs)")
    return found


def _pointer(folder: Path) -> tuple[str, str]:
    """Return the current generation's name and its manifest's SHA-256; empty where there is none."""
    try:
        name, _, digest = (folder / INDEX_FOLDER / _CURRENT).read_text(encoding="ascii").partition(" ")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return (name, digest.strip()) if name.isdigit() else ("", "")


def _weigh(passage: StoredPassage, terms: Callable[[str], list[str]]) -> Counter[str]:
    frequencies: Counter[str] = Counter()
    for text, weight in ((passage.text, 1.0), (" / ".join(passage.path), PATH_WEIGHT), (passage.title, TITLE_WEIGHT)):
        for term in terms(text):
            frequencies[term] += weight  # type: ignore[assignment]  # a Counter of weights
    return frequencies


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())

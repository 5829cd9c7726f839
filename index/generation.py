"""A PassageIndex in and out of files, generation by generation. Analyses nothing.

A generation is a manifest that names segments, each a folder whose files never change. New segments are written beside
the old ones, then the manifest, and then the generation becomes current by one atomic rename: a killed process leaves
the old generation or the new one.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.embed import Embedder
from index.errors import LibraryError
from index.load import Language
from index.partition import PassageIndex
from index.segment import Segment
from index.store import Stamp

INDEX_FOLDER = "index"
_CURRENT = "CURRENT"
_FORMAT = 2
_DIGESTS = "digests.json"
# What NumPy and FAISS raise for damaged files, by the byte that is damaged.
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, EOFError, RuntimeError, MemoryError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from and with; `segments` are the names, languages and digests of its folders."""

    format: int
    embedder: str
    dimension: int
    fingerprint: str
    stamp: Stamp
    passages: int
    segments: tuple[tuple[str, Language, str], ...]

    @classmethod
    def parse(cls, text: str) -> "Manifest":
        """Return the manifest that a file holds. Raises ValueError, TypeError or KeyError for anything else."""
        stored = json.loads(text)
        stored["stamp"] = Stamp(**stored["stamp"])
        stored["segments"] = tuple((name, language, digest) for name, language, digest in stored["segments"])
        return cls(**stored)


def save(index: PassageIndex, folder: Path, *, embedder: Embedder, fingerprint: str, stamp: Stamp) -> PassageIndex:
    """Write what is new of an index, make it current, and remove what it needs no more; return it as it is stored."""
    root = folder / INDEX_FOLDER
    root.mkdir(exist_ok=True)
    number = 1 + max((int(path.name[:6]) for path in root.iterdir() if path.name[:6].isdigit()), default=0)
    stored = PassageIndex([_save(segment, root, f"{number:06d}-{at}") for at, segment in enumerate(index.segments)])
    named = tuple((one.name, one.language, _digest(root / one.name / _DIGESTS)) for one in stored.segments)
    manifest = Manifest(_FORMAT, embedder.name, embedder.dimension, fingerprint, stamp, len(index), named)
    path = root / f"{number:06d}.json"
    _write(path, json.dumps(asdict(manifest), indent=1))
    _write(root / _CURRENT, f"{path.stem} {_digest(path)}")
    kept = {path.name, _CURRENT, *(segment.name for segment in stored.segments)}
    for other in root.iterdir():
        if other.name not in kept:
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else _remove(other)
    return stored


def current(folder: Path) -> str | None:
    """Return the name of the current generation, or None."""
    return _pointer(folder)[0] or None


def load_manifest(folder: Path) -> Manifest | None:
    """Return the current generation's manifest, or None when there is none that can be read."""
    name = current(folder)
    if name is None:
        return None
    try:
        manifest = Manifest.parse((folder / INDEX_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return manifest if manifest.format == _FORMAT else None


def load(folder: Path, known: PassageIndex | None = None) -> PassageIndex:
    """Read the current generation; segments that `known` has are not read again.

    Raises LibraryError when a file is missing or damaged.
    """
    name = current(folder)
    try:
        return _load(folder, name, {segment.name: segment for segment in known.segments} if known else {})
    except LibraryError:
        if current(folder) == name:
            raise
        return load(folder, known)  # a writer made another generation current and removed this one meanwhile


def damage(folder: Path) -> list[str]:
    """Return what is wrong with the current generation's files, one line each."""
    root = folder / INDEX_FOLDER
    name, digest = _pointer(folder)
    manifest = load_manifest(folder)
    if manifest is None:
        return [f"{root}: there is no readable index"]
    found = list(_differing(root / f"{name}.json", digest))
    for segment, _, expected in manifest.segments:
        wrong = list(_differing(root / segment / _DIGESTS, expected))
        files = {} if wrong else json.loads((root / segment / _DIGESTS).read_text(encoding="utf-8"))
        found += wrong + [line for file, sha in files.items() for line in _differing(root / segment / file, sha)]
    return found


def _load(folder: Path, name: str | None, known: dict[str, Segment]) -> PassageIndex:
    root = folder / INDEX_FOLDER
    manifest = load_manifest(folder)
    try:
        if manifest is None:
            raise ValueError(f"{root}: no manifest {name}")
        return PassageIndex(
            [
                known.get(segment) or replace(Segment.load(root / segment, language), name=segment)
                for segment, language, _ in manifest.segments
            ]
        )
    except _UNREADABLE as error:
        raise LibraryError(
            f"{root}: the index is missing or damaged; run `surveyqa library rebuild --library {folder}`"
        ) from error


def _save(segment: Segment, root: Path, name: str) -> Segment:
    """Write a segment that has no name yet; its folder's name ends in what its content digests to."""
    if segment.name:
        return segment
    temporary = root / f"{name}.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    segment.save(temporary)
    digests = {path.name: _digest(path) for path in sorted(temporary.iterdir())}
    (temporary / _DIGESTS).write_text(json.dumps(digests, indent=1), encoding="utf-8")
    for path in temporary.iterdir():
        _sync(path)
    named = f"{name}-{segment.language}-{_digest(temporary / _DIGESTS)[:12]}"
    temporary.rename(root / named)
    _sync_folder(root)
    return replace(segment, name=named)


def _pointer(folder: Path) -> tuple[str, str]:
    """Return the current generation's name and its manifest's SHA-256; empty where there is none."""
    try:
        name, _, digest = (folder / INDEX_FOLDER / _CURRENT).read_text(encoding="ascii").partition(" ")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return (name, digest.strip()) if name.isdigit() else ("", "")


def _differing(path: Path, digest: str) -> Iterator[str]:
    if not path.is_file():
        yield f"{path}: the file is missing"
    elif _digest(path) != digest:
        yield f"{path}: the file is not what was written (its SHA-256 differs)"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    _sync(temporary)
    os.replace(temporary, path)
    _sync_folder(path.parent)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # Windows: a reader holds it open; the next generation removes it
        return


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power cut, where folders can be synchronised."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

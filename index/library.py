"""A folder in, a Library out: documents in SQLite, a PassageIndex beside them. The only writer of both.

Knows nothing of questions. Writing holds a lock file; reading needs none.
"""

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

from filelock import FileLock, Timeout

from index import derive
from index.analyse import Analyser
from index.derive import PassageIndex, Progress
from index.embed import BUNDLED, MODEL_FOLDER, Embedder, open_embedder
from index.errors import InputError, LibraryBusyError, LibraryError, ModelError
from index.load import SUFFIXES, Document, load
from index.split import split
from index.store import DATABASE, Store

Status = Literal["added", "replaced", "unchanged", "refused"]
LOCK_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was to be added."""

    source: str
    status: Status
    doc_id: str | None = None
    reason: str | None = None


class Library:
    """Documents that can be asked. Use `Library.open`, and close it or use it as a context manager."""

    def __init__(self, folder: Path, store: Store, index: PassageIndex, embedder: Embedder, analyser: Analyser) -> None:
        self.folder = folder
        self.store = store
        self.embedder = embedder
        self.analyser = analyser
        self._index = index
        self._generation = derive.current(folder)
        self._guard = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, embedder: str = BUNDLED, create: bool = False, progress: Progress | None = None) -> Self:
        """Open the Library in `folder`; with `create`, make an empty one where there is none.

        An index that a killed process left behind its documents is brought up to date. Raises LibraryError for a
        folder that is no Library, newer or damaged, and ModelError for an index made with another embedder.
        """
        is_new = not (folder / DATABASE).exists()
        if is_new and not create:
            raise LibraryError(f"{folder}: no Library is there; `surveyqa library add --library {folder} FILE` makes one")
        if is_new:
            _make_folder(folder)
        manifest = derive.load_manifest(folder)
        if manifest and manifest.embedder != embedder:
            raise ModelError(
                f"{folder}: its index was made with the embedder {manifest.embedder!r}, not {embedder!r}; run "
                f"`surveyqa library rebuild --library {folder} --embedder {embedder}`, or ask with --embedder {manifest.embedder}"
            )
        model = open_embedder(embedder)
        analyser = Analyser.load(MODEL_FOLDER / "korean.tsv")
        if is_new:
            with _writing(folder):
                Store(folder, writable=True).close()
        store = Store(folder, writable=False)
        corpus = store.corpus_hash()
        same_model = bool(manifest and manifest.fingerprint == derive.fingerprint() and manifest.dimension == model.dimension)
        if not (manifest and same_model and manifest.corpus == corpus):
            _repair(folder, model, analyser, same_model, progress)
        return cls(folder, store, derive.load(folder), model, analyser)

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def index(self) -> PassageIndex:
        """The current PassageIndex; read anew when another process has written one."""
        generation = derive.current(self.folder)
        if generation != self._generation:
            with self._guard:
                self._index = derive.load(self.folder)
                self._generation = generation
        return self._index

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> list[Outcome]:
        """Add files, and the Markdown and text files of folders; return what became of each, in order.

        All that could be read is added in one transaction; a file that cannot be used is refused with a reason and
        the others go on. A file known by path is replaced whole, one known by content is left as it is.
        """
        outcomes: list[Outcome] = []
        found = [(path, str(path)) for path in _files(paths, outcomes)]
        return outcomes + self._add(found, {}, progress)

    def _add(self, files: Sequence[tuple[Path, str]], marks: dict[str, str], progress: Progress | None) -> list[Outcome]:
        """Store files under the sources given with them, and `marks`, in one transaction; then bring the index up."""
        outcomes: list[Outcome] = []
        with _writing(self.folder):
            store = Store(self.folder, writable=True)
            try:
                cards = store.cards()
                taken = {card.doc_id for card in cards}
                by_content = {card.sha256: card.doc_id for card in cards}
                by_source = {card.source: card.doc_id for card in cards}
                with store.transaction():
                    for at, (path, source) in enumerate(files):
                        outcomes.append(_put(store, path, source, by_content, by_source, taken))
                        if progress:
                            progress("read", at + 1, len(files))
                    for key, value in marks.items():
                        store.set_meta(key, value)
                if any(outcome.status in ("added", "replaced") for outcome in outcomes):
                    self._derive(store, progress)
            finally:
                store.close()
        return outcomes

    def add_new(self, paths: Iterable[Path], progress: Progress | None = None) -> list[Outcome]:
        """Add those of the shipped files that this Library has not been given in this form before.

        A shipped document that the user removed does not come back until the file itself changes.
        """
        fresh: list[tuple[Path, str]] = []
        marks: dict[str, str] = {}
        for path in paths:
            digest = load(path).sha256
            if self.store.get_meta(f"shipped:{path.name}") != digest:
                fresh.append((path, f"seeds/{path.name}"))
                marks[f"shipped:{path.name}"] = digest
        return self._add(fresh, marks, progress) if fresh else []

    def remove(self, doc_ids: Sequence[str]) -> list[str]:
        """Remove documents; return the ids that were not there."""
        with _writing(self.folder):
            store = Store(self.folder, writable=True)
            try:
                with store.transaction():
                    missing = [doc_id for doc_id in doc_ids if not store.delete(doc_id)]
                if len(missing) < len(doc_ids):
                    self._derive(store, None)
            finally:
                store.close()
        return missing

    @staticmethod
    def verify(folder: Path) -> list[str]:
        """Return all damage found, one line each; none means that database, index and documents agree.

        Mends nothing. Raises LibraryError where no Library is.
        """
        store = Store(folder, writable=False)
        try:
            found = store.damage() + derive.damage(folder)
            manifest = derive.load_manifest(folder)
            if not found and manifest and manifest.corpus != store.corpus_hash():
                found.append(f"{folder}: the index does not belong to the stored documents")
        finally:
            store.close()
        return found

    @classmethod
    def rebuild(cls, folder: Path, *, embedder: str = BUNDLED, progress: Progress | None = None) -> int:
        """Make the index again from the stored documents; return the number of passages."""
        model = open_embedder(embedder)
        analyser = Analyser.load(MODEL_FOLDER / "korean.tsv")
        if not (folder / DATABASE).exists():
            raise LibraryError(f"{folder}: no Library is there; `surveyqa library add --library {folder} FILE` makes one")
        _repair(folder, model, analyser, False, progress, must=True)
        return len(derive.load(folder).rows)

    def _derive(self, store: Store, progress: Progress | None) -> None:
        index = derive.update(store, self.index, self.analyser, self.embedder, progress)
        derive.save(index, self.folder, embedder=self.embedder, corpus=store.corpus_hash())
        with self._guard:
            self._index, self._generation = index, derive.current(self.folder)


def _put(
    store: Store, path: Path, source: str, by_content: dict[str, str], by_source: dict[str, str], taken: set[str]
) -> Outcome:
    try:
        document = load(path, source)
    except InputError as error:
        return Outcome(source, "refused", reason=str(error))
    if document.sha256 in by_content:
        return Outcome(source, "unchanged", by_content[document.sha256], "the same text is in the Library")
    known = by_source.get(source)
    document = replace(document, doc_id=known or _free_id(document.doc_id, taken))
    store.put(document, split(document))
    taken.add(document.doc_id)
    by_content[document.sha256] = document.doc_id
    by_source[source] = document.doc_id
    return Outcome(source, "replaced" if known else "added", document.doc_id)


def _free_id(wanted: str, taken: set[str]) -> str:
    number, doc_id = 2, wanted
    while doc_id in taken:
        doc_id, number = f"{wanted}~{number}", number + 1
    return doc_id


def _files(paths: Sequence[Path], outcomes: list[Outcome]) -> Iterator[Path]:
    """Yield the files to read, absolute; report paths that lead nowhere and folders that lead back to themselves."""
    for given in paths:
        path = Path(os.path.abspath(given))
        if path.is_dir():
            yield from _walk(path, (path.resolve(),), outcomes)
        elif path.exists():
            yield path
        else:
            what = "the link leads nowhere" if path.is_symlink() else "there is no such file or folder"
            outcomes.append(Outcome(str(path), "refused", reason=f"{path}: {what}; check the path"))


def _walk(folder: Path, above: tuple[Path, ...], outcomes: list[Outcome]) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        outcomes.append(Outcome(str(folder), "refused", reason=f"{folder}: cannot be listed ({error.strerror}); check its rights"))
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if path.resolve() in above:
                reason = f"{path}: the folder leads back to one that holds it; skipped"
                outcomes.append(Outcome(str(path), "refused", reason=reason))
            else:
                yield from _walk(path, (*above, path.resolve()), outcomes)
        elif path.is_symlink() and not path.exists():
            outcomes.append(Outcome(str(path), "refused", reason=f"{path}: the link leads nowhere; remove or mend it"))
        elif path.suffix.lower() in SUFFIXES:
            yield path


def _repair(
    folder: Path, embedder: Embedder, analyser: Analyser, keep_old: bool, progress: Progress | None, *, must: bool = False
) -> None:
    """Bring the index up to the stored documents; where that is impossible, leave a usable old one alone."""
    old: PassageIndex | None = None
    if keep_old:
        try:
            old = derive.load(folder)
        except LibraryError:
            old = None
    try:
        with _writing(folder):
            store = Store(folder, writable=True)
            try:
                index = derive.update(store, old, analyser, embedder, progress)
                derive.save(index, folder, embedder=embedder, corpus=store.corpus_hash())
            finally:
                store.close()
    except LibraryError:
        if must or old is None:
            raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [path.name for path in folder.iterdir() if path.name not in (derive.INDEX_FOLDER, "writer.lock")]
    except OSError as error:
        raise LibraryError(f"{folder}: cannot be made ({error.strerror or error}); choose another with --library") from error
    if strangers:
        raise LibraryError(
            f"{folder}: the folder holds other files ({', '.join(sorted(strangers)[:3])} …) and no Library; "
            "choose an empty or a new folder with --library"
        )


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Hold the Library's writer lock. Raises LibraryBusyError or, for a read-only folder, LibraryError."""
    try:
        with FileLock(folder / "writer.lock", timeout=LOCK_TIMEOUT_S):
            yield
    except Timeout as error:
        raise LibraryBusyError(f"{folder}: another process has been writing for {LOCK_TIMEOUT_S:.0f} s; try again later") from error
    except PermissionError as error:
        raise LibraryError(f"{folder}: the folder is read-only; give write rights or choose another with --library") from error

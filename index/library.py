"""A folder in, a Library out: documents in SQLite, a PassageIndex beside them. The only writer of both.

Knows nothing of questions. Writing holds a lock file; reading needs none.
"""

import sqlite3
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

from filelock import FileLock, Timeout

from index import derive
from index.analyse import Analyser
from index.derive import PassageIndex, Progress
from index.embed import BUNDLED, MODEL_FOLDER, Embedder, full_name, open_embedder
from index.errors import InputError, LibraryBusyError, LibraryError, ModelError
from index.gather import Found, gather
from index.load import load
from index.schema import DAMAGED, DATABASE
from index.split import split
from index.store import Store, is_unfinished

Status = Literal["added", "replaced", "unchanged", "refused"]
LOCK_TIMEOUT_S = 30.0
_SHIPPED = "shipped"
_OWN_FILES = (derive.INDEX_FOLDER, "writer.lock", DATABASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was to be added."""

    source: str
    status: Status
    doc_id: str | None = None
    reason: str | None = None


class Library:
    """Documents that can be asked. Use `Library.open`, and close it or use it as a context manager."""

    def __init__(self, folder: Path, store: Store, embedder: Embedder, analyser: Analyser) -> None:
        self.folder = folder
        self.store = store
        self.embedder = embedder
        self.analyser = analyser
        self._generation = derive.current(folder)  # read before the index: a newer index is only read once more
        self._index = derive.load(folder)
        self._guard = threading.Lock()

    @classmethod
    def open(
        cls, folder: Path, *, embedder: str = BUNDLED, create: bool = False, progress: Progress | None = None
    ) -> Self:
        """Open the Library in `folder`; with `create`, make an empty one where there is none.

        An index that a killed process left behind its documents is brought up to date. Raises LibraryError for a
        folder that is no Library, newer or damaged, and ModelError for an index made with another embedder.
        """
        embedder = full_name(embedder)
        is_new = is_unfinished(folder)
        if is_new and not create:
            what = f"no Library is there; `surveyqa library add --library {folder} FILE` makes one"
            raise LibraryError(f"{folder}: {what}")
        if is_new:
            _make_folder(folder)
        manifest = derive.load_manifest(folder)
        if manifest and manifest.embedder != embedder:
            raise _other_model(folder, manifest.embedder, embedder)
        model = open_embedder(embedder)
        analyser = Analyser.load(MODEL_FOLDER / "korean.tsv")
        if is_new:
            with _writing(folder):
                pass
        store = Store(folder, writable=False)
        try:
            same_model = bool(
                manifest and manifest.fingerprint == derive.fingerprint() and manifest.dimension == model.dimension
            )
            if not (manifest and same_model and manifest.corpus == store.corpus_hash()):
                _repair(folder, model, analyser, same_model, progress)
            return cls(folder, store, model, analyser)
        except BaseException:
            store.close()
            raise

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
            manifest = derive.load_manifest(self.folder)
            if manifest and manifest.embedder != self.embedder.name:
                raise _other_model(self.folder, manifest.embedder, self.embedder.name)
            with self._guard:
                self._index = derive.load(self.folder)
                self._generation = generation
        return self._index

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> list[Outcome]:
        """Add files, and the Markdown and text files of folders; return what became of each, in order.

        All that could be read is added in one transaction; a file that cannot be used is refused with a reason and
        the others go on. A file known by path is replaced whole, one known by content is left as it is.
        """
        return self._add(list(gather(paths)), {}, progress)

    def _add(self, files: Sequence[Found], marks: dict[str, str], progress: Progress | None) -> list[Outcome]:
        """Store files, and `marks`, in one transaction; then bring the index up."""
        outcomes: list[Outcome] = []
        with _writing(self.folder) as store:
            cards = store.cards()
            stored = {card.doc_id: card.sha256 for card in cards}
            by_source = {card.source: card.doc_id for card in cards}
            with store.transaction():
                for at, file in enumerate(files):
                    outcomes.append(_put(store, file, stored, by_source))
                    if progress:
                        progress("read", at + 1, len(files))
                for key, value in marks.items():
                    store.set_meta(key, value)
            if any(outcome.status in ("added", "replaced") for outcome in outcomes):
                self._derive(store, progress)
        return outcomes

    def add_new(self, paths: Iterable[Path], progress: Progress | None = None) -> list[Outcome]:
        """Add those of the shipped files that this Library has not been given in this form before.

        A shipped document that the user removed does not come back until the file itself changes.
        """
        if self.store.get_meta(_SHIPPED) == "declined":
            return []
        fresh: list[Found] = []
        marks: dict[str, str] = {}
        for path in paths:
            digest = load(path).sha256
            if self.store.get_meta(f"shipped:{path.name}") != digest:
                fresh.append(Found(path, f"seeds/{path.name}"))
                marks[f"shipped:{path.name}"] = digest
        return self._add(fresh, marks, progress) if fresh else []

    def decline_shipped(self) -> None:
        """Record that this Library is not given shipped files from now on; those that it has stay."""
        self._add([], {_SHIPPED: "declined"}, None)

    def remove(self, doc_ids: Sequence[str]) -> list[str]:
        """Remove documents; return the ids that were not there."""
        with _writing(self.folder) as store:
            with store.transaction():
                missing = [doc_id for doc_id in doc_ids if not store.delete(doc_id)]
            if len(missing) < len(doc_ids):
                self._derive(store, None)
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
                found.append(f"{folder}: the index is behind the stored documents; the next start brings it up")
        finally:
            store.close()
        return found

    @classmethod
    def rebuild(cls, folder: Path, *, embedder: str = BUNDLED, progress: Progress | None = None) -> int:
        """Make the index again from the stored documents; return the number of passages."""
        model = open_embedder(embedder)
        analyser = Analyser.load(MODEL_FOLDER / "korean.tsv")
        Store(folder, writable=False).close()
        _repair(folder, model, analyser, False, progress, must=True)
        return len(derive.load(folder).rows)

    def _derive(self, store: Store, progress: Progress | None) -> None:
        index = derive.update(store, self.index, self.analyser, self.embedder, progress)
        derive.save(index, self.folder, embedder=self.embedder, corpus=store.corpus_hash())
        with self._guard:
            self._index, self._generation = index, derive.current(self.folder)


def _put(store: Store, file: Found, stored: dict[str, str], by_source: dict[str, str]) -> Outcome:
    """Store one file; `stored` maps the ids of documents to their SHA-256, `by_source` sources to ids."""
    if file.reason:
        return Outcome(file.source, "refused", reason=file.reason)
    try:
        document = load(file.path, file.source)
    except InputError as error:
        return Outcome(file.source, "refused", reason=str(error))
    known = by_source.get(file.source)
    same = (doc_id for doc_id, sha256 in stored.items() if sha256 == document.sha256 and known in (None, doc_id))
    if twin := next(same, None):
        return Outcome(file.source, "unchanged", twin, "the same text is in the Library")
    document = replace(document, doc_id=known or _free_id(document.doc_id, stored))
    store.put(document, split(document))
    stored[document.doc_id] = document.sha256
    by_source[file.source] = document.doc_id
    return Outcome(file.source, "replaced" if known else "added", document.doc_id)


def _free_id(wanted: str, taken: Container[str]) -> str:
    number, doc_id = 2, wanted
    while doc_id in taken:
        doc_id, number = f"{wanted}~{number}", number + 1
    return doc_id


def _other_model(folder: Path, made_with: str, asked_for: str) -> ModelError:
    return ModelError(
        f"{folder}: its index was made with the embedder {made_with!r}, not {asked_for!r}; run `surveyqa "
        f"library rebuild --library {folder} --embedder {asked_for}`, or use --embedder {made_with}"
    )


def _repair(
    folder: Path,
    embedder: Embedder,
    analyser: Analyser,
    keep_old: bool,
    progress: Progress | None,
    *,
    must: bool = False,
) -> None:
    """Bring the index up to the stored documents; where that is impossible, leave a usable old one alone."""
    old: PassageIndex | None = None
    if keep_old:
        try:
            old = derive.load(folder)
        except LibraryError:
            old = None
    try:
        with _writing(folder) as store:
            index = derive.update(store, old, analyser, embedder, progress)
            derive.save(index, folder, embedder=embedder, corpus=store.corpus_hash())
    except LibraryError:
        if must or old is None:
            raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [path.name for path in folder.iterdir() if not path.name.startswith(_OWN_FILES)]
    except OSError as error:
        raise LibraryError(
            f"{folder}: cannot be made ({error.strerror or error}); choose another with --library"
        ) from error
    if strangers:
        raise LibraryError(
            f"{folder}: the folder holds other files ({', '.join(sorted(strangers)[:3])} …) and no Library; "
            "choose an empty or a new folder with --library"
        )


@contextmanager
def _writing(folder: Path) -> Iterator[Store]:
    """Hold the Library's writer lock and give its store, made where there is none.

    Raises LibraryBusyError or, where nothing can be written, LibraryError.
    """
    lock = FileLock(folder / "writer.lock", timeout=LOCK_TIMEOUT_S)
    try:
        lock.acquire()
    except Timeout as error:
        what = f"another process has been writing for {LOCK_TIMEOUT_S:.0f} s; try again later"
        raise LibraryBusyError(f"{folder}: {what}") from error
    except OSError as error:
        what = "give write rights or choose another with --library"
        raise LibraryError(f"{folder}: the folder is read-only ({error.strerror or error}); {what}") from error
    try:
        with closing(Store(folder, writable=True)) as store:
            yield store
    except (OSError, sqlite3.OperationalError) as error:
        if "UTF-8" in str(error):
            raise LibraryError(f"{folder}: its database is damaged; {DAMAGED}") from error
        what = "check its rights and the free space, then try again"
        raise LibraryError(f"{folder}: could not be written ({error}); {what}") from error
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{folder}: its database is damaged; {DAMAGED}") from error
    finally:
        lock.release()

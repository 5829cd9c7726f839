"""A folder in, a Library out: documents in SQLite, a PassageIndex beside them. The only writer of both.

Knows nothing of questions. Writing holds a lock file; reading needs none.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from index.analyse import Analyser, bundled_analyser
from index.embed import BUNDLED, Embedder, full_name, open_embedder
from index.errors import LibraryError, ModelError
from index.gather import Found, gather
from index.ingest import Outcome, ingest, read_all
from index.load import SHIPPED, Document, text_digest
from index.obtain import ARXIV, DOWNLOADS, Sites
from index.originals import Originals
from index.processes.watch import UNWATCHED, Watch
from index.processes.worker import Limits
from index.segments import derive, generation
from index.segments.derive import Progress
from index.segments.generation import Manifest
from index.segments.partition import PassageIndex
from index.segments.represent import Representer
from index.split import split
from index.storage.database import is_unfinished, needs_writer
from index.storage.store import NOWHERE, Stamp, Store
from index.writing import make_folder, writing

_SHIPPED = "shipped"


class Library:
    """Documents that can be asked. Use `Library.open`, and close it or use it as a context manager.

    With `keeps_originals` the PDFs that are added are kept.
    """

    keeps_originals = True

    def __init__(self, folder: Path, store: Store, embedder: Embedder, analyser: Analyser) -> None:
        self.folder = folder
        self.store = store
        self.embedder = embedder
        self.analyser = analyser
        self.originals = Originals(folder)
        self._generation = generation.pointer(folder)  # read before the index: a newer one is only read once more
        self._index = generation.load(folder)
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
            make_folder(folder)
        manifest = generation.load_manifest(folder)
        if manifest and manifest.embedder != embedder:
            raise _other_model(folder, manifest.embedder, embedder)
        model = open_embedder(embedder)
        analyser = bundled_analyser()
        if is_new or needs_writer(folder):
            _make_ready(folder)
        store = Store(folder, writable=False)
        try:
            if manifest is None or not _is_of(manifest, model) or manifest.stamp != store.stamp():
                _repair(folder, analyser, model, progress)
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
        at = generation.pointer(self.folder)
        if at != self._generation:
            manifest = generation.load_manifest(self.folder)
            if manifest and manifest.embedder != self.embedder.name:
                raise _other_model(self.folder, manifest.embedder, self.embedder.name)
            with self._guard:
                self._index = generation.load(self.folder, self._index)
                self._generation = at
        return self._index

    def add(
        self,
        given: Sequence[str | Path],
        progress: Progress | None = None,
        *,
        limits: Limits | None = None,
        sites: Sites = ARXIV,
    ) -> list[Outcome]:
        """Add files, folders, patterns, arXiv ids and web addresses; return what became of each file, in order.

        Documents are stored in batches, each in one transaction and searchable at once. A file that cannot be used is
        refused with a reason and the others go on; after Ctrl-C what was read is kept and the rest is "left". A file
        known by path or identity is replaced whole, one known by content is left as it is.
        """
        batches = self.add_found(list(gather(given)), progress, limits=limits, sites=sites)
        return [outcome for batch in batches for outcome in batch]

    def add_found(
        self,
        files: Sequence[Found],
        progress: Progress | None = None,
        *,
        limits: Limits | None = None,
        sites: Sites = ARXIV,
        watch: Watch = UNWATCHED,
    ) -> Iterator[list[Outcome]]:
        """Add files, and the settings that are their marks; yield what became of each, batch by batch, as `add` does.

        Each batch is stored and searchable when it is yielded. `watch` can end it as Ctrl-C does. Others cannot write
        until the iterator is at its end or closed.
        """
        batch: list[Outcome] = []
        done = 0
        with writing(self.folder) as store, self._representer() as representer:
            cache, keep_in = self.folder / DOWNLOADS, self.folder if self.keeps_originals else None
            read = read_all(files, cache, limits=limits, sites=sites, watch=watch, keep_in=keep_in)
            try:
                for batch in ingest(store, read):
                    done += len(batch)
                    if progress:
                        progress("read", done, len(files))
                    self._derive(store, representer, progress)
                    yield batch
                    batch = []
            except KeyboardInterrupt:
                if not files:
                    raise
                why = "stopped before it was read; add it again to go on"
                yield [*batch, *(Outcome(file.source, "left", reason=why) for file in files[done:])]
            finally:
                self.originals.tidy(store.texts)

    def add_new(self, paths: Iterable[Path], progress: Progress | None = None) -> list[Outcome]:
        """Add those of the shipped files, Markdown, that this Library has not been given in this form before.

        A shipped document that the user removed does not come back until the file itself changes.
        """
        if self.store.get_meta(_SHIPPED) == "declined":
            return []
        fresh: list[Found] = []
        for path in paths:
            key, digest = f"shipped:{path.name}", text_digest(path)
            if self.store.get_meta(key) != digest:
                fresh.append(Found(path, f"{SHIPPED}{path.name}", mark=(key, digest)))
        batches = self.add_found(fresh, progress) if fresh else iter(())
        return [outcome for batch in batches for outcome in batch]

    def decline_shipped(self) -> None:
        """Record that this Library is not given shipped files from now on; those that it has stay."""
        with writing(self.folder) as store, store.transaction():
            store.set_meta(_SHIPPED, "declined")

    def remove(self, doc_ids: Sequence[str]) -> list[str]:
        """Remove documents; return the ids that were not there."""
        with writing(self.folder) as store, self._representer() as representer:
            with store.transaction():
                missing = [doc_id for doc_id in doc_ids if not store.delete(doc_id)]
            self.originals.tidy(store.texts)
            self._derive(store, representer)
        return missing

    def put_back(self, documents: Sequence[Document]) -> list[str]:
        """Store documents that were removed as they were; return the ids that are taken again, whose documents stay."""
        with writing(self.folder) as store, self._representer() as representer:
            with store.transaction():
                taken = [document.doc_id for document in documents if document.doc_id in store]
                for document in documents:
                    if document.doc_id not in taken:
                        store.put(document, split(document))
            self._derive(store, representer)
        return taken

    @staticmethod
    def verify(folder: Path) -> list[str]:
        """Return all damage found, one line each; none means that database, index, documents and kept PDFs are whole.

        Mends nothing. Raises LibraryError where no Library is.
        """
        store = Store(folder, writable=False)
        try:
            return store.damage() + generation.damage(folder) + Originals(folder).damage() or _out_of_step(
                folder, store
            )
        finally:
            store.close()

    @classmethod
    def rebuild(cls, folder: Path, *, embedder: str = BUNDLED, progress: Progress | None = None) -> int:
        """Make the index again from the stored documents; return the number of passages."""
        model = open_embedder(embedder)
        analyser = bundled_analyser()
        if needs_writer(folder):
            _make_ready(folder)
        Store(folder, writable=False).close()
        _repair(folder, analyser, model, progress, anew=True)
        return len(generation.load(folder))

    def _representer(self) -> Representer:
        return Representer(self.analyser, self.embedder)

    def _derive(self, store: Store, representer: Representer, progress: Progress | None = None) -> None:
        """Bring the index up to the store, from wherever it stands: an earlier attempt may have failed."""
        manifest = generation.load_manifest(self.folder)
        since = manifest.stamp if manifest else NOWHERE
        if since == store.stamp():
            return
        index = derive.bring_up(self.folder, store, self.index, since, representer, progress)
        with self._guard:
            self._index, self._generation = index, generation.pointer(self.folder)


def _make_ready(folder: Path) -> None:
    """Make the database, or bring it up to today's format: that is what opening it to write does."""
    with writing(folder):
        pass


def _is_of(manifest: Manifest, embedder: Embedder) -> bool:
    """Whether an index was made with this embedder and today's analyser."""
    return (manifest.fingerprint, manifest.dimension) == (derive.fingerprint(), embedder.dimension)


def _repair(
    folder: Path, analyser: Analyser, embedder: Embedder, progress: Progress | None, *, anew: bool = False
) -> None:
    """Bring the index up to the stored documents; where that is impossible, leave a usable old one alone.

    Where a usable one is there, another process that is writing is not waited for: it brings the index up itself.
    """
    usable = not anew and _usable(folder, embedder) is not None
    try:
        lock = writing(folder, timeout_s=0.0 if usable else None)
        with lock as store, Representer(analyser, embedder) as representer:
            since, old = (not anew and _usable(folder, embedder)) or (NOWHERE, None)
            if old is None or since != store.stamp():
                derive.bring_up(folder, store, old, since, representer, progress)
    except LibraryError:
        if not usable:
            raise


def _usable(folder: Path, embedder: Embedder) -> tuple[Stamp, PassageIndex] | None:
    """Return the index with the state that it stands at; None for one that is damaged or made in another way."""
    manifest = generation.load_manifest(folder)
    if manifest is None or manifest.embedder != embedder.name or not _is_of(manifest, embedder):
        return None
    try:
        return manifest.stamp, generation.load(folder)
    except LibraryError:
        return None


def _out_of_step(folder: Path, store: Store) -> list[str]:
    """Return how index and documents differ, in one line, or nothing; another process may write meanwhile."""
    while True:
        at, manifest, stamp = generation.pointer(folder), generation.load_manifest(folder), store.stamp()
        if manifest and manifest.stamp != stamp:
            return [f"{folder}: the index is behind the stored documents; the next start brings it up"]
        if sorted(generation.load(folder).rows.tolist()) == store.rows():
            return []
        if (generation.pointer(folder), store.stamp()) == (at, stamp):
            return [f"{folder}: the index holds other passages than are stored; `library rebuild` mends it"]


def _other_model(folder: Path, made_with: str, asked_for: str) -> ModelError:
    return ModelError(
        f"{folder}: its index was made with the embedder {made_with!r}, not {asked_for!r}; run `surveyqa "
        f"library rebuild --library {folder} --embedder {asked_for}`, or use --embedder {made_with}",
        f"{folder}: 검색 색인이 지금 모델({asked_for})이 아닌 임베딩 모델({made_with})로 만들어졌습니다. 터미널에서 "
        f"`surveyqa library rebuild --library {folder} --embedder {asked_for}` 명령으로 다시 만들거나, "
        f"--embedder {made_with} 옵션으로 여세요.",
    )

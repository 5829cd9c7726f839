"""Files and addresses in, files out: what has an address is fetched first. Reads no papers."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import InputError
from index.gather import Found
from index.processes.watch import UNWATCHED, Watch
from index.remote.address import ARXIV_API, ARXIV_SITE, ArxivId

if TYPE_CHECKING:
    from index.remote.arxiv import Arxiv
    from index.remote.fetch import Fetcher
    from index.remote.prune import Lease

DOWNLOADS = "downloads"  # the folder of a Library that keeps what was fetched
PRUNED_EVERY = 50  # files


@dataclass(frozen=True, slots=True)
class Sites:
    """Where papers are fetched from, and how long lies between two requests to one site, in seconds.

    `private` lets an address that was typed lead into a private network: right for a person at this machine, wrong for
    a server that others give addresses.
    """

    api: str = ARXIV_API
    site: str = ARXIV_SITE
    delay_s: float = 3.0
    private: bool = True


ARXIV = Sites()


@contextmanager
def obtaining(
    files: Sequence[Found], cache: Path, sites: Sites = ARXIV, watch: Watch = UNWATCHED
) -> Iterator[Iterator[Found]]:
    """Give what `obtain` yields; what was fetched stays until the end of the block, by when all must be read."""
    with ExitStack() as stack:
        lease = None
        if any(file.address and not file.reason for file in files):
            from index.remote.prune import Lease

            with suppress(OSError):  # each file's fetching says so, too
                lease = stack.enter_context(Lease(cache))
        yield obtain(files, cache, sites, watch, lease)


def obtain(
    files: Sequence[Found],
    cache: Path,
    sites: Sites = ARXIV,
    watch: Watch = UNWATCHED,
    lease: "Lease | None" = None,
) -> Iterator[Found]:
    """Yield the files in order, each when it is there; one that cannot be fetched comes with the reason.

    What the catalogue says of all papers is asked for at once. With a lease the cache is kept small meanwhile, where
    `run_all` takes the files. Raises KeyboardInterrupt once `watch` says that it is to stop.
    """
    remote = {at for at, file in enumerate(files) if file.address and not file.reason}
    if not remote:
        for at, file in enumerate(files):
            watch.check()
            watch.step(at, "reading")
            yield file
        return
    from index.processes.bounded import LOOK_AHEAD, MAX_WORKERS
    from index.remote.arxiv import Arxiv
    from index.remote.fetch import Fetcher
    from index.remote.polite import Clock

    clock = Clock(monotonic=watch.monotonic, sleep=watch.sleep)
    begun: deque[float] = deque(maxlen=1 + LOOK_AHEAD * MAX_WORKERS)  # of all files that may not be read yet
    with closing(Fetcher(cache, delay_s=sites.delay_s, typed_private=sites.private, clock=clock)) as fetcher:
        arxiv = Arxiv(fetcher, api=sites.api, site=sites.site)
        watch.step(min(remote), "fetching")
        arxiv.metadata([file.address for file in files if isinstance(file.address, ArxivId)])
        for at, file in enumerate(files):
            watch.check()
            if at in remote:
                watch.step(at, "fetching")
                begun.append(clock.now())
                file = _fetched(file, arxiv, fetcher)
                if lease and len(begun) == begun.maxlen and at % PRUNED_EVERY == 0:
                    lease.prune(begun[0])
            watch.step(at, "reading")
            yield file


def _fetched(file: Found, arxiv: "Arxiv", fetcher: "Fetcher") -> Found:
    """Return a file that has an address with the path that it was kept at, or with the reason why it was not."""
    try:
        if isinstance(file.address, ArxivId):
            paper = arxiv.fetch_paper(file.address)
            return replace(file, path=paper.path, metadata=paper.metadata, note=paper.note)
        if file.address is not None:
            got = fetcher.get(file.address.url)
            return replace(file, path=got.path, note=got.note)
    except InputError as error:
        return replace(file, reason=str(error))
    return file

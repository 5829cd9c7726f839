"""Files and addresses in, files out: what has an address is fetched first. Reads no papers."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.address import ARXIV_API, ARXIV_SITE, ArxivId
from index.errors import InputError
from index.gather import Found

DOWNLOADS = "downloads"  # the folder of a Library that keeps what was fetched


@dataclass(frozen=True, slots=True)
class Sites:
    """Where papers are fetched from, and how long lies between two requests to one site, in seconds."""

    api: str = ARXIV_API
    site: str = ARXIV_SITE
    delay_s: float = 3.0


ARXIV = Sites()


def obtain(files: Sequence[Found], cache: Path, sites: Sites = ARXIV) -> Iterator[Found]:
    """Yield the files in order, each when it is there; one that cannot be fetched comes with the reason.

    What the catalogue says of all papers is asked for at once.
    """
    if all(file.address is None or file.reason for file in files):
        yield from files
        return
    from index.arxiv import Arxiv
    from index.fetch import Fetcher

    with closing(Fetcher(cache, delay_s=sites.delay_s)) as fetcher:
        arxiv = Arxiv(fetcher, api=sites.api, site=sites.site)
        arxiv.metadata([file.address for file in files if isinstance(file.address, ArxivId)])
        for file in files:
            try:
                if isinstance(file.address, ArxivId):
                    paper = arxiv.fetch_paper(file.address)
                    yield replace(file, path=paper.path, metadata=paper.metadata, note=paper.note)
                elif file.address is not None:
                    got = fetcher.get(file.address.url)
                    yield replace(file, path=got.path, note=got.note)
                else:
                    yield file
            except InputError as error:
                yield replace(file, reason=str(error))

"""A cache of fetched papers stays small: what goes first, and what never goes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from index import library
from index.embed import Embedder
from index.library import Library
from index.obtain import Sites
from index.remote import prune
from index.remote.fetch import DAY_S, Fetcher
from index.remote.polite import Clock
from index.remote.prune import Lease
from tests import arxiv_server
from tests.arxiv_server import PDF, Server

ROOT = Path(__file__).resolve().parents[1]
NOW_S = 1_790_000_000.0


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = NOW_S

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now_s, lambda: self.now_s, lambda _: None)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def server() -> Iterator[Server]:
    with arxiv_server.running() as found:
        yield found


def keep(cache: Path, name: str, used_s: float, size_bytes: int = 1_000) -> None:
    """Put into the cache what a Fetcher keeps of an address: 100 bytes of record and a file, used at a time."""
    cache.mkdir(exist_ok=True)
    stem = f"host_{name}-{name * 16}"
    for path, size in ((f"{stem}.json", 100), (f"{stem}-{name * 12}.pdf", size_bytes - 100)):
        (cache / path).write_bytes(bytes(size))
        os.utime(cache / path, (used_s, used_s))


def left(cache: Path) -> list[str]:
    return sorted(path.name.removesuffix(".json")[-1] for path in cache.glob("host_*.json"))


def pruned(cache: Path, hand: Hand, max_bytes: int) -> list[str]:
    with Lease(cache, hand.clock, max_bytes=max_bytes):
        pass
    return left(cache)


def test_what_was_used_longest_ago_goes_first_and_no_more_than_must(tmp_path: Path, hand: Hand) -> None:
    for name, age_s in (("a", 20), ("b", 40), ("c", 10), ("d", 30)):
        keep(tmp_path, name, NOW_S - age_s)
    assert pruned(tmp_path, hand, 4_000) == ["a", "b", "c", "d"]
    assert pruned(tmp_path, hand, 3_999) == ["a", "c", "d"]
    assert pruned(tmp_path, hand, 1_500) == ["c"]
    assert [path.suffix for path in sorted(tmp_path.glob("host_*"))].count(".pdf") == 1, "files go with their records"


def test_what_is_half_fetched_counts_and_goes_too(tmp_path: Path, hand: Hand) -> None:
    keep(tmp_path, "a", NOW_S)
    for name in ("host_b-bbbbbbbbbbbbbbbb.part", "host_b-bbbbbbbbbbbbbbbb.part.json"):
        (tmp_path / name).write_bytes(bytes(500))
        os.utime(tmp_path / name, (NOW_S - 9, NOW_S - 9))
    (tmp_path / "notes.txt").write_bytes(bytes(9_000))  # no address's: neither counted nor touched
    assert pruned(tmp_path, hand, 1_999) == ["a"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file() and path.suffix != ".lock") == [
        "host_a-aaaaaaaaaaaaaaaa-aaaaaaaaaaaa.pdf",
        "host_a-aaaaaaaaaaaaaaaa.json",
        "notes.txt",
    ]


def test_answers_that_a_killed_process_left_go_after_a_day(tmp_path: Path, hand: Hand) -> None:
    for name, age_s in (("answer-old", DAY_S + 1), ("answer-new", DAY_S - 1)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (NOW_S - age_s,) * 2)
    pruned(tmp_path, hand, 0)
    assert [path.name for path in tmp_path.glob("answer-*")] == ["answer-new"]


def test_what_is_used_under_a_lease_stays_until_its_end(tmp_path: Path, hand: Hand) -> None:
    keep(tmp_path, "a", NOW_S - 100)
    with Lease(tmp_path, hand.clock, max_bytes=0):
        keep(tmp_path, "b", NOW_S + 5)
        keep(tmp_path, "c", NOW_S + 10)
        hand.now_s += 20
        assert pruned(tmp_path, hand, 0) == ["b", "c"], "a second addition takes nothing from the first"
    assert left(tmp_path) == []


def test_a_lease_prunes_what_it_has_done_with_and_nothing_of_others(tmp_path: Path, hand: Hand) -> None:
    with Lease(tmp_path, hand.clock, max_bytes=1_000) as lease:
        for name, at_s in (("a", 10), ("b", 20), ("c", 30)):
            keep(tmp_path, name, NOW_S + at_s)
        lease.prune(NOW_S + 15)
        assert left(tmp_path) == ["b", "c"]  # more than it may hold: they are needed
        hand.now_s += 25
        with Lease(tmp_path, hand.clock, max_bytes=9_000):
            lease.prune(NOW_S + 100)
            assert left(tmp_path) == ["c"]


def test_what_is_being_fetched_or_used_meanwhile_stays(
    tmp_path: Path, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        keep(tmp_path, name, NOW_S - 100)
    real = prune._entries

    def used_after(cache: Path) -> dict[str, prune._Entry]:
        found = real(cache)
        os.utime(cache / "host_b-bbbbbbbbbbbbbbbb.json", (NOW_S, NOW_S))
        return found

    monkeypatch.setattr(prune, "_entries", used_after)
    with FileLock(tmp_path / "host_a-aaaaaaaaaaaaaaaa.lock"):
        assert pruned(tmp_path, hand, 0) == ["a", "b"]


HOLDER = """
import sys, time
from pathlib import Path
from index.remote.prune import Lease
with Lease(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lease_holds_between_processes_and_ends_with_its_own(tmp_path: Path) -> None:
    keep(tmp_path, "a", 4e9)  # used after whatever lease
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with Lease(tmp_path, max_bytes=0):
            pass
        assert left(tmp_path) == ["a"]
        holder.kill()
    with Lease(tmp_path, max_bytes=0):
        pass
    assert left(tmp_path) == []
    assert len(list((tmp_path / "leases").iterdir())) == 1, "what it left is removed after a day"
    with Lease(tmp_path, Clock(now=lambda: 4e9), max_bytes=0):
        pass
    assert list((tmp_path / "leases").iterdir()) == []


def test_what_was_removed_is_fetched_again(server: Server, tmp_path: Path, hand: Hand) -> None:
    url = server.serve("/a.pdf", PDF)
    with closing(Fetcher(tmp_path, clock=hand.clock)) as fetcher:
        first = fetcher.get(url)
        hand.now_s += 10
        with Lease(tmp_path, hand.clock, max_bytes=0):
            hand.now_s += 10
            assert fetcher.get(url).cached, "it is used, so it is not the oldest any more"
            assert pruned(tmp_path, hand, 0) == [] and first.path.exists()
        assert not first.path.exists()
        again = fetcher.get(url)
    assert (again.path, again.cached, again.note) == (first.path, False, None)


def test_an_addition_leaves_a_small_cache_and_all_its_papers(
    server: Server, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "open_embedder", lambda _: embedder)
    monkeypatch.setattr(prune, "MAX_BYTES", 5_000)
    pages = {f"/{at}.html": f"<html><body><p>Orchid {at} {'word ' * 400}</p></body></html>" for at in range(6)}
    urls = [server.serve(path, page.encode(), "text/html") for path, page in pages.items()]
    with Library.open(tmp_path / "library", create=True) as opened:
        outcomes = opened.add(urls, sites=Sites(delay_s=0.0))
        assert [outcome.status for outcome in outcomes] == ["added"] * 6
        kept = list((tmp_path / "library" / "downloads").glob("*.html"))
    assert 1 <= len(kept) <= 2
    assert sum(path.stat().st_size for path in kept) <= 5_000

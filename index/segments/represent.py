"""Blocks of passages in, their Parts out: analysed and embedded here or, where it is worth it, by child processes.

Reads no store and builds no segment. Children are started by the first long list of blocks and used for all that
follow; a block that one of them fails at is done here. They know the bundled embedder only: any other takes so much
longer than analysing that it stays alone, and uses all cores by itself.
"""

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Self

from index.analyse import Analyser, bundled_analyser
from index.embed import BUNDLED, Embedder, open_embedder
from index.load import Language
from index.processes.worker import Limits
from index.segments.segment import Fields, Part

if TYPE_CHECKING:
    from index.processes.bounded import Pool

BLOCK = 512  # passages that are analysed and embedded at once
MANY = 8_192  # passages from which on children are started: they need half a second, and learn all words themselves
MAX_CHILDREN = 3  # what this process reads and joins is slower than more would be
LIMITS = Limits()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Block:
    """Some passages of one language, by ascending row, out of those up to row number `row` of the store."""

    row: int
    language: Language
    passages: Sequence[Fields]

    def __str__(self) -> str:
        """Return what messages about it begin with."""
        return f"passages up to {self.row}"


Made = tuple[Block, Part]


class Representer:
    """Makes Parts of passages; close it, or use it as a context manager, to end its child processes."""

    def __init__(self, analyser: Analyser, embedder: Embedder) -> None:
        self._analyser = analyser
        self.embedder = embedder
        self._pool: Pool | None = None
        self._alone = embedder.name != BUNDLED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child processes, if there are any."""
        if self._pool:
            self._pool.close()
            self._pool = None

    def parts(self, blocks: Iterable[Block], passages: int) -> Iterator[Made]:
        """Yield each block with its Part, in order. `passages` is how many there are in all blocks together."""
        blocks = iter(blocks)
        if passages >= MANY and not self._alone:
            self._start()
        if self._pool:
            yield from self._by_children(self._pool, blocks)
        for block in blocks:
            yield block, self._here(block)

    def _start(self) -> None:
        """Let children do what comes, on all cores: this process waits for them half of the time."""
        from index.processes.bounded import Pool, usable_workers

        workers = min(usable_workers(LIMITS), MAX_CHILDREN)
        if self._pool is None and workers > 1:
            self._pool = Pool(represent, limits=LIMITS, workers=workers)

    def _by_children(self, pool: "Pool", blocks: Iterator[Block]) -> Iterator[Made]:
        """Yield what children make of blocks; once one fails, what was taken is done here, and all that follows."""
        taken: deque[Block] = deque()

        def taking() -> Iterator[Block]:
            for block in blocks:
                taken.append(block)
                yield block

        for block, part in pool.run(taking()):
            if not isinstance(part, Part):
                _log.warning("analysing goes on in one process: %s", part)
                self.close()
                self._alone = True
                break
            taken.popleft()
            yield block, part
        for block in taken:
            yield block, self._here(block)

    def _here(self, block: Block) -> Part:
        return Part.of(block.passages, self._analyser, self.embedder)


def represent(block: Block) -> Part:
    """Return the Part of a block: what child processes run."""
    return Part.of(block.passages, *_models())


@cache
def _models() -> tuple[Analyser, Embedder]:
    return bundled_analyser(), open_embedder()

"""Asynchronous work in, its results where the caller is no such thing out: in a thread with an event loop of its own.

An event loop is what lets a request be dropped at any moment, also while it waits for a first word, on every system.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any, TypeVar

from index.errors import EndpointError

T = TypeVar("T")

POLL_S = 0.02  # a threading.Event cannot be awaited
WAIT_S = 0.25  # on Windows a wait without an end does not notice Ctrl-C
CLOSING_S = 1.0


def result_of(work: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, or raise what it raises. May be called where an event loop runs already."""
    with ThreadPoolExecutor(1, "qa.llm") as pool:
        return pool.submit(asyncio.run, work).result()


def items_of(
    work: Callable[[], AsyncGenerator[T, None]], cancel: threading.Event | None = None
) -> Generator[T, None, None]:
    """Yield what an asynchronous iterator yields, and raise what it raises.

    It is stopped at once, wherever it waits, when `cancel` is set or the caller asks for no more; nothing is raised
    then.
    """
    stop = cancel or threading.Event()
    left = threading.Event()
    box: queue.SimpleQueue[T | _End] = queue.SimpleQueue()

    def run() -> None:
        try:
            asyncio.run(_pump(work, box, stop, left))
        except OSError as error:  # no event loop can be made, as too many files are open
            seen = f"no connection can be prepared ({error.strerror or error})"
            korean = f"연결을 준비할 수 없습니다({error.strerror or error}). 다른 프로그램을 닫고 다시 시도하세요."
            box.put(_End(EndpointError(f"{seen}; one was expected; close other programs and try again", korean)))
        finally:
            box.put(_End(None))  # so that nobody waits for ever

    thread = threading.Thread(target=run, name="qa.llm", daemon=True)
    thread.start()
    try:
        while not stop.is_set():
            try:
                item = box.get(timeout=WAIT_S)
            except queue.Empty:
                continue
            if stop.is_set():
                return
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        left.set()
        thread.join(CLOSING_S)  # a server that does not let go must not keep the caller


class _End:
    """The last item: nothing more comes, because of `error` unless that is None."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


async def _pump(
    work: Callable[[], AsyncGenerator[T, None]],
    box: "queue.SimpleQueue[T | _End]",
    stop: threading.Event,
    left: threading.Event,
) -> None:
    async def feed() -> None:
        async with aclosing(work()) as items:
            async for item in items:
                box.put(item)

    task = asyncio.ensure_future(feed())
    while not task.done() and not stop.is_set() and not left.is_set():
        await asyncio.wait({task}, timeout=POLL_S)
    if task.done():
        box.put(_End(task.exception()))
        return
    box.put(_End(None))
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # what goes wrong while a connection is dropped concerns nobody, but has to be looked at

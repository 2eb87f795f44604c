"""A commission that reads while its country learns: pages at random moments, and every few seconds a figure changes.

In a country of a million enrolments in five years, each with some five steps that the figures count, something changes
about every seven seconds of office hours. Here it is every five.
"""

import asyncio
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.http import Load, PageFailed, Target, connection, exchange

CHANGES_EVERY = 5.0
"""Seconds between two changes, on the average."""
ASKED_EVERY = 0.3
"""Seconds between two pages, on the average."""
SECONDS = 40.0


def read_meanwhile(target: Target, change: Callable[[], None] | None, *, seconds: float = SECONDS) -> Load:
    """Return what the pages took that were asked for while somebody changes figures, or nobody does."""
    asyncio.run(_ask(target, seconds=2.0))
    with _changing(change) if change else _nothing():
        return asyncio.run(_ask(target, seconds=seconds))


async def _ask(target: Target, *, seconds: float) -> Load:
    chance, load = random.Random(1), Load(seconds=seconds)  # noqa: S311 - the same moments every time
    until = time.perf_counter() + seconds
    async with connection(target.port) as (reader, writer):
        while time.perf_counter() < until:
            await asyncio.sleep(chance.expovariate(1 / ASKED_EVERY))
            began = time.perf_counter()
            answer = await exchange(reader, writer, target.request())
            load.latencies.append(time.perf_counter() - began)
            if answer.status != 200:
                message = f"{target.path}: {answer.status}"
                raise PageFailed(message)
    return load


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _changing(change: Callable[[], None]) -> Iterator[None]:
    """Change figures at random moments inside the block, from a thread of this process."""
    chance, is_over = random.Random(2), threading.Event()  # noqa: S311 - as above

    def go_on() -> None:
        while not is_over.wait(chance.expovariate(1 / CHANGES_EVERY)):
            change()

    with ThreadPoolExecutor(1) as pool:
        changes = pool.submit(go_on)
        try:
            yield
        finally:
            is_over.set()
        changes.result()  # where nothing changed any more, nothing was measured

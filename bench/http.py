"""A small keep-alive client: fetches one page, or asks for it over several connections for some seconds."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

CONNECTIONS = 8
SECONDS = 3.0
WARM_UP = 0.7
LINE_END = b"\r\n"
_FORM = "Content-Type: application/x-www-form-urlencoded"


class PageFailed(RuntimeError):
    """A page answered something else than 200: its figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page of a server on this machine, asked for as one browser does."""

    port: int
    path: str
    cookie: str = ""
    form: str = ""
    """A form to send; without one the page is only asked for."""

    def request(self) -> bytes:
        """Return the request as it travels."""
        lines = [
            f"{'POST' if self.form else 'GET'} {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: text/html,*/*",
            "Accept-Encoding: gzip",
            "Accept-Language: es",
            *([f"Cookie: {self.cookie}"] if self.cookie else []),
            *([_FORM, f"Content-Length: {len(self.form)}"] if self.form else []),
        ]
        return "\r\n".join([*lines, "", self.form]).encode()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes
    """The body, uncompressed."""
    wire: int
    """Bytes of head and body as they travelled."""

    @property
    def cookies(self) -> dict[str, str]:
        """Return the cookies that the answer sets, by name."""
        lines = self.headers.get("set-cookie", "").splitlines()
        pairs = (line.partition(";")[0].partition("=") for line in lines)
        return {name.strip(): value for name, _, value in pairs}


@dataclass(slots=True)
class Load:
    """What many requests took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    """Seconds of each request."""

    @property
    def per_second(self) -> float:
        """Return the requests answered in a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def fetch(target: Target) -> Answer:
    """Fetch a page once, over a new connection."""
    return asyncio.run(_fetch(target))


def ask_for(target: Target, *, seconds: float = SECONDS, connections: int = CONNECTIONS) -> Load:
    """Ask for a page over several connections, each waiting for its answer; raises PageFailed."""
    asyncio.run(_ask(target, WARM_UP, connections))
    return asyncio.run(_ask(target, seconds, connections))


async def _fetch(target: Target) -> Answer:
    async with connection(target.port) as (reader, writer):
        return await exchange(reader, writer, target.request())


async def _ask(target: Target, seconds: float, connections: int) -> Load:
    load = Load()
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(_repeat(target, started + seconds, load))
    load.seconds = time.perf_counter() - started
    return load


async def _repeat(target: Target, until: float, load: Load) -> None:
    request = target.request()
    async with connection(target.port) as (reader, writer):
        while (began := time.perf_counter()) < until:
            answer = await exchange(reader, writer, request)
            load.latencies.append(time.perf_counter() - began)
            if answer.status != 200:
                message = f"{target.path}: {answer.status}"
                raise PageFailed(message)


@asynccontextmanager
async def connection(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Keep a line to a server of this machine open inside the block."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answer:
    """Send a request over an open line and return what comes back."""
    writer.write(request)
    head = await reader.readuntil(LINE_END * 2)
    status, headers = _read_head(head)
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body, framing = await _chunks(reader)
    else:
        body, framing = await reader.readexactly(int(headers.get("content-length", "0"))), 0
    content = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return Answer(status, headers, content, len(head) + len(body) + framing)


async def _chunks(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    parts: list[bytes] = []
    framing = 0
    while True:
        line = await reader.readuntil(LINE_END)
        framing += len(line) + 2
        if not (size := int(line.split(b";")[0], 16)):
            await reader.readuntil(LINE_END)
            return b"".join(parts), framing
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for name, _, value in (line.partition(":") for line in lines if line):
        key = name.strip().lower()
        # The only header that comes several times: one line for each cookie.
        before = f"{headers[key]}\n" if key == "set-cookie" and key in headers else ""
        headers[key] = before + value.strip()
    return int(first.split()[1]), headers

"""Drives a server from Python, where wrk is absent or each request may go once only.

It reaches some thousand requests a second; the table says so.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import cycle

from bench.laws import percentile
from bench.load import Load
from bench.wire import ADDRESS

FAILED = 400


class Tally:
    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        self.failed = 0


def drive(
    port: int, requests: Sequence[bytes], connections: int, seconds: float, once: bool
) -> Load:
    left = iter(requests) if once else cycle(requests)
    return asyncio.run(_drive(port, left, connections, seconds))


async def _drive(
    port: int, left: Iterator[bytes], connections: int, seconds: float
) -> Load:
    tally = Tally()
    begin = time.perf_counter()
    writers = [_writer(port, left, begin + seconds, tally) for _ in range(connections)]
    await asyncio.gather(*writers)
    spent = time.perf_counter() - begin
    return Load(
        requests=len(tally.milliseconds),
        seconds=spent,
        p50=percentile(tally.milliseconds, 50),
        p95=percentile(tally.milliseconds, 95),
        failed=tally.failed,
    )


async def _writer(port: int, left: Iterator[bytes], until: float, tally: Tally) -> None:
    reader, writer = await asyncio.open_connection(ADDRESS, port)
    for request in left:
        begin = time.perf_counter()
        if begin >= until:
            break
        writer.write(request)
        status = await _answer(reader)
        tally.milliseconds.append((time.perf_counter() - begin) * 1000)
        tally.failed += status >= FAILED
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    lines = (line.partition(":") for line in head.split("\r\n")[1:])
    headers = {name: value.strip() for name, _, value in lines}
    if headers.get("transfer-encoding") == "chunked":
        await _chunks(reader)
    elif length := int(headers.get("content-length", 0)):
        await reader.readexactly(length)
    return status


async def _chunks(reader: asyncio.StreamReader) -> None:
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()

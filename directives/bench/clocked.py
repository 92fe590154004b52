"""Stopwatches: of an act, of the processor in it, of a page as a browser asks for it, and of an empty database."""

import gc
import gzip
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urljoin

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

HOST = "bench.localhost"
SCRATCH = "thongsuot_scratch"


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def milliseconds(act: Callable[[], object]) -> float:
    return seconds(act) * 1000


def processor(act: Callable[[], object]) -> float:
    """Milliseconds of the processor: what a busy machine does besides is not counted."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


class Visitor:
    """A signed-in person's browser: every middleware, compression too, to the last byte."""

    NEXT = re.compile(r'href="(\?[^"]*\bsau=[^"]+)"')

    def __init__(self, user):
        self.client = Client(SERVER_NAME=HOST, HTTP_ACCEPT_ENCODING="gzip")
        self.client.force_login(user)

    def fetch(self, *urls: str) -> int:
        """Fetch pages whole, one after the other; their size over the wire."""
        return sum(len(self._get(url)) for url in urls)

    def queries(self, *urls: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.fetch(*urls)
        return len(captured)

    def leaves(self, url: str) -> list[str]:
        """The address with those of the pages that continue its list."""
        found = [url]
        while following := self.NEXT.search(gzip.decompress(self._get(found[-1])).decode()):
            found.append(urljoin(url, unescape(following[1])))
        return found

    def deep(self, url: str, number: int) -> str:
        """The address of that page of the list, or of its last."""
        for _ in range(number - 1):
            following = self.NEXT.search(gzip.decompress(self._get(url)).decode())
            if not following:
                break
            url = urljoin(url, unescape(following[1]))
        return url

    def _get(self, url):
        response = self.client.get(url, secure=True)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}, so there is nothing to measure.")
        return response.getvalue()


def beside(act: Callable[[], object]) -> Future:
    """Begin the act in a thread and a connection of its own; inside a transaction, which no other sees, do it at once. Its
    `result` raises what the act raised."""

    def run():
        try:
            act()
        finally:
            connections.close_all()

    if connection.in_atomic_block:
        done: Future = Future()
        done.set_result(act())
        return done
    alone = ThreadPoolExecutor(1)
    begun = alone.submit(run)
    alone.shutdown(wait=False)
    return begun


def growth(user, urls: list[str], *, first=50, after=100) -> float:
    """Megabytes by which a process of its own grows over so many more requests, after its first ones.

    Zero where the machine cannot tell.
    """
    if connection.in_atomic_block or not Path("/proc/self/statm").exists():
        return 0.0
    connections.close_all()
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        _serve(user, urls, first, after, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        grown = float(told.read() or "nan")
    os.waitpid(child, 0)
    return grown


def _serve(user, urls, first, after, writing):
    """Never returns: the child ends as it stands, without what its parent would do at its end."""
    try:
        visitor, turn = Visitor(user), cycle(urls)
        visitor.fetch(*islice(turn, first))
        before = _resident()
        visitor.fetch(*islice(turn, after))
        os.write(writing, f"{_resident() - before:.1f}".encode())
    finally:
        os._exit(0)


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def empty_database() -> Iterator[None]:
    """Work inside on an empty database of the same server; it is dropped afterwards."""
    name = connection.settings_dict["NAME"]
    with _scratch() as scratch:
        connection.close()
        connection.settings_dict["NAME"] = scratch
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name


@contextmanager
def _scratch():
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "scratch.sqlite3")
        return
    _execute(f"CREATE DATABASE {SCRATCH}")
    try:
        yield SCRATCH
    finally:
        _execute(f"DROP DATABASE {SCRATCH}")


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)

"""The rounds: one connection, the pages in turn, each against the bare page of its round."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from bench.measuring import Measured, checksum, figure, measured
from bench.pages.sizes import PLANS, REGISTERS, TIERS

ROUNDS = 30
A_ROUND = 5  # requests of one page after another: the first pays for the page before
BUDGET = 120  # seconds after which no further round begins
WARM = 3
BARE, FRAME = "bare", "frame"  # the frame: a page of the product without rows


def run(only: str | None) -> Iterator[Measured]:
    """The rate of each page over that of the bare one, its milliseconds and its queries; how much
    slower a page of projects is where there are more of them."""
    rates: dict[str, dict[str, float]] = {}
    for tier in [only] if only else list(TIERS):
        if tier in PLANS:
            yield from _in_a_home(tier, "bench.pages.filling")
        if tier in REGISTERS:
            for one in _in_a_home(tier, "bench.pages.register"):
                if one.metric.endswith(".vs_bare"):
                    rates.setdefault(one.metric.removesuffix(".vs_bare"), {})[tier] = one.value
                yield one
    yield from _growth(rates)


def _in_a_home(tier: str, filling: str) -> Iterator[Measured]:
    with tempfile.TemporaryDirectory(prefix="gongjian-bench-") as home:
        yield from _measure(tier, filling, environment(Path(home)))


def _growth(rates: dict[str, dict[str, float]]) -> Iterator[Measured]:
    """What a page costs in the largest home over what it costs in the smallest, both measured
    against the bare page of their home: 1 is as much."""
    small, large = TIERS[0], TIERS[-1]
    for name, found in rates.items():
        if name != FRAME and found.keys() >= {small, large}:
            common = {"bench": "pages", "tier": large, "checksum": ""}
            yield figure(f"{name}.growth", found[small] / found[large], unit="x", **common)


def environment(home: Path) -> dict[str, str]:
    """What a process of the bench is told of the home it works in."""
    return {
        **os.environ,
        "GONGJIAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "bench.pages.settings",
    }


def _measure(tier: str, filling: str, environment: dict[str, str]) -> Iterator[Measured]:
    filled = subprocess.run(
        [sys.executable, "-m", filling, tier],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    asked = json.loads(filled.stdout)
    cookie = {"Cookie": f"sessionid={asked.pop('cookie')}; csrftoken={'b' * 32}"}
    pages = {BARE: ("/bare/", cookie), FRAME: ("/complaint/", cookie)}
    for name, path in asked.items():
        given = cookie | ({"HX-Request": "true"} if name == "palette" else {})
        pages[name] = (path, given)  # again, nothing written since
        pages[f"{name}_drawn"] = (path, given | {"X-Bench-Draw": "1"})
    with server(environment) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        queries = {name: _first(connection, *page) for name, page in pages.items()}
        taken = _rounds(connection, pages)
        connection.close()
    yield from _said(tier, taken, queries)


def _first(connection: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """The queries of a page and the checksum of its words, after some requests to warm up."""
    for _ in range(WARM):
        _ask(connection, path, headers)
    connection.request("GET", path, headers={**headers, "X-Bench-Count": "1"})
    answer = connection.getresponse()
    size = len(answer.read())
    return int(answer.headers["X-Bench-Queries"]), checksum(f"{path.split('/')[1]} {size}")


def _ask(connection: HTTPConnection, path: str, headers: dict[str, str]) -> float:
    start = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - start
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return taken


def _rounds(
    connection: HTTPConnection, pages: dict[str, tuple[str, dict[str, str]]]
) -> dict[str, list[float]]:
    """{page: the median seconds of each round}."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    end = time.monotonic() + BUDGET
    for _ in range(ROUNDS):
        for name, page in pages.items():
            seconds = [_ask(connection, *page) for _ in range(A_ROUND)]
            taken[name].append(statistics.median(seconds))
        if time.monotonic() > end:
            break
    return taken


def _said(
    tier: str, taken: dict[str, list[float]], queries: dict[str, tuple[int, str]]
) -> Iterator[Measured]:
    for name, seconds in taken.items():
        asked, answer = queries[name]
        common = {"bench": "pages", "tier": tier, "checksum": answer}
        if name != BARE:
            ratios = [bare / own for bare, own in zip(taken[BARE], seconds, strict=True)]
            yield measured(f"{name}.vs_bare", ratios, unit="x", **common)
        yield measured(f"{name}.ms", [one * 1000 for one in seconds], unit="ms", **common)
        yield figure(f"{name}.queries", asked, unit="queries", **common)


@contextmanager
def server(environment: dict[str, str]) -> Iterator[int]:
    """The port of a server that ends with the block."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.pages.server", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)
        server.kill()
        server.wait()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/login/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise SystemExit("the server of the bench did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

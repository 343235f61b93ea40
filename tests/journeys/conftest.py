"""A running demo and a real browser: what a person sees, and what the browser complains of."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
GONGJIAN = Path(sys.executable).with_name("gongjian")
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(slots=True)
class Site:
    """A demo that answers: its address, its home, the passwords it made."""

    base: str
    home: Path
    passwords: dict[str, str]
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A gongjian command on this home."""
        return subprocess.run(
            [GONGJIAN, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@dataclass(slots=True)
class Visitor:
    """Somebody who has logged in, and what their browser complained of."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A home in which the demo was filled once."""
    home = tmp_path_factory.mktemp("filled") / "home"
    with own_database() as database:
        environment = {**os.environ, "GONGJIAN_HOME": str(home), "GONGJIAN_DATABASE": database}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        subprocess.run([GONGJIAN, "demo", "--fill-only"], env=environment, check=True, timeout=300)
        (home / "environment.json").write_text(json.dumps({"GONGJIAN_DATABASE": database}))
        yield home


@contextmanager
def own_database() -> Iterator[str]:
    """SQLite in the home; on PostgreSQL a database beside that of the other tests."""
    address = os.environ.get("GONGJIAN_DATABASE", "")
    if not address:
        yield ""
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE journeys")
    yield urlsplit(address)._replace(path="/journeys").geturl()


@pytest.fixture(scope="module")
def site(filled, tmp_path_factory) -> Iterator[Site]:
    """The filled demo, served; each module walks through a copy of its own on SQLite."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(filled, home)
    environment = os.environ | {"GONGJIAN_HOME": str(home)}
    environment |= json.loads((home / "environment.json").read_text())
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    port = free_port()
    server = subprocess.Popen(
        [GONGJIAN, "demo", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = wait_until_ready(server)
        accounts = json.loads((home / "demo-accounts.json").read_text())
        passwords = {account["username"]: account["password"] for account in accounts}
        yield Site(said, home, passwords, environment)
    finally:
        server.terminate()
        server.communicate(timeout=20)


def wait_until_ready(server: subprocess.Popen[str]) -> str:
    """The address the demo says it answers at."""
    lines = []
    for line in server.stdout:
        lines.append(line)
        if ready := re.fullmatch(r"Ready: (http://\S+)\s*", line):
            return ready[1]
    raise AssertionError("the demo ended:\n" + "".join(lines))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visit(site, browser):
    """Log somebody in: visit("office"), visit("invest.fill", PHONE). Ends with no complaint."""
    visitors = []

    def log_in(username: str, viewport: dict[str, int] = DESK) -> Visitor:
        context = browser.new_context(viewport=viewport, locale="zh-CN", accept_downloads=True)
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), site.base)
        visitors.append(visitor)
        page = visitor.page
        page.on("console", lambda message: hear(visitor, message.type, message.text))
        page.on("pageerror", lambda error: hear(visitor, "error", str(error)))
        page.goto(f"{site.base}/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", site.passwords[username])
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "/login" not in address)
        return visitor

    yield log_in
    for visitor in visitors:
        visitor.page.context.close()
    assert [visitor.complaints for visitor in visitors if visitor.complaints] == []


def hear(visitor: Visitor, kind: str, text: str) -> None:
    """Keep what the browser complains of; that a refusal is no 200 is not a complaint."""
    refused = re.search(r"status of (403|404|409)", text)
    if kind in ("error", "warning") and not refused:
        visitor.complaints.append(f"{kind}: {text}")


def until(check, *, seconds: float = 20):
    """Ask again until something holds; its value. For what the worker does meanwhile."""
    end = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.3)
    return found

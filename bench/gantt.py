"""How smoothly the chart of projects scrolls and zooms: frames a second in headless Chromium.

The page is opened as the office does, the wheel is turned for some seconds, then time is zoomed in
and out. Each frame is counted by requestAnimationFrame while the wheel turns; the figure is of the
page as a whole, with the windows of rows arriving meanwhile. A figure, no test: it depends on what
else the machine does. The browser is the `chromium` of PATH.
"""

import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measuring import Measured, checksum, figure, measured
from bench.pages.running import environment, server
from bench.pages.sizes import REGISTERS

TIERS = tuple(REGISTERS)
SECONDS, RUNS = 4.0, 3
ADDRESS = "/projects/gantt/?by=none"
TURNS = {"scroll": (400, False), "zoom": (120, True)}  # pixels of the wheel, and Ctrl held
COUNT = """() => { window.frames_at = []; const count = (at) => { frames_at.push(at);
  if (window.counting) requestAnimationFrame(count); }; window.counting = true;
  requestAnimationFrame(count); }"""
STOP = "() => { window.counting = false; return window.frames_at; }"


def run(only: str | None) -> Iterator[Measured]:
    """Frames a second and the longest frame, scrolling and zooming; the first picture in ms."""
    for tier in [only] if only else list(TIERS):
        with tempfile.TemporaryDirectory(prefix="gongjian-bench-") as home:
            around = environment(Path(home))
            command = [sys.executable, "-m", "bench.pages.register", tier]
            filled = subprocess.run(
                command, env=around, check=True, stdout=subprocess.PIPE, text=True
            )
            with server(around) as port:
                yield from _drawn(tier, port, json.loads(filled.stdout)["cookie"])


def _drawn(tier: str, port: int, session: str) -> Iterator[Measured]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this bench needs it

    browser_path = shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        url = f"http://127.0.0.1:{port}"
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = context.new_page()
        page.goto(url + ADDRESS)
        page.wait_for_selector(".gt-names a[href]")
        common = {"bench": "gantt", "tier": tier, "checksum": checksum(page.title())}
        first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        yield figure("first_view.ms", first, unit="ms", **common)
        for name, turn in TURNS.items():
            runs = [_frames(page, *turn) for _ in range(RUNS)]
            rates = [1000 * (len(one) - 1) / (one[-1] - one[0]) for one in runs]
            gaps = [max(b - a for a, b in itertools.pairwise(one)) for one in runs]
            yield measured(f"{name}.fps", rates, unit="1/s", **common)
            yield measured(f"{name}.longest", gaps, unit="ms", **common)
        browser.close()


def _frames(page: Any, pixels: int, ctrl: bool) -> list[float]:
    """The moments of the frames while the wheel turns one way and then the other."""
    page.mouse.move(900, 600)
    page.evaluate(COUNT)
    if ctrl:
        page.keyboard.down("Control")
    for way in (1, -1):
        end = page.evaluate("performance.now()") + SECONDS * 500
        while page.evaluate("performance.now()") < end:
            page.mouse.wheel(0, way * pixels)
    if ctrl:
        page.keyboard.up("Control")
    return list(page.evaluate(STOP))

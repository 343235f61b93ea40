"""The one entry: `python -m bench NAME [--tier NAME] [--json]`.

`pages` says how fast a screenful is served, over the rate of a bare page of the framework; `gantt`
how many frames a second the chart of projects shows while it is scrolled and zoomed.
`extract` says how fast a plan is read (small … huge), `quality` how well (own, sets, genres,
corpus); `quality --misses` lists what is not right. `import` says how fast a ledger is read and
in how much memory, `headers` how many titles of its columns are told right. `fuzz [--seed N]
[--files 10000] [--keep FOLDER]` reads broken files, and ends with 1 where one broke the reader.
"""

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from bench import extract, fuzz, gantt, headers, importing, pages, quality
from bench.measuring import Measured

BENCHES: dict[str, tuple[Callable[[str | None], Iterator[Measured]], Collection[str]]] = {
    "extract": (extract.run, extract.TIERS),
    "gantt": (gantt.run, gantt.TIERS),
    "pages": (pages.run, pages.TIERS),
    "quality": (quality.run, quality.TIERS),
    "import": (importing.run, importing.TIERS),
    "headers": (headers.run, headers.TIERS),
}
BROKEN = {"crashed", "hung"}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted([*BENCHES, "fuzz"]))
    parser.add_argument("--tier", help="one size, or one way to group the texts, only")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--misses", action="store_true", help="quality: what is not right")
    parser.add_argument("--seed", type=int, default=20260101, help="fuzz: where chance begins")
    parser.add_argument("--files", type=int, default=10_000, help="fuzz: how many broken files")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="fuzz: what broke")
    chosen = parser.parse_args(arguments)
    if chosen.misses and chosen.name != "quality":
        parser.error("--misses belongs to quality")
    broken = False
    for measured in _run(parser, chosen):
        broken |= measured.metric in BROKEN and measured.value > 0
        _say(json.dumps(measured.as_record()) if chosen.json else measured.as_line())
    for miss in quality.misses() if chosen.misses else ():
        _say(json.dumps({"bench": "quality", "miss": miss}) if chosen.json else miss)
    return int(broken)


def _run(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> Iterator[Measured]:
    if chosen.name == "fuzz":
        return fuzz.run(chosen.seed, chosen.files, chosen.keep)
    run, tiers = BENCHES[chosen.name]
    if chosen.tier and chosen.tier not in tiers:
        parser.error(f"{chosen.name} has the tiers {', '.join(tiers)}")
    return run(chosen.tier)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""The one entry: `python -m bench extract|quality [--tier NAME] [--json]`.

`extract` says how fast a plan is read (small, medium, large), `quality` how well (own, sets,
halves, genres, corpus); `--misses` lists what is not right.
"""

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence

from bench import extract, quality
from bench.measuring import Measured

BENCHES: dict[str, tuple[Callable[[str | None], Iterator[Measured]], Collection[str]]] = {
    "extract": (extract.run, extract.TIERS),
    "quality": (quality.run, quality.TIERS),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--tier", help="one size, or one way to group the texts, only")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--misses", action="store_true", help="quality: what is not right")
    chosen = parser.parse_args(arguments)
    run, tiers = BENCHES[chosen.name]
    if chosen.tier and chosen.tier not in tiers:
        parser.error(f"{chosen.name} has the tiers {', '.join(tiers)}")
    if chosen.misses and chosen.name != "quality":
        parser.error("--misses belongs to quality")
    for measured in run(chosen.tier):
        _say(json.dumps(measured.as_record()) if chosen.json else measured.as_line())
    if chosen.misses:
        for miss in quality.misses():
            _say(json.dumps({"bench": "quality", "miss": miss}) if chosen.json else miss)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""The one entry: `python -m bench extract [--tier small|medium|large] [--json]`.

`python -m bench fuzz [--seed N] [--files 10000] [--keep FOLDER]` ends with 1 where one broke.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import extract, fuzz
from bench.measuring import Measured

BENCHES: dict[str, Callable[[str | None], Iterator[Measured]]] = {"extract": extract.run}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted([*BENCHES, "fuzz"]))
    parser.add_argument("--tier", choices=sorted(extract.TIERS), help="one size only")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--seed", type=int, default=20260101, help="fuzz: where chance begins")
    parser.add_argument("--files", type=int, default=10_000, help="fuzz: how many broken files")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="fuzz: what broke")
    chosen = parser.parse_args(arguments)
    broken = False
    for measured in _run(chosen):
        broken |= measured.metric in {"crashed", "hung"} and measured.value > 0
        line = json.dumps(measured.as_record()) if chosen.json else measured.as_line()
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return int(broken)


def _run(chosen: argparse.Namespace) -> Iterator[Measured]:
    if chosen.name == "fuzz":
        return fuzz.run(chosen.seed, chosen.files, chosen.keep)
    return BENCHES[chosen.name](chosen.tier)


if __name__ == "__main__":
    sys.exit(main())

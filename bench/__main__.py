"""The one entry: `python -m bench extract [--tier small|medium|large] [--json]`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence

from bench import extract
from bench.measuring import Measured

BENCHES: dict[str, Callable[[str | None], Iterator[Measured]]] = {"extract": extract.run}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--tier", choices=sorted(extract.TIERS), help="one size only")
    parser.add_argument("--json", action="store_true", help="one object a line")
    chosen = parser.parse_args(arguments)
    for measured in BENCHES[chosen.name](chosen.tier):
        line = json.dumps(measured.as_record()) if chosen.json else measured.as_line()
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

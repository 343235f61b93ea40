"""The environment, read in one place. Every variable is listed in docs/how-to/settings.md."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or the default; without either, a sentence that names it."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set")
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}; use True or False")
    return value == "True"


def megabytes(name: str, default: int) -> int:
    """A size in bytes, written as whole megabytes (of 1,000,000 bytes)."""
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 10_000):
        raise ImproperlyConfigured(f"{name} is {value!r}; use whole megabytes, such as {default}")
    return int(value) * 1_000_000


def home() -> Path:
    """Where the installation keeps its database, files and keys.

    $GONGJIAN_HOME; else ./var of the checkout this package was installed from; else the user's
    own share folder.
    """
    named = os.environ.get("GONGJIAN_HOME")
    if named:
        return Path(named).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file() and (checkout / "src" / "gongjian").is_dir():
        return checkout / "var"
    return Path("~/.local/share/gongjian").expanduser()


def use_settings(module: str) -> None:
    """Name the settings module, unless the caller's environment names another."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", module)

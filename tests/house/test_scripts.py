"""What the scripts decide: which tests a change asks for, and what uv is told of pip's settings."""

import importlib.machinery
import importlib.util
import sys
from pathlib import Path

import pytest

from house.source import ROOT


def script(name):
    """A script as a module; most have no suffix, because people type their names."""
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "scripts" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("touched", "tests"),
    [
        ("tests/house/test_walls.py", ["tests/house/test_walls.py"]),
        ("tests/house/source.py", []),
        ("README.md", []),
        ("src/gongjian/house/scripts.py", ["tests/house/test_scripts.py"]),
        ("src/gongjian/house/templates/page.html", ["tests/house"]),
        ("src/gongjian/house/deep/er/none.py", ["tests/house"]),
        ("src/gongjian/nowhere/none.py", []),
    ],
)
def test_tests_of_a_change_are_those_that_mirror_it(touched, tests):
    assert list(script("check").tests_of(Path(touched))) == tests


def test_uv_is_told_what_pip_knows(tmp_path, monkeypatch):
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://one.invalid/simple\nfind-links =\n    /a\n    /b\n"
        "[install]\nextra-index-url = https://two.invalid/simple\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_INDEX", "https://mine.invalid/simple")

    told = script("pip_settings.py").uv_environment(Path(sys.executable))

    assert told["UV_DEFAULT_INDEX"] == "https://one.invalid/simple"
    assert told["UV_FIND_LINKS"] == "/a,/b"
    assert told["UV_INDEX"] == "https://mine.invalid/simple"


def test_pip_settings_of_the_environment_come_last(monkeypatch):
    monkeypatch.setenv("PIP_FIND_LINKS", "/mine")
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)

    told = script("pip_settings.py").uv_environment(Path(sys.executable))

    assert told["UV_FIND_LINKS"] == "/mine"

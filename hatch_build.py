"""Hatch calls this before it packs: a wheel carries its front-end files and needs no Node."""

from __future__ import annotations

import importlib.machinery
import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Makes static/vendor and static/built current; an editable install leaves that to `make`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatch's signature
        if version != "editable":
            root = Path(self.root)
            _assets(root).build(root)


def _assets(root: Path) -> Any:
    """scripts/assets as a module: it has no suffix, because people type its name."""
    loader = importlib.machinery.SourceFileLoader("assets", str(root / "scripts" / "assets"))
    spec = importlib.util.spec_from_loader("assets", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module

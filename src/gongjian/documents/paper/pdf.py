"""The paper as PDF, set by typst: its data goes in as JSON and is printed, never executed.

Fonts are those of the machine and of a folder the operator may fill, which comes first.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from gongjian.documents.paper.model import Paper

FAMILIES = (  # the first that is there
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei",
    "PingFang SC", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans SC",
)  # fmt: skip


class NoFont(Exception):
    """There is no font with Chinese characters: the page would be empty boxes."""


def write_pdf(paper: Paper, *, fonts: Path | None = None) -> bytes:
    """The paper as a PDF with the characters it uses in it.

    Units: 0.1 to 0.4 s a page. Errors: NoFont where the machine has no Chinese font.
    """
    folders = [str(fonts)] if fonts is not None and fonts.is_dir() else []
    family = next(iter(_families(tuple(folders))), None)
    if family is None:
        raise NoFont
    data = json.dumps(asdict(paper), ensure_ascii=False)
    given = {"paper": data, "font": family}
    compiler: Any = typst.Compiler(_template(), font_paths=folders, sys_inputs=given)  # type: ignore[misc]  # its generic has no bound
    return bytes(compiler.compile())


@cache
def _template() -> bytes:
    return (files("gongjian.documents.paper") / "paper.typ").read_bytes()


@cache
def _families(folders: Sequence[str]) -> tuple[str, ...]:
    there = set(typst.Fonts(include_system_fonts=True, font_paths=list(folders)).families())
    return tuple(name for name in FAMILIES if name in there)

"""The source as the house tests read it: files by floor, trees, and what stands in them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "gongjian"
HAN = re.compile(r"[\u3400-\u9fff]")


def files(*under: str, suffix: str = ".py") -> list[Path]:
    """Our files below these folders of src/gongjian; fetched and built ones are not ours."""
    made = ("vendor", "built", "__pycache__")
    found = (path for folder in under for path in (SRC / folder).rglob(f"*{suffix}"))
    return sorted(path for path in found if not set(made) & set(path.parts))


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """The test once a file, named by its place in the house."""
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.relative_to(SRC).as_posix())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def usecase_files() -> list[Path]:
    """usecases.py of every room, or the files of its usecases/ package."""
    paths = files("flow", "foundation")
    return [path for path in paths if path.stem == "usecases" or path.parent.name == "usecases"]


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def argument_names(function: ast.FunctionDef) -> set[str]:
    arguments = function.args
    return {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}


def called_name(node: ast.AST) -> str:
    """`f` of f(…) and of x.f(…); nothing for any other node."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """Text that stands alone: it documents and is never shown."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}

"""Write docs/how-to/refusals.md: every code the product can answer with, and its sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "gongjian"
PAGE = ROOT / "docs" / "how-to" / "refusals.md"
RAISED = {"Refused", "Missing", "Conflict"}
HEAD = """# What the product refuses, and how it says so

A refusal is a code for programs and a sentence for people. Codes are API: they never change.
The web answers 403, 404 or 409 with the sentence; the API answers `{"code", "message"}`; a
command prints the sentence and ends with 1. This page is made by `make docs`.

| code | sentence | raised in |
|---|---|---|
"""


def main() -> None:
    rows = sorted({row for path in SRC.rglob("*.py") for row in refusals(path)})
    seen: dict[str, tuple[str, list[str]]] = {}
    for code, sentence, place in rows:
        places = seen.setdefault(code, (sentence, []))[1]
        places.extend([place] if place not in places else [])
    lines = [f"| `{code}` | {text} | {', '.join(at)} |\n" for code, (text, at) in seen.items()]
    PAGE.write_text(HEAD + "".join(lines), encoding="utf-8")


def refusals(path: Path) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        code = node.args[0]
        if name in RAISED and isinstance(code, ast.Constant):
            room = path.relative_to(SRC).with_suffix("").as_posix()
            yield str(code.value), sentence_in(node.args[1]), room


def sentence_in(node: ast.expr) -> str:
    """The longest text in the expression, which is what gettext was given."""
    texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    found = max((text for text in texts if isinstance(text, str)), key=len, default="")
    return " ".join(found.split()).replace("|", "\\|") or "（随情形而定）"


if __name__ == "__main__":
    main()

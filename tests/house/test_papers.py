"""The papers say what the code does: variables, commands, refusals, licences, the two commands."""

import ast
import re
import subprocess
import tomllib
from itertools import chain

import pytest

from gongjian.config.console import COMMANDS
from house.source import ROOT, SRC, called_name, files, tree_of

VARIABLE = re.compile(r"\bGONGJIAN_[A-Z_]+\b")
REFUSALS = {"Refused", "Missing", "Conflict"}
CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
# Spelt apart, so that this file does not name what it looks for.
NAMED_PLACES = re.compile(
    "|".join([r"/wor" + r"k/", r"/roo" + r"t/", r"/hom" + r"e/\w", r"pypi\." + "org",
              "registry" + r"\.npmjs", "/opt/" + "pypi"])
)  # fmt: skip


def in_lines(pattern, text):
    return re.findall(pattern, text, re.MULTILINE)


def paper(name):
    return (ROOT / name).read_text(encoding="utf-8")


def tracked(*patterns):
    """Files git knows or would add: what a clone gets."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_settings_page_lists_every_variable_and_no_other():
    read = {name for path in files(".") for name in VARIABLE.findall(path.read_text("utf-8"))}

    listed = in_lines(r"^\| `(GONGJIAN_[A-Z_]+)` \|", paper("docs/how-to/settings.md"))

    assert sorted(listed) == sorted(read)


def test_commands_page_lists_every_command_and_no_other():
    listed = in_lines(r"^\| `gongjian ([a-z-]+)", paper("docs/how-to/commands.md"))

    assert sorted(set(listed)) == sorted(COMMANDS)


def refusals():
    """Every refusal in the source: place → code, None where it is no plain text."""
    return [
        (f"{path.relative_to(SRC)}:{node.lineno}", literal(node.args[0]))
        for path in files(".")
        for node in ast.walk(tree_of(path))
        if called_name(node) in REFUSALS and node.args
    ]


def literal(node):
    return node.value if isinstance(node, ast.Constant) else None


def test_refusal_codes_are_plain_and_well_formed():
    odd = [(place, code) for place, code in refusals() if not (code and CODE.fullmatch(code))]

    assert odd == [], "codes are API: thing.reason, written out where they are raised"


def test_refusals_page_lists_every_code_and_no_other():
    listed = in_lines(r"^\| `([a-z0-9.-]+)` \|", paper("docs/how-to/refusals.md"))

    assert sorted(listed) == sorted({code for _, code in refusals()}), "make docs writes it anew"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_shows_the_two_commands(name):
    text = paper(name)

    assert re.search(r"^\s*make demo\b", text, re.MULTILINE)
    assert re.search(r"^\s*make test\b", text, re.MULTILINE)


def test_menu_has_a_line_for_each_target():
    makefile = paper("Makefile")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()

    explained = in_lines(r"^([a-z]+):.*## \S", makefile)

    assert explained == targets


def test_no_file_names_a_machine():
    """Neither a folder of somebody's machine nor a registry: those are the user's settings."""
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix not in (".docx", ".png", ".woff2")
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if NAMED_PLACES.search(line)
    ]

    assert named == []


def test_requirements_are_pinned_with_hashes_and_without_addresses():
    for path in tracked("requirements/*.txt"):
        text = path.read_text("utf-8")
        pins = in_lines(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+(?: ;[^\\\n]*)? \\\n +--hash=", text)
        names = in_lines(r"^[a-z0-9]", text)

        assert len(pins) == len(names) > 0, path.name
        assert "://" not in text, path.name

    assert [path.name for path in tracked() if path.name in ("uv.lock", "pylock.toml")] == []


def test_every_dependency_says_what_for_and_its_licence():
    project = tomllib.loads(paper("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    explained = in_lines(r'^    "([^"]+)", +# .+ \([A-Z].*\)?', paper("pyproject.toml"))

    assert sorted(explained) == sorted(wanted)


def test_decisions_are_numbered_and_one_page_each():
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    headings = ["Why now.", "Decision.", "Instead of.", "What it costs.", "We would revisit it if"]

    for number, page in enumerate(pages, start=1):
        text = page.read_text("utf-8")
        assert page.name.startswith(f"{number:04d}-"), page.name
        assert text.startswith(f"# {number}. "), page.name
        assert [h for h in headings if f"**{h}" not in text] == [], page.name
        assert len(text.splitlines()) <= 60, page.name


def test_links_between_papers_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in tracked("*.md")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_changes_say_what_kind_they_are():
    fragments = [page for page in (ROOT / "changelog.d").glob("*.md") if page.stem != "README"]

    first_lines = {page.name: page.read_text("utf-8").splitlines()[0] for page in fragments}

    assert [n for n, line in first_lines.items() if line not in ("新增", "改动", "修复")] == []

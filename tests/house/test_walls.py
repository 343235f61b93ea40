"""What imports cannot show: who queries, who reads the clock, who takes the time from whom."""

import ast
import tomllib

import pytest

from house.source import (
    ROOT,
    SRC,
    argument_names,
    called_name,
    each,
    files,
    public_functions,
    tree_of,
    usecase_files,
)

QUERIES = {
    "objects", "_default_manager", "_base_manager", "all", "filter", "exclude", "annotate",
    "aggregate", "select_related", "prefetch_related", "select_for_update", "get_or_create",
    "update_or_create", "bulk_create", "bulk_update", "refresh_from_db", "cursor",
}  # fmt: skip
ROLE_QUESTIONS = {"is_staff", "is_superuser", "has_perm", "has_perms", "groups", "grants"}
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "timezone": {"now", "localdate"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
}
CLOCK_FILE = SRC / "interfaces" / "request.py"
# A record is written when the database says so, whatever a demo's clock shows.
DATABASE_CLOCK = SRC / "foundation" / "records"
CHANCE = {"random", "secrets", "uuid", "time", "os", "socket", "urllib", "sqlite3"}
NO_WORD = {"service", "helper", "helpers", "util", "utils", "handler", "processor", "common"}


@each(files("interfaces"))
def test_interfaces_do_not_query(path):
    used = [
        f"{node.lineno}: .{node.attr}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in QUERIES
        and not (isinstance(node.value, ast.Name) and node.value.id == "register")
    ]

    assert used == [], f"use a query of the room instead: {used}"


@each(files("interfaces"))
def test_interfaces_import_no_queries_of_django(path):
    doors = {"django.db", "django.db.models", "django.db.connection", "django.forms.models"}

    found = [
        f"{node.lineno}: {node.module}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module in doors
    ]

    assert found == [], f"a door translates, it does not query: {found}"


@each(files("interfaces"))
def test_interfaces_know_no_roles(path):
    used = [
        f"{node.lineno}: .{node.attr}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in ROLE_QUESTIONS
    ]

    assert used == [], f"ask the rule of the room instead: {used}"


# The records are what acts are made of: a job runs on real time, a number has no time. The names
# that are searched follow the log, which has its own.
@each([path for path in usecase_files() if not {"records", "search"} & set(path.parts)])
def test_usecases_take_the_time_from_their_caller(path):
    without = [f.name for f in public_functions(path) if "at" not in argument_names(f)]

    assert without == [], f"pass `at`: {without}"


@each(usecase_files())
def test_usecases_say_what_they_do(path):
    without = [f.name for f in public_functions(path) if not ast.get_docstring(f)]

    assert without == [], f"no docstring: {without}"


@each(files("."))
def test_only_one_file_reads_the_clock(path):
    if path == CLOCK_FILE or "migrations" in path.parts:
        return

    assert clock_readings(tree_of(path), database=DATABASE_CLOCK not in path.parents) == []


def clock_readings(tree, *, database):
    """Every place where the wall clock is read, by line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS.get(last_name(node.value), ()):
            found.append(f"{node.lineno}: {last_name(node.value)}.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            clock = {"django.utils.timezone": "timezone", "time": "time"}.get(node.module, "")
            found += [
                f"{node.lineno}: {alias.name}"
                for alias in node.names
                if alias.name in CLOCKS.get(clock, ())
                or (
                    database and node.module == "django.db.models.functions" and alias.name == "Now"
                )
            ]
        elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            found.append(f"{node.lineno}: {node.arg}")
    return found


def last_name(node):
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now()",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "timezone.now()",
        "f(default=timezone.now)",
        "time.time()",
        "from time import time",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
        "DateTimeField(auto_now=True)",
    ],
)
def test_clock_readings_sees_every_clock(line):
    assert len(clock_readings(ast.parse(line), database=True)) == 1


@each(files("engine"))
def test_engine_has_no_hidden_input(path):
    """The same numbers in, the same numbers out: no chance, no clock, no files."""
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree_of(path))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    opened = [node.lineno for node in ast.walk(tree_of(path)) if called_name(node) == "open"]

    assert (imported & CHANCE, opened) == (set(), [])


def test_every_floor_and_room_of_the_contracts_exists():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layered = [c for c in contracts["contracts"] if c["type"] == "layers" and c["id"] != "rooms"]

    missing = [
        f"{container}.{name}"
        for contract in layered
        for container in contract["containers"]
        for layer in contract["layers"]
        for name in layer.split(" | ")
        if not place(container, name).is_dir() and not place(container, f"{name}.py").is_file()
    ]

    assert missing == []


def place(container, name):
    return SRC.joinpath(*container.split(".")[1:], name)


def test_no_contract_has_an_exception():
    text = (ROOT / "pyproject.toml").read_text()

    assert "ignore_imports" not in text
    assert text.count("[[tool.importlinter.contracts]]") == 8


def test_files_and_classes_have_names_that_say_something():
    named = [path.relative_to(SRC).as_posix() for path in files(".") if path.stem in NO_WORD]
    classes = [
        f"{path.relative_to(SRC)}: {node.name}"
        for path in files(".")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and node.name.lower().endswith(("service", "helper", "util", "processor"))
    ]

    assert named + classes == []


def test_no_password_stands_in_the_source():
    literal = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in files(".")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and any(is_text(value) for value in password_arguments(node))
    ]

    assert literal == [], "a password is generated or typed, never written down"


def password_arguments(call):
    if called_name(call) in ("set_password", "make_password"):
        yield from call.args[:1]
    yield from (k.value for k in call.keywords if k.arg in ("password", "raw_password"))


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""

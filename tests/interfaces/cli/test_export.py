"""`gongjian export projects`: the register as other programs take it."""

import json

import pytest

from gongjian.foundation.records.models import LogEntry
from gongjian.interfaces.cli import export, imports
from interfaces.cli.commands import run
from small_register import small_register


@pytest.fixture
def register(db):  # noqa: ARG001
    return small_register(june=True)


def written(tmp_path, form, *more):
    out = tmp_path / f"projects.{form}"
    return run(export, "projects", "--format", form, "--out", str(out), *more), out


def test_export_projects_writes_one_object_a_project(register, tmp_path):
    ended, out = written(tmp_path, "json")

    told = json.loads(out.read_text(encoding="utf-8"))
    assert (ended.code, "2 个项目" in ended.out) == (0, True)
    assert [one["name"] for one in told["projects"]] == [register.mill.name, register.dairy.name]
    assert told["projects"][0]["lists"][0]["list"] == "2020年县重点项目"
    assert LogEntry.objects.get(act="projects.exported").actor_name == ""


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
@pytest.mark.usefixtures("register")
def test_export_projects_writes_tables(tmp_path, form, start):
    ended, out = written(tmp_path, form)

    assert ended.code == 0
    assert out.read_bytes().startswith(start)


@pytest.mark.usefixtures("register")
def test_export_projects_has_no_paper(tmp_path):
    ended, out = written(tmp_path, "docx")

    assert ended.code == 2
    assert not out.exists()


@pytest.mark.usefixtures("register")
def test_what_was_exported_is_read_again_by_its_names(tmp_path):
    _ended, out = written(tmp_path, "json")
    said = [f"{name}=元" for name in ("total_investment", "year_plan_investment")]
    answers = [word for one in said for word in ("--answer", one)]

    ended = run(imports, "projects", str(out), "--dry-run", "--json", *answers)

    sheet = ended.json["sheets"][0]
    assert (ended.code, sheet["rows"], sheet["refused"]) == (0, 2, [])
    assert sheet["sums"]["total_investment"] == "500000000.00"

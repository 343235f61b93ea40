"""`gongjian export projects`: the register as other programs take it."""

import json

import pytest

from gongjian.documents import read_document
from gongjian.foundation.records.models import LogEntry
from gongjian.interfaces.cli import export, imports
from interfaces.cli.commands import gongjian, run
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
@pytest.mark.parametrize("form", ["xlsx", "docx"])
@pytest.mark.parametrize("layout", ["ledger", "sponsors", "permits", "started", "finished"])
def test_export_projects_writes_official_tables(tmp_path, layout, form):
    ended, out = written(tmp_path, form, "--layout", layout, "--money", "yi")

    assert ended.code == 0
    assert out.read_bytes().startswith(b"PK")
    assert LogEntry.objects.get(act="projects.exported").facts["form"] == f"{layout}.{form}"


@pytest.mark.usefixtures("register")
def test_export_projects_as_a_paper_is_the_ledger(tmp_path):
    ended, out = written(tmp_path, "docx")

    assert ended.code == 0
    assert "项目台账" in read_document("a.docx", out.read_bytes()).text


@pytest.mark.usefixtures("register")
def test_export_projects_writes_a_package_of_oc4ids(tmp_path):
    ended, out = written(tmp_path, "oc4ids")

    assert ended.code == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))["projects"]) == 2


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "more", [("--layout", "ledger"), ("--snapshot", "S-1999-01"), ("--snapshot", "x" * 99)]
)
def test_export_projects_says_what_it_cannot_do(tmp_path, more):
    ended, out = written(tmp_path, "csv", *more)

    assert ended.code == 2
    assert not out.exists()


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "docx"])
def test_export_plan_writes_the_breakdown(tmp_path, form):
    out = tmp_path / f"plan.{form}"

    ended = run(export, "plan", "--format", form, "--out", str(out))

    assert ended.code == 0
    content = out.read_bytes()
    told = read_document(out.name, content).text if form == "docx" else content.decode(
        "utf-8-sig", errors="ignore")  # fmt: skip
    assert form == "xlsx" or "截止日期" in told or "as_of" in told


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("what", ["plan", "duties"])
def test_plan_and_duties_are_exported_of_a_snapshot(tmp_path, what):
    out = tmp_path / "x.csv"

    ended = run(export, what, "--format", "csv", "--snapshot", "S-2020-05", "--out", str(out))
    missing = run(export, what, "--format", "csv", "--snapshot", "S-1999-01", "--out", str(out))

    assert (ended.code, missing.code) == (0, 2)
    foot = out.read_text(encoding="utf-8-sig").splitlines()[-1]
    assert "快照 S-2020-05（2020-06-01" in foot
    assert "2020年5月31日" in foot or "2020-05-31" in foot
    assert LogEntry.objects.filter(act="projects.exported").count() == 1


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("what", ["plan", "duties"])
def test_only_projects_are_exported_by_oc4ids(tmp_path, what):
    out = tmp_path / "x.json"

    ended = run(export, what, "--format", "oc4ids", "--out", str(out))

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


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("projects", "--format", "csv", "--unit", "FGJ"), "--unit 对 projects 没有意义"),
        (("projects", "--format", "csv", "--draft"), "--draft 对 projects 没有意义"),
        (("plan", "--format", "xlsx", "--layout", "ledger"), "--layout 对 plan 没有意义"),
        (("duties", "--format", "xlsx", "--money", "yi"), "--money 对 duties 没有意义"),
        (("projects", "--format", "csv", "--layout", "ledger"), "正式样式只有 xlsx 和 docx"),
        (("projects", "--format", "csv", "--money", "yi"), "--money 只用于正式样式"),
    ],
)
def test_an_option_that_says_nothing_of_it_is_refused(tmp_path, words, said):
    out = tmp_path / "x"

    ended = run(export, *words, "--out", str(out))

    assert ended.code == 2
    assert said in ended.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("projects", "--format", "pdf", "--out", "x"), "--format 没有 pdf"),
        (("projects", "--out", "x"), "还要写 --format"),
        (("bogus", "--format", "csv", "--out", "x"), "没有 bogus"),
        (("plan", "--format", "csv", "--out"), "--out 后面要写一个值"),
        (("plan", "--format", "csv", "--out", "x", "--colour"), "不认识 --colour"),
    ],
)
def test_a_bad_call_says_what_is_wrong_and_ends_with_two(tmp_path, words, said):
    ended = gongjian("export", *words, home=tmp_path)

    assert (ended.code, "Traceback" in ended.err) == (2, False)
    assert said in ended.err


@pytest.mark.usefixtures("register")
def test_the_list_says_its_definitions(tmp_path):
    out = tmp_path / "duties.json"

    run(export, "duties", "--format", "json", "--draft", "--out", str(out))

    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["basis"]
    assert "口径" in told["definitions"]

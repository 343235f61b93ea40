"""Rows answered on the command line, and writing that a person stops."""

import pytest

from gongjian.flow.projects.models import Project
from gongjian.flow.projects.usecases.imports import writing
from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.usecases import go_on, stop_import
from gongjian.interfaces.cli import imports
from gongjian.interfaces.jobs.worker import do_due
from gongjian.interfaces.request import now
from gongjian.lib.refusals import Refused
from interfaces.cli.commands import run
from small_register import small_register

LEDGER = """单位：万元,,,,
序号,项目名称,项目代码,建设地点,总投资
1,示例纺织智能工厂项目,2020-370782-17-03-000099,北镇,3000
2,别的项目,,北镇,200
"""

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "new", "changed", "refused"),
    [
        ("3=new", 2, 0, 0),
        ("3=skip", 1, 0, 1),
        ("3=2020-370782-17-03-000001", 1, 1, 0),
    ],
)
def test_a_row_that_could_be_two_is_answered(ledger, said, new, changed, refused):
    asked = run(imports, "projects", str(ledger), "--by", "office", "--dry-run", "--json")
    assert asked.json["totals"]["asked"] == 1

    ended = run(imports, "projects", str(ledger), "--by", "office", "--json", "--answer", said)

    totals = ended.json["totals"]
    assert (totals["new"], totals["changed"], totals["refused"]) == (new, changed, refused)
    assert totals["asked"] == 0


def test_writing_that_is_stopped_keeps_what_is_written_and_goes_on(ledger, register, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 1)
    write = writing._write

    def interrupted(*given, **more):
        if ImportRun.objects.get().position == 1:
            raise KeyboardInterrupt
        return write(*given, **more)

    monkeypatch.setattr(writing, "_write", interrupted)
    ended = run(imports, "projects", str(ledger), "--by", "office", "--answer", "3=new")

    assert ended.code == 130
    assert "写好的 1 行留着" in ended.err
    held = ImportRun.objects.get()
    assert (held.state, held.rows.count(), Project.objects.count()) == ("stopped", 1, 3)
    do_due(now)
    held.refresh_from_db()
    assert held.state == "stopped"  # the worker leaves it alone
    with pytest.raises(Refused):
        stop_import(held, by=register.office, at=now())

    monkeypatch.setattr(writing, "_write", write)
    go_on(held, by=register.office, at=now())
    do_due(now)
    held.refresh_from_db()
    assert (held.state, held.rows.count(), Project.objects.count()) == ("done", 2, 4)

"""Official layouts, exports in batches, and projects by OC4IDS."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from gongjian.documents import read_document
from gongjian.documents.grids import read_book
from gongjian.flow.projects.queries import (
    LAYOUTS,
    Answering,
    Basis,
    ExportAsked,
    LedgerBook,
    export_file,
    ledger_footing,
    ledger_objects,
    objects_in_batches,
    oc4ids_package,
    official_table,
)
from gongjian.flow.projects.usecases import (
    Paper,
    ProjectWords,
    begin_checklist,
    change_project,
    rename_project,
)
from small_county import JUNE

END = date(2020, 6, 30)
BASIS = Basis(END, JUNE)
SCHEMA = Path(__file__).resolve().parents[5] / "shared/data/oc4ids/project-schema.json"
PACKAGE = SCHEMA.with_name("project-package-schema.json")


@pytest.fixture
def going(register):
    for stage, day in (("signed", date(2020, 1, 20)), ("established", date(2020, 2, 1)),
                       ("started", date(2020, 3, 5))):  # fmt: skip
        register.reached(register.mill, stage, day)
    register.paid(register.mill, "2020-05", done=36_000_000, arrived=5_000_000)
    return register


def objects_of(register, **more):
    answers = {register.mill.pk: Answering(lead="发改", sponsor="甲某", sponsor_post="副市长")}
    return ledger_objects(register.campaign, known_at=JUNE, answering=answers, **more)


def table_of(register, code, unit="wan"):
    return official_table(
        code,
        register.campaign,
        objects_of(register),
        footing=ledger_footing(BASIS, by="某"),
        maker="编制单位：攻坚办",
        unit=unit,
    )


def words_of(table):
    return [row.text if hasattr(row, "text") else row["name"] for row in table.rows]


def test_a_ledger_is_grouped_counted_and_added_up(going):
    table = table_of(going, "ledger")

    assert table.title == "2020年重点工作攻坚年项目台账"
    assert words_of(table) == [
        "一、新开工（1 个，总投资 20,000.00 万元）", "示例纺织智能工厂项目",
        "二、续建（1 个，总投资 30,000.00 万元）", "示例乳品冷链基地项目",
    ]  # fmt: skip
    assert table.total["name"] == "合计（2 个）"
    assert table.total["total_investment"] == Decimal("50000.00")
    assert table.total["share_of_plan"] == Decimal("0.164")
    assert table.rows[3]["year_done_investment"] is None


def test_a_table_in_yi_says_so(going):
    table = table_of(going, "ledger", unit="yi")

    assert table.total["total_investment"] == Decimal("5.00")
    assert "亿元" in words_of(table)[0]


def test_only_what_was_begun_this_year_stands_in_the_table_of_beginnings(going):
    assert words_of(table_of(going, "started")) == ["示例纺织智能工厂项目"]
    assert table_of(going, "started").rows[0]["in_time"] == "按期"
    assert table_of(going, "finished").rows == ()
    assert "没有这样的项目" in table_of(going, "finished").notes[0]


def test_sponsors_head_their_projects(going):
    assert words_of(table_of(going, "sponsors"))[0].startswith("一、甲某（副市长）（1 个")


def test_permits_stand_below_their_project(going):
    begin_checklist(going.mill, by=going.people["clerk"], at=JUNE)

    table = table_of(going, "permits")

    assert words_of(table)[0].startswith("1. 示例纺织智能工厂项目（2020-370782-17-03-000001，北镇")
    assert table.rows[1]["row"] == 1
    assert table.rows[1]["state"] == "未受理"
    assert table.total["name"].startswith("合计（")


@pytest.mark.parametrize("code", sorted(LAYOUTS))
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_every_layout_is_written_with_its_footing(going, code, form):
    begin_checklist(going.mill, by=going.people["clerk"], at=JUNE)
    asked = ExportAsked(form, BASIS, layout=code).checked()

    made = export_file(going.campaign, objects_of(going), asked, by="某", maker="攻坚办")

    if form == "xlsx":
        grid = read_book(made.name, io.BytesIO(made.content)).grids[0]
        text = "\n".join(str(cell) for _row, cells in grid.rows for cell in cells if cell)
    else:
        text = read_document(made.name, made.content).text
    assert made.name.endswith(form)
    for word in (
        "编制单位：攻坚办",
        "截止日期：2020-06-30",
        "实时（2020-06-",
        "口径版本：",
        "导出人：某",
    ):
        assert word in text


def test_figures_of_a_day_are_those_known_of_that_day(going):
    office, later = going.people["office"], JUNE + timedelta(days=40)
    paper = Paper("示例办发〔2020〕9号", date(2020, 8, 1))
    rename_project(going.mill, "示例新名项目", paper, by=office, at=later)
    words = ProjectWords.of(going.mill)
    going.mill.refresh_from_db()
    changed = ProjectWords(**{**{f: getattr(words, f) for f in words.__slots__},
                              "name": "示例新名项目", "total_investment": Decimal(250_000_000),
                              "planned_finish": date(2021, 6, 30),
                              "planned_finish_precision": "month"})  # fmt: skip
    change_project(going.mill, changed, reason="概算调整", version=going.mill.version, by=office,
                   at=later)  # fmt: skip
    going.paid(going.mill, "2020-07", at=later, done=1_000_000)

    then = objects_of_day(going, END, later)
    now = objects_of_day(going, None, later)

    assert (then["name"], then["total_investment"], then["planned_finish"]) == (
        "示例纺织智能工厂项目", "200000000.00", "2020",
    )  # fmt: skip
    assert (now["name"], now["total_investment"], now["planned_finish"]) == (
        "示例新名项目", "250000000.00", "2021-06",
    )  # fmt: skip
    assert (then["year_done_investment"], now["year_done_investment"]) == (
        "36000000.00", "37000000.00",
    )  # fmt: skip


def objects_of_day(register, day, known_at):
    book = LedgerBook([type(register.mill).objects.get(pk=register.mill.pk)], register.campaign,
                      known_at=known_at)  # fmt: skip
    return book.object_of(book.projects[0], as_of=day)


def test_batches_hold_every_project_once(going):
    asked = ExportAsked("json", BASIS, keys=(going.mill.pk, going.dairy.pk))

    batches = list(objects_in_batches(going.campaign, asked, lambda _campaign, _on: {}))

    assert [one["name"] for batch in batches for one in batch] == [
        going.mill.name, going.dairy.name,
    ]  # fmt: skip


def package_of(register):
    return json.loads(oc4ids_package(objects_of(register), basis=BASIS, publisher="攻坚办",
                                     uri="urn:test"))  # fmt: skip


def test_a_project_by_oc4ids(going):
    told = package_of(going)
    mill, dairy = told["projects"]

    assert {"uri", "publisher", "publishedDate", "version", "projects"} == told.keys()
    assert mill["id"] == f"gongjian-{going.mill.uid}"
    assert mill["identifiers"] == [{"id": "2020-370782-17-03-000001", "scheme": "CN-TZXM"}]
    assert (mill["status"], dairy["status"]) == ("implementation", "identification")
    assert mill["budget"]["amount"] == {"amount": 200000000, "currency": "CNY"}
    assert {one["roles"][0] for one in mill["parties"]} == {
        "projectOwner", "publicAuthority", "funder",
    }  # fmt: skip
    assert [(one["id"], one["status"]) for one in mill["milestones"]] == [
        ("signed", "met"), ("established", "met"), ("started", "met"), ("completed", "scheduled"),
    ]  # fmt: skip
    assert [one["id"] for one in mill["metrics"]] == ["done", "arrived"]
    assert "metrics" not in dairy


def test_a_package_of_oc4ids_holds_what_its_schema_asks_for(going):
    if not PACKAGE.is_file():
        pytest.skip("the schema of OC4IDS is not here")
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(PACKAGE.read_text(encoding="utf-8"))
    schema["properties"]["projects"]["items"] = {"type": "object"}  # each is checked below

    assert list(jsonschema.Draft4Validator(schema).iter_errors(package_of(going))) == []


def test_oc4ids_is_valid_by_its_schema(going):
    if not SCHEMA.is_file():
        pytest.skip("the schema of OC4IDS is not here")
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())

    found = [
        (list(error.path), error.message)
        for project in package_of(going)["projects"]
        for error in checker.iter_errors(project)
    ]

    assert found == []


def test_a_period_begins_with_the_first_day_that_is_meant(going):
    words = ProjectWords.of(going.dairy)
    months = {"planned_start": date(2020, 9, 30), "planned_start_precision": "month",
              "planned_finish": date(2020, 9, 30), "planned_finish_precision": "month"}  # fmt: skip
    change_project(going.dairy, ProjectWords(**{**words.tidy(), **months}), version=1,
                   by=going.office, at=JUNE, reason="示例")  # fmt: skip

    _mill, dairy = package_of(going)["projects"]

    assert dairy["period"] == {
        "startDate": "2020-09-01T00:00:00+08:00", "endDate": "2020-09-30T00:00:00+08:00",
    }  # fmt: skip

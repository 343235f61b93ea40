"""A ledger with what happened and who answers: tried, written, the same again, taken back."""

import json
from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.duties.models import Duty, Sponsorship
from gongjian.flow.duties.queries import answering_for_projects, duties_over, words_of
from gongjian.flow.duties.usecases import (
    Allotment,
    answer_project_import,
    assign_units,
    bring_project_ledger,
    name_leader,
)
from gongjian.flow.projects.models import (
    InvestmentMonth,
    ProgressText,
    Project,
    StageEvent,
)
from gongjian.flow.projects.queries import ledger_objects
from gongjian.flow.projects.usecases import (
    accept_stages,
    ask_to_undo_project_import,
    check_months,
    check_stages,
    start_project_import,
)
from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit
from gongjian.foundation.records.queries import adds_up, audit_findings
from gongjian.foundation.records.usecases import Said
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from ledger_books import book
from small_county import BEGIN, JUNE
from small_register import small_register

HEAD = ["序号", "项目名称", "建设地点", "总投资", "年度累计完成投资", "实际开工时间",
        "实际竣工时间", "牵头单位", "责任单位", "包靠领导", "形象进度"]  # fmt: skip
LEDGER = [
    [1, "甲项目", "北镇", 3000, 800, "2020.3.12", "", "发改", "投促、北镇", "leader某", "主体封顶"],
    [2, "乙项目", "北镇", 2000, "", "", "", "发改", "", "副市长", ""],
    [3, "丙项目", "北镇", 1000, 500, "", "", "没有这个局", "投促、某某局", "王某某", "土建"],
]


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()


def sheet(*rows, **more):
    return book(*rows, head=HEAD, **more)


def brought(register, content, said=None, at=JUNE):
    return bring_project_ledger(
        register.campaign, "台账.xlsx", content, by=register.office, at=at, said=said
    )


def written(register, content, said=None):
    run = brought(register, content, said)
    start_project_import(run, version=run.version, by=register.office, at=JUNE)
    do_due(lambda: JUNE)
    run.refresh_from_db()
    assert run.state == "done", run.reason
    return run


def undone(register, run):
    ask_to_undo_project_import(run, version=run.version, by=register.office, at=JUNE)
    do_due(lambda: JUNE)
    run.refresh_from_db()
    return run


def counts(run):
    return tuple(run.totals[name] for name in ("new", "changed", "same", "refused", "asked"))


WRITTEN_BY_HAND = [("gongjian_duty", "row-inserted")]  # by the small county


def wrong():
    tables = ("project", "stage", "investment", "progress", "duty", "sponsor", "import")
    found = [one for one in audit_findings() if any(name in one.table for name in tables)]
    return [(one.table, one.code) for one in found]


def named(name):
    return Project.objects.get(name=name)


def test_what_happened_is_entered_and_waits_to_be_accepted(register):
    run = written(register, sheet(*LEDGER))

    assert counts(run) == (3, 0, 0, 0, 0)
    start = StageEvent.objects.get(project=named("甲项目"))
    assert (start.stage, start.day, start.state) == ("started", date(2020, 3, 12), "filled")
    assert start.filled_by == register.office
    month = InvestmentMonth.objects.get(project=named("甲项目"))
    assert (month.month, month.done, month.stat_done, month.state) == (
        "2020-06", Decimal(8_000_000), None, "filled",
    )  # fmt: skip
    text = ProgressText.objects.get(project=named("甲项目"))
    assert (text.words, text.day) == ("主体封顶", local_day(JUNE))
    exported = {
        one["name"]: one for one in ledger_objects(register.campaign, known_at=JUNE, answering={})
    }
    assert exported["甲项目"]["actual_start"] is None  # nobody accepted it
    assert exported["甲项目"]["year_done_investment"] is None
    assert exported["甲项目"]["progress_text"] == "主体封顶"
    assert wrong() == WRITTEN_BY_HAND


def test_who_answers_is_written_as_duties_and_a_sponsor(register):
    written(register, sheet(*LEDGER))

    words = words_of(duties_over(named("甲项目")))
    assert (words.lead, words.responsible) == ("发改", "投促、北镇")
    found = answering_for_projects(register.campaign, on=local_day(JUNE))
    assert found[named("甲项目").pk].sponsor == "leader某"
    assert found[named("乙项目").pk].sponsor == "leader某"  # by the post


def test_an_unknown_name_is_said_and_the_rest_of_the_row_is_written(register):
    run = written(register, sheet(*LEDGER))

    row = run.rows.get(title="丙项目")
    assert row.outcome == "new"
    said = "".join(row.notes)
    assert "“牵头单位”没有写：没有叫“没有这个局”的单位" in said
    assert "“责任单位”没有写：没有叫“某某局”的单位" in said
    assert "“包靠领导”没有写：没有叫“王某某”的县级领导" in said
    assert "“年度完成投资”没有写：“丙项目”在 2020-06 还没有开工" in said
    assert Duty.objects.filter(project=named("丙项目")).count() == 0
    assert ProgressText.objects.filter(project=named("丙项目")).count() == 1


def test_the_same_file_again_changes_nothing(register):
    written(register, sheet(*LEDGER))

    again = brought(register, sheet(*LEDGER))

    assert counts(again) == (0, 0, 3, 0, 0)
    assert adds_up(again.totals)


def test_exported_and_brought_in_again_nothing_changes(register):
    written(register, sheet(*LEDGER))
    events = list(StageEvent.objects.all())
    check_stages(events, by=register.head, at=JUNE)
    check_months(list(InvestmentMonth.objects.all()), by=register.head, at=JUNE)
    answering = answering_for_projects(register.campaign, on=local_day(JUNE))
    objects = ledger_objects(register.campaign, known_at=JUNE, answering=answering)

    content = json.dumps(objects, ensure_ascii=False).encode()
    run = bring_project_ledger(
        register.campaign, "projects.json", content, by=register.office, at=JUNE
    )

    assert counts(run) == (0, 0, len(objects), 0, 0), [row["new"] for row in run.preview]


def test_a_newer_ledger_brings_only_what_came_since(register):
    written(register, sheet(LEDGER[0], title="2020年1-5月重点项目台账"))
    newer = [*LEDGER[0][:4], 1000, *LEDGER[0][5:10], "设备安装"]

    run = written(register, sheet(newer, title="2020年1-6月重点项目台账"))

    assert counts(run) == (0, 1, 0, 0, 0)
    months = InvestmentMonth.objects.order_by("month").values_list("month", "done")
    assert list(months) == [
        ("2020-05", Decimal(8_000_000)),
        ("2020-06", Decimal(2_000_000)),
    ]
    assert list(ProgressText.objects.values_list("day", "words")) == [
        (date(2020, 5, 31), "主体封顶"),
        (local_day(JUNE), "设备安装"),
    ]
    assert Duty.objects.filter(valid_to__isnull=True).exclude(project=None).count() == 3


@pytest.mark.parametrize(
    ("done", "start", "said"),
    [
        (700, "2020.3.12", "比已报的 800 万元少"),
        (900, "2020.3.12", "2020-06 已经报过"),
        (800, "2020.4.1", "登记的是 2020-03-12"),
        (800, "2020年", ""),
    ],
)
def test_what_contradicts_is_no_correction(register, done, start, said):
    written(register, sheet(LEDGER[0]))

    run = brought(register, sheet([*LEDGER[0][:4], done, start, *LEDGER[0][6:]]))

    assert counts(run) == (0, 0, 1, 0, 0)
    assert said in "".join(run.preview[0]["notes"])


def test_a_day_that_is_only_known_by_its_year_is_not_entered(register):
    run = written(register, sheet([*LEDGER[0][:4], "", "2019年", *LEDGER[0][6:]]))

    assert "要有年月日，至少到月" in "".join(run.rows.get().notes)
    assert StageEvent.objects.count() == 0


def test_the_statistics_figure_is_not_the_dispatch_figure(register):
    head = [*HEAD[:4], "年度累计完成投资（统计口径）", *HEAD[5:]]

    written(register, book(LEDGER[0], head=head))

    month = InvestmentMonth.objects.get()
    assert (month.done, month.stat_done) == (None, Decimal(8_000_000))


def test_a_stage_that_only_a_ledger_tells_is_not_accepted(register):
    written(register, sheet(LEDGER[0]))
    event = StageEvent.objects.get()
    check_stages([event], by=register.head, at=JUNE)

    with pytest.raises(Refused) as no:
        accept_stages([event], by=register.reviewer, at=JUNE)

    assert no.value.code == "stage.no-proof"


def test_taken_back_nothing_of_it_is_left(register):
    office = register.office
    assign_units(register.mill, Allotment(register.units["reform"]), by=office, at=BEGIN)
    name_leader(register.mill, Post.objects.get(), by=office, at=BEGIN)
    mill = [9, register.mill.name, "北镇", 20000, 100, "2020.2.1", "", "投促", "北镇", "", "桩基"]
    run = written(register, sheet(*LEDGER, mill))
    assert counts(run) == (3, 1, 0, 0, 0)
    assert words_of(duties_over(register.mill)).lead == "投促"

    run = undone(register, run)

    assert {row.left for row in run.rows.all()} == {""}
    assert Project.objects.count() == 2
    for model in (StageEvent, InvestmentMonth, ProgressText):
        assert model.objects.count() == 0
    assert words_of(duties_over(register.mill)).lead == "发改"
    assert Sponsorship.objects.filter(project__isnull=False).count() == 1
    assert wrong() == WRITTEN_BY_HAND


def test_what_somebody_took_further_is_left_whole(register):
    run = written(register, sheet(*LEDGER))
    check_stages(list(StageEvent.objects.all()), by=register.head, at=JUNE)
    assign_units(named("乙项目"), Allotment(register.units["invest"]), by=register.office, at=JUNE)

    run = undone(register, run)

    left = dict(run.rows.values_list("title", "left"))
    assert "往下办了" in left["甲项目"]
    assert "又有了阶段、投资、责任等记录" in left["乙项目"]
    assert left["丙项目"] == ""
    assert set(Project.objects.values_list("name", flat=True)) >= {"甲项目", "乙项目"}
    assert StageEvent.objects.count() == 1
    assert Duty.objects.filter(project=named("甲项目")).count() == 3


def test_a_name_that_two_bear_is_asked_once_and_then_known(register):
    second = Post.objects.create(unit=register.units["leaders"], name="常委",
                                 kind=Post.Kind.LEADER, valid_from=date(2019, 1, 1))  # fmt: skip
    twin = Person.objects.create(name="leader某", mobile="13800000002")
    PostHolding.objects.create(person=twin, post=second, valid_from=date(2019, 1, 1))
    rows = [[*LEDGER[0][:9], "leader某", ""], [*LEDGER[1][:9], "leader某", ""]]

    run = brought(register, sheet(*rows))

    asked = run.report["effects"]["names"]
    assert [(one["key"], one["rows"], len(one["choices"])) for one in asked] == [
        ("sponsor!leader某", 2, 2)
    ]
    assert run.preview[0]["doubts"] == ["sponsor"]
    said = Said(rows={"sponsor!leader某": str(second.uid)})
    run = answer_project_import(run, said, version=run.version, by=register.office, at=JUNE)
    assert run.report["effects"]["names"] == []
    start_project_import(run, version=run.version, by=register.office, at=JUNE)
    do_due(lambda: JUNE)
    assert Sponsorship.objects.filter(post=second).count() == 2


def test_two_units_of_one_name_are_asked(register):
    Unit.objects.filter(code="reform").update(aliases=["经发局"])
    Unit.objects.filter(code="invest").update(aliases=["经发局"])

    run = brought(register, sheet([*LEDGER[0][:7], "经发局", "", "", ""]))

    assert run.preview[0]["doubts"] == ["lead_unit"]
    assert run.report["effects"]["names"][0]["key"] == "lead_unit!经发局"


def test_many_rows_ask_no_more_than_few(register, django_assert_max_num_queries):
    rows = [[n, f"第{n}项目", *LEDGER[0][2:]] for n in range(1, 101)]
    run = brought(register, sheet(*rows))
    start_project_import(run, version=run.version, by=register.office, at=JUNE)
    with django_assert_max_num_queries(380):
        do_due(lambda: JUNE)
    assert StageEvent.objects.count() == 100

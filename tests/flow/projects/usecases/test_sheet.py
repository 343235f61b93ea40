"""The month sheet: cells kept each for itself, met by nobody unseen, sent in by one act."""

import tomllib
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongjian.flow.progress.usecases import keep_cells, send_cells
from gongjian.flow.projects.models import DoubtAnswer, InvestmentMonth, MonthCell, MonthPlan
from gongjian.flow.projects.queries import SheetFilter, sheet_window
from gongjian.flow.projects.rules import amount_typed, check_cell
from gongjian.flow.projects.usecases import (
    UNSEEN,
    CellTyped,
    PlannedMonths,
    YearWords,
    accept_months,
    check_months,
    follow_register,
    plan_months,
    register_projects,
    return_month,
    weigh_month,
)
from gongjian.lib.refusals import Refused
from house.source import ROOT
from small_county import BEGIN, JUNE
from small_register import wrong_rows

WAN = Decimal(10_000)
MONTH, FROZEN = "2020-06", "2020-05"
SPEC = tomllib.loads((ROOT / "tests/spec/month_sheet.toml").read_text(encoding="utf-8"))


@pytest.fixture
def started(register):
    for project in (register.mill, register.dairy):
        register.reached(project, "signed", date(2020, 1, 10))
        register.reached(project, "established", date(2020, 1, 12))
        register.reached(project, "started", date(2020, 1, 15))
    return register


def cell(project, typed, *, column="done", month=MONTH, version=0):
    return CellTyped(project.uid, month, column, typed, version)


def keep(register, *cells, who="clerk", at=JUNE, **more):
    return keep_cells(cells, by=register.people[who], at=at, **more)


def send(register, *, month=MONTH, who="clerk", reasons=None, at=JUNE):
    by = register.people[who]
    seen = weigh_month(register.campaign, month, by=by, at=at).digest
    return send_cells(register.campaign, month, seen=seen, reasons=reasons or {}, by=by, at=at)


def code(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


@pytest.mark.parametrize(
    "case", [one for one in SPEC["cell"] if "code" in one], ids=lambda case: case["name"]
)
def test_what_is_no_sum_says_why(case):
    assert code(lambda: amount_typed(case["typed"])) == case["code"]


def test_each_cell_is_kept_or_refused_for_itself(started):
    found = keep(
        started,
        cell(started.mill, "１，２００"),
        cell(started.dairy, "1,23"),
        cell(started.dairy, "x" * 10_001, column="words"),
        cell(started.mill, "5", month="2020-12"),
        cell(started.mill, "5", month="5月"),
        cell(started.mill, "100", column="planned"),
        CellTyped(uuid4(), MONTH, "done", "1"),
    )

    codes = [one.refused.code if one.refused else "" for one in found]
    assert codes == ["", "", "cell.long", "money.ahead", "money.month", "office.only",
                     "project.missing"]  # fmt: skip
    assert list(MonthCell.objects.values_list("typed", flat=True)) == ["１，２００", "1,23"]
    assert not InvestmentMonth.objects.exists()
    assert wrong_rows() == []


@pytest.mark.parametrize("typed", ["\u202eabc\u202c 😀", "第一行\n第二行", "١٢٣", " 前后 "])
def test_words_are_kept_exactly(started, typed):
    keep(started, cell(started.mill, typed, column="words"))

    assert MonthCell.objects.get().typed == typed


def test_a_frozen_month_takes_no_cell(started):
    [found] = keep(started, cell(started.mill, "5", month=FROZEN))

    assert found.refused.code == "cell.closed"
    assert "冻结" in found.refused.sentence
    assert code(lambda: send(started, month=FROZEN)) == "cell.closed"


def test_who_neither_reports_nor_plans_fills_nothing(started):
    for who in ("leader", "head", "reviewer"):
        assert code(lambda who=who: keep(started, cell(started.mill, "5"), who=who)) == (
            "cell.read-only"
        )


def test_another_unit_s_reporter_is_refused_each_cell(started):
    [found] = keep(started, cell(started.mill, "5"), who="reporter")

    assert found.refused.code == "stage.not-yours"
    assert not MonthCell.objects.exists()


def test_two_people_at_one_cell_see_both_values(started):
    [first] = keep(started, cell(started.mill, "500"))
    [second] = keep(started, cell(started.mill, "600"))

    assert (first.version, second.theirs.typed) == (1, "500")
    [third] = keep(started, cell(started.mill, "600", version=second.version))
    assert third.version == 2
    assert MonthCell.objects.get().typed == "600"


def test_a_paste_beyond_the_page_overwrites_one_s_own_draft_alone(started):
    keep(started, cell(started.mill, "500"))
    [own] = keep(started, cell(started.mill, "800", version=UNSEEN))

    assert (own.kept, own.version) == (True, 2)
    assert MonthCell.objects.get().typed == "800"

    MonthCell.objects.update(typed_by=started.office)
    [theirs] = keep(started, cell(started.mill, "900", version=UNSEEN))

    assert theirs.theirs.typed == "800"
    assert MonthCell.objects.get().typed == "800"


def test_the_same_cell_again_writes_nothing(started):
    keep(started, cell(started.mill, "500"))
    with CaptureQueriesContext(connection) as asked:
        [again] = keep(started, cell(started.mill, "500"))

    assert again.kept
    assert not [one for one in asked if one["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_piece_that_was_done_before_is_only_answered(started):
    keep(started, cell(started.mill, "500"), again=True)

    assert not MonthCell.objects.exists()


def test_a_month_of_drafts_goes_in_by_one_act(started):
    keep(
        started,
        cell(started.mill, "1,200"),
        cell(started.mill, "1100万元", column="stat_done"),
        cell(started.mill, "主体封顶", column="words"),
        cell(started.dairy, "0"),
    )

    sent = send(started)

    assert (sent.projects, sent.cells, sent.held_back) == (2, 4, 0)
    assert not MonthCell.objects.exists()
    row = InvestmentMonth.objects.get(project=started.mill)
    assert (row.state, row.done, row.stat_done, row.words) == (
        "filled", 1200 * WAN, 1100 * WAN, "主体封顶",
    )  # fmt: skip
    rows = list(InvestmentMonth.objects.select_related("unit"))
    assert code(lambda: check_months(rows, by=started.clerk, at=JUNE)) == "report.not-your-check"
    check_months(rows, by=started.head, at=JUNE)
    accept_months(rows, by=started.reviewer, at=JUNE)
    [again] = keep(started, cell(started.mill, "5"))
    assert again.refused.code == "cell.sent"
    assert wrong_rows() == []


def test_what_is_wrong_stays_behind_and_the_rest_goes_in(started):
    keep(started, cell(started.mill, "十二"), cell(started.dairy, "300"))

    sent = send(started)

    assert (sent.projects, sent.held_back) == (1, 1)
    assert MonthCell.objects.get().project_id == started.mill.pk


def test_words_alone_are_no_report(started):
    keep(started, cell(started.mill, "主体封顶", column="words"))

    [draft] = weigh_month(started.campaign, MONTH, by=started.clerk, at=JUNE).drafts

    assert "一个数也没有填" in draft.faults["words"]
    assert code(lambda: send(started)) == "cell.nothing"


def test_a_figure_before_the_start_is_named_at_its_cell(register):
    keep(register, cell(register.mill, "300"), cell(register.mill, "20", column="early_cost"))

    [draft] = weigh_month(register.campaign, MONTH, by=register.clerk, at=JUNE).drafts

    assert "还没有开工" in draft.faults["done"]
    said = {"month": MONTH, "started": None, "planned": False}
    assert code(lambda: check_cell(register.mill, "done", "300", **said)) == "money.before-start"


def test_what_changed_after_the_preview_is_not_sent(started):
    keep(started, cell(started.mill, "500"))
    seen = weigh_month(started.campaign, MONTH, by=started.clerk, at=JUNE).digest
    keep(started, cell(started.mill, "501", version=1))

    def act():
        send_cells(started.campaign, MONTH, seen=seen, reasons={}, by=started.clerk, at=JUNE)

    assert code(act) == "cell.changed"


@pytest.mark.parametrize(("typed", "fix"), [("0.12", 1200), ("12000000", 1200)])
def test_a_slip_of_the_unit_is_asked_back_and_goes_in_with_a_reason(started, typed, fix):
    for month in ("2020-02", "2020-03", "2020-04"):
        started.paid(started.mill, month, done=1100 * WAN)
    keep(started, cell(started.mill, typed))

    [draft] = weigh_month(started.campaign, MONTH, by=started.clerk, at=JUNE).drafts
    assert draft.slips["done"].fix == fix * WAN
    assert code(lambda: send(started)) == "cell.doubt"

    send(started, reasons={(started.mill.uid, "done"): "停工后零星支出"})

    answer = DoubtAnswer.objects.get()
    assert (answer.code, answer.month, answer.reason) == ("scale", MONTH, "停工后零星支出")
    assert InvestmentMonth.objects.get(month=MONTH).done == amount_typed(typed)


def test_in_january_a_figure_is_held_against_the_plan(started):
    months = {f"2020-{n:02}": 1000 * WAN for n in range(1, 13)}
    plans = [PlannedMonths(started.mill, months)]
    plan_months(plans, started.campaign, by=started.office, at=BEGIN)
    keep(started, cell(started.mill, "0.1", month="2020-01"))

    [draft] = weigh_month(started.campaign, "2020-01", by=started.clerk, at=JUNE).drafts

    assert draft.slips["done"].fix == 1000 * WAN


def test_the_office_plans_months_to_come(started):
    keep(started, cell(started.mill, "1,000", column="planned", month="2020-09"), who="office")
    assert MonthCell.objects.get().unit is None

    send(started, month="2020-09", who="office")

    assert MonthPlan.objects.get().planned == 1000 * WAN
    keep(started, cell(started.mill, "", column="planned", month="2020-09"), who="office")
    assert not MonthCell.objects.exists()  # nothing was there, nothing is typed


def test_a_plan_is_not_emptied(started):
    months = {"2020-09": 1000 * WAN}
    plan_months([PlannedMonths(started.mill, months)], started.campaign, by=started.office,
                at=BEGIN)  # fmt: skip

    def act():
        check_cell(started.mill, "planned", "—", month="2020-09", started=None, planned=True)

    assert code(act) == "cell.plan"


def test_a_returned_month_is_mended_in_the_sheet(started):
    keep(started, cell(started.mill, "500"), cell(started.mill, "80", column="arrived"))
    send(started)
    row = InvestmentMonth.objects.select_related("unit").get()
    return_month(row, "凭证不全", by=started.head, at=JUNE)

    keep(started, cell(started.mill, "480"))
    send(started)

    row.refresh_from_db()
    assert (row.state, row.done, row.arrived) == ("filled", 480 * WAN, 80 * WAN)


def test_accepted_and_not_yet_accepted_stand_apart(started):
    started.paid(started.mill, "2020-04", done=900 * WAN)
    keep(started, cell(started.mill, "100"))

    def seen_by(who):
        reader = started.people[who]
        follow_register(at=JUNE)
        window = sheet_window(started.campaign, SheetFilter(), reader=reader, at=JUNE,
                              offset=0, limit=40)  # fmt: skip
        row = next(row for row in window.rows if row.pk == started.mill.pk)
        return window.total, row.counted(6).done, row.told(6).done

    assert seen_by("clerk") == (2, 900 * WAN, 1000 * WAN)
    for who in ("office", "reviewer", "leader", "reporter"):
        assert seen_by(who) == (2, 900 * WAN, 900 * WAN)


def test_the_sheet_asks_as_often_for_many_as_for_two(started):
    def asked(who):
        reader = started.people[who]
        follow_register(at=JUNE)
        with CaptureQueriesContext(connection) as queries:
            sheet_window(started.campaign, SheetFilter(), reader=reader, at=JUNE, offset=0,
                         limit=40)  # fmt: skip
        return len(queries)

    few = asked("clerk")
    rows = [(started.words(f"示例{n}", uscc=""), YearWords()) for n in range(30)]
    projects = register_projects(started.campaign, rows, by=started.office, at=BEGIN)
    with CaptureQueriesContext(connection) as one:
        keep(started, cell(projects[0], "1"))
    with CaptureQueriesContext(connection) as many:
        keep(started, *[cell(project, "2") for project in projects[1:]])

    assert asked("clerk") == few == 2
    assert len(one) == len(many)


@pytest.mark.parametrize(
    "wrong",
    [
        {"column": "planned"},
        {"column": "done", "unit": None},
        {"column": "done", "month": "2020-13"},
    ],
)
def test_what_is_no_cell_the_database_refuses(started, wrong):
    said = {"project": started.mill, "month": MONTH, "unit": started.township, "typed": "1",
            "typed_by": started.clerk, "typed_at": JUNE}  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        MonthCell.objects.create(**(said | wrong))

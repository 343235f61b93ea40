"""Ten at once are ten one after the other: the same rows, the same entries, the same refusals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.forms.models import model_to_dict

from gongjian.flow.projects.models import (
    AmountChange,
    DateChange,
    InvestmentMonth,
    Project,
    ProjectYear,
    StageEvent,
    StageEvidence,
)
from gongjian.flow.projects.usecases import (
    Changed,
    MonthWords,
    ProjectWords,
    Proof,
    StageWords,
    YearWords,
    accept_months,
    accept_stages,
    change_project,
    change_projects,
    check_months,
    check_stages,
    register_project,
    register_projects,
    report_month,
    report_months,
    report_stage,
    report_stages,
)
from gongjian.foundation.records.models import LogEntry
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE
from small_register import wrong_rows

TEN = range(10)
KEYS = {"id", "uid", "project", "event", "corrects", "code", "name"}
SIGNED = StageWords("signed", date(2020, 2, 1), (Proof("contract", "投资合同", "示例1号"),))
MONTH = MonthWords("2020-03", early_cost=Decimal(5), arrived=Decimal(7))


def words(register, side, n):
    return register.words(f"示例{side}{n}", code=f"2020-370782-1{n}-0{side}-000000"), YearWords(
        "new"
    )


def moved(project):
    said = ProjectWords.of(project)
    return replace(said, planned_finish=date(2021, 6, 30), total_investment=Decimal(210000000))


def one_by_one(register):
    made = []
    for n in TEN:
        said, year = words(register, 1, n)
        made.append(
            register_project(register.campaign, said, year=year, by=register.office, at=BEGIN)
        )
    events = [report_stage(project, SIGNED, by=register.clerk, at=JUNE) for project in made]
    for event in events:
        check_stages([event], by=register.head, at=JUNE)
    for event in events:
        accept_stages([event], by=register.reviewer, at=JUNE)
    rows = [report_month(project, MONTH, by=register.clerk, at=JUNE) for project in made]
    for row in rows:
        check_months([row], by=register.head, at=JUNE)
    for row in rows:
        accept_months([row], by=register.reviewer, at=JUNE)
    for project in made:
        change_project(project, moved(project), version=1, reason="x", by=register.office, at=JUNE)
    return made


def all_at_once(register):
    rows = [words(register, 2, n) for n in TEN]
    made = register_projects(register.campaign, rows, by=register.office, at=BEGIN)
    events = report_stages([(project, SIGNED) for project in made], by=register.clerk, at=JUNE)
    check_stages(events, by=register.head, at=JUNE)
    accept_stages(events, by=register.reviewer, at=JUNE)
    months = report_months([(project, MONTH) for project in made], by=register.clerk, at=JUNE)
    check_months(months, by=register.head, at=JUNE)
    accept_months(months, by=register.reviewer, at=JUNE)
    changes = [Changed(project, moved(project), 1, "x") for project in made]
    change_projects(changes, by=register.office, at=JUNE)
    return made


def entries(since):
    """What the log says, without the numbers that cannot be the same."""
    return [
        (entry.act, entry.at, entry.actor_id, entry.actor_name, entry.facts,
         [(row.table, row.deed) for row in entry.rows.order_by("pk")])
        for entry in LogEntry.objects.filter(seq__gt=since).order_by("seq")
    ]  # fmt: skip


def kept(projects):
    """Every column of every row of these projects, but for keys and names."""
    keys = [project.pk for project in projects]
    models = (Project, ProjectYear, DateChange, AmountChange, StageEvent, InvestmentMonth)
    found = {}
    for model in models:
        key = "pk__in" if model is Project else "project__in"
        rows = model.objects.filter(**{key: keys}).order_by("pk")
        found[model.__name__] = [_columns(row) for row in rows]
    proofs = StageEvidence.objects.filter(event__project__in=keys).order_by("pk")
    return found | {"StageEvidence": [_columns(row) for row in proofs]}


def _columns(row):
    return {name: value for name, value in model_to_dict(row).items() if name not in KEYS}


def test_ten_at_once_are_ten_one_after_the_other(register):
    start = LogEntry.objects.count()
    single = one_by_one(register)
    between = LogEntry.objects.count()
    batch = all_at_once(register)

    assert kept(single) == kept(batch)
    alone, together = entries(start)[: between - start], entries(between)
    assert len(alone) == len(together) == 80
    assert alone == together
    assert wrong_rows() == []


def test_one_wrong_row_stops_all_and_leaves_no_entry(register):
    rows = [words(register, 2, n) for n in TEN]
    made = register_projects(register.campaign, rows, by=register.office, at=BEGIN)
    before = LogEntry.objects.count()
    late = StageWords("signed", date(2020, 12, 1), SIGNED.proofs)

    with pytest.raises(Refused):
        report_stages(
            [*((p, SIGNED) for p in made), (register.mill, late)], by=register.clerk, at=JUNE
        )

    assert StageEvent.objects.count() == 0
    assert LogEntry.objects.count() == before


def test_stages_of_one_project_in_one_batch_stand_on_each_other(register):
    filing = StageWords("established", date(2020, 2, 9), (Proof("filing", "备案", "示例2号"),))

    events = report_stages(
        [(register.mill, SIGNED), (register.mill, filing)], by=register.clerk, at=JUNE
    )

    assert [event.stage for event in events] == ["signed", "established"]
    with pytest.raises(Refused) as no:
        report_stages(
            [(register.dairy, filing), (register.dairy, SIGNED)], by=register.clerk, at=JUNE
        )
    assert no.value.code == "stage.lacking"

"""A target that is counted from the register takes its figure and lets nobody type one."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.judgement.usecases import accept_report
from gongjian.flow.progress.models import LatestAccepted, Report
from gongjian.flow.progress.usecases import Draft, check_report, save_draft, submit_report
from gongjian.flow.projects.usecases import count_target
from gongjian.lib.refusals import Refused
from small_county import JUNE
from small_register import small_register

SIGNED = date(2020, 2, 10)


@pytest.fixture
def register(db):  # noqa: ARG001
    made = small_register(june=True)
    made.reached(made.mill, "signed", SIGNED)
    count_target(
        made.signed, "stage_events", "signed", from_day=date(2020, 6, 1), by=made.office, at=JUNE
    )
    return made


def draft(register):
    return register.county.report(register.signed)


def test_a_typed_total_is_refused_and_the_count_takes_its_place(register):
    report = draft(register)

    with pytest.raises(Refused) as no:
        save_draft(
            report, Draft(value=Decimal(58)), version=report.version, by=register.reporter, at=JUNE
        )
    assert no.value.code == "report.counted"
    assert "现在是 1" in no.value.sentence

    saved = save_draft(
        report, Draft(words="一个"), version=report.version, by=register.reporter, at=JUNE
    )
    assert (saved.value, saved.words) == (1, "一个")


def test_the_figure_is_taken_when_the_report_goes_in(register):
    report = draft(register)
    save_draft(report, Draft(), version=report.version, by=register.reporter, at=JUNE)
    register.reached(register.dairy, "signed", date(2020, 6, 2))

    submit_report(report, by=register.reporter, at=JUNE)
    check_report(report, by=register.approver, at=JUNE)
    accept_report(report, by=register.reviewer, at=JUNE)

    assert LatestAccepted.objects.get(target=register.signed).value == 2
    assert Report.objects.get(pk=report.pk).evidence.count() == 0  # the projects have their own


def test_a_target_that_is_typed_stays_typed(register):
    report = register.county.report(register.started)

    saved = save_draft(
        report,
        Draft(value=Decimal(20)),
        version=report.version,
        by=register.other_reporter,
        at=JUNE,
    )

    assert saved.value == 20


def test_before_the_switch_the_total_is_typed(db):  # noqa: ARG001
    register = small_register(may={"signed": 40}, june=True)
    count_target(
        register.signed,
        "stage_events",
        "signed",
        from_day=date(2020, 6, 1),
        by=register.office,
        at=JUNE,
    )

    assert register.county.report(register.signed, "2020-05").value == 40

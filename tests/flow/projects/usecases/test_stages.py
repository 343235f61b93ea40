"""Stages: gates refuse with what is lacking, four hands, corrections with a trail."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.projects.models import StageEvent
from gongjian.flow.projects.queries import events_visible_to, project_card, sheet_by_uid, ways_of
from gongjian.flow.projects.usecases import (
    Proof,
    StageWords,
    accept_stages,
    check_stages,
    correct_stage,
    follow_register,
    open_proof,
    recognise_stages,
    report_stage,
    return_stage,
    revise_stage,
    withdraw_stage,
)
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Refused
from small_county import JUNE
from small_register import wrong_rows

SIGNED = date(2020, 2, 10)
CONTRACT = (Proof("contract", "投资合同", "示例合同1号"),)


def card(project, reader, *, at):
    follow_register(at=at)
    sheet = sheet_by_uid(project.uid, reader=reader)
    return project_card(sheet, reader=reader, on=at.date())


def refused(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def reached(project, at=JUNE):
    return {
        stage: row.day
        for stage, row in ways_of([project.pk], known_at=at).get(project.pk, {}).items()
    }


def test_a_stage_counts_after_three_accounts_and_not_before(register):
    event = register.reported(register.mill, "signed", SIGNED)
    check_stages([event], by=register.head, at=JUNE)
    assert reached(register.mill) == {}

    accept_stages([event], by=register.reviewer, at=JUNE)

    assert reached(register.mill) == {"signed": SIGNED}
    assert (event.level, event.filled_by, event.checked_by, event.accepted_by) == (
        3, register.clerk, register.head, register.reviewer,
    )  # fmt: skip
    assert wrong_rows() == []


def test_who_recognises_is_asked_before_the_office(register):
    invest = register.units["invest"]
    event = register.reported(register.mill, "signed", SIGNED, recogniser=invest)
    check_stages([event], by=register.head, at=JUNE)
    assert (
        refused(lambda: accept_stages([event], by=register.reviewer, at=JUNE)) == "report.not-ready"
    )

    recognise_stages([event], by=register.lead, at=JUNE)
    accept_stages([event], by=register.reviewer, at=JUNE)

    assert event.confirmed_by == register.lead


def test_who_recognises_is_not_who_reports(register):
    own = register.township

    assert refused(lambda: register.reported(register.mill, "signed", SIGNED, recogniser=own)) == (
        "stage.own-recognition"
    )
    event = register.reported(register.mill, "signed", SIGNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        StageEvent.objects.filter(pk=event.pk).update(recogniser=own)


def test_the_gate_says_all_that_is_lacking(register):
    with pytest.raises(Refused) as no:
        report_stage(register.mill, StageWords("started", SIGNED), by=register.clerk, at=JUNE)

    assert no.value.code == "stage.lacking"
    for words in ("正式签约、立项", "施工合同", "施工许可证或先行开工批准文件", "现场核查记录"):
        assert words in no.value.sentence


def test_a_code_that_can_be_none_does_not_open_the_gate(register):
    register.mill.code = "诸发改备2020-1"
    register.mill.save()
    register.reached(register.mill, "signed", SIGNED)

    with pytest.raises(Refused) as no:
        register.reported(register.mill, "established", date(2020, 3, 1))

    assert "项目代码" in no.value.sentence


@pytest.mark.parametrize(
    ("stage", "day", "code"),
    [
        ("reserved", SIGNED, "stage.other-track"),
        ("signed", date(2020, 7, 1), "stage.ahead"),
        ("wedding", SIGNED, "stage.unknown"),
    ],
)
def test_what_is_no_stage_of_the_project_is_refused(register, stage, day, code):
    assert refused(lambda: register.reported(register.mill, stage, day)) == code


def test_dates_may_not_fall(register):
    register.reached(register.mill, "signed", SIGNED)

    assert refused(lambda: register.reported(register.mill, "established", date(2020, 1, 5))) == (
        "stage.dates-fall"
    )


def test_a_stage_is_reported_once(register):
    register.reported(register.mill, "signed", SIGNED)

    assert refused(lambda: register.reported(register.mill, "signed", SIGNED)) == "stage.known"


def test_only_the_projects_own_unit_reports(register):
    assert refused(
        lambda: register.reported(register.mill, "signed", SIGNED, by=register.reporter)
    ) == ("stage.not-yours")
    assert refused(
        lambda: register.reported(register.mill, "signed", SIGNED, by=register.head)
    ) == ("stage.not-yours")


def test_proofs_are_of_the_table_and_can_be_looked_up(register):
    for proof, code in (
        (Proof("contract", "合同"), "evidence.empty"),
        (Proof("contract", " ", "1号"), "evidence.no-title"),
    ):
        said = StageWords("signed", SIGNED, (proof,))
        assert (
            refused(lambda s=said: report_stage(register.mill, s, by=register.clerk, at=JUNE))
            == code
        )
    odd = StageWords("signed", SIGNED, (*CONTRACT, Proof("oath", "誓言", "1号")))
    assert refused(lambda: report_stage(register.mill, odd, by=register.clerk, at=JUNE)) == (
        "evidence.unknown"
    )


def test_a_file_is_looked_at_before_it_is_kept(register):
    opened = open_proof(register.mill, "合同.txt", "示例合同".encode(), by=register.clerk, at=JUNE)
    said = StageWords("signed", SIGNED, (Proof("contract", "投资合同", file=opened),))

    event = report_stage(register.mill, said, by=register.clerk, at=JUNE)

    assert event.evidence.get().file.name == "合同.txt"
    marked = "机密★3年\n某某合同".encode()
    assert refused(
        lambda: open_proof(register.mill, "a.txt", marked, by=register.clerk, at=JUNE)
    ) == ("evidence.classified")


def test_returned_and_sent_again(register):
    event = register.reported(register.mill, "signed", SIGNED)
    check_stages([event], by=register.head, at=JUNE)
    return_stage(event, "合同缺违约条款", by=register.reviewer, at=JUNE)
    said = StageWords("signed", date(2020, 2, 12), CONTRACT)

    revise_stage(event, said, by=register.clerk, at=JUNE)

    assert (event.state, event.day, event.evidence.count()) == ("filled", date(2020, 2, 12), 2)
    withdraw_stage(event, by=register.clerk, at=JUNE)
    assert event.state == "draft"
    assert wrong_rows() == []


def test_a_correction_restates_and_both_are_kept(register):
    event = register.reached(register.mill, "signed", SIGNED)
    before = datetime(2020, 6, 29, 11, tzinfo=LOCAL)
    after = datetime(2020, 6, 30, 11, tzinfo=LOCAL)

    fixed = correct_stage(
        event, "按合同落款日期", day=date(2020, 2, 20), by=register.clerk, at=after
    )
    assert reached(register.mill, after) == {"signed": SIGNED}
    check_stages([fixed], by=register.head, at=after)
    accept_stages([fixed], by=register.reviewer, at=after)

    assert reached(register.mill, before) == {"signed": SIGNED}
    assert reached(register.mill, after) == {"signed": date(2020, 2, 20)}
    trail = [
        (row.correction, row.day, row.reason)
        for row in card(register.mill, register.office, at=after).events
    ]
    assert trail == [(False, SIGNED, ""), (True, date(2020, 2, 20), "按合同落款日期")]


def test_moving_back_takes_the_stage_away_for_a_reason(register):
    register.reached(register.mill, "signed", SIGNED)
    register.reached(register.mill, "established", date(2020, 3, 1))
    start = register.reached(register.mill, "started", date(2020, 4, 1))

    assert refused(lambda: correct_stage(start, " ", day=None, by=register.clerk, at=JUNE)) == (
        "stage.correction-no-reason"
    )
    void = correct_stage(start, "核查只是平整场地", day=None, by=register.clerk, at=JUNE)
    assert refused(lambda: correct_stage(start, "再来", day=None, by=register.clerk, at=JUNE)) == (
        "stage.correction-open"
    )
    check_stages([void], by=register.head, at=JUNE)
    accept_stages([void], by=register.reviewer, at=JUNE)

    assert set(reached(register.mill)) == {"signed", "established"}
    register.reached(register.mill, "started", date(2020, 6, 20))
    assert reached(register.mill)["started"] == date(2020, 6, 20)
    assert wrong_rows() == []


def test_what_is_not_accepted_is_returned_and_not_corrected(register):
    event = register.reported(register.mill, "signed", SIGNED)

    assert refused(
        lambda: correct_stage(event, "改日期", day=SIGNED, by=register.clerk, at=JUNE)
    ) == ("stage.not-accepted")


def test_two_who_decide_at_once_count_once(register):
    event = register.reported(register.mill, "signed", SIGNED)
    twin = StageEvent.objects.get(pk=event.pk)
    check_stages([event], by=register.head, at=JUNE)

    assert refused(lambda: check_stages([twin], by=register.head, at=JUNE)) == "report.changed"


def test_what_is_not_checked_is_its_units_own(register):
    register.reported(register.mill, "signed", SIGNED)
    everybody = ("clerk", "head", "office", "reviewer", "reporter", "leader", "sysadmin")

    seeing = [name for name in everybody if events_visible_to(register.people[name]).exists()]

    assert seeing == ["clerk", "head"]

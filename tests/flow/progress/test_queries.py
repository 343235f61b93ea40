"""Whose turn it is, what may be seen, and what was accepted at which moment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.usecases import Allotment, assign_target
from gongjian.flow.judgement.usecases import accept_report
from gongjian.flow.progress import queries
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    begin_report,
    check_report,
    confirm_report,
    correct_report,
    return_report,
    save_draft,
    submit_report,
)
from gongjian.lib.refusals import Missing
from small_county import JUNE, JUNE_FROZEN, MAY

LATER = JUNE_FROZEN + timedelta(hours=1)


def desk(reader, at=JUNE):
    return [(row.row.subject, row.step, row.period) for row in queries.desk_rows(reader, at=at)]


def test_a_draft_waits_for_its_reporter_alone(county):
    waiting = {name: desk(person) for name, person in county.people.items()}

    signed, started = ("新签约项目", "fill", "2020-06"), ("新开工项目", "fill", "2020-06")
    expected = {"reporter": [signed], "colleague": [signed], "other_reporter": [started]}
    assert {name: rows for name, rows in waiting.items() if rows} == expected


def test_each_step_waits_for_the_next_hand(county):
    report = county.send(county.started, 19)
    at_approver = desk(county.other_approver)
    report = check_report(report, by=county.other_approver, at=JUNE)
    at_lead = desk(county.lead)

    assert [rows[0][1] for rows in (at_approver, at_lead)] == ["check", "confirm"]
    assert desk(county.reviewer) == []


def test_who_led_on_the_day_of_duties_confirms_though_another_leads_now(county):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    july = JUNE_FROZEN - timedelta(hours=8)
    reform = county.units["reform"]
    assign_target(county.started, Allotment(lead=reform, fills=reform), by=county.office, at=july)

    assert desk(county.lead, at=july) == [("新开工项目", "confirm", "2020-06")]
    assert confirm_report(report, by=county.lead, at=july).state == "confirmed"


def test_who_is_only_proposed_to_lead_confirms_nothing_and_sees_nothing(county):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    duties = Duty.objects.filter(target=county.started, role="lead")
    duties.update(confirmed_by=None, confirmed_at=None)

    seen = queries.visible_to(county.lead).filter(pk=report.pk).exists()

    assert (desk(county.lead), seen) == ([], False)


def test_what_is_only_proposed_to_a_unit_is_not_offered_for_a_report(county):
    before = queries.beginnings(county.reporter, "2020-06", on=date(2020, 6, 29))
    Duty.objects.filter(task=county.task).update(confirmed_by=None, confirmed_at=None)

    after = queries.beginnings(county.reporter, "2020-06", on=date(2020, 6, 29))

    assert ([one.kind for one in before], after) == (["task", "milestone"], [])


def test_what_is_returned_stands_first_on_the_desk(county):
    begin_report(county.task, queries.period_by_key("2020-06"), by=county.reporter, at=JUNE)
    report = county.confirmed(county.signed, 58)
    return_report(report, "附件不全", by=county.reviewer, at=JUNE)

    rows = queries.desk_rows(county.reporter, at=JUNE)

    assert [(r.row.subject, r.row.return_reason, r.row.returned_by) for r in rows] == [
        ("新签约项目", "附件不全", "reviewer某"),
        ("建立签约项目台账", "", ""),
    ]


def test_a_frozen_period_waits_for_nobody_except_its_corrections(county):
    county.accepted(county.signed, 58)
    county.freeze()
    before = desk(county.reporter, at=LATER)
    correct_report(county.report(county.signed), "重复", by=county.reporter, at=LATER)

    assert (before, len(desk(county.reporter, at=LATER))) == ([], 1)


def test_the_desk_counts_what_it_lists(county):
    for reader in county.people.values():
        count = queries.top_bar(reader, at=JUNE).waiting

        assert count == len(queries.desk_rows(reader, at=JUNE))


def test_drafts_are_their_units_own(county):
    draft = county.report(county.signed)
    seen = {
        name: queries.visible_to(person).filter(pk=draft.pk).exists()
        for name, person in county.people.items()
    }

    invest = {"reporter", "colleague", "approver", "lead"}
    assert {name for name, visible in seen.items() if visible} == invest


def test_what_was_checked_is_seen_by_its_lead_unit_its_leaders_and_the_office(county):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    seen = {
        name
        for name, person in county.people.items()
        if queries.visible_to(person).filter(pk=report.pk).exists()
    }

    assert seen == {
        *("other_reporter", "other_approver"),
        *("reporter", "colleague", "approver", "lead"),
        *("office", "reviewer", "second_reviewer"),
        *("leader", "principal"),
    }


def test_what_was_accepted_is_seen_by_all_but_the_administrators(county):
    report = county.accepted(county.signed, 58)
    blind = {
        name
        for name, person in county.people.items()
        if not queries.visible_to(person).filter(pk=report.pk).exists()
    }

    assert blind == {"sysadmin"}


def test_somebody_elses_draft_is_missing_not_forbidden(county):
    draft = county.report(county.signed)

    with pytest.raises(Missing, match="没有这份进度"):
        queries.report_by_uid(draft.uid, reader=county.other_reporter)


def test_figures_are_those_known_at_the_moment(county):
    county.accepted(county.signed, 58)
    county.freeze()
    correct(county, 57, "重复")

    def known(at):
        figures = queries.accepted_figures([county.signed.pk], known_at=at)
        return {key[1]: figure.value for key, figure in figures.items()}

    assert known(MAY - timedelta(days=1)) == {}
    assert known(JUNE - timedelta(days=1)) == {"2020-05": 51}
    assert known(JUNE_FROZEN) == {"2020-05": 51, "2020-06": 58}
    assert known(LATER) == {"2020-05": 51, "2020-06": 57}


def test_a_second_correction_is_told_from_the_value_that_stood_before_it(county):
    county.accepted(county.signed, 58)
    county.freeze()
    for value, reason in ((57, "重复"), (56, "又一个重复")):
        correct(county, value, reason)

    told = [(fact.was, fact.now, fact.reason) for fact in queries.restated_figures(county.signed)]

    assert told == [(58, 57, "重复"), (57, 56, "又一个重复")]


def correct(county, value, reason):
    first = county.report(county.signed)
    report = correct_report(first, reason, by=county.reporter, at=LATER)
    draft = Draft(value=Decimal(value), words="更正")
    report = save_draft(report, draft, version=report.version, by=county.reporter, at=LATER)
    add_evidence(report, doc_no="2号", title="说明", by=county.reporter, at=LATER)
    report = submit_report(report, by=county.reporter, at=LATER)
    report = check_report(report, by=county.approver, at=LATER)
    return accept_report(report, by=county.reviewer, at=LATER)


def test_units_owe_what_is_not_sent_in_the_offices_order(county):
    county.send(county.started, 19)

    gaps = queries.unit_gaps("2020-06")

    assert [(gap.unit, gap.due, gap.done, gap.missing, gap.targets) for gap in gaps] == [
        ("投促", 1, 0, 1, [county.signed.pk]),
        ("发改", 1, 1, 0, []),
    ]


def test_a_period_is_counted_by_where_its_reports_stand(county):
    county.accepted(county.signed, 58)
    return_report(county.send(county.started, 19), "改", by=county.other_approver, at=JUNE)

    counts = queries.period_counts("2020-06")

    assert counts == queries.PeriodCounts(due=2, accepted=1, waiting=0, returned=1, missing=0)


def test_the_next_hands_are_named_step_by_step(county):
    day = date(2020, 6, 29)
    names = [queries.next_hands(county.report(county.started), on=day)]
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    names.append(queries.next_hands(report, on=day))
    names.append(queries.next_hands(county.confirmed(county.signed, 58), on=day))

    assert names == ["发改 other_approver某", "投促 lead某", "攻坚办 reviewer某、second_reviewer某"]


def test_tasks_without_a_report_can_be_begun_until_they_are_done(county):
    def titles():
        found = queries.beginnings(county.reporter, "2020-06", on=date(2020, 6, 29))
        return [(one.kind, one.title) for one in found]

    before = titles()
    begin_report(county.task, queries.period_by_key("2020-06"), by=county.reporter, at=JUNE)

    assert before == [("task", "建立签约项目台账"), ("milestone", "台账建成")]
    assert titles() == [("milestone", "台账建成")]
    others = queries.beginnings(county.other_reporter, "2020-06", on=date(2020, 6, 29))
    assert others == []


def test_the_list_stands_in_the_plans_order_and_takes_filters(county):
    begin_report(county.milestone, queries.period_by_key("2020-06"), by=county.reporter, at=JUNE)
    begin_report(county.task, queries.period_by_key("2020-06"), by=county.reporter, at=JUNE)

    def subjects(**kwargs):
        return [r.subject for r in queries.report_rows("2020-06", reader=county.reporter, **kwargs)]

    assert subjects() == ["新签约项目", "建立签约项目台账", "台账建成"]
    assert subjects(words="台账建成") == ["台账建成"]
    assert subjects(state="accepted") == []
    assert subjects(offset=1, limit=1) == ["建立签约项目台账"]


def test_desk_and_list_ask_the_same_number_of_queries_for_more_rows(county):
    def asked(act):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            act()
        return len(seen)

    def both():
        county.reporter.seen = None  # the tree of units is looked up once a request
        queries.desk_rows(county.reporter, at=JUNE)
        queries.report_rows("2020-06", reader=county.reporter)

    few = asked(both)
    begin_report(county.task, queries.period_by_key("2020-06"), by=county.reporter, at=JUNE)
    begin_report(county.milestone, queries.period_by_key("2020-06"), by=county.reporter, at=JUNE)

    assert asked(both) == few == 3


def test_a_unit_that_no_longer_leads_has_nothing_to_confirm(county):
    check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    before = len(desk(county.lead))
    allotment = Allotment(lead=county.units["reform"], fills=county.units["reform"])

    assign_target(county.started, allotment, by=county.office, at=JUNE)

    assert (before, desk(county.lead)) == (1, [])


def test_what_is_past_its_day_is_overdue_until_its_end_was_accepted(county):
    actions = [county.task.action_id]
    before, day = date(2020, 6, 30), date(2020, 7, 1)
    period = queries.period_by_key("2020-06")
    found = [queries.overdue(actions, on=on) for on in (before, day)]
    report = begin_report(county.milestone, period, by=county.reporter, at=JUNE)
    draft = Draft(words="台账建成", done_on=date(2020, 6, 20))
    report = save_draft(report, draft, version=report.version, by=county.reporter, at=JUNE)
    add_evidence(report, doc_no="3号", title="台账", by=county.reporter, at=JUNE)
    submit_report(report, by=county.reporter, at=JUNE)
    check_report(report, by=county.approver, at=JUNE)
    sent = queries.overdue(actions, on=day)
    accept_report(report, by=county.reviewer, at=JUNE)

    node = queries.Overdue("台账建成", "1-1", "投促", date(2020, 6, 30))
    assert found == [[], [node]]
    assert (sent, queries.overdue(actions, on=day)) == ([node], [])

from datetime import date, datetime, timedelta

import pytest

from gongjian.flow.duties.models import Sponsorship
from gongjian.flow.progress import queries
from gongjian.flow.progress.usecases import check_report, open_unaccepted, submit_report
from gongjian.foundation.orgs.models import Bypass, Unit
from gongjian.foundation.orgs.queries import account, bypass_rows, standing_in
from gongjian.foundation.orgs.usecases import give_delegation, merge_unit, take_back_delegation
from gongjian.foundation.records.models import LogEntry
from gongjian.lib.refusals import Missing, Refused
from small_county import JUNE

TODAY = date(2020, 6, 29)
WHY = "接到举报，核对填报过程"


def sees(reader, report):
    return queries.visible_to(reader).filter(pk=report.pk).exists()


def on_day(person, day=TODAY):
    return account(person.username, on=day)


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def test_the_office_opens_a_draft_for_a_day_with_a_reason(county):
    draft, reviewer = county.report(county.started), on_day(county.reviewer)
    closed = [row.uid for row in queries.closed_rows(draft.unit, "2020-06", reader=reviewer)]

    open_unaccepted(draft.uid, reason=WHY, by=reviewer, at=JUNE)

    assert closed == [draft.uid]
    assert sees(reviewer, draft)
    assert not sees(on_day(county.second_reviewer), draft)
    assert not sees(on_day(county.reviewer, TODAY + timedelta(days=1)), draft)
    assert [(row.account, row.reason) for row in bypass_rows(unit=draft.unit)] == [
        ("reviewer某", WHY)
    ]
    assert LogEntry.objects.filter(act="right.bypassed").count() == 1


@pytest.mark.parametrize("reason", ["", "看看", "理" * 5000, "甲\u202e乙丙丁戊己"])
def test_a_draft_is_not_opened_without_a_reason_to_read(county, reason):
    code = code_of(
        open_unaccepted,
        county.report(county.started).uid,
        reason=reason,
        by=on_day(county.reviewer),
        at=JUNE,
    )

    assert code in ("bypass.no-reason", "words.missing", "words.long", "words.unseen")
    assert Bypass.objects.count() == 0


@pytest.mark.parametrize("name", ["reporter", "leader", "principal", "sysadmin"])
def test_nobody_but_the_office_opens_a_draft_past_their_rights(county, name):
    with pytest.raises(Missing):
        open_unaccepted(
            county.report(county.started).uid,
            reason=WHY,
            by=on_day(county.people[name]),
            at=JUNE,
        )


def test_a_unit_sees_what_is_under_it_and_what_went_into_it(county):
    draft, reform, invest = (
        county.report(county.started),
        county.units["reform"],
        county.units["invest"],
    )
    before = sees(on_day(county.reporter), draft)
    Unit.objects.filter(pk=reform.pk).update(parent=invest)
    under = sees(on_day(county.reporter), draft)
    Unit.objects.filter(pk=reform.pk).update(parent=None)
    invest.refresh_from_db()
    admin = on_day(county.sysadmin)
    merge_unit(reform, into=invest, on=TODAY, basis="示例1号", version=1, by=admin, at=JUNE)

    assert (before, under, sees(on_day(county.reporter), draft)) == (False, True, True)


def test_a_leader_sees_checked_figures_of_what_they_lead_alone(county):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    leads = sees(on_day(county.leader), report)
    Sponsorship.objects.filter(action=report.target.action).delete()

    assert (leads, sees(on_day(county.leader), report)) == (True, False)
    assert sees(on_day(county.principal), report)


def standing_for(giver, receiver, day=TODAY):
    row = give_delegation(
        receiver, since=day, until=day + timedelta(days=7), reason="外出", by=giver, at=JUNE
    )
    user = on_day(receiver)
    assert standing_in(user, row.uid, on=day)
    return user, row


def test_who_filled_does_not_check_for_another(county):
    there, _row = standing_for(on_day(county.approver), on_day(county.reporter))
    report = county.send(county.signed, 58)

    assert code_of(check_report, report, by=there, at=JUNE) == "report.same-person"


def test_the_receiver_does_not_check_what_the_giver_filled(county):
    """The approver does the reporter's acts; as themselves they may not check the reporter's."""
    give_delegation(
        county.approver, since=TODAY, until=date(2020, 7, 6), reason="外出", by=county.reporter,
        at=JUNE,
    )  # fmt: skip
    report = county.send(county.signed, 58)

    assert code_of(check_report, report, by=on_day(county.approver), at=JUNE) == "report.one-hand"


def test_the_giver_does_not_check_what_was_filled_for_them(county):
    there, row = standing_for(on_day(county.reporter), on_day(county.approver))
    report = submit_report(county.fill(county.signed, 58), by=there, at=JUNE)
    take_back_delegation(row, by=on_day(county.reporter), at=JUNE)

    assert report.filled_by == county.approver
    assert code_of(check_report, report, by=on_day(county.approver), at=JUNE) == (
        "report.same-person"
    )


def test_a_third_person_checks_what_was_filled_for_another(county):
    there, _row = standing_for(on_day(county.reporter), on_day(county.colleague))
    report = submit_report(county.fill(county.signed, 58), by=there, at=JUNE)

    checked = check_report(report, by=on_day(county.approver), at=JUNE)

    assert checked.checked_by == county.approver


def test_a_delegation_of_other_days_ties_nobody(county):
    report = county.send(county.signed, 58, at=datetime(2020, 6, 26, 10, tzinfo=JUNE.tzinfo))
    give_delegation(
        county.approver, since=TODAY, until=date(2020, 7, 6), reason="外出", by=county.reporter,
        at=JUNE,
    )  # fmt: skip

    assert check_report(report, by=on_day(county.approver), at=JUNE).checked_by == county.approver

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.usecases import judge_period
from gongjian.flow.plan.models import PlanChange, PlanVersion, Target
from gongjian.flow.plan.queries import (
    change_rows,
    changes_of,
    plan_actions,
    plan_versions,
    slips_of,
    version_difference,
)
from gongjian.flow.plan.usecases import (
    approve_changes,
    end_node,
    freeze_version,
    propose_date,
    propose_value,
    refuse_change,
    withdraw_change,
)
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Conflict, Refused
from small_county import JUNE, JUNE_FROZEN

JULY = datetime(2020, 7, 10, 9, tzinfo=LOCAL)
AUGUST = date(2020, 8, 31)


def a_move(county, node=None, *, day=AUGUST, by=None, basis="会议纪要〔2020〕3号", at=JUNE):
    node = node or county.task
    return propose_date(
        node, day, "month", reason="审批未完成", basis=basis, version=node.version,
        by=by or county.office, at=at,
    )  # fmt: skip


def a_value(county, value="160", **more):
    return propose_value(
        county.signed, Decimal(value), reason="上级加任务", version=county.signed.version,
        by=county.office, at=JUNE, **more,
    )  # fmt: skip


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    assert no.value.code == code
    return no.value


def test_an_approved_move_holds_and_is_counted(county):
    change = a_move(county)

    approve_changes([change], by=county.principal, at=JUNE)

    county.task.refresh_from_db()
    assert (county.task.deadline, county.task.deadline_precision) == (AUGUST, "month")
    assert [(s.old, s.new, s.days) for s in slips_of(county.task)] == [
        (date(2020, 12, 31), AUGUST, -122)
    ]


@pytest.mark.parametrize("who", ["principal", "leader", "reviewer"])
def test_who_approves(county, who):
    change = a_move(county)
    led = {county.task.action_id} if who == "leader" else set()

    approve_changes([change], led=led, by=getattr(county, who), at=JUNE)

    change.refresh_from_db()
    assert change.state == "approved"


@pytest.mark.parametrize(
    ("who", "basis", "code"),
    [
        ("office", "纪要", "change.not-yours"),
        ("reporter", "纪要", "change.not-yours"),
        ("sysadmin", "纪要", "change.not-yours"),
        ("reviewer", " ", "change.no-basis"),
    ],
)
def test_who_does_not_approve(county, who, basis, code):
    change = a_move(county, basis=basis)

    refused(code, approve_changes, [change], by=getattr(county, who), at=JUNE)

    change.refresh_from_db()
    assert change.state == "proposed"


def test_nobody_approves_their_own_change_even_with_both_roles(county):
    change = a_move(county)
    PlanChange.objects.filter(pk=change.pk).update(proposed_by=county.principal)

    refused("change.own", approve_changes, [change], by=county.principal, at=JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanChange.objects.filter(pk=change.pk).update(
            state="approved", decided_by=county.principal, decided_at=JUNE, valid_from=AUGUST
        )


def test_a_leader_of_another_action_is_refused(county):
    county.signed.action.lead_leader = None
    county.signed.action.save()
    change = a_move(county)

    refused("change.other-leader", approve_changes, [change], by=county.leader, at=JUNE)


def test_approving_twice_is_refused(county):
    change = a_move(county)
    approve_changes([change], by=county.principal, at=JUNE)

    refused("change.decided", approve_changes, [change], by=county.reviewer, at=JUNE)
    refused("change.decided", withdraw_change, change, by=county.office, at=JUNE)


def test_all_or_none(county):
    first, second = a_move(county), a_value(county, basis="")

    refused("change.no-basis", approve_changes, [first, second], by=county.reviewer, at=JUNE)

    first.refresh_from_db()
    assert first.state == "proposed"
    assert PlanVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " "}, "change.no-reason"),
        ({"value": Decimal(150)}, "change.same"),
        ({"value": Decimal(-3)}, "plan.value"),
        ({"value": Decimal(10) ** 16}, "plan.value"),
        ({"value": Decimal("NaN")}, "plan.value"),
        ({"value": None}, "plan.value"),
        ({"value_max": Decimal(140)}, "plan.value"),
        ({"reason": "长" * 301}, "plan.text"),
        ({"basis": "长" * 121}, "plan.text"),
    ],
)
def test_what_makes_no_sense_is_refused(county, more, code):
    given = {"value": Decimal(160), "reason": "原因", "version": 1, "by": county.office, "at": JUNE}

    refused(code, propose_value, county.signed, **given | more)


def test_only_the_office_proposes_and_one_at_a_time(county):
    refused("office.only", a_move, county, by=county.reporter)
    a_move(county)

    refused("change.open", a_move, county)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2031, 1, 1)])
def test_a_date_outside_of_the_years_is_refused(county, day):
    refused("change.date", a_move, county, day=day)


def test_a_date_that_is_over_when_it_is_proposed_is_refused(county):
    refused("change.past", a_move, county, day=date(2020, 1, 2))


def test_a_stale_form_shows_both(county):
    Target.objects.filter(pk=county.signed.pk).update(version=7)

    with pytest.raises(Conflict) as no:
        a_value(county)

    assert no.value.mine == {"目标值": "≥160 个"}


def test_what_was_withdrawn_is_not_moved(county):
    for node in (county.milestone, county.task):
        end_node(node, "重复", version=node.version, by=county.office, at=JUNE)

    refused("plan.ended", a_move, county)


def test_refused_with_a_reason_leaves_all_as_it_was(county):
    change = a_move(county)

    refused("change.why", refuse_change, change, "", by=county.principal, at=JUNE)
    refuse_change(change, "不必推迟", by=county.principal, at=JUNE)

    county.task.refresh_from_db()
    assert county.task.deadline == date(2020, 12, 31)
    assert [row.state_label for row in change_rows(changes_of(county.campaign))] == ["未批准"]


def test_earlier_periods_keep_the_value_then_in_force(county):
    county.accepted(county.signed, 80)
    county.freeze()
    before = verdict(county, "2020-06")

    approve_changes([a_value(county, "300")], by=county.principal, at=JULY)
    judge_period("2020-06", at=JULY)

    assert verdict(county, "2020-06") == before
    values = [(v.value, v.valid_to) for v in county.signed.values.order_by("valid_from")]
    assert values == [(Decimal(150), date(2020, 7, 10)), (Decimal(300), None)]


def test_earlier_periods_keep_the_deadline_then_in_force(county):
    county.accepted(county.signed, 80)
    county.freeze()
    before = verdict(county, "2020-06")

    approve_changes([a_move(county, county.signed)], by=county.principal, at=JULY)
    judge_period("2020-06", at=JULY)

    assert verdict(county, "2020-06") == before
    june = plan_actions(county.campaign, on=date(2020, 6, 30))[0].targets[0]
    july = plan_actions(county.campaign, on=date(2020, 7, 31))[0].targets[0]
    assert (june.deadline, july.deadline) == (date(2020, 12, 31), AUGUST)


def verdict(county, key):
    found = Verdict.objects.standing().get(target=county.signed, period__key=key)
    return found.pk, found.light, found.numbers


def test_versions_differ_by_what_was_changed_added_and_withdrawn(county):
    first = freeze_version(county.campaign, "年初", by=county.office, at=JUNE)
    end_node(county.milestone, "并入别的节点", version=1, by=county.office, at=JUNE)
    approve_changes([a_value(county), a_move(county)], by=county.principal, at=JUNE_FROZEN)
    second = PlanVersion.objects.get(number=2)

    found = {(d.change, d.name): d.fields for d in version_difference(first, second)}

    assert set(found) == {("chg", "新签约项目"), ("chg", "建立签约项目台账"), ("del", "台账建成")}
    assert [(f.label, f.old, f.new) for f in found["chg", "新签约项目"]] == [
        ("目标值", "≥150 个", "≥160 个")
    ]
    assert [v.title for v in plan_versions(county.campaign)] == ["批准 2 项调整", "年初"]


def test_only_the_office_freezes_by_hand(county):
    refused("office.only", freeze_version, county.campaign, "我的", by=county.leader, at=JUNE)


def test_the_log_answers_for_all_of_it(county):
    before = len(audit_findings())  # of the rows that the fixture makes by hand

    approve_changes([a_move(county)], by=county.principal, at=JUNE)
    withdraw_change(a_move(county, county.started), by=county.office, at=JUNE + timedelta(days=1))
    PlanChange.objects.filter(state="withdrawn").update(reason="改过")

    found = audit_findings()
    assert len(found) <= before + 1
    assert any("planchange" in str(finding) for finding in found)

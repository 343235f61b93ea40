"""The demo county after its freeze, and the steps of a correction, for tests of bulletins."""

import datetime as dt

from gongjian.flow.judgement.usecases import accept_report
from gongjian.flow.plan.models import Target
from gongjian.flow.progress.queries import period_by_key, report_of_target, sides_of_report
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    check_report,
    confirm_report,
    correct_report,
    save_draft,
    submit_report,
)
from gongjian.foundation.orgs.models import Role, RoleGrant
from gongjian.foundation.orgs.queries import account
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import LOCAL, local_day


def local(*parts):
    return dt.datetime(*parts, tzinfo=LOCAL)


def until(moment):
    """Whatever falls due by a moment is done, each at that moment."""
    do_due(lambda: moment)
    return moment


def office(at):
    return account("office", on=local_day(at))


def who(unit, role, at):
    """The account of a unit that holds a role."""
    grant = RoleGrant.objects.filter(user__unit=unit, role=role).select_related("user").first()
    return account(grant.user.username, on=local_day(at))


def correct(metric, period, value, reason, *, at):
    """A correction of a frozen figure, taken through all its accounts until it is accepted."""
    target = Target.objects.get(metric=metric)
    first = report_of_target(target, period_by_key(period))
    filler = who(first.unit, Role.UNIT_REPORTER, at)
    report = correct_report(first, reason, by=filler, at=at)
    draft = Draft(value=value * target.factor, words="更正")
    report = save_draft(report, draft, version=report.version, by=filler, at=at)
    add_evidence(report, doc_no="示例1号", title="更正说明（示例）", by=filler, at=at)
    report = submit_report(report, by=filler, at=at)
    report = check_report(report, by=who(first.unit, Role.UNIT_APPROVER, at), at=at)
    sides = sides_of_report(report)
    if sides.lead_is_another:
        report = confirm_report(report, by=who(sides.lead, Role.LEAD_UNIT, at), at=at)
    return accept_report(report, by=account("office.review", on=local_day(at)), at=at)

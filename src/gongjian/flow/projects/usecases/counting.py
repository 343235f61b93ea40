"""Switching a target over to be counted from the register."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Target, TargetSource
from gongjian.flow.plan.rules import check_form
from gongjian.flow.projects import rules
from gongjian.flow.projects.queries import what_counts
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Refused


@transaction.atomic
def count_target(
    target: Target, source: str, counts: str, *, from_day: date, by: User, at: datetime
) -> TargetSource:
    """From a day on, the figure of a target is counted and nobody types it.

    `counts` is a stage for stage_events, `done` or `arrived` for project_months.
    Refused: office.only, target.form, target.counts, target.source-day.
    """
    rules.check_can_keep_project(by)
    held = target.sources.select_for_update().filter(valid_to__isnull=True).first()
    kind = held.kind if held else Target.Kind.FLOW
    check_form(kind, source)
    if counts not in what_counts(source):
        raise Refused("target.counts", _("请选这个目标计哪个阶段，或者哪一项资金。"))
    made, ended = _follow(held, target, source, counts, from_day=from_day)
    note("target.counted", made, *ended, by=by, at=at)
    return made


@transaction.atomic
def type_target(
    target: Target, reason: str, *, from_day: date, by: User, at: datetime
) -> TargetSource:
    """From a day on, the unit reports the figure of a counted target again; what was counted
    stays on record.

    Refused: office.only, target.not-counted, .no-reason, .source-day.
    """
    rules.check_can_keep_project(by)
    held = target.sources.select_for_update().filter(valid_to__isnull=True).first()
    rules.check_can_type_again(held, reason)
    source = TargetSource.Source.REPORTED.value
    made, ended = _follow(held, target, source, "", from_day=from_day, reason=reason)
    note("target.typed-again", made, *ended, by=by, at=at)
    return made


def _follow(
    held: TargetSource | None,
    target: Target,
    source: str,
    counts: str,
    *,
    from_day: date,
    reason: str = "",
) -> tuple[TargetSource, list[TargetSource]]:
    """A source from a day on, and the one that ends then. Refused: target.source-day."""
    if held is not None and from_day < held.valid_from:
        raise Refused(
            "target.source-day",
            _("现在的数据来源从 %(day)s 起，新的来源不能更早。") % {"day": held.valid_from},
        )
    if held is not None:
        held.valid_to = from_day
        held.save(update_fields=["valid_to"])
    made = TargetSource.objects.create(
        target=target,
        source=source,
        kind=held.kind if held else Target.Kind.FLOW,
        counts=counts,
        numerator=held.numerator if held else "",
        denominator=held.denominator if held else "",
        reason=reason.strip()[:300],
        valid_from=from_day,
    )
    return made, [held] if held is not None else []

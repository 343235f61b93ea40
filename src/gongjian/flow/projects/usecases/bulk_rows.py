"""What saying one thing of many projects would change, before anybody confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import (
    BulkChange,
    Category,
    PlanClass,
    Project,
    ProjectSheet,
    ProjectYear,
)
from gongjian.flow.projects.queries import BulkValue, Facts
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

Field = BulkChange.Field
DATES = (Field.START, Field.FINISH)


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One project: how it stands, how it would; `skipped` says why it stays as it is."""

    project: Project
    old: str
    new: str
    skipped: str
    same: bool
    effect: str
    filler: str


def rehearse_in_bulk(
    projects: Sequence[Project], said: BulkValue, *, at: datetime
) -> list[BulkRow]:
    """What would change of each project, and why not. Two queries; nothing is written."""
    on = local_day(at)
    keys = [project.pk for project in projects]
    sheets = dict(ProjectSheet.objects.filter(project__in=keys).values_list("project", "facts"))
    years = dict(
        ProjectYear.objects.filter(project__in=keys)
        .order_by("campaign__year", "pk")
        .values_list("project", "plan_class")
    )
    return [_row(one, said, sheets.get(one.pk, {}), years.get(one.pk), on) for one in projects]


def _row(
    project: Project, said: BulkValue, facts: Facts, plan_class: str | None, on: date
) -> BulkRow:
    old = _old(project, said.field, plan_class)
    skipped, same = "", old == said.words
    if same:
        skipped = _("本来就是")
    elif said.field == Field.PLAN_CLASS and plan_class is None:
        skipped = _("还没有年度安排")
    else:
        try:
            reached = frozenset(facts.get("way", ()))
            rules.check_can_change_one(project, said.field, said.value, reached=reached)
        except Refused as no:
            skipped = no.sentence
    filler = project.filler or project.township
    return BulkRow(
        project=project,
        old=old,
        new=said.words,
        skipped=skipped,
        same=same,
        effect="" if skipped else _effect(project, said, facts, on),
        filler=filler.short_name if filler else "",
    )


def _effect(project: Project, said: BulkValue, facts: Facts, on: date) -> str:
    """What else follows: a date that is moved is counted, and may come or cease to be late."""
    if said.field not in DATES or not isinstance(said.value, date):
        return ""
    before: date | None = getattr(project, said.field)
    if before is None:
        return _("第一次定日期，不算调整")
    moved = sum(1 for row in facts.get("moves", ()) if row[0] == said.field and row[1] is not None)
    parts = [_("记为第 %(n)s 次调整") % {"n": moved + 1}]
    if before < on <= said.value:
        parts.append(_("不再算已过"))
    elif said.value < on <= before:
        parts.append(_("改后就是已过"))
    elif said.value < on and before < on:
        parts.append(_("改后仍是已过"))
    return _("，").join(parts)


def _old(project: Project, field: str, plan_class: str | None) -> str:
    match field:
        case Field.PLAN_CLASS:
            return str(PlanClass(plan_class).label) if plan_class else ""
        case Field.ACTION:
            return project.action.name if project.action else ""
        case Field.CATEGORY:
            return str(Category(project.category).label) if project.category else ""
    day, precision = getattr(project, field), getattr(project, f"{field}_precision")
    return written_day(day, precision) if day else ""

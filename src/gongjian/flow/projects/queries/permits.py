"""The checklist of permits of one project, line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import PermitItem, Project
from gongjian.flow.projects.queries.facts import day_kept
from gongjian.flow.projects.queries.gates import permit_template
from gongjian.lib.refusals import Missing

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PermitRow:
    """One permit: `state` is done, under way, late, waiting or not applicable; `warning` is said
    where it runs out or has run out."""

    uid: UUID
    version: int
    code: str
    name: str
    department: str
    applicable: bool
    plan_date: date | None
    applied_on: date | None
    done_on: date | None
    doc_no: str
    valid_until: date | None
    blocked_by: str
    file_name: str
    state: str
    state_label: str
    warning: str


@dataclass(frozen=True, slots=True)
class PermitTally:
    """How far a checklist is: `applicable` lines, of which `done`, `under_way` and `late`."""

    applicable: int
    done: int
    under_way: int
    late: int


def permit_rows(project: Project, *, on: date) -> list[PermitRow]:
    """The lines of a checklist in their order. One query."""
    items = project.permits.select_related("file").order_by("order")
    return [_row(item, on, item.file.name if item.file else "") for item in items]


def permit_states(kept: Iterable[Sequence[Any]], *, on: date) -> list[PermitRow]:
    """The lines of a checklist as a sheet keeps them, to be read and not to be changed."""
    rows = []
    for name, department, applicable, *days, doc_no, until, blocked_by, file_name in kept:
        planned, applied, done = map(day_kept, days)
        item = PermitItem(
            name=name, department=department, applicable=applicable, plan_date=planned,
            applied_on=applied, done_on=done, doc_no=doc_no, valid_until=day_kept(until),
            blocked_by=blocked_by,
        )  # fmt: skip
        rows.append(_row(item, on, file_name or ""))
    return rows


def permit_tally(rows: Sequence[PermitRow]) -> PermitTally:
    """How far the lines are together."""
    states = [row.state for row in rows if row.applicable]
    return PermitTally(
        applicable=len(states),
        done=states.count("done"),
        under_way=states.count("under_way"),
        late=states.count("late"),
    )


def permit_by_uid(project: Project, uid: UUID) -> PermitItem:
    """One line of a project's checklist. Missing: permit.missing."""
    found = PermitItem.objects.filter(project=project, uid=uid).select_related("project").first()
    if found is None:
        raise Missing("permit.missing", _("这个项目没有这项手续。"))
    return found


def usual_days(project: Project) -> dict[str, int]:
    """{permit: working days it usually takes}, as the template says."""
    return {line.code: line.days for line in permit_template(project.track)}


def _row(item: PermitItem, on: date, file_name: str) -> PermitRow:
    state = _state(item, on)
    return PermitRow(
        uid=item.uid,
        version=item.version,
        code=item.code,
        name=item.name,
        department=item.department,
        applicable=item.applicable,
        plan_date=item.plan_date,
        applied_on=item.applied_on,
        done_on=item.done_on,
        doc_no=item.doc_no,
        valid_until=item.valid_until,
        blocked_by=item.blocked_by,
        file_name=file_name,
        state=state,
        state_label=_labels()[state],
        warning=_warning(item, on),
    )


def _state(item: PermitItem, on: date) -> str:
    if not item.applicable:
        return "none"
    if item.done_on is not None:
        return "done"
    if item.plan_date is not None and item.plan_date < on:
        return "late"
    return "under_way" if item.applied_on is not None else "waiting"


def _labels() -> dict[str, str]:
    return {
        "none": _("不适用"),
        "done": _("已办结"),
        "late": _("已过计划"),
        "under_way": _("办理中"),
        "waiting": _("未受理"),
    }


def _warning(item: PermitItem, on: date) -> str:
    if item.valid_until is None or not item.applicable:
        return ""
    if item.valid_until < on:
        return _("%(day)s 已过有效期") % {"day": item.valid_until.isoformat()}
    if item.valid_until <= on + SOON:
        return _("%(day)s 到期") % {"day": item.valid_until.isoformat()}
    return ""

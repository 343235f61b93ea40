"""The checklist of permits of one project, line by line."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import PermitItem, Project
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
    return [_row(item, on) for item in project.permits.select_related("file").order_by("order")]


def permit_tally(rows: list[PermitRow]) -> PermitTally:
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


def _row(item: PermitItem, on: date) -> PermitRow:
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
        file_name=item.file.name if item.file else "",
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

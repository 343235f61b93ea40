"""The checklist before construction: begun from the template, and kept line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import PermitItem, Project
from gongjian.flow.projects.queries import permit_template
from gongjian.flow.projects.usecases.proofs import ProofFile, kept_proof
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import Deed, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused


@dataclass(frozen=True, slots=True)
class PermitWords:
    """What is said of one line of the checklist; without a `file` the one that is kept stays."""

    applicable: bool = True
    plan_date: date | None = None
    applied_on: date | None = None
    done_on: date | None = None
    doc_no: str = ""
    valid_until: date | None = None
    blocked_by: str = ""
    file: ProofFile | None = None


WORDS = (
    "applicable", "plan_date", "applied_on", "done_on", "doc_no", "valid_until", "blocked_by",
)  # fmt: skip


def begin_checklist(project: Project, *, by: User, at: datetime) -> list[PermitItem]:
    """Lay the default checklist of its track before a project, once.

    Refused: stage.not-yours, project.ended, permit.begun.
    """
    return begin_checklists([project], by=by, at=at)[0]


@transaction.atomic
def begin_checklists(
    projects: Sequence[Project], *, by: User, at: datetime
) -> list[list[PermitItem]]:
    """Lay the checklists of many, each under the same rules and with its own entry in the log;
    all of them, or none. Refused as begin_checklist."""
    today = local_day(at)
    keys = [project.pk for project in projects]
    begun = set(PermitItem.objects.filter(project__in=keys).values_list("project", flat=True))
    laid = []
    for project in projects:
        rules.check_can_report(project, by=by, day=today, today=today)
        if project.pk in begun:
            raise Refused("permit.begun", _("这个项目已经有手续清单了。"))
        laid.append(
            [
                PermitItem(
                    project=project,
                    order=order,
                    code=line.code,
                    name=line.name,
                    department=line.department,
                    applicable=line.applicable,
                )
                for order, line in enumerate(permit_template(project.track), start=1)
            ]
        )
    PermitItem.objects.bulk_create([item for items in laid for item in items])
    note_each([Deed("permit.begun", tuple(items)) for items in laid], by=by, at=at)
    return laid


@dataclass(frozen=True, slots=True)
class PermitChange:
    """What is said anew of one line, from which version."""

    item: PermitItem
    words: PermitWords
    version: int


def change_permit(
    item: PermitItem, words: PermitWords, *, version: int, by: User, at: datetime
) -> PermitItem:
    """Say how far one permit is.

    Refused: stage.not-yours, project.ended, permit.dates; Conflict: permit.changed.
    """
    return change_permits([PermitChange(item, words, version)], by=by, at=at)[0]


@transaction.atomic
def change_permits(rows: Sequence[PermitChange], *, by: User, at: datetime) -> list[PermitItem]:
    """Say how far many permits are, each under the same rules and with its own entry in the log;
    all of them, or none. Refused as change_permit."""
    today = local_day(at)
    deeds = [_change(row, today=today, by=by, at=at) for row in rows]
    note_each(deeds, by=by, at=at)
    return [row.item for row in rows]


def _change(row: PermitChange, *, today: date, by: User, at: datetime) -> Deed:
    item, words = row.item, row.words
    rules.check_can_report(item.project, by=by, day=today, today=today)
    if words.done_on and (words.done_on > today or words.done_on < (words.applied_on or date.min)):
        raise Refused("permit.dates", _("办结日期要在受理之后，而且已经到了。"))
    kept = {name: getattr(words, name) for name in WORDS} | {
        "doc_no": words.doc_no.strip()[:80],
        "blocked_by": words.blocked_by.strip()[:120],
    }
    file = kept_proof(words.file, by=by, at=at)
    still = PermitItem.objects.filter(pk=item.pk, version=row.version)
    changed = still.update(**kept, **({"file": file} if file else {}), version=row.version + 1)
    item.refresh_from_db()
    if not changed:
        raise Conflict(
            "permit.changed",
            _("这项手续刚被别人改过，你的改动没有保存。"),
            mine=_shown(kept),
            theirs=_shown({name: getattr(item, name) for name in kept}),
        )
    return Deed("permit.changed", (item,))


def _shown(kept: dict[str, object]) -> dict[str, str]:
    labels = {
        "applicable": _("适用"),
        "plan_date": _("计划办结"),
        "applied_on": _("受理日期"),
        "done_on": _("办结日期"),
        "doc_no": _("文号"),
        "valid_until": _("有效期至"),
        "blocked_by": _("卡点"),
    }
    yes_no = {True: _("是"), False: _("否"), None: _("未填"), "": _("未填")}
    return {
        label: str(yes_no.get(kept[name], kept[name]))  # type: ignore[call-overload]
        for name, label in labels.items()
    }

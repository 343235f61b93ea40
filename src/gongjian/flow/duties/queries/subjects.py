"""What duties, leaders and teams stand over: an action, target, task or project."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import KINDS
from gongjian.flow.plan.models import Action, Campaign, Target, Task
from gongjian.flow.plan.queries import action_by_uid, target_by_uid, task_by_uid
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import project_by_uid
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Missing

Subject = Action | Target | Task | Project
TABLES: dict[str, type[Subject]] = dict(zip(KINDS, (Action, Target, Task, Project), strict=True))


def kind_of(subject: Subject) -> str:
    """The column a piece of work stands in: action, target, task or project."""
    return next(kind for kind, table in TABLES.items() if isinstance(subject, table))


def subject_key(subject: Subject) -> tuple[str, int]:
    """("target", 12): the column a piece of work stands in, and its key."""
    return kind_of(subject), subject.pk


def name_of(subject: Subject) -> str:
    """What the piece of work is called."""
    if isinstance(subject, Target):
        return subject.metric
    return subject.title if isinstance(subject, Task) else subject.name


def campaign_of(subject: Subject) -> Campaign:
    """The campaign a piece of work belongs to."""
    return subject.campaign if isinstance(subject, Action | Project) else subject.action.campaign


def code_of(subject: Subject) -> str:
    """The number of a target or task in its plan, 3-2; "" for an action and a project."""
    return f"{subject.action.seq}-{subject.seq}" if isinstance(subject, Target | Task) else ""


def subject_by_uid(kind: str, uid: UUID, *, reader: User) -> Subject:
    """One piece of work a form names. Missing where there is none, or not for this reader."""
    found: dict[str, Callable[..., Subject]] = {
        "action": action_by_uid,
        "target": target_by_uid,
        "task": task_by_uid,
        "project": project_by_uid,
    }
    if kind not in found:
        raise Missing("subject.missing", _("没有这一项，它可能已经调出计划。"))
    return found[kind](uid, reader=reader)


def subject_by_key(kind: str, key: int) -> Subject:
    """One piece of work by the column it stands in."""
    found: Subject = TABLES[kind]._default_manager.get(pk=key)
    return found

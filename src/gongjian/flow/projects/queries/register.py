"""What can be asked of projects."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.project_codes import doubt_about
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project of the list, ready to print."""

    pk: int
    uid: UUID
    name: str
    code: str
    warning: str
    township: str
    action: str
    action_pk: int | None
    total_investment: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Which projects are meant: by words of name or code, and by township."""

    words: str = ""
    township: str = ""


def project_rows(
    campaign: Campaign, wanted: ProjectFilter, *, offset: int = 0, limit: int | None = None
) -> list[ProjectRow]:
    """Projects in the order they were registered. One query."""
    found = _found(campaign, wanted).select_related("township", "action")
    shown = found[offset : None if limit is None else offset + limit]
    return [
        ProjectRow(
            pk=project.pk,
            uid=project.uid,
            name=project.name,
            code=project.code,
            warning=code_warning(project.code),
            township=project.township.short_name if project.township else "",
            action=project.action.name if project.action else "",
            action_pk=project.action_id,
            total_investment=project.total_investment,
        )
        for project in shown
    ]


def projects_registered(campaign: Campaign) -> list[Project]:
    """All projects of a campaign, in the order they were registered. One query."""
    return list(campaign.projects.all())


def count_projects(campaign: Campaign, wanted: ProjectFilter) -> int:
    return _found(campaign, wanted).count()


def project_by_uid(uid: UUID, *, reader: User) -> Project:
    """One project, for a reader of the plan. Missing otherwise."""
    rows = Project.objects.select_related("campaign", "action", "township").filter(uid=uid)
    project = rows.first()
    if project is None or not allows(SEE_BUSINESS, reader):
        raise Missing("project.missing", _("没有这个项目，它可能已经调出清单。"))
    return project


def townships(*, on: date) -> list[Unit]:
    """Where a project may stand: townships and parks in force, in the office's order."""
    return list(Unit.objects.in_force(on).filter(kind=Unit.Kind.TOWNSHIP))


def township_names(*, on: date) -> list[str]:
    """What those are called in short, in the same order. One query."""
    there = Unit.objects.in_force(on).filter(kind=Unit.Kind.TOWNSHIP)
    return list(there.values_list("short_name", flat=True))


def code_warning(code: str) -> str:
    """What is odd about a project's code, in a sentence; it is kept all the same."""
    sentences = {
        "shape": _("项目代码一般是 4-6-2-2-6 位数字，例如 2305-371121-04-01-122324，请核对。"),
        "month": _("项目代码前四位读不成年份，也读不成年月，请核对。"),
        "industry": _("旧格式项目代码的第三段是行业大类 01–97，请核对。"),
        "check": _("项目代码最后一位和校验规则对不上，请核对；确认无误可以照存。"),
    }
    return sentences.get(doubt_about(code), "")


def _found(campaign: Campaign, wanted: ProjectFilter) -> QuerySet[Project]:
    found = campaign.projects.all()
    if wanted.words:
        found = found.filter(Q(name__icontains=wanted.words) | Q(code__icontains=wanted.words))
    if wanted.township:
        found = found.filter(township__short_name=wanted.township)
    return found

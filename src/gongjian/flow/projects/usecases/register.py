"""What is done with projects: registered, and what is said of them changed."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Action, Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.project_codes import tidied
from gongjian.lib.refusals import Conflict, Refused


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """What is said of a project; `total_investment` in 元, None where nobody knows it yet."""

    name: str
    code: str = ""
    township: Unit | None = None
    action: Action | None = None
    total_investment: Decimal | None = None

    def tidy(self) -> dict[str, object]:
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        return kept | {"name": self.name.strip(), "code": tidied(self.code)}


@transaction.atomic
def register_project(campaign: Campaign, words: ProjectWords, *, by: User, at: datetime) -> Project:
    """Bring a project into a campaign. Refused: office.only, project.no-name, .too-long, .known."""
    rules.check_can_keep_project(by)
    tidy = words.tidy()
    rules.check_fits(words.name, str(tidy["code"]))
    try:
        with transaction.atomic():
            project = Project.objects.create(campaign=campaign, **tidy)
    except IntegrityError as twice:
        raise _known() from twice
    note("project.registered", project, by=by, at=at)
    return project


@transaction.atomic
def change_project(
    project: Project, words: ProjectWords, *, version: int, by: User, at: datetime
) -> Project:
    """Say something else of a project. Refused as at registration; Conflict: project.changed."""
    rules.check_can_keep_project(by)
    tidy = words.tidy()
    rules.check_fits(words.name, str(tidy["code"]))
    still = Project.objects.filter(pk=project.pk, version=version)
    try:
        with transaction.atomic():
            changed = still.update(**tidy, version=version + 1)
    except IntegrityError as twice:
        raise _known() from twice
    project.refresh_from_db()
    if not changed:
        raise Conflict(
            "project.changed",
            _("这个项目刚被别人改过，你的改动没有保存。两边的内容列在下面。"),
            mine=_labelled(ProjectWords(**tidy)),  # type: ignore[arg-type]
            theirs=_labelled(said_of(project)),
        )
    note("project.changed", project, by=by, at=at)
    return project


def said_of(project: Project) -> ProjectWords:
    """What is said of a project now."""
    return ProjectWords(**{f.name: getattr(project, f.name) for f in fields(ProjectWords)})


def _known() -> Refused:
    return Refused("project.known", _("这个项目代码已经登记过了，请在清单里按代码查找。"))


def _labelled(words: ProjectWords) -> dict[str, str]:
    amount = words.total_investment
    return {
        str(_("项目名称")): words.name,
        str(_("项目代码")): words.code,
        str(_("属地镇街")): words.township.short_name if words.township else "",
        str(_("所属行动")): words.action.name if words.action else "",
        str(_("总投资（元）")): "" if amount is None else f"{amount:,.2f}",
    }

"""任务分解表 to be taken away, as Excel and as an official Word paper."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import breakdown_word, breakdown_xlsx
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.rules import check_can_read_plan
from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.queries import Footing
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Missing

OFFICE = "application/vnd.openxmlformats-officedocument"


@require_GET
@opens(check_can_read_plan)
def breakdown_xlsx_file(request: PageRequest) -> HttpResponse:
    campaign = _campaign(request)
    content = breakdown_xlsx(campaign, on=today(), footing=_footing(request))
    return attachment(content, _name(campaign, "xlsx"), kind=f"{OFFICE}.spreadsheetml.sheet")


@require_GET
@opens(check_can_read_plan)
def breakdown_docx_file(request: PageRequest) -> HttpResponse:
    campaign = _campaign(request)
    content = breakdown_word(campaign, on=today(), footing=_footing(request))
    return attachment(content, _name(campaign, "docx"), kind=f"{OFFICE}.wordprocessingml.document")


def _footing(request: PageRequest) -> str:
    """As of when, from which figures, by which definitions, taken by whom."""
    scope = _("只列现行的行动、目标和任务")
    basis = basis_named("", at=now())
    by, version = request.user.display_name, _("各目标按其现行口径")
    return Footing(basis.as_of, scope, by, basis.words, version).words


def _campaign(request: PageRequest) -> Campaign:
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划，没有可以导出的分解表。"))
    return campaign


def _name(campaign: Campaign, kind: str) -> str:
    words = _("%(year)s年%(name)s任务分解表（代拟稿）")
    return f"{words % {'year': campaign.year, 'name': campaign.name}}.{kind}"

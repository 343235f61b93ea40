"""任务分解表 to be taken away, as Excel and as an official Word paper."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import breakdown_rows, breakdown_word, breakdown_xlsx
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.rules import check_can_read_plan
from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.queries import Basis, Footing
from gongjian.flow.projects.usecases import note_export
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Missing

OFFICE = "application/vnd.openxmlformats-officedocument"


@require_GET
@opens(check_can_read_plan)
def breakdown_xlsx_file(request: PageRequest) -> HttpResponse:
    campaign = _campaign(request)
    basis = _basis(request)
    content = breakdown_xlsx(campaign, on=basis.as_of, footing=_footing(request, basis))
    _note(request, campaign, "xlsx", basis)
    return attachment(content, _name(campaign, "xlsx"), kind=f"{OFFICE}.spreadsheetml.sheet")


@require_GET
@opens(check_can_read_plan)
def breakdown_docx_file(request: PageRequest) -> HttpResponse:
    campaign = _campaign(request)
    basis = _basis(request)
    content = breakdown_word(campaign, on=basis.as_of, footing=_footing(request, basis))
    _note(request, campaign, "docx", basis)
    return attachment(content, _name(campaign, "docx"), kind=f"{OFFICE}.wordprocessingml.document")


def _basis(request: PageRequest) -> Basis:
    """The snapshot of the address, or now. Missing: snapshot.missing."""
    return basis_named(request.GET.get("snapshot", "").strip(), at=now())


def _footing(request: PageRequest, basis: Basis) -> str:
    """As of when, from which figures, by which definitions, taken by whom."""
    scope = _("只列当日有效的行动、目标和任务")
    by, version = request.user.display_name, _("各目标按其现行口径")
    return Footing(basis.as_of, scope, by, basis.words, version).words


def _note(request: PageRequest, campaign: Campaign, form: str, basis: Basis) -> None:
    rows = len(breakdown_rows(campaign, on=basis.as_of))
    note_export(campaign, f"plan.{form}", rows, by=request.user, at=now())


def _campaign(request: PageRequest) -> Campaign:
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划，没有可以导出的分解表。"))
    return campaign


def _name(campaign: Campaign, kind: str) -> str:
    words = _("%(year)s年%(name)s任务分解表（代拟稿）")
    return f"{words % {'year': campaign.year, 'name': campaign.name}}.{kind}"

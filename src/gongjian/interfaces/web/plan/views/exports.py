"""任务分解表 to be taken away: as Excel, as an official Word paper, for other programs."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import breakdown_content, breakdown_table
from gongjian.flow.plan.rules import check_can_read_plan
from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.usecases import note_export
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Missing

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@require_GET
@opens(check_can_read_plan)
def breakdown_file(request: PageRequest, form: str) -> HttpResponse:
    """The table of the year of the address, of a snapshot or of now. Missing: snapshot.missing."""
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划，没有可以导出的分解表。"))
    if form not in KINDS:
        raise Missing("list.file", _("没有这样的文件可以导出。"))
    by, at = request.user, now()
    basis = basis_named(request.GET.get("snapshot", "").strip(), at=at)
    table = breakdown_table(campaign, basis=basis, by=by.display_name)
    content = breakdown_content(campaign, table, form)
    note_export(campaign, f"plan.{form}", len(table.rows), by=by, at=at)
    words = _("%(year)s年%(name)s任务分解表（代拟稿）")
    name = words % {"year": campaign.year, "name": campaign.name}
    return attachment(content, f"{name}.{form}", kind=KINDS[form])

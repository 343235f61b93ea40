"""The list to take away, a unit's sheet, one page a task."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import (
    Exported,
    exported_list,
    issued_list,
    list_csv,
    list_in_the_making,
    list_json,
    list_word,
    list_xlsx,
    may_see_version,
    one_page,
    one_page_word,
    only_unit,
    subject_by_uid,
)
from gongjian.flow.duties.rules import check_can_read_duties
from gongjian.flow.plan.models import Campaign, Target, Task
from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.usecases import note_export
from gongjian.foundation.orgs.queries import unit_by_code
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.duties.rows.onepage import figures_of
from gongjian.interfaces.web.duties.rows.papers import DOCX, KINDS
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.interfaces.web.tags import moment
from gongjian.lib.refusals import Missing


@require_GET
@opens(check_can_read_duties)
def duties_file(request: PageRequest, form: str) -> HttpResponse:
    """The list as xlsx, docx, json, csv; ?draft=1, ?version=2, ?unit=CODE, ?snapshot=S-2020-05."""
    campaign = campaign_asked(request)
    if campaign is None or form not in KINDS:
        raise Missing("list.file", _("没有这样的文件可以导出。"))
    given = request.GET
    number = given.get("version", "")
    _check_draft_is_shown(campaign, request)
    found = exported_list(
        campaign,
        on=today(),
        by=request.user.display_name,
        draft=True if given.get("draft") else None,
        version=int(number) if number.isdecimal() and len(number) < 6 else None,
        basis=basis_named(given.get("snapshot", "").strip(), at=now()),
    )
    if given.get("unit"):
        found = only_unit(found, unit_by_code(given["unit"]))
    content = written(found, campaign, form)
    note_export(campaign, f"duties.{form}", len(found.lines), by=request.user, at=now())
    return attachment(content, _name(found, form), kind=KINDS[form])


@require_GET
@opens(check_can_read_duties)
def one_page_file(request: PageRequest, kind: str, uid: UUID) -> HttpResponse:
    """One target or task on one page, as Word."""
    subject = subject_by_uid(kind, uid, reader=request.user)
    if not isinstance(subject, Target | Task):
        raise Missing("page.kind", _("一页纸按目标或任务出。"))
    page = one_page(subject, on=today(), by=request.user.display_name)
    content = one_page_word([(page, figures_of(subject, on=today()))])
    note_export(subject.action.campaign, f"{kind}.docx", 1, by=request.user, at=now())
    return attachment(content, f"{_('一页纸')} {page.code} {page.title[:30]}.docx", kind=DOCX)


def _check_draft_is_shown(campaign: Campaign, request: PageRequest) -> None:
    """Missing: the list as it stands, for who may not see it before it is sent."""
    given = request.GET
    stands = given.get("draft") or issued_list(campaign) is None
    if stands and not may_see_version(list_in_the_making(campaign), request.user):
        raise Missing("list.not-sent", _("征求意见稿还没有发出。发出以后可以在这里导出。"))


def written(found: Exported, campaign: Campaign, form: str) -> bytes:
    """The bytes of the list in a form."""
    if form == "docx":
        making = list_in_the_making(campaign)
        due = making.due_at if found.draft and making is not None else None
        return list_word(found, answer_by=moment(due))
    return {"xlsx": list_xlsx, "json": list_json, "csv": list_csv}[form](found)


def _name(found: Exported, form: str) -> str:
    stem = " ".join(filter(None, (found.title, found.version, found.of)))
    return f"{stem}.{form}"

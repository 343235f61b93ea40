"""Plan documents: brought in, listed, and given back as they came."""

from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.plan.models import Campaign, PlanDocument
from gongjian.flow.plan.queries import (
    adopted_documents,
    campaign_in_force,
    campaigns,
    campaigns_going,
    count_documents,
    document_by_uid,
    document_rows,
)
from gongjian.flow.plan.rules import PLANS, check_can_bring, check_can_read_plan, check_can_upload
from gongjian.flow.plan.usecases import (
    PlanFile,
    create_campaign,
    keep_plan,
    move_plan,
    open_plan,
)
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.files.rules import MEGABYTE
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.answers import attachment, saved_as
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.forms import version, year
from gongjian.interfaces.web.plan.rows.uploads import (
    SHOWN,
    Upload,
    documents_context,
    uploads_context,
)
from gongjian.interfaces.web.plan.views.tree import campaign_asked, campaign_named
from gongjian.lib.refusals import Missing, Refused


@require_GET
@opens(check_can_read_plan)
def plan_documents(request: PageRequest) -> HttpResponse:
    """The plans the reader may see, newest first: those not adopted yet are the office's."""
    return _documents_page(request)


@require_POST
@opens(check_can_upload)
def plan_move(request: PageRequest, uid: UUID) -> HttpResponse:
    """Put a plan that was brought into the wrong year into another one."""
    document, given = document_by_uid(uid, reader=request.user), request.POST
    try:
        into = campaign_named(given.get("year", ""))
        seen = version(given.get("version", ""))
        move_plan(document, into, given.get("why", ""), version=seen, by=request.user, at=now())
    except Refused as no:
        return _documents_page(request, moving=uid, refused=no)
    return redirect(f"{reverse('plan_documents')}?year={into.year}")


def _documents_page(
    request: PageRequest, *, moving: UUID | None = None, refused: Refused | None = None
) -> HttpResponse:
    page = Page.of(request.GET, total=count_documents(request.user))
    rows = document_rows(request.user, offset=page.offset, limit=page.size)
    campaign = campaign_in_force(today()) if moving else campaign_asked(request)
    blocked = why_not(check_can_upload, request.user)
    context = {
        "documents": documents_context(rows, may_move=not blocked),
        "page": page,
        "blocked": blocked,
        "year": campaign.year if campaign else "",
        "years": [one.year for one in campaigns()],
        "moving": moving,
        "typed": request.POST,
        "refused": refused,
    }
    return render(request, "plan/documents.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@opens(check_can_read_plan)
def plan_upload(request: PageRequest) -> HttpResponse:
    """Several files at once; the page then asks every 5 s whether the worker has read them."""
    if request.method == "GET":
        return _upload_page(request, campaign_asked(request))
    check_can_upload(request.user)
    campaign = campaign_asked(request)
    if campaign is None:
        return _upload_page(
            request, None, no=Refused("plan.no-campaign", _("先建攻坚年，再上传方案。"))
        )
    opened = [_opened(file, request) for file in request.FILES.getlist("files")]
    refused = [file for file in opened if isinstance(file, Upload)]
    with once(
        act_key(request.POST.get("key", "")), by=request.user, act="plan.upload", at=now()
    ) as claim:
        if not claim.done_before:
            files = [file for file in opened if isinstance(file, PlanFile)]
            refused += _kept(campaign, files, request)
    if refused:
        return _upload_page(request, campaign, refused=refused)
    asked = f"?year={campaign.year}" if request.POST.get("year") else ""
    return redirect(reverse("plan_upload") + asked)


@require_POST
@opens(check_can_upload)
def plan_begin(request: PageRequest) -> HttpResponse:
    """Begin the first year of key work, into which the plan is then uploaded."""
    try:
        name = request.POST.get("name", "").strip() or _("重点工作攻坚年")
        number = year(request.POST.get("year", ""))
        create_campaign(name, year=number, by=request.user, at=now())
    except Refused as no:
        return _upload_page(request, campaign_in_force(today()), no=no)
    return redirect("plan_upload")


@require_GET
@opens(check_can_read_plan)
def plan_source(request: PageRequest, uid: UUID) -> HttpResponse:
    """The file as it came."""
    document = document_by_uid(uid, reader=request.user)
    file = document.file
    return attachment(bytes_of(file), saved_as(document.title, file.name))


def _opened(file: "UploadedFile[bytes]", request: PageRequest) -> PlanFile | Upload:
    """One file looked at, before anything is written; or what was refused, with its sentence.

    The name of a file that bears a 密级 mark is shown to nobody, not even to who sent it.
    """
    name = file.name or ""
    try:
        check_can_bring(name, size=file.size or 0)  # before its bytes are in memory
        return open_plan(name, file.read(), by=request.user, at=now())
    except Refused as no:
        return _refused(_("一份文件") if no.code == "plan.classified" else name, no)


def _kept(campaign: Campaign, files: list[PlanFile], request: PageRequest) -> list[Upload]:
    """Keep the files; those that were refused instead, with their sentences."""
    refused = []
    for file in files:
        try:
            replaces = _replaced(request)
            keep_plan(campaign, file, replaces=replaces, by=request.user, at=now())
        except Refused as no:
            refused.append(_refused(file.name, no))
    return refused


def _replaced(request: PageRequest) -> PlanDocument | None:
    """The adopted plan that the files are a new version of. Missing: plan.missing."""
    typed = request.POST.get("replaces", "")
    if not typed:
        return None
    try:
        uid = UUID(typed)
    except ValueError as wrong:
        sentence = _("没有这份原方案，请从列表里选。")
        raise Missing("plan.missing", sentence) from wrong
    return document_by_uid(uid, reader=request.user)


def _refused(name: str, no: Refused) -> Upload:
    return Upload(name=name, size="", state="refused", sentence=str(no))


def _years(chosen: Campaign | None) -> list[tuple[str, str, None, bool]]:
    """The years that the plan may be brought into, as a choice; one is no choice."""
    years = campaigns_going(today(), asked=chosen)
    address = reverse("plan_upload")
    return [(str(c.year), f"{address}?year={c.year}", None, c == chosen) for c in years]


def _upload_page(
    request: PageRequest,
    campaign: Campaign | None,
    *,
    refused: list[Upload] | None = None,
    no: Refused | None = None,
) -> HttpResponse:
    context = {
        **uploads_context(document_rows(request.user, limit=SHOWN)),
        "refused_files": refused or [],
        "blocked": why_not(check_can_upload, request.user),
        "refused": no,
        "limit": _("Word、PDF、Excel、网页、文本，可以一次选几个；单个 %(size)s MB 以内")
        % {"size": settings.LARGEST_UPLOAD // MEGABYTE},
        "accept": ",".join(sorted(PLANS)),
        "key": uuid4(),
        "campaign": campaign,
        "years": _years(campaign),
        "versions_of": [
            (str(uid), title) for uid, title in adopted_documents(campaign, reader=request.user)
        ]
        if campaign
        else [],
        "replaces": request.GET.get("of", "") or request.POST.get("replaces", ""),
        "year": today().year,
    }
    template = "plan/upload.html#reading" if request.htmx else "plan/upload.html"
    return render(request, template, context, status=409 if refused or no else 200)

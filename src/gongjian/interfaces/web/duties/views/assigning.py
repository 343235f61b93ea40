"""Who answers for one piece of work, who leads it, and one unit in many lines at once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.flow.duties.models import Duty, DutyList
from gongjian.flow.duties.queries import (
    AllotmentWords,
    Subject,
    allotment_named,
    campaign_of,
    changes_in_bulk,
    code_of,
    duties_over,
    frozen_order,
    issued_list,
    kind_of,
    leader_standing,
    leading_posts,
    list_in_the_making,
    name_of,
    subject_by_uid,
    unread_names,
    words_of,
)
from gongjian.flow.duties.rules import check_can_assign, check_can_reassign
from gongjian.flow.duties.usecases import name_leader
from gongjian.flow.plan.models import Campaign, Target, Task
from gongjian.flow.progress.usecases import assign_in_bulk, assign_units
from gongjian.foundation.orgs.queries import post_by_uid, unit_choices, unit_named, units
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.duties.forms import (
    allotment_words,
    in_official_order,
    moved,
    subjects_of,
    unit_of,
)
from gongjian.interfaces.web.duties.rows.tabs import room, year_of
from gongjian.interfaces.web.picking import Pick, pick
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Refused


@require_http_methods(["GET", "POST"])
@opens(check_can_assign)
def target_assign(request: PageRequest, uid: UUID) -> HttpResponse:
    """Say who leads a target, who fills its figure, who answers and who supports."""
    return _assign(request, subject_by_uid("target", uid, reader=request.user))


@require_http_methods(["GET", "POST"])
@opens(check_can_assign)
def work_assign(request: PageRequest, kind: str, uid: UUID) -> HttpResponse:
    """The same for a task, an action or a project."""
    return _assign(request, subject_by_uid(kind, uid, reader=request.user))


@require_POST
@opens(check_can_assign)
def work_leader(request: PageRequest, kind: str, uid: UUID) -> HttpResponse:
    """Say which post leads or sponsors it."""
    subject = subject_by_uid(kind, uid, reader=request.user)
    seen = uids_named([request.POST["seen"]])[0] if request.POST.get("seen") else None
    try:
        post = post_by_uid(uids_named([request.POST.get("post", "")])[0])
        name_leader(
            subject,
            post,
            basis=request.POST.get("basis", ""),
            seen=seen,
            from_form=True,
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _assign_page(request, subject, words_of(duties_over(subject)), refused=no)
    return redirect("work_assign", kind=kind, uid=uid)


@require_POST
@opens(check_can_assign)
def duties_bulk(request: PageRequest) -> HttpResponse:
    """Show old beside new for the lines that were ticked; do it once it is confirmed."""
    subjects = subjects_of(request.POST.getlist("row"), request.user)
    refused: Refused | None = None
    if request.POST.get("confirm") and not request.POST.get("find"):
        try:
            _bulk(request.POST, subjects, request)
        except Refused as no:
            refused = no
        else:
            return redirect(reverse("duties") + year_of(_year(request, subjects)))
    return _bulk_page(request, subjects, refused)


def _year(request: PageRequest, subjects: list[Subject]) -> Campaign | None:
    return campaign_of(subjects[0]) if subjects else campaign_asked(request)


def _bulk(given: QueryDict, subjects: list[Subject], request: PageRequest) -> None:
    unit = unit_of(given.get("unit", ""))
    if unit is None:
        raise Refused("bulk.no-unit", _("请选单位。"))
    tokens = [value.partition(":") for value in given.getlist("seen")]
    assign_in_bulk(
        subjects,
        unit,
        given.get("role", ""),
        old_lead=given.get("old_lead", ""),
        seen={uids_named([uid])[0]: token for uid, _colon, token in tokens},
        basis=given.get("basis", ""),
        by=request.user,
        at=now(),
    )


def _bulk_page(
    request: PageRequest, subjects: list[Subject], refused: Refused | None
) -> HttpResponse:
    given = request.POST
    unit, role = unit_of(given.get("unit", "")), given.get("role", "lead")
    old_lead = given.get("old_lead", "")
    chosen = unit is not None and role in ("lead", "responsible", "supporting")
    changes = (
        changes_in_bulk(subjects, unit, role, old_lead=old_lead)
        if unit is not None and chosen
        else []
    )
    issued = bool(subjects) and issued_list(campaign_of(subjects[0])) is not None
    context = {
        **room(request.user, "duties", _year(request, subjects), years_at=reverse("duties")),
        "rows": given.getlist("row"),
        "chosen": []
        if changes
        else [" ".join(filter(None, (code_of(one), name_of(one)))) for one in subjects],
        "changes": changes,
        "doing": sum(not change.skipped for change in changes),
        "skipping": sum(bool(change.skipped) for change in changes),
        "unit": unit,
        "role": role,
        "old_lead": old_lead,
        "basis": given.get("basis", ""),
        "issued": issued,
        "pick": pick(
            "unit",
            _("单位"),
            unit_choices(on=today()),
            of="units",
            given=given,
            chosen=[unit.uid] if unit else [],
            one=True,
            bare=bool(unit),
        ),
        "refused": refused,
    }
    return render(request, "duties/bulk.html", context, status=409 if refused else 200)


def _assign(request: PageRequest, subject: Subject) -> HttpResponse:
    if request.method == "GET":
        return _assign_page(request, subject, words_of(duties_over(subject)))
    words = allotment_words(request.POST)
    try:
        if request.POST.get("move"):
            return _assign_page(request, subject, moved(words, request.POST["move"]))
        if request.POST.get("sort"):
            return _assign_page(request, subject, in_official_order(words, on=today()))
        if request.POST.get("more") or request.POST.get("find"):
            return _assign_page(request, subject, words)
        allotment = allotment_named(words, on=today(), fills=kind_of(subject) == "target")
        seen = uids_named(request.POST.getlist("seen"))
        basis = request.POST.get("basis", "")
        assign_units(subject, allotment, by=request.user, at=now(), seen=seen, basis=basis)
    except Refused as no:
        return _assign_page(request, subject, words, refused=no)
    return redirect(_home(subject))


def _home(subject: Subject) -> str:
    """Its page; that of an action says nothing of units, the list does."""
    kind = kind_of(subject)
    if kind == "action":
        return reverse("duties") + year_of(campaign_of(subject))
    return reverse(kind, args=[subject.uid])


def _assign_page(
    request: PageRequest, subject: Subject, words: AllotmentWords, *, refused: Refused | None = None
) -> HttpResponse:
    holding, kind = duties_over(subject), kind_of(subject)
    campaign = campaign_of(subject)
    issued = issued_list(campaign)
    leading = request.POST if "post" in request.POST else QueryDict()
    given = QueryDict() if leading else request.POST
    typed = request.method == "POST" and "seen" in given
    closed = why_not(
        check_can_reassign, list_in_the_making(campaign), issued=False, basis="", by=request.user
    )
    context: dict[str, Any] = {
        "subject": subject,
        "kind": kind,
        "home_url": _home(subject),
        "name": name_of(subject),
        "facts": str(campaign),
        "year": campaign.year,
        "words": words,
        "seen": given.getlist("seen") if typed else [duty.uid for duty in holding],
        "basis": given.get("basis", ""),
        "leading": leading,
        "closed": closed,
        "issued": issued,
        "official": issued is not None and frozen_order(issued) == DutyList.UnitOrder.OFFICIAL,
        "proposed": any(duty.confirmed_at is None for duty in holding),
        "quotes": list(dict.fromkeys(duty.from_words for duty in holding if duty.from_words)),
        "unread": unread_names(subject, on=today()) if isinstance(subject, Target | Task) else [],
        "sentence": getattr(subject, "sentence", ""),
        **_picks(request, words, holding, fills=kind == "target"),
        "leader": leader_standing(subject, on=today()),
        "posts": leading_posts(on=today()),
        "refused": refused,
    }
    return render(request, "duties/assign.html", context, status=409 if refused else 200)


def _picks(
    request: PageRequest, words: AllotmentWords, holding: list[Duty], *, fills: bool
) -> dict[str, Any]:
    """The fields of units: one leads, one fills, others are added. Two queries."""
    found = request.POST if request.POST.get("find") else QueryDict()
    known, near = units(on=today()), [duty.unit.uid for duty in holding]
    choices = unit_choices(on=today(), also=near)

    def chosen(name: str) -> list[UUID]:
        unit = unit_named(name, among=known) if name else None
        return [unit.uid] if unit is not None else []

    def one(field: str, label: str, name: str, hint: str) -> Pick:
        return pick(
            field,
            label,
            choices,
            of="units",
            given=found,
            chosen=chosen(name),
            first=near,
            one=True,
            hint=hint,
        )

    def more(role: str, label: str) -> Pick:
        return pick(f"{role}_more", label, choices, of="units", given=found, bare=True)

    return {
        "lead": one("lead", _("牵头单位"), words.lead, _("只有一个，对结果负总责")),
        "fills": one(
            "fills",
            _("填报单位"),
            words.fills,
            _(
                "每期的数由它填，不是牵头单位的要经牵头单位核对，并列为责任单位（没有排过的排在"
                "第一）。换牵头单位时，填报单位不跟着换，要另选"
            ),
        )
        if fills
        else None,
        "lists": [
            (
                "responsible",
                _("责任单位"),
                _names(words.responsible),
                more("responsible", _("加责任单位")),
            ),
            (
                "supporting",
                _("配合单位"),
                _names(words.supporting),
                more("supporting", _("加配合单位")),
            ),
        ],
    }


def _names(line: str) -> list[str]:
    return [name for name in line.split(_("、")) if name]

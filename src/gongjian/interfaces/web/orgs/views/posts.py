"""Posts: set up in a unit, filled, handed over, left, ended."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.duties.usecases import hand_over_post
from gongjian.foundation.orgs.models import Post
from gongjian.foundation.orgs.queries import (
    holding_by_uid,
    holding_rows,
    holdings_of_post,
    people_choices,
    people_in,
    person_by_uid,
    post_by_uid,
    unit_by_uid,
)
from gongjian.foundation.orgs.rules import check_can_keep_people, check_can_see_orgs
from gongjian.foundation.orgs.usecases import end_post, leave_post, open_post
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.orgs.typed import day_of, post_kind_of, uid_of, version_of, words_of
from gongjian.interfaces.web.picking import pick
from gongjian.lib.refusals import Refused


@opens(check_can_see_orgs)
@require_GET
def post(request: PageRequest, uid: UUID) -> HttpResponse:
    """One post: who held it from–to, and the forms of who keeps it."""
    return _page(request, post_by_uid(uid))


@opens(check_can_keep_people)
@require_http_methods(["GET", "POST"])
def post_create(request: PageRequest, uid: UUID) -> HttpResponse:
    """A new post of a unit."""
    unit, sent, refused = unit_by_uid(uid), request.POST, None
    check_can_keep_people(request.user, unit=unit)
    if request.method == "POST":
        try:
            open_post(
                unit,
                words_of(sent, "name"),
                kind=post_kind_of(sent),
                from_day=day_of(sent, "from_day", _("设立日期")),
                by=request.user,
                at=now(),
            )
        except Refused as no:
            refused = no
        else:
            return redirect("unit", uid=uid)
    context = {
        "unit": unit,
        "typed": sent,
        "today": today(),
        "kinds": Post.Kind.choices,
        "refused": refused,
    }
    return render(request, "orgs/post_form.html", context, status=409 if refused else 200)


@opens(check_can_keep_people)
@require_POST
def post_hand_over(request: PageRequest, uid: UUID) -> HttpResponse:
    """Put somebody on the post from a day; who is on it ends there."""
    if request.POST.get("find"):
        return _page(request, post_by_uid(uid))
    found, sent = _as_seen(request, uid), request.POST
    try:
        to = uid_of(sent, "to")
        if to is None:
            raise Refused("post.nobody", _("还没有选由谁任职。"))
        hand_over_post(
            found,
            to=person_by_uid(to),
            from_day=day_of(sent, "from_day", _("任职日期")),
            basis=words_of(sent, "basis"),
            acting="acting" in sent,
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _page(request, post_by_uid(uid), refused=no)
    return redirect("post", uid=uid)


@opens(check_can_keep_people)
@require_POST
def post_leave(request: PageRequest, uid: UUID) -> HttpResponse:
    """Somebody leaves the post, which is vacant from that day."""
    holding, sent = holding_by_uid(uid), request.POST
    check_can_keep_people(request.user, unit=holding.post.unit)
    holding.post.version = version_of(sent)
    try:
        leave_post(
            holding,
            on=day_of(sent, "on", _("免职日期")),
            basis=words_of(sent, "basis"),
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _page(request, post_by_uid(holding.post.uid), refused=no)
    return redirect("post", uid=holding.post.uid)


@opens(check_can_keep_people)
@require_POST
def post_end(request: PageRequest, uid: UUID) -> HttpResponse:
    """The post is there no longer."""
    found = _as_seen(request, uid)
    try:
        end_post(found, on=day_of(request.POST, "on", _("撤销日期")), by=request.user, at=now())
    except Refused as no:
        return _page(request, post_by_uid(uid), refused=no)
    return redirect("post", uid=uid)


def _as_seen(request: PageRequest, uid: UUID) -> Post:
    """The post as the form saw it: an act on it is refused where it has moved since.

    Refused: people.not-yours, before anything that was typed is looked at.
    """
    found = post_by_uid(uid)
    check_can_keep_people(request.user, unit=found.unit)
    found.version = version_of(request.POST)
    return found


def _page(request: PageRequest, found: Post, *, refused: Refused | None = None) -> HttpResponse:
    held = holdings_of_post(found)
    rows = holding_rows(held)
    context = {
        "post": found,
        "rows": rows[::-1],
        "current": next((row for row in rows if row.until is None), None),
        "keeps": not why_not(check_can_keep_people, request.user, unit=found.unit)
        and found.valid_to is None,
        "pick": pick(
            "to",
            _("由谁任职"),
            people_choices(on=today()),
            of="people",
            given=request.POST,
            first=people_in(found.unit, on=today()),
            one=True,
            hint=_("先列本单位的人，别的人找了再选"),
        ),
        "typed": request.POST,
        "today": today(),
        "refused": refused,
    }
    return render(request, "orgs/post.html", context, status=409 if refused else 200)

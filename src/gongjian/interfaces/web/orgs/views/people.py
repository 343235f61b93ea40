"""People: the list, one person with posts from–to, their whole number on request, the form."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.duties.usecases import show_phone
from gongjian.foundation.orgs.models import Person, User
from gongjian.foundation.orgs.queries import (
    PersonRow,
    account,
    count_people,
    holding_rows,
    holdings_of,
    masked,
    person_by_uid,
    person_rows,
    units_of,
)
from gongjian.foundation.orgs.rules import (
    SEE_ACCOUNTS,
    allows,
    check_can_keep_people,
    check_can_keep_person,
    check_can_see_orgs,
    check_can_see_phone,
)
from gongjian.foundation.orgs.usecases import edit_person, register_person
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.orgs.answers import person_context
from gongjian.interfaces.web.orgs.typed import version_of, words_of
from gongjian.interfaces.web.paging import Page
from gongjian.lib.refusals import Refused


@opens(check_can_see_orgs)
@require_GET
def people(request: PageRequest) -> HttpResponse:
    """Everybody who holds posts, 40 a page, filtered by name, post or unit; numbers are masked."""
    words = request.GET.get("q", "").strip()
    page = Page.of(request.GET, total=count_people(words, on=today()))
    context = {
        "rows": _rows_shown(person_rows(on=today(), words=words, offset=page.offset), request.user),
        "page": page,
        "q": words,
        "keeps": not why_not(check_can_keep_people, request.user),
    }
    return render(request, "orgs/people.html", context)


@opens(check_can_see_orgs)
@require_GET
def person(request: PageRequest, uid: UUID) -> HttpResponse:
    """One person: the posts from–to, how to reach them, whose account it is."""
    found, by = person_by_uid(uid), request.user
    at_home = units_of(found, today())
    context = {
        "somebody": found,
        "holdings": holding_rows(holdings_of(found)),
        "today": today(),
        "mobile": masked(found.mobile),
        "why_not_phone": why_not(check_can_see_phone, found, by=by, units=at_home),
        "account_shown": allows(SEE_ACCOUNTS, by) or found.account_id == by.pk,
        "keeps": not why_not(check_can_keep_person, by, units=at_home),
        "kept_units": {
            one.pk for one in at_home if not why_not(check_can_keep_people, by, unit=one)
        },
        **person_context(found, by, on=today()),
    }
    return render(request, "orgs/person.html", context)


@opens(check_can_see_orgs)
@never_cache
@require_POST
def person_phone(request: PageRequest, uid: UUID) -> HttpResponse:
    """The whole number, in place of the masked one; the log says who was shown whose."""
    found = person_by_uid(uid)
    whole = show_phone(found, by=request.user, at=now())
    return render(request, "orgs/person.html#number", {"whole": whole})


@opens(check_can_keep_people)
@require_http_methods(["GET", "POST"])
def person_create(request: PageRequest) -> HttpResponse:
    """Somebody new, who holds no post yet."""
    if request.method == "GET":
        return _form(request, None)
    sent = request.POST
    try:
        with once(
            act_key(sent.get("key", "")), by=request.user, act="person.create", at=now()
        ) as act:
            if not act.done_before:
                made = register_person(
                    words_of(sent, "name"),
                    mobile=words_of(sent, "mobile"),
                    office_phone=words_of(sent, "office_phone"),
                    account=_account(request),
                    unit=request.user.unit,
                    by=request.user,
                    at=now(),
                )
                act.outcome = f"/people/{made.uid}/"
    except Refused as no:
        return _form(request, None, refused=no)
    return redirect(act.outcome)


@opens(check_can_keep_people)
@require_http_methods(["GET", "POST"])
def person_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """A corrected name, other numbers, the account."""
    found = person_by_uid(uid)
    check_can_keep_person(request.user, units=units_of(found, today()))
    if request.method == "GET":
        return _form(request, found)
    sent = request.POST
    try:
        edit_person(
            found,
            name=words_of(sent, "name"),
            mobile=words_of(sent, "mobile"),
            office_phone=words_of(sent, "office_phone"),
            account=_account(request),
            version=version_of(sent),
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _form(request, person_by_uid(uid), refused=no)
    return redirect("person", uid=uid)


def _rows_shown(rows: list[PersonRow], reader: User) -> list[PersonRow]:
    """The names of accounts are for who keeps accounts; everybody sees their own."""
    if allows(SEE_ACCOUNTS, reader):
        return rows
    own = reader.username
    return [row if row.account == own else replace(row, account="") for row in rows]


def _account(request: PageRequest) -> User | None:
    """The account that was named; Missing where there is none of that name."""
    name = words_of(request.POST, "account")
    return account(name, on=today()) if name else None


def _form(
    request: PageRequest, found: Person | None, *, refused: Refused | None = None
) -> HttpResponse:
    kept = {
        "name": found.name if found else "",
        "mobile": "",  # never filled in: whoever may see it is shown it by an act that is noted
        "office_phone": found.office_phone if found else "",
        "account": found.account.username if found and found.account else "",
    }
    context = {
        "somebody": found,
        "mobile": masked(found.mobile) if found else "",
        "typed": {name: request.POST.get(name, value) for name, value in kept.items()},
        "key": act_key(request.POST.get("key", "")),
        "refused": refused,
    }
    return render(request, "orgs/person_form.html", context, status=409 if refused else 200)

"""Accounts and roles: the list, one account, and the acts of the three administrators."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.foundation.orgs import rules, usecases
from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.queries import (
    account_by_uid,
    account_card,
    account_rows,
    count_accounts,
    unit_by_uid,
    units,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.orgs.forms import AccountForm
from gongjian.interfaces.web.paging import Page
from gongjian.lib.passwords import first_password
from gongjian.lib.refusals import Refused


@opens(rules.check_can_see_accounts)
@require_GET
def accounts(request: PageRequest) -> HttpResponse:
    """All accounts in the order of their units, 40 a page, filtered by words."""
    words = request.GET.get("q", "").strip()
    page = Page.of(request.GET, total=count_accounts(words))
    context = {
        "rows": account_rows(on=today(), words=words, offset=page.offset),
        "page": page,
        "q": words,
        "units": not why_not(rules.check_can_register_units, request.user),
        "may_create": not why_not(rules.check_can_manage_accounts, request.user),
    }
    return render(request, "orgs/accounts.html", context)


@opens(rules.check_can_manage_accounts)
@never_cache
@require_http_methods(["GET", "POST"])
def account_create(request: PageRequest) -> HttpResponse:
    """Make an account without roles; its first password is shown once, on the answer itself."""
    form = AccountForm.read(request.POST)
    if request.method == "GET":
        return _form_page(request, form)
    if form.gaps():
        return _form_page(request, form, errors=form.gaps())
    password = first_password()
    try:
        with once(form.key, by=request.user, act="account.create", at=now()) as claim:
            if claim.done_before:
                return redirect(claim.outcome)
            user = _create(request, form, password)
            claim.outcome = f"/accounts/{user.uid}/"
    except Refused as no:
        return _form_page(request, form, errors=[("username", no.sentence)])
    return _card_page(request, user.uid, password=password)


@opens(rules.check_can_see_accounts)
@require_GET
def account(request: PageRequest, uid: UUID) -> HttpResponse:
    """One account, with what the reader may do to it."""
    return _card_page(request, uid)


@opens(rules.check_can_manage_accounts)
@require_POST
def account_close(request: PageRequest, uid: UUID) -> HttpResponse:
    return _act(request, uid, lambda user: usecases.close_account(user, by=request.user, at=now()))


@opens(rules.check_can_manage_accounts)
@require_POST
def account_reopen(request: PageRequest, uid: UUID) -> HttpResponse:
    return _act(request, uid, lambda user: usecases.reopen_account(user, by=request.user, at=now()))


@opens(rules.check_can_see_accounts)
@require_POST
def account_unbind(request: PageRequest, uid: UUID) -> HttpResponse:
    """A lost phone: the next log-in binds a new one."""
    return _act(
        request, uid, lambda user: usecases.remove_second_factor(user, by=request.user, at=now())
    )


@opens(rules.check_can_see_accounts)
@never_cache
@require_POST
def account_password(request: PageRequest, uid: UUID) -> HttpResponse:
    """A new first password, shown once, on the answer itself."""
    password = first_password()

    def reset(user: User) -> None:
        usecases.reset_password(user, password, by=request.user, at=now())

    return _act(request, uid, reset, password=password)


@opens(rules.check_can_grant_roles)
@require_POST
def role_grant(request: PageRequest, uid: UUID) -> HttpResponse:
    def grant(user: User) -> None:
        usecases.grant_role(user, _role(request), by=request.user, at=now())

    return _act(request, uid, grant)


@opens(rules.check_can_grant_roles)
@require_POST
def role_revoke(request: PageRequest, uid: UUID) -> HttpResponse:
    def revoke(user: User) -> None:
        usecases.revoke_role(user, _role(request), by=request.user, at=now())

    return _act(request, uid, revoke)


def _act(
    request: PageRequest, uid: UUID, do: Callable[[User], object], *, password: str = ""
) -> HttpResponse:
    """One act on one account, counted once; a refusal stands on the account's own page."""
    user = account_by_uid(uid)
    key = act_key(request.POST.get("key", ""))
    act = (request.resolver_match and request.resolver_match.url_name) or ""
    try:
        with once(key, by=request.user, act=act, at=now()) as claim:
            if not claim.done_before:
                do(user)
    except Refused as no:
        return _card_page(request, uid, refused=no)
    if password and not claim.done_before:
        return _card_page(request, uid, password=password)
    return redirect("account", uid=uid)


def _create(request: PageRequest, form: AccountForm, password: str) -> User:
    return usecases.create_account(
        form.username,
        display_name=form.display_name,
        title=form.title,
        unit=unit_by_uid(form.unit) if form.unit else None,
        password=password,
        by=request.user,
        at=now(),
    )


def _role(request: PageRequest) -> Role:
    """The role that was chosen. Refused: roles.unknown."""
    return rules.role_named(request.POST.get("role", ""))


def _card_page(
    request: PageRequest, uid: UUID, *, refused: Refused | None = None, password: str = ""
) -> HttpResponse:
    card, by = account_card(uid, on=today()), request.user
    held = frozenset(grant.role.value for grant in card.held)
    context = {
        "card": card,
        "refused": refused,
        "password": password,
        "key": uuid4(),
        "manages": not why_not(rules.check_can_manage_accounts, by),
        "grants": not why_not(rules.check_can_grant_roles, by),
        "why_not_reset": why_not(rules.check_can_reset_password, held, by=by),
        "why_not_unbind": why_not(rules.check_can_unbind, held, by=by),
        "why_not_close": why_not(rules.check_can_close, account_by_uid(uid), by=by),
        "why_not_revoke": why_not(rules.check_can_revoke, account_by_uid(uid), by=by),
        "roles": [
            (role.value, role.label)
            for role in Role
            if role not in held and not why_not(rules.check_can_hold, role, others=held)
        ],
    }
    return render(request, "orgs/account.html", context, status=409 if refused else 200)


def _form_page(
    request: PageRequest, form: AccountForm, *, errors: list[tuple[str, str]] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "errors": errors or [],
        "units": [(unit.uid, unit.short_name) for unit in units(on=today())],
    }
    return render(request, "orgs/account_create.html", context, status=409 if errors else 200)

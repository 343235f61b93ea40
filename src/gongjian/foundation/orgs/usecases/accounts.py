"""Accounts: made, closed, their passwords set. Nobody's password is ever shown or kept plain."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.foundation.orgs import rules
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.queries import held_roles
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused


def create_account(
    username: str,
    *,
    display_name: str,
    password: str,
    unit: Unit | None = None,
    title: str = "",
    must_change: bool = True,
    by: User | None,
    at: datetime,
) -> User:
    """Make an account without roles.

    Refused: accounts.sys-admin-only, account.taken, password.*.
    """
    if by is not None:
        rules.check_can_manage_accounts(by)
    rules.check_password_is_strong(password, username=username)
    user = User(
        username=username,
        display_name=display_name,
        title=title,
        unit=unit,
        must_change_password=must_change,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            note("account.created", user, by=by, at=at)
    except IntegrityError as twice:
        sentence = _("账号 %(name)s 已经有人用了，换一个。") % {"name": username}
        raise Refused("account.taken", sentence) from twice
    return user


def log_in(user: User, *, at: datetime) -> None:
    """Keep in the log that somebody came in; only its reader sees it and nobody counts it."""
    note("account.logged-in", by=user, at=at)


@transaction.atomic
def set_password(user: User, password: str, *, old: str, at: datetime) -> User:
    """A person changes their own password. Refused: password.wrong, password.same, password.*."""
    if not user.check_password(old):
        raise Refused("password.wrong", _("原密码不对。"))
    if old == password:
        raise Refused("password.same", _("新密码和原密码一样，换一个。"))
    _keep_password(user, password, must_change=False)
    note("account.password-set", user, by=user, at=at)
    return user


@transaction.atomic
def reset_password(user: User, password: str, *, by: User, at: datetime) -> User:
    """Give a first password, to be changed at once. Refused: password.*-resets, password.*."""
    rules.check_can_reset_password(held_roles(user, on=local_day(at)), by=by)
    _keep_password(user, password, must_change=True)
    note("account.password-reset", user, by=by, at=at)
    return user


def _keep_password(user: User, password: str, *, must_change: bool) -> None:
    rules.check_password_is_strong(password, username=user.username)
    user.set_password(password)
    user.must_change_password = must_change
    user.version += 1
    user.save(update_fields=["password", "must_change_password", "version"])


def close_account(user: User, *, by: User, at: datetime) -> User:
    """Close an account; its name stays in the history. Refused: account.own."""
    rules.check_can_close(user, by=by)
    return _set_active(user, active=False, by=by, at=at)


def reopen_account(user: User, *, by: User, at: datetime) -> User:
    """Open a closed account again, with the roles it holds."""
    return _set_active(user, active=True, by=by, at=at)


@transaction.atomic
def _set_active(user: User, *, active: bool, by: User, at: datetime) -> User:
    rules.check_can_manage_accounts(by)
    user.is_active = active
    user.version += 1
    user.save(update_fields=["is_active", "version"])
    note("account.reopened" if active else "account.closed", user, by=by, at=at)
    return user

"""The second factor: a time-based code (RFC 6238) from an app on the person's own phone."""

import base64
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from gongjian.foundation.orgs import rules
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import held_roles
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

STEP = 30  # seconds


@transaction.atomic
def confirm_second_factor(
    user: User, secret: str, code: str, *, real: datetime, at: datetime
) -> User:
    """Keep a secret once a code made from it was typed. Refused: second-factor.set, .wrong."""
    if user.second_factor:
        raise Refused("second-factor.set", _("这个账号已经绑定动态口令。更换请联系安全管理员。"))
    step = _step_of(secret, code, real=real, after=0)
    user.second_factor = secret
    user.second_factor_step = step
    user.version += 1
    user.save(update_fields=["second_factor", "second_factor_step", "version"])
    note("account.second-factor-set", user, by=user, at=at)
    return user


@transaction.atomic
def pass_second_factor(user: User, code: str, *, real: datetime, at: datetime) -> None:
    """Let a code count once. Refused: second-factor.wrong."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    step = _step_of(locked.second_factor, code, real=real, after=locked.second_factor_step)
    User.objects.filter(pk=user.pk).update(second_factor_step=step)
    note("account.second-factor-passed", locked, by=locked, at=at)


@transaction.atomic
def remove_second_factor(user: User, *, by: User, at: datetime) -> User:
    """A lost phone: unbind it, the next log-in binds a new one.

    Refused: second-factor.sec-admin-unbinds, .audit-admin-unbinds.
    """
    rules.check_can_unbind(held_roles(user, on=local_day(at)), by=by)
    user.second_factor = ""
    user.version += 1
    user.save(update_fields=["second_factor", "version"])
    note("account.second-factor-removed", user, by=by, at=at)
    return user


def _step_of(secret: str, code: str, *, real: datetime, after: int) -> int:
    """The time step whose code was typed, one step of tolerance, never one used before."""
    totp = TOTP(base64.b32decode(secret), step=STEP)
    totp.time = real.timestamp()
    if not (code.isdecimal() and totp.verify(int(code), tolerance=1, min_t=after + 1)):
        raise Refused("second-factor.wrong", _("动态口令不对，或已经用过。等下一个口令再试。"))
    return int(totp.t())

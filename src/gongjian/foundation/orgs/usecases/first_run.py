"""The first run: three administrators, none of whom sees business data."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.usecases.accounts import create_account
from gongjian.foundation.orgs.usecases.roles import grant_role
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class AdministratorForm:
    """What one administrator typed: user name, name, password."""

    username: str
    display_name: str
    password: str


@transaction.atomic
def first_run(
    forms: dict[Role, AdministratorForm], *, place: str, one_person: bool, at: datetime
) -> list[User]:
    """Set the installation up and make its three administrators.

    Refused: installation.known, first-run.three, first-run.same-person, first-run.same-password,
    account.taken, password.*.
    """
    if set(forms) != {Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN}:
        raise Refused("first-run.three", _("要设系统、安全、审计三个管理员，一个不能少。"))
    names = {form.display_name for form in forms.values()}
    if len(names) < 3 and not one_person:
        raise Refused(
            "first-run.same-person",
            _("三个管理员应是三个人。只有一个人时，请勾选“一人兼任”，体检会一直提示。"),
        )
    if len({form.password for form in forms.values()}) < 3:
        raise Refused("first-run.same-password", _("三个管理员的密码不能相同，请各设各的。"))
    set_up_installation("real", place=place, at=at, one_person=one_person)
    users = []
    for role, form in forms.items():
        user = create_account(
            form.username,
            display_name=form.display_name,
            password=form.password,
            must_change=False,
            by=None,
            at=at,
        )
        grant_role(user, role, by=None, at=at)
        users.append(user)
    return users

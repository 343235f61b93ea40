"""Giving and taking roles, from–to."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.foundation.orgs import rules
from gongjian.foundation.orgs.models import Role, RoleGrant, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused


@transaction.atomic
def grant_role(user: User, role: Role, *, by: User | None, at: datetime) -> RoleGrant:
    """Give a role from today.

    Refused: roles.sec-admin-only, roles.administrator-alone, roles.held.
    """
    if by is not None:
        rules.check_can_grant_roles(by)
    User.objects.select_for_update().get(pk=user.pk)
    held = frozenset(
        RoleGrant.objects.filter(user=user, valid_to__isnull=True).values_list("role", flat=True)
    )
    if role in held:
        raise Refused("roles.held", _("这个账号已经有这个角色了。"))
    rules.check_can_hold(role, others=held)
    grant = RoleGrant.objects.create(user=user, role=role, valid_from=local_day(at), granted_by=by)
    note("role.granted", grant, by=by, at=at, facts={"role": role.value})
    return grant


@transaction.atomic
def revoke_role(user: User, role: Role, *, by: User, at: datetime) -> RoleGrant:
    """Take a role away at once; the days before keep it. Refused: roles.own, roles.not-held."""
    rules.check_can_revoke(user, by=by)
    grant = (
        RoleGrant.objects.select_for_update()
        .filter(user=user, role=role, valid_to__isnull=True)
        .first()
    )
    if grant is None:
        raise Refused("roles.not-held", _("这个账号现在没有这个角色。"))
    grant.valid_to = local_day(at)
    grant.save(update_fields=["valid_to"])
    note("role.revoked", grant, by=by, at=at, facts={"role": role.value})
    return grant

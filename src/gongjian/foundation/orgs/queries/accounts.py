"""What can be asked of accounts and roles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Role, RoleGrant, User
from gongjian.foundation.orgs.queries.delegations import links_of, standing_in
from gongjian.foundation.orgs.queries.people import in_force
from gongjian.foundation.records.queries import prepared
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the list of accounts, ready to print."""

    uid: UUID
    username: str
    display_name: str
    title: str
    unit: str
    roles: tuple[str, ...]
    active: bool
    second_factor: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One role an account holds, and since when."""

    role: Role
    since: date


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One account with the roles it holds, ready to print."""

    row: AccountRow
    must_change_password: bool
    held: tuple[GrantRow, ...]


def with_roles(user: User, *, on: date) -> User:
    """The same account, with its unit, the roles it holds on a day and, once asked for, whose hand
    it was. One query."""
    return _given_roles(user, _standing(account=user.pk, on=on), on)


def account_standing(pk: int, *, on: date) -> User | None:
    """An open account as `with_roles` has it; None where there is none, or it was closed."""
    standing = _standing(account=pk, on=on)
    return _given_roles(standing[0], standing, on) if standing else None


def _given_roles(user: User, standing: Sequence[User], on: date) -> User:
    roles = (getattr(one, "role", None) for one in standing)
    user.roles, user.day = frozenset(role for role in roles if role), on
    user.read_links = partial(links_of, user.pk) if user.roles else None
    if standing:
        user.unit = standing[0].unit
    return user


@prepared
def _standing(*, account: int, on: date) -> QuerySet[User]:
    """An open account with its unit: once for each role it holds on a day, else once."""
    held = FilteredRelation("grants", condition=in_force(on, "grants__"))
    accounts = User.objects.filter(pk=account, is_active=True).select_related("unit")
    return accounts.annotate(held=held, role=F("held__role"))


def account(username: str, *, on: date) -> User:
    """The account of that name with its roles; Missing where there is none."""
    user = User.objects.select_related("unit").filter(username=username).first()
    if user is None:
        raise Missing("account.missing", _("没有账号 %(name)s。") % {"name": username})
    return with_roles(user, on=on)


def account_by_key(pk: int, *, delegation: UUID | None, on: date) -> User:
    """The account that left work behind, as it may act on the day: for itself, or for who
    delegated it. Missing: account.missing."""
    user = User.objects.select_related("unit").filter(pk=pk).first()
    if user is None:
        raise Missing("account.missing", _("没有这个账号，它可能已经停用。"))
    user = with_roles(user, on=on)
    if delegation is not None:
        standing_in(user, delegation, on=on)
    return user


def account_by_uid(uid: UUID) -> User:
    user = User.objects.select_related("unit").filter(uid=uid).first()
    if user is None:
        raise Missing("account.missing", _("没有这个账号，它可能已经停用。"))
    return user


def held_roles(user: User, *, on: date) -> frozenset[str]:
    """What the account may be on a day, open or closed: a closed one keeps its protection."""
    grants = RoleGrant.objects.in_force(on).filter(user_id=user.pk)
    return frozenset(grants.values_list("role", flat=True))


def session_running(key: str, *, at: datetime) -> Session | None:
    """The session of a browser, unless it has ended. One query."""
    return next(iter(_session(key=key, at=at)), None)


@prepared
def _session(*, key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


def anybody_registered() -> bool:
    """Whether the first run is over."""
    return User.objects.exists()


def account_rows(
    *, on: date, words: str = "", offset: int = 0, limit: int = 40
) -> list[AccountRow]:
    """Accounts in the order of their units, filtered by words. Two queries."""
    users = list(_accounts(words)[offset : offset + limit])
    roles: dict[int, list[str]] = {}
    for grant in RoleGrant.objects.in_force(on).filter(user__in=users).order_by("pk"):
        roles.setdefault(grant.user_id, []).append(grant.role)
    return [_account_row(user, roles.get(user.pk, ())) for user in users]


def account_card(uid: UUID, *, on: date) -> AccountCard:
    """One account with its roles. Missing where there is none. Two queries."""
    user = account_by_uid(uid)
    grants = list(RoleGrant.objects.in_force(on).filter(user=user).order_by("pk"))
    return AccountCard(
        row=_account_row(user, [grant.role for grant in grants]),
        must_change_password=user.must_change_password,
        held=tuple(GrantRow(Role(grant.role), grant.valid_from) for grant in grants),
    )


def _account_row(user: User, roles: Iterable[str]) -> AccountRow:
    return AccountRow(
        uid=user.uid,
        username=user.username,
        display_name=user.display_name,
        title=user.title,
        unit=user.unit.short_name if user.unit else "",
        roles=tuple(str(Role(role).label) for role in roles),
        active=user.is_active,
        second_factor=bool(user.second_factor),
    )


def count_accounts(words: str = "") -> int:
    return _accounts(words).count()


def _accounts(words: str) -> QuerySet[User]:
    # Without a unit last, which each database would decide for itself.
    by_unit = F("unit__order").asc(nulls_last=True)
    users = User.objects.select_related("unit").order_by(by_unit, "pk")
    if words:
        users = users.filter(
            Q(username__icontains=words)
            | Q(display_name__icontains=words)
            | Q(unit__short_name__icontains=words)
        )
    return users

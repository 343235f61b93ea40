"""The table of rights: who may do what, in one place.

A right is named once, with what each role holds of it: `ALL` of the county, or only what is its
`OWN` unit's. A role that is not named holds nothing. `bypass` are the roles that may pass it in
a single case, with a typed reason that is kept (usecases.open_past). The rules of each room ask
`allows` and say in their own sentence what stands in the way.

Later rooms name rights of theirs with `right(…)` in their own rules: foundation knows roles, and
no word of the work they are given for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.orgs.models import ADMINISTRATORS, Role, Unit, User


class Scope(IntEnum):
    """How far a right reaches."""

    NONE = 0
    OWN = 1
    ALL = 2


NONE, OWN, ALL = Scope.NONE, Scope.OWN, Scope.ALL


@dataclass(frozen=True, slots=True)
class Right:
    """Something one may do, and how far each role may do it."""

    code: str
    label: Promise | str
    held: Mapping[Role, Scope]
    bypass: frozenset[Role] = frozenset()


RIGHTS: dict[str, Right] = {}


def right(
    code: str,
    label: Promise | str,
    held: Mapping[Role, Scope],
    *,
    bypass: frozenset[Role] = frozenset(),
) -> Right:
    """Name a right, once in the house."""
    if code in RIGHTS:
        raise ValueError(f"the right {code} is named twice")
    RIGHTS[code] = Right(code, label, held, bypass)
    return RIGHTS[code]


def scope_of(of: Right, by: User) -> Scope:
    """How far somebody's roles of today reach: the farthest of them."""
    return max((of.held.get(Role(role), NONE) for role in by.roles), default=NONE)


def allows(of: Right, by: User, *, unit: Unit | None = None) -> bool:
    """Whether somebody holds a right, over a unit where one is meant.

    Without a unit the question is whether they hold it over anything at all.
    """
    scope = scope_of(of, by)
    if scope != OWN or unit is None:
        return scope != NONE
    return by.unit_id is not None and by.unit_id == unit.pk


def may_bypass(of: Right, by: User) -> bool:
    """Whether somebody's roles of today may pass this right with a reason."""
    return not of.bypass.isdisjoint(by.roles)


def _all(*roles: Role) -> dict[Role, Scope]:
    return dict.fromkeys(roles, ALL)


OFFICE = frozenset({Role.CAMPAIGN_OFFICE, Role.OFFICE_REVIEWER})
LEADERS = frozenset({Role.PRINCIPAL_LEADER, Role.COUNTY_LEADER})
UNITS = frozenset({Role.UNIT_REPORTER, Role.UNIT_APPROVER, Role.LEAD_UNIT, Role.TOWNSHIP})
BUSINESS = frozenset(Role) - ADMINISTRATORS

# What the house is entered for.
ENTER = right("house.enter", _("进门"), _all(*Role))
SEE_BUSINESS = right("business.see", _("看业务数据"), _all(*BUSINESS))
KEEP_OFFICE = right("office.keep", _("办攻坚办的事"), _all(Role.CAMPAIGN_OFFICE))
MOVE_CLOCK = right("clock.move", _("拨演示时钟"), _all(Role.CAMPAIGN_OFFICE))

# Accounts, roles and the log: the three administrators, each with a key of their own.
SEE_ACCOUNTS = right("accounts.see", _("看账号名单"), _all(*ADMINISTRATORS))
MANAGE_ACCOUNTS = right("accounts.manage", _("建账号、停账号"), _all(Role.SYS_ADMIN))
RESET_PASSWORDS = right("passwords.reset", _("重置密码"), _all(Role.SYS_ADMIN))
RESET_SYS_ADMIN = right(
    "passwords.reset-sys-admin", _("重置系统管理员的密码"), _all(Role.AUDIT_ADMIN)
)
GRANT_ROLES = right("roles.grant", _("授予、撤销角色"), _all(Role.SEC_ADMIN))
UNBIND = right("second-factor.unbind", _("解绑动态口令"), _all(Role.SEC_ADMIN))
UNBIND_SEC_ADMIN = right(
    "second-factor.unbind-sec-admin", _("解绑安全管理员的动态口令"), _all(Role.AUDIT_ADMIN)
)
READ_LOG = right("log.read", _("看日志"), _all(Role.AUDIT_ADMIN))

# Units, people and posts are no business data: who has a role may look somebody up.
SEE_ORGS = right("orgs.see", _("看单位、岗位和人"), _all(*Role))
KEEP_UNITS = right("units.keep", _("登记、更名、撤并单位"), _all(Role.SYS_ADMIN))
KEEP_PEOPLE = right(
    "people.keep",
    _("登记人员、任免岗位"),
    {**_all(Role.SYS_ADMIN, Role.CAMPAIGN_OFFICE), Role.UNIT_APPROVER: OWN},
)
SEE_PHONES = right("phones.see", _("看手机全号"), dict.fromkeys(Role, OWN))
DELEGATE = right("acts.delegate", _("委托代办"), dict.fromkeys(BUSINESS, OWN))
READ_BYPASSES = right(
    "bypasses.read",
    _("看例外查看的记录"),
    {**dict.fromkeys(BUSINESS, OWN), Role.AUDIT_ADMIN: ALL, Role.CAMPAIGN_OFFICE: ALL},
)

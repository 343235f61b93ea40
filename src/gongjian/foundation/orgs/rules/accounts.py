"""Who may do what to accounts and roles."""

import re

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import ADMINISTRATORS, Role, User
from gongjian.foundation.orgs.rules.rights import (
    ENTER,
    GRANT_ROLES,
    KEEP_OFFICE,
    MANAGE_ACCOUNTS,
    MOVE_CLOCK,
    READ_LOG,
    RESET_PASSWORDS,
    RESET_SYS_ADMIN,
    SEE_ACCOUNTS,
    SEE_BUSINESS,
    UNBIND,
    UNBIND_SEC_ADMIN,
    allows,
)
from gongjian.lib.refusals import Refused

PASSWORD_LENGTH = 12


def check_account_is_open(by: User) -> None:
    """Whoever has an open account keeps its password and its second factor."""
    if not by.is_active:
        raise Refused("account.closed", _("这个账号已停用。请联系系统管理员。"))


def check_can_enter(by: User) -> None:
    """An account without a role has nothing to do here yet."""
    if not allows(ENTER, by):
        raise Refused(
            "entry.no-role",
            _("你的账号还没有角色，现在看不到任何内容。请联系安全管理员授予角色。"),
        )


def check_can_see_business(by: User) -> None:
    """Everybody who works on the plan may read it; the three administrators may not."""
    if not allows(SEE_BUSINESS, by):
        raise Refused(
            "business.not-for-administrators",
            _("系统、安全、审计管理员看不到业务数据。需要查看时，请用业务账号登录。"),
        )


def check_is_office(by: User) -> None:
    """The campaign office keeps the plan, the periods and the bulletins."""
    if not allows(KEEP_OFFICE, by):
        raise Refused("office.only", _("这件事由攻坚办办理。你的账号不是攻坚办账号。"))


def check_can_manage_accounts(by: User) -> None:
    """The system administrator makes and closes accounts."""
    if not allows(MANAGE_ACCOUNTS, by):
        raise Refused("accounts.sys-admin-only", _("账号由系统管理员维护。请联系系统管理员。"))


def check_can_grant_roles(by: User) -> None:
    """The security administrator gives and takes roles."""
    if not allows(GRANT_ROLES, by):
        raise Refused("roles.sec-admin-only", _("角色由安全管理员授予。请联系安全管理员。"))


def check_can_close(user: User, *, by: User) -> None:
    """Nobody closes the account they sit in."""
    check_can_manage_accounts(by)
    if user.pk == by.pk:
        raise Refused("account.own", _("不能停用自己的账号。"))


def check_can_revoke(user: User, *, by: User) -> None:
    """Nobody takes their own roles: with the last key gone, nobody could give any."""
    check_can_grant_roles(by)
    if user.pk == by.pk:
        raise Refused("roles.own", _("不能撤销自己的角色。请另一位安全管理员办理。"))


def check_can_reset_password(held: frozenset[str], *, by: User) -> None:
    """The system administrator resets passwords, the audit administrator a system administrator's.

    `held` are the roles of the account. Whoever may do this may never unbind a second factor of
    the same account, nor give roles: to enter an account of somebody else takes two persons.
    """
    if Role.SYS_ADMIN in held:
        if not allows(RESET_SYS_ADMIN, by):
            raise Refused(
                "password.audit-admin-resets",
                _("系统管理员的密码由审计管理员重置，不能由自己这一类管理员重置。"),
            )
    elif not allows(RESET_PASSWORDS, by):
        raise Refused("password.sys-admin-resets", _("密码由系统管理员重置。请联系系统管理员。"))


def check_can_unbind(held: frozenset[str], *, by: User) -> None:
    """The security administrator unbinds, the audit administrator for a security administrator.

    `held` are the roles of the account; see check_can_reset_password.
    """
    if Role.SEC_ADMIN in held:
        if not allows(UNBIND_SEC_ADMIN, by):
            raise Refused(
                "second-factor.audit-admin-unbinds",
                _("安全管理员的动态口令由审计管理员解绑，不能由自己这一类管理员解绑。"),
            )
    elif not allows(UNBIND, by):
        raise Refused(
            "second-factor.sec-admin-unbinds",
            _("动态口令由安全管理员解绑。请联系安全管理员。"),
        )


def check_can_see_accounts(by: User) -> None:
    """The three administrators see the list of accounts: each has an act of their own there."""
    if not allows(SEE_ACCOUNTS, by):
        raise Refused("accounts.administrators-only", _("账号名单只给系统、安全、审计管理员看。"))


def check_can_read_log(by: User) -> None:
    """The audit administrator reads the log, and nobody else."""
    if not allows(READ_LOG, by):
        raise Refused("log.audit-admin-only", _("日志只给审计管理员看。"))


def check_can_move_clock(by: User) -> None:
    """The campaign office moves the clock of a demo."""
    if not allows(MOVE_CLOCK, by):
        raise Refused("clock.office-only", _("演示时钟由攻坚办拨动。请用攻坚办账号登录。"))


def role_named(name: str) -> Role:
    """The role a form named. Refused: roles.unknown."""
    if name not in Role.values:
        raise Refused("roles.unknown", _("没有选角色，或没有这个角色。"))
    return Role(name)


def check_can_hold(role: Role, *, others: frozenset[str]) -> None:
    """An administrator's role excludes every other role."""
    if others and (role in ADMINISTRATORS or not ADMINISTRATORS.isdisjoint(others)):
        raise Refused(
            "roles.administrator-alone",
            _("系统、安全、审计管理员互相排斥，也不能兼任业务角色。请另建一个账号。"),
        )


def check_password_is_strong(password: str, *, username: str) -> None:
    """Twelve characters, three of the four classes, not the user name (handbook 15)."""
    classes = sum(
        bool(re.search(kind, password)) for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")
    )
    if len(password) < PASSWORD_LENGTH:
        raise Refused(
            "password.short",
            _("密码至少 %(length)s 位，现在是 %(have)s 位。")
            % {"length": PASSWORD_LENGTH, "have": len(password)},
        )
    if classes < 3:
        raise Refused("password.plain", _("密码要有大写、小写、数字、符号中的三种。"))
    if username.lower() in password.lower():
        raise Refused("password.has-name", _("密码里不能有账号名。"))

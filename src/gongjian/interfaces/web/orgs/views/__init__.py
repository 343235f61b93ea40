"""The views of the door, of one's own account, of the first run and of the list of accounts."""

from gongjian.interfaces.web.orgs.views.accounts import (
    account,
    account_close,
    account_create,
    account_password,
    account_reopen,
    account_unbind,
    accounts,
    role_grant,
    role_revoke,
)
from gongjian.interfaces.web.orgs.views.entry import locked_out, login, logout
from gongjian.interfaces.web.orgs.views.first_run import first_run
from gongjian.interfaces.web.orgs.views.own import password, second_factor
from gongjian.interfaces.web.orgs.views.units import units

__all__ = [
    "account",
    "account_close",
    "account_create",
    "account_password",
    "account_reopen",
    "account_unbind",
    "accounts",
    "first_run",
    "locked_out",
    "login",
    "logout",
    "password",
    "role_grant",
    "role_revoke",
    "second_factor",
    "units",
]

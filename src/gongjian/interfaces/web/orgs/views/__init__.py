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
from gongjian.interfaces.web.orgs.views.delegations import (
    bypasses,
    delegation_begin,
    delegation_end,
    delegation_give,
    delegation_leave,
    own_page,
)
from gongjian.interfaces.web.orgs.views.entry import locked_out, login, logout
from gongjian.interfaces.web.orgs.views.first_run import first_run
from gongjian.interfaces.web.orgs.views.imports import (
    people_import,
    people_import_confirm,
    people_template_file,
    units_import,
    units_import_confirm,
    units_template,
)
from gongjian.interfaces.web.orgs.views.own import password, second_factor
from gongjian.interfaces.web.orgs.views.people import (
    people,
    person,
    person_create,
    person_edit,
    person_phone,
)
from gongjian.interfaces.web.orgs.views.picking import pick
from gongjian.interfaces.web.orgs.views.posts import (
    post,
    post_create,
    post_end,
    post_hand_over,
    post_leave,
)
from gongjian.interfaces.web.orgs.views.regions import region
from gongjian.interfaces.web.orgs.views.unit_changes import (
    unit_end,
    unit_move,
    unit_order,
    unit_rename,
)
from gongjian.interfaces.web.orgs.views.units import unit, units

__all__ = [
    "account",
    "account_close",
    "account_create",
    "account_password",
    "account_reopen",
    "account_unbind",
    "accounts",
    "bypasses",
    "delegation_begin",
    "delegation_end",
    "delegation_give",
    "delegation_leave",
    "first_run",
    "locked_out",
    "login",
    "logout",
    "own_page",
    "password",
    "people",
    "people_import",
    "people_import_confirm",
    "people_template_file",
    "person",
    "person_create",
    "person_edit",
    "person_phone",
    "pick",
    "post",
    "post_create",
    "post_end",
    "post_hand_over",
    "post_leave",
    "region",
    "role_grant",
    "role_revoke",
    "second_factor",
    "unit",
    "unit_end",
    "unit_move",
    "unit_order",
    "unit_rename",
    "units",
    "units_import",
    "units_import_confirm",
    "units_template",
]

"""What can be asked of units, accounts and roles."""

from gongjian.foundation.orgs.queries.accounts import (
    AccountCard,
    AccountRow,
    GrantRow,
    account,
    account_by_uid,
    account_card,
    account_rows,
    anybody_registered,
    count_accounts,
    held_roles,
    with_roles,
)
from gongjian.foundation.orgs.queries.things import org_sources
from gongjian.foundation.orgs.queries.unit_table import read_unit_table
from gongjian.foundation.orgs.queries.units import (
    UnitRow,
    count_units,
    unit_by_code,
    unit_by_uid,
    unit_named,
    unit_rows,
    units,
)

__all__ = [
    "AccountCard",
    "AccountRow",
    "GrantRow",
    "UnitRow",
    "account",
    "account_by_uid",
    "account_card",
    "account_rows",
    "anybody_registered",
    "count_accounts",
    "count_units",
    "held_roles",
    "org_sources",
    "read_unit_table",
    "unit_by_code",
    "unit_by_uid",
    "unit_named",
    "unit_rows",
    "units",
    "with_roles",
]

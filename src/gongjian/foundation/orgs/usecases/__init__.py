"""What is done with units, accounts and roles."""

from gongjian.foundation.orgs.usecases.accounts import (
    close_account,
    create_account,
    log_in,
    reopen_account,
    reset_password,
    set_password,
)
from gongjian.foundation.orgs.usecases.delegations import (
    begin_standing_in,
    give_delegation,
    open_past,
    take_back_delegation,
)
from gongjian.foundation.orgs.usecases.first_run import AdministratorForm, first_run
from gongjian.foundation.orgs.usecases.imports import (
    PEOPLE_LIST,
    UNIT_LIST,
    import_people,
    import_people_rows,
    import_unit_rows,
    import_units,
    people_fates,
    unit_fates,
)
from gongjian.foundation.orgs.usecases.people import (
    edit_person,
    end_post,
    hand_over_post,
    leave_post,
    open_post,
    register_person,
    show_phone,
)
from gongjian.foundation.orgs.usecases.roles import grant_role, revoke_role
from gongjian.foundation.orgs.usecases.second_factor import (
    confirm_second_factor,
    pass_second_factor,
    remove_second_factor,
)
from gongjian.foundation.orgs.usecases.unit_changes import (
    end_unit,
    merge_unit,
    move_unit,
    rename_unit,
    reorder_unit,
)
from gongjian.foundation.orgs.usecases.units import register_regions, register_units

__all__ = [
    "PEOPLE_LIST",
    "UNIT_LIST",
    "AdministratorForm",
    "begin_standing_in",
    "close_account",
    "confirm_second_factor",
    "create_account",
    "edit_person",
    "end_post",
    "end_unit",
    "first_run",
    "give_delegation",
    "grant_role",
    "hand_over_post",
    "import_people",
    "import_people_rows",
    "import_unit_rows",
    "import_units",
    "leave_post",
    "log_in",
    "merge_unit",
    "move_unit",
    "open_past",
    "open_post",
    "pass_second_factor",
    "people_fates",
    "register_person",
    "register_regions",
    "register_units",
    "remove_second_factor",
    "rename_unit",
    "reopen_account",
    "reorder_unit",
    "reset_password",
    "revoke_role",
    "set_password",
    "show_phone",
    "take_back_delegation",
    "unit_fates",
]

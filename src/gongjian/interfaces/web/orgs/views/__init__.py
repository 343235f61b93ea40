"""The views of the door, of one's own account, of the first run and of the list of accounts."""

from gongjian.interfaces.web.orgs.views.entry import locked_out, login, logout
from gongjian.interfaces.web.orgs.views.first_run import first_run
from gongjian.interfaces.web.orgs.views.own import password, second_factor

__all__ = ["first_run", "locked_out", "login", "logout", "password", "second_factor"]

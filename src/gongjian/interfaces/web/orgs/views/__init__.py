"""The views of the door, of one's own account, of the first run and of the list of accounts."""

from gongjian.interfaces.web.orgs.views.entry import locked_out, login, logout

__all__ = ["locked_out", "login", "logout"]

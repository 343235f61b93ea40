"""Who may read and write bulletins."""

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office


def check_can_read_bulletins(by: User) -> None:
    """Everybody who works on the plan reads what was written about it."""
    check_can_see_business(by)


def check_can_write_bulletin(by: User) -> None:
    """The office writes bulletins."""
    check_is_office(by)

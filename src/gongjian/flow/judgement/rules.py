"""Who may read and ask for judgements."""

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office


def check_can_see_board(by: User) -> None:
    """Everybody who works on the plan sees its lights, with the rule and the numbers."""
    check_can_see_business(by)


def check_can_publish_pack(by: User) -> None:
    """The office publishes rules for lights, before they are used."""
    check_is_office(by)

"""Who may say who answers for what."""

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office
from gongjian.lib.refusals import Refused


def check_can_read_duties(by: User) -> None:
    """Everybody who works on the plan sees who answers for what."""
    check_can_see_business(by)


def check_can_assign(by: User) -> None:
    """The office assigns, on the words of the plan."""
    check_is_office(by)


def check_can_confirm_duty(duty: Duty, *, by: User) -> None:
    """A proposed duty counts once a person has confirmed it, and only once."""
    check_can_assign(by)
    if duty.confirmed_at is not None:
        raise Refused("duty.confirmed", _("这条责任已经确认过了。"))

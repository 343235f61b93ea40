"""Who may keep task forces, and what a task force must have."""

from django.utils.translation import gettext as _

from gongjian.flow.duties.rules.assigning import LONGEST_BASIS, check_short
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused

LONGEST_NAME = 60


def check_can_keep_force(by: User) -> None:
    """The office sets task forces up and changes them."""
    check_is_office(by)


def check_force_is_whole(name: str, basis: str, *, heads: int, units: int) -> None:
    """A task force has a name, one head, and at least one unit.

    Refused: force.no-name, duty.too-long, force.one-head, force.no-units.
    """
    if not name.strip():
        raise Refused("force.no-name", _("请写专班名称。"))
    check_short(name, _("专班名称"), limit=LONGEST_NAME)
    check_short(basis, _("依据"), limit=LONGEST_BASIS)
    if heads != 1:
        raise Refused("force.one-head", _("专班要有一位组长，也只有一位。请选组长的岗位。"))
    if not units:
        raise Refused("force.no-units", _("专班至少要有一个成员单位。"))

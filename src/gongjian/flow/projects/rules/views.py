"""What a view of the register may be called, and who may give it to others."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import SavedView
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import OFFICE, check_can_see_business
from gongjian.lib.refusals import Refused

LONGEST_VIEW = 20
LONGEST_QUERY = 1000
Share = SavedView.Share


def check_can_keep_view(by: User) -> None:
    """Whoever works on the plan keeps views of their own."""
    check_can_see_business(by)


def check_view(name: str, query: str, *, taken: Collection[str]) -> None:
    """A view has a short name of its own. Refused: view.no-name, view.too-long, view.known."""
    if not name:
        raise Refused("view.no-name", _("请给视图起个名字，例如“我的红黄灯”。"))
    if len(name) > LONGEST_VIEW or len(query) > LONGEST_QUERY:
        raise Refused(
            "view.too-long",
            _("视图名称最多 %(limit)s 个字，条件也不能太长。请改短。") % {"limit": LONGEST_VIEW},
        )
    if name in taken:
        raise Refused(
            "view.known", _("你已经有一个视图叫“%(name)s”。请换个名字。") % {"name": name}
        )


def check_can_share_view(share: str, unit: Unit | None, *, by: User) -> None:
    """One's own needs nothing; a unit or everyone is given views by the office.

    Refused: view.share, view.office-shares, view.no-unit.
    """
    if share not in Share.values:
        raise Refused("view.share", _("请选这个视图给谁看。"))
    if share != Share.OWN and OFFICE.isdisjoint(by.roles):
        raise Refused(
            "view.office-shares", _("给单位或所有人看的视图由攻坚办存；自己的视图可以直接存。")
        )
    if share == Share.UNIT and unit is None:
        raise Refused("view.no-unit", _("请选给哪个单位看。"))

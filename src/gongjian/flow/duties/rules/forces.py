"""Who may keep task forces, and what a task force must have."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjian.flow.duties.rules.assigning import LONGEST_BASIS, check_short
from gongjian.foundation.orgs.models import Post, User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused

LONGEST_NAME = 60


def check_can_keep_force(by: User) -> None:
    """The office sets task forces up and changes them."""
    check_is_office(by)


def check_force_is_whole(
    name: str, basis: str, *, heads: Sequence[Post], deputies: Sequence[Post], units: int
) -> None:
    """A task force has a name, one head who is no deputy, and at least one unit.

    Refused: force.no-name, duty.too-long, force.one-head, force.head-twice, force.no-units.
    """
    if not name.strip():
        raise Refused("force.no-name", _("请写专班名称。"))
    check_short(name, _("专班名称"), limit=LONGEST_NAME)
    check_short(basis, _("依据"), limit=LONGEST_BASIS)
    if not heads:
        raise Refused("force.one-head", _("还没有选组长。专班要有一位组长，也只有一位。"))
    if len(heads) > 1:
        raise Refused(
            "force.one-head",
            _("组长只能有一位，现在选了 %(count)s 位：%(who)s。请留一位，其余的列为副组长。")
            % {"count": len(heads), "who": _("、").join(str(post) for post in heads)},
        )
    if heads[0].pk in {post.pk for post in deputies}:
        raise Refused(
            "force.head-twice",
            _("“%(who)s”已经是组长，不能又是副组长。请在副组长里去掉。") % {"who": heads[0]},
        )
    if not units:
        raise Refused("force.no-units", _("专班至少要有一个成员单位。"))

"""Which posts may lead or sponsor, and who may see how much a leader carries."""

from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.rules.assigning import LONGEST_BASIS, check_can_reassign, check_short
from gongjian.foundation.orgs.models import Person, Post, User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused

LEADING = frozenset({Post.Kind.PRINCIPAL, Post.Kind.LEADER})


def check_can_name_leader(post: Post, *, basis: str, by: User, on: date) -> None:
    """The office names a leader's post that exists on the day."""
    check_is_office(by)
    check_short(basis, _("依据"), limit=LONGEST_BASIS)
    if post.kind not in LEADING:
        raise Refused(
            "leader.post-kind",
            _("“%(post)s”不是领导岗位。牵头领导、包靠领导要选班子成员的岗位。")
            % {"post": post.name},
        )
    if post.valid_to is not None and post.valid_to <= on:
        raise Refused(
            "leader.post-ended", _("“%(post)s”这个岗位已经撤销，请另选。") % {"post": post.name}
        )


def check_can_name_lead_leader(
    post: Post, making: DutyList | None, *, issued: bool, basis: str, by: User, on: date
) -> None:
    """The list prints who leads: naming that obeys its state and wants a basis as units do."""
    check_can_name_leader(post, basis=basis, by=by, on=on)
    check_can_reassign(making, issued=issued, basis=basis, by=by)


def check_can_see_loads(by: User) -> None:
    """How much each leader carries is for the office; leaders see their own."""
    check_is_office(by)


def check_can_see_load(person: Person | None, *, by: User) -> None:
    """A leader's sheet is for that leader and the office: it ranks nobody."""
    if person is not None and person.account_id == by.whose_hand.pk:
        return
    try:
        check_is_office(by)
    except Refused as no:
        raise Refused("load.own-or-office", _("这一页只有这位领导本人和攻坚办能看。")) from no

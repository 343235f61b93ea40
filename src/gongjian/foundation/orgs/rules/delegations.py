"""Who may do whose acts, and who may pass a right in a single case."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import ADMINISTRATORS, Delegation, Unit, User
from gongjian.foundation.orgs.rules.rights import (
    ALL,
    DELEGATE,
    READ_BYPASSES,
    Right,
    allows,
    may_bypass,
    scope_of,
)
from gongjian.foundation.orgs.rules.words import check_words
from gongjian.lib.refusals import Refused

LONGEST = timedelta(days=92)
SHORTEST_REASON = 6


def check_acts_in_person(by: User) -> None:
    """What nobody may do for another: later rooms ask this where a hand must be one's own."""
    if by.acting_for is not None:
        raise Refused(
            "delegation.in-person",
            _("这件事要本人办，代%(giver)s时不能办。请先回到自己的身份。")
            % {"giver": by.acting_for.display_name},
        )


def check_can_delegate(by: User) -> None:
    """Whoever does business may let somebody of the own unit do it for a while."""
    check_acts_in_person(by)
    if not allows(DELEGATE, by):
        raise Refused(
            "delegation.no-business",
            _("系统、安全、审计管理员的事不能委托；没有业务角色的账号没有可委托的。"),
        )


def check_can_give(
    by: User,
    receiver: User,
    *,
    held: Collection[str],
    since: date,
    until: date,
    reason: str,
    running: Sequence[Delegation],
    today: date,
) -> None:
    """To another person of the own unit, for three months at most, and never in a circle.

    `held` are the receiver's roles; `running` are all delegations on these days; `until` is the
    first day on which it runs no longer.
    """
    check_can_delegate(by)
    check_words(_("事由"), reason, longest=120)
    if receiver.pk == by.pk:
        raise Refused("delegation.self", _("不能委托给自己。"))
    if by.unit_id is None or receiver.unit_id != by.unit_id or not receiver.is_active:
        raise Refused("delegation.other-unit", _("只能委托给本单位可用的账号。"))
    if not ADMINISTRATORS.isdisjoint(held):
        raise Refused("delegation.administrator", _("管理员账号不办业务，不能委托给它。"))
    if since < today:
        raise Refused("delegation.backdated", _("委托从今天或以后起，不能倒签。"))
    if until <= since:
        raise Refused("delegation.backwards", _("截止日期不能早于起始日期。"))
    if until - since > LONGEST:
        raise Refused("delegation.long", _("一次最多委托三个月。更久的，请由安全管理员调整角色。"))
    _check_is_no_circle(by, receiver, running)


def _check_is_no_circle(by: User, receiver: User, running: Sequence[Delegation]) -> None:
    """Following who gave to whom on these days never leads back to the giver."""
    ahead, seen = {receiver.pk}, {receiver.pk}
    if any(one.giver_id == by.pk and one.receiver_id == receiver.pk for one in running):
        raise Refused(
            "delegation.twice", _("这几天已经委托给%(who)s了。") % {"who": receiver.display_name}
        )
    while ahead:
        ahead = {one.receiver_id for one in running if one.giver_id in ahead} - seen
        seen |= ahead
    if by.pk in seen:
        raise Refused(
            "delegation.circle",
            _("%(who)s这几天也委托给了你，互相委托等于没有委托。换一个人，或换几天。")
            % {"who": receiver.display_name},
        )


def check_can_take_back(delegation: Delegation, *, by: User, today: date) -> None:
    """The giver ends it, before its end."""
    check_acts_in_person(by)
    if delegation.giver_id != by.pk:
        raise Refused("delegation.not-yours", _("委托由委托人收回。"))
    if delegation.valid_to is not None and delegation.valid_to <= today:
        raise Refused("delegation.over", _("这项委托已经结束。"))


def are_one_hand(by: User, other: int | None, *, on: date | None) -> bool:
    """Whether an earlier step was done by the same hand: the same account, the one it acts for
    now, or one it was tied to by a delegation on the day of that step.

    So that what is filled, checked and accepted passes through three people whatever was
    delegated to whom.
    """
    if other is None:
        return False
    if other == by.pk or (by.acting_for is not None and other == by.acting_for.pk):
        return True
    return on is not None and any(
        link.other == other and link.since <= on and (link.until is None or on <= link.until)
        for link in by.links
    )


def check_can_open_past(of: Right, *, by: User, reason: str | None = None) -> None:
    """Pass a right in one case, in person, for a reason that others will read.

    Without a reason the question is whether somebody may do so at all.
    """
    check_acts_in_person(by)
    if not may_bypass(of, by):
        raise Refused("bypass.not-you", _("这一类内容你没有例外查看的权限。"))
    if reason is None:
        return
    check_words(_("理由"), reason, longest=200)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(
            "bypass.no-reason", _("理由写具体些，至少六个字：审计管理员和该单位都会看到。")
        )


def check_can_read_bypasses(by: User, *, unit: Unit | None = None) -> None:
    """The audit administrator and the office read all cases, a unit those that concern it."""
    if not allows(READ_BYPASSES, by, unit=unit):
        raise Refused("bypasses.not-yours", _("例外查看的记录只给审计管理员和有关单位看。"))


def sees_all_bypasses(by: User) -> bool:
    """Whether somebody reads the cases of every unit."""
    return scope_of(READ_BYPASSES, by) == ALL

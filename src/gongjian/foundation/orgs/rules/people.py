"""Who may keep people and posts, and what holds of them."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit, User
from gongjian.foundation.orgs.rules.rights import (
    ALL,
    KEEP_OFFICE,
    KEEP_PEOPLE,
    SEE_ORGS,
    SEE_PHONES,
    allows,
    scope_of,
)
from gongjian.foundation.orgs.rules.words import check_day, check_words
from gongjian.lib.refusals import Refused

MOBILE = re.compile(r"1[0-9]{10}")
OFFICE_PHONE = re.compile(r"[0-9()（） -]{3,30}")


def check_can_see_orgs(by: User) -> None:
    """Units, posts and people are looked up by everybody who has a role."""
    if not allows(SEE_ORGS, by):
        raise Refused("orgs.no-role", _("你的账号还没有角色，看不到单位和人员。请联系安全管理员。"))


def check_can_keep_people(by: User, *, unit: Unit | None = None) -> None:
    """The system administrator and the office keep all, the head of a unit those of its own."""
    if not allows(KEEP_PEOPLE, by, unit=unit):
        raise Refused(
            "people.not-yours",
            _("人员和岗位由系统管理员、攻坚办或本单位审核人登记。请找他们办理。"),
        )


def check_person(*, name: str, mobile: str, office_phone: str) -> None:
    """A name one can read and numbers one can call; both numbers may be empty."""
    check_words(_("姓名"), name, longest=40)
    if mobile and not MOBILE.fullmatch(mobile):
        raise Refused("person.mobile", _("手机号要写成 11 位数字，如 13800000000；没有就空着。"))
    if office_phone and not OFFICE_PHONE.fullmatch(office_phone):
        raise Refused("person.office-phone", _("办公电话只写数字和横线，如 0536-0000000。"))


def check_can_tie(account: User, *, person: Person | None) -> None:
    """An account is one person's. `person` is who it is tied to now."""
    if person is not None:
        words = {"account": account.username, "person": person.name}
        raise Refused(
            "person.account-taken", _("账号 %(account)s 已经是%(person)s的，不能再关联。") % words
        )


def check_post(*, name: str, unit: Unit, from_day: date, today: date) -> None:
    """A post of a unit that is there on that day."""
    check_words(_("岗位名称"), name, longest=60)
    check_day(_("设立日期"), from_day, today=today)
    if from_day < unit.valid_from or (unit.valid_to is not None and from_day >= unit.valid_to):
        raise Refused(
            "post.unit-not-there",
            _("%(day)s 那天还没有%(unit)s，或它已经撤并，不能设岗位。")
            % {"day": from_day, "unit": unit},
        )


def check_can_take_post(
    post: Post, *, from_day: date, others: Sequence[PostHolding], basis: str, today: date
) -> None:
    """A post has one holder a day. `others` are the holdings that stay, with their persons."""
    check_words(_("任免依据"), basis, longest=120, needed=False)
    check_day(_("任职日期"), from_day, today=today)
    if from_day < post.valid_from:
        raise Refused(
            "post.not-yet",
            _("这个岗位 %(day)s 才设立，任职日期不能更早。") % {"day": post.valid_from},
        )
    if post.valid_to is not None:
        raise Refused("post.ended", _("这个岗位到 %(day)s 已撤销。") % {"day": post.valid_to})
    for other in others:
        if other.valid_to is None or other.valid_to > from_day:
            raise Refused(
                "post.held",
                _("%(person)s从 %(day)s 起在这个岗位上。要换人请办交接，或先免去。")
                % {"person": other.person.name, "day": other.valid_from},
            )


def check_can_hand_over(now: PostHolding, *, to: Person, from_day: date, acting: bool) -> None:
    """The next begins after the present one did, and is somebody else or no longer acting."""
    if from_day <= now.valid_from:
        raise Refused(
            "post.handover-early",
            _("%(person)s %(day)s 才任职，交接日期要在这以后。")
            % {"person": now.person.name, "day": now.valid_from},
        )
    if now.person_id == to.pk and now.acting == acting:
        raise Refused("post.same-holder", _("%(person)s现在就在这个岗位上。") % {"person": to.name})


def check_can_leave_post(holding: PostHolding, *, on: date, basis: str, today: date) -> None:
    """A holding ends once, not before it began."""
    check_words(_("任免依据"), basis, longest=120, needed=False)
    check_day(_("免职日期"), on, today=today)
    if holding.valid_to is not None:
        raise Refused("holding.ended", _("这项任职到 %(day)s 已结束。") % {"day": holding.valid_to})
    if on <= holding.valid_from:
        raise Refused(
            "holding.ends-early",
            _("任职从 %(day)s 起，免职日期要在这以后。") % {"day": holding.valid_from},
        )


def check_can_end_post(
    post: Post, *, on: date, holders: Sequence[PostHolding], today: date
) -> None:
    """A post ends when nobody holds it any more on that day."""
    check_day(_("撤销日期"), on, today=today)
    if post.valid_to is not None:
        raise Refused("post.ended", _("这个岗位到 %(day)s 已撤销。") % {"day": post.valid_to})
    if on <= post.valid_from:
        raise Refused(
            "post.ends-early", _("岗位 %(day)s 才设立，撤销要在这以后。") % {"day": post.valid_from}
        )
    for holding in holders:
        if holding.valid_to is None or holding.valid_to > on:
            raise Refused(
                "post.still-held",
                _("%(person)s还在这个岗位上，先免去再撤销岗位。") % {"person": holding.person.name},
            )


def check_can_see_phone(
    person: Person, *, by: User, units: Sequence[Unit] = (), shares: bool = False
) -> None:
    """Whole numbers are shown to people of the same unit, duty or task force, and to oneself.

    `units` are those in which the person holds posts today. `shares` is what a later room found:
    that the two have a duty or a task force in common.
    """
    own = person.account_id is not None and person.account_id == by.pk
    if shares or own or any(allows(SEE_PHONES, by, unit=unit) for unit in units):
        return
    if allows(KEEP_OFFICE, by):
        raise Refused(
            "phone.not-yours",
            _("手机全号只给同单位、同责任、同专班的人看。请打办公电话，或请对方单位转告。"),
        )
    raise Refused(
        "phone.not-yours",
        _("手机全号只给同单位、同责任、同专班的人看。请打办公电话，或由攻坚办转告。"),
    )


def check_can_keep_person(by: User, *, units: Sequence[Unit]) -> None:
    """Somebody's data is kept by who keeps a unit they belong to, or all."""
    if not units:
        check_can_keep_people(by)
    for unit in units:
        if allows(KEEP_PEOPLE, by, unit=unit):
            return
    if units:
        check_can_keep_people(by, unit=units[0])


def kept_unit(by: User) -> Unit | None:
    """The one unit whose people somebody keeps; None where they keep all."""
    if scope_of(KEEP_PEOPLE, by) == ALL:
        return None
    if by.unit is None:
        raise Refused("people.no-unit", _("你的账号不属任何单位，没有可以登记的人员。"))
    return by.unit

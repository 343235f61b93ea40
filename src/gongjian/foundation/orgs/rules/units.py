"""What may become of a unit: renamed, moved, merged, ended; each from a day, on a paper."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules.rights import KEEP_UNITS, SEE_PHONES, allows
from gongjian.foundation.orgs.rules.words import check_day, check_words
from gongjian.lib.refusals import Refused


def check_can_register_units(by: User) -> None:
    """The system administrator registers the units accounts belong to."""
    if not allows(KEEP_UNITS, by):
        raise Refused("units.sys-admin-only", _("单位由系统管理员登记。请联系系统管理员。"))


def check_is_there(unit: Unit) -> None:
    """What has ended is history and is not changed."""
    if unit.valid_to is not None:
        raise Refused(
            "unit.ended", _("%(unit)s到 %(day)s 已撤并，不能再改。") % _words(unit, unit.valid_to)
        )


def check_can_rename(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    from_day: date,
    since: date,
    others: Collection[Unit],
    today: date,
) -> None:
    """A new name, nobody else's, from a day after the present name began. `since` is that day."""
    check_is_there(unit)
    check_words(_("名称"), name, longest=60)
    check_words(_("简称"), short_name, longest=30)
    check_day(_("更名日期"), from_day, today=today)
    if (name, short_name) == (unit.name, unit.short_name):
        raise Refused("unit.same-name", _("新名称和现在的一样，没有可改的。"))
    if from_day > today:
        raise Refused("unit.rename-ahead", _("更名到当天再办：现在改了，今天的文件就会用新名称。"))
    if from_day <= since:
        raise Refused(
            "unit.rename-early",
            _("现在的名称从 %(day)s 起用，更名日期要在这以后。") % {"day": since},
        )
    check_names_are_free([name, short_name], others=others)


def check_names_are_free(names: Sequence[str], *, others: Collection[Unit]) -> None:
    """No two units that are there go by one name."""
    for other in others:
        for name in names:
            if name in (other.name, other.short_name, *other.aliases):
                raise Refused(
                    "unit.name-taken",
                    _("“%(name)s”已经是%(unit)s的名称、简称或别名。")
                    % {"name": name, "unit": other.name},
                )


def check_can_stand_under(unit: Unit, parent: Unit, *, below: Collection[int]) -> None:
    """No unit stands under itself. `below` are the keys of the unit and of all under it."""
    check_is_there(unit)
    if parent.pk in below:
        raise Refused(
            "unit.cycle",
            _("%(parent)s就是%(unit)s或它的下级，不能作上级。") % {"parent": parent, "unit": unit},
        )
    if parent.valid_to is not None:
        raise Refused(
            "unit.parent-ended",
            _("%(unit)s到 %(day)s 已撤并，不能作上级。") % _words(parent, parent.valid_to),
        )


def check_can_end(
    unit: Unit,
    *,
    on: date,
    basis: str,
    below: Sequence[Unit],
    posts: int,
    today: date,
) -> None:
    """A unit ends when nothing stands under it and nobody sits in it any more.

    `below` are the units under it, `posts` its posts that are not ended by that day.
    """
    check_is_there(unit)
    check_words(_("撤并依据"), basis, longest=120)
    check_day(_("撤并日期"), on, today=today)
    if on <= unit.valid_from:
        raise Refused(
            "unit.ends-early",
            _("%(unit)s %(day)s 才设立，撤并日期要在这以后。") % _words(unit, unit.valid_from),
        )
    if on > today:
        raise Refused("unit.end-ahead", _("撤并到当天再办：账号和岗位要到那天才动。"))
    if below:
        names = _("、").join(str(one) for one in below[:5])
        raise Refused(
            "unit.has-below",
            _("%(unit)s下面还有%(names)s，先给它们改上级。") % {"unit": unit, "names": names},
        )
    if posts:
        raise Refused(
            "unit.open-posts",
            _("%(unit)s还有 %(n)s 个岗位没有撤销。先免职、撤销岗位，再撤并单位。")
            % {"unit": unit, "n": posts},
        )


def check_is_left_by_accounts(unit: Unit, *, accounts: int) -> None:
    """Nobody may go on working for a unit that is gone."""
    if accounts:
        raise Refused(
            "unit.open-accounts",
            _("%(unit)s还有 %(n)s 个可用账号。先停用；并入别的单位的，账号会一起转去。")
            % {"unit": unit, "n": accounts},
        )


def check_can_merge(unit: Unit, into: Unit) -> None:
    """A unit goes into another one that is there."""
    if unit.pk == into.pk:
        raise Refused("unit.merge-self", _("不能并入自己，请选承接它的单位。"))
    if into.valid_to is not None:
        raise Refused(
            "unit.merge-ended",
            _("%(unit)s到 %(day)s 已撤并，不能承接。") % _words(into, into.valid_to),
        )


def _words(unit: Unit, day: date) -> dict[str, object]:
    return {"unit": unit, "day": day}


def check_is_of_unit(unit: Unit, *, by: User) -> None:
    """Whether somebody belongs to a unit: its people see each other's whole numbers."""
    if not allows(SEE_PHONES, by, unit=unit):
        raise Refused("unit.not-yours", _("你不在%(unit)s。") % {"unit": unit})

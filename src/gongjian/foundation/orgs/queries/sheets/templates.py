"""The empty sheets one fills in, with an example and what each column takes."""

from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.documents.sheets import Sheet, SheetColumn, write_book
from gongjian.foundation.orgs.models import Post, Unit
from gongjian.foundation.orgs.queries.sheets import people, units

OLD = ("编码", "上级编码")  # not shown


def unit_template(*, at: datetime) -> bytes:
    """The sheet of units."""
    heads = [head for head in units.HEADS if head not in OLD]
    kinds, levels = _named(Unit.Kind), _named(Unit.Level)
    notes = (
        _("单位代码、名称、类别必填；单位代码唯一，登记后不改。"),
        _("类别：%(kinds)s。层级：%(levels)s。") % {"kinds": kinds, "levels": levels},
        _("上级单位写代码、名称或简称；别名之间用顿号；日期写成 2020-07-02。"),
        _("区划代码 6、9 或 12 位；第一次用的代码要写区划名称。"),
    )
    return _book(_("单位登记表"), heads, notes, at)


def people_template(*, at: datetime) -> bytes:
    """The sheet of people."""
    notes = (
        _("姓名、单位、岗位必填；单位写代码、名称或简称；一行一个岗位，一人多岗写几行。"),
        _("岗位类别：%(kinds)s。") % {"kinds": _named(Post.Kind)},
        _("手机 11 位；任职日期写成 2020-07-02，空着就是导入当天；代管填“是”。"),
        _("岗位上现在是别人的，导入就是交接：前一位任到任职日期为止。"),
    )
    return _book(_("人员登记表"), list(people.HEADS), notes, at)


def _book(title: str, heads: list[str], notes: tuple[str, ...], at: datetime) -> bytes:
    filled = Sheet(title, tuple(SheetColumn(head, 16) for head in heads), ())
    how = Sheet(_("填写说明"), (SheetColumn(_("说明"), 90),), tuple((note,) for note in notes))
    return write_book((filled, how), at=at)


def _named(choices: type[Unit.Kind] | type[Unit.Level] | type[Post.Kind]) -> str:
    return _("、").join(str(one.label) for one in choices)

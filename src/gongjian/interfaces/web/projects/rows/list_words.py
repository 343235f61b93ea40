"""What a list is filtered and sorted by, in words: a paper that shows a part says which."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import sponsors_of_projects
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Category, PlanClass, Stage
from gongjian.flow.projects.queries import GONE_STAGE, NONE, lists_of, stage_label
from gongjian.interfaces.web.projects.rows.columns import COLUMNS
from gongjian.interfaces.web.projects.rows.list_asked import ListAsked
from gongjian.interfaces.web.projects.rows.sheet_asked import SheetAsked

DATED = ("stage_day", "next", "planned_start", "planned_finish", "last_month")
PLAIN = ("name", "code", "township", "action", "industry", "plan_class", "standing", "owner", "seq")


def asked_in_words(asked: ListAsked, *, names: Mapping[str, str]) -> list[str]:
    """The conditions and the order of a list, in the order of its form; empty where it is whole.

    `names` are those of lists and posts by their uid, as far as the list is cut to one.
    """
    given = asked.given
    conditions: Sequence[tuple[str, str]] = (
        (_("查"), f"“{given['q']}”" if given.get("q") else ""),
        (_("属地"), given.get("township", "")),
        (_("阶段"), stage_words(given["stage"]) if given.get("stage") else ""),
        (_("类别"), _one_of(PlanClass, given.get("class", ""))),
        (_("情况"), dict(state_choices()).get(given.get("state", ""), "")),
        (_("项目类别"), _one_of(Category, given.get("kind", ""))),
        (_("行业"), given.get("industry", "")),
        (_("行动"), given.get("action", "")),
        (_("牵头单位"), given.get("lead", "")),
        (_("包靠领导"), names.get(given.get("sponsor", ""), given.get("sponsor", ""))),
        (_("项目清单"), names.get(given.get("list", ""), given.get("list", ""))),
        (_("总投资"), _span(given.get("from", ""), given.get("to", ""))),
    )
    said = [f"{label} {value}" for label, value in conditions if value]
    order = _("、").join(_sorted_by(key, down=down) for key, down in asked.order)
    return [*said, _("按%(order)s") % {"order": order}] if order else said


def sheet_in_words(asked: SheetAsked) -> list[str]:
    """The conditions of a month sheet, in the order of its form; empty where it is whole."""
    register = asked.register
    conditions: Sequence[tuple[str, str]] = (
        (_("查"), f"“{register.words}”" if register.words else ""),
        (_("属地"), register.township),
        (_("填报单位"), asked.unit),
        (_("类别"), _one_of(PlanClass, register.plan_class)),
        (_("阶段"), stage_words(register.stage) if register.stage else ""),
        (_("项目清单"), asked.listed.name if asked.listed else ""),
    )
    said = [f"{label} {value}" for label, value in conditions if value]
    return [*said, _("只看待办的")] if asked.waiting else said


def names_asked(campaign: Campaign, asked: ListAsked, on: date) -> dict[str, str]:
    """{uid: name} of the list and the leader a filter names. A query each, where it names one."""
    names: dict[str, str] = {}
    if asked.given.get("list"):
        names |= {str(one.uid): one.name for one in lists_of(campaign)}
    if asked.given.get("sponsor"):
        posts = sponsors_of_projects(campaign, on=on)
        names |= {str(one.post_uid): f"{one.words} {one.post}" for one in posts}
    return names


def stage_words(code: str) -> str:
    """What a stage of the filter is called, also where it is none."""
    named = {NONE: _("未填阶段"), GONE_STAGE: _("已拆分、已并入")}
    return named.get(code) or (stage_label(code) if code in Stage.values else code)


def state_choices() -> list[tuple[str, str]]:
    """(value, label) of what a list can be asked for besides."""
    return [
        ("late", _("已过计划日期")),
        ("late_start", _("应开未开")),
        ("late_finish", _("应竣未竣")),
        ("moved", _("日期调整过")),
        ("unreported", _("上月未报投资")),
        ("stopped", _("暂停、终止、迁出")),
        ("no_code", _("未赋码")),
        ("no_plan", _("没有年度计划")),
    ]


def _sorted_by(key: str, *, down: bool) -> str:
    titles = {column.sort: column.title for column in COLUMNS.values() if column.sort}
    label = titles.get(key, _("项目名称") if key == "name" else _("登记次序"))
    if key in DATED:
        way = _("从晚到早") if down else _("从早到晚")
    elif key in PLAIN:
        way = _("倒序") if down else _("顺序")
    elif key == "stage":
        way = _("从后到前") if down else _("从前到后")
    else:
        way = _("从大到小") if down else _("从小到大")
    return f"{label}{way}"


def _span(least: str, most: str) -> str:
    if least and most:
        return _("%(least)s 至 %(most)s 亿元") % {"least": least, "most": most}
    if least:
        return _("不低于 %(least)s 亿元") % {"least": least}
    return _("不高于 %(most)s 亿元") % {"most": most} if most else ""


def _one_of(choices: type[PlanClass | Category], value: str) -> str:
    return str(dict(choices.choices).get(value, ""))

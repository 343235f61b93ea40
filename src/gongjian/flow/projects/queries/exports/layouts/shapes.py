"""What each official table shows: its columns, which projects stand in it, how they are grouped."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.projects.models import Category, PlanClass

Row = Mapping[str, Any]
SPANS = {"H1": "06", "H2": "12", "Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}
THIRDS = {"1": "10", "2": "20", "3": "31"}
PROJECTS = gettext_lazy("%(count)s 个")
Kind = Literal["text", "code", "money", "percent", "number", "day"]


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column: the key of its value, its head, its share of the width. `day` is a date as exactly
    as it is kept; `code` stands in the middle."""

    key: str
    head: Promise | str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Shape:
    """An official table. `groups` are the keys by which its rows are gathered, the widest first;
    `order` puts the groups of a key in the order offices use; `lines` are the rows of a project."""

    title: Promise | str
    columns: tuple[LayoutColumn, ...]
    groups: tuple[str, ...]
    stands: Callable[[Row, int], bool]
    lines: Callable[[Row], Iterator[dict[str, Any]]]
    counts: Promise | str = PROJECTS


def layout_title(code: str) -> str:
    """What a layout is called."""
    return str(LAYOUTS[code].title)


def group_order(key: str) -> list[str]:
    """The groups of a key in the order offices use; others follow as they come."""
    if key == "category":
        return [str(label) for label in Category.labels]
    return [str(label) for label in PlanClass.labels] if key == "plan_class" else []


def group_name(key: str, value: str, row: Row) -> str:
    """What a group of rows is called; one whose rows say nothing has a name, too."""
    nothing = {
        "category": _("未分类"),
        "plan_class": _("未定类别"),
        "sponsor": _("未定包靠领导"),
        "township": _("未定属地"),
    }
    if key == "sponsor" and value and row.get("sponsor_post"):
        return _("%(name)s（%(post)s）") % {"name": value, "post": row["sponsor_post"]}
    if key == "category" and value:
        return _("%(name)s项目") % {"name": value}
    return value or nothing.get(key, "—")


def _every(_row: Row, _year: int) -> bool:
    return True


def _reached(key: str) -> Callable[[Row, int], bool]:
    """Of the year itself: a project begun or finished before it stands in an earlier table."""
    return lambda row, year: bool(row[key]) and row[key].startswith(f"{year}-")


def _one(row: Row) -> Iterator[dict[str, Any]]:
    start, finish = row["actual_start"], row["actual_finish"]
    yield {
        **row,
        "start": start or _planned(row["planned_start"]),
        "finish": finish or _planned(row["planned_finish"]),
        "how_far": row["progress_text"] or row["stage_label"],
        "permits": f"{row['permits_done']}/{row['permits_of']}" if row["permits_of"] else "",
        "in_time": _in_time(row["planned_start"], start),
        "in_time_finished": _in_time(row["planned_finish"], finish),
    }


def _each_permit(row: Row) -> Iterator[dict[str, Any]]:
    """The permits a project needs, each with where it stands."""
    going = [item for item in row["permits"] if item["applicable"]]
    done = sum(item["done_on"] is not None for item in going)
    of = _("%(name)s（%(code)s%(place)s，已办 %(done)s 项、应办 %(all)s 项）") % {
        "name": row["name"],
        "code": f"{row['code']}，" if row["code"] else "",
        "place": row["township"] or _("未定属地"),
        "done": done,
        "all": len(going),
    }
    for number, item in enumerate(going, start=1):
        state = (
            _("已办结") if item["done_on"] else _("办理中") if item["applied_on"] else _("未受理")
        )
        yield {
            "of": of,
            "row": number,
            **{key: item[key] for key in item if key != "code"},
            "state": state,
            "blocked": item["blocked_by"],
        }


def _planned(span: str | None) -> str | None:
    return _("计划 %(when)s") % {"when": span} if span else None


def _in_time(planned: str | None, real: str | None) -> str:
    """Was a date kept? A plan that is given less exactly is kept by any day of its span."""
    if not planned or not real:
        return ""
    year, _sign, rest = planned.partition("-")
    last = f"{year}-{SPANS.get(rest, rest)}" if rest else year
    month, _sign, third = last.partition("-T")
    if third:
        last = f"{month}-{THIRDS[third]}"
    return _("按期") if real[: len(last)] <= last else _("晚于计划")


_MONEY = (
    LayoutColumn("total_investment", gettext_lazy("总投资"), 10.5, "money"),
    LayoutColumn("year_plan_investment", gettext_lazy("年度计划投资"), 10.5, "money"),
    LayoutColumn("year_done_investment", gettext_lazy("当年累计完成投资"), 10.5, "money"),
)
_SEQ = LayoutColumn("row", gettext_lazy("序号"), 6, "number")
_NAME = LayoutColumn("name", gettext_lazy("项目名称"), 20)
_OWNER = LayoutColumn("owner", gettext_lazy("建设单位"), 17)
_PLACE = LayoutColumn("township", gettext_lazy("属地镇街"), 10, "code")
_SCOPE = LayoutColumn("scope", gettext_lazy("建设内容及规模"), 21)
_LEAD = LayoutColumn("lead_unit", gettext_lazy("牵头单位"), 12.5, "code")
_SPONSOR = LayoutColumn("sponsor", gettext_lazy("包靠领导"), 13.5, "code")

LAYOUTS: dict[str, Shape] = {
    "ledger": Shape(
        gettext_lazy("项目台账"),
        (
            _SEQ, _NAME, _OWNER, _PLACE, _SCOPE, *_MONEY,
            LayoutColumn("share_of_plan", gettext_lazy("完成率"), 7.5, "percent"),
            LayoutColumn("start", gettext_lazy("开工时间"), 10.5, "day"),
            LayoutColumn("finish", gettext_lazy("竣工时间"), 10.5, "day"),
            LayoutColumn("how_far", gettext_lazy("形象进度"), 11), _LEAD, _SPONSOR,
        ),
        ("category", "plan_class"), _every, _one,
    ),
    "sponsors": Shape(
        gettext_lazy("县级领导包靠项目一览表"),
        (
            _SEQ, _NAME, _PLACE, *_MONEY[:2],
            LayoutColumn("stage_label", gettext_lazy("当前阶段"), 10, "code"), _LEAD,
            LayoutColumn("responsible_units", gettext_lazy("责任单位"), 14),
            LayoutColumn("start", gettext_lazy("开工时间"), 11, "day"),
            LayoutColumn("remark", gettext_lazy("备注"), 10),
        ),
        ("sponsor",), _every, _one,
    ),
    "permits": Shape(
        gettext_lazy("项目前期手续办理清单"),
        (
            _SEQ,
            LayoutColumn("name", gettext_lazy("手续名称"), 26),
            LayoutColumn("department", gettext_lazy("办理部门"), 10, "code"),
            LayoutColumn("plan_date", gettext_lazy("计划办结"), 11, "day"),
            LayoutColumn("applied_on", gettext_lazy("受理日期"), 11, "day"),
            LayoutColumn("done_on", gettext_lazy("办结日期"), 11, "day"),
            LayoutColumn("state", gettext_lazy("办理情况"), 9.5, "code"),
            LayoutColumn("doc_no", gettext_lazy("批复文号"), 19),
            LayoutColumn("valid_until", gettext_lazy("有效期至"), 11, "day"),
            LayoutColumn("blocked", gettext_lazy("卡在哪里"), 14),
        ),
        ("of",), _every, _each_permit, gettext_lazy("%(count)s 项"),
    ),
    "started": Shape(
        gettext_lazy("开工项目一览表"),
        (
            _SEQ, _NAME, _OWNER, _PLACE, _SCOPE, *_MONEY[:2],
            LayoutColumn("planned_start", gettext_lazy("计划开工"), 11, "day"),
            LayoutColumn("actual_start", gettext_lazy("实际开工"), 11, "day"),
            LayoutColumn("in_time", gettext_lazy("是否按期"), 7.5, "code"), _LEAD, _SPONSOR,
        ),
        ("category",), _reached("actual_start"), _one,
    ),
    "finished": Shape(
        gettext_lazy("竣工项目一览表"),
        (
            _SEQ, _NAME, _OWNER, _PLACE, _SCOPE, _MONEY[0],
            LayoutColumn("done_in_all", gettext_lazy("开工至今累计完成投资"), 11.5, "money"),
            LayoutColumn("planned_finish", gettext_lazy("计划竣工"), 11, "day"),
            LayoutColumn("actual_finish", gettext_lazy("实际竣工"), 11, "day"),
            LayoutColumn("in_time_finished", gettext_lazy("是否按期"), 7.5, "code"),
            _LEAD, _SPONSOR,
        ),
        ("category",), _reached("actual_finish"), _one,
    ),
}  # fmt: skip

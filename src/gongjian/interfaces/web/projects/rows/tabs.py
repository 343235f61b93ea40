"""The pages of the room beside each other."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.projects.queries import count_waiting, steps_of
from gongjian.flow.projects.rules import check_can_keep_project
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not

Tab = tuple[str, str, int | None, bool]


def tabs(reader: User, current: str, *, counted: bool = True) -> list[Tab]:
    """Those a reader may open; what waits is counted, which takes two queries."""
    names = [
        ("projects", _("列表")),
        ("sheet", _("调度表")),
        ("gantt", _("甘特图")),
        ("funnel", _("漏斗")),
        ("townships", _("镇街分布")),
        ("project_lists", _("清单")),
        ("rates", _("指标率")),
        ("paces", _("四快")),
        ("doubts", _("数据体检")),
    ]
    keeps = not why_not(check_can_keep_project, reader)
    if keeps:
        names += [("duplicates", _("重复")), ("counting", _("目标取数"))]
    names.append(("papers", _("报表")))
    if keeps:
        names.append(("carry_over", _("年度结转")))
    shown: list[Tab] = [(label, reverse(name), None, name == current) for name, label in names]
    if steps := steps_of(reader):
        count = sum(sum(count_waiting(reader, one)) for one in steps) if counted else 0
        waiting = (_("待你办"), reverse("projects_waiting"), count or None)
        shown.append((*waiting, current == "projects_waiting"))
    return shown
